"""Where a payment goes that does not cover everything."""

import itertools
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import Debt, ImpossibleFact, Month, allocate, answer, share_out
from lindung.law.allocation import Reassessed, reassess
from lindung.law.money import MOST_DEBT_RUPIAH

JUNE, JULY = Month(2025, 6), Month(2025, 7)
amounts = st.integers(0, 10**9)
debts = st.lists(amounts, max_size=8).flatmap(
    lambda owed: st.tuples(
        *(st.builds(Debt, st.just(JUNE.plus(at)), st.just(sum_), amounts) for at, sum_ in enumerate(owed))
    )
)


@given(amounts, debts)
def test_every_rupiah_of_a_payment_is_somewhere(payment: int, owed: tuple[Debt, ...]) -> None:
    parts, credit = allocate(payment, owed)
    assert sum(part.paid_rupiah for part in parts) + credit == payment
    total = sum(debt.contribution_rupiah + debt.penalty_rupiah for debt in owed)
    assert sum(part.left_rupiah for part in parts) == max(0, total - payment)
    assert credit == max(0, payment - total)


@given(amounts, debts)
def test_nothing_is_paid_before_what_comes_first(payment: int, owed: tuple[Debt, ...]) -> None:
    parts, _ = allocate(payment, owed)
    order = [(part.kind == "penalty", part.month) for part in parts]
    assert order == sorted(order)
    for first, second in itertools.pairwise(parts):
        assert first.left_rupiah == 0 or second.paid_rupiah == 0


@given(amounts, amounts, debts)
def test_a_payment_in_two_parts_pays_what_one_pays(one: int, other: int, owed: tuple[Debt, ...]) -> None:
    first, credit = allocate(one, owed)
    left = [
        Debt(
            debt.month,
            next(part.left_rupiah for part in first if (part.month, part.kind) == (debt.month, "contribution")),
            next(part.left_rupiah for part in first if (part.month, part.kind) == (debt.month, "penalty")),
        )
        for debt in owed
    ]
    second, rest = allocate(credit + other, left)
    together, credit_together = allocate(one + other, owed)
    assert rest == credit_together
    assert [part.left_rupiah for part in second] == [part.left_rupiah for part in together]


def test_debts_may_come_in_any_order_but_each_month_once() -> None:
    parts, credit = allocate(10, [Debt(JULY, 5, 1), Debt(JUNE, 3)])
    assert [(str(part.month), part.kind, part.paid_rupiah, part.left_rupiah) for part in parts] == [
        ("2025-06", "contribution", 3, 0),
        ("2025-07", "contribution", 5, 0),
        ("2025-06", "penalty", 0, 0),
        ("2025-07", "penalty", 1, 0),
    ]
    assert credit == 1
    with pytest.raises(ImpossibleFact, match=r"debts: '2025-06, 2025-06' .* each month once"):
        allocate(1, [Debt(JUNE, 1), Debt(JUNE, 2)])


def test_each_part_says_itself() -> None:
    parts, _ = allocate(1_200, [Debt(JUNE, 2_000, 40)])
    assert parts[0].sentence("en") == "contribution of June 2025: paid Rp1,200, left Rp800"
    assert parts[1].sentence("en") == "fine of June 2025: paid Rp0, left Rp40"
    assert parts[0].sentence("id") == "iuran Juni 2025: dibayar Rp1.200, sisa Rp800"
    assert parts[1].sentence("id") == "denda Juni 2025: dibayar Rp0, sisa Rp40"


@pytest.mark.parametrize(
    ("payment", "debt", "fact"),
    [
        (-1, Debt(JUNE, 1), "payment"),
        (MOST_DEBT_RUPIAH + 1, Debt(JUNE, 1), "payment"),
        (1, Debt(JUNE, -1), "contribution"),
        (1, Debt(JUNE, 1, -1), "penalty"),
    ],
)
def test_an_amount_that_cannot_be_is_refused(payment: int, debt: Debt, fact: str) -> None:
    with pytest.raises(ImpossibleFact) as refusal:
        allocate(payment, [debt])
    assert refusal.value.fact == fact


@given(st.lists(amounts, min_size=1, max_size=30), st.fractions(0, 1))
def test_lines_get_their_part_to_the_rupiah_and_add_up(owed: list[int], part: Fraction) -> None:
    total = sum(owed)
    paid = int(total * part)
    shares = share_out(paid, np.array(owed, np.int64)).tolist()
    assert sum(shares) == paid
    for share, line in zip(shares, owed, strict=True):
        assert 0 <= share <= line
        assert total == 0 or abs(share - Fraction(line * paid, total)) < 1


