"""What is known of a firm beside its number: who it is, what holds from when, its places and missing papers."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class LegalForm(models.TextChoices):
    """What kind of enterprise it is in law."""

    COMPANY = "PT"
    PARTNERSHIP = "CV"
    FIRM = "Firma"
    COOPERATIVE = "koperasi"
    FOUNDATION = "yayasan"
    PERSON = "perorangan"
    OTHER = "lainnya"


class FirmProfile(models.Model):
    """Who a firm is and where it sits, as it told us. Encrypted fields are bound to its id."""

    employer = models.OneToOneField("registry.Employer", on_delete=models.PROTECT, primary_key=True)
    legal_form = models.CharField(max_length=12, choices=LegalForm)
    line_of_business = models.CharField(max_length=40, help_text="a code of lines_of_business.yaml")
    npwp_encrypted = models.BinaryField(null=True)
    nib_encrypted = models.BinaryField(null=True)
    street_encrypted = models.BinaryField()
    regency = models.CharField(max_length=80)
    province_code = models.CharField(max_length=2)
    told_at = models.DateTimeField()


class FirmNumber(models.Model):
    """Whose tax or business number this is: the keyed index of the number, so that none stands for two firms."""

    number_index = models.BinaryField(primary_key=True, max_length=32)
    employer_id = models.BigIntegerField()


class EmployerTerms(models.Model):
    """What holds for a firm from one month on: it succeeds what held before, and changes no month that came earlier.

    Before the first of these rows holds what stands in ``Employer``. Of two for one month the later one counts.
    """

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey("registry.Employer", on_delete=models.PROTECT, db_index=False)
    from_on = models.DateField(help_text="the first day of a month")
    size = models.CharField(max_length=8)
    jkk_class = models.CharField(max_length=3)
    programmes = models.JSONField()
    reason = models.CharField(max_length=300)
    set_by_kind = models.CharField(max_length=8)
    set_by_id = models.BigIntegerField()
    set_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["employer", "from_on", "id"], name="terms_of_employer")]
        constraints = [
            models.CheckConstraint(condition=models.Q(from_on__day=1), name="terms_begin_with_a_month"),
        ]


class Site(models.Model):
    """A place or a part of a firm where people work."""

    class Kind(models.TextChoices):
        SITE = "site"
        DIVISION = "division"

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey("registry.Employer", on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=80, help_text="as in Employment.location")
    place = models.CharField(max_length=80, help_text="town or regency")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "name"], condition=models.Q(ended_at=None), name="one_site_of_a_name"
            )
        ]


class FirmDocument(models.Model):
    """A paper that a firm is asked for: missing until an officer has seen it."""

    class Kind(models.TextChoices):
        NIB = "nib"
        NPWP = "npwp"
        DEED = "deed"
        IDENTITY = "identity"
        LICENCE = "licence"
        WORKERS = "workers"

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey("registry.Employer", on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    wanted_by_on = models.DateField()
    asked_by_kind = models.CharField(max_length=8)
    asked_by_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    seen_by = models.BigIntegerField(null=True, help_text="the officer's account id")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "kind"], condition=models.Q(seen_at=None), name="one_missing_paper_of_a_kind"
            )
        ]


class FirmDocumentFile(models.Model):
    """A file that a firm sent for a paper it was asked for, and what an officer said to it.

    ``sent`` until an officer answers: ``accepted``, or ``returned`` with a reason. A later one, or the paper itself at
    the counter, takes its place: ``replaced``.
    """

    class State(models.TextChoices):
        SENT = "sent"
        ACCEPTED = "accepted"
        RETURNED = "returned"
        REPLACED = "replaced"

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(FirmDocument, on_delete=models.PROTECT)
    paper_id = models.BigIntegerField(unique=True, help_text="the paper in the evidence room")
    state = models.CharField(max_length=8, choices=State, default=State.SENT)
    sent_by = models.BigIntegerField(help_text="account id")
    sent_at = models.DateTimeField()
    answered_by = models.BigIntegerField(null=True, help_text="the officer's account id")
    answered_at = models.DateTimeField(null=True)
    reason_encrypted = models.BinaryField(null=True, help_text="why it was returned")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(state="sent"), name="one_file_waits_for_a_paper"
            ),
            models.CheckConstraint(
                condition=models.Q(state="returned") ^ models.Q(reason_encrypted=None),
                name="a_returned_file_has_its_reason",
            ),
        ]


class FirmApplication(models.Model):
    """A firm that somebody wants registered. What was told is sealed (``registry_firmapplication.told:<id>``).

    ``waiting`` for the mailbox to be confirmed, ``to_examine`` by an officer, ``registered`` or ``declined``. What
    nobody confirms is deleted after some days.
    """

    deletable: ClassVar[bool] = True

    class State(models.TextChoices):
        WAITING = "waiting"
        TO_EXAMINE = "to_examine"
        REGISTERED = "registered"
        DECLINED = "declined"

    id = models.BigAutoField(primary_key=True)
    state = models.CharField(max_length=12, choices=State)
    told_encrypted = models.BinaryField()
    applied_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.BigIntegerField(null=True, help_text="the officer's account id")
    employer_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "applied_at"], name="application_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="registered", employer_id__isnull=False)
                | (~models.Q(state="registered") & models.Q(employer_id=None)),
                name="registered_application_has_a_firm",
            )
        ]
