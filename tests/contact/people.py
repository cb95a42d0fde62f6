"""Invented people with addresses, and messages to them."""

import itertools
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lindung.access.trail import SYSTEM
from lindung.contact import services
from lindung.contact.models import Message

# Apart per process, and from the people of other makers, so that committed rows never meet.
_numbers = itertools.count(900_000_000 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) * 1_000_000)


@dataclass(frozen=True)
class Somebody:
    id: int
    kpj: str
    email: str = ""
    phone: str = ""


def somebody(now: datetime, *, email: bool = True, phone: bool = True, address: str = "") -> Somebody:
    """A person nobody has met, with the addresses asked for."""
    number = next(_numbers)
    person = Somebody(
        number,
        f"26{number:09d}",
        (address or f"peserta{number}@contoh.example") if email else "",
        f"+62800{number}" if phone else "",
    )
    for kind, value in (("email", person.email), ("phone", person.phone)):
        if value:
            services.save_addresses(
                actor=SYSTEM, person_ids=[person.id], kind=kind, values=[value], cause="upload:1", now=now
            )
    return person


def new_batch() -> str:
    return f"payment:{next(_numbers)}"


def tell_all(people: Sequence[Somebody], now: datetime, *, batch: str = "", jht_rupiah: int = 513_000) -> str:
    """Tell everybody that a contribution was received; gives the batch."""
    batch = batch or new_batch()
    services.tell(
        batch=batch,
        kind="contribution_received",
        rows_sql=(
            "SELECT person_id, jsonb_build_object('kpj', kpj, 'period', '2026-10', 'employer', 'PT Contoh Satu',"
            " 'jht_rupiah', %s::bigint) FROM unnest(%s::bigint[], %s::text[]) AS p (person_id, kpj)"
        ),
        params=[jht_rupiah, [person.id for person in people], [person.kpj for person in people]],
        now=now,
    )
    return batch


def states(batch: str) -> dict[int, str]:
    """Person id -> what became of their message."""
    return dict(Message.objects.filter(batch=batch).values_list("person_id", "state"))
