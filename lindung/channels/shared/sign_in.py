"""Signing in and out, the same at every door with an account behind it; each door gets its own addresses."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from lindung.access import services
from lindung.channels.shared.access import public
from lindung.channels.shared.forms import HouseForm
from lindung.channels.shared.middleware import HouseRequest
from lindung.lib import clock

_LABELS = {
    "member": gettext_lazy("Nomor KPJ atau e-mail"),
    "employer": gettext_lazy("E-mail"),
    "staff": gettext_lazy("E-mail"),
}


class SignInForm(HouseForm):
    """Name and password. What was typed as a name is kept, a password never is."""

    name = forms.CharField(max_length=254, widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=gettext_lazy("Kata sandi"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, door: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _LABELS[door]


def sign_in_urls(door: str) -> list[URLPattern]:
    """``<door>:sign-in`` and ``<door>:sign-out``, to be put into the door's own addresses."""
    return [
        path("sign-in/", sign_in, {"door": door}, name="sign-in"),
        path("sign-out/", sign_out, {"door": door}, name="sign-out"),
    ]


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, door: str) -> HttpResponse:
    """Ask for name and password; a wrong pair gets one answer, whichever of the two was wrong."""
    house = cast(HouseRequest, request)
    form = SignInForm(request.POST if request.method == "POST" else None, door=door)
    # At the public door the address of the last proxy is the only one that cannot be made up by the caller.
    address = request.META["REMOTE_ADDR"]
    if request.method == "POST" and form.is_valid():
        try:
            services.sign_in(
                session=house.session,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                address=address,
                now=clock.now(),
            )
        except services.SignInRefused:
            form.add_error(None, _("Nama atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."))
        except services.TooManyTries as wait:
            until = wait.until.astimezone(clock.WIB)
            form.add_error(
                None,
                _("Terlalu banyak percobaan. Coba lagi setelah pukul %(time)s WIB.") % {"time": f"{until:%H.%M}"},
            )
            return _page(request, form, door, 429)
        else:
            return HttpResponseRedirect(_next(request, door))
    return _page(request, form, door, 422 if form.errors else 200)


@public
@require_POST
def sign_out(request: HttpRequest, door: str) -> HttpResponse:
    """End the session on the server and forget what the browser kept."""
    house = cast(HouseRequest, request)
    house.session.get("signed_in_at")
    services.sign_out(session=house.session, now=clock.now())
    response = HttpResponseRedirect(reverse(f"{door}:sign-in"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _page(request: HttpRequest, form: SignInForm, door: str, status: int) -> HttpResponse:
    context = {"form": form, "door_code": door, "next": request.GET.get("next", "")}
    return render(request, "shared/sign_in.html", context, status=status)


def _next(request: HttpRequest, door: str) -> str:
    wanted = request.GET.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse(f"{door}:home")
