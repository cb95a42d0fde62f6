"""Money that fits no number: short, over, late, twice. The order in which it pays is decision 0010."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from lindung.access import services as access
from lindung.access.trail import SYSTEM
from lindung.contact.models import Message
from lindung.contributions import queries, services
from lindung.registry.queries import employer
from tests import builders
from tests.contributions.money import bills, credit, deposit, jht_of, join, owed_by, pay
from tests.nation.checks import broken_invariants

AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in (8, 9, 10))
ONE = 954_000  # of one worker at 10,000,000 in class II; 570,000 of it are JHT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _audit_is_clean(db: None) -> None:
    assert broken_invariants() == []


def test_a_short_deposit_pays_every_worker_the_same_part_and_leaves_a_number_for_the_rest(now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = builders.firm(now=now, workers=3)
    first = builders.bill(firm, OCTOBER, early)
    receipt = deposit(firm, ONE, early, meant_for=first.customer_no)
    assert receipt.credited_rupiah == 0
    assert jht_of(firm) == [190_000] * 3
    (bill,) = bills(firm)
    assert (bill.paid_at, bill.begun, bill.left_rupiah, bill.due_rupiah) == (None, True, 2 * ONE, 2 * ONE)
    assert bill.customer_no != first.customer_no
    with pytest.raises(services.VirtualAccountExpired):
        pay(first.customer_no, 3 * ONE, early)
    pay(bill.customer_no, 2 * ONE, early)
    assert jht_of(firm) == [570_000] * 3
    assert owed_by(firm) == 0
    assert broken_invariants() == []


def test_a_worker_sees_a_month_that_is_paid_in_part(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    builders.bill(firm, OCTOBER, now - timedelta(days=10))
    deposit(firm, ONE, now - timedelta(days=10))
    person = firm.people["person_id"][0]
    (month,) = queries.months_of(person_id=person)
    assert (month.paid_at, month.jht_rupiah, month.jht_paid_rupiah) == (None, 570_000, 285_000)
    facts = queries.month_facts(person_id=person, employer_id=firm.id, period=OCTOBER)
    assert facts is not None
    assert facts.jht_paid_rupiah == 285_000


def test_workers_hear_of_a_month_once_it_is_whole(now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = builders.firm(now=now, workers=3)
    builders.bill(firm, OCTOBER, early)
    told = "SELECT count(*) FROM contact_message WHERE kind = 'contribution_received' AND person_id = ANY(%s)"
    people = firm.people["person_id"].to_list()
    for rupiah, messages in ((ONE, 0), (2 * ONE, 3)):
        deposit(firm, rupiah, early)
        with connection.cursor() as cursor:
            cursor.execute(told, [people])
            assert cursor.fetchone() == (messages,)


def test_contributions_are_paid_before_penalties_and_the_oldest_month_first(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    builders.bill(firm, AUGUST, now)  # three started months late: 6%
    builders.bill(firm, SEPTEMBER, now)  # two: 4%
    deposit(firm, ONE + 400_000, now)
    august, september = bills(firm)
    assert (august.paid_at, august.left_rupiah) == (now, ONE * 6 // 100)
    assert september.contribution_paid_rupiah == 400_000
    deposit(firm, ONE - 400_000 + ONE * 6 // 100, now)
    august, september = bills(firm)
    assert august.settled
    assert (september.paid_at, september.left_rupiah) == (now, ONE * 4 // 100)
    assert broken_invariants() == []


def test_the_bill_that_the_payer_names_is_paid_first(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    builders.bill(firm, SEPTEMBER, now)
    october = builders.bill(firm, OCTOBER, now)
    deposit(firm, october.amount_rupiah + 1, now, meant_for=october.customer_no)
    first, second = bills(firm)
    assert second.settled
    assert first.contribution_paid_rupiah == 1


def test_money_over_is_kept_and_pays_the_next_month(now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = builders.firm(now=now, workers=2)
    builders.bill(firm, SEPTEMBER, early)
    owed = owed_by(firm)
    receipt = deposit(firm, owed + 500_000, early)
    assert (receipt.credited_rupiah, credit(firm), owed_by(firm)) == (500_000, 500_000, 0)
    next_bill = builders.bill(firm, OCTOBER, early)
    assert next_bill.amount_rupiah == 2 * ONE - 500_000
    pay(next_bill.customer_no, 2 * ONE - 500_000, early)
    assert (credit(firm), owed_by(firm)) == (0, 0)
    assert jht_of(firm) == [1_140_000] * 2
    assert broken_invariants() == []


def test_credit_that_covers_a_whole_bill_pays_it_at_once(now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = builders.firm(now=now, workers=1)
    deposit(firm, 3 * ONE, early)
    assert credit(firm) == 3 * ONE
    builders.bill(firm, OCTOBER, early)
    (bill,) = bills(firm)
    assert bill.settled
    assert bill.paid_at == early
    assert (credit(firm), jht_of(firm)) == (2 * ONE, [570_000])
    assert broken_invariants() == []


def test_credit_is_promised_once(now: datetime) -> None:
    early = now - timedelta(days=40)
    firm = builders.firm(now=now, workers=1)
    deposit(firm, 100_000, early)
    september = builders.bill(firm, SEPTEMBER, early + timedelta(days=1))
    october = builders.bill(firm, OCTOBER, early + timedelta(days=2))
    assert (september.amount_rupiah % 1000, october.amount_rupiah) == (0, ONE)
    assert broken_invariants() == []


def test_a_deposit_of_last_week_is_fined_as_of_last_week(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    # October is due on 16 November; today is the 21st: one started month.
    builders.bill(firm, OCTOBER, now)
    assert owed_by(firm) == ONE * 102 // 100
    receipt = deposit(firm, ONE, now, paid_at=now - timedelta(days=7))
    assert receipt.credited_rupiah == 0
    assert (owed_by(firm), jht_of(firm)) == (0, [570_000])
    assert broken_invariants() == []


def test_the_part_that_stays_unpaid_goes_on_being_fined_and_the_paid_part_does_not(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    builders.bill(firm, OCTOBER, now)
    deposit(firm, ONE // 2, now)
    later = now + timedelta(days=40)
    (bill,) = bills(firm)
    new = services.reissue_virtual_account(actor=SYSTEM, employer_id=firm.id, bill_id=bill.id, now=later)
    # 2% of the half that was paid in the first month of delay, 4% of the other half.
    assert new.amount_rupiah == ONE // 2 + ONE // 2 * 2 // 100 + ONE // 2 * 4 // 100
    assert broken_invariants() == []


def test_the_same_deposit_told_again_is_the_same_deposit(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    builders.bill(firm, OCTOBER, now - timedelta(days=10))
    first = deposit(firm, 95_400, now, reference="SLIP-7")
    again = deposit(firm, 95_400, now + timedelta(days=3), reference="SLIP-7")
    assert (again.receipt_number, again.repeated) == (first.receipt_number, True)
    with pytest.raises(services.ReferenceClash):
        deposit(firm, 95_401, now, reference="SLIP-7")
    assert jht_of(firm) == [57_000]


@pytest.mark.parametrize("rupiah", [0, -1, 10**15 + 1])
def test_an_impossible_amount_is_refused(now: datetime, rupiah: int) -> None:
    firm = builders.firm(now=now)
    with pytest.raises(services.DepositRefused) as refused:
        deposit(firm, rupiah, now)
    assert refused.value.why == "amount"


def test_money_of_tomorrow_is_refused(now: datetime) -> None:
    with pytest.raises(services.DepositRefused) as refused:
        deposit(builders.firm(now=now), 1, now, paid_at=now + timedelta(seconds=1))
    assert refused.value.why == "future"


def test_a_number_of_another_firm_is_unknown(now: datetime) -> None:
    other = builders.bill(builders.firm(now=now), OCTOBER, now)
    with pytest.raises(services.BillNotFound):
        deposit(builders.firm(now=now), 1, now, meant_for=other.customer_no)


def listened_firm(now: datetime, *, workers: int) -> builders.Firm:
    """A firm with somebody who can be told."""
    firm = builders.firm(now=now, workers=workers)
    access.invite(
        actor=SYSTEM,
        display_name="Rina",
        names={"email": f"rina@{firm.npp}.example".lower()},
        role="hr",
        scope_id=firm.id,
        now=now,
    )
    return firm


def test_the_firm_hears_at_once_of_money_that_no_bill_asked_for(now: datetime) -> None:
    """B-125 and B-127 at a counter: what is over, or paid a second time, is the firm's, and it is told so once."""
    firm = listened_firm(now, workers=2)
    bill = builders.bill(firm, date(2026, 10, 1), now)
    deposit(firm, bill.amount_rupiah, now)
    told = Message.objects.filter(kind="credit_kept")
    assert not told.exists()
    for _time in range(2):
        deposit(firm, bill.amount_rupiah, now, reference="B-127")
    assert told.get().params == {"employer": employer(firm.id).name, "rupiah": bill.amount_rupiah}


