"""What months lack beside a worker's payslips, as tables and sums."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.channels.shared.components import Column, ExplainedRow, ExplainedTable, Link, SummaryRow, Table
from lindung.channels.shared.formats import groups, month_name, rupiah
from lindung.compliance.own_wages import PROGRAMMES, ComparedMonth, ReportedMonth, compare
from lindung.compliance.queries import WageComplaint
from lindung.compliance.wording import STATES
from lindung.documents.receipt import programme_name
from lindung.law import Programme
from lindung.law.lines import Line
from lindung.law.wording import Language
from lindung.registry.queries import EmployerFacts, Member


def summed(differing: Sequence[ComparedMonth]) -> dict[str, Any]:
    """The sum that his savings lack, and of every programme what was billed and what would be right."""
    missing = {programme: sum(one.missing(programme) for one in differing) for programme in PROGRAMMES}
    return {
        "missing_rupiah": missing[Programme.JHT],
        "too_much_rupiah": -missing[Programme.JHT],
        "programmes": _programmes_table(differing),
    }


def _programmes_table(differing: Sequence[ComparedMonth]) -> Table:
    columns = [
        Column(_("Program")),
        Column(_("Menurut laporan"), "amount"),
        Column(_("Menurut slip Anda"), "amount"),
        Column(_("Selisih"), "amount"),
    ]
    rows: list[list[object]] = []
    for programme in PROGRAMMES:
        billed = sum(one.month.billed.get(programme, 0) for one in differing)
        right = sum(one.right(programme) for one in differing)
        if billed or right:
            rows.append([programme_name(programme), billed, right, right - billed])
    return Table(_("Iuran bulan-bulan itu, bagian perusahaan dan bagian Anda"), columns, rows)


def months_table(differing: Sequence[ComparedMonth]) -> Table:
    """Month by month: reported, his own, and what of JHT lacks."""
    columns = [
        Column(_("Bulan")),
        Column(_("Upah dilaporkan"), "amount"),
        Column(_("Upah menurut slip"), "amount"),
        Column(_("JHT kurang"), "amount"),
    ]
    rows: list[list[object]] = [
        [
            _month(one.month.period, one.month.wage_rupiah),
            one.month.wage_rupiah or None,
            one.own_wage_rupiah,
            one.missing(Programme.JHT),
        ]
        for one in differing
    ]
    total: list[object] = [_("Jumlah"), None, None, sum(one.missing(Programme.JHT) for one in differing)]
    return Table(_("Bulan yang berbeda"), columns, rows, total if len(rows) > 1 else None)


def _month(period: date, reported_rupiah: int) -> str:
    name = month_name(period)
    return name if reported_rupiah else _("%(month)s, belum dilaporkan") % {"month": name}


def lines_of(one: ComparedMonth) -> list[Line]:
    """The law's own sentences over his wage, of what is billed."""
    return [line for line in one.lines if line.billed]


def file_facts(member: Member, employer: EmployerFacts, today: date) -> list[SummaryRow]:
    """Whose file it is, about whom, and of which day."""
    return [
        SummaryRow(_("Nama"), member.name),
        SummaryRow(_("KPJ"), member.cards[0].kpj, kind="number"),
        SummaryRow(_("Perusahaan"), f"{employer.name} (NPP {groups(employer.npp)})"),
        SummaryRow(_("Keadaan pada"), today, kind="date"),
    ]


def file_table(
    told: Sequence[WageComplaint], months: Mapping[date, ReportedMonth], language: Language
) -> ExplainedTable:
    """His complaints about wages, each with what the month lacked when he complained, its number and how it stands."""
    lacks = [_lacked(one, months.get(one.row.period), language) for one in told]
    rows = [
        ExplainedRow(
            [month_name(one.row.period), lack],
            [
                _wages(one),
                Link(f"{one.row.number}: {STATES[one.row.state]}", reverse("member:complaint", args=[one.row.id])),
            ],
        )
        for one, lack in zip(told, lacks, strict=True)
    ]
    total: list[object] = [_("Jumlah"), sum(lack or 0 for lack in lacks)]
    columns = [Column(_("Bulan")), Column(_("JHT kurang"), "amount")]
    return ExplainedTable(_("Aduan tentang upah"), columns, rows, total if len(rows) > 1 else None)


def _wages(one: WageComplaint) -> str:
    own = rupiah(one.own_wage_rupiah)
    if not one.billed_wage_rupiah:
        return _("Belum dilaporkan, menurut slip %(own)s") % {"own": own}
    return _("Dilaporkan %(billed)s, menurut slip %(own)s") % {"billed": rupiah(one.billed_wage_rupiah), "own": own}


def _lacked(told: WageComplaint, month: ReportedMonth | None, language: Language) -> int | None:
    """None for a month so old that it is not compared any more."""
    if month is None:
        return None
    own = compare([month], {month.period: told.own_wage_rupiah}, language=language)[0].right(Programme.JHT)
    if not told.billed_wage_rupiah:
        return own
    return own - compare([month], {month.period: told.billed_wage_rupiah}, language=language)[0].right(Programme.JHT)
