"""The month of one firm, killed at any point of any step: prepared once, broken and mended as often as one likes.

``Together`` is the same of a firm that owes two months and pays them under one number.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

import psycopg

from lindung.config.postgres import EmbeddedServer
from lindung.partners.mail import simulator as mail
from lindung.partners.sms import simulator as sms
from tests import environment
from tests.contact.carriers import gateway, relay
from tests.faults.month import WAGE_RUPIAH, WORKERS
from tests.faults.taps import MailDialect, Moment, Point, TextDialect, Watch, carrier_tap, database_tap

NOW = "2026-11-21T09:30"
JHT_RUPIAH = WAGE_RUPIAH * 57 // 1000
FLOW = (
    ("receive", "send"),
    ("check", "work"),
    ("confirm", "confirm"),
    ("book", "work"),
    ("pay", "pay"),
    ("deliver", "work"),
)
"""Name of a stage and the step that is its process."""
FLOW_TOGETHER = (("join", "join"), ("pay together", "pay"), ("deliver together", "work"))

Rows = Callable[[str], list[tuple[Any, ...]]]
_ROOT = Path(__file__).resolve().parents[2]
_ENDING_SECONDS = 10


@dataclass
class Month:
    """A prepared month. ``points`` says where each stage can be cut; ``cut`` does it and looks at what became of it."""

    folder: Path
    watch: Watch
    nursery: "subprocess.Popen[str]"
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    heard: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    runs: int = 0
    flow: tuple[tuple[str, str], ...] = FLOW
    begins: str = "seed"
    finishes: str = "finish"

    def prepare(self) -> None:
        """Let the month go by once, unharmed; each stage leaves the database that the next one begins with."""
        names = [*(stage for stage, _ in self.flow), "end"]
        environment.clone(_database(names[0]))
        facts = self._told(self.begins, names[0], {})
        for (stage, step), following in zip(self.flow, names[1:], strict=True):
            self.facts[stage] = facts
            environment.clone(_database(following), _database(stage))
            self.watch.aim_at(None)
            facts = {**facts, **(self._told(step, following, facts) or {})}
            self.heard[stage] = list(self.watch.heard)

    def points(self, stage: str) -> list[Point]:
        """Every point of a stage: before and after everything that its process said."""
        return [Point(said, times, moment) for said, times in self.heard[stage] for moment in ("before", "after")]

    def point(self, stage: str, beginning: str, which: int, moment: Moment) -> Point:
        """The point at the ``which``-th thing of a stage that begins so (0 is the first, -1 the last)."""
        found = [heard for heard in self.heard[stage] if heard[0].startswith(beginning)]
        assert found, f"nothing in {stage} begins with {beginning!r}"
        return Point(*found[which], moment)

    def cut(self, stage: str, point: Point) -> bool:
        """Kill the stage's process at the point, mend, and check all promises. False when it never came there."""
        self.runs += 1
        os.environ["LINDUNG_DATA"] = str(self.folder / f"run-{self.runs}")
        environment.clone(_database("run"), _database(stage))
        self.watch.aim_at(point)
        code, _ = self._ask(dict(self.flow)[stage], "run", self.facts[stage])
        self.watch.aim_at(None)
        assert code in (0, -9), self.story()
        self._let_time_pass()
        told = self._told(self.finishes, "run", self.facts[stage])
        self._look(told)
        return code == -9

    def sweep(self, part: int, parts: int, record: Callable[[str, object], None]) -> None:
        """Cut at every point of one part of all, and tell how many these were."""
        # By the point's own name, because two processes that prepare a month need not hear it in quite the same order.
        ours = [
            (stage, point)
            for stage, _ in self.flow
            for point in self.points(stage)
            if crc32(f"{stage} {point}".encode()) % parts == part
        ]
        wrong, missed = [], []
        for stage, point in ours:
            try:
                if not self.cut(stage, point):
                    missed.append(f"{stage}: {point}")
            except AssertionError as error:
                wrong.append(f"{stage}: {point}\n{error}")
        record("crash points", len(ours))
        record("not reached", len(missed))
        assert not wrong, f"{len(wrong)} of {len(ours)}:\n" + "\n\n".join(wrong)
        # A worker's connections come and go in threads; a point about them may be heard once and not again.
        assert len(missed) * 50 <= len(ours), "\n".join(missed)

    def story(self) -> str:
        """What the processes wrote last."""
        return (self.folder / "nursery.log").read_text()[-4000:]

    def _told(self, step: str, stage: str, facts: dict[str, Any]) -> Any:
        code, told = self._ask(step, stage, facts)
        assert code == 0, f"{step} ended with {code}\n{self.story()}"
        return told

    def _ask(self, step: str, stage: str, facts: dict[str, Any]) -> tuple[int, Any]:
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write(json.dumps({"step": step, "database": _database(stage), "facts": facts}) + "\n")
        self.nursery.stdin.flush()
        answer = self.nursery.stdout.readline()
        assert answer, self.story()
        given = json.loads(answer)
        return given["code"], given["told"]

    def _let_time_pass(self) -> None:
        """The server notices that its client is gone, and the dead worker's last sign of life becomes an old one."""
        with _look_at("run") as database:
            deadline = time.monotonic() + _ENDING_SECONDS
            others = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            while database.execute(others).fetchone():
                assert time.monotonic() < deadline, "a connection of the killed process is still open"
                time.sleep(0.005)
            database.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")

    def _look(self, told: dict[str, Any]) -> None:
        """One of everything, whatever happened."""
        facts = self.facts[self.flow[0][0]]
        with _look_at("run") as database:
            receipt = self._look_at_rows(lambda statement: database.execute(statement).fetchall(), facts)
            left = "SELECT task_name, status::text FROM procrastinate_jobs WHERE status <> 'succeeded'"
            assert database.execute(left).fetchall() == []
        letters = [letter["to"] for letter in mail.INBOX.newest()]
        assert sorted(letters) == sorted(facts["emails"])
        texts = [text["to"].lstrip("+") for text in sms.INBOX.newest()]
        assert sorted(texts) == sorted(phone.lstrip("+") for phone in facts["phones"])
        assert told["codes"][0] in ("2002500", "4042518")
        assert told["codes"][1] == "2002500"
        assert told["receipts"] == [receipt, receipt]
        assert told["broken"] == []

    def _look_at_rows(self, rows: Rows, facts: dict[str, Any]) -> str:
        """The month reported, billed and paid; gives the receipt's number."""
        people = facts["people"]
        assert rows("SELECT state, bill_id IS NOT NULL FROM uploads_upload") == [("booked", True)]
        ((bill, amount),) = rows("SELECT id, amount_rupiah FROM contributions_bill WHERE paid_at IS NOT NULL")
        assert rows("SELECT count(*) FROM contributions_bill") == [(1,)]
        assert rows("SELECT count(*), count(DISTINCT person_id) FROM contributions_billline") == [(WORKERS,) * 2]
        numbers = rows("SELECT bill_id, contribution_rupiah, closed_at IS NULL FROM contributions_virtualaccount")
        assert numbers == [(bill, amount, False)]
        ((payment, receipt),) = rows(
            f"SELECT id, receipt_number FROM contributions_payment WHERE amount_rupiah = {amount}"
        )
        assert rows("SELECT count(*) FROM contributions_payment") == [(1,)]
        keys = rows("SELECT key FROM ledger_entry ORDER BY id")
        assert keys == [(f"bill:{bill}",), (f"payment:{payment}",)]
        assert rows("SELECT entry_id FROM ledger_line GROUP BY 1 HAVING sum(amount_rupiah) <> 0") == []
        balances = rows("SELECT holder_id, balance_rupiah, version FROM ledger_balance ORDER BY 1")
        assert balances == [(person, JHT_RUPIAH, 1) for person in sorted(people)]
        messages = rows("SELECT person_id, state, batch FROM contact_message ORDER BY 1")
        assert messages == [(person, "sent", f"payment:{payment}") for person in sorted(people)]
        accounts = rows("SELECT scope_id, count(*) FROM access_grant WHERE role = 'member' GROUP BY 1 ORDER BY 1")
        assert accounts == [(person, 1) for person in sorted(people)]
        acts = Counter(act for (act,) in rows("SELECT act FROM access_trailevent"))
        assert {act: acts[act] for act in _ONCE} == dict.fromkeys(_ONCE, 1)
        return str(receipt)


