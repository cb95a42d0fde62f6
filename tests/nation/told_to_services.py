"""A nation told to the platform's services, act by act in the order of time, as its firms would have told it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from lindung.access.trail import SYSTEM
from lindung.contributions.models import Bill
from lindung.contributions.services import WageRows, reissue_virtual_account, report_wages
from lindung.nation.cards import kpj
from lindung.nation.careers import NEVER as NO_END
from lindung.nation.careers import OWN
from lindung.nation.history import pay
from lindung.nation.nation import Nation, Part
from lindung.nation.numbers import act_at, founded_at
from lindung.nation.registering import employee_numbers
from lindung.nation.reporting import NEVER
from lindung.nation.staffing import hire, release
from lindung.registry.models import KpjIndex, Membership
from lindung.registry.services import register_employer
from tests.nation.orders_told import OwnPayers, moment

Act = tuple[int, int, int, Callable[[], None]]


class Told:
    """Tells one nation, all of it in one part."""

    def __init__(self, nation: Nation, *, partner_id: int) -> None:
        self.nation, self.partner_id = nation, partner_id
        self.part: Part = nation.part(0, nation.plan.members)
        self.employer_id: dict[int, int] = {}
        self.bill_id: dict[int, int] = {}
        self.hired: dict[int, dict[str, int]] = {}  # by job
        self.own = OwnPayers(nation, self.part, self.employer_id, partner_id=partner_id)

    def tell(self) -> None:
        for *_, act in sorted(self._acts(), key=lambda act: act[:3]):
            act()

    def _acts(self) -> list[Act]:
        plan, jobs, reports = self.nation.plan, self.part.jobs, self.nation.reports
        acts: list[Act] = []
        for firm, second in enumerate(founded_at(plan, self.nation.firms.founded).tolist()):
            acts.append((second, 0, firm, partial(self._found, firm, moment(second))))
        for column, what, order in ((jobs.end_told, self._release, 1), (jobs.registered, self._hire, 2)):
            for firm, act in sorted(set(zip(jobs.firm.tolist(), column.tolist(), strict=True))):
                if act < NO_END:
                    second = int(act_at(plan, np.array([act]))[0])
                    rows = np.flatnonzero((jobs.firm == firm) & (column == act))
                    acts.append((second, order, firm, partial(what, firm, rows, moment(second))))
        for bill in np.unique(self.part.months.bill).tolist():
            for moments, what, order in (
                (reports.reported_at, self._report, 3),
                (reports.reissued_at, self._renew, 4),
                (reports.paid_at, self._pay, 5),
            ):
                second = int(moments.ravel()[bill])
                if second != NEVER:
                    acts.append((second, order, bill, partial(what, bill, moment(second))))
        return acts + self.own.acts()

    def _found(self, firm: int, now: datetime) -> None:
        row = self.nation.firm_table.row(firm, named=True)
        self.employer_id[firm] = register_employer(
            actor=SYSTEM,
            npp=row["npp"],
            name=row["name"],
            size=row["size"],
            jkk_class=row["jkk_class"],
            programmes=frozenset(row["programmes"].split()),
            since_on=row["since_on"],
            now=now,
        )

    def _hire(self, firm: int, rows: Any, now: datetime) -> None:
        jobs = self.part.jobs
        for row in rows:
            if jobs.new_card[row] and jobs.kind[row] == OWN and jobs.card[row] > 0:
                self._new_card(int(row))
        told = self.part.records[self.part.job_record[rows].tolist()].with_columns(
            employee_no=employee_numbers(self.part).gather(rows), from_on=pl.Series(days(jobs.from_day[rows]))
        )
        placed = hire(employer_id=self.employer_id[firm], people=told, now=now)
        for row, person in zip(rows.tolist(), placed.iter_rows(named=True), strict=True):
            self.hired[row] = person

    def _new_card(self, row: int) -> None:
        """No service gives a known person a second card; the register of old has them all the same."""
        jobs = self.part.jobs
        person_id = next(
            self.hired[other]["person_id"]
            for other in np.flatnonzero(self.part.job_record == self.part.job_record[row])
            if other in self.hired
        )
        number = kpj(self.nation.plan.draws, jobs.number[row : row + 1], jobs.card[row : row + 1])[0]
        since_on = days(jobs.from_day[row : row + 1])[0].item()
        card = Membership.objects.create(person_id=person_id, kpj=number, segment="PU", since_on=since_on)
        KpjIndex.objects.create(kpj=number, person_id=person_id, membership_id=card.id)

    def _release(self, firm: int, rows: Any, now: datetime) -> None:
        ends = pl.DataFrame(
            {
                "employment_id": [self.hired[row]["employment_id"] for row in rows.tolist()],
                "until_on": days(self.part.jobs.told_until[rows]),
            }
        )
        release(employer_id=self.employer_id[firm], ends=ends, now=now)

    def _report(self, bill: int, now: datetime) -> None:
        told = self.part.months
        rows = np.flatnonzero(told.bill == bill)
        people = [self.hired[job] for job in told.job[rows].tolist()]
        rows = rows[np.argsort([person["person_id"] for person in people])]
        people = sorted(people, key=lambda person: person["person_id"])
        firm, month = divmod(bill, self.nation.plan.months)

        def ids(name: str) -> Any:
            return np.array([person[name] for person in people], dtype=np.int64)

        issued = report_wages(
            actor=SYSTEM,
            employer_id=self.employer_id[firm],
            period=self.nation.plan.month(month).first_on,
            upload_id=None,
            rows=WageRows(
                person_id=ids("person_id"),
                employment_id=ids("employment_id"),
                membership_id=ids("membership_id"),
                wage_rupiah=told.wage_rupiah[rows],
                jp_liable=told.jp_liable[rows],
                jkp_member=told.jkp_member[rows],
            ),
            now=now,
        )
        self.bill_id[bill] = issued.bill_id

    def _renew(self, bill: int, now: datetime) -> None:
        employer_id = Bill.objects.get(pk=self.bill_id[bill]).employer_id
        reissue_virtual_account(actor=SYSTEM, employer_id=employer_id, bill_id=self.bill_id[bill], now=now)

    def _pay(self, bill: int, now: datetime) -> None:
        pay(bill_id=self.bill_id[bill], partner_id=self.partner_id, paid_at=now)


def days(since_1970: Any) -> Any:
    return since_1970.astype("datetime64[D]")
