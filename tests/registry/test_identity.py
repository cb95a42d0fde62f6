"""When the civil registry's answer is enough, what is differing when it is not, and when to ask again."""

from datetime import date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.lib.clock import WIB
from lindung.partners.dukcapil.answers import (
    Compared,
    Deceased,
    Duplicate,
    Element,
    Inactive,
    Invalid,
    Match,
    NotFound,
    Outcome,
    Unavailable,
    UnavailableKind,
)
from lindung.registry import identity
from lindung.registry.identity import Decision, decide, elements_hash, elements_of, next_try_at
from lindung.registry.identity_words import Words, words_of
from lindung.registry.models import Enrolment

AGREES = Match(True, 100)
DIFFERS = Match(False, 0)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=WIB)


def compared(name: Match = AGREES, birth: Match = AGREES, **others: Match) -> Compared:
    named = {"sex": Element.SEX, "place": Element.BIRTH_PLACE, "mother": Element.MOTHER_NAME}
    more = {str(named[which]): match for which, match in others.items()}
    return Compared({str(Element.NAME): name, str(Element.BIRTH_ON): birth, **more})


def decided(outcome: Outcome, *, tries: int = 0, now: datetime = NOW) -> Decision:
    return decide(outcome, tries=tries, now=now)


def test_as_little_as_is_needed_is_asked_in_the_registrys_own_spelling() -> None:
    assert elements_of(
        name="dr. Dewi Contoh Lestari, S.Kom.",
        birth_on=date(1990, 5, 5),
        sex="P",
        mother_name="Hj. Ratna Contoh (alm)",
        birth_place="Kota Uji",
    ) == {
        "NAMA_LGKP": "DEWI CONTOH LESTARI",
        "TGL_LHR": "1990-05-05",
        "JENIS_KLMIN": "Perempuan",
        "TMPT_LHR": "KOTA UJI",
        "NAMA_LGKP_IBU": "RATNA CONTOH",
    }


@pytest.mark.parametrize("unknown", [None, "", " ", "-", ".", "tidak tahu", "Tidak Diketahui", "(alm)"])
def test_what_nobody_told_is_not_asked(unknown: str | None) -> None:  # B-081
    asked = elements_of(name="Suharto", birth_on=date(1990, 5, 5), sex=None, mother_name=unknown, birth_place=None)
    assert asked == {"NAMA_LGKP": "SUHARTO", "TGL_LHR": "1990-05-05"}


def test_equal_questions_have_equal_hashes_whatever_their_order_and_others_have_others() -> None:
    asked = elements_of(name="Dewi", birth_on=date(1990, 5, 5), sex="P", mother_name="Ratna", birth_place="Kota Uji")
    assert len(elements_hash(asked)) == 32
    assert elements_hash(dict(reversed(asked.items()))) == elements_hash(asked)
    for name in asked:
        assert elements_hash({**asked, name: "X"}) != elements_hash(asked)
        assert elements_hash({key: text for key, text in asked.items() if key != name}) != elements_hash(asked)


@pytest.mark.parametrize(
    ("score", "state", "outcome", "differing"),
    [
        (100, "enrolled", "match", ()),
        (91, "enrolled", "match", ()),
        (90, "enrolled", "match", ()),
        (89, "to_correct", "partial", ("name",)),
        (81, "to_correct", "partial", ("name",)),
        (80, "to_correct", "partial", ("name",)),
        (79, "to_correct", "partial", ("name",)),
        (70, "to_correct", "partial", ("name",)),
        (69, "to_correct", "mismatch", ("name",)),
        (0, "to_correct", "mismatch", ("name",)),
    ],
)
def test_a_name_agrees_from_ninety_per_cent(score: int, state: str, outcome: str, differing: tuple[str, ...]) -> None:
    decision = decided(compared(Match(score >= 90, score)))
    assert (decision.state, decision.outcome, decision.differing) == (state, outcome, differing)
    assert decision.scores == {"name": score, "birth_on": 100}


