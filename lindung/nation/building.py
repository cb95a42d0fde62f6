"""Construction projects: how much, how long, which firm builds, in which stages, and whether these are paid."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from lindung.law import Month, NotInForce
from lindung.law.parameters import load
from lindung.nation.draws import Flags, Integers
from lindung.nation.employers import Employers
from lindung.nation.plan import Plan
from lindung.nation.reporting import DAY_SECONDS, NEVER, midnight
from lindung.nation.territory import SEGMENTS, Territory

VAT_PERCENT = 11
_JAKON = SEGMENTS.index("JAKON")
_REGION_KEYS, _STAGE_KEYS = 1 << 32, 16
_WORKS = ("Gudang", "Jembatan", "Rumah susun", "Jalan", "Sekolah", "Irigasi", "Pasar", "Kantor", "Puskesmas")
_REGISTERED_SECONDS = (9 * 3_600, 15 * 3_600)  # when firms come with a work order
_STAGE_SECONDS = (9 * 3_600, 17 * 3_600)
_WORK_ORDER_DAYS = (5, 45)  # before work begins
_PAID_WITHIN_SECONDS = (1_800, 5 * DAY_SECONDS)


@dataclass(frozen=True, slots=True)
class Building:
    """The projects that a firm has registered, and their stages as they were asked for and paid.

    ``projects``: ``project``, ``name``, ``firm``, ``work_order_no``, ``work_order_day``, ``from_day``, ``until_day``,
    ``value_rupiah`` (net of VAT), ``contract_rupiah`` (as told), ``with_vat``, ``pattern``, ``registered_at``.
    ``due``: ``project`` (place), ``stage_no``, ``due_day``. ``stages``: those asked for, with ``ordered_at`` and
    ``paid_at`` (``NEVER``: not paid). Days since 1970, moments seconds since 1970.
    """

    projects: pl.DataFrame
    due: pl.DataFrame
    stages: pl.DataFrame


def projects_of(plan: Plan, territory: Territory, number: Integers) -> pl.DataFrame:
    """For each number the construction project it would belong to.

    Columns: ``key``, ``area``, ``project``, ``value_rupiah`` (contract value net of VAT), ``from_day``, ``until_day``.
    """
    draws, rates = plan.draws, plan.rates
    area = territory.area(number)
    place = np.maximum((number - territory.segment_first[area, _JAKON]) // rates.project_workers, 0)
    key = area * _REGION_KEYS + place
    low, high = rates.project_value
    shortest, longest = rates.project_months
    # Twice low: a few towers, and very many walls and roofs.
    scale = draws.low("project's value", key, 1_000) * draws.low("project's size", key, 1_000)
    value = (low + (high - low) // 1_000_000 * scale) // 1_000_000 * 1_000_000
    first, end = int(plan.days[0]), int(plan.days[plan.months])
    start = first + draws.below("project starts", key, end - first)
    length = shortest + draws.low("project's months", key, longest - shortest + 1)
    return pl.DataFrame(
        {"key": key, "area": area, "place": place, "value_rupiah": value, "from_day": start, "length": length}
    ).select(
        "key",
        "area",
        pl.format(
            "JK{}{}",
            (pl.col("area") + 1).cast(pl.String).str.zfill(2),
            (pl.col("place") + 1).cast(pl.String).str.zfill(6),
        ).alias("project"),
        "value_rupiah",
        "from_day",
        until_day=pl.col("from_day") + pl.col("length") * 1_461 // 48,
    )


def building(plan: Plan, territory: Territory, firms: Employers) -> Building:
    """All projects of a nation. Where no firm was there from the first month on, none is registered."""
    draws, rates = plan.draws, plan.rates
    edges = territory.segment_first[:, _JAKON : _JAKON + 2].tolist()
    firsts = np.concatenate([np.arange(start, end, rates.project_workers, dtype=np.int64) for start, end in edges])
    builder = _builders(plan, territory, firms, firsts)
    firsts = firsts[builder != NEVER]
    found = projects_of(plan, territory, firsts)
    key, value = found["key"].to_numpy(), found["value_rupiah"].to_numpy()
    start = found["from_day"].to_numpy()
    with_vat = draws.chance("told with VAT", key, rates.project_with_vat)
    earliest, latest = _WORK_ORDER_DAYS
    came, went = _REGISTERED_SECONDS
    ordered = start - earliest - draws.below("work order", key, latest - earliest + 1)
    year = pl.Series(ordered.astype("datetime64[D]")).dt.year()
    project = found.select(
        "project",
        name=pl.format("{} Contoh {}", pl.Series(_WORKS).gather(draws.low("works", key, len(_WORKS))), "project"),
        firm=pl.Series(builder[builder != NEVER]),
        work_order_no=pl.format("SPK/{}/{}", year, "project"),
        work_order_day=pl.Series(ordered),
        from_day="from_day",
        until_day="until_day",
        value_rupiah="value_rupiah",
        contract_rupiah=pl.Series(np.where(with_vat, value * (100 + VAT_PERCENT) // 100, value)),
        with_vat=pl.Series(with_vat),
        pattern=_patterns(plan, key, start),
        registered_at=pl.Series(midnight(start) + came + draws.below("registers", key, went - came)),
    )
    due = _due(project)
    return Building(project, due, _asked_for(plan, key, project, due))


def _builders(plan: Plan, territory: Territory, firms: Employers, number: Integers) -> Integers:
    """The firm of each project: of its region and in the building trade, where there is one. ``NEVER`` for none."""
    trade = np.array([sector.name == "building" for sector in plan.rates.sectors], dtype=np.bool_)
    there, builds = firms.founded == 0, trade[firms.sector] if len(firms) else np.zeros(0, dtype=np.bool_)
    found = np.full(len(number), NEVER, dtype=np.int64)
    area = territory.area(number)
    for region in np.unique(area).tolist():
        here = np.flatnonzero(area == region)
        local = firms.region == region
        for chosen in (there & builds & local, there & builds, there & local, there):
            candidates = np.flatnonzero(chosen)
            if len(candidates):
                found[here] = candidates[plan.draws.below("builder", number[here], len(candidates))]
                break
    return found


def _patterns(plan: Plan, key: Integers, start: Integers) -> pl.Series:
    """In which stages each is paid: empty for all at once, else one that the law names by the month of beginning."""
    at_once = plan.draws.chance("paid at once", key, plan.rates.project_at_once)
    choice = plan.draws.below("stages", key, 1 << 20)
    place = np.searchsorted(plan.days, start, side="right") - 1
    named = {month: _named_patterns(plan.month(month)) for month in np.unique(place).tolist()}
    texts = [
        "" if once or not (words := named[month]) else words[which % len(words)]
        for once, month, which in zip(at_once.tolist(), place.tolist(), choice.tolist(), strict=True)
    ]
    return pl.Series(texts, dtype=pl.String)


def _named_patterns(month: Month) -> tuple[str, ...]:
    try:
        return tuple(load("jakon/stages", month).words)
    except NotInForce:
        return ()


def _due(project: pl.DataFrame) -> pl.DataFrame:
    """When each stage is due: evenly over the work, the first on its first day."""
    return (
        project.with_row_index("place")
        .select(
            pl.col("place").cast(pl.Int64),
            "from_day",
            "until_day",
            many=pl.col("pattern").str.count_matches("/").cast(pl.Int64) + 1,
        )
        .with_columns(stage_no=pl.int_ranges(1, pl.col("many") + 1))
        .explode("stage_no")
        .select(
            project="place",
            stage_no="stage_no",
            due_day=pl.col("from_day")
            + (pl.col("until_day") - pl.col("from_day")) * (pl.col("stage_no") - 1) // pl.col("many"),
        )
    )


def _asked_for(plan: Plan, key: Integers, project: pl.DataFrame, due: pl.DataFrame) -> pl.DataFrame:
    """The stages that were asked for before the present, with what became of them."""
    draws, rates = plan.draws, plan.rates
    place, stage_no = due["project"].to_numpy(), due["stage_no"].to_numpy()
    of = key[place] * _STAGE_KEYS + stage_no
    present = int(midnight(np.array([plan.until_on], dtype="datetime64[D]").astype(np.int64))[0])
    first = stage_no == 1
    late = np.where(
        draws.chance("stage is late", of, rates.project_late) & ~first,
        1 + draws.below("stage's days late", of, rates.project_most_days),
        0,
    )
    opens, closes = _STAGE_SECONDS
    later = midnight(due["due_day"].to_numpy() + late) + opens + draws.below("stage's hour", of, closes - opens)
    ordered_at = np.where(first, project["registered_at"].to_numpy()[place] + 600, later)
    soonest, latest = _PAID_WITHIN_SECONDS
    paid_at = ordered_at + soonest + draws.low("stage paid within", of, latest - soonest)
    stops = draws.chance("stops paying stages", of, rates.project_stops)
    paid_at = np.where(stops | (paid_at >= present), NEVER, paid_at)
    asked = (ordered_at < present) & ~_stopped_before(place, stops)
    return due.with_columns(ordered_at=pl.Series(ordered_at), paid_at=pl.Series(paid_at)).filter(pl.Series(asked))


def _stopped_before(place: Integers, stops: Flags) -> Flags:
    """Whether an earlier stage of the same project was given up; stages of a project follow each other."""
    before: Integers = np.cumsum(stops) - stops
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    base: Integers = np.repeat(before[starts], np.diff(np.append(starts, len(place))))
    stopped: Flags = before > base
    return stopped
