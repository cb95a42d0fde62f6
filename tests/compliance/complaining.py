"""A firm with a billed month, and a worker of it who complains, or says that he left."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import polars as pl

from lindung.access.trail import Actor
from lindung.compliance import services
from lindung.compliance.queries import ComplaintView, complaint_of_member
from lindung.contributions.services import WageRows, correct_month
from lindung.registry.services import EXITS, report_exits
from tests import builders
from tests.builders import Firm

OCTOBER = date(2026, 10, 1)
MEMBER, CLERK, OFFICER = Actor("account", 11), Actor("account", 12), Actor("account", 13)


@dataclass(frozen=True)
class Case:
    """A complaint with everybody who has to do with it."""

    firm: Firm
    person_id: int
    id: int

    @property
    def view(self) -> ComplaintView:
        found = complaint_of_member(person_id=self.person_id, complaint_id=self.id)
        assert found is not None
        return found

    @property
    def state(self) -> str:
        return self.view.row.state


def complained(
    now: datetime,
    *,
    kind: str = "wage_wrong",
    said: int | None = 12_000_000,
    billed: bool = True,
    words: str = "Slip saya lain.",
) -> Case:
    """Of a firm's October, by its first worker."""
    firm = builders.firm(now=now, workers=2)
    if billed:
        builders.bill(firm, OCTOBER, now)
    person_id = int(firm.rows().person_id[0])
    opened = services.open_complaint(
        actor=MEMBER,
        person_id=person_id,
        employer_id=firm.id,
        period=OCTOBER,
        kind=kind,
        said_wage_rupiah=said,
        words=words,
        now=now,
    )
    return Case(firm, person_id, opened.complaint_id)


def wage_becomes(case: Case, wage_rupiah: int, now: datetime, *, worker: int = 0) -> None:
    """The firm corrects the month for one of its workers."""
    rows = case.firm.rows(wage_rupiah)
    columns = {name: getattr(rows, name)[worker : worker + 1] for name in WageRows.__slots__}
    one = WageRows(**{name: np.ascontiguousarray(column) for name, column in columns.items()})
    correct_month(actor=CLERK, employer_id=case.firm.id, period=OCTOBER, upload_id=None, rows=one, now=now)


def answered(case: Case, now: datetime, answer: str = "explained", words: str = "Upah itu tanpa lembur.") -> None:
    """What the firm says."""
    services.answer_complaint(
        actor=CLERK, employer_id=case.firm.id, complaint_id=case.id, answer=answer, words=words, now=now
    )


def left(
    now: datetime,
    *,
    until_on: date = date(2026, 10, 16),
    cause: str = "L2",
    words: str = "Kantornya tutup.",
    firm: Firm | None = None,
    paper: bytes | None = None,
) -> Case:
    """A firm's first worker says that he works there no more; by default since the middle of October."""
    firm = firm or builders.firm(now=now, workers=2)
    person_id = int(firm.rows().person_id[0])
    opened = services.claim_exit(
        actor=MEMBER,
        person_id=person_id,
        employer_id=firm.id,
        until_on=until_on,
        cause=cause,
        words=words,
        paper=paper,
        now=now,
    )
    return Case(firm, person_id, opened.complaint_id)


def firm_reports_exit(case: Case, until_on: date, now: datetime) -> None:
    """The firm says itself that its worker left."""
    exits = pl.DataFrame([(case.view.row.employment_id, until_on, "A1")], schema=EXITS, orient="row")
    report_exits(actor=CLERK, employer_id=case.firm.id, exits=exits, now=now)
