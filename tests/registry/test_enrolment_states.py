"""Lists sent, answered, corrected, withdrawn and people leaving, in any order and as often as one likes.

Whatever happens: one person a number, one card a person, one running employment a firm, nobody waits twice, every row
is somewhere, and nobody is a member whom the civil registry did not match.
"""

import contextlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lindung.access.trail import SYSTEM
from lindung.partners.dukcapil.answers import NotFound, Outcome, Unavailable
from lindung.registry.models import Enrolment
from lindung.registry.services import (
    AskedTooSoon,
    EnrolmentSettled,
    WorkersRefused,
    correct_enrolment,
    report_exits,
    verify_batch,
    withdraw_enrolment,
)
from tests.registry.makers import HR, added, assert_clean, employer, many, one, proposal, propose, worker
from tests.registry.registries import Registry, compared

pytestmark = pytest.mark.django_db

BIRTHS = (date(1990, 5, 5), date(1991, 5, 5))
people = st.integers(1, 4)
firms = st.integers(0, 1)
told = st.fixed_dictionaries({}, optional={"name": st.just("Nama Lain"), "birth_on": st.just(BIRTHS[1])})
row = st.tuples(people, told)
places = st.integers(0, 30)
actions = st.one_of(
    st.tuples(st.just("propose"), firms, st.lists(row, min_size=1, max_size=3, unique_by=lambda one: one[0])),
    st.tuples(st.just("send again"), places),
    st.tuples(st.just("verify"), places, st.just("truth")),
    st.tuples(st.just("verify"), places, st.sampled_from(["truth", "quota", "outage"])),
    st.tuples(st.just("correct"), places, st.fixed_dictionaries({}, optional={"nik": people, "name": people})),
    st.tuples(st.just("withdraw"), places),
    st.tuples(st.just("leave"), places),
)


class Truth(Registry):
    """Knows the four by their own names and birth date, and nobody else."""

    def verify(self, nik: str, given: Mapping[str, str], *, purpose: str, actor: str) -> Outcome:
        for number in range(1, 5):
            if worker(number)["nik"] == nik:
                right = given["NAMA_LGKP"] == f"PEKERJA {number}"
                born = given["TGL_LHR"] == BIRTHS[0].isoformat()
                return compared(name=100 if right else 30, birth_on=100 if born else 0)
        return NotFound()


class World:
    """Two firms, what they sent, and a clock that moves on a little with every act."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.firms = [employer(now, npp) for npp in ("ZZ1", "ZZ2")]
        self.sent: list[tuple[int, list[dict[str, Any]], int]] = []
        self.batches: list[int] = []
        self.rows = 0

    def act(self, action: tuple[Any, ...]) -> None:
        self.now += timedelta(minutes=40)
        name, *given = action
        with contextlib.suppress(EnrolmentSettled, AskedTooSoon, WorkersRefused), transaction.atomic():
            getattr(self, name.replace(" ", "_"))(*given)

    def propose(self, firm: int, rows: list[tuple[int, dict[str, Any]]]) -> None:
        listed = [proposal(number, **changed) for number, changed in rows]
        self.sent.append((self.firms[firm], listed, len(self.sent) + 1))
        self.batches.append(propose(*self.sent[-1][:2], self.now, upload_id=self.sent[-1][2]).batch_id)
        self.rows += len(listed)

    def send_again(self, place: int) -> None:
        if self.sent:
            firm, listed, upload = self.sent[place % len(self.sent)]
            batch = propose(firm, listed, self.now, upload_id=upload).batch_id
            assert batch == self.batches[upload - 1]

    def verify(self, place: int, how: str) -> None:
        if self.batches:
            registry = Truth() if how == "truth" else Registry(otherwise=Unavailable(how))  # type: ignore[arg-type] # a kind
            verify_batch(batch_id=self.batches[place % len(self.batches)], registry=registry, now=self.now)

    def correct(self, place: int, changed: dict[str, int]) -> None:
        if found := self._row(place):
            makers = {"nik": lambda n: worker(n)["nik"], "name": lambda n: worker(n)["name"]}
            changes = {column: makers[column](number) for column, number in changed.items()}
            correct_enrolment(
                actor=HR, employer_id=found.employer_id, enrolment_id=found.pk, changes=changes, now=self.now
            )

    def withdraw(self, place: int) -> None:
        if found := self._row(place):
            withdraw_enrolment(actor=HR, employer_id=found.employer_id, enrolment_id=found.pk, now=self.now)

    def leave(self, place: int) -> None:
        works = many(
            "SELECT id, employer_id FROM registry_employment WHERE employer_id = ANY(%s) AND until_on IS NULL",
            self.firms,
        )
        if works:
            employment_id, firm = works[place % len(works)]
            exits = pl.DataFrame({"employment_id": [employment_id], "until_on": [date(2026, 6, 1)], "cause": ["A1"]})
            report_exits(actor=SYSTEM, employer_id=firm, exits=exits, now=self.now)

    def _row(self, place: int) -> Enrolment | None:
        rows = Enrolment.objects.filter(batch_id__in=self.batches).order_by("id")
        return rows[place % len(rows)] if rows else None

    def check(self) -> None:
        assert added("registry_enrolment") == self.rows
        persons, niks, cards = (added(f"registry_{name}") for name in ("person", "nikindex", "membership"))
        assert persons == niks == cards <= 4
        twice = many(
            "SELECT person_id FROM registry_employment WHERE employer_id = ANY(%s) AND until_on IS NULL"
            " GROUP BY person_id, employer_id HAVING count(*) > 1",
            self.firms,
        )
        assert not twice
        first = one(
            "SELECT count(*), count(DISTINCT person_id) FROM contact_message"
            " WHERE kind = 'membership_started' AND person_id IN (SELECT person_id FROM registry_employment"
            " WHERE employer_id = ANY(%s))",
            self.firms,
        )
        assert first == (persons, persons)
        strangers = many(
            "SELECT p.name FROM registry_person p JOIN registry_enrolment e ON e.person_id = p.id"
            " WHERE e.batch_id = ANY(%s) AND (p.birth_on <> %s OR p.name NOT LIKE 'Pekerja _')",
            self.batches,
            BIRTHS[0],
        )
        assert not strangers
        assert_clean()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=st.lists(actions, min_size=1, max_size=14))
def test_nobody_is_lost_or_doubled_in_whatever_order_it_happens(acts: list[tuple[Any, ...]], now: datetime) -> None:
    with transaction.atomic():
        world = World(now)
        for action in acts:
            world.act(action)
        world.check()
        # In the end everybody has his turn: nobody waits for ever.
        for batch_id in world.batches:
            verify_batch(batch_id=batch_id, registry=Truth(), now=world.now + timedelta(days=2))
        assert not Enrolment.objects.filter(batch_id__in=world.batches, state="waiting").exists()
        world.check()
        transaction.set_rollback(True)
