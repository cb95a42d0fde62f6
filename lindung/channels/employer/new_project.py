"""A firm registers a construction project: it sees what it costs and in which stages before it agrees."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lindung.access.permissions import Permission
from lindung.channels.employer.firm import actor_of, firm_of, navigation, trail_to
from lindung.channels.employer.project_forms import ProjectForm
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Column, Link, SummaryRow, Table
from lindung.channels.shared.contract_values import GROSS
from lindung.channels.shared.formats import language
from lindung.contributions import services
from lindung.contributions.project_queries import project_answer
from lindung.law import Answer, LawError, Month
from lindung.law.arrears import working_days_after
from lindung.law.parameters import load
from lindung.law.wording import article_text
from lindung.lib import clock
from lindung.lib.working_days import Holidays
from lindung.registry.queries import EmployerFacts


@dataclass(frozen=True, slots=True)
class _Cost:
    """What a project would cost: the sum, its stages, the sentences and what is doubtful."""

    rupiah: int
    rows: list[SummaryRow]
    stages: Table
    sentences: list[str]
    doubts: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def new_project(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Ask for the project; POST shows what it costs (``do=look``) or registers it (``do=register``)."""
    firm = firm_of(request, employer_id)
    if request.method != "POST":
        return _page(request, firm, ProjectForm())
    form = ProjectForm(request.POST)
    if not form.is_valid():
        return _page(request, firm, form)
    told = form.cleaned_data
    try:
        answer = project_answer(
            from_on=told["from_on"],
            contract_rupiah=told["contract"],
            vat_rate=told["vat_percent"] if told["basis"] == GROSS else None,
            pattern=told["pattern"],
            language=language(),
        )
        if request.POST.get("do") == "register":
            project_id = _registered(request, firm, form)
            return HttpResponseRedirect(reverse("employer:project", args=[firm.id, project_id]))
        return _page(request, firm, form, _cost(form, answer))
    except LawError as error:
        said = error.say(language())
        form.add_error(None, said[:1].upper() + said[1:])
    except services.ProjectRefused as refused:
        field, said = refusals()[refused.why]
        form.add_error(field, said)
    return _page(request, firm, form)


def _registered(request: HttpRequest, firm: EmployerFacts, form: ProjectForm) -> int:
    told = form.cleaned_data
    return services.register_project(
        actor=actor_of(request),
        employer_id=firm.id,
        name=told["name"],
        work_order_no=told["work_order_no"],
        work_order_on=told["work_order_on"],
        from_on=told["from_on"],
        until_on=told["last_on"] + timedelta(days=1),
        contract_rupiah=told["contract"],
        vat_rate=told["vat_percent"] if told["basis"] == GROSS else None,
        pattern=told["pattern"],
        later_due_on=form.later_due,
        now=clock.now(),
    )


def refusals() -> dict[str, tuple[str, str]]:
    """Why a project cannot be registered: the field, and what to do."""
    return {
        "dates": ("last_on", _("Hari terakhir ini sebelum proyek mulai. Periksa tanggalnya.")),
        "order_date": ("work_order_on", _("Tanggal ini belum tiba. Periksa surat perintah kerjanya.")),
        "stages": ("due_2", _("Tanggal tahap harus berurutan dan di dalam masa proyek.")),
        "too_small": ("contract", _("Iuran dari nilai ini terlalu kecil untuk dibagi bertahap.")),
        "taken": ("work_order_no", _("Proyek dengan surat perintah kerja ini sudah terdaftar.")),
    }


def _cost(form: ProjectForm, answer: Answer) -> _Cost:
    told = form.cleaned_data
    due = [told["from_on"], *form.later_due]
    amounts = [answer.rupiah(key) for key in answer.result if key.startswith("stage_")] or [answer.rupiah("total")]
    columns = [Column(_("Tahap")), Column(_("Jumlah"), "amount"), Column(_("Bayar paling lambat"), "date")]
    stages = [[str(number), rupiah, day] for number, (rupiah, day) in enumerate(zip(amounts, due, strict=True), 1)]
    return _Cost(
        answer.rupiah("total"),
        [
            SummaryRow(_("Nilai kontrak tanpa PPN"), answer.rupiah("contract_net_of_vat"), kind="amount"),
            _register_by(told["work_order_on"]),
        ],
        Table(_("Tahap pembayaran"), columns, stages),
        [*(line.sentence for line in answer.lines), *answer.sentences],
        list(answer.notes),
    )


def _register_by(work_order_on: date) -> SummaryRow:
    """The last day to register a project after its work order."""
    limit = load("jakon/registration_working_days", Month.of(work_order_on))
    by = working_days_after(work_order_on, limit.whole, Holidays())
    return SummaryRow(_("Didaftarkan paling lambat"), by, source=article_text(limit.article, language()), kind="date")


def _page(request: HttpRequest, firm: EmployerFacts, form: ProjectForm, cost: _Cost | None = None) -> HttpResponse:
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:projects"),
        "trail": trail_to(
            firm,
            Link(_("Proyek"), reverse("employer:projects", args=[firm.id])),
            Link(_("Proyek baru"), "", current=True),
        ),
        "form": form,
        "cost": cost,
    }
    return render(request, "employer/new_project.html", context, status=422 if form.errors else 200)
