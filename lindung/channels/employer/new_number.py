"""What a new number for a bill would ask for today, told before it is made."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from lindung.channels.shared.components import SummaryRow
from lindung.channels.shared.formats import language
from lindung.contributions import queries
from lindung.contributions.calendar import lateness
from lindung.contributions.queries import BillView
from lindung.lib import clock


@dataclass(frozen=True, slots=True)
class Again:
    """What a new number would ask for today: the law's own sentence, and the sum."""

    rows: list[SummaryRow]
    sentence: str
    doubts: tuple[str, ...]


def asked_again(bill: BillView, now: datetime) -> Again:
    """The same reckoning by which the new number is made, so that the page never promises another amount."""
    today = clock.wib_date(now)
    left_rupiah = bill.amount_rupiah - bill.contribution_paid_rupiah
    late = lateness(bill.period, left_rupiah, today, language())
    penalty_rupiah = queries.penalty_of(bill_id=bill.id, today=today) - bill.penalty_paid_rupiah
    rows = [
        SummaryRow(_("Iuran"), left_rupiah, kind="amount"),
        SummaryRow(_("Denda hari ini"), penalty_rupiah, kind="amount"),
        SummaryRow(_("Jumlah"), left_rupiah + penalty_rupiah, kind="amount"),
    ]
    return Again(rows, late.penalty.sentence if late else "", late.penalty.doubts if late else ())
