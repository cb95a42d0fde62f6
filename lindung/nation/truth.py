"""The truth beside what was told: who is the same person, what they really earn, when they really left.

Files of columns (parquet) in a folder, a folder for each table, a file for each part. They hold invented people in
clear. ``nation.json`` is written last: a folder without it is no nation.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from lindung.nation.cards import kpj
from lindung.nation.careers import KINDS, NEVER
from lindung.nation.draws import Integers
from lindung.nation.nation import Nation, Part
from lindung.nation.orders import KINDS as ORDER_KINDS
from lindung.nation.orders import ordered_day
from lindung.nation.plan import Plan
from lindung.nation.regions import REGIONS
from lindung.nation.reporting import NEVER as UNPAID
from lindung.nation.territory import SEGMENTS

MARK = "nation.json"

TABLES = {
    "people": "everybody as the civil registry knows him: number, segment, region, NIK, name, birth, mother, household",
    "records": "the persons of the register: whose each is, what was told of him, why there is a second one",
    "work": "every job with its card: when it really ended, and when the firm told that it did",
    "wages": "by job and year: earned, told, holiday pay (THR, no wage) and its month",
    "independents": "own-account workers, workers of construction projects, migrants",
    "orders": "what own-account workers and migrants ordered, for which months, and when they paid it",
    "months": "worker-months as told by the firms (with --out only: the platform has them as bill lines)",
    "firms": "the firms with their habits",
    "projects": "construction projects with the firms that build",
    "stages": "what was due for each project and when, and when it was paid",
}


class FolderTaken(Exception):
    """The folder for a nation's files holds something already."""


def tables(nation: Nation, part: Part) -> dict[str, pl.DataFrame]:
    """The truth of one part, by table."""
    return {
        "people": _people(nation, part),
        "records": part.records.select(
            "number",
            kind=pl.Series(KINDS).gather(part.records["kind"]),
            nik="nik",
            name="name",
            birth_on="birth_on",
            mother_name="mother_name",
        ),
        "work": _work(nation, part),
        "wages": _wages(nation, part),
        "independents": part.independents,
        "orders": _orders(part),
    }


def months(nation: Nation, part: Part) -> pl.DataFrame:
    """The worker-months of one part as firms told them: ``number``, ``kind``, ``npp``, ``period``, ``wage_rupiah``."""
    told = part.months
    return pl.DataFrame(
        {
            "number": part.jobs.number[told.job],
            "kind": pl.Series(KINDS).gather(part.jobs.kind[told.job]),
            "npp": nation.firm_table["npp"].gather(part.jobs.firm[told.job]),
            "period": _dates(nation.plan.days[told.month]),
            "wage_rupiah": told.wage_rupiah,
        }
    )


def whole(nation: Nation) -> dict[str, pl.DataFrame]:
    """What does not belong to one part: firms, and the construction projects."""
    return {"firms": nation.firm_table, "projects": _projects(nation), "stages": _stages(nation)}


def _people(nation: Nation, part: Part) -> pl.DataFrame:
    number = part.people["number"].to_numpy()
    territory = nation.territory
    return part.people.select(
        "number",
        pl.Series(SEGMENTS).gather(territory.segment(number)).alias("segment"),
        pl.Series([region.name for region in REGIONS]).gather(territory.area(number)).alias("region"),
        pl.exclude("number"),
    )


def _work(nation: Nation, part: Part) -> pl.DataFrame:
    jobs = part.jobs
    return pl.DataFrame(
        {
            "number": jobs.number,
            "kind": pl.Series(KINDS).gather(jobs.kind),
            "npp": nation.firm_table["npp"].gather(jobs.firm),
            "kpj": pl.Series(kpj(nation.plan.draws, jobs.number, jobs.card), dtype=pl.String),
            "from_on": _dates(jobs.from_day),
            "until_on": _dates(jobs.until),
            "told_until_on": _dates(jobs.told_until),
            "cause": _causes(nation, part),
            "second_job": jobs.second,
            "paid_by_day": part.wages.varies > 0,
        }
    )


def _causes(nation: Nation, part: Part) -> pl.Series:
    """Why each job ended; null while it goes on."""
    plan, jobs = nation.plan, part.jobs
    words = pl.Series([*(cause for cause, _ in plan.rates.causes), "retired"])
    picked = plan.draws.pick("cause of exit", jobs.key, [weight for _, weight in plan.rates.causes])
    births = part.people["birth_on"].cast(pl.Int32).to_numpy().astype(np.int64)[part.job_person]
    age = (np.where(jobs.until == NEVER, births, jobs.until) - births) * 4 // 1_461
    cause = words.gather(np.where(age >= plan.rates.stops_at_age, len(words) - 1, picked))
    return pl.select(pl.when(pl.Series(jobs.until != NEVER)).then(cause)).to_series()


def _wages(nation: Nation, part: Part) -> pl.DataFrame:
    """One row for each job and calendar year in which there was a wage."""
    plan, jobs, thr = nation.plan, part.jobs, part.holiday_pay
    last_year = plan.years[np.maximum(jobs.end_month, 1) - 1]
    years = np.arange(part.wages.earned.shape[1])
    job, year = np.nonzero((part.wages.earned > 0) & (years[None, :] <= last_year[:, None]))
    paid = thr.paid_rupiah[job, year]
    month = np.where(paid > 0, plan.days[np.maximum(thr.month[job, year], 0)], NEVER)
    return pl.DataFrame(
        {
            "number": jobs.number[job],
            "npp": nation.firm_table["npp"].gather(jobs.firm[job]),
            "year": plan.first.year + year,
            "earned_rupiah": part.wages.earned[job, year],
            "told_rupiah": part.wages.told[job, year],
            "thr_rupiah": paid,
            "thr_month": _dates(month),
        }
    )


