"""A complaint's way: every state with its owner and deadline, every move with who may make it.

The diagram of this table is docs/explain/complaints.md. No state that is open lacks an owner or a deadline; a deadline
that passes moves the complaint by itself, except at the agency, beyond which there is nobody to go to: there it is
shown as overdue until an officer decides.
"""

from dataclasses import dataclass
from typing import Final, Literal

State = Literal["with_firm", "answered", "with_agency", "ordered", "settled", "withdrawn", "closed"]
Party = Literal["member", "firm", "agency", "clock"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who has to act in a state, and by which deadline of ``rules.yaml``."""

    owner: Party
    deadline: str


@dataclass(frozen=True, slots=True)
class Move:
    """What one party may do in some states, and where that leads; ``kind`` where only one kind of complaint has it."""

    by: Party
    states: tuple[State, ...]
    to: State
    kind: str = ""


STATES: Final[dict[State, Waiting | None]] = {
    "with_firm": Waiting("firm", "firm_answers"),
    "answered": Waiting("member", "member_looks"),
    "with_agency": Waiting("agency", "agency_decides"),
    "ordered": Waiting("firm", "firm_obeys"),
    "settled": None,
    "withdrawn": None,
    "closed": None,
}
OPEN: Final[tuple[State, ...]] = tuple(state for state, waiting in STATES.items() if waiting)

MOVES: Final[dict[str, Move]] = {
    "answer": Move("firm", ("with_firm", "ordered"), "answered"),
    "accept": Move("member", ("answered",), "settled"),
    "object": Move("member", ("answered",), "with_agency"),
    "withdraw": Move("member", OPEN, "withdrawn"),
    "order": Move("agency", ("with_agency",), "ordered"),
    "close": Move("agency", ("with_agency",), "closed"),
    "end": Move("agency", ("with_agency",), "closed", kind="exit_unreported"),
    "run_out": Move("clock", ("with_firm", "ordered"), "with_agency"),
    "lapse": Move("clock", ("answered",), "settled"),
}


def may(move: str, state: str, kind: str = "") -> bool:
    """Whether a move can be made in a state, by a complaint of a kind."""
    return state in MOVES[move].states and MOVES[move].kind in ("", kind)
