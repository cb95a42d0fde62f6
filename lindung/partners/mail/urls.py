"""The inbox of the mail simulator: who got what, with links that work."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lindung.lib.doors import open_door
from lindung.partners.mail.simulator import FAULTS, INBOX
from lindung.partners.simulated import control

app_name = "mail"


@open_door
def inbox(request: HttpRequest) -> HttpResponse:
    """The newest letters, of one recipient when ``?to=`` says so."""
    to = request.GET.get("to", "")
    return render(request, "simulators/mail_inbox.html", {"to": to, "letters": INBOX.newest(to=to)})


@open_door
def letter(request: HttpRequest, letter_id: str) -> HttpResponse:
    """One letter with its text."""
    found = INBOX.find(letter_id)
    if found is None:
        raise Http404
    return render(request, "simulators/mail_letter.html", {"letter": found})


urlpatterns = [
    path("", inbox, name="inbox"),
    path("_control", control(FAULTS)),
    path("<slug:letter_id>/", letter, name="letter"),
]
