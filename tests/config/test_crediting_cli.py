"""`lindung credit rehearse`: totals on the screen, nothing in the database."""

from datetime import date, datetime

import pytest

from lindung.config.cli import main
from tests.contributions.crediting_money import at, got, rows

pytestmark = pytest.mark.django_db


def test_it_prints_what_would_move_and_moves_nothing(now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    got({7_500_000: 10_000_000}, at(date(2018, 5, 5)))
    before = rows("SELECT count(*) FROM ledger_line"), rows("SELECT count(*) FROM contributions_crediting")
    assert main(["credit", "rehearse", "--year", "2025", "--rate", "5,75"]) == 0
    told = capsys.readouterr().out
    assert "2025 at 5.75%" in told
    assert "range   150:         1 accounts              575,000 rupiah" in told
    assert "Nothing was written." in told
    assert main(["credit", "rehearse", "--year", "2019"]) == 0
    assert "606,000 rupiah" in capsys.readouterr().out
    assert (rows("SELECT count(*) FROM ledger_line"), rows("SELECT count(*) FROM contributions_crediting")) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--year", "2025"], "name it with --rate"),
        (["--year", "2019", "--rate", "6.08"], "leave --rate out"),
        (["--year", "2010", "--rate", "6"], "not in force"),
    ],
)
def test_a_year_without_a_known_rate_needs_one_and_a_known_one_no_other(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["credit", "rehearse", *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("rate", ["banyak", "101", "-1"])
def test_what_is_no_percentage_is_refused(rate: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["credit", "rehearse", "--year", "2025", f"--rate={rate}"])
    assert "percent" in capsys.readouterr().err
