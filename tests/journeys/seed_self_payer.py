"""`python -m tests.journeys.seed_self_payer`: somebody whose own-account cover lapsed, in a running platform.

Prints JSON: what a journey needs to know. Run with the platform's own environment.
"""

import json
import os
from datetime import timedelta
from pathlib import Path

from lindung.config.cli import django_setup

django_setup()

from lindung.access import services as access  # noqa: E402 # after the framework is ready
from lindung.access.trail import SYSTEM  # noqa: E402 # likewise
from lindung.contributions.services import receive_payment  # noqa: E402 # likewise
from lindung.law import Month  # noqa: E402 # likewise
from lindung.lib import clock  # noqa: E402 # likewise
from lindung.nation.bank import register_simulated_bank  # noqa: E402 # likewise
from tests.contributions.self_payers import SelfPayer  # noqa: E402 # likewise
from tests.journeys.seed import PASSWORD  # noqa: E402 # likewise


def main() -> None:
    now = clock.now()
    this = Month.of(clock.wib_date(now))
    bank = register_simulated_bank(folder=Path(os.environ["LINDUNG_DATA"]), now=now)
    payer = SelfPayer(now, since_on=this.plus(-9).first_on)
    payer.leave(this.plus(-9).first_on, now)
    long_ago = now - timedelta(days=190)
    order = payer.order(1, long_ago)
    receive_payment(
        actor=SYSTEM,
        partner_id=bank,
        reference=f"long-ago-{order.number}",
        customer_no=order.customer_no,
        amount_rupiah=order.amount_rupiah,
        channel="6011",
        bank_reference="B-1",
        paid_at=long_ago,
        inquired_at=None,
        now=long_ago,
    )
    email = f"mandiri{payer.person_id}@contoh.example"
    link = access.invite(
        actor=SYSTEM,
        display_name="Pekerja Mandiri",
        names={"email": email},
        role="member",
        scope_id=payer.person_id,
        now=now,
    )
    access.set_first_password(token=link.token, password=PASSWORD, now=now)
    print(json.dumps({"member": email, "password": PASSWORD, "kpj": payer.kpj, "month": f"{this}"}))


if __name__ == "__main__":
    main()
