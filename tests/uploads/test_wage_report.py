"""A month's file against the month's workers: one test for everything that can be wrong with it."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from lindung.access.trail import SYSTEM
from lindung.contributions import queries as contributions
from lindung.contributions.services import report_wages
from lindung.registry import services as registry
from lindung.uploads import files_back, queries, services
from lindung.uploads.limits import Refused
from tests import builders
from tests.builders import Firm
from tests.uploads import files
from tests.uploads.files import Row
from tests.uploads.sending import OCTOBER, faults, receive, send, view

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def firm(now: datetime) -> Firm:
    return builders.firm(now=now, workers=3)


def csv(rows: list[Row]) -> bytes:
    return files.csv_file(files.grid(rows))


def xlsx(rows: list[Row]) -> bytes:
    return files.xlsx_file(files.grid(rows))


def found(firm: Firm, rows: list[Row], now: datetime) -> list[tuple[str, str, str]]:
    """(cell, code, severity) of every fault in a file of these rows."""
    return [(fault.cell, fault.code, fault.severity) for fault in faults(firm, send(firm, csv(rows), now))]


def test_a_faultless_month_shows_what_it_will_cost(firm: Firm, now: datetime) -> None:
    upload = send(firm, xlsx(files.wage_rows(firm)), now, name="upah.xlsx")
    summary = upload.summary
    assert (upload.state, upload.can_confirm) == ("checked", True)
    assert faults(firm, upload) == []
    assert (summary["rows"], summary["workers"], summary["wage_rupiah"]) == (3, 3, 30_000_000)
    # 10,000,000 at class II: JHT 370,000 + 200,000, JP 200,000 + 100,000, JKK 54,000, JKM 30,000; of three.
    assert summary["by_programme"] == {
        "JHT": {"employer": 1_110_000, "worker": 600_000},
        "JP": {"employer": 600_000, "worker": 300_000},
        "JKK": {"employer": 162_000, "worker": 0},
        "JKM": {"employer": 90_000, "worker": 0},
    }
    assert summary["amount_rupiah"] == summary["employer_rupiah"] + summary["worker_rupiah"] == 3 * 954_000


def test_the_summary_and_the_trail_hold_nobodys_data(firm: Firm, now: datetime, db_connection: object) -> None:
    rows = files.wage_rows(firm)
    rows[0]["NAMA_LENGKAP"] = "Orang Lain"
    upload = send(firm, csv(rows), now)
    text = str(upload.summary)
    for row in rows:
        for heading in ("NIK", "KPJ", "NAMA_LENGKAP", "NO_PEGAWAI"):
            assert str(row[heading]) not in text


def test_another_firms_upload_is_not_there(firm: Firm, now: datetime) -> None:
    upload = send(firm, csv(files.wage_rows(firm)), now)
    other = builders.firm(now=now)
    assert queries.upload(other.id, upload.id) is None
    assert queries.findings(other.id, upload.id).total == 0
    assert queries.differences(other.id, upload.id).total == 0
    assert files_back.annotated_file(other.id, upload.id) is None


@pytest.mark.parametrize(
    ("wage", "code"),
    [
        (None, "wage_missing"),
        (0, "wage_zero"),
        ("-4500000", "wage_negative"),
        ("4.500", "wage_ambiguous"),
        ("empat juta", "wage_unreadable"),
        ("4500000.5", "wage_fraction"),
        ("1000000000001", "wage_too_large"),
    ],
)
def test_a_wage_that_cannot_be_is_named_with_its_cell(firm: Firm, now: datetime, wage: files.Cell, code: str) -> None:
    rows = files.wage_rows(firm)
    rows[1]["UPAH"] = wage
    assert found(firm, rows, now) == [("G3", code, "error")]


def test_wages_with_dots_commas_and_words_are_taken(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    for row, wage in zip(rows, ("Rp 10.000.000,00", "10,000,000", "10 jt"), strict=True):
        row["UPAH"] = wage
    upload = send(firm, csv(rows), now)
    assert (upload.summary["errors"], upload.summary["wage_rupiah"]) == (0, 30_000_000)


def test_apostrophes_blanks_and_lost_zeros_do_not_hide_a_worker(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0]["KPJ"] = f"'{rows[0]['KPJ']}"
    rows[1]["KPJ"], rows[1]["NIK"] = f" {rows[1]['KPJ']}\u00a0", f"'{rows[1]['NIK']} "
    rows[2]["KPJ"] = f"{str(rows[2]['KPJ'])[:5]}-{str(rows[2]['KPJ'])[5:]}"
    assert found(firm, rows, now) == []


@pytest.mark.parametrize("keep", ["KPJ", "NIK", "NO_PEGAWAI", "KODE_TK"])
def test_any_one_number_is_enough_to_know_a_worker(firm: Firm, now: datetime, keep: str) -> None:
    rows = files.wage_rows(firm)
    for row in rows:
        row["KODE_TK"] = row["NO_PEGAWAI"]
        for heading in {"KPJ", "NIK", "NO_PEGAWAI", "KODE_TK"} - {keep}:
            row[heading] = None
    upload = send(firm, csv(rows), now)
    assert (faults(firm, upload), upload.summary["workers"]) == ([], 3)


def test_a_row_that_names_nobody_is_a_fault(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0] |= {"KPJ": None, "NIK": "-", "NO_PEGAWAI": None}
    assert found(firm, rows, now) == [("", "no_identifier", "error")]


def test_a_nik_typed_as_a_number_has_lost_its_last_digit(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    for row in rows:
        row["NIK"] = int(str(row["NIK"])[:15]) * 10
    rows[0] |= {"KPJ": None, "NO_PEGAWAI": None}
    upload = send(firm, xlsx(rows), now, name="upah.xlsx")
    assert [(fault.cell, fault.code, fault.severity) for fault in faults(firm, upload)] == [
        ("A2", "nik_lost_digit", "error"),
        ("A3", "nik_lost_digit_passed", "warning"),
        ("A4", "nik_lost_digit_passed", "warning"),
    ]
    assert "Teks" in faults(firm, upload)[0].cure


def test_a_nik_in_scientific_writing_has_lost_its_digits_too(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0] |= {"NIK": "9.91E+15", "KPJ": None, "NO_PEGAWAI": None}
    assert found(firm, rows, now) == [("A2", "nik_lost_digit", "error")]


def test_a_nik_kept_as_text_may_end_with_zero(now: datetime) -> None:
    """Text loses nothing, so its last zero is believed; only the registry can say it is nobody here."""
    firm = builders.firm(now=now)
    rows = files.wage_rows(firm)
    rows[0] |= {"NIK": "9910015005900010", "KPJ": None, "NO_PEGAWAI": None}
    assert found(firm, rows, now) == [("", "not_your_worker", "error")]


def test_a_nik_of_another_form_is_a_fault_unless_the_kpj_says_who_it_is(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0] |= {"NIK": "991001", "KPJ": None, "NO_PEGAWAI": None}
    rows[1]["NIK"] = "paspor A123"
    assert found(firm, rows, now) == [("A2", "nik_form", "error"), ("A3", "nik_form_passed", "warning")]


def test_a_kpj_and_a_nik_of_two_people_are_shown_with_both(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0]["NIK"] = rows[1]["NIK"]
    fault, *others = faults(firm, send(firm, csv(rows), now))
    assert (others, fault.code, fault.cell) == ([], "kpj_nik_differ", "C2")
    assert str(rows[0]["KPJ"]) in fault.reason
    assert str(rows[1]["NIK"]) in fault.reason


def test_a_kpj_that_is_nobodys_here_gives_way_to_the_nik_with_a_warning(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0]["KPJ"] = "99999999999"
    assert found(firm, rows, now) == [("C2", "kpj_not_used", "warning")]


def test_another_firms_worker_and_nobody_at_all_get_the_same_answer(firm: Firm, now: datetime) -> None:
    stranger = files.wage_rows(builders.firm(now=now, workers=1))[0]
    rows = files.wage_rows(firm)
    nobody = {"NIK": builders.nik(35_999_999), "KPJ": "99999999999", "NO_PEGAWAI": "tidak ada"}
    rows += [{**rows[0], **nobody}, {**rows[0], **{name: stranger[name] for name in nobody}}]
    given = faults(firm, send(firm, csv(rows), now))
    assert [(fault.row_no, fault.code) for fault in given] == [(5, "not_your_worker"), (6, "not_your_worker")]
    assert given[0].reason == given[1].reason
    assert given[0].cure == given[1].cure


def test_the_same_worker_twice_names_both_rows_whatever_number_tells_him(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows.append({**rows[0], "KPJ": None, "NIK": None})
    rows.append({**rows[0], "KPJ": None})
    given = [fault for fault in faults(firm, send(firm, csv(rows), now)) if fault.code == "same_worker"]
    assert [(fault.row_no, fault.reason) for fault in given] == [
        (2, "Pekerja ini juga ada di baris 5."),
        (5, "Pekerja ini juga ada di baris 2."),
        (6, "Pekerja ini juga ada di baris 2."),
    ]


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("BLTH", "09/2026", "other_month"),
        ("BLTH", "2025-10", "other_month"),
        ("BLTH", "13/2026", "month_unreadable"),
        ("NPP", "ZZ999", "other_npp"),
        ("RAPEL", "4.5", "back_pay_unreadable"),
        ("RAPEL", "ya", "back_pay_unreadable"),
    ],
)
def test_month_firm_and_back_pay_must_be_those_of_the_report(
    firm: Firm, now: datetime, heading: str, value: str, code: str
) -> None:
    rows = files.wage_rows(firm)
    rows[2][heading] = value
    letter = {"BLTH": "I", "NPP": "J", "RAPEL": "H"}[heading]
    assert found(firm, rows, now) == [(f"{letter}4", code, "error")]


@pytest.mark.parametrize("value", [None, "", "0", "-", "0,00 ", "Rp 0", 0])
def test_no_back_pay_may_be_written_in_many_ways(firm: Firm, now: datetime, value: files.Cell) -> None:
    rows = files.wage_rows(firm)
    rows[0]["RAPEL"] = value
    assert found(firm, rows, now) == []


@pytest.mark.parametrize("value", ["10-2026", "2026-10", "202610", "01-10-2026", "Okt 2026", None])
def test_the_month_may_be_written_in_many_ways(firm: Firm, now: datetime, value: str | None) -> None:
    rows = files.wage_rows(firm)
    for row in rows:
        row["BLTH"] = value
    assert found(firm, rows, now) == []


def test_another_name_or_birth_date_is_asked_about(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0]["NAMA_LENGKAP"] = "Orang Lain"
    rows[1]["TGL_LAHIR"] = "06-05-1990"
    rows[2]["TGL_LAHIR"] = "entah"
    assert found(firm, rows, now) == [
        ("E2", "name_differs", "warning"),
        ("F3", "birth_differs", "warning"),
        ("F4", "birth_unreadable", "warning"),
    ]


def test_the_same_name_and_day_written_otherwise_are_not_asked_about(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    name = str(rows[0]["NAMA_LENGKAP"])
    rows[0]["NAMA_LENGKAP"] = f"Hj. {name.upper()}, S.E.".replace("S.E.", "SE")
    rows[1]["NAMA_LENGKAP"] = " ".join(reversed(str(rows[1]["NAMA_LENGKAP"]).split()))
    for row, written in zip(rows, ("1990-05-05", "5/5/1990", "32998"), strict=True):
        row["TGL_LAHIR"] = written
    assert found(firm, rows, now) == []


def left_at_the_end_of_september(firm: Firm, worker: int, now: datetime) -> None:
    exits = firm.people.slice(worker, 1).select("employment_id", until_on=pl.lit(OCTOBER), cause=pl.lit("A1"))
    registry.report_exits(actor=SYSTEM, employer_id=firm.id, exits=exits, now=now)


def test_who_left_last_month_is_told_and_not_billed(firm: Firm, now: datetime) -> None:
    builders.bill(firm, SEPTEMBER, now)
    left_at_the_end_of_september(firm, 0, now)
    upload = send(firm, csv(files.wage_rows(firm)), now)
    (fault,) = faults(firm, upload)
    assert (fault.row_no, fault.code, fault.severity) == (2, "left_before", "warning")
    assert "30 September 2026" in fault.reason
    assert (upload.summary["workers"], upload.summary["not_billed_left"]) == (2, 1)
    assert upload.can_confirm
    (gone,) = queries.differences(firm.id, upload.id).items
    assert (gone.kind, gone.before_rupiah, gone.after_rupiah) == ("left", 10_000_000, None)
    assert gone.name == files.wage_rows(firm)[0]["NAMA_LENGKAP"]


def test_a_file_of_leavers_alone_bills_nobody(firm: Firm, now: datetime) -> None:
    left_at_the_end_of_september(firm, 0, now)
    upload = send(firm, csv(files.wage_rows(firm)[:1]), now)
    assert (upload.state, upload.refusal) == ("refused", "nobody_to_bill")


def test_what_changed_since_last_month_is_counted_and_listed(firm: Firm, now: datetime) -> None:
    builders.bill(firm, SEPTEMBER, now)
    joined = pl.DataFrame(
        {**firm.told.row(0, named=True), "nik": builders.nik(34_000_001), "name": "Baru", "email": None, "phone": None,
         "employee_no": "B1", "from_on": OCTOBER},
        schema=registry.WORKERS,
    )  # fmt: skip
    card = registry.register_workers(actor=SYSTEM, employer_id=firm.id, workers=joined, now=now)["kpj"][0]
    rows = files.wage_rows(firm)
    rows[0]["UPAH"], rows[1]["UPAH"] = 12_000_000, 9_000_000
    rows[2] |= {"KPJ": card, "NIK": None, "NAMA_LENGKAP": "Baru", "NO_PEGAWAI": None}
    upload = send(firm, csv(rows), now)
    kinds = {kind: upload.summary[kind] for kind in ("joined", "left", "missing", "up", "down", "unchanged")}
    assert kinds == {"joined": 1, "left": 0, "missing": 1, "up": 1, "down": 1, "unchanged": 0}
    assert upload.summary["compared_with"] == "2026-09-01"
    assert upload.summary["previous_wage_rupiah"] == 30_000_000
    page = queries.differences(firm.id, upload.id, kind="up")
    assert [(d.before_rupiah, d.after_rupiah) for d in page.items] == [(10_000_000, 12_000_000)]


def test_back_pay_is_told_to_the_rupiah_and_never_billed(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0]["RAPEL"], rows[2]["RAPEL"] = "1.500.000", 250_000
    upload = send(firm, csv(rows), now)
    assert (upload.can_confirm, upload.summary["back_pay_rows"], upload.summary["back_pay_rupiah"]) == (
        True,
        2,
        1_750_000,
    )
    assert upload.summary["wage_rupiah"] == 30_000_000
    told = [(fault.cell, fault.code, fault.severity) for fault in faults(firm, upload)]
    assert told == [("H2", "back_pay", "warning"), ("H4", "back_pay", "warning")]
    assert "Rp1.500.000" in faults(firm, upload)[0].reason


def test_a_first_month_is_compared_with_nothing(firm: Firm, now: datetime) -> None:
    upload = send(firm, csv(files.wage_rows(firm)[:2]), now)
    assert upload.summary["compared_with"] is None
    assert (upload.summary["joined"], upload.summary["missing"]) == (0, 1)


@pytest.mark.parametrize(("wage", "code"), [(50_000_000, "wage_rose"), (5_000_000, "wage_fell"), (450, "wage_fell")])
def test_a_wage_five_times_higher_or_lower_is_asked_about(firm: Firm, now: datetime, wage: int, code: str) -> None:
    builders.bill(firm, SEPTEMBER, now)
    rows = files.wage_rows(firm)
    rows[0]["UPAH"] = wage
    upload = send(firm, csv(rows), now)
    (fault,) = faults(firm, upload)
    assert (fault.code, fault.severity, fault.cell) == (code, "warning", "G2")
    assert "Rp10.000.000" in fault.reason
    assert upload.can_confirm


@pytest.mark.parametrize("wage", [49_999_999, 5_000_001])
def test_less_than_five_times_and_more_than_half_is_not_asked_about(firm: Firm, now: datetime, wage: int) -> None:
    builders.bill(firm, SEPTEMBER, now)
    rows = files.wage_rows(firm)
    rows[0]["UPAH"] = wage
    assert found(firm, rows, now) == []


def test_who_is_above_the_jp_ceiling_is_counted_and_capped(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0]["UPAH"] = 20_000_000
    summary = send(firm, csv(rows), now).summary
    ceiling = summary["jp_ceiling_rupiah"]
    assert summary["above_jp_ceiling"] == 1
    assert summary["by_programme"]["JP"]["worker"] == 200_000 + (ceiling + 50) // 100


def test_many_faults_are_told_in_one_pass_and_turned_over_in_pages(firm: Firm, now: datetime) -> None:
    rows = [{**row, "UPAH": "x", "BLTH": "y", "NPP": "z", "RAPEL": "ya"} for row in files.wage_rows(firm)]
    upload = send(firm, csv(rows), now)
    assert (upload.summary["errors"], upload.summary["rows_with_errors"]) == (12, 3)
    assert not upload.can_confirm
    page = queries.findings(firm.id, upload.id, severity="error", page=2, size=5)
    assert (page.page, page.pages, page.total, len(page.items)) == (2, 3, 12, 5)
    assert page.items[0].row_no == 3
    assert queries.findings(firm.id, upload.id, page=99, size=5).page == 3
    assert queries.findings(firm.id, upload.id, severity="warning").total == 0


def test_faults_of_one_kind_are_found_among_others(firm: Firm, now: datetime) -> None:
    rows = [{**row, "UPAH": "x", "RAPEL": "ya"} for row in files.wage_rows(firm)]
    upload = send(firm, csv(rows), now)
    page = queries.findings(firm.id, upload.id, severity="error", code="back_pay_unreadable")
    assert {fault.code for fault in page.items} == {"back_pay_unreadable"}
    assert page.total == 3


def test_a_file_of_broken_lines_alone_names_them(firm: Firm, now: datetime) -> None:
    upload = send(firm, b'KPJ,NAMA,UPAH\n12345678901,"Siti,1\n', now)
    assert [(fault.row_no, fault.code) for fault in faults(firm, upload)] == [(2, "quotes")]
    assert not upload.can_confirm


def test_columns_that_were_not_read_are_named(firm: Firm, now: datetime) -> None:
    rows = [{**row, "Jabatan": "Operator"} for row in files.wage_rows(firm)]
    upload = send(firm, files.csv_file(files.grid(rows, [*files.HEADINGS, "Jabatan"])), now)
    assert queries.ignored_headings(firm.id, upload.id) == ["Jabatan"]


@pytest.mark.parametrize(
    ("period", "code"),
    [
        (date(2026, 12, 1), "month_future"),
        (date(2023, 12, 1), "month_before_employer"),
    ],
)
def test_months_that_cannot_be_are_refused_before_anything_is_kept(
    firm: Firm, now: datetime, period: date, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        receive(firm, csv(files.wage_rows(firm)), now, period=period)
    assert refused.value.code == code
    assert queries.uploads_of(firm.id) == []


def test_a_month_more_than_sixty_months_back_is_for_an_officer(now: datetime) -> None:
    firm = builders.firm(now=now, from_on=date(2016, 1, 1))
    content = csv(files.wage_rows(firm, period=date(2021, 10, 1)))
    with pytest.raises(Refused) as refused:
        receive(firm, content, now, period=date(2021, 10, 1))
    assert refused.value.code == "month_too_old"
    assert receive(firm, content, now, period=date(2021, 11, 1))


def test_a_billed_month_is_refused_with_the_number_of_its_bill(firm: Firm, now: datetime) -> None:
    issued = builders.bill(firm, OCTOBER, now)
    with pytest.raises(Refused) as refused:
        receive(firm, csv(files.wage_rows(firm)), now)
    assert refused.value.code == "already_billed"
    assert refused.value.params["number"] == issued.number


def test_a_month_billed_between_sending_and_checking_refuses_the_file(firm: Firm, now: datetime) -> None:
    upload_id = receive(firm, csv(files.wage_rows(firm)), now)
    issued = report_wages(actor=SYSTEM, employer_id=firm.id, period=OCTOBER, upload_id=None, rows=firm.rows(), now=now)
    services.check_upload(upload_id=upload_id, now=now + timedelta(minutes=1))
    refused = view(firm, upload_id)
    assert (refused.state, refused.refusal) == ("refused", "already_billed")
    assert issued.number in refused.reason
    assert contributions.bill_of(employer_id=firm.id, period=OCTOBER) is not None
