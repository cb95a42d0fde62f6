"""A month's wages without a file: last month's, with whoever came and went, and what was typed over it.

What is typed goes the way of a file: the same checks (``kinds/wage_report.py``), the same upload, the same yes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from lindung.registry import queries as registry
from lindung.registry.queries import EmployerFacts
from lindung.uploads.drafts import DraftView, draft_of
from lindung.uploads.kinds import wage_report
from lindung.uploads.kinds.wage_report import MonthFacts
from lindung.uploads.sheet import Sheet
from lindung.uploads.typed import Silent, TypedFault, row_faults, typed_sheet

KIND: Final = wage_report.LAYOUT.kind
_MOST_GONE_NAMED = 5


@dataclass(frozen=True, eq=False)
class TypedMonth:
    """Everybody who worked in the month, one row each: whoever had no wage last month first, then by name.

    ``rows``: ``person_id``, ``kpj``, ``employee_no``, ``name``, ``from_on``, ``until_on``, ``before_rupiah`` (null:
    none last month), ``wage`` (text: what was typed, else last month's), ``left_out``. ``gone``: the names of some who
    had a wage last month and no longer work here, ``gone_count`` of them all.
    """

    facts: MonthFacts
    rows: pl.DataFrame
    gone: tuple[str, ...]
    gone_count: int
    draft: DraftView | None

    @property
    def joined_count(self) -> int:
        """How many had no wage last month."""
        return self.rows["before_rupiah"].null_count()

    def texts(self) -> dict[str, list[str]]:
        """What would be sent, by the fields of a wage report."""
        sent = self.rows.filter(~pl.col("left_out"))
        return {name: sent[name].to_list() for name in ("kpj", "name", "wage")}


@dataclass(frozen=True, eq=False)
class JudgedMonth:
    """What the check says of it. ``summary`` and ``differences`` are those of a wage report."""

    summary: Mapping[str, Any]
    differences: pl.DataFrame
    _sheet: Sheet
    _faults: pl.DataFrame

    def faults(self, persons: pl.Series) -> dict[int, list[TypedFault]]:
        """Everything found about some people (ids), by person."""
        found: dict[int, list[TypedFault]] = {}
        people = dict(self._faults.select("row_no", "person_id").iter_rows())
        chosen = self._faults.filter(pl.col("person_id").is_in(persons.implode())).drop("person_id")
        for row_no, fault in row_faults(self._sheet, chosen):
            found.setdefault(people[row_no], []).append(fault)
        return found

    def wrong(self) -> pl.Series:
        """The ids of everybody about whom something has to be mended."""
        return self._faults.filter(pl.col("severity") == "error")["person_id"].unique()


def typed_month(*, employer: EmployerFacts, period: date, today: date) -> TypedMonth:
    """A firm's month as it would be typed. Three statements, and one more if somebody left."""
    facts = wage_report.month_facts(employer=employer, period=period, today=today)
    draft = draft_of(employer_id=employer.id, kind=KIND, period=period)
    people = facts.workers.unique("person_id", keep="last").select(
        "person_id", "kpj", "employee_no", "name", "from_on", "until_on"
    )
    last = facts.previous.rename({"wage_rupiah": "before_rupiah"})
    rows = people.join(last, on="person_id", how="left").join(_typed(draft), on="person_id", how="left")
    rows = rows.with_columns(
        wage=pl.coalesce("typed", pl.col("before_rupiah").cast(pl.String), pl.lit("")),
        left_out=pl.col("left_out").fill_null(value=False),
    ).drop("typed")
    gone = last.join(people, on="person_id", how="anti")
    return TypedMonth(
        facts,
        rows.sort(pl.col("before_rupiah").is_not_null(), "name", "person_id"),
        _names(gone, facts),
        gone.height,
        draft,
    )


def _typed(draft: DraftView | None) -> pl.DataFrame:
    schema = {"person_id": pl.Int64, "typed": pl.String, "left_out": pl.Boolean}
    kept = draft.texts.items() if draft else ()
    left_out = draft.left_out if draft else frozenset()
    return pl.DataFrame([(person, text, person in left_out) for person, text in kept], schema=schema, orient="row")


def _names(gone: pl.DataFrame, facts: MonthFacts) -> tuple[str, ...]:
    if gone.is_empty():
        return ()
    former = registry.employments_in(employer_id=facts.employer.id, month_on=facts.month_before)
    names = former.join(gone, on="person_id", how="semi").unique("person_id")["name"]
    return tuple(names.sort().head(_MOST_GONE_NAMED))


def judge(month: TypedMonth) -> JudgedMonth:
    """What a check would say of the month as it stands. Writes nothing; raises ``Refused``."""
    sheet = typed_sheet(wage_report.LAYOUT, month.texts())
    checked = wage_report.check(wage_report.file_rows(sheet), facts=month.facts, meter=Silent())
    people = month.rows.filter(~pl.col("left_out")).select("person_id").with_row_index("row_no", offset=1)
    faults = checked.findings.faults.join(people, on="row_no", how="inner", maintain_order="left")
    return JudgedMonth(checked.summary, checked.findings.differences, sheet, faults)
