"""Tables that explain their rows, charts of values over time, days in a timeline: what a reader and a listener get."""

import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from lindung.channels.shared.components import (
    Column,
    Event,
    ExplainedRow,
    ExplainedTable,
    Link,
    Step,
    StepChart,
    StepLine,
)


def show(line: str, **values: Any) -> str:
    with translation.override("id"):
        return Template("{% load lindung %}" + line).render(Context(values)).strip()


TABLE = ExplainedTable(
    "Rincian",
    [Column("Program"), Column("Tarif", "figure", wide=True), Column("Jumlah", "amount")],
    [
        ExplainedRow(["JHT", "3,7%", 444_000], ["3,7% dari <upah>", Link("Aturan", "/aturan/")]),
        ExplainedRow(["JKM", None, 0], []),
    ],
    ["Jumlah", None, 444_000],
)


def test_every_row_heads_a_group_of_its_own_with_its_explanation_across_the_table() -> None:
    shown = show("{% explained_table table %}", table=TABLE)
    assert shown.count("<tbody>") == 2
    assert shown.count('scope="rowgroup"') == 2
    assert shown.count('colspan="3"') == 1
    assert "3,7% dari &lt;upah&gt;" in shown
    assert '<a href="/aturan/">Aturan</a>' in shown


def test_a_wide_column_can_be_left_out_on_a_phone_in_head_rows_and_total_alike() -> None:
    assert show("{% explained_table table %}", table=TABLE).count('class="figure wide"') == 4


def test_an_empty_cell_is_a_spoken_dash_in_a_row_and_nothing_in_the_total() -> None:
    rows, total = show("{% explained_table table %}", table=TABLE).split("<tfoot>")
    assert "tidak ada" in rows
    assert "tidak ada" not in total
    assert "Rp444.000" in total


def test_a_chart_tells_a_listener_every_value_and_its_first_day() -> None:
    steps = [Step(date(2025, 3, 1), 10_547_400), Step(date(2026, 3, 1), 11_086_300, sure=False)]
    chart = StepChart("Batas upah", [StepLine(steps)], "amount", date(2026, 11, 21))
    shown = show("{% step_chart chart %}", chart=chart)
    assert "Rp10.547.400 (1 Maret 2025), Rp11.086.300 (1 Maret 2026)" in shown
    assert 'role="img"' in shown
    assert "Belum pasti" in shown
    assert "Celah" not in shown


def test_a_chart_speaks_of_a_gap_only_where_a_value_is_unknown() -> None:
    def legend(last: Step) -> str:
        steps = [Step(date(2025, 1, 1), Fraction(1, 100)), last]
        return show("{% step_chart c %}", c=StepChart("Tarif", [StepLine(steps)], "percent", date(2026, 1, 1)))

    assert "Celah" in legend(Step(date(2026, 1, 1), None, sure=False))
    assert "Celah" not in legend(Step(date(2026, 1, 1), None))


def test_several_lines_are_told_apart_by_name_not_by_colour() -> None:
    lines = [StepLine([Step(date(2020, 1, 1), value)], name) for name, value in (("satu", 1), ("dua", 2))]
    shown = show("{% step_chart chart %}", chart=StepChart("Kelas", lines, "count", date(2026, 1, 1)))
    assert ">satu</text>" in shown
    assert "satu: 1 (1 Januari 2020); dua: 2 (1 Januari 2020)" in shown


@pytest.mark.parametrize("at", [date(2026, 3, 1)])
def test_a_day_in_a_timeline_has_no_hour_and_leads_to_what_it_touched(at: date) -> None:
    shown = show("{% timeline events %}", events=[Event(at, "Surat", links=[Link("Batas upah", "/aturan/jp/")])])
    assert '<time datetime="2026-03-01">1 Maret 2026</time>' in shown
    assert '<a href="/aturan/jp/">Batas upah</a>' in shown


def test_details_open_only_when_told_to() -> None:
    assert "<details><summary>" in show('{% details "Lain" %}x{% enddetails %}')
    assert "<details open>" in show('{% details "Lain" open=True %}x{% enddetails %}')


def test_a_second_menu_on_a_page_has_a_name_of_its_own() -> None:
    shown = show('{% navigation links label="Segmen" %}', links=[Link("PU", "/iuran/", current=True)])
    assert re.search(r'aria-label="Segmen".*aria-current="page"', shown)
