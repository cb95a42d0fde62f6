"""A file whose columns have other names: which is which is asked once, remembered, and can be forgotten."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lindung.access.permissions import Permission
from lindung.channels.employer.file_kinds import PROJECT_WAGES, WAGES, WORKER_KINDS, menu_of
from lindung.channels.employer.findings import unread_headings
from lindung.channels.employer.firm import actor_of, firm_of, navigation
from lindung.channels.employer.forms import refusal_words
from lindung.channels.employer.upload import upload_or_404, upload_title, upload_trail
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link
from lindung.channels.shared.forms import HouseForm
from lindung.lib import clock
from lindung.uploads import own_headings, services
from lindung.uploads.limits import Refused


class ColumnsForm(HouseForm):
    """For every field that a kind of file needs: which of the file's columns it is."""

    def __init__(
        self, *args: Any, kind: str, headings: Collection[str], recognised: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind
        self._recognised = recognised
        theirs = [(text, text) for text in dict.fromkeys(headings)]
        for group in own_headings.asked_fields(kind):
            names = ", ".join(own_headings.field_name(kind, field) for field in group)
            for field in group:
                none = _("Pilih kolom") if len(group) == 1 else _("Tidak ada di berkas")
                self.fields[field] = forms.ChoiceField(
                    label=own_headings.field_name(kind, field),
                    choices=[("", none), *theirs],
                    help_text=_("Cukup salah satu: %(names)s.") % {"names": names}
                    if len(group) > 1 and field == group[0]
                    else "",
                    required=len(group) == 1,
                    initial=recognised.get(field, ""),
                    error_messages={"invalid_choice": _("Pilih salah satu kolom di berkas Anda.")},
                )

    def clean(self) -> dict[str, Any]:
        """Every group has a column, and no column is two things."""
        given = super().clean() or {}
        for group in own_headings.asked_fields(self._kind):
            if len(group) > 1 and not any(given.get(field) for field in group):
                names = ", ".join(own_headings.field_name(self._kind, field) for field in group)
                message = _("Pilih kolom untuk salah satu dari: %(names)s.") % {"names": names}
                raise forms.ValidationError(message, "nothing_chosen")
        chosen = [text for text in given.values() if text]
        for field, text in list(given.items()):
            if text and chosen.count(text) > 1:
                self.add_error(field, _("Kolom %(heading)s dipilih dua kali. Pilih kolom lain.") % {"heading": text})
        return given

    def told(self) -> dict[str, str]:
        """What is not known by itself."""
        return {
            field: text for field, text in self.cleaned_data.items() if text and self._recognised.get(field) != text
        }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WAGES_REPORT)
def columns(request: HttpRequest, employer_id: int, upload_id: int) -> HttpResponse:
    """Ask which column is which, remember it for this firm, and read the same file again."""
    firm = firm_of(request, employer_id)
    found = upload_or_404(firm, upload_id)
    headings = unread_headings(found)
    if not headings:
        raise Http404
    layout = own_headings.layout_of(employer_id=firm.id, kind=found.kind)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        kind=found.kind,
        headings=headings,
        recognised=own_headings.recognised(layout, headings),
    )
    if request.method == "POST" and form.is_valid():
        now, actor = clock.now(), actor_of(request)
        try:
            if told := form.told():
                own_headings.keep_headings(actor=actor, employer_id=firm.id, kind=found.kind, headings=told, now=now)
            again = services.receive_again(actor=actor, upload_id=found.id, now=now).id
            return HttpResponseRedirect(reverse("employer:upload", args=[firm.id, again]))
        except services.AlreadyUploaded as earlier:
            return HttpResponseRedirect(reverse("employer:upload", args=[firm.id, earlier.upload_id]))
        except own_headings.HeadingsUnusable:
            form.add_error(None, _("Ada judul kolom yang sama. Ganti judulnya di berkas, lalu kirim lagi."))
        except Refused as refused:
            form.add_error(None, refusal_words(refused))
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, menu_of(found)),
        "trail": upload_trail(firm, found, Link(_("Kolom mana?"), "", current=True)),
        "about": upload_title(found),
        "upload": found,
        "form": form,
    }
    return render(request, "employer/columns.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.WAGES_REPORT)
def forget(request: HttpRequest, employer_id: int, kind: str) -> HttpResponse:
    """Read this firm's files by our own names again."""
    firm = firm_of(request, employer_id)
    if kind not in (WAGES, PROJECT_WAGES, *WORKER_KINDS):
        raise Http404
    own_headings.forget_headings(actor=actor_of(request), employer_id=firm.id, kind=kind, now=clock.now())
    backs = {WAGES: "employer:wages", PROJECT_WAGES: "employer:projects"}
    if kind in backs:
        return HttpResponseRedirect(reverse(backs[kind], args=[firm.id]))
    return HttpResponseRedirect(reverse("employer:worker-file", args=[firm.id, kind]))
