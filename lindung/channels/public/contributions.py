"""The contribution calculator: a page for each segment, asked and answered in one step by its address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lindung.channels.public import results
from lindung.channels.public.asking import LawForm
from lindung.channels.public.construction import ConstructionForm
from lindung.channels.public.migrant import MigrantForm
from lindung.channels.public.own_account import OwnAccountForm
from lindung.channels.public.pages import frame, today
from lindung.channels.public.wage_earner import WageEarnerForm
from lindung.channels.shared.access import public
from lindung.channels.shared.components import Link


@dataclass(frozen=True, slots=True)
class Segment:
    """One tab: its part of the address (empty: the first), its names, its form and how an answer is shown."""

    slug: str
    name: Promise
    title: Promise
    who: Promise
    form: type[LawForm]
    show: Callable[[Any], dict[str, Any]]

    @property
    def url(self) -> str:
        return reverse("public:contributions-of", args=[self.slug]) if self.slug else reverse("public:contributions")


SEGMENTS: Final = (
    Segment(
        "",
        gettext_lazy("Penerima upah"),
        gettext_lazy("Iuran penerima upah (PU)"),
        gettext_lazy("Untuk pekerja yang digaji perusahaan atau orang lain."),
        WageEarnerForm,
        results.of_wage_earner,
    ),
    Segment(
        "pekerja-mandiri",
        gettext_lazy("Pekerja mandiri"),
        gettext_lazy("Iuran pekerja mandiri (BPU)"),
        gettext_lazy("Untuk pekerja mandiri: pedagang, pengemudi, petani, pekerja lepas."),
        OwnAccountForm,
        results.of_own_account,
    ),
    Segment(
        "jasa-konstruksi",
        gettext_lazy("Jasa konstruksi"),
        gettext_lazy("Iuran jasa konstruksi"),
        gettext_lazy("Untuk pekerja proyek: harian, borongan, atau kontrak."),
        ConstructionForm,
        results.of_construction,
    ),
    Segment(
        "pekerja-migran",
        gettext_lazy("Pekerja migran"),
        gettext_lazy("Iuran pekerja migran (PMI)"),
        gettext_lazy("Untuk pekerja Indonesia di luar negeri."),
        MigrantForm,
        results.of_migrant,
    ),
)


@public
@require_safe
def contributions(request: HttpRequest, segment: str = "") -> HttpResponse:
    """The form of a segment; with facts in the address its answer under it, or what is impossible and why."""
    chosen = next((one for one in SEGMENTS if one.slug == segment), None)
    if chosen is None or (segment == "" and request.path != chosen.url):
        raise Http404
    form = chosen.form(request.GET, today=today())
    description = _("Iuran BPJS Ketenagakerjaan: jumlah, siapa yang membayar, dasar, tarif, dan pasalnya.")
    context = frame(request, str(chosen.title), f"{description} {chosen.who}")
    context |= {
        "form": form,
        "who": chosen.who,
        "segments": [Link(str(one.name), one.url, current=one is chosen) for one in SEGMENTS],
        "action": f"{chosen.url}#result",
    }
    if form.is_bound and form.is_valid():
        context |= chosen.show(form) | shared_address(chosen.url, form)
    return render(request, "public/contributions.html", context, status=422 if form.errors else 200)


def shared_address(url: str, form: LawForm) -> dict[str, Any]:
    """The address that gives this answer again, and the facts it rests on."""
    path = f"{url}?{form.address()}"
    return {"shared": Link(f"{settings.PUBLIC_ADDRESS}{path}", path), "facts": form.facts()}
