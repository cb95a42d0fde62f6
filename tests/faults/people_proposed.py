"""`python -m tests.faults.people_proposed N MS`: a firm proposes N people whom the simulated registry knows.

The registry takes MS milliseconds for an answer. Prints the number of the list.
"""

import sys
from datetime import date

import polars as pl

from lindung.config.cli import django_setup

django_setup()

from lindung.access.trail import SYSTEM  # noqa: E402 # after the framework is ready
from lindung.lib import clock  # noqa: E402 # likewise
from lindung.partners.dukcapil import people  # noqa: E402 # likewise
from lindung.registry.services import PROPOSED, propose_workers  # noqa: E402 # likewise
from tests import builders  # noqa: E402 # likewise


def proposed(count: int) -> pl.DataFrame:
    """People nobody has met, as a firm tells of them; the registry forces none of their answers."""
    numbers = [next(builders._numbers) for _ in range(2 * count)]
    numbers = [number for number in numbers if not builders.nik(number).startswith(("80", "89"), 12)][:count]
    told = pl.DataFrame(
        {
            "row_no": range(2, count + 2),
            "nik": [builders.nik(number) for number in numbers],
            "name": [f"Pekerja Contoh {number}" for number in numbers],
            "birth_on": [date(1990, 5, 5)] * count,
            "sex": ["P"] * count,
            "mother_name": ["Ibu Contoh"] * count,
            "email": [f"pekerja{number}@contoh.example" for number in numbers],
            "phone": [f"+62800{number:09d}" for number in numbers],
            "employee_no": [f"K{number}" for number in numbers],
            "from_on": [date(2026, 1, 5)] * count,
        }
    )
    missing = [pl.lit(None).alias(name) for name in PROPOSED if name not in told.columns]
    return told.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in PROPOSED.items())


def main(count: int, answer_ms: int) -> None:
    now = clock.now()
    rows = proposed(count)
    people.register_people(rows)
    people.behave(clock.wib_date(now), delay_ms=answer_ms)
    firm = builders.firm(now=now, workers=1)
    batch = propose_workers(actor=SYSTEM, employer_id=firm.id, rows=rows, upload_id=None, now=now).batch_id
    print(batch)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
