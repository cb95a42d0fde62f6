"""Files that employers send, what was found in them, and how far the work on them is."""

from django.db import models


class Upload(models.Model):
    """One file for one month, or what was typed instead. Its bytes, faults and rows hold personal data: encrypted."""

    class State(models.TextChoices):
        RECEIVED = "received"
        CHECKED = "checked"
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        BOOKED = "booked"
        REFUSED = "refused"
        CANCELLED = "cancelled"
        REPLACED = "replaced"

    id = models.BigAutoField(primary_key=True)
    employer_id = models.BigIntegerField()
    kind = models.CharField(max_length=24)
    period = models.DateField()
    project_id = models.BigIntegerField(null=True, help_text="the project that it is about, if any")
    back_pay_of = models.DateField(null=True, help_text="the month whose report told of the back pay that it lays")
    typed = models.BooleanField(default=False, help_text="typed on the screen: no file, and no stranger's bytes")
    file_name = models.CharField(max_length=120)
    size_bytes = models.IntegerField()
    sha256 = models.BinaryField(max_length=32)
    content_encrypted = models.BinaryField()
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    sent_by = models.BigIntegerField(help_text="account id")
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=40, blank=True, help_text="code of the fault that stopped the file")
    summary = models.JSONField(default=dict, help_text="counts and totals, no personal data")
    findings_encrypted = models.BinaryField(null=True, help_text="faults and differences, Arrow")
    rows_encrypted = models.BinaryField(null=True, help_text="the accepted columns, Arrow")
    bill_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer_id", "kind", "period", "project_id", "sha256"],
                condition=~models.Q(state__in=["cancelled", "refused", "replaced"]),
                nulls_distinct=False,
                name="one_live_upload_per_file",
            ),
            models.UniqueConstraint(
                fields=["employer_id", "back_pay_of"],
                condition=~models.Q(state__in=["cancelled", "refused", "replaced"]),
                name="back_pay_is_laid_once",
            ),
        ]
        indexes = [models.Index(fields=["employer_id", "-id"], name="upload_by_employer")]


class Approval(models.Model):
    """One turn of an upload that waits for a second person: who proposed it, who answered, and what he said."""

    id = models.BigAutoField(primary_key=True)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT)
    partial = models.BooleanField(help_text="without the rows that have errors")
    proposed_by = models.BigIntegerField(help_text="account id")
    proposed_at = models.DateTimeField()
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    reason_encrypted = models.BinaryField(null=True, help_text="why it was returned")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload"], condition=models.Q(answered_at=None), name="one_open_approval"),
            models.CheckConstraint(
                condition=~models.Q(approved=True) | ~models.Q(answered_by=models.F("proposed_by")),
                name="nobody_approves_his_own",
            ),
        ]


class Progress(models.Model):
    """How far a job on an upload is. Apart from the upload, because it moves while the job's transaction is open."""

    upload_id = models.BigIntegerField(primary_key=True)
    step = models.CharField(max_length=24)
    rows_done = models.IntegerField()
    rows_total = models.IntegerField()
    moved_at = models.DateTimeField()


class Draft(models.Model):
    """What somebody typed of a month and has not sent: one per firm, kind, month and project, until that is booked."""

    id = models.BigAutoField(primary_key=True)
    employer_id = models.BigIntegerField()
    kind = models.CharField(max_length=24)
    period = models.DateField()
    project_id = models.BigIntegerField(null=True, help_text="the project that it is about, if any")
    typed_encrypted = models.BinaryField(help_text="texts by person or by box, JSON")
    saved_by = models.BigIntegerField(help_text="account id")
    saved_at = models.DateTimeField()

    deletable = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer_id", "kind", "period", "project_id"], name="one_draft_per_month", nulls_distinct=False
            )
        ]


class OwnHeadings(models.Model):
    """What a firm calls the columns of one kind of file, where we would not have known: told once, used ever after."""

    id = models.BigAutoField(primary_key=True)
    employer_id = models.BigIntegerField()
    kind = models.CharField(max_length=24)
    headings_encrypted = models.BinaryField(help_text="headings by field, JSON")
    told_by = models.BigIntegerField(help_text="account id")
    told_at = models.DateTimeField()

    deletable = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employer_id", "kind"], name="one_set_of_headings_per_kind")]
