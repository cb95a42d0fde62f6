"""What the gallery shows of tables that explain themselves, and of values that change over time: invented numbers."""

from datetime import date
from fractions import Fraction
from typing import Any

from lindung.channels.shared.components import (
    Column,
    Event,
    ExplainedRow,
    ExplainedTable,
    Link,
    Ranking,
    RankRow,
    StackBar,
    StackChart,
    Status,
    Step,
    StepChart,
    StepLine,
)

EXPLAINED_LINES = {
    "explained_table": "{% explained_table table %}",
    "step_chart": "{% step_chart chart %}",
    "stack_chart": "{% stack_chart chart %}",
    "ranking": "{% ranking table %}",
}
_TODAY = date(2026, 10, 31)


def explained_samples() -> dict[str, Any]:
    return {
        "explained": _table(),
        "stacks": _stacks(),
        "ranking": _ranking(),
        "step_charts": [_one_line(), _several_lines()],
        "days": _days(),
    }


def _table() -> ExplainedTable:
    return ExplainedTable(
        caption="Iuran contoh",
        columns=[
            Column("Program"),
            Column("Dasar", "amount"),
            Column("Tarif", "percent", wide=True),
            Column("Jumlah", "amount"),
        ],
        rows=[
            ExplainedRow(
                ["JHT, perusahaan", 5_000_000, Fraction(37, 1000), 185_000],
                ["3,7% dari upah Rp5.000.000 = Rp185.000", Link("Pasal contoh", "#explained_table")],
            ),
            ExplainedRow(["JP, pekerja", 4_000_000, None, Status("Belum dihitung", "quiet")], []),
        ],
        total=["Jumlah", None, None, 185_000],
    )


def _one_line() -> StepChart:
    steps = [
        Step(date(2019, 1, 1), 7_000_000),
        Step(date(2020, 3, 1), 7_400_000),
        Step(date(2022, 3, 1), 7_100_000, sure=False),
        Step(date(2023, 3, 1), None, sure=False),
        Step(date(2024, 3, 1), 9_500_000),
        Step(date(2028, 3, 1), 10_000_000, sure=False),
    ]
    return StepChart("Batas upah contoh", [StepLine(steps)], "amount", _TODAY)


def _several_lines() -> StepChart:
    lines = [
        StepLine([Step(date(2020, 1, 1), Fraction(24, 10_000))], "rendah"),
        StepLine([Step(date(2020, 1, 1), Fraction(89, 10_000)), Step(date(2024, 1, 1), Fraction(1, 100))], "sedang"),
        StepLine([Step(date(2020, 1, 1), Fraction(127, 10_000)), Step(date(2023, 1, 1), None)], "lama"),
    ]
    return StepChart("Tarif contoh menurut kelas", lines, "percent", _TODAY)


def _stacks() -> list[StackChart]:
    months = [StackBar(f"{month:02d}/26", [40 + month, 12 - month, month % 5]) for month in range(1, 13)]
    series = ["Lunas", "Menunggu", "Belum ada"]
    empty = StackChart("Belum ada apa-apa", series[:1], [StackBar("01/26", [0])], "amount")
    return [StackChart("Perusahaan contoh menurut bulan", series, months, "count"), empty]


def _ranking() -> Ranking:
    columns = [Column("Kelompok"), Column("Perusahaan", "count"), Column("Iuran", "amount")]
    told = [(Link("Kelas III", "#ranking"), 120, 90_000_000), ("Kelas I", 40, 22_500_000), ("Kelas V", 3, 0)]
    return Ranking("Tunggakan contoh", columns, [RankRow([*cells], cells[2]) for cells in told])


def _days() -> list[Event]:
    return [
        Event(date(2026, 3, 1), "Surat contoh 2/2026", links=[Link("Batas upah contoh berubah", "#timeline")]),
        Event(date(2025, 3, 1), "Surat contoh 1/2025", "Kantor Contoh"),
    ]
