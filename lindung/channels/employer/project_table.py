"""A month's wages of a project typed into a table: names and wages of the last list, and empty rows for more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lindung.access.permissions import Permission
from lindung.channels.employer.file_kinds import PROJECT_WAGES
from lindung.channels.employer.firm import actor_of, navigation
from lindung.channels.employer.forms import ActForm, refusal_words
from lindung.channels.employer.project_pages import month_or_404, month_trail, month_url
from lindung.channels.employer.standing import moment_wib
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link
from lindung.channels.shared.formats import count, month_name
from lindung.channels.shared.forms import HouseForm
from lindung.contributions.project_queries import MonthView, ProjectView
from lindung.contributions.wage_lists import ListedWorker, workers_of
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts
from lindung.uploads import drafts, services
from lindung.uploads.drafts import DraftView
from lindung.uploads.limits import Refused
from lindung.uploads.typed import TypedFault, judge_rows

MOST_ROWS: Final = 100
"""A longer list goes by a file."""
_EMPTY_ROWS: Final = 5
_BOXES: Final = ("name", "nik", "wage", "daily")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the boxes for name, NIK and wage, whether that is a day's, and what is remembered of the NIK."""

    name: BoundField
    nik: BoundField
    wage: BoundField
    daily: BoundField
    nik_note: str


