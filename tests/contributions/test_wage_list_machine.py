"""Any order of listing, correcting, asking for a number, paying, paying twice and letting days pass ends in the same
state.

Beside the services runs a model that knows only the last wages of each month, and what was paid.
"""

import itertools
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lindung.contributions import services
from lindung.ledger import queries as ledger
from lindung.ledger.chart import account
from lindung.lib.clock import wib_date
from tests import builders
from tests.contributions.listed_projects import (
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    list_month,
    listed_project,
    project_of,
    wage_rows,
)
from tests.contributions.money import credit, owed_by, pay
from tests.contributions.test_projects import bill_stage
from tests.nation.checks import broken_invariants
from tests.often import often

FUNDS = ("jkk_fund", "jkm_fund")
# 1.74% and 0.30%, each rounded by itself: the least that costs something, amounts that are not whole and that are.
COSTS = {1: 0, 29: 1, 1_725: 35, 3_000_000: 61_200, 6_000_000: 122_400, 10_000_000: 204_000}


class MoneyOfAProject(RuleBasedStateMachine):
    """One project of three months that have begun."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    @initialize()
    def begin(self) -> None:
        self.now = datetime.fromisoformat("2026-11-20T09:00:00+07:00")
        self.firm = builders.firm(now=self.now, workers=1)
        self.project_id = listed_project(self.firm.id, self.now)
        self.before = {name: ledger.agency_balance(account_no=account(name)) for name in FUNDS}
        self.listed: dict[date, list[int]] = {}
        self.numbers: dict[str, int] = {}
        self.given = 0
        self.references = itertools.count(1)
        self.last: tuple[str, int, str] | None = None

    @rule(
        month=st.sampled_from([SEPTEMBER, OCTOBER, NOVEMBER]), wages=st.lists(st.sampled_from(list(COSTS)), max_size=3)
    )
    def list_or_correct(self, month: date, wages: list[int]) -> None:
        if self.listed.get(month) == wages:
            with pytest.raises(services.WageListRefused, match="same"):
                list_month(self.firm, self.project_id, month, wage_rows(*wages), self.now)
            return
        list_month(self.firm, self.project_id, month, wage_rows(*wages), self.now)
        self.listed[month] = wages

    @precondition(lambda self: project_of(self.firm, self.project_id).next_stage)
    @rule(data=st.data())
    def ask_for_a_number(self, data: st.DataObject) -> None:
        waiting = [stage for stage in project_of(self.firm, self.project_id).stages if stage.paid_at is None]
        stage = data.draw(st.sampled_from(waiting))
        order = bill_stage(self.firm.id, self.project_id, stage.stage_no, self.now)
        assert order.amount_rupiah == stage.amount_rupiah
        self.numbers[order.customer_no] = order.amount_rupiah

    @precondition(lambda self: self.numbers)
    @rule(data=st.data())
    def pay_any_number(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.numbers)))
        told = (number, self.numbers[number], f"list-{self.firm.id}-{next(self.references)}")
        try:
            pay(told[0], told[1], self.now, reference=told[2])
        except (services.BillPaid, services.VirtualAccountExpired):
            return
        self.given += told[1]
        self.last = told

    @precondition(lambda self: self.last)
    @rule()
    def tell_the_last_money_again(self) -> None:
        assert self.last is not None
        number, rupiah, reference = self.last
        assert pay(number, rupiah, self.now, reference=reference).repeated

    @rule(days=st.integers(1, 9))
    def let_days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)
        services.expire_orders(now=self.now)

    @invariant()
    def the_audit_finds_nothing(self) -> None:
        assert broken_invariants() == []

    @invariant()
    def every_month_asks_for_what_its_last_list_costs_less_what_was_paid_and_kept(self) -> None:
        view = project_of(self.firm, self.project_id)
        costs = {month: sum(COSTS[wage] for wage in wages) for month, wages in self.listed.items()}
        assert view.amount_rupiah == sum(costs.values())
        for month in view.months(wib_date(self.now)):
            open_rupiah = sum(stage.amount_rupiah for stage in month.stages if stage.paid_at is None)
            assert open_rupiah + sum(month.paid_parts) == costs.get(month.period, 0)

    @invariant()
    def every_rupiah_given_is_in_the_funds_or_the_firms_credit(self) -> None:
        moved = sum(ledger.agency_balance(account_no=account(name)) - there for name, there in self.before.items())
        assert moved + credit(self.firm) == self.given
        assert moved == project_of(self.firm, self.project_id).paid_rupiah
        assert owed_by(self.firm) == 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)


@pytest.mark.django_db
@pytest.mark.hypothesis
def test_any_history_of_a_projects_lists_adds_up() -> None:
    run_state_machine_as_test(
        MoneyOfAProject,
        settings=settings(
            max_examples=often(3), stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
