"""A worker lays his payslips beside the reports: compared, complained about with a file to print, or told unnamed."""

import re
from datetime import date, datetime

import pytest
from django.test import Client

from lindung.compliance.hint_queries import hints_about
from lindung.lib import clock
from tests import builders
from tests.channels.employer.desk import words
from tests.channels.test_routes import signed_in

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def door_clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def firm(now: datetime) -> builders.Firm:
    """Of two workers who began in October, which was reported with ten million each."""
    firm = builders.firm(now=now, workers=2, from_on=OCTOBER)
    builders.bill(firm, OCTOBER, now)
    return firm


def member(firm: builders.Firm, now: datetime) -> Client:
    return signed_in("member", "member", int(firm.rows().person_id[0]), now)


def test_the_sum_that_lacks_is_told_before_anything_is_sent(firm: builders.Firm, now: datetime) -> None:
    client, address = member(firm, now), f"/member/months/{firm.id}/wages/"
    assert "Oktober 2026" in words(client.get(address))
    told = words(client.post(address, {"every": "12 juta"}))
    assert "JHT Anda kurang Rp114.000" in told  # 5.7% of two million
    assert "Adukan bulan-bulan ini" in told
    assert "PP 46/2015" in told
    assert "Belum ada aduan" in words(client.get("/member/complaints/"))


def test_one_press_complains_of_all_months_that_differ_and_gives_a_file(firm: builders.Firm, now: datetime) -> None:
    client, address = member(firm, now), f"/member/months/{firm.id}/wages/"
    sent = {"wage-2026-10": "12.000.000", "words": "Slip saya lain.", "do": "complain"}
    told = words(client.post(address, sent, follow=True))
    assert "Aduan Anda terkirim" in told
    assert re.search(r"AD-26-\d{6}", told)
    assert "Rp114.000" in told
    assert words(client.post(address, sent, follow=True)).count("AD-26-") == told.count("AD-26-")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Isi upah Anda"),
        ({"every": "sepuluh"}, "harus jumlah rupiah bulat"),
        ({"wage-2026-10": "99999999999999999999"}, "tidak mungkin sebanyak itu"),
    ],
)
def test_what_is_no_wage_is_told_beside_its_box(
    firm: builders.Firm, now: datetime, sent: dict[str, str], said: str
) -> None:
    answer = member(firm, now).post(f"/member/months/{firm.id}/wages/", {**sent, "do": "complain"})
    assert answer.status_code == 422
    assert said in words(answer)


def test_the_same_wage_is_nothing_to_complain_of(firm: builders.Firm, now: datetime) -> None:
    client, address = member(firm, now), f"/member/months/{firm.id}/wages/"
    told = words(client.post(address, {"every": "10 juta", "do": "complain"}))
    assert "Upah yang Anda isi sama" in told
    assert client.get(f"{address}file/").status_code == 404


def test_whoever_wants_no_name_is_counted_and_no_complaint_is_made(firm: builders.Firm, now: datetime) -> None:
    client, address = member(firm, now), f"/member/months/{firm.id}/wages/"
    told = words(client.post(address, {"every": "12 juta", "do": "hint"}, follow=True))
    assert "kami menghitung Anda" in told
    assert hints_about(employer_id=firm.id, today=now.date()) == 0
    assert "Belum ada aduan" in words(client.get("/member/complaints/"))


def test_another_firm_is_not_there(firm: builders.Firm, now: datetime) -> None:
    other = builders.firm(now=now, workers=1)
    client = member(firm, now)
    for address in (f"/member/months/{other.id}/wages/", f"/member/months/{other.id}/wages/file/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/member/months/{other.id}/wages/", {"every": "12 juta", "do": "hint"}).status_code == 404


def test_a_wage_beyond_all_wages_is_refused_in_a_single_complaint_too(firm: builders.Firm, now: datetime) -> None:
    answer = member(firm, now).post(
        f"/member/months/{firm.id}/2026-10/complain/", {"kind": "wage_wrong", "wage": "9" * 20}
    )
    assert answer.status_code == 422
    assert "tidak mungkin sebanyak itu" in words(answer)
