"""A stand-in for the platform's door: dies with the server that forked it, and answers."""

from collections.abc import Callable, Iterable
from typing import Any

from lindung.config.processes import die_with_parent

die_with_parent()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"here"]
