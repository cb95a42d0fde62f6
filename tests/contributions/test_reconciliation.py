"""A bank's statement beside our payments: matched, ours only, the bank's only, another amount."""

from datetime import datetime, time, timedelta

import pytest

from lindung.contributions import services
from lindung.contributions.models import StatementLine
from lindung.contributions.reconciliation_queries import days_compared, lines_of_day
from lindung.contributions.suspense_queries import (
    opposite_items,
    proposals_of,
    suspense_item,
    suspense_items,
    unexplained,
)
from lindung.lib.clock import WIB
from tests import builders
from tests.contributions.money import credit, owed_by
from tests.contributions.statements import (
    FIRST_OFFICER,
    SECOND_OFFICER,
    Bank,
    at_bank,
    bank,
    day,
    file,
    items,
    line,
    noon,
    pay,
    propose,
    receive,
    reference,
    stated,
)
from tests.contributions.test_deposits import OCTOBER, ONE, SEPTEMBER
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _audit_is_clean(db: None) -> None:
    assert broken_invariants() == []


@pytest.fixture
def there(now: datetime) -> Bank:
    return bank(now)


def paid(there: Bank, at: datetime, ref: str, *, workers: int = 1) -> builders.Firm:
    """A firm that paid its October to the number, in time."""
    firm = builders.firm(now=at, workers=workers)
    bill = builders.bill(firm, OCTOBER, at)
    pay(there, bill.customer_no, bill.amount_rupiah, at, ref=ref)
    return firm


def test_a_payment_and_its_line_are_one(there: Bank, now: datetime) -> None:
    on, ref = day(now, 10), reference()
    paid(there, noon(on), ref)
    got = stated(there, on, [line(noon(on), ONE, ref=ref)], now)
    assert (got.new_line_count, got.opened) == (1, 0)
    assert StatementLine.objects.get(partner_id=there.id).payment_id is not None
    assert (items(there), at_bank(there)) == ([], ONE)
    assert broken_invariants() == []


def test_money_that_nobody_told_us_of_is_in_suspense_at_once(there: Bank, now: datetime) -> None:
    on = day(now, 2)
    stated(there, on, [line(noon(on), 500_000, ref=reference())], now)
    (item,) = items(there)
    assert (item.amount_rupiah, item.money_on, item.owner_id) == (500_000, on, FIRST_OFFICER.id)
    assert at_bank(there) == 500_000
    assert broken_invariants() == []


def test_a_call_that_comes_after_its_line_explains_it(there: Bank, now: datetime) -> None:
    on, ref = day(now, 10), reference()
    firm = builders.firm(now=noon(on), workers=1)
    bill = builders.bill(firm, OCTOBER, noon(on))
    stated(there, on, [line(noon(on), ONE, ref=ref, customer_no=bill.customer_no)], noon(on) + timedelta(days=1))
    pay(there, bill.customer_no, ONE, noon(on) + timedelta(days=1), ref=ref)
    assert at_bank(there) == 2 * ONE
    assert broken_invariants() == []
    services.reconcile(actor=FIRST_OFFICER, partner_id=there.id, now=now)
    assert (items(there), at_bank(there)) == ([], ONE)
    assert broken_invariants() == []


def test_a_payment_around_midnight_is_looked_for_a_day_longer(there: Bank, now: datetime) -> None:
    on, ref = day(now, 10), reference()
    paid(there, datetime.combine(on, time(23, 59, 58), WIB), ref)
    stated(there, on, [], now)
    assert items(there) == []
    after = on + timedelta(days=1)
    stated(there, after, [line(datetime.combine(after, time(0, 0, 3), WIB), ONE, ref=ref)], now)
    assert (items(there), at_bank(there)) == ([], ONE)
    assert broken_invariants() == []


def test_a_payment_on_no_statement_is_an_open_item_after_a_day_and_its_line_may_still_come(
    there: Bank, now: datetime
) -> None:
    on, ref = day(now, 10), reference()
    paid(there, noon(on), ref)
    stated(there, on, [], now)
    stated(there, on + timedelta(days=1), [], now)
    (item,) = items(there)
    assert (item.amount_rupiah, item.money_on, at_bank(there)) == (-ONE, on, 0)
    assert broken_invariants() == []
    third = on + timedelta(days=2)
    got = stated(there, third, [line(noon(third), ONE, ref=ref)], now)
    assert (got.closed, items(there), at_bank(there)) == (1, [], ONE)
    assert broken_invariants() == []


