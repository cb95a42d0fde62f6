"""A firm asks to be registered: told on an open page, confirmed from a mailbox, registered or examined."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from django.db import transaction

from lindung.access import links, trail
from lindung.access.brakes import TooManyTries, count_try, look_at_brakes
from lindung.access.founding import MailboxClosed, found_account
from lindung.access.permissions import EVERYTHING_IN_A_FIRM
from lindung.access.trail import SYSTEM, Actor
from lindung.contact import services as contact
from lindung.contact.addressees import of_account, of_application
from lindung.lib.crypto import blind_index, decrypt, encrypt
from lindung.registry.firm_models import FirmApplication
from lindung.registry.models import Employer
from lindung.registry.services.firms import NewFirm, NewSite, NumberTaken, register_firm

DAYS_UNCONFIRMED: Final = 7
"""What nobody confirms is forgotten after so many days."""


class ApplicationSettled(Exception):
    """The application was confirmed, decided or forgotten already."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who registers a firm: his name, mailbox and phone (E.164)."""

    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmation came to: a firm with its number, or an officer's look first (``employer_id`` 0)."""

    application_id: int
    employer_id: int
    npp: str
    outcome: Literal["registered", "to_examine"]


@transaction.atomic
def apply_for_firm(*, firm: NewFirm, applicant: Applicant, address: str, now: datetime) -> None:
    """Take a firm's application and send its link to the applicant's mailbox; nothing is registered by it.

    Says nothing of what is known already. Raises ``access.TooManyTries`` for too many from one network address; too
    many to one mailbox are taken and not sent, so that nobody's mailbox is filled and nobody learns of it.
    """
    brake = {"application": blind_index("application address", address)}
    look_at_brakes(brake, now)
    count_try("application", brake["application"], now)
    mailbox = blind_index("application mailbox", applicant.email.lower())
    try:
        look_at_brakes({"mailbox": mailbox}, now)
    except TooManyTries:
        return
    count_try("mailbox", mailbox, now)
    application = FirmApplication.objects.create(
        state=FirmApplication.State.WAITING, told_encrypted=b"", applied_at=now
    )
    told = json.dumps({"firm": asdict(firm), "applicant": asdict(applicant)})
    FirmApplication.objects.filter(pk=application.pk).update(told_encrypted=encrypt(told, _place(application.pk)))
    contact.save_addresses(
        actor=SYSTEM,
        person_ids=[of_application(application.pk)],
        kind="email",
        values=[applicant.email],
        cause=f"application:{application.pk}",
        now=now,
    )
    contact.tell(
        batch=f"application:{application.pk}",
        kind="firm_application",
        rows_sql="SELECT %s::bigint, '{}'::jsonb",
        params=[of_application(application.pk)],
        now=now,
    )
    _record(SYSTEM, "firm_applied", application.pk, now)


@transaction.atomic
def confirm_application(*, token: str, password: str, now: datetime) -> Confirmed:
    """Register the firm behind a link, and its first user, who may do everything there.

    ``password`` is his first one; it is not looked at where he has one. Where another firm has the same NPWP or NIB
    an officer looks first. Raises ``access.LinkSpent``, ``ApplicationSettled``, or Django's ``ValidationError`` for a
    weak password: then the link stays live.
    """
    application_id = links.spend_application_link(token, now)
    found = FirmApplication.objects.select_for_update().filter(pk=application_id).first()
    if found is None or found.state != FirmApplication.State.WAITING:
        raise ApplicationSettled
    firm, applicant = opened(application=found)
    try:
        with transaction.atomic():
            employer_id = register_firm(actor=SYSTEM, firm=firm, now=now)
            account_id = found_account(
                name=applicant.name,
                email=applicant.email,
                password=password,
                roles=EVERYTHING_IN_A_FIRM,
                employer_id=employer_id,
                now=now,
            )
    except (NumberTaken, MailboxClosed):
        FirmApplication.objects.filter(pk=found.pk).update(state=FirmApplication.State.TO_EXAMINE, confirmed_at=now)
        _record(SYSTEM, "application_to_examine", found.pk, now)
        return Confirmed(found.pk, 0, "", "to_examine")
    for kind, value in (("email", applicant.email), ("phone", applicant.phone)):
        contact.save_addresses(
            actor=SYSTEM,
            person_ids=[of_account(account_id)],
            kind=kind,
            values=[value],
            cause=f"employer:{employer_id}",
            now=now,
        )
    npp = _settle(found, employer_id, account_id, now)
    return Confirmed(found.pk, employer_id, npp, "registered")


@transaction.atomic
def examine_application(*, actor: Actor, application_id: int, now: datetime) -> None:
    """Write down that an officer looks at what somebody told of himself. Raises ``ApplicationSettled``."""
    _to_decide(application_id)
    _record(actor, "application_read", application_id, now)


