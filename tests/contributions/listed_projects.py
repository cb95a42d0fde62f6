"""Projects that pay by listed wages, for tests."""

from datetime import date, datetime
from string import ascii_uppercase

import polars as pl

from lindung.access.trail import SYSTEM
from lindung.contributions import services
from lindung.contributions.project_queries import ProjectView, project_view
from lindung.contributions.wage_lists import WAGE_ROWS, wage_list_effect
from lindung.lib.clock import wib_date
from tests.builders import Firm

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


def listed_project(employer_id: int, now: datetime, *, name: str = "Gedung Contoh") -> int:
    """A project of nine months from the middle of September 2026 that pays by listed wages."""
    return services.register_listed_project(
        actor=SYSTEM,
        employer_id=employer_id,
        name=name,
        work_order_no=f"SPK-{now:%H%M%S%f}-{name}",
        work_order_on=date(2026, 9, 1),
        from_on=date(2026, 9, 15),
        until_on=date(2027, 6, 15),
        now=now,
    )


def wage_rows(*wages: int, niks: tuple[str | None, ...] = ()) -> pl.DataFrame:
    """One worker for each wage; the first of them have these NIKs."""
    told = [*niks, *[None] * (len(wages) - len(niks))]
    names = [f"Pekerja {letter} Contoh" for letter in ascii_uppercase[: len(wages)]]
    return pl.DataFrame({"name": names, "nik": told, "wage_rupiah": list(wages)}, schema=WAGE_ROWS)


def project_of(firm: Firm, project_id: int) -> ProjectView:
    found = project_view(employer_id=firm.id, project_id=project_id)
    assert found is not None
    return found


def list_month(firm: Firm, project_id: int, period: date, rows: pl.DataFrame, now: datetime) -> int:
    """List a month's wages, or correct them, at what the page would show."""
    month = project_of(firm, project_id).month(period)
    effect = wage_list_effect(month, rows["wage_rupiah"].to_numpy(), today=wib_date(now))
    return services.list_wages(
        actor=SYSTEM,
        employer_id=firm.id,
        project_id=project_id,
        period=period,
        rows=rows,
        agreed=effect.agreed,
        now=now,
    )
