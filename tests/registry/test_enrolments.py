"""A firm's list of new workers: who is known works at once, who is not waits, and nobody stands there twice."""

from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from django.db import connection
from pytest_django import Settings

from lindung.access.trail import SYSTEM
from lindung.contact.queries import address_book
from lindung.lib.crypto import decrypt
from lindung.registry import queries
from lindung.registry.models import Enrolment
from lindung.registry.services import (
    AskedTooSoon,
    EnrolmentSettled,
    Proposed,
    WorkersRefused,
    correct_enrolment,
    report_exits,
    withdraw_enrolment,
)
from tests.registry.makers import (
    HR,
    added,
    assert_clean,
    employer,
    enrolment_of,
    many,
    one,
    proposal,
    propose,
    register,
    states,
    told,
    worker,
)

pytestmark = pytest.mark.django_db


def correct(firm: int, enrolment_id: int, now: datetime, **changes: object) -> None:
    correct_enrolment(actor=HR, employer_id=firm, enrolment_id=enrolment_id, changes=changes, now=now)


def jobs(batch_id: int) -> int:
    return int(
        one(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'lindung.registry.verify_identities'"
            " AND args->>'batch_id' = %s AND status = 'todo'",
            str(batch_id),
        )[0]
    )


def test_people_nobody_knows_wait_and_are_nobody_yet(now: datetime) -> None:
    firm = employer(now)
    proposed = propose(firm, [proposal(1), proposal(2)], now)
    assert (proposed.waiting, proposed.employed, proposed.to_correct) == (2, 0, 0)
    assert states(proposed.batch_id) == [(1, "waiting", "", ""), (2, "waiting", "", "")]
    assert added("registry_person") == added("registry_nikindex") == 0
    assert added("contact_address") == 0
    assert jobs(proposed.batch_id) == 1
    assert_clean()


def test_what_was_told_lies_there_encrypted_and_bound_to_its_row(now: datetime) -> None:
    proposed = propose(employer(now), [proposal(1, email=None)], now)
    row = Enrolment.objects.get(batch_id=proposed.batch_id)
    for column, value in (("nik", proposal(1)["nik"]), ("mother_name", "Ibu 1"), ("phone", "+628000000001")):
        sealed = bytes(getattr(row, f"{column}_encrypted"))
        assert value.encode() not in sealed
        assert decrypt(sealed, f"registry_enrolment.{column}_encrypted:{row.pk}").decode() == value
    assert row.email_encrypted is None
    assert (row.contract, row.location, row.wage_rupiah) == ("PKWTT", "Kantor Uji", 6_000_000)


def test_a_member_works_at_once_on_his_newest_card_and_is_told(now: datetime) -> None:
    known = register(employer(now), [worker(1)], now).row(0, named=True)
    firm = employer(now, "ZZ2", name="PT Contoh Dua")
    proposed = propose(firm, [proposal(1, email="thief@example.com"), proposal(2)], now)
    assert (proposed.waiting, proposed.employed) == (1, 1)
    assert states(proposed.batch_id)[0] == (1, "enrolled", "known", "")
    work = one(
        "SELECT person_id, membership_id, contract, location, employee_no FROM registry_employment"
        " WHERE employer_id = %s",
        firm,
    )
    assert work == (known["person_id"], known["membership_id"], "PKWTT", "Kantor Uji", "K1")
    assert added("registry_person") == 1
    assert address_book([known["person_id"]])[known["person_id"]].email == "p1@contoh.example"
    ((kind, params),) = told(known["person_id"])
    assert (kind, params["employer"], params["kpj"]) == ("employment_started", "PT Contoh Dua", known["kpj"])
    assert_clean()


def test_who_works_here_already_gets_no_second_employment_and_no_message(now: datetime) -> None:
    firm = employer(now)
    known = register(firm, [worker(1)], now).row(0, named=True)
    proposed = propose(firm, [proposal(1)], now)
    assert states(proposed.batch_id) == [(1, "enrolled", "known", "")]
    assert many("SELECT id FROM registry_employment WHERE employer_id = %s", firm) == [(known["employment_id"],)]
    assert told(known["person_id"]) == []
    assert jobs(proposed.batch_id) == 0


