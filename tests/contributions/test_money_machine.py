"""Any order of reports, corrections, payments, deposits, repeats and days: no rupiah is lost or doubled.

Beside the services runs a model that knows only the wages last told and the money that was given.
"""

import itertools
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
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

from lindung.access.trail import SYSTEM
from lindung.contributions import refund_queries, services
from lindung.contributions.project_queries import project_view
from lindung.contributions.services import WageRows
from lindung.law import Month, Programme
from lindung.law import contributions as law
from lindung.ledger import queries as ledger
from lindung.ledger.chart import account
from lindung.registry import queries as registry
from tests import builders
from tests.contributions.money import bills, credit, deposit, jht_of, join, owed_by, pay
from tests.contributions.refunds import CLERK, FIRST, again, answer, ask, paid_out, send
from tests.contributions.self_payers import project
from tests.contributions.test_contract_changes import change
from tests.contributions.test_projects import bill_stage
from tests.nation.checks import broken_invariants
from tests.often import often

MONTHS = [date(2026, month, 1) for month in (8, 9, 10)]
WORKERS = 3
wages = st.sampled_from([0, 1_001, 4_321_987, 5_000_000, 10_000_000, 25_000_001])
ANSWERS = ["withdrawn", "refused", "approved", "sent", "sent", "returned"]
FUNDS = ("jp_fund", "jkk_fund", "jkm_fund", "jkp_fund", "penalty")


