"""New workers of one firm, from confirmed rows to issued cards, beside the time that the civil registry's answers take.

Run: ``python -m bench.enrolment [--workers N] [--answer-ms N]``. The simulated registry runs in a process of its own,
as ``lindung run`` runs it, and takes a while for each answer. The floor is a bare loop of the same client over the
same people, eight at once, that writes nothing; it runs before and after the product, and the mean counts. The
product's own work is measured a second time with a registry in memory that answers at once. Exit code 1 when the
target is missed.
"""

import argparse
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import httpx

from bench.ground import NOW, Ground, audit, cpu_seconds, ground, peak_mb, say, seconds_of

if TYPE_CHECKING:
    import polars as pl

    from lindung.partners.dukcapil.answers import Outcome

TARGET = 1.3
AT_ONCE = 8
_FROM_ON = date(2026, 11, 2)
_SEED = 33
_PATIENCE_SECONDS = 60.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=10_000)
    parser.add_argument("--answer-ms", type=int, default=20)
    args = parser.parse_args()
    port = _free_port()
    os.environ["LINDUNG_DUKCAPIL_ADDRESS"] = f"http://127.0.0.1:{port}/dukcapil"
    with ground("enrolment") as here, _simulator(here, port):
        return _measure(here, args.workers, args.answer_ms)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _simulator(here: Ground, port: int) -> Iterator[None]:
    """The simulators' door, served as the platform serves it."""
    argv = [sys.executable, "-m", "lindung.config.door", "--port", str(port), "--threads", str(AT_ONCE)]
    door = subprocess.Popen(argv, env={**os.environ, "LINDUNG_DOOR": "simulators"})
    try:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with suppress(httpx.HTTPError):
                httpx.get(f"http://127.0.0.1:{port}/dukcapil/", trust_env=False)
                break
            time.sleep(0.1)
        yield
    finally:
        door.terminate()
        door.wait()


def _measure(here: Ground, workers: int, answer_ms: int) -> int:
    from lindung.partners.dukcapil import people

    alone, with_answers = _people(0, workers), _people(1, workers)
    people.register_people(with_answers)
    people.behave(NOW.date(), delay_ms=answer_ms)
    own = _product(alone, "ZZBENCH1", _AtOnce(alone))
    say(f"own work alone, answers at once: {own[0]:.2f} s, of it {own[1]:.2f} s to take the list")
    before = _bare(with_answers)
    product = _product(with_answers, "ZZBENCH2", None)
    after = _bare(with_answers)
    floor = (before + after) / 2
    ratio = product[0] / floor
    on_paper = workers * answer_ms / 1000 / AT_ONCE
    say(f"{workers:,} new workers, answers in {answer_ms} ms, {AT_ONCE} at once: {on_paper:.1f} s on paper")
    say(f"bare client before, after: {before:.2f} s, {after:.2f} s")
    say(f"product: {product[0]:.2f} s, of it {product[1]:.2f} s to take the list; processor {product[2]:.2f} s")
    say(f"product / answers alone: {ratio:.2f} (target {TARGET}); beyond the answers: {product[0] - floor:.2f} s")
    say(f"peak memory {peak_mb()} MB")
    return 0 if audit() and ratio <= TARGET else 1


def _people(part: int, workers: int) -> "pl.DataFrame":
    """So many invented people whose answer the simulator does not force."""
    import polars as pl

    from lindung.nation.people import invent
    from lindung.partners.dukcapil.simulator import FORCED_ENDINGS

    spare = workers // 100 + 100
    drawn = invent(_SEED, first=part * (workers + spare), count=workers + spare, today=NOW.date())
    people = drawn.filter(~pl.col("nik").str.slice(12).is_in(list(FORCED_ENDINGS))).head(workers)
    if people.height < workers:
        raise SystemExit("too few people were invented")
    return people


def _product(people: "pl.DataFrame", npp: str, registry: Any) -> tuple[float, float, float]:
    """Seconds from confirmed rows to cards, of which to take the list; and processor seconds."""
    from django.db import connection

    from lindung.access.trail import Actor
    from lindung.partners.dukcapil.client import from_settings
    from lindung.registry.services import propose_workers, register_employer, verify_batch

    hr = Actor("account", 1)
    firm = register_employer(
        actor=hr, npp=npp, name=f"PT Contoh {npp}", size="large", jkk_class="II", since_on=_FROM_ON, now=NOW
    )
    rows = _rows(people)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    processor = cpu_seconds(backend)
    began = time.perf_counter()
    proposed = propose_workers(actor=hr, employer_id=firm, rows=rows, upload_id=None, now=NOW)
    taken = time.perf_counter() - began
    with registry or from_settings() as civil_registry:
        verify_batch(batch_id=proposed.batch_id, registry=civil_registry, now=NOW)
    seconds = time.perf_counter() - began
    processor = cpu_seconds(backend) - processor
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, outcome, differing, count(*) FROM registry_enrolment WHERE batch_id = %s GROUP BY 1, 2, 3",
            [proposed.batch_id],
        )
        found = cursor.fetchall()
    if found != [("enrolled", "match", "", people.height)]:
        raise SystemExit(f"not everybody was enrolled: {found}")
    return seconds, taken, processor


def _rows(people: "pl.DataFrame") -> "pl.DataFrame":
    import polars as pl

    from lindung.registry.services import PROPOSED

    told = people.with_row_index("row_no", offset=2).with_columns(
        employee_no=pl.format("B{}", pl.col("row_no")),
        from_on=pl.lit(_FROM_ON),
        contract=pl.lit("PKWTT"),
        location=pl.lit("Kantor Uji"),
        wage_rupiah=pl.lit(6_000_000),
    )
    nothing = [pl.lit(None).alias(name) for name in PROPOSED if name not in told.columns]
    return told.with_columns(nothing).select(pl.col(name).cast(kind) for name, kind in PROPOSED.items())


def _bare(people: "pl.DataFrame") -> float:
    """The same questions by the same client, eight at once, and nothing done with the answers."""
    from lindung.partners.dukcapil.answers import Compared
    from lindung.partners.dukcapil.client import from_settings
    from lindung.registry.identity import elements_of

    questions = [
        (nik, elements_of(name=name, birth_on=birth_on, sex=sex, mother_name=mother_name, birth_place=None))
        for nik, name, birth_on, sex, mother_name in people.select(
            "nik", "name", "birth_on", "sex", "mother_name"
        ).iter_rows()
    ]
    with from_settings() as registry, ThreadPoolExecutor(AT_ONCE) as threads:

        def ask(question: tuple[str, dict[str, str]]) -> "Outcome":
            return registry.verify(*question, purpose="bench", actor="account:1")

        answers: list[Outcome] = []
        seconds = seconds_of(lambda: answers.extend(threads.map(ask, questions)))
    if not all(isinstance(answer, Compared) for answer in answers):
        raise SystemExit("the simulated registry did not compare everybody")
    return seconds


class _AtOnce:
    """A registry that agrees to everything without a delay."""

    def __init__(self, people: "pl.DataFrame") -> None:
        from lindung.partners.dukcapil.answers import Compared, Match

        self._answer = Compared
        self._yes = Match(True, 100)

    def __enter__(self) -> "_AtOnce":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def verify(self, nik: str, given: Mapping[str, str], *, purpose: str, actor: str) -> "Outcome":
        return self._answer(dict.fromkeys(given, self._yes))


if __name__ == "__main__":
    sys.exit(main())
