"""`{% load lindung %}`: every component and filter. What to use when: docs/explain/components.md."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lindung.channels.shared import drawings, formats, pieces, tables
from lindung.channels.shared.components import (
    BillCard,
    Choice,
    Event,
    Link,
    MembershipCard,
    SummaryRow,
    Task,
)

register = template.Library()

for written in (
    formats.rupiah,
    formats.long_date,
    formats.month_name,
    formats.groups,
    formats.count,
    formats.percent,
):
    register.filter(written.__name__, written)
for piece in (pieces.icon, pieces.status, pieces.number, pieces.amount):
    register.simple_tag(piece, name=piece.__name__)
register.filter("show", pieces.show)
register.filter("moment", formats.moment, expects_localtime=True)
register.filter("short_rupiah", formats.short_rupiah)


def _render(name: str, **values: Any) -> SafeString:
    return render_to_string(f"shared/components/{name}.html", values)


# Asking


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString | str:
    """Return what is wrong with a form, each line a link to its field; nothing when nothing is wrong."""
    if not form.errors:
        return ""
    wrong = [(first_input_id(form[name]), message) for name in form.fields for message in form.errors.get(name, ())]
    return _render(
        "error_summary",
        wrong=wrong,
        general=form.non_field_errors(),
        summary_id=f"{form.prefix or 'form'}-error-summary",
        takes_focus=getattr(form, "summary_takes_focus", True),
    )


def first_input_id(field: BoundField) -> str:
    """Return the id a link must lead to: dates and choices are several inputs, numbered from 0."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    return bound.as_field_group()


@register.simple_block_tag(takes_context=True, end_name="endhouse_form")
def house_form(
    context: template.Context, content: str, form: BaseForm, action: str = "", method: str = "post"
) -> SafeString:
    return _render(
        "house_form",
        form=form,
        action=action,
        method=method,
        csrf_token=context.get("csrf_token") if method == "post" else None,
        content=content,
    )


@register.inclusion_tag("shared/components/search_box.html", takes_context=True)
def search_box(context: template.Context, form: BaseForm, action: str, all_url: str = "") -> dict[str, Any]:
    return {"form": form, "action": action, "all_url": all_url, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("shared/components/button.html")
def button(text: str, kind: str = "primary", name: str = "", value: str = "") -> dict[str, str]:
    return {"text": text, "kind": kind, "name": name, "value": value}


@register.inclusion_tag("shared/components/button_link.html")
def button_link(text: str, url: str, kind: str = "primary") -> dict[str, str]:
    return {"text": text, "url": url, "kind": kind}


# Saying


@register.simple_block_tag
def notice(content: str, kind: str, title: str) -> SafeString:
    return _render("notice", kind=kind, title=title, content=content)


@register.simple_block_tag
def confirmation(content: str, title: str, number: str) -> SafeString:
    return _render("confirmation", title=title, number=number, content=content)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    return _render("empty", title=title, content=content)


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    return _render("details", summary=summary, content=content, open=open)


@register.inclusion_tag("shared/components/next_step.html")
def next_step(what: str, who: str = "", until_on: date | None = None, ask: str = "") -> dict[str, Any]:
    return {"what": what, "who": who, "until_on": until_on, "ask": ask}


@register.inclusion_tag("shared/components/reference.html")
def reference(number: str, label: str = "") -> dict[str, str]:
    return {"number": number, "label": label}


@register.inclusion_tag("shared/components/progress.html")
def progress(done: int, total: int, label: str, stop_url: str = "") -> dict[str, Any]:
    return {"done": done, "total": total, "label": label, "stop_url": stop_url}


@register.simple_tag
def refresh_every(seconds: int) -> SafeString:
    """Return the head line that loads a page again; the page must offer to stop it (progress `stop_url`)."""
    return format_html('<meta http-equiv="refresh" content="{}">', int(seconds))


# Showing


@register.inclusion_tag("shared/components/key_figure.html")
def key_figure(label: str, rupiah: int, note: str = "") -> dict[str, Any]:
    return {"label": label, "rupiah": rupiah, "note": note}


@register.inclusion_tag("shared/components/summary_list.html")
def summary_list(rows: Iterable[SummaryRow]) -> dict[str, Any]:
    return {"rows": rows}


register.inclusion_tag("shared/components/data_table.html")(tables.data_table)
register.inclusion_tag("shared/components/explained_table.html")(tables.explained_table)
register.inclusion_tag("shared/components/ranking.html")(tables.ranking)


@register.simple_block_tag(end_name="endtable_region")
def table_region(content: str, caption: str, *, stacks: bool = False) -> SafeString:
    """A table written by hand. ``stacks``: wider than a phone, where each cell with a `data-label` is a named value."""
    return _render("table_region", caption=caption, region_id=tables.region_id(caption), content=content, stacks=stacks)


@register.inclusion_tag("shared/components/task_list.html")
def task_list(tasks: Iterable[Task]) -> dict[str, Any]:
    return {"tasks": tasks}


@register.inclusion_tag("shared/components/timeline.html")
def timeline(events: Iterable[Event]) -> dict[str, Any]:
    return {"events": [(event, isinstance(event.at, datetime)) for event in events]}


register.inclusion_tag("shared/components/month_strip.html")(drawings.month_strip)
register.inclusion_tag("shared/components/growth_chart.html")(drawings.growth_chart)
register.inclusion_tag("shared/components/step_chart.html")(drawings.step_chart)
register.inclusion_tag("shared/components/stack_chart.html")(drawings.stack_chart)


@register.inclusion_tag("shared/components/membership_card.html")
def membership_card(card: MembershipCard) -> dict[str, Any]:
    return {"card": card}


@register.inclusion_tag("shared/components/bill_card.html")
def bill_card(bill: BillCard) -> dict[str, Any]:
    return {"bill": bill}


# Moving


@register.inclusion_tag("shared/components/back.html")
def back(url: str, text: str = "") -> dict[str, str]:
    return {"url": url, "text": text}


@register.inclusion_tag("shared/components/breadcrumbs.html")
def breadcrumbs(trail: Iterable[Link]) -> dict[str, Any]:
    return {"trail": trail}


@register.inclusion_tag("shared/components/navigation.html")
def navigation(links: Iterable[Link], label: str = "") -> dict[str, Any]:
    shown = list(links)
    # One or two more entries take less room than the word that would hide them.
    first = _FIRST_LINKS if len(shown) > _FIRST_LINKS + 2 else len(shown)
    others = shown[first:]
    # Where one is stays in sight: the word for the others is then its name.
    here = next((link.text for link in others if link.current), "")
    return {"links": shown[:first], "others": others, "here": here, "label": label}


_FIRST_LINKS = 3


@register.inclusion_tag("shared/components/choices.html")
def choices(label: str, choices: Iterable[Choice]) -> dict[str, Any]:
    return {"label": label, "choices": choices}


@register.inclusion_tag("shared/components/pages.html", takes_context=True)
def pages(context: template.Context, page: "Page[Any]") -> dict[str, Any]:
    query = context["request"].GET.copy() if "request" in context else None

    def address(number: int) -> str:
        if query is None:
            return f"?page={number}"
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": [(number, address(number)) if isinstance(number, int) else (number, "") for number in numbers],
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }
