"""A firm asks for its credit back: looks at it once more, sends it once, follows it, takes it back."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lindung.access import services as access
from lindung.access.trail import SYSTEM
from lindung.contributions import services
from lindung.contributions.refund_queries import RefundView, refunds_of
from lindung.lib import clock
from tests import builders
from tests.builders import Firm
from tests.channels.employer.desk import PASSWORD, clerk, words
from tests.contributions.money import credit, deposit
from tests.contributions.refunds import FIRST, SECOND, answer, send

pytestmark = pytest.mark.django_db
OVER = 3_000_000


@pytest.fixture
def firm(now: datetime) -> Firm:
    found = builders.firm(now=now, workers=1)
    deposit(found, OVER, now - timedelta(days=1))
    return found


@pytest.fixture
def client(firm: Firm, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: now)
    return clerk(firm.id, now=now)


def address(firm: Firm) -> str:
    return f"/employer/{firm.id}/bills/credit/refund/"


def told(firm: Firm, **changes: str) -> dict[str, str]:
    name = f"PT Contoh {int(firm.npp.removeprefix('ZZ'))}"
    return {
        "amount": "3 juta",
        "bank": "014",
        "account_no": "1234 567-890",
        "account_name": name,
        "do": "look",
        **changes,
    }


def repeated(client: Client, firm: Firm, **changes: str) -> dict[str, str]:
    """What the page that reads it once more would send."""
    shown = client.post(address(firm), told(firm, **changes))
    assert shown.status_code == 200, words(shown)
    return {**dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown.content.decode())), "do": "ask"}


def only(firm: Firm) -> RefundView:
    (found,) = refunds_of(employer_id=firm.id)
    return found


def test_it_is_read_once_more_sent_once_and_followed(
    client: Client, firm: Firm, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = words(client.get(f"/employer/{firm.id}/bills/credit/"))
    assert "Minta dikembalikan" in offered
    assert 'value="3.000.000"' in client.get(address(firm)).content.decode()
    asking = repeated(client, firm)
    assert credit(firm) == OVER
    for _press in range(2):
        sent = client.post(address(firm), asking, follow=True)
        assert "Permintaan Anda sudah kami terima" in words(sent)
    shown = words(client.get(f"/employer/{firm.id}/bills/credit/"))
    found = only(firm)
    assert (found.amount_rupiah, credit(firm)) == (OVER, 0)
    for said in (found.number, "BCA, nomor berakhir 7890", "27 November 2026", "Undang-undang tidak menyebutnya"):
        assert said in shown
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=8))
    assert "Kami terlambat" in words(client.get(f"/employer/{firm.id}/bills/credit/"))
    assert "1234567890" not in shown.replace(" ", "")
    assert "Pengembalian saldo Rp3.000.000 sedang berjalan" in words(client.get(f"/employer/{firm.id}/bills/"))
    assert client.get(address(firm)).status_code == 302


def test_before_it_is_sent_it_can_be_changed(client: Client, firm: Firm) -> None:
    back = client.post(address(firm), {**repeated(client, firm), "do": "edit"})
    assert 'value="1234 567-890"' in back.content.decode()
    assert refunds_of(employer_id=firm.id) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount": "0"}, "Isi jumlah lebih dari nol"),
        ({"amount": "3.000.001"}, "Saldo yang bebas Rp3.000.000"),
        ({"amount": "3,5"}, "jumlah rupiah bulat"),
        ({"bank": ""}, "Pilih bank"),
        ({"account_no": "12-34"}, "6 sampai 20 angka"),
        ({"account_no": "12345O7890"}, "6 sampai 20 angka"),
        ({"account_name": ""}, "Isi nama pemilik rekening"),
        ({"account_name": "Budi"}, "Centang untuk melanjutkan: nama ini lain dari nama perusahaan"),
    ],
)
def test_what_is_wrong_is_said_beside_its_box(client: Client, firm: Firm, changes: dict[str, str], said: str) -> None:
    shown = client.post(address(firm), told(firm, **changes))
    assert (shown.status_code, said in words(shown)) == (422, True)
    assert credit(firm) == OVER


def test_another_name_is_asked_about_and_then_taken(client: Client, firm: Firm) -> None:
    asking = repeated(client, firm, account_name="Budi", sure="on")
    client.post(address(firm), asking)
    assert only(firm).account_name == "Budi"


def test_a_firm_that_owes_pays_its_bills_first(client: Client, now: datetime, firm: Firm) -> None:
    asking = repeated(client, firm)
    deposited = credit(firm)
    builders.bill(firm, date(2026, 10, 1), now, wage_rupiah=100_000_000)
    assert credit(firm) == deposited
    late = client.post(address(firm), asking)
    assert (late.status_code, "Tagihan dibayar lebih dulu" in words(late)) == (422, True)
    shown = words(client.get(address(firm)))
    assert "Perusahaan masih punya tagihan" in shown
    assert "Lihat semua tagihan" in shown
    assert refunds_of(employer_id=firm.id) == []


def test_it_is_taken_back_until_it_is_agreed_to(client: Client, firm: Firm, now: datetime) -> None:
    client.post(address(firm), repeated(client, firm))
    take_back = f"{address(firm)}{only(firm).id}/withdraw/"
    assert "Permintaan sudah ditarik" in words(client.post(take_back, follow=True))
    assert credit(firm) == OVER
    client.post(address(firm), repeated(client, firm))
    newest = refunds_of(employer_id=firm.id)[0]
    answer(newest, now)
    late = client.post(f"{address(firm)}{newest.id}/withdraw/", follow=True)
    assert "tidak bisa ditarik lagi" in words(late)
    assert "Segera ditransfer" in words(late)


@pytest.mark.parametrize("ending", ["sent", "refused", "returned"])
def test_what_became_of_it_is_told_with_its_reason(client: Client, firm: Firm, now: datetime, ending: str) -> None:
    client.post(address(firm), repeated(client, firm))
    found = only(firm)
    if ending == "refused":
        answer(found, now, pay=False, reason="Nama rekening bukan nama perusahaan.")
    else:
        answer(found, now)
        send(found, now, transfer_no="TRF-778", by=SECOND)
    if ending == "returned":
        services.return_refund(actor=FIRST, refund_id=found.id, reason="Rekening sudah ditutup.", now=now)
    shown = words(client.get(f"/employer/{firm.id}/bills/credit/"))
    said = {
        "sent": ("Sudah ditransfer", "TRF-778"),
        "refused": ("Nama rekening bukan nama perusahaan.", "Permintaan belum bisa dipenuhi"),
        "returned": ("Rekening sudah ditutup.", "Transfer kembali dari bank"),
    }[ending]
    assert all(word in shown for word in said)
    assert ("Minta dikembalikan" in shown) == (ending != "sent")
    if ending == "refused":
        client.post(address(firm), repeated(client, firm))
        again = words(client.get(f"/employer/{firm.id}/bills/credit/"))
        assert "Permintaan sebelumnya" in again
        assert said[0] in again


def test_who_does_not_administer_the_firm_reads_and_cannot_ask(firm: Firm, client: Client, now: datetime) -> None:
    link = access.invite(
        actor=SYSTEM,
        display_name="Tono",
        names={"email": "baca@gaji.example"},
        role="firm_reader",
        scope_id=firm.id,
        now=now,
    )
    access.set_first_password(token=link.token, password=PASSWORD, now=now)
    reader = Client()
    reader.post("/employer/sign-in/", {"name": "baca@gaji.example", "password": PASSWORD})
    assert "administrator perusahaan" in words(reader.get(f"/employer/{firm.id}/bills/credit/"))
    for answered in (reader.get(address(firm)), reader.post(address(firm), told(firm))):
        assert answered.status_code == 404


def test_another_firms_request_cannot_be_taken_back(client: Client, firm: Firm, now: datetime) -> None:
    other = builders.firm(now=now, workers=1)
    deposit(other, OVER, now)
    found: Any = services.ask_refund(
        actor=FIRST,
        employer_id=other.id,
        amount_rupiah=1,
        bank="014",
        account_no="1234567890",
        account_name="PT",
        press="x",
        now=now,
    )
    theirs = refunds_of(employer_id=other.id)[0]
    assert theirs.number == found
    client.post(f"{address(firm)}{theirs.id}/withdraw/")
    assert refunds_of(employer_id=other.id)[0].state == "asked"
