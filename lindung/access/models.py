"""Accounts, what they may do, and what was done. An account carries no contact data and no identity."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Now


class Account(AbstractBaseUser):
    """Somebody who signs in. Who that is in the world is told by grants, by opaque id."""

    id = models.BigAutoField(primary_key=True)
    display_name = models.CharField(max_length=200, help_text="as shown in the header; not an identity")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS = []

    @property
    def is_active(self) -> bool:  # type: ignore[override] # a closed account is the only inactive one
        return self.closed_at is None


class SignInName(models.Model):
    """A name one may sign in by, as a blind index: one account per name."""

    class Kind(models.TextChoices):
        KPJ = "kpj"
        EMAIL = "email"

    name_index = models.BinaryField(primary_key=True, max_length=32)
    kind = models.CharField(max_length=8, choices=Kind)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="names")


class Grant(models.Model):
    """A role of an account over one scope: a person, an employer, or the whole agency (scope 0)."""

    class Role(models.TextChoices):
        MEMBER = "member"
        FIRM_ENTRY = "firm_entry"
        FIRM_APPROVAL = "firm_approval"
        FIRM_READER = "firm_reader"
        FIRM_ADMIN = "firm_admin"
        OFFICER = "officer"

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=16, choices=Role)
    scope_id = models.BigIntegerField(default=0)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "scope_id"],
                condition=models.Q(ended_at=None),
                name="one_live_grant_per_scope",
            )
        ]
        indexes = [models.Index(fields=["role", "scope_id"], name="grant_by_scope")]


class Session(AbstractBaseSession):
    """A signed-in browser at one door; its account is a column so that one statement loads both."""

    deletable: ClassVar[bool] = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True)
    door = models.CharField(max_length=12)


class Invitation(models.Model):
    """Somebody asked into a firm: nothing is his to do there until he takes it up from his own mailbox."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    scope_id = models.BigIntegerField(help_text="the employer")
    name = models.CharField(max_length=200, help_text="as the firm calls him; shown to it until he has come")
    roles = models.JSONField(help_text="codes of the roles he gets")
    invited_by = models.BigIntegerField(help_text="account id")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="withdrawn, or another was sent instead")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope_id", "account"],
                condition=models.Q(accepted_at=None, ended_at=None),
                name="one_open_invitation",
            )
        ]


class TwoPersons(models.Model):
    """A time in which what binds a firm needs a second person of it: switched on by one, off by two."""

    id = models.BigAutoField(primary_key=True)
    scope_id = models.BigIntegerField(help_text="the employer")
    on_by = models.BigIntegerField(help_text="account id")
    on_at = models.DateTimeField()
    off_asked_by = models.BigIntegerField(null=True)
    off_asked_at = models.DateTimeField(null=True)
    off_agreed_by = models.BigIntegerField(null=True)
    off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope_id"], condition=models.Q(off_at=None), name="two_persons_on_once"),
            models.CheckConstraint(
                condition=models.Q(off_at=None)
                | (
                    models.Q(off_asked_by__isnull=False, off_agreed_by__isnull=False)
                    & ~models.Q(off_asked_by=models.F("off_agreed_by"))
                ),
                name="two_persons_off_by_two",
            ),
        ]


class OneTimeLink(models.Model):
    """A link that does one thing once: a first password, an invitation taken up, a firm's application confirmed.

    Only the hash of its token is kept.
    """

    token_sha256 = models.BinaryField(primary_key=True, max_length=32)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True)
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, null=True)
    application_id = models.BigIntegerField(null=True, help_text="a firm's application to be registered")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=False, application_id=None)
                | models.Q(account=None, invitation=None, application_id__isnull=False),
                name="link_is_for_one_thing",
            )
        ]


class Throttle(models.Model):
    """Failures counted per key (a blind index of a name or of an address), with the moment it opens again."""

    deletable: ClassVar[bool] = True

    key_index = models.BinaryField(primary_key=True, max_length=32)
    failures = models.IntegerField()
    last_failed_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)


class TrailEvent(models.Model):
    """Who did what to which thing, when. Written by every service, never changed; holds no personal data."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField()
    act = models.CharField(max_length=64)
    object_kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    detail = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_id"], name="trail_by_object")]


class Partner(models.Model):
    """A bank that may call us: its key, its secret, its habits on the wire."""

    class Encoding(models.TextChoices):
        BASE64 = "base64"
        HEX = "hex"

    class DuplicateMode(models.TextChoices):
        INCONSISTENT = "inconsistent"
        REPLAY = "replay"

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=80)
    client_id = models.CharField(max_length=64, unique=True)
    partner_id = models.CharField(max_length=36, unique=True, help_text="X-PARTNER-ID")
    service_codes = models.JSONField(help_text="VA company codes, without padding")
    public_key_pem = models.TextField()
    secret_encrypted = models.BinaryField()
    signature_encoding = models.CharField(max_length=8, choices=Encoding, default=Encoding.BASE64)
    duplicate_mode = models.CharField(max_length=16, choices=DuplicateMode, default=DuplicateMode.INCONSISTENT)
    signed_path_prefix = models.CharField(max_length=80, help_text="the path as the bank sees it")
    allowed_addresses = models.JSONField(default=list, help_text="empty: any")
    signs_with_key = models.BooleanField(
        default=False, db_default=False, help_text="its calls carry its key's signature and no token"
    )
    status_address = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="where we ask what became of a payment"
    )
    active = models.BooleanField(default=True)


class PartnerToken(models.Model):
    """A bearer token of 900 seconds; only its hash is kept."""

    deletable: ClassVar[bool] = True

    token_sha256 = models.BinaryField(primary_key=True, max_length=32)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="partner_token_by_expiry")]


class PartnerRequest(models.Model):
    """A call by a partner and the answer it got, kept so that a repeat gets the same answer, for ever."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    # No constraint: every payment would lock its bank's row at its end, and nobody has the right to delete a bank.
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    service = models.CharField(max_length=2)
    external_id = models.CharField(max_length=36)
    day_wib = models.DateField()
    reference = models.CharField(max_length=128)
    body_sha256 = models.BinaryField(max_length=32)
    status = models.SmallIntegerField()
    response = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "service", "external_id", "day_wib"],
                name="one_request_per_external_id_and_day",
            )
        ]
        indexes = [
            models.Index(fields=["partner", "service", "reference"], name="partner_request_by_reference"),
            # A night's question: what was asked for and never paid. Payments are not in it.
            models.Index(fields=["day_wib"], condition=models.Q(service="24"), name="inquiry_by_day"),
        ]


class RefusedCall(models.Model):
    """How often a bank's door refused calls of one kind on one day, and when last. Nothing of a call is kept."""

    id = models.BigAutoField(primary_key=True)
    day_wib = models.DateField()
    partner_id = models.BigIntegerField(help_text="the bank that was named; 0: none of ours")
    service = models.CharField(max_length=2)
    code = models.CharField(max_length=5, help_text="status and case of the standard, such as 40100")
    calls = models.BigIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day_wib", "partner_id", "service", "code"], name="one_count_a_day_and_case"
            )
        ]
