"""An employer's credit on its way back to the employer: asked for, looked at by two officers, sent."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Refund(models.Model):
    """So much of an employer's credit, and the bank account that it is to be paid back to.

    While ``asked`` or ``approved`` the money stands in an account of the ledger of its own, so that no bill takes it;
    ``sent`` it has left the agency; ``withdrawn``, ``refused`` or ``returned`` by the bank it is credit again.

    ``proposed_by`` and ``decided_by`` are the two officers of the decision that holds. The database itself refuses one
    person in two places: who asked, who proposed, who decided; who proposed and who sent; who sent and who says that it
    came back. One officer at a time has the account's number open (``taken_by``), and he alone records the transfer.
    """

    updatable_columns: ClassVar[tuple[str, ...]] = (
        "state",
        "proposed_by",
        "decided_by",
        "decided_at",
        "taken_by",
        "taken_at",
        "transfer_no",
        "sent_on",
        "sent_by",
        "sent_at",
        "ended_at",
        "ended_by",
        "reason",
    )

    class State(models.TextChoices):
        ASKED = "asked"
        APPROVED = "approved"
        SENT = "sent"
        RETURNED = "returned"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=24, unique=True, help_text="KBL-202611-000012, to be said on the phone")
    employer_id = models.BigIntegerField()
    amount_rupiah = models.BigIntegerField()
    press = models.CharField(max_length=32, help_text="drawn by the page; pressed twice, it is one request")
    bank = models.CharField(max_length=3, help_text="the bank's three digits")
    account_encrypted = models.BinaryField()
    account_digest = models.BinaryField(max_length=32, help_text="of bank and number: equal for the same account")
    account_end = models.CharField(max_length=4, help_text="the last four digits")
    account_name = models.CharField(max_length=140, help_text="whose account it is, as the employer told it")
    state = models.CharField(max_length=12, choices=State)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    proposed_by = models.BigIntegerField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    taken_by = models.BigIntegerField(null=True, help_text="who opened the account's number, to transfer it")
    taken_at = models.DateTimeField(null=True)
    transfer_no = models.CharField(max_length=64, blank=True, default="", db_default="")
    sent_on = models.DateField(null=True, help_text="the day of the transfer at the bank")
    sent_by = models.BigIntegerField(null=True, help_text="who recorded the transfer")
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="", db_default="", help_text="told to the employer")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer_id", "press"], name="one_refund_per_press"),
            models.UniqueConstraint(
                fields=["employer_id"],
                condition=Q(state__in=["asked", "approved"]),
                name="one_open_refund_per_employer",
            ),
            models.UniqueConstraint(
                fields=["transfer_no"], condition=~Q(transfer_no=""), name="one_refund_per_transfer"
            ),
            models.CheckConstraint(condition=Q(amount_rupiah__gt=0), name="refund_above_zero"),
            models.CheckConstraint(
                condition=Q(decided_by=None, proposed_by=None, decided_at=None)
                | (
                    Q(decided_by__isnull=False, proposed_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                    & ~Q(decided_by=F("asked_by"))
                    & ~Q(proposed_by=F("asked_by"))
                ),
                name="refund_asked_proposed_decided_by_three",
            ),
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None)
                | (Q(taken_at__isnull=False) & ~Q(taken_by=F("proposed_by")) & ~Q(taken_by=F("asked_by"))),
                name="refund_taken_by_another",
            ),
            models.CheckConstraint(
                condition=Q(sent_by=None) | Q(sent_by=F("taken_by"), taken_by__isnull=False),
                name="refund_sent_by_who_took_it",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(ended_by=F("sent_by")), name="refund_returned_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"], decided_by=None)
                | Q(state__in=["approved", "refused", "sent", "returned"], decided_by__isnull=False),
                name="refund_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["sent", "returned"], sent_on__isnull=False, sent_by__isnull=False, sent_at__isnull=False
                )
                & ~Q(transfer_no="")
                | Q(
                    state__in=["asked", "approved", "refused", "withdrawn"],
                    transfer_no="",
                    sent_on=None,
                    sent_by=None,
                    sent_at=None,
                ),
                name="refund_is_sent_by_a_transfer",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "approved", "sent"], ended_at=None, ended_by=None, reason="")
                | Q(state="withdrawn", ended_at__isnull=False, ended_by__isnull=False, reason="")
                | (
                    Q(state__in=["refused", "returned"], ended_at__isnull=False, ended_by__isnull=False) & ~Q(reason="")
                ),
                name="refund_ends_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["employer_id"], name="refund_by_employer"),
            models.Index(fields=["account_digest"], name="refund_by_account"),
            models.Index(fields=["asked_at"], condition=Q(state__in=["asked", "approved"]), name="refund_open"),
        ]


class RefundProposal(models.Model):
    """What one officer would answer to a refund (``pay`` it or not); another decides. Never one in both places."""

    updatable_columns: ClassVar[tuple[str, ...]] = ("decided_by", "decided_at", "agreed")

    id = models.BigAutoField(primary_key=True)
    refund_id = models.BigIntegerField()
    pay = models.BooleanField()
    reason = models.CharField(max_length=500)
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True, help_text="empty when it was taken back, or fell")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["refund_id"], condition=Q(decided_at=None), name="one_open_proposal_per_refund"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="refund_answered_by_two"
            ),
            models.CheckConstraint(
                condition=Q(agreed=None) | Q(agreed=False) | Q(decided_by__isnull=False),
                name="refund_agreed_by_somebody",
            ),
        ]
