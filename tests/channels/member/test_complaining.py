"""A member says that a month does not match, in one press where it is missing, and has the last word on the answer."""

import re
from datetime import date, datetime

import pytest
from django.test import Client

from lindung.lib import clock
from tests import builders
from tests.channels.test_routes import signed_in
from tests.compliance.complaining import answered, complained
from tests.contributions.money import bills, pay

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def door_clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


def member(firm: builders.Firm, now: datetime) -> Client:
    return signed_in("member", "member", int(firm.rows().person_id[0]), now)


def test_a_missing_month_is_complained_about_with_one_press_on_the_first_page(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=OCTOBER)
    client = member(firm, now)
    page = client.get("/member/").content.decode()
    assert "Adukan Oktober 2026" in page
    assert page.count("Iuran Oktober 2026 belum dibayar") == 1
    answer = client.post(f"/member/months/{firm.id}/2026-10/complain/", {"kind": "month_missing"}, follow=True)
    told = answer.content.decode()
    assert "Aduan Anda terkirim" in told
    assert re.search(r"AD-26-\d{6}", told)
    assert "1 Desember 2026" in told
    page = client.get("/member/").content.decode()
    assert "Adukan Oktober 2026" not in page
    assert "Aduan tentang Oktober 2026" in page
    # Pressed again from a page that was left open, it is the same complaint.
    again = client.post(f"/member/months/{firm.id}/2026-10/complain/", {"kind": "month_missing"}, follow=True)
    assert again.redirect_chain[0][0] == answer.redirect_chain[0][0].removesuffix("?new=1")


def test_a_wrong_wage_needs_the_right_one(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    builders.bill(firm, OCTOBER, now)
    client = member(firm, now)
    address = f"/member/months/{firm.id}/2026-10/complain/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"kind": "wage_wrong"}).status_code == 422
    assert client.post(address, {"kind": "wage_wrong", "wage": "10000000"}).status_code == 422
    assert client.post(address, {"kind": "wage_wrong", "wage": "12 juta", "words": "Slip."}).status_code == 302


def test_of_a_month_that_was_billed_and_never_paid_that_is_what_is_ticked(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    builders.bill(firm, OCTOBER, now)
    client = member(firm, now)
    ticked = re.findall(
        r'value="(\w+)"[^>]*checked', client.get(f"/member/months/{firm.id}/2026-10/complain/").content.decode()
    )
    assert ticked == ["month_missing"]
    # A wage that is told beside it is not passed over in silence.
    refused = client.post(
        f"/member/months/{firm.id}/2026-10/complain/", {"kind": "month_missing", "wage": "12 juta", "words": ""}
    )
    assert refused.status_code == 422
    assert "Pilih bahwa upahnya yang salah" in refused.content.decode()
    assert "belum lunas" in client.get(f"/member/months/{firm.id}/2026-10/").content.decode()


def test_of_a_missing_month_the_answer_says_that_it_is_paid(now: datetime) -> None:
    case = complained(now, kind="month_missing", said=None)
    (bill,) = bills(case.firm)
    pay(bill.customer_no, bill.due_rupiah, now)
    answered(case, now, "corrected", "")
    page = member(case.firm, now).get(f"/member/complaints/{case.id}/").content.decode()
    assert page.count("Sudah kami betulkan: iuran bulan itu sudah dibayar") == 2
    assert f"/member/months/{case.firm.id}/2026/10/" in page or f"/member/months/{case.firm.id}/2026-10/" in page


@pytest.mark.parametrize("month", ["2026-11", "2014-1", "2026-13"])
def test_what_is_not_missing_cannot_be_called_so(now: datetime, month: str) -> None:
    firm = builders.firm(now=now, workers=1, from_on=OCTOBER)
    answer = member(firm, now).post(f"/member/months/{firm.id}/{month}/complain/", {"kind": "month_missing"})
    assert answer.status_code in (404, 422)


def test_another_firms_month_and_another_members_complaint_are_not_there(now: datetime) -> None:
    case, other = complained(now), builders.firm(now=now, workers=1)
    client = member(other, now)
    assert client.get(f"/member/months/{case.firm.id}/2026-10/complain/").status_code == 404
    assert client.get(f"/member/complaints/{case.id}/").status_code == 404
    assert client.post(f"/member/complaints/{case.id}/", {"do": "withdraw"}).status_code == 404


@pytest.mark.parametrize(("do", "state"), [("accept", "settled"), ("object", "with_agency"), ("withdraw", "withdrawn")])
def test_the_member_has_the_last_word(now: datetime, do: str, state: str) -> None:
    case = complained(now)
    client, address = member(case.firm, now), f"/member/complaints/{case.id}/"
    if do != "withdraw":
        assert client.post(address, {"do": do}).status_code == 422
    answered(case, now)
    assert "Upah itu tanpa lembur." in client.get(address).content.decode()
    assert client.post(address, {"do": do, "words": "Belum."}).status_code == 302
    assert case.state == state
    assert client.post(address, {"do": do}).status_code == 422
    assert client.get("/member/complaints/").status_code == 200