def test_left_over_rupiah_go_to_the_largest_remainders_and_the_first_line_wins_a_tie() -> None:
    assert share_out(5, np.array([3, 3, 3], np.int64)).tolist() == [2, 2, 1]
    assert share_out(2, np.array([1, 2, 1], np.int64)).tolist() == [1, 1, 0]
    assert share_out(1, np.array([1, 2, 1], np.int64)).tolist() == [0, 1, 0]
    assert share_out(9, np.array([3, 3, 3], np.int64)).tolist() == [3, 3, 3]
    assert share_out(0, np.array([0, 0], np.int64)).tolist() == [0, 0]
    large = np.array([MOST_DEBT_RUPIAH, MOST_DEBT_RUPIAH], np.int64)
    assert share_out(MOST_DEBT_RUPIAH, large).tolist() == [MOST_DEBT_RUPIAH // 2] * 2


def test_more_than_is_owed_cannot_be_shared_out() -> None:
    with pytest.raises(ImpossibleFact, match="paid: 4"):
        share_out(4, np.array([1, 2], np.int64))
    with pytest.raises(ImpossibleFact, match=r"owed\[0\]"):
        share_out(0, np.array([-1], np.int64))
    nothing = np.array([0], np.int64)
    assert share_out(0, nothing) is not nothing


@pytest.mark.parametrize(
    "debts",
    [
        None,
        [],
        "2025-06",
        [5],
        [{"month": "2025-06"}],
        [{"month": "2025-06", "contribution": 1, "hat": 2}],
        [{"month": "2025-06", "contribution": -1}],
        [{"month": "June", "contribution": 1}],
        [{"month": "2025-06", "contribution": 1}] * 1201,
    ],
)
def test_debts_that_cannot_be_read_are_refused(debts: Any) -> None:
    with pytest.raises(ImpossibleFact):
        answer("ALLOCATION", JULY, {"payment": 1, "debts": debts})


def test_the_answer_says_that_the_law_is_silent() -> None:
    debts = [{"month": "2025-06", "contribution": 10}]
    said = answer("ALLOCATION", JULY, {"payment": 4, "debts": debts}, "en")
    assert said.confidence == "low"
    assert said.notes == (
        "The law is silent on the order of a short payment: contributions first, the oldest month first, then fines.",
    )
    assert said.sentences == ("contribution of June 2025: paid Rp4, left Rp6", "fine of June 2025: paid Rp0, left Rp0")


def test_a_hundred_years_of_debts_are_allocated_and_no_more() -> None:
    owed = [{"month": str(Month(1950, 1).plus(later)), "contribution": 1} for later in range(1201)]
    assert answer("ALLOCATION", "2026-02", {"payment": 1_200, "debts": owed[:1200]}).rupiah("left_contribution") == 0
    with pytest.raises(ImpossibleFact, match="a list of month, contribution, penalty"):
        answer("ALLOCATION", "2026-02", {"payment": 1_200, "debts": owed})


@pytest.mark.parametrize(
    ("owed", "paid", "outcome"),
    [
        ((100, 20), (50, 10), Reassessed((50, 10), (0, 0), 0)),
        ((100, 20), (0, 0), Reassessed((100, 20), (0, 0), 0)),
        ((40, 8), (50, 10), Reassessed((0, 0), (-10, -2), 12)),
        ((40, 15), (50, 10), Reassessed((0, 0), (-10, 5), 5)),
        ((45, 30), (50, 10), Reassessed((0, 15), (-5, 5), 0)),
        ((50, 10), (50, 10), Reassessed((0, 0), (0, 0), 0)),
        ((40, 15, 20), (50, 10, 10), Reassessed((0, 2, 3), (-10, 3, 7), 0)),
    ],
)
def test_a_sum_that_turned_out_to_be_another(owed: tuple[int, ...], paid: tuple[int, ...], outcome: Reassessed) -> None:
    assert reassess(owed, paid) == outcome


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=4))
def test_what_is_owed_anew_is_what_is_left_and_what_is_paid_less_what_is_given_back(
    parts: list[tuple[int, int]],
) -> None:
    owed, paid = [due for due, _ in parts], [given for _, given in parts]
    found = reassess(owed, paid)
    assert [left + given + moved for left, given, moved in zip(found.left, paid, found.moved, strict=True)] == owed
    assert sum(found.moved) == -found.over_rupiah
    assert min(*found.left, found.over_rupiah) >= 0
    assert not (sum(found.left) and found.over_rupiah)
