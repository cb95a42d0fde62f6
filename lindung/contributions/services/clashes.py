"""A bank names one reference twice with another content: nothing is booked, and somebody is told."""

from datetime import datetime

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contact.users import tell_users


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