@pytest.mark.parametrize(("score", "agrees"), [(79, False), (80, True), (81, True), (0, False), (100, True)])
def test_the_mothers_name_is_noted_from_eighty_per_cent_and_stops_nobody(score: int, agrees: bool) -> None:  # B-084
    decision = decided(compared(mother=Match(score >= 90, score)))
    assert decision.outcome == "match"
    assert decision.mother_agrees is agrees
    assert decision.scores["mother_name"] == score


def test_a_mother_who_was_not_asked_about_neither_agrees_nor_differs() -> None:
    assert decided(compared()).mother_agrees is None


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (compared(birth=DIFFERS), ("mismatch", ("birth_on",))),
        (compared(birth=Match(True, 99)), ("mismatch", ("birth_on",))),
        (compared(sex=DIFFERS), ("mismatch", ("sex",))),
        (compared(place=DIFFERS), ("partial", ("birth_place",))),
        (compared(Match(False, 85), place=DIFFERS), ("partial", ("name", "birth_place"))),
        (compared(Match(False, 85), birth=DIFFERS), ("mismatch", ("name", "birth_on"))),
        (compared(Match(False, 60), place=DIFFERS), ("mismatch", ("name", "birth_place"))),
        (compared(sex=DIFFERS, place=DIFFERS), ("mismatch", ("sex", "birth_place"))),
        (compared(Match(False, 95)), ("partial", ("name",))),
        (compared(Match(True, 85)), ("partial", ("name",))),
        (compared(place=Match(True, 90), sex=AGREES, mother=DIFFERS), ("match", ())),
    ],
)
def test_what_differs_is_named(outcome: Compared, expected: tuple[str, tuple[str, ...]]) -> None:
    decision = decided(outcome)
    assert (decision.outcome, decision.differing) == expected
    assert decision.state == ("enrolled" if expected[0] == "match" else "to_correct")


@pytest.mark.parametrize("missing", [Element.NAME, Element.BIRTH_ON])
def test_without_name_or_birth_date_there_is_no_match(missing: Element) -> None:
    outcome = compared(sex=AGREES, place=AGREES, mother=AGREES)
    left = {name: match for name, match in outcome.matches.items() if name != missing}
    assert decided(Compared(left)).outcome == "mismatch"


MATCHES = st.builds(Match, st.booleans(), st.integers(0, 100))


@given(st.dictionaries(st.sampled_from([str(element) for element in Element]), MATCHES))
def test_a_match_has_the_name_from_ninety_and_the_very_birth_date(matches: dict[str, Match]) -> None:
    decision = decided(Compared(matches))
    assert decision.next_try_at is None
    assert decision == decided(Compared(dict(reversed(matches.items()))), tries=7)
    if decision.outcome != "match":
        assert decision.state == "to_correct"
        assert decision.differing
        return
    assert matches["NAMA_LGKP"].ok
    assert matches["NAMA_LGKP"].score >= 90
    assert matches["TGL_LHR"] == AGREES
    assert matches.get("JENIS_KLMIN", AGREES) == AGREES
    assert matches.get("TMPT_LHR", AGREES).ok


@pytest.mark.parametrize(
    ("outcome", "state", "code"),
    [
        (NotFound(), "to_correct", "not_found"),
        (Invalid(), "to_correct", "invalid"),
        (Deceased(), "to_resolve", "deceased"),
        (Duplicate(), "to_resolve", "duplicate"),
        (Inactive(), "to_resolve", "inactive"),
    ],
)
def test_what_the_registry_says_of_a_person_waits_for_nobody(outcome: Outcome, state: str, code: str) -> None:
    assert decided(outcome) == Decision(state, code)  # type: ignore[arg-type] # the test's own words


