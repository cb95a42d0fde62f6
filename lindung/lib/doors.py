"""The mark on a view that anybody may call. The door reads it and refuses a view that carries no mark at all."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def open_door(view: View) -> View:
    """Say that a view needs no account; for views of rooms that may not import the channels' own marks."""
    view.lindung_access = "public"  # type: ignore[attr-defined] # a mark read by the door and a test
    return view
