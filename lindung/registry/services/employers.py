"""Firms: registered by size and risk class, with the programmes that the law wants of them."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.law import Month, Programme, enterprise
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.registry.models import Employer

# PP 6/2025 Pasal 4. Of a small firm's workers it is not known here whether they have the health insurance that the
# same article wants, so a small firm has JKP only when it is named.
_WITH_JKP_UNASKED = frozenset({"large", "medium"})
_LAW_BEGINS = date(2015, 7, 1)
"""Firms may be older than the first of these rules."""


class NppTaken(Exception):
    """Another employer has this NPP."""


class EmployerRefused(Exception):
    """An employer cannot be registered like this; the text says why."""


def _programmes_for(size: str, from_on: date) -> frozenset[Programme]:
    """The programmes that a firm of this size has without being asked, from a day on."""
    must = enterprise.mandatory_programmes(size, Month.of(max(from_on, _LAW_BEGINS)))
    return must | ({Programme.JKP} if size in _WITH_JKP_UNASKED else set())


def checked_terms(*, size: str, jkk_class: str, programmes: frozenset[str] | None, from_on: date) -> frozenset[str]:
    """The programmes of a firm of this size and class from a day on; ``EmployerRefused`` where that cannot be."""
    if size not in enterprise.SIZES or jkk_class not in RISK_CLASSES:
        raise EmployerRefused(f"there is no size {size!r} or no risk class {jkk_class!r}")
    if programmes is None:
        return _programmes_for(size, from_on)
    if unknown := programmes - set(Programme):
        raise EmployerRefused(f"no such programme: {', '.join(sorted(unknown))}")
    if missing := enterprise.mandatory_programmes(size, Month.of(max(from_on, _LAW_BEGINS))) - programmes:
        raise EmployerRefused(f"a {size} firm must have {', '.join(sorted(missing))} too")
    return programmes


@transaction.atomic
def register_employer(
    *,
    actor: Actor,
    npp: str,
    name: str,
    size: str,
    jkk_class: str,
    now: datetime,
    since_on: date,
    programmes: frozenset[str] | None = None,
) -> int:
    """Register a firm and give its id.

    ``size`` is ``micro`` to ``large``, ``jkk_class`` I to V. Without ``programmes`` it has those that its size
    must have (Perpres 109/2013 Pasal 6 ayat 3); named ones may be more, never fewer. Raises ``NppTaken`` or
    ``EmployerRefused``.
    """
    programmes = checked_terms(size=size, jkk_class=jkk_class, programmes=programmes, from_on=since_on)
    if not (npp.isascii() and npp.isalnum() and len(npp) <= 16 and name.strip()):
        raise EmployerRefused("an NPP is up to 16 letters and digits, and a firm has a name")
    try:
        with transaction.atomic():
            employer = Employer.objects.create(
                npp=npp.upper(),
                name=name.strip(),
                size=size,
                jkk_class=jkk_class,
                programmes=sorted(programmes),
                since_on=since_on,
            )
    except IntegrityError as error:
        raise NppTaken(npp) from error
    trail.record(
        actor=actor,
        act="employer_registered",
        object_kind="employer",
        object_id=employer.pk,
        now=now,
        detail={"size": size, "jkk_class": jkk_class},
    )
    return employer.pk
