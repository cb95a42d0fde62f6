"""A month's wages of a construction project: who worked on it, what the month costs, what differs from the last list.

The workers of a project are not the firm's own in ``registry``: a name tells them, and a NIK where it is known.
Columns all the way: no loop over workers. Nothing is written here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

import polars as pl
from django.utils.translation import gettext_lazy as _

from lindung.contributions.project_queries import MonthView, ProjectView, project_view
from lindung.contributions.services import BillNotFound, WageListRefused, list_wages
from lindung.contributions.wage_lists import WAGE_ROWS, listed_rows, wage_list_effect
from lindung.law import Month
from lindung.law.parameters import load
from lindung.lib.clock import wib_date
from lindung.registry.queries import EmployerFacts
from lindung.uploads.cleaning import wages
from lindung.uploads.findings import FoundFaults, fault_counts, findings_of
from lindung.uploads.kinds import project_wage_faults as faults
from lindung.uploads.kinds import wage_faults
from lindung.uploads.kinds.aliases import columns
from lindung.uploads.kinds.forms import BESIDE, FormColumn, write_form
from lindung.uploads.kinds.kind import AmountsDiffer, Booked, Checked, Order
from lindung.uploads.kinds.worker_rows import settled
from lindung.uploads.layouts import Layout
from lindung.uploads.limits import Refused
from lindung.uploads.names import bad_names, read_names
from lindung.uploads.niks import read_niks, unusable_niks
from lindung.uploads.progress import Meter, Step
from lindung.uploads.sheet import Sheet, field_texts

_FORM: Final = (
    FormColumn("NOMOR_PROYEK", how=_("Jangan diubah."), example="JK202600000001"),
    FormColumn("BLTH", how=_("Bulan upahnya. Jangan diubah."), example="10/2026", width=12),
    FormColumn("NAMA_LENGKAP", needed=True, how=_("Nama sesuai KTP."), example="Siti Contoh", width=32),
    FormColumn(
        "NIK",
        how=_("Bila Anda tahu. Yang sudah pernah Anda isi boleh kosong: kami ingat dari namanya."),
        example="9901014203900001",
        width=22,
    ),
    FormColumn("UPAH", needed=True, how=_("Upah sebulan. Kosongkan bila mengisi UPAH_HARIAN."), example="4500000"),
    FormColumn("UPAH_HARIAN", how=_("Untuk pekerja harian: upah sehari. Kami kalikan 25."), example="180000"),
)


@dataclass(frozen=True, eq=False)
class ProjectMonth:
    """The project and its month, what stands listed of it, and the list that it is compared with.

    ``before``: ``WAGE_ROWS`` of what stands, or else of the last month before it that is listed, ``before_on``.
    """

    employer: EmployerFacts
    view: ProjectView
    month: MonthView
    before_on: date | None
    before: pl.DataFrame
    today: date


@dataclass(frozen=True, eq=False)
class ListedWages:
    """A sheet, its fields as text, and ``rows``: name, NIK and amounts as they were read."""

    sheet: Sheet
    fields: pl.DataFrame
    rows: pl.DataFrame


@dataclass(frozen=True)
class ProjectWages:
    """Lists of wages of one project; 0: of none yet, for what is the same for all."""

    project_id: int = 0

    LAYOUT: ClassVar[Layout] = Layout(
        kind="project_wages",
        sheet="upah_proyek",
        fields=columns("project", "period", "name", "nik", "wage", "day_wage", "npp"),
        needed={"name": ("name",), "wage": ("wage", "day_wage")},
        content=("name", "nik", "wage", "day_wage"),
        identifiers=("name", "nik"),
        totals=("name", "nik"),
        numbers_as_text=("nik",),
        beside=BESIDE,
    )
    CHECKING: ClassVar[tuple[Step, ...]] = ("reading", "matching", "law", "saving")
    BOOKING: ClassVar[tuple[Step, ...]] = ("booking", "posting")
    IN_PARTS: ClassVar[bool] = False
    ONE_A_MONTH: ClassVar[bool] = True

    def refuse_month(self, *, employer: EmployerFacts, period: date, today: date) -> None:
        """Raise ``Refused`` for a month that is none of this firm's project, or not there yet."""
        view = self._view(employer.id)
        if view is None or period not in [month.period for month in view.months(today)]:
            raise Refused("month_not_of_project", month=period.isoformat())

    def month_facts(self, *, employer: EmployerFacts, period: date, today: date) -> ProjectMonth:
        """The project's month and the list before. Asked after ``refuse_month``."""
        view = self._view(employer.id)
        assert view is not None
        last = view.list_before(period)
        before = listed_rows(last.pk) if last else pl.DataFrame(schema=WAGE_ROWS)
        return ProjectMonth(employer, view, view.month(period), last.period if last else None, before, today)

    def file_rows(self, sheet: Sheet) -> ListedWages:
        """Clean a sheet's names, NIK and amounts."""
        fields = field_texts(sheet, self.LAYOUT)
        month, day = wages(fields["wage"]), wages(fields["day_wage"])
        rows = pl.concat(
            [
                fields.select("row_no"),
                read_names(fields["name"]).to_frame(),
                read_niks(fields["nik"], fields["nik_is_number"]),
                month.rename({"wage_rupiah": "month_rupiah", "code": "month_fault"}),
                day.rename({"wage_rupiah": "day_rupiah", "code": "day_fault"}),
            ],
            how="horizontal",
        )
        return ListedWages(sheet, fields, rows)

    def check(self, file: ListedWages, *, facts: ProjectMonth, meter: Meter) -> Checked:
        """Check a list's rows against the last one, and say what the month comes to. Raises ``Refused``."""
        sheet, month = file.sheet, facts.month
        total = sheet.cells.height
        meter.move("matching", 0, total)
        found = FoundFaults(sheet)
        wage_faults.wrong_month(found, file.fields, month.period)
        wage_faults.wrong_firm(found, file.fields, facts.employer)
        faults.wrong_project(found, file.fields, facts.view.project.number)
        found.add(file.rows.filter(pl.col("name").is_null()), "name_missing")
        bad_names(found, file.rows, "name", "name")
        unusable_niks(found, file.rows.filter(pl.col("nik_fault") != "nik_missing"))
        rows = faults.with_remembered_niks(found, file.rows, facts.before)
        faults.same_people(found, rows)
        rows = faults.with_wages(found, rows, load("wage/days_per_month", Month.of(month.period)).whole)
        rows = faults.beside_before(rows, facts.before)
        faults.sharp_wages(found, rows, month.period)
        settled(found, sheet)

        meter.move("law", total, total)
        wrong = pl.col("row_no").is_in(found.rows_with_errors().implode())
        accepted = rows.filter(~wrong & pl.col("wage_rupiah").is_not_null() & pl.col("name").is_not_null())
        all_faults = found.frame()
        counts = fault_counts(all_faults)
        listed = accepted.select(*WAGE_ROWS)
        if month.list is not None and not counts["errors"] and listed_rows(month.list.pk).equals(listed):
            raise Refused("nothing_to_change")
        kinds = dict(accepted.group_by("kind").len().iter_rows())
        summary: dict[str, Any] = {
            "rows": total,
            "empty_rows": sheet.notes.get("empty_rows", 0),
            "workers": accepted.height,
            "without_nik": accepted["nik"].null_count(),
            **{kind: kinds.get(kind, 0) for kind in faults.KINDS},
            "gone": faults.gone(accepted, facts.before),
            "before": facts.before_on.isoformat() if facts.before_on else "",
            "wage_rupiah": int(accepted["wage_rupiah"].sum()),
            **_effect(month, listed, facts.today),
            **counts,
        }
        return Checked(summary, findings_of(sheet, all_faults, faults.preview(accepted)), listed)

    def facts_changed(self, order: Order, rows: pl.DataFrame) -> bool:
        """Whether the month would come to something else than was agreed to, because it was paid or listed meanwhile.

        The day by which an added stage is due is no amount: it counts from the day of booking.
        """
        view = self._view(order.employer_id)
        if view is None:
            return True
        effect = _effect(view.month(order.period), rows, wib_date(order.now))
        return any(order.summary[name] != effect[name] for name in ("agreed", "revision"))

    def book(self, order: Order, rows: pl.DataFrame, meter: Meter) -> Booked:
        """List the wages. Raises ``AmountsDiffer`` if the month came to something else meanwhile."""
        meter.move("posting", rows.height, rows.height)
        try:
            list_wages(
                actor=order.actor,
                employer_id=order.employer_id,
                project_id=self.project_id,
                period=order.period,
                rows=rows,
                agreed=order.summary["agreed"],
                upload_id=order.upload_id,
                now=order.now,
            )
        except (BillNotFound, WageListRefused) as refused:
            # What was looked at a moment ago, in this transaction, was changed by another: it is run again, from there.
            raise AmountsDiffer(f"upload {order.upload_id}: {refused}") from refused
        return Booked(told={"listed": rows.height})

    def template(self, *, employer: EmployerFacts, period: date) -> bytes:
        """The form as .xlsx, with everybody of the last list and his wage; the NIK stays with us."""
        facts = self.month_facts(employer=employer, period=period, today=period)
        rows = facts.before.sort("name").with_row_index("row_no", offset=2)
        filled = rows.select(
            "row_no",
            NOMOR_PROYEK=pl.lit(facts.view.project.number),
            BLTH=pl.lit(f"{period:%m/%Y}"),
            NAMA_LENGKAP="name",
            NIK=pl.lit(None, pl.String),
            UPAH=pl.col("wage_rupiah").cast(pl.String),
            UPAH_HARIAN=pl.lit(None, pl.String),
        )
        return write_form(sheet=self.LAYOUT.sheet, columns=_FORM, employer=employer, rows=filled)

    def _view(self, employer_id: int) -> ProjectView | None:
        """This firm's project, if it pays by listed wages."""
        view = project_view(employer_id=employer_id, project_id=self.project_id)
        return view if view is not None and view.project.by_wages else None


def _effect(month: MonthView, rows: pl.DataFrame, today: date) -> dict[str, Any]:
    """What a month comes to with these rows, for the summary."""
    effect = wage_list_effect(month, rows["wage_rupiah"].to_numpy(), today=today)
    return {
        "revision": len(month.lists) + 1,
        "jkk": int(effect.jkk.sum()),
        "jkm": int(effect.jkm.sum()),
        "amount_rupiah": effect.amount_rupiah,
        "to_pay_rupiah": effect.to_pay_rupiah,
        "credit_rupiah": effect.credit_rupiah,
        "due_on": effect.due_on.isoformat(),
        "agreed": effect.agreed,
    }
