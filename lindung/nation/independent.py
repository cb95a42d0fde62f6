"""Who earns no wage from a firm: own-account workers, workers of construction projects, migrants."""

import numpy as np
import polars as pl

from lindung.nation.building import projects_of
from lindung.nation.draws import Flags, Integers
from lindung.nation.plan import Plan
from lindung.nation.territory import SEGMENTS, Territory

BPU, JAKON, PMI = (SEGMENTS.index(name) for name in ("BPU", "JAKON", "PMI"))
INCOME_STEP_RUPIAH = 50_000
_TRADES = ("driver", "seller", "farmer", "fisher", "craftsman", "freelancer", "tailor", "courier", "home worker")
_IN_TRANSPORT = np.array([trade in ("driver", "courier") for trade in _TRADES])
_LANDS = ("Negeri Jiran", "Negeri Gurun", "Negeri Pulau", "Negeri Ginseng", "Negeri Formosa", "Negeri Sakura")
_BEFORE_DEPARTURE_DAYS = (14, 60)  # from the card to the contract's first day


def independents(plan: Plan, territory: Territory, number: Integers, segment: Integers) -> pl.DataFrame:
    """One row a person.

    Columns: ``number``, ``segment``, ``since_on`` (of the card), ``work`` (trade, project or land), ``income_rupiah``
    (told by own-account workers), ``with_jht``, ``from_on`` and ``until_on`` (of project or contract),
    ``through_agency``. What does not go with a segment is null.
    """
    draws = plan.draws
    land = pl.Series(_LANDS).gather(draws.low("land", number, len(_LANDS)))
    works = projects_of(plan, territory, number)
    joined = joined_day(plan, number)
    contract = contracts(plan, number)
    is_project = segment == JAKON
    frame = pl.DataFrame(
        {
            "number": number,
            "segment": segment,
            "since": np.where(is_project, works["from_day"].to_numpy(), joined),
            "from": np.where(is_project, works["from_day"].to_numpy(), contract["from_day"].to_numpy()),
            "until": np.where(is_project, works["until_day"].to_numpy(), contract["until_day"].to_numpy()),
        }
    )
    at = pl.col("segment")
    with_jht = np.where(segment == BPU, saves_for_old_age(plan, number), contract["with_jht"].to_numpy())
    return frame.select(
        "number",
        pl.Series(SEGMENTS).gather(segment).alias("segment"),
        since_on=_date("since"),
        work=pl.when(at == BPU)
        .then(pl.Series(_TRADES).gather(_trade(plan, number)))
        .when(at == PMI)
        .then(land)
        .otherwise(works["project"]),
        income_rupiah=pl.when(at == BPU).then(pl.Series(income(plan, number))),
        with_jht=pl.when(at != JAKON).then(pl.Series(with_jht)),
        from_on=pl.when(at != BPU).then(_date("from")),
        until_on=pl.when(at != BPU).then(_date("until")),
        through_agency=pl.when(at == PMI).then(contract["through_agency"]),
    )


def joined_day(plan: Plan, number: Integers) -> Integers:
    """The day since 1970 on which an own-account worker or a migrant got his card: one of the plan's months."""
    first, end = int(plan.days[0]), int(plan.days[plan.months])
    return first + plan.draws.below("joined", number, end - first)


def income(plan: Plan, number: Integers) -> Integers:
    """What own-account workers say they earn in a month, whole steps of rupiah."""
    low, high = plan.rates.bpu_income
    earned: Integers = (low + plan.draws.low("income", number, high - low)) // INCOME_STEP_RUPIAH * INCOME_STEP_RUPIAH
    return earned


def in_transport(plan: Plan, number: Integers) -> Flags:
    """Whose trade has the reliefs of transport."""
    there: Flags = _IN_TRANSPORT[_trade(plan, number)]
    return there


def saves_for_old_age(plan: Plan, number: Integers) -> Flags:
    """Own-account workers who pay JHT beside what they must."""
    return plan.draws.chance("own-account JHT", number, plan.rates.bpu_with_jht)


def contracts(plan: Plan, number: Integers) -> pl.DataFrame:
    """The contracts of migrants: ``from_day``, ``until_day`` (since 1970, excluded), ``months``, ``through_agency``,
    ``with_jht`` and ``choice``, a number by which he picks an amount."""
    draws, rates = plan.draws, plan.rates
    lengths = np.array([months for months, _ in rates.abroad_months], dtype=np.int64)
    months = lengths[draws.pick("contract", number, [weight for _, weight in rates.abroad_months])]
    earliest, latest = _BEFORE_DEPARTURE_DAYS
    start = joined_day(plan, number) + earliest + draws.below("departs", number, latest - earliest + 1)
    return pl.DataFrame(
        {
            "from_day": start,
            "until_day": months_after(start, months),
            "months": months,
            "through_agency": draws.chance("through agency", number, rates.through_agency),
            "with_jht": draws.chance("abroad with JHT", number, rates.abroad_with_jht),
            "choice": draws.low("abroad JHT", number, 1 << 20),
        }
    )


def months_after(day: Integers, months: Integers) -> Integers:
    """The same day of a later month, or its last day where it has none such; days since 1970."""
    frame = pl.DataFrame({"day": day.astype("datetime64[D]"), "by": months}).select(
        pl.col("day").dt.offset_by(pl.format("{}mo", pl.col("by"))).cast(pl.Int32)
    )
    return frame["day"].to_numpy().astype(np.int64)


def _trade(plan: Plan, number: Integers) -> Integers:
    return plan.draws.low("trade", number, len(_TRADES))


def _date(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Int32).cast(pl.Date)
