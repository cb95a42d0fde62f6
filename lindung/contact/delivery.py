"""One range of waiting messages: who gets what by which way, and what became of it.

Three steps, so that the process may be killed between any two. First, in a transaction: the accounts and one-time
links that the texts will name. Then, in none: the carriers. Last, in a transaction: the outcomes.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from lindung.access.invitations import NewMember, invite_members
from lindung.access.links import NewLink, invitation_links, new_link
from lindung.access.queries import first_timers
from lindung.access.trail import SYSTEM
from lindung.contact import catalogue
from lindung.contact.addressees import is_person
from lindung.contact.models import Dispatch, Message
from lindung.contact.queries import Reachable, address_book
from lindung.contact.transports import Carriers
from lindung.lib.crypto import blind_index
from lindung.partners.mail.client import Letter
from lindung.partners.outcome import Accepted, Outcome, Refused, Unknown
from lindung.partners.sms.client import Text

RANGE_MESSAGES = 500
MOST_ATTEMPTS = 5
BEFORE_ALL = (-(2**63), 0)
"""A key (addressee, message) before every other: who is no person has a number below zero."""
# Nobody has told us yet which language they read.
LANGUAGE = settings.LANGUAGE_CODE
_WORDS = {Accepted: "accepted", Refused: "refused", Unknown: "unknown"}

log = logging.getLogger("lindung.contact")

Tally = Counter[tuple[str, str]]
"""(Batch, state) -> how many messages came to it."""


@dataclass(slots=True)
class _Parcel:
    """One message on its way. ``answers`` holds, by channel, what carriers said now or in an earlier attempt."""

    message: Message
    to: Reachable
    first_timer: bool = False
    link: str = ""
    unreadable: bool = False
    answers: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, Outcome] = field(default_factory=dict)

    @property
    def last_attempt(self) -> bool:
        return self.message.attempts + 1 >= MOST_ATTEMPTS

    def wants(self, channel: str) -> bool:
        """Whether there is an address, and no carrier has said yes or no yet."""
        return bool(getattr(self.to, channel)) and self.answers.get(channel) not in ("accepted", "refused")

    def note(self, channel: str, outcome: Outcome | None) -> None:
        """Keep what a carrier said; None is a carrier that was not asked."""
        if outcome is not None:
            self.fresh[channel] = outcome
            self.answers[channel] = _WORDS[type(outcome)]

    @property
    def mail_may_yet_go(self) -> bool:
        """Whether the link, which goes one way only, is still to be kept for the mail."""
        return self.wants("email") and not self.last_attempt

    def state(self) -> str:
        """What becomes of the message after this attempt."""
        if self.unreadable:
            return Message.State.PARKED
        unanswered = self.wants("email") or self.wants("phone")
        if unanswered and not self.last_attempt:
            return Message.State.QUEUED
        if "accepted" in self.answers.values():
            return Message.State.SENT
        return Message.State.PARKED if unanswered else Message.State.UNREACHABLE


def next_range(batches: Sequence[str], after: tuple[int, int]) -> list[Message]:
    """The next waiting messages of batches beyond the key (person id, message id), in the order of keys."""
    waiting = Message.objects.filter(batch__in=batches, state=Message.State.QUEUED, pk__gt=after)
    return list(waiting.order_by("person_id", "id")[:RANGE_MESSAGES])


def deliver(messages: list[Message], carriers: Carriers, now: datetime) -> Tally:
    """Send a range and write down what became of each message; gives how many came to which state."""
    # Durable: a link must be in the database before anybody can click on it.
    with transaction.atomic(durable=True):
        parcels = _pack(messages)
        _add_links(parcels, carriers, now)
    _send_mail(parcels, carriers, now)
    _send_sms(parcels, carriers)
    return _settle(parcels, now)


def _pack(messages: list[Message]) -> list[_Parcel]:
    persons = {message.person_id for message in messages}
    book = address_book(persons)
    newcomers = first_timers([addressee for addressee in persons if is_person(addressee)])
    parcels = {
        message.id: _Parcel(
            message, book.get(message.person_id, Reachable()), first_timer=message.person_id in newcomers
        )
        for message in messages
    }
    tried = [message.id for message in messages if message.attempts]
    if tried:
        earlier = Dispatch.objects.filter(person_id__in=persons, message_id__in=tried).order_by("id")
        for message_id, channel, outcome in earlier.values_list("message_id", "channel", "outcome"):
            parcels[message_id].answers[channel] = outcome
    return list(parcels.values())


def _add_links(parcels: list[_Parcel], carriers: Carriers, now: datetime) -> None:
    """Open accounts for first-timers who will be sent the link in this attempt."""
    people: dict[int, NewMember] = {}
    for parcel in parcels:
        message = parcel.message
        try:
            invited = parcel.first_timer and catalogue.invites(message.kind)
            kpj = str(message.params["kpj"]) if invited else ""
        except KeyError:
            continue  # found again, and parked, when the words are written
        by_mail = parcel.wants("email") and not carriers.mail_breaker.open
        by_sms = parcel.wants("phone") and not parcel.mail_may_yet_go and not carriers.sms_breaker.open
        if invited and (by_mail or by_sms) and parcel.answers.get("email") != "accepted":
            people[message.person_id] = NewMember(message.person_id, kpj, kpj, parcel.to.email)
    links = invite_members(actor=SYSTEM, people=list(people.values()), now=now) if people else {}
    for parcel in parcels:
        if (link := links.get(parcel.message.person_id)) and catalogue.invites(parcel.message.kind):
            parcel.link = f"{settings.PUBLIC_ADDRESS}/start/{link.token}/"
    _add_links_of_facts(parcels, carriers, now)


def _add_links_of_facts(parcels: list[_Parcel], carriers: Carriers, now: datetime) -> None:
    """Links that belong to the fact itself, such as an invitation; they go by mail, to the mailbox they prove."""
    for parcel in parcels:
        opens = catalogue.opens(parcel.message.kind)
        if not opens or not parcel.wants("email") or carriers.mail_breaker.open:
            continue
        fact_id = int(parcel.message.batch.partition(":")[2])
        link: NewLink | None
        if opens == "invitation":
            link, place = invitation_links([fact_id], now).get(fact_id), "start"
        else:
            link, place = new_link(now=now, application_id=fact_id), "daftar"
        if link is not None:
            parcel.link = f"{settings.PUBLIC_ADDRESS}/{place}/{link.token}/"


def _home(addressee: int) -> str:
    """Where somebody goes who needs no link: firms have a door of their own."""
    return settings.PUBLIC_ADDRESS if is_person(addressee) else f"{settings.PUBLIC_ADDRESS}/employer/"


def _send_mail(parcels: list[_Parcel], carriers: Carriers, now: datetime) -> None:
    letters: list[tuple[_Parcel, Letter]] = []
    for parcel in parcels:
        if not parcel.wants("email"):
            continue
        try:
            words = catalogue.mail_text(
                parcel.message.kind,
                parcel.message.params,
                link=parcel.link,
                home=_home(parcel.message.person_id),
                language=LANGUAGE,
            )
        except (KeyError, TypeError, ValueError) as error:
            _set_aside(parcel, error)
            continue
        letter = Letter(
            _reference(parcel.message, "email"),
            parcel.to.email,
            words.subject,
            words.text,
            words.html,
            LANGUAGE,
            parcel.message.created_at,
        )
        letters.append((parcel, letter))
    outcomes = carriers.mail([letter for _, letter in letters])
    for (parcel, _), outcome in zip(letters, outcomes, strict=True):
        parcel.note("email", outcome)


def _send_sms(parcels: list[_Parcel], carriers: Carriers) -> None:
    texts: list[tuple[_Parcel, Text]] = []
    for parcel in parcels:
        if parcel.unreadable or not parcel.wants("phone"):
            continue
        link_is_in_mail = parcel.first_timer and parcel.answers.get("email") == "accepted"
        if parcel.link and not link_is_in_mail and parcel.mail_may_yet_go:
            continue
        try:
            body = catalogue.sms_text(
                parcel.message.kind,
                parcel.message.params,
                link="" if link_is_in_mail else parcel.link,
                link_is_in_mail=link_is_in_mail,
                language=LANGUAGE,
            )
        except (KeyError, TypeError, ValueError) as error:
            _set_aside(parcel, error)
            continue
        texts.append((parcel, Text(_reference(parcel.message, "phone"), parcel.to.phone, body)))
    outcomes = carriers.sms([text for _, text in texts])
    for (parcel, _), outcome in zip(texts, outcomes, strict=True):
        parcel.note("phone", outcome)


def _set_aside(parcel: _Parcel, error: Exception) -> None:
    """A message whose words cannot be written is parked alone. The error's text may hold what it is about."""
    parcel.unreadable = True
    log.error("message %d of kind %s: %s", parcel.message.id, parcel.message.kind, type(error).__name__)


