"""A file of new workers: everything that can be wrong with it, cell by cell, and what is told of whom we know."""

from datetime import date, datetime

import polars as pl
import pytest

from lindung.access.trail import SYSTEM
from lindung.registry import services as registry
from lindung.registry.models import Enrolment
from lindung.uploads import queries, services
from lindung.uploads.faults import FAULTS
from lindung.uploads.faults.new_workers import NEW_WORKER_FAULTS
from lindung.uploads.faults.niks import NIK_FAULTS
from lindung.uploads.faults.people import PEOPLE_FAULTS
from lindung.uploads.limits import Refused
from lindung.uploads.queries import FaultView
from tests import builders
from tests.builders import Firm
from tests.uploads import files, people
from tests.uploads.files import Cell, Row
from tests.uploads.people import changed, new_worker, new_workers
from tests.uploads.sending import NOVEMBER, book, faults, found, receive, send, send_rows, worker_csv

pytestmark = pytest.mark.django_db
LETTER = {
    heading: chr(65 + place) if place < 26 else f"A{chr(39 + place)}"
    for place, heading in enumerate(people.NEW_WORKERS)
}


@pytest.fixture
def firm(now: datetime) -> Firm:
    return builders.firm(now=now, workers=2)


def errors(firm: Firm, rows: list[Row], now: datetime) -> list[FaultView]:
    return [fault for fault in faults(firm, send_rows(firm, rows, now)) if fault.severity == "error"]


def test_a_faultless_file_tells_who_will_be_new(firm: Firm, now: datetime) -> None:
    rows = new_workers(3)
    upload = send_rows(firm, rows, now)
    assert (upload.state, upload.can_confirm, upload.can_confirm_part) == ("checked", True, False)
    assert faults(firm, upload) == []
    assert [upload.summary[name] for name in ("rows", "workers", "new", "known", "again")] == [3, 3, 3, 0, 0]
    page = queries.preview(firm.id, upload.id)
    assert [(row.kind, row.name, row.on, row.wage_rupiah, row.kpj) for row in page.items] == [
        ("new", row["NAMA_LENGKAP"], date(2026, 11, 2), 5_000_000, "") for row in rows
    ]
    assert queries.differences(firm.id, upload.id).total == 0


# Heading of the cell, what is written in it, what is found there. One test per family of B-001 to B-072.
WRONG: list[tuple[str, Cell, str]] = [
    ("NOMOR_IDENTITAS", None, "nik_missing"),
    ("NOMOR_IDENTITAS", "9.91E+15", "nik_retype"),
    ("NOMOR_IDENTITAS", "991001420390001", "nik_length"),
    ("NOMOR_IDENTITAS", "99100142039O0001", "nik_letters"),
    ("NOMOR_IDENTITAS", "belum punya", "nik_not_number"),
    ("NOMOR_IDENTITAS", "90012345678", "nik_is_kpj"),
    ("NOMOR_IDENTITAS", "1111111111111111", "nik_example"),
    ("NOMOR_IDENTITAS", "9910014203900000", "nik_unknown"),
    ("NOMOR_IDENTITAS", "2010014203900001", "nik_province"),
    ("NOMOR_IDENTITAS", "9910017203900001", "nik_day"),
    ("NOMOR_IDENTITAS", "9910014213900001", "nik_month"),
    ("NOMOR_IDENTITAS", "A1234567", "passport"),
    ("NAMA_LENGKAP", None, "name_missing"),
    ("NAMA_LENGKAP", "-", "name_empty"),
    ("NAMA_LENGKAP", "Siti 😀", "name_emoji"),
    ("NAMA_LENGKAP", "АNI", "name_foreign_letter"),
    ("NAMA_LENGKAP", "<b>Siti</b>", "name_signs"),
    ("NAMA_LENGKAP", "x" * 201, "name_long"),
    ("NAMA_IBU_KANDUNG", "Ibu 😀", "name_emoji"),
    ("TANGGAL_LAHIR", None, "date_missing"),
    ("TANGGAL_LAHIR", "entah", "date_unreadable"),
    ("TANGGAL_LAHIR", "31/02/1990", "date_no_such_day"),
    ("TANGGAL_LAHIR", "02-03-1445", "date_other_calendar"),
    ("TANGGAL_LAHIR", "00-00-1955", "date_incomplete"),
    ("TANGGAL_LAHIR", "02-03-2027", "birth_future"),
    ("TANGGAL_LAHIR", "02-03-2018", "child"),
    ("TGL_AWAL_BEKERJA", None, "date_missing"),
    ("TGL_AWAL_BEKERJA", "31-04-2026", "date_no_such_day"),
    ("TGL_AWAL_BEKERJA", "01-02-2027", "starts_far_ahead"),
    ("JENIS_KELAMIN", None, "sex_missing"),
    ("JENIS_KELAMIN", "X", "sex_unread"),
    ("STATUS_KAWIN", None, "married_missing"),
    ("STATUS_KAWIN", "rahasia", "married_unread"),
    ("STATUS_PEGAWAI", None, "contract_missing"),
    ("STATUS_PEGAWAI", "magang", "contract_unread"),
    ("UPAH", None, "wage_missing"),
    ("UPAH", "4.500", "wage_ambiguous"),
    ("UPAH", 0, "wage_zero"),
    ("HP", "0812", "phone_length"),
    ("HP", "0868123456789", "phone_not_mobile"),
    ("HP", "0812345678/0813456789", "phone_two"),
    ("HP", "tidak ada", "phone_unreadable"),
    ("EMAIL", "siti", "email_unreadable"),
    ("EMAIL", "a@contoh.example b@contoh.example", "email_two"),
    ("NO_PEGAWAI", "x" * 41, "too_long"),
    ("LOKASI_PEKERJAAN", "x" * 81, "too_long"),
    ("ALAMAT", "x" * 301, "too_long"),
]


