"""`python -m tests.faults.month_paid N`: a firm of N workers whose October is reported and paid. Prints the batch."""

import sys
from datetime import date

from lindung.config.cli import django_setup

django_setup()

from lindung.access.trail import Actor  # noqa: E402 # after the framework is ready
from lindung.contributions import services  # noqa: E402 # likewise
from lindung.lib import clock  # noqa: E402 # likewise
from tests import builders  # noqa: E402 # likewise


def main(workers: int) -> None:
    now = clock.now()
    firm = builders.firm(now=now, workers=workers)
    issued = builders.bill(firm, date(now.year, now.month, 1), now)
    receipt = services.receive_payment(
        actor=Actor("partner", 1),
        partner_id=1,
        reference=f"month-{issued.bill_id}",
        customer_no=issued.customer_no,
        amount_rupiah=issued.amount_rupiah,
        channel="6011",
        bank_reference="",
        paid_at=now,
        inquired_at=None,
        now=now,
    )
    print(f"payment:{receipt.payment_id}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
