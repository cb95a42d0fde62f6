"""Language and colour scheme, chosen by a link (`?lang=en`, `?theme=dark`), then kept in a cookie."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import escape_leading_slashes

THEMES = ("light", "dark")
THEME_COOKIE = "lindung-theme"
A_YEAR = 365 * 24 * 3600


def chosen_theme(request: HttpRequest) -> str:
    """Return `light`, `dark`, or an empty string where the device decides."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


class Preferences:
    """Middleware, to stand before LocaleMiddleware: keeps the choice, leads back to the address without it.

    Nothing on the server changes, so a link is enough and works on a page that has no form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or not ({"lang", "theme"} & request.GET.keys()):
            return self.get_response(request)
        query = request.GET.copy()
        language, theme = (query.pop(name, [""])[-1] for name in ("lang", "theme"))
        asked_for_theme = "theme" in request.GET
        # A path of two slashes would name another host.
        address = escape_leading_slashes(request.path) + (f"?{query.urlencode()}" if query else "")
        response = HttpResponseRedirect(address)
        if language in dict(settings.LANGUAGES):
            _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        if theme in THEMES:
            _keep(response, THEME_COOKIE, theme)
        elif asked_for_theme:
            response.delete_cookie(THEME_COOKIE, samesite="Lax")
        return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=A_YEAR, path="/", secure=True, httponly=True, samesite="Lax")
