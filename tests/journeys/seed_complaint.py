"""`python -m tests.journeys.seed_complaint`: a firm with a billed month, its clerk and one of its workers, both with a
password. Prints JSON. Run with the platform's own environment.
"""

import json

from lindung.config.cli import django_setup

django_setup()

from lindung.access import services as access  # noqa: E402 # after the framework is ready
from lindung.access.trail import SYSTEM  # noqa: E402 # likewise
from lindung.law import Month  # noqa: E402 # likewise
from lindung.lib import clock  # noqa: E402 # likewise
from lindung.registry import queries as registry  # noqa: E402 # likewise
from tests import builders  # noqa: E402 # likewise
from tests.journeys.seed import PASSWORD  # noqa: E402 # likewise


def main() -> None:
    now = clock.now()
    month = Month.of(clock.wib_date(now)).previous()
    firm = builders.firm(now=now, workers=2, from_on=month.first_on)
    builders.bill(firm, month.first_on, now, 4_000_000)
    person_id = int(firm.rows().person_id[0])
    names = {"hr": f"hr{firm.id}@contoh.example", "member": f"pekerja{person_id}@contoh.example"}
    for role, scope_id in (("hr", firm.id), ("member", person_id)):
        link = access.invite(
            actor=SYSTEM,
            display_name="Rina Contoh",
            names={"email": names[role]},
            role=role,
            scope_id=scope_id,
            now=now,
        )
        access.set_first_password(token=link.token, password=PASSWORD, now=now)
    worker = registry.member(person_id)
    told = {"password": PASSWORD, "employer_id": firm.id, "month": f"{month}", "worker": worker.name if worker else ""}
    print(json.dumps(names | told))


if __name__ == "__main__":
    main()
