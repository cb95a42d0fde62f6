"""A bill in the words and lengths of the standard. Nothing of any worker stands here but how many they are."""

from datetime import date, timedelta
from typing import Any

from lindung.channels.bank.answers import fitted, in_both
from lindung.contributions.order_queries import Payable
from lindung.lib.clock import wib_date
from lindung.lib.snap import format_amount

CURRENCY = "IDR"
# The standard has room for 24, some banks for five.
_MOST_DETAILS = 5
WHOLE_COMPANY = "00000"
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_INDONESIA = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]


def money(rupiah: int) -> dict[str, str]:
    """An amount as the standard writes it."""
    return {"value": format_amount(rupiah), "currency": CURRENCY}


def payer_name(bill: Payable) -> str:
    """Whose bill it is, as the payer sees it before paying."""
    return fitted(bill.employer_name, 255)


def bill_details(bill: Payable) -> list[dict[str, Any]]:
    """What is behind a number, penalty included: one bill or order, or the months of a joint number, which add up to
    what it takes. Where they are more than every bank can show, the last one is all the others together."""
    if bill.kind != "months":
        return [_detail(1, bill.bill_number, bill.period, _described(bill), bill.amount_rupiah)]
    shown = bill.parts if len(bill.parts) <= _MOST_DETAILS else bill.parts[: _MOST_DETAILS - 1]
    details = [
        _detail(place, part.bill_number, part.period, _month_described(part.period), part.amount_rupiah)
        for place, part in enumerate(shown, 1)
    ]
    others = bill.parts[len(shown) :]
    if others:
        words = f"{len(others)} more bills", f"{len(others)} tagihan lagi"
        rupiah = sum(part.amount_rupiah for part in others)
        details.append(_detail(len(shown) + 1, others[0].bill_number, others[0].period, words, rupiah))
    return details


def _detail(place: int, number: str, period: date, described: tuple[str, str], rupiah: int) -> dict[str, Any]:
    english, indonesia = described
    return {
        "billCode": f"{place:02d}",
        "billNo": fitted(number, 18),
        "billName": fitted(indonesia, 20),
        "billShortName": fitted(f"IUR {period:%m%y}", 10),
        "billDescription": in_both(english, indonesia, 18),
        "billSubCompany": WHOLE_COMPANY,
        "billAmount": money(rupiah),
    }


def _month_described(period: date) -> tuple[str, str]:
    english, indonesia = _ENGLISH[period.month - 1], _INDONESIA[period.month - 1]
    return f"Contrib. {english} {period.year}", f"Iuran {indonesia} {period.year}"


def _project_month_described(period: date) -> tuple[str, str]:
    return f"Construction {period:%m/%y}", f"Iuran proyek {period:%m/%y}"


def _described(bill: Payable) -> tuple[str, str]:
    """What it is for, in English and Indonesian, in 18 places."""
    match bill.kind:
        case "own_account":
            return f"BPU {bill.months} mo {bill.period:%m/%Y}", f"BPU {bill.months} bln {bill.period:%m/%Y}"
        case "migrant":
            return f"PMI {bill.months} months", f"Paket PMI {bill.months} bln"
        case "project":
            return ("Construction", "Iuran proyek") if not bill.months else _project_month_described(bill.period)
    return _month_described(bill.period)


def free_texts(bill: Payable) -> list[dict[str, str]]:
    """What helps the payer to know the bill again: how many workers, until when, and the penalty if there is one."""
    # The end is the first moment at which the number is no longer good.
    last = wib_date(bill.expires_at - timedelta(seconds=1))
    day, month = last.day, last.month - 1
    lines = [_until(bill, day, month, last.year)]
    if bill.penalty_rupiah:
        penalty = f"{bill.penalty_rupiah:,}"
        lines.append(in_both(f"Incl. penalty Rp{penalty}", f"Termasuk denda Rp{penalty.replace(',', '.')}", 32))
    return lines


def _until(bill: Payable, day: int, month: int, year: int) -> dict[str, str]:
    english, indonesia = _ENGLISH[month], _INDONESIA[month]
    if bill.kind == "months":
        return in_both(
            f"{bill.months} bills, pay by {day} {english}", f"{bill.months} tagihan, tempo {day} {indonesia}", 32
        )
    if bill.kind != "month":
        return in_both(f"Pay by {day} {english} {year}", f"Bayar paling lambat {day} {indonesia}", 32)
    workers = f"{bill.worker_count:,}"
    return in_both(
        f"{workers} workers, due {day} {english}", f"{workers.replace(',', '.')} pekerja, tempo {day} {indonesia}", 32
    )
