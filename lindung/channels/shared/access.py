"""Who may pass a route. Every view says one of two things; the door refuses a view that says neither."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from lindung.access.permissions import Permission
from lindung.lib.doors import open_door

View = Callable[..., HttpResponseBase]

public = open_door


def requires(permission: Permission) -> Callable[[View], View]:
    """Only an account with this permission passes; ``request.scopes`` then holds the ids it covers."""

    def mark(view: View) -> View:
        @wraps(view)
        def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        marked.lindung_access = permission  # type: ignore[attr-defined] # a mark read by the door and a test
        return marked

    return mark
