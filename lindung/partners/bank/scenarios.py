"""What goes wrong between a bank and its billers, each as one button: the calls are real, the faults are on purpose."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lindung.lib.damm import check_digit
from lindung.partners.bank.simulator import INQUIRY_PATH, PAYMENT_PATH, BankSession, Exchange

_AT_ONCE = 10
_NOBODYS = "9" + "0" * 11


class NoAmount(Exception):
    """The inquiry before the scenario did not tell what is to be paid; ``exchanges`` shows why."""

    def __init__(self, exchanges: list[Exchange]) -> None:
        super().__init__("no amount")
        self.exchanges = exchanges


@dataclass(frozen=True, slots=True)
class Order:
    """What the page asks for. Without an amount the bank asks for the bill first.

    ``reference`` is that of an earlier inquiry on the same number.
    """

    customer_no: str
    amount_rupiah: int | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One button: its label, one line on what should happen, and the calls."""

    name: str
    title: str | Promise
    explanation: str | Promise
    run: Callable[[BankSession, Order], list[Exchange]]


def pay(bank: BankSession, order: Order) -> list[Exchange]:
    """The good way: with the amount and reference that are known, or after an inquiry of its own."""
    asked, amount, reference = _asked(bank, order)
    return [*asked, bank.pay(order.customer_no, amount, reference=reference)]


def _asked(bank: BankSession, order: Order) -> tuple[list[Exchange], int, str]:
    """What comes before a payment: the inquiry, unless the amount was typed in; the amount; the reference."""
    reference = order.reference or bank.new_reference()
    if order.amount_rupiah is not None:
        return [], order.amount_rupiah, reference
    inquiry = bank.inquire(order.customer_no, reference=reference)
    if inquiry.status != 200:
        raise NoAmount([inquiry])
    return [inquiry], inquiry.amount_rupiah, reference


def _twice(bank: BankSession, order: Order) -> list[Exchange]:
    asked, amount, _reference = _asked(bank, order)
    return [*asked, bank.pay(order.customer_no, amount), bank.pay(order.customer_no, amount)]


def _repeated(bank: BankSession, order: Order) -> list[Exchange]:
    asked, amount, reference = _asked(bank, order)
    request = bank.request(PAYMENT_PATH, bank.payment_fields(order.customer_no, amount, reference=reference))
    return [*asked, bank.send(request), bank.send(request)]


def _ten_at_once(bank: BankSession, order: Order) -> list[Exchange]:
    asked, amount, reference = _asked(bank, order)
    fields = bank.payment_fields(order.customer_no, amount, reference=reference)
    return [*asked, *bank.send_at_once([bank.request(PAYMENT_PATH, fields) for _number in range(_AT_ONCE)])]


def _conflict(bank: BankSession, order: Order) -> list[Exchange]:
    external_id = bank.new_external_id()
    return [
        bank.call(INQUIRY_PATH, bank.inquiry_fields(order.customer_no), external_id=external_id),
        bank.call(INQUIRY_PATH, bank.inquiry_fields(order.customer_no), external_id=external_id),
    ]


def _wrong_amount(bank: BankSession, order: Order) -> list[Exchange]:
    asked, amount, reference = _asked(bank, order)
    return [*asked, bank.pay(order.customer_no, amount + 1, reference=reference)]


def _bad_signature(bank: BankSession, order: Order) -> list[Exchange]:
    return [bank.call(INQUIRY_PATH, bank.inquiry_fields(order.customer_no), secret="somebody else's secret")]


def _stale(bank: BankSession, order: Order) -> list[Exchange]:
    ten_minutes_ago = bank.now() - timedelta(minutes=10)
    return [bank.call(INQUIRY_PATH, bank.inquiry_fields(order.customer_no), sent_at=ten_minutes_ago)]


