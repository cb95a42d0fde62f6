"""A supervisor like ``lindung run`` with stand-in children; a process of its own that tests kill.

Arguments: data folder, port of the door.
"""

import os
import signal
import sys
from pathlib import Path

from lindung.config.postgres import EmbeddedServer
from lindung.config.processes import Child
from lindung.config.supervisor import Supervisor

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(3600)"
ENDLESS = "SELECT count(*) FROM generate_series(1, 1e12)"
CLIENT = f"import psycopg, sys; psycopg.connect(sys.argv[1]).execute({ENDLESS!r})"
FORKING = (
    "import os, time; from lindung.config.processes import die_with_parent\n"
    "parent = os.getpid()\n"
    "if os.fork() == 0: die_with_parent(parent)\n"
    "time.sleep(3600)"
)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(folder: Path, port: int) -> None:
    server = EmbeddedServer(folder, settings={"fsync": "off"})
    supervisor = Supervisor(folder, say)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    env = dict(os.environ)
    try:
        process = server.start().process
        assert process
        supervisor.borrow("postgres", process, server.spawn)
        supervisor.launch(
            [
                Child("stubborn", [sys.executable, "-c", STUBBORN], env),
                Child("client", [sys.executable, "-c", CLIENT, server.owner_url()], env),
                Child("forking", [sys.executable, "-c", FORKING], env),
                Child("once", [sys.executable, "-c", "pass"], env, restart=False),
                Child("web", [sys.executable, "-m", "small_door", str(port)], env, port=port),
            ]
        )
        assert supervisor.wait_until_doors_answer(30) == []
        say("up")
        supervisor.watch()
    finally:
        supervisor.stop()
        server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
