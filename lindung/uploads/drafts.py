"""What somebody typed of a month and has not sent: kept for whoever goes on, tomorrow or on another machine."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import SYSTEM, Actor
from lindung.lib import crypto
from lindung.uploads.models import Draft

KEPT_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class DraftView:
    """Texts as they were typed, by person, or by box where a table has rows and no persons yet;
    ``left_out`` are persons of whom nothing is to be reported."""

    texts: Mapping[int, str]
    left_out: frozenset[int]
    saved_by: int
    saved_at: datetime


def draft_of(*, employer_id: int, kind: str, period: date, project_id: int | None = None) -> DraftView | None:
    """What is kept of a month that was not booked yet."""
    found = Draft.objects.filter(employer_id=employer_id, kind=kind, period=period, project_id=project_id).first()
    return _view(found) if found else None


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    employer_id: int,
    kind: str,
    period: date,
    project_id: int | None = None,
    texts: Mapping[int, str],
    left_out: Collection[int] = (),
    now: datetime,
) -> None:
    """Keep what was typed about the people of ``texts``; about everybody else of the month what is kept stays.

    ``left_out`` are some of these people. Of two who type about the same person at once the later one is kept.
    """
    about = {"employer_id": employer_id, "kind": kind, "period": period, "project_id": project_id}
    Draft.objects.bulk_create(
        [Draft(**about, typed_encrypted=b"", saved_by=0, saved_at=now)],
        ignore_conflicts=True,
    )
    draft = Draft.objects.select_for_update().get(**about)
    before = _view(draft)
    kept = {
        "texts": {**before.texts, **texts},
        "left_out": sorted((before.left_out - set(texts)) | set(left_out)),
    }
    draft.typed_encrypted = crypto.encrypt(json.dumps(kept).encode(), _place(draft))
    draft.saved_by, draft.saved_at = actor.id, now
    draft.save(update_fields=["typed_encrypted", "saved_by", "saved_at"])
    _record(actor, "draft_saved", draft, now)


@transaction.atomic
def forget_draft(
    *, actor: Actor, employer_id: int, kind: str, period: date, project_id: int | None = None, now: datetime
) -> None:
    """Begin again: nothing that was typed of this month is kept. Again does nothing."""
    about = {"employer_id": employer_id, "kind": kind, "period": period, "project_id": project_id}
    draft = Draft.objects.select_for_update().filter(**about).first()
    if draft is not None:
        _record(actor, "draft_forgotten", draft, now)
        draft.delete()


@transaction.atomic
def forget_old_drafts(*, now: datetime) -> int:
    """Drop what nobody went on with for ``KEPT_DAYS``: wages are not kept without need. Gives how many; two writes."""
    old = Draft.objects.select_for_update(skip_locked=True).filter(saved_at__lt=now - timedelta(days=KEPT_DAYS))
    drafts = list(old.only("id", "period").order_by("id"))
    with trail.together():
        for draft in drafts:
            _record(SYSTEM, "draft_expired", draft, now)
    Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
    return len(drafts)


def _view(draft: Draft) -> DraftView:
    sealed = bytes(draft.typed_encrypted)
    kept = json.loads(crypto.decrypt(sealed, _place(draft))) if sealed else {"texts": {}, "left_out": []}
    texts = {int(person_id): text for person_id, text in kept["texts"].items()}
    return DraftView(texts, frozenset(kept["left_out"]), draft.saved_by, draft.saved_at)


def _place(draft: Draft) -> str:
    return f"uploads_draft.typed_encrypted:{draft.pk}"


def _record(actor: Actor, act: str, draft: Draft, now: datetime) -> None:
    trail.record(
        actor=actor,
        act=act,
        object_kind="draft",
        object_id=draft.pk,
        now=now,
        detail={"period": f"{draft.period:%Y-%m}"},
    )
