"""What COPY leaves behind is what the services leave behind that are told the same, act by act."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest
from django.db import transaction

from lindung.access.trail import SYSTEM, Actor
from lindung.contributions import postings
from lindung.contributions.models import Bill, Order, Payment
from lindung.ledger.services import post
from lindung.nation.load import load_nation
from lindung.nation.nation import Nation
from lindung.nation.orders import KINDS, OWN_ACCOUNT, ordered_day
from lindung.nation.plan import Plan
from lindung.nation.rates import USUAL
from lindung.nation.reporting import NEVER
from tests.nation.checks import broken_invariants
from tests.nation.picture import Picture, picture
from tests.nation.told_to_services import Told

pytestmark = pytest.mark.django_db
BANK = 3
# Everything that may happen happens often: late and forgotten months, second jobs and cards, wrong NIK.
BUSY = replace(
    USUAL,
    segments=(60, 20, 10, 10),
    sectors=tuple(replace(sector, leaves=sector.leaves * 5) for sector in USUAL.sectors),
    habits=tuple(replace(habit, weight=1 + habit.weight // 1_000) for habit in USUAL.habits),
    founded_later=2_500,
    second_job=2_000,
    mistyped_nik=3_000,
    second_nik=10_000,
    month_left_out=300,
    exit_never_reported=2_000,
    ages=USUAL.ages[:-10] + (150,) * 10,
    bpu_late=3_000,
    bpu_lapses=2_500,
    bpu_returns=8_000,
    order_lapses=2_500,
    abroad_months=((6, 1),),
    abroad_with_jht=5_000,
    abroad_prolonged=10_000,
    project_workers=2,
    project_late=4_000,
    project_stops=1_500,
)
PLAN = Plan(members=100, seed=6, months=8, until_on=date(2026, 11, 21), rates=BUSY)


@pytest.fixture
def copied(now: datetime) -> Iterator[Picture]:
    with transaction.atomic():
        load_nation(PLAN, partner_id=BANK, now=now, people_at_once=17)
        yield picture()
        transaction.set_rollback(True)


def test_everything_happens_that_the_rows_are_held_against() -> None:
    nation = Nation(PLAN)
    orders, built = nation.orders, nation.built
    waits = (orders.paid_at == NEVER) & (orders.withdrawn_at == NEVER)
    for kind in range(len(KINDS)):
        assert {True, False} == set(orders.paid_at[orders.kind == kind] != NEVER), KINDS[kind]
    assert orders.prolongs.any()
    assert waits.any()
    running = np.searchsorted(PLAN.days, ordered_day(orders.ordered_at), side="right") - 1
    own = orders.kind == OWN_ACCOUNT
    assert (orders.from_day[own] < PLAN.days[running[own]]).any(), "nobody pays back"
    assert (orders.until_day[own] > PLAN.days[PLAN.months + 1]).any(), "nobody pays ahead"
    assert set(built.projects["pattern"]) == {"", "50/25/25", "20/30/30/20"}
    assert set(built.projects["with_vat"]) == {True, False}
    assert built.stages.height < built.due.height


def test_every_row_is_the_one_that_the_services_write(now: datetime) -> None:
    with transaction.atomic():
        load_nation(PLAN, partner_id=BANK, now=now, people_at_once=17)
        copied = picture()
        assert broken_invariants() == []
        transaction.set_rollback(True)
    with transaction.atomic():
        Told(Nation(PLAN), partner_id=BANK).tell()
        told = picture()
        assert broken_invariants() == []
        transaction.set_rollback(True)
    for table, rows in told.items():
        assert rows, f"nothing happened to {table}"
        assert copied[table] == rows, next(
            pair for pair in zip(copied[table], rows, strict=False) if pair[0] != pair[1]
        )


def test_the_ledger_knows_each_entry_again(now: datetime) -> None:
    load_nation(PLAN, partner_id=BANK, now=now)
    bank = Actor("partner", BANK)
    for bill in Bill.objects.all():
        issued = post(
            actor=SYSTEM,
            key=f"bill:{bill.pk}",
            kind="bill",
            agency_lines=postings.bill_issued(bill),
            holder_lines=None,
            happened_at=bill.issued_at,
            now=now,
        )
        assert issued.repeated
    for order in Order.objects.exclude(payment_id=None):
        ordered = post(
            actor=bank,
            key=f"payment:{order.payment_id}",
            kind="payment",
            agency_lines=postings.order_paid(order, partner_id=BANK),
            holder_lines=postings.member_credited(order) if order.jht else None,
            happened_at=order.paid_at or now,
            now=now,
        )
        assert ordered.repeated
    for payment in Payment.objects.filter(order_id=None):
        bill = Bill.objects.get(pk=payment.bill_id)
        paid = post(
            actor=bank,
            key=f"payment:{payment.pk}",
            kind="payment",
            agency_lines=postings.bill_paid(bill, partner_id=BANK, penalty_rupiah=payment.penalty_rupiah),
            holder_lines=postings.workers_credited(bill),
            happened_at=payment.paid_at,
            now=now,
        )
        assert paid.repeated
