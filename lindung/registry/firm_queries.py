"""Reads about firms: as they see themselves, as an officer sees them, and who waits to be registered."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import OuterRef, Subquery

from lindung.access.links import application_of
from lindung.lib.crypto import decrypt
from lindung.registry.firm_models import (
    EmployerTerms,
    FirmApplication,
    FirmDocument,
    FirmDocumentFile,
    FirmNumber,
    FirmProfile,
    Site,
)
from lindung.registry.firm_numbers import number_index
from lindung.registry.models import Employer
from lindung.registry.queries import employers
from lindung.registry.services.applications import Applicant, opened
from lindung.registry.services.firms import NewFirm

_SHOWN_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class ProfileView:
    """Who a firm is. Numbers show their last digits; empty where they are missing."""

    legal_form: str
    line_of_business: str
    npwp_masked: str
    nib_masked: str
    street: str
    regency: str
    province_code: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class TermsView:
    """What holds from a month on; ``by_officer``: fixed by one, and no estimate of ours."""

    from_on: date
    size: str
    jkk_class: str
    programmes: tuple[str, ...]
    reason: str
    by_officer: bool
    set_at: datetime | None


@dataclass(frozen=True, slots=True)
class SiteView:
    id: int
    kind: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper that was asked for; ``seen_at`` None while it is missing. ``file_state`` is that of the newest file."""

    id: int
    kind: str
    wanted_by_on: date
    seen_at: datetime | None
    file_state: str = ""


@dataclass(frozen=True, slots=True)
class FirmRow:
    """A firm in an officer's list."""

    id: int
    npp: str
    name: str
    size: str
    jkk_class: str
    since_on: date
    class_fixed: bool
    missing_papers: int


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """What somebody told of a firm that is not registered yet; ``known_as``: the firms that have its numbers."""

    id: int
    state: str
    firm: NewFirm
    applicant: Applicant
    applied_at: datetime
    known_as: tuple[tuple[int, str, str], ...] = ()


def profile(employer_id: int) -> ProfileView | None:
    """Who a firm is; None for one that was registered before this was asked."""
    row = FirmProfile.objects.filter(pk=employer_id).first()
    if row is None:
        return None
    opened_ = {
        name: decrypt(sealed, f"registry_firmprofile.{name}_encrypted:{employer_id}").decode() if sealed else ""
        for name, sealed in (
            ("npwp", row.npwp_encrypted),
            ("nib", row.nib_encrypted),
            ("street", row.street_encrypted),
        )
    }
    return ProfileView(
        row.legal_form,
        row.line_of_business,
        _masked(opened_["npwp"]),
        _masked(opened_["nib"]),
        opened_["street"],
        row.regency,
        row.province_code,
        row.told_at,
    )


def terms_of(employer_id: int) -> list[TermsView]:
    """What held for a firm from when, oldest first; of two from one month the later word alone."""
    firm = Employer.objects.get(pk=employer_id)
    first = TermsView(firm.since_on, firm.size, firm.jkk_class, tuple(firm.programmes), "", False, None)
    by_month = {
        row.from_on: TermsView(
            row.from_on,
            row.size,
            row.jkk_class,
            tuple(row.programmes),
            row.reason,
            row.set_by_kind == "account",
            row.set_at,
        )
        for row in EmployerTerms.objects.filter(employer_id=employer_id).order_by("from_on", "id")
    }
    begun = firm.since_on.replace(day=1)
    return [*([] if begun in by_month else [first]), *(by_month[month] for month in sorted(by_month))]


def sites(employer_id: int) -> list[SiteView]:
    """A firm's places and parts, by name."""
    rows = Site.objects.filter(employer_id=employer_id, ended_at=None).order_by("kind", "name")
    return [SiteView(row.pk, row.kind, row.name, row.place) for row in rows]


def papers(employer_id: int) -> list[PaperView]:
    """The papers a firm was asked for: missing ones first, the most urgent on top."""
    newest = FirmDocumentFile.objects.filter(document_id=OuterRef("pk")).order_by("-id").values("state")[:1]
    asked = FirmDocument.objects.filter(employer_id=employer_id).order_by("wanted_by_on", "id")
    views = [
        PaperView(row.pk, row.kind, row.wanted_by_on, row.seen_at, row.file_state or "")
        for row in asked.annotate(file_state=Subquery(newest))
    ]
    return sorted(views, key=lambda paper: paper.seen_at is not None)


def missing_papers(employer_id: int) -> list[PaperView]:
    """The papers that a firm still has to bring, the most urgent on top."""
    return [paper for paper in papers(employer_id) if paper.seen_at is None]


def newest_firms(*, most: int) -> list[FirmRow]:
    """The firms that came last by an application, newest first."""
    newest = FirmProfile.objects.order_by("-employer_id").values_list("employer_id", flat=True)
    ids = list(newest[:most])
    fixed = set(
        EmployerTerms.objects.filter(employer_id__in=ids, set_by_kind="account").values_list("employer_id", flat=True)
    )
    missing = Counter(
        FirmDocument.objects.filter(employer_id__in=ids, seen_at=None).values_list("employer_id", flat=True)
    )
    firms = sorted(employers(ids), key=lambda firm: -firm.id)
    return [
        FirmRow(
            firm.id,
            firm.npp,
            firm.name,
            firm.size,
            firm.jkk_class,
            firm.since_on,
            firm.id in fixed,
            missing[firm.id],
        )
        for firm in firms
    ]


def firm_by_npp(npp: str) -> int | None:
    """The firm with this number."""
    return Employer.objects.filter(npp=npp.strip().upper()).values_list("pk", flat=True).first()


def applications_to_examine() -> list[ApplicationView]:
    """Applications that an officer must look at, the oldest first."""
    rows = FirmApplication.objects.filter(state=FirmApplication.State.TO_EXAMINE).order_by("confirmed_at")
    return [_application(row) for row in rows]


def application_to_examine(application_id: int) -> ApplicationView | None:
    """One of them, with the firms that have the same numbers."""
    row = FirmApplication.objects.filter(pk=application_id, state=FirmApplication.State.TO_EXAMINE).first()
    return None if row is None else _application(row)


def application_behind(token: str, now: datetime) -> ApplicationView | None:
    """What the link of an application would confirm; None when it is spent."""
    application_id = application_of(token, now)
    if application_id is None:
        return None
    row = FirmApplication.objects.filter(pk=application_id, state=FirmApplication.State.WAITING).first()
    if row is None:
        return None
    firm, applicant = opened(application=row)
    return ApplicationView(row.pk, row.state, firm, applicant, row.applied_at)


def _application(row: FirmApplication) -> ApplicationView:
    firm, applicant = opened(application=row)
    told = [number_index(kind, value) for kind, value in (("npwp", firm.npwp), ("nib", firm.nib)) if value]
    known = FirmNumber.objects.filter(pk__in=told).values("employer_id")
    others = tuple(Employer.objects.filter(pk__in=known).order_by("pk").values_list("pk", "npp", "name"))
    return ApplicationView(row.pk, row.state, firm, applicant, row.applied_at, others)


def _masked(number: str) -> str:
    return f"{'•' * (len(number) - _SHOWN_DIGITS)}{number[-_SHOWN_DIGITS:]}" if number else ""
