"""The bank's daily statement: what it really took, as a file; and with differences planted on purpose.

The format stands in ``README.md`` beside this.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lindung.lib.clock import WIB
from lindung.lib.snap import format_amount, format_timestamp, parse_amount, parse_timestamp
from lindung.partners.bank.simulator import PAYMENT_PATH, Credentials, Exchange
from lindung.partners.simulated import Inbox, Received

_MOST = 100_000
_TAKEN = Inbox("bank-taken")
_MADE = time(0, 5)  # on the day after


@dataclass(frozen=True, slots=True)
class Taken:
    """Money that the bank took, as it stands on a line."""

    taken_at: datetime
    number: str
    amount_rupiah: int
    reference: str
    journal_no: str
    channel: str

    @property
    def line(self) -> str:
        moment, amount = format_timestamp(self.taken_at.astimezone(WIB)), format_amount(self.amount_rupiah)
        return f"D,{moment},{self.number},{amount},IDR,{self.reference},{self.journal_no},{self.channel}"


def keep_taken(exchanges: Iterable[Exchange]) -> None:
    """Keep what was taken, each reference once: payments that were answered well, and those that were not answered
    or met a failure of ours. A bank that took money keeps it until somebody says what became of it."""
    for exchange in exchanges:
        if exchange.path == PAYMENT_PATH and (
            exchange.status is None or exchange.status == 200 or exchange.status >= 500
        ):
            body = json.loads(exchange.body)
            _TAKEN.put(
                {
                    "id": body["paymentRequestId"],
                    "to": body["virtualAccountNo"].strip(),
                    "amount": body["paidAmount"]["value"],
                    "at": body["trxDateTime"],
                    "journal": body["referenceNo"],
                    "channel": str(body["channelCode"]),
                }
            )


def found(reference: str) -> Taken | None:
    """What was taken under a ``paymentRequestId``."""
    entry = _TAKEN.find(reference)
    return _taken(entry) if entry else None


def taken_on(day: date) -> list[Taken]:
    """What was taken on a day, earliest first."""
    everything = (_taken(entry) for entry in _TAKEN.newest(limit=_MOST))
    mine = [taken for taken in everything if taken.taken_at.astimezone(WIB).date() == day]
    return sorted(mine, key=lambda taken: (taken.taken_at, taken.reference))


def statement(day: date, own: Credentials, now: datetime, planted: str = "") -> bytes:
    """The file of a day; of today, as far as it has come. Raises ``KeyError`` for a difference nobody can plant."""
    lines = [taken.line for taken in PLANTED[planted].lines(day, own, taken_on(day))]
    total = sum(parse_amount(line.split(",")[3]) for line in lines)
    made_at = min(datetime.combine(day + timedelta(days=1), _MADE, WIB), now)
    head = f"H,{own.code},{own.service_code},{day},{day},{format_timestamp(made_at.astimezone(WIB))}"
    content = "\n".join([head, *lines, f"T,{len(lines)},{format_amount(total)}", ""]).encode()
    return content[: len(content) * 2 // 3] if planted == "cut" else content


Lines = Callable[[date, Credentials, list[Taken]], list[Taken]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference to plant: its name on the page, what should come of it, and how the lines change."""

    name: str
    title: str | Promise
    explanation: str | Promise
    lines: Lines


def _as_it_is(_day: date, _own: Credentials, taken: list[Taken]) -> list[Taken]:
    return taken


def _never_called(day: date, own: Credentials, taken: list[Taken]) -> list[Taken]:
    number = taken[-1].number if taken else f"{own.service_code}{'0' * 13}"
    stray = Taken(datetime.combine(day, time(0, 0, 1), WIB), number, 1_250_000, f"STRAY{day:%Y%m%d}", "990001", "6010")
    return [stray, *taken]


def _not_listed(_day: date, _own: Credentials, taken: list[Taken]) -> list[Taken]:
    return taken[:-1]


def _another_amount(_day: date, _own: Credentials, taken: list[Taken]) -> list[Taken]:
    last = [
        Taken(one.taken_at, one.number, max(one.amount_rupiah - 6_500, 1), one.reference, one.journal_no, one.channel)
        for one in taken[-1:]
    ]
    return [*taken[:-1], *last]


def _twice(_day: date, _own: Credentials, taken: list[Taken]) -> list[Taken]:
    return [*taken, *taken[-1:]]


def _other_order(_day: date, _own: Credentials, taken: list[Taken]) -> list[Taken]:
    return taken[::-1]


PLANTED = {
    difference.name: difference
    for difference in (
        Difference("", _("Apa adanya"), _("Semua uang yang diterima bank pada hari itu. Semua cocok."), _as_it_is),
        Difference(
            "uncalled",
            _("Uang tanpa panggilan"),
            _("Satu baris yang tidak pernah diberitahukan. Masuk daftar yang belum jelas."),
            _never_called,
        ),
        Difference(
            "missing",
            _("Panggilan tanpa uang"),
            _("Pembayaran terakhir tidak tercantum. Sehari kemudian masuk daftar yang belum jelas."),
            _not_listed,
        ),
        Difference(
            "amount",
            _("Jumlah lain"),
            _("Pembayaran terakhir berkurang Rp6.500. Selisihnya masuk daftar yang belum jelas."),
            _another_amount,
        ),
        Difference(
            "twice",
            _("Baris kembar"),
            _("Pembayaran terakhir tercantum dua kali, sama persis. Yang kedua masuk daftar yang belum jelas."),
            _twice,
        ),
        Difference(
            "cut", _("Berkas terpotong"), _("Sepertiga terakhir hilang. Ditolak; tidak ada yang tercatat."), _as_it_is
        ),
        Difference("order", _("Urutan lain"), _("Baris dari belakang ke depan. Tidak menambah apa pun."), _other_order),
    )
}


def _taken(entry: Received) -> Taken:
    return Taken(
        parse_timestamp(entry["at"]),
        entry["to"],
        parse_amount(entry["amount"]),
        entry["id"],
        entry["journal"],
        entry["channel"],
    )
