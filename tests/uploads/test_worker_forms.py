"""The forms to fill in: every cell text, lists to choose from, a sheet that explains, and read back by ourselves."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl import Workbook

from lindung.registry.exit_causes import CAUSES
from lindung.registry.models import Employment
from lindung.uploads import files_back
from lindung.uploads.kinds import KINDS
from lindung.uploads.layouts import normal_heading
from tests import builders
from tests.builders import Firm
from tests.uploads import files, people
from tests.uploads.people import continuing_worker, leaver, new_worker
from tests.uploads.sending import NOVEMBER, faults, send

pytestmark = pytest.mark.django_db
WORKER_KINDS = list(people.HEADINGS)


@pytest.fixture
def firm(now: datetime) -> Firm:
    return builders.firm(now=now, workers=2)


def form(firm: Firm, kind: str) -> bytes:
    return files_back.template(firm.id, kind=kind, period=date(2026, 11, 1))


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("kind", WORKER_KINDS)
def test_a_form_has_the_schemes_sheet_and_columns(firm: Firm, kind: str) -> None:
    book = opened(form(firm, kind))
    page = book[KINDS[kind].LAYOUT.sheet]
    assert book.sheetnames[0] == page.title
    headings = [cell.value for cell in page[1]]
    assert headings[: len(people.HEADINGS[kind])] == list(people.HEADINGS[kind])
    assert page.freeze_panes == "A2"
    assert {page.column_dimensions[letter].width > 8 for letter in "ABC"} == {True}


@pytest.mark.parametrize("kind", WORKER_KINDS)
def test_every_column_is_explained_with_an_example_and_known_to_our_reader(firm: Firm, kind: str) -> None:
    book = opened(form(firm, kind))
    headings = [str(cell.value) for cell in book[KINDS[kind].LAYOUT.sheet][1]]
    guide = list(book["Petunjuk Pengisian"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in guide] == headings
    known = {alias for aliases in KINDS[kind].LAYOUT.fields.values() for alias in aliases} | {"KETERANGAN"}
    assert {normal_heading(heading) for heading in headings} <= known
    needed = {row[0] for row in guide if row[1]}
    assert needed
    assert all(row[2] for row in guide if row[0] in needed)


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        ("new_workers", {"JENIS_IDENTITAS": 2, "JENIS_KELAMIN": 2, "STATUS_KAWIN": 2, "GOLONGAN_DARAH": 4,
                         "STATUS_PEGAWAI": 2, "LOKASI_PEKERJAAN": 1}),
        ("continuing_workers", {"STATUS_PEGAWAI": 2, "LOKASI_PEKERJAAN": 1}),
        ("exits", {"SEBAB_NA": len(CAUSES)}),
        ("corrections", {"LOKASI_PEKERJAAN": 1}),
    ],
)  # fmt: skip
def test_what_may_be_chosen_is_offered_in_the_cell(firm: Firm, kind: str, choices: dict[str, int]) -> None:
    book = opened(form(firm, kind))
    page = book[KINDS[kind].LAYOUT.sheet]
    offered = {}
    for rule in page.data_validations.dataValidation:
        sheet, _, cells = str(rule.formula1).lstrip("=").partition("!")
        listed = [cell.value for row in book[sheet.strip("'")][cells.replace("$", "")] for cell in _as_row(row)]
        column = str(rule.sqref).split(":")[0].rstrip("0123456789")
        offered[str(page[f"{column}1"].value)] = len(listed)
        assert all(listed)
        assert str(rule.sqref).endswith("100001")
    assert offered == choices


def _as_row(row: object) -> tuple[object, ...]:
    return row if isinstance(row, tuple) else (row,)


def test_the_places_are_the_firms_own_or_its_head_office(firm: Firm) -> None:
    places = opened(form(firm, "new_workers"))["Lokasi Pekerjaan"]
    assert [cell.value for cell in places["A"]][1:] == ["PUSAT"]
    Employment.objects.filter(employer_id=firm.id).update(location="Pabrik Contoh")
    places = opened(form(firm, "new_workers"))["Lokasi Pekerjaan"]
    assert [cell.value for cell in places["A"]][1:] == ["Pabrik Contoh"]


def filled(content: bytes, sheet: str, row: files.Row) -> bytes:
    """The form with one row typed in by another program."""
    book = opened(content)
    page = book[sheet]
    for cell in page[1]:
        page.cell(2, cell.column, row.get(str(cell.value)))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["new_workers", "continuing_workers", "exits"])
def test_a_form_filled_in_is_faultless_and_its_other_sheets_are_not_missed(
    firm: Firm, now: datetime, kind: str
) -> None:
    other = builders.firm(now=now, workers=1)
    rows = {"new_workers": new_worker(), "continuing_workers": continuing_worker(other), "exits": leaver(firm)}
    content = filled(form(firm, kind), KINDS[kind].LAYOUT.sheet, rows[kind])
    upload = send(firm, content, now, name="templat.xlsx", period=NOVEMBER, kind=kind)
    told = [(fault.code, fault.severity) for fault in faults(firm, upload)]
    assert [fault for fault in told if fault[0] not in ("name_digits",)] == []
    assert upload.summary["workers"] == 1


@pytest.mark.parametrize("kind", WORKER_KINDS[:3])
def test_an_empty_form_is_refused_with_what_to_do(firm: Firm, now: datetime, kind: str) -> None:
    upload = send(firm, form(firm, kind), now, name="templat.xlsx", period=NOVEMBER, kind=kind)
    assert (upload.state, upload.refusal) == ("refused", "no_rows")


def test_the_example_of_a_nik_is_nobodys(firm: Firm) -> None:
    guide = opened(form(firm, "new_workers"))["Petunjuk Pengisian"]
    examples = {row[0]: row[3] for row in guide.iter_rows(min_row=2, values_only=True)}
    assert str(examples["NOMOR_IDENTITAS"]).startswith("99")
    assert str(examples["EMAIL"]).endswith(".example")


def test_the_form_for_corrections_names_every_worker_and_nothing_private(firm: Firm) -> None:
    page = opened(form(firm, "corrections"))["update_data_tk"]
    rows = list(page.iter_rows(min_row=2, values_only=True))
    assert {row[0] for row in rows} == set(firm.people["kpj"])
    assert {value for row in rows for value in row[2:10]} == {None}
    assert page["A2"].number_format == "@"
