"""A nation loaded by COPY: whole or plainly not, audited, with the truth beside it."""

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import connection, transaction

from lindung.access.trail import SYSTEM
from lindung.contributions.project_queries import answer_of, projects_of
from lindung.contributions.queries import months_of
from lindung.contributions.standing import standings
from lindung.ledger import queries as ledger
from lindung.nation.demo import load_demo
from lindung.nation.history import pay, report_month
from lindung.nation.load import NationRefused, Progress, load_nation
from lindung.nation.nation import Nation
from lindung.nation.orders import KINDS
from lindung.nation.plan import Plan
from lindung.nation.rates import UNPAID
from lindung.nation.truth import FolderTaken, TruthFolder
from lindung.registry import queries as registry
from lindung.registry.services import register_employer
from tests.nation.checks import broken_invariants

pytestmark = [pytest.mark.usefixtures("own_db"), pytest.mark.django_db]
BANK = 3
PLAN = Plan(members=1_200, seed=4, months=6, until_on=date(2026, 11, 21))


def rows(statement: str, *params: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def count(table: str) -> int:
    return int(rows(f"SELECT count(*) FROM {table}")[0][0])


def test_the_audit_finds_nothing_and_the_truth_knows_who_is_who(now: datetime, tmp_path: Path) -> None:
    firms = load_nation(PLAN, partner_id=BANK, now=now, folder=TruthFolder(tmp_path / "truth"), people_at_once=500)
    assert broken_invariants() == []
    assert firms.height == count("registry_employer") > 50
    about = json.loads((tmp_path / "truth" / "nation.json").read_text())
    assert (about["members"], about["seed"], about["months"], about["until"]) == (1_200, 4, 6, "2026-11-21")
    records = pl.read_parquet(tmp_path / "truth" / "records" / "*.parquet")
    assert about["rows"]["records"] == records.height == count("registry_person")
    known = dict(rows("SELECT id, name FROM registry_person"))
    assert {row["person_id"]: row["name"] for row in records.iter_rows(named=True)} == known
    work = pl.read_parquet(tmp_path / "truth" / "work" / "*.parquet")
    cards = dict(rows("SELECT m.kpj, m.person_id FROM registry_membership m WHERE segment = 'PU'"))
    truly = dict(records.select("person_id", "number").iter_rows())
    assert {kpj: truly[cards[kpj]] for kpj in work["kpj"]} == dict(work.select("kpj", "number").iter_rows())


def test_rows_are_told_of_truthfully_while_it_goes_on(now: datetime) -> None:
    told: list[tuple[int, int, int]] = []

    def note(progress: Progress) -> None:
        told.append((progress.people, progress.rows, progress.rows_expected))

    load_nation(PLAN, partner_id=BANK, now=now, people_at_once=400, progress=note)
    tables = (
        "registry_employer registry_person registry_nikindex registry_membership registry_kpjindex registry_employment"
        " contact_address contributions_bill contributions_billline contributions_virtualaccount contributions_payment"
        " contributions_order contributions_orderline contributions_project contributions_projectstage"
        " ledger_entry ledger_line ledger_balance access_trailevent"
    )
    # All but the two marks, which say that it began and that it is whole.
    assert told[-1][1] == sum(count(table) for table in tables.split()) - 2
    assert [people for people, _, _ in told][:3] == [400, 800, 1_200]
    assert [rows_ for _, rows_, _ in told] == sorted(rows_ for _, rows_, _ in told)
    for _, done, expected in told:
        assert done <= expected * 1.1
    assert told[-1][1] > told[-1][2] * 0.85


def test_who_earns_no_wage_has_orders_paid_lapsed_and_open_and_stands_by_them(now: datetime) -> None:
    load_nation(PLAN, partner_id=BANK, now=now)
    by_segment = dict(rows("SELECT segment, count(DISTINCT person_id) FROM registry_membership GROUP BY 1"))
    assert set(by_segment) == {"PU", "BPU", "JAKON", "PMI"}
    assert by_segment["BPU"] > by_segment["JAKON"] > by_segment["PMI"] > 0
    assert rows(
        "SELECT count(*) FROM contributions_billline l JOIN registry_membership m"
        " ON m.person_id = l.person_id AND m.id = l.membership_id WHERE m.segment <> 'PU'"
    ) == [(0,)]
    today = PLAN.until_on
    states = Counter[str]()
    for (person_id,) in rows("SELECT person_id FROM registry_membership WHERE segment IN ('BPU', 'PMI')"):
        member = registry.member(person_id)
        assert member is not None
        months = months_of(person_id=person_id)
        (standing,) = standings(member.cards, months, today)
        states[f"{standing.segment} {standing.state}"] += 1
        jht = sum(month.jht_rupiah for month in months)
        assert sum(balance.balance_rupiah for balance in ledger.balances(holder_id=person_id)) == jht
    assert {"BPU active", "BPU in_arrears", "BPU lapsed", "PMI active"} <= set(states)
    assert {kind for (kind,) in rows("SELECT kind FROM contributions_order WHERE paid_at IS NOT NULL")} == set(KINDS)
    largest = rows("SELECT employer_id FROM contributions_project GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")[0][0]
    assert all(view.stages for view in projects_of(employer_id=largest))
    assert all(answer_of(view, "id") for view in projects_of(employer_id=largest))


def test_nobody_is_told_of_the_past_and_nothing_is_in_the_future(now: datetime) -> None:
    load_nation(PLAN, partner_id=BANK, now=now)
    assert count("contact_message") == 0
    for table, column in (
        ("registry_person", "created_at"),
        ("contributions_bill", "issued_at"),
        ("contributions_payment", "paid_at"),
        ("ledger_entry", "happened_at"),
    ):
        latest = rows(f"SELECT max({column}) FROM {table}")[0][0]
        assert latest.date() < PLAN.until_on, table


def test_the_platform_goes_on_from_there(now: datetime) -> None:
    firms = load_nation(PLAN, partner_id=BANK, now=now)
    largest = firms.sort("workers").row(-1, named=True)
    workers = registry.employments_in(employer_id=largest["employer_id"], month_on=date(2026, 11, 1))
    wages = workers.select("employment_id", wage_rupiah=pl.lit(6_000_000, dtype=pl.Int64))
    report_month(employer_id=largest["employer_id"], period=date(2026, 11, 1), wages=wages, now=now)
    assert broken_invariants() == []


def test_firms_that_asked_and_have_not_paid_can_pay_what_their_numbers_say(now: datetime) -> None:
    plan = Plan(members=10, seed=2, months=3, until_on=date(2026, 11, 22), rates=UNPAID, sizes=(5, 5))
    load_nation(plan, partner_id=BANK, now=now)
    waiting = rows(
        "SELECT b.id, v.contribution_rupiah, v.penalty_rupiah, b.amount_rupiah, b.penalty_rupiah"
        " FROM contributions_bill b JOIN contributions_virtualaccount v ON v.bill_id = b.id"
        " WHERE v.closed_at IS NULL AND v.opened_at < %s AND v.expires_at > %s",
        now,
        now,
    )
    assert len(waiting) == 6 == count("contributions_bill")
    assert all((asked, fined) == (amount, penalty) for _, asked, fined, amount, penalty in waiting)
    assert sum(penalty > 0 for *_, penalty in waiting) == 6
    for bill_id, *_ in waiting:
        pay(bill_id=bill_id, partner_id=BANK, paid_at=now)
    assert broken_invariants() == []


def test_a_second_nation_and_one_beside_other_people_are_refused(now: datetime) -> None:
    load_nation(PLAN, partner_id=BANK, now=now)
    people = count("registry_person")
    with pytest.raises(NationRefused, match="into an empty one only"):
        load_nation(PLAN, partner_id=BANK, now=now)
    assert count("registry_person") == people


def test_one_firm_alone_is_enough_to_be_refused(now: datetime) -> None:
    register_employer(
        actor=SYSTEM, npp="ZZ1", name="PT Contoh", size="small", jkk_class="I", since_on=date(2026, 1, 1), now=now
    )
    with pytest.raises(NationRefused, match="people or firms"):
        load_nation(PLAN, partner_id=BANK, now=now)
    assert count("registry_employer") == 1


class Broken(Exception):
    """Somebody pulled the plug."""


@pytest.mark.parametrize("people", [400, 1_200])
def test_half_a_nation_fails_the_audit_and_takes_no_other(now: datetime, people: int) -> None:
    def pull(progress: Progress) -> None:
        if progress.people == people:
            raise Broken

    with pytest.raises(Broken):
        load_nation(PLAN, partner_id=BANK, now=now, people_at_once=400, progress=pull)
    assert count("registry_person") >= people
    broken = " ".join(broken_invariants())
    assert "every employment stands on a card of the same person and on a known employer" in broken
    assert "every line belongs to its own bill's firm and month" in broken
    with pytest.raises(NationRefused, match="begun in this database and is not whole"):
        load_nation(PLAN, partner_id=BANK, now=now)


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept")
    with pytest.raises(FolderTaken, match="is not empty"):
        TruthFolder(tmp_path)
    assert (tmp_path / "mine").read_text() == "kept"


def test_a_demonstration_with_more_members_has_a_nation_beside_its_three_firms(now: datetime) -> None:
    with transaction.atomic():
        firms = load_demo(now=now, partner_id=BANK, members=420)
        assert len(firms) == 3
        assert broken_invariants() == []
        beside = Nation(Plan(members=120, seed=45, months=24, until_on=date(2026, 11, 21)))
        assert count("registry_employer") == 3 + len(beside.firms)
        niks = {nik for firm in firms for nik in firm.workers["nik"]}
        assert not niks & set(beside.population(0, 120)["nik"])
        transaction.set_rollback(True)
