"""Orders of members who pay themselves: which months, what they cost, paid once, or lapsed."""

import re
from datetime import date, datetime, timedelta

import pytest

from lindung.access.trail import SYSTEM
from lindung.contributions import services
from lindung.contributions.explained import explained_own
from lindung.contributions.offers import WITH_JHT, offer_months
from lindung.contributions.queries import months_of, payable
from lindung.law import ImpossibleFact, Month
from lindung.ledger import queries as ledger
from lindung.ledger.chart import account
from lindung.registry import services as registry
from tests.contributions.money import BANK, jht, pay
from tests.contributions.self_payers import SelfPayer
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T10:00:00+07:00")


NOVEMBER = _moment("2026-11-20")


def test_a_newcomer_orders_from_this_month_on_and_has_them_once_paid() -> None:
    siti = SelfPayer(NOVEMBER)
    order = siti.order(3, NOVEMBER)
    # 29,500 + 6,800, halved by PP 50/2025 until December 2026; JHT 59,000 never.
    assert order.amount_rupiah == (18_150 + 59_000) * 2 + 36_300 + 59_000
    assert not [month for month in months_of(person_id=siti.person_id) if month.own]
    assert jht(siti.person_id) == 0
    pay(order.customer_no, order.amount_rupiah, NOVEMBER)
    paid = [month for month in months_of(person_id=siti.person_id) if month.own]
    assert [(month.period, month.jht_rupiah, month.wage_rupiah) for month in paid] == [
        (date(2027, 1, 1), 59_000, 2_950_000),
        (date(2026, 12, 1), 59_000, 2_950_000),
        (date(2026, 11, 1), 59_000, 2_950_000),
    ]
    assert jht(siti.person_id) == 3 * 59_000
    assert broken_invariants() == []


def test_the_money_of_an_order_goes_to_the_funds_and_nothing_was_owed_before() -> None:
    siti = SelfPayer(NOVEMBER)
    names = ("jkk_fund", "jkm_fund", "assessed")
    before = {name: ledger.agency_balance(account_no=account(name)) for name in names}
    order = siti.order(1, NOVEMBER, jht=False)
    assert {name: ledger.agency_balance(account_no=account(name)) for name in names} == before
    pay(order.customer_no, order.amount_rupiah, NOVEMBER)
    moved = {name: ledger.agency_balance(account_no=account(name)) - before[name] for name in names}
    assert moved == {"jkk_fund": 14_750, "jkm_fund": 3_400, "assessed": 0}
    assert jht(siti.person_id) == 0


@pytest.mark.parametrize(
    ("today", "state", "first", "owed"),
    [
        ("2026-08-31", "active", Month(2026, 9), 0),
        ("2026-09-30", "active", Month(2026, 9), 0),
        ("2026-10-31", "in_arrears", Month(2026, 9), 1),
        ("2026-11-30", "in_arrears", Month(2026, 9), 2),
        ("2026-12-01", "lapsed", Month(2026, 12), 0),
        ("2027-06-01", "lapsed", Month(2027, 6), 0),
    ],
)
def test_up_to_two_months_are_paid_back_and_after_the_lapse_the_cover_starts_anew(
    today: str, state: str, first: Month, owed: int
) -> None:
    siti = SelfPayer(_moment("2026-08-05"))
    order = siti.order(1, _moment("2026-08-05"))
    pay(order.customer_no, order.amount_rupiah, _moment("2026-08-05"))
    offer = offer_months(
        person_id=siti.person_id,
        membership_id=siti.membership_id,
        terms=services.OwnAccountTerms(3_000_000, WITH_JHT, "other"),
        months=3,
        today=date.fromisoformat(today),
    )
    assert (offer.standing.state, offer.months[0].month, offer.owed) == (state, first, owed)
    ordered = siti.order(3, _moment(today))
    assert ordered.amount_rupiah == offer.rupiah
    assert siti.orders()[0].from_on == first.first_on


def test_the_same_order_twice_is_one_and_another_takes_its_place() -> None:
    siti = SelfPayer(NOVEMBER)
    first = siti.order(3, NOVEMBER)
    again = siti.order(3, NOVEMBER + DAY)
    assert (again.order_id, again.customer_no, again.repeated) == (first.order_id, first.customer_no, True)
    other = siti.order(1, NOVEMBER + DAY)
    assert other.customer_no != first.customer_no
    with pytest.raises(services.VirtualAccountExpired):
        pay(first.customer_no, first.amount_rupiah, NOVEMBER + DAY)
    pay(other.customer_no, other.amount_rupiah, NOVEMBER + DAY)
    assert broken_invariants() == []


