"""A file of workers who leave: whose they are, the day, the cause."""

from datetime import date, datetime

import pytest
from django.utils import translation

from lindung.registry.exit_causes import CAUSES
from lindung.registry.models import Employment
from lindung.uploads import queries, services
from lindung.uploads.faults.changes import CHANGE_FAULTS
from tests import builders
from tests.builders import Firm
from tests.uploads.files import Cell
from tests.uploads.people import leaver
from tests.uploads.sending import CLERK, book, faults, found, send_rows, view

pytestmark = pytest.mark.django_db
KIND = "exits"


@pytest.fixture
def firm(now: datetime) -> Firm:
    return builders.firm(now=now, workers=3)


def test_a_faultless_file_ends_the_work_on_its_day_by_its_cause(firm: Firm, now: datetime) -> None:
    upload = send_rows(firm, [leaver(firm), leaver(firm, 1, SEBAB_NA="A4 Usia pensiun")], now, KIND)
    assert (faults(firm, upload), upload.summary["causes"]) == ([], {"A1": 1, "A4": 1})
    first, _ = queries.preview(firm.id, upload.id).items
    assert (first.kind, first.kpj, first.on, first.detail) == ("exit", firm.people["kpj"][0], date(2026, 11, 20), "A1")
    done = book(firm, upload, now)
    assert (done.state, done.summary["ended"]) == ("booked", 2)
    work = Employment.objects.get(person_id=firm.people["person_id"][0], employer_id=firm.id)
    assert (work.until_on, work.ended_by, work.exit_reported_at) == (date(2026, 11, 21), "A1", now)


def test_every_cause_is_understood_by_its_code_and_by_its_words(now: datetime) -> None:
    with translation.override("id"):
        words = {cause.code: str(cause.text) for cause in CAUSES.values()}
    written = [text for code, text in words.items() for text in (code.lower(), f"{code} {text}", text.upper())]
    firm = builders.firm(now=now, workers=len(written))
    rows = [leaver(firm, place, SEBAB_NA=text, TGL_KEJADIAN="30-10-2026") for place, text in enumerate(written)]
    assert send_rows(firm, rows, now, KIND).summary["causes"] == dict.fromkeys(words, 3)


WRONG: list[tuple[str, Cell, str, str]] = [
    ("SEBAB_NA", None, "D", "cause_missing"),
    ("SEBAB_NA", "bosan", "D", "cause_unread"),
    ("SEBAB_NA", "A9", "D", "cause_unread"),
    ("SEBAB_NA", "meninggal dunia", "D", "death_this_month"),
    ("TGL_KEJADIAN", None, "E", "date_missing"),
    ("TGL_KEJADIAN", "31-09-2026", "E", "date_no_such_day"),
    ("TGL_KEJADIAN", "22-11-2026", "E", "exit_future"),
    ("TGL_KEJADIAN", "31-12-2023", "E", "exit_before_start"),
    ("KPJ", "99999999999", "", "not_your_worker"),
    ("KPJ", None, "", "no_identifier"),
]


def test_what_cannot_be_is_named_with_its_cell(now: datetime) -> None:
    firm = builders.firm(now=now, workers=len(WRONG))
    rows = [leaver(firm, place, **{heading: value}) for place, (heading, value, _, _) in enumerate(WRONG)]
    told = [fault for fault in faults(firm, send_rows(firm, rows, now, KIND)) if fault.severity == "error"]
    assert [(fault.row_no, fault.cell, fault.code) for fault in told] == [
        (row, f"{letter}{row}" if letter else "", code) for row, (_, _, letter, code) in enumerate(WRONG, 2)
    ]


def test_both_days_are_named_where_they_do_not_fit(firm: Firm, now: datetime) -> None:
    (fault,) = faults(firm, send_rows(firm, [leaver(firm, TGL_KEJADIAN="31-12-2023")], now, KIND))[-1:]
    assert fault.reason == "Keluar 31 Desember 2023, sebelum hari pertama kerja 1 Januari 2024."


def test_a_death_of_an_earlier_month_is_taken(firm: Firm, now: datetime) -> None:
    upload = send_rows(firm, [leaver(firm, SEBAB_NA="L5", TGL_KEJADIAN="31-10-2026")], now, KIND)
    assert upload.can_confirm
    assert book(firm, upload, now).summary["ended"] == 1


def test_who_left_already_is_told_with_his_last_day(firm: Firm, now: datetime) -> None:
    book(firm, send_rows(firm, [leaver(firm)], now, KIND), now)
    (fault,) = faults(firm, send_rows(firm, [leaver(firm, SEBAB_NA="A4")], now, KIND))
    assert (fault.code, fault.reason) == ("already_left", "Sudah dilaporkan keluar, hari terakhirnya 20 November 2026.")


def test_the_same_worker_twice_and_another_name_are_told(firm: Firm, now: datetime) -> None:
    rows = [leaver(firm), leaver(firm), leaver(firm, 1, NAMA_LENGKAP="Orang Lain")]
    assert [(cell, code) for cell, code, _ in found(firm, rows, now, KIND)] == [
        ("", "same_worker"), ("", "same_worker"), ("B4", "name_differs"),
    ]  # fmt: skip


def test_months_billed_after_the_last_day_are_asked_about(firm: Firm, now: datetime) -> None:
    builders.bill(firm, date(2026, 10, 1), now)
    rows = [leaver(firm, TGL_KEJADIAN="30-09-2026"), leaver(firm, 1, TGL_KEJADIAN="01-10-2026")]
    told = [fault for fault in faults(firm, send_rows(firm, rows, now, KIND)) if fault.severity == "warning"]
    assert [(fault.cell, fault.code) for fault in told] == [("E2", "billed_after")]
    assert "Oktober 2026" in told[0].reason


def test_late_reports_are_counted_by_working_days(firm: Firm, now: datetime) -> None:
    """From 11 November on (a Wednesday) seven working days end on Friday the 20th, and today is the 21st."""
    rows = [leaver(firm, TGL_KEJADIAN="11-11-2026"), leaver(firm, 1, TGL_KEJADIAN="12-11-2026")]
    (fault,) = faults(firm, send_rows(firm, rows, now, KIND))
    assert (fault.code, fault.severity, fault.reason[:9]) == ("reported_late", "note", "1 pekerja")


def test_a_file_with_an_error_ends_nobodys_work(firm: Firm, now: datetime) -> None:
    upload = send_rows(firm, [leaver(firm), leaver(firm, 1, SEBAB_NA=None)], now, KIND)
    assert (upload.can_confirm, upload.can_confirm_part) == (False, False)
    with pytest.raises(services.CannotConfirm):
        services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now, partial=True)


def test_work_that_ended_since_the_check_sends_the_file_back(firm: Firm, now: datetime) -> None:
    first = send_rows(firm, [leaver(firm), leaver(firm, 1)], now, KIND)
    second = send_rows(firm, [leaver(firm)], now, KIND)
    for upload in (first, second):
        services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now)
    services.book_upload(upload_id=second.id, now=now)
    services.book_upload(upload_id=first.id, now=now)
    assert view(firm, first.id).state == "received"
    assert Employment.objects.filter(employer_id=firm.id, until_on=None).count() == 2


def test_every_fault_of_exits_and_corrections_is_tried_somewhere() -> None:
    here = {code for _, _, _, code in WRONG} | {"already_left", "billed_after", "reported_late"}
    assert set(CHANGE_FAULTS) - here == {"nothing_changed", "bank_not_taken"}
