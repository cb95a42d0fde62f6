"""A year's development decided: planned by one officer, rehearsed, started by another."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import IntegrityError, transaction

from lindung.access import trail
from lindung.access.trail import SYSTEM, Actor
from lindung.contributions.crediting_jobs import queue_crediting, queue_rehearsal
from lindung.contributions.crediting_queries import Rehearsal, rehearse
from lindung.contributions.models import Crediting, CreditingRehearsal, ProvisionalRate
from lindung.contributions.services.refusals import SameOfficer
from lindung.law.development import crediting as law_of_crediting
from lindung.law.development import rate_of
from lindung.law.errors import ImpossibleFact, NotKnown
from lindung.law.wording import Words, rate_text
from lindung.ledger.years import begins_at
from lindung.lib.clock import wib_date

HOLDERS_A_RANGE = 50_000
"""About a second of work, during which nobody can write what happened in the year credited or before."""

_MOST_DECIMALS = 8


class YearNotOver(Exception):
    """A year is credited when it has ended. Nothing was written."""


class DecisionMissing(Exception):
    """The law does not know the rate of this year: the officer states it, and by which decision."""


class RateIsTheLaws(Exception):
    """The law knows another rate for this year; ``rate`` is that one."""

    def __init__(self, rate: Fraction) -> None:
        super().__init__(rate_text(rate, "en"))
        self.rate = rate


class YearTaken(Exception):
    """This year has a crediting already."""


class CreditingGone(Exception):
    """No such crediting, or it is no longer in the state in which this can be done; ``state`` says which."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class NotRehearsed(Exception):
    """The totals to be confirmed are not those of the newest rehearsal, or there is none."""


