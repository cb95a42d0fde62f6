"""A billed month that turns out to be another: replaced, added to, or given back."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from lindung.access.trail import SYSTEM
from lindung.contributions import queries, services
from lindung.contributions.explained import explained_month
from lindung.contributions.services import WageRows
from tests import builders
from tests.builders import Firm
from tests.contributions.money import bills, credit, deposit, jht_of, owed_by, pay
from tests.nation.checks import broken_invariants

OCTOBER = date(2026, 10, 1)
ONE = 954_000  # of one worker at 10,000,000 in class II
HALF = 477_000

pytestmark = pytest.mark.django_db


@pytest.fixture
def early(now: datetime) -> datetime:
    """Before October is due."""
    return now - timedelta(days=10)


def correct(firm: Firm, wages: dict[int, int], now: datetime) -> services.Corrected:
    """Say of some workers, by their place, what their wage was."""
    rows = firm.rows()
    places = sorted(wages)
    some = {name: getattr(rows, name)[places] for name in WageRows.__slots__}
    some["wage_rupiah"] = np.array([wages[place] for place in places], dtype=np.int64)
    return services.correct_month(
        actor=SYSTEM, employer_id=firm.id, period=OCTOBER, upload_id=None, rows=WageRows(**some), now=now
    )


def test_an_unpaid_bill_is_replaced_by_one_that_holds_everything(early: datetime) -> None:
    firm = builders.firm(now=early, workers=3)
    first = builders.bill(firm, OCTOBER, early)
    corrected = correct(firm, {1: 5_000_000}, early)
    assert corrected.replaced == (first.number,)
    assert corrected.credited_rupiah == 0
    assert corrected.bill is not None
    assert corrected.bill.amount_rupiah == owed_by(firm) == 2 * ONE + HALF
    (bill,) = bills(firm)
    assert (bill.worker_count, bill.revision) == (3, 1)
    with pytest.raises(services.VirtualAccountExpired):
        pay(first.customer_no, first.amount_rupiah, early)
    pay(corrected.bill.customer_no, corrected.bill.amount_rupiah, early)
    assert jht_of(firm) == [570_000, 285_000, 570_000]
    assert broken_invariants() == []


def test_a_wage_that_was_too_low_is_billed_by_the_difference(early: datetime) -> None:
    firm = builders.firm(now=early, workers=2)
    issued = builders.bill(firm, OCTOBER, early, wage_rupiah=5_000_000)
    pay(issued.customer_no, issued.amount_rupiah, early)
    corrected = correct(firm, {0: 10_000_000}, early)
    assert corrected.bill is not None
    assert (corrected.bill.amount_rupiah, corrected.replaced) == (HALF, ())
    pay(corrected.bill.customer_no, HALF, early)
    assert jht_of(firm) == [570_000, 285_000]
    facts = queries.month_facts(
        person_id=firm.people.sort("person_id")["person_id"][0], employer_id=firm.id, period=OCTOBER
    )
    assert facts is not None
    assert facts.wage_rupiah == 10_000_000
    lines = {line.key: line.amount_rupiah for line in explained_month(facts, language="id")}
    assert lines["jht_employer"] == 370_000
    assert broken_invariants() == []


def test_a_wage_that_was_too_high_becomes_credit(early: datetime) -> None:
    firm = builders.firm(now=early, workers=2)
    issued = builders.bill(firm, OCTOBER, early)
    pay(issued.customer_no, issued.amount_rupiah, early)
    corrected = correct(firm, {0: 5_000_000, 1: 0}, early)
    assert (corrected.bill, corrected.credited_rupiah) == (None, HALF + ONE)
    assert (credit(firm), owed_by(firm)) == (HALF + ONE, 0)
    assert jht_of(firm) == [285_000, 0]
    people = firm.people.sort("person_id")["person_id"]
    assert [len(queries.months_of(person_id=person)) for person in people] == [1, 0]
    assert broken_invariants() == []


def test_one_correction_up_and_one_down_pay_each_other(early: datetime) -> None:
    firm = builders.firm(now=early, workers=2)
    issued = builders.bill(firm, OCTOBER, early, wage_rupiah=5_000_000)
    pay(issued.customer_no, issued.amount_rupiah, early)
    corrected = correct(firm, {0: 10_000_000, 1: 0}, early)
    assert corrected.credited_rupiah == HALF
    assert (owed_by(firm), credit(firm)) == (0, 0)
    assert jht_of(firm) == [570_000, 0]
    assert broken_invariants() == []


def test_somebody_forgotten_is_added_to_a_paid_month(early: datetime) -> None:
    firm = builders.firm(now=early, workers=3)
    rows = firm.rows()
    two = WageRows(**{name: getattr(rows, name)[:2] for name in WageRows.__slots__})
    issued = services.report_wages(
        actor=SYSTEM, employer_id=firm.id, period=OCTOBER, upload_id=None, rows=two, now=early
    )
    pay(issued.customer_no, issued.amount_rupiah, early)
    corrected = correct(firm, {2: 10_000_000}, early)
    assert corrected.bill is not None
    assert corrected.bill.amount_rupiah == ONE
    assert broken_invariants() == []


def test_what_was_missing_is_late_since_the_month_was_due(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    early = now - timedelta(days=10)
    issued = builders.bill(firm, OCTOBER, early, wage_rupiah=5_000_000)
    pay(issued.customer_no, issued.amount_rupiah, early)
    corrected = correct(firm, {0: 10_000_000}, now)
    assert corrected.bill is not None
    assert corrected.bill.amount_rupiah == HALF * 102 // 100
    assert broken_invariants() == []


def test_a_second_correction_takes_the_first_one_in(early: datetime) -> None:
    firm = builders.firm(now=early, workers=2)
    issued = builders.bill(firm, OCTOBER, early, wage_rupiah=5_000_000)
    pay(issued.customer_no, issued.amount_rupiah, early)
    first = correct(firm, {0: 10_000_000}, early)
    second = correct(firm, {1: 10_000_000}, early)
    assert first.bill is not None
    assert second.bill is not None
    assert second.replaced == (first.bill.number,)
    assert second.bill.amount_rupiah == owed_by(firm) == 2 * HALF
    assert broken_invariants() == []


def test_what_cannot_be_corrected_says_so_and_changes_nothing(early: datetime) -> None:
    firm = builders.firm(now=early, workers=2)
    with pytest.raises(services.NotBilled):
        correct(firm, {0: 1_000_000}, early)
    builders.bill(firm, OCTOBER, early)
    with pytest.raises(services.NothingToCorrect):
        correct(firm, {0: 10_000_000}, early)
    deposit(firm, 1_000, early)
    with pytest.raises(services.MonthPartlyPaid):
        correct(firm, {0: 1_000_000}, early)
    assert owed_by(firm) == 2 * ONE - 1_000
    assert broken_invariants() == []