def test_a_members_nik_with_another_birth_date_must_be_looked_at(now: datetime) -> None:
    register(employer(now), [worker(1)], now)
    proposed = propose(employer(now, "ZZ2"), [proposal(1, birth_on=date(1991, 5, 5))], now)
    assert states(proposed.batch_id) == [(1, "to_correct", "mismatch", "birth_on")]
    assert added("registry_employment") == 1
    assert Enrolment.objects.get(batch_id=proposed.batch_id).person_id is None


def test_a_members_nik_with_another_name_is_for_the_civil_registry_to_say(now: datetime) -> None:
    register(employer(now), [worker(1)], now)
    proposed = propose(employer(now, "ZZ2"), [proposal(1, name="Orang Lain Sekali")], now)
    assert states(proposed.batch_id) == [(1, "waiting", "", "")]


def test_the_same_name_written_otherwise_is_the_same_member(now: datetime) -> None:
    register(employer(now), [worker(1, name="Dewi Contoh Lestari")], now)
    proposed = propose(employer(now, "ZZ2"), [proposal(1, name="DEWI  CONTOH LESTARI")], now)
    assert proposed.employed == 1


def test_a_continuing_worker_goes_on_the_card_he_brings(now: datetime) -> None:
    known = register(employer(now), [worker(1), worker(2)], now)
    firm = employer(now, "ZZ2")
    rows = [
        proposal(1, kpj=known["kpj"][0], nik=None, sex=None, mother_name=None),
        proposal(2, kpj=known["kpj"][1]),
    ]
    proposed = propose(firm, rows, now)
    assert proposed.employed == 2
    works = many("SELECT membership_id FROM registry_employment WHERE employer_id = %s ORDER BY 1", firm)
    assert [card for (card,) in works] == sorted(known["membership_id"])


@pytest.mark.parametrize(
    "changed",
    [
        {"birth_on": date(1991, 5, 5)},
        {"name": "Orang Lain"},
        {"nik": worker(2)["nik"]},
        {"nik": worker(9)["nik"]},
        {"kpj": "99999999"},
        {"kpj": "99999999", "nik": None, "sex": None},
    ],
)
def test_a_card_that_is_not_his_gets_one_answer_whoevers_it_is(changed: dict[str, Any], now: datetime) -> None:
    known = register(employer(now), [worker(1), worker(2)], now)
    proposed = propose(employer(now, "ZZ2"), [proposal(1, **{"kpj": known["kpj"][0], **changed})], now)
    assert states(proposed.batch_id) == [(1, "to_correct", "mismatch", "kpj")]
    assert Enrolment.objects.get(batch_id=proposed.batch_id).person_id is None


def test_one_member_named_twice_in_a_list_gets_one_employment_and_one_message(now: datetime) -> None:
    known = register(employer(now), [worker(1)], now).row(0, named=True)
    firm = employer(now, "ZZ2")
    proposed = propose(firm, [proposal(1), proposal(2, name="Pekerja 1", kpj=known["kpj"], nik=None)], now)
    assert proposed.employed == 2
    works = many("SELECT id FROM registry_employment WHERE employer_id = %s", firm)
    assert many("SELECT employment_id FROM registry_enrolment WHERE batch_id = %s", proposed.batch_id) == works * 2
    assert len(told(known["person_id"])) == 1


def test_time_that_was_over_does_not_begin_again_before_it_ended(now: datetime) -> None:
    firm = employer(now)
    works = register(firm, [worker(1), worker(2)], now)
    exits = works.select("employment_id", until_on=pl.lit(date(2026, 3, 1)), cause=pl.lit("A1"))
    report_exits(actor=SYSTEM, employer_id=firm, exits=exits, now=now)
    rows = [proposal(1, from_on=date(2026, 2, 28)), proposal(2, from_on=date(2026, 3, 1))]
    proposed = propose(firm, rows, now)
    assert states(proposed.batch_id) == [(1, "to_correct", "mismatch", "from_on"), (2, "enrolled", "known", "")]
    assert queries.employments_in(employer_id=firm, month_on=date(2026, 4, 1)).height == 1


