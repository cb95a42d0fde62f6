"""Deadlines of complaints that passed: whoever was silent loses his turn."""

from datetime import datetime

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import SYSTEM
from lindung.compliance import rules
from lindung.compliance.telling import tell_members_of_run
from lindung.compliance.workflow import MOVES, STATES
from lindung.lib.clock import wib_date
from lindung.lib.ids import next_of


@transaction.atomic
def run_clocks(*, now: datetime) -> int:
    """Move every complaint whose day has passed, as ``workflow`` says; gives how many. A handful of statements.

    A firm that was silent loses its turn to the agency, and the member is told; a member who was silent is content.
    Run again, nothing more happens.
    """
    run_id = next_of("compliance_run_seq")
    moved = sum(_run(name, run_id, now) for name, move in MOVES.items() if move.by == "clock")
    if moved:
        tell_members_of_run(run_id, now=now)
        trail.record(
            actor=SYSTEM,
            act="complaint_clocks_run",
            object_kind="run",
            object_id=run_id,
            now=now,
            detail={"moved": moved},
        )
    return moved


def _run(name: str, run_id: int, now: datetime) -> int:
    move = MOVES[name]
    waiting = STATES[move.to]
    today = wib_date(now)
    due_on = rules.deadline(waiting.deadline, today) if waiting else None
    with connection.cursor() as cursor:
        cursor.execute(
            # Whoever acts at this very moment has the row: his move counts, not the clock's.
            "WITH silent AS (SELECT id FROM compliance_complaint WHERE state = ANY(%s) AND closed_at IS NULL"
            "   AND due_on < %s ORDER BY id FOR UPDATE SKIP LOCKED),"
            " moved AS (UPDATE compliance_complaint c SET state = %s, owner = %s, due_on = %s, moved_at = %s,"
            "   closed_at = %s FROM silent WHERE c.id = silent.id RETURNING c.id, c.state, c.due_on)"
            " INSERT INTO compliance_complaintstep (complaint_id, move, by, actor_kind, actor_id, answer, state,"
            "   due_on, run_id, happened_at)"
            " SELECT id, %s, 'clock', 'system', 0, '', state, due_on, %s, %s FROM moved ORDER BY id",
            [
                list(move.states),
                today,
                move.to,
                waiting.owner if waiting else "",
                due_on,
                now,
                None if waiting else now,
                name,
                run_id,
                now,
            ],
        )
        return int(cursor.rowcount)
