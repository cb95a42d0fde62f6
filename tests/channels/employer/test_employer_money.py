"""What a firm sees of money that was short or over, and of a month that was corrected."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from django.test import Client

from lindung.access.trail import SYSTEM
from lindung.channels.employer import receipts
from lindung.channels.shared import payment_receipts
from lindung.contributions import services
from lindung.contributions.services import WageRows
from lindung.documents.payment_receipt import PaymentReceipt
from lindung.documents.receipt import Receipt
from lindung.lib import clock
from tests import builders
from tests.builders import Firm
from tests.channels.employer.desk import clerk, words
from tests.contributions.money import bills, deposit, jht, pay

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)
ONE = 954_000
Page = Callable[[Firm, str, datetime], str]

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Page:
    """A page of the firm as its clerk reads it at some moment."""
    clerks: dict[int, Client] = {}

    def read(firm: Firm, address: str, at: datetime) -> str:
        monkeypatch.setattr(clock, "now", lambda: at)
        client = clerks.setdefault(firm.id, clerk(firm.id, now=at))
        response = client.get(f"/employer/{firm.id}/{address}")
        assert response.status_code == 200
        return words(response).replace("\xa0", " ")

    return read


def test_a_bill_paid_in_part_says_what_is_left_and_how_it_was_shared(page: Page, now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    builders.bill(firm, OCTOBER, now - timedelta(days=10))
    deposit(firm, ONE, now - timedelta(days=9))
    (bill,) = bills(firm)
    shown = page(firm, f"bills/{bill.id}/", now - timedelta(days=8))
    assert "Sudah dibayar Rp954.000, sisa Rp954.000" in shown
    assert "KW-202611" in shown
    assert "Kalau uangnya kurang atau lebih" in shown
    assert "Dibayar sebagian" in page(firm, "bills/", now)


def test_a_new_number_for_the_rest_asks_for_the_fine_that_the_page_promises(page: Page, now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    builders.bill(firm, OCTOBER, now)
    deposit(firm, ONE // 2, now)
    later = now + timedelta(days=40)
    (bill,) = bills(firm)
    # Half was paid one month late (2%), half is now two months late (4%).
    owed = ONE // 2 + ONE // 2 * 6 // 100
    shown = page(firm, f"bills/{bill.id}/", later)
    assert f"Rp{owed:,}".replace(",", ".") in shown
    new = services.reissue_virtual_account(actor=SYSTEM, employer_id=firm.id, bill_id=bill.id, now=later)
    assert new.amount_rupiah == owed


def test_money_over_is_seen_with_its_receipt_and_what_it_paid(page: Page, now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = builders.firm(now=now, workers=1)
    receipt = deposit(firm, 100_000, early)
    shown = page(firm, "bills/credit/", early)
    assert receipt.receipt_number in shown
    assert "Rp100.000" in shown
    issued = builders.bill(firm, OCTOBER, early)
    assert "Saldo perusahaan Rp100.000 ikut membayar" in page(firm, f"bills/{issued.bill_id}/", early)
    pay(issued.customer_no, ONE - 100_000, early)
    assert "Membayar iuran Oktober 2026" in page(firm, "bills/credit/", early)


def test_every_payment_of_a_bill_has_its_own_receipt_over_what_came_with_it(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = now - timedelta(days=10)
    monkeypatch.setattr(clock, "now", lambda: early)
    written: list[PaymentReceipt] = []
    monkeypatch.setattr(
        payment_receipts, "payment_receipt_pdf", lambda paid, language: written.append(paid) or b"%PDF of one payment"
    )
    firm = builders.firm(now=now, workers=1)
    issued = builders.bill(firm, OCTOBER, early)
    client = clerk(firm.id, now=early)
    first = deposit(firm, ONE // 3, early, meant_for=issued.customer_no)
    (bill,) = bills(firm)
    part = client.get(f"/employer/{firm.id}/bills/{bill.id}/").content.decode()
    assert f'href="/employer/{firm.id}/receipts/{first.receipt_number}/"' in part
    last = deposit(firm, ONE, early)
    page = client.get(f"/employer/{firm.id}/bills/{bill.id}/")
    assert "Tagihan ini dibayar lebih dari sekali" in words(page)
    assert "Unduh kuitansi" not in words(page)
    for receipt in (first, last):
        url = f"/employer/{firm.id}/receipts/{receipt.receipt_number}/"
        assert f'href="{url}"' in page.content.decode()
        assert client.get(url).content.startswith(b"%PDF")
    assert [(paid.number, paid.paid_rupiah, paid.contribution_rupiah, paid.kept_rupiah) for paid in written] == [
        (first.receipt_number, ONE // 3, ONE // 3, 0),
        (last.receipt_number, ONE, ONE - ONE // 3, ONE // 3),
    ]
    assert [(paid.virtual_account != "", paid.by_day) for paid in written] == [(True, True), (False, True)]


def test_a_month_that_one_slip_paid_whole_has_the_receipt_of_a_month(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = now - timedelta(days=10)
    written: list[Receipt] = []
    monkeypatch.setattr(receipts, "receipt_pdf", lambda paid, language: written.append(paid) or b"%PDF of a month")
    firm = builders.firm(now=now, workers=1)
    builders.bill(firm, OCTOBER, early)
    slip = deposit(firm, ONE, early)
    client = clerk(firm.id, now=now)
    page = client.get(f"/employer/{firm.id}/bills/{bills(firm)[0].id}/")
    assert "Dibayar 11 November 2026 Lewat bank" in words(page)
    assert client.get(f"/employer/{firm.id}/receipts/{slip.receipt_number}/").content == b"%PDF of a month"
    assert [(paid.paid_rupiah, paid.by_day, paid.bank_reference) for paid in written] == [(ONE, True, "SLIP 1")]


def test_credit_beside_one_payment_leaves_it_one_payment(now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = builders.firm(now=now, workers=1)
    over = deposit(firm, 100_000, early)
    issued = builders.bill(firm, OCTOBER, early)
    paid = pay(issued.customer_no, ONE - 100_000, early)
    client = clerk(firm.id, now=now)
    page = client.get(f"/employer/{firm.id}/bills/{issued.bill_id}/")
    assert "lebih dari sekali" not in words(page)
    assert f'href="/employer/{firm.id}/receipts/{paid.receipt_number}/"' in page.content.decode()
    # Of money that no bill took the firm has the receipt where its credit is told.
    credit = client.get(f"/employer/{firm.id}/bills/credit/").content.decode()
    assert f'href="/employer/{firm.id}/receipts/{over.receipt_number}/"' in credit
    for receipt in (over, paid):
        url = f"/employer/{firm.id}/receipts/{receipt.receipt_number}/"
        assert client.get(url).content.startswith(b"%PDF")


def test_a_receipt_is_of_this_firm_and_of_its_bills_alone(now: datetime) -> None:
    firm, other = builders.firm(now=now), builders.firm(now=now)
    theirs = deposit(other, 100_000, now)
    client = clerk(firm.id, now=now)
    for number in (theirs.receipt_number, "KW-000000-000000000"):
        assert client.get(f"/employer/{firm.id}/receipts/{number}/").status_code == 404


def test_a_correction_downwards_is_a_bill_that_became_credit(page: Page, now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = builders.firm(now=now, workers=1)
    issued = builders.bill(firm, OCTOBER, early)
    pay(issued.customer_no, ONE, early)
    rows = firm.rows()
    lower = WageRows(
        **{
            **{name: getattr(rows, name) for name in WageRows.__slots__},
            "wage_rupiah": np.array([5_000_000], dtype=np.int64),
        }
    )
    services.correct_month(actor=SYSTEM, employer_id=firm.id, period=OCTOBER, upload_id=None, rows=lower, now=early)
    less = min(bills(firm), key=lambda bill: bill.amount_rupiah)
    assert "Menjadi saldo perusahaan" in page(firm, f"bills/{less.id}/", early)
    listed = page(firm, "bills/", early)
    assert "Oktober 2026, pembetulan" in listed
    assert "Saldo perusahaan Rp477.000" in listed


class TestTheRightWage:
    """A worker's page leads to a form that shows what a correction comes to before it is made."""

    @pytest.fixture
    def firm(self, now: datetime) -> Firm:
        return builders.firm(now=now, workers=2)

    @pytest.fixture
    def client(self, firm: Firm, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Client:
        monkeypatch.setattr(clock, "now", lambda: now - timedelta(days=10))
        return clerk(firm.id, now=now - timedelta(days=10))

    def address(self, firm: Firm) -> str:
        return f"/employer/{firm.id}/workers/{firm.people['employment_id'][0]}/wage/2026/10/"

    def agreed(self, client: Client, address: str, wage: str) -> str:
        """Type a wage and say yes to what the page then promises; gives that page's words."""
        shown = client.post(address, {"wage": wage})
        assert shown.status_code == 200
        answer = client.post(address, {"wage": wage, "agreed": shown.context["agreed"].data["agreed"]})
        assert answer.status_code == 302
        # The bill that came of it, or the credit.
        assert re.fullmatch(re.escape(address.split("workers")[0]) + r"bills/(\d+|credit)/", answer["Location"])
        return words(shown).replace("\xa0", " ")

    def test_an_unpaid_bill_is_replaced(self, firm: Firm, client: Client, now: datetime) -> None:
        first = builders.bill(firm, OCTOBER, now - timedelta(days=10))
        shown = self.agreed(client, self.address(firm), "Rp 5.000.000")
        assert "Tagihan baru bulan itu Rp1.431.000" in shown
        (bill,) = bills(firm)
        assert (bill.amount_rupiah, bill.number == first.number) == (ONE + ONE // 2, False)
        # The new one is of the whole month, and whoever opens the old one is led to it and offered nothing to pay.
        page = words(client.get(f"/employer/{firm.id}/bills/"))
        assert "Oktober 2026, pembetulan" not in page
        replaced = client.get(f"/employer/{firm.id}/bills/{first.bill_id}/")
        assert f"/employer/{firm.id}/bills/{bill.id}/" in replaced.content.decode()
        assert "Tagihan ini sudah diganti" in words(replaced)
        assert "nomor bayar baru" not in words(replaced)

    def test_of_a_paid_month_the_difference_is_billed_or_given_back(
        self, firm: Firm, client: Client, now: datetime
    ) -> None:
        issued = builders.bill(firm, OCTOBER, now - timedelta(days=10))
        pay(issued.customer_no, issued.amount_rupiah, now - timedelta(days=10))
        assert "Tagihan pembetulan Rp95.400" in self.agreed(client, self.address(firm), "11000000")
        assert "Oktober 2026, pembetulan" in words(client.get(f"/employer/{firm.id}/bills/"))
        more = words(client.get(f"/employer/{firm.id}/bills/{bills(firm)[-1].id}/"))
        assert "Tagihan pembetulan Oktober 2026" in more
        assert "Tambahan upah" in more
        assert "Menjadi saldo perusahaan Rp954.000" in self.agreed(client, self.address(firm), "0")
        assert jht(firm.people["person_id"][0]) == 0

    def test_nothing_happens_before_the_yes(self, firm: Firm, client: Client, now: datetime) -> None:
        builders.bill(firm, OCTOBER, now - timedelta(days=10))
        before = bills(firm)
        client.post(self.address(firm), {"wage": "5000000"})
        client.post(self.address(firm), {"wage": "5000000", "agreed": "1-2-3"})
        assert bills(firm) == before

    @pytest.mark.parametrize(
        ("typed", "said"),
        [("10000000", "sudah tercatat"), ("4,5", "dua jumlah"), ("-1", "kurang dari nol"), ("", "Upah yang benar")],
    )
    def test_what_cannot_be_is_said_beside_the_box(
        self, firm: Firm, client: Client, now: datetime, typed: str, said: str
    ) -> None:
        builders.bill(firm, OCTOBER, now - timedelta(days=10))
        answer = client.post(self.address(firm), {"wage": typed})
        assert answer.status_code == 422
        assert said in words(answer)

    def test_a_month_paid_in_part_is_paid_first(self, firm: Firm, client: Client, now: datetime) -> None:
        builders.bill(firm, OCTOBER, now - timedelta(days=10))
        deposit(firm, 1_000, now - timedelta(days=10))
        answer = client.post(self.address(firm), {"wage": "5000000"})
        assert answer.status_code == 422
        assert "Lunasi dulu" in words(answer)

    def test_a_month_without_a_bill_and_another_firms_worker_are_not_there(
        self, firm: Firm, client: Client, now: datetime
    ) -> None:
        assert client.get(self.address(firm)).status_code == 404
        other = builders.firm(now=now)
        builders.bill(other, OCTOBER, now - timedelta(days=10))
        stranger = self.address(other).replace(f"/{other.id}/", f"/{firm.id}/")
        assert client.get(stranger).status_code == 404
