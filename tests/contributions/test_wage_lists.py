"""Projects that pay by the wages of their workers: each month listed, assessed, paid, and put right."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from lindung.access.trail import SYSTEM
from lindung.contributions import services
from lindung.contributions.contract_changes import contract_change
from lindung.contributions.money_queries import credit_moves
from lindung.contributions.order_queries import stage_orders
from lindung.contributions.queries import payable
from lindung.contributions.wage_lists import listed_rows, workers_of
from tests import builders
from tests.builders import Firm
from tests.contributions.listed_projects import (
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    list_month,
    listed_project,
    project_of,
    wage_rows,
)
from tests.contributions.money import credit, owed_by, pay
from tests.contributions.self_payers import project
from tests.contributions.test_projects import bill_stage
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-20T10:00:00+07:00")
TODAY = date(2026, 11, 20)
NIK = "9901014203900001"


def pay_month(firm: Firm, project_id: int, period: date, now: datetime = NOW) -> int:
    stage = project_of(firm, project_id).month(period).next_stage
    assert stage is not None
    order = bill_stage(firm.id, project_id, stage.stage_no, now)
    pay(order.customer_no, order.amount_rupiah, now)
    return order.amount_rupiah


def test_a_month_costs_what_the_law_says_of_each_wage_and_is_paid_by_its_own_number() -> None:
    firm = builders.firm(now=NOW)
    project_id = listed_project(firm.id, NOW)
    assert project_of(firm, project_id).amount_rupiah == 0
    list_month(firm, project_id, OCTOBER, wage_rows(3_000_000, 10_000_000, 6_000_000), NOW)
    month = project_of(firm, project_id).month(OCTOBER)
    assert month.list is not None
    assert (month.list.worker_count, month.list.wage_rupiah) == (3, 19_000_000)
    assert (month.list.jkk, month.list.jkm) == (52_200 + 174_000 + 104_400, 9_000 + 30_000 + 18_000)
    assert list(month.list.law) == ["jakon/jkk_wage_rate", "jakon/jkm_wage_rate"]
    (stage,) = month.stages
    assert (stage.amount_rupiah, stage.due_on) == (387_600, date(2026, 11, 16))  # the 15th is a Sunday
    order = bill_stage(firm.id, project_id, stage.stage_no)
    found = payable(order.customer_no, NOW)
    assert found is not None
    assert (found.kind, found.period, found.months) == ("project", OCTOBER, 1)
    pay(order.customer_no, order.amount_rupiah, NOW)
    paid = stage_orders(employer_id=firm.id, project_id=project_id)[stage.stage_no]
    assert (paid.from_on, paid.until_on, paid.receipt_number[:2]) == (OCTOBER, NOVEMBER, "KW")
    after = project_of(firm, project_id)
    assert (after.paid_rupiah, after.amount_rupiah, after.next_stage) == (387_600, 387_600, None)
    assert owed_by(firm) == 0
    assert broken_invariants() == []


def test_the_workers_are_covered_while_every_month_that_is_due_is_listed_and_paid() -> None:
    firm = builders.firm(now=NOW)
    project_id = listed_project(firm.id, NOW)

    def said(today: date) -> tuple[bool, str]:
        cover = project_of(firm, project_id).standing(today)
        return cover.active, cover.words.en

    assert said(date(2026, 10, 15)) == (True, "The workers of this project are covered")
    assert said(date(2026, 10, 16)) == (False, "Months due without a list of wages: 1")
    list_month(firm, project_id, SEPTEMBER, wage_rows(3_000_000), NOW)
    list_month(firm, project_id, OCTOBER, wage_rows(), NOW)
    assert said(TODAY) == (False, "Months due and unpaid: 1")
    pay_month(firm, project_id, SEPTEMBER)
    assert said(TODAY)[0]
    (first, second, third) = project_of(firm, project_id).months(TODAY)
    assert (first.period, second.stages, third.list) == (SEPTEMBER, (), None)
    assert said(date(2027, 6, 15)) == (False, "The project ended on 15 June 2027")
    assert len(project_of(firm, project_id).months(date(2028, 1, 1))) == 10
    assert broken_invariants() == []


def test_a_list_that_is_put_right_before_it_is_paid_takes_the_old_ones_place() -> None:
    firm = builders.firm(now=NOW)
    project_id = listed_project(firm.id, NOW)
    list_month(firm, project_id, OCTOBER, wage_rows(3_000_000), NOW)
    order = bill_stage(firm.id, project_id, 1)
    list_month(firm, project_id, OCTOBER, wage_rows(3_000_000, 3_000_000), NOW)
    with pytest.raises(services.VirtualAccountExpired):
        pay(order.customer_no, order.amount_rupiah, NOW)
    month = project_of(firm, project_id).month(OCTOBER)
    assert [(stage.stage_no, stage.amount_rupiah) for stage in month.stages] == [(2, 122_400)]
    assert month.stages[0].due_on == month.due_on
    assert pay_month(firm, project_id, OCTOBER) == 122_400
    list_month(firm, project_id, NOVEMBER, wage_rows(3_000_000), NOW)
    list_month(firm, project_id, NOVEMBER, wage_rows(), NOW)
    assert project_of(firm, project_id).month(NOVEMBER).stages == ()
    assert credit(firm) == 0
    assert broken_invariants() == []


def test_what_is_missing_of_a_paid_month_is_one_more_payment() -> None:
    firm = builders.firm(now=NOW)
    project_id = listed_project(firm.id, NOW)
    list_month(firm, project_id, OCTOBER, wage_rows(3_000_000), NOW)
    pay_month(firm, project_id, OCTOBER)
    list_month(firm, project_id, OCTOBER, wage_rows(4_000_000), NOW)
    _paid, more = project_of(firm, project_id).month(OCTOBER).stages
    assert (more.amount_rupiah, more.due_on) == (20_400, TODAY + timedelta(days=7))
    assert pay_month(firm, project_id, OCTOBER) == 20_400
    assert project_of(firm, project_id).paid_rupiah == 81_600
    assert broken_invariants() == []


def test_what_was_paid_too_much_of_a_month_is_credit_and_a_later_list_counts_with_it() -> None:
    firm = builders.firm(now=NOW)
    project_id = listed_project(firm.id, NOW)
    list_month(firm, project_id, OCTOBER, wage_rows(10_000_000), NOW)
    pay_month(firm, project_id, OCTOBER)
    list_month(firm, project_id, OCTOBER, wage_rows(3_000_000), NOW)
    assert credit(firm) == 204_000 - 61_200
    (moved,) = credit_moves(employer_id=firm.id)
    assert (moved.rupiah, moved.project_name, moved.period) == (142_800, "Gedung Contoh", OCTOBER)
    assert project_of(firm, project_id).paid_rupiah == 61_200
    list_month(firm, project_id, OCTOBER, wage_rows(6_000_000), NOW)
    assert pay_month(firm, project_id, OCTOBER) == 61_200
    list_month(firm, project_id, OCTOBER, wage_rows(), NOW)
    assert credit(firm) == 142_800 + 122_400
    assert project_of(firm, project_id).paid_rupiah == 0
    assert broken_invariants() == []


def test_a_list_is_told_apart_from_the_same_again_from_a_month_that_is_none_and_from_what_was_not_shown() -> None:
    firm, other = builders.firm(now=NOW), builders.firm(now=NOW)
    project_id = listed_project(firm.id, NOW)
    list_month(firm, project_id, OCTOBER, wage_rows(3_000_000, niks=(NIK,)), NOW)
    with pytest.raises(services.WageListRefused, match="same"):
        list_month(firm, project_id, OCTOBER, wage_rows(3_000_000, niks=(NIK,)), NOW)
    list_month(firm, project_id, OCTOBER, wage_rows(3_000_000), NOW)
    for month in (date(2026, 8, 1), date(2026, 12, 1), date(2026, 11, 2)):
        with pytest.raises(services.WageListRefused, match="month"):
            list_month(firm, project_id, month, wage_rows(3_000_000), NOW)
    by_value = project(firm.id, NOW)
    for employer_id, asked in ((other.id, project_id), (firm.id, by_value)):
        with pytest.raises(services.BillNotFound):
            services.list_wages(
                actor=SYSTEM,
                employer_id=employer_id,
                project_id=asked,
                period=OCTOBER,
                rows=wage_rows(1),
                agreed="",
                now=NOW,
            )
    with pytest.raises(services.WageListRefused, match="moved"):
        services.list_wages(
            actor=SYSTEM,
            employer_id=firm.id,
            project_id=project_id,
            period=OCTOBER,
            rows=wage_rows(4_000_000),
            agreed="81600-81601-0",
            now=NOW,
        )
    assert [found.revision for found in project_of(firm, project_id).lists] == [1, 2]
    assert broken_invariants() == []


def test_a_project_of_listed_wages_has_no_value_that_could_change() -> None:
    firm = builders.firm(now=NOW)
    project_id = listed_project(firm.id, NOW)
    effect = contract_change(project_of(firm, project_id), contract_rupiah=1_000_000, today=TODAY)
    with pytest.raises(services.BillNotFound):
        services.change_contract(
            actor=SYSTEM,
            employer_id=firm.id,
            project_id=project_id,
            agreed_on=TODAY,
            contract_rupiah=1_000_000,
            agreed=effect.agreed,
            now=NOW,
        )
    with pytest.raises(services.ProjectRefused, match="taken"):
        listed_project(firm.id, NOW)


def test_a_nik_is_kept_sealed_and_shown_to_its_firm_by_its_end() -> None:
    firm = builders.firm(now=NOW)
    project_id = listed_project(firm.id, NOW)
    rows = wage_rows(3_000_000, 4_000_000, niks=(NIK,))
    list_id = list_month(firm, project_id, OCTOBER, rows, NOW)
    assert listed_rows(list_id).equals(rows)
    assert [(worker.nik_end, worker.amount_rupiah) for worker in workers_of(list_id=list_id, start=0, most=9)] == [
        ("0001", 61_200),
        ("", 81_600),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT w.*::text FROM contributions_projectwageline w")
        assert NIK not in str(cursor.fetchall())
