"""A complaint under any order of acts, refused ones too: always somebody's, until a day; and never two ways at once."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from lindung.compliance import services
from lindung.compliance.checks import CHECKS
from lindung.compliance.services.refusals import ExitNotPossible, NothingCorrected, NothingSaid, NotYourTurn
from lindung.compliance.workflow import MOVES, STATES, may
from tests.compliance.complaining import (
    MEMBER,
    OFFICER,
    Case,
    answered,
    complained,
    firm_reports_exit,
    left,
    wage_becomes,
)
from tests.conftest import NOW
from tests.often import often

WORDS = st.sampled_from(["", "Sudah kami periksa."])


class Moves(RuleBasedStateMachine):
    """One complaint, and a model: its state, how many steps it took, the days that passed."""

    kind = ""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = NOW
        self.case = self.begun()
        self.state, self.steps = "with_firm", 1

    def begun(self) -> Case:
        raise NotImplementedError

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def moved(self, move: str, *, sound: bool = True) -> bool:
        """Whether the move can be made; then the model makes it too."""
        if not may(move, self.state, self.kind) or not sound:
            return False
        self.state = MOVES[move].to
        self.steps += 1
        return True

    @rule(days=st.integers(1, 25))
    def days_pass(self, days: int) -> None:
        due_on = self.case.view.row.due_on
        self.now += timedelta(days=days)
        with transaction.atomic():
            services.run_clocks(now=self.now)
        if due_on is not None and due_on < self.now.date():
            for name in ("run_out", "lapse"):
                if self.moved(name):
                    break

    @rule(move=st.sampled_from(["accept", "object", "withdraw"]))
    def the_member_says(self, move: str) -> None:
        case = {"actor": MEMBER, "person_id": self.case.person_id, "complaint_id": self.case.id, "now": self.now}

        def act() -> None:
            match move:
                case "accept":
                    services.accept_answer(**case)
                case "object":
                    services.object_to_answer(**case, words="")
                case _:
                    services.withdraw_complaint(**case)

        if self.moved(move):
            act()
        else:
            with pytest.raises(NotYourTurn), transaction.atomic():
                act()

    @rule(move=st.sampled_from(["order", "close"]), words=WORDS)
    def the_agency_decides(self, move: str, words: str) -> None:
        decide = services.order_correction if move == "order" else services.close_complaint

        def act() -> None:
            decide(actor=OFFICER, complaint_id=self.case.id, words=words, now=self.now)

        if self.moved(move, sound=bool(words)):
            act()
        else:
            with pytest.raises((NotYourTurn, NothingSaid)), transaction.atomic():
                act()

    @invariant()
    def it_is_as_the_model_says(self) -> None:
        view = self.case.view
        assert (view.row.state, len(view.steps)) == (self.state, self.steps)
        waiting = STATES[view.row.state]
        assert (view.row.owner, view.row.due_on is not None) == (waiting.owner if waiting else "", waiting is not None)

    @invariant()
    def the_audit_is_clean(self) -> None:
        with connection.cursor() as cursor:
            for name, statement in CHECKS.items():
                cursor.execute(f"SELECT * FROM ({statement}) broken")
                assert cursor.fetchall() == [], name


class AboutMonths(Moves):
    """About a wage; the model knows it."""

    def begun(self) -> Case:
        self.wage = 10_000_000
        return complained(self.now)

    @rule(wage=st.sampled_from([9_000_000, 12_000_000]))
    def the_wage_is_corrected(self, wage: int) -> None:
        if wage != self.wage:
            wage_becomes(self.case, wage, self.now)
            self.wage = wage

    @rule(answer=st.sampled_from(services.ANSWERS), words=WORDS)
    def the_firm_answers(self, answer: str, words: str) -> None:
        sound = self.wage != 10_000_000 if answer == "corrected" else bool(words)
        if self.moved("answer", sound=sound):
            answered(self.case, self.now, answer, words)
        else:
            with pytest.raises((NotYourTurn, NothingCorrected, NothingSaid)), transaction.atomic():
                answered(self.case, self.now, answer, words)

    @invariant()
    def the_wage_is_the_models(self) -> None:
        month = self.case.view.month
        assert month is not None
        assert month.wage_rupiah == self.wage


class AboutExits(Moves):
    """About work that ended; the model knows on which day it stands ended, by the firm or by an officer."""

    kind = "exit_unreported"

    def begun(self) -> Case:
        self.until_on: date | None = None
        return left(self.now)

    @rule(day=st.integers(10, 20))
    def the_firm_reports_the_exit(self, day: int) -> None:
        if self.until_on is None:
            self.until_on = date(2026, 10, day)
            firm_reports_exit(self.case, self.until_on, self.now)

    @rule(answer=st.sampled_from(services.EXIT_ANSWERS), words=WORDS)
    def the_firm_answers(self, answer: str, words: str) -> None:
        sound = self.until_on is not None if answer == "reported" else bool(words)
        if self.moved("answer", sound=sound):
            answered(self.case, self.now, answer, words)
        else:
            with pytest.raises((NotYourTurn, NothingCorrected, NothingSaid)), transaction.atomic():
                answered(self.case, self.now, answer, words)

    @rule(day=st.integers(10, 20), words=WORDS)
    def the_agency_ends_the_work(self, day: int, words: str) -> None:
        def act() -> None:
            services.end_employment(
                actor=OFFICER,
                complaint_id=self.case.id,
                until_on=date(2026, 10, day),
                cause="L1",
                words=words,
                now=self.now,
            )

        if self.moved("end", sound=bool(words) and self.until_on is None):
            act()
            self.until_on = date(2026, 10, day)
        else:
            with pytest.raises((NotYourTurn, NothingSaid, ExitNotPossible)), transaction.atomic():
                act()

    @invariant()
    def the_work_stands_as_the_model_says(self) -> None:
        work = self.case.view.work
        assert work is not None
        assert work.until_on == self.until_on


@pytest.mark.django_db(transaction=False)
@pytest.mark.parametrize("machine", [AboutMonths, AboutExits])
def test_complaints_in_any_order(machine: type[Moves]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=often(25), stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_every_open_state_has_an_owner_a_deadline_and_ways_out_for_that_owner() -> None:
    for state, waiting in STATES.items():
        out = {move.by for move in MOVES.values() if state in move.states}
        if waiting is None:
            assert not out, state
        else:
            assert waiting.owner in out, state
            assert "clock" in out or waiting.owner == "agency", state
