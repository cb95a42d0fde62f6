"""Complaints of members about a month or an exit, reminders to firms, and what officers mean to do about a firm."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

_OPEN = ["with_firm", "answered", "with_agency", "ordered"]


class Complaint(models.Model):
    """A member says of one month at one firm that it does not match, or that he left. ``workflow`` has the states.

    What he wrote is encrypted, bound to ``compliance_complaint.words_encrypted:<id>``.
    """

    updatable_columns: ClassVar[tuple[str, ...]] = ("state", "owner", "due_on", "officer_id", "moved_at", "closed_at")

    class Kind(models.TextChoices):
        WAGE_WRONG = "wage_wrong"
        MONTH_MISSING = "month_missing"
        NOT_MY_EMPLOYER = "not_my_employer"
        EXIT_UNREPORTED = "exit_unreported"

    id = models.BigAutoField(primary_key=True)
    person_id = models.BigIntegerField()
    employer_id = models.BigIntegerField()
    period = models.DateField(help_text="first day of the contribution month; of an exit: of his last day of work")
    kind = models.CharField(max_length=16, choices=Kind)
    said_wage_rupiah = models.BigIntegerField(null=True, help_text="the wage as the member knows it")
    billed_wage_rupiah = models.BigIntegerField(help_text="what stood on the bills when he complained; 0: nothing")
    employment_id = models.BigIntegerField(null=True, help_text="of an exit alone: which work he says has ended")
    said_until_on = models.DateField(null=True, help_text="the day after his last day of work, as he knows it")
    said_cause = models.CharField(max_length=4, blank=True, db_default="", help_text="a code of exit_causes")
    paper_id = models.BigIntegerField(null=True, help_text="of an exit: what he sent with it, kept by evidence")
    words_encrypted = models.BinaryField(null=True)
    state = models.CharField(max_length=12)
    owner = models.CharField(max_length=8, blank=True, help_text="who has to act: firm, member or agency")
    due_on = models.DateField(null=True, help_text="the last day for it")
    officer_id = models.BigIntegerField(null=True, help_text="the officer who took it on")
    opened_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "employer_id", "period"],
                condition=models.Q(closed_at=None, employment_id=None),
                name="one_open_complaint_of_a_month",
            ),
            models.UniqueConstraint(
                fields=["employment_id"], condition=models.Q(closed_at=None), name="one_open_exit_of_an_employment"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="exit_unreported", employment_id__isnull=False, said_until_on__isnull=False)
                & ~models.Q(said_cause="")
                | ~models.Q(kind="exit_unreported")
                & models.Q(employment_id=None, said_until_on=None, said_cause="", paper_id=None),
                name="exit_complaint_names_its_work",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=_OPEN, owner__in=["firm", "member", "agency"], due_on__isnull=False, closed_at=None
                )
                | (~models.Q(state__in=_OPEN) & models.Q(owner="", due_on=None, closed_at__isnull=False)),
                name="open_complaint_has_owner_and_deadline",
            ),
        ]
        indexes = [
            models.Index(fields=["person_id", "-id"], name="complaint_of_person"),
            models.Index(fields=["employer_id", "-id"], name="complaint_of_employer"),
            models.Index(fields=["owner", "due_on"], condition=models.Q(closed_at=None), name="complaint_by_clock"),
        ]


class ComplaintStep(models.Model):
    """One move of a complaint: by whom, with which answer and words, and what became of it. Never changed."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    complaint_id = models.BigIntegerField()
    move = models.CharField(max_length=8)
    by = models.CharField(max_length=8, help_text="member, firm, agency or clock")
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField()
    answer = models.CharField(max_length=12, blank=True)
    wage_rupiah = models.BigIntegerField(null=True, help_text="what stood on the bills at that moment")
    until_on = models.DateField(null=True, help_text="of an exit: the day after the last day that stood then")
    words_encrypted = models.BinaryField(null=True)
    state = models.CharField(max_length=12, help_text="the one it led to")
    due_on = models.DateField(null=True)
    run_id = models.BigIntegerField(null=True, help_text="steps that one run of the clock made together")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["complaint_id", "id"], name="step_of_complaint"),
            models.Index(fields=["run_id"], condition=models.Q(run_id__isnull=False), name="step_of_run"),
        ]


class WageHint(models.Model):
    """A worker let the agency know, without his name, that his firm reports lower wages than it pays.

    ``person_index`` keeps one worker from counting twice, and names nobody without the key; what he earns is not kept.
    """

    updatable_columns: ClassVar[tuple[str, ...]] = ("given_on",)

    pk = models.CompositePrimaryKey("employer_id", "person_index")
    employer_id = models.BigIntegerField()
    person_index = models.BinaryField(max_length=32)
    given_on = models.DateField(help_text="the newest time")


class Reminder(models.Model):
    """One firm reminded of one month at one step, once, for ever."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    employer_id = models.BigIntegerField()
    period = models.DateField()
    step = models.CharField(max_length=12)
    bill_id = models.BigIntegerField(null=True, help_text="null where the month was not even reported")
    amount_rupiah = models.BigIntegerField(null=True, help_text="what was to be paid then")
    run_id = models.BigIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer_id", "period", "step"], name="reminded_once_a_step"),
        ]
        indexes = [models.Index(fields=["run_id"], name="reminder_of_run")]


class FollowUp(models.Model):
    """What an officer noted about a firm, or means to do about it: then it has an owner and a day, until it is done."""

    updatable_columns: ClassVar[tuple[str, ...]] = ("owner_id", "due_on", "done_at", "done_by", "outcome")

    id = models.BigAutoField(primary_key=True)
    employer_id = models.BigIntegerField()
    text = models.CharField(max_length=500, help_text="holds no name, NIK or wage of a worker")
    written_by = models.BigIntegerField()
    written_at = models.DateTimeField()
    owner_id = models.BigIntegerField(null=True, help_text="null of a mere note")
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner_id=None, due_on=None, done_at=None)
                | models.Q(owner_id__isnull=False, due_on__isnull=False),
                name="follow_up_has_owner_and_day",
            ),
        ]
        indexes = [
            models.Index(fields=["employer_id", "-id"], name="follow_up_of_employer"),
            models.Index(
                fields=["due_on"],
                condition=models.Q(due_on__isnull=False, done_at=None),
                name="follow_up_by_day",
            ),
        ]
