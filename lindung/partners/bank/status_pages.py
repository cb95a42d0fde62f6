"""The bank answers us: a token for our key, and what became of a payment (service 26)."""

import json
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lindung.lib import snap
from lindung.lib.doors import open_door
from lindung.partners.bank.client import STATUS_PATH, own_key
from lindung.partners.bank.simulator import credentials
from lindung.partners.bank.statements import found
from lindung.partners.simulated import folder

_TOKEN: Final = "simulated-token"


@csrf_exempt
@open_door
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """``POST /bank/v1.0/access-token/b2b``: who signs with our key gets the token."""
    text = snap.token_text(request.headers.get("X-Client-Key", ""), request.headers.get("X-Timestamp", ""))
    if not snap.is_signed_with_key(_our_public_key(), text, request.headers.get("X-Signature", "")):
        return _answer("4017300", "Unauthorized. [Signature]")
    return _answer("2007300", "Successful", accessToken=_TOKEN, tokenType="Bearer", expiresIn="900")


@csrf_exempt
@open_door
@require_POST
def status(request: HttpRequest) -> HttpResponse:
    """``POST /bank/v1.0/transfer-va/status``."""
    own = credentials(folder().parent)
    text = snap.call_text("POST", STATUS_PATH, _TOKEN, request.body, request.headers.get("X-Timestamp", ""))
    if not snap.is_signed(own.secret.encode(), text, request.headers.get("X-Signature", "")):
        return _answer("4012600", "Unauthorized. [Signature]")
    asked = json.loads(request.body)
    taken = found(asked["paymentRequestId"])
    if taken is None or not taken.number.endswith(asked["customerNo"]):
        return _answer("4042601", "Transaction Not Found")
    amount = {"value": snap.format_amount(taken.amount_rupiah), "currency": "IDR"}
    data = {
        **{name: asked[name] for name in ("partnerServiceId", "customerNo", "virtualAccountNo")},
        **{name: asked[name] for name in ("inquiryRequestId", "paymentRequestId")},
        "paymentFlagStatus": "00",
        "paymentFlagReason": {"english": "Success", "indonesia": "Sukses"},
        "paidAmount": amount,
        "totalAmount": amount,
        "transactionDate": snap.format_timestamp(taken.taken_at),
        "referenceNo": taken.journal_no,
    }
    return _answer("2002600", "Successful", virtualAccountData=data, additionalInfo={})


def _our_public_key() -> str:
    key = load_pem_private_key(own_key(None, folder().parent).encode(), None)
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _answer(code: str, message: str, **more: object) -> HttpResponse:
    body = {"responseCode": code, "responseMessage": message, **more}
    return JsonResponse(body, status=int(code[:3]))
