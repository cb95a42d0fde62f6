"""The ways out: one mail connection and a few SMS calls at a time, each with its breaker."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from django.conf import settings

from lindung.partners.mail.client import Letter, MailClient
from lindung.partners.outcome import Breaker, Outcome
from lindung.partners.sms.client import MOST_AT_ONCE, SmsClient, Text


class Carriers:
    """The carriers of one delivery, to be used as a context manager.

    An outcome of None says that the carrier was not asked, because it has been silent too often.
    """

    def __init__(self) -> None:
        self._mail = MailClient(relay=settings.MAIL_ADDRESS, sender=settings.DEFAULT_FROM_EMAIL)
        self._sms = SmsClient(gateway=settings.SMS_ADDRESS)
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="sms")
        self.mail_breaker = Breaker()
        self.sms_breaker = Breaker()

    def __enter__(self) -> "Carriers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._mail.__exit__(kind, error, trace)
        self._sms.__exit__(kind, error, trace)

    def mail(self, letters: Sequence[Letter]) -> list[Outcome | None]:
        """Send letters one after another; outcomes in their order."""
        return [self._send_mail(letter) for letter in letters]

    def sms(self, texts: Sequence[Text]) -> list[Outcome | None]:
        """Send texts, up to eight at once; outcomes in their order."""
        return list(self._threads.map(self._send_sms, texts))

    def _send_mail(self, letter: Letter) -> Outcome | None:
        if self.mail_breaker.open:
            return None
        outcome = self._mail.send(letter)
        self.mail_breaker.note(outcome)
        return outcome

    def _send_sms(self, text: Text) -> Outcome | None:
        if self.sms_breaker.open:
            return None
        outcome = self._sms.send(text)
        self.sms_breaker.note(outcome)
        return outcome
