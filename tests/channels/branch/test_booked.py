"""The list of what officers booked by hand: today's, other days', and one found by what stands on its slip."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from lindung.contributions import services
from lindung.contributions.models import CASH
from lindung.lib import clock
from lindung.lib.clock import WIB
from tests import builders
from tests.channels.branch.conftest import PASSWORD
from tests.channels.employer.desk import words
from tests.contributions.money import pay
from tests.contributions.self_payers import SelfPayer
from tests.contributions.statements import FIRST_OFFICER, Bank, bank, day, items, line, noon, propose, reference, stated

pytestmark = pytest.mark.django_db
ADDRESS = "/deposits/booked/"


@pytest.fixture
def now() -> datetime:
    """The database stamps what is booked by its own clock, so this one has to agree with it."""
    return datetime.now(WIB)


@pytest.fixture
def there(db: None, now: datetime) -> Bank:
    return bank(now)


def book(browser: Client, at: Bank, firm: builders.Firm, rupiah: int, now: datetime) -> tuple[str, str]:
    """Book a slip at the counter; gives the receipt's number and the slip's."""
    slip, today = reference(), clock.wib_date(now)
    told = {
        "payer": firm.npp,
        "amount": str(rupiah),
        "paid_on_0": str(today.day),
        "paid_on_1": str(today.month),
        "paid_on_2": str(today.year),
        "bank": str(at.id),
        "slip_no": slip,
        "channel": "6010",
    }
    found = re.search(r"KW-\d{6}-\d{9}", words(browser.post("/deposits/", {**told, "do": "book"}, follow=True)))
    assert found
    return found[0], slip


def test_an_officer_counts_what_was_booked_today_against_each_banks_slips(
    officer: Client, there: Bank, now: datetime
) -> None:
    assert "Tidak ada setoran yang dicatat dalam waktu itu" in words(officer.get(ADDRESS))
    firm, second = builders.firm(now=now), bank(now)
    first, slip = book(officer, there, firm, 250_000, now)
    last, _slip = book(officer, second, firm, 1_000_000, now)
    page = officer.get(ADDRESS)
    text = words(page)
    assert text.index(last) < text.index(first)
    assert "Rp1.250.000" in text
    assert "2 setoran" in text
    assert f"Bank Contoh {there.code} Slip kasir bank 1 Rp250.000" in text
    assert re.search(rf"\({firm.npp}\) Rp250\.000 Bank Contoh {there.code} {slip} .* Slip kasir bank Petugas 1", text)
    assert f'href="/deposits/{first}/"' in page.content.decode()


def test_yesterdays_are_asked_for_by_their_day(
    officer: Client, there: Bank, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt, _slip = book(officer, there, builders.firm(now=now), 250_000, now)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1))
    officer.post("/sign-in/", {"name": "petugas1@contoh.example", "password": PASSWORD})
    assert receipt not in words(officer.get(ADDRESS))
    for days in ("1", "week", "month"):
        assert receipt in words(officer.get(ADDRESS, {"days": days}))
    assert receipt not in words(officer.get(ADDRESS, {"days": "2"}))
    assert officer.get(ADDRESS, {"days": "century"}).status_code == 200


def test_each_officer_can_look_at_what_he_booked_himself(
    officer: Client, other: Client, there: Bank, now: datetime
) -> None:
    firm = builders.firm(now=now)
    mine, slip = book(officer, there, firm, 250_000, now)
    theirs, _slip = book(other, there, firm, 300_000, now)
    page = words(officer.get(ADDRESS, {"mine": "1"}))
    assert mine in page
    assert theirs not in page
    assert "Rp250.000" in page
    assert theirs in words(officer.get(ADDRESS))
    assert "Tidak ada setoran dengan nomor ini" in words(other.get(ADDRESS, {"mine": "1", "find": slip}))
    assert mine in words(other.get(ADDRESS, {"find": slip}))


def test_money_out_of_suspense_stands_apart_from_slips_and_is_found_by_its_journal_number(
    officer: Client, other: Client, there: Bank, now: datetime
) -> None:
    """A bank's teller may write the code of a slip on a line that no officer has a slip of."""
    firm, on = builders.firm(now=now), day(now, 2)
    journal = f"J{reference()}"
    stated(there, on, [line(noon(on), 400_000, journal=journal).replace("6011", "6010")], now)
    (item,) = items(there)
    propose(item.id, "deposit", now, firm=firm)
    booked, _slip = book(officer, there, firm, 250_000, now)
    proposal = re.search(r'name="proposal" value="(\d+)"', other.get(f"/suspense/{item.id}/").content.decode())
    assert proposal
    other.post(f"/suspense/{item.id}/", {"do": "approve", "proposal": proposal[1]})
    page = words(other.get(ADDRESS))
    assert f"Bank Contoh {there.code} Dari rekening koran 1 Rp400.000" in page
    assert f"Bank Contoh {there.code} Slip kasir bank 1 Rp250.000" in page
    found = words(officer.get(ADDRESS, {"find": journal}))
    assert re.search(rf"{journal} .* Dari rekening koran Petugas 2", found)
    assert booked not in found


