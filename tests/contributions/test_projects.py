"""Construction projects: one sum, its stages, each paid by a number of its own."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lindung.access.trail import SYSTEM
from lindung.contributions import services
from lindung.contributions.order_queries import stage_orders
from lindung.contributions.project_queries import answer_of, newest_projects, project_view, projects_of
from lindung.contributions.queries import payable
from tests import builders
from tests.contributions.money import owed_by, pay
from tests.contributions.self_payers import project
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-20T10:00:00+07:00")
TODAY = date(2026, 11, 20)


def bill_stage(employer_id: int, project_id: int, stage_no: int, now: datetime = NOW) -> services.IssuedOrder:
    return services.bill_stage(actor=SYSTEM, employer_id=employer_id, project_id=project_id, stage_no=stage_no, now=now)


def test_a_project_costs_what_the_law_says_on_its_value_without_vat_and_its_stages_are_all_of_it() -> None:
    firm = builders.firm(now=NOW)
    project_id = project(firm.id, NOW, contract=943_500_000)
    found = project_view(employer_id=firm.id, project_id=project_id)
    assert found is not None
    assert found.project.net_rupiah == 850_000_000
    assert (found.project.jkk, found.project.jkm) == (1_345_000, 180_000)
    assert [stage.amount_rupiah for stage in found.stages] == [762_500, 381_250, 381_250]
    assert answer_of(found, "en").rupiah("total") == 1_525_000
    assert project_view(employer_id=firm.id + 1, project_id=project_id) is None
    assert broken_invariants() == []


def test_each_stage_is_paid_by_its_own_number_and_the_employer_owes_no_month_by_it() -> None:
    firm = builders.firm(now=NOW)
    project_id = project(firm.id, NOW)
    before = project_view(employer_id=firm.id, project_id=project_id)
    assert before is not None
    assert not before.standing(TODAY).active
    order = bill_stage(firm.id, project_id, 1)
    found = payable(order.customer_no, NOW)
    assert found is not None
    assert found.kind == "project"
    assert found.employer_name.startswith("PT Contoh")
    pay(order.customer_no, order.amount_rupiah, NOW)
    with pytest.raises(services.BillPaid):
        bill_stage(firm.id, project_id, 1)
    after = projects_of(employer_id=firm.id)[0]
    assert after.paid_rupiah == order.amount_rupiah
    assert after.next_stage is not None
    assert after.next_stage.stage_no == 2
    assert after.standing(TODAY).active
    assert not after.standing(date(2026, 12, 2)).active
    assert owed_by(firm) == 0
    assert broken_invariants() == []


def test_a_number_of_a_stage_is_given_again_and_renewed_when_its_time_is_over() -> None:
    firm = builders.firm(now=NOW)
    project_id = project(firm.id, NOW)
    first = bill_stage(firm.id, project_id, 1)
    assert bill_stage(firm.id, project_id, 1).customer_no == first.customer_no
    second = bill_stage(firm.id, project_id, 1, NOW + timedelta(days=8))
    assert second.customer_no != first.customer_no
    assert second.amount_rupiah == first.amount_rupiah
    assert stage_orders(employer_id=firm.id, project_id=project_id)[1].customer_no == second.customer_no
    assert broken_invariants() == []


def test_a_project_of_another_firm_or_a_stage_that_is_not_there_is_not_billed() -> None:
    firm, other = builders.firm(now=NOW), builders.firm(now=NOW)
    project_id = project(firm.id, NOW)
    for employer_id, stage_no in ((other.id, 1), (firm.id, 4)):
        with pytest.raises(services.BillNotFound):
            bill_stage(employer_id, project_id, stage_no)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"until_on": date(2026, 9, 15)}, "dates"),
    ({"work_order_on": date(2026, 11, 21)}, "order_date"),
    ({"later_due_on": []}, "stages"),
    ({"later_due_on": [date(2026, 12, 1), date(2026, 11, 1)]}, "stages"),
    ({"later_due_on": [date(2026, 12, 1), date(2027, 6, 15)]}, "stages"),
    ({"contract_rupiah": 100}, "too_small"),
]


@pytest.mark.parametrize(("change", "why"), WRONG)
def test_what_cannot_be_a_project_is_refused_and_leaves_nothing(change: dict[str, Any], why: str) -> None:
    firm = builders.firm(now=NOW)
    told: dict[str, Any] = {
        "employer_id": firm.id,
        "name": "Gedung Contoh",
        "work_order_no": "SPK-1",
        "work_order_on": date(2026, 9, 1),
        "from_on": date(2026, 9, 15),
        "until_on": date(2027, 6, 15),
        "contract_rupiah": 850_000_000,
        "vat_rate": Decimal("0.11"),
        "pattern": "50/25/25",
        "later_due_on": [date(2026, 12, 1), date(2027, 3, 1)],
    }
    with pytest.raises(services.ProjectRefused, match=why):
        services.register_project(actor=SYSTEM, **{**told, **change}, now=NOW)
    assert projects_of(employer_id=firm.id) == []
    services.register_project(actor=SYSTEM, **told, now=NOW)
    with pytest.raises(services.ProjectRefused, match="taken"):
        services.register_project(actor=SYSTEM, **told, now=NOW)
    assert newest_projects()[0].employer_name.startswith("PT Contoh")
