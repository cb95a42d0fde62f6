"""The timeline of regulations: what each of them changed, and from which day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lindung.channels.public.pages import frame, today
from lindung.channels.public.parameter_values import in_words
from lindung.channels.shared.access import public
from lindung.channels.shared.components import Event, Link
from lindung.channels.shared.formats import language
from lindung.law import chronicle
from lindung.law.parameters import parameter
from lindung.law.wording import article_text


@public
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Every day on which a regulation changed a number: those still to come, and those in force, newest first."""
    trail = [Link(_("Aturan iuran"), reverse("public:parameters"))]
    description = _("Peraturan iuran BPJS Ketenagakerjaan menurut tanggal: apa yang mulai, berubah, dan berakhir.")
    context = frame(request, _("Linimasa peraturan"), description, trail)
    entries = chronicle.timeline()
    context["coming"] = [_event(entry) for entry in entries if entry.on > today()]
    context["begun"] = [_event(entry) for entry in reversed(entries) if entry.on <= today()]
    return render(request, "public/timeline.html", context)


def _event(entry: chronicle.Entry) -> Event:
    links = [
        Link(_change_words(change), reverse("public:parameter", args=change.parameter.split("/")))
        for change in entry.events
    ]
    unknown = entry.regulation == "-"
    what = _("Pasalnya tidak ditemukan") if unknown else article_text(entry.regulation, language())
    return Event(entry.on, what, links=links)


def _change_words(change: chronicle.Event) -> str:
    """One change with its numbers as this page writes them."""
    whole = parameter(change.parameter)
    place = next(at for at, value in enumerate(whole.values) if value.from_on == change.on)
    value = in_words(whole.values[place], whole)
    before = in_words(whole.values[place - 1], whole) if place else ""
    patterns = {
        "begins": _("%(rule)s mulai: %(value)s"),
        "changes": _("%(rule)s berubah: %(before)s menjadi %(value)s"),
        "is confirmed": _("%(rule)s tetap: %(value)s"),
        "ends": _("%(rule)s berakhir"),
        "is unknown": _("%(rule)s: tidak diketahui"),
    }
    return patterns[change.change] % {"rule": change.title.say(language()), "before": before, "value": value}
