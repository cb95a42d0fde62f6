"""Banks that may call us: who they are, the tokens they hold, and what they were answered before."""

import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import connection, transaction
from django.db.models import Q

from lindung.access import trail
from lindung.access.models import Partner, PartnerToken
from lindung.access.trail import Actor
from lindung.lib import ids, statements
from lindung.lib.crypto import decrypt, encrypt
from lindung.lib.snap import Encoding, rsa_public_key

TOKEN_SECONDS = 900
SMALLEST_SECRET = 16
_OK = 200


class PartnerRefused(Exception):
    """A partner cannot be registered like this; the text says why."""


class AlreadyAnswered(Exception):
    """Another call took this external id on this day; what was done for the present one must be undone."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A partner as a call names it. ``token_is_live`` is about the token that came with the call."""

    id: int
    code: str
    client_id: str
    partner_id: str
    service_codes: tuple[str, ...]
    public_key_pem: str
    secret: bytes = field(repr=False)
    encoding: Encoding
    repeats_are_replayed: bool
    signed_path_prefix: str
    allowed_addresses: tuple[str, ...]
    token_is_live: bool
    signs_with_key: bool = False
    status_address: str = ""

    def may_call_from(self, address: str) -> bool:
        """Whether a network address is on the partner's list; an empty list lets all in."""
        if not self.allowed_addresses:
            return True
        try:
            source = ip_address(address)
        except ValueError:
            return False
        return any(source in ip_network(allowed) for allowed in self.allowed_addresses)


@dataclass(frozen=True, slots=True)
class Token:
    """A fresh bearer token; only its hash stays here."""

    text: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a call was answered, when, by our clock; ``body`` is the answer's body as it was sent.

    ``content_sha256`` is 32 bytes that tell whether another call asks for the same.
    """

    reference: str
    content_sha256: bytes
    status: int
    answered_at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class AnswersBefore:
    """What the same call got, if it was made before; and what calls got that asked under the same reference."""

    same: GivenAnswer | None
    asked: tuple[GivenAnswer, ...]


@transaction.atomic
def register_partner(
    *,
    actor: Actor,
    code: str,
    name: str,
    client_id: str,
    partner_id: str,
    service_codes: Sequence[str],
    public_key_pem: str,
    secret: str,
    now: datetime,
    encoding: Encoding = "base64",
    repeats_are_replayed: bool = False,
    signed_path_prefix: str = "",
    allowed_addresses: Sequence[str] = (),
    signs_with_key: bool = False,
    status_address: str = "",
) -> int:
    """Let a bank call us and give its id.

    ``service_codes`` are its company codes without padding (1 to 8 digits), ``secret`` is shared with it,
    ``public_key_pem`` is its RSA key, ``signed_path_prefix`` what its addresses have before ours, and
    ``allowed_addresses`` are networks (``203.0.113.0/24``). ``signs_with_key``: its calls carry the signature of its
    key and no token. ``status_address`` is where we ask it what became of a payment. Raises ``PartnerRefused``.
    """
    _look_at(service_codes, public_key_pem, secret, allowed_addresses)
    if not (code and client_id and partner_id):
        raise PartnerRefused("code, client id and partner id are needed")
    if Partner.objects.filter(Q(code=code) | Q(client_id=client_id) | Q(partner_id=partner_id)).exists():
        raise PartnerRefused("code, client id or partner id is taken")
    with connection.cursor() as cursor:
        partner_pk = int(ids.draw(cursor, "access_partner_id_seq")[0])
    Partner.objects.create(
        id=partner_pk,
        code=code,
        name=name,
        client_id=client_id,
        partner_id=partner_id,
        service_codes=list(service_codes),
        public_key_pem=public_key_pem,
        secret_encrypted=encrypt(secret, _secret_place(partner_pk)),
        signature_encoding=Partner.Encoding(encoding),
        duplicate_mode=(Partner.DuplicateMode.REPLAY if repeats_are_replayed else Partner.DuplicateMode.INCONSISTENT),
        signed_path_prefix=signed_path_prefix,
        allowed_addresses=list(allowed_addresses),
        signs_with_key=signs_with_key,
        status_address=status_address,
    )
    trail.record(
        actor=actor,
        act="partner_registered",
        object_kind="partner",
        object_id=partner_pk,
        now=now,
        detail={"code": code},
    )
    return partner_pk


def caller_by_client_id(*, client_id: str) -> Caller | None:
    """The partner that asks for a token, if we know it."""
    row = Partner.objects.filter(client_id=client_id, active=True).first()
    return _caller(row, token_is_live=False) if row else None


def caller_by_partner_id(*, partner_id: str, token: str, now: datetime) -> Caller | None:
    """The partner that a call names, and whether the token it brought is its own and still good. One statement."""
    rows = statements.run(
        f"SELECT {', '.join(_PARTNER)}, EXISTS (SELECT 1 FROM access_partnertoken t WHERE t.partner_id = p.id"
        " AND t.token_sha256 = %s AND t.expires_at > %s) FROM access_partner p WHERE p.partner_id = %s AND p.active",
        [_sha256(token), now, partner_id],
    )
    if not rows:
        return None
    fields = dict(zip(_PARTNER, rows[0], strict=False))
    for name in ("service_codes", "allowed_addresses"):
        fields[name] = json.loads(fields[name])
    return _caller(Partner(**fields), token_is_live=rows[0][-1])


_PARTNER = [field.attname for field in Partner._meta.concrete_fields]


def partner(partner_id: int) -> Caller:
    """A partner by our own id for it. Raises ``Partner.DoesNotExist``."""
    return _caller(Partner.objects.get(pk=partner_id), token_is_live=False)


def asked_on(*, service: str, day_wib: date) -> list[tuple[int, str, str]]:
    """Our id of the partner, reference and answer's body of a day's calls that were answered well, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT partner_id, {_ANSWER} FROM access_partnerrequest"
            " WHERE service = %s AND day_wib = %s AND status = %s ORDER BY id",
            [service, day_wib, _OK],
        )
        return [(row[0], row[1], _answer(*row[1:]).body) for row in cursor.fetchall()]


