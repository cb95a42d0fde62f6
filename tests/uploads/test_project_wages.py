"""A list of a project's wages as a file: who works on it, what the month comes to, what is wrong in it."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from lindung.contributions.wage_lists import listed_rows
from lindung.uploads import files_back, own_headings, queries, services
from lindung.uploads.limits import Refused
from lindung.uploads.queries import UploadView
from tests import builders
from tests.builders import Firm
from tests.contributions.listed_projects import (
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    list_month,
    listed_project,
    project_of,
    wage_rows,
)
from tests.contributions.money import credit, pay
from tests.contributions.self_payers import project
from tests.contributions.test_projects import bill_stage
from tests.nation.checks import broken_invariants
from tests.uploads import files
from tests.uploads.files import Row
from tests.uploads.sending import CLERK, book, faults, send

pytestmark = pytest.mark.django_db
KIND = "project_wages"
HEADINGS = ("NAMA_LENGKAP", "NIK", "UPAH", "UPAH_HARIAN", "BLTH", "NOMOR_PROYEK", "NPP")
SITI, BUDI = "9901014203900001", "9901010506880002"


@pytest.fixture
def firm(now: datetime) -> Firm:
    return builders.firm(now=now, workers=1)


def row(name: str = "Siti Contoh", nik: str | None = None, wage: object = 3_000_000, **told: object) -> Row:
    return {"NAMA_LENGKAP": name, "NIK": nik, "UPAH": wage, **told}  # type: ignore[dict-item]  # cells


def send_list(firm: Firm, project_id: int, rows: list[Row], now: datetime, period: date = OCTOBER) -> UploadView:
    content = files.csv_file(files.grid(rows, HEADINGS))
    return send(firm, content, now, name="proyek.csv", period=period, kind=KIND, project_id=project_id)


def test_a_list_is_looked_at_agreed_to_and_asked_for(firm: Firm, now: datetime) -> None:
    project_id = listed_project(firm.id, now)
    rows = [
        row(
            "Siti Contoh",
            SITI,
            "3.000.000,00",
            BLTH="10/2026",
            NOMOR_PROYEK=project_of(firm, project_id).project.number,
        ),
        row("Budi Contoh", BUDI, None, UPAH_HARIAN="400.000,00", NPP=firm.npp),
        row("Joko Contoh", None, "6 jt"),
    ]
    upload = send_list(firm, project_id, rows, now)
    assert [(fault.cell, fault.code) for fault in faults(firm, upload)] == [("B4", "no_nik")]
    told = upload.summary
    assert (told["workers"], told["wage_rupiah"], told["amount_rupiah"]) == (3, 19_000_000, 387_600)
    assert (told["to_pay_rupiah"], told["credit_rupiah"], told["without_nik"], told["joined"]) == (387_600, 0, 1, 3)
    assert project_of(firm, project_id).lists == ()
    shown = queries.preview(firm.id, upload.id).items
    assert [(one.name, one.employee_no, one.wage_rupiah) for one in shown] == [
        ("Siti Contoh", "0001", 3_000_000),
        ("Budi Contoh", "0002", 10_000_000),
        ("Joko Contoh", "", 6_000_000),
    ]
    done = book(firm, upload, now)
    assert (done.state, done.summary["listed"]) == ("booked", 3)
    (listed,) = project_of(firm, project_id).lists
    assert (listed.upload_id, listed.amount_rupiah) == (upload.id, 387_600)
    services.book_upload(upload_id=upload.id, now=now)
    assert len(project_of(firm, project_id).lists) == 1
    assert broken_invariants() == []


def test_everything_that_is_wrong_is_named_at_once_with_its_cell(firm: Firm, now: datetime) -> None:
    wrong: list[tuple[Row, str, str]] = [
        (row(""), "A", "name_missing"),
        (row("Siti <Contoh>"), "A", "name_signs"),
        (row("Satu Contoh", "12345"), "B", "nik_length"),
        (row("Dua Contoh", "9999999999999999"), "B", "nik_example"),
        (row("Tiga Contoh", SITI, None), "C", "wage_missing"),
        (row("Empat Contoh", BUDI, "4.500"), "C", "wage_ambiguous"),
        (row("Lima Contoh", None, None, UPAH_HARIAN="0"), "D", "wage_zero"),
        (row("Enam Contoh", None, None, UPAH_HARIAN="900000000000"), "D", "wage_too_large"),
        (row("Tujuh Contoh", None, 1_000_000, UPAH_HARIAN="100000"), "C", "wage_and_day_wage"),
        (row("Delapan Contoh", BLTH="09/2026"), "E", "other_month"),
        (row("Sembilan Contoh", NOMOR_PROYEK="JK202600000000"), "F", "other_project"),
        (row("Sepuluh Contoh", NPP="AB000000000"), "G", "other_npp"),
    ]
    project_id = listed_project(firm.id, now)
    upload = send_list(firm, project_id, [told for told, _, _ in wrong], now)
    found = [(fault.cell, fault.code) for fault in faults(firm, upload) if fault.severity == "error"]
    assert found == [(f"{letter}{place}", code) for place, (_, letter, code) in enumerate(wrong, 2)]
    assert not upload.can_confirm
    assert not upload.can_confirm_part
    with pytest.raises(services.CannotConfirm):
        services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now)
    back = files_back.annotated_file(firm.id, upload.id)
    assert back is not None


def test_one_nik_stands_once_and_one_name_twice_is_asked_about_where_no_nik_tells_them_apart(
    firm: Firm, now: datetime
) -> None:
    project_id = listed_project(firm.id, now)
    rows = [row(nik=SITI), row("Siti C", SITI), row("Joko Contoh"), row("JOKO  contoh"), row("Ani", BUDI), row("Ani")]
    upload = send_list(firm, project_id, rows, now)
    assert [(fault.cell, fault.code) for fault in faults(firm, upload) if fault.code != "no_nik"] == [
        ("B2", "same_nik"),
        ("B3", "same_nik"),
        ("A4", "same_name_no_nik"),
        ("A5", "same_name_no_nik"),
        ("A7", "same_name_no_nik"),
    ]


def test_a_nik_is_told_once_and_remembered_by_the_name(firm: Firm, now: datetime) -> None:
    project_id = listed_project(firm.id, now)
    list_month(firm, project_id, SEPTEMBER, wage_rows(3_000_000, 4_000_000, 5_000_000, niks=(SITI, BUDI)), now)
    rows = [
        row("pekerja a contoh", wage=3_000_000),
        row("Pekerja B Contoh", BUDI, 2_000_000),
        row("Pekerja I Contoh", wage=50_000_000),
    ]
    upload = send_list(firm, project_id, rows, now)
    assert [(fault.cell, fault.code) for fault in faults(firm, upload)] == [
        ("B2", "nik_remembered"),
        ("C3", "right_wage_falls"),
        ("B4", "no_nik"),
    ]
    told = upload.summary
    assert {name: told[name] for name in ("joined", "raised", "lowered", "unchanged", "gone", "before")} == {
        "joined": 1,
        "raised": 0,
        "lowered": 1,
        "unchanged": 1,
        "gone": 1,
        "before": "2026-09-01",
    }
    book(firm, upload, now)
    listed = project_of(firm, project_id).month(OCTOBER).list
    assert listed is not None
    assert listed_rows(listed.pk)["nik"].to_list() == [SITI, BUDI, None]
    assert broken_invariants() == []


def test_a_list_that_was_paid_is_put_right_by_another_file(firm: Firm, now: datetime) -> None:
    project_id = listed_project(firm.id, now)
    list_month(firm, project_id, OCTOBER, wage_rows(10_000_000), now)
    order = bill_stage(firm.id, project_id, 1, now)
    upload = send_list(firm, project_id, [row("Pekerja A Contoh")], now)
    assert (upload.summary["to_pay_rupiah"], upload.summary["credit_rupiah"]) == (61_200, 0)
    services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now)
    # It is paid between the yes and the booking: what was agreed to holds no more, and it is asked again.
    pay(order.customer_no, order.amount_rupiah, now)
    services.book_upload(upload_id=upload.id, now=now)
    assert credit(firm) == 0
    services.check_upload(upload_id=upload.id, now=now)
    again = queries.upload(firm.id, upload.id)
    assert again is not None
    assert (again.state, again.summary["to_pay_rupiah"], again.summary["credit_rupiah"]) == ("checked", 0, 142_800)
    book(firm, again, now)
    assert credit(firm) == 142_800
    with pytest.raises(services.AlreadyUploaded):
        send_list(firm, project_id, [row("Pekerja A Contoh")], now)
    same = send_list(firm, project_id, [row("Pekerja A Contoh", wage="3 juta")], now)
    assert (same.state, same.refusal) == ("refused", "nothing_to_change")
    assert broken_invariants() == []


def test_files_of_two_projects_do_not_take_each_others_place(firm: Firm, now: datetime) -> None:
    one, other = listed_project(firm.id, now), listed_project(firm.id, now, name="Jembatan Contoh")
    first, second = (send_list(firm, project_id, [row()], now) for project_id in (one, other))
    assert [queries.upload(firm.id, sent.id).state for sent in (first, second)] == ["checked"] * 2  # type: ignore[union-attr]  # sent
    later = send_list(firm, one, [row(wage=4_000_000)], now)
    found = queries.upload(firm.id, first.id)
    assert found is not None
    assert (found.state, found.summary["replaced_by"]) == ("replaced", later.id)
    services.cancel_upload(actor=CLERK, upload_id=later.id, now=now)
    assert book(firm, first, now).state == book(firm, second, now).state == "booked"


@pytest.mark.parametrize("period", [date(2026, 8, 1), date(2026, 12, 1), date(2027, 7, 1)])
def test_a_month_that_is_none_of_the_project_is_refused_at_once(firm: Firm, now: datetime, period: date) -> None:
    project_id = listed_project(firm.id, now)
    with pytest.raises(Refused, match="month_not_of_project"):
        send_list(firm, project_id, [row()], now, period)


def test_a_project_that_pays_by_its_value_or_is_another_firms_takes_no_list(firm: Firm, now: datetime) -> None:
    other = builders.firm(now=now, workers=1)
    for project_id in (project(firm.id, now), listed_project(other.id, now)):
        with pytest.raises(Refused, match="month_not_of_project"):
            send_list(firm, project_id, [row()], now)


def test_the_form_comes_with_the_people_of_the_last_list_and_without_their_niks(firm: Firm, now: datetime) -> None:
    project_id = listed_project(firm.id, now)
    list_month(firm, project_id, OCTOBER, wage_rows(3_000_000, 4_000_000, niks=(SITI,)), now)
    content = files_back.template(firm.id, kind=KIND, period=NOVEMBER, project_id=project_id)
    page = openpyxl.load_workbook(io.BytesIO(content))["upah_proyek"]
    number = project_of(firm, project_id).project.number
    assert [[cell.value for cell in line] for line in page.iter_rows()] == [
        ["NOMOR_PROYEK", "BLTH", "NAMA_LENGKAP", "NIK", "UPAH", "UPAH_HARIAN"],
        [number, "11/2026", "Pekerja A Contoh", None, "3000000", None],
        [number, "11/2026", "Pekerja B Contoh", None, "4000000", None],
    ]
    upload = send(firm, content, now, name="a.xlsx", period=NOVEMBER, kind=KIND, project_id=project_id)
    assert (upload.summary["errors"], upload.summary["unchanged"], upload.summary["without_nik"]) == (0, 2, 1)
    book(firm, upload, now)
    listed = project_of(firm, project_id).month(NOVEMBER).list
    assert listed is not None
    assert listed_rows(listed.pk)["nik"].to_list() == [SITI, None]


def test_columns_by_other_names_are_told_once(firm: Firm, now: datetime) -> None:
    project_id = listed_project(firm.id, now)
    content = files.csv_file([["Tukang", "Bayaran"], ["Siti Contoh", "3000000"]])
    refused = send(firm, content, now, name="a.csv", period=OCTOBER, kind=KIND, project_id=project_id)
    assert refused.refusal == "no_headings"
    own_headings.keep_headings(
        actor=CLERK, employer_id=firm.id, kind=KIND, headings={"name": "Tukang", "wage": "Bayaran"}, now=now
    )
    again = services.receive_again(actor=CLERK, upload_id=refused.id, now=now)
    services.check_upload(upload_id=again.id, now=now)
    found = queries.upload(firm.id, again.id)
    assert found is not None
    assert (found.project_id, found.summary["amount_rupiah"]) == (project_id, 61_200)