def test_what_cannot_be_is_named_with_its_cell(firm: Firm, now: datetime) -> None:
    """One file with a row for each: every row has its one fault, and none spoils another's."""
    rows = [new_worker(**{heading: value}) for heading, value, _ in WRONG]
    told = [(fault.cell, fault.code) for fault in errors(firm, rows, now)]
    assert told == [(f"{LETTER[heading]}{row}", code) for row, (heading, _, code) in enumerate(WRONG, 2)]


STRANGE: list[tuple[str, Cell, str]] = [
    ("NOMOR_IDENTITAS", "9910017102900001", "nik_day_rare"),
    ("NOMOR_IDENTITAS", "9900014203900001", "nik_district"),
    ("NOMOR_IDENTITAS", "9910010203900001", "nik_sex_differs"),
    ("NOMOR_IDENTITAS", "9910014303900001", "nik_birth_differs"),
    ("NOMOR_IDENTITAS", "9910011706120001", "nik_is_family_card"),
    ("JENIS_IDENTITAS", "SIM", "identity_unread"),
    ("NAMA_LENGKAP", "Test", "name_test"),
    ("NAMA_LENGKAP", "Yusuf 2", "name_digits"),
    ("NAMA_LENGKAP", "=SUM", "name_unusual"),
    ("NAMA_IBU_KANDUNG", None, "mother_missing"),
    ("NAMA_IBU_KANDUNG", "-", "mother_missing"),
    ("NAMA_IBU_KANDUNG", "tidak tahu", "mother_missing"),
    ("TANGGAL_LAHIR", "02/03/90", "date_read_as"),
    ("TANGGAL_LAHIR", "02-03-1905", "birth_long_ago"),
    ("TGL_AWAL_BEKERJA", "01-12-2026", "starts_later"),
    ("TGL_AKHIR_KONTRAK", "01-12-2027", "contract_end_unneeded"),
    ("STATUS_PEGAWAI", "PKWT", "contract_end_missing"),
    ("UPAH", 450, "wage_small"),
    ("UPAH", 4_500_000_000, "wage_large"),
    ("GOLONGAN_DARAH", "merah", "blood_unread"),
    ("NPWP", "123", "npwp_unread"),
    ("KODE_POS", "401", "postal_unread"),
    ("HP", "021-5550100", "phone_landline"),
    ("HP", "+60123456789", "phone_foreign"),
    ("EMAIL", "siti@gmial.com", "email_typo"),
    ("EMAIL", "siti@mailinator.com", "email_throwaway"),
]


def test_what_may_be_right_is_taken_and_asked_about(firm: Firm, now: datetime) -> None:
    rows = [new_worker(**{heading: value}) for heading, value, _ in STRANGE]
    upload = send_rows(firm, rows, now)
    told = {(fault.row_no, fault.code): fault.severity for fault in faults(firm, upload)}
    asked = {(row, code): "warning" for row, (_, _, code) in enumerate(STRANGE, 2)}
    assert asked.items() <= told.items()
    assert set(told.values()) == {"warning"}
    assert upload.can_confirm
    assert upload.summary["workers"] == len(STRANGE)


