"""The wage on which a wage earner's contributions run: by pay basis, and in a month that is not whole.

PP 44/2015 Pasal 19 and PP 46/2015 Pasal 17 for JKK, JKM and JHT; PP 45/2015 Pasal 29 ayat 1 for JP.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from lindung.law import readings
from lindung.law.errors import ImpossibleFact
from lindung.law.inputs import wage_steps
from lindung.law.money import MOST_WAGE_RUPIAH, round_half_up
from lindung.law.parameters import Value, load
from lindung.law.wording import Words, rupiah_text

if TYPE_CHECKING:
    from lindung.law.bases import Exact
    from lindung.law.facts import Facts
    from lindung.law.month import Month
    from lindung.law.readings import Reading

PAY_BASES: Final = ("monthly", "daily", "piece_rate", "piece_rate_weather", "hourly")
_OTHER_NAMES: Final = {
    "weather_piece_rate": "piece_rate_weather",
    "piece_rate_weather_dependent": "piece_rate_weather",
    "piece rate": "piece_rate",
}
PART_MONTHS: Final = ("law", "full", "paid")
"""``law``: JP on the wage paid, the others on the rate; ``full``: all on the rate; ``paid``: all on what was paid."""

NOT_WAGE: Final = ("thr_paid", "bonus_paid", "overtime_paid", "allowances_not_fixed")
INPUTS: Final = frozenset(
    {
        "wage",
        "basic_wage",
        "fixed_allowances",
        "pay_basis",
        "daily_wage",
        "days_worked",
        "months_on_record",
        "wages_of_months",
        "wage_paid_in_month",
        "joined",
        "left",
        "unpaid_days",
        "wage_before_raise",
        "raised_on",
        "part_month",
        "minimum_wage",
        *NOT_WAGE,
    }
)
_OF_DAYS: Final = frozenset({"daily_wage", "days_worked"})
_OF_PIECES: Final = frozenset({"months_on_record", "wages_of_months"})
_OF_A_PART: Final = ("joined", "left", "unpaid_days")
_OF_A_MONTHLY_RATE: Final = frozenset(
    {"basic_wage", "fixed_allowances", "wage_before_raise", "raised_on", "part_month"}
)
_OTHER_RATES: Final = frozenset({"wage", "basic_wage", "fixed_allowances", "wage_before_raise", "raised_on"})
_MOST_DAYS: Final = 31


@dataclass(frozen=True, slots=True)
class Earned:
    """``wage``: the base of JHT, JKK and JKM; ``jp_wage``: that of JP, None where it is the same."""

    wage: Exact
    jp_wage: Exact | None = None
    readings: tuple[Reading, ...] = ()
    values: tuple[Value, ...] = ()
    sentences: tuple[Words, ...] = ()


def earned(month: Month, facts: Facts) -> Earned:
    """The bases of one worker in ``month``. Raises ImpossibleFact where the facts contradict each other."""
    named = facts.text("pay_basis", (*PAY_BASES, *_OTHER_NAMES)) or ("daily" if "daily_wage" in facts else "monthly")
    basis = _OTHER_NAMES.get(named, named)
    said = f"pay_basis: {basis}"
    of_a_monthly_rate = _OF_A_MONTHLY_RATE | steps_given(facts)
    if basis == "daily":
        facts.refuse(_OF_PIECES | of_a_monthly_rate, beside=said)
        base = _daily(month, facts)
    elif basis.startswith("piece_rate"):
        facts.refuse(_OF_DAYS | of_a_monthly_rate, beside=said)
        base = _piece_rate(month, facts, basis)
    else:
        facts.refuse(_OF_DAYS | _OF_PIECES, beside=said)
        base = _in_part(month, facts)
        if basis == "hourly":
            base = replace(base, readings=(*base.readings, readings.HOURLY))
    return _beside(base, facts)


def steps_given(facts: Facts) -> frozenset[str]:
    """The inputs given that name a day of the month: ``wage_until_14th``, ``wage_from_15th``."""
    until, since = wage_steps(dict.fromkeys(facts.names()))
    return frozenset({*until.values(), *since.values()})


def _daily(month: Month, facts: Facts) -> Earned:
    """A day's wage times 25, whatever the days worked; JP on what the month paid."""
    days = load("wage/days_per_month", month)
    _check_part(month, facts, "days_worked", "wage_paid_in_month")
    if len(facts.given("daily_wage", "wage")) > 1:
        facts.refuse(frozenset({"wage"}), beside="daily_wage")
    if len(facts.given("days_worked", "wage_paid_in_month")) > 1:
        facts.refuse(frozenset({"days_worked"}), beside="wage_paid_in_month")
    name = "daily_wage" if "daily_wage" in facts else "wage"
    daily = facts.whole(name, most=MOST_WAGE_RUPIAH // _MOST_DAYS, rupiah=True)
    wage = daily * days.whole
    if "days_worked" in facts:
        paid: Exact = daily * facts.whole("days_worked", most=_MOST_DAYS)
    elif "wage_paid_in_month" in facts:
        paid = facts.money("wage_paid_in_month")
    else:
        return Earned(wage, None, (readings.DAILY_JP,), (days,))
    return Earned(wage, paid, (), (days,))


def _piece_rate(month: Month, facts: Facts, basis: str) -> Earned:
    """The average of the last 3 months, of 12 where the work depends on the weather; JP on this month's pay."""
    span = load("wage/piece_rate_months" if basis == "piece_rate" else "wage/weather_piece_rate_months", month)
    _check_part(month, facts, "wages_of_months", "wage_paid_in_month")
    if "wages_of_months" in facts:
        all_known = facts.amounts("wages_of_months")
        known = all_known[-span.whole :]
        on_record = facts.whole("months_on_record", least=1, most=1200) if "months_on_record" in facts else len(known)
        if not len(known) <= on_record or min(on_record, span.whole) > len(known):
            possible = Words(
                id=f"{len(all_known)} seperti wages_of_months", en=f"{len(all_known)} like wages_of_months"
            )
            raise ImpossibleFact("months_on_record", on_record, possible)
        paid: Exact = facts.wage() if "wage" in facts else known[-1]
    else:
        paid = facts.wage()
        on_record = facts.whole("months_on_record", least=1, most=1200)
        if on_record > 1:
            raise ImpossibleFact(
                "wages_of_months",
                None,
                Words(
                    id=f"upah tiap bulan dari {min(on_record, span.whole)} bulan terakhir",
                    en=f"the pay of each of the last {min(on_record, span.whole)} months",
                ),
            )
        known = (facts.wage(),)
    if "wage_paid_in_month" in facts:
        paid = facts.money("wage_paid_in_month")
    average = Fraction(sum(known), len(known))
    wage = int(average) if average.denominator == 1 else average
    few = (readings.FEWER_MONTHS_ON_RECORD,) if len(known) < span.whole else ()
    return Earned(wage, paid if paid != wage else None, few, (span,))


def _check_part(month: Month, facts: Facts, *paid: str) -> None:
    """A worker who came, left or was away must have what the month paid: no rate of a month can be divided here."""
    part = facts.given(*_OF_A_PART)
    if part and not facts.given(*paid):
        possible = Words(id=f"bersama {' atau '.join(paid)}", en=f"together with {' or '.join(paid)}")
        raise ImpossibleFact(part[0], str(facts.raw(part[0])), possible)
    _days_employed(month, facts)


def _in_part(month: Month, facts: Facts) -> Earned:
    """The monthly rate, and the wage paid where the worker came, left, was away or got a raise in the month."""
    wage, before, raised_on = _monthly_rate(month, facts)
    first, last = _days_employed(month, facts)
    whole_month = (first, last) == (month.first_on, month.last_on)
    away = facts.whole("unpaid_days", most=(last - first).days + 1) if "unpaid_days" in facts else 0
    said: list[Reading] = []
    rate = wage
    if raised_on is not None:
        said.append(readings.RAISE_IN_THE_MONTH)
        rate = before if last < raised_on else wage
    paid: Exact | None = None
    if "wage_paid_in_month" in facts:
        paid = facts.money("wage_paid_in_month")
    elif raised_on is not None or away or not whole_month:
        paid = _by_calendar_days(month, facts, (first, last), (wage, before, raised_on), away)
        said.append(readings.PAID_BY_CALENDAR_DAYS)
    chosen = facts.text("part_month", PART_MONTHS) or "law"
    if chosen != "law":
        said.append(readings.PART_MONTH_CHOSEN)
    if paid is None or chosen == "full":
        return Earned(rate, None, tuple(said))
    if chosen == "paid":
        return Earned(paid, None, tuple(said))
    return Earned(rate, paid, (readings.PART_MONTH, *said))


def _monthly_rate(month: Month, facts: Facts) -> tuple[int, int, date | None]:
    """(rate, rate before a raise, day of the raise or None)."""
    until, since = wage_steps(dict.fromkeys(facts.names()))
    if until or since:
        last_day = month.last_on.day
        pairs = [(until[day - 1], name, day) for day, name in since.items() if day - 1 in until and 1 < day <= last_day]
        if not len(until) == len(since) == len(pairs) == 1:
            possible = Words(
                id="satu pasang hari yang bersambung, seperti wage_until_14th dan wage_from_15th",
                en="one pair of days that follow each other, like wage_until_14th and wage_from_15th",
            )
            raise ImpossibleFact("wage_until, wage_from", ", ".join([*until.values(), *since.values()]), possible)
        [(old, new, new_day)] = pairs
        facts.refuse(_OTHER_RATES, beside=f"{old}, {new}")
        return facts.wage(new), facts.wage(old), date(month.year, month.number, new_day)
    if "basic_wage" in facts:
        facts.refuse(frozenset({"wage"}), beside="basic_wage")
        fixed = facts.wage("fixed_allowances") if "fixed_allowances" in facts else 0
        wage = facts.wage("basic_wage") + fixed
    else:
        facts.refuse(frozenset({"fixed_allowances"}), beside="wage")
        wage = facts.wage()
    raised_on = facts.day("raised_on")
    if raised_on is None:
        facts.refuse(frozenset({"wage_before_raise"}), beside="wage")
        return wage, wage, None
    if not month.first_on < raised_on <= month.last_on:
        raise ImpossibleFact("raised_on", str(raised_on), _days_of(month, 2))
    return wage, facts.wage("wage_before_raise"), raised_on


def _days_employed(month: Month, facts: Facts) -> tuple[date, date]:
    """First and last day of the month on which the worker was employed."""
    joined, left = facts.day("joined"), facts.day("left")
    first, last = max(joined or month.first_on, month.first_on), min(left or month.last_on, month.last_on)
    if joined and joined > month.last_on:
        possible = Words(id=f"paling lambat {month.last_on}", en=f"{month.last_on} at the latest")
        raise ImpossibleFact("joined", str(joined), possible)
    if left and left < first:
        raise ImpossibleFact("left", str(left), Words(id=f"paling awal {first}", en=f"{first} at the earliest"))
    return first, last


def _by_calendar_days(
    month: Month, facts: Facts, days: tuple[date, date], rates: tuple[int, int, date | None], away: int
) -> Fraction:
    """The wage of the days employed, each a calendar day's part of its monthly rate, rounded to the sen."""
    (first, last), (wage, before, raised_on) = days, rates
    if away and raised_on is not None:
        facts.refuse(frozenset({"unpaid_days"}), beside="raised_on")
    old_days = max(0, min((raised_on or first).toordinal(), last.toordinal() + 1) - first.toordinal())
    new_days = (last - first).days + 1 - old_days - away
    in_month = month.last_on.day
    return Fraction(round_half_up((old_days * before + new_days * wage) * 100, in_month), 100)


def _beside(base: Earned, facts: Facts) -> Earned:
    """What was paid and is no wage, and a wage below the minimum: said, never computed with."""
    said, sentences = list(base.readings), list(base.sentences)
    for name in facts.given(*NOT_WAGE):
        amount = facts.whole(name, most=MOST_WAGE_RUPIAH, rupiah=True)
        texts = (rupiah_text(amount, "id"), rupiah_text(amount, "en"))
        if name in ("thr_paid", "bonus_paid"):
            what = {"thr_paid": ("THR", "religious-holiday pay (THR)"), "bonus_paid": ("Bonus", "a bonus")}[name]
            sentences.append(
                Words(
                    id=f"{what[0]} {texts[0]} bukan upah (PP 36/2021 Pasal 8)",
                    en=f"{texts[1]} of {what[1]} is not wage (PP 36/2021 art 8)",
                )
            )
        elif readings.NOT_FIXED not in said:
            said.append(readings.NOT_FIXED)
    if "minimum_wage" in facts and base.wage < facts.wage("minimum_wage"):
        said.append(readings.MINIMUM_WAGE)
    return replace(base, readings=tuple(said), sentences=tuple(sentences))


def _days_of(month: Month, first: int) -> Words:
    least, most = date(month.year, month.number, first), month.last_on
    return Words(id=f"tanggal dari {least} sampai {most}", en=f"a day from {least} to {most}")
