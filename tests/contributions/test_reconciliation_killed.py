"""A statement, or two officers' word, killed with -9 half-way: wholly there or wholly not, and done once after."""

import base64
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from lindung.contributions import services, tasks
from lindung.contributions.models import StatementFile, StatementLine
from lindung.lib import clock
from tests import builders
from tests.contributions.money import credit
from tests.contributions.statements import (
    FIRST_OFFICER,
    SECOND_OFFICER,
    at_bank,
    bank,
    day,
    file,
    items,
    line,
    noon,
    receive,
    reference,
)
from tests.contributions.test_reconciliation import paid
from tests.nation.checks import broken_invariants

ROOT = Path(__file__).resolve().parents[2]

# The process stops before its nth statement, says so, and waits to be killed; past the last one it ends by itself.
SCRIPT = """
import base64, itertools, json, sys, time
from datetime import datetime
import django
django.setup()
from django.db import connection
from lindung.access.trail import Actor
from lindung.contributions import services
what, stop, bank, content, item, proposal, now = sys.argv[1:]
count = itertools.count(1)
def stopping(execute, sql, params, many, context):
    if next(count) == int(stop):
        print("reached", flush=True)
        time.sleep(60)
    return execute(sql, params, many, context)
moment = datetime.fromisoformat(now)
with connection.execute_wrapper(stopping):
    if what == "statement":
        services.receive_statement(
            actor=Actor("account", 9000001), partner_id=int(bank), content=base64.b64decode(content), now=moment
        )
    else:
        services.approve_explanation(
            actor=Actor("account", 9000002), item_id=int(item), proposal_id=int(proposal), now=moment
        )
print("ended", flush=True)
"""


def killed(
    what: str, stop: int, now: datetime, *, bank_id: int = 0, content: bytes = b"", item: int = 0, proposal: int = 0
) -> str:
    told = [
        what,
        str(stop),
        str(bank_id),
        base64.b64encode(content).decode(),
        str(item),
        str(proposal),
        now.isoformat(),
    ]
    worker = subprocess.Popen([sys.executable, "-c", SCRIPT, *told], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert worker.stdout is not None
        with worker.stdout:
            return worker.stdout.readline().strip()
    finally:
        worker.kill()
        worker.wait()


@pytest.mark.faults
@pytest.mark.parametrize("stop", [2, 5, 7, 9, 11, 13, 15, 18])
def test_a_statement_killed_anywhere_is_received_once_afterwards(committed_db: None, now: datetime, stop: int) -> None:
    there, on, ref = bank(now), day(now, 10), reference()
    before = at_bank(there)  # others' payments stay, and may name a bank by a number that was nobody's yet
    content = file(there, on, [line(noon(on), 954_000, ref=ref), line(noon(on), 5_000)])
    paid(there, noon(on), ref)
    assert killed("statement", stop, now, bank_id=there.id, content=content) == "reached"
    assert not StatementFile.objects.filter(partner_id=there.id).exists()
    assert not StatementLine.objects.filter(partner_id=there.id).exists()
    assert at_bank(there) == before + 954_000
    got = receive(there, content, now)
    assert (got.repeated, got.new_line_count, got.opened) == (False, 2, 1)
    assert at_bank(there) == before + 959_000
    assert receive(there, content, now).repeated


@pytest.mark.faults
@pytest.mark.parametrize("stop", [3, 8, 13, 17, 20])
def test_an_approval_killed_anywhere_moves_the_money_once_afterwards(
    committed_db: None, now: datetime, stop: int
) -> None:
    there, on, firm = bank(now), day(now, 10), builders.firm(now=now)
    before = at_bank(there)
    receive(there, file(there, on, [line(noon(on), 5_000)]), now)
    (item,) = items(there)
    proposal = services.propose_explanation(
        actor=FIRST_OFFICER,
        item_id=item.id,
        way="deposit",
        employer_id=firm.id,
        meant_for="",
        other_id=None,
        reason="Surat bank",
        now=now,
    )
    assert killed("approval", stop, now, item=item.id, proposal=proposal) == "reached"
    assert (credit(firm), len(items(there)), at_bank(there)) == (0, 1, before + 5_000)
    services.approve_explanation(actor=SECOND_OFFICER, item_id=item.id, proposal_id=proposal, now=now)
    assert (credit(firm), items(there), at_bank(there)) == (5_000, [], before + 5_000)


@pytest.mark.django_db
def test_the_background_matches_what_was_told_late(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    there, on, ref = bank(now), day(now, 10), reference()
    receive(there, file(there, on, [line(noon(on), 954_000, ref=ref)]), now)
    paid(there, noon(on), ref)
    assert len(items(there)) == 1
    tasks.match_statements(0)
    assert items(there) == []
    assert broken_invariants() == []
