"""A month: reported once, paid once, seen by every worker; late by the law."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, connections

from lindung.access.trail import SYSTEM, Actor
from lindung.contributions import queries, services
from lindung.contributions.explained import explained_month
from lindung.ledger import queries as ledger
from lindung.ledger.chart import account
from tests import builders

OCTOBER = date(2026, 10, 1)
BANK = Actor("partner", 1)


def pay(
    customer_no: str,
    amount_rupiah: int,
    now: datetime,
    *,
    reference: str = "",
    inquired_at: datetime | None = None,
    partner_id: int = 1,
) -> services.Receipt:
    return services.receive_payment(
        actor=BANK,
        partner_id=partner_id,
        reference=reference or f"ref-{customer_no}",
        customer_no=customer_no,
        amount_rupiah=amount_rupiah,
        channel="6011",
        bank_reference="B1",
        paid_at=now,
        inquired_at=inquired_at,
        now=now,
    )


def balance(person_id: int) -> int:
    return sum(held.balance_rupiah for held in ledger.balances(holder_id=person_id))


@pytest.mark.django_db
def test_a_month_reported_after_its_due_date_is_billed_with_its_penalty(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    issued = builders.bill(firm, date(2026, 8, 1), now)
    # August was due on 15 September: three started months late on 21 November, 2% each.
    assert issued.amount_rupiah == 2 * 954_000 * 106 // 100
    pay(issued.customer_no, issued.amount_rupiah, now)
    assert ledger.agency_balance(account_no=account("receivable", firm.id)) == 0
    view = queries.bill_view(employer_id=firm.id, bill_id=issued.bill_id)
    assert view is not None
    assert (view.penalty_rupiah, view.months_late) == (2 * 954_000 * 6 // 100, 3)


@pytest.mark.django_db
def test_a_report_becomes_one_bill_whose_amount_is_what_the_law_says(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3)
    issued = builders.bill(firm, OCTOBER, now - timedelta(days=10))
    # 10,000,000 at class II: 370,000 + 200,000 + 200,000 + 100,000 + 54,000 + 30,000 for each of three.
    assert issued.amount_rupiah == 3 * 954_000
    view = queries.bill_view(employer_id=firm.id, bill_id=issued.bill_id)
    assert view is not None
    assert (view.worker_count, view.due_on, view.paid_at) == (3, date(2026, 11, 16), None)
    assert view.number == f"202610{issued.bill_id:09d}"


@pytest.mark.django_db
def test_a_month_is_billed_once(now: datetime) -> None:
    firm = builders.firm(now=now)
    first = builders.bill(firm, OCTOBER, now)
    with pytest.raises(services.AlreadyBilled) as refused:
        builders.bill(firm, OCTOBER, now, wage_rupiah=5_000_000)
    assert refused.value.number == first.number


@pytest.mark.django_db
def test_a_payment_credits_every_worker_and_is_told_to_each(now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = builders.firm(now=now, workers=4)
    issued = builders.bill(firm, OCTOBER, early)
    receipt = pay(issued.customer_no, issued.amount_rupiah, early)
    assert not receipt.repeated
    assert [balance(person) for person in firm.people["person_id"]] == [570_000] * 4
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contact_message WHERE batch = %s", [f"payment:{receipt.payment_id}"])
        assert cursor.fetchone() == (4,)
    assert ledger.agency_balance(account_no=account("receivable", firm.id)) == 0
    view = queries.bill_view(employer_id=firm.id, bill_id=issued.bill_id)
    assert view is not None
    assert (view.paid_at, view.receipt_number) == (early, receipt.receipt_number)


@pytest.mark.django_db
def test_the_same_reference_again_gives_the_first_receipt_and_books_nothing(now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = builders.firm(now=now)
    issued = builders.bill(firm, OCTOBER, early)
    first = pay(issued.customer_no, issued.amount_rupiah, early)
    # Days later, after the number has expired, the same call still gets the same answer.
    again = pay(issued.customer_no, issued.amount_rupiah, now)
    assert (again.receipt_number, again.paid_at, again.repeated) == (first.receipt_number, first.paid_at, True)
    assert balance(firm.people["person_id"][0]) == 570_000


@pytest.mark.django_db
def test_the_same_reference_for_something_else_is_refused(now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = builders.firm(now=now)
    issued = builders.bill(firm, OCTOBER, early)
    pay(issued.customer_no, issued.amount_rupiah, early, reference="R")
    with pytest.raises(services.ReferenceClash):
        pay(issued.customer_no, issued.amount_rupiah + 1, early, reference="R")
    with pytest.raises(services.ReferenceClash):
        pay("1000000999990", issued.amount_rupiah, early, reference="R")


@pytest.mark.django_db
def test_a_second_payment_of_a_paid_bill_is_refused(now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = builders.firm(now=now)
    issued = builders.bill(firm, OCTOBER, early)
    pay(issued.customer_no, issued.amount_rupiah, early, reference="A")
    with pytest.raises(services.BillPaid):
        pay(issued.customer_no, issued.amount_rupiah, early, reference="B")


@pytest.mark.django_db
@pytest.mark.parametrize("difference", [-1, 1, 1_000_000])
def test_another_amount_is_refused_and_the_right_one_is_named(now: datetime, difference: int) -> None:
    early = now - timedelta(days=10)
    issued = builders.bill(builders.firm(now=now), OCTOBER, early)
    with pytest.raises(services.WrongAmount) as refused:
        pay(issued.customer_no, issued.amount_rupiah + difference, early)
    assert refused.value.expected_rupiah == issued.amount_rupiah


@pytest.mark.django_db
def test_an_unknown_number_is_refused(now: datetime) -> None:
    with pytest.raises(services.BillNotFound):
        pay("1999999999990", 1, now)


@pytest.mark.django_db
def test_an_expired_number_is_refused_unless_its_inquiry_was_answered_in_time(now: datetime) -> None:
    early = now - timedelta(days=20)
    issued = builders.bill(builders.firm(now=now), OCTOBER, early)
    with pytest.raises(services.VirtualAccountExpired):
        pay(issued.customer_no, issued.amount_rupiah, now)
    with pytest.raises(services.VirtualAccountExpired):
        pay(issued.customer_no, issued.amount_rupiah, now, inquired_at=now)
    assert not pay(issued.customer_no, issued.amount_rupiah, now, inquired_at=early).repeated


@pytest.mark.django_db
def test_a_late_bill_gets_a_new_number_with_two_percent_a_started_month(now: datetime) -> None:
    early = now - timedelta(days=20)
    firm = builders.firm(now=now)
    issued = builders.bill(firm, OCTOBER, early)
    late = services.reissue_virtual_account(actor=SYSTEM, employer_id=firm.id, bill_id=issued.bill_id, now=now)
    penalty = issued.amount_rupiah * 2 // 100
    assert late.amount_rupiah == issued.amount_rupiah + penalty
    again = services.reissue_virtual_account(actor=SYSTEM, employer_id=firm.id, bill_id=issued.bill_id, now=now)
    assert again == late
    with pytest.raises(services.VirtualAccountExpired):
        pay(issued.customer_no, issued.amount_rupiah, now)
    pay(late.customer_no, late.amount_rupiah, now)
    assert ledger.agency_balance(account_no=account("receivable", firm.id)) == 0
    assert balance(firm.people["person_id"][0]) == 570_000


@pytest.mark.django_db
def test_the_penalty_grows_with_the_next_started_month(now: datetime) -> None:
    firm = builders.firm(now=now)
    issued = builders.bill(firm, OCTOBER, now - timedelta(days=20))
    first = services.reissue_virtual_account(actor=SYSTEM, employer_id=firm.id, bill_id=issued.bill_id, now=now)
    month_later = now + timedelta(days=30)
    second = services.reissue_virtual_account(
        actor=SYSTEM, employer_id=firm.id, bill_id=issued.bill_id, now=month_later
    )
    assert second.amount_rupiah - issued.amount_rupiah == 2 * (first.amount_rupiah - issued.amount_rupiah)
    pay(second.customer_no, second.amount_rupiah, month_later)
    assert ledger.agency_balance(account_no=account("receivable", firm.id)) == 0


@pytest.mark.django_db
def test_another_firms_bill_cannot_be_given_a_new_number(now: datetime) -> None:
    mine, theirs = builders.firm(now=now), builders.firm(now=now)
    issued = builders.bill(theirs, OCTOBER, now)
    with pytest.raises(services.BillNotFound):
        services.reissue_virtual_account(actor=SYSTEM, employer_id=mine.id, bill_id=issued.bill_id, now=now)


@pytest.mark.django_db
def test_every_amount_of_a_month_is_explained_by_the_sentence_that_made_it(now: datetime) -> None:
    firm = builders.firm(now=now)
    issued = builders.bill(firm, OCTOBER, now - timedelta(days=10), wage_rupiah=12_000_000)
    facts = queries.month_facts(person_id=firm.people["person_id"][0], employer_id=firm.id, period=OCTOBER)
    assert facts is not None
    assert facts.bill_number == issued.number
    jp_worker = next(line for line in explained_month(facts, language="id") if line.key == "jp_worker")
    assert jp_worker.amount_rupiah == 110_863
    assert "Rp11.086.300" in jp_worker.sentence
    assert "PP 45/2015" in jp_worker.sentence


@pytest.mark.usefixtures("committed_db")
def test_many_calls_at_once_pay_a_bill_once(now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = builders.firm(now=now)
    issued = builders.bill(firm, OCTOBER, early)
    outcomes: list[str] = []
    ready = threading.Barrier(8)

    def call(number: int) -> None:
        ready.wait()
        try:
            # Four carry one reference, four another: one effect in all.
            reference = f"many-{issued.bill_id}-{number % 2}"
            receipt = pay(issued.customer_no, issued.amount_rupiah, early, reference=reference)
            outcomes.append("repeated" if receipt.repeated else "booked")
        except services.BillPaid:
            outcomes.append("paid already")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["booked"] + ["paid already"] * 4 + ["repeated"] * 3
    assert balance(firm.people["person_id"][0]) == 570_000


@pytest.mark.usefixtures("committed_db")
def test_two_reports_of_one_month_at_once_make_one_bill(now: datetime) -> None:
    firm = builders.firm(now=now)
    outcomes: list[str] = []
    ready = threading.Barrier(4)

    def report() -> None:
        ready.wait()
        try:
            builders.bill(firm, OCTOBER, now)
            outcomes.append("billed")
        except services.AlreadyBilled:
            outcomes.append("already")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=report) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already"] * 3 + ["billed"]