@pytest.mark.parametrize("kind", get_args(UnavailableKind))
def test_no_answer_says_nothing_about_a_person_and_is_asked_for_again(kind: UnavailableKind) -> None:
    decision = decided(Unavailable(kind))
    assert decision.state == "waiting"
    assert decision.outcome == f"unavailable_{'config' if kind == 'bug' else kind}"
    assert decision.differing == ()
    assert decision.next_try_at is not None
    assert decision.next_try_at > NOW


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("kind", "now", "again"),
    [
        ("quota", "2026-11-21 09:30", "2026-11-22 00:05"),
        ("quota", "2026-11-21 23:59", "2026-11-22 00:05"),
        ("quota", "2026-11-22 00:04", "2026-11-22 00:05"),
        ("quota", "2026-11-22 00:05", "2026-11-23 00:05"),
        ("quota", "2026-12-31 12:00", "2027-01-01 00:05"),
        ("hours", "2026-11-21 22:10", "2026-11-22 06:00"),
        ("hours", "2026-11-22 03:00", "2026-11-22 06:00"),
        ("hours", "2026-11-22 05:59", "2026-11-22 06:00"),
        ("hours", "2026-11-22 06:00", "2026-11-22 07:00"),
        ("hours", "2026-11-22 17:59", "2026-11-22 18:59"),
        ("hours", "2026-11-22 18:00", "2026-11-23 06:00"),
        ("config", "2026-11-21 09:30", "2026-11-21 10:30"),
        ("bug", "2026-11-21 09:30", "2026-11-21 10:30"),
    ],
)
def test_quota_and_hours_are_waited_for_by_the_clock_of_western_indonesia(
    kind: UnavailableKind, now: str, again: str
) -> None:
    for tries in (0, 5):
        assert next_try_at(Unavailable(kind), tries=tries, now=wib(now)) == wib(again)
        elsewhere = wib(now).astimezone(datetime.fromisoformat("2026-01-01T00:00+00:00").tzinfo)
        assert next_try_at(Unavailable(kind), tries=tries, now=elsewhere) == wib(again)


@pytest.mark.parametrize("kind", ["outage", "shape"])
def test_silence_is_waited_out_longer_each_time(kind: UnavailableKind) -> None:
    pauses = [next_try_at(Unavailable(kind), tries=tries, now=NOW) - NOW for tries in range(6)]
    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 60, 60)]


def test_a_wish_of_the_registry_can_only_make_us_wait_longer() -> None:
    assert next_try_at(Unavailable("outage", "", 120), tries=0, now=NOW) == NOW + timedelta(minutes=2)
    assert next_try_at(Unavailable("outage", "", 10), tries=0, now=NOW) == NOW + timedelta(minutes=1)


@pytest.mark.parametrize("outcome", Enrolment.Outcome.values)
def test_every_outcome_has_its_words(outcome: str) -> None:
    words = words_of(outcome, ("name", "birth_place") if outcome in ("partial", "mismatch") else ())
    assert words.reason
    assert words.for_worker
    assert "%" not in "".join((words.reason, words.cure, words.ask, words.for_worker))
    settled = outcome in ("match", "known")
    assert bool(words.cure) is not settled
    assert bool(words.ask) is not (settled or outcome == "")


def test_decisions_speak_of_outcomes_that_are_stored() -> None:
    assert set(get_args(identity.OutcomeCode)) <= set(Enrolment.Outcome.values)
    assert set(get_args(identity.State)) <= set(Enrolment.State.values)


def test_words_name_what_differs_and_what_to_do_about_it() -> None:
    assert words_of("mismatch", ("name", "birth_on")) == Words(
        reason="Berbeda dengan data Dukcapil: nama, tanggal lahir.",
        cure="Cocokkan dengan KTP pekerja, perbaiki, lalu kirim lagi.",
        ask="Pekerja itu. Bila data sudah sama dengan KTP: Dinas Dukcapil tempat KTP dibuat.",
        for_worker="Data dari perusahaan belum sama dengan KTP Anda. Perlihatkan KTP Anda ke bagian personalia.",
    )
    assert "kosongkan" in words_of("partial", ("birth_place",)).cure


def test_a_card_or_a_start_that_does_not_fit_is_not_put_on_the_civil_registry() -> None:
    card = words_of("mismatch", ("kpj",))
    start = words_of("mismatch", ("from_on",))
    both = words_of("mismatch", ("name", "kpj"))
    assert "KPJ" in card.reason
    assert "Dukcapil" not in card.reason + start.reason
    assert both.reason.startswith("Berbeda dengan data Dukcapil: nama. Nomor KPJ")


def test_who_types_a_number_does_not_learn_that_its_owner_died() -> None:  # B-016
    assert words_of("deceased", ()) == words_of("duplicate", ()) == words_of("inactive", ())