def test_one_is_found_by_each_number_that_somebody_may_have_in_hand(
    officer: Client, there: Bank, now: datetime
) -> None:
    firm, other = builders.firm(now=now), builders.firm(now=now)
    receipt, slip = book(officer, there, firm, 250_000, now)
    another, _slip = book(officer, there, other, 300_000, now)
    for number in (receipt, receipt.lower(), slip, firm.npp):
        text = words(officer.get(ADDRESS, {"find": number}))
        assert receipt in text
        assert another not in text
    assert "Tidak ada setoran dengan nomor ini" in words(officer.get(ADDRESS, {"find": "TAKADA"}))
    for nothing in ("", " ", "9" * 65):
        assert officer.get(ADDRESS, {"find": nothing}).status_code == 422


def test_cash_for_a_members_order_is_in_it_and_what_banks_told_of_is_not(
    officer: Client, there: Bank, now: datetime
) -> None:
    cash, called = SelfPayer(now).order(1, now), SelfPayer(now).order(1, now)
    receipt = services.book_order_slip(
        actor=FIRST_OFFICER,
        partner_id=there.id,
        slip_no=reference(),
        customer_no=cash.customer_no,
        amount_rupiah=cash.amount_rupiah,
        paid_on=clock.wib_date(now),
        now=now,
    )
    told = pay(called.customer_no, called.amount_rupiah, now, partner_id=there.id)
    page = officer.get(ADDRESS)
    assert receipt.receipt_number in words(page)
    assert f"Pesanan {cash.number}" in words(page)
    assert "Tunai di kantor cabang" in words(page)
    assert CASH not in words(page)
    assert told.receipt_number not in words(page)
    assert receipt.receipt_number in words(officer.get(ADDRESS, {"find": f"77123{cash.customer_no}"}))
    assert receipt.receipt_number not in words(officer.get(ADDRESS, {"find": called.customer_no}))
    # A member's receipt is no page of the counter's.
    assert f'href="/deposits/{receipt.receipt_number}/"' not in page.content.decode()


def test_whoever_stands_at_the_counter_gets_a_receipt_to_take_along(
    officer: Client, there: Bank, now: datetime
) -> None:
    receipt, _slip = book(officer, there, builders.firm(now=now), 250_000, now)
    assert f'href="/deposits/{receipt}/receipt/"' in officer.get(f"/deposits/{receipt}/").content.decode()
    answer = officer.get(f"/deposits/{receipt}/receipt/")
    assert answer.content.startswith(b"%PDF")
    assert f"kuitansi-{receipt}.pdf" in answer["Content-Disposition"]
    assert "halaman Saldo perusahaan" in words(officer.get(f"/deposits/{receipt}/"))
    assert officer.get("/deposits/KW-000000-000000000/receipt/").status_code == 404


def test_a_page_has_fifty_of_them(officer: Client, there: Bank, now: datetime) -> None:
    firm = builders.firm(now=now)
    for _slip in range(51):
        services.book_slip(
            actor=FIRST_OFFICER,
            partner_id=there.id,
            slip_no=reference(),
            employer_id=firm.id,
            amount_rupiah=1,
            channel="6010",
            paid_on=clock.wib_date(now),
            meant_for="",
            now=now,
        )
    first, second = (officer.get(ADDRESS, {"page": page}).content.decode() for page in (1, 2))
    assert (first.count('href="/deposits/KW-'), second.count('href="/deposits/KW-')) == (50, 1)
