"""JHT simulated by both published conventions."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import Convention, ImpossibleFact, LawError, answer, simulate
from lindung.law.simulation import MOST_MONTHS, convention_named, in_todays_money

rates = st.integers(0, 2_000).map(lambda hundredths: Fraction(hundredths, 10_000))
conventions = st.sampled_from(Convention)


def test_both_published_results_come_out_to_the_rupiah() -> None:
    app = simulate(monthly_contribution=285_000, months=60, annual_rates=[Fraction(5, 100)])
    assert (app.contributions_rupiah, app.development_rupiah, app.balance_rupiah) == (17_100_000, 2_309_470, 19_409_470)
    ministry = simulate(
        monthly_contribution=228_000,
        months=60,
        annual_rates=[Fraction(57, 1000)],
        convention=Convention.EFFECTIVE,
    )
    assert ministry.balance_rupiah == 15_800_310
    for convention in Convention:
        held = simulate(
            monthly_contribution=0,
            months=312,
            annual_rates=[Fraction(57, 1000)],
            opening=ministry.exact,
            convention=convention,
        )
        assert held.balance_rupiah == 66_775_213


@given(st.integers(0, 10**7), st.integers(1, 120), rates, st.integers(0, 10**10), conventions)
def test_a_balance_is_what_came_in_and_what_it_earned(
    monthly: int, months: int, rate: Fraction, opening: int, convention: Convention
) -> None:
    done = simulate(
        monthly_contribution=monthly, months=months, annual_rates=[rate], opening=opening, convention=convention
    )
    assert done.balance_rupiah == opening + done.contributions_rupiah + done.development_rupiah
    assert done.contributions_rupiah == monthly * months
    assert sum(year.months for year in done.years) == months
    assert [year.number for year in done.years] == list(range(1, len(done.years) + 1))
    balances = [year.balance_rupiah for year in done.years]
    assert balances == sorted(balances)
    assert done.years[-1].balance_rupiah == done.balance_rupiah
    if rate == 0:
        assert done.development_rupiah == 0


@given(st.integers(0, 10**7), st.integers(1, 60), st.integers(1, 60), rates, conventions)
def test_whole_years_one_after_the_other_are_years_together(
    monthly: int, years: int, more: int, rate: Fraction, convention: Convention
) -> None:
    facts: dict[str, Any] = {"monthly_contribution": monthly, "annual_rates": [rate], "convention": convention}
    first = simulate(months=12 * years, **facts)
    second = simulate(months=more, opening=first.exact, **facts)
    together = simulate(months=12 * years + more, **facts)
    assert abs(second.exact - together.exact) < Fraction(1, 10**20)
    assert second.balance_rupiah == together.balance_rupiah


@given(st.integers(1, 10**7), st.integers(1, 60), rates, rates, conventions)
def test_a_higher_rate_never_gives_less(
    monthly: int, months: int, one: Fraction, other: Fraction, convention: Convention
) -> None:
    low, high = (
        simulate(monthly_contribution=monthly, months=months, annual_rates=[rate], convention=convention).balance_rupiah
        for rate in sorted((one, other))
    )
    assert low <= high


def test_every_year_may_have_its_own_rate_and_the_last_one_stays() -> None:
    tenth, fifth = Fraction(1, 10), Fraction(1, 5)
    done = simulate(monthly_contribution=0, months=36, annual_rates=[tenth, fifth], opening=1_000)
    assert [year.balance_rupiah for year in done.years] == [1_100, 1_320, 1_584]
    assert [year.development_rupiah for year in done.years] == [100, 320, 584]


def test_a_year_that_is_not_whole_earns_its_months() -> None:
    done = simulate(monthly_contribution=1_200, months=15, annual_rates=[Fraction(1, 2)])
    # A year of 12 contributions earns 1,200 x 78 / 24; three more months earn 3/12 on it and 1,200 x 6 / 24 beside.
    assert [(year.months, year.balance_rupiah) for year in done.years] == [
        (12, 18_300),
        (3, 18_300 + 3_600 + 2_288 + 300),
    ]
    ministry = simulate(
        monthly_contribution=0, months=6, annual_rates=[Fraction(21, 100)], opening=100, convention=Convention.EFFECTIVE
    )
    assert ministry.balance_rupiah == 110


@pytest.mark.parametrize(
    ("changed", "fact"),
    [
        ({"monthly_contribution": -1}, "monthly_contribution"),
        ({"months": 0}, "months"),
        ({"months": MOST_MONTHS + 1}, "months"),
        ({"annual_rates": []}, "annual_rate"),
        ({"annual_rates": [Fraction(-1, 100)]}, "annual_rate"),
        ({"annual_rates": [Fraction(1), Fraction(101, 100)]}, "annual_rate"),
    ],
)
def test_a_simulation_that_cannot_be_is_refused(changed: dict[str, Any], fact: str) -> None:
    facts: dict[str, Any] = {"monthly_contribution": 1, "months": 1, "annual_rates": [Fraction(1)]}
    with pytest.raises(ImpossibleFact) as refusal:
        simulate(**(facts | changed))
    assert refusal.value.fact == fact
    assert simulate(**facts).balance_rupiah == 1


@pytest.mark.parametrize(
    ("rates_given", "said"),
    [([], "missing"), ([Fraction(1), Fraction(101, 100)], "'1, 101/100' is impossible")],
)
def test_rates_that_cannot_be_are_shown_as_they_were_given(rates_given: list[Fraction], said: str) -> None:
    with pytest.raises(ImpossibleFact, match=f"^annual_rate: {said}; possible is a decimal from 0 to 1, like 0.057$"):
        simulate(monthly_contribution=1, months=1, annual_rates=rates_given)


def test_a_twelfth_power_is_taken_to_sixty_digits() -> None:
    rate = Fraction(57, 1000)
    month = simulate(
        monthly_contribution=0, months=1, annual_rates=[rate], opening=1, convention=Convention.EFFECTIVE
    ).exact
    last_digit = Fraction(1, 10**59)
    assert month % last_digit == 0
    assert (month - last_digit) ** 12 < 1 + rate < (month + last_digit) ** 12


@pytest.mark.parametrize(
    ("text", "convention"),
    [
        ("member app", Convention.YEARLY),
        ("Ministry", Convention.EFFECTIVE),
        ("simple inside the year, weights 12..1 months, credited yearly", Convention.YEARLY),
        ("effective annual rate, exponent (remaining months)/12", Convention.EFFECTIVE),
    ],
)
def test_a_convention_is_known_by_its_name_or_its_description(text: str, convention: Convention) -> None:
    assert convention_named(text) is convention


def test_each_convention_says_whose_it_is() -> None:
    assert Convention.YEARLY.words.en.startswith("the member app's convention: simple inside the year")
    assert Convention.YEARLY.words.id.startswith("cara aplikasi peserta: sederhana dalam setahun")
    assert Convention.EFFECTIVE.words.en.startswith("the convention of the ministry's infographic of 2022: effective")
    assert Convention.EFFECTIVE.words.id.startswith("cara infografik Kementerian Ketenagakerjaan 2022: tarif efektif")


def test_a_convention_that_nobody_published_is_refused() -> None:
    with pytest.raises(ImpossibleFact, match=r"^convention: 'monthly compounding' .* member app, ministry$"):
        convention_named("monthly compounding")


def test_todays_money_is_what_prices_leave_of_it() -> None:
    assert in_todays_money(1_210_000, Fraction(1, 10), 24) == 1_000_000
    assert in_todays_money(1_000_000, Fraction(0), 999) == 1_000_000
    assert in_todays_money(110, Fraction(21, 100), 6) == 100


def _answer(**inputs: Any) -> dict[str, Any]:
    return dict(answer("JHT-SIMULATION", "2025-01", inputs).result)


def test_a_wage_pays_both_shares_and_may_be_confirmed_by_the_contribution() -> None:
    facts = {"wage": 13_198_727, "months": 1, "annual_rate": 0}
    assert _answer(**facts)["monthly_contribution"] == 752_328
    assert _answer(**facts, monthly_contribution=752_327)["balance"] == 752_327
    with pytest.raises(ImpossibleFact, match=r"monthly_contribution: 752326 .* 752328, 5.7% of the wage"):
        _answer(**facts, monthly_contribution=752_326)
    assert _answer(**facts, further_contributions=5)["balance"] == 5


def test_the_tax_of_a_lump_sum_is_five_percent_above_fifty_million() -> None:
    facts = {"further_contributions": 0, "years": 1, "annual_rate": 0}
    assert _answer(**facts, opening_balance=50_000_010)["tax_if_paid_at_once"] == 1
    assert _answer(**facts, opening_balance=50_000_009)["tax_if_paid_at_once"] == 0
    assert _answer(**facts, opening_balance=50_000_010)["balance_after_tax"] == 50_000_009


def test_the_answer_names_its_convention_and_what_the_other_one_gives() -> None:
    facts = {"wage": 5_000_000, "years": 5, "annual_rate": Decimal("0.05")}
    app = answer("JHT-SIMULATION", "2025-01", facts, "en")
    assert app.sentences[0] == Convention.YEARLY.words.en
    assert app.sentences[1].endswith(": Rp19,405,656")
    assert app.sentences[2] == "If paid at once: final tax of 5% on what exceeds Rp50,000,000 = Rp0 (PP 68/2009 art 5)"
    ministry = answer("JHT-SIMULATION", "2025-01", facts | {"convention": "ministry"}, "id")
    assert ministry.sentences[1] == f"{Convention.YEARLY.words.id}: Rp19.409.470"
    assert ministry.exact["balance"] != ministry.result["balance"]
    idle = answer(
        "JHT-SIMULATION", "2025-01", {"opening_balance": 1, "further_contributions": 0, **facts} | {"wage": None}
    )
    assert len(idle.sentences) == 2, "without contributions both conventions agree"
    assert idle.facts == {"months": 60, "annual_rate": "1/20", "convention": "member app"}


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        (
            {"months": 1, "annual_rate": 0},
            "monthly_contribution: missing; possible is the contribution of a month, or w",
        ),
        ({"wage": 1, "annual_rate": 0}, "years: missing; possible is years, months or both"),
        ({"wage": 1, "months": 1}, "annual_rate: missing; possible is a yearly rate, like 0.057"),
        ({"wage": 1, "months": 0, "annual_rate": 0}, "months: 0"),
        ({"wage": 1, "years": 101, "annual_rate": 0}, "years: 101"),
        (
            {"wage": 1, "years": 2, "months": 12, "annual_rate": 0},
            "months: 12 is impossible; possible is 0 to 11 besid",
        ),
        ({"wage": 1, "months": 1, "annual_rate": Decimal("1.01")}, "annual_rate"),
        ({"wage": 1, "months": 1, "annual_rate": 0, "inflation": -1}, "inflation"),
        ({"wage": 1, "months": 1, "annual_rate": 0, "opening_balance": "a lot"}, "opening_balance"),
        ({"wage": 1, "months": 1, "annual_rate": 0, "convention": "mine"}, "convention"),
    ],
)
def test_an_incomplete_question_is_refused_by_name(inputs: dict[str, Any], said: str) -> None:
    with pytest.raises(ImpossibleFact, match=said):
        _answer(**inputs)


def test_the_same_contribution_cannot_have_two_names() -> None:
    with pytest.raises(LawError, match="further_contributions has no meaning beside monthly_contribution"):
        _answer(monthly_contribution=1, further_contributions=1, months=1, annual_rate=0)


def test_years_and_months_add_up_and_the_same_length_twice_counts_once() -> None:
    facts = {"monthly_contribution": 1, "annual_rate": 0}
    assert _answer(**facts, years=1, months=11)["contributions"] == 23
    assert _answer(**facts, years=1, months=12)["contributions"] == 12
    assert _answer(**facts, years=0, months=14)["contributions"] == 14
    assert _answer(**facts, years=100)["contributions"] == 1_200
