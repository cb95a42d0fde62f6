"""A member who pays himself: he sees how he stands and why, what it costs, orders, pays and has a receipt."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lindung.contributions import services
from tests.channels.test_routes import signed_in
from tests.contributions.money import jht, pay
from tests.contributions.self_payers import SelfPayer

TERMS = {"income": "3 juta", "sector": "other", "package": "with_jht"}


def _paid(member: SelfPayer, months: int, now: datetime) -> None:
    order = member.order(months, now)
    pay(order.customer_no, order.amount_rupiah, now)


def _client(member: SelfPayer, now: datetime) -> Client:
    return signed_in("member", "member", member.person_id, now)


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def lapsed(db: None, now: datetime) -> SelfPayer:
    """Paid until July, left his firm long ago."""
    siti = SelfPayer(now)
    siti.leave(date(2026, 6, 1), now)
    _paid(siti, 1, now - timedelta(days=120))
    return siti


def test_who_has_lapsed_reads_why_and_by_which_rule(lapsed: SelfPayer, now: datetime) -> None:
    client = _client(lapsed, now)
    with CaptureQueriesContext(connection) as statements:
        home = client.get("/member/")
    assert len(statements) <= 4
    assert "Tidak aktif setelah 3 bulan tidak membayar" in home.content.decode()
    cover = _text(client.get("/member/cover/").content.decode())
    assert "Bukan penerima upah (BPU)" in cover
    assert "tunggakan lama hapus" in cover
    assert "pasalnya tidak ditemukan" in cover
    assert "Tidak bekerja lagi sejak Juni 2026" in cover


def test_who_has_lapsed_starts_anew_with_the_terms_of_his_last_order(lapsed: SelfPayer, now: datetime) -> None:
    client = _client(lapsed, now)
    page = _text(client.get("/member/pay/").content.decode())
    assert "Tunggakan lama tidak ditagih" in page
    assert "1 bulan: Rp77.150, November 2026" in page
    assert "3 bulan: Rp249.600, sampai Januari 2027" in page
    assert "Mulai Januari 2027 iurannya Rp95.300." in page
    answer = client.post("/member/pay/", {**TERMS, "months": "3", "do": "order"})
    assert answer.status_code == 302
    order = lapsed.orders()[0]
    assert answer["Location"] == f"/member/orders/{order.id}/"
    # Whoever comes back, or was given the number at a counter, is led to it.
    again = client.get("/member/pay/").content.decode()
    assert "Nomor bayar Anda sudah ada" in again
    assert f'href="{answer["Location"]}"' in again
    waiting = client.get(answer["Location"])
    assert waiting["Refresh"] == "15"
    assert "Bayar tepat Rp249.600" in waiting.content.decode()
    pay(order.customer_no, order.amount_rupiah, now)
    assert "Nomor bayar Anda sudah ada" not in client.get("/member/pay/").content.decode()
    paid = client.get(answer["Location"])
    assert "Refresh" not in paid
    assert "KW-" in paid.content.decode()
    receipt = client.get(f"/member/orders/{order.id}/receipt/")
    assert receipt.content.startswith(b"%PDF")
    assert "Dibayar sampai Januari 2027" in client.get("/member/").content.decode()
    month = _text(client.get(f"/member/months/own/{lapsed.membership_id}/2026-12/").content.decode())
    assert "2% dari " in month
    assert "PP 50/2025" in month
    assert jht(lapsed.person_id) == 4 * 59_000


@pytest.mark.django_db
def test_a_worker_begins_on_his_own_account_and_gets_his_card_with_the_order(now: datetime) -> None:
    siti = SelfPayer(now, "PMI")
    client = _client(siti, now)
    empty = client.get("/member/pay/").content.decode()
    assert "Kartu Anda dibuat bersama pesanan pertama" in empty
    looked = _text(client.post("/member/pay/", {**TERMS, "do": "look"}).content.decode())
    assert "6 bulan" in looked
    assert client.post("/member/pay/", {**TERMS, "months": "3", "do": "order"}).status_code == 302
    assert "Bukan penerima upah (BPU)" in client.get("/member/cover/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"income": ""}, "Isi penghasilan rata-rata sebulan"),
        ({"income": "0"}, "Penghasilan harus lebih dari nol"),
        ({"income": "tiga"}, "harus jumlah rupiah bulat"),
        ({"months": "4"}, "Bayar untuk"),
        ({"months": ""}, "Pilih bayar untuk"),
    ],
)
def test_what_cannot_be_ordered_is_said_and_nothing_is_ordered(wrong: dict[str, str], said: str, now: datetime) -> None:
    siti = SelfPayer(now)
    answer = _client(siti, now).post("/member/pay/", {**TERMS, "months": "3", "do": "order"} | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert siti.orders() == []


@pytest.mark.django_db
def test_a_migrant_looks_at_a_package_and_orders_it(now: datetime) -> None:
    ani = SelfPayer(now, "PMI")
    client = _client(ani, now)
    contract = {
        "starts_on_0": "1",
        "starts_on_1": "12",
        "starts_on_2": "2026",
        "contract_months": "24",
        "route": "placement agency",
        "jht": "50000",
    }
    looked = _text(client.post("/member/pay/abroad/", {**contract, "do": "look"}).content.decode())
    assert "Rp1.570.000" in looked
    assert "30 November 2028" in looked
    assert ani.orders() == []
    answer = client.post("/member/pay/abroad/", {**contract, "do": "order"})
    (order,) = ani.orders()
    assert answer["Location"] == f"/member/orders/{order.id}/"
    pay(order.customer_no, order.amount_rupiah, now)
    assert client.get(f"/member/orders/{order.id}/receipt/").content.startswith(b"%PDF")
    assert "Dilindungi sebelum bekerja" in client.get("/member/cover/").content.decode()
    assert "Dilindungi sebelum bekerja" not in client.get("/member/").content.decode()
    month = _text(client.get(f"/member/months/own/{ani.membership_id}/2026-12/").content.decode())
    assert "Rp332.500" in month
    refused = client.post("/member/pay/abroad/", {**contract, "do": "order"})
    assert refused.status_code == 422
    assert "sudah dibayar" in refused.content.decode()
    short = client.post("/member/pay/abroad/", {**contract, "contract_months": "3", "do": "look"})
    assert short.status_code == 422
    assert "Paling sedikit 6 bulan" in short.content.decode() or "paling sedikit 6 bulan" in short.content.decode()


@pytest.mark.django_db
def test_an_order_of_somebody_else_is_not_there(now: datetime) -> None:
    siti, other = SelfPayer(now), SelfPayer(now)
    order = siti.order(1, now)
    pay(order.customer_no, order.amount_rupiah, now)
    client = _client(other, now)
    for address in (
        f"/member/orders/{order.order_id}/",
        f"/member/orders/{order.order_id}/receipt/",
        f"/member/months/own/{siti.membership_id}/2026-11/",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_an_order_whose_number_ended_says_that_nothing_is_owed(now: datetime) -> None:
    siti = SelfPayer(now)
    order = siti.order(1, now - timedelta(days=8))
    page = _client(siti, now).get(f"/member/orders/{order.order_id}/").content.decode()
    assert "Tidak ada yang ditagih" in page
    with pytest.raises(services.VirtualAccountExpired):
        pay(order.customer_no, order.amount_rupiah, now)


@pytest.fixture
def in_arrears(db: None, now: datetime) -> SelfPayer:
    """Paid for September; October is over and not paid."""
    ani = SelfPayer(now)
    _paid(ani, 1, now - timedelta(days=60))
    return ani


def test_unpaid_months_are_paid_first_unless_their_member_leaves_them_out(in_arrears: SelfPayer, now: datetime) -> None:
    client = _client(in_arrears, now)
    page = _text(client.get("/member/pay/").content.decode())
    assert "Dibayar mulai bulan Oktober 2026" in page
    assert "Lewati bulan yang belum dibayar, mulai lagi dari bulan ini" in page
    anew = _text(client.post("/member/pay/", {**TERMS, "anew": "on", "do": "look"}).content.decode())
    assert "Dibayar mulai bulan November 2026" in anew
    assert "Bulan yang dilewati 1 bulan, tidak dibayar" in anew
    assert "Siapa yang melewatinya tidak terlindungi untuk bulan itu" in anew
    assert "1 bulan: Rp77.150, November 2026" in anew
    answer = client.post("/member/pay/", {**TERMS, "anew": "True", "months": "1", "do": "order"})
    assert answer.status_code == 302
    order = in_arrears.orders()[0]
    assert (order.from_on, order.facts["skipped_months"]) == (date(2026, 11, 1), 1)
    pay(order.customer_no, order.amount_rupiah, now)
    assert "Dibayar sampai November 2026" in client.get("/member/cover/").content.decode()
    assert "Lewati bulan yang belum dibayar" not in client.get("/member/pay/").content.decode()


def test_nobody_without_unpaid_months_is_asked_whether_to_leave_some_out(lapsed: SelfPayer, now: datetime) -> None:
    client = _client(lapsed, now)
    assert "Lewati bulan" not in client.get("/member/pay/").content.decode()
    newcomer = SelfPayer(now)
    assert "Lewati bulan" not in _client(newcomer, now).get("/member/pay/").content.decode()


@pytest.mark.django_db
def test_a_contract_abroad_is_prolonged(now: datetime) -> None:
    ani = SelfPayer(now, "PMI")
    client = _client(ani, now)
    longer = "/member/pay/abroad/longer/"
    assert client.get(longer).status_code == 404
    package = ani.package(12, date(2026, 12, 1), now, jht=50_000)
    pay(package.customer_no, package.amount_rupiah, now)
    assert "Paket Anda dibayar sampai 30 November 2027" in _text(client.get("/member/pay/abroad/").content.decode())
    assert "Paket Anda sudah dibayar sampai 30 November 2027" in _text(client.get(longer).content.decode())
    told = {"months": "3", "jht": "50000"}
    looked = _text(client.post(longer, {**told, "do": "look"}).content.decode())
    assert "Jumlah untuk perpanjangan ini Rp190.500" in looked
    assert "Perlindungan sampai 29 Februari 2028" in looked
    assert "bulan tambahan di atas paketnya" in looked
    assert len(ani.orders()) == 1
    answer = client.post(longer, {**told, "do": "order"})
    order = ani.orders()[0]
    assert answer["Location"] == f"/member/orders/{order.id}/"
    pay(order.customer_no, order.amount_rupiah, now)
    assert client.get(f"/member/orders/{order.id}/receipt/").content.startswith(b"%PDF")
    month = _text(client.get(f"/member/months/own/{ani.membership_id}/2027-12/").content.decode())
    assert "Rp40.500" in month
    for wrong in ("0", "121", "tiga"):
        assert client.post(longer, {"months": wrong, "do": "look"}).status_code == 422