def test_every_family_of_faults_is_tried_somewhere_in_this_file() -> None:
    here = {code for _, _, code in WRONG + STRANGE} | ELSEWHERE
    cards = {"kpj_missing", "kpj_form", "kpj_is_nik", "kpj_slip", "kpj_no_match", "same_kpj"}
    assert {*NIK_FAULTS, *PEOPLE_FAULTS, *NEW_WORKER_FAULTS} - cards == here & set(FAULTS) - {
        code for code in here if code.startswith("wage_") and code not in NEW_WORKER_FAULTS
    }


ELSEWHERE = {
    "birth_estimated", "mother_same", "contract_before_start", "contract_over", "no_contact", "phone_shared",
    "email_shared", "same_nik", "same_nik_other_name", "same_person_other_nik", "same_employee_no", "works_here",
    "waits_here", "left_here", "kpj_unfit", "registered_late", "columns_missing",
}  # fmt: skip


def test_all_faults_of_a_file_are_told_at_once(firm: Firm, now: datetime) -> None:
    rows = changed(new_workers(3), 1, NOMOR_IDENTITAS="123", HP="0812", NAMA_LENGKAP="АNI", UPAH="4.500")
    rows = changed(rows, 2, TANGGAL_LAHIR="31/02/1990", EMAIL="siti")
    upload = send_rows(firm, rows, now)
    told = [(fault.cell, fault.code) for fault in faults(firm, upload)]
    assert told == [
        ("B3", "name_foreign_letter"), ("I3", "phone_length"), ("O3", "nik_length"), ("X3", "wage_ambiguous"),
        ("J4", "email_unreadable"), ("L4", "date_no_such_day"),
    ]  # fmt: skip
    assert (upload.summary["errors"], upload.summary["rows_with_errors"], upload.summary["workers"]) == (6, 2, 1)


def test_reasons_and_cures_are_plain_sentences_with_what_was_written(firm: Firm, now: datetime) -> None:
    rows = changed(new_workers(2), 0, NOMOR_IDENTITAS="991001420390001", TANGGAL_LAHIR="31/02/1990")
    rows = changed(rows, 1, NAMA_LENGKAP="АNI", NOMOR_IDENTITAS="99100142039O0001")
    day, nik, name, letters = faults(firm, send_rows(firm, rows, now))
    assert nik.reason == "NIK harus 16 angka. Anda menulis 15 angka."
    assert (nik.value, nik.heading) == ("991001420390001", "NOMOR_IDENTITAS")
    assert day.reason == "Bulan Februari 1990 tidak punya tanggal 31."
    assert name.reason == "Ada huruf yang bukan huruf Latin pada nama: [А]NI."
    assert letters.reason == "Ada huruf di NIK. Maksud Anda 9910014203900001?"
    assert all(fault.cure for fault in (day, nik, name, letters))


def test_a_nik_stored_as_a_number_has_lost_its_last_digit(firm: Firm, now: datetime) -> None:
    row = new_worker()
    rows = changed([row], 0, NOMOR_IDENTITAS=int(str(row["NOMOR_IDENTITAS"])[:15]) * 10)
    content = files.xlsx_file(files.grid(rows, people.NEW_WORKERS), sheet="data_tk_baru")
    upload = send(firm, content, now, name="baru.xlsx", period=NOVEMBER, kind="new_workers")
    (fault,) = faults(firm, upload)
    assert (fault.cell, fault.code) == ("O2", "nik_retype")
    assert "Teks" in fault.cure


def test_a_worker_with_a_passport_gets_an_answer_of_his_own(firm: Firm, now: datetime) -> None:
    rows = [new_worker(JENIS_IDENTITAS="Paspor", NOMOR_IDENTITAS="X12345678", KODE_NEGARA="MY")]
    (fault,) = faults(firm, send_rows(firm, rows, now))
    assert (fault.code, fault.cell) == ("passport", "O2")
    assert "paspor" in fault.reason.lower()
    assert "kantor cabang" in fault.cure


def test_a_date_of_which_only_the_year_is_known_is_taken_from_the_nik(firm: Firm, now: datetime) -> None:
    row = new_worker(born_on=date(1955, 7, 1))
    (fault,) = faults(firm, send_rows(firm, [row | {"TANGGAL_LAHIR": "00/00/1955"}], now))
    assert (fault.code, fault.severity, fault.cell) == ("birth_estimated", "warning", "L2")
    assert "1 Juli 1955" in fault.reason