def _answer_lost(bank: BankSession, order: Order) -> list[Exchange]:
    asked, amount, reference = _asked(bank, order)
    fields = bank.payment_fields(order.customer_no, amount, reference=reference)
    lost = bank.send_and_hang_up(bank.request(PAYMENT_PATH, fields))
    return [*asked, lost, bank.call(PAYMENT_PATH, {**fields, "flagAdvise": "Y"})]


def _unasked(bank: BankSession, order: Order) -> list[Exchange]:
    asked, amount, _reference = _asked(bank, order)
    return [*asked, bank.pay(order.customer_no, amount)]


def _unpadded(bank: BankSession, order: Order) -> list[Exchange]:
    return [bank.inquire(order.customer_no, padded=False)]


def _unknown(bank: BankSession, order: Order) -> list[Exchange]:
    return [bank.inquire(_NOBODYS + check_digit(_NOBODYS))]


def _mistyped(bank: BankSession, order: Order) -> list[Exchange]:
    right = check_digit(_NOBODYS)
    return [bank.inquire(_NOBODYS + str((int(right) + 1) % 10))]


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario(
            "twice",
            _("Bayar dua kali"),
            _("Dua pembayaran dengan nomor acuan berbeda. Yang kedua ditolak: 4042514, tagihan sudah dibayar."),
            _twice,
        ),
        Scenario(
            "repeated",
            _("Kirim ulang persis sama"),
            _("Permintaan yang sama dua kali. Yang kedua dijawab 4042518 dengan hasil yang pertama."),
            _repeated,
        ),
        Scenario(
            "ten",
            _("Sepuluh kali bersamaan"),
            _("Satu pembayaran dikirim sepuluh kali pada saat yang sama. Semua mendapat satu tanda terima yang sama."),
            _ten_at_once,
        ),
        Scenario(
            "lost",
            _("Jawaban hilang"),
            _(
                "Bank memutus sambungan sebelum membaca jawaban, lalu bertanya lagi dengan flagAdvise Y."
                " Tercatat sekali."
            ),
            _answer_lost,
        ),
        Scenario(
            "unasked",
            _("Bayar tanpa cek tagihan"),
            _(
                "Nomor acuan baru dan jumlah yang diisi. Pada nomor yang lewat waktu ditolak: 4042519."
                " Bila tagihan dicek sebelum lewat waktu, “Bayar VA ini” tetap diterima."
            ),
            _unasked,
        ),
        Scenario(
            "amount",
            _("Jumlah salah"),
            _("Satu rupiah lebih banyak dari tagihan. Ditolak: 4042513."),
            _wrong_amount,
        ),
        Scenario(
            "signature",
            _("Tanda tangan salah"),
            _("Ditandatangani dengan rahasia lain. Ditolak: 4012400, tanpa data tagihan."),
            _bad_signature,
        ),
        Scenario(
            "stale",
            _("Waktu basi"),
            _("X-TIMESTAMP sepuluh menit yang lalu. Ditolak: 4012400."),
            _stale,
        ),
        Scenario(
            "conflict",
            _("X-EXTERNAL-ID dipakai lagi"),
            _("Dua permintaan berbeda dengan X-EXTERNAL-ID yang sama pada satu hari. Yang kedua ditolak: 4092400."),
            _conflict,
        ),
        Scenario(
            "unpadded",
            _("Kode perusahaan tanpa spasi"),
            _(
                "partnerServiceId tidak diisi spasi sampai delapan tempat."
                " Diterima, dan dikembalikan persis seperti dikirim."
            ),
            _unpadded,
        ),
        Scenario(
            "unknown",
            _("VA tidak dikenal"),
            _("Nomor yang bentuknya benar tetapi tidak ada tagihannya. Ditolak: 4042412."),
            _unknown,
        ),
        Scenario(
            "mistyped",
            _("Salah ketik"),
            _("Angka pemeriksa di akhir nomor tidak cocok. Ditolak: 4042411."),
            _mistyped,
        ),
    )
}
