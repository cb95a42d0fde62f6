"""Months that were billed and turn out to be others: corrected by bills of their own, or by credit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions import postings
from lindung.contributions.correcting import plan, rows_and_parts
from lindung.contributions.issuing import BillOf, issue_bill
from lindung.contributions.joining import offer_numbers, take_apart
from lindung.contributions.models import Bill
from lindung.contributions.owing import lock_employers_money, lock_month
from lindung.contributions.settling import close_number, offer_number
from lindung.contributions.shapes import IssuedBill, WageRows
from lindung.contributions.virtual_accounts import issued
from lindung.ledger.services import post


@dataclass(frozen=True, slots=True)
class Corrected:
    """``bill``: what is to be paid now, if anything; ``billed_rupiah`` its contributions alone.

    ``credited_rupiah``: what became the employer's credit. ``replaced``: numbers of bills that are void, because
    nothing was paid of them.
    """

    bill: IssuedBill | None
    billed_rupiah: int
    credited_rupiah: int
    replaced: tuple[str, ...]


@transaction.atomic
def correct_months(
    *, actor: Actor, employer_id: int, upload_id: int | None, months: Mapping[date, WageRows], now: datetime
) -> list[Corrected]:
    """Correct several months of a firm, all of them or none, as ``correct_month`` does each; the earliest first."""
    for period in sorted(months):
        lock_month(employer_id, period)
    lock_employers_money(employer_id)
    numberless: set[int] = set()
    corrected = [
        _correct(actor, employer_id, period, upload_id, months[period], now, numberless) for period in sorted(months)
    ]
    # Last of all, so that credit given back just now pays the bills of the corrections first.
    offer_numbers(numberless, actor=actor, now=now)
    return corrected


def correct_month(
    *, actor: Actor, employer_id: int, period: date, upload_id: int | None, rows: WageRows, now: datetime
) -> Corrected:
    """Make a billed month what ``rows`` say of the workers in them; everybody else stays. Wage 0: did not work.

    Bills of the month of which nothing was paid are replaced by one that holds everything. Of what is paid, workers
    whose wage was too low are on a bill of the difference, due when the month was; workers whose wage was too high are
    on a bill below zero: their JHT goes down and the employer's credit up. Assessed by the facts of the first bill.

    One transaction with entries and trail. Raises ``NotBilled``, ``MonthPartlyPaid``, ``NothingToCorrect``.
    """
    (corrected,) = correct_months(
        actor=actor, employer_id=employer_id, upload_id=upload_id, months={period: rows}, now=now
    )
    return corrected


def _correct(
    actor: Actor,
    employer_id: int,
    period: date,
    upload_id: int | None,
    rows: WageRows,
    now: datetime,
    numberless: set[int],
) -> Corrected:
    """Of one month. ``numberless`` gets the bills of a joint number that ends because one of them is replaced."""
    of_month = Bill.objects.select_for_update().filter(employer_id=employer_id, period=period).order_by("id")
    bills = list(of_month)
    correction = plan([bill for bill in bills if bill.voided_at is None], rows, period=period)
    numberless.update(take_apart(employer_id, [bill.pk for bill in correction.replaced], now=now))
    for bill in correction.replaced:
        _void(bill, actor=actor, now=now)
    newest = max(bill.revision for bill in bills)
    made: list[Bill] = []
    for part in (part for part in (correction.more, correction.less) if part.height):
        facts = BillOf(
            employer_id=employer_id,
            period=period,
            revision=newest + 1 + len(made),
            upload_id=None if made else upload_id,
            jkk_class=correction.first.jkk_class,
            programmes=list(correction.first.programmes),
            law=correction.law,
        )
        made.append(issue_bill(facts, *rows_and_parts(part), actor=actor, now=now))
    to_pay = next((bill for bill in made if bill.amount_rupiah > 0), None)
    # The number comes last: credit given back just now pays the bill of the same correction.
    offered = issued(to_pay, offer_number(to_pay, actor=actor, now=now)) if to_pay else None
    replaced = tuple(bill.number for bill in correction.replaced)
    trail.record(
        actor=actor,
        act="month_corrected",
        object_kind="bill",
        object_id=correction.first.pk,
        now=now,
        detail={
            "bills": ", ".join(bill.number for bill in made),
            "replaced": ", ".join(replaced),
            "credited_rupiah": correction.less_rupiah,
        },
    )
    return Corrected(offered, correction.more_rupiah, correction.less_rupiah, replaced)


def _void(bill: Bill, *, actor: Actor, now: datetime) -> None:
    close_number(bill, now)
    Bill.objects.filter(pk=bill.pk).update(voided_at=now)
    post(
        actor=actor,
        key=f"bill-voided:{bill.pk}",
        kind="bill_voided",
        agency_lines=postings.bill_voided(bill),
        holder_lines=None,
        happened_at=now,
        now=now,
    )
