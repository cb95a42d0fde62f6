"""Joining, paying alone, paying together and separating at the same moment: no bill is paid twice, none is lost."""

from datetime import date
from functools import partial

import pytest

from lindung.access.trail import SYSTEM
from lindung.contributions import services
from tests import builders
from tests.conftest import NOW
from tests.contributions.money import bills, credit, jht_of, join, owed_by, pay
from tests.contributions.test_order_rivals import at_once
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.usefixtures("own_db")
MONTHS = [date(2026, month, 1) for month in (8, 9, 10)]
_REFUSALS = (services.BillPaid, services.VirtualAccountExpired, services.JointRefused)


def _owing() -> builders.Firm:
    firm = builders.firm(now=NOW, workers=1)
    for month in MONTHS:
        builders.bill(firm, month, NOW)
    return firm


def test_one_joint_number_paid_at_four_banks_at_once_is_paid_once() -> None:
    for _ in range(3):
        firm = _owing()
        number = join(firm, NOW)
        paying = (
            partial(pay, number.customer_no, number.amount_rupiah, NOW, reference=f"{number.customer_no}-{bank}")
            for bank in range(4)
        )
        assert [type(error) for error in at_once(*paying)] == [services.BillPaid] * 3
        assert (jht_of(firm), owed_by(firm), credit(firm)) == ([3 * 570_000], 0, 0)
    assert broken_invariants() == []


def test_a_bill_paid_alone_and_joined_at_once_is_paid_or_joined() -> None:
    for _ in range(5):
        firm = _owing()
        alone = bills(firm)[1]
        wrong = at_once(
            partial(pay, alone.customer_no, alone.due_rupiah, NOW, reference=f"alone-{alone.number}"),
            partial(join, firm, NOW),
        )
        assert all(isinstance(error, _REFUSALS) for error in wrong), wrong
        paid = [bill.id for bill in bills(firm) if bill.settled]
        joined = [bill.id for bill in bills(firm) if bill.joint and not bill.settled]
        # Paid first: the sum shown is another, or a bill fewer is joined. Joined first: its own number is closed.
        assert paid in ([], [alone.id])
        assert alone.id not in joined or not paid
        assert paid or joined
    assert broken_invariants() == []


def test_a_joint_number_paid_and_taken_apart_at_once_is_one_or_the_other() -> None:
    for _ in range(5):
        firm = _owing()
        number = join(firm, NOW)
        wrong = at_once(
            partial(pay, number.customer_no, number.amount_rupiah, NOW, reference=f"rival-{number.customer_no}"),
            partial(services.separate_bills, actor=SYSTEM, employer_id=firm.id, now=NOW),
        )
        assert all(isinstance(error, _REFUSALS) for error in wrong), wrong
        assert len({bill.settled for bill in bills(firm)}) == 1, "all are paid or none"
        assert bills(firm)[0].settled is not bool(wrong)
    assert broken_invariants() == []
