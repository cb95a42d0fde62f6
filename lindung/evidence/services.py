"""Every write about papers: kept once, read with a mark."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.evidence.examining import Format, examined
from lindung.evidence.models import Paper
from lindung.lib import crypto
from lindung.lib.copy import fetch_bytes, store_bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper's bytes and format, and the day it came."""

    format: Format
    content: bytes
    sent_at: datetime


@transaction.atomic
def keep_paper(*, actor: Actor, content: bytes, now: datetime) -> int:
    """Keep a paper as ``examined`` leaves it, encrypted; gives its id. Raises ``Refused``; nothing is kept then."""
    kind, kept = examined(content)
    paper_id = _next_id()
    Paper.objects.create(
        id=paper_id,
        format=kind,
        size_bytes=len(kept),
        sha256=hashlib.sha256(content).digest(),
        content_encrypted=b"",
        sent_by_kind=actor.kind,
        sent_by_id=actor.id,
        sent_at=now,
    )
    store_bytes("evidence_paper", "content_encrypted", paper_id, crypto.encrypt(kept, _place(paper_id)))
    trail.record(
        actor=actor,
        act="paper_kept",
        object_kind="paper",
        object_id=paper_id,
        now=now,
        detail={"format": kind, "size_bytes": len(kept)},
    )
    return paper_id


@transaction.atomic
def read_paper(*, actor: Actor, paper_id: int, now: datetime) -> Opened:
    """Open a paper; that it was read, and by whom, is written down. Raises ``Paper.DoesNotExist``."""
    paper = Paper.objects.defer("content_encrypted").get(pk=paper_id)
    content = crypto.decrypt(fetch_bytes("evidence_paper", "content_encrypted", paper_id), _place(paper_id))
    trail.record(actor=actor, act="paper_read", object_kind="paper", object_id=paper_id, now=now)
    return Opened(paper.format, content, paper.sent_at)  # type: ignore[arg-type] # one of the choices


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('evidence_paper', 'id'))")
        return int(cursor.fetchone()[0])


def _place(paper_id: int) -> str:
    return f"evidence_paper.content_encrypted:{paper_id}"
