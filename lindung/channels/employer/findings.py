"""What the check of a file found: faults by kind and by cell, and what changed since last month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lindung.channels.employer.paging import ROWS_A_PAGE, page_number, pages_of
from lindung.channels.shared.components import Column, ExplainedRow, ExplainedTable, Kind, Link, Status, Table
from lindung.registry.queries import EmployerFacts
from lindung.uploads import queries
from lindung.uploads.faults import FAULTS, Severity
from lindung.uploads.own_headings import are_headings
from lindung.uploads.queries import DifferenceView, FaultView, UploadView

FIRST_SHOWN = 10
# One kind among so many faults is looked for here; in longer lists the annotated file's own filter is the better tool.
MOST_FILTERED = 5_000
CHANGES_SHOWN = 25
BAR_WIDTH = 95
ASKED = ("wage_rose", "wage_fell", "back_pay")
"""Warnings that are questions of their own, and not listed among the others."""
_SHORTEST_BAR = 2


@dataclass(frozen=True, slots=True)
class Faults:
    """Some faults of a file; ``total`` counts all of them, ``page`` is None for the first few on another page."""

    items: Sequence[FaultView]
    total: int
    page: "Page[int] | None" = None

    @property
    def more(self) -> bool:
        return self.total > len(self.items)


class _Dots(dict[str, str]):
    """Stands in for what differs from fault to fault when a kind of fault is named."""

    def __missing__(self, name: str) -> str:
        return "…"


def fault_name(code: str) -> str:
    """A kind of fault in words, without what is particular to one row."""
    return (str(FAULTS[code].reason) % _Dots()).replace("….", "…")


def codes_of(found: UploadView, severity: Severity) -> dict[str, int]:
    """Kind of fault -> how often, the most frequent first."""
    counted = {code: number for code, number in found.summary["codes"].items() if FAULTS[code].severity == severity}
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def faults_url(firm: EmployerFacts, found: UploadView, **query: str) -> str:
    address = reverse("employer:faults", args=[firm.id, found.id])
    return f"{address}?{urlencode(query)}" if query else address


def groups_table(firm: EmployerFacts, found: UploadView, severity: Severity = "error") -> ExplainedTable:
    """Every kind of fault with its number and its cure, each a way to its cells."""
    codes = codes_of(found, severity)
    linked = sum(codes.values()) <= MOST_FILTERED
    rows = []
    for code, number in codes.items():
        name = fault_name(code)
        url = faults_url(firm, found, severity=severity, kind=code)
        rows.append(ExplainedRow([Link(name, url) if linked else name, number], [str(FAULTS[code].cure)]))
    return ExplainedTable(_("Menurut masalah"), [Column(_("Masalah")), Column(_("Jumlah"), "count")], rows)


def first_faults(firm: EmployerFacts, found: UploadView, severity: Severity) -> Faults:
    """The first few, for a page that is about more than them; without what it asks about by itself."""
    page = queries.findings(firm.id, found.id, severity=severity, but=ASKED, size=FIRST_SHOWN)
    return Faults(page.items, page.total)


def faults_page(request: HttpRequest, firm: EmployerFacts, found: UploadView, severity: Severity, code: str) -> Faults:
    """One page of faults, of one kind if ``code`` names one."""
    number = page_number(request)
    if code and sum(codes_of(found, severity).values()) <= MOST_FILTERED:
        every = queries.findings(firm.id, found.id, severity=severity, size=MOST_FILTERED).items
        chosen = [fault for fault in every if fault.code == code]
        page = pages_of(len(chosen), number)
        return Faults([chosen[place] for place in page.object_list], len(chosen), page)
    part = queries.findings(firm.id, found.id, severity=severity, page=number, size=ROWS_A_PAGE)
    return Faults(part.items, part.total, pages_of(part.total, part.page))


def unread_headings(found: UploadView) -> list[str]:
    """The columns of a file that was refused because we did not know them; none where that was not the reason."""
    headings = queries.ignored_headings(found.employer_id, found.id) if found.state == "refused" else []
    return headings if are_headings(headings) else []


@dataclass(frozen=True, slots=True)
class Change:
    """One worker whose month differs; ``bar`` is how long the difference is drawn, of ``BAR_WIDTH``."""

    worker: DifferenceView
    status: Status
    rupiah: int | None
    bar: int

    @property
    def rises(self) -> bool:
        return self.rupiah is not None and self.rupiah > 0


@dataclass(frozen=True, slots=True)
class Changes:
    """Some of the differences with last month, and how many there are of each kind."""

    items: Sequence[Change]
    total: int
    groups: Table
    page: "Page[int] | None" = None

    @property
    def more(self) -> bool:
        return self.total > len(self.items)


def change_words() -> dict[str, Status]:
    kinds: dict[str, tuple[str, Kind]] = {
        "missing": (_("Tidak dilaporkan"), "needs-you"),
        "left_out": (_("Barisnya belum benar"), "needs-you"),
        "joined": (_("Baru"), "info"),
        "left": (_("Sudah keluar"), "quiet"),
        "up": (_("Naik"), "info"),
        "down": (_("Turun"), "info"),
    }
    return {kind: Status(*shown) for kind, shown in kinds.items()}


def changes(firm: EmployerFacts, found: UploadView, kind: str | None = None) -> Changes:
    """The first of them, or of one kind, for a page that is about more than them."""
    part = queries.differences(firm.id, found.id, kind=kind, size=CHANGES_SHOWN)
    return Changes(changes_of(part.items), part.total, changes_table(firm, found))


def changes_page(request: HttpRequest, firm: EmployerFacts, found: UploadView, kind: str) -> Changes:
    """One page of differences, of one kind if ``kind`` names one."""
    known = kind if kind in (*change_words(), "sharp") else None
    part = queries.differences(firm.id, found.id, kind=known, page=page_number(request), size=ROWS_A_PAGE)
    page = pages_of(part.total, part.page)
    return Changes(changes_of(part.items), part.total, changes_table(firm, found), page)


def changes_table(firm: EmployerFacts, found: UploadView) -> Table:
    """How many workers are in each kind, each a way to them."""
    address = reverse("employer:changes", args=[firm.id, found.id])
    return groups_of(found.summary, address)


def groups_of(summary: Mapping[str, Any], address: str = "") -> Table:
    """How many workers changed in which way; nobody in a kind that is an exception is not mentioned."""
    rows: list[list[object]] = []
    for kind, status in change_words().items():
        number = summary.get(kind, 0)
        linked = number and address
        if number or kind not in ("missing", "left_out"):
            rows.append(
                [Link(status.word, f"{address}?{urlencode({'kind': kind})}") if linked else status.word, number]
            )
    rows.append([_("Sama"), summary.get("unchanged", 0)])
    return Table(_("Dibanding bulan lalu"), [Column(_("Perubahan")), Column(_("Jumlah pekerja"), "count")], rows)


def changes_of(workers: Sequence[DifferenceView]) -> list[Change]:
    """Each with its word and its bar, drawn against the longest of them."""
    words = change_words()
    found = [(worker, _difference(worker)) for worker in workers]
    longest = max((abs(rupiah) for _, rupiah in found if rupiah is not None), default=0)
    return [Change(worker, words[worker.kind], rupiah, _bar(rupiah, longest)) for worker, rupiah in found]


def _bar(rupiah: int | None, longest: int) -> int:
    """Seen however small it is beside the longest."""
    return max(_SHORTEST_BAR, BAR_WIDTH * abs(rupiah) // longest) if rupiah else 0


def _difference(worker: DifferenceView) -> int | None:
    if worker.before_rupiah is None or worker.after_rupiah is None:
        return None
    return worker.after_rupiah - worker.before_rupiah
