"""Any order of ordering, paying, paying twice at two banks, letting lapse and paying late ends in the same state.

Beside the services runs a model that knows only which months the rule gives and what was paid for them.
"""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

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
from lindung.contributions.queries import months_of
from lindung.law import Month
from lindung.ledger import queries as ledger
from lindung.ledger.chart import account
from lindung.lib.clock import wib_date
from tests.contributions.money import jht, pay
from tests.contributions.self_payers import SelfPayer
from tests.nation.checks import broken_invariants
from tests.often import often

FUNDS = ("jkk_fund", "jkm_fund")
JHT_RUPIAH = 59_000  # a month, 2% of the base of an income of 3,000,000


class MoneyOfASelfPayer(RuleBasedStateMachine):
    """One member with a card of his own."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    @initialize()
    def begin(self) -> None:
        self.now = datetime.fromisoformat("2026-02-10T09:00:00+07:00")
        self.member = SelfPayer(self.now)
        self.before = self._elsewhere()
        self.given = 0
        self.paid: dict[Month, bool] = {}
        self.numbers: dict[str, services.IssuedOrder] = {}
        self.open: tuple[services.IssuedOrder, list[Month], bool, datetime] | None = None
        self.last: Callable[[], services.Receipt] | None = None
        self.references = itertools.count(1)

    def _elsewhere(self) -> dict[str, int]:
        return {name: ledger.agency_balance(account_no=account(name)) for name in FUNDS} | {
            "bank": ledger.agency_balance(account_no=account("bank", 1))
        }

    def _first(self, anew: bool) -> Month:
        """The rule, in other words: go on after the last paid month unless three months went by unpaid, or it is chosen
        to leave those that did out."""
        running = Month.of(wib_date(self.now))
        after = max(self.paid).next() if self.paid else running
        unpaid = running.index - after.index
        return running if unpaid >= 3 or (anew and unpaid > 0) else after

    @rule(months=st.sampled_from([1, 2, 3, 6]), jht_too=st.booleans(), anew=st.booleans())
    def order(self, months: int, jht_too: bool, anew: bool) -> None:
        issued = self.member.order(months, self.now, jht=jht_too, anew=anew)
        first = self._first(anew)
        if not issued.repeated:
            assert issued.customer_no not in self.numbers
            ends_at = self.now + timedelta(days=7)
            self.open = (issued, [first.plus(later) for later in range(months)], jht_too, ends_at)
        self.numbers[issued.customer_no] = issued

    @precondition(lambda self: self.numbers)
    @rule(data=st.data())
    def pay_any_number(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.numbers)))
        rupiah, moment = self.numbers[number].amount_rupiah, self.now
        reference = f"{self.member.kpj}-{next(self.references)}"

        def send() -> services.Receipt:
            return pay(number, rupiah, moment, reference=reference)

        if self.open is None or self.open[0].customer_no != number or self.now >= self.open[3]:
            with pytest.raises((services.BillPaid, services.VirtualAccountExpired)):
                send()
            return
        with pytest.raises(services.WrongAmount):
            pay(number, rupiah + 1, moment, reference=f"{reference}-wrong")
        assert not send().repeated
        self.last, self.given = send, self.given + rupiah
        self.paid |= dict.fromkeys(self.open[1], self.open[2])
        self.open = None

    @precondition(lambda self: self.last)
    @rule()
    def tell_the_last_money_again(self) -> None:
        assert self.last is not None
        assert self.last().repeated

    @rule(days=st.integers(1, 100))
    def let_days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule()
    def sweep(self) -> None:
        swept = services.expire_orders(now=self.now)
        assert services.expire_orders(now=self.now) == 0
        if swept:
            assert self.open is not None
            assert self.now >= self.open[3]
            self.open = None

    @invariant()
    def the_audit_finds_nothing(self) -> None:
        assert broken_invariants() == []

    @invariant()
    def every_rupiah_given_is_somewhere(self) -> None:
        moved = {name: there - self.before[name] for name, there in self._elsewhere().items()}
        assert -moved.pop("bank") == self.given
        assert sum(moved.values()) + jht(self.member.person_id) == self.given

    @invariant()
    def exactly_the_months_that_were_paid_are_there(self) -> None:
        own = [month for month in months_of(person_id=self.member.person_id) if month.own]
        assert {Month.of(month.period): month.jht_rupiah > 0 for month in own} == self.paid
        assert len(own) == len(self.paid)
        assert jht(self.member.person_id) == JHT_RUPIAH * sum(self.paid.values())

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)


@pytest.mark.django_db
@pytest.mark.hypothesis
def test_any_history_of_a_self_payers_orders_adds_up() -> None:
    run_state_machine_as_test(
        MoneyOfASelfPayer,
        settings=settings(
            max_examples=often(6), stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
