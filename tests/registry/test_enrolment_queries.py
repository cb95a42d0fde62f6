"""A firm's view of its lists: counts, rows with words, what it wrote itself, and the cards that came of it."""

from datetime import date, datetime, timedelta

import pytest

from lindung.partners.dukcapil.answers import Deceased, Duplicate, Unavailable
from lindung.registry import enrolment_queries as queries
from lindung.registry.services import verify_batch, withdraw_enrolment
from tests.registry.makers import HR, employer, enrolment_of, proposal, propose, register, worker
from tests.registry.registries import Registry, compared

pytestmark = pytest.mark.django_db


def nik(number: int) -> str:
    return str(worker(number)["nik"])


@pytest.fixture
def firm(now: datetime) -> int:
    return employer(now)


@pytest.fixture
def batch(firm: int, now: datetime) -> int:
    """Six people: enrolled, known, with another name, to go to the office, waiting, withdrawn."""
    register(employer(now, "ZZ2"), [worker(2)], now)
    batch_id = propose(firm, [proposal(number) for number in range(1, 7)], now, upload_id=9).batch_id
    withdraw_enrolment(actor=HR, employer_id=firm, enrolment_id=enrolment_of(batch_id, 6), now=now)
    registry = Registry({nik(3): compared(name=85), nik(4): Duplicate(), nik(5): Unavailable("quota")})
    verify_batch(batch_id=batch_id, registry=registry, now=now)
    return batch_id


def test_a_list_says_how_far_it_is_and_what_it_waits_for(firm: int, batch: int, now: datetime) -> None:
    view = queries.batch(firm, batch)
    assert view is not None
    assert view.reference == f"DF-{batch:06d}"
    assert (view.upload_id, view.sent_at, view.workers, view.done) == (9, now, 6, 5)
    assert view.counts == {"waiting": 1, "to_correct": 1, "to_resolve": 1, "enrolled": 2, "withdrawn": 1}
    assert view.waiting_for == "unavailable_quota"
    assert view.next_try_at is not None
    assert view.next_try_at > now
    newer = propose(firm, [proposal(7)], now).batch_id
    assert [one.id for one in queries.batches_of(firm)] == [newer, batch]
    assert queries.batches_of(firm)[0].waiting_for == ""
    assert len(queries.batches_of(firm, most=1)) == 1


def test_rows_come_by_state_and_page_in_the_order_of_the_list(firm: int, batch: int, now: datetime) -> None:
    page = queries.enrolments(firm, batch_id=batch, page=2, size=4)
    assert ([row.row_no for row in page.items], page.page, page.pages, page.total) == ([5, 6], 2, 2, 6)
    assert queries.enrolments(firm, page=99, size=4).page == 2
    open_ = queries.enrolments(firm, state=["to_correct", "to_resolve"])
    assert [row.row_no for row in open_.items] == [3, 4]
    assert [row.row_no for row in queries.enrolments(firm, state="waiting").items] == [5]
    newer = propose(firm, [proposal(7)], now).batch_id
    assert queries.enrolments(firm).items[0].batch_id == newer


@pytest.mark.parametrize(
    ("typed", "found"),
    [("pekerja 3", [3]), ("PEKERJA", [1, 2, 3, 4, 5, 6]), ("K5", [5]), ("%", []), ("_", []), ("zzz", [])],
)
def test_rows_are_found_by_what_is_typed(firm: int, batch: int, typed: str, found: list[int]) -> None:
    assert [row.row_no for row in queries.enrolments(firm, search=typed).items] == found


def test_a_card_is_found_by_its_first_digits_with_gaps_or_without(firm: int, batch: int) -> None:
    (card,) = (row for row in queries.enrolments(firm).items if row.row_no == 1)
    for typed in (card.kpj, card.kpj[:6], f"{card.kpj[:4]} {card.kpj[4:8]} {card.kpj[8:]}"):
        assert 1 in [row.row_no for row in queries.enrolments(firm, search=typed).items]


def test_a_row_says_what_differs_and_in_words_what_to_do(firm: int, batch: int) -> None:
    row = queries.enrolment(firm, enrolment_of(batch, 3))
    assert row is not None
    assert (row.state, row.outcome, row.differing, row.scores["name"]) == ("to_correct", "partial", ("name",), 85)
    assert row.words.reason
    assert row.words.cure
    assert row.reference == f"DF-{batch:06d}-3"
    assert (row.kpj, row.person_id) == ("", None)
    assert row.register_by == row.from_on + timedelta(days=30)


def test_every_state_has_words(firm: int, batch: int) -> None:
    for row in queries.enrolments(firm).items:
        assert row.words.reason, row


def test_who_has_died_reads_like_who_is_recorded_twice(firm: int, batch: int, now: datetime) -> None:
    second = propose(firm, [proposal(8)], now).batch_id
    verify_batch(batch_id=second, registry=Registry(otherwise=Deceased()), now=now)
    twice, dead = (queries.enrolment(firm, row) for row in (enrolment_of(batch, 4), enrolment_of(second, 8)))
    assert twice is not None
    assert dead is not None
    assert twice.words == dead.words
    assert twice.state == dead.state


def test_the_firm_reads_back_what_it_wrote_and_nothing_else(firm: int, batch: int) -> None:
    written = queries.what_was_written(firm, enrolment_of(batch, 3))
    assert written is not None
    told = proposal(3)
    assert {name: written[name] for name in told} == told
    rows = queries.rows_written(firm, batch, state=["to_correct", "to_resolve"])
    assert rows["row_no"].to_list() == [3, 4]
    assert rows["nik"].to_list() == [nik(3), nik(4)]
    assert rows["differing"].to_list() == ["name", ""]


def test_the_list_of_cards_holds_who_has_one(firm: int, batch: int) -> None:
    cards = queries.kpj_list(firm, batch)
    assert cards["row_no"].to_list() == [1, 2]
    assert cards["known"].to_list() == [False, True]
    assert cards["birth_on"].to_list() == [date(1990, 5, 5)] * 2
    assert all(len(number) == 11 for number in cards["kpj"])
    row = queries.enrolment(firm, cards["enrolment_id"][0])
    assert row is not None
    assert row.kpj == cards["kpj"][0]


def test_another_firm_sees_nothing_of_it(firm: int, batch: int, now: datetime) -> None:
    other = employer(now, "ZZ9")
    row = enrolment_of(batch, 1)
    assert queries.batch(other, batch) is None
    assert queries.enrolment(other, row) is None
    assert queries.what_was_written(other, row) is None
    assert queries.enrolments(other, batch_id=batch).total == 0
    assert queries.kpj_list(other, batch).is_empty()
    assert queries.rows_written(other, batch, state=["to_correct"]).is_empty()
    assert queries.batches_of(other) == []
