"""A file of corrections: only what the firm may change, only of its own workers, only what is written."""

from datetime import date, datetime

import pytest

from lindung.contact.queries import address_book
from lindung.registry.models import Employment
from lindung.uploads import files_back, queries
from tests import builders
from tests.builders import Firm
from tests.uploads import files
from tests.uploads.files import Cell
from tests.uploads.people import correction
from tests.uploads.sending import NOVEMBER, book, faults, found, send, send_rows

pytestmark = pytest.mark.django_db
KIND = "corrections"


@pytest.fixture
def firm(now: datetime) -> Firm:
    return builders.firm(now=now, workers=3)


def test_what_is_written_is_changed_and_the_rest_stays(firm: Firm, now: datetime) -> None:
    rows = [
        correction(firm, 0, NOMOR_PEGAWAI="K-77"),
        correction(firm, 1, LOKASI_PEKERJAAN=None, HANDPHONE="0800-1111-2222", EMAIL="Baru@contoh.example"),
    ]
    upload = send_rows(firm, rows, now, KIND)
    assert (faults(firm, upload), upload.summary["changed"]) == ([], 2)
    assert [(row.kind, row.detail) for row in queries.preview(firm.id, upload.id).items] == [
        ("changed", "employee_no location"),
        ("changed", "phone email"),
    ]
    done = book(firm, upload, now)
    assert (done.state, done.summary["changed"], done.summary["left_to_worker"]) == ("booked", 2, 0)
    work = Employment.objects.get(employer_id=firm.id, person_id=firm.people["person_id"][0])
    assert (work.employee_no, work.location) == ("K-77", "Cabang Contoh")
    reached = address_book([firm.people["person_id"][1]])[firm.people["person_id"][1]]
    assert (reached.phone, reached.email) == ("+6280011112222", "Baru@contoh.example")


def test_what_cannot_be_is_named_with_its_cell(now: datetime) -> None:
    wrong: list[tuple[str, Cell, str, str]] = [
        ("HANDPHONE", "0812", "D", "phone_length"),
        ("EMAIL", "siti", "F", "email_unreadable"),
        ("ALAMAT_LENGKAP_DOMISILI", "x" * 301, "C", "too_long"),
        ("LOKASI_PEKERJAAN", "x" * 81, "E", "too_long"),
        ("NOMOR_PEGAWAI", "x" * 41, "B", "too_long"),
        ("KODE", "99999999999", "", "not_your_worker"),
        ("KODE", None, "", "no_identifier"),
    ]
    firm = builders.firm(now=now, workers=len(wrong))
    rows = [correction(firm, place, **{heading: value}) for place, (heading, value, _, _) in enumerate(wrong)]
    assert [(fault.row_no, fault.cell, fault.code) for fault in faults(firm, send_rows(firm, rows, now, KIND))] == [
        (row, f"{letter}{row}" if letter else "", code) for row, (_, _, letter, code) in enumerate(wrong, 2)
    ]


def test_the_code_may_be_the_firms_own_number(firm: Firm, now: datetime) -> None:
    upload = send_rows(firm, [correction(firm, KODE=firm.told["employee_no"][0])], now, KIND)
    assert (faults(firm, upload), upload.summary["workers"]) == ([], 1)


def test_another_firms_worker_and_nobody_get_the_same_answer(firm: Firm, now: datetime) -> None:
    other = builders.firm(now=now, workers=1)
    told = faults(firm, send_rows(firm, [correction(other), correction(firm, KODE="99999999999")], now, KIND))
    assert [fault.code for fault in told] == ["not_your_worker"] * 2
    assert told[0].reason == told[1].reason


def test_rows_that_change_nothing_are_told_and_passed_over(firm: Firm, now: datetime) -> None:
    rows = [correction(firm), correction(firm, 1, LOKASI_PEKERJAAN=None, NOMOR_PEGAWAI=firm.told["employee_no"][1])]
    upload = send_rows(firm, rows, now, KIND)
    assert [(fault.row_no, fault.code, fault.severity) for fault in faults(firm, upload)] == [
        (3, "nothing_changed", "note")
    ]
    assert upload.summary["workers"] == 1


def test_a_file_that_changes_nothing_at_all_is_refused(firm: Firm, now: datetime) -> None:
    upload = send_rows(firm, [correction(firm, LOKASI_PEKERJAAN=None)], now, KIND)
    assert (upload.state, upload.refusal) == ("refused", "nothing_to_change")


def test_a_bank_account_is_never_taken_from_a_firm(firm: Firm, now: datetime) -> None:
    upload = send_rows(firm, [correction(firm, NOMOR_REKENING="1234567890", NAMA_BANK="Bank Contoh")], now, KIND)
    (fault,) = faults(firm, upload)
    assert (fault.row_no, fault.code, fault.severity) == (0, "bank_not_taken", "warning")
    assert "1234567890" not in str(queries.preview(firm.id, upload.id))


def test_the_same_worker_twice_is_told(firm: Firm, now: datetime) -> None:
    told = found(firm, [correction(firm), correction(firm)], now, KIND)
    assert [code for _, code, _ in told] == ["same_worker", "same_worker"]


def test_the_form_sent_back_untouched_changes_nothing_and_filled_in_changes_that(firm: Firm, now: datetime) -> None:
    form = files_back.template(firm.id, kind=KIND, period=date(2026, 11, 1))
    upload = send(firm, form, now, name="koreksi.xlsx", period=NOVEMBER, kind=KIND)
    assert (upload.state, upload.refusal) == ("refused", "nothing_to_change")
    sheet = files.with_cells(form, {"E2": "Cabang Contoh"})
    upload = send(firm, sheet, now, name="koreksi.xlsx", period=NOVEMBER, kind=KIND)
    assert upload.summary["changes_location"] == 1
