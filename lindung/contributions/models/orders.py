"""Orders: what somebody wishes to pay who owes no monthly bill, and the construction projects of employers."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Order(models.Model):
    """A wish to pay, frozen with its law: months of an own-account worker, a migrant's package, a project's stage.

    It is no debt: it is paid whole, or it lapses with its number. In the ledger it stands only once it is paid.
    ``jkk_jkm``: both together, where the law names one amount for them. ``facts``: what the amounts were made of.
    """

    updatable_columns: ClassVar[tuple[str, ...]] = ("paid_at", "payment_id", "withdrawn_at")

    class Kind(models.TextChoices):
        OWN_ACCOUNT = "own_account"
        MIGRANT = "migrant"
        PROJECT = "project"

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=18, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    person_id = models.BigIntegerField(null=True)
    membership_id = models.BigIntegerField(null=True)
    employer_id = models.BigIntegerField(null=True)
    project_id = models.BigIntegerField(null=True)
    stage_no = models.SmallIntegerField(null=True)
    from_on = models.DateField(help_text="first day that it is for")
    until_on = models.DateField(help_text="excluded")
    months = models.SmallIntegerField(help_text="of a project's stage 1 where it is a month's, else 0")
    jht = models.BigIntegerField()
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()
    jkk_jkm = models.BigIntegerField()
    amount_rupiah = models.BigIntegerField()
    facts = models.JSONField()
    law = models.JSONField(help_text="the parameters used: value, article, in force from")
    ordered_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    paid_at = models.DateTimeField(null=True)
    payment_id = models.BigIntegerField(null=True, unique=True)
    withdrawn_at = models.DateTimeField(null=True, help_text="lapsed, or another order took its place")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    amount_rupiah=models.F("jht") + models.F("jkk") + models.F("jkm") + models.F("jkk_jkm"),
                    amount_rupiah__gt=0,
                    until_on__gt=models.F("from_on"),
                ),
                name="order_is_the_sum_of_its_parts",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind="project",
                    person_id=None,
                    membership_id=None,
                    employer_id__isnull=False,
                    project_id__isnull=False,
                    stage_no__isnull=False,
                )
                | models.Q(
                    kind__in=["own_account", "migrant"],
                    person_id__isnull=False,
                    membership_id__isnull=False,
                    employer_id=None,
                    project_id=None,
                    stage_no=None,
                ),
                name="order_of_a_member_or_of_a_project",
            ),
            models.CheckConstraint(
                condition=models.Q(paid_at=None, payment_id=None)
                | models.Q(paid_at__isnull=False, payment_id__isnull=False, withdrawn_at=None),
                name="order_is_paid_by_a_payment_or_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["membership_id"],
                condition=models.Q(paid_at=None, withdrawn_at=None, membership_id__isnull=False),
                name="one_open_order_per_card",
            ),
            models.UniqueConstraint(
                fields=["project_id", "stage_no"],
                condition=models.Q(withdrawn_at=None, project_id__isnull=False),
                name="one_standing_order_per_stage",
            ),
        ]
        indexes = [
            models.Index(fields=["person_id", "-id"], name="order_by_person"),
            models.Index(fields=["employer_id", "-id"], name="order_by_employer"),
        ]


class OrderLine(models.Model):
    """One month of a member's order, or his whole package under its first month.

    ``paid`` with its key is what stops a month of a card from being paid twice, whatever the orders.
    """

    updatable_columns: ClassVar[tuple[str, ...]] = ("paid",)

    pk = models.CompositePrimaryKey("person_id", "order_id", "period")
    person_id = models.BigIntegerField()
    order_id = models.BigIntegerField()
    period = models.DateField()
    membership_id = models.BigIntegerField()
    base_rupiah = models.BigIntegerField(help_text="what the rates are taken of; 0 of a package")
    jht = models.BigIntegerField()
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()
    jkk_jkm = models.BigIntegerField()
    paid = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "membership_id", "period"],
                condition=models.Q(paid=True),
                name="a_month_of_a_card_is_paid_once",
            )
        ]


class Project(models.Model):
    """A construction project of an employer, frozen with its law: one sum on its value net of VAT, due in stages.

    ``by_wages``: it pays by the wages that are listed for each month instead (``ProjectWageList``); then value and sum
    are 0.
    """

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=20, unique=True)
    employer_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    work_order_no = models.CharField(max_length=60)
    work_order_on = models.DateField()
    from_on = models.DateField()
    until_on = models.DateField(help_text="excluded")
    contract_rupiah = models.BigIntegerField(help_text="as the contract says it")
    vat_rate = models.DecimalField(max_digits=6, decimal_places=5, null=True, help_text="null: it is without VAT")
    net_rupiah = models.BigIntegerField(help_text="net of VAT: what the rates are taken of")
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()
    amount_rupiah = models.BigIntegerField()
    pattern = models.CharField(max_length=20, blank=True, help_text="50/25/25; empty: at once")
    law = models.JSONField()
    registered_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    by_wages = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_rupiah=models.F("jkk") + models.F("jkm"), until_on__gt=models.F("from_on")),
                name="project_is_the_sum_of_its_parts",
            ),
            models.CheckConstraint(
                condition=models.Q(by_wages=False)
                | models.Q(contract_rupiah=0, net_rupiah=0, amount_rupiah=0, vat_rate=None, pattern=""),
                name="project_of_listed_wages_has_no_value",
            ),
            models.UniqueConstraint(fields=["employer_id", "work_order_no"], name="one_project_per_work_order"),
        ]


class ProjectAddendum(models.Model):
    """A contract whose value changed: the sum assessed anew, and what that did to the money that was paid.

    ``jkk_moved``, ``jkm_moved``: of the money paid before, what came to this programme from the other, or, below zero,
    left it. Together they are what became the employer's credit, below zero.
    """

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    project_id = models.BigIntegerField()
    addendum_no = models.SmallIntegerField()
    agreed_on = models.DateField()
    contract_rupiah = models.BigIntegerField(help_text="the whole value from now on, with or without VAT as before")
    net_rupiah = models.BigIntegerField()
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()
    amount_rupiah = models.BigIntegerField()
    jkk_moved = models.BigIntegerField()
    jkm_moved = models.BigIntegerField()
    credit_rupiah = models.BigIntegerField()
    law = models.JSONField()
    recorded_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project_id", "addendum_no"], name="addenda_of_a_project_in_order"),
            models.CheckConstraint(
                condition=models.Q(
                    amount_rupiah=models.F("jkk") + models.F("jkm"),
                    credit_rupiah=-models.F("jkk_moved") - models.F("jkm_moved"),
                    credit_rupiah__gte=0,
                ),
                name="addendum_is_the_sum_of_its_parts",
            ),
        ]


class ProjectStage(models.Model):
    """One stage of a project's contribution: how much, and by which day. Withdrawn when the contract's value or the
    list of its month changed before it was paid: other stages took its place. ``period``: the month whose listed wages
    it pays for; null where the project pays by its value."""

    updatable_columns: ClassVar[tuple[str, ...]] = ("withdrawn_at",)

    pk = models.CompositePrimaryKey("project_id", "stage_no")
    project_id = models.BigIntegerField()
    stage_no = models.SmallIntegerField()
    due_on = models.DateField()
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()
    amount_rupiah = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    period = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_rupiah=models.F("jkk") + models.F("jkm"), amount_rupiah__gt=0),
                name="stage_is_the_sum_of_its_parts",
            )
        ]
