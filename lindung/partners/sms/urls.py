"""The gateway's one address and the inbox of the SMS simulator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lindung.lib.doors import open_door
from lindung.partners.simulated import control
from lindung.partners.sms.simulator import FAULTS, INBOX, send_otp

app_name = "sms"


@open_door
def inbox(request: HttpRequest) -> HttpResponse:
    """The newest texts, of one number when ``?to=`` says so."""
    to = request.GET.get("to", "")
    return render(request, "simulators/sms_inbox.html", {"to": to, "texts": INBOX.newest(to=to)})


urlpatterns = [
    path("", inbox, name="inbox"),
    path("_control", control(FAULTS)),
    path("v2/send-otp", send_otp),
]