def test_the_same_upload_again_changes_nothing(now: datetime) -> None:
    firm = employer(now)
    register(employer(now, "ZZ2"), [worker(2)], now)
    rows = [proposal(1), proposal(2), proposal(3, birth_on=date(1990, 5, 6))]
    first = propose(firm, rows, now, upload_id=5)
    again = propose(firm, rows, now + timedelta(minutes=5), upload_id=5)
    assert first == again == Proposed(first.batch_id, 2, 1, 0)
    assert added("registry_enrolmentbatch") == 1
    assert added("registry_enrolment") == 3
    assert jobs(first.batch_id) == 1


def test_a_corrected_list_takes_the_place_of_what_waits(now: datetime) -> None:
    firm, other = employer(now), employer(now, "ZZ2")
    elsewhere = propose(other, [proposal(1)], now)
    first = propose(firm, [proposal(1), proposal(2), proposal(3), proposal(4, employee_no=None)], now)
    second = propose(
        firm,
        [
            proposal(1, name="Pekerja Satu"),  # the same NIK
            proposal(12, employee_no="K2"),  # the same number and birth date, the NIK put right
            proposal(13, employee_no="K3", birth_on=date(1980, 1, 1), name="Orang Baru"),  # the number was given anew
            proposal(14, employee_no=None),  # nothing says whom this replaces
        ],
        now,
    )
    assert [state for _, state, _, _ in states(first.batch_id)] == ["withdrawn", "withdrawn", "waiting", "waiting"]
    replaced = many("SELECT replaced_by FROM registry_enrolment WHERE batch_id = %s ORDER BY row_no", first.batch_id)
    expected = [enrolment_of(second.batch_id, 1), enrolment_of(second.batch_id, 12), None, None]
    assert [by for (by,) in replaced] == expected
    assert second.waiting == 4
    assert states(elsewhere.batch_id) == [(1, "waiting", "", "")]
    assert_clean()


@pytest.mark.parametrize(
    ("changed", "column", "code"),
    [
        ({"nik": None}, "nik", "missing"),
        ({"nik": "A1234567"}, "nik", "not_a_nik"),
        ({"nik": worker(2)["nik"]}, "nik", "repeated"),
        ({"sex": None}, "sex", "missing"),
        ({"name": " "}, "name", "empty"),
        ({"name": "x" * 201}, "name", "too_long"),
        ({"employee_no": "x" * 41}, "employee_no", "too_long"),
        ({"location": "x" * 81}, "location", "too_long"),
        ({"contract": "TETAP"}, "contract", "unknown"),
        ({"contract_until_on": date(2026, 1, 1)}, "contract_until_on", "before_start"),
        ({"wage_rupiah": -1}, "wage_rupiah", "negative"),
        ({"kpj": "1234567"}, "kpj", "not_a_kpj"),
        ({"email": "nobody"}, "email", "not_an_address"),
        ({"phone": "0800"}, "phone", "not_an_address"),
    ],
)
def test_a_row_that_no_check_would_let_through_refuses_the_list(
    changed: dict[str, Any], column: str, code: str, now: datetime
) -> None:
    with pytest.raises(WorkersRefused) as refused:
        propose(employer(now), [proposal(2), proposal(1, **changed)], now)
    assert (1, column, code) in [(fault.row, fault.column, fault.code) for fault in refused.value.faults]
    assert added("registry_enrolmentbatch") == 0


