"""Who earns no wage from a firm: own-account workers, workers of construction projects, migrants.

The platform has no bills for them yet. Persons and cards are told to it; months and payments are the truth's alone.
Amounts are nowhere: their law is not here.
"""

import numpy as np
import polars as pl

from lindung.nation.draws import Draws, Integers
from lindung.nation.plan import Plan
from lindung.nation.territory import SEGMENTS, Territory

PAYMENTS = {"number": pl.Int64, "from_on": pl.Date, "months": pl.Int64, "paid_on": pl.Date}
"""One row for each time an own-account worker paid: for how many months, from which on."""

_BPU, _JAKON, _PMI = (SEGMENTS.index(name) for name in ("BPU", "JAKON", "PMI"))
_TRADES = ("driver", "seller", "farmer", "fisher", "craftsman", "freelancer", "tailor", "courier", "home worker")
_LANDS = ("Negeri Jiran", "Negeri Gurun", "Negeri Pulau", "Negeri Ginseng", "Negeri Formosa", "Negeri Sakura")
_REGION_KEYS = 1 << 32


def independents(plan: Plan, territory: Territory, number: Integers, segment: Integers) -> pl.DataFrame:
    """One row a person.

    Columns: ``number``, ``segment``, ``since_on`` (of the card), ``work`` (trade, project or land), ``income_rupiah``
    (told by own-account workers), ``until_on`` (of project or contract), ``through_agency``.
    """
    draws, rates = plan.draws, plan.rates
    trade = pl.Series(_TRADES).gather(draws.low("trade", number, len(_TRADES)))
    land = pl.Series(_LANDS).gather(draws.low("land", number, len(_LANDS)))
    low, high = rates.bpu_income
    income = (low + draws.low("income", number, high - low)) // 50_000 * 50_000
    joined = _some_day(plan, draws, "joined", number)
    works = projects(plan, territory, number)
    contracts = np.array([months for months, _ in rates.abroad_months], dtype=np.int64)
    contract = contracts[draws.pick("contract", number, [weight for _, weight in rates.abroad_months])]
    agency = draws.chance("through agency", number, rates.through_agency)
    since = np.where(segment == _JAKON, works["from_day"].to_numpy(), joined)
    until = np.where(segment == _JAKON, works["until_day"].to_numpy(), joined + contract * 1_461 // 48)
    frame = pl.DataFrame({"number": number, "segment": segment, "since": since, "until": until})
    at = pl.col("segment")
    return frame.select(
        "number",
        pl.Series(SEGMENTS).gather(segment).alias("segment"),
        since_on=pl.col("since").cast(pl.Int32).cast(pl.Date),
        work=pl.when(at == _BPU).then(trade).when(at == _PMI).then(land).otherwise(works["project"]),
        income_rupiah=pl.when(at == _BPU).then(pl.Series(income)),
        until_on=pl.when(at != _BPU).then(pl.col("until").cast(pl.Int32).cast(pl.Date)),
        through_agency=pl.when(at == _PMI).then(pl.Series(agency)),
    )


def projects(plan: Plan, territory: Territory, number: Integers) -> pl.DataFrame:
    """For each number the construction project it would belong to.

    Columns: ``project``, ``value_rupiah`` (contract value net of VAT), ``from_day``, ``until_day`` (since 1970).
    """
    draws, rates = plan.draws, plan.rates
    area = territory.area(number)
    place = (number - territory.segment_first[area, _JAKON]) // rates.project_workers
    key = area * _REGION_KEYS + np.maximum(place, 0)
    low, high = rates.project_value
    shortest, longest = rates.project_months
    # Twice low: a few towers, and very many walls and roofs.
    scale = draws.low("project's value", key, 1_000) * draws.low("project's size", key, 1_000)
    value = (low + (high - low) // 1_000_000 * scale) // 1_000_000 * 1_000_000
    start = _some_day(plan, draws, "project starts", key)
    length = shortest + draws.low("project's months", key, longest - shortest + 1)
    return pl.DataFrame(
        {"area": area + 1, "place": place + 1, "value_rupiah": value, "from_day": start, "length": length}
    ).select(
        pl.format("JK{}{}", pl.col("area").cast(pl.String).str.zfill(2), pl.col("place").cast(pl.String).str.zfill(6))
        .alias("project"),
        "value_rupiah",
        "from_day",
        until_day=pl.col("from_day") + pl.col("length") * 1_461 // 48,
    )  # fmt: skip


def payments(plan: Plan, number: Integers, since_on: pl.Series) -> pl.DataFrame:
    """What own-account workers paid, with lapses, as ``PAYMENTS``: by person and month."""
    draws, rates, months = plan.draws, plan.rates, plan.months
    at_once = np.array([many for many, _ in rates.bpu_at_once], dtype=np.int64)
    since = since_on.cast(pl.Int32).to_numpy().astype(np.int64)
    month = np.searchsorted(plan.days, since, side="right") - 1
    last_day = int(np.datetime64(plan.ended_on, "D").astype(np.int64))
    shortest, longest = rates.bpu_pause
    rows: list[tuple[Integers, Integers, Integers, Integers]] = []
    going, turn = month < months, 0
    while going.any():
        key = number * (1 << 10) + turn
        many = at_once[draws.pick("paid at once", key, [weight for _, weight in rates.bpu_at_once])]
        start = plan.days[np.minimum(month, months)]
        paid = np.minimum(np.maximum(start + draws.below("day of paying", key, 27), since), last_day)
        rows.append((number[going], month[going], many[going], paid[going]))
        lapses = draws.chance("lapses", key, rates.bpu_lapses)
        returns = draws.chance("returns", key, rates.bpu_returns)
        pause = np.where(lapses, shortest + draws.below("pause", key, longest - shortest + 1), 0)
        month = month + many + pause
        going &= (month < months) & (~lapses | returns)
        turn += 1
    columns = [np.concatenate(column) for column in zip(*rows, strict=True)] if rows else [np.empty(0, np.int64)] * 4
    order = np.lexsort((columns[1], columns[0]))
    who, first, many, paid = (column[order] for column in columns)
    return pl.DataFrame(
        {
            "number": who,
            "from_on": plan.days[np.minimum(first, months)].astype("datetime64[D]"),
            "months": many,
            "paid_on": paid.astype("datetime64[D]"),
        },
        schema=PAYMENTS,
    )


def _some_day(plan: Plan, draws: Draws, topic: str, key: Integers) -> Integers:
    """A day of the plan's months, as days since 1970."""
    first, end = int(plan.days[0]), int(plan.days[plan.months])
    return first + draws.below(topic, key, end - first)
