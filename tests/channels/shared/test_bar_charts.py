"""Bars in parts stand on the ground, touch and never overlap; a bar under a row is as long as its share."""

from hypothesis import given
from hypothesis import strategies as st

from lindung.channels.shared.bar_charts import shares, stacks
from lindung.channels.shared.charts import PLOT_BOTTOM, PLOT_TOP

VALUES = st.lists(st.integers(0, 10**15), min_size=3, max_size=3)


@given(st.lists(VALUES, min_size=1, max_size=30))
def test_parts_lie_inside_the_plot_one_upon_the_other(values: list[list[int]]) -> None:
    drawn = stacks([(str(place), each) for place, each in enumerate(values)])
    for bar, each in zip(drawn.bars, values, strict=True):
        assert len(bar.parts) == sum(value > 0 for value in each)
        assert bar.x > 0
        assert bar.x + bar.width <= drawn.width
        bottom = PLOT_BOTTOM
        for part in bar.parts:
            # A part too small to be seen is one unit high, and may cover as much of the one below it.
            assert PLOT_TOP - 1 <= part.y <= PLOT_BOTTOM
            assert abs(part.y + part.height - bottom) <= len(each)
            bottom = part.y


def test_nothing_is_drawn_of_nothing_and_the_newest_bar_is_always_named() -> None:
    drawn = stacks([(f"{month:02d}/26", [0, 0, 0]) for month in range(1, 25)])
    assert all(bar.parts == () for bar in drawn.bars)
    assert drawn.bars[-1].label == "24/26"
    assert sum(bool(bar.label) for bar in drawn.bars) < 24


def test_shares_are_of_the_greatest_and_what_is_there_is_seen() -> None:
    assert shares([200, 100, 1, 0]) == [100, 50, 1, 0]
    assert shares([0, 0]) == [0, 0]
    assert shares([]) == []
