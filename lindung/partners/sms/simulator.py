"""An SMS gateway that delivers to a file, in the shape of Telkom's OCA, with faults on demand:

refuse      the number does not exist (400)
http_500    the text is lost, the answer is 500
bad_json    the text is kept, the answer is not JSON
drop        the text is lost, the answer is empty
timeout     the text is kept, the answer comes when nobody waits any more
slow:<ms>   the text is kept, the answer comes late
"""

import hashlib
import json
import re
import time
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from lindung.lib import clock
from lindung.lib.doors import open_door
from lindung.partners.simulated import Faults, Inbox, slowness_seconds
from lindung.partners.sms import gsm7

FAULTS = Faults("sms", frozenset({"refuse", "http_500", "bad_json", "drop", "timeout"}))
INBOX = Inbox("sms")
_NUMBER = re.compile(r"\+?[1-9]\d{7,14}")
_MOST_PARTS = 3
_LONGER_THAN_ANYBODY_WAITS_SECONDS = 15.0


@open_door
@require_POST
def send_otp(request: HttpRequest) -> HttpResponse:
    """``{"sender_id", "recipient_number", "message_body"}`` -> ``{"success", "msg_id"}`` or ``{"errors"}``."""
    fault = FAULTS.take()
    if fault == "http_500":
        return HttpResponse("internal error", status=500)
    if fault == "drop":
        return HttpResponse()
    if fault == "refuse":
        return _refused("recipient_number", "does not exist", "39")
    try:
        order: Any = json.loads(request.body)
        sender, number, body = (str(order[key]) for key in ("sender_id", "recipient_number", "message_body"))
    except (ValueError, TypeError, KeyError):
        return _refused("body", "must hold sender_id, recipient_number and message_body", "10")
    if not 1 <= len(sender) <= 11:
        return _refused("sender_id", "must have 1 to 11 characters", "20")
    if not _NUMBER.fullmatch(number):
        return _refused("recipient_number", "must be an international number", "39")
    try:
        parts = gsm7.parts(body)
    except gsm7.NotGsm7:
        return _refused("message_body", "must be GSM-7", "41")
    if not body or parts > _MOST_PARTS:
        return _refused("message_body", f"must fit into {_MOST_PARTS} parts", "42")
    name = request.headers.get("Idempotency-Key") or uuid.uuid4().hex
    message_id = hashlib.sha256(name.encode()).hexdigest()[:24]
    INBOX.put(
        {
            "id": message_id,
            "to": f"+{number.lstrip('+')}",
            "at": clock.now().isoformat(timespec="seconds"),
            "from": sender,
            "text": body,
            "parts": str(parts),
        }
    )
    time.sleep(_LONGER_THAN_ANYBODY_WAITS_SECONDS if fault == "timeout" else slowness_seconds(fault))
    if fault == "bad_json":
        return HttpResponse("<html>OK</html>")
    return JsonResponse({"success": True, "msg_id": message_id})


def _refused(field: str, why: str, code: str) -> JsonResponse:
    return JsonResponse({"errors": [{"message": [f"{field} {why}"], "code": code}]}, status=400)
