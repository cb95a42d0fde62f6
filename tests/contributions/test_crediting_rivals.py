"""Crediting while others write: who was first is counted, who comes later is late, and nobody is counted twice."""

import threading
from datetime import date

import pytest
from django.db import connections, transaction

from lindung.contributions import services
from lindung.ledger.years import hold_years
from tests.conftest import NOW
from tests.contributions.crediting_money import at, balance, broken, got, planned, rows

pytestmark = pytest.mark.usefixtures("own_db")
_PATIENCE = 10


def test_whoever_writes_of_the_year_is_waited_for_and_counted() -> None:
    """A post that has drawn its entry's id and is not committed yet must be seen."""
    wrote, go_on = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            got({8_000_001: 1_000_000}, at(date(2025, 6, 6)))
            wrote.set()
            go_on.wait(_PATIENCE)
        connections.close_all()

    seen: list[int] = []

    def weigh() -> None:
        with transaction.atomic():
            known = hold_years(until_year=2025)
            seen.append(
                rows("SELECT count(*) FROM ledger_line WHERE holder_id = 8000001 AND entry_id < %s", known)[0][0]
            )
        connections.close_all()

    writer, reader = threading.Thread(target=write_slowly), threading.Thread(target=weigh)
    writer.start()
    assert wrote.wait(_PATIENCE)
    reader.start()
    reader.join(0.3)
    assert reader.is_alive(), "it waits for the writer"
    go_on.set()
    writer.join(_PATIENCE)
    reader.join(_PATIENCE)
    assert seen == [1]


def test_who_writes_of_the_next_year_waits_for_nobody() -> None:
    with transaction.atomic():
        hold_years(until_year=2025)

        def write() -> None:
            got({8_000_002: 1_000}, at(date(2026, 6, 6)))
            connections.close_all()

        writer = threading.Thread(target=write)
        writer.start()
        writer.join(_PATIENCE)
        assert not writer.is_alive()
    assert balance(8_000_002) == 1_000


def test_four_workers_at_one_crediting_and_late_money_at_the_same_time_end_in_what_one_would_have_done() -> None:
    holders = [8_100_000 + number for number in range(400)]
    got(dict.fromkeys(holders, 1000000), at(date(2024, 6, 6)))
    crediting = planned(2025, NOW, holders_a_range=20)
    crediting.start()
    failed: list[BaseException] = []

    def work(what: str) -> None:
        try:
            if what == "credit":
                while services.credit_next_range(crediting_id=crediting.id, now=NOW):
                    pass
            else:
                for number in range(0, 400, 7):
                    got({holders[number]: 12_000}, at(date(2025, 12, 12)))
        except BaseException as wrong:  # shown by the test's own thread
            failed.append(wrong)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[what]) for what in ("credit",) * 4 + ("late",)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed
    assert broken() == []
    crediting.correct()
    assert broken() == []
    assert {balance(holder) for holder in holders[::7]} == {1_012_000 + 57_558}
    assert {balance(holder) for number, holder in enumerate(holders) if number % 7} == {1_057_500}
