"""A bill worker by worker."""

from datetime import date, datetime, timedelta

import pytest

from lindung.contributions.bill_lines import lines_of
from tests import builders

OCTOBER = date(2026, 10, 1)


@pytest.mark.django_db
def test_a_line_holds_both_shares_and_they_sum_up_to_the_bill(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3)
    issued = builders.bill(firm, OCTOBER, now - timedelta(days=10))
    lines = lines_of(employer_id=firm.id, bill_id=issued.bill_id, start=0, most=10)
    first = lines[0]
    assert (first.wage_rupiah, first.jht_rupiah, first.jp_rupiah) == (10_000_000, 570_000, 300_000)
    assert sum(line.amount_rupiah for line in lines) == issued.amount_rupiah
    assert {line.kpj for line in lines} == set(firm.people["kpj"])


@pytest.mark.django_db
def test_pages_follow_each_other_by_name_and_leave_nobody_out(now: datetime) -> None:
    firm = builders.firm(now=now, workers=5)
    issued = builders.bill(firm, OCTOBER, now)
    pages = [lines_of(employer_id=firm.id, bill_id=issued.bill_id, start=start, most=2) for start in (0, 2, 4)]
    names = [line.name for page in pages for line in page]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert names == sorted(firm.told["name"])


@pytest.mark.django_db
def test_another_firms_bill_has_no_lines(now: datetime) -> None:
    mine, theirs = builders.firm(now=now, workers=1), builders.firm(now=now, workers=1)
    issued = builders.bill(theirs, OCTOBER, now)
    assert lines_of(employer_id=mine.id, bill_id=issued.bill_id, start=0, most=10) == []
