"""A construction contract whose value changes: what is left falls on unpaid stages, what is too much is credit."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from lindung.access.trail import SYSTEM
from lindung.contributions import services
from lindung.contributions.contract_changes import contract_change
from lindung.contributions.money_queries import credit_moves
from lindung.contributions.project_queries import ProjectView, answer_of, project_view
from tests import builders
from tests.builders import Firm
from tests.contributions.money import bills, credit, owed_by, pay
from tests.contributions.self_payers import project
from tests.contributions.test_projects import bill_stage
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-20T10:00:00+07:00")
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _audit_is_clean(db: None) -> None:
    assert broken_invariants() == []


def view(firm: Firm, project_id: int) -> ProjectView:
    found = project_view(employer_id=firm.id, project_id=project_id)
    assert found is not None
    return found


def change(firm: Firm, project_id: int, contract_rupiah: int, now: datetime = NOW, **told: Any) -> int:
    """The contract's value becomes another, at what the page would show."""
    effect = contract_change(view(firm, project_id), contract_rupiah=contract_rupiah, today=now.date())
    return services.change_contract(
        **{
            "actor": SYSTEM,
            "employer_id": firm.id,
            "project_id": project_id,
            "agreed_on": now.date(),
            "contract_rupiah": contract_rupiah,
            "agreed": effect.agreed,
            "now": now,
            **told,
        }
    )


def pay_stage(firm: Firm, project_id: int) -> int:
    stage = view(firm, project_id).next_stage
    assert stage is not None
    order = bill_stage(firm.id, project_id, stage.stage_no)
    pay(order.customer_no, order.amount_rupiah, NOW)
    return order.amount_rupiah


def test_a_higher_value_raises_the_stages_that_are_not_paid() -> None:
    firm = builders.firm(now=NOW)
    project_id = project(firm.id, NOW, contract=943_500_000)  # 850,000,000 without VAT: 1,525,000 in three stages
    assert pay_stage(firm, project_id) == 762_500
    assert change(firm, project_id, 1_110_000_000) == 1  # 1,000,000,000 without VAT
    found = view(firm, project_id)
    assert found.terms.amount_rupiah == 1_750_000
    assert [stage.amount_rupiah for stage in found.stages] == [762_500, 493_750, 493_750]
    assert [stage.due_on for stage in found.stages[1:]] == [date(2026, 12, 1), date(2027, 3, 1)]
    assert answer_of(found, "en").rupiah("total") == 1_750_000
    while view(firm, project_id).next_stage:
        pay_stage(firm, project_id)
    assert view(firm, project_id).paid_rupiah == 1_750_000
    assert credit(firm) == owed_by(firm) == 0
    assert broken_invariants() == []


def test_a_project_that_is_paid_gets_one_more_stage() -> None:
    firm = builders.firm(now=NOW)
    project_id = project(firm.id, NOW, pattern="", contract=850_000_000)
    pay_stage(firm, project_id)
    change(firm, project_id, 1_000_000_000)
    first, more = view(firm, project_id).stages
    assert (first.amount_rupiah, more.amount_rupiah, more.place) == (1_525_000, 225_000, 2)
    assert more.due_on == TODAY + timedelta(days=7)
    assert pay_stage(firm, project_id) == 225_000
    assert broken_invariants() == []


def test_a_lower_value_lowers_what_is_left_and_what_is_too_much_is_credit_that_pays_the_next_bill() -> None:
    firm = builders.firm(now=NOW, workers=1)
    project_id = project(firm.id, NOW, pattern="", contract=850_000_000)
    pay_stage(firm, project_id)
    change(firm, project_id, 100_000_000)
    found = view(firm, project_id)
    assert (found.terms.jkk, found.terms.jkm, found.paid_rupiah) == (210_000, 30_000, 240_000)
    assert found.next_stage is None
    assert credit(firm) == 1_525_000 - 240_000
    (moved,) = credit_moves(employer_id=firm.id)
    assert (moved.rupiah, moved.project_name) == (1_285_000, "Gedung Contoh")
    builders.bill(firm, date(2026, 10, 1), NOW - timedelta(days=10))
    assert bills(firm)[0].settled
    assert broken_invariants() == []


def test_nothing_paid_yet_is_simply_another_sum_and_the_open_number_takes_nothing_more() -> None:
    firm = builders.firm(now=NOW)
    project_id = project(firm.id, NOW)
    order = bill_stage(firm.id, project_id, 1)
    change(firm, project_id, 100_000_000)
    with pytest.raises(services.VirtualAccountExpired):
        pay(order.customer_no, order.amount_rupiah, NOW)
    found = view(firm, project_id)
    assert sum(stage.amount_rupiah for stage in found.stages) == found.terms.amount_rupiah
    with pytest.raises(services.BillNotFound):
        bill_stage(firm.id, project_id, 1)
    assert broken_invariants() == []


def test_values_go_up_and_down_and_every_rupiah_is_somewhere() -> None:
    firm = builders.firm(now=NOW)
    project_id = project(firm.id, NOW, contract=5_000_000_000)
    given = pay_stage(firm, project_id)
    for value in (90_000_000, 2_000_000_000, 110_000_000, 700_000_000, 650_000_000, 9_000_000_000):
        change(firm, project_id, value)
        assert broken_invariants() == []
        if view(firm, project_id).next_stage:
            given += pay_stage(firm, project_id)
    assert view(firm, project_id).paid_rupiah + credit(firm) == given
    assert len(view(firm, project_id).addenda) == 6
    assert broken_invariants() == []


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a day that is not there yet": ({"agreed_on": date(2026, 11, 21)}, "future"),
    "a day before the work order": ({"agreed_on": date(2026, 8, 31)}, "before"),
    "another effect than shown": ({"agreed": "1-1"}, "moved"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_cannot_be_changed_so_leaves_everything(wrong: tuple[dict[str, Any], str]) -> None:
    told, why = wrong
    firm = builders.firm(now=NOW)
    project_id = project(firm.id, NOW, contract=850_000_000)
    before = view(firm, project_id)
    with pytest.raises(services.ContractChangeRefused) as refused:
        change(firm, project_id, 1_000_000_000, **told)
    assert refused.value.why == why
    assert view(firm, project_id) == before


def test_the_same_value_is_no_change() -> None:
    firm = builders.firm(now=NOW)
    project_id = project(firm.id, NOW, contract=850_000_000)
    with pytest.raises(services.ContractChangeRefused, match="same"):
        change(firm, project_id, 850_000_000)


def test_another_firms_project_is_not_there() -> None:
    mine, theirs = builders.firm(now=NOW), builders.firm(now=NOW)
    project_id = project(theirs.id, NOW)
    with pytest.raises(services.BillNotFound):
        change(theirs, project_id, 1_000_000_000, employer_id=mine.id)
