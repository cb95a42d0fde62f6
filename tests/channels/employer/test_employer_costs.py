"""Cost by programme and share, with the law's own doubts."""

from datetime import date

from django.utils import translation

from lindung.channels.employer.costs import Costs, costs_of
from lindung.law import Programme

SHARES = {
    Programme.JHT: (370_000, 200_000),
    Programme.JP: (200_000, 100_000),
    Programme.JKK: (54_000, 0),
    Programme.JKM: (30_000, 0),
}


def costs(period: date = date(2026, 10, 1), penalty: tuple[int, int] = (0, 0), language: str = "id") -> Costs:
    with translation.override(language):
        return costs_of(
            SHARES,
            period=period,
            jkk_class="II",
            caption="",
            language="en" if language == "en" else "id",
            penalty=penalty,
        )


def test_the_total_is_the_sum_of_every_programme_by_share() -> None:
    assert costs().table.total == ["Jumlah", 654_000, 300_000, 954_000]


def test_a_penalty_is_the_employers_alone() -> None:
    late = costs(penalty=(19_080, 1))
    assert late.table.rows[-1] == ["Denda terlambat 1 bulan", 19_080, None, 19_080]
    assert late.table.total == ["Jumlah", 673_080, 300_000, 973_080]


def test_every_share_names_its_rate_and_article() -> None:
    said = costs().law
    assert "JHT, bagian perusahaan: 3,7% dari upah (PP 46/2015 Pasal 16 ayat 1)" in said
    assert any("JP, bagian pekerja: 1% dari upah sampai Rp11.086.300 (PP 45/2015 Pasal 28" in line for line in said)


def test_what_the_law_leaves_open_is_said() -> None:
    assert any("Pembulatan" in doubt for doubt in costs().doubts)
    assert any("rounding" in doubt for doubt in costs(language="en").doubts)


def test_a_month_whose_ceiling_is_not_published_is_marked_as_provisional() -> None:
    future = costs(period=date(2027, 5, 1))
    assert future.provisional
    marks = {str(row[0]): row[-1] for row in future.table.rows}
    assert marks["Jaminan Pensiun (JP)"] is not None
    assert marks["Jaminan Hari Tua (JHT)"] is None
    assert not costs().provisional
