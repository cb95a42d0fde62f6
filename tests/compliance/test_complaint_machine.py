"""A complaint under any order of acts, refused ones too: always somebody's, until a day; and never two ways at once."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from lindung.compliance import services
from lindung.compliance.checks import CHECKS
from lindung.compliance.services.refusals import NothingCorrected, NothingSaid, NotYourTurn
from lindung.compliance.workflow import MOVES, STATES, may
from tests.compliance.complaining import MEMBER, OFFICER, answered, complained, wage_becomes
from tests.conftest import NOW
from tests.often import often

WORDS = st.sampled_from(["", "Sudah kami periksa."])


class Complaints(RuleBasedStateMachine):
    """One complaint about a wage, and a model: its state, its wage, the days that passed."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = NOW
        self.case = complained(self.now)
        self.state, self.wage, self.steps = "with_firm", 10_000_000, 1

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def moved(self, move: str, *, sound: bool = True) -> bool:
        """Whether the move can be made; then the model makes it too."""
        if not may(move, self.state) or not sound:
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
        assert view.month is not None
        assert view.month.wage_rupiah == self.wage

    @invariant()
    def the_audit_is_clean(self) -> None:
        with connection.cursor() as cursor:
            for name, statement in CHECKS.items():
                cursor.execute(f"SELECT * FROM ({statement}) broken")
                assert cursor.fetchall() == [], name


@pytest.mark.django_db(transaction=False)
def test_complaints_in_any_order() -> None:
    run_state_machine_as_test(
        Complaints,
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
