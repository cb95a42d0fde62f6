"""Persons, their cards, employers, and who works where."""

from django.db import models


class Person(models.Model):
    """A human being. ``id`` never changes; a duplicate points to the record that remains."""

    class Sex(models.TextChoices):
        MALE = "L"
        FEMALE = "P"

    class Identity(models.TextChoices):
        MATCHED = "matched"
        WAITING = "waiting"

    id = models.BigIntegerField(
        primary_key=True, db_default=models.Func(models.Value("registry_person_id_seq"), function="nextval")
    )
    name = models.CharField(max_length=200)
    birth_on = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex)
    citizen = models.BooleanField(default=True)
    nik_encrypted = models.BinaryField()
    nik_index = models.BinaryField(max_length=32, help_text="the same bytes as in NikIndex")
    mother_name_encrypted = models.BinaryField()
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

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.BigIntegerField(db_default=models.Func(models.Value("registry_membership_id_seq"), function="nextval"))
    kpj = models.CharField(max_length=11)
    segment = models.CharField(max_length=8, choices=Segment)
    since_on = models.DateField()


class KpjIndex(models.Model):
    """Whose card this KPJ is."""

    kpj = models.CharField(primary_key=True, max_length=11)
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

    class Meta:
        indexes = [models.Index(fields=["employer_id", "from_on"], name="employment_by_employer")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gt=models.F("from_on")),
                name="employment_ends_after_it_starts",
            )
        ]