def test_the_fictitious_province_is_refused_in_production(now: datetime, settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(WorkersRefused) as refused:
        propose(employer(now), [proposal(1)], now)
    assert refused.value.faults[0].code == "invented"


def test_a_correction_is_looked_at_again(now: datetime) -> None:
    known = register(employer(now), [worker(1)], now).row(0, named=True)
    firm = employer(now, "ZZ2")
    batch = propose(firm, [proposal(1, birth_on=date(1991, 5, 5))], now).batch_id
    row = enrolment_of(batch, 1)
    correct(firm, row, now, birth_on=date(1992, 5, 5))
    assert states(batch) == [(1, "to_correct", "mismatch", "birth_on")]
    correct(firm, row, now, birth_on=date(1990, 5, 5))
    assert states(batch) == [(1, "enrolled", "known", "")]
    assert Enrolment.objects.get(pk=row).person_id == known["person_id"]
    with pytest.raises(EnrolmentSettled, match="enrolled"):
        correct(firm, row, now, name="Lain")
    assert_clean()


def test_a_corrected_nik_waits_and_is_found_by_its_new_index(now: datetime) -> None:
    firm = employer(now)
    batch = propose(firm, [proposal(1)], now).batch_id
    row = enrolment_of(batch, 1)
    correct(firm, row, now, nik=worker(2)["nik"], email=None)
    assert states(batch) == [(1, "waiting", "", "")]
    found = Enrolment.objects.get(pk=row)
    assert decrypt(found.nik_encrypted, f"registry_enrolment.nik_encrypted:{row}").decode() == worker(2)["nik"]
    assert (found.revision, found.email_encrypted) == (1, None)
    assert jobs(batch) == 1
    # The first NIK is free again in this firm, the second is taken.
    assert propose(firm, [proposal(1, employee_no="K9")], now).waiting == 1
    with pytest.raises(WorkersRefused) as refused:
        correct(firm, row, now, nik=worker(1)["nik"])
    assert [(fault.column, fault.code) for fault in refused.value.faults] == [("nik", "already_waiting")]


def test_a_wrong_correction_is_named_and_nothing_is_changed(now: datetime) -> None:
    firm = employer(now)
    row = enrolment_of(propose(firm, [proposal(1)], now).batch_id, 1)
    with pytest.raises(WorkersRefused) as refused:
        correct(firm, row, now, nik="99", name="Baru")
    assert [(fault.row, fault.column, fault.code) for fault in refused.value.faults] == [(0, "nik", "not_a_nik")]
    assert Enrolment.objects.get(pk=row).name == "Pekerja 1"


def test_asking_again_is_not_for_a_row_that_waits(now: datetime) -> None:
    firm = employer(now)
    row = enrolment_of(propose(firm, [proposal(1)], now).batch_id, 1)
    with pytest.raises(AskedTooSoon):
        correct(firm, row, now)


def test_a_row_is_withdrawn_once_and_for_good(now: datetime) -> None:
    firm = employer(now)
    batch = propose(firm, [proposal(1)], now).batch_id
    row = enrolment_of(batch, 1)
    for _ in range(2):
        withdraw_enrolment(actor=HR, employer_id=firm, enrolment_id=row, now=now)
    assert states(batch) == [(1, "withdrawn", "", "")]
    assert one("SELECT count(*) FROM access_trailevent WHERE act = 'enrolment_withdrawn' AND object_id = %s", row) == (
        1,
    )
    with pytest.raises(EnrolmentSettled, match="withdrawn"):
        correct(firm, row, now, name="Lain")


def test_another_firms_rows_are_not_there(now: datetime) -> None:
    mine, theirs = employer(now), employer(now, "ZZ2")
    row = enrolment_of(propose(theirs, [proposal(1)], now).batch_id, 1)
    with pytest.raises(Enrolment.DoesNotExist):
        correct(mine, row, now, name="Lain")
    with pytest.raises(Enrolment.DoesNotExist):
        withdraw_enrolment(actor=HR, employer_id=mine, enrolment_id=row, now=now)


def test_a_longer_list_costs_no_more_statements(now: datetime) -> None:
    register(employer(now), [worker(number) for number in range(1, 41)], now)

    def statements(firm: int, rows: list[dict[str, Any]]) -> int:
        with connection.execute_wrapper(counter := Counter()):
            propose(firm, rows, now)
        return counter.count

    few = statements(employer(now, "ZZ2"), [proposal(1), proposal(50)])
    many_rows = [proposal(number) for number in range(1, 41)] + [proposal(number) for number in range(50, 90)]
    assert statements(employer(now, "ZZ3"), many_rows) == few


class Counter:
    """Counts what goes to the database."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)
