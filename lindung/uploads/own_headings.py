"""What a firm calls its columns, told once for a kind of file and used for every later one, until it is forgotten."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.lib import crypto
from lindung.uploads.kinds import KINDS
from lindung.uploads.layouts import Layout, normal_heading
from lindung.uploads.models import OwnHeadings

_LONG_NUMBER: Final = re.compile(r"[0-9][0-9 .\-]{6,}")


class HeadingsUnusable(Exception):
    """One column was named for two fields, or a field or a column was named that is none."""


def own_headings(*, employer_id: int, kind: str) -> dict[str, str]:
    """Field -> what this firm calls it; empty where our own names are enough."""
    found = OwnHeadings.objects.filter(employer_id=employer_id, kind=kind).first()
    return _opened(found) if found else {}


def layout_of(*, employer_id: int, kind: str) -> Layout:
    """A kind's layout as this firm writes it: its own headings come before all others."""
    layout = KINDS[kind].LAYOUT
    own = own_headings(employer_id=employer_id, kind=kind)
    if not own:
        return layout
    fields = {
        name: (normal_heading(own[name]), *known) if name in own else known for name, known in layout.fields.items()
    }
    return replace(layout, fields=fields)


def asked_fields(kind: str) -> tuple[tuple[str, ...], ...]:
    """The fields of a kind without which no file of it can be read, in groups of which one is enough."""
    return tuple(KINDS[kind].LAYOUT.needed.values())


def field_name(kind: str, field: str) -> str:
    """A field by the name that it has in the scheme's own form."""
    return KINDS[kind].LAYOUT.fields[field][0]


def recognised(layout: Layout, headings: Collection[str]) -> dict[str, str]:
    """Field -> the heading that is read for it."""
    by_name = {normal_heading(text): text for text in reversed(list(headings))}
    found = {field: next((by_name[a] for a in known if a in by_name), None) for field, known in layout.fields.items()}
    return {field: text for field, text in found.items() if text is not None}


def remembered(employer_id: int, kind: str) -> list[tuple[str, str]]:
    """What is remembered of a firm's columns, as (our name, theirs)."""
    own = own_headings(employer_id=employer_id, kind=kind)
    return [(field_name(kind, field), text) for field, text in own.items()]


def are_headings(texts: Collection[str]) -> bool:
    """Whether a row names columns; one with long numbers in it is somebody's data, in a file without headings."""
    return bool(texts) and not any(_LONG_NUMBER.fullmatch(text.strip()) for text in texts)


@transaction.atomic
def keep_headings(*, actor: Actor, employer_id: int, kind: str, headings: Mapping[str, str], now: datetime) -> None:
    """Remember what some fields are called; what was told of others stays. Raises ``HeadingsUnusable``."""
    names = [normal_heading(text) for text in headings.values()]
    if not set(headings) <= set(KINDS[kind].LAYOUT.fields) or not all(names) or len(set(names)) != len(names):
        raise HeadingsUnusable
    OwnHeadings.objects.bulk_create(
        [OwnHeadings(employer_id=employer_id, kind=kind, headings_encrypted=b"", told_by=0, told_at=now)],
        ignore_conflicts=True,
    )
    kept = OwnHeadings.objects.select_for_update().get(employer_id=employer_id, kind=kind)
    stays = {field: text for field, text in _opened(kept).items() if normal_heading(text) not in names}
    told = json.dumps({**stays, **headings}).encode()
    kept.headings_encrypted = crypto.encrypt(told, _place(kept))
    kept.told_by, kept.told_at = actor.id, now
    kept.save(update_fields=["headings_encrypted", "told_by", "told_at"])
    _record(actor, "headings_told", kept, now)


@transaction.atomic
def forget_headings(*, actor: Actor, employer_id: int, kind: str, now: datetime) -> None:
    """Read this firm's files by our own names again. Again does nothing."""
    kept = OwnHeadings.objects.select_for_update().filter(employer_id=employer_id, kind=kind).first()
    if kept is not None:
        _record(actor, "headings_forgotten", kept, now)
        kept.delete()


def _opened(kept: OwnHeadings) -> dict[str, str]:
    sealed = bytes(kept.headings_encrypted)
    headings: dict[str, str] = json.loads(crypto.decrypt(sealed, _place(kept))) if sealed else {}
    return headings


def _place(kept: OwnHeadings) -> str:
    return f"uploads_ownheadings.headings_encrypted:{kept.pk}"


def _record(actor: Actor, act: str, kept: OwnHeadings, now: datetime) -> None:
    trail.record(actor=actor, act=act, object_kind="headings", object_id=kept.pk, now=now, detail={"kind": kept.kind})
