"""The table in which a small firm types a month's wages: one row for each worker, faults where they are."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from lindung.channels.shared.formats import long_date, month_name, rupiah
from lindung.channels.shared.forms import HouseForm
from lindung.uploads.typed import TypedFault

_MOST_CHARACTERS: Final = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One worker of the table, with the two boxes beside his name and what ought to be known of him."""

    name: str
    kpj: str
    employee_no: str
    is_new: bool
    notes: Sequence[str]
    wrong: str
    wage: BoundField
    out: BoundField


def wage_name(person_id: int) -> str:
    """The box for somebody's wage."""
    return f"wage-{person_id}"


def out_name(person_id: int) -> str:
    """The box that leaves somebody out of the month."""
    return f"out-{person_id}"


def typed_in(posted: Mapping[str, str], persons: Collection[int]) -> tuple[dict[int, str], list[int]]:
    """The texts by person and who is left out, of everybody of the month whose box was on the page that was sent.

    Looked for by name, not by place: somebody may have come or gone since the page was shown.
    """
    texts = {key: posted[wage_name(key)][:_MOST_CHARACTERS] for key in persons if wage_name(key) in posted}
    return texts, [key for key in texts if posted.get(out_name(key))]


class WageTableForm(HouseForm):
    """``rows`` as in ``TypedMonth``: those of one page. What is typed is judged by the check of wage reports alone."""

    template_name = "employer/wage_table_form.html"

    def __init__(self, *args: Any, rows: pl.DataFrame, period: date, month_before: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows.iter_rows(named=True))
        self.persons = rows["person_id"]
        self.month = month_name(period)
        self._before = month_name(month_before)
        self._period = period
        self._warnings: dict[int, list[str]] = {}
        self._wrong: dict[int, str] = {}
        for row in self.rows:
            named = {"name": row["name"], "month": self.month}
            self.fields[wage_name(row["person_id"])] = forms.CharField(
                label=_("Upah %(month)s %(name)s") % named,
                max_length=_MOST_CHARACTERS,
                required=False,
                initial=row["wage"],
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "9"}),
            )
            self.fields[out_name(row["person_id"])] = forms.BooleanField(
                label=_("Tidak ikut %(name)s") % named, required=False, initial=row["left_out"]
            )

    @staticmethod
    def as_posted(rows: pl.DataFrame) -> dict[str, str]:
        """What is kept of a page, as if it had just been typed."""
        typed = {wage_name(row["person_id"]): row["wage"] for row in rows.iter_rows(named=True)}
        return typed | {out_name(key): "on" for key in rows.filter(pl.col("left_out"))["person_id"]}

    def tell(self, faults: Mapping[int, Sequence[TypedFault]]) -> None:
        """Put errors beside their boxes, and what is only odd under them."""
        for person_id, found in faults.items():
            for fault in (on_screen(fault) for fault in found):
                if fault.severity == "error":
                    if wage_name(person_id) not in self.errors:
                        # In the summary on top a fault needs its worker's name; in his row it does not.
                        self._wrong[person_id] = f"{fault.reason} {fault.cure}"
                        self.add_error(wage_name(person_id), f"{self._name(person_id)}: {self._wrong[person_id]}")
                else:
                    self._warnings.setdefault(person_id, []).append(f"{fault.reason} {fault.cure}")

    def _name(self, person_id: int) -> str:
        return next(str(row["name"]) for row in self.rows if row["person_id"] == person_id)

    def lines(self) -> Iterator[Line]:
        """The rows for showing."""
        for row in self.rows:
            key = row["person_id"]
            yield Line(
                row["name"],
                row["kpj"],
                row["employee_no"],
                row["before_rupiah"] is None,
                [*self._notes(row), *self._warnings.get(key, ())],
                self._wrong.get(key, ""),
                self[wage_name(key)],
                self[out_name(key)],
            )

    def _notes(self, row: Mapping[str, Any]) -> Iterator[str]:
        if row["before_rupiah"] is not None:
            yield _("%(month)s: %(amount)s") % {"month": self._before, "amount": rupiah(row["before_rupiah"])}
        if row["from_on"] >= self._period:
            yield _("Mulai bekerja %(day)s") % {"day": long_date(row["from_on"])}
        if row["until_on"] is not None:
            yield _("Hari kerja terakhir %(day)s") % {"day": long_date(row["until_on"] - timedelta(days=1))}


def on_screen(fault: TypedFault) -> TypedFault:
    """The same fault with what to do in a table, where a file's cure speaks of its rows."""
    cures = {
        "wage_missing": _("Isi upahnya, atau centang Tidak ikut."),
        "wage_zero": _("Bila memang tidak ada upah, centang Tidak ikut."),
    }
    return replace(fault, cure=cures.get(fault.code, fault.cure))
