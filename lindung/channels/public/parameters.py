"""The numbers of the law for anybody: a list by programme, and a page for each with its history and its articles."""

from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lindung.channels.public.explained import confidence_meanings, confidence_status, parameter_link, source_note
from lindung.channels.public.pages import frame, today
from lindung.channels.public.parameter_values import in_words, kind_of, lines_of, rows_of
from lindung.channels.shared.access import public
from lindung.channels.shared.components import Column, ExplainedRow, ExplainedTable, Link, StepChart, Table, ValueKind
from lindung.channels.shared.formats import language, long_date, month_name
from lindung.law.parameters import Parameter, Value, all_names, parameter
from lindung.law.wording import article_text

PROGRAMMES: Final[dict[str, Promise]] = {
    "jht": gettext_lazy("JHT, jaminan hari tua"),
    "jp": gettext_lazy("JP, jaminan pensiun"),
    "jkk": gettext_lazy("JKK, jaminan kecelakaan kerja"),
    "jkm": gettext_lazy("JKM, jaminan kematian"),
    "jkp": gettext_lazy("JKP, jaminan kehilangan pekerjaan"),
    "wage": gettext_lazy("Upah yang menjadi dasar"),
    "membership": gettext_lazy("Kepesertaan"),
    "enterprise": gettext_lazy("Ukuran usaha"),
    "bpu": gettext_lazy("Bukan penerima upah"),
    "jakon": gettext_lazy("Jasa konstruksi"),
    "pmi": gettext_lazy("Pekerja migran"),
    "relief": gettext_lazy("Keringanan"),
    "arrears": gettext_lazy("Jatuh tempo, denda, tunggakan"),
    "sanctions": gettext_lazy("Sanksi"),
}


@public
@require_safe
def parameters(request: HttpRequest, programme: str = "") -> HttpResponse:
    """Every parameter, or those of one programme, with the value of today."""
    names = [name for name in all_names() if programme in ("", _group_of(name))]
    if not names:
        raise Http404
    title = _title_of(programme) if programme else _("Aturan iuran")
    description = _("Tarif, batas upah, usia, dan tanggal menurut aturan, dengan pasal dan riwayatnya.")
    trail = [Link(_("Aturan iuran"), reverse("public:parameters"))] if programme else []
    order = [*PROGRAMMES]
    names.sort(key=lambda name: order.index(_group_of(name)) if _group_of(name) in order else len(order))
    context = frame(request, title, description, trail)
    context["one"] = bool(programme)
    context["groups"] = [
        (_title_of(group), [_now(parameter(name)) for name in members]) for group, members in groupby(names, _group_of)
    ]
    return render(request, "public/parameters.html", context)


def _group_of(name: str) -> str:
    return name.partition("/")[0]


def _title_of(group: str) -> str:
    return str(PROGRAMMES.get(group, group))


def _now(whole: Parameter) -> tuple[Link, str, date]:
    """(its page, its value of today, since when)."""
    value = _value_on(whole, today())
    return parameter_link(whole.name), in_words(value, whole), value.from_on


@public
@require_safe
def one_parameter(request: HttpRequest, programme: str, name: str) -> HttpResponse:
    """One parameter: what holds today, how it came to be, and how sure every value is."""
    if f"{programme}/{name}" not in all_names():
        raise Http404
    whole, said, on = parameter(f"{programme}/{name}"), language(), today()
    title, unit = whole.title.say(said), whole.unit.say(said)
    description = _("%(rule)s: nilai, pasal, dan riwayatnya sejak %(year)s.") % {
        "rule": title,
        "year": whole.values[0].from_on.year,
    }
    trail = [
        Link(_("Aturan iuran"), reverse("public:parameters")),
        Link(_title_of(programme), reverse("public:parameters-of", args=[programme])),
    ]
    value, lines = _value_on(whole, on), lines_of(whole)
    context = frame(request, title, description, trail)
    context |= {
        "whole": whole,
        "file": f"lindung/law/parameters/{whole.name}.yaml",
        "unit": unit,
        "value": value,
        "value_words": in_words(value, whole),
        "begun": value.from_on <= on,
        "status": confidence_status(value.confidence),
        "chart": StepChart(_("Riwayat: %(rule)s") % {"rule": title}, lines, kind_of(whole), on) if lines else None,
        "history": _history(whole),
        "tables": _tables_of(whole, unit),
        "meanings": confidence_meanings(),
        "is_number": _is_number(whole),
        "remarks": [
            _("%(first)s sampai %(last)s: %(remark)s")
            % {
                "first": month_name(remark.from_month.first_on),
                "last": month_name(remark.until.previous().first_on),
                "remark": remark.words.say(said),
            }
            for remark in whole.remarks
        ],
    }
    return render(request, "public/parameter.html", context)


def _is_number(whole: Parameter) -> bool:
    """Whether every value is one number, or not known."""
    return all(value.value is None or isinstance(value.value, int | Fraction) for value in whole.values)


def _tables_of(whole: Parameter, unit: str) -> list[Table]:
    """Each different table among the values, the newest first, under the day on which it began."""
    begun = [
        value
        for value, former in zip(whole.values, (None, *whole.values), strict=False)
        if former is None or former.value != value.value
    ]
    return [table for value in reversed(begun) if (table := rows_of(value, whole, unit))]


def _value_on(whole: Parameter, on: date) -> Value:
    """What holds on a day; the first value where none has begun. An unknown value is a value here."""
    begun = [value for value in whole.values if value.from_on <= on]
    return begun[-1] if begun else whole.values[0]


def _history(whole: Parameter) -> ExplainedTable:
    """Every value, the newest first, with its article, its doubts and the day it was compared."""
    is_number = _is_number(whole)
    # A relief that is over says so in words, which may break where a figure may not.
    kind: ValueKind = "text" if whole.name.startswith("relief/") else "figure"
    columns = [Column(_("Berlaku sejak")), *([Column(_("Nilai"), kind)] if is_number else [])]
    columns.append(Column(_("Keyakinan")))
    rows = []
    for value in reversed(whole.values):
        words = in_words(value, whole)
        doubts = [*value.doubts, *([value.start.doubt] if value.start.doubt else [])]
        notes = [
            *([] if is_number else [words]),
            article_text(value.article, language()) if value.article != "-" else _("Tidak ada pasal yang ditemukan."),
            *(doubt.say(language()) for doubt in doubts),
            _("Dibandingkan dengan sumbernya pada %(day)s:") % {"day": long_date(value.checked_on)},
            source_note(value.source),
        ]
        cells = [value.from_on, *([words] if is_number else []), confidence_status(value.confidence)]
        rows.append(ExplainedRow(cells, notes))
    return ExplainedTable(_("Semua nilai"), columns, rows)
