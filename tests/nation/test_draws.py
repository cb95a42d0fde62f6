"""Chance depends on seed, topic and thing alone, and is the same for ever."""

import hashlib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lindung.nation.draws import Draws

THINGS = np.arange(20_000, dtype=np.int64)


def test_the_draws_of_a_seed_never_change() -> None:
    draws = Draws(42)
    some = np.array([0, 1, 2, 10**12], dtype=np.int64)
    assert draws.below("age", some, 1_000).tolist() == [559, 974, 918, 516]
    assert draws.low("pay", some, 1_000).tolist() == [72, 56, 11, 33]
    assert draws.bell("skill", some).tolist() == [866, 680, 354, 512]
    assert draws.pick("region", some, [1, 2, 3, 4]).tolist() == [2, 2, 1, 2]


@given(st.integers(0, 2**62), st.integers(1, 2**31), st.integers(0, 2**40))
def test_a_draw_is_what_whole_numbers_without_columns_make_of_it(thing: int, bound: int, seed: int) -> None:
    every_bit = 2**64 - 1
    key = int.from_bytes(hashlib.sha256(f"{seed} topic".encode()).digest()[:8], "big")
    mixed = (thing * 0x9E3779B97F4A7C15 + key) & every_bit
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & every_bit
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & every_bit
    mixed ^= mixed >> 31
    drawn = Draws(seed).below("topic", np.array([thing], dtype=np.int64), bound)
    assert drawn.tolist() == [(mixed >> 32) * bound >> 32]


@given(st.integers(0, 2**40), st.integers(1, 200), st.integers(1, 2**31))
def test_a_thing_alone_is_drawn_as_in_a_crowd(first: int, count: int, bound: int) -> None:
    draws = Draws(7)
    crowd = np.arange(first, first + count, dtype=np.int64)
    together = draws.below("topic", crowd, bound)
    alone = [int(draws.below("topic", crowd[place : place + 1], bound)[0]) for place in range(count)]
    assert together.tolist() == alone
    assert draws.below("topic", crowd[::-1], bound).tolist() == alone[::-1]
    assert ((together >= 0) & (together < bound)).all()


def test_seeds_and_topics_are_strangers_to_each_other() -> None:
    ours = Draws(1).below("age", THINGS, 1_000_000)
    for others in (Draws(2).below("age", THINGS, 1_000_000), Draws(1).below("birthday", THINGS, 1_000_000)):
        assert (ours == others).mean() < 0.001


def test_chances_come_as_often_as_they_say() -> None:
    draws = Draws(3)
    assert 0.29 < draws.chance("rain", THINGS, 3_000).mean() < 0.31
    assert not draws.chance("never", THINGS, 0).any()
    assert draws.chance("always", THINGS, 10_000).all()
    picked = np.bincount(draws.pick("side", THINGS, [1, 0, 3]), minlength=3) / len(THINGS)
    assert 0.23 < picked[0] < 0.27
    assert picked[1] == 0
    assert 0.24 < draws.low("low", THINGS, 1_000).mean() / 1_000 < 0.26
    bell = draws.bell("bell", THINGS)
    assert 505 < bell.mean() < 515
    assert 140 < bell.std() < 156
