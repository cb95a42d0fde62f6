"""A stand-in for the platform's door: served by two processes as the real one is, and answers. Argument: its port."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from lindung.config.door import serve


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"here"]


if __name__ == "__main__":
    serve(application, port=int(sys.argv[1]), processes=2, threads=1)