class MoneyOfAFirm(RuleBasedStateMachine):
    """One firm of three workers."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    @initialize()
    def begin(self) -> None:
        self.now = datetime.fromisoformat("2026-10-20T09:00:00+07:00")
        self.firm = builders.firm(now=self.now, workers=WORKERS)
        self.told: dict[date, list[int]] = {}
        self.given = 0
        self.project_id = 0
        self.before = self._elsewhere()
        self.last: Callable[[], services.Receipt] | None = None
        self.references = itertools.count(1)

    def _elsewhere(self) -> dict[str, int]:
        """Funds and bank are everybody's: what stood there before this firm came."""
        return {name: ledger.agency_balance(account_no=account(name)) for name in FUNDS} | {
            "bank": ledger.agency_balance(account_no=account("bank", 1)),
            "paid_out": paid_out(),
        }

    def _rows(self, told: list[int]) -> WageRows:
        rows = self.firm.rows()
        return WageRows(
            **{
                **{name: getattr(rows, name) for name in WageRows.__slots__},
                "wage_rupiah": np.array(told, dtype=np.int64),
            }
        )

    @rule(month=st.sampled_from(MONTHS), told=st.lists(wages, min_size=WORKERS, max_size=WORKERS))
    def report(self, month: date, told: list[int]) -> None:
        report: Any = {
            "actor": SYSTEM,
            "employer_id": self.firm.id,
            "period": month,
            "upload_id": None,
            "rows": self._rows(told),
            "now": self.now,
        }
        if not any(self.told.get(month, [])):
            if all(told):
                services.report_wages(**report)
                self.told[month] = told
            return
        try:
            services.correct_month(**report)
        except services.NothingToCorrect:
            assert told == self.told[month]
        except services.MonthPartlyPaid:
            assert any(bill.begun for bill in bills(self.firm) if bill.period == month)
        else:
            self.told[month] = told

    @precondition(lambda self: owed_by(self.firm))
    @rule(data=st.data())
    def pay_a_number(self, data: st.DataObject) -> None:
        bill = data.draw(st.sampled_from([bill for bill in bills(self.firm) if not bill.settled]))
        if bill.joint:
            # Alone again, and every other bill of that number too.
            services.reissue_virtual_account(actor=SYSTEM, employer_id=self.firm.id, bill_id=bill.id, now=self.now)
            assert not any(other.joint for other in bills(self.firm) if not other.settled)
            return
        if bill.expires_at <= self.now:
            with pytest.raises(services.VirtualAccountExpired):
                pay(bill.customer_no, bill.due_rupiah, self.now)
            services.reissue_virtual_account(actor=SYSTEM, employer_id=self.firm.id, bill_id=bill.id, now=self.now)
            return
        rupiah, moment, reference = bill.due_rupiah, self.now, f"exact-{self.firm.id}-{next(self.references)}"
        with pytest.raises(services.WrongAmount):
            pay(bill.customer_no, rupiah + 1, moment, reference=f"{reference}-wrong")
        self._tell(lambda: pay(bill.customer_no, rupiah, moment, reference=reference), rupiah)

    @precondition(lambda self: sum(not bill.settled for bill in bills(self.firm)) > 1)
    @rule(data=st.data(), paid=st.booleans())
    def pay_several_with_one_number(self, data: st.DataObject, paid: bool) -> None:
        """Opened and, or never, paid; the bills' own numbers take nothing meanwhile."""
        waiting = [bill for bill in bills(self.firm) if not bill.settled]
        chosen = data.draw(st.lists(st.sampled_from(waiting), min_size=2, unique_by=lambda bill: bill.id))
        alone = [bill for bill in chosen if not bill.joint and bill.expires_at > self.now]
        number = join(self.firm, self.now, *(bill.id for bill in chosen))
        for bill in alone:
            with pytest.raises((services.VirtualAccountExpired, services.BillPaid)):
                pay(bill.customer_no, bill.due_rupiah, self.now)
        if paid and number.amount_rupiah:
            moment, reference = self.now, f"joint-{self.firm.id}-{next(self.references)}"
            with pytest.raises(services.WrongAmount):
                pay(number.customer_no, number.amount_rupiah + 1, moment, reference=f"{reference}-wrong")
            self._tell(
                lambda: pay(number.customer_no, number.amount_rupiah, moment, reference=reference),
                number.amount_rupiah,
            )
            still = {bill.id for bill in bills(self.firm) if not bill.settled}
            assert still.isdisjoint(bill.id for bill in chosen)

    @rule(data=st.data(), rupiah=st.sampled_from([1, 999, 100_000, 954_001, 5_000_000]), days=st.integers(0, 40))
    def deposit_anything(self, data: st.DataObject, rupiah: int, days: int) -> None:
        numbers = ["", *(bill.customer_no for bill in bills(self.firm) if bill.customer_no)]
        meant_for = data.draw(st.sampled_from(numbers))
        moment, paid_at = self.now, self.now - timedelta(days=days)
        reference = f"deposit-{self.firm.id}-{next(self.references)}"
        self._tell(
            lambda: deposit(self.firm, rupiah, moment, paid_at=paid_at, meant_for=meant_for, reference=reference),
            rupiah,
        )

    def deposit_of(self, rupiah: int) -> None:
        moment, reference = self.now, f"deposit-{self.firm.id}-{next(self.references)}"
        self._tell(lambda: deposit(self.firm, rupiah, moment, reference=reference), rupiah)

    @rule()
    def pay_the_next_stage_of_a_project(self) -> None:
        """Money of the same firm that no month asks for: neither its debts nor its credit move."""
        if self.project_id == 0:
            self.project_id = project(self.firm.id, self.now)
        view = project_view(employer_id=self.firm.id, project_id=self.project_id)
        assert view is not None
        if view.next_stage is None:
            return
        order = bill_stage(self.firm.id, self.project_id, view.next_stage.stage_no, self.now)
        rupiah, moment, reference = order.amount_rupiah, self.now, f"stage-{self.firm.id}-{next(self.references)}"
        before = (owed_by(self.firm), credit(self.firm))
        self._tell(lambda: pay(order.customer_no, rupiah, moment, reference=reference), rupiah)
        assert (owed_by(self.firm), credit(self.firm)) == before

    @precondition(lambda self: self.project_id)
    @rule(value=st.sampled_from([90_000_000, 110_000_000, 700_000_000, 2_000_000_000, 9_000_000_000]))
    def change_the_contract_of_the_project(self, value: int) -> None:
        """What was paid too much is credit, which months may take; nothing else of the firm's money moves."""
        view = project_view(employer_id=self.firm.id, project_id=self.project_id)
        assert view is not None
        if view.terms.contract_rupiah == value:
            return
        before = owed_by(self.firm), credit(self.firm)
        change(self.firm, self.project_id, value, self.now)
        assert owed_by(self.firm) == before[0]
        assert credit(self.firm) >= before[1]

    @rule(data=st.data(), part=st.sampled_from([1, 3, 10]), rich=st.booleans())
    def ask_credit_back(self, data: st.DataObject, part: int, rich: bool) -> None:
        """Part of what is free, or all of it; ``rich``: after paying more than was owed."""
        if rich:
            self.deposit_of(2 * owed_by(self.firm) + 1_000_003)
        could = refund_queries.refundable(employer_id=self.firm.id)
        rupiah = could.free_rupiah // part
        if could.open or could.owed_rupiah or not rupiah:
            with pytest.raises(services.RefundRefused):
                ask(self.firm, rupiah, self.now)
        else:
            ask(self.firm, rupiah, self.now)
            assert credit(self.firm) == could.credit_rupiah - rupiah
        if refund_queries.refundable(employer_id=self.firm.id).open and data.draw(st.booleans()):
            self.answer_who_asked_credit_back(data.draw(st.sampled_from(ANSWERS)))

    @precondition(lambda self: refund_queries.refundable(employer_id=self.firm.id).open)
    @rule(what=st.sampled_from(ANSWERS))
    def answer_later(self, what: str) -> None:
        self.answer_who_asked_credit_back(what)

    def answer_who_asked_credit_back(self, what: str) -> None:
        """The firm thinks better of it; the officers agree, or not, or send what was agreed to; the bank returns it."""
        found, before = refund_queries.refundable(employer_id=self.firm.id).open, credit(self.firm)
        assert found is not None
        if what == "withdrawn" and found.state == "asked":
            services.withdraw_refund(actor=CLERK, employer_id=self.firm.id, refund_id=found.id, now=self.now)
        elif what == "refused":
            answer(found, self.now, pay=False)
        elif found.state == "asked":
            answer(found, self.now)
        if what in ("sent", "returned"):
            send(again(found), self.now)
        if what == "returned":
            services.return_refund(actor=FIRST, refund_id=found.id, reason="Rekening ditutup", now=self.now)
        back = again(found).state in ("withdrawn", "refused", "returned")
        assert credit(self.firm) - before == found.amount_rupiah * back

    def _tell(self, send: Callable[[], services.Receipt], rupiah: int) -> None:
        assert not send().repeated
        self.given += rupiah
        self.last = send

    @precondition(lambda self: self.last)
    @rule()
    def tell_the_last_money_again(self) -> None:
        assert self.last is not None
        assert self.last().repeated

    @rule(days=st.integers(1, 40))
    def let_days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def the_audit_finds_nothing(self) -> None:
        assert broken_invariants() == []

    @invariant()
    def every_rupiah_given_is_somewhere(self) -> None:
        now_there = self._elsewhere()
        moved = {name: now_there[name] - before for name, before in self.before.items()}
        assert -moved.pop("bank") == self.given
        asked = [one for one in refund_queries.refunds_of(employer_id=self.firm.id) if one.open]
        on_its_way = sum(one.amount_rupiah for one in asked)
        assert sum(moved.values()) + credit(self.firm) + on_its_way + sum(jht_of(self.firm)) == self.given

    def teardown(self) -> None:
        try:
            if hasattr(self, "firm") and not transaction.get_connection().needs_rollback:
                self.settle_everything()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def settle_everything(self) -> None:
        """When everything that is owed is paid, every balance is what the law makes of the wages last told."""
        services.separate_bills(actor=SYSTEM, employer_id=self.firm.id, now=self.now)
        for bill in bills(self.firm):
            if not bill.settled:
                new = services.reissue_virtual_account(
                    actor=SYSTEM, employer_id=self.firm.id, bill_id=bill.id, now=self.now
                )
                if new.amount_rupiah:
                    pay(new.customer_no, new.amount_rupiah, self.now)
        employer = registry.employer(self.firm.id)
        rows = self.firm.rows()
        expected = np.zeros(WORKERS, dtype=np.int64)
        for month, told in self.told.items():
            assessed = law.assess(
                month=Month.of(month),
                jkk_class=employer.jkk_class,
                programmes=frozenset(Programme(code) for code in employer.programmes),
                wages=np.array(told, dtype=np.int64),
                jp_liable=rows.jp_liable,
                jkp_member=rows.jkp_member,
            )
            expected += assessed.jht_employer + assessed.jht_worker
        assert jht_of(self.firm) == expected.tolist()
        assert owed_by(self.firm) == 0
        assert broken_invariants() == []


@pytest.mark.django_db
@pytest.mark.hypothesis
def test_any_history_of_a_firms_money_adds_up() -> None:
    run_state_machine_as_test(
        MoneyOfAFirm,
        settings=settings(
            max_examples=often(8), stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
