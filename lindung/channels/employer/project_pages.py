"""What the pages of projects share: which project or month is asked for, what is to be paid of it, how it stands."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.channels.employer.firm import firm_of, trail_to
from lindung.channels.shared.components import Link, Status
from lindung.channels.shared.formats import long_date, month_name, percent
from lindung.channels.shared.simulated_bank import simulator_url
from lindung.contributions.order_queries import OrderView, stage_orders
from lindung.contributions.project_queries import MonthView, ProjectView, StageView, project_view
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts

_SECONDS_TO_LOOK_AGAIN = 15


def project_or_404(firm: EmployerFacts, project_id: int) -> ProjectView:
    """A project of this firm; another's is not there."""
    view = project_view(employer_id=firm.id, project_id=project_id)
    if view is None:
        raise Http404
    return view


def month_or_404(
    request: HttpRequest, employer_id: int, project_id: int, year: int, month: int
) -> tuple[EmployerFacts, ProjectView, MonthView]:
    """A month that has begun, of a project of this firm that pays by listed wages."""
    firm = firm_of(request, employer_id)
    view = project_or_404(firm, project_id)
    if view.project.by_wages:
        for found in view.months(clock.wib_date(clock.now())):
            if (found.period.year, found.period.month) == (year, month):
                return firm, view, found
    raise Http404


def project_trail(firm: EmployerFacts, view: ProjectView, *links: Link) -> list[Link]:
    """Breadcrumbs down to a project, and to a page about it."""
    above = Link(_("Proyek"), reverse("employer:projects", args=[firm.id]))
    address = reverse("employer:project", args=[firm.id, view.project.pk])
    return trail_to(firm, above, Link(view.project.name, address if links else "", current=not links), *links)


def month_trail(firm: EmployerFacts, view: ProjectView, period: date, *links: Link) -> list[Link]:
    """Breadcrumbs down to a page about a month of a project's wages."""
    return project_trail(firm, view, Link(month_name(period), month_url(firm.id, view.project.pk, period)), *links)


@dataclass(frozen=True, slots=True)
class StageToPay:
    """The stage that is to be paid, if any, with the number that is open for it."""

    stage: StageView | None
    order: OrderView | None

    @classmethod
    def of(cls, view: ProjectView, stage: StageView | None, now: datetime) -> "StageToPay":
        """One statement where there is something to pay, else none."""
        if stage is None:
            return cls(None, None)
        orders = stage_orders(employer_id=view.project.employer_id, project_id=view.project.pk)
        order = orders.get(stage.stage_no)
        return cls(stage, order if order is not None and order.state(now) == "open" else None)

    @property
    def last_at(self) -> datetime | None:
        return self.order.expires_at.astimezone(clock.WIB) if self.order else None

    @property
    def simulator_url(self) -> str:
        return simulator_url(self.order.virtual_account) if self.order else ""

    @property
    def seconds_to_look_again(self) -> int:
        return _SECONDS_TO_LOOK_AGAIN if self.order else 0


def project_status(view: ProjectView, today: date) -> Status:
    """How a project stands, in a word."""
    if today >= view.project.until_on:
        return Status(_("Sudah berakhir"), "quiet")
    if today < view.project.from_on:
        return Status(_("Belum mulai"), "quiet")
    if view.project.by_wages and any(month.unlisted(today) for month in view.months(today)):
        return Status(_("Ada bulan tanpa daftar upah"), "danger")
    if any(stage.overdue(today) for stage in view.stages):
        return Status(_("Ada bulan belum dibayar") if view.project.by_wages else _("Ada tahap belum dibayar"), "danger")
    return Status(_("Dilindungi"), "good")


def stage_status(stage: StageView, today: date) -> Status:
    if stage.paid_at is not None:
        return Status(_("Lunas"), "good")
    return Status(_("Belum dibayar"), "danger") if stage.overdue(today) else Status(_("Belum jatuh tempo"), "quiet")


def receipt_link(firm: EmployerFacts, view: ProjectView, stage: StageView) -> Link | None:
    """The receipt of a stage, by the day it was paid; None before."""
    if stage.paid_at is None:
        return None
    address = reverse("employer:stage-receipt", args=[firm.id, view.project.pk, stage.stage_no])
    return Link(_("Kuitansi, %(day)s") % {"day": long_date(clock.wib_date(stage.paid_at))}, address)


def value_label(view: ProjectView) -> str:
    """What the contract's value is called: with VAT at the contract's rate, or without."""
    if view.project.vat_rate is None:
        return _("Nilai kontrak tanpa PPN")
    return _("Nilai kontrak dengan PPN %(rate)s") % {"rate": percent(view.project.vat_rate)}


def stage_page_url(firm: EmployerFacts, view: ProjectView, period: date | None) -> str:
    """Where a stage is shown: with its project, or with the month whose wages it pays for."""
    if period is None:
        return reverse("employer:project", args=[firm.id, view.project.pk])
    return month_url(firm.id, view.project.pk, period)


def month_url(employer_id: int, project_id: int, period: date, page: str = "project-month") -> str:
    """A page about one month of a project's wages."""
    return reverse(f"employer:{page}", args=[employer_id, project_id, period.year, period.month])
