"""Sending a month's file: which month, which file, and what is refused at the door."""

import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lindung.uploads import queries as uploads
from tests import builders
from tests.channels.employer import desk
from tests.channels.employer.desk import NOVEMBER, OCTOBER, as_sent, clerk, words


@pytest.mark.django_db
def test_the_next_month_to_be_reported_is_offered_with_its_due_day(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    desk.pay(builders.bill(firm, OCTOBER, now - timedelta(days=12)), now - timedelta(days=11))
    page = words(clerk(firm.id, now=now).get(f"/employer/{firm.id}/wages/"))
    assert "Laporkan upah November 2026" in page
    assert "15 Desember 2026" in page


@pytest.mark.django_db
def test_only_months_without_a_bill_can_be_chosen(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=date(2026, 9, 1))
    builders.bill(firm, OCTOBER, now)
    client = clerk(firm.id, now=now)
    page = client.get(f"/employer/{firm.id}/wages/").content.decode()
    assert [month in page for month in ("2026-09", "2026-10", "2026-11", "2026-12")] == [True, False, True, False]
    assert "Laporkan upah September 2026" in words(client.get(f"/employer/{firm.id}/wages/?month=2026-09"))
    # A month that cannot be reported is not an error: the next one is offered.
    assert "Laporkan upah November 2026" in words(client.get(f"/employer/{firm.id}/wages/?month=2026-10"))


@pytest.mark.django_db
def test_when_every_month_is_billed_there_is_nothing_to_send(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=NOVEMBER)
    builders.bill(firm, NOVEMBER, now)
    client = clerk(firm.id, now=now)
    page = client.get(f"/employer/{firm.id}/wages/")
    assert "Semua bulan sudah dilaporkan" in words(page)
    assert 'type="file"' not in page.content.decode()
    assert client.post(f"/employer/{firm.id}/wages/", {"wages": as_sent(b"x")}).status_code == 200
    assert uploads.uploads_of(firm.id) == []


@pytest.mark.django_db
def test_a_file_is_taken_and_leads_to_its_own_page(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2, from_on=OCTOBER)
    client = clerk(firm.id, now=now)
    answer = client.post(
        f"/employer/{firm.id}/wages/?month=2026-11", {"wages": as_sent(desk.wage_file(firm), "gaji nov.csv")}
    )
    (sent,) = uploads.uploads_of(firm.id)
    assert (answer.status_code, answer["Location"]) == (302, f"/employer/{firm.id}/uploads/{sent.id}/")
    assert (sent.period, sent.file_name, sent.state) == (NOVEMBER, "gaji nov.csv", "received")
    assert "gaji nov.csv" in words(client.get(f"/employer/{firm.id}/wages/?month=2026-11"))


@pytest.mark.django_db
def test_the_same_file_again_leads_to_the_first_and_says_so(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=NOVEMBER)
    client = clerk(firm.id, now=now)
    answers = [client.post(f"/employer/{firm.id}/wages/", {"wages": as_sent(desk.wage_file(firm))}) for _ in range(2)]
    assert len(uploads.uploads_of(firm.id)) == 1
    assert answers[1]["Location"] == f"{answers[0]['Location']}?again=1"
    page = words(client.get(answers[1]["Location"]))
    assert "Berkas ini sudah kami terima" in page
    assert "21 November 2026, 09.30 WIB" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (None, "Pilih berkas upah November 2026."),
        (SimpleUploadedFile("upah.csv", b""), "Berkas upah kosong."),
        (SimpleUploadedFile("upah.xlsx", b"%PDF-1.7 x"), "sebagai .xlsx"),
        (SimpleUploadedFile("upah.pdf", b"%PDF-1.7 x"), "Excel (.xlsx)"),
    ],
    ids=["no file", "empty", "renamed", "another type"],
)
def test_a_file_that_cannot_be_taken_is_told_beside_its_field(
    now: datetime, sent: SimpleUploadedFile | None, said: str
) -> None:
    firm = builders.firm(now=now, workers=1, from_on=NOVEMBER)
    answer = clerk(firm.id, now=now).post(f"/employer/{firm.id}/wages/", {"wages": sent} if sent else {})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Galat: " in page
    assert said in words(answer)
    assert 'href="#id_wages"' in page
    assert uploads.uploads_of(firm.id) == []


@pytest.mark.django_db
def test_a_file_over_the_limit_is_told_by_its_size(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lindung.channels.shared.files.MOST_BYTES", 1000)
    firm = builders.firm(now=now, workers=1, from_on=NOVEMBER)
    answer = clerk(firm.id, now=now).post(f"/employer/{firm.id}/wages/", {"wages": as_sent(b"x;" * 600)})
    assert answer.status_code == 422
    assert "lebih besar dari 25 MB" in words(answer)
    assert uploads.uploads_of(firm.id) == []


@pytest.mark.django_db
def test_the_template_holds_this_firms_workers_and_last_months_wages(now: datetime) -> None:
    firm, other = builders.firm(now=now, workers=3), builders.firm(now=now, workers=2)
    builders.bill(firm, OCTOBER, now, wage_rupiah=5_250_000)
    client = clerk(firm.id, now=now)
    answer = client.get(f"/employer/{firm.id}/wages/template/?month=2026-11")
    assert f'filename="data_upah-{firm.npp}-2026-11.xlsx"' in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sheet.title == "data_upah"
    assert {row[head.index("KPJ")] for row in rows} == set(firm.people["kpj"])
    assert {row[head.index("UPAH")] for row in rows} == {"5250000"}
    assert client.get(f"/employer/{other.id}/wages/template/?month=2026-11").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("month", ["", "2026-12", "2023-12", "2026-1", "november"])
def test_there_is_no_template_for_a_month_that_is_none_of_the_firms(now: datetime, month: str) -> None:
    firm = builders.firm(now=now, workers=1)
    answer = clerk(firm.id, now=now).get(f"/employer/{firm.id}/wages/template/?month={month}")
    assert answer.status_code == 404
