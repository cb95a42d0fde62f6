"""The firm answers its workers, each by a day, and sees two years of its own at a glance."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from lindung.compliance.queries import complaints_at_agency, complaints_of_firm
from lindung.compliance.services import object_to_answer, order_correction
from lindung.lib import clock
from tests import builders
from tests.channels.test_routes import signed_in
from tests.compliance.complaining import MEMBER, OFFICER, Case, answered, complained, left, wage_becomes
from tests.contributions.money import pay

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


def desk(case: Case, now: datetime) -> tuple[Client, str]:
    return signed_in("employer", "hr", case.firm.id, now), f"/employer/{case.firm.id}/complaints/{case.id}/"


def test_the_first_page_says_how_many_wait_and_until_when(now: datetime) -> None:
    case = complained(now)
    client, _ = desk(case, now)
    page = client.get(f"/employer/{case.firm.id}/").content.decode()
    assert "Jawab 1 aduan" in page
    assert "1 Desember 2026" in page


def test_a_wage_is_put_right_and_answered_with_one_press(now: datetime) -> None:
    case = complained(now)
    client, address = desk(case, now)
    assert "sudah kami betulkan" not in client.get(address).content.decode()
    assert client.post(address, {"do": "corrected"}).status_code == 422
    wage_becomes(case, 12_000_000, now)
    assert "Jawab: sudah kami betulkan" in client.get(address).content.decode()
    assert client.post(address, {"do": "corrected"}).status_code == 302
    assert case.state == "answered"
    assert client.post(address, {"do": "corrected"}).status_code == 422


def test_who_puts_the_wage_right_comes_back_to_the_complaint_that_waits(now: datetime) -> None:
    case = complained(now)
    client, address = desk(case, now)
    (waiting,) = complaints_of_firm(employer_id=case.firm.id)
    wage = f"/employer/{case.firm.id}/workers/{waiting.employment_id}/wage/2026/10/"
    shown = client.post(wage, {"wage": "12000000"})
    told = {"wage": "12000000", "agreed": shown.context["agreed"].data["agreed"]}
    assert client.post(wage, told)["Location"] == address


def test_what_an_officer_decided_is_to_be_put_right_and_not_argued_about_first(now: datetime) -> None:
    case = complained(now)
    answered(case, now)
    object_to_answer(actor=MEMBER, person_id=case.person_id, complaint_id=case.id, words="Belum.", now=now)
    order_correction(actor=OFFICER, complaint_id=case.id, words="Slip sudah kami lihat.", now=now)
    client, address = desk(case, now)
    page = client.get(address).content.decode()
    assert "Anda harus membetulkan" in page
    assert page.index("Betulkan seperti keputusan petugas") < page.index("Tidak dapat dibetulkan? Jelaskan")
    assert "Pekerja benar?" not in page
    (row,) = complaints_at_agency(owner="firm", officer_id=OFFICER.id)
    assert row.id == case.id


def test_an_explanation_is_asked_for_its_words(now: datetime) -> None:
    case = complained(now)
    client, address = desk(case, now)
    assert client.post(address, {"answer": "explained"}).status_code == 422
    assert client.post(address, {"answer": "x", "words": "Begitu."}).status_code == 422
    assert client.post(address, {"answer": "explained", "words": "Begitu."}).status_code == 302
    assert "Begitu." in client.get(address).content.decode()


def test_an_exit_is_reported_on_the_firms_own_page_and_answered_or_objected_to_in_words(now: datetime) -> None:
    case, other = left(now), left(now)
    client, address = desk(case, now)
    page = client.get(address).content.decode()
    for words in ("mengatakan sudah berhenti", "15 Oktober 2026", "Kontrak kerja (PKWT) berakhir", "Kantornya tutup."):
        assert words in page, words
    report = f"/employer/{case.firm.id}/workers/exits/?worker={case.view.row.employment_id}"
    assert report in page
    assert client.post(address, {"do": "reported"}).status_code == 422
    assert client.post(address, {"answer": "explained", "words": "Begitu."}).status_code == 422
    day = f"last-{case.view.row.employment_id}"
    told = {f"{day}_0": "9", f"{day}_1": "10", f"{day}_2": "2026", "cause": "A1", "sure": "on"}
    assert client.post(report, told).status_code == 302
    assert "Jawab: sudah kami laporkan keluar" in client.get(address).content.decode()
    assert client.post(address, {"do": "reported"}).status_code == 302
    assert "hari terakhir 9 Oktober 2026" in client.get(address).content.decode()
    client, address = desk(other, now)
    assert client.post(address, {"answer": "still_here", "words": ""}).status_code == 422
    assert client.post(address, {"answer": "still_here", "words": "Ia hadir kemarin."}).status_code == 302
    assert (case.state, other.state) == ("answered", "answered")


def test_words_are_shown_as_they_were_written_and_never_as_markup(now: datetime) -> None:
    case = complained(now, words="<b>tebal</b>")
    client, address = desk(case, now)
    assert "&lt;b&gt;tebal&lt;/b&gt;" in client.get(address).content.decode()


def test_the_overview_counts_what_is_owed_paid_and_late(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3, from_on=date(2026, 7, 1))
    paid = builders.bill(firm, date(2026, 8, 1), now - timedelta(days=80))
    pay(paid.customer_no, paid.amount_rupiah, now - timedelta(days=79))
    builders.bill(firm, date(2026, 9, 1), now - timedelta(days=45), 8_000_000)
    page = signed_in("employer", "hr", firm.id, now).get(f"/employer/{firm.id}/overview/").content.decode()
    assert "Juli 2026, Oktober 2026" in page  # due and not reported
    # Of 3 x 8,000,000 a penalty for two started months.
    assert "PP 44/2015 Pasal 22" in page


def test_the_differences_of_a_month_name_who_came_left_and_earns_more(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2, from_on=date(2026, 7, 1))
    builders.bill(firm, date(2026, 9, 1), now - timedelta(days=45))
    builders.bill(firm, OCTOBER, now - timedelta(days=10), 11_000_000)
    client = signed_in("employer", "hr", firm.id, now)
    address = f"/employer/{firm.id}/overview/2026-10/"
    page = client.get(address).content.decode()
    for name in firm.told["name"]:
        assert name in page
    assert "Upah naik" in page
    assert firm.told["name"][0] not in client.get(f"{address}?how=down").content.decode()
    joined = client.get(f"/employer/{firm.id}/overview/2026-9/?how=joined&page=1").content.decode()
    assert firm.told["name"][0] in joined
    for wrong in ("page=x", "page=0", "page=99999999999", "how=x"):
        assert client.get(f"{address}?{wrong}").status_code == 200


@pytest.mark.parametrize(("day", "said"), [(6, ""), (9, "Kalau lewat"), (17, "Denda")])
def test_the_first_page_reminds_from_the_first_step_on(
    now: datetime, monkeypatch: pytest.MonkeyPatch, day: int, said: str
) -> None:
    firm = builders.firm(now=now, workers=2, from_on=OCTOBER)
    issued = builders.bill(firm, OCTOBER, now.replace(day=5))
    client = signed_in("employer", "hr", firm.id, now)
    monkeypatch.setattr(clock, "now", lambda: now.replace(day=day))
    page = client.get(f"/employer/{firm.id}/").content.decode()
    assert ("Yang harus dibayar" in page) is bool(said)
    assert said in page
    if day == 9:
        assert issued.customer_no[:4] in page
    if day >= 9:
        assert "PP 44/2015 Pasal 22" in page


def test_every_months_penalty_adds_up_to_what_is_asked_today(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2, from_on=date(2026, 8, 1))
    for month, days in ((8, 80), (9, 45)):
        builders.bill(firm, date(2026, month, 1), now - timedelta(days=days))
    page = signed_in("employer", "hr", firm.id, now).get(f"/employer/{firm.id}/overview/").content.decode()
    # 1,908,000 each: August three started months late, September two.
    for amount in ("Rp114.480", "Rp76.320", "Rp190.800"):
        assert amount in page, amount