@dataclass
class Together(Month):
    """A firm that owes two months, joined and paid as one."""

    flow: tuple[tuple[str, str], ...] = FLOW_TOGETHER
    begins: str = "owe"
    finishes: str = "finish_together"

    def _look_at_rows(self, rows: Rows, facts: dict[str, Any]) -> str:
        people, bills = facts["people"], facts["bills"]
        ((payment, receipt, amount),) = rows("SELECT id, receipt_number, amount_rupiah FROM contributions_payment")
        paid = rows(
            "SELECT id, payment_id, contribution_paid_rupiah = amount_rupiah, penalty_paid_rupiah = penalty_rupiah"
            " FROM contributions_bill ORDER BY id"
        )
        assert paid == [(bill, payment, True, True) for bill in bills]
        assert rows("SELECT sum(amount_rupiah + penalty_rupiah)::bigint FROM contributions_bill") == [(amount,)]
        placed = rows("SELECT bill_id, payment_id FROM contributions_allocation ORDER BY 1")
        assert placed == [(bill, payment) for bill in bills]
        numbers = "SELECT count(bill_id), count(employer_id), count(closed_at) FROM contributions_virtualaccount"
        assert rows(numbers) == [(2, 1, 3)]
        keys = rows("SELECT key FROM ledger_entry WHERE kind <> 'penalty' ORDER BY id")
        assert keys == [*((f"bill:{bill}",) for bill in bills), (f"payment:{payment}",)]
        balances = rows("SELECT holder_id, balance_rupiah, version FROM ledger_balance ORDER BY 1")
        assert balances == [(person, 2 * JHT_RUPIAH, 1) for person in sorted(people)]
        messages = rows("SELECT person_id, state, kind, batch FROM contact_message ORDER BY 1")
        told = ("sent", "contributions_received", f"bill-paid:{bills[0]}")
        assert messages == [(person, *told) for person in sorted(people)]
        acts = Counter(act for (act,) in rows("SELECT act FROM access_trailevent"))
        once = ("bills_joined", "payment_received", "persons_told")
        assert {act: acts[act] for act in once} == dict.fromkeys(once, 1)
        return str(receipt)