@transaction.atomic
def admit_application(*, actor: Actor, application_id: int, now: datetime) -> int:
    """An officer registers a firm that was to be examined, without the numbers that another firm has; gives its id.

    Its first user is invited to the mailbox that was confirmed. Raises ``ApplicationSettled``.
    """
    found = _to_decide(application_id)
    firm, applicant = opened(application=found)
    bare = NewFirm(**{**asdict(firm), "npwp": "", "nib": "", "sites": firm.sites})
    employer_id = register_firm(actor=actor, firm=bare, now=now)
    contact.invite_user(
        actor=actor,
        employer_id=employer_id,
        employer_name=firm.name,
        name=applicant.name,
        email=applicant.email,
        roles=EVERYTHING_IN_A_FIRM,
        now=now,
    )
    FirmApplication.objects.filter(pk=found.pk).update(
        state=FirmApplication.State.REGISTERED,
        employer_id=employer_id,
        settled_at=now,
        settled_by=actor.id,
        told_encrypted=b"",
    )
    contact.forget_addresses(
        actor=actor, person_ids=[of_application(found.pk)], cause=f"application:{found.pk}", now=now
    )
    _record(actor, "application_admitted", found.pk, now, employer=employer_id)
    return employer_id


@transaction.atomic
def decline_application(*, actor: Actor, application_id: int, now: datetime) -> None:
    """An officer does not register a firm; what was told of it is forgotten. Raises ``ApplicationSettled``."""
    found = _to_decide(application_id)
    FirmApplication.objects.filter(pk=found.pk).update(
        state=FirmApplication.State.DECLINED, settled_at=now, settled_by=actor.id, told_encrypted=b""
    )
    contact.forget_addresses(
        actor=actor, person_ids=[of_application(found.pk)], cause=f"application:{found.pk}", now=now
    )
    _record(actor, "application_declined", found.pk, now)


@transaction.atomic
def forget_unconfirmed(*, now: datetime) -> int:
    """Delete what nobody confirmed in time, with the addresses; gives how many."""
    old = FirmApplication.objects.select_for_update(skip_locked=True).filter(
        state=FirmApplication.State.WAITING, applied_at__lte=now - timedelta(days=DAYS_UNCONFIRMED)
    )
    forgotten = list(old.values_list("pk", flat=True))
    if not forgotten:
        return 0
    contact.forget_addresses(
        actor=SYSTEM,
        person_ids=[of_application(application_id) for application_id in forgotten],
        cause=f"application:{forgotten[0]}",
        now=now,
    )
    FirmApplication.objects.filter(pk__in=forgotten).delete()
    _record(SYSTEM, "applications_forgotten", forgotten[0], now, applications=len(forgotten))
    return len(forgotten)


def opened(*, application: FirmApplication) -> tuple[NewFirm, Applicant]:
    """What an application told."""
    told = json.loads(decrypt(application.told_encrypted, _place(application.pk)))
    sites = tuple(NewSite(**site) for site in told["firm"].pop("sites"))
    return NewFirm(**told["firm"], sites=sites), Applicant(**told["applicant"])


def _settle(found: FirmApplication, employer_id: int, account_id: int, now: datetime) -> str:
    """Close a confirmed application: the firm is there, what was told is in its own places, its user is told."""
    FirmApplication.objects.filter(pk=found.pk).update(
        state=FirmApplication.State.REGISTERED,
        confirmed_at=now,
        settled_at=now,
        employer_id=employer_id,
        told_encrypted=b"",
    )
    contact.forget_addresses(
        actor=SYSTEM, person_ids=[of_application(found.pk)], cause=f"application:{found.pk}", now=now
    )
    employer = Employer.objects.get(pk=employer_id)
    contact.tell(
        batch=f"employer:{employer_id}",
        kind="firm_registered",
        rows_sql="SELECT %s::bigint, jsonb_build_object('employer', %s::text, 'npp', %s::text)",
        params=[of_account(account_id), employer.name, employer.npp],
        now=now,
    )
    _record(SYSTEM, "application_confirmed", found.pk, now, employer=employer_id)
    return employer.npp


def _to_decide(application_id: int) -> FirmApplication:
    found = FirmApplication.objects.select_for_update().filter(pk=application_id).first()
    if found is None or found.state != FirmApplication.State.TO_EXAMINE:
        raise ApplicationSettled
    return found


def _place(application_id: int) -> str:
    return f"registry_firmapplication.told:{application_id}"


def _record(actor: Actor, act: str, application_id: int, now: datetime, **detail: int | str) -> None:
    trail.record(actor=actor, act=act, object_kind="application", object_id=application_id, now=now, detail=detail)
