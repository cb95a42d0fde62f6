"""What every request passes: safe headers, the door it came to, its session, and closed by default."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, urlencode

from lindung.access.permissions import Permission, scopes_for
from lindung.access.sessions import SessionStore, SignedIn
from lindung.channels.shared import doors

log = logging.getLogger("lindung.door")

_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Frame-Options": "DENY",
}
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class HouseRequest(HttpRequest):
    """A request as views see it: which door, who asks, over what. For the type checker only."""

    door: str
    account: SignedIn | None
    scopes: list[int]
    sign_out_url: str
    session: SessionStore


class SafeHeaders:
    """Security headers on every response, errors and static files included; personal pages are never stored."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Door:
    """Tells the request which door it came to; everything else follows from that."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.door = doors.door_of(request.path)  # type: ignore[attr-defined] # see HouseRequest
        request.account = None  # type: ignore[attr-defined] # see HouseRequest
        return self.get_response(request)


class DoorSession(SessionMiddleware):
    """Django's sessions, with another ``__Host-`` cookie per door, so that none is good at another."""

    def process_request(self, request: HttpRequest) -> None:
        house: Any = request
        session = SessionStore(request.COOKIES.get(doors.cookie_name(house.door)))
        session.door = house.door
        house.session = session

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        house: Any = request
        name = doors.cookie_name(house.door)
        session: SessionStore = house.session
        if session.is_empty():
            if name in request.COOKIES:
                response.delete_cookie(name, path="/", samesite="Lax")
                response.cookies[name]["secure"] = True
            return response
        if session.accessed:
            patch_vary_headers(response, ("Cookie",))
        if session.modified and response.status_code < 500:
            session.save()
            age = session.get_expiry_age()
            response.set_cookie(
                name,
                session.session_key or "",
                max_age=age,
                expires=http_date(session.get_expiry_date().timestamp()),
                path="/",
                secure=True,
                httponly=True,
                samesite="Lax",
            )
        return response


class ClosedByDefault:
    """Lets nobody through who may not pass: a view without a permission that is not public is refused outright."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        needed = getattr(view, "lindung_access", None)
        house: Any = request
        if needed == "public":
            return None
        if not isinstance(needed, Permission):
            raise Http404
        # Reading the session is what loads the account, in the same statement.
        house.session.get("signed_in_at")
        house.account = house.session.signed_in
        if house.account is None:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseRedirect(reverse(f"{house.door}:sign-in"))
            query = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse(f'{house.door}:sign-in')}?{query}")
        house.sign_out_url = reverse(f"{house.door}:sign-out")
        house.scopes = scopes_for(house.account.grants, needed)
        if not house.scopes:
            # The same answer as for a page that is not there: a stranger learns nothing.
            raise Http404
        return None
