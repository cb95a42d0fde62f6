"""Money booked by hand: foretold to the rupiah, booked once, and found again on the statement."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lindung.contributions import services
from lindung.contributions.deposit_queries import find_payer, foretell_deposit
from lindung.lib.clock import WIB
from tests import builders
from tests.contributions.money import bills, credit
from tests.contributions.statements import (
    FIRST_OFFICER,
    SECOND_OFFICER,
    Bank,
    at_bank,
    bank,
    day,
    items,
    line,
    noon,
    propose,
    reference,
    stated,
)
from tests.contributions.test_deposits import AUGUST, OCTOBER, ONE, SEPTEMBER
from tests.nation.checks import broken_invariants
from tests.often import often

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=WIB)
pytestmark = pytest.mark.django_db


def book(at: Bank, firm: builders.Firm, rupiah: int, slip_no: str, *, back: int = 0, meant_for: str = "") -> str:
    return services.book_slip(
        actor=FIRST_OFFICER,
        partner_id=at.id,
        slip_no=slip_no,
        employer_id=firm.id,
        amount_rupiah=rupiah,
        channel="6010",
        paid_on=day(NOW, back),
        meant_for=meant_for,
        now=NOW,
    ).receipt_number


@settings(max_examples=often(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(rupiah=st.integers(1, 4 * ONE), back=st.integers(0, 60), names=st.booleans())
def test_what_is_foretold_is_what_is_booked(rupiah: int, back: int, names: bool) -> None:
    at, firm = bank(NOW), builders.firm(now=NOW, workers=1)
    for month in (AUGUST, SEPTEMBER, OCTOBER):
        builders.bill(firm, month, NOW)
    meant_for = bills(firm)[1].customer_no if names else ""
    foretold = foretell_deposit(employer_id=firm.id, amount_rupiah=rupiah, meant_for=meant_for, paid_on=day(NOW, back))
    assert [bill.contribution_paid_rupiah for bill in bills(firm)] == [0, 0, 0]
    book(at, firm, rupiah, reference(), back=back, meant_for=meant_for)
    got = {bill.number: bill for bill in bills(firm)}
    for bill in foretold.bills:
        paid = got.pop(bill.number)
        assert (paid.contribution_paid_rupiah, paid.penalty_paid_rupiah) == (
            bill.contribution_rupiah,
            bill.penalty_rupiah,
        )
    assert all(bill.contribution_paid_rupiah + bill.penalty_paid_rupiah == 0 for bill in got.values())
    # Credit may be promised to the bills' new numbers, or pay them at once; it came from nowhere else.
    assert credit(firm) <= foretold.credit_rupiah


def test_the_same_slip_twice_gives_the_first_receipt(db: None) -> None:
    at, firm, slip = bank(NOW), builders.firm(now=NOW), reference()
    first = book(at, firm, 5_000, slip)
    assert book(at, firm, 5_000, slip) == first
    with pytest.raises(services.ReferenceClash):
        book(at, firm, 5_001, slip)
    assert (credit(firm), at_bank(at)) == (5_000, 5_000)


def test_a_slip_of_tomorrow_is_refused(db: None) -> None:
    with pytest.raises(services.DepositRefused):
        book(bank(NOW), builders.firm(now=NOW), 5_000, reference(), back=-1)


def test_a_slip_takes_its_money_out_of_suspense(db: None) -> None:
    at, firm, slip = bank(NOW), builders.firm(now=NOW), reference()
    stated(at, day(NOW, 2), [line(noon(day(NOW, 2)), 5_000, journal=slip)], NOW)
    assert len(items(at)) == 1
    book(at, firm, 5_000, slip, back=2)
    assert (items(at), at_bank(at), credit(firm)) == ([], 5_000, 5_000)
    assert broken_invariants() == []


def test_money_that_two_officers_booked_is_not_booked_again_from_its_slip(db: None) -> None:
    at, firm, slip = bank(NOW), builders.firm(now=NOW), reference()
    stated(at, day(NOW, 2), [line(noon(day(NOW, 2)), 5_000, journal=slip)], NOW)
    (item,) = items(at)
    proposal = propose(item.id, "deposit", NOW, firm=firm)
    services.approve_explanation(actor=SECOND_OFFICER, item_id=item.id, proposal_id=proposal, now=NOW)
    with pytest.raises(services.SlipExplained):
        book(at, firm, 5_000, slip)
    assert credit(firm) == 5_000


def test_an_employer_is_found_by_its_npp_or_by_a_number_of_its_bills(db: None) -> None:
    firm = builders.firm(now=NOW)
    bill = builders.bill(firm, OCTOBER, NOW - timedelta(days=10))
    for text in (firm.npp, firm.npp.lower(), f" {firm.npp} "):
        found = find_payer(text)
        assert found is not None
        assert (found.employer_id, found.customer_no) == (firm.id, "")
    for text in (bill.customer_no, f"77123 {bill.customer_no}"):
        found = find_payer(text)
        assert found is not None
        assert (found.employer_id, found.customer_no) == (firm.id, bill.customer_no)
    for text in ("", "x", "1" * 13, "9" * 40):
        assert find_payer(text) is None