def test_a_day_that_is_not_over_misses_nothing(there: Bank, now: datetime) -> None:
    on = day(now, 1)
    paid(there, noon(on), reference())
    receive(there, file(there, on, []), now)
    receive(there, file(there, day(now, 0), [], made_at=now), now)
    assert items(there) == []


def test_another_amount_stands_in_suspense_with_its_difference(there: Bank, now: datetime) -> None:
    on, ref = day(now, 10), reference()
    paid(there, noon(on), ref)
    stated(there, on, [line(noon(on), ONE - 6_500, ref=ref)], now)
    (item,) = items(there)
    assert (item.amount_rupiah, at_bank(there)) == (-6_500, ONE - 6_500)
    assert broken_invariants() == []


def test_two_lines_that_are_equal_in_all_are_two(there: Bank, now: datetime) -> None:
    on, ref = day(now, 10), reference()
    paid(there, noon(on), ref)
    twice = [line(noon(on), ONE, ref=ref)] * 2
    got = stated(there, on, twice, now)
    assert (got.new_line_count, got.opened) == (2, 1)
    assert [item.amount_rupiah for item in items(there)] == [ONE]
    assert at_bank(there) == 2 * ONE
    again = receive(there, file(there, on, [*twice, line(noon(on), 1, ref=reference())]), now)
    assert again.new_line_count == 1
    assert broken_invariants() == []


def test_the_same_file_again_changes_nothing(there: Bank, now: datetime) -> None:
    content = file(there, day(now, 3), [line(noon(day(now, 3)), 7, ref=reference())])
    first = receive(there, content, now)
    again = receive(there, content, now)
    assert (again.repeated, again.file_id, again.new_line_count, again.opened) == (True, first.file_id, 0, 0)
    assert len(items(there)) == 1


def test_banks_do_not_meet(there: Bank, now: datetime) -> None:
    on, ref = day(now, 10), reference()
    other = bank(now)
    paid(there, noon(on), ref)
    stated(other, on, [line(noon(on), ONE, ref=ref)], now)
    assert [item.amount_rupiah for item in items(other)] == [ONE]
    assert (at_bank(there), at_bank(other)) == (ONE, ONE)
    assert broken_invariants() == []


def test_what_was_paid_again_at_another_bank_becomes_the_employers_credit_by_two_officers(
    there: Bank, now: datetime
) -> None:
    on, other = day(now, 10), bank(now)
    firm = builders.firm(now=noon(on), workers=1)
    bill = builders.bill(firm, OCTOBER, noon(on))
    pay(there, bill.customer_no, ONE, noon(on))
    with pytest.raises(services.BillPaid):
        pay(other, bill.customer_no, ONE, noon(on))
    stated(other, on, [line(noon(on), ONE, ref=reference(), customer_no=bill.customer_no)], now)
    (item,) = items(other)
    proposal = propose(item.id, "deposit", now, firm=firm, meant_for=bill.customer_no)
    assert (credit(firm), len(items(other))) == (0, 1)
    with pytest.raises(services.SameOfficer):
        services.approve_explanation(actor=FIRST_OFFICER, item_id=item.id, proposal_id=proposal, now=now)
    receipt = services.approve_explanation(actor=SECOND_OFFICER, item_id=item.id, proposal_id=proposal, now=now)
    assert receipt.startswith("KW-")
    assert (credit(firm), items(other), at_bank(other)) == (ONE, [], ONE)
    assert broken_invariants() == []
    with pytest.raises(services.SuspenseClosed):
        services.approve_explanation(actor=SECOND_OFFICER, item_id=item.id, proposal_id=proposal, now=now)
    services.reconcile(actor=FIRST_OFFICER, partner_id=other.id, now=now + timedelta(days=9))
    assert (items(other), at_bank(other), broken_invariants()) == ([], ONE, [])


