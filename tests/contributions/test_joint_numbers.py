"""One number for several bills: all of them are paid with it, once, or none; and no bill can be paid by two numbers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lindung.access.trail import SYSTEM
from lindung.contributions import joint_queries, queries, services
from lindung.registry import queries as registry
from tests import builders
from tests.builders import Firm
from tests.contributions.money import bills, credit, deposit, jht_of, join, owed_by, pay
from tests.nation.checks import broken_invariants

JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in (7, 8, 9, 10))
ONE = 954_000  # of one worker at 10,000,000 in class II; 570,000 of it are JHT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _audit_is_clean(db: None) -> None:
    assert broken_invariants() == []


def _owing(now: datetime, *months: date, workers: int = 2) -> Firm:
    firm = builders.firm(now=now, workers=workers)
    for month in months:
        builders.bill(firm, month, now)
    return firm


def test_three_months_are_stated_beforehand_and_paid_with_one_payment(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER, OCTOBER)
    waiting = joint_queries.waiting(employer_id=firm.id, today=now.date())
    # Three started months late are 6%, two are 4%, one is 2%.
    assert [(bill.period, bill.contribution_rupiah, bill.penalty_rupiah) for bill in waiting] == [
        (AUGUST, 2 * ONE, 2 * ONE * 6 // 100),
        (SEPTEMBER, 2 * ONE, 2 * ONE * 4 // 100),
        (OCTOBER, 2 * ONE, 2 * ONE * 2 // 100),
    ]
    offer = joint_queries.joint_offer(employer_id=firm.id, chosen=waiting)
    number = join(firm, now)
    assert number.amount_rupiah == offer.to_pay_rupiah == 6 * ONE + 2 * ONE * 12 // 100
    receipt = pay(number.customer_no, number.amount_rupiah, now, reference="together")
    assert (receipt.amount_rupiah, receipt.credited_rupiah) == (number.amount_rupiah, 0)
    assert jht_of(firm) == [3 * 570_000] * 2
    assert [(bill.settled, bill.receipt_number) for bill in bills(firm)] == [(True, receipt.receipt_number)] * 3
    assert owed_by(firm) == credit(firm) == 0
    assert pay(number.customer_no, number.amount_rupiah, now, reference="together").repeated
    with pytest.raises(services.BillPaid):
        pay(number.customer_no, number.amount_rupiah, now)
    assert broken_invariants() == []


def test_ten_months_cost_as_many_statements_as_two(now: datetime) -> None:
    costs = []
    for count in (2, 2, 10):  # the first also asks for a round of messages
        firm = _owing(now, *(date(2026, month, 1) for month in range(1, count + 1)))
        number = join(firm, now)
        with CaptureQueriesContext(connection) as statements:
            pay(number.customer_no, number.amount_rupiah, now)
        costs.append(len(statements))
    assert costs[1] == costs[2] <= 20


def test_workers_hear_once_of_all_their_months(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER)
    late = builders.join(firm, now=now, from_on=OCTOBER)
    everybody = registry.employments_in(employer_id=firm.id, month_on=OCTOBER)
    builders.bill(replace(firm, people=everybody), OCTOBER, now)
    number = join(firm, now)
    pay(number.customer_no, number.amount_rupiah, now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, kind, params->>'period', params->>'last_period', params->>'months',"
            " params->>'jht_rupiah' FROM contact_message WHERE kind LIKE 'contribution%%' AND person_id = ANY(%s)",
            [[*firm.people["person_id"], late]],
        )
        told = {person: tuple(rest) for person, *rest in cursor.fetchall()}
    all_three = ("contributions_received", "2026-08", "2026-10", "3", str(3 * 570_000))
    one = ("contributions_received", "2026-10", "2026-10", "1", "570000")
    assert told == {**dict.fromkeys(firm.people["person_id"], all_three), late: one}


def test_the_numbers_of_the_bills_are_closed_while_the_joint_one_is_open(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER)
    single = [(bill.customer_no, bill.due_rupiah) for bill in bills(firm)]
    number = join(firm, now)
    for customer_no, rupiah in single:
        with pytest.raises(services.VirtualAccountExpired):
            pay(customer_no, rupiah, now)
    assert {bill.customer_no for bill in bills(firm)} == {number.customer_no}
    assert all(bill.joint for bill in bills(firm))
    assert broken_invariants() == []


def test_another_amount_is_refused_and_says_which_one(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER)
    number = join(firm, now)
    with pytest.raises(services.WrongAmount) as refused:
        pay(number.customer_no, number.amount_rupiah - 1, now)
    assert refused.value.expected_rupiah == number.amount_rupiah
    assert owed_by(firm) == number.amount_rupiah


def test_the_same_bills_again_give_the_same_number_and_others_a_new_one(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER, OCTOBER)
    august, september, october = (bill.id for bill in bills(firm))
    first = join(firm, now, august, september)
    assert join(firm, now, august, september) == first
    second = join(firm, now, september, october)
    with pytest.raises(services.VirtualAccountExpired):
        pay(first.customer_no, first.amount_rupiah, now)
    alone, *together = bills(firm)
    assert not alone.joint
    assert {bill.customer_no for bill in together} == {second.customer_no}
    assert broken_invariants() == []
    pay(second.customer_no, second.amount_rupiah, now)
    pay(alone.customer_no, alone.due_rupiah, now)
    assert owed_by(firm) == 0


def test_a_bill_taken_out_gives_every_one_its_own_number_again(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER, OCTOBER)
    number = join(firm, now)
    bill = bills(firm)[1]
    alone = services.reissue_virtual_account(actor=SYSTEM, employer_id=firm.id, bill_id=bill.id, now=now)
    assert (alone.bill_id, alone.amount_rupiah) == (bill.id, bill.due_rupiah)
    with pytest.raises(services.VirtualAccountExpired):
        pay(number.customer_no, number.amount_rupiah, now)
    assert len({bill.customer_no for bill in bills(firm)}) == 3
    assert broken_invariants() == []


def test_a_number_that_is_given_up_leaves_each_bill_as_it_was(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER)
    before = [(bill.id, bill.due_rupiah) for bill in bills(firm)]
    join(firm, now)
    give_up = {"actor": SYSTEM, "employer_id": firm.id, "now": now}
    assert [services.separate_bills(**give_up), services.separate_bills(**give_up)] == [2, 0]
    assert [(bill.id, bill.due_rupiah) for bill in bills(firm)] == before
    assert broken_invariants() == []


def test_a_number_ends_when_the_first_penalty_would_grow_and_a_new_one_asks_for_more(now: datetime) -> None:
    firm = _owing(now, SEPTEMBER, OCTOBER)
    number = join(firm, now)
    view = joint_queries.joint_view(employer_id=firm.id, customer_no=number.customer_no)
    assert view is not None
    offer = joint_queries.joint_offer(
        employer_id=firm.id, chosen=joint_queries.waiting(employer_id=firm.id, today=now.date())
    )
    assert (view.expires_at - timedelta(seconds=1)).date() == offer.last_on
    later = view.expires_at
    with pytest.raises(services.VirtualAccountExpired):
        pay(number.customer_no, number.amount_rupiah, later)
    again = join(firm, later)
    assert again.amount_rupiah == number.amount_rupiah + 2 * ONE * 2 // 100  # one of the two grows that day
    assert again.customer_no != number.customer_no
    pay(again.customer_no, again.amount_rupiah, later)
    assert owed_by(firm) == 0
    assert broken_invariants() == []


def test_a_payment_that_was_asked_about_in_time_is_taken_after_the_end(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER)
    number = join(firm, now)
    view = joint_queries.joint_view(employer_id=firm.id, customer_no=number.customer_no)
    assert view is not None
    services.receive_payment(
        actor=SYSTEM,
        partner_id=1,
        reference="late",
        customer_no=number.customer_no,
        amount_rupiah=number.amount_rupiah,
        channel="6011",
        bank_reference="",
        paid_at=view.expires_at,
        inquired_at=now,
        now=view.expires_at,
    )
    assert owed_by(firm) == 0
    assert broken_invariants() == []


def test_credit_of_the_firm_pays_a_part_and_the_bank_the_rest(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER)
    deposit(firm, 2 * (2 * ONE) + 2 * ONE * 10 // 100 + 500_000, now)
    builders.bill(firm, JULY, now)
    builders.bill(firm, OCTOBER, now)
    assert credit(firm) == 500_000
    waiting = joint_queries.waiting(employer_id=firm.id, today=now.date())
    offer = joint_queries.joint_offer(employer_id=firm.id, chosen=waiting)
    number = join(firm, now)
    assert offer.credit_rupiah == 500_000
    assert number.amount_rupiah == owed_by(firm) - 500_000
    pay(number.customer_no, number.amount_rupiah, now)
    assert owed_by(firm) == credit(firm) == 0
    assert jht_of(firm) == [4 * 570_000] * 2
    assert broken_invariants() == []


def test_credit_that_covers_everything_pays_at_once(now: datetime) -> None:
    firm = _owing(now, AUGUST, workers=1)
    deposit(firm, owed_by(firm), now)
    for month in (SEPTEMBER, OCTOBER):
        builders.bill(firm, month, now, wage_rupiah=1_000_000)
    # What the wage of August was too high comes back, and no number counts on it.
    services.correct_month(
        actor=SYSTEM, employer_id=firm.id, period=AUGUST, upload_id=None, rows=firm.rows(1_000_000), now=now
    )
    number = join(firm, now)
    assert number.amount_rupiah == owed_by(firm) == 0
    view = joint_queries.joint_view(employer_id=firm.id, customer_no=number.customer_no)
    assert view is not None
    assert (view.state(now), view.receipt_number) == ("paid", "")
    assert jht_of(firm) == [3 * 57_000]
    assert broken_invariants() == []


def test_a_deposit_that_names_it_pays_its_bills_first(now: datetime) -> None:
    firm = _owing(now, JULY, AUGUST, SEPTEMBER, workers=1)
    _july, august, september = bills(firm)
    number = join(firm, now, august.id, september.id)
    deposit(firm, ONE + 100_000, now, meant_for=number.customer_no)
    july, august, september = bills(firm)
    assert [bill.contribution_paid_rupiah for bill in (july, august, september)] == [0, ONE, 100_000]
    # What it asked for is owed no more, so the number ended, and what is left has numbers of its own.
    with pytest.raises(services.VirtualAccountExpired):
        pay(number.customer_no, number.amount_rupiah, now)
    assert len({bill.customer_no for bill in bills(firm)}) == 3
    assert broken_invariants() == []


def test_a_correction_of_one_month_ends_the_number_and_the_other_months_go_on_alone(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER)
    number = join(firm, now)
    services.correct_month(
        actor=SYSTEM, employer_id=firm.id, period=AUGUST, upload_id=None, rows=firm.rows(5_000_000), now=now
    )
    with pytest.raises(services.VirtualAccountExpired):
        pay(number.customer_no, number.amount_rupiah, now)
    assert [bill.joint for bill in bills(firm)] == [False, False]
    assert broken_invariants() == []
    again = join(firm, now)
    pay(again.customer_no, again.amount_rupiah, now)
    assert owed_by(firm) == 0


def test_a_bill_paid_in_part_is_paid_whole_with_the_others(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER, workers=3)
    deposit(firm, 1_000_001, now, meant_for=bills(firm)[1].customer_no)
    number = join(firm, now)
    pay(number.customer_no, number.amount_rupiah, now)
    assert jht_of(firm) == [2 * 570_000] * 3
    assert owed_by(firm) == 0
    assert broken_invariants() == []


REFUSED: dict[str, tuple[Callable[[list[int]], list[int]], str]] = {
    "a single bill": (lambda ids: ids[:1], "few"),
    "the same bill twice": (lambda ids: ids[:1] * 2, "few"),
    "a bill that is not there": (lambda ids: [ids[0], 999_999_999], "moved"),
    "more than a bank can name": (lambda ids: [*ids, *range(10**9, 10**9 + 24)], "many"),
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_joined_changes_nothing(
    refused: tuple[Callable[[list[int]], list[int]], str], now: datetime
) -> None:
    chosen, why = refused
    firm = _owing(now, AUGUST, SEPTEMBER)
    before = bills(firm)
    with pytest.raises(services.JointRefused) as error:
        join(firm, now, *chosen([bill.id for bill in before]))
    assert error.value.why == why
    assert bills(firm) == before


def test_another_firms_bill_is_not_there(now: datetime) -> None:
    mine, theirs = _owing(now, AUGUST), _owing(now, AUGUST)
    with pytest.raises(services.JointRefused):
        join(mine, now, bills(mine)[0].id, bills(theirs)[0].id)
    number = join(both := _owing(now, AUGUST, SEPTEMBER), now)
    assert joint_queries.joint_view(employer_id=both.id, customer_no=number.customer_no) is not None
    assert joint_queries.joint_view(employer_id=mine.id, customer_no=number.customer_no) is None


def test_an_amount_that_was_not_shown_is_never_asked(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER)
    ids = [bill.id for bill in bills(firm)]
    with pytest.raises(services.JointRefused) as refused:
        services.join_bills(actor=SYSTEM, employer_id=firm.id, bill_ids=ids, shown_rupiah=1, now=now)
    assert refused.value.why == "moved"
    assert not any(bill.joint for bill in bills(firm))


def test_a_bank_is_told_of_all_of_it(now: datetime) -> None:
    firm = _owing(now, AUGUST, SEPTEMBER)
    number = join(firm, now)
    told = queries.payable(number.customer_no, now)
    assert told is not None
    assert (told.kind, told.state, told.amount_rupiah, told.months) == ("months", "open", number.amount_rupiah, 2)
    assert sum(part.amount_rupiah for part in told.parts) == number.amount_rupiah
    pay(number.customer_no, number.amount_rupiah, now)
    told = queries.payable(number.customer_no, now)
    assert told is not None
    assert told.state == "paid"
