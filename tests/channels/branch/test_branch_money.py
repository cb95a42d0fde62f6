"""The officers' door: a statement sent in, suspense explained by two, a slip booked by hand."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lindung.access import services as access
from lindung.access.trail import SYSTEM
from lindung.lib import clock
from tests import builders
from tests.channels.employer.desk import PASSWORD, words
from tests.contributions.money import credit
from tests.contributions.statements import Bank, bank, day, file, items, line, noon, reference
from tests.contributions.test_deposits import OCTOBER, ONE
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def door(settings: Any, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DOOR = "staff"
    settings.ROOT_URLCONF = "lindung.config.urls_staff"
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def officer(db: None, now: datetime) -> Callable[[str], Client]:
    """A browser in which an officer of this name is signed in."""

    def signed_in(name: str) -> Client:
        email = f"{name}@lindung.example"
        link = access.invite(
            actor=SYSTEM, display_name=name, names={"email": email}, role="officer", scope_id=0, now=now
        )
        access.set_first_password(token=link.token, password=PASSWORD, now=now)
        client = Client()
        client.post("/sign-in/", {"name": email, "password": PASSWORD})
        return client

    return signed_in


@pytest.fixture
def there(db: None, now: datetime) -> Bank:
    return bank(now)


def send(browser: Client, there: Bank, content: bytes) -> Any:
    return browser.post(
        "/statements/", {"bank": str(there.id), "statement": SimpleUploadedFile("mutasi.csv", content)}, follow=True
    )


def test_money_without_a_call_becomes_an_employers_by_two_officers(
    officer: Callable[[str], Client], there: Bank, now: datetime
) -> None:
    first, second = officer("Sari"), officer("Budi")
    firm, on = builders.firm(now=now), day(now, 2)
    content = file(there, on, [line(noon(on), 5_000_000, journal="J1")])
    assert "1 baris, 1 di antaranya baru. Menjadi belum jelas: 1." in words(send(first, there, content))
    assert "Tidak ada baris baru" in words(send(first, there, content))
    assert "Rp5.000.000" in words(first.get("/"))
    (item,) = items(there)
    assert "Tanpa nomor VA" in words(first.get("/suspense/"))
    address = f"/suspense/{item.id}/"
    wrong = first.post(address, {"do": "propose", "way": "deposit", "payer": "TAKADA", "reason": "Surat bank"})
    assert (wrong.status_code, "Tidak ada perusahaan dengan NPP" in words(wrong)) == (422, True)
    asked = first.post(
        address, {"do": "propose", "way": "deposit", "payer": firm.npp, "reason": "Surat bank"}, follow=True
    )
    assert "Menjadi saldo perusahaan: Rp5.000.000" in words(asked)
    proposal = re.search(r'name="proposal" value="(\d+)"', asked.content.decode())
    assert proposal is not None
    own = first.post(address, {"do": "approve", "proposal": proposal[1]})
    assert (own.status_code, "Petugas lain harus menyetujuinya" in words(own)) == (422, True)
    assert "Setujui usul ini" in words(second.get(address))
    done = second.post(address, {"do": "approve", "proposal": proposal[1]}, follow=True)
    assert "Sudah dijelaskan" in words(done)
    assert "Disetujui Budi" in words(done)
    assert (credit(firm), items(there), broken_invariants()) == (5_000_000, [], [])
    twice = second.post(address, {"do": "approve", "proposal": proposal[1]}, follow=True)
    assert twice.status_code == 200
    assert credit(firm) == 5_000_000


def test_a_day_shows_what_the_bank_and_we_say(officer: Callable[[str], Client], there: Bank, now: datetime) -> None:
    browser, on = officer("Sari"), day(now, 2)
    send(browser, there, file(there, on, [line(noon(on), 70_000, journal="J1", customer_no="9" * 13)]))
    address = f"/statements/{there.id}/{on:%Y-%m-%d}/".replace("-0", "-")
    page = words(browser.get(address))
    assert "Hanya di bank 1" in page
    assert "Rp70.000" in page
    assert "Tidak ada baris di sini" in words(browser.get(f"{address}?outcome=matched"))
    assert browser.get(f"/statements/{there.id}/2026-2-31/").status_code == 404
    assert browser.get(f"/statements/{there.id}/2020-1-1/").status_code == 404


def test_a_cut_file_says_where_and_how_to_mend_it_and_changes_nothing(
    officer: Callable[[str], Client], there: Bank, now: datetime
) -> None:
    browser, on = officer("Sari"), day(now, 2)
    content = file(there, on, [line(noon(on), 70_000, journal="J1")] * 3)
    got = send(browser, there, content[:-30])
    assert got.status_code == 422
    assert "Baris 4: Berkas terpotong" in words(got)
    assert items(there) == []


def test_a_slip_is_looked_at_before_it_is_booked_and_booked_once(
    officer: Callable[[str], Client], there: Bank, now: datetime
) -> None:
    browser, firm, slip = officer("Sari"), builders.firm(now=now, workers=1), reference()
    builders.bill(firm, OCTOBER, now)
    told = {
        "payer": firm.npp,
        "amount": str(ONE + 100_000),
        "paid_on_0": "14",
        "paid_on_1": "11",
        "paid_on_2": "2026",
        "bank": str(there.id),
        "slip_no": slip,
        "channel": "6010",
    }
    looked = words(browser.post("/deposits/", {**told, "do": "look"}))
    assert "Menjadi saldo perusahaan: Rp100.000" in looked
    assert "Slip kasir bank" in looked
    assert f'value="{slip}"' in browser.post("/deposits/", {**told, "do": "change"}).content.decode()
    assert credit(firm) == 0
    booked = browser.post("/deposits/", {**told, "do": "book"}, follow=True)
    number = re.search(r"KW-\d{6}-\d{9}", words(booked))
    assert number is not None
    # Where each rupiah went stays to be read: so much on the bill, which asks for nothing more, and the rest as credit.
    assert re.search(r"Oktober 2026 \S+ Rp954\.000 – tidak ada Rp0", words(booked))
    assert "Menjadi saldo perusahaan: Rp100.000" in words(booked)
    known = browser.post("/deposits/", {**told, "do": "look"}, follow=True)
    assert number[0] in words(known)
    assert "Slip ini sudah pernah dicatat" in words(known)
    again = browser.post("/deposits/", {**told, "do": "book"}, follow=True)
    assert number[0] in words(again)
    assert credit(firm) == 100_000
    clash = browser.post("/deposits/", {**told, "amount": "1", "do": "book"})
    assert (clash.status_code, "Nomor slip ini sudah tercatat" in words(clash)) == (422, True)
    unknown = browser.post("/deposits/", {**told, "payer": "TAKADA", "do": "look"})
    assert (unknown.status_code, "Tidak ada perusahaan" in words(unknown)) == (422, True)
    assert browser.get("/deposits/KW-000000-000000000/").status_code == 404


@pytest.mark.parametrize("address", ["/statements/", "/suspense/", "/suspense/1/", "/deposits/", "/deposits/booked/"])
def test_strangers_are_sent_to_sign_in(address: str, db: None) -> None:
    assert Client().get(address).status_code == 302
