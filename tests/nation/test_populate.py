from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from lindung.contributions.queries import bill_of, wages_in
from lindung.nation.firms import big_sizes
from lindung.nation.populate import populate
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.django_db
FIRST = 5_000_000


def test_a_big_nation_has_its_last_month_billed_and_paid_and_the_audit_finds_nothing(now: datetime) -> None:
    firms = populate(members=900, seed=1, now=now, partner_id=1, sizes=[300, 600], first=FIRST)
    assert [firm.workers for firm in firms] == [300, 600]
    for firm in firms:
        bill = bill_of(employer_id=firm.id, period=date(2026, 10, 1))
        assert bill is not None
        assert bill.worker_count == firm.workers
        assert bill.paid_at is not None
        assert bill.paid_at.date() <= bill.due_on
        assert wages_in(employer_id=firm.id, period=date(2026, 10, 1)).height == firm.workers
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), min(version), max(version) FROM ledger_balance")
        assert cursor.fetchone() == (900, 1, 1)
    assert broken_invariants() == []


def test_more_months_add_up_with_a_raise_in_january(now: datetime) -> None:
    (firm,) = populate(
        members=20, seed=1, now=now - timedelta(days=270), partner_id=1, months=3, sizes=[20], first=FIRST
    )
    wages = [
        wages_in(employer_id=firm.id, period=period)["wage_rupiah"].sum()
        for period in (date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1))
    ]
    assert wages[0] == wages[1] < wages[2]
    assert broken_invariants() == []


def test_a_second_nation_stands_beside_the_first(now: datetime) -> None:
    populate(members=10, seed=1, now=now, partner_id=1, sizes=[10], first=FIRST)
    populate(members=10, seed=1, now=now, partner_id=1, sizes=[10], first=FIRST + 10)
    assert broken_invariants() == []


def test_a_million_are_spread_so_that_there_is_a_firm_of_ten_thousand_and_one_of_a_hundred_thousand() -> None:
    sizes = big_sizes(1_000_000)
    assert sum(sizes) == 1_000_000
    assert {10_000, 100_000} <= set(sizes)
    assert big_sizes(500) == [500]


def test_sizes_that_do_not_add_up_are_refused(now: datetime) -> None:
    with pytest.raises(ValueError, match="3 workers for 10 people"):
        populate(members=10, seed=1, now=now, partner_id=1, sizes=[1, 2])
