"""New workers and the civil registry: who is matched becomes a member and is told, who is not waits or is mended."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from django.db import connection

from lindung.access.trail import SYSTEM
from lindung.contact.queries import address_book
from lindung.lib.clock import WIB
from lindung.lib.crypto import decrypt
from lindung.partners.dukcapil.answers import (
    Deceased,
    Duplicate,
    Inactive,
    Invalid,
    NotFound,
    Outcome,
    Unavailable,
)
from lindung.registry import kpj
from lindung.registry.enrolment_queries import batches_due
from lindung.registry.models import Enrolment, IdentityCheck
from lindung.registry.services import (
    AskedTooSoon,
    BatchBusy,
    correct_enrolment,
    queue_due_batches,
    report_exits,
    verify_batch,
    withdraw_enrolment,
)
from tests.registry.makers import (
    HR,
    START,
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
from tests.registry.registries import Registry, compared

pytestmark = pytest.mark.django_db


def verify(batch_id: int, now: datetime, registry: Registry | None = None) -> Registry:
    registry = registry or Registry()
    verify_batch(batch_id=batch_id, registry=registry, now=now)
    return registry


def nik(number: int) -> str:
    return str(worker(number)["nik"])


def correct(firm: int, enrolment_id: int, now: datetime, **changes: object) -> None:
    correct_enrolment(actor=HR, employer_id=firm, enrolment_id=enrolment_id, changes=changes, now=now)


def no_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'lindung.registry.verify_identities'")


def test_who_is_matched_becomes_a_member_with_a_card_and_hears_of_it(now: datetime) -> None:
    firm = employer(now)
    batch = propose(firm, [proposal(1), proposal(2, email=None)], now).batch_id
    registry = verify(batch, now)
    assert states(batch) == [(1, "enrolled", "match", ""), (2, "enrolled", "match", "")]
    row = Enrolment.objects.get(batch_id=batch, row_no=1)
    person = one(
        "SELECT name, birth_on, identity, mother_name_encrypted, address_encrypted FROM registry_person WHERE id = %s",
        row.person_id,
    )
    assert person[:3] == ("Pekerja 1", date(1990, 5, 5), "matched")
    assert decrypt(person[3], f"registry_person.mother_name_encrypted:{row.person_id}") == b"Ibu 1"
    assert decrypt(person[4], f"registry_person.address_encrypted:{row.person_id}") == b"Jalan Contoh 1"
    (number,) = one("SELECT kpj FROM registry_membership WHERE person_id = %s", row.person_id)
    assert kpj.is_ours(number)
    work = one(
        "SELECT id, employer_id, from_on, contract, location FROM registry_employment WHERE person_id = %s",
        row.person_id,
    )
    assert work == (row.employment_id, firm, START, "PKWTT", "Kantor Uji")
    assert address_book([row.person_id])[row.person_id].phone == "+628000000001"
    ((kind, params),) = told(row.person_id)
    assert (kind, params["kpj"], params["employer"]) == ("membership_started", number, "PT Contoh")
    assert registry.asked == {nik(1): 1, nik(2): 1}
    assert registry.whys == {("enrolment", "account:7")}
    assert_clean()


def test_no_more_is_sent_than_must_be_compared(now: datetime) -> None:
    batch = propose(employer(now), [proposal(1, name="dr. Dewi Contoh, S.Kom.")], now).batch_id
    given = verify(batch, now).given[nik(1)]
    assert given["NAMA_LGKP"] == "DEWI CONTOH"
    assert set(given) == {"NAMA_LGKP", "TGL_LHR", "JENIS_KLMIN", "NAMA_LGKP_IBU", "TMPT_LHR"}


@pytest.mark.parametrize(
    ("answer", "state", "outcome", "differing"),
    [
        (compared(name=85), "to_correct", "partial", "name"),
        (compared(name=20), "to_correct", "mismatch", "name"),
        (compared(birth_on=0), "to_correct", "mismatch", "birth_on"),
        (compared(name=20, birth_on=0), "to_correct", "mismatch", "name birth_on"),
        (NotFound(), "to_correct", "not_found", ""),
        (Invalid(), "to_correct", "invalid", ""),
        (Deceased(), "to_resolve", "deceased", ""),
        (Duplicate(), "to_resolve", "duplicate", ""),
        (Inactive(), "to_resolve", "inactive", ""),
    ],
)
def test_who_is_not_matched_is_no_member(
    answer: Outcome, state: str, outcome: str, differing: str, now: datetime
) -> None:
    batch = propose(employer(now), [proposal(1), proposal(2)], now).batch_id
    verify(batch, now, Registry({nik(1): answer}))
    assert states(batch) == [(1, state, outcome, differing), (2, "enrolled", "match", "")]
    assert added("registry_person") == added("registry_nikindex") == 1
    assert_clean()


def test_a_likeness_below_the_threshold_is_kept_for_whoever_looks(now: datetime) -> None:
    batch = propose(employer(now), [proposal(1)], now).batch_id
    verify(batch, now, Registry({nik(1): compared(name=85)}))
    assert Enrolment.objects.get(batch_id=batch).scores["name"] == 85


def test_every_question_is_written_down_without_the_number_itself(now: datetime) -> None:
    batch = propose(employer(now), [proposal(1), proposal(2)], now).batch_id
    verify(batch, now, Registry({nik(1): Unavailable("outage", "ReadTimeout")}))
    rows = [enrolment_of(batch, 1), enrolment_of(batch, 2)]
    checks = {
        check.enrolment_id: (check.outcome, check.purpose, check.actor_kind, check.actor_id, check.quota_left)
        for check in IdentityCheck.objects.filter(enrolment_id__in=rows)
    }
    assert checks == {
        rows[0]: ("unavailable_outage", "enrolment", "account", 7, None),
        rows[1]: ("compared", "enrolment", "account", 7, 500),
    }
    for table in ("registry_identitycheck", "access_trailevent", "procrastinate_jobs"):
        assert one(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", f"%{nik(1)}%") == (0,)


def test_a_comparison_of_the_same_data_is_not_asked_for_twice_in_a_month(now: datetime) -> None:
    firm, other = employer(now), employer(now, "ZZ2")
    first = propose(firm, [proposal(1)], now).batch_id
    verify(first, now, Registry({nik(1): compared(name=20)}))
    soon = propose(other, [proposal(1)], now + timedelta(days=29)).batch_id
    assert verify(soon, now + timedelta(days=29)).asked == {}
    assert states(soon) == [(1, "to_correct", "mismatch", "name")]
    late = propose(employer(now, "ZZ3"), [proposal(1)], now + timedelta(days=31)).batch_id
    assert verify(late, now + timedelta(days=31)).asked == {nik(1): 1}
    assert states(late) == [(1, "enrolled", "match", "")]


def test_other_data_of_the_same_number_are_asked_about(now: datetime) -> None:
    firm = employer(now)
    batch = propose(firm, [proposal(1)], now).batch_id
    verify(batch, now, Registry({nik(1): compared(name=85)}))
    correct(firm, enrolment_of(batch, 1), now, name="Pekerja Satu")
    assert verify(batch, now).asked == {nik(1): 1}
    assert states(batch) == [(1, "enrolled", "match", "")]


def test_who_had_his_data_mended_is_asked_about_anew_but_not_at_once(now: datetime) -> None:
    firm = employer(now)
    batch = propose(firm, [proposal(1)], now).batch_id
    row = enrolment_of(batch, 1)
    verify(batch, now, Registry({nik(1): compared(name=20)}))
    with pytest.raises(AskedTooSoon) as refused:
        correct(firm, row, now + timedelta(minutes=59))
    assert refused.value.until == now + timedelta(hours=1)
    later = now + timedelta(hours=1)
    correct(firm, row, later)
    assert verify(batch, later).asked == {nik(1): 1}
    assert states(batch) == [(1, "enrolled", "match", "")]


@pytest.mark.parametrize(
    ("kind", "outcome", "again_at"),
    [
        ("quota", "unavailable_quota", datetime(2026, 11, 22, 0, 5, tzinfo=WIB)),
        ("hours", "unavailable_hours", datetime(2026, 11, 21, 10, 30, tzinfo=WIB)),
        ("config", "unavailable_config", datetime(2026, 11, 21, 10, 30, tzinfo=WIB)),
    ],
)
def test_a_registry_that_answers_nobody_is_left_alone_and_everybody_waits_for_the_same_moment(
    kind: Any, outcome: str, again_at: datetime, now: datetime
) -> None:
    batch = propose(employer(now), [proposal(number) for number in range(1, 251)], now).batch_id
    registry = verify(batch, now, Registry(otherwise=Unavailable(kind)))
    assert registry.asked.total() <= 8
    assert {row[1:] for row in states(batch)} == {("waiting", outcome, "")}
    assert many("SELECT DISTINCT next_try_at FROM registry_enrolment WHERE batch_id = %s", batch) == [(again_at,)]
    assert verify(batch, again_at - timedelta(seconds=1)).asked == {}
    assert verify(batch, again_at).asked.total() == 250
    assert {row[1:3] for row in states(batch)} == {("enrolled", "match")}
    assert_clean()


def test_after_five_silences_in_a_row_nobody_else_is_asked_about(now: datetime) -> None:
    batch = propose(employer(now), [proposal(number) for number in range(1, 251)], now).batch_id
    registry = verify(batch, now, Registry(otherwise=Unavailable("outage", "ReadTimeout")))
    assert 5 <= registry.asked.total() <= 12
    assert {row[1:3] for row in states(batch)} == {("waiting", "unavailable_outage")}
    (soonest,) = one("SELECT min(next_try_at) FROM registry_enrolment WHERE batch_id = %s", batch)
    assert soonest == now + timedelta(minutes=1)


def test_one_silence_holds_nobody_else_up_and_pauses_grow(now: datetime) -> None:
    batch = propose(employer(now), [proposal(number) for number in range(1, 4)], now).batch_id
    silent = Registry({nik(2): Unavailable("shape", "no JSON")})
    verify(batch, now, silent)
    assert [row[1:3] for row in states(batch)] == [
        ("enrolled", "match"),
        ("waiting", "unavailable_shape"),
        ("enrolled", "match"),
    ]
    moment, pauses = now, []
    for _ in range(4):
        (again_at,) = one("SELECT next_try_at FROM registry_enrolment WHERE batch_id = %s AND row_no = 2", batch)
        pauses.append((again_at - moment) // timedelta(minutes=1))
        moment = again_at
        verify(batch, moment, silent)
    assert pauses == [1, 5, 15, 60]
    assert silent.asked == {nik(1): 1, nik(2): 5, nik(3): 1}


def test_a_nik_claimed_meanwhile_by_another_firm_is_that_persons(now: datetime) -> None:
    first, second = employer(now), employer(now, "ZZ2")
    batches = [propose(firm, [proposal(1)], now).batch_id for firm in (first, second)]
    for batch in batches:
        verify(batch, now)
    rows = many(
        "SELECT person_id, membership_id, known FROM registry_enrolment WHERE batch_id = ANY(%s) ORDER BY id", batches
    )
    assert rows[0][:2] == rows[1][:2]
    assert [known for _, _, known in rows] == [False, True]
    assert [kind for kind, _ in told(rows[0][0])] == ["membership_started", "employment_started"]
    assert added("registry_employment") == 2
    assert_clean()


def test_a_member_with_a_new_name_is_matched_to_himself(now: datetime) -> None:
    known = register(employer(now), [worker(1)], now).row(0, named=True)
    firm = employer(now, "ZZ2")
    batch = propose(firm, [proposal(1, name="Nama Sesudah Menikah")], now).batch_id
    verify(batch, now)
    row = Enrolment.objects.get(batch_id=batch)
    assert (row.state, row.person_id, row.membership_id, row.known) == (
        "enrolled",
        known["person_id"],
        known["membership_id"],
        True,
    )
    assert one("SELECT name FROM registry_person WHERE id = %s", known["person_id"]) == ("Pekerja 1",)


def test_what_the_match_did_not_see_is_still_looked_at(now: datetime) -> None:
    firm, other = employer(now), employer(now, "ZZ2")
    batch = propose(firm, [proposal(1), proposal(2, from_on=date(2026, 2, 1))], now).batch_id
    # Meanwhile one is taken in with another birth date, the other has worked here and left.
    register(other, [worker(1, birth_on=date(1980, 1, 1))], now)
    works = register(firm, [worker(2)], now)
    exits = works.select("employment_id", until_on=pl.lit(date(2026, 3, 1)), cause=pl.lit("A1"))
    report_exits(actor=SYSTEM, employer_id=firm, exits=exits, now=now)
    verify(batch, now)
    assert states(batch) == [(1, "to_correct", "mismatch", "birth_on"), (2, "to_correct", "mismatch", "from_on")]
    assert added("registry_employment") == 2
    assert_clean()


@pytest.mark.parametrize("meanwhile", ["corrected", "withdrawn", "replaced"])
def test_an_answer_about_what_is_no_longer_written_enrols_nobody(meanwhile: str, now: datetime) -> None:
    firm = employer(now)
    batch = propose(firm, [proposal(1)], now).batch_id
    row = enrolment_of(batch, 1)
    act: dict[str, Callable[[], object]] = {
        "corrected": lambda: correct(firm, row, now, nik=nik(2)),
        "withdrawn": lambda: withdraw_enrolment(actor=HR, employer_id=firm, enrolment_id=row, now=now),
        "replaced": lambda: propose(firm, [proposal(1, name="Pekerja Satu")], now),
    }

    with pytest.MonkeyPatch.context() as patch:
        settle, done = _settle_slice(), []

        def change_first(*given: Any) -> None:
            done or done.append(act[meanwhile]())  # type: ignore[func-returns-value] # once, whatever it gives
            settle(*given)

        patch.setattr("lindung.registry.services.verification._settle_slice", change_first)
        verify(batch, now)
    assert added("registry_person") == 0
    expected = ("waiting", "") if meanwhile == "corrected" else ("withdrawn", "")
    assert states(batch)[0][1:3] == expected
    assert added("registry_identitycheck") == 1
    assert_clean()


def _settle_slice() -> Any:
    from lindung.registry.services import verification

    return verification._settle_slice


@pytest.mark.parametrize("answer", [Duplicate(), Inactive(), Deceased()])
def test_whoever_must_have_his_data_mended_is_told_that_and_not_why(answer: Outcome, now: datetime) -> None:
    firm = employer(now)
    batch = propose(firm, [proposal(1), proposal(2, email=None, phone=None)], now).batch_id
    verify(batch, now, Registry({nik(1): answer, nik(2): answer}))
    row = Enrolment.objects.get(batch_id=batch, row_no=1)
    assert row.person_id is None
    assert row.reserved_person_id is not None
    assert Enrolment.objects.get(batch_id=batch, row_no=2).reserved_person_id is None
    assert told(row.reserved_person_id) == [("enrolment_stopped", {"employer": "PT Contoh"})]
    assert added("registry_person") == 0
    # Mended and asked about again, he becomes the person of that number and is not told twice that it stopped.
    again = now + timedelta(days=1)
    correct(firm, row.pk, again)
    assert address_book([row.reserved_person_id]) == {}
    verify(batch, again, Registry({nik(1): answer}))
    correct(firm, row.pk, again + timedelta(days=1))
    verify(batch, again + timedelta(days=1))
    assert Enrolment.objects.get(pk=row.pk).person_id == row.reserved_person_id
    assert [kind for kind, _ in told(row.reserved_person_id)] == ["enrolment_stopped", "membership_started"]
    assert address_book([row.reserved_person_id])[row.reserved_person_id].email == "p1@contoh.example"
    assert_clean()


def test_a_stopped_row_that_is_withdrawn_leaves_no_address(now: datetime) -> None:
    firm = employer(now)
    batch = propose(firm, [proposal(1)], now).batch_id
    verify(batch, now, Registry({nik(1): Duplicate()}))
    withdraw_enrolment(actor=HR, employer_id=firm, enrolment_id=enrolment_of(batch, 1), now=now)
    assert added("contact_address") == 0


def test_a_list_that_is_verified_twice_makes_nobody_twice(now: datetime) -> None:
    batch = propose(employer(now), [proposal(number) for number in range(1, 151)], now).batch_id
    first, second = verify(batch, now), verify(batch, now)
    assert (first.asked.total(), second.asked.total()) == (150, 0)
    for table in ("registry_person", "registry_membership", "registry_employment", "contact_message"):
        assert added(table) == 150, table
    assert_clean()


def test_a_long_list_is_verified_in_parts(now: datetime) -> None:
    batch = propose(employer(now), [proposal(number) for number in range(1, 251)], now).batch_id
    registry = Registry()
    parts = []
    for _ in range(3):
        done = verify_batch(batch_id=batch, registry=registry, now=now, most_slices=1)
        parts.append((done, registry.asked.total()))
    assert parts == [(False, 100), (False, 200), (True, 250)]
    assert verify_batch(batch_id=batch, registry=registry, now=now)


def test_who_must_wait_is_no_reason_to_go_on(now: datetime) -> None:
    batch = propose(employer(now), [proposal(number) for number in range(1, 251)], now).batch_id
    registry = Registry(otherwise=Unavailable("quota"))
    assert verify_batch(batch_id=batch, registry=registry, now=now, most_slices=1)


def test_two_at_once_do_not_ask_about_the_same_people(now: datetime) -> None:
    batch = propose(employer(now), [proposal(1)], now).batch_id
    other = connection.copy("other")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"verify {batch}"])
        with pytest.raises(BatchBusy):
            verify(batch, now)
    finally:
        other.close()


def test_whoever_is_due_gets_a_job_and_nobody_gets_two(now: datetime) -> None:
    no_jobs()
    others = batches_due(now)  # of tests that had to commit
    firm = employer(now)
    batch = propose(firm, [proposal(number) for number in range(1, 4)], now).batch_id
    assert batches_due(now) == others  # it has its job
    no_jobs()
    assert batches_due(now) == [*others, batch]
    assert queue_due_batches(now=now) == len(others) + 1
    assert queue_due_batches(now=now) == 0
    no_jobs()
    verify(batch, now, Registry(otherwise=Unavailable("quota")))
    assert batches_due(now) == others
    assert batch in batches_due(now + timedelta(days=1))


def test_statements_do_not_grow_with_the_people_of_a_slice(now: datetime) -> None:
    def statements(npp: str, numbers: range) -> int:
        batch = propose(employer(now, npp), [proposal(number) for number in numbers], now).batch_id
        count = 0

        def counted(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
            nonlocal count
            count += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(counted):
            verify(batch, now)
        return count

    assert statements("ZZ1", range(1, 4)) == statements("ZZ2", range(10, 110))