@transaction.atomic
def issue_token(*, partner_id: int, now: datetime) -> Token:
    """Give a partner a token of 900 seconds. Earlier ones stay good for their own time; dead ones are swept out."""
    token = Token(secrets.token_urlsafe(32), now + timedelta(seconds=TOKEN_SECONDS))
    PartnerToken.objects.filter(expires_at__lte=now).delete()
    PartnerToken.objects.create(token_sha256=_sha256(token.text), partner_id=partner_id, expires_at=token.expires_at)
    trail.record(
        actor=Actor("partner", partner_id),
        act="token_issued",
        object_kind="partner",
        object_id=partner_id,
        now=now,
    )
    return token


def answers_before(
    *, partner_id: int, service: str, external_id: str, day_wib: date, asked_by: str, reference: str, most: int = 20
) -> AnswersBefore:
    """What was answered before, by one statement: to this external id on this day, and, oldest first, the first
    successful answers that calls to the service ``asked_by`` with this reference got (with '' none)."""
    rows = statements.run(
        f"SELECT true, {_ANSWER} FROM access_partnerrequest"
        " WHERE partner_id = %s AND service = %s AND external_id = %s AND day_wib = %s"
        f" UNION ALL (SELECT false, {_ANSWER} FROM access_partnerrequest WHERE partner_id = %s AND service = %s"
        f" AND reference = %s AND status = {_OK} ORDER BY id LIMIT %s)",
        [partner_id, service, external_id, day_wib, partner_id, asked_by, reference, most],
    )
    same = [_answer(*row[1:]) for row in rows if row[0]]
    return AnswersBefore(same[0] if same else None, tuple(_answer(*row[1:]) for row in rows if not row[0]))


@dataclass(frozen=True, slots=True)
class AnsweredCall:
    """A partner's call to a service and its answer; ``external_id`` is used once within ``day_wib``."""

    partner_id: int
    service: str
    external_id: str
    day_wib: date
    answer: GivenAnswer


def remember_answers(calls: Sequence[AnsweredCall]) -> None:
    """Keep answers for ever, as the last act of the transaction that earned them.

    The unique key decides who was first: raises ``AlreadyAnswered`` when another call took an external id, if
    need be after waiting for that call to end. The caller must then let its transaction be undone.
    """
    rows = [
        (
            call.partner_id,
            str(call.service),
            call.external_id,
            call.day_wib,
            call.answer.reference,
            call.answer.content_sha256,
            call.answer.status,
            f"{call.answer.answered_at.isoformat()}\n{call.answer.body}",
        )
        for call in calls
    ]
    written = statements.run(
        "INSERT INTO access_partnerrequest"
        " (partner_id, service, external_id, day_wib, reference, body_sha256, status, response)"
        " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::date[], %s::text[], %s::bytea[],"
        " %s::bigint[], %s::text[]) ON CONFLICT DO NOTHING RETURNING 1",
        [list(column) for column in zip(*rows, strict=True)],
    )
    if len(written) < len(calls):
        raise AlreadyAnswered


def _look_at(service_codes: Sequence[str], public_key_pem: str, secret: str, allowed_addresses: Sequence[str]) -> None:
    if not service_codes or not all(re.fullmatch("[0-9]{1,8}", code) for code in service_codes):
        raise PartnerRefused("company codes are 1 to 8 digits, and there is at least one")
    if len(secret) < SMALLEST_SECRET:
        raise PartnerRefused(f"the shared secret has fewer than {SMALLEST_SECRET} characters")
    try:
        rsa_public_key(public_key_pem)
        for network in allowed_addresses:
            ip_network(network)
    except ValueError as error:
        raise PartnerRefused(str(error)) from error


def _caller(row: Partner, *, token_is_live: bool) -> Caller:
    return Caller(
        id=row.pk,
        code=row.code,
        client_id=row.client_id,
        partner_id=row.partner_id,
        service_codes=tuple(row.service_codes),
        public_key_pem=row.public_key_pem,
        secret=decrypt(row.secret_encrypted, _secret_place(row.pk)),
        encoding="hex" if row.signature_encoding == Partner.Encoding.HEX else "base64",
        repeats_are_replayed=row.duplicate_mode == Partner.DuplicateMode.REPLAY,
        signed_path_prefix=row.signed_path_prefix,
        allowed_addresses=tuple(row.allowed_addresses),
        token_is_live=token_is_live,
        signs_with_key=row.signs_with_key,
        status_address=row.status_address,
    )


_ANSWER = "reference, body_sha256, status, response"


def _answer(reference: str, content_sha256: bytes, status: int, response: str) -> GivenAnswer:
    # The column holds the moment of the answer (``recorded_at`` decides nothing), a line end, the body.
    head, _, body = response.partition("\n")
    return GivenAnswer(reference, bytes(content_sha256), status, datetime.fromisoformat(head), body)


def _secret_place(partner_pk: int) -> str:
    return f"access_partner.secret_encrypted:{partner_pk}"


def _sha256(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
