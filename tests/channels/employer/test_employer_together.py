"""Several bills paid with one number: chosen, stated month by month, asked for, paid, shown."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import builders
from tests.channels.employer.desk import clerk, words
from tests.contributions.money import bills, deposit, join, owed_by, pay

AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in (8, 9, 10))

pytestmark = pytest.mark.django_db


def _owing(now: datetime, months: Sequence[date] = (AUGUST, SEPTEMBER, OCTOBER)) -> builders.Firm:
    firm = builders.firm(now=now, workers=2)
    for month in months:
        builders.bill(firm, month, now)
    return firm


def _ask(client: Client, firm: builders.Firm, bill_ids: Sequence[int], shown: int) -> Any:
    return client.post(f"/employer/{firm.id}/bills/together/", {"bill": list(bill_ids), "shown": str(shown)})


def test_all_that_waits_is_ticked_oldest_first_with_todays_penalties_and_the_sum(now: datetime) -> None:
    firm = _owing(now)
    client = clerk(firm.id, now=now)
    assert "3 tagihan belum dibayar" in words(client.get(f"/employer/{firm.id}/bills/"))
    page = words(client.get(f"/employer/{firm.id}/bills/together/"))
    assert page.index("Agustus 2026") < page.index("September 2026") < page.index("Oktober 2026")
    assert "Agustus 2026 Rp2.022.480 Rp1.908.000 Rp114.480" in page
    assert "Yang dicentang Rp5.952.960 Rp5.724.000 Rp228.960" in page
    assert "Minta satu nomor untuk Rp5.952.960" in page
    assert "Nomornya berlaku sampai 15 Desember 2026" in page


def test_fewer_are_ticked_and_reckoned_again_before_anything_is_asked_for(now: datetime) -> None:
    firm = _owing(now)
    client = clerk(firm.id, now=now)
    august, _september, october = (bill.id for bill in bills(firm))
    looked = client.post(f"/employer/{firm.id}/bills/together/", {"bill": [august, october], "do": "look"})
    assert looked["Location"] == f"/employer/{firm.id}/bills/together/?bill={august}&bill={october}"
    page = words(client.get(looked["Location"]))
    assert "Dibayar sekaligus untuk 2 tagihan Rp3.968.640" in page
    assert not any(bill.joint for bill in bills(firm))
    asked = _ask(client, firm, [august, october], 3_968_640)
    assert asked.status_code == 302
    number = words(client.get(asked["Location"]))
    assert "Satu nomor untuk 2 tagihan" in number
    assert "Bayar tepat Rp3.968.640" in number
    assert [bill.joint for bill in bills(firm)] == [True, False, True]


WRONG: dict[str, tuple[slice, int, str]] = {
    "another sum": (slice(None), -1, "Jumlahnya berubah sejak Anda melihatnya"),
    "one bill": (slice(1), 7, "Centang paling sedikit dua tagihan"),
    "no bill": (slice(0), 0, "Centang paling sedikit dua tagihan"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_cannot_be_asked_for_says_why_and_changes_nothing(wrong: tuple[slice, int, str], now: datetime) -> None:
    which, off, said = wrong
    firm = _owing(now)
    chosen = bills(firm)[which]
    answer = _ask(clerk(firm.id, now=now), firm, [bill.id for bill in chosen], sum(b.due_rupiah for b in chosen) + off)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not any(bill.joint for bill in bills(firm))


def test_a_bill_paid_meanwhile_is_noticed(now: datetime) -> None:
    firm = _owing(now)
    chosen = bills(firm)
    pay(chosen[0].customer_no, chosen[0].due_rupiah, now)
    answer = _ask(clerk(firm.id, now=now), firm, [bill.id for bill in chosen], sum(b.due_rupiah for b in chosen))
    assert answer.status_code == 422
    assert "Jumlahnya berubah" in words(answer)
    assert "Minta satu nomor untuk Rp3.930.480" in words(answer)


def test_a_bill_of_it_leads_there_and_can_be_taken_out(now: datetime) -> None:
    firm = _owing(now)
    number = join(firm, now)
    client, bill = clerk(firm.id, now=now), bills(firm)[0]
    page = client.get(f"/employer/{firm.id}/bills/{bill.id}/")
    assert f"/employer/{firm.id}/bills/together/{number.customer_no}/" in page.content.decode()
    assert "Bayar ke nomor ini" not in words(page)
    client.post(f"/employer/{firm.id}/bills/{bill.id}/reissue/")
    assert "Bayar ke nomor ini" in words(client.get(f"/employer/{firm.id}/bills/{bill.id}/"))
    gone = words(client.get(f"/employer/{firm.id}/bills/together/{number.customer_no}/"))
    assert "Nomor ini tidak dipakai lagi" in gone


def test_it_can_be_given_up(now: datetime) -> None:
    firm = _owing(now)
    join(firm, now)
    client = clerk(firm.id, now=now)
    for _ in range(2):
        answer = client.post(f"/employer/{firm.id}/bills/together/separate/")
        assert answer["Location"] == f"/employer/{firm.id}/bills/"
    assert not any(bill.joint for bill in bills(firm))


def test_once_paid_one_receipt_lists_the_months(now: datetime) -> None:
    firm = _owing(now)
    number = join(firm, now)
    client, address = clerk(firm.id, now=now), f"/employer/{firm.id}/bills/together/{number.customer_no}/"
    receipt = pay(number.customer_no, number.amount_rupiah, now)
    page = words(client.get(address))
    assert "Lunas" in page
    assert receipt.receipt_number in page
    assert "Refresh" not in client.get(address)
    receipt_url = f"/employer/{firm.id}/receipts/{receipt.receipt_number}/"
    document: HttpResponse = client.get(receipt_url)
    assert document["Content-Type"] == "application/pdf"
    assert f"kuitansi-{receipt.receipt_number}.pdf" in document["Content-Disposition"]
    for shown in (address, f"/employer/{firm.id}/bills/{bills(firm)[0].id}/"):
        assert f'href="{receipt_url}"' in client.get(shown).content.decode()
    assert owed_by(firm) == 0


def test_a_bill_that_a_slip_paid_does_not_say_that_its_joint_number_did(now: datetime) -> None:
    early = now - timedelta(days=10)
    firm = _owing(early, (OCTOBER, date(2026, 11, 1)))
    number = join(firm, early)
    deposit(firm, bills(firm)[0].left_rupiah, early, meant_for=number.customer_no)
    page = words(clerk(firm.id, now=now).get(f"/employer/{firm.id}/bills/{bills(firm)[0].id}/"))
    assert "Unduh kuitansi" in page
    assert "Dibayar bersama tagihan lain" not in page


def test_another_firms_number_is_not_there(now: datetime) -> None:
    mine, theirs = _owing(now), _owing(now)
    number = join(theirs, now)
    client = clerk(mine.id, now=now)
    assert client.get(f"/employer/{mine.id}/bills/together/{number.customer_no}/").status_code == 404