def _orders(part: Part) -> pl.DataFrame:
    """One row an order, whole rupiah; what was not paid lapsed, or still waits."""
    orders, lines = part.orders, part.order_lines
    amounts = np.zeros((2, len(orders)), dtype=np.int64)
    np.add.at(amounts[0], lines.order, lines.rupiah)
    np.add.at(amounts[1], lines.order, lines.amounts["jht"])
    return pl.DataFrame(
        {
            "number": orders.number,
            "kind": pl.Series(ORDER_KINDS).gather(orders.kind),
            "from_on": _dates(orders.from_day),
            "until_on": _dates(orders.until_day),
            "months": orders.months,
            "prolongs": orders.prolongs,
            "ordered_on": _dates(ordered_day(orders.ordered_at)),
            "paid_on": _paid_on(orders.paid_at),
            "amount_rupiah": amounts[0],
            "jht_rupiah": amounts[1],
        }
    )


def _projects(nation: Nation) -> pl.DataFrame:
    found = nation.built.projects
    return found.select(
        "project",
        npp=nation.firm_table["npp"].gather(found["firm"]),
        value_rupiah="value_rupiah",
        from_on=_dates(found["from_day"].to_numpy()),
        until_on=_dates(found["until_day"].to_numpy()),
        stages=pl.col("pattern").str.count_matches("/") + 1,
    )


def _stages(nation: Nation) -> pl.DataFrame:
    built = nation.built
    due = built.due.join(
        built.stages.select("project", "stage_no", "paid_at"), on=["project", "stage_no"], how="left"
    ).sort("project", "stage_no")
    places = due.select("project", "stage_no").iter_rows()
    amounts = [sum(nation.prices.project(place).stages[stage - 1]) for place, stage in places]
    return due.select(
        project=built.projects["project"].gather(due["project"]),
        stage_no="stage_no",
        due_on=_dates(due["due_day"].to_numpy()),
        amount_rupiah=pl.Series(amounts, dtype=pl.Int64),
        paid_on=_paid_on(due["paid_at"].fill_null(UNPAID).to_numpy()),
    )


def _paid_on(paid_at: Integers) -> pl.Series:
    return _dates(np.where(paid_at == UNPAID, NEVER, ordered_day(paid_at)))


def _dates(days: Integers) -> pl.Series:
    """Days since 1970 as dates; ``NEVER`` becomes null."""
    known = pl.Series(np.where(days == NEVER, 0, days).astype("datetime64[D]"))
    return pl.select(pl.when(pl.Series(days != NEVER)).then(known)).to_series()


@dataclass
class TruthFolder:
    """Writes a nation's files. Raises ``FolderTaken`` where there is something already."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.folder.exists() and any(self.folder.iterdir()):
            raise FolderTaken(f"{self.folder} is not empty. Name another folder, or remove it.")
        self.folder.mkdir(parents=True, exist_ok=True)

    def add(self, place: int, frames: dict[str, pl.DataFrame]) -> None:
        """The frames of part number ``place``."""
        for name, frame in frames.items():
            (self.folder / name).mkdir(exist_ok=True)
            frame.write_parquet(self.folder / name / f"{place:05d}.parquet")
            self.rows[name] = self.rows.get(name, 0) + frame.height

    def finish(self, plan: Plan) -> None:
        """Everything is there: leave the mark."""
        about = {**described(plan), "rows": self.rows, "tables": {name: TABLES[name] for name in self.rows}}
        new = self.folder / f".{MARK}"
        new.write_text(json.dumps(about, indent=1) + "\n")
        new.replace(self.folder / MARK)


def described(plan: Plan) -> dict[str, Any]:
    """The words by which the same nation can be made again."""
    return {
        "members": plan.members,
        "seed": plan.seed,
        "months": plan.months,
        "until": plan.until_on.isoformat(),
    }


def digest(nation: Nation, people_at_once: int) -> dict[str, str]:
    """SHA-256 of every table, over its values alone: the same for every size of parts, machine and file format."""
    hashes: dict[str, dict[str, Any]] = {}
    for frames in _all(nation, people_at_once):
        for name, frame in frames.items():
            columns = hashes.setdefault(name, {column: hashlib.sha256() for column in frame.columns})
            for column in frame.columns:
                columns[column].update(_bytes(frame[column]))
    digests = {}
    for name, columns in hashes.items():
        every = hashlib.sha256()
        for column, total in columns.items():
            every.update(f"{column} {total.hexdigest()}\n".encode())
        digests[name] = every.hexdigest()
    return digests


def _all(nation: Nation, people_at_once: int) -> Iterator[dict[str, pl.DataFrame]]:
    yield whole(nation)
    for part in nation.parts(people_at_once):
        yield {**tables(nation, part), "months": months(nation, part)}


def _bytes(column: pl.Series) -> bytes:
    """The values as lines of text; a null is told from an empty text."""
    texts = column.cast(pl.Int32).cast(pl.String) if column.dtype == pl.Date else column.cast(pl.String)
    return "".join(f"{text}\n" if text is not None else "\0\n" for text in texts.to_list()).encode()
