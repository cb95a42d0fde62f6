"""Mail to a relay by SMTP: one connection for many letters, an answer for each."""

import contextlib
import smtplib
import ssl
import time
from dataclasses import dataclass
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, parseaddr
from types import TracebackType

from lindung.partners.outcome import Accepted, Outcome, Refused, Unknown

_WIRE = compat32.clone(linesep="\r\n")
_QUOTED = Charset("utf-8")
_QUOTED.body_encoding = QP
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail. ``reference`` is ours and stable: a repeat of the same letter carries the same Message-ID."""

    reference: str
    to: str
    subject: str
    text: str
    html: str
    language: str
    written_at: datetime


class MailClient:
    """Sends letters over one connection, opened at the first and again after a fault.

    ``relay`` is ``host:port``. A letter takes at most ``total_seconds``, the connection to be made first at most
    ``connect_seconds``. Any relay but one on this machine must offer STARTTLS with a certificate that holds.
    Nothing is tried twice in here. Not for several threads at once.
    """

    def __init__(self, *, relay: str, sender: str, connect_seconds: float = 3.0, total_seconds: float = 10.0) -> None:
        host, _, port = relay.rpartition(":")
        self._host = host.strip("[]")
        self._port = int(port)
        self._sender = sender
        self._sender_address = parseaddr(sender)[1]
        self._domain = self._sender_address.rpartition("@")[2]
        self._connect_seconds = connect_seconds
        self._total_seconds = total_seconds
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> "MailClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._still(self._connection, time.monotonic() + self._connect_seconds)
                self._connection.quit()
        self._hang_up()

    def send(self, letter: Letter) -> Outcome:
        """Hand one letter to the relay.

        Refused is what the relay says of this recipient or this letter for good (5xx after RCPT or DATA); what it
        says of us, and every silence, is Unknown.
        """
        deadline = time.monotonic() + self._total_seconds
        try:
            connection = self._connection or self._connect()
            self._still(connection, deadline)
            code, _ = connection.mail(self._sender_address)
            if code != 250:
                return self._given_up(f"sender {code}")
            self._still(connection, deadline)
            code, _ = connection.rcpt(letter.to)
            if code not in (250, 251):
                self._start_over(connection)
                return Refused(str(code)) if code >= 500 else Unknown(f"recipient {code}")
            self._still(connection, deadline)
            code, _ = connection.data(self.on_the_wire(letter))
        except smtplib.SMTPResponseException as error:
            return self._given_up(f"answer {error.smtp_code}")
        except (OSError, smtplib.SMTPException) as error:
            return self._given_up(type(error).__name__)
        if code == 250:
            return Accepted(letter.reference)
        return Refused(str(code)) if code >= 500 else Unknown(f"content {code}")

    def on_the_wire(self, letter: Letter) -> bytes:
        """The letter as it travels: text and HTML side by side, ASCII, every line within the limits of RFC 5322.

        Raises ``ValueError`` for a line break in a header.
        """
        message = MIMEMultipart("alternative", boundary=f"part-{letter.reference}")
        headers = {
            "From": self._sender,
            "To": letter.to,
            "Subject": letter.subject,
            "Date": format_datetime(letter.written_at),
            "Message-ID": f"<{letter.reference}@{self._domain}>",
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<mailto:{self._sender_address}?subject=berhenti>",
        }
        for name, value in headers.items():
            # The classic classes, three times faster than the modern ones, would let it through.
            if "\r" in value or "\n" in value:
                raise ValueError(f"line break in {name}")
            message[name] = value if value.isascii() else Header(value, "utf-8", header_name=name).encode()
        for kind, body in (("plain", letter.text), ("html", letter.html)):
            part = MIMENonMultipart("text", kind, charset="utf-8")
            part.set_payload(body, _QUOTED)
            message.attach(part)
        return message.as_bytes(policy=_WIRE)

    def _connect(self) -> smtplib.SMTP:
        # Without a name of our own the library would ask the name service who we are.
        connection = smtplib.SMTP(self._host, self._port, local_hostname=self._domain, timeout=self._connect_seconds)
        self._connection = connection
        connection.ehlo_or_helo_if_needed()
        if self._host not in _LOOPBACK:
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo()
        return connection

    @staticmethod
    def _still(connection: smtplib.SMTP, deadline: float) -> None:
        """Let the next command take what is left of the time."""
        left = deadline - time.monotonic()
        if left <= 0 or connection.sock is None:
            raise TimeoutError
        connection.sock.settimeout(left)

    def _given_up(self, reason: str) -> Unknown:
        """After an unclear answer the connection may be out of step, so the next letter gets a new one."""
        self._hang_up()
        return Unknown(reason)

    def _start_over(self, connection: smtplib.SMTP) -> None:
        """Leave the letter that was begun, so that the next one can follow on this connection."""
        try:
            connection.rset()
        except (OSError, smtplib.SMTPException):
            self._hang_up()

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
