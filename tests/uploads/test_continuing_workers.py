"""A file of workers who have their card already: card, name and birth date belong together, or nothing is said."""

from datetime import datetime

import pytest

from lindung.registry import kpj
from lindung.registry.models import Employment
from lindung.uploads import queries
from tests import builders
from tests.builders import Firm
from tests.uploads import files, people
from tests.uploads.files import Cell
from tests.uploads.people import continuing_worker
from tests.uploads.sending import NOVEMBER, book, faults, found, send, send_rows

pytestmark = pytest.mark.django_db
KIND = "continuing_workers"


@pytest.fixture
def firm(now: datetime) -> Firm:
    return builders.firm(now=now, workers=1)


@pytest.fixture
def other(now: datetime) -> Firm:
    return builders.firm(now=now, workers=3)


def codes(firm: Firm, row: files.Row, now: datetime) -> list[tuple[str, str]]:
    told = found(firm, [row], now, KIND)
    return [(cell, code) for cell, code, severity in told if severity == "error"]


def test_whose_card_name_and_birth_date_fit_works_here_at_once(firm: Firm, other: Firm, now: datetime) -> None:
    rows = [continuing_worker(other, number) for number in range(2)]
    upload = send_rows(firm, rows, now, KIND)
    assert [fault for fault in faults(firm, upload) if fault.severity == "error"] == []
    assert [(row.kind, row.kpj) for row in queries.preview(firm.id, upload.id).items] == [
        ("continuing", other.people["kpj"][0]),
        ("continuing", other.people["kpj"][1]),
    ]
    done = book(firm, upload, now)
    assert (done.state, done.summary["employed"], done.summary["waiting"]) == ("booked", 2, 0)
    cards = Employment.objects.filter(employer_id=firm.id).values_list("membership_id", flat=True)
    assert set(other.people["membership_id"][:2]) <= set(cards)


def slipped(number: str) -> str:
    """One digit wrong."""
    return f"{number[:4]}{(int(number[4]) + 1) % 10}{number[5:]}"


def test_a_card_that_does_not_fit_gets_one_answer_whoever_it_belongs_to(firm: Firm, other: Firm, now: datetime) -> None:
    nobodys = kpj.draw()
    rows = [
        continuing_worker(other, 0, NAMA_LENGKAP="Bambang Wijaya"),
        continuing_worker(other, 1, TGL_LAHIR="06-05-1990"),
        continuing_worker(other, 2, NOMOR_IDENTITAS_KPJ=nobodys),
    ]
    told = faults(firm, send_rows(firm, rows, now, KIND))
    wrong = [fault for fault in told if fault.severity == "error"]
    assert [(fault.cell, fault.code) for fault in wrong] == [(f"A{row}", "kpj_no_match") for row in (2, 3, 4)]
    assert len({(fault.reason, fault.cure) for fault in wrong}) == 1


def test_a_slip_of_the_finger_is_told_from_the_number_alone(firm: Firm, other: Firm, now: datetime) -> None:
    row = continuing_worker(other, NOMOR_IDENTITAS_KPJ=slipped(other.people["kpj"][0]))
    assert codes(firm, row, now) == [("A2", "kpj_slip")]


def test_what_no_card_number_can_be_has_its_own_reason(firm: Firm, other: Firm, now: datetime) -> None:
    numbers: dict[Cell, str] = {
        None: "kpj_missing",
        "-": "kpj_missing",
        "1234567": "kpj_form",
        "12345678901234": "kpj_form",
        "9.00E+10": "kpj_form",
        "KPJ saya": "kpj_form",
        "9910014203900001": "kpj_is_nik",
    }
    rows = [continuing_worker(other, NOMOR_IDENTITAS_KPJ=number) for number in numbers]
    told = [(cell, code) for cell, code, severity in found(firm, rows, now, KIND) if severity == "error"]
    assert told == [(f"A{row}", code) for row, code in enumerate(numbers.values(), 2)]


def test_blanks_and_dashes_in_a_number_do_not_matter(firm: Firm, other: Firm, now: datetime) -> None:
    number = other.people["kpj"][0]
    row = continuing_worker(other, NOMOR_IDENTITAS_KPJ=f"{number[:2]} {number[2:5]}-{number[5:]}")
    assert codes(firm, row, now) == []


def test_titles_capitals_and_the_order_of_words_do_not_matter(firm: Firm, other: Firm, now: datetime) -> None:
    name = str(other.told["name"][0])
    row = continuing_worker(other, NAMA_LENGKAP=f"Hj. {' '.join(reversed(name.upper().split()))}, S.E.")
    assert codes(firm, row, now) == []


def test_one_card_in_two_rows_names_the_other(firm: Firm, other: Firm, now: datetime) -> None:
    rows = [continuing_worker(other), continuing_worker(other)]
    told = [fault for fault in faults(firm, send_rows(firm, rows, now, KIND)) if fault.severity == "error"]
    assert [(fault.code, fault.reason) for fault in told] == [
        ("same_kpj", "KPJ ini juga ada di baris 3."),
        ("same_kpj", "KPJ ini juga ada di baris 2."),
    ]


def test_who_works_here_already_is_told(firm: Firm, now: datetime) -> None:
    assert codes(firm, continuing_worker(firm), now) == [("A2", "works_here")]


def test_the_other_cells_are_judged_as_for_new_workers(firm: Firm, now: datetime) -> None:
    wrong: list[tuple[str, Cell, str, str]] = [
        ("NAMA_LENGKAP", None, "C", "name_missing"),
        ("NAMA_LENGKAP", "Siti 😀", "C", "name_emoji"),
        ("TGL_LAHIR", "31-02-1990", "D", "date_no_such_day"),
        ("UPAH", "4.500", "E", "wage_ambiguous"),
        ("STATUS_PEGAWAI", "magang", "G", "contract_unread"),
        ("TGL_AWAL_BEKERJA", None, "H", "date_missing"),
    ]
    other = builders.firm(now=now, workers=len(wrong))
    rows = [continuing_worker(other, place, **{wrong[place][0]: wrong[place][1]}) for place in range(len(wrong))]
    told = {(cell, code) for cell, code, _ in found(firm, rows, now, KIND)}
    assert {(f"{letter}{row}", code) for row, (_, _, letter, code) in enumerate(wrong, 2)} <= told


def test_a_file_of_wrong_and_right_rows_is_booked_in_part(firm: Firm, other: Firm, now: datetime) -> None:
    rows = [continuing_worker(other), continuing_worker(other, 1, TGL_LAHIR="06-05-1990")]
    upload = send_rows(firm, rows, now, KIND)
    assert upload.can_confirm_part
    assert book(firm, upload, now, partial=True).summary["employed"] == 1


def test_numbers_that_lost_their_zero_are_found_again(firm: Firm, other: Firm, now: datetime) -> None:
    number = int(other.people["kpj"][0])
    content = files.xlsx_file(
        files.grid([continuing_worker(other, NOMOR_IDENTITAS_KPJ=number)], people.CONTINUING_WORKERS),
        sheet="data_tk_lanjutan",
    )
    upload = send(firm, content, now, name="lanjutan.xlsx", period=NOVEMBER, kind=KIND)
    assert upload.can_confirm