class EarlierYearOpen(Exception):
    """An earlier year is planned or under way: what it gives belongs to this year's opening balance."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


@transaction.atomic
def plan_crediting(
    *,
    actor: Actor,
    year: int,
    annual_rate: Decimal | None,
    citation: str,
    now: datetime,
    holders_a_range: int = HOLDERS_A_RANGE,
) -> int:
    """Plan the crediting of a year that is over; gives its id and queues its rehearsal.

    Where the law knows the year's rate, that is the rate, and a stated one must equal it; elsewhere the officer
    states it (0 to 1) with the decision it stands in. Raises ``YearNotOver``, ``DecisionMissing``,
    ``RateIsTheLaws``, ``YearTaken``, and the law's ``NotInForce``, ``ImpossibleFact`` or ``LawError``.
    """
    if now < begins_at(year + 1):
        raise YearNotOver(str(year))
    rate, cited, source = _decided(year, annual_rate, citation)
    try:
        with transaction.atomic():
            crediting = Crediting.objects.create(
                year=year,
                annual_rate=rate,
                rate_source=source,
                citation=cited,
                holders_a_range=holders_a_range,
                planned_by_kind=actor.kind,
                planned_by_id=actor.id,
                planned_at=now,
            )
    except IntegrityError as taken:
        raise YearTaken(str(year)) from taken
    queue_rehearsal(crediting.pk)
    trail.record(
        actor=actor,
        act="crediting_planned",
        object_kind="crediting",
        object_id=crediting.pk,
        now=now,
        detail={"year": year, "rate": str(rate), "citation": cited},
    )
    return crediting.pk


def _decided(year: int, stated: Decimal | None, citation: str) -> tuple[Decimal, str, Crediting.Source]:
    try:
        law = rate_of(year)
    except NotKnown:
        if stated is None or not citation.strip():
            raise DecisionMissing(str(year)) from None
        _refuse_impossible(stated)
        return stated, citation.strip(), Crediting.Source.DECISION
    if stated is not None and Fraction(stated) != law.rate:
        raise RateIsTheLaws(law.rate)
    return Decimal(law.rate.numerator) / Decimal(law.rate.denominator), law.article, Crediting.Source.LAW


def _refuse_impossible(annual_rate: Decimal) -> None:
    """What the law cannot compute exactly, and what the database would round."""
    law_of_crediting(Fraction(annual_rate))
    if annual_rate != round(annual_rate, _MOST_DECIMALS):
        possible = Words(
            id=f"paling banyak {_MOST_DECIMALS - 2} angka di belakang koma persen",
            en=f"{_MOST_DECIMALS - 2} decimals of a percent at most",
        )
        raise ImpossibleFact("annual_rate", str(annual_rate), possible)


@transaction.atomic
def withdraw_crediting(*, actor: Actor, crediting_id: int, now: datetime) -> None:
    """Take back a plan that was not started; the year can be planned anew. Raises ``CreditingGone``."""
    crediting = _locked(crediting_id, "planned")
    Crediting.objects.filter(pk=crediting.pk).update(withdrawn_at=now)
    trail.record(actor=actor, act="crediting_withdrawn", object_kind="crediting", object_id=crediting_id, now=now)


@transaction.atomic
def ask_for_rehearsal(*, actor: Actor, crediting_id: int, now: datetime) -> None:
    """Queue a rehearsal of a plan, so that its totals are of today. Raises ``CreditingGone``."""
    _locked(crediting_id, "planned")
    queue_rehearsal(crediting_id)
    trail.record(actor=actor, act="rehearsal_asked_for", object_kind="crediting", object_id=crediting_id, now=now)


def rehearse_crediting(*, crediting_id: int, now: datetime) -> Rehearsal | None:
    """Compute what a plan would move and keep the totals for the officers; no account is touched.

    None when it is no longer a plan.
    """
    crediting = Crediting.objects.get(pk=crediting_id)
    if crediting.state != "planned":
        return None
    totals = rehearse(year=crediting.year, rate=crediting.rate, holders_a_range=crediting.holders_a_range)
    with transaction.atomic():
        kept = CreditingRehearsal.objects.create(
            crediting_id=crediting_id,
            accounts=totals.accounts,
            amount_rupiah=totals.amount_rupiah,
            report=totals.as_json(),
            rehearsed_at=now,
        )
        trail.record(
            actor=SYSTEM,
            act="crediting_rehearsed",
            object_kind="crediting",
            object_id=crediting_id,
            now=now,
            detail={"rehearsal": kept.pk, "accounts": totals.accounts, "amount_rupiah": totals.amount_rupiah},
        )
    return totals


@transaction.atomic
def start_crediting(*, actor: Actor, crediting_id: int, rehearsal_id: int, now: datetime) -> None:
    """Confirm the totals of the newest rehearsal and let the crediting go: another officer than the one who planned.

    Raises ``CreditingGone``, ``SameOfficer``, ``NotRehearsed``, ``EarlierYearOpen``.
    """
    crediting = _locked(crediting_id, "planned")
    if (actor.kind, actor.id) == (crediting.planned_by_kind, crediting.planned_by_id):
        raise SameOfficer
    newest = CreditingRehearsal.objects.filter(crediting_id=crediting_id).order_by("-id").first()
    if newest is None or newest.pk != rehearsal_id:
        raise NotRehearsed
    earlier = Crediting.objects.filter(year__lt=crediting.year, withdrawn_at=None, finished_at=None).first()
    if earlier is not None:
        raise EarlierYearOpen(earlier.year)
    Crediting.objects.filter(pk=crediting_id).update(
        rehearsal_id=rehearsal_id, started_by_kind=actor.kind, started_by_id=actor.id, started_at=now
    )
    queue_crediting(crediting_id)
    trail.record(
        actor=actor,
        act="crediting_started",
        object_kind="crediting",
        object_id=crediting_id,
        now=now,
        detail={"accounts": newest.accounts, "amount_rupiah": newest.amount_rupiah},
    )


def _locked(crediting_id: int, state: str) -> Crediting:
    crediting = Crediting.objects.select_for_update().filter(pk=crediting_id).first()
    if crediting is None:
        raise CreditingGone("unknown")
    if crediting.state != state:
        raise CreditingGone(crediting.state)
    return crediting


@transaction.atomic
def set_provisional_rate(*, actor: Actor, year: int, annual_rate: Decimal, citation: str, now: datetime) -> None:
    """Set the rate at which a year's growth is shown until it is credited, with what it stands on.

    Raises ``DecisionMissing`` without a citation, ``YearTaken`` when the year is credited or being credited,
    ``YearNotOver`` for a year that has not begun, and the law's ``ImpossibleFact`` or ``LawError``.
    """
    if not citation.strip():
        raise DecisionMissing(str(year))
    if wib_date(now).year < year:
        raise YearNotOver(str(year))
    if Crediting.objects.filter(year=year, withdrawn_at=None, started_at__isnull=False).exists():
        raise YearTaken(str(year))
    _refuse_impossible(annual_rate)
    ProvisionalRate.objects.create(
        year=year,
        annual_rate=annual_rate,
        citation=citation.strip(),
        set_by_kind=actor.kind,
        set_by_id=actor.id,
        set_at=now,
    )
    trail.record(
        actor=actor,
        act="provisional_rate_set",
        object_kind="development_year",
        object_id=year,
        now=now,
        detail={"rate": str(annual_rate), "citation": citation.strip()},
    )
