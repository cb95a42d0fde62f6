"""Service 73: a bank shows that it holds its key and gets a token of 900 seconds."""

import json
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from lindung.access.partners import TOKEN_SECONDS, issue_token
from lindung.channels.bank.answers import BAD_REQUEST, SUCCESSFUL, Answer, Refused, Service, answer
from lindung.channels.bank.callers import caller_for_token, received_body
from lindung.channels.bank.exchange import guarded
from lindung.channels.shared.access import public
from lindung.lib import clock


@public  # the bank's own key, and no account, is what lets a call in
def token(request: HttpRequest) -> HttpResponse:
    """``POST /snap/v1.0/access-token/b2b``."""
    now = clock.now()
    return guarded(request, Service.TOKEN, lambda: _issued(request, now))


def _issued(request: HttpRequest, now: datetime) -> Answer:
    body = received_body(request)
    caller = caller_for_token(request, now)
    try:
        asked = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise Refused(BAD_REQUEST) from None
    if not isinstance(asked, dict) or asked.get("grantType") != "client_credentials":
        raise Refused(BAD_REQUEST)
    fresh = issue_token(partner_id=caller.id, now=now)
    fields = {
        "accessToken": fresh.text,
        "tokenType": "Bearer",
        "expiresIn": str(TOKEN_SECONDS),
        "additionalInfo": {},
    }
    return answer(Service.TOKEN, SUCCESSFUL, SUCCESSFUL.message, fields)
