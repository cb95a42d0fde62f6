"""Pages that look again by themselves, and stay still when asked: ``?still=1``.

Told to the browser by a header: it does what the same line in the page would do, and the page itself says how to
stop it. Nothing else is passed along, so looking again leaves no trace in the browser's history.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

_STILL = "still"


@dataclass(frozen=True, slots=True)
class Reloading:
    """``seconds`` is 0 for a page that stays as it is; ``offered`` says that it would move if it were let."""

    seconds: int
    offered: bool
    stop_url: str
    go_on_url: str

    @classmethod
    def asked(cls, request: HttpRequest, *, every: int) -> Reloading:
        """Look again ``every`` so many seconds, never for 0, unless the reader has stopped it."""
        seconds = 0 if _STILL in request.GET else every
        return cls(seconds, every > 0, f"{request.path}?{_STILL}=1", request.path)

    def applied(self, response: HttpResponse) -> HttpResponse:
        if self.seconds:
            response.headers["Refresh"] = str(self.seconds)
        return response
