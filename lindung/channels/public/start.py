"""The first password, from a one-time link. Opening the link spends nothing; only the button does."""

from datetime import datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lindung.access import services as access
from lindung.access.links import Asked, asked_by
from lindung.access.permissions import FIRM_ROLES
from lindung.channels.shared.access import public
from lindung.channels.shared.forms import HouseForm
from lindung.contact import services as contact
from lindung.lib import clock
from lindung.registry import queries as registry


class FirstPasswordForm(HouseForm):
    """One field: what is typed can be shown by the browser, so typing it twice proves nothing."""

    password = forms.CharField(
        label=gettext_lazy("Kata sandi baru"),
        help_text=gettext_lazy("Paling sedikit 12 huruf. Beberapa kata yang mudah Anda ingat sudah cukup."),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form while the link is live; set the password and say where to sign in."""
    now = clock.now()
    asked = asked_by(token, now)
    if asked is not None and asked.known:
        return _join(request, token, asked, now)
    form = FirstPasswordForm(request.POST if request.method == "POST" else None)
    grants = access.link_grants(token, now)
    if grants is None:
        return render(request, "public/link_spent.html", status=410)
    if request.method == "POST" and form.is_valid():
        try:
            started = contact.start_account(
                token=token, password=form.cleaned_data["password"], display_name=_own_name(grants), now=now
            )
        except access.LinkSpent:
            return render(request, "public/link_spent.html", status=410)
        except ValidationError as weak:
            form.add_error("password", weak.messages[0] if weak.messages else _("Kata sandi terlalu lemah."))
        else:
            roles = {role for role, _scope in started.grants}
            door = "employer" if roles.intersection(FIRM_ROLES) else "staff" if "officer" in roles else "member"
            return render(request, "public/started.html", {"door_code": door, "staff": _staff_address()})
    context = {"form": form, "firm": registry.employer(asked.employer_id).name if asked else ""}
    return render(request, "public/start.html", context, status=422 if form.errors else 200)


def _join(request: HttpRequest, token: str, asked: Asked, now: datetime) -> HttpResponse:
    """An invitation to who has an account: one button, and no password changes."""
    if request.method == "POST":
        try:
            access.accept_invitation(token=token, now=now)
        except access.LinkSpent:
            return render(request, "public/link_spent.html", status=410)
        return render(request, "public/joined.html", {"firm": registry.employer(asked.employer_id).name})
    context = {"form": HouseForm(), "firm": registry.employer(asked.employer_id).name}
    return render(request, "public/join.html", context)


def _own_name(grants: frozenset[tuple[str, int]]) -> str:
    """A member's account is made by card number; the name it shows comes from the registry."""
    for role, person_id in grants:
        member = registry.member(person_id) if role == "member" else None
        if member is not None:
            return member.name
    return ""


def _staff_address() -> str:
    return f"{settings.STAFF_ADDRESS}/sign-in/"