def test_money_found_on_a_statement_pays_the_bill_as_of_its_own_day(there: Bank, now: datetime) -> None:
    on = day(now, 8)
    firm = builders.firm(now=now, workers=1)
    builders.bill(firm, OCTOBER, now)
    assert owed_by(firm) > ONE  # the due date is past by now, and was not on that day
    stated(there, on, [line(noon(on), ONE, journal="J77")], now)
    (item,) = items(there)
    proposal = propose(item.id, "deposit", now, firm=firm)
    services.approve_explanation(actor=SECOND_OFFICER, item_id=item.id, proposal_id=proposal, now=now)
    assert (owed_by(firm), credit(firm), at_bank(there)) == (0, 0, ONE)
    assert broken_invariants() == []


def test_what_a_bank_kept_for_itself_is_explained_as_its_difference(there: Bank, now: datetime) -> None:
    on, ref = day(now, 10), reference()
    paid(there, noon(on), ref)
    stated(there, on, [line(noon(on), ONE - 6_500, ref=ref)], now)
    (item,) = items(there)
    with pytest.raises(services.WayImpossible):
        propose(item.id, "deposit", now, firm=builders.firm(now=now))
    proposal = propose(item.id, "difference", now)
    services.approve_explanation(actor=SECOND_OFFICER, item_id=item.id, proposal_id=proposal, now=now)
    assert (items(there), at_bank(there)) == ([], ONE - 6_500)
    assert broken_invariants() == []


def test_all_of_somebodys_money_is_never_a_difference(there: Bank, now: datetime) -> None:
    on = day(now, 3)
    stated(there, on, [line(noon(on), 1_000, ref=reference())], now)
    (item,) = items(there)
    with pytest.raises(services.WayImpossible):
        propose(item.id, "difference", now)


def test_a_payment_and_a_line_of_another_reference_are_paired_by_officers(there: Bank, now: datetime) -> None:
    on = day(now, 10)
    paid(there, noon(on), reference())
    stated(there, on, [line(noon(on), ONE, ref=reference())], now)
    stated(there, on + timedelta(days=1), [], now)
    ours, theirs = sorted(items(there), key=lambda item: item.amount_rupiah)
    proposal = propose(ours.id, "pair", now, other=theirs.id)
    services.approve_explanation(actor=SECOND_OFFICER, item_id=ours.id, proposal_id=proposal, now=now)
    assert (items(there), at_bank(there)) == ([], ONE)
    services.reconcile(actor=FIRST_OFFICER, partner_id=there.id, now=now)
    assert items(there) == []
    assert broken_invariants() == []


def test_items_of_different_amounts_are_no_pair(there: Bank, now: datetime) -> None:
    on = day(now, 10)
    paid(there, noon(on), reference())
    stated(there, on, [line(noon(on), ONE - 1, ref=reference())], now)
    stated(there, on + timedelta(days=1), [], now)
    ours, theirs = sorted(items(there), key=lambda item: item.amount_rupiah)
    with pytest.raises(services.WayImpossible):
        propose(ours.id, "pair", now, other=theirs.id)


def test_a_proposal_about_an_item_that_explained_itself_is_void(there: Bank, now: datetime) -> None:
    on, ref = day(now, 10), reference()
    firm = builders.firm(now=noon(on), workers=1)
    bill = builders.bill(firm, OCTOBER, noon(on))
    stated(there, on, [line(noon(on), ONE, ref=ref)], now)
    (item,) = items(there)
    proposal = propose(item.id, "deposit", now, firm=firm)
    pay(there, bill.customer_no, ONE, noon(on), ref=ref)
    services.reconcile(actor=FIRST_OFFICER, partner_id=there.id, now=now)
    with pytest.raises(services.SuspenseClosed):
        services.approve_explanation(actor=SECOND_OFFICER, item_id=item.id, proposal_id=proposal, now=now)
    assert (credit(firm), owed_by(firm), at_bank(there)) == (0, 0, ONE)
    assert broken_invariants() == []


