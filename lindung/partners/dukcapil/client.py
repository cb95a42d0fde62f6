"""Asking the civil registry whether what we were told of a person agrees with what it knows: verify by element.

Only this method is used: it compares and hands out nothing (UU 27/2022, no more data than needed).
"""

import json
import logging
import ssl
import threading
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final

import httpx
from django.conf import settings

from lindung.partners.dukcapil.answers import (
    Element,
    Invalid,
    Outcome,
    Unavailable,
    UnavailableKind,
    read_answer,
)

METHOD: Final = "CALL_VERIFY_BY_ELEMEN"
MOST_AT_ONCE: Final = 8
_MOST_ANSWER_BYTES: Final = 100_000
_HEADERS: Final = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
_ALARMS: Final[frozenset[UnavailableKind]] = frozenset({"config", "bug", "shape"})

BIRTH_FORMATS: Final[Mapping[str, str]] = {"DD-MM-YYYY": "%d-%m-%Y", "YYYY-MM-DD": "%Y-%m-%d"}

log = logging.getLogger("lindung.dukcapil")


class CivilRegistry:
    """One agreement with the ministry, over kept connections; may be used by ``MOST_AT_ONCE`` threads at once.

    ``address`` is what stands before ``/dukcapil/get_json/``. A call takes at most ``connect_seconds`` and then
    ``total_seconds`` less those. Nothing is tried twice in here; when to stop asking is the caller's business.
    """

    def __init__(
        self,
        *,
        address: str,
        customer_id: str,
        user_id: str,
        password: str,
        ip_user: str,
        ca_file: Path | None = None,
        birth_format: str = "DD-MM-YYYY",
        connect_seconds: float = 3.0,
        total_seconds: float = 10.0,
    ) -> None:
        self._address = f"{address.rstrip('/')}/dukcapil/get_json/{customer_id}/{METHOD}"
        self._account = {"USER_ID": user_id, "PASSWORD": password, "IP_USER": ip_user}
        self._birth_format = BIRTH_FORMATS[birth_format]
        self._total_seconds = total_seconds
        self._lock = threading.Lock()
        self._last_trouble: Unavailable | None = None
        self._client = httpx.Client(
            timeout=httpx.Timeout(total_seconds - connect_seconds, connect=connect_seconds),
            limits=httpx.Limits(max_connections=MOST_AT_ONCE, max_keepalive_connections=MOST_AT_ONCE),
            # With a file of our own no other authority is believed.
            verify=ssl.create_default_context(cafile=ca_file),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> "CivilRegistry":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def verify(self, nik: str, given: Mapping[str, str], *, purpose: str, actor: str, threshold: int = 90) -> Outcome:
        """Compare what was ``given`` (element -> text, as ``Element`` names them) with the person of ``nik``.

        The birth date is given as ISO 8601, sent as the agreement writes it; an empty text is not sent. ``threshold``
        is the likeness in per cent from which the registry itself says yes. ``purpose`` and ``actor`` are why and for
        whom, for the log; they do not travel. A number that is no NIK is not sent: ``Invalid``.
        Raises ``ValueError`` when nothing is given, or an element that is not one.
        """
        elements = self._elements(given)
        if not 1 <= threshold <= 100:
            raise ValueError("threshold must be 1 to 100")
        if not (len(nik) == 16 and nik.isascii() and nik.isdigit()):
            return Invalid()
        # Spelled as the ministry spells it.
        question = {**self._account, "TRESHOLD": str(threshold), "NIK": nik, **elements}
        outcome = self._ask(question, nik, elements)
        self._note(outcome, purpose, actor)
        return outcome

    def _elements(self, given: Mapping[str, str]) -> dict[str, str]:
        elements = {str(Element(name)): text.strip() for name, text in given.items() if text.strip()}
        if not elements:
            raise ValueError("nothing to compare")
        if Element.BIRTH_ON in elements:
            birth_on = date.fromisoformat(elements[Element.BIRTH_ON])
            elements[Element.BIRTH_ON] = birth_on.strftime(self._birth_format)
        return elements

    def _ask(self, question: Mapping[str, str], nik: str, elements: Mapping[str, str]) -> Outcome:
        until = time.monotonic() + self._total_seconds
        # Names as they are: not every deployment of the ministry reads \u escapes.
        content = json.dumps(question, ensure_ascii=False).encode()
        try:
            with self._client.stream("POST", self._address, content=content, headers=_HEADERS) as response:
                body = b""
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > _MOST_ANSWER_BYTES:
                        return Unavailable("shape", "answer too long")
                    if time.monotonic() > until:
                        return Unavailable("outage", "too slow")
        except httpx.HTTPError as error:
            if _is_about_certificate(error):
                return Unavailable("config", "certificate not accepted")
            return Unavailable("outage", type(error).__name__)
        retry_after = response.headers.get("Retry-After", "")
        return read_answer(response.status_code, body, nik=nik, sent=elements, retry_after=retry_after)

    def _note(self, outcome: Outcome, purpose: str, actor: str) -> None:
        """Say a trouble once, not for each of ten thousand people; those that somebody must mend are alarms."""
        trouble = outcome if isinstance(outcome, Unavailable) else None
        with self._lock:
            before, self._last_trouble = self._last_trouble, trouble
        if trouble is None or (before is not None and (before.kind, before.reason) == (trouble.kind, trouble.reason)):
            return
        log.log(
            logging.ERROR if trouble.kind in _ALARMS else logging.WARNING,
            "civil registry unavailable: kind=%s reason=%s purpose=%s actor=%s",
            trouble.kind,
            trouble.reason,
            purpose,
            actor,
        )


def _is_about_certificate(error: BaseException) -> bool:
    """Whether the other side could not show that it is the ministry."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def from_settings() -> CivilRegistry:
    """The registry that this installation has an agreement with; outside production the simulator."""
    return CivilRegistry(
        address=settings.DUKCAPIL_ADDRESS,
        customer_id=settings.DUKCAPIL_CUSTOMER_ID,
        user_id=settings.DUKCAPIL_USER_ID,
        password=settings.DUKCAPIL_PASSWORD,
        ip_user=settings.DUKCAPIL_IP_USER,
        ca_file=settings.DUKCAPIL_CA_FILE,
        birth_format=settings.DUKCAPIL_BIRTH_FORMAT,
    )
