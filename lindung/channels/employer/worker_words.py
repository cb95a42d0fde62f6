"""What is said of one worker at a firm, wherever he is listed."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.channels.shared.components import Link, Status
from lindung.channels.shared.formats import long_date
from lindung.registry.exit_causes import CAUSES
from lindung.registry.queries import EmployerFacts
from lindung.registry.staff_queries import WorkerRow


def last_day(until_on: date) -> date:
    """The last day of work, which is what people say; we keep the day after it."""
    return until_on - timedelta(days=1)


def worker_link(firm: EmployerFacts, row: WorkerRow) -> Link:
    return Link(row.name, reverse("employer:worker", args=[firm.id, row.employment_id]))


def worker_status(row: WorkerRow) -> Status:
    return Status(_("Bekerja di sini"), "good") if row.until_on is None else Status(_("Sudah keluar"), "quiet")


def contract_words(row: WorkerRow) -> str:
    """``Tetap (PKWTT)``, or a fixed term and its last day; empty where the firm never told."""
    if row.contract == "PKWTT":
        return _("Tetap (PKWTT)")
    if row.contract == "PKWT" and row.contract_until_on:
        return _("Kontrak (PKWT) sampai %(day)s") % {"day": long_date(last_day(row.contract_until_on))}
    return _("Kontrak (PKWT)") if row.contract == "PKWT" else ""


def cause_words(code: str) -> str:
    """Why somebody left, in words; the code itself where it is none of the list."""
    return str(CAUSES[code].text) if code in CAUSES else code
