"""Where a payment goes that does not cover everything. docs/decisions/0010-order-of-a-short-payment.md.

The law is silent: contributions before fines, the oldest month first. Inside one month nobody is preferred:
every worker's every line gets the same part of what it is owed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lindung.law.errors import ImpossibleFact
from lindung.law.money import MOST_DEBT_RUPIAH, whole_number
from lindung.law.wording import Language, Words, rupiah_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lindung.law.month import Month

Kind = Literal["contribution", "penalty"]


@dataclass(frozen=True, slots=True)
class Debt:
    """What one contribution month still owes, whole rupiah."""

    month: Month
    contribution_rupiah: int
    penalty_rupiah: int = 0


@dataclass(frozen=True, slots=True)
class Allocated:
    """The part of a payment that goes to one debt, and what of it stays owed."""

    month: Month
    kind: Kind
    paid_rupiah: int
    left_rupiah: int

    def sentence(self, language: Language) -> str:
        paid, left = (rupiah_text(amount, language) for amount in (self.paid_rupiah, self.left_rupiah))
        if language == "id":
            what = "iuran" if self.kind == "contribution" else "denda"
            return f"{what} {self.month.words.id}: dibayar {paid}, sisa {left}"
        what = "contribution" if self.kind == "contribution" else "fine"
        return f"{what} of {self.month.words.en}: paid {paid}, left {left}"


def allocate(payment_rupiah: int, debts: Sequence[Debt]) -> tuple[tuple[Allocated, ...], int]:
    """Every debt in the order in which it is paid, and the credit that is left over.

    Raises ImpossibleFact for an amount outside 0 to 10^15 and for a month that stands twice.
    """
    whole_number("payment", payment_rupiah, most=MOST_DEBT_RUPIAH, rupiah=True)
    ordered = sorted(debts, key=lambda debt: debt.month)
    for debt in ordered:
        whole_number("contribution", debt.contribution_rupiah, most=MOST_DEBT_RUPIAH, rupiah=True)
        whole_number("penalty", debt.penalty_rupiah, most=MOST_DEBT_RUPIAH, rupiah=True)
    if len({debt.month for debt in ordered}) != len(ordered):
        months = ", ".join(str(debt.month) for debt in ordered)
        raise ImpossibleFact("debts", months, Words(id="tiap bulan satu kali", en="each month once"))
    owed: list[tuple[Month, Kind, int]] = [
        *((debt.month, "contribution", debt.contribution_rupiah) for debt in ordered),
        *((debt.month, "penalty", debt.penalty_rupiah) for debt in ordered),
    ]
    rest, done = payment_rupiah, []
    for month, kind, rupiah in owed:
        paid = min(rest, rupiah)
        rest -= paid
        done.append(Allocated(month, kind, paid, rupiah - paid))
    return tuple(done), rest


def share_out(paid_rupiah: int, owed: NDArray[np.int64]) -> NDArray[np.int64]:
    """``paid_rupiah`` over lines of what is owed (int64, whole rupiah), each its part, adding up exactly.

    A line gets its part cut down, and the rupiah left over go one each to the largest remainders, the first
    line winning a tie. No line gets more than it is owed. Raises ImpossibleFact above the sum of the lines.
    """
    import numpy as np

    from lindung.law.columns import check_column

    check_column("owed", owed, MOST_DEBT_RUPIAH)
    total = int(owed.sum())
    whole_number("paid", paid_rupiah, most=total, rupiah=True)
    if total == 0:
        return owed.copy()
    # Python's own integers: what is owed times what is paid can leave 64 bits.
    exact = owed.astype(object) * paid_rupiah
    parts = (exact // total).astype(np.int64)
    rest = paid_rupiah - int(parts.sum())
    if rest:
        parts[np.argsort(-(exact % total), kind="stable")[:rest]] += 1
    return parts


@dataclass(frozen=True, slots=True)
class Reassessed:
    """A sum of several parts that turned out to be another one after some of it was paid. Whole rupiah, part by part.

    ``left``: still to be paid. ``moved``: what of the money paid comes to a part from the others, below zero what
    leaves it. ``over_rupiah``: what was paid too much altogether.
    """

    left: tuple[int, ...]
    moved: tuple[int, ...]
    over_rupiah: int


def reassess(owed: Sequence[int], paid: Sequence[int]) -> Reassessed:
    """What is left of ``owed`` and too much of ``paid``, of the same parts in the same order. A part that was paid too
    much first pays what the others still owe. See ``readings.CHANGED_VALUE_REASSESSED``.
    """
    import numpy as np

    under = np.array([max(due - given, 0) for due, given in zip(owed, paid, strict=True)], dtype=np.int64)
    over = np.array([max(given - due, 0) for due, given in zip(owed, paid, strict=True)], dtype=np.int64)
    covered = min(int(under.sum()), int(over.sum()))
    filled = share_out(covered, under)
    return Reassessed(tuple((under - filled).tolist()), tuple((filled - over).tolist()), int(over.sum()) - covered)
