"""A crediting as officers do it: two of them, with the totals before their eyes."""

import re
from datetime import date, datetime

import pytest
from django.test import Client

from lindung.contributions import services
from lindung.contributions.crediting_queries import creditings
from tests.channels.branch.conftest import PASSWORD
from tests.contributions.crediting_money import DECISION, at, balance, got

pytestmark = pytest.mark.django_db
HOLDER = 7_700_000


@pytest.fixture
def money() -> None:
    got({HOLDER: 2_000_000, HOLDER + 1: 30_000_000}, at(date(2024, 5, 5)))


def plan(officer: Client, **changed: str) -> str:
    """Plan 2025 and have it rehearsed; gives the address of its page."""
    answer = officer.post("/creditings/new/", {"year": "2025", "rate": "5,75", "citation": DECISION} | changed)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def rehearsed(officer: Client, now: datetime) -> str:
    page = plan(officer)
    services.rehearse_crediting(crediting_id=creditings()[0].id, now=now)
    return page


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def started(client: Client, page: str, **changed: str) -> int:
    hidden = re.search(r'name="rehearsal_id" value="(\d+)"', shown(client, page))
    words = {"rehearsal_id": hidden[1] if hidden else "0", "checked": "on"} | changed
    return client.post(f"{page}start/", words).status_code


def test_one_officer_plans_another_starts_and_everybody_is_credited(
    officer: Client, other: Client, money: None, now: datetime
) -> None:
    page = plan(officer)
    assert "Jumlahnya sedang dihitung" in shown(officer, page)
    crediting_id = creditings()[0].id
    services.rehearse_crediting(crediting_id=crediting_id, now=now)
    own = shown(officer, page)
    assert "Petugas lain memeriksa jumlahnya dan memulai" in own
    assert "start/" not in own
    told = shown(other, page)
    for words in ("Rp1.840.000", "5,75%", DECISION, "Petugas 1", "1 – 5 juta", "Rp115.000", "<svg"):
        assert words in told, words
    assert started(other, page) == 302
    assert "rekening dikreditkan" in shown(officer, page)
    while services.credit_next_range(crediting_id=crediting_id, now=now):
        pass
    done = shown(officer, page)
    assert "Sudah dikreditkan" in done
    assert "Petugas 2" in done
    assert balance(HOLDER) == 2_115_000
    assert "Rp1.840.000" in shown(officer, "/creditings/")


def test_whoever_planned_it_cannot_start_it_by_any_form(officer: Client, money: None, now: datetime) -> None:
    page = rehearsed(officer, now)
    answer = officer.post(f"{page}start/", {"rehearsal_id": creditings()[0].rehearsal.id, "checked": "on"})  # type: ignore[union-attr] # it was rehearsed
    assert answer.status_code == 422
    assert "Petugas lain yang harus memulai" in answer.content.decode()
    assert creditings()[0].state == "planned"


def test_nothing_starts_unchecked_or_with_totals_that_were_computed_anew(
    officer: Client, other: Client, money: None, now: datetime
) -> None:
    page = rehearsed(officer, now)
    assert started(other, page, checked="") == 422
    assert started(other, page, rehearsal_id="1") == 422
    assert creditings()[0].state == "planned"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"rate": "", "citation": ""}, "Tarif tahun itu tidak ada dalam aturan"),
        ({"citation": ""}, "Isi tarif dan keputusannya"),
        ({"year": "2026"}, "Tahun itu belum berakhir"),
        ({"year": "2019", "rate": "6,08"}, "sudah diketahui: 6,06%"),
        ({"year": "25"}, "Tahun harus 2015 atau sesudahnya"),
        ({"year": "dua ribu"}, "Tahun"),
        ({"rate": "banyak"}, "Tarif setahun"),
    ],
)
def test_a_plan_that_cannot_be_says_what_to_mend(officer: Client, given: dict[str, str], words: str) -> None:
    answer = officer.post("/creditings/new/", {"year": "2025", "rate": "5,75", "citation": DECISION} | given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert creditings() == []


def test_a_year_is_planned_once_and_can_be_withdrawn(officer: Client, other: Client) -> None:
    page = plan(officer)
    again = other.post("/creditings/new/", {"year": "2025", "rate": "5", "citation": DECISION})
    assert again.status_code == 422
    assert "sudah mempunyai pengkreditan" in again.content.decode()
    assert other.post(f"{page}withdraw/").status_code == 302
    assert "Dibatalkan" in shown(officer, page)
    assert officer.post(f"{page}withdraw/").status_code == 422
    plan(other)


def test_totals_are_computed_anew_and_late_money_is_looked_for_when_asked(
    officer: Client, other: Client, money: None, now: datetime
) -> None:
    page = rehearsed(officer, now)
    assert officer.post(f"{page}correct/").status_code == 422
    assert officer.post(f"{page}rehearse/")["Location"].endswith("?said=rehearsal")
    assert started(other, page) == 302
    crediting_id = creditings()[0].id
    while services.credit_next_range(crediting_id=crediting_id, now=now):
        pass
    got({HOLDER: 120_000}, at(date(2025, 1, 5)))
    answer = officer.post(f"{page}correct/")
    assert "sedang dicari" in shown(officer, answer["Location"])
    services.correct_next_range(crediting_id=crediting_id, from_range=0, now=now)
    assert "1 rekening, seluruhnya Rp6.900" in shown(officer, page)


def test_a_provisional_rate_needs_what_it_stands_on(officer: Client) -> None:
    address = "/creditings/provisional-rate/"
    assert officer.get(address).status_code == 200
    assert officer.post(address, {"year": "2026", "rate": "5,25", "citation": ""}).status_code == 422
    early = officer.post(address, {"year": "2027", "rate": "5,25", "citation": DECISION})
    assert "Tahun itu belum mulai" in early.content.decode()
    assert officer.post(address, {"year": "2026", "rate": "5,25", "citation": "Usulan direksi"}).status_code == 302
    listed = shown(officer, "/creditings/")
    assert "Usulan direksi" in listed
    assert "5,25%" in listed


def test_everything_is_there_in_english(officer: Client, other: Client, money: None, now: datetime) -> None:
    page = rehearsed(officer, now)
    other.cookies["lindung-language"] = "en"
    assert "5.75%" in shown(other, page)


def test_nobody_else_comes_in(officer: Client, now: datetime) -> None:
    page = plan(officer)
    stranger = Client()
    for address in ("/creditings/", "/creditings/new/", page):
        assert stranger.get(address).status_code == 302
    assert officer.get("/creditings/999999/").status_code == 404
    assert officer.get(f"{page}start/").status_code == 405
    assert PASSWORD not in shown(officer, page)
