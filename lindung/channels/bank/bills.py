"""A bill in the words and lengths of the standard. Nothing of any worker stands here but how many they are."""

from datetime import timedelta
from typing import Any

from lindung.channels.bank.answers import fitted, in_both
from lindung.contributions.order_queries import Payable
from lindung.lib.clock import wib_date
from lindung.lib.snap import format_amount

CURRENCY = "IDR"
WHOLE_COMPANY = "00000"
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_INDONESIA = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]


def money(rupiah: int) -> dict[str, str]:
    """An amount as the standard writes it."""
    return {"value": format_amount(rupiah), "currency": CURRENCY}


def payer_name(bill: Payable) -> str:
    """Whose bill it is, as the payer sees it before paying."""
    return fitted(bill.employer_name, 255)


def bill_detail(bill: Payable) -> dict[str, Any]:
    """The one bill or order behind a number, penalty included."""
    english, indonesia = _described(bill)
    return {
        "billCode": "01",
        "billNo": fitted(bill.bill_number, 18),
        "billName": fitted(indonesia, 20),
        "billShortName": fitted(f"IUR {bill.period:%m%y}", 10),
        "billDescription": in_both(english, indonesia, 18),
        "billSubCompany": WHOLE_COMPANY,
        "billAmount": money(bill.amount_rupiah),
    }


def _described(bill: Payable) -> tuple[str, str]:
    """What it is for, in English and Indonesian, in 18 places."""
    match bill.kind:
        case "own_account":
            return f"BPU {bill.months} mo {bill.period:%m/%Y}", f"BPU {bill.months} bln {bill.period:%m/%Y}"
        case "migrant":
            return f"PMI {bill.months} months", f"Paket PMI {bill.months} bln"
        case "project":
            return "Construction", "Iuran proyek"
    english, indonesia = _ENGLISH[bill.period.month - 1], _INDONESIA[bill.period.month - 1]
    return f"Contrib. {english} {bill.period.year}", f"Iuran {indonesia} {bill.period.year}"


def free_texts(bill: Payable) -> list[dict[str, str]]:
    """What helps the payer to know the bill again: how many workers, until when, and the penalty if there is one."""
    # The end is the first moment at which the number is no longer good.
    last = wib_date(bill.expires_at - timedelta(seconds=1))
    day, month = last.day, last.month - 1
    if bill.kind != "month":
        return [
            in_both(f"Pay by {day} {_ENGLISH[month]} {last.year}", f"Bayar paling lambat {day} {_INDONESIA[month]}", 32)
        ]
    workers = f"{bill.worker_count:,}"
    lines = [
        in_both(
            f"{workers} workers, due {day} {_ENGLISH[month]}",
            f"{workers.replace(',', '.')} pekerja, tempo {day} {_INDONESIA[month]}",
            32,
        )
    ]
    if bill.penalty_rupiah:
        penalty = f"{bill.penalty_rupiah:,}"
        lines.append(in_both(f"Incl. penalty Rp{penalty}", f"Termasuk denda Rp{penalty.replace(',', '.')}", 32))
    return lines
