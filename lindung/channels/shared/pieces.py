"""Small markup that is made in Python because it stands in every row: icons, statuses, numbers, cells."""

import html
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
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


@cache
def icon(name: str) -> SafeString:
    """Return the shape of a kind, hidden from screen readers: the word beside it speaks."""
    return mark_safe(
        f'<svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f'<path fill="currentColor" fill-rule="evenodd" d="{_SHAPES[name]}"/></svg>'
    )


@lru_cache(maxsize=256)
def status(word: str, kind: str) -> SafeString:
    return format_html('<span class="status {}">{}{}</span>', _known(kind), icon(kind), word)


def number(digits: str) -> SafeString:
    """Return a number in groups of four. The gaps are no characters: selecting it copies the digits only."""
    parts = format_html_join("", "<span>{}</span>", ((part,) for part in formats.split_groups(digits)))
    return format_html('<span class="number">{}</span>', parts)


def amount(rupiah: int) -> SafeString:
    # Digits and our own signs: nothing to escape.
    return mark_safe(f'<span class="amount">{formats.rupiah(rupiah)}</span>')


_SHOWN: dict[str, Callable[[Any], str]] = {
    "amount": amount,
    "number": number,
    "count": formats.count,
    "percent": formats.percent,
    "date": formats.long_date,
    "month": formats.month_name,
}


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
    if kind in ("date", "month") and isinstance(value, str):
        # Written out already, such as a link that leads nowhere for who looks.
        kind = "text"
    shown = _SHOWN[kind](value) if kind in _SHOWN else cast(str, value)
    # These two are nearly all there is in a table, and asking what else it might be costs more than escaping it.
    if type(shown) is str:
        return SafeString(html.escape(shown))
    return shown if type(shown) is SafeString else conditional_escape(shown)


def table_rows(rows: Iterable[Sequence[object]], kinds: Sequence[str], labels: Sequence[str] = ()) -> SafeString:
    """Return the rows of a table as markup, the first cell of each as its heading.

    With ``labels``, one a column, each cell carries its column's name, for where the cells stand below each other.
    Made in Python, not in a template: a page has hundreds of cells, and each costs a tenth here.
    """
    named = [format_html(' data-label="{}"', label).replace("{", "{{").replace("}", "}}") for label in labels[1:]]
    named = named or [""] * (len(kinds) - 1)
    heads = ['<th scope="row" class="{}">{}</th>', *[f'<td class="{{}}"{name}>{{}}</td>' for name in named]]
    out = []
    texts: dict[object, str] = {}  # the same name stands in many rows
    for row in rows:
        out.append("<tr>")
        for head, value, kind in zip(heads, row, kinds, strict=True):
            if type(value) is not str:
                out.append(head.format(kind, show(value, kind)))
                continue
            key = head, kind, value
            if key not in texts:
                texts[key] = head.format(kind, show(value, kind))
            out.append(texts[key])
        out.append("</tr>\n")
    # Every cell went through show(), which escapes; the kinds are our own words.
    return mark_safe("".join(out))


# One month, 22 by 22. Its sign tells the state without colour: tick, tick with a bar, half a disc, cross, ring, dot.
_LINE = 'fill="none" stroke="currentColor" stroke-width="2"'
_MONTH_SIGNS = {
    "paid": f'<path d="M6 11.5l3.5 3.5 6.5-7.5" {_LINE}/>',
    "late": f'<path d="M6 9l3.5 3.5 6.5-7.5M6 17h10" {_LINE}/>',
    "part": f'<circle cx="11" cy="11" r="5" {_LINE}/><path d="M11 6a5 5 0 0 1 0 10z" fill="currentColor"/>',
    "missing": f'<path d="M6.5 6.5l9 9m0-9l-9 9" {_LINE}/>',
    "due": f'<circle cx="11" cy="11" r="4" {_LINE}/>',
    "none": '<circle cx="11" cy="11" r="2" fill="currentColor"/>',
}


def month_cell(x: int, y: int, state: str) -> SafeString:
    """Return the drawing of one month of a strip."""
    return mark_safe(
        f'<g class="month {state}" transform="translate({x} {y})"><rect x=".5" y=".5" width="21" height="21" rx="4"'
        f' fill="none" stroke="currentColor"/>{_MONTH_SIGNS[state]}</g>'
    )


def axis_text(x: int, y: int, text: str, *, centred: bool = False) -> SafeString:
    """Return a word at an edge of a drawing."""
    anchor, size = (' text-anchor="middle"', 11) if centred else ("", 12)
    return mark_safe(f'<text class="axis" x="{x}" y="{y}"{anchor} font-size="{size}">{html.escape(text)}</text>')


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind; one of {', '.join(KINDS)}")
    return kind
