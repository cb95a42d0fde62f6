"""A month's cost by programme and share, with the law it rests on and what is doubtful about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lindung.channels.shared.components import Column, Status, Table
from lindung.channels.shared.formats import percent, rupiah
from lindung.contributions.queries import BillView
from lindung.documents.receipt import programme_name
from lindung.law import Month, Programme
from lindung.law.contributions import rules_of
from lindung.law.programmes.rules import Rule
from lindung.law.readings import ROUNDING
from lindung.law.wording import Language, article_text

Shares = Mapping[Programme, tuple[int, int]]
"""Programme -> what the employer and what the worker pays, whole rupiah."""


@dataclass(frozen=True, slots=True)
class Costs:
    """A table with its total, one sentence per share of the law, and what is doubtful in words."""

    table: Table
    law: list[str]
    doubts: list[str]
    provisional: bool


def shares(bill: BillView) -> Shares:
    """What the employer and the worker pay for each programme of a bill."""
    return {
        Programme.JHT: (bill.jht_employer, bill.jht_worker),
        Programme.JP: (bill.jp_employer, bill.jp_worker),
        Programme.JKK: (bill.jkk, 0),
        Programme.JKM: (bill.jkm, 0),
    }


def costs_of(
    shares: Shares,
    *,
    period: date,
    jkk_class: str,
    caption: str,
    language: Language,
    penalty: tuple[int, int] = (0, 0),
) -> Costs:
    """Lay out the amounts of a bill, or of a wage report that is not yet one.

    ``penalty``: rupiah and months late; it is the employer's alone.
    """
    owed = [programme for programme in shares if any(shares[programme])]
    rules = rules_of(Month.of(period), jkk_class, frozenset(owed))
    not_yet_published = {rule.programme for rule in rules if any(value.provisional for value in rule.values)}
    columns = [
        Column(_("Program")),
        Column(_("Bagian perusahaan"), "amount"),
        Column(_("Bagian pekerja"), "amount"),
        Column(_("Jumlah"), "amount"),
    ]
    rows: list[list[object]] = []
    for programme in owed:
        employer, worker = shares[programme]
        name = f"{programme_name(programme)} ({programme})"
        rows.append([name, employer, worker or None, employer + worker])
    penalty_rupiah, months_late = penalty
    if penalty_rupiah:
        label = _("Denda terlambat %(months)s bulan") % {"months": months_late}
        rows.append([label, penalty_rupiah, None, penalty_rupiah])
    total: list[object] = [_("Jumlah"), *(sum(_whole(row[place]) for row in rows) for place in (1, 2, 3))]
    if not_yet_published:
        columns.append(Column(_("Catatan")))
        marked = [programme in not_yet_published for programme in owed] + [False] * (len(rows) - len(owed))
        for row, mark in zip(rows, marked, strict=True):
            row.append(Status(_("Sementara"), "needs-you") if mark else None)
        total.append(None)
    doubts = [doubt.say(language) for rule in rules for doubt in rule.doubts] + [ROUNDING.doubt.say(language)]
    return Costs(
        Table(caption, columns, rows, total),
        [_sentence(rule, language) for rule in rules],
        list(dict.fromkeys(doubts)),
        bool(not_yet_published),
    )


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _sentence(rule: Rule, language: Language) -> str:
    said = {
        "programme": rule.programme,
        "rate": percent(rule.formula.rate),
        "most": rupiah(rule.ceiling.whole) if rule.ceiling else "",
        "article": article_text(rule.article, language),
    }
    if rule.payer == "worker":
        if rule.ceiling:
            return _("%(programme)s, bagian pekerja: %(rate)s dari upah sampai %(most)s (%(article)s)") % said
        return _("%(programme)s, bagian pekerja: %(rate)s dari upah (%(article)s)") % said
    if rule.ceiling:
        return _("%(programme)s, bagian perusahaan: %(rate)s dari upah sampai %(most)s (%(article)s)") % said
    return _("%(programme)s, bagian perusahaan: %(rate)s dari upah (%(article)s)") % said
