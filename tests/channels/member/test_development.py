"""Development as a member sees it: past years with their reason, growth only where somebody stands for its rate."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lindung.access.trail import Actor
from lindung.contributions.development_queries import YearOfAccount, money_of, years_credited
from lindung.contributions.explained import Unexplained
from lindung.contributions.explained_development import explained_growth, explained_year
from lindung.contributions.services import DecisionMissing, YearNotOver, YearTaken, set_provisional_rate
from lindung.lib.clock import WIB
from lindung.nation.history import pay
from tests import builders
from tests.channels.test_routes import signed_in
from tests.contributions.crediting_money import DECISION, RATE, at, credited, got

pytestmark = pytest.mark.django_db
OFFICER = Actor("account", 1)


def member(now: datetime, *paid_on: date) -> tuple[Client, int]:
    """Somebody for whom 570,000 rupiah came on each of these days."""
    firm = builders.firm(now=now, workers=1, from_on=date(2015, 7, 1))
    for day in paid_on:
        reported = datetime(day.year, day.month, day.day, 9, tzinfo=WIB)
        issued = builders.bill(firm, day.replace(day=1), reported)
        pay(bill_id=issued.bill_id, partner_id=1, paid_at=reported)
    person = int(firm.people["person_id"][0])
    return signed_in("member", "member", person, now), person


def provisional(year: int, now: datetime, rate: Decimal = RATE, citation: str = DECISION) -> None:
    set_provisional_rate(actor=OFFICER, year=year, annual_rate=rate, citation=citation, now=now)


def test_each_credited_year_stands_with_its_rate_amount_reason_and_decision(now: datetime) -> None:
    client, _ = member(now, date(2024, 6, 3), date(2025, 4, 4))
    credited(2024, now)
    credited(2025, now)
    page = client.get("/member/months/").content.decode()
    # 2024: seven months of 570,000 at 5.75%; 2025: all of it, and nine months of the next.
    assert "Rp19.119" in page
    assert "Rp58.456" in page
    assert "5,75% / 12 dari (saldo awal Rp589.119 x 12 bulan" in page
    assert page.count(f"Tarif menurut: {DECISION}") == 2


def test_a_year_at_the_laws_own_rate_names_its_article(now: datetime) -> None:
    client, person = member(now)
    got({person: 5_000_000}, at(date(2018, 6, 3)))
    credited(2019, now, rate=None)
    page = client.get("/member/months/").content.decode()
    assert "6,06% / 12 dari" in page
    assert "UU 40/2004 Pasal 37 ayat 3" in page
    assert "Tarif menurut" not in page


def test_nothing_is_shown_of_growth_without_a_rate_that_somebody_stands_for(now: datetime) -> None:
    client, _ = member(now, date(2025, 6, 3))
    assert "Perkiraan" not in client.get("/member/").content.decode()
    for citation in ("", "  "):
        with pytest.raises(DecisionMissing):
            provisional(2026, now, citation=citation)
    with pytest.raises(YearNotOver):
        provisional(2027, now)


def test_growth_so_far_is_marked_provisional_and_is_in_no_balance(now: datetime) -> None:
    client, _ = member(now, date(2025, 6, 3), date(2026, 3, 3))
    provisional(2026, now, Decimal("0.03"), "Usulan lama")
    provisional(2026, now)
    with CaptureQueriesContext(connection) as statements:
        page = client.get("/member/").content.decode()
    assert len(statements) <= 4
    # Ten months are over: 570,000 for ten and 570,000 for eight, at 5.75% a year.
    assert "Rp49.163" in page
    assert "sementara, belum masuk saldo" in page
    assert f"Tarif menurut: {DECISION}" in page
    assert "Rp1.140.000" in page
    client.cookies["lindung-language"] = "en"
    assert "Rp49,163" in client.get("/member/").content.decode()


def test_last_year_grows_whole_until_it_is_credited_and_then_no_more(now: datetime) -> None:
    client, person = member(now, date(2025, 6, 3))
    provisional(2025, now)
    provisional(2026, now)
    growing = money_of(person_id=person, today=now.date()).growing
    grown = explained_growth(growing, today=now.date(), language="id")
    assert [(part.year, part.months, part.line.amount_rupiah) for part in grown] == [
        (2026, 10, 27_313),
        (2025, 12, 19_119),
    ]
    credited(2025, now)
    money = money_of(person_id=person, today=now.date())
    assert [year.year for year in money.growing] == [2026]
    assert money.growing[0].opening_rupiah == money.balance_rupiah == 570_000 + 19_119
    with pytest.raises(YearTaken):
        provisional(2025, now)
    assert "Perkiraan" in client.get("/member/").content.decode()


def test_in_january_no_month_of_the_year_is_over(now: datetime) -> None:
    _, person = member(now, date(2025, 6, 3))
    provisional(2026, now)
    growing = money_of(person_id=person, today=date(2026, 1, 31)).growing
    assert len(growing) == 1
    assert explained_growth(growing, today=date(2026, 1, 31), language="id") == []


def test_a_year_put_right_is_explained_by_what_is_known_since(now: datetime) -> None:
    holder = 7_600_000
    got({holder: 1_000_000}, at(date(2024, 5, 5)))
    crediting = credited(2025, now)
    got({holder: 300_000}, at(date(2025, 2, 5)))
    (before,) = years_credited(person_id=holder)
    assert before.contributions == (0,) * 12
    assert explained_year(before, language="id").amount_rupiah == 57_500
    crediting.correct()
    (after,) = years_credited(person_id=holder)
    assert after.contributions[1] == 300_000
    assert explained_year(after, language="en").amount_rupiah == after.credited_rupiah == 73_313


def test_a_reason_that_is_not_the_real_one_is_never_shown() -> None:
    wrong = YearOfAccount(2025, 1, Fraction(1, 20), "decision", DECISION, 1_000_000, (0,) * 12, 49_999)
    with pytest.raises(Unexplained, match="2025"):
        explained_year(wrong, language="id")
