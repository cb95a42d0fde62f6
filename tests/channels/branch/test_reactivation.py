"""The counter: a card is found, an offer looked at, ordered, paid in cash, and the cover runs again."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lindung.access.models import TrailEvent
from lindung.channels.shared import offered
from lindung.contributions.offers import WITH_JHT, OwnAccountTerms, offer_months
from tests.contributions.money import jht, pay
from tests.contributions.self_payers import SelfPayer, project
from tests.contributions.statements import Bank, bank
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.django_db
TERMS = {"income": "3000000", "sector": "other", "package": "with_jht"}
CASE = "A-014"


@pytest.fixture
def our_bank(db: None, now: datetime) -> Bank:
    return bank(now)


@pytest.fixture
def lapsed(db: None, now: datetime) -> SelfPayer:
    siti = SelfPayer(now)
    siti.leave(date(2026, 6, 1), now)
    order = siti.order(1, now - timedelta(days=120))
    pay(order.customer_no, order.amount_rupiah, now - timedelta(days=120))
    return siti


def _text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def _sent(officer: Client, kpj: str, **more: str) -> Any:
    return officer.post("/reactivation/", {"kpj": kpj, "case_no": CASE, **more})


def _slip(our_bank: Bank, day: str, number: str = "SLIP-1") -> dict[str, str]:
    year, month, of_month = day.split("-")
    return {
        "bank": str(our_bank.id),
        "slip_no": number,
        "paid_on_0": of_month,
        "paid_on_1": month,
        "paid_on_2": year,
    }


def test_from_a_card_to_a_running_cover_on_one_page(officer: Client, lapsed: SelfPayer, our_bank: Bank) -> None:
    found = _text(_sent(officer, lapsed.kpj))
    assert "Tidak aktif setelah 3 bulan tidak membayar" in found
    assert "Tunggakan lama tidak ditagih" in found
    assert "3 bulan: Rp249.600, sampai Januari 2027" in found
    ordered = _text(_sent(officer, lapsed.kpj, **TERMS, months="3", do="order"))
    assert "Bayar ke nomor ini" in ordered
    done = _text(_sent(officer, lapsed.kpj, **_slip(our_bank, "2026-11-21"), do="cash"))
    assert "Setoran dicatat, perlindungan berjalan" in done
    assert "Dibayar sampai Januari 2027" in done
    assert jht(lapsed.person_id) == 4 * 59_000
    assert broken_invariants() == []


def test_officer_and_member_are_told_the_same(lapsed: SelfPayer, officer: Client, now: datetime) -> None:
    offer = offer_months(
        person_id=lapsed.person_id,
        membership_id=lapsed.membership_id,
        terms=OwnAccountTerms(3_000_000, WITH_JHT, "other"),
        months=12,
        today=now.date(),
    )
    page = _text(_sent(officer, lapsed.kpj))
    for row in offered.reactivation(offer, now.date(), "id"):
        assert row.label in page
    for _count, label in offered.lengths(offer, [1, 2, 3, 6, 12]):
        assert label in page


def test_every_look_at_a_person_is_written_down_with_its_case(officer: Client, lapsed: SelfPayer) -> None:
    _sent(officer, lapsed.kpj)
    looked = TrailEvent.objects.filter(act="card_looked_up").latest("id")
    assert (looked.object_id, looked.detail) == (lapsed.person_id, {"case": CASE, "found": "yes"})
    unknown = _sent(officer, "10000000000")
    assert unknown.status_code == 422
    assert "Tidak ada kartu" in _text(unknown)
    assert TrailEvent.objects.filter(act="card_looked_up").latest("id").detail["found"] == "no"
    without = officer.post("/reactivation/", {"kpj": lapsed.kpj, "case_no": ""})
    assert without.status_code == 422
    assert lapsed.kpj[:4] + " " not in _text(without)


@pytest.mark.parametrize(
    ("slip", "said"),
    [("2026-11-22", "Tanggal ini belum tiba"), ("2026-13-01", "Bulan"), ("--", "Isi tanggal di slip")],
)
def test_a_slip_that_cannot_be_is_told_and_nothing_is_booked(
    slip: str, said: str, officer: Client, lapsed: SelfPayer, our_bank: Bank
) -> None:
    _sent(officer, lapsed.kpj, **TERMS, months="3", do="order")
    answer = _sent(officer, lapsed.kpj, **_slip(our_bank, slip), do="cash")
    assert answer.status_code == 422
    assert said in _text(answer)
    assert jht(lapsed.person_id) == 59_000


def test_a_slip_is_booked_once_and_never_for_two(
    officer: Client, lapsed: SelfPayer, our_bank: Bank, now: datetime
) -> None:
    other = SelfPayer(now)
    for payer in (lapsed, other):
        _sent(officer, payer.kpj, **TERMS, months="1", do="order")
    assert _sent(officer, lapsed.kpj, **_slip(our_bank, "2026-11-21"), do="cash").status_code == 200
    again = _text(_sent(officer, lapsed.kpj, **_slip(our_bank, "2026-11-21"), do="cash"))
    assert "Setoran dicatat" in again
    another = _sent(officer, lapsed.kpj, **_slip(our_bank, "2026-11-21", "SLIP-2"), do="cash")
    assert another.status_code == 422
    assert "Tidak ada nomor bayar yang terbuka" in _text(another)
    assert jht(lapsed.person_id) == 2 * 59_000
    clash = _sent(officer, other.kpj, **_slip(our_bank, "2026-11-21"), do="cash")
    assert "sudah tercatat untuk pembayaran lain" in _text(clash)
    assert jht(other.person_id) == 0


def test_a_card_of_an_employed_worker_is_shown_but_not_sold_to(officer: Client, lapsed: SelfPayer) -> None:
    kpj = lapsed.firm.people["kpj"][0]
    page = _text(_sent(officer, kpj))
    assert "Bukan kartu BPU" in page
    refused = _sent(officer, kpj, **TERMS, months="1", do="order")
    assert refused.status_code == 422
    assert "Pakai kartu BPU orang ini" in _text(refused)


def test_the_agency_sees_orders_and_projects_without_persons(officer: Client, lapsed: SelfPayer, now: datetime) -> None:
    project(lapsed.firm.id, now)
    page = _text(officer.get("/own-payers/"))
    assert "Bukan penerima upah (BPU)" in page
    assert "Rp77.150" in page
    assert "Gedung Contoh" in page
    assert "Pekerja Contoh" not in page


def test_unpaid_months_are_left_out_at_the_counter_too(officer: Client, now: datetime) -> None:
    ani = SelfPayer(now)
    order = ani.order(1, now - timedelta(days=60))
    pay(order.customer_no, order.amount_rupiah, now - timedelta(days=60))
    assert "Dibayar mulai bulan Oktober 2026" in _text(_sent(officer, ani.kpj))
    looked = _text(_sent(officer, ani.kpj, **TERMS, anew="on", do="look"))
    assert "Dibayar mulai bulan November 2026" in looked
    assert "Bulan yang dilewati 1 bulan, tidak dibayar" in looked
    _sent(officer, ani.kpj, **TERMS, anew="True", months="1", do="order")
    assert ani.orders()[0].from_on == date(2026, 11, 1)
    assert broken_invariants() == []
