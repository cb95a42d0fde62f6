"""Credit paid back: asked for by the firm, proposed by one officer and decided by another, sent, returned (0025).

Every act holds the firm's money, so that no bill, payment or second request sees it in between.
"""

from datetime import date, datetime, time
from typing import Final

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.permissions import EVERYTHING_IN_A_FIRM
from lindung.access.queries import was_in_firm
from lindung.access.trail import Actor
from lindung.contact.users import tell_users
from lindung.contributions import postings
from lindung.contributions.bank_accounts import BANKS, account_digest, account_number
from lindung.contributions.models import Refund, RefundProposal
from lindung.contributions.owing import free_credit, lock_employers_money, owed_by
from lindung.contributions.refund_queries import opens_at
from lindung.contributions.services.refusals import (
    FirmsOwnOfficer,
    ProposalMissing,
    RefundMoved,
    RefundRefused,
    SameOfficer,
    TransferEarly,
    TransferRefused,
    TransferTaken,
)
from lindung.ledger.services import AgencyLine, Kind, post
from lindung.lib.clock import WIB, wib_date
from lindung.lib.crypto import decrypt, encrypt
from lindung.lib.ids import next_of
from lindung.registry import queries as registry

_NOON: Final = time(12)
_MOST_NAME: Final = 140
_MOST_TRANSFER_NO: Final = 64
_State = Refund.State


@transaction.atomic
def ask_refund(
    *,
    actor: Actor,
    employer_id: int,
    amount_rupiah: int,
    bank: str,
    account_no: str,
    account_name: str,
    press: str,
    now: datetime,
) -> str:
    """Take so much out of the firm's credit, to be paid back to this account. Gives the number it is called by.

    ``press`` is drawn by the page that asked: the same again gives the same request, whatever became of it. From now on
    no bill counts on the money. Everybody who acts for the firm is told. Raises ``RefundRefused``.
    """
    lock_employers_money(employer_id)
    first = Refund.objects.filter(employer_id=employer_id, press=press).first()
    if first is not None:
        return first.number
    number = account_number(account_no)
    if amount_rupiah < 1:
        raise RefundRefused("amount")
    if number is None or bank not in BANKS:
        raise RefundRefused("account")
    if not 0 < len(account_name.strip()) <= _MOST_NAME:
        raise RefundRefused("name")
    if Refund.objects.filter(employer_id=employer_id, state__in=[_State.ASKED, _State.APPROVED]).exists():
        raise RefundRefused("open")
    if (owed_rupiah := owed_by(employer_id)) > 0:
        raise RefundRefused("owes", owed_rupiah)
    if amount_rupiah > (free_rupiah := free_credit(employer_id)):
        raise RefundRefused("credit", free_rupiah)
    refund_id = next_of("contributions_refund_id_seq")
    refund = Refund.objects.create(
        id=refund_id,
        number=f"KBL-{wib_date(now):%Y%m}-{refund_id:06d}",
        employer_id=employer_id,
        amount_rupiah=amount_rupiah,
        press=press,
        bank=bank,
        account_encrypted=encrypt(number, _place(refund_id)),
        account_digest=account_digest(bank, number),
        account_end=number[-4:],
        account_name=account_name.strip(),
        state=_State.ASKED,
        asked_by=actor.id,
        asked_at=now,
    )
    _move(refund, "refund_asked", postings.refund_asked(refund), actor=actor, happened_at=now, now=now)
    _tell(refund, "refund_asked", now)
    _record(actor, "refund_asked", refund, now, amount_rupiah=amount_rupiah, number=refund.number)
    return refund.number


@transaction.atomic
def withdraw_refund(*, actor: Actor, employer_id: int, refund_id: int, now: datetime) -> None:
    """The firm wants it no more, while nobody has agreed to it: it is credit again. Withdrawn twice, once.

    Raises ``RefundMoved`` once it is approved or sent, ``LookupError`` where it is not this firm's.
    """
    refund = _locked(refund_id, employer_id)
    if refund.state == _State.WITHDRAWN:
        return
    if refund.state != _State.ASKED:
        raise RefundMoved
    _end(refund, _State.WITHDRAWN, actor=actor, now=now)
    _move(refund, "refund_ended", postings.refund_ended(refund), actor=actor, happened_at=now, now=now)
    _drop_proposal(refund, now)
    _record(actor, "refund_withdrawn", refund, now)


