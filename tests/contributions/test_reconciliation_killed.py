"""A statement, or two officers' word, killed with -9 half-way: wholly there or wholly not, and done once after."""

import os
from collections.abc import Callable
from datetime import datetime

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
    propose,
    receive,
    reference,
)
from tests.contributions.test_reconciliation import paid
from tests.faults import forge, stopping_process
from tests.nation.checks import broken_invariants


def killed(act: Callable[..., object], stop: int, **given: object) -> str:
    """Do a service's act in a process that is killed before its ``stop``-th statement; gives what it said last."""
    answer, told = forge.pipe()
    worker = forge.forked(stopping_process.do, os.environ["DATABASE_URL"], stop, told, act, given)
    try:
        return str(answer.recv()) if answer.poll(60) else ""
    finally:
        worker.kill()
        worker.join()


@pytest.mark.faults
@pytest.mark.parametrize("stop", [2, 5, 7, 9, 11, 13, 15, 18])
def test_a_statement_killed_anywhere_is_received_once_afterwards(committed_db: None, now: datetime, stop: int) -> None:
    there, on, ref = bank(now), day(now, 10), reference()
    before = at_bank(there)  # others' payments stay, and may name a bank by a number that was nobody's yet
    content = file(there, on, [line(noon(on), 954_000, ref=ref), line(noon(on), 5_000)])
    paid(there, noon(on), ref)
    sent = {"actor": FIRST_OFFICER, "partner_id": there.id, "content": content, "now": now}
    assert killed(services.receive_statement, stop, **sent) == "reached"
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
    proposal = propose(item.id, "deposit", now, firm=firm)
    word = {"actor": SECOND_OFFICER, "item_id": item.id, "proposal_id": proposal, "now": now}
    assert killed(services.approve_explanation, stop, **word) == "reached"
    assert (credit(firm), len(items(there)), at_bank(there)) == (0, 1, before + 5_000)
    services.approve_explanation(**word)
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
