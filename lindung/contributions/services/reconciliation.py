"""A bank's statement taken in, and money in suspense explained by two officers."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions import reconciliation_postings as postings
from lindung.contributions.laying import bills_named
from lindung.contributions.matching import Matched, lock_statements, match_lines
from lindung.contributions.models import OUT_OF_SUSPENSE, StatementFile, StatementLine, SuspenseItem, SuspenseProposal
from lindung.contributions.reconciliation_queries import issuer_of
from lindung.contributions.services.deposits import receive_deposit
from lindung.contributions.services.refusals import (
    BillNotFound,
    ProposalMissing,
    SameOfficer,
    SuspenseClosed,
    WayImpossible,
)
from lindung.contributions.statement_files import Statement, read_statement
from lindung.ledger.services import post
from lindung.lib.ids import next_of
from lindung.registry import queries as registry


@dataclass(frozen=True, slots=True)
class ReceivedStatement:
    """What a file came to; ``repeated``: the very same file was here before, and nothing was done."""

    file_id: int
    repeated: bool
    line_count: int
    new_line_count: int
    opened: int
    closed: int


@transaction.atomic
def receive_statement(*, actor: Actor, partner_id: int, content: bytes, now: datetime) -> ReceivedStatement:
    """Take in a bank's statement: lines that are new are kept, matched, and what nothing explains stands in suspense.

    The same lines in another file, order or overlap add nothing. New items belong to the officer who sent the file.
    Raises ``StatementRefused``, and then nothing was kept; ``LookupError`` when there is no such bank.
    """
    statement = read_statement(content, issuer=issuer_of(partner_id), now=now)
    digest = hashlib.sha256(content).digest()
    lock_statements(partner_id)
    first = StatementFile.objects.filter(partner_id=partner_id, sha256=digest).first()
    if first is not None:
        return ReceivedStatement(first.pk, True, first.line_count, 0, 0, 0)
    file_id = next_of("contributions_statementfile_id_seq")
    new_lines = _keep_lines(partner_id, file_id, statement)
    StatementFile.objects.create(
        id=file_id,
        partner_id=partner_id,
        sha256=digest,
        from_on=statement.from_on,
        until_on=statement.until_on,
        made_at=statement.made_at,
        line_count=statement.lines.height,
        total_rupiah=statement.total_rupiah,
        new_line_count=new_lines,
        received_at=now,
    )
    owner_id = actor.id if actor.kind == "account" else None
    matched = match_lines(partner_id=partner_id, actor=actor, owner_id=owner_id, now=now)
    trail.record(
        actor=actor,
        act="statement_received",
        object_kind="statement",
        object_id=file_id,
        now=now,
        detail={
            "lines": statement.lines.height,
            "new_lines": new_lines,
            "total_rupiah": statement.total_rupiah,
            "opened": matched.opened,
            "closed": matched.closed,
        },
    )
    return ReceivedStatement(file_id, False, statement.lines.height, new_lines, matched.opened, matched.closed)


_KEEP = (
    "INSERT INTO contributions_statementline (partner_id, file_id, line_hash, booked_at, booked_on, number,"
    " customer_no, amount_rupiah, reference, journal_no, channel, match_key, unexplained_rupiah)"
    " SELECT %s, %s, sha256(convert_to(concat_ws(chr(31), booked_at, number, amount, reference, journal_no, channel,"
    "   place), 'UTF8')), booked_at::timestamptz, (booked_at::timestamptz AT TIME ZONE 'Asia/Jakarta')::date, number,"
    " customer_no, amount, reference, journal_no, channel, coalesce(nullif(reference, ''), journal_no), amount"
    " FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[])"
    " AS given(booked_at, number, customer_no, amount, reference, journal_no, channel, place)"
    " ON CONFLICT (partner_id, line_hash) DO NOTHING"
)


def _keep_lines(partner_id: int, file_id: int, statement: Statement) -> int:
    lines = statement.lines
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            [
                partner_id,
                file_id,
                lines["booked_at"].dt.strftime("%Y-%m-%dT%H:%M:%SZ").to_list(),
                *(
                    lines[name].to_list()
                    for name in (
                        "number",
                        "customer_no",
                        "amount_rupiah",
                        "reference",
                        "journal_no",
                        "channel",
                        "place",
                    )
                ),
            ],
        )
        return int(cursor.rowcount)


@transaction.atomic
def reconcile(*, actor: Actor, partner_id: int, now: datetime) -> Matched:
    """Match again: payments that were told after their line was. Changes nothing when nothing is new."""
    lock_statements(partner_id)
    matched = match_lines(partner_id=partner_id, actor=actor, owner_id=None, now=now)
    if matched != Matched(0, 0, 0):
        trail.record(
            actor=actor,
            act="statements_matched",
            object_kind="partner",
            object_id=partner_id,
            now=now,
            detail={"lines": matched.lines, "opened": matched.opened, "closed": matched.closed},
        )
    return matched


@transaction.atomic
def assign_suspense(*, actor: Actor, item_id: int, owner_id: int, now: datetime) -> None:
    """Make an officer the owner of an open item. Raises ``SuspenseClosed``, ``LookupError``."""
    item = _open_item(item_id)
    if item.owner_id == owner_id:
        return
    item.owner_id = owner_id
    item.save(update_fields=["owner_id"])
    _record(actor, "suspense_assigned", item_id, now, {"owner": owner_id})


@transaction.atomic
def propose_explanation(
    *,
    actor: Actor,
    item_id: int,
    way: str,
    employer_id: int | None,
    meant_for: str,
    other_id: int | None,
    reason: str,
    now: datetime,
) -> int:
    """Say how an item is to be explained; another officer has to agree. Gives the proposal's id.

    ``way``: ``deposit`` books the money for an employer (money the bank has; ``meant_for`` is the number that the payer
    named, or empty), ``pair`` sets it against the open item ``other_id`` of the opposite amount, ``difference`` books
    a difference of amounts as the bank's. An older proposal of the item falls. Raises ``WayImpossible``,
    ``BillNotFound`` (the number is not the employer's), ``SuspenseClosed``, ``LookupError``.
    """
    item = _open_item(item_id)
    other = _open_item(other_id) if way == SuspenseItem.Way.PAIR and other_id else None
    _look_at(item, way, employer_id, meant_for, other)
    SuspenseProposal.objects.filter(item_id=item_id, decided_at=None).update(decided_at=now, approved=False)
    proposal_id = next_of("contributions_suspenseproposal_id_seq")
    SuspenseProposal.objects.create(
        id=proposal_id,
        item_id=item_id,
        way=way,
        amount_rupiah=item.amount_rupiah,
        employer_id=employer_id,
        meant_for=meant_for,
        other_id=other.pk if other else None,
        reason=reason,
        proposed_by=actor.id,
        proposed_at=now,
    )
    if item.owner_id is None:
        item.owner_id = actor.id
        item.save(update_fields=["owner_id"])
    _record(actor, "explanation_proposed", item_id, now, {"way": way, "proposal": proposal_id})
    return proposal_id


@transaction.atomic
def refuse_explanation(*, actor: Actor, item_id: int, proposal_id: int, now: datetime) -> None:
    """Say no to a proposal, or take one's own back. The item stays open. Raises ``ProposalMissing``."""
    item = _open_item(item_id)
    proposal = _open_proposal(item, proposal_id)
    proposal.decided_by = None if proposal.proposed_by == actor.id else actor.id
    proposal.decided_at, proposal.approved = now, False
    proposal.save(update_fields=["decided_by", "decided_at", "approved"])
    _record(actor, "explanation_refused", item_id, now, {"proposal": proposal_id})


@transaction.atomic
def approve_explanation(*, actor: Actor, item_id: int, proposal_id: int, now: datetime) -> str:
    """Agree to what another officer proposed: the money leaves suspense. Gives the receipt number of a deposit, or "".

    Agreed to twice, once. Raises ``SameOfficer``, ``ProposalMissing``, ``SuspenseClosed``, ``WayImpossible``,
    ``BillNotFound``.
    """
    item = _open_item(item_id)
    proposal = _open_proposal(item, proposal_id)
    if proposal.proposed_by == actor.id or actor.kind != "account":
        raise SameOfficer
    other = _open_item(proposal.other_id) if proposal.other_id else None
    _look_at(item, proposal.way, proposal.employer_id, proposal.meant_for, other)
    receipt_number = ""
    if proposal.way == SuspenseItem.Way.DEPOSIT:
        receipt_number = _book(item, proposal, actor, now)
    else:
        lines = (
            postings.suspense_paired(item.pk, other.pk, item.amount_rupiah)
            if other
            else postings.difference_explained(item.pk, item.amount_rupiah)
        )
        post(
            actor=actor,
            key=f"suspense:{item.pk}",
            kind="explained",
            agency_lines=lines,
            holder_lines=None,
            happened_at=now,
            now=now,
        )
    if other:
        _close(other, proposal.way, now, other_id=item.pk)
        SuspenseProposal.objects.filter(item_id=other.pk, decided_at=None).update(decided_at=now, approved=False)
    _close(item, proposal.way, now, other_id=other.pk if other else None)
    proposal.decided_by, proposal.decided_at, proposal.approved = actor.id, now, True
    proposal.save(update_fields=["decided_by", "decided_at", "approved"])
    _record(
        actor,
        "explanation_approved",
        item_id,
        now,
        {"way": proposal.way, "proposal": proposal_id, "proposed_by": proposal.proposed_by},
    )
    return receipt_number


def _book(item: SuspenseItem, proposal: SuspenseProposal, actor: Actor, now: datetime) -> str:
    line = _line_of(item)
    receipt = receive_deposit(
        actor=actor,
        partner_id=item.partner_id,
        reference=f"{OUT_OF_SUSPENSE}{line.pk}",
        employer_id=proposal.employer_id or 0,
        amount_rupiah=item.amount_rupiah,
        channel=line.channel,
        bank_reference=line.journal_no or line.reference[:64],
        paid_at=min(line.booked_at, now),
        meant_for=proposal.meant_for,
        now=now,
        suspense_id=item.pk,
    )
    item.deposit_id = receipt.payment_id
    return receipt.receipt_number


def _close(item: SuspenseItem, way: str, now: datetime, *, other_id: int | None) -> None:
    item.closed_at, item.way, item.other_id = now, way, other_id
    item.save(update_fields=["closed_at", "way", "deposit_id", "other_id"])
    StatementLine.objects.filter(pk=item.line_id or 0).update(unexplained_rupiah=0)


def _look_at(item: SuspenseItem, way: str, employer_id: int | None, meant_for: str, other: SuspenseItem | None) -> None:
    """Whether this way can explain this item, now as when it was proposed."""
    if way == SuspenseItem.Way.DEPOSIT:
        if item.amount_rupiah < 0 or employer_id is None or not registry.employers([employer_id]):
            raise WayImpossible("deposit")
        if meant_for and not bills_named(employer_id, meant_for):
            raise BillNotFound
    elif way == SuspenseItem.Way.PAIR:
        fits = other is not None and other.partner_id == item.partner_id
        if not fits or other is None or other.amount_rupiah != -item.amount_rupiah:
            raise WayImpossible("pair")
    elif way == SuspenseItem.Way.DIFFERENCE:
        # Only where a payment and its line differ: never all of somebody's money.
        if item.line_id is None or _line_of(item).payment_id is None:
            raise WayImpossible("difference")
    else:
        raise WayImpossible("unknown")


def _open_item(item_id: int) -> SuspenseItem:
    """An open item, with its bank's statements locked."""
    partner_id = SuspenseItem.objects.filter(pk=item_id).values_list("partner_id", flat=True).first()
    if partner_id is None:
        raise LookupError(item_id)
    lock_statements(partner_id)
    item = SuspenseItem.objects.get(pk=item_id)
    if item.closed_at is not None:
        raise SuspenseClosed
    return item


def _line_of(item: SuspenseItem) -> StatementLine:
    return StatementLine.objects.get(pk=item.line_id or 0)


def _open_proposal(item: SuspenseItem, proposal_id: int) -> SuspenseProposal:
    proposal = SuspenseProposal.objects.filter(pk=proposal_id, item_id=item.pk, decided_at=None).first()
    if proposal is None or proposal.amount_rupiah != item.amount_rupiah:
        raise ProposalMissing
    return proposal


def _record(actor: Actor, act: str, item_id: int, now: datetime, detail: dict[str, int | str]) -> None:
    trail.record(actor=actor, act=act, object_kind="suspense", object_id=item_id, now=now, detail=detail)