def test_a_refused_proposal_leaves_the_item_open_and_a_number_of_another_firm_is_refused(
    there: Bank, now: datetime
) -> None:
    on = day(now, 3)
    stated(there, on, [line(noon(on), 1_000, ref=reference())], now)
    (item,) = items(there)
    firm, other = builders.firm(now=now), builders.bill(builders.firm(now=now), SEPTEMBER, now)
    with pytest.raises(services.BillNotFound):
        propose(item.id, "deposit", now, firm=firm, meant_for=other.customer_no)
    proposal = propose(item.id, "deposit", now, firm=firm)
    services.refuse_explanation(actor=SECOND_OFFICER, item_id=item.id, proposal_id=proposal, now=now)
    with pytest.raises(services.ProposalMissing):
        services.approve_explanation(actor=SECOND_OFFICER, item_id=item.id, proposal_id=proposal, now=now)
    assert len(items(there)) == 1
    assert broken_invariants() == []


def test_the_pages_figures_tell_every_outcome(there: Bank, now: datetime) -> None:
    on, refs = day(now, 10), [reference() for _ in range(3)]
    good, less, gone = (paid(there, noon(on), ref) for ref in refs)
    assert good.id != less.id != gone.id
    rows = [
        line(noon(on), ONE, ref=refs[0]),
        line(noon(on), ONE, ref=refs[0]),
        line(noon(on), ONE - 6_500, ref=refs[1]),
        line(noon(on), 777, journal="J9", customer_no="9" * 13),
        line(noon(on), 778),
    ]
    stated(there, on, rows, now)
    after = on + timedelta(days=1)
    (compared,) = days_compared(since=on, until=after, partner_id=there.id)
    assert (compared.closed, compared.waiting_count, compared.waiting_rupiah) == (True, 1, ONE)
    stated(there, after, [], now)
    _empty, compared = days_compared(since=on, until=after + timedelta(days=1), partner_id=there.id)
    assert compared.counts == {"matched": 1, "amount_diff": 1, "bank_only": 3, "ours_only": 1}
    assert compared.sums == {"matched": ONE, "amount_diff": -6_500, "bank_only": ONE + 777 + 778, "ours_only": ONE}
    assert (compared.open_items, compared.waiting_count) == (5, 0)
    assert len(lines_of_day(partner_id=there.id, on=on)) == 6
    (different,) = lines_of_day(partner_id=there.id, on=on, outcome="amount_diff")
    assert (different.bank_rupiah, different.our_rupiah, different.item_open) == (ONE - 6_500, ONE, True)
    found = [item for item in suspense_items(today=day(now, 0)) if item.bank_id == there.id]
    assert {(item.why, item.age_days) for item in found} == {
        (why, 10) for why in ("repeated_line", "amount_differs", "unknown_number", "no_number", "not_on_statement")
    }
    figure = unexplained(today=day(now, 0))
    assert (figure.count, figure.over_rupiah, figure.short_rupiah) == (5, ONE + 777 + 778, ONE + 6_500)


def test_money_for_a_number_of_ours_tells_whose_it_may_be(there: Bank, now: datetime) -> None:
    on = day(now, 3)
    firm = builders.firm(now=now)
    bill = builders.bill(firm, OCTOBER, now)
    stated(there, on, [line(noon(on), 5, customer_no=bill.customer_no)], now)
    (item,) = items(there)
    shown = suspense_item(item.id, today=day(now, 0))
    assert shown is not None
    assert (shown.why, shown.employer_id, shown.state) == ("not_called", firm.id, "assigned")
    assert opposite_items(shown, today=day(now, 0)) == []
    propose(item.id, "deposit", now, firm=firm)
    assert [proposal.employer_id for proposal in proposals_of(item.id)] == [firm.id]


def test_a_line_of_the_right_amount_takes_the_payment_from_one_that_came_before_it(there: Bank, now: datetime) -> None:
    on, ref = day(now, 10), reference()
    paid(there, noon(on), ref)
    wrong, right = line(noon(on), ONE - 6_500, ref=ref), line(noon(on), ONE, ref=ref)
    stated(there, on, [wrong], now)
    assert [item.amount_rupiah for item in items(there)] == [-6_500]
    stated(there, on, [wrong, right], now)
    assert [item.amount_rupiah for item in items(there)] == [ONE - 6_500]
    assert at_bank(there) == 2 * ONE - 6_500
    assert broken_invariants() == []
