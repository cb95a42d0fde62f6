"""Questions to the civil registry: eight at once in a process, and none when there is no use in it."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from lindung.access.trail import SYSTEM
from lindung.partners.dukcapil.answers import Outcome, Unavailable
from lindung.registry.inquiries import AT_ONCE, Inquiries, Question
from tests.registry.registries import Registry, compared

QUESTIONS = [Question(f"99010101019{number:05d}", {"NAMA_LGKP": "DEWI"}) for number in range(60)]


def ask(registry: Registry) -> tuple[list[Outcome | None], str | None]:
    with Inquiries(registry, purpose="enrolment", actor=SYSTEM) as inquiries:
        return [future.result() for future in inquiries.ask(QUESTIONS)], inquiries.stopped


def test_no_more_than_eight_wait_for_an_answer_whoever_asks() -> None:
    lock, now, most = threading.Lock(), 0, 0

    def slow() -> Outcome:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.002)
        with lock:
            now -= 1
        return compared()

    with ThreadPoolExecutor(3) as others:
        list(others.map(ask, [Registry(otherwise=slow) for _ in range(3)]))
    assert most == AT_ONCE


def test_answers_come_in_the_order_of_the_questions() -> None:
    registry = Registry({question.nik: compared(name=number) for number, question in enumerate(QUESTIONS)})
    answers, stopped = ask(registry)
    assert [answer.matches["NAMA_LGKP"].score for answer in answers if answer] == list(range(60))  # type: ignore[union-attr] # compared
    assert stopped is None


@pytest.mark.parametrize("kind", ["quota", "hours", "config"])
def test_what_holds_for_everybody_is_asked_once(kind: str) -> None:
    registry = Registry(otherwise=Unavailable(kind))  # type: ignore[arg-type] # one of its kinds
    answers, stopped = ask(registry)
    assert stopped == kind
    assert registry.asked.total() <= AT_ONCE
    assert answers[-1] is None


@pytest.mark.parametrize("kind", ["outage", "shape", "bug"])
def test_five_answers_in_a_row_that_say_nothing_are_enough(kind: str) -> None:
    registry = Registry(otherwise=Unavailable(kind))  # type: ignore[arg-type] # one of its kinds
    _, stopped = ask(registry)
    assert stopped == kind
    assert 5 <= registry.asked.total() < 5 + AT_ONCE


def test_one_that_says_something_in_between_shows_that_the_registry_is_there() -> None:
    silent = {question.nik: Unavailable("outage") for place, question in enumerate(QUESTIONS) if place % 10 == 0}
    registry = Registry(silent)
    _, stopped = ask(registry)
    assert stopped is None
    assert registry.asked.total() == len(QUESTIONS)