@pytest.mark.parametrize(
    ("changes", "code", "reason"),
    [
        (
            {"STATUS_PEGAWAI": "PKWT", "TGL_AKHIR_KONTRAK": "01-11-2026"},
            "contract_before_start",
            "Kontrak berakhir 1 November 2026, sebelum hari pertama kerja 2 November 2026.",
        ),
        (
            {"STATUS_PEGAWAI": "PKWT", "TGL_AWAL_BEKERJA": "02-10-2026", "TGL_AKHIR_KONTRAK": "20-11-2026"},
            "contract_over",
            "Kontrak ini sudah berakhir 20 November 2026.",
        ),
    ],
)
def test_the_days_of_a_contract_must_fit(
    firm: Firm, now: datetime, changes: dict[str, Cell], code: str, reason: str
) -> None:
    told = {fault.code: fault for fault in faults(firm, send_rows(firm, [new_worker(**changes)], now))}
    assert told[code].reason == reason
    assert told[code].cell == "AD2"


def test_fifteen_years_are_counted_to_the_first_day_of_work(firm: Firm, now: datetime) -> None:
    rows = [new_worker(born_on=date(2011, 11, 2)), new_worker(born_on=date(2011, 11, 3))]
    assert found(firm, rows, now) == [("L3", "child", "error")]


def test_a_mother_with_the_workers_own_name_is_asked_about(firm: Firm, now: datetime) -> None:
    row = new_worker()
    assert found(firm, [row | {"NAMA_IBU_KANDUNG": str(row["NAMA_LENGKAP"]).upper()}], now) == [
        ("M2", "mother_same", "warning")
    ]


def test_who_cannot_be_reached_at_all_is_told(firm: Firm, now: datetime) -> None:
    rows = [new_worker(HP=None, EMAIL=None), new_worker(HP=None), new_worker(EMAIL=None)]
    assert found(firm, rows, now) == [("I2", "no_contact", "warning")]


@pytest.mark.parametrize(("heading", "value"), [("HP", "080000001234"), ("EMAIL", "toko@contoh.example")])
def test_an_address_of_more_than_three_workers_is_asked_about(
    firm: Firm, now: datetime, heading: str, value: str
) -> None:
    code = "phone_shared" if heading == "HP" else "email_shared"
    assert found(firm, new_workers(3, **{heading: value}), now) == []
    told = found(firm, new_workers(4, **{heading: value}), now)
    assert told == [(f"{LETTER[heading]}{row}", code, "warning") for row in (2, 3, 4, 5)]


def test_one_nik_in_two_rows_names_the_other_row(firm: Firm, now: datetime) -> None:
    first, second, third = new_workers(3)
    rows = [first, second, dict(first), third | {"NOMOR_IDENTITAS": second["NOMOR_IDENTITAS"]}]
    told = [(fault.cell, fault.code, fault.reason) for fault in errors(firm, rows, now)]
    assert told == [
        ("O2", "same_nik", "NIK ini juga ada di baris 4."),
        ("O3", "same_nik_other_name", "NIK ini juga ada di baris 5 dengan nama lain."),
        ("O4", "same_nik", "NIK ini juga ada di baris 2."),
        ("O5", "same_nik_other_name", "NIK ini juga ada di baris 3 dengan nama lain."),
    ]


def test_two_rows_of_one_name_and_birth_date_are_asked_about_and_never_joined(firm: Firm, now: datetime) -> None:
    first, second = new_workers(2)
    rows = [first, second | {"NAMA_LENGKAP": first["NAMA_LENGKAP"]}]
    upload = send_rows(firm, rows, now)
    assert {fault.code for fault in faults(firm, upload)} == {"same_person_other_nik"}
    assert upload.summary["workers"] == 2


def test_one_number_of_the_firm_for_two_people_is_asked_about(firm: Firm, now: datetime) -> None:
    rows = new_workers(2, NO_PEGAWAI="K-1")
    assert found(firm, rows, now) == [
        ("A2", "same_employee_no", "warning"),
        ("A3", "same_employee_no", "warning"),
    ]


def test_who_works_here_already_is_a_fault_with_his_card(firm: Firm, now: datetime) -> None:
    (fault,) = errors(firm, [known_row(firm)], now)
    assert (fault.code, fault.cell) == ("works_here", "O2")
    assert firm.people["kpj"][0] in fault.reason


