"""Officers answer a firm that asks its credit back: one proposes, another decides, another than the first transfers."""

import re
from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from lindung.contributions.refund_queries import RefundView
from tests import builders
from tests.channels.employer.desk import words
from tests.contributions.money import credit, deposit
from tests.contributions.refunds import ACCOUNT, again, answer, ask, due, send
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.django_db
OVER = 3_000_000


@pytest.fixture
def firm(now: datetime) -> builders.Firm:
    found = builders.firm(now=now, workers=1)
    deposit(found, OVER, now - timedelta(days=1))
    return found


@pytest.fixture
def found(firm: builders.Firm, now: datetime) -> RefundView:
    return ask(firm, OVER, now - timedelta(hours=13))


def press(officer: Client, found: RefundView, do: str, **told: str) -> HttpResponse:
    return officer.post(f"/refunds/{found.id}/", {"do": do, **told}, follow=True)


def proposal(page: HttpResponse) -> str:
    shown = re.search(r'name="proposal" value="(\d+)"', page.content.decode())
    assert shown is not None
    return shown[1]


def day(at: datetime) -> dict[str, str]:
    return {"sent_on_0": str(at.day), "sent_on_1": str(at.month), "sent_on_2": str(at.year)}


def test_it_is_proposed_decided_and_sent_by_two_who_see_no_account_before(
    officer: Client, other: Client, found: RefundView, firm: builders.Firm, now: datetime
) -> None:
    home = words(officer.get("/"))
    assert "Saldo yang diminta kembali Rp3.000.000" in home.replace("\xa0", " ")
    assert found.number in words(other.get("/refunds/?state=asked"))
    page = words(officer.get(f"/refunds/{found.id}/"))
    for said in ("Belum pernah ada transfer", "Lebih bayar, kuitansi KW-", "Berakhir 7890", "PP 36/2025"):
        assert said in page
    proposed = press(officer, found, "propose", pay="yes", reason="Cocok dengan akta")
    assert "Yang mengusulkan tidak dapat menyetujui" in words(proposed)
    own = press(officer, found, "decide", proposal=proposal(proposed))
    assert (own.status_code, "Petugas lain harus melakukannya" in words(own)) == (422, True)
    assert found.number in words(other.get("/refunds/?state=waits"))
    decided = press(other, found, "decide", proposal=proposal(other.get(f"/refunds/{found.id}/")))
    assert "Disetujui, belum ditransfer" in words(decided)
    assert ACCOUNT not in decided.content.decode()
    assert press(officer, found, "open").status_code == 422
    opened = press(other, found, "open")
    assert ACCOUNT in words(opened).replace(" ", "")
    assert ACCOUNT not in other.get(f"/refunds/{found.id}/").content.decode().replace(" ", "")
    recorded = press(other, found, "record", transfer_no="TRF-9", **day(now))
    assert "Sudah ditransfer" in words(recorded)
    assert (again(found).transfer_no, due(found), credit(firm)) == ("TRF-9", 0, 0)
    assert "petugas lain yang mencatatnya" in words(recorded)
    back = press(officer, found, "return", reason="Rekening sudah ditutup")
    assert "Kembali dari bank" in words(back)
    assert (credit(firm), broken_invariants()) == (OVER, [])


def test_a_no_is_agreed_to_or_not_and_says_why(
    officer: Client, other: Client, found: RefundView, firm: builders.Firm
) -> None:
    assert press(officer, found, "propose", pay="no").status_code == 422
    press(officer, found, "propose", pay="no", reason="Nama lain")
    waiting = proposal(other.get(f"/refunds/{found.id}/"))
    assert "Ditolak Petugas 2" in words(press(other, found, "refuse", proposal=waiting))
    assert press(other, found, "decide", proposal=waiting).status_code == 422
    waiting = proposal(press(officer, found, "propose", pay="no", reason="Nama lain"))
    assert "Alasan kepada perusahaan Nama lain" in words(press(other, found, "decide", proposal=waiting))
    assert credit(firm) == OVER


def test_while_one_officer_has_the_account_open_another_waits_or_takes_it_over(
    officer: Client, other: Client, found: RefundView, now: datetime
) -> None:
    answer(found, now)
    press(officer, found, "open")
    warned = words(other.get(f"/refunds/{found.id}/"))
    assert "Petugas 1 membuka nomor rekeningnya" in warned
    held = press(other, found, "open")
    assert (held.status_code, "sedang memegang transfernya" in words(held)) == (422, True)
    assert press(other, found, "record", transfer_no="T-1", **day(now)).status_code == 422
    taken = press(other, found, "open", taken_from=str(again(found).taken_by))
    assert ACCOUNT in words(taken).replace(" ", "")
    late = press(other, found, "record", transfer_no="T-1", **day(now + timedelta(days=1)))
    assert (late.status_code, "Tanggal transfer harus antara" in words(late)) == (422, True)
    assert press(other, found, "record", transfer_no="T 1", **day(now)).status_code == 422
    stopped = press(other, found, "stop", reason="Perusahaan menelepon: bukan mereka")
    assert "Usul yang menunggu" in words(stopped)
    press(officer, found, "decide", proposal=proposal(stopped))
    assert again(found).state == "refused"


def test_a_transfers_number_that_is_known_is_refused(officer: Client, firm: builders.Firm, now: datetime) -> None:
    first = ask(firm, 1_000, now)
    answer(first, now)
    send(first, now, transfer_no="SAMA")
    second = ask(firm, 1_000, now)
    answer(second, now)
    # The account is known by now, so nobody waits.
    press(officer, second, "open")
    known = press(officer, second, "record", transfer_no="SAMA", **day(now))
    assert (known.status_code, "sudah tercatat untuk pengembalian lain" in words(known)) == (422, True)


def test_the_firm_has_half_a_day_to_object_to_a_new_account(
    officer: Client, firm: builders.Firm, now: datetime
) -> None:
    found = ask(firm, OVER, now - timedelta(hours=1))
    answer(found, now)
    assert "Nomornya bisa dibuka mulai 21 November 2026, 20.30" in words(officer.get(f"/refunds/{found.id}/"))
    early = press(officer, found, "open")
    assert (early.status_code, "Rekening ini baru" in words(early)) == (422, True)


def test_one_that_is_not_there_is_not_there(officer: Client) -> None:
    assert officer.get("/refunds/999999999/").status_code == 404
    assert "Tidak ada permintaan di sini" in words(officer.get("/refunds/?state=sent"))
