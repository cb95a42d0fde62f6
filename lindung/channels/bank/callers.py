"""Whether a call comes from a bank we know: partner, address, token, time, signature, in the standard's order."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from lindung.access.partners import Caller, caller_by_client_id, caller_by_partner_id
from lindung.channels.bank.answers import BAD_FORMAT, BAD_REQUEST, BAD_TOKEN, MISSING_FIELD, UNAUTHORIZED, Refused
from lindung.lib import snap

LARGEST_BODY = 65_536
_WINDOW = timedelta(seconds=300)


def received_body(request: HttpRequest) -> bytes:
    """The bytes as they came. More than 64 KB is refused before it is read."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise Refused(BAD_REQUEST)
    return request.body


def caller_of_call(request: HttpRequest, body: bytes, now: datetime) -> tuple[Caller, datetime]:
    """Who makes a signed call, and its ``X-TIMESTAMP``. Raises ``Refused`` at the first check that fails."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    partner_id = request.headers.get("X-Partner-Id", "")
    caller = caller_by_partner_id(partner_id=storable(partner_id), token=token.strip(), now=now)
    if caller is None:
        raise Refused(UNAUTHORIZED, "Unknown client")
    if not caller.may_call_from(request.META["REMOTE_ADDR"]):
        raise Refused(UNAUTHORIZED, "Connection not allowed")
    if not caller.signs_with_key and (scheme.lower() != "bearer" or not caller.token_is_live):
        raise Refused(BAD_TOKEN)
    written = request.headers.get("X-Timestamp", "")
    sent_at = _sent_at(written, "X-TIMESTAMP", now)
    # A proxy of ours may have taken the front off the address that the bank signed.
    path = snap.signed_path(caller.signed_path_prefix + request.path, request.META.get("QUERY_STRING", ""))
    if not _is_signed(caller, request, path, token.strip(), body, written):
        raise Refused(UNAUTHORIZED, "Signature")
    return caller, sent_at


def _is_signed(caller: Caller, request: HttpRequest, path: str, token: str, body: bytes, written: str) -> bool:
    """Each partner signs in the one way that was agreed; the other one's signature is none."""
    signature = request.headers.get("X-Signature", "")
    if caller.signs_with_key:
        open_text = snap.call_text_without_token(str(request.method), path, body, written)
        return snap.is_signed_with_key(caller.public_key_pem, open_text, signature, caller.encoding)
    text = snap.call_text(str(request.method), path, token, body, written)
    return snap.is_signed(caller.secret, text, signature, caller.encoding)


def caller_for_token(request: HttpRequest, now: datetime) -> Caller:
    """Who asks for a token. Raises ``Refused`` at the first check that fails."""
    client_id = request.headers.get("X-Client-Key", "")
    if not client_id:
        raise Refused(MISSING_FIELD, "[X-CLIENT-KEY]")
    caller = caller_by_client_id(client_id=storable(client_id))
    if caller is None:
        raise Refused(UNAUTHORIZED, "Unknown client")
    if not caller.may_call_from(request.META["REMOTE_ADDR"]):
        raise Refused(BAD_REQUEST)
    written = request.headers.get("X-Timestamp", "")
    _sent_at(written, "[X-TIMESTAMP]", now)
    text = snap.token_text(client_id, written)
    signature = request.headers.get("X-Signature", "")
    if not snap.is_signed_with_key(caller.public_key_pem, text, signature, caller.encoding):
        raise Refused(UNAUTHORIZED, "Signature")
    return caller


def _sent_at(written: str, name: str, now: datetime) -> datetime:
    try:
        sent_at = snap.parse_timestamp(written)
    except ValueError:
        raise Refused(BAD_FORMAT, name) from None
    if abs(sent_at - now) > _WINDOW:
        raise Refused(UNAUTHORIZED, "Timestamp")
    return sent_at


def storable(name: str) -> str:
    """A name to look up: what a database text cannot hold is nobody's name."""
    return name if name.isascii() and name.isprintable() else ""
