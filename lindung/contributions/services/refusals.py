"""Why a write about contributions was refused. Nothing was written."""

from datetime import datetime
from typing import Literal


class AlreadyBilled(Exception):
    """This employer's month has a bill; ``number`` names it. Nothing was written."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class BillNotFound(Exception):
    """No bill is paid to this number."""


class BillPaid(Exception):
    """The bill behind this number is paid: a second payment is refused."""


class VirtualAccountExpired(Exception):
    """The number's time is over, or a newer one took its place."""


class WrongAmount(Exception):
    """The number takes one amount, no more and no less; ``expected_rupiah`` says which."""

    def __init__(self, expected_rupiah: int) -> None:
        super().__init__(str(expected_rupiah))
        self.expected_rupiah = expected_rupiah


class ReferenceClash(Exception):
    """The bank used this reference before for another number or amount."""


class DepositRefused(Exception):
    """Money cannot be booked like this; ``why`` says ``amount`` or ``future``."""

    def __init__(self, why: Literal["amount", "future"]) -> None:
        super().__init__(why)
        self.why = why


class SuspenseClosed(Exception):
    """The item is explained already."""


class ProposalMissing(Exception):
    """Nothing waits for an answer under this id: it was answered, taken back, or the item changed since."""


class SameOfficer(Exception):
    """Who proposed something cannot agree to it."""


class WayImpossible(Exception):
    """The item cannot be explained like this; ``way`` says what was tried."""

    def __init__(self, way: Literal["deposit", "pair", "difference", "unknown"]) -> None:
        super().__init__(way)
        self.way = way


class SlipExplained(Exception):
    """This money was on a statement, and two officers explained it; ``item_id`` is where it stood in suspense."""

    def __init__(self, item_id: int) -> None:
        super().__init__(str(item_id))
        self.item_id = item_id


class RefundRefused(Exception):
    """This credit cannot be asked back; nothing was changed.

    ``why``: ``amount`` (below one rupiah), ``account`` (no such bank, or no such number), ``name`` (none, or too long),
    ``open`` (one is on its way), ``owes`` (bills come first; ``rupiah`` is what they ask), ``credit`` (more than the
    ``rupiah`` that no bill counts on).
    """

    def __init__(self, why: Literal["amount", "account", "name", "open", "owes", "credit"], rupiah: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.rupiah = rupiah


class RefundMoved(Exception):
    """The refund stands otherwise than this act needs: it was answered, sent, withdrawn or ended meanwhile."""


class FirmsOwnOfficer(Exception):
    """An officer who is, or was, a user of the firm, or asked for the money, has no hand in paying it."""


class TransferTaken(Exception):
    """Another officer (``by``, his account) has the account's number open and may be transferring at this moment."""

    def __init__(self, by: int) -> None:
        super().__init__(str(by))
        self.by = by


class TransferEarly(Exception):
    """The account is new for the firm, whose users may still object: it is opened from ``from_at`` on."""

    def __init__(self, from_at: datetime) -> None:
        super().__init__(from_at.isoformat())
        self.from_at = from_at


class TransferRefused(Exception):
    """A transfer cannot be recorded like this: its ``day`` is to come or before the decision, its number is ``used``
    for another refund, or is none (``number``)."""

    def __init__(self, why: Literal["day", "used", "number"]) -> None:
        super().__init__(why)
        self.why = why