def _reference(message: Message, channel: str) -> str:
    """The name under which a carrier knows a message: the same at every attempt, and telling nothing."""
    return blind_index("carrier reference", f"{message.person_id}:{message.id}:{channel}").hex()[:32]


@transaction.atomic
def _settle(parcels: list[_Parcel], now: datetime) -> Tally:
    states = [parcel.state() for parcel in parcels]
    calls = [(parcel.message, channel, outcome) for parcel in parcels for channel, outcome in parcel.fresh.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO contact_dispatch (person_id, message_id, channel, outcome, carrier_reference)"
            " SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[])",
            [
                [message.person_id for message, _, _ in calls],
                [message.id for message, _, _ in calls],
                [channel for _, channel, _ in calls],
                [_WORDS[type(outcome)] for _, _, outcome in calls],
                [_carriers_word(outcome)[:80] for _, _, outcome in calls],
            ],
        )
        cursor.execute(
            "UPDATE contact_message m SET state = new.state,"
            " attempts = m.attempts + (new.state IN ('queued', 'parked'))::int,"
            " settled_at = CASE WHEN new.state <> 'queued' THEN %s END"
            " FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS new (person_id, id, state)"
            " WHERE m.person_id = new.person_id AND m.id = new.id AND m.state = 'queued'",
            [
                now,
                [parcel.message.person_id for parcel in parcels],
                [parcel.message.id for parcel in parcels],
                [str(state) for state in states],
            ],
        )
    return Counter((parcel.message.batch, str(state)) for parcel, state in zip(parcels, states, strict=True))


def _carriers_word(outcome: Outcome) -> str:
    match outcome:
        case Accepted(reference):
            return reference
        case Refused(code):
            return code
        case Unknown(reason):
            return reason
