"""A mail relay that delivers to a file: ``python -m lindung.partners.mail.simulator``.

Takes everything by SMTP, keeps one copy per Message-ID, and shows faults on demand:

refuse      the recipient does not exist (550)
temporary   try again later (451)
timeout     the letter is kept, the answer never comes
drop        the letter is kept, the connection breaks before the answer
slow:<ms>   the letter is kept, the answer comes late
"""

import asyncio
import hashlib
import os
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from lindung.lib import clock
from lindung.partners.simulated import Faults, Inbox, Received, slowness_seconds

FAULTS = Faults("mail", frozenset({"refuse", "temporary", "timeout", "drop"}))
INBOX = Inbox("mail")
_LONGER_THAN_ANYBODY_WAITS_SECONDS = 60.0
_MOST_BYTES = 1_000_000


class Sink:
    """Decides about each letter of one connection; the protocol itself is the library's."""

    def __init__(self) -> None:
        self._fault = ""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the recipient, unless a fault was ordered that shows here."""
        self._fault = FAULTS.take()
        if self._fault == "refuse":
            return "550 5.1.1 No such user here"
        if self._fault == "temporary":
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the letter once, then answer, or not."""
        fresh = INBOX.put(received(envelope.original_content or b"", envelope.rcpt_tos))
        if self._fault == "drop" and server.transport is not None:
            server.transport.close()
        await asyncio.sleep(
            _LONGER_THAN_ANYBODY_WAITS_SECONDS if self._fault == "timeout" else slowness_seconds(self._fault)
        )
        return "250 OK" if fresh else "250 OK, had that one"


def received(content: bytes, recipients: list[str]) -> Received:
    """A letter as the inbox keeps it."""
    letter = message_from_bytes(content)
    name = _header(letter, "Message-ID") or hashlib.sha256(content).hexdigest()
    return {
        "id": hashlib.sha256(name.encode()).hexdigest()[:24],
        "to": ", ".join(recipients),
        "at": clock.now().isoformat(timespec="seconds"),
        "from": _header(letter, "From"),
        "subject": _header(letter, "Subject"),
        "message_id": name,
        "text": _body(letter, "text/plain"),
        "html": _body(letter, "text/html"),
    }


def _header(letter: Message, name: str) -> str:
    return str(make_header(decode_header(letter.get(name, ""))))


def _body(letter: Message, kind: str) -> str:
    for part in letter.walk():
        if part.get_content_type() == kind:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content.decode("utf-8", "replace").replace("\r\n", "\n")
    return ""


async def serve(host: str, port: int) -> None:
    """Listen until cancelled."""

    def session() -> SMTP:
        # The library would ask the name service for a hostname at every start.
        return SMTP(Sink(), hostname="simulator.example", ident="simulator", data_size_limit=_MOST_BYTES)

    server = await asyncio.get_running_loop().create_server(session, host, port)
    async with server:
        await server.serve_forever()


def main() -> None:
    """Listen where the platform sends its mail."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lindung.config.settings")
    from django.conf import settings

    address: Any = settings.MAIL_ADDRESS
    host, _, port = str(address).rpartition(":")
    asyncio.run(serve(host, int(port)))


if __name__ == "__main__":
    main()