def test_the_firm_hears_what_a_slip_left_open_as_the_new_numbers_ask_it(now: datetime) -> None:
    firm = listened_firm(now, workers=1)
    for month in (SEPTEMBER, OCTOBER):
        builders.bill(firm, month, now)
    for _time in range(2):
        deposit(firm, ONE + ONE // 2, now, reference="SLIP-8")
    # September's contribution and half of October's are paid; late by two months and by one that have begun.
    left_rupiah = ONE // 2 + ONE * 4 // 100 + ONE * 2 // 100
    assert sum(bill.due_rupiah for bill in bills(firm)) == left_rupiah
    assert Message.objects.get(kind="paid_in_part").params == {
        "employer": employer(firm.id).name,
        "rupiah": ONE + ONE // 2,
        "left_rupiah": left_rupiah,
        "paid_on": "2026-11-21",
    }
    deposit(firm, left_rupiah, now)
    assert Message.objects.filter(kind__in=["paid_in_part", "credit_kept"]).count() == 1


def test_the_firm_hears_of_bills_whose_joint_number_a_slip_broke_though_it_paid_none_of_them(now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = listened_firm(early, workers=1)
    for month in (OCTOBER, date(2026, 11, 1)):
        builders.bill(firm, month, early)
    number = join(firm, early)
    deposit(firm, ONE, early, meant_for=number.customer_no)
    assert Message.objects.get(kind="paid_in_part").params["left_rupiah"] == ONE
    paid, waiting = bills(firm)
    assert (paid.settled, waiting.joint, waiting.left_rupiah) == (True, False, ONE)
