"""Months that are reported without a file: firms at every step of it. Used by ``looks_seed`` with its framework."""

from datetime import datetime, timedelta
from typing import Any

import polars as pl

from lindung.access.trail import Actor
from lindung.law import Month
from lindung.registry import queries as registry
from lindung.registry.services import EXITS, report_exits
from lindung.uploads import drafts, services, typed_month
from lindung.uploads.typed_month import KIND
from tests import builders

CLERK = Actor("account", 1)
_CHANGES = ("2500000", "60000000", "11000000", "10500000")


def months(this: Month, now: datetime) -> tuple[list[builders.Firm], dict[str, Any]]:
    """The firms, and facts by name: ``small`` begins the month, ``typing`` has a draft with faults, ``sent`` waits for
    a yes to ``uploads[typed]``, which took the place of ``uploads[replaced]``; ``nobody`` has no workers."""
    small, typing, sent = (_firm(this, now, workers) for workers in (6, 54, 5))
    nobody = builders.firm(now=now, workers=0, from_on=this.first_on)
    _typed(typing, this, now, dict(enumerate(("banyak", "", "4.5", *_CHANGES))))
    replaced = _sent(sent, this, now)
    _typed(sent, this, now, dict(enumerate(_CHANGES)))
    facts = {"small": small.id, "typing": typing.id, "sent": sent.id, "nobody": nobody.id}
    return [small, typing, sent, nobody], {**facts, "months": {"replaced": replaced, "typed": _sent(sent, this, now)}}


def _firm(this: Month, now: datetime, workers: int) -> builders.Firm:
    """Last month is billed; since then one worker left and another came."""
    made = builders.firm(now=now, workers=workers, from_on=this.plus(-3).first_on)
    builders.bill(made, this.previous().first_on, now)
    left = pl.DataFrame([(made.people["employment_id"][workers - 1], this.first_on, "A1")], schema=EXITS, orient="row")
    report_exits(actor=CLERK, employer_id=made.id, exits=left, now=now)
    builders.join(made, now=now, from_on=this.first_on)
    return made


def _typed(firm: builders.Firm, this: Month, now: datetime, texts: dict[int, str]) -> None:
    people = firm.people["person_id"]
    drafts.save_draft(
        actor=CLERK,
        employer_id=firm.id,
        kind=KIND,
        period=this.first_on,
        texts={int(people[place]): text for place, text in texts.items()},
        left_out=[],
        now=now - timedelta(minutes=5),
    )


def _sent(firm: builders.Firm, this: Month, now: datetime) -> int:
    month = typed_month.typed_month(employer=registry.employer(firm.id), period=this.first_on, today=now.date())
    texts = month.texts() | {"wage": [text or "6000000" for text in month.texts()["wage"]]}
    return services.receive_typed(
        actor=CLERK, employer_id=firm.id, kind=KIND, period=this.first_on, texts=texts, now=now
    ).id
