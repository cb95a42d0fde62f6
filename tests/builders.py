"""Small makers of facts for tests: every call gives somebody new. All people and firms are invented."""

import itertools
import secrets
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import polars as pl

from lindung.access.trail import SYSTEM
from lindung.contributions.services import IssuedBill, WageRows, report_wages
from lindung.registry import services as registry

# Drawn at random once a process, so that processes that commit to one database never meet each other's people.
_numbers = itertools.count(secrets.randbelow(3000) * 10_000 + 1)


@dataclass(frozen=True)
class Firm:
    """An employer with its workers: columns as ``register_workers`` gave them, and what was told of them."""

    id: int
    npp: str
    people: pl.DataFrame
    told: pl.DataFrame

    def rows(self, wage_rupiah: int = 10_000_000) -> WageRows:
        people = self.people.sort("person_id")
        count = people.height
        return WageRows(
            person_id=people["person_id"].to_numpy(),
            employment_id=people["employment_id"].to_numpy(),
            membership_id=people["membership_id"].to_numpy(),
            wage_rupiah=np.full(count, wage_rupiah, dtype=np.int64),
            jp_liable=np.ones(count, dtype=bool),
            jkp_member=np.zeros(count, dtype=bool),
        )


def nik(number: int) -> str:
    """A NIK in the fictitious province 99, a different one for every number below 36 million."""
    serial, day = number % 9999 + 1, number // 9999
    return f"99{day // 336 % 90 + 10:02d}01{day % 28 + 1:02d}{day // 28 % 12 + 1:02d}90{serial:04d}"


def firm(
    *, now: datetime, workers: int = 3, size: str = "medium", jkk_class: str = "II", from_on: date = date(2024, 1, 1)
) -> Firm:
    """A new firm with new workers, known to the civil registry, each with an e-mail and a phone."""
    first = next(_numbers)
    npp = f"ZZ{first:08d}"
    employer_id = registry.register_employer(
        actor=SYSTEM,
        npp=npp,
        name=f"PT Contoh {first}",
        size=size,
        jkk_class=jkk_class,
        since_on=from_on,
        now=now,
    )
    numbers = [next(_numbers) for _ in range(workers)]
    told = pl.DataFrame(
        {
            "nik": [nik(n) for n in numbers],
            "name": [f"Pekerja Contoh {n}" for n in numbers],
            "birth_on": [date(1990, 5, 5)] * workers,
            "sex": ["P"] * workers,
            "mother_name": [f"Ibu Contoh {n}" for n in numbers],
            "email": [f"pekerja{n}@contoh.example" for n in numbers],
            "phone": [f"+62800{n:07d}" for n in numbers],
            "employee_no": [f"K{n}" for n in numbers],
            "from_on": [from_on] * workers,
        },
        schema=registry.WORKERS,
    )
    people = registry.register_workers(actor=SYSTEM, employer_id=employer_id, workers=told, now=now)
    return Firm(employer_id, npp, people, told)


def join(of: Firm, *, now: datetime, from_on: date) -> int:
    """Somebody new comes to work in a firm; gives his person id."""
    number = next(_numbers)
    row = {
        **dict.fromkeys(registry.WORKERS),
        "nik": nik(number),
        "name": f"Pekerja Contoh {number}",
        "birth_on": date(1990, 5, 5),
        "sex": "P",
        "mother_name": f"Ibu Contoh {number}",
        "employee_no": f"K{number}",
        "from_on": from_on,
    }
    newcomer = pl.DataFrame([row], schema=registry.WORKERS)
    people = registry.register_workers(actor=SYSTEM, employer_id=of.id, workers=newcomer, now=now)
    return int(people["person_id"][0])


def bill(of: Firm, period: date, now: datetime, wage_rupiah: int = 10_000_000) -> IssuedBill:
    """A month reported: everybody at the same wage."""
    return report_wages(
        actor=SYSTEM, employer_id=of.id, period=period, upload_id=None, rows=of.rows(wage_rupiah), now=now
    )
