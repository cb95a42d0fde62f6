"""Where an employer's money went, and what of it still waits."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, Q

from lindung.contributions.correcting import plan
from lindung.contributions.models import Bill
from lindung.contributions.owing import credit_of
from lindung.contributions.shapes import WageRows


@dataclass(frozen=True, slots=True)
class PartPaid:
    """What one payment, or the employer's credit (``receipt_number`` empty), paid of a bill. Whole rupiah.

    ``by_day``: an officer booked it, and of a slip's hour nothing is known.
    """

    paid_at: datetime
    receipt_number: str
    bank_name: str
    bank_reference: str
    by_day: bool
    contribution_rupiah: int
    penalty_rupiah: int


@dataclass(frozen=True, slots=True)
class CreditMoved:
    """A movement of an employer's credit, up or down, and the bill, receipt, project or refund that it belongs to.

    ``period``: of the bill, or of the project's wages where they are listed. ``refund_state``: what became of a refund
    that the money came back from, else empty.
    """

    moved_at: datetime
    rupiah: int
    receipt_number: str
    bill_id: int | None
    period: date | None
    project_name: str
    refund_number: str
    refund_state: str


def parts_paid(*, employer_id: int, bill_id: int) -> list[PartPaid]:
    """Everything that was paid of one bill of this employer, oldest first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT paid_at, receipt_number, bank_name, bank_reference, by_day, contribution, penalty FROM ("
            " SELECT a.id, a.paid_at, coalesce(p.receipt_number, '') AS receipt_number,"
            "   coalesce(k.name, '') AS bank_name, coalesce(p.bank_reference, '') AS bank_reference,"
            "   p.customer_no IS NULL AS by_day,"
            "   a.contribution_rupiah AS contribution, a.penalty_rupiah AS penalty"
            "   FROM contributions_allocation a LEFT JOIN contributions_payment p ON p.id = a.payment_id"
            "   LEFT JOIN access_partner k ON k.id = p.partner_id WHERE a.bill_id = %s"
            " UNION ALL SELECT 0, p.paid_at, p.receipt_number, coalesce(k.name, ''), p.bank_reference, false,"
            "   p.amount_rupiah - p.penalty_rupiah, p.penalty_rupiah"
            "   FROM contributions_payment p LEFT JOIN access_partner k ON k.id = p.partner_id WHERE p.bill_id = %s"
            ") parts WHERE EXISTS (SELECT 1 FROM contributions_bill WHERE id = %s AND employer_id = %s)"
            " ORDER BY paid_at, id",
            [bill_id, bill_id, bill_id, employer_id],
        )
        return [PartPaid(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class CorrectionPreview:
    """What a correction would do: bill so much more, give back so much, and replace a bill of which nothing was paid.

    Contributions alone. ``more_rupiah``: where a bill is replaced, all of the new one; ``replaced_rupiah`` was the old.
    """

    more_rupiah: int
    less_rupiah: int
    replaces: bool
    replaced_rupiah: int


def correction_of(*, employer_id: int, period: date, rows: WageRows) -> CorrectionPreview:
    """What ``correct_month`` would do with these rows now. Raises what it would raise."""
    standing = Bill.objects.filter(employer_id=employer_id, period=period, voided_at=None).order_by("id")
    found = plan(list(standing), rows, period=period)
    replaced = sum(bill.amount_rupiah for bill in found.replaced)
    return CorrectionPreview(found.more_rupiah, found.less_rupiah, bool(found.replaced), replaced)


def months_billed(*, employer_id: int, most: int) -> list[date]:
    """The months of which a bill stands, newest first. One statement."""
    standing = Bill.objects.filter(employer_id=employer_id, voided_at=None).values_list("period", flat=True)
    return list(standing.distinct().order_by("-period")[:most])


def months_to_correct(*, employer_id: int, periods: Collection[date]) -> dict[date, bool]:
    """Those of these months that are billed; True where one of its bills is paid in part, so that it has to wait.

    One statement.
    """
    standing = Bill.objects.filter(employer_id=employer_id, period__in=list(periods), voided_at=None)
    in_part = Q(paid_at=None) & (Q(contribution_paid_rupiah__gt=0) | Q(penalty_paid_rupiah__gt=0))
    found = standing.values("period").annotate(parts=Count("id", filter=in_part))
    return {row["period"]: row["parts"] > 0 for row in found}


def credit_rupiah(*, employer_id: int) -> int:
    """The employer's money that has paid no bill yet."""
    return credit_of(employer_id)


def credit_moves(*, employer_id: int, most: int = 200) -> list[CreditMoved]:
    """What the employer's credit came from and what it paid, newest first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM ("
            " SELECT paid_at AS moved_at, credited_rupiah, receipt_number, NULL::bigint, NULL::date, '', '', ''"
            "   FROM contributions_payment WHERE employer_id = %s AND credited_rupiah > 0"
            " UNION ALL SELECT a.changed_at, a.credit_rupiah, '', NULL, NULL, j.name, '', ''"
            "   FROM contributions_projectaddendum a JOIN contributions_project j ON j.id = a.project_id"
            "   WHERE j.employer_id = %s AND a.credit_rupiah > 0"
            " UNION ALL SELECT w.listed_at, w.credit_rupiah, '', NULL, w.period, j.name, '', ''"
            "   FROM contributions_projectwagelist w JOIN contributions_project j ON j.id = w.project_id"
            "   WHERE j.employer_id = %s AND w.credit_rupiah > 0"
            " UNION ALL SELECT issued_at, -amount_rupiah, '', id, period, '', '', ''"
            "   FROM contributions_bill WHERE employer_id = %s AND amount_rupiah < 0"
            " UNION ALL SELECT asked_at, -amount_rupiah, '', NULL, NULL, '', number, ''"
            "   FROM contributions_refund WHERE employer_id = %s"
            " UNION ALL SELECT ended_at, amount_rupiah, '', NULL, NULL, '', number, state"
            "   FROM contributions_refund WHERE employer_id = %s AND ended_at IS NOT NULL"
            " UNION ALL SELECT a.paid_at, -a.contribution_rupiah - a.penalty_rupiah, '', b.id, b.period, '', '', ''"
            "   FROM contributions_allocation a JOIN contributions_bill b ON b.id = a.bill_id"
            "   WHERE a.payment_id IS NULL AND b.employer_id = %s"
            ") moved ORDER BY moved_at DESC LIMIT %s",
            [*[employer_id] * 7, most],
        )
        return [CreditMoved(*row) for row in cursor.fetchall()]
