"""A further card of somebody who is a member already: he works on his own account, or abroad."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.law.enterprise import check_age_at_registration
from lindung.lib.ids import next_of
from lindung.registry.models import Membership, Person
from lindung.registry.placing import issue_numbers
from lindung.registry.queries import CardFacts, card_by_kpj


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card, and whether the person had it before."""

    membership_id: int
    kpj: str
    had_before: bool


class PersonMissing(Exception):
    """Nobody has this id."""


@transaction.atomic
def open_card(*, actor: Actor, person_id: int, segment: str, since_on: date, now: datetime) -> NewCard:
    """Give a person his card of a segment, ``BPU`` or ``PMI``. Asked again, the card that is there is given.

    Raises ``PersonMissing``, and the law's ``ImpossibleFact`` for an own-account worker past the age of registration.
    """
    person = Person.objects.filter(pk=person_id, merged_into=None).first()
    if person is None or segment not in (Membership.Segment.BPU, Membership.Segment.PMI):
        raise PersonMissing
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"cards of {person_id}"])
    card = Membership.objects.filter(person_id=person_id, segment=segment).order_by("-since_on", "-id").first()
    if card is not None:
        return NewCard(card.id, card.kpj, had_before=True)
    if segment == Membership.Segment.BPU:
        check_age_at_registration("bpu/registration_age", person.birth_on, None, since_on)
    membership_id = next_of("registry_membership_id_seq")
    with connection.cursor() as cursor:
        (kpj,) = issue_numbers(cursor, [person_id], [membership_id])
    Membership.objects.create(person_id=person_id, id=membership_id, kpj=kpj, segment=segment, since_on=since_on)
    trail.record(
        actor=actor,
        act="card_opened",
        object_kind="person",
        object_id=person_id,
        now=now,
        detail={"segment": segment, "membership": membership_id},
    )
    return NewCard(membership_id, kpj, had_before=False)


@transaction.atomic
def look_up_card(*, actor: Actor, kpj: str, case_no: str, now: datetime) -> CardFacts | None:
    """Whose card a number is, for an officer with somebody before him; that he looked is written down with the case.

    ``case_no``: the number of the queue or of the letter. A number that no card has is written down too.
    """
    found = card_by_kpj(kpj)
    trail.record(
        actor=actor,
        act="card_looked_up",
        object_kind="person",
        object_id=found.person_id if found else 0,
        now=now,
        detail={"case": case_no, "found": "yes" if found else "no"},
    )
    return found
