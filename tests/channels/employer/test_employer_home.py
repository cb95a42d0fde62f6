"""The month as a list of tasks: what comes first, and for whom."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lindung.access.models import Grant
from lindung.access.trail import Actor
from lindung.partners.dukcapil.answers import Inactive, NotFound
from lindung.uploads import services as uploads
from tests import builders
from tests.channels.employer import desk, staff
from tests.channels.employer.desk import NOVEMBER, OCTOBER, clerk, words


@pytest.mark.django_db
def test_who_reports_for_one_firm_comes_straight_to_it(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    answer = clerk(firm.id, now=now).get("/employer/")
    assert answer["Location"] == f"/employer/{firm.id}/"


@pytest.mark.django_db
def test_who_reports_for_several_chooses_one_and_can_change(now: datetime) -> None:
    first, second = builders.firm(now=now, workers=1), builders.firm(now=now, workers=1)
    client = clerk(first.id, second.id, now=now)
    page = client.get("/employer/").content.decode()
    assert f'href="/employer/{first.id}/"' in page
    assert f'href="/employer/{second.id}/"' in page
    assert "Ganti perusahaan" in words(client.get(f"/employer/{first.id}/"))


@pytest.mark.django_db
def test_a_firm_that_has_done_everything_is_told_when_the_next_month_comes(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=date(2026, 11, 1))
    desk.pay(builders.bill(firm, NOVEMBER, now), now)
    page = words(clerk(firm.id, now=now).get(f"/employer/{firm.id}/"))
    assert "Semua bulan sudah beres" in page
    assert "1 Desember 2026" in page
    assert "Kuitansi tersedia" in page


@pytest.mark.django_db
def test_the_oldest_thing_that_is_due_comes_first(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=date(2026, 9, 1))
    builders.bill(firm, OCTOBER, now - timedelta(days=10))
    page = words(clerk(firm.id, now=now).get(f"/employer/{firm.id}/"))
    # October's bill ran out on the 16th; November is not due before December.
    assert "Tagihan Oktober 2026 lewat batas" in page
    assert "Bulan lain yang belum beres November 2026" in page


@pytest.mark.django_db
def test_a_month_passed_over_comes_before_everything_after_it(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=date(2026, 8, 1))
    for period in (date(2026, 8, 1), OCTOBER):
        desk.pay(builders.bill(firm, period, now - timedelta(days=12)), now - timedelta(days=12))
    client = clerk(firm.id, now=now)
    page = client.get(f"/employer/{firm.id}/")
    assert "Laporkan upah September 2026" in words(page)
    assert f'href="/employer/{firm.id}/wages/?month=2026-09"' in page.content.decode()
    report = f"/employer/{firm.id}/wages/?month=2026-"
    assert "Batas bayarnya 15 Oktober 2026, sudah lewat" in words(client.get(f"{report}09"))
    assert "paling lambat 15 Desember 2026" in words(client.get(f"{report}11"))


@pytest.mark.django_db
def test_another_month_can_be_looked_at_by_its_address(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=date(2026, 9, 1))
    builders.bill(firm, OCTOBER, now - timedelta(days=10))
    client = clerk(firm.id, now=now)
    assert "Iuran November 2026" in words(client.get(f"/employer/{firm.id}/?month=2026-11"))
    for impossible in ("2026-12", "2026-08", "2026-13", "x", "1999-01"):
        assert "Iuran Oktober 2026" in words(client.get(f"/employer/{firm.id}/?month={impossible}")), impossible


@pytest.mark.django_db
def test_each_state_of_a_file_is_told_in_the_list_of_tasks(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2, from_on=date(2026, 11, 1))
    client = clerk(firm.id, now=now)

    def steps() -> str:
        return words(client.get(f"/employer/{firm.id}/"))

    assert "Laporkan upah Mulai di sini" in steps()
    upload_id = desk.received(firm, desk.wage_file(firm), now)
    assert "Periksa dan setujui Sedang diperiksa" in steps()
    uploads.check_upload(upload_id=upload_id, now=now)
    assert "Periksa dan setujui Siap disetujui" in steps()
    uploads.confirm_upload(actor=desk.CLERK, upload_id=upload_id, now=now)
    assert "Periksa dan setujui Sedang dibukukan" in steps()
    uploads.book_upload(upload_id=upload_id, now=now)
    page = steps()
    assert "Laporkan upah upah.csv, 21 November 2026, 09.30 WIB Selesai" in page
    assert "Periksa dan setujui 21 November 2026, 09.30 WIB Selesai" in page
    assert "Bayar Rp1.908.000, paling lambat 15 Desember 2026 (17 hari kerja lagi) Menunggu bayar" in page


@pytest.mark.django_db
def test_the_month_says_who_did_what_and_how_many_working_days_are_left(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2, from_on=date(2026, 10, 1))
    builders.bill(firm, OCTOBER, now)
    client = clerk(firm.id, now=now)
    month = f"/employer/{firm.id}/?month=2026-11"

    def steps() -> str:
        return words(client.get(month))

    assert "Bayar paling lambat 15 Desember 2026: 17 hari kerja lagi." in steps()
    assert "Periksa siapa yang bekerja Tidak ada yang tertunda" in steps()
    table = f"/employer/{firm.id}/wages/table/?month=2026-11"
    client.post(table, {f"wage-{firm.people['person_id'][0]}": "11000000", "act": "count"})
    assert "Laporkan upah Isian tersimpan, Sari, 21 November 2026, 09.30 WIB Belum dikirim" in steps()
    upload = client.post(table, {"act": "send"})["Location"]
    assert "Laporkan upah Diisi di layar, Sari, 21 November 2026, 09.30 WIB Terkirim" in steps()
    client.post(f"{upload}confirm/")
    uploads.book_upload(upload_id=int(upload.split("/")[-2]), now=now)
    assert "Periksa dan setujui Sari, 21 November 2026, 09.30 WIB Selesai" in steps()


@pytest.mark.django_db
def test_nobody_but_the_firms_own_clerks_is_named_to_it(now: datetime) -> None:
    firm, other = builders.firm(now=now, workers=1, from_on=NOVEMBER), builders.firm(now=now, workers=1)
    client = clerk(firm.id, now=now)
    clerk(other.id, now=now)
    stranger = Actor("account", Grant.objects.get(role="firm_entry", scope_id=other.id).account_id)
    uploads.receive_typed(
        actor=stranger,
        employer_id=firm.id,
        kind="wage_report",
        period=NOVEMBER,
        texts={"kpj": firm.people["kpj"].to_list(), "wage": ["7000000"]},
        now=now,
    )
    page = words(client.get(f"/employer/{firm.id}/"))
    assert "Laporkan upah Diisi di layar, 21 November 2026, 09.30 WIB Terkirim" in page


@pytest.mark.django_db
def test_what_waits_about_workers_is_the_first_step_of_the_month(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2, from_on=date(2026, 11, 1))
    rows = [staff.proposal()]
    staff.answered(staff.proposed(firm, rows, now), now, {str(rows[0]["nik"]): NotFound(None)})
    page = words(clerk(firm.id, now=now).get(f"/employer/{firm.id}/"))
    assert "Periksa siapa yang bekerja Perbaiki pendaftaran pekerja 1 hal menunggu" in page


@pytest.mark.django_db
def test_a_file_with_faults_asks_for_mending_and_a_refused_one_for_another(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2, from_on=date(2026, 11, 1))
    client = clerk(firm.id, now=now)
    desk.checked(firm, desk.wage_file(firm, wage="0"), now)
    assert "2 perlu diperbaiki" in words(client.get(f"/employer/{firm.id}/"))
    desk.checked(firm, b"a;b\n1;2\n", now)
    page = words(client.get(f"/employer/{firm.id}/"))
    assert "Laporkan upah Mulai di sini" in page
    assert "Periksa dan setujui Perlu berkas lain" in page


@pytest.mark.django_db
def test_the_page_takes_the_same_few_statements_whatever_the_number_of_bills(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    client = clerk(firm.id, now=now)
    for month in range(1, 10):
        builders.bill(firm, date(2026, month, 1), now - timedelta(days=12))
    with CaptureQueriesContext(connection) as statements:
        client.get(f"/employer/{firm.id}/")
    # Four of the months, one of what is typed, three of the workers: how many, who seems gone, which files wait; one
    # of what waits for a second person, and one of what workers complain of.
    assert len(statements) <= 10, [statement["sql"][:90] for statement in statements]


@pytest.mark.django_db
def test_a_firm_of_somebody_else_is_not_there(now: datetime) -> None:
    mine, theirs = builders.firm(now=now, workers=1), builders.firm(now=now, workers=1)
    client = clerk(mine.id, now=now)
    assert client.get(f"/employer/{theirs.id}/").status_code == 404
    assert client.get("/employer/999999999/").status_code == 404
    assert client.get("/employer/99999999999999999999999/").status_code == 404


@pytest.mark.django_db
def test_what_is_to_be_done_about_workers_stands_among_the_tasks(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    client = clerk(firm.id, now=now)

    def tasks() -> str:
        return words(client.get(f"/employer/{firm.id}/"))

    assert "pekerja perlu" not in tasks()
    rows = [staff.proposal() for _ in range(3)]
    answers = {str(rows[0]["nik"]): NotFound(None), str(rows[1]["nik"]): Inactive(None)}
    staff.answered(staff.proposed(firm, rows[:2], now), now, answers)
    staff.proposed(firm, rows[2:], now)
    upload_id = staff.sent(firm, "exits", [staff.people.leaver(firm)], now)
    page = tasks()
    for said in (
        "Perbaiki pendaftaran pekerja 1 pekerja",
        "Ingatkan pekerja mengurus catatannya di Dukcapil 1 pekerja",
        "Menunggu jawaban Dukcapil 1 pekerja",
        "Berkas: Pekerja keluar pekerja.xlsx Siap disetujui",
    ):
        assert said in page, said
    client.post(f"/employer/{firm.id}/uploads/{upload_id}/cancel/")
    assert "Berkas: Pekerja keluar" not in tasks()


@pytest.mark.django_db
def test_an_exit_that_is_due_is_a_task_with_its_last_day(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_employment SET contract = 'PKWT', contract_until_on = %s WHERE id = %s",
            [date(2026, 11, 21), firm.people["employment_id"][0]],
        )
    page = words(clerk(firm.id, now=now).get(f"/employer/{firm.id}/"))
    # The last day was Friday the 20th; the seventh working day after it is Tuesday 1 December.
    assert "Laporkan keluar yang kontraknya berakhir Paling lambat 1 Desember 2026 1 pekerja" in page


@pytest.mark.django_db
def test_a_firm_without_workers_begins_with_them(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    assert "Daftarkan pekerja Mulai di sini" in words(clerk(firm.id, now=now).get(f"/employer/{firm.id}/"))
