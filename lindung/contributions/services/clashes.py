"""A bank names one reference twice with another content: nothing is booked, the call is kept, somebody is told."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contact.users import tell_users
from lindung.contributions.models import Contradiction


@dataclass(frozen=True, slots=True)
class ContradictingCall:
    """What a bank told of a payment, in a call that contradicts an earlier one; ``content_sha256`` is of all of it."""

    partner_id: int
    reference: str
    external_id: str
    content_sha256: bytes
    customer_no: str
    amount_rupiah: int
    channel: str
    bank_reference: str
    taken_at_told: str


class ContradictionClosed(Exception):
    """Somebody closed it before, or there is none such."""


@transaction.atomic
def keep_contradiction(*, call: ContradictingCall, now: datetime) -> None:
    """Keep a call that contradicts an earlier one; the same content again is counted."""
    there = Contradiction.objects.filter(
        partner_id=call.partner_id, reference=call.reference, content_sha256=call.content_sha256
    )
    if there.update(calls=F("calls") + 1, last_at=now):
        return
    # Where another call with this content was faster, one of the two is enough: the count of calls is no amount.
    Contradiction.objects.bulk_create(
        [Contradiction(**asdict(call), received_at=now, last_at=now)], ignore_conflicts=True
    )
    trail.record(
        actor=Actor("partner", call.partner_id),
        act="payment_contradicted",
        object_kind="contradiction",
        object_id=there.get().pk,
        now=now,
        detail={"amount_rupiah": call.amount_rupiah},
    )


@transaction.atomic
def close_contradiction(*, actor: Actor, contradiction_id: int, note: str, now: datetime) -> None:
    """Say what came of asking the bank (``note``, not empty). Raises ``ContradictionClosed``."""
    open_one = Contradiction.objects.filter(pk=contradiction_id, closed_at=None)
    if not open_one.update(closed_at=now, closed_by=actor.id, note=note):
        raise ContradictionClosed
    trail.record(
        actor=actor, act="contradiction_closed", object_kind="contradiction", object_id=contradiction_id, now=now
    )


@transaction.atomic
def report_clash(*, partner_id: int, bank_name: str, count_id: int, now: datetime) -> None:
    """Tell every officer, once for each count of such calls (a day, a bank, a case).

    What the bank took shows in its statement and comes into suspense, with an owner and an age.
    """
    tell_users(
        batch=f"refused_call:{count_id}",
        kind="payment_clash",
        roles=["officer"],
        scope_id=0,
        facts={"bank": bank_name},
        now=now,
    )
    trail.record(
        actor=Actor("partner", partner_id),
        act="payment_clashed",
        object_kind="refused_call",
        object_id=count_id,
        now=now,
    )
