"""A worker's payslips beside what was reported: the law decides what lacks; hints are told from five workers on."""

from datetime import date, datetime

import numpy as np
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lindung.access.models import TrailEvent
from lindung.compliance import services
from lindung.compliance.firms import firms_in
from lindung.compliance.hint_queries import hints_about
from lindung.compliance.own_wages import PROGRAMMES, ReportedMonth, compare, months_to_compare
from lindung.compliance.queries import wage_complaints
from lindung.law import Month, Programme
from lindung.law import contributions as law
from tests import builders
from tests.compliance.complaining import MEMBER, OCTOBER
from tests.often import often

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)


def worker(firm: builders.Firm) -> int:
    return int(firm.rows().person_id[0])


@pytest.mark.hypothesis
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=often(25))
@given(own_wage=st.integers(1, 10**12), jp_liable=st.booleans(), jkk_class=st.sampled_from(["I", "III", "V"]))
def test_what_lacks_is_what_the_law_makes_of_his_wage_less_what_was_billed(
    own_wage: int, jp_liable: bool, jkk_class: str
) -> None:
    programmes = frozenset(PROGRAMMES)
    month = ReportedMonth(OCTOBER, 1, {Programme.JHT: 1}, OCTOBER, jkk_class, programmes, jp_liable, False)
    (compared,) = compare([month], {OCTOBER: own_wage})
    assessed = law.assess(
        month=Month.of(OCTOBER),
        jkk_class=jkk_class,
        programmes=programmes,
        wages=np.array([own_wage], dtype=np.int64),
        jp_liable=np.array([jp_liable]),
    )
    assert sum(compared.right(programme) for programme in PROGRAMMES) == int(assessed.amount()[0])
    assert compared.missing(Programme.JHT) == int(assessed.jht_employer[0] + assessed.jht_worker[0]) - 1


def test_a_month_is_compared_by_the_facts_it_was_billed_by(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    builders.bill(firm, OCTOBER, now)
    months = months_to_compare(person_id=worker(firm), employer_id=firm.id, today=now.date())
    october = next(month for month in months if month.period == OCTOBER)
    # The same wage again: the law gives what the bill has, programme by programme.
    (same,) = compare([october], {OCTOBER: october.wage_rupiah})
    assert not same.differs
    assert {programme: same.missing(programme) for programme in PROGRAMMES} == dict.fromkeys(PROGRAMMES, 0)
    (more,) = compare([october], {OCTOBER: october.wage_rupiah + 1_000_000})
    assert more.missing(Programme.JHT) == 57_000  # 5.7% of what was left out
    assert compare(months, {}) == []


def test_a_month_that_was_never_reported_lacks_all_of_it(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=SEPTEMBER)
    builders.bill(firm, SEPTEMBER, now)
    months = months_to_compare(person_id=worker(firm), employer_id=firm.id, today=now.date())
    assert [(month.period, month.wage_rupiah > 0, month.like) for month in months] == [
        (OCTOBER, False, SEPTEMBER),
        (SEPTEMBER, True, SEPTEMBER),
    ]
    (missing,) = compare(months, {OCTOBER: 5_000_000})
    assert missing.missing(Programme.JHT) == missing.right(Programme.JHT) == 285_000


def test_a_firm_that_never_billed_him_gives_nothing_to_compare(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    assert months_to_compare(person_id=worker(firm), employer_id=firm.id, today=now.date()) == []


def test_several_months_are_complained_about_together_or_not_at_all(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=SEPTEMBER)
    builders.bill(firm, SEPTEMBER, now)

    def complain(wages: dict[date, int]) -> int:
        opened = services.open_complaints_of_wages(
            actor=MEMBER,
            person_id=worker(firm),
            employer_id=firm.id,
            wages=wages,
            words="",
            now=now,
        )
        return len(opened)

    with pytest.raises(services.CannotComplain, match="no_month"):
        complain({SEPTEMBER: 7_000_000, date(2026, 1, 1): 7_000_000})
    with pytest.raises(services.CannotComplain, match="no_wage"):
        complain({SEPTEMBER: 10**12 + 1})
    assert wage_complaints(person_id=worker(firm), employer_id=firm.id) == []
    assert complain({SEPTEMBER: 7_000_000, OCTOBER: 7_000_000}) == 2
    assert complain({SEPTEMBER: 7_000_000, OCTOBER: 7_000_000}) == 2
    told = wage_complaints(person_id=worker(firm), employer_id=firm.id)
    assert [(one.row.period, one.row.kind, one.own_wage_rupiah) for one in told] == [
        (SEPTEMBER, "wage_wrong", 7_000_000),
        (OCTOBER, "month_missing", 7_000_000),
    ]
    with pytest.raises(services.CannotComplain, match="too_many"):
        complain({date(2025 + month // 12, month % 12 + 1, 1): 1 for month in range(13)})


def test_hints_are_told_from_five_workers_on_in_steps_and_for_a_year(now: datetime) -> None:
    firm = builders.firm(now=now, workers=11)
    builders.bill(firm, OCTOBER, now)
    people = [int(person_id) for person_id in firm.rows().person_id]
    for already, person_id in enumerate(people):
        shown = hints_about(employer_id=firm.id, today=now.date())
        assert shown == already // 5 * 5
        for _ in range(2):
            services.hint_at_wages(person_id=person_id, employer_id=firm.id, now=now)
    found = {row["employer_id"]: row["hints"] for row in firms_in(Month.of(OCTOBER), now.date()).iter_rows(named=True)}
    assert found[firm.id] == 10
    assert hints_about(employer_id=firm.id, today=date(2027, 11, 30)) == 10
    assert hints_about(employer_id=firm.id, today=date(2027, 12, 1)) == 0


def test_a_hint_leads_back_to_nobody(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    services.hint_at_wages(person_id=worker(firm), employer_id=firm.id, now=now)
    event = TrailEvent.objects.get(act="wage_hint_given", object_id=firm.id)
    assert (event.actor_kind, event.actor_id, event.detail) == ("system", 0, {})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM compliance_wagehint WHERE employer_id = %s", [firm.id])
        (row,) = cursor.fetchall()
    assert str(worker(firm)).encode() not in bytes(row[1])
    assert len(row) == 3
    with pytest.raises(services.CannotComplain, match="no_month"):
        services.hint_at_wages(person_id=worker(firm), employer_id=builders.firm(now=now, workers=1).id, now=now)
