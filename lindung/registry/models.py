"""Persons, their cards, employers, who works where, and who is on the way to becoming a member."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

KPJ_DIGITS = 13
"""The longest KPJ: ours have 11 digits, numbers of former systems 8 to 13."""


class Person(models.Model):
    """A human being, matched with the civil registry. ``id`` never changes; a duplicate points to the one that remains.

    Who is not matched yet is an ``Enrolment``, and no person.
    """

    class Sex(models.TextChoices):
        MALE = "L"
        FEMALE = "P"

    class Identity(models.TextChoices):
        MATCHED = "matched"

    id = models.BigIntegerField(
        primary_key=True, db_default=models.Func(models.Value("registry_person_id_seq"), function="nextval")
    )
    name = models.CharField(max_length=200)
    birth_on = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex)
    citizen = models.BooleanField(default=True)
    nik_encrypted = models.BinaryField()
    nik_index = models.BinaryField(max_length=32, help_text="the same bytes as in NikIndex")
    mother_name_encrypted = models.BinaryField(help_text="of an empty text where nobody told it")
    address_encrypted = models.BinaryField(null=True, help_text="where he lives")
    identity = models.CharField(max_length=12, choices=Identity)
    merged_into = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()


class NikIndex(models.Model):
    """Who has this NIK: the keyed index of the number, so that a known NIK never makes a second person."""

    nik_index = models.BinaryField(primary_key=True, max_length=32)
    person_id = models.BigIntegerField()


class Membership(models.Model):
    """A card: one KPJ of one person in one segment."""

    class Segment(models.TextChoices):
        PU = "PU"
        BPU = "BPU"
        PMI = "PMI"
        JAKON = "JAKON"

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.BigIntegerField(db_default=models.Func(models.Value("registry_membership_id_seq"), function="nextval"))
    kpj = models.CharField(max_length=KPJ_DIGITS)
    segment = models.CharField(max_length=8, choices=Segment)
    since_on = models.DateField()


class KpjIndex(models.Model):
    """Whose card this KPJ is."""

    kpj = models.CharField(primary_key=True, max_length=KPJ_DIGITS)
    person_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()


class Employer(models.Model):
    """A firm, by its NPP."""

    class Size(models.TextChoices):
        MICRO = "micro"
        SMALL = "small"
        MEDIUM = "medium"
        LARGE = "large"

    id = models.BigAutoField(primary_key=True)
    npp = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=200)
    size = models.CharField(max_length=8, choices=Size)
    jkk_class = models.CharField(max_length=3, help_text="I to V, PP 44/2015 Lampiran I")
    programmes = models.JSONField(help_text="codes such as JHT, by Perpres 109/2013 art 6(3)")
    since_on = models.DateField()


class Contract(models.TextChoices):
    """The two kinds of work contract."""

    FIXED_TERM = "PKWT"
    PERMANENT = "PKWTT"


class Employment(models.Model):
    """One person's work at one employer under one card, ``from_on`` included, ``until_on`` excluded."""

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.BigIntegerField(db_default=models.Func(models.Value("registry_employment_id_seq"), function="nextval"))
    membership_id = models.BigIntegerField()
    employer_id = models.BigIntegerField()
    employee_no = models.CharField(max_length=40, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    jkp_member = models.BooleanField(help_text="PP 6/2025 art 4")
    contract = models.CharField(max_length=5, choices=Contract, blank=True, db_default="")
    contract_until_on = models.DateField(null=True, help_text="excluded; of a fixed term only")
    location = models.CharField(max_length=80, blank=True, db_default="")
    ended_by = models.CharField(max_length=4, blank=True, db_default="", help_text="a code of exit_causes")
    exit_reported_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["employer_id", "from_on"], name="employment_by_employer")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gt=models.F("from_on")),
                name="employment_ends_after_it_starts",
            )
        ]


