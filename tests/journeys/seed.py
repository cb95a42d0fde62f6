"""`python -m tests.journeys.seed`: a new firm with workers, an HR user and the bank, in a running platform.

Prints JSON: what a journey needs to know. Run with the platform's own environment.
"""

import json
import os
import sys
from pathlib import Path

from lindung.config.cli import django_setup

django_setup()


from lindung.access import services as access  # noqa: E402 # likewise
from lindung.access.trail import SYSTEM  # noqa: E402 # likewise
from lindung.lib import clock  # noqa: E402 # likewise
from lindung.nation.bank import register_simulated_bank  # noqa: E402 # likewise
from tests import builders  # noqa: E402 # likewise


def main(workers: int, size: str) -> None:
    now = clock.now()
    register_simulated_bank(folder=Path(os.environ["LINDUNG_DATA"]), now=now)
    firm = builders.firm(now=now, workers=workers, size=size)
    email = f"hr{firm.id}@contoh.example"
    link = access.invite(
        actor=SYSTEM, display_name="Rina Personalia", names={"email": email}, role="hr", scope_id=firm.id, now=now
    )
    access.set_first_password(token=link.token, password=PASSWORD, now=now)
    people = firm.told.with_columns(firm.people["kpj"], firm.people["person_id"])
    print(
        json.dumps(
            {
                "employer_id": firm.id,
                "npp": firm.npp,
                "hr": email,
                "password": PASSWORD,
                "people": people.select("nik", "name", "kpj", "email", "phone", "employee_no").to_dicts(),
            }
        )
    )


PASSWORD = "sembilan kucing biru"

if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
