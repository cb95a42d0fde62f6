"""The demonstration: what it holds, and that the platform's own audit finds nothing wrong in it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from django.db import connection, transaction

from lindung.access.trail import SYSTEM
from lindung.compliance.queries import complaints_of_firm
from lindung.contributions.crediting_queries import creditings
from lindung.contributions.project_queries import projects_of
from lindung.contributions.queries import bills_of, months_of
from lindung.contributions.refund_queries import looks, refunds
from lindung.contributions.services import reissue_virtual_account
from lindung.contributions.standing import standings
from lindung.ledger.chart import account
from lindung.ledger.queries import agency_balance
from lindung.lib.damm import is_valid
from lindung.nation.demo import LivedFirm, load_demo
from lindung.nation.history import report_month
from lindung.registry.queries import member
from tests.conftest import NOW
from tests.nation.checks import broken_invariants

BANK = 3


@pytest.fixture(scope="module")
def nation(own_db: None) -> Iterator[list[LivedFirm]]:
    """One nation for all tests here, alone in its database and undone afterwards."""
    with transaction.atomic():
        yield load_demo(now=NOW, partner_id=BANK)
        transaction.set_rollback(True)


def rows(statement: str, *params: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def test_the_audit_finds_nothing(nation: list[LivedFirm]) -> None:
    assert broken_invariants() == []


def test_there_are_three_firms_of_different_size_and_about_three_hundred_at_work(nation: list[LivedFirm]) -> None:
    at_work = [firm.workers.filter(pl.col("until_on").is_null()).height for firm in nation]
    assert at_work[0] == 12
    assert 60 <= at_work[1] <= 80
    assert 200 <= at_work[2] <= 240
    assert {firm.firm.size for firm in nation} == {"small", "medium", "large"}
    assert len({firm.firm.jkk_class for firm in nation}) == 3


def test_history_is_twenty_four_months_up_to_the_last_one(nation: list[LivedFirm]) -> None:
    for firm in nation[1:]:
        assert min(firm.bills) == date(2024, 11, 1)
        assert max(firm.bills) == date(2026, 10, 1)
        assert len(firm.bills) == 24
    small = nation[0]
    assert len(small.bills) == 23
    assert date(2026, 6, 1) not in small.bills


def test_one_bill_alone_is_unpaid_and_it_can_be_paid_after_a_new_number(nation: list[LivedFirm]) -> None:
    unpaid = rows("SELECT id, employer_id, period FROM contributions_bill WHERE paid_at IS NULL")
    assert [(employer, period) for _, employer, period in unpaid] == [(nation[0].id, date(2026, 10, 1))]
    with transaction.atomic():
        new = reissue_virtual_account(actor=SYSTEM, employer_id=nation[0].id, bill_id=unpaid[0][0], now=NOW)
        assert new.amount_rupiah > 0
        transaction.set_rollback(True)


def test_some_months_were_paid_late_with_a_penalty_through_a_new_number(nation: list[LivedFirm]) -> None:
    late = [bill for firm in nation for bill in bills_of(employer_id=firm.id) if bill.paid_at and bill.penalty_rupiah]
    assert len(late) == 4
    assert {bill.months_late for bill in late} == {1, 2}
    penalties = sum(bill.penalty_rupiah for bill in late)
    assert agency_balance(account_no=account("penalty")) == penalties
    closed = rows("SELECT FROM contributions_virtualaccount WHERE closed_at IS NOT NULL AND bill_id > 0")
    assert len(closed) == 71 - 1 + 4


def test_past_years_are_credited_by_a_decision_that_says_it_is_invented(nation: list[LivedFirm]) -> None:
    views = creditings()
    assert [(view.year, view.state) for view in views] == [(2025, "finished"), (2024, "finished")]
    for view in views:
        assert "bukan keputusan sungguhan" in view.citation
        assert (view.credited_accounts, view.credited_rupiah) == (view.confirmed_accounts, view.confirmed_rupiah)
        assert view.credited_accounts > 250
        assert view.planned_by != view.started_by
    assert rows("SELECT year FROM contributions_provisionalrate") == [(2026,)]


def test_nothing_is_said_to_happen_in_the_future(nation: list[LivedFirm]) -> None:
    for table, column in (
        ("contributions_bill", "issued_at"),
        ("contributions_payment", "paid_at"),
        ("ledger_entry", "happened_at"),
        ("access_trailevent", "happened_at"),
        ("registry_person", "created_at"),
    ):
        assert rows(f"SELECT max({column}) FROM {table}")[0][0] <= NOW, table


def test_some_left_some_came_and_movers_keep_their_card(nation: list[LivedFirm]) -> None:
    medium = nation[1].workers
    assert medium["until_on"].drop_nulls().len() > 5
    assert medium["from_on"].n_unique() > 5
    several = rows(
        "SELECT count(DISTINCT employer_id), count(DISTINCT membership_id) FROM registry_employment"
        " GROUP BY person_id HAVING count(*) > 1"
    )
    assert several == [(2, 1)] * 4
    two_at_once = rows(
        "SELECT person_id FROM registry_employment WHERE until_on IS NULL GROUP BY 1 HAVING count(*) > 1"
    )
    assert len(two_at_once) == 1


def test_who_is_past_the_pension_age_owes_no_pension_contribution(nation: list[LivedFirm]) -> None:
    large = nation[2].id
    stopped = rows(
        "SELECT DISTINCT l.person_id, p.birth_on FROM contributions_billline l"
        " JOIN registry_person p ON p.id = l.person_id"
        " WHERE l.employer_id = %s AND l.period = '2026-10-01' AND NOT l.jp_liable AND jp_worker = 0",
        large,
    )
    assert stopped
    # Pension age 59 since January 2025: reached before October 2026.
    assert all(born < date(1967, 10, 1) for _, born in stopped)
    assert not rows("SELECT FROM contributions_billline WHERE employer_id = %s AND jp_worker > 0", nation[0].id)


def test_every_card_number_bears_its_check_digit(nation: list[LivedFirm]) -> None:
    numbers = [kpj for firm in nation for kpj in firm.workers["kpj"]]
    assert all(len(kpj) == 11 and is_valid(kpj) for kpj in numbers)


def test_who_left_pays_for_himself_stopped_or_went_abroad(nation: list[LivedFirm]) -> None:
    stands = []
    for payer in nation[1].payers:
        own = member(payer.person_id)
        assert own is not None
        months = months_of(person_id=payer.person_id)
        stands += [found for found in standings(own.cards, months, NOW.date()) if found.kpj == payer.kpj]
    assert [(found.segment, found.state) for found in stands] == [
        ("BPU", "active"),
        ("BPU", "lapsed"),
        ("PMI", "active"),
    ]


def test_a_project_has_paid_its_first_stage_and_one_by_wages_its_first_month(nation: list[LivedFirm]) -> None:
    paid = {
        found.project.by_wages: [stage.paid_at is not None for stage in found.stages]
        for found in projects_of(employer_id=nation[2].id)
    }
    assert paid == {False: [True, False, False], True: [True, False]}


def test_a_worker_asks_after_the_month_that_was_not_reported(nation: list[LivedFirm]) -> None:
    (complaint,) = complaints_of_firm(employer_id=nation[0].id)
    assert (complaint.period, complaint.state) == (date(2026, 6, 1), "with_firm")


def test_a_firm_that_paid_twice_asks_the_money_back_and_a_second_officer_is_waited_for(
    nation: list[LivedFirm],
) -> None:
    (asked,) = refunds(waits=True)
    assert (asked.employer_id, asked.state) == (nation[1].id, "asked")
    assert asked.amount_rupiah == bills_of(employer_id=nation[1].id)[0].amount_rupiah
    # Nothing was sent to any firm's account yet, which is the one thing that stands out.
    assert looks(asked) == ["new_account"]


def test_a_worker_who_left_a_silent_firm_waits_for_an_officer(nation: list[LivedFirm]) -> None:
    (complaint,) = complaints_of_firm(employer_id=nation[1].id)
    assert (complaint.kind, complaint.state) == ("exit_unreported", "with_agency")


def test_nobody_is_told_of_the_past_but_of_his_own_complaint(nation: list[LivedFirm]) -> None:
    assert rows("SELECT kind FROM contact_message") == [("complaint_passed_on",)]


def test_the_platform_can_go_on_from_there(nation: list[LivedFirm]) -> None:
    large = nation[2]
    wages = large.workers.select("employment_id", wage_rupiah=pl.lit(6_000_000, dtype=pl.Int64))
    with transaction.atomic():
        bill = report_month(employer_id=large.id, period=date(2026, 11, 1), wages=wages, now=NOW + timedelta(days=14))
        assert bill.bill_id > max(large.bills.values())
        assert broken_invariants() == []
        transaction.set_rollback(True)


def told(firms: list[LivedFirm]) -> list[Any]:
    kept = ["number", "nik", "name", "birth_on", "email", "employee_no", "from_on", "until_on", "starting_wage"]
    return [firm.workers.select(kept).sort("number").rows() for firm in firms]


def test_the_same_seed_gives_the_same_nation(nation: list[LivedFirm]) -> None:
    first = told(nation)
    amounts = "SELECT period, amount_rupiah FROM contributions_bill WHERE employer_id = %s ORDER BY 1"
    before = [rows(amounts, firm.id) for firm in nation]
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Make room: the second nation has the same firms and people.
            cursor.execute("UPDATE registry_employer SET npp = 'X' || npp")
            cursor.execute("UPDATE registry_nikindex SET nik_index = nik_index || '\\x00'::bytea")
        again = load_demo(now=NOW, partner_id=BANK)
        assert told(again) == first
        assert [rows(amounts, firm.id) for firm in again] == before
        transaction.set_rollback(True)