_ONCE = (
    "upload_received",
    "upload_checked",
    "upload_confirmed",
    "upload_booked",
    "bill_issued",
    "payment_received",
    "persons_told",
)


def _database(stage: str) -> str:
    return f"crash_{environment.WORKER}_{stage.replace(' ', '_')}"


@contextmanager
def _look_at(stage: str) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    url = EmbeddedServer(environment.server_folder() / "data").app_url(_database(stage))
    with psycopg.connect(url, autocommit=True) as database:
        yield database


@contextmanager
def prepared_month(folder: Path, kind: type[Month] = Month) -> Iterator[Month]:
    """A month with its nursery, taps and carriers, everything in ``folder``. Moves ``LINDUNG_DATA`` while it is open:
    the carriers' inboxes lie there, new ones for each run."""
    before = os.environ["LINDUNG_DATA"]
    watch = Watch()
    server = EmbeddedServer(environment.server_folder() / "data")
    with ExitStack() as stack:
        stack.callback(os.environ.__setitem__, "LINDUNG_DATA", before)
        os.environ["LINDUNG_DATA"] = str(folder)
        mail_port = int(stack.enter_context(relay()).rpartition(":")[2])
        sms_port = int(stack.enter_context(gateway()).rpartition(":")[2])
        sockets = stack.enter_context(database_tap(watch, server.sockets / ".s.PGSQL.5432", folder))
        mail_tap = stack.enter_context(carrier_tap(watch, mail_port, MailDialect))
        sms_tap = stack.enter_context(carrier_tap(watch, sms_port, TextDialect))
        own = {
            "DATABASE_URL": f"postgresql://lindung_app@/none?host={sockets}",
            "LINDUNG_DATA": str(folder),
            "LINDUNG_MAIL_ADDRESS": f"127.0.0.1:{mail_tap}",
            "LINDUNG_SMS_ADDRESS": f"http://127.0.0.1:{sms_tap}",
            "LINDUNG_NOW": NOW,
        }
        log = stack.enter_context((folder / "nursery.log").open("ab"))
        nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=_ROOT,
            env={**os.environ, **own},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        stack.callback(nursery.wait)
        stack.callback(nursery.kill)
        month = kind(folder, watch, nursery)
        month.prepare()
        yield month
