"""A firm's workers as it may see them: found by what is typed, page by page, and nobody else's."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from lindung.access.trail import SYSTEM
from lindung.documents.registration import registration_pdf
from lindung.lib.clock import WIB
from lindung.registry import staff_queries as queries
from lindung.registry.services import report_exits, verify_batch
from tests.registry.makers import employer, one, proposal, propose, register, worker
from tests.registry.registries import Registry

pytestmark = pytest.mark.django_db


def leave(firm: int, employment_id: int, until_on: date, now: datetime, cause: str = "A1") -> None:
    exits = pl.DataFrame({"employment_id": [employment_id], "until_on": [until_on], "cause": [cause]})
    report_exits(actor=SYSTEM, employer_id=firm, exits=exits, now=now)


def test_who_works_here_comes_by_name_and_who_left_by_day(now: datetime) -> None:
    firm = employer(now)
    works = register(firm, [worker(number) for number in (3, 1, 2, 4)], now)
    leave(firm, works["employment_id"][3], date(2026, 3, 1), now)
    leave(firm, works["employment_id"][2], date(2026, 4, 1), now)
    active = queries.workers_of(firm)
    assert [row.name for row in active.items] == ["Pekerja 1", "Pekerja 3"]
    left = queries.workers_of(firm, state="left")
    assert [(row.name, row.ended_by) for row in left.items] == [("Pekerja 2", "A1"), ("Pekerja 4", "A1")]
    page = queries.workers_of(firm, page=2, size=1)
    assert ([row.name for row in page.items], page.page, page.pages, page.total) == (["Pekerja 3"], 2, 2, 2)


def test_workers_are_found_by_name_number_and_card(now: datetime) -> None:
    firm = employer(now)
    register(firm, [worker(1), worker(2), worker(3, name="Dewi % Contoh")], now)
    register(employer(now, "ZZ2"), [worker(4)], now)
    everybody = queries.workers_of(firm).items

    def found(typed: str) -> list[str]:
        return [row.name for row in queries.workers_of(firm, search=typed).items]

    assert found("pekerja") == ["Pekerja 1", "Pekerja 2"]
    assert found("k2") == ["Pekerja 2"]
    assert found("%") == found(" dewi  % ") == ["Dewi % Contoh"]
    assert found(everybody[1].kpj) == [everybody[1].name]
    assert found("Pekerja 4") == []


def test_chosen_workers_are_this_firms_alone(now: datetime) -> None:
    firm, other = employer(now), employer(now, "ZZ2")
    mine = register(firm, [worker(2), worker(1)], now)["employment_id"].to_list()
    theirs = register(other, [worker(3)], now)["employment_id"].to_list()
    assert [row.name for row in queries.employments(firm, {*mine, *theirs, 10**15})] == ["Pekerja 1", "Pekerja 2"]
    assert queries.employments(firm, []) == []


def test_a_worker_is_shown_with_as_much_contact_as_tells_him_apart(now: datetime) -> None:
    firm = employer(now)
    works = register(firm, [worker(1), worker(2, email=None, phone=None)], now)["employment_id"]
    view = queries.worker(firm, works[0])
    assert view is not None
    assert (view.phone_masked, view.email_masked, view.has_account) == ("+62•••••••001", "p•••@contoh.example", False)
    assert view.birth_on == date(1990, 5, 5)
    nobody = queries.worker(firm, works[1])
    assert nobody is not None
    assert (nobody.phone_masked, nobody.email_masked) == ("", "")
    assert queries.worker(employer(now, "ZZ2"), works[0]) is None


def test_contact_data_that_another_firm_told_are_not_shown_not_even_in_part(now: datetime) -> None:
    first, second = employer(now), employer(now, "ZZ2")
    register(first, [worker(1)], now)
    work = register(second, [worker(1)], now)["employment_id"][0]
    view = queries.worker(second, work)
    assert view is not None
    assert (view.phone_masked, view.email_masked) == ("", "")


def test_counts_of_a_firm_are_one_statement_and_its_own(now: datetime) -> None:
    firm = employer(now)
    works = register(firm, [worker(1), worker(2)], now)
    leave(firm, works["employment_id"][0], date(2026, 3, 1), now)
    propose(firm, [proposal(3), proposal(2, birth_on=date(1980, 1, 1))], now)
    propose(employer(now, "ZZ2"), [proposal(4)], now)
    assert queries.worker_counts(firm) == {"active": 1, "left": 1, "waiting": 1, "to_correct": 1, "to_resolve": 0}
    assert queries.worker_counts(employer(now, "ZZ3")) == dict.fromkeys(queries.worker_counts(firm), 0)


def test_a_contract_that_has_run_out_asks_for_an_exit(now: datetime) -> None:
    firm = employer(now)
    rows = [
        proposal(number, contract=contract, contract_until_on=until_on)
        for number, (contract, until_on) in enumerate(
            [("PKWT", date(2026, 11, 21)), ("PKWT", date(2026, 11, 22)), ("PKWTT", None), ("PKWT", date(2026, 10, 1))],
            1,
        )
    ]
    batch = propose(firm, rows, now).batch_id
    verify_batch(batch_id=batch, registry=Registry(), now=now)
    today = date(2026, 11, 21)
    assert [row.name for row in queries.contracts_over(firm, today)] == ["Pekerja 4", "Pekerja 1"]
    leave(firm, queries.contracts_over(firm, today)[0].employment_id, date(2026, 10, 1), now, "L2")
    assert [row.name for row in queries.contracts_over(firm, today)] == ["Pekerja 1"]


def test_an_exit_is_late_after_seven_working_days(now: datetime) -> None:
    firm = employer(now)
    works = register(firm, [worker(1), worker(2)], now)["employment_id"]
    # The last day of work was Monday 2 November; seven working days later is Wednesday 11 November.
    until_on, in_time = date(2026, 11, 3), datetime(2026, 11, 11, 23, 30, tzinfo=WIB)
    leave(firm, works[0], until_on, in_time)
    leave(firm, works[1], until_on, in_time + timedelta(hours=1))
    (late,) = queries.exits_reported_late(firm, since_on=date(2026, 1, 1))
    assert (late.row.name, late.due_on, late.reported_on) == ("Pekerja 2", date(2026, 11, 11), date(2026, 11, 12))
    assert queries.exits_reported_late(firm, since_on=date(2026, 11, 4)) == []


def test_the_proof_of_registration_says_when_and_for_whom(now: datetime) -> None:
    firm = employer(now, size="small", programmes=frozenset({"JKK", "JKM", "JHT", "JKP"}))
    rows = [proposal(1), proposal(2, birth_on=date(1960, 1, 1))]
    batch = propose(firm, rows, now - timedelta(days=2)).batch_id
    verify_batch(batch_id=batch, registry=Registry(), now=now)
    young, old = (row.employment_id for row in queries.workers_of(firm).items)
    proof = queries.proof_of(firm, young)
    assert proof is not None
    assert (proof.number, proof.name, proof.npp) == (f"BD-{young:09d}", "Pekerja 1", "ZZ1")
    assert proof.nik_masked == f"••••••••••••{worker(1)['nik'][-4:]}"
    assert proof.registered_at == now
    assert list(proof.programmes) == ["JHT", "JKK", "JKM", "JKP"]
    assert registration_pdf(proof, language="id").startswith(b"%PDF-")
    elder = queries.proof_of(firm, old)
    assert elder is not None
    assert "JKP" not in elder.programmes  # PP 6/2025 Pasal 4
    assert queries.proof_of(employer(now, "ZZ2"), young) is None


def test_somebody_taken_over_as_a_member_has_a_proof_too(now: datetime) -> None:
    firm = employer(now)
    work = register(firm, [worker(1)], now)["employment_id"][0]
    proof = queries.proof_of(firm, work)
    assert proof is not None
    assert (proof.registered_at,) == one("SELECT max(created_at) FROM registry_person")
