"""A firm's own data: who it is, what holds for it from when, where it works."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from lindung.access import trail
from lindung.access.trail import SYSTEM, Actor
from lindung.lib.clock import wib_date
from lindung.lib.crypto import encrypt
from lindung.registry import npp
from lindung.registry.firm_models import EmployerTerms, FirmNumber, FirmProfile, Site
from lindung.registry.firm_numbers import number_index
from lindung.registry.firm_papers import papers_of, papers_wanted_by
from lindung.registry.lines_of_business import lines_of_business
from lindung.registry.models import Employer
from lindung.registry.services.employers import NppTaken, checked_terms, register_employer
from lindung.registry.services.papers import ask_for_papers

_MOST_DRAWS = 20


class NumberTaken(Exception):
    """Another firm has this NPWP or NIB."""


class SiteTaken(Exception):
    """The firm has a place or a part of this name already."""


@dataclass(frozen=True, slots=True)
class NewSite:
    """A place (``site``) or a part (``division``) of a firm, in a town or regency."""

    kind: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class NewFirm:
    """A firm as it is told by itself. ``npwp`` and ``nib`` are digits, or empty where they come later."""

    name: str
    legal_form: str
    line_of_business: str
    size: str
    npwp: str
    nib: str
    street: str
    regency: str
    province_code: str
    sites: tuple[NewSite, ...] = ()


@transaction.atomic
def register_firm(*, actor: Actor, firm: NewFirm, now: datetime) -> int:
    """Register a firm with a number of its own, its class by its line of business, and the papers it is to bring.

    Gives its id. Raises ``NumberTaken`` and writes nothing where another has its NPWP or NIB.
    """
    today = wib_date(now)
    employer_id = _with_a_number(actor, firm, today, now)
    numbers = {kind: value for kind, value in (("npwp", firm.npwp), ("nib", firm.nib)) if value}
    try:
        with transaction.atomic():
            FirmNumber.objects.bulk_create(
                [
                    FirmNumber(number_index=number_index(kind, value), employer_id=employer_id)
                    for kind, value in numbers.items()
                ]
            )
    except IntegrityError as error:
        raise NumberTaken from error
    FirmProfile.objects.create(
        employer_id=employer_id,
        legal_form=firm.legal_form,
        line_of_business=firm.line_of_business,
        street_encrypted=encrypt(firm.street, f"registry_firmprofile.street_encrypted:{employer_id}"),
        regency=firm.regency,
        province_code=firm.province_code,
        told_at=now,
        **{
            f"{kind}_encrypted": encrypt(value, f"registry_firmprofile.{kind}_encrypted:{employer_id}")
            for kind, value in numbers.items()
        },
    )
    _add_sites(employer_id, firm.sites, now)
    ask_for_papers(
        actor=SYSTEM,
        employer_id=employer_id,
        kinds=papers_of(firm.legal_form),
        wanted_by_on=papers_wanted_by(today),
        now=now,
    )
    trail.record(
        actor=actor,
        act="firm_told",
        object_kind="employer",
        object_id=employer_id,
        now=now,
        detail={"line_of_business": firm.line_of_business, "sites": len(firm.sites)},
    )
    return employer_id


@transaction.atomic
def set_terms(
    *,
    actor: Actor,
    employer_id: int,
    from_on: date,
    size: str,
    jkk_class: str,
    programmes: frozenset[str] | None,
    reason: str,
    now: datetime,
) -> None:
    """Let these be a firm's size, class and programmes from a month on; earlier months keep what they had.

    Without ``programmes`` those that the size must have. Bills are frozen: a month that is billed stays as it is.
    Raises ``EmployerRefused``.
    """
    Employer.objects.select_for_update().get(pk=employer_id)
    held = checked_terms(size=size, jkk_class=jkk_class, programmes=programmes, from_on=from_on)
    EmployerTerms.objects.create(
        employer_id=employer_id,
        from_on=from_on,
        size=size,
        jkk_class=jkk_class,
        programmes=sorted(held),
        reason=reason,
        set_by_kind=actor.kind,
        set_by_id=actor.id,
        set_at=now,
    )
    trail.record(
        actor=actor,
        act="firm_terms_set",
        object_kind="employer",
        object_id=employer_id,
        now=now,
        detail={"from": f"{from_on:%Y-%m}", "size": size, "jkk_class": jkk_class},
    )


@transaction.atomic
def add_site(*, actor: Actor, employer_id: int, site: NewSite, now: datetime) -> None:
    """Add a place or a part of a firm. Raises ``SiteTaken``."""
    try:
        with transaction.atomic():
            _add_sites(employer_id, [site], now)
    except IntegrityError as error:
        raise SiteTaken from error
    trail.record(actor=actor, act="site_added", object_kind="employer", object_id=employer_id, now=now)


@transaction.atomic
def end_site(*, actor: Actor, employer_id: int, site_id: int, now: datetime) -> None:
    """A place or part is none of the firm's any more; what was written with it stays. Again does nothing."""
    if Site.objects.filter(pk=site_id, employer_id=employer_id, ended_at=None).update(ended_at=now):
        trail.record(actor=actor, act="site_ended", object_kind="employer", object_id=employer_id, now=now)


def _with_a_number(actor: Actor, firm: NewFirm, today: date, now: datetime) -> int:
    """Register under a number that nobody has; one that is taken is drawn again."""
    for _ in range(_MOST_DRAWS):
        try:
            return register_employer(
                actor=actor,
                npp=npp.draw(),
                name=firm.name,
                size=firm.size,
                jkk_class=lines_of_business()[firm.line_of_business].jkk_class,
                since_on=today,
                now=now,
            )
        except NppTaken:
            continue
    raise RuntimeError("no free NPP was drawn")


def _add_sites(employer_id: int, sites: Sequence[NewSite], now: datetime) -> None:
    Site.objects.bulk_create(
        [
            Site(employer_id=employer_id, kind=site.kind, name=site.name, place=site.place, added_at=now)
            for site in sites
        ]
    )