@transaction.atomic
def propose_refund(*, actor: Actor, refund_id: int, pay: bool, reason: str, now: datetime) -> int:
    """Say whether it should be paid, and why; another officer decides. Gives the proposal's id; an older one falls.

    ``reason`` of a no is what the firm will read. One that is approved can still be stopped by a no, until it is sent.
    Where somebody has the account open, only he: nobody else knows whether the money is still here. Raises
    ``RefundMoved``, ``TransferTaken``, ``FirmsOwnOfficer``, ``LookupError``.
    """
    refund = _locked(refund_id)
    if refund.state != _State.ASKED and (pay or refund.state != _State.APPROVED):
        raise RefundMoved
    _no_hand_in_it(refund, actor)
    if refund.taken_by not in (None, actor.id):
        raise TransferTaken(refund.taken_by)
    _drop_proposal(refund, now)
    proposal_id = next_of("contributions_refundproposal_id_seq")
    RefundProposal.objects.create(
        id=proposal_id, refund_id=refund.pk, pay=pay, reason=reason, proposed_by=actor.id, proposed_at=now
    )
    _record(actor, "refund_proposed", refund, now, proposal=proposal_id, pay=int(pay))
    return proposal_id


@transaction.atomic
def refuse_refund_proposal(*, actor: Actor, refund_id: int, proposal_id: int, now: datetime) -> None:
    """Say no to a proposal, or take one's own back; the refund stands as it stood.

    Raises ``ProposalMissing``, ``FirmsOwnOfficer``.
    """
    refund = _locked(refund_id)
    proposal = _proposal(refund, proposal_id)
    _no_hand_in_it(refund, actor)
    proposal.decided_by = None if proposal.proposed_by == actor.id else actor.id
    proposal.decided_at, proposal.agreed = now, False
    proposal.save(update_fields=["decided_by", "decided_at", "agreed"])
    _record(actor, "refund_proposal_refused", refund, now, proposal=proposal_id)


@transaction.atomic
def decide_refund(*, actor: Actor, refund_id: int, proposal_id: int, now: datetime) -> None:
    """Agree to what another officer proposed: it waits to be transferred, or is credit again and the firm told why.

    Raises ``SameOfficer``, ``FirmsOwnOfficer``, ``ProposalMissing`` (answered, taken back, or the refund moved on).
    """
    refund = _locked(refund_id)
    proposal = _proposal(refund, proposal_id)
    if proposal.proposed_by == actor.id or actor.kind != "account":
        raise SameOfficer
    _no_hand_in_it(refund, actor)
    refund.proposed_by, refund.decided_by, refund.decided_at = proposal.proposed_by, actor.id, now
    if proposal.pay:
        refund.state = _State.APPROVED
        _save(refund)
    else:
        refund.taken_by = refund.taken_at = None
        _end(refund, _State.REFUSED, actor=actor, now=now, reason=proposal.reason)
        _move(refund, "refund_ended", postings.refund_ended(refund), actor=actor, happened_at=now, now=now)
        _tell(refund, "refund_refused", now)
    proposal.decided_by, proposal.decided_at, proposal.agreed = actor.id, now, True
    proposal.save(update_fields=["decided_by", "decided_at", "agreed"])
    act = "refund_approved" if proposal.pay else "refund_refused"
    _record(actor, act, refund, now, proposal=proposal_id, proposed_by=proposal.proposed_by)


@transaction.atomic
def take_transfer(*, actor: Actor, refund_id: int, taken_from: int | None = None, now: datetime) -> str:
    """Open the account's number to transfer the money: gives its digits. Every opening is in the trail.

    One officer at a time, so that nobody transfers it beside another; ``taken_from`` is whom it is taken from, on
    purpose. Who proposed the refund cannot (``SameOfficer``). Raises ``TransferTaken``, ``TransferEarly`` (the account
    is new), ``FirmsOwnOfficer``, ``RefundMoved`` (it does not wait for a transfer, or somebody wants it stopped),
    ``LookupError``.
    """
    refund = _locked(refund_id)
    stopping = RefundProposal.objects.filter(refund_id=refund.pk, decided_at=None)
    if refund.state != _State.APPROVED or stopping.exists():
        raise RefundMoved
    if refund.proposed_by == actor.id or actor.kind != "account":
        raise SameOfficer
    _no_hand_in_it(refund, actor)
    if refund.taken_by not in (None, actor.id, taken_from):
        raise TransferTaken(refund.taken_by)
    from_at = opens_at(
        employer_id=refund.employer_id,
        refund_id=refund.pk,
        account_digest=bytes(refund.account_digest),
        asked_at=refund.asked_at,
    )
    if now < from_at:
        raise TransferEarly(from_at)
    if refund.taken_by != actor.id:
        refund.taken_by, refund.taken_at = actor.id, now
        _save(refund)
    _record(actor, "refund_account_opened", refund, now, taken_from=taken_from or 0)
    return decrypt(refund.account_encrypted, _place(refund.pk)).decode()


