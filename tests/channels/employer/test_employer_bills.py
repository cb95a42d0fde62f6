"""A bill: the number to pay to, a new number when it ran out, the proof, the workers."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lindung.contributions import queries
from tests import builders
from tests.channels.employer import desk
from tests.channels.employer.desk import NOVEMBER, OCTOBER, clerk, words


def address(firm: builders.Firm, bill_id: int, rest: str = "") -> str:
    return f"/employer/{firm.id}/bills/{bill_id}/{rest}"


@pytest.mark.django_db
def test_an_unpaid_bill_shows_what_to_pay_to_which_number_until_when(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3)
    issued = builders.bill(firm, NOVEMBER, now)
    answer = clerk(firm.id, now=now).get(address(firm, issued.bill_id))
    page = words(answer)
    assert "Jumlah yang harus dibayar Rp2.862.000" in page
    assert "Bayar paling lambat 15 Desember 2026" in page
    assert "Bagian perusahaan" in page
    # The groups are drawn apart: what is copied are the digits.
    digits = answer.content.decode().replace("</span><span>", "")
    assert issued.customer_no in digits
    assert answer["Refresh"] == "15"
    assert "Refresh" not in clerk(firm.id, now=now).get(address(firm, issued.bill_id) + "?still=1")


@pytest.mark.django_db
def test_the_simulator_is_offered_only_where_there_is_one(now: datetime, settings: Any) -> None:
    firm = builders.firm(now=now, workers=1)
    issued = builders.bill(firm, NOVEMBER, now)
    client = clerk(firm.id, now=now)
    settings.SIMULATOR_ADDRESS = "http://127.0.0.1:9"
    page = client.get(address(firm, issued.bill_id)).content.decode()
    assert 'href="http://127.0.0.1:9/bank/?va=' in page
    settings.SIMULATOR_ADDRESS = ""
    assert "simulator" not in client.get(address(firm, issued.bill_id)).content.decode()


@pytest.mark.django_db
def test_a_bill_whose_number_ran_out_shows_the_penalty_before_a_new_number(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3)
    issued = builders.bill(firm, OCTOBER, now - timedelta(days=12))
    client = clerk(firm.id, now=now)
    answer = client.get(address(firm, issued.bill_id))
    page = words(answer)
    assert "Refresh" not in answer
    assert "Nomor bayar sudah tidak berlaku" in page
    assert "2% x 1 bulan terlambat x iuran Rp2.862.000 = Rp57.240 (PP 44/2015 Pasal 22)" in page
    for _ in range(2):
        again = client.post(address(firm, issued.bill_id, "reissue/"))
        assert (again.status_code, again["Location"]) == (302, address(firm, issued.bill_id))
    reissued = words(client.get(address(firm, issued.bill_id)))
    assert "Jumlah yang harus dibayar Rp2.919.240" in reissued
    assert "Termasuk denda Rp57.240. Nomor bayar berlaku sampai 16 Desember 2026." in reissued
    assert "Denda terlambat 1 bulan Rp57.240" in reissued


@pytest.mark.django_db
def test_a_paid_bill_shows_its_receipt_and_gives_it_as_a_pdf(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3)
    issued = builders.bill(firm, OCTOBER, now - timedelta(days=12))
    client = clerk(firm.id, now=now)
    desk.pay(issued, now - timedelta(days=11))
    bill = queries.bill_view(employer_id=firm.id, bill_id=issued.bill_id)
    assert bill is not None
    page = words(client.get(address(firm, issued.bill_id)))
    assert "Sudah dibayar Rp2.862.000" in page
    assert bill.receipt_number in page
    assert "10 November 2026, 09.30 WIB" in page
    receipt_url = f"/employer/{firm.id}/receipts/{bill.receipt_number}/"
    assert f'href="{receipt_url}"' in client.get(address(firm, issued.bill_id)).content.decode()
    receipt = client.get(receipt_url)
    assert receipt["Content-Type"] == "application/pdf"
    assert receipt["Content-Disposition"] == f'attachment; filename="kuitansi-{bill.receipt_number}.pdf"'
    assert receipt.content.startswith(b"%PDF-")
    assert receipt.content == client.get(receipt_url).content


@pytest.mark.django_db
def test_a_new_number_for_a_paid_bill_is_not_given(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    issued = builders.bill(firm, OCTOBER, now - timedelta(days=12))
    desk.pay(issued, now - timedelta(days=11))
    client = clerk(firm.id, now=now)
    assert client.post(address(firm, issued.bill_id, "reissue/")).status_code == 302
    assert "Lunas" in words(client.get(address(firm, issued.bill_id)))
    assert client.get(address(firm, issued.bill_id, "reissue/")).status_code == 405


@pytest.mark.django_db
def test_workers_are_listed_by_name_fifty_a_page_in_one_statement(now: datetime) -> None:
    firm = builders.firm(now=now, workers=53)
    issued = builders.bill(firm, OCTOBER, now)
    client = clerk(firm.id, now=now)
    with CaptureQueriesContext(connection) as statements:
        first = client.get(address(firm, issued.bill_id, "workers/"))
    lines = [statement for statement in statements if "contributions_billline" in statement["sql"]]
    assert len(lines) == 1
    assert first.content.decode().count("Rp954.000") == 50
    second = client.get(address(firm, issued.bill_id, "workers/?page=2")).content.decode()
    assert second.count("Rp954.000") == 3
    assert all(name in first.content.decode() + second for name in firm.told["name"])
    assert client.get(address(firm, issued.bill_id, "workers/?page=99")).content.decode().count("Rp954.000") == 3


@pytest.mark.django_db
def test_all_bills_are_listed_newest_first(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    client = clerk(firm.id, now=now)
    assert "Belum ada tagihan" in words(client.get(f"/employer/{firm.id}/bills/"))
    for period in (OCTOBER, NOVEMBER):
        builders.bill(firm, period, now)
    page = words(client.get(f"/employer/{firm.id}/bills/"))
    assert page.index("November 2026") < page.index("Oktober 2026")


@pytest.mark.django_db
@pytest.mark.parametrize("rest", ["", "workers/", "receipt/", "reissue/"])
def test_a_bill_of_another_firm_is_not_there_in_any_way(now: datetime, rest: str) -> None:
    mine, theirs = builders.firm(now=now, workers=1), builders.firm(now=now, workers=1)
    issued = builders.bill(theirs, OCTOBER, now - timedelta(days=12))
    desk.pay(issued, now - timedelta(days=11))
    client = clerk(mine.id, now=now)
    for owner in (mine, theirs):
        ask = client.post if rest == "reissue/" else client.get
        there, absent = ask(address(owner, issued.bill_id, rest)), ask(address(owner, 999_999_999, rest))
        assert there.status_code == absent.status_code == 404
