"""What the compliance view counts, in words: each figure with its definition, and the firms behind it."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Final

import polars as pl
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lindung.channels.shared.components import (
    Column,
    ExplainedRow,
    ExplainedTable,
    Kind,
    Link,
    Ranking,
    RankRow,
    StackBar,
    StackChart,
    Status,
    Table,
)
from lindung.channels.shared.firm_words import line_words
from lindung.channels.shared.formats import count, long_date, month_brief, month_name, short_rupiah
from lindung.compliance import rules
from lindung.compliance.firms import AGES, Group, MonthOfFirms
from lindung.law import Month

Text = str | Promise

WHAT: Final[dict[str, Text]] = {
    "unreported": gettext_lazy("Belum melaporkan upah"),
    "unpaid": gettext_lazy("Melaporkan, belum lunas"),
    "paid": gettext_lazy("Lunas"),
    "fewer": gettext_lazy("Pekerja yang dilaporkan jauh berkurang"),
    "lower": gettext_lazy("Upah yang dilaporkan jauh berkurang"),
    "owing": gettext_lazy("Menunggak bulan mana pun"),
    "hinted": gettext_lazy("Menurut pekerjanya melaporkan upah terlalu rendah"),
}
SIZES: Final[dict[str, Text]] = {
    "micro": pgettext_lazy("ukuran usaha", "Mikro"),
    "small": pgettext_lazy("ukuran usaha", "Kecil"),
    "medium": pgettext_lazy("ukuran usaha", "Menengah"),
    "large": pgettext_lazy("ukuran usaha", "Besar"),
}
FILTERS: Final = {"size": "size", "class": "jkk_class", "place": "place", "line": "line"}
"""Name in the address -> column of the firms."""
_STATES: Final[dict[str, tuple[Text, Kind]]] = {
    "paid": (gettext_lazy("Lunas"), "good"),
    "part": (gettext_lazy("Dibayar sebagian"), "needs-you"),
    "unpaid": (gettext_lazy("Belum dibayar"), "danger"),
    "unreported": (gettext_lazy("Belum dilaporkan"), "danger"),
    "none": (gettext_lazy("Tidak ada pekerja"), "quiet"),
}


def definition(what: str) -> str:
    """Exactly what a figure counts."""
    share, workers = rules.falls()
    at_least, months = rules.hints()
    told = {"share": share, "workers": workers, "hints": at_least, "months": months}
    return {
        "all": _("Ada pekerja pada bulan itu, atau melaporkan upahnya."),
        "unreported": _("Ada pekerja pada bulan itu, dan belum ada tagihan."),
        "unpaid": _("Ada tagihan yang iurannya belum lunas, juga yang dibayar sebagian."),
        "paid": _("Iuran semua tagihan bulan itu lunas, tepat waktu atau terlambat."),
        "fewer": _("Paling sedikit %(share)s%% dan %(workers)s pekerja lebih sedikit dari bulan sebelumnya.") % told,
        "lower": _("Jumlah upah paling sedikit %(share)s%% di bawah bulan sebelumnya.") % told,
        "owing": _("Ada iuran bulan mana pun yang lewat batas bayar. Denda tidak dihitung."),
        "hinted": _("Sedikitnya %(hints)s pekerja memberi tahu tanpa nama dalam %(months)s bulan terakhir.") % told,
    }[what]


def rows_url(asked: Mapping[str, str], **changed: str) -> str:
    """Where the firms behind a figure are listed, with the same filters."""
    query = {name: value for name, value in {**asked, **changed}.items() if value}
    return f"{reverse('staff:compliance-firms')}?{urlencode(query)}"


def figures_table(month: Month, counts: Mapping[str, tuple[int, int]], asked: Mapping[str, str]) -> ExplainedTable:
    """Firms and workers by what is the matter, each with its definition and a link to its rows."""
    columns = [Column(_("Perusahaan yang")), Column(_("Perusahaan"), "count"), Column(_("Pekerja"), "count", wide=True)]
    rows = [ExplainedRow([_("Semua yang wajib"), *counts["all"]], [definition("all")])]
    for what, words in WHAT.items():
        firms, workers = counts[what]
        rows.append(ExplainedRow([Link(str(words), rows_url(asked, what=what)), firms, workers], [definition(what)]))
    return ExplainedTable(_("Keadaan %(month)s") % {"month": month_name(month.first_on)}, columns, rows)


def history_chart(months: list[MonthOfFirms]) -> StackChart:
    """Firms by month: paid, reported and not paid, not reported."""
    bars = [
        StackBar(
            month_brief(each.month.first_on),
            [each.paid, max(each.reported - each.paid, 0), max(each.firms - each.reported, 0)],
        )
        for each in months
    ]
    series = [_("Lunas"), _("Dilaporkan, belum lunas"), _("Belum dilaporkan")]
    return StackChart(_("Perusahaan menurut bulan iuran"), series, bars, "count")


def ages_ranking(found: list[tuple[int, int]]) -> Ranking:
    """Arrears by how long ago they were due."""
    names = [_("sampai %(days)s hari") % {"days": AGES[0]}]
    names += [_("%(low)s sampai %(high)s hari") % {"low": low + 1, "high": high} for low, high in pairwise(AGES)]
    names.append(_("lebih dari %(days)s hari") % {"days": AGES[-1]})
    columns = [Column(_("Umur tunggakan")), Column(_("Perusahaan"), "count"), Column(_("Iuran"), "figure")]
    rows = [
        RankRow([name, firms, short_rupiah(rupiah)], rupiah) for name, (firms, rupiah) in zip(names, found, strict=True)
    ]
    return Ranking(_("Tunggakan menurut umur"), columns, rows)


def group_ranking(caption: str, groups: list[Group], column: str, asked: Mapping[str, str]) -> Ranking:
    """Arrears by size, class, place or line of business, each leading to its firms."""
    columns = [Column(_("Kelompok")), Column(_("Menunggak"), "figure"), Column(_("Iuran"), "figure")]
    filters = {column: name for name, column in FILTERS.items()}
    rows = []
    for group in groups:
        url = rows_url(asked, what="owing", **{filters[column]: group.key or "-"})
        owing = _("%(owing)s dari %(all)s") % {"owing": count(group.owing), "all": count(group.firms)}
        name = Link(group_name(column, group.key), url)
        rows.append(RankRow([name, owing, short_rupiah(group.owed_rupiah)], group.owed_rupiah))
    return Ranking(caption, columns, rows)


def group_name(column: str, key: str) -> str:
    """A size, class, place or line of business as people call it."""
    if column == "size":
        return str(SIZES[key])
    if column == "jkk_class":
        return _("Kelas %(name)s") % {"name": key}
    if column == "line":
        return line_words()[key] if key else _("Bidang usaha belum diketahui")
    return key or _("Tempat belum diketahui")


def state_status(state: str) -> Status:
    """How a firm stands in the month."""
    word, kind = _STATES[state]
    return Status(str(word), kind)


def firms_table(caption: str, found: pl.DataFrame) -> Table:
    """The firms behind a figure."""
    columns = [
        Column(_("Perusahaan")),
        Column(_("Keadaan")),
        Column(_("Bekerja"), "count"),
        Column(_("Dilaporkan"), "count"),
        Column(_("Bulan sebelumnya"), "count"),
        Column(_("Upah dilaporkan"), "amount"),
        Column(_("Tunggakan"), "amount"),
        Column(_("Tertua (hari)"), "count"),
        Column(_("Ukuran, kelas")),
        Column(_("Tempat")),
    ]
    cells: list[list[object]] = [
        [
            Link(row["name"], reverse("staff:firm-compliance", args=[row["employer_id"]])),
            state_status(row["state"]),
            row["at_work"],
            row["workers"] if row["bills"] else None,
            row["before_workers"] if row["before_bills"] else None,
            row["wages"] if row["bills"] else None,
            row["owed"],
            row["oldest_days"],
            f"{SIZES[row['size']]}, {row['jkk_class']}",
            row["place"],
        ]
        for row in found.iter_rows(named=True)
    ]
    return Table(caption, columns, cells)


def csv_of(found: pl.DataFrame) -> str:
    """The same rows for a spreadsheet: plain whole numbers, one row a firm, without any person."""
    shown: dict[str, Any] = {
        "npp": "npp",
        "name": _("perusahaan"),
        "size": _("ukuran"),
        "jkk_class": _("kelas"),
        "line": _("bidang_usaha"),
        "place": _("tempat"),
        "state": _("keadaan"),
        "at_work": _("bekerja"),
        "workers": _("dilaporkan"),
        "before_workers": _("dilaporkan_bulan_sebelumnya"),
        "wages": _("upah_rupiah"),
        "before_wages": _("upah_bulan_sebelumnya_rupiah"),
        "left_rupiah": _("sisa_bulan_ini_rupiah"),
        "owed": _("tunggakan_rupiah"),
        "owed_months": _("bulan_menunggak"),
        "oldest_days": _("umur_tertua_hari"),
    }
    states = {state: str(words) for state, (words, _kind) in _STATES.items()}
    plain = found.with_columns(
        _harmless("name"),
        _harmless("place"),
        pl.col("state").replace_strict(states),
        pl.col("line").replace(line_words()),
    )
    written: str = plain.select(pl.col(name).alias(str(words)) for name, words in shown.items()).write_csv()
    return written


def _harmless(column: str) -> pl.Expr:
    """Text that no spreadsheet takes for a formula, whatever it begins with."""
    text = pl.col(column)
    return pl.when(text.str.contains(r"^[=+\-@\t\r]")).then(pl.lit("'") + text).otherwise(text).alias(column)


def filter_words(asked: Mapping[str, str], total: int) -> str:
    """What is listed, in a sentence: the figure, its filters, how many."""
    parts = [str(WHAT[asked["what"]])] if asked.get("what") else [_("Semua")]
    parts += [
        group_name(column, asked[name].replace("-", "", 1) if asked[name] == "-" else asked[name])
        for name, column in FILTERS.items()
        if asked.get(name)
    ]
    return _("%(what)s: %(number)s perusahaan") % {"what": ", ".join(parts), "number": count(total)}


def today_note(today: date) -> str:
    """On which day the figures were taken."""
    return _("Keadaan pada %(day)s. Koreksi dan bayaran sesudah itu mengubahnya.") % {"day": long_date(today)}
