"""What a firm may put right, and what only the worker may."""

from datetime import datetime, timedelta
from typing import Any

import polars as pl
import pytest

from lindung.access.invitations import NewMember, invite_members
from lindung.access.services import set_first_password
from lindung.access.trail import SYSTEM
from lindung.contact.queries import Reachable, address_book
from lindung.lib.crypto import decrypt
from lindung.registry.services import CORRECTIONS, Corrected, WorkersRefused, correct_workers
from tests.registry.makers import HR, employer, one, register, told, worker

pytestmark = pytest.mark.django_db


def row(work: dict[str, Any], **changed: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(CORRECTIONS)
    return {**nothing, "person_id": work["person_id"], "employment_id": work["employment_id"], **changed}


def correct(firm: int, rows: list[dict[str, Any]], now: datetime) -> Corrected:
    frame = pl.DataFrame(rows, schema=CORRECTIONS)
    return correct_workers(actor=HR, employer_id=firm, corrections=frame, now=now)


def start_account(work: dict[str, Any], now: datetime) -> None:
    member = NewMember(work["person_id"], work["kpj"], work["kpj"], "")
    link = invite_members(actor=SYSTEM, people=[member], now=now)[work["person_id"]]
    set_first_password(token=link.token, password="kuda laut makan rumput", now=now)


def test_what_is_the_firms_own_is_changed_and_what_is_not_named_stays(now: datetime) -> None:
    firm = employer(now)
    works = register(firm, [worker(1), worker(2)], now).rows(named=True)
    rows = [row(works[0], employee_no="B-1"), row(works[1], location="Gudang Uji")]
    assert correct(firm, rows, now) == Corrected(2, 0)
    own = "SELECT employee_no, location FROM registry_employment WHERE id = %s"
    assert one(own, works[0]["employment_id"]) == ("B-1", "")
    assert one(own, works[1]["employment_id"]) == ("K2", "Gudang Uji")
    assert address_book([works[0]["person_id"]])[works[0]["person_id"]].email == "p1@contoh.example"
    assert correct(firm, rows, now) == Corrected(0, 0)


def test_the_contact_data_of_who_has_no_account_are_the_firms_to_mend(now: datetime) -> None:
    firm = employer(now)
    (work,) = register(firm, [worker(1, email=None)], now).rows(named=True)
    changes = {"phone": "+628009999999", "email": "baru@contoh.example", "address": "Jalan Uji 2"}
    assert correct(firm, [row(work, **changes)], now) == Corrected(1, 0)
    person_id = work["person_id"]
    assert address_book([person_id])[person_id] == Reachable("baru@contoh.example", "+628009999999")
    (sealed,) = one("SELECT address_encrypted FROM registry_person WHERE id = %s", person_id)
    assert decrypt(sealed, f"registry_person.address_encrypted:{person_id}") == b"Jalan Uji 2"
    assert correct(firm, [row(work, **changes)], now) == Corrected(0, 0)
    assert told(person_id) == []


@pytest.mark.parametrize("why", ["account", "another firm"])
def test_other_contact_data_are_left_to_the_worker_and_he_is_told(why: str, now: datetime) -> None:
    firm = employer(now)
    (work,) = register(firm, [worker(1)], now).rows(named=True)
    if why == "account":
        start_account(work, now)
    else:
        register(employer(now, "ZZ2"), [worker(1)], now)
    changes = {"phone": "+628009999999", "location": "Gudang Uji"}
    assert correct(firm, [row(work, **changes)], now) == Corrected(1, 1)
    assert address_book([work["person_id"]])[work["person_id"]].phone == "+628000000001"
    assert told(work["person_id"]) == [("contact_differs", {"employer": "PT Contoh"})]
    # He is not told the same every day, but he is when it goes on.
    assert correct(firm, [row(work, **changes)], now + timedelta(days=1)) == Corrected(0, 1)
    assert len(told(work["person_id"])) == 1
    correct(firm, [row(work, **changes)], now + timedelta(days=31))
    assert len(told(work["person_id"])) == 2


def test_what_he_wrote_himself_already_is_nothing_to_tell(now: datetime) -> None:
    firm = employer(now)
    (work,) = register(firm, [worker(1)], now).rows(named=True)
    start_account(work, now)
    assert correct(firm, [row(work, phone="+628000000001")], now) == Corrected(0, 0)
    assert told(work["person_id"]) == []


def test_every_fault_is_named_and_nothing_is_changed(now: datetime) -> None:
    firm, other = employer(now), employer(now, "ZZ2")
    first, second = register(firm, [worker(1), worker(2)], now).rows(named=True)
    (theirs,) = register(other, [worker(3)], now).rows(named=True)
    rows = [
        row(first, location="Gudang Uji", phone="0800"),
        row(second, employee_no="x" * 41, email="nobody"),
        row(second),
        row(theirs, location="x"),
        row({"person_id": first["person_id"], "employment_id": 10**15}),
        row({"person_id": theirs["person_id"], "employment_id": first["employment_id"]}),
    ]
    with pytest.raises(WorkersRefused) as refused:
        correct(firm, rows, now)
    assert [(fault.row, fault.column, fault.code) for fault in refused.value.faults] == [
        (0, "employment_id", "repeated"),
        (0, "phone", "not_an_address"),
        (1, "employment_id", "repeated"),
        (1, "employee_no", "too_long"),
        (1, "email", "not_an_address"),
        (2, "employment_id", "repeated"),
        (3, "employment_id", "not_here"),
        (4, "employment_id", "not_here"),
        (5, "employment_id", "not_here"),
        (5, "employment_id", "repeated"),
    ]
    assert one(
        "SELECT count(*) FROM registry_employment WHERE location <> '' AND employer_id IN (%s, %s)", firm, other
    ) == (0,)