def test_an_order_takes_its_amount_once_and_repeats_its_receipt() -> None:
    siti = SelfPayer(NOVEMBER)
    order = siti.order(2, NOVEMBER)
    with pytest.raises(services.WrongAmount):
        pay(order.customer_no, order.amount_rupiah - 1, NOVEMBER)
    receipt = pay(order.customer_no, order.amount_rupiah, NOVEMBER, reference="once")
    again = pay(order.customer_no, order.amount_rupiah, NOVEMBER + DAY, reference="once")
    assert again.repeated
    assert again.receipt_number == receipt.receipt_number
    with pytest.raises(services.BillPaid):
        pay(order.customer_no, order.amount_rupiah, NOVEMBER, reference="at another bank")
    with pytest.raises(services.ReferenceClash):
        pay(order.customer_no, order.amount_rupiah + 1, NOVEMBER, reference="once")
    assert jht(siti.person_id) == 2 * 59_000
    assert broken_invariants() == []


def test_an_order_that_nobody_pays_lapses_and_leaves_nothing() -> None:
    siti = SelfPayer(NOVEMBER)
    order = siti.order(1, NOVEMBER)
    late = NOVEMBER + 7 * DAY
    with pytest.raises(services.VirtualAccountExpired):
        pay(order.customer_no, order.amount_rupiah, late)
    assert services.expire_orders(now=late) == 0
    assert services.expire_orders(now=late + DAY) == 1
    assert services.expire_orders(now=late + DAY) == 0
    found = payable(order.customer_no, late + DAY)
    assert found is not None
    assert found.state == "expired"
    assert broken_invariants() == []
    fresh = siti.order(1, late + DAY)
    pay(fresh.customer_no, fresh.amount_rupiah, late + DAY)
    assert siti.orders()[0].state(late + DAY) == "paid"
    assert broken_invariants() == []


def test_a_payment_whose_inquiry_came_in_time_is_taken_after_the_end() -> None:
    siti = SelfPayer(NOVEMBER)
    order = siti.order(1, NOVEMBER)
    end = NOVEMBER + 7 * DAY
    services.receive_payment(
        actor=BANK,
        partner_id=1,
        reference="asked in time",
        customer_no=order.customer_no,
        amount_rupiah=order.amount_rupiah,
        channel="6011",
        bank_reference="B1",
        paid_at=end,
        inquired_at=end - timedelta(minutes=1),
        now=end + timedelta(minutes=1),
    )
    assert jht(siti.person_id) == 59_000
    assert broken_invariants() == []


@pytest.mark.parametrize("months", [0, 4, 13])
def test_only_the_numbers_of_months_that_are_known_can_be_ordered(months: int) -> None:
    with pytest.raises(services.OrderRefused, match="months"):
        SelfPayer(NOVEMBER).order(months, NOVEMBER)


def test_nobody_orders_on_a_card_of_somebody_else_or_of_another_segment() -> None:
    siti, abroad = SelfPayer(NOVEMBER), SelfPayer(NOVEMBER, "PMI")
    siti.membership_id = abroad.membership_id
    with pytest.raises(services.CardMissing):
        siti.order(1, NOVEMBER)
    with pytest.raises(services.CardMissing):
        abroad.order(1, NOVEMBER)


def test_a_bank_is_told_first_name_and_initials_and_nothing_else_of_a_self_payer() -> None:
    siti = SelfPayer(NOVEMBER)
    order = siti.order(3, NOVEMBER)
    found = payable(order.customer_no, NOVEMBER)
    assert found is not None
    assert re.fullmatch(r"Pekerja C\. [0-9]\.", found.employer_name)
    assert (found.kind, found.months, found.worker_count) == ("own_account", 3, 0)
    assert found.amount_rupiah == order.amount_rupiah


