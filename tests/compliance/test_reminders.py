"""Firms are reminded before and after a month is due, each step once, and no more once it is paid."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from lindung.access import services as access
from lindung.access.trail import SYSTEM
from lindung.compliance import rules, services
from lindung.contact import catalogue
from lindung.contact.addressees import of_account
from lindung.lib.clock import WIB
from tests import builders
from tests.builders import Firm
from tests.contributions.money import pay

OCTOBER, DUE_ON = date(2026, 10, 1), date(2026, 11, 16)

pytestmark = pytest.mark.django_db


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 15, tzinfo=WIB)


def clerk(firm: Firm, now: datetime, email: str = "") -> int:
    """Somebody who works for the firm; gives his account."""
    email = email or f"hr{firm.id}@contoh.example"
    return access.invite(
        actor=SYSTEM, display_name="Rina", names={"email": email}, role="hr", scope_id=firm.id, now=now
    ).account_id


def steps(firm: Firm) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT step FROM compliance_reminder WHERE employer_id = %s AND period = %s ORDER BY id",
            [firm.id, OCTOBER],
        )
        return [step for (step,) in cursor.fetchall()]


def letters(account_id: int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT params::text FROM contact_message WHERE person_id = %s AND kind = 'month_due' ORDER BY id",
            [of_account(account_id)],
        )
        return [json.loads(params) for (params,) in cursor.fetchall()]


def test_steps_are_counted_in_working_days_around_the_due_date() -> None:
    days = {step.name: step.day_for(DUE_ON) for step in rules.reminder_steps()}
    assert days == {
        "week-before": date(2026, 11, 9),
        "day-before": date(2026, 11, 13),
        "day-after": date(2026, 11, 17),
        "weeks-after": date(2026, 12, 2),
    }


@pytest.mark.parametrize("days", range(-20, 40))
def test_there_is_one_step_a_day_at_most_and_each_is_the_newest_begun(days: int) -> None:
    today = DUE_ON + timedelta(days=days)
    step = rules.step_on(DUE_ON, date(2026, 12, 15), today)
    if step is None:
        assert today < date(2026, 11, 9) or today >= rules.reminder_steps()[0].day_for(date(2026, 12, 15))
    else:
        assert step.day_for(DUE_ON) <= today
        assert all(later.day_for(DUE_ON) > today for later in rules.reminder_steps() if later.days > step.days)


def test_each_step_comes_once_however_often_the_job_runs(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=OCTOBER)
    account = clerk(firm, now)
    for day in range(1, 31):
        for _again in range(2):
            services.remind_firms(now=at(date(2026, 11, day)))
    services.remind_firms(now=at(date(2026, 12, 2)))
    assert steps(firm) == ["week-before", "day-before", "day-after", "weeks-after"]
    assert [letter["late"] for letter in letters(account)] == [False, False, True, True]


def test_a_job_that_slept_over_two_steps_tells_the_newest_alone(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=OCTOBER)
    services.remind_firms(now=at(date(2026, 11, 18)))
    assert steps(firm) == ["day-after"]


def test_who_has_not_reported_reads_that_and_who_has_reads_how_much_and_where_to(now: datetime) -> None:
    silent, billed = (builders.firm(now=now, workers=1, from_on=OCTOBER) for _ in range(2))
    accounts = [clerk(firm, now) for firm in (silent, billed)]
    issued = builders.bill(billed, OCTOBER, at(date(2026, 11, 5)))
    services.remind_firms(now=at(date(2026, 11, 9)))
    told = [letters(account)[0] for account in accounts]
    assert (told[0]["billed"], told[0]["account"]) == (False, "")
    assert told[1]["amount_rupiah"] == issued.amount_rupiah
    assert told[1]["account"].endswith(issued.customer_no)
    words = [catalogue.mail_text("month_due", each, link="", home="https://x.example", language="id") for each in told]
    assert "Laporkan upah dahulu" in words[0].text
    assert issued.customer_no in words[1].text
    assert "dendanya 2% untuk setiap bulan yang dimulai (PP 44/2015 Pasal 22)" in words[1].text


def test_a_paid_month_is_not_spoken_of(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=OCTOBER)
    issued = builders.bill(firm, OCTOBER, at(date(2026, 11, 5)))
    pay(issued.customer_no, issued.amount_rupiah, at(date(2026, 11, 6)))
    services.remind_firms(now=at(date(2026, 11, 9)))
    assert steps(firm) == []


def test_a_firm_without_workers_in_the_month_owes_nothing(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=date(2026, 11, 1))
    services.remind_firms(now=at(date(2026, 11, 9)))
    assert steps(firm) == []


def test_who_works_for_two_firms_gets_a_letter_about_each(now: datetime) -> None:
    firms = [builders.firm(now=now, workers=1, from_on=OCTOBER) for _ in range(3)]
    accounts = {clerk(firm, now, "biro@contoh.example") for firm in firms}
    assert len(accounts) == 1
    services.remind_firms(now=at(date(2026, 11, 9)))
    assert len({letter["employer"] for letter in letters(accounts.pop())}) == 3
