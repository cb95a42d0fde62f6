"""A number to pay to, and a payment, as an employer's pages state them: for one bill and for several alike."""

from datetime import datetime

from django.utils.translation import gettext as _

from lindung.channels.employer.standing import moment_wib
from lindung.channels.shared.components import SummaryRow
from lindung.channels.shared.formats import long_date
from lindung.lib.clock import wib_date


def account_rows(service_code: str, customer_no: str) -> list[SummaryRow]:
    """The number in its two parts, as some banks ask for it."""
    return [
        SummaryRow(_("Kode perusahaan"), service_code),
        SummaryRow(_("Nomor pelanggan"), customer_no, kind="number"),
    ]


def payment_rows(
    *, receipt_number: str, paid_at: datetime, bank_name: str, bank_reference: str, by_day: bool = False
) -> list[SummaryRow]:
    """What the bank said of it, and the receipt it was given. ``by_day``: its hour is not known."""
    return [
        SummaryRow(_("Nomor kuitansi"), receipt_number),
        SummaryRow(_("Dibayar"), long_date(wib_date(paid_at)) if by_day else moment_wib(paid_at)),
        SummaryRow(_("Lewat bank"), bank_name),
        SummaryRow(_("Acuan bank"), bank_reference or None),
    ]
