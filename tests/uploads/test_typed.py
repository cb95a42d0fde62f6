"""One worker typed on a screen is judged by the rules of the files, with no file about."""

from datetime import date, datetime

import pytest
from django.db import connection

from lindung.registry import queries as registry
from lindung.uploads.typed import Typed, check_typed
from tests import builders
from tests.uploads import people

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def check(firm: builders.Firm, kind: str = "new_workers", **changed: str) -> Typed:
    row = people.new_worker()
    typed = {
        "name": str(row["NAMA_LENGKAP"]),
        "nik": str(row["NOMOR_IDENTITAS"]),
        "birth_on": "02-03-1990",
        "sex": "P",
        "from_on": "02-11-2026",
        "wage": "5000000",
        "contract": "PKWTT",
        "phone": str(row["HP"]),
        **changed,
    }
    return check_typed(kind=kind, employer=registry.employer(firm.id), typed=typed, today=TODAY)


def test_a_faultless_worker_is_the_one_row_that_would_be_proposed(now: datetime) -> None:
    found = check(builders.firm(now=now, workers=0), employee_no="B-7")
    assert found.faults == ()
    row = found.rows.row(0, named=True)
    assert (found.rows.height, row["birth_on"], row["wage_rupiah"], row["employee_no"]) == (
        1,
        date(1990, 3, 2),
        5_000_000,
        "B-7",
    )


def test_every_fault_names_its_field_its_reason_and_its_cure(now: datetime) -> None:
    found = check(builders.firm(now=now, workers=0), nik="12", wage="4.5", from_on="01-01-2028")
    assert {fault.field: fault.code for fault in found.errors} == {
        "nik": "nik_length",
        "wage": "wage_ambiguous",
        "from_on": "starts_far_ahead",
    }
    (nik,) = (fault for fault in found.errors if fault.field == "nik")
    assert (nik.reason, nik.cure) == (
        "NIK harus 16 angka. Anda menulis 2 angka.",
        "Tulis 16 angka sesuai KTP pekerja.",
    )
    assert found.rows.is_empty()


def test_what_is_only_odd_leaves_the_row_and_is_a_warning(now: datetime) -> None:
    found = check(builders.firm(now=now, workers=0), wage="45000")
    assert [fault.code for fault in found.warnings] == ["wage_small"]
    assert found.errors == []
    assert found.rows.height == 1


def test_what_was_not_asked_for_is_no_fault(now: datetime) -> None:
    codes = {fault.code for fault in check(builders.firm(now=now, workers=0)).faults}
    assert not codes & {"married_missing", "columns_missing", "mother_missing"}


def test_a_worker_with_a_card_has_the_rules_of_his_kind(now: datetime) -> None:
    former, firm = builders.firm(now=now, workers=1), builders.firm(now=now, workers=0)
    told = former.told.row(0, named=True)
    card = {"name": told["name"], "birth_on": "05-05-1990", "kpj": former.people["kpj"][0]}
    assert check(firm, "continuing_workers", **card).errors == []
    other = check(firm, "continuing_workers", **{**card, "birth_on": "06-05-1990"})
    assert [fault.code for fault in other.errors] == ["kpj_no_match"]


@pytest.mark.parametrize("text", ["\0", "' OR 1=1 --", "😀", "x" * 5_000, "\u202e"])
def test_nothing_that_can_be_typed_breaks_it(now: datetime, text: str) -> None:
    firm = builders.firm(now=now, workers=0)
    for field in ("name", "nik", "birth_on", "sex", "from_on", "wage", "contract", "phone"):
        check(firm, **{field: text})


def test_judging_writes_nothing(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        check(firm)
