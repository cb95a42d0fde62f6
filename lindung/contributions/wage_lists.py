"""What listing a month's wages does to a project. Reckons, writes nothing: the check shows it, the service books it."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from django.db.models import Max
from numpy.typing import NDArray

from lindung.contributions.contract_changes import DAYS_TO_PAY
from lindung.contributions.models import ProjectWageLine
from lindung.contributions.project_queries import MonthView, StageView
from lindung.contributions.staging import NewStage
from lindung.law import Answer, Month, answer, jakon
from lindung.law.allocation import Reassessed, reassess
from lindung.law.wording import Language
from lindung.lib import crypto
from lindung.lib.copy import fetch_columns

WAGE_ROWS = {"name": pl.String, "nik": pl.String, "wage_rupiah": pl.Int64}
"""Who is listed: the name, the NIK (null: not known), and the wage of the month."""
NIK_PLACE = f"{ProjectWageLine._meta.db_table}.nik_encrypted"


@dataclass(frozen=True, slots=True)
class WageListEffect:
    """What each worker costs by the law, what of the money paid for the month moves, the stage that takes the place of
    ``replaced``: none where nothing is left to pay."""

    jkk: NDArray[np.int64]
    jkm: NDArray[np.int64]
    outcome: Reassessed
    replaced: tuple[StageView, ...]
    period: date
    due_on: date

    @property
    def amount_rupiah(self) -> int:
        return int(self.jkk.sum() + self.jkm.sum())

    @property
    def to_pay_rupiah(self) -> int:
        return sum(self.outcome.left)

    @property
    def stages(self) -> list[NewStage]:
        jkk, jkm = self.outcome.left
        return [NewStage(self.due_on, jkk, jkm, self.period)] if self.to_pay_rupiah else []

    @property
    def credit_rupiah(self) -> int:
        return self.outcome.over_rupiah

    @property
    def agreed(self) -> str:
        """What a yes is given to, so that it never holds for other amounts."""
        return f"{self.amount_rupiah}-{self.to_pay_rupiah}-{self.credit_rupiah}"


def wage_list_effect(month: MonthView, wages: NDArray[np.int64], *, today: date) -> WageListEffect:
    """The effect of a month's wages by the law of that month, whatever was listed or paid of it before.

    What is left is one stage: due with the month, or, where all that was asked for is paid, as an added stage is.
    """
    parts = jakon.assess_wages(month=Month.of(month.period), wages=wages)
    outcome = reassess((int(parts["jkk"].sum()), int(parts["jkm"].sum())), month.paid_parts)
    unpaid = tuple(stage for stage in month.stages if stage.paid_at is None)
    if unpaid:
        due_on = unpaid[0].due_on
    elif month.stages:
        due_on = max(month.due_on, today + timedelta(days=DAYS_TO_PAY))
    else:
        due_on = month.due_on
    return WageListEffect(parts["jkk"], parts["jkm"], outcome, unpaid, month.period, due_on)


def wage_answer(period: date, wage_rupiah: int, language: Language = "id") -> Answer:
    """What the law says of one listed wage in a month: its parts in words, and the parameters used."""
    return answer("JAKON", Month.of(period), {"monthly_wage": wage_rupiah}, language)


def listed_rows(list_id: int) -> pl.DataFrame:
    """The rows of a list as ``WAGE_ROWS``, NIK opened, in the order in which they were listed. One statement."""
    found = fetch_columns(
        "SELECT id, name, coalesce(encode(nik_encrypted, 'hex'), '') AS sealed, wage_rupiah"
        " FROM contributions_projectwageline WHERE list_id = %s",
        [list_id],
        {"id": pl.Int64, "name": pl.String, "sealed": pl.String, "wage_rupiah": pl.Int64},
    ).sort("id")
    niks = [
        crypto.decrypt(sealed, f"{NIK_PLACE}:{row_id}").decode() if sealed else None
        for row_id, sealed in zip(found["id"], found["sealed"].str.decode("hex"), strict=True)
    ]
    return found.select("name", pl.Series("nik", niks, dtype=pl.String), "wage_rupiah")


@dataclass(frozen=True, slots=True)
class ListedWorker:
    """One line of a list for its firm: the last four digits of the NIK, empty where it is not known."""

    name: str
    nik_end: str
    wage_rupiah: int
    jkk: int
    jkm: int

    @property
    def amount_rupiah(self) -> int:
        return self.jkk + self.jkm


def nobody() -> pl.DataFrame:
    """The rows of a month in which nobody worked."""
    return pl.DataFrame(schema=WAGE_ROWS)


def highest_wage(list_id: int) -> int:
    """The highest wage of a list, which has workers in it. One statement."""
    found = ProjectWageLine.objects.filter(list_id=list_id).aggregate(highest=Max("wage_rupiah"))
    return int(found["highest"])


def workers_of(*, list_id: int, start: int, most: int) -> list[ListedWorker]:
    """``most`` workers of a list after the first ``start``, by name. One statement."""
    lines = ProjectWageLine.objects.filter(list_id=list_id).order_by("name", "id")[start : start + most]
    return [
        ListedWorker(
            line.name,
            crypto.decrypt(line.nik_encrypted, f"{NIK_PLACE}:{line.pk}").decode()[-4:] if line.nik_encrypted else "",
            line.wage_rupiah,
            line.jkk,
            line.jkm,
        )
        for line in lines
    ]
