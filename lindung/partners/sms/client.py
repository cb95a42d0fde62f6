"""Short messages through a gateway of the OCA kind: a JSON POST, an id or a list of errors back."""

import json
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx

from lindung.partners.outcome import Accepted, Outcome, Refused, Unknown

SENDER_ID = "LINDUNG"
MOST_AT_ONCE = 8
_MOST_ANSWER_BYTES = 10_000
# What the gateway says of this message; every other refusal is about us (a key, a quota) and may pass.
_FINAL = frozenset({400, 404, 422})


@dataclass(frozen=True, slots=True)
class Text:
    """One short message. ``to`` is E.164; ``reference`` is ours and stable, so that a repeat is recognised."""

    reference: str
    to: str
    body: str


class SmsClient:
    """Sends texts over kept connections; may be used by ``MOST_AT_ONCE`` threads at once.

    ``gateway`` is the address before ``/v2/send-otp``. A call takes at most ``connect_seconds`` and then
    ``total_seconds`` less those. Nothing is tried twice in here.
    """

    def __init__(self, *, gateway: str, connect_seconds: float = 3.0, total_seconds: float = 10.0) -> None:
        self._address = f"{gateway.rstrip('/')}/v2/send-otp"
        self._client = httpx.Client(
            timeout=httpx.Timeout(total_seconds - connect_seconds, connect=connect_seconds),
            limits=httpx.Limits(max_connections=MOST_AT_ONCE, max_keepalive_connections=MOST_AT_ONCE),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> "SmsClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def send(self, text: Text) -> Outcome:
        """Hand one text to the gateway. Numbers go without the plus, as Indonesian gateways want them."""
        order = {"sender_id": SENDER_ID, "recipient_number": text.to.lstrip("+"), "message_body": text.body}
        try:
            with self._client.stream(
                "POST", self._address, json=order, headers={"Idempotency-Key": text.reference}
            ) as response:
                body = b""
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > _MOST_ANSWER_BYTES:
                        return Unknown("answer too long")
        except httpx.HTTPError as error:
            return Unknown(type(error).__name__)
        return _outcome(response.status_code, body)


def _outcome(status: int, body: bytes) -> Outcome:
    try:
        answer: Any = json.loads(body)
    except ValueError:
        return Unknown(f"no JSON, {status}")
    if not isinstance(answer, dict):
        return Unknown(f"no object, {status}")
    if status == 200 and answer.get("success") is True and isinstance(answer.get("msg_id"), str):
        return Accepted(answer["msg_id"][:80])
    errors = answer.get("errors")
    if status in _FINAL and isinstance(errors, list) and errors and isinstance(errors[0], dict):
        return Refused(str(errors[0].get("code", ""))[:16] or str(status))
    return Unknown(f"answer {status}")