@transaction.atomic
def record_transfer(*, actor: Actor, refund_id: int, transfer_no: str, sent_on: date, now: datetime) -> None:
    """The money left the paying account under this number of the bank (letters as capitals). Told twice, once.

    Only by who took the transfer. Raises ``TransferRefused``, ``RefundMoved`` (sent by another number, or it does not
    wait for a transfer), ``TransferTaken``, ``LookupError``.
    """
    refund, transfer_no = _locked(refund_id), transfer_no.strip().upper()
    if not 0 < len(transfer_no) <= _MOST_TRANSFER_NO:
        raise TransferRefused("number")
    if refund.state == _State.SENT and (refund.transfer_no, refund.sent_on) == (transfer_no, sent_on):
        return
    if refund.state != _State.APPROVED or refund.decided_at is None or refund.taken_by is None:
        raise RefundMoved
    if refund.taken_by != actor.id:
        raise TransferTaken(refund.taken_by)
    if not wib_date(refund.decided_at) <= sent_on <= wib_date(now):
        raise TransferRefused("day")
    with connection.cursor() as cursor:
        # One number at a time: two refunds of two firms cannot both find it unused.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"transfer {transfer_no}"])
    if Refund.objects.filter(transfer_no=transfer_no).exists():
        raise TransferRefused("used")
    refund.state, refund.transfer_no, refund.sent_on = _State.SENT, transfer_no, sent_on
    refund.sent_by, refund.sent_at = actor.id, now
    _save(refund)
    _drop_proposal(refund, now)
    # A transfer has a day and no hour: its noon, but not before it was decided, nor to come.
    sent_at = max(refund.decided_at, min(datetime.combine(sent_on, _NOON, WIB), now))
    _move(refund, "refund_sent", postings.refund_sent(refund), actor=actor, happened_at=sent_at, now=now)
    _tell(refund, "refund_sent", now)
    _record(actor, "refund_sent", refund, now, transfer_no=transfer_no)


@transaction.atomic
def return_refund(*, actor: Actor, refund_id: int, reason: str, now: datetime) -> None:
    """The bank sent the money back: it is the firm's credit again, and the firm told why. Told twice, once.

    By another officer than who sent it: a return that never was would pay the firm a second time. Raises
    ``SameOfficer``, ``FirmsOwnOfficer``, ``RefundMoved``, ``LookupError``.
    """
    refund = _locked(refund_id)
    if refund.state == _State.RETURNED:
        return
    if refund.state != _State.SENT:
        raise RefundMoved
    if refund.sent_by == actor.id or actor.kind != "account":
        raise SameOfficer
    _no_hand_in_it(refund, actor)
    _end(refund, _State.RETURNED, actor=actor, now=now, reason=reason)
    _move(refund, "refund_returned", postings.refund_returned(refund), actor=actor, happened_at=now, now=now)
    _tell(refund, "refund_returned", now)
    _record(actor, "refund_returned", refund, now)


def _locked(refund_id: int, employer_id: int | None = None) -> Refund:
    """The refund as it stands, with its firm's money held; of this firm alone, where one is named."""
    owner = Refund.objects.filter(pk=refund_id).values_list("employer_id", flat=True).first()
    if owner is None or employer_id not in (None, owner):
        raise LookupError(refund_id)
    lock_employers_money(owner)
    return Refund.objects.get(pk=refund_id)


def _no_hand_in_it(refund: Refund, actor: Actor) -> None:
    if actor.id == refund.asked_by or was_in_firm(actor.id, refund.employer_id):
        raise FirmsOwnOfficer


def _proposal(refund: Refund, proposal_id: int) -> RefundProposal:
    found = RefundProposal.objects.filter(pk=proposal_id, refund_id=refund.pk, decided_at=None).first()
    if found is None:
        raise ProposalMissing
    return found


def _drop_proposal(refund: Refund, now: datetime) -> None:
    RefundProposal.objects.filter(refund_id=refund.pk, decided_at=None).update(decided_at=now, agreed=False)


def _end(refund: Refund, state: str, *, actor: Actor, now: datetime, reason: str = "") -> None:
    refund.state, refund.ended_at, refund.ended_by, refund.reason = state, now, actor.id, reason
    _save(refund)


def _save(refund: Refund) -> None:
    refund.save(update_fields=Refund.updatable_columns)


def _place(refund_id: int) -> str:
    return f"contributions_refund.account_encrypted:{refund_id}"


def _move(
    refund: Refund, kind: Kind, lines: list[AgencyLine], *, actor: Actor, happened_at: datetime, now: datetime
) -> None:
    post(
        actor=actor,
        key=f"{kind.replace('_', '-')}:{refund.pk}",
        kind=kind,
        agency_lines=lines,
        holder_lines=None,
        happened_at=happened_at,
        now=now,
    )


def _tell(refund: Refund, kind: str, now: datetime) -> None:
    tell_users(
        batch=f"{kind}:{refund.pk}",
        kind=kind,
        roles=EVERYTHING_IN_A_FIRM,
        scope_id=refund.employer_id,
        facts={
            "employer": registry.employer(refund.employer_id).name,
            "rupiah": refund.amount_rupiah,
            "number": refund.number,
        },
        now=now,
    )


def _record(actor: Actor, act: str, refund: Refund, now: datetime, **detail: int | str) -> None:
    trail.record(actor=actor, act=act, object_kind="refund", object_id=refund.pk, now=now, detail=detail)