def test_a_package_covers_its_contract_and_its_savings_are_there_at_once() -> None:
    ani = SelfPayer(NOVEMBER, "PMI")
    fund = ledger.agency_balance(account_no=account("migrant_fund"))
    order = ani.package(24, date(2026, 12, 1), NOVEMBER, jht=50_000)
    assert order.amount_rupiah == 37_500 + 332_500 + 24 * 50_000
    pay(order.customer_no, order.amount_rupiah, NOVEMBER)
    assert ledger.agency_balance(account_no=account("migrant_fund")) - fund == 370_000
    assert jht(ani.person_id) == 1_200_000
    (month,) = [month for month in months_of(person_id=ani.person_id) if month.own]
    assert (month.from_on, month.until_on, month.before_work) == (date(2026, 12, 1), date(2028, 12, 1), True)
    assert broken_invariants() == []


def test_a_package_is_refused_where_another_runs_or_its_time_is_over() -> None:
    ani = SelfPayer(NOVEMBER, "PMI")
    order = ani.package(6, date(2026, 12, 31), NOVEMBER)
    pay(order.customer_no, order.amount_rupiah, NOVEMBER)
    # Six months from 31 December end with 29 June: the 30th is the first day after.
    for starts_on in (date(2026, 7, 1), date(2027, 6, 29)):
        with pytest.raises(services.OrderRefused, match="overlaps"):
            ani.package(6, starts_on, NOVEMBER)
    with pytest.raises(services.OrderRefused, match="over"):
        ani.package(6, date(2026, 5, 1), NOVEMBER)
    with pytest.raises(services.OrderRefused, match="too_far"):
        ani.package(6, date(2028, 5, 1), NOVEMBER)
    with pytest.raises(ImpossibleFact, match="contract_months"):
        ani.package(5, date(2027, 7, 1), NOVEMBER)
    after = ani.package(6, date(2027, 6, 30), NOVEMBER, route="individual")
    assert after.amount_rupiah == 108_000


def test_who_is_too_old_to_register_gets_no_card_of_his_own() -> None:
    with pytest.raises(ImpossibleFact, match="age"):
        SelfPayer(NOVEMBER, since_on=date(2060, 1, 1))


def test_a_card_is_opened_once() -> None:
    siti = SelfPayer(NOVEMBER)
    again = registry.open_card(
        actor=SYSTEM, person_id=siti.person_id, segment="BPU", since_on=date(2026, 5, 5), now=NOVEMBER
    )
    assert (again.membership_id, again.kpj, again.had_before) == (siti.membership_id, siti.kpj, True)
    with pytest.raises(registry.PersonMissing):
        registry.open_card(actor=SYSTEM, person_id=-1, segment="BPU", since_on=date(2026, 5, 5), now=NOVEMBER)


def test_a_paid_package_is_prolonged_month_by_month_from_the_day_on_which_it_ends() -> None:
    ani = SelfPayer(NOVEMBER, "PMI")
    with pytest.raises(services.OrderRefused, match="over"):
        ani.prolong(3, NOVEMBER)
    package = ani.package(12, date(2026, 12, 31), NOVEMBER, jht=50_000)
    with pytest.raises(services.OrderRefused, match="over"):
        ani.prolong(3, NOVEMBER)
    pay(package.customer_no, package.amount_rupiah, NOVEMBER)
    more = ani.prolong(3, NOVEMBER, jht=100_000)
    assert more.amount_rupiah == 3 * 13_500 + 3 * 100_000
    pay(more.customer_no, more.amount_rupiah, NOVEMBER)
    longest, first = ani.orders()
    assert (longest.from_on, longest.until_on) == (first.until_on, date(2028, 3, 31))
    assert sum(line.amount_rupiah for line in explained_own(longest, longest.from_on, language="id")) == 140_500
    again = ani.prolong(1, NOVEMBER)
    pay(again.customer_no, again.amount_rupiah, NOVEMBER)
    assert again.amount_rupiah == 13_500
    assert ani.orders()[0].until_on == date(2028, 4, 30)
    assert jht(ani.person_id) == 12 * 50_000 + 3 * 100_000
    with pytest.raises(services.OrderRefused, match="months"):
        ani.prolong(0, NOVEMBER)
    with pytest.raises(services.OrderRefused, match="over"):
        ani.prolong(1, datetime.fromisoformat("2028-05-01T10:00:00+07:00"))
    with pytest.raises(services.CardMissing):
        SelfPayer(NOVEMBER).prolong(1, NOVEMBER)
    assert broken_invariants() == []
