"""What a small wrong in the law once survived: edges, refusals and words that no other test of this room pins."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lindung.law import ImpossibleFact, LawError, Month, NotInForce, Programme
from lindung.law.arrears import MOST_MONTHS_LATE, penalty
from lindung.law.bases import CappedWage, Wage
from lindung.law.contributions import assess, explain
from lindung.law.facts import Facts
from lindung.law.formula import Share
from lindung.law.money import MOST_DEBT_RUPIAH, MOST_WAGE_RUPIAH, whole_number
from lindung.law.parameters import all_names, history, load, parameter, parse
from lindung.law.programmes import jkp, jp, rules
from lindung.law.segments import evaluate, find, names
from lindung.law.wording import Words, rate_text

MONTH = Month(2026, 3)
JHT = frozenset({Programme.JHT})


def refusal(called: Any, *given: Any, **named: Any) -> ImpossibleFact:
    with pytest.raises(ImpossibleFact) as refused:
        called(*given, **named)
    return refused.value


# Months


@pytest.mark.parametrize(("year", "number"), [(1900, 1), (2999, 12)])
def test_the_first_and_the_last_month_are_months(year: int, number: int) -> None:
    assert Month(year, number).index == year * 12 + number - 1


@pytest.mark.parametrize(("year", "number"), [(1899, 12), (3000, 1), (2026, 0), (2026, 13)])
def test_a_month_beyond_them_is_refused_by_name(year: int, number: int) -> None:
    assert refusal(Month, year, number).fact == "month"


# Whole numbers and money


def test_bounds_are_plain_numbers_unless_they_are_money() -> None:
    assert "from 0 to 1200" in str(refusal(whole_number, "months", 1201, most=1200))
    assert "from Rp0 to Rp1,200" in str(refusal(whole_number, "owed", 1201, most=1200, rupiah=True))


def test_a_shown_value_is_cut_at_sixty_characters() -> None:
    shown = str(refusal(whole_number, "wage", "9" * 100, most=5)).split(": ")[1]
    assert shown.split(" is impossible")[0] == f"'{'9' * 59}"


# The formula


def test_a_share_is_one_expression_of_whole_numbers_in_sql() -> None:
    ceiling = CappedWage(11_086_300, Words(id="batas", en="ceiling"))
    assert Share(Fraction(37, 1000), Wage()).sql() == "((wage_rupiah::bigint * 37 + 500) / 1000)"
    assert Share(Fraction(1, 3), ceiling).sql() == "((LEAST(wage_rupiah::bigint, 11086300) * 2 + 3) / 6)"


def test_a_rate_is_refused_exactly_where_64_bits_end() -> None:
    # 9,223,371 x 10^12 and half of the divisor are 2^63: one too many. With a divisor of two less they just fit.
    multiplier, divisor = 9_223_371, 2 * (2**63 - 9_223_371 * MOST_WAGE_RUPIAH)
    with pytest.raises(LawError, match="64 bits"):
        Share(Fraction(multiplier, divisor), Wage())
    fits = Share(Fraction(multiplier, divisor - 2), Wage())
    assert fits.multiplier * MOST_WAGE_RUPIAH + fits.half == 2**63 - 1
    column = np.array([MOST_WAGE_RUPIAH], dtype=np.int64)
    fits.column(column, column)
    assert column[0] == fits.value(MOST_WAGE_RUPIAH)[0]


@pytest.mark.parametrize(("exponent", "text"), [(10, "0.00000001%"), (11, "1/100000000000")])
def test_a_rate_is_a_percentage_up_to_eight_decimals(exponent: int, text: str) -> None:
    assert rate_text(Fraction(1, 10**exponent), "en") == text


# Contributions


@pytest.mark.parametrize("wage", [-1, MOST_WAGE_RUPIAH + 1, "10000000", True])
def test_no_impossible_wage_is_explained(wage: Any) -> None:
    assert refusal(explain, month=MONTH, wage=wage, jkk_class=None, programmes=JHT).fact == "wage"


def test_a_language_that_nobody_wrote_is_refused_by_name() -> None:
    named = {"month": MONTH, "wage": 1, "jkk_class": None, "programmes": JHT, "language": "fr"}
    assert refusal(explain, **named).fact == "language"


@pytest.mark.parametrize(("good", "wrong"), [(0, -5), (MOST_WAGE_RUPIAH, MOST_WAGE_RUPIAH + 1)])
def test_the_wrong_row_is_named_and_not_a_neighbour_at_the_very_edge(good: int, wrong: int) -> None:
    wages = np.array([good, wrong], dtype=np.int64)
    assert refusal(assess, month=MONTH, jkk_class=None, programmes=JHT, wages=wages).fact == "wages[1]"


# Late payment


def test_the_penalty_is_a_billed_line_of_its_own() -> None:
    line = penalty(1_000_000, 1, MONTH)
    assert (line.key, line.billed, line.amount_rupiah) == ("penalty", True, 20_000)


def test_the_longest_delay_and_the_largest_debt_are_computed_and_no_more() -> None:
    assert MOST_DEBT_RUPIAH == 1_000_000_000_000_000
    assert penalty(MOST_DEBT_RUPIAH, 1200, MONTH).amount_rupiah == 24 * MOST_DEBT_RUPIAH
    assert "Rp1,000,000,000,000,000" in str(refusal(penalty, MOST_DEBT_RUPIAH + 1, 1, MONTH))
    assert refusal(penalty, 1, MOST_MONTHS_LATE + 1, MONTH).fact == "months_late"


# JP and the pension age


def test_everybody_at_the_last_birth_month_has_stopped_and_the_next_one_owes() -> None:
    last = jp.youngest_stopped_birth_month(MONTH)
    births = np.array([last.last_on, last.next().first_on], dtype="datetime64[D]")
    assert jp.jp_liable(births, MONTH).tolist() == [False, True]
    assert [jp.is_liable(day, MONTH) for day in (last.last_on, last.next().first_on)] == [False, True]


def test_a_birth_in_the_month_itself_and_one_120_years_before_are_possible() -> None:
    assert jp.is_liable(MONTH.last_on, MONTH)
    oldest = MONTH.plus(-12 * 120)
    assert not jp.is_liable(oldest.first_on, MONTH)
    for impossible in (MONTH.next().first_on, oldest.previous().last_on):
        assert refusal(jp.is_liable, impossible, MONTH).fact == "birth_date"


def test_a_day_that_is_none_is_refused_by_name() -> None:
    refused = refusal(jp.jp_liable, np.array(["NaT"], dtype="datetime64[D]"), MONTH)
    assert refused.fact == "birth_on"
    assert "birth_on: 'NaT' is impossible" in str(refused)


# Rules and their dates


def test_the_newest_rule_that_had_begun_is_the_law() -> None:
    def first(month: Month, jkk_class: str | None) -> tuple[rules.Rule, ...]:
        return ()

    def second(month: Month, jkk_class: str | None) -> tuple[rules.Rule, ...]:
        return ()

    dated = ((Month(2015, 7), first), (Month(2020, 1), second))
    found = [rules.in_force(Programme.JKM, dated, Month(year, month)) for year, month in ((2019, 12), (2020, 1))]
    assert found == [first, second]
    with pytest.raises(NotInForce, match="its first contribution month is July 2015"):
        rules.in_force(Programme.JKM, dated, Month(2015, 6))


def test_a_programme_says_itself_when_it_began() -> None:
    with pytest.raises(NotInForce, match="in January 2021; its first contribution month is February 2021"):
        rules.in_force(Programme.JKP, jkp.RULES, Month(2021, 1))
    with pytest.raises(NotInForce, match="JKP does not exist in February 2020"):
        rules.in_force(Programme.JKP, jkp.RULES, Month(2020, 2))


# Parameters


def file_of_a_rate(**changes: Any) -> dict[str, Any]:
    value = {"from": "2020-01", "value": "1%", "article": "PP 1", "confidence": "high", "source": "PP 1"}
    value |= {"checked_on": date(2026, 1, 1)}
    return {"title": {"id": "tarif", "en": "rate"}, "unit": "rate", "values": [value], **changes}


def test_a_file_out_of_order_or_without_its_day_says_so() -> None:
    twice = file_of_a_rate()["values"] * 2
    with pytest.raises(LawError, match=r"values must stand in order of their dates, at least one, each date once$"):
        parse("jkm/rate", file_of_a_rate(values=twice))
    with pytest.raises(LawError, match=r"checked_on must be a day$"):
        parse("jkm/rate", file_of_a_rate(values=[{**twice[0], "checked_on": "today"}]))


def test_a_value_of_the_files_own_is_not_provisional() -> None:
    assert not any(value.provisional for value in history("jp/wage_ceiling"))
    assert load("jp/wage_ceiling", Month(2900, 1)).provisional


def test_an_unknown_parameter_is_answered_with_all_there_are() -> None:
    with pytest.raises(LawError) as refused:
        parameter("jht/rate")
    assert str(refused.value).endswith(", ".join(all_names()))


# Facts of a case


def test_facts_are_taken_as_they_stand() -> None:
    facts = Facts({"day": date(1990, 5, 5), "growth": 1, "number": 0})
    assert facts.day("day") == date(1990, 5, 5)
    assert facts.growth("growth") == Decimal(1)
    assert facts.whole("number", most=5) == 0


def test_what_is_possible_is_listed_in_full() -> None:
    assert "from 0 to 5" in str(refusal(Facts({"number": -1}).whole, "number", most=5))
    assert str(refusal(Facts({"programmes": []}).programmes)).endswith(", ".join(Programme))
    with pytest.raises(LawError, match=r"^input a, b has no meaning beside c"):
        Facts({"a": 1, "b": 2}).refuse(frozenset({"a", "b"}), beside="c")
    with pytest.raises(LawError) as refused:
        find("PU-TIDAK-ADA")
    assert str(refused.value).endswith(", ".join(names()))


def case(segment: str, **inputs: Any) -> dict[str, Any]:
    return {"segment": segment, "date": "2026-02", "inputs": inputs}


@pytest.mark.parametrize(
    ("given", "fact", "said"),
    [
        ({**case("PU", wage=1), "date": 5}, "date", "a month like 2026-02"),
        ({**case("PU", wage=1), "date": None}, "month", "'' is impossible"),
        (case("PU", wage=1, programmes=["JHT"], months=0), "months", "from 1 to 1200"),
        (case("PU", wage=1, programmes=["JHT"], months=1201), "months", "from 1 to 1200"),
        (case("PU", contribution_owed=-1, months_late=1), "contribution_owed", "from Rp0 to Rp1,000,000,000,000,000"),
        (case("PU-JP-CEILING", previous_ceiling=0, gdp_growth=0), "previous_ceiling", "from Rp1 to"),
    ],
)
def test_a_case_that_cannot_be_names_its_fact_and_what_is_possible(given: dict[str, Any], fact: str, said: str) -> None:
    refused = refusal(evaluate, given)
    assert refused.fact == fact
    assert said in str(refused)


def test_a_case_at_its_edges_is_computed() -> None:
    for months in (1, 1200):
        result = evaluate(case("PU", wage=1_000_000, programmes=["JHT"], months=months))
        assert result[f"total_jht_{months}_months_without_development"] == 57_000 * months
    assert evaluate(case("PU-JP-CEILING", previous_ceiling=1, gdp_growth=0))["ceiling"] == 0


def test_a_fine_and_a_wage_do_not_go_together() -> None:
    with pytest.raises(LawError, match="has no meaning beside contribution_owed, months_late:"):
        evaluate(case("PU", contribution_owed=1, months_late=1, wage=1))
