"""Small markup that is made in Python because it stands in every row: icons, statuses, numbers, cells."""

from datetime import date, datetime
from typing import Any, cast

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from lindung.channels.shared import formats
from lindung.channels.shared.components import Link, Status

# Each kind has an outline of its own, so that it is told apart without colour. Drawn on 24 by 24.
_SHAPES = {
    "good": "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm-1.4 14.4 7-7-1.8-1.8-5.2 5.2-2.4-2.4-1.8 1.8z",
    "info": "M3 3h18v18H3zm7.6 8v6.6h2.8V11zm0-4.6v2.8h2.8V6.4z",
    "needs-you": "M12 2 23.5 21.5H.5zm-1.4 7v6.5h2.8V9zm0 8v2.7h2.8V17z",
    "danger": "M8 2h8l6 6v8l-6 6H8l-6-6V8zm4 8L8.8 6.8 6.8 8.8 10 12l-3.2 3.2 2 2L12 14l3.2 3.2 2-2L14 12l3.2-3.2-2-2z",
    "quiet": "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm0 2.6a7.4 7.4 0 1 0 0 14.8 7.4 7.4 0 0 0 0-14.8z",
    "back": "M15.5 4 17.3 5.8 11.1 12l6.2 6.2-1.8 1.8L7.5 12z",
}
KINDS = ("info", "good", "needs-you", "danger", "quiet")


def icon(name: str) -> SafeString:
    """Return the shape of a kind, hidden from screen readers: the word beside it speaks."""
    return mark_safe(
        f'<svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f'<path fill="currentColor" fill-rule="evenodd" d="{_SHAPES[name]}"/></svg>'
    )


def status(word: str, kind: str) -> SafeString:
    return format_html('<span class="status {}">{}{}</span>', _known(kind), icon(kind), word)


def number(digits: str) -> SafeString:
    """Return a number in groups of four. The gaps are no characters: selecting it copies the digits only."""
    parts = format_html_join("", "<span>{}</span>", ((part,) for part in formats.split_groups(digits)))
    return format_html('<span class="number">{}</span>', parts)


def amount(rupiah: int) -> SafeString:
    return format_html('<span class="amount">{}</span>', formats.rupiah(rupiah))


def show(value: object, kind: str = "text") -> SafeString:
    """Return one value of a table or summary list as markup. None is a dash with a spoken word."""
    if value is None or value == "":
        return format_html(
            '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>', gettext("tidak ada")
        )
    if isinstance(value, Link):
        return format_html('<a href="{}">{}</a>', value.url, value.text)
    if isinstance(value, Status):
        return status(value.word, value.kind)
    if kind == "text" and isinstance(value, date) and not isinstance(value, datetime):
        kind = "date"
    shown: dict[str, Any] = {
        "amount": amount,
        "number": number,
        "count": formats.count,
        "percent": formats.percent,
        "date": formats.long_date,
        "month": formats.month_name,
    }
    return conditional_escape(shown[kind](value) if kind in shown else cast(str, value))


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind; one of {', '.join(KINDS)}")
    return kind
