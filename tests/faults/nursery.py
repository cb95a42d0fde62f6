"""`python -m tests.faults.nursery`: a process that has loaded the product and forks a new one for every step.

An order is one JSON line, ``{"step": ..., "database": ..., "facts": {...}}``; so is the answer, ``{"code": ...,
"told": ...}``: how the step's process ended (-9 is killed) and what it gave. A fork has the code but no connection,
no thread and no memory of any other step, as if it had just been started, only fifty times sooner.
"""

import json
import os
import sys
import traceback

from lindung.config.cli import django_setup

django_setup()

import psycopg_pool  # noqa: E402, F401 # what a worker would load only when it starts
from django.db import connection  # noqa: E402 # after the framework is ready
from django.test.utils import setup_test_environment  # noqa: E402 # likewise
from django.urls import get_resolver  # noqa: E402 # likewise

from lindung.config.processes import die_with_parent  # noqa: E402 # likewise
from lindung.lib import clock  # noqa: E402 # likewise
from tests.faults import month  # noqa: E402 # likewise


def in_a_process_of_its_own(order: dict[str, object], answer_to: int) -> None:
    """Run the step and end; whatever goes wrong is the exit code 1 and a traceback for the log."""
    code = 1
    try:
        die_with_parent()
        connection.settings_dict["NAME"] = order["database"]
        told = month.STEPS[str(order["step"])](order["facts"])
        os.write(answer_to, json.dumps(told).encode())
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def main() -> None:
    # One present for all who are forked from here, as the supervisor's children have.
    clock.shift()
    # The framework's own test browser calls a host of its own name.
    setup_test_environment(debug=False)
    for door in ("public", "machines"):
        get_resolver(f"lindung.config.urls_{door}")._populate()
    for line in sys.stdin:
        answer, answer_to = os.pipe()
        pid = os.fork()
        if pid == 0:
            in_a_process_of_its_own(json.loads(line), answer_to)
        os.close(answer_to)
        with open(answer, "rb") as pipe:
            told = pipe.read()
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        print(json.dumps({"code": code, "told": json.loads(told or b"null")}), flush=True)


if __name__ == "__main__":
    main()
