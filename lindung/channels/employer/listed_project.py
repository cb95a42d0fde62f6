"""The page of a project that pays by listed wages: its months, the one to be paid, the one to be listed."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lindung.channels.employer.firm import navigation
from lindung.channels.employer.forms import ActForm
from lindung.channels.employer.project_pages import StageToPay, month_url, project_status, project_trail
from lindung.channels.shared.components import Column, Link, Status, SummaryRow, Table
from lindung.channels.shared.formats import language, month_name, percent
from lindung.channels.shared.reloading import Reloading
from lindung.contributions.project_queries import MonthView, ProjectView
from lindung.law import Month
from lindung.law.parameters import load
from lindung.law.readings import (
    DAY_WAGE_OF_A_PROJECT,
    LISTED_WAGES_DECIDE,
    LISTED_WAGES_DUE_LIKE_A_MONTH,
    LISTED_WAGES_REASSESSED,
)
from lindung.law.wording import article_text
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts


def page(request: HttpRequest, firm: EmployerFacts, view: ProjectView) -> HttpResponse:
    """Whether its workers are covered, what is to be paid and listed next, and every month that has begun."""
    now = clock.now()
    today = clock.wib_date(now)
    months = view.months(today)
    paying = StageToPay.of(view, view.next_stage, now)
    reloading = Reloading.asked(request, every=paying.seconds_to_look_again)
    to_list = next((month for month in months if month.list is None), None)
    cover = view.standing(today)
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:projects"),
        "trail": project_trail(firm, view),
        "view": view,
        "status": project_status(view, today),
        "words": cover.words.say(language()),
        "paying": paying,
        "to_list": to_list,
        "to_list_late": to_list is not None and today > to_list.due_on,
        "to_list_url": month_url(firm.id, view.project.pk, to_list.period, "project-list") if to_list else "",
        "facts": _facts(view),
        "months": _months_table(firm, view, months, today) if months else None,
        "given_back_rupiah": sum(listed.credit_rupiah for listed in view.lists),
        "rates": rates(Month.of(max(view.project.from_on, min(today, view.project.until_on - timedelta(days=1))))),
        "doubts": [cover.reading.doubt.say(language()), *doubts()],
        "act": ActForm(),
        "reloading": reloading,
    }
    return reloading.applied(render(request, "employer/listed_project.html", context))


def doubts() -> list[str]:
    """What is not sure in the rules of listed wages."""
    readings = (
        LISTED_WAGES_DECIDE,
        LISTED_WAGES_DUE_LIKE_A_MONTH,
        LISTED_WAGES_REASSESSED,
        DAY_WAGE_OF_A_PROJECT,
    )
    return [reading.doubt.say(language()) for reading in readings]


def rates(month: Month) -> list[SummaryRow]:
    """What share of each wage a month costs, with the articles."""
    rows = []
    for code in ("jkk", "jkm"):
        rate = load(f"jakon/{code}_wage_rate", month)
        words = _("%(rate)s dari upah sebulan") % {"rate": percent(rate.rate)}
        rows.append(SummaryRow(code.upper(), words, source=article_text(rate.article, language())))
    return rows


def month_status(month: MonthView, today: date) -> Status:
    """How a month stands, in a word."""
    if month.list is None:
        if month.unlisted(today):
            return Status(_("Daftar upah belum ada"), "danger")
        return Status(_("Daftar upah belum ada"), "needs-you")
    if month.overdue(today):
        return Status(_("Belum dibayar"), "danger")
    if month.next_stage is not None:
        return Status(_("Belum dibayar"), "needs-you")
    return Status(_("Lunas"), "good") if month.stages else Status(_("Tidak ada iuran"), "quiet")


def _facts(view: ProjectView) -> list[SummaryRow]:
    project = view.project
    return [
        SummaryRow(_("Nomor proyek"), project.number),
        SummaryRow(_("Surat perintah kerja"), project.work_order_no),
        SummaryRow(_("Proyek mulai"), project.from_on, kind="date"),
        SummaryRow(_("Hari terakhir proyek"), project.until_on - timedelta(days=1), kind="date"),
        SummaryRow(_("Dasar iuran"), _("daftar upah tiap bulan")),
        SummaryRow(_("Iuran sampai sekarang"), view.amount_rupiah, kind="amount"),
        SummaryRow(_("Sudah dibayar"), view.paid_rupiah, kind="amount"),
    ]


def _months_table(firm: EmployerFacts, view: ProjectView, months: tuple[MonthView, ...], today: date) -> Table:
    columns = [
        Column(_("Bulan")),
        Column(_("Jumlah pekerja"), "count"),
        Column(_("Upah"), "amount"),
        Column(_("Iuran"), "amount"),
        Column(_("Bayar paling lambat"), "date"),
        Column(_("Status")),
    ]
    rows: list[list[object]] = [
        [
            Link(month_name(month.period), month_url(firm.id, view.project.pk, month.period)),
            month.list.worker_count if month.list else None,
            month.list.wage_rupiah if month.list else None,
            month.list.amount_rupiah if month.list else None,
            month.next_stage.due_on if month.next_stage else month.due_on,
            month_status(month, today),
        ]
        for month in reversed(months)
    ]
    return Table(_("Bulan demi bulan"), columns, rows)