def known_row(of: Firm, number: int = 0, **changes: Cell) -> dict[str, Cell]:
    """A row about somebody whom we know, as his papers have it."""
    told = of.told.row(number, named=True)
    sex = "P" if int(told["nik"][6:8]) > 40 else "L"
    return new_worker(
        NOMOR_IDENTITAS=told["nik"],
        NAMA_LENGKAP=told["name"],
        TANGGAL_LAHIR=f"{told['birth_on']:%d-%m-%Y}",
        JENIS_KELAMIN=sex,
        **changes,
    )


def test_who_has_a_card_elsewhere_is_shown_as_such_and_nothing_more(firm: Firm, now: datetime) -> None:
    other = builders.firm(now=now, workers=1)
    upload = send_rows(firm, [known_row(other), new_worker()], now)
    assert (upload.summary["known"], upload.summary["new"]) == (1, 1)
    first, _ = queries.preview(firm.id, upload.id).items
    assert (first.kind, first.kpj) == ("known", "")
    assert other.people["kpj"][0] not in str(queries.preview(firm.id, upload.id))


def test_a_firm_that_does_not_know_his_data_is_not_told_that_somebody_has_a_card(firm: Firm, now: datetime) -> None:
    other = builders.firm(now=now, workers=1)
    rows = [known_row(other) | {"TANGGAL_LAHIR": "06-05-1990"}, known_row(other) | {"NAMA_LENGKAP": "Orang Lain"}]
    for row in rows:
        upload = send_rows(firm, [row], now)
        assert (upload.summary["known"], upload.summary["new"]) == (0, 1)


def test_who_left_comes_back_only_after_the_day_he_left(firm: Firm, now: datetime) -> None:
    exits = firm.people.slice(0, 1).select("employment_id", until_on=pl.lit(date(2026, 11, 11)), cause=pl.lit("A1"))
    registry.report_exits(actor=SYSTEM, employer_id=firm.id, exits=exits, now=now)
    rows = [known_row(firm, TGL_AWAL_BEKERJA="02-11-2026")]
    told = errors(firm, rows, now)
    assert [(fault.cell, fault.code) for fault in told] == [("AC2", "left_here")]
    assert "10 November 2026" in told[0].reason
    assert send_rows(firm, [known_row(firm, TGL_AWAL_BEKERJA="11-11-2026")], now).can_confirm


def test_who_waits_already_is_told_and_sent_in_the_place_of_the_old_row(firm: Firm, now: datetime) -> None:
    rows = new_workers(2)
    book(firm, send_rows(firm, rows, now), now)
    upload = send_rows(firm, [rows[0], new_worker()], now)
    assert [(fault.code, fault.cell) for fault in faults(firm, upload)] == [("waits_here", "O2")]
    assert (upload.summary["again"], upload.summary["new"]) == (1, 1)
    book(firm, upload, now)
    states = Enrolment.objects.filter(employer_id=firm.id).values_list("state", flat=True)
    assert sorted(states) == ["waiting", "waiting", "waiting", "withdrawn"]


def test_a_card_that_does_not_go_with_the_nik_is_explained_and_left_out(firm: Firm, now: datetime) -> None:
    other = builders.firm(now=now, workers=2)
    headings = [*people.NEW_WORKERS, "NO KPJ"]
    rows = [
        known_row(other) | {"NO KPJ": other.people["kpj"][0]},
        new_worker() | {"NO KPJ": other.people["kpj"][1]},
        new_worker() | {"NO KPJ": "99999999999"},
        new_worker() | {"NO KPJ": "belum ada"},
    ]
    content = files.csv_file(files.grid(rows, headings))
    upload = send(firm, content, now, name="baru.csv", period=NOVEMBER, kind="new_workers")
    told = [fault for fault in faults(firm, upload) if fault.code == "kpj_unfit"]
    assert [fault.cell for fault in told] == ["AE3", "AE4"]
    assert told[0].reason == told[1].reason
    assert upload.can_confirm


def test_late_registrations_are_counted_once(firm: Firm, now: datetime) -> None:
    rows = new_workers(2, TGL_AWAL_BEKERJA="21-10-2026") + new_workers(1, TGL_AWAL_BEKERJA="22-10-2026")
    (fault,) = faults(firm, send_rows(firm, rows, now))
    assert (fault.row_no, fault.code, fault.severity) == (0, "registered_late", "note")
    assert fault.reason.startswith("2 pekerja")