class EnrolmentBatch(models.Model):
    """New workers of one firm that were sent together."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT)
    upload_id = models.BigIntegerField(null=True, unique=True, help_text="the file they came in, if any")
    sent_by_kind = models.CharField(max_length=8)
    sent_by_id = models.BigIntegerField()
    sent_at = models.DateTimeField()
    workers = models.IntegerField()


class Enrolment(models.Model):
    """One row about somebody who is to work in a firm, from the day it was sent until it is settled.

    Nobody becomes a person before he is matched: until then all that is known of him stands here. Encrypted fields
    are bound to ``registry_enrolment.<column>:<id>``.
    """

    class State(models.TextChoices):
        WAITING = "waiting"  # for the civil registry's answer
        TO_CORRECT = "to_correct"  # the firm must look at what it wrote
        TO_RESOLVE = "to_resolve"  # the worker must have his data put right where they are kept
        ENROLLED = "enrolled"
        WITHDRAWN = "withdrawn"  # by the firm, or replaced by a newer row about the same worker

    class Outcome(models.TextChoices):
        NONE = ""
        MATCH = "match"
        KNOWN = "known"
        PARTIAL = "partial"
        MISMATCH = "mismatch"
        NOT_FOUND = "not_found"
        DECEASED = "deceased"
        DUPLICATE = "duplicate"
        INACTIVE = "inactive"
        INVALID = "invalid"
        UNAVAILABLE_QUOTA = "unavailable_quota"
        UNAVAILABLE_HOURS = "unavailable_hours"
        UNAVAILABLE_OUTAGE = "unavailable_outage"
        UNAVAILABLE_SHAPE = "unavailable_shape"
        UNAVAILABLE_CONFIG = "unavailable_config"

    OPEN = (State.WAITING, State.TO_CORRECT, State.TO_RESOLVE)

    id = models.BigIntegerField(
        primary_key=True, db_default=models.Func(models.Value("registry_enrolment_id_seq"), function="nextval")
    )
    batch = models.ForeignKey(EnrolmentBatch, on_delete=models.PROTECT, db_index=False)
    employer_id = models.BigIntegerField(help_text="the batch's")
    row_no = models.IntegerField()
    name = models.CharField(max_length=200)
    birth_on = models.DateField()
    sex = models.CharField(max_length=1, choices=Person.Sex, blank=True)
    citizen = models.BooleanField(default=True)
    nik_index = models.BinaryField(max_length=32, null=True)
    nik_encrypted = models.BinaryField(null=True, help_text="null only where a card's number was given instead")
    kpj = models.CharField(max_length=KPJ_DIGITS, blank=True, help_text="the card that the firm named, if any")
    mother_name_encrypted = models.BinaryField()
    email_encrypted = models.BinaryField(null=True)
    phone_encrypted = models.BinaryField(null=True)
    details_encrypted = models.BinaryField(null=True, help_text="JSON of what else was told")
    employee_no = models.CharField(max_length=40, blank=True)
    from_on = models.DateField()
    contract = models.CharField(max_length=5, choices=Contract, blank=True)
    contract_until_on = models.DateField(null=True)
    location = models.CharField(max_length=80, blank=True)
    wage_rupiah = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    differing = models.CharField(max_length=120, blank=True, help_text="what differs: names of fields, with spaces")
    scores = models.JSONField(default=dict, db_default={}, help_text="field -> per cent alike")
    revision = models.SmallIntegerField(default=0, db_default=0, help_text="grows with each correction")
    tries = models.SmallIntegerField(default=0, db_default=0)
    ask_anew_at = models.DateTimeField(null=True, help_text="older answers of the civil registry are not used again")
    next_try_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    reserved_person_id = models.BigIntegerField(
        null=True, help_text="the id he gets if he becomes a new person; drawn when he had to be told something before"
    )
    person_id = models.BigIntegerField(null=True)
    membership_id = models.BigIntegerField(null=True)
    employment_id = models.BigIntegerField(null=True)
    known = models.BooleanField(default=False, db_default=False, help_text="was a member before")
    replaced_by = models.BigIntegerField(null=True, help_text="the newer enrolment about the same worker")

    class Meta:
        indexes = [
            models.Index(fields=["batch", "state", "id"], name="enrolment_of_batch"),
            models.Index(fields=["employer_id", "state", "id"], name="enrolment_of_employer"),
            models.Index(
                fields=["employment_id"], condition=models.Q(state="enrolled"), name="enrolment_of_employment"
            ),
            models.Index(fields=["next_try_at"], condition=models.Q(state="waiting"), name="enrolment_to_try"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["employer_id", "nik_index"],
                condition=models.Q(state__in=["waiting", "to_correct", "to_resolve"]),
                name="nobody_waits_twice_by_nik",
            ),
            models.UniqueConstraint(
                fields=["employer_id", "kpj"],
                condition=models.Q(state__in=["waiting", "to_correct", "to_resolve"]) & ~models.Q(kpj=""),
                name="nobody_waits_twice_by_kpj",
            ),
            models.CheckConstraint(
                condition=models.Q(nik_index__isnull=False, nik_encrypted__isnull=False)
                | (models.Q(nik_index=None, nik_encrypted=None) & ~models.Q(kpj="")),
                name="enrolment_has_nik_or_kpj",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="enrolled")
                | models.Q(
                    person_id__isnull=False,
                    membership_id__isnull=False,
                    employment_id__isnull=False,
                    decided_at__isnull=False,
                ),
                name="enrolled_has_person_card_and_work",
            ),
        ]


class IdentityCheck(models.Model):
    """One question put to the civil registry: for whom, by whom and why, and what came back."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    enrolment_id = models.BigIntegerField()
    nik_index = models.BinaryField(max_length=32)
    elements_hash = models.BinaryField(max_length=32, help_text="keyed: which data were compared")
    purpose = models.CharField(max_length=20)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField()
    outcome = models.CharField(max_length=20)
    answer = models.JSONField(default=dict, help_text="element -> [agrees, per cent alike or null]")
    quota_left = models.IntegerField(null=True)
    asked_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["nik_index", "asked_at"], name="identity_check_of_nik")]


from lindung.registry.firm_models import (  # noqa: E402 # tables of firms, which point to the one above
    EmployerTerms,
    FirmApplication,
    FirmDocument,
    FirmDocumentFile,
    FirmNumber,
    FirmProfile,
    LegalForm,
    Site,
)

__all__ = [
    "KPJ_DIGITS",
    "Contract",
    "Employer",
    "EmployerTerms",
    "Employment",
    "Enrolment",
    "EnrolmentBatch",
    "FirmApplication",
    "FirmDocument",
    "FirmDocumentFile",
    "FirmNumber",
    "FirmProfile",
    "IdentityCheck",
    "KpjIndex",
    "LegalForm",
    "Membership",
    "NikIndex",
    "Person",
    "Site",
]