class ProjectTableForm(HouseForm):
    """``known``: the workers of the last list, whose rows come first; ``kept``: what was typed before, by box, which
    then stands instead. What is typed is judged by the check of files."""

    template_name = "employer/project_table_form.html"

    def __init__(
        self,
        *args: Any,
        known: Sequence[ListedWorker],
        rows: int,
        month: str,
        kept: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._known = known
        self._rows = min(rows, MOST_ROWS)
        self.caption = _("Upah %(month)s, rupiah") % {"month": month}
        self.fields["rows"] = forms.IntegerField(widget=forms.HiddenInput, initial=self._rows, required=False)
        for place in range(self._rows):
            worker = known[place] if place < len(known) else None
            labels = {"name": _("Nama"), "nik": _("NIK"), "wage": _("Upah")}
            sizes = {"name": "20", "nik": "16", "wage": "9"}
            initial = {"name": worker.name, "wage": str(worker.wage_rupiah)} if worker else {}
            if kept is not None:
                initial = {box: kept.get(place * len(_BOXES) + no, "") for no, box in enumerate(_BOXES)}
            for box, label in labels.items():
                attrs = {"autocomplete": "off", "size": sizes[box]}
                self.fields[f"{box}-{place}"] = forms.CharField(
                    label=_("%(what)s, baris %(row)s") % {"what": label, "row": place + 1},
                    max_length=200,
                    required=False,
                    initial=initial.get(box, ""),
                    widget=forms.TextInput(attrs=attrs if box == "name" else {**attrs, "inputmode": "numeric"}),
                )
            self.fields[f"daily-{place}"] = forms.BooleanField(
                label=_("baris %(row)s") % {"row": place + 1},
                required=False,
                initial=bool(initial.get("daily")),
            )

    @property
    def may_grow(self) -> bool:
        return self._rows < MOST_ROWS

    def lines(self) -> Iterator[Line]:
        """The rows for showing."""
        for place in range(self._rows):
            name, nik, wage, daily = (self[f"{box}-{place}"] for box in _BOXES)
            worker = self._known[place] if place < len(self._known) else None
            # What is remembered is remembered of a name: a row that is somebody else's now has nothing of it.
            end = worker.nik_end if worker is not None and name.value() == worker.name else ""
            note = _("Kosong: kami pakai yang berakhir %(end)s.") % {"end": end} if end else ""
            yield Line(name, nik, wage, daily, note)

    def typed(self) -> dict[int, str]:
        """All that stands in the table, by box, to be kept as it is."""
        told = self.cleaned_data
        return {
            place * len(_BOXES) + no: str(told.get(f"{box}-{place}") or "")
            for place in range(self._rows)
            for no, box in enumerate(_BOXES)
        }

    def texts(self) -> tuple[list[int], dict[str, list[str]]]:
        """The places of the rows in which something is written, and their texts by the fields of a list."""
        told = self.cleaned_data
        places = [
            place
            for place in range(self._rows)
            if any(told.get(f"{box}-{place}", "").strip() for box in ("name", "nik", "wage"))
        ]
        wages = [told.get(f"wage-{place}", "") for place in places]
        daily = [bool(told.get(f"daily-{place}")) for place in places]
        return places, {
            "name": [told.get(f"name-{place}", "") for place in places],
            "nik": [told.get(f"nik-{place}", "") for place in places],
            "wage": ["" if by_day else wage for wage, by_day in zip(wages, daily, strict=True)],
            "day_wage": [wage if by_day else "" for wage, by_day in zip(wages, daily, strict=True)],
        }

    def tell(self, places: Sequence[int], faults: Mapping[int, Sequence[TypedFault]]) -> None:
        """Put what has to be mended beside its box. What is only odd is asked about on the page that follows."""
        for row_no, found in faults.items():
            for fault in found:
                if fault.severity == "error":
                    box = fault.field if fault.field in ("name", "nik") else "wage"
                    place = places[row_no - 1]
                    said = {"row": count(place + 1), "reason": fault.reason, "cure": fault.cure}
                    self.add_error(f"{box}-{place}", _("Baris %(row)s: %(reason)s %(cure)s") % said)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def table(request: HttpRequest, employer_id: int, project_id: int, year: int, month: int) -> HttpResponse:
    """The table. POST keeps what was typed, then stays (``do=keep``), shows more rows (``do=more``), or hands it over
    to be agreed to where files are; ``do=again`` forgets it all."""
    firm, view, found = month_or_404(request, employer_id, project_id, year, month)
    before = view.list_before(found.period)
    if before is not None and before.worker_count > MOST_ROWS:
        # Whoever is not on the screen would be left out of the month.
        return HttpResponseRedirect(month_url(firm.id, project_id, found.period, "project-list"))
    known = workers_of(list_id=before.pk, start=0, most=MOST_ROWS) if before else []
    name = month_name(found.period)
    about: dict[str, Any] = {"employer_id": firm.id, "kind": PROJECT_WAGES, "period": found.period}
    about["project_id"] = project_id
    if request.method != "POST":
        draft = drafts.draft_of(**about)
        kept = draft.texts if draft else None
        rows = max(len(known) + _EMPTY_ROWS, len(kept or ()) // len(_BOXES))
        form = ProjectTableForm(known=known, rows=rows, month=name, kept=kept)
        return _page(request, firm, view, found, form, draft)
    if request.POST.get("do") == "again":
        drafts.forget_draft(actor=actor_of(request), **about, now=clock.now())
        return HttpResponseRedirect(request.path)
    asked = request.POST.get("rows", "")
    rows = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    rows = max(rows, 1) + (_EMPTY_ROWS if request.POST.get("do") == "more" else 0)
    data = {**request.POST.dict(), "rows": str(min(rows, MOST_ROWS))}
    form = ProjectTableForm(data, known=known, rows=rows, month=name)
    if form.is_valid():
        drafts.save_draft(actor=actor_of(request), **about, texts=form.typed(), now=clock.now())
        if request.POST.get("do") == "keep":
            return HttpResponseRedirect(request.path)
    if form.is_valid() and request.POST.get("do") == "send":
        upload_id = _sent(request, firm, view, found, form)
        if upload_id is not None:
            return HttpResponseRedirect(reverse("employer:upload", args=[firm.id, upload_id]))
    return _page(request, firm, view, found, form)


def _sent(
    request: HttpRequest, firm: EmployerFacts, view: ProjectView, found: MonthView, form: ProjectTableForm
) -> int | None:
    """Hand over what was typed; None where something is to be mended first, which is told in the form then."""
    places, texts = form.texts()
    if not places:
        form.add_error(None, _("Isi paling sedikit satu pekerja: namanya dan upahnya."))
        return None
    now, project_id = clock.now(), view.project.pk
    try:
        judged = judge_rows(
            kind=PROJECT_WAGES,
            project_id=project_id,
            employer=firm,
            period=found.period,
            texts=texts,
            today=clock.wib_date(now),
        )
        form.tell(places, judged.faults)
        if form.errors:
            return None
        return services.receive_typed(
            actor=actor_of(request),
            employer_id=firm.id,
            kind=PROJECT_WAGES,
            period=found.period,
            project_id=project_id,
            texts=texts,
            now=now,
        ).id
    except services.AlreadyUploaded as earlier:
        return earlier.upload_id
    except Refused as refused:
        form.add_error(None, refusal_words(refused))
        return None


def _page(
    request: HttpRequest,
    firm: EmployerFacts,
    view: ProjectView,
    found: MonthView,
    form: ProjectTableForm,
    draft: DraftView | None = None,
) -> HttpResponse:
    period = found.period
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:projects"),
        "trail": month_trail(
            firm,
            view,
            period,
            Link(_("Daftar upah"), month_url(firm.id, view.project.pk, period, "project-list")),
            Link(_("Isi di layar"), "", current=True),
        ),
        "view": view,
        "month": found,
        "form": form,
        "act": ActForm(),
        "saved_at": moment_wib(draft.saved_at) if draft else "",
    }
    return render(request, "employer/project_table.html", context, status=422 if form.errors else 200)