def test_a_file_without_the_columns_that_may_be_missing_is_taken(firm: Firm, now: datetime) -> None:
    headings = ["NAMA_LENGKAP", "NOMOR_IDENTITAS", "TANGGAL_LAHIR", "JENIS_KELAMIN", "UPAH", "TGL_AWAL_BEKERJA", "HP"]
    content = files.csv_file(files.grid(new_workers(2), headings))
    upload = send(firm, content, now, name="baru.csv", period=NOVEMBER, kind="new_workers")
    (fault,) = faults(firm, upload)
    assert (fault.row_no, fault.code, fault.severity) == (0, "columns_missing", "warning")
    assert "STATUS_PEGAWAI, STATUS_KAWIN, NAMA_IBU_KANDUNG" in fault.reason
    assert upload.can_confirm


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("NAMA_LENGKAP", "no_name_heading"),
        ("NOMOR_IDENTITAS", "no_nik_heading"),
        ("TANGGAL_LAHIR", "no_birth_heading"),
        ("JENIS_KELAMIN", "no_sex_heading"),
        ("TGL_AWAL_BEKERJA", "no_start_heading"),
        ("UPAH", "no_wage_heading"),
    ],
)
def test_a_file_without_a_needed_column_is_refused_with_its_name(
    firm: Firm, now: datetime, heading: str, code: str
) -> None:
    headings = [name for name in people.NEW_WORKERS if name != heading]
    content = files.csv_file(files.grid(new_workers(1), headings))
    upload = send(firm, content, now, name="baru.csv", period=NOVEMBER, kind="new_workers")
    assert (upload.state, upload.refusal) == ("refused", code)
    assert upload.cure


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (worker_csv([]), "no_rows"),
        (b"nama;alamat\nSiti;Jalan 1\n", "no_nik_heading"),
        (b"daftar\nbelanja\n", "no_headings"),
    ],
)
def test_a_file_without_workers_or_headings_is_refused(firm: Firm, now: datetime, content: bytes, code: str) -> None:
    upload = send(firm, content, now, name="baru.csv", period=NOVEMBER, kind="new_workers")
    assert (upload.state, upload.refusal) == ("refused", code)


def test_a_month_that_has_not_begun_is_refused(firm: Firm, now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        receive(firm, worker_csv(new_workers(1)), now, name="a.csv", period=date(2026, 12, 1), kind="new_workers")
    assert refused.value.code == "month_future"


def test_a_cell_that_the_reader_calls_spoilt_has_one_reason(firm: Firm, now: datetime) -> None:
    content = files.xlsx_file(
        files.grid(new_workers(1), people.NEW_WORKERS),
        sheet="data_tk_baru",
        change=lambda page, text: page.write_formula("L2", "=1/0", text, "#DIV/0!"),
    )
    upload = send(firm, content, now, name="baru.xlsx", period=NOVEMBER, kind="new_workers")
    assert [(f.cell, f.code) for f in faults(firm, upload) if f.severity == "error"] == [("L2", "error_cell")]


def test_the_summary_holds_nobodys_data(firm: Firm, now: datetime) -> None:
    rows = changed(new_workers(2), 0, HP="0812")
    text = str(send_rows(firm, rows, now).summary)
    for row in rows:
        for heading in ("NOMOR_IDENTITAS", "NAMA_LENGKAP", "EMAIL", "NAMA_IBU_KANDUNG"):
            assert str(row[heading]) not in text


def test_the_columns_may_stand_in_any_order_and_others_between(firm: Firm, now: datetime) -> None:
    headings = ["Jabatan", *reversed(people.NEW_WORKERS)]
    content = files.csv_file(files.grid([row | {"Jabatan": "Operator"} for row in new_workers(2)], headings))
    upload = send(firm, content, now, name="baru.csv", period=NOVEMBER, kind="new_workers")
    assert (faults(firm, upload), upload.summary["workers"]) == ([], 2)
    assert queries.ignored_headings(firm.id, upload.id) == ["Jabatan"]


def test_stages_are_those_of_the_kind(firm: Firm, now: datetime) -> None:
    upload_id = receive(firm, worker_csv(new_workers(1)), now, name="a.csv", period=NOVEMBER, kind="new_workers")
    waiting = queries.upload(firm.id, upload_id)
    assert waiting is not None
    assert [(stage.step, stage.state) for stage in waiting.stages] == [
        ("reading", "waiting"), ("matching", "waiting"), ("judging", "waiting"), ("saving", "waiting"),
    ]  # fmt: skip
    services.check_upload(upload_id=upload_id, now=now)
    assert [kind.kind for kind in queries.uploads_of(firm.id, kinds=["new_workers"])] == ["new_workers"]
    assert queries.uploads_of(firm.id, kinds=["wage_report"]) == []
