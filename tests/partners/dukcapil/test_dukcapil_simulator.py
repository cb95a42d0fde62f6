"""The simulated civil registry: its people, its forced answers, its habits, and its pages."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lindung.lib import clock
from lindung.partners.dukcapil import people
from lindung.partners.dukcapil.answers import (
    Compared,
    Deceased,
    Duplicate,
    Inactive,
    Invalid,
    Match,
    NotFound,
    Outcome,
    Unavailable,
)
from lindung.partners.dukcapil.client import CivilRegistry
from lindung.partners.dukcapil.people import behave, find, habits, register_people
from lindung.partners.dukcapil.similarity import similarity
from lindung.partners.dukcapil.simulator import FORCED_ENDINGS
from tests.channels.bank.bank_door import MIDDLEWARE
from tests.partners.dukcapil.conftest import DEWI
from tests.partners.dukcapil.office import client_of

TODAY = clock.wib_date(clock.now())
WHY = {"purpose": "enrolment", "actor": "system:0"}
GIVEN = {"NAMA_LGKP": "DEWI CONTOH LESTARI", "TGL_LHR": "1990-05-05"}


def without_quota(outcome: Outcome) -> Outcome:
    """The outcome, whatever the registry said of the quota."""
    return type(outcome)(**{name: getattr(outcome, name) for name in outcome.__slots__ if name != "quota_left"})


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("8003", Unavailable("config", "code 03")),
        ("8004", Unavailable("config", "code 04")),
        ("8005", Unavailable("quota", "code 05")),
        ("8006", Unavailable("hours", "code 06")),
        ("8007", Unavailable("bug", "code 07")),
        ("8008", NotFound()),
        ("8009", Unavailable("config", "code 09")),
        ("8010", Unavailable("config", "code 10")),
        ("8011", Deceased()),
        ("8012", Duplicate()),
        ("8013", NotFound()),
        ("8014", Inactive()),
        ("8015", Invalid()),
        ("8016", Unavailable("config", "code 16")),
        ("8017", Unavailable("config", "code 17")),
        ("8901", Unavailable("outage", "HTTP 502")),
        ("8902", Unavailable("shape", "no JSON")),
        ("8903", NotFound()),
        ("8904", Compared({"NAMA_LGKP": Match(False, 85), "TGL_LHR": Match(True, 100)})),
    ],
)
def test_the_last_four_digits_force_an_answer(registry: CivilRegistry, ending: str, expected: Outcome) -> None:
    assert without_quota(registry.verify(f"990101450590{ending}", GIVEN, **WHY)) == expected
    assert ending in FORCED_ENDINGS


def test_one_ending_never_answers_in_time(address: str) -> None:
    with client_of(address, connect_seconds=0.1, total_seconds=0.3) as client:
        assert client.verify("9901014505908900", GIVEN, **WHY) == Unavailable("outage", "ReadTimeout")


def test_whoever_is_not_in_the_register_is_not_found(registry: CivilRegistry) -> None:
    outcome = registry.verify("9901014505900009", GIVEN, **WHY)
    assert outcome == NotFound(habits(TODAY).quota_left)


def test_a_threshold_moves_the_registrys_yes_and_not_the_score(registry: CivilRegistry) -> None:
    near = {"NAMA_LGKP": "DEWI CONTOH LESTARY"}
    strict = registry.verify(DEWI, near, **WHY, threshold=95)
    mild = registry.verify(DEWI, near, **WHY, threshold=90)
    assert isinstance(strict, Compared)
    assert isinstance(mild, Compared)
    assert strict.matches["NAMA_LGKP"] == Match(False, 94)
    assert mild.matches["NAMA_LGKP"] == Match(True, 94)


@pytest.mark.parametrize(
    ("state", "expected"), [("deceased", Deceased()), ("duplicate", Duplicate()), ("inactive", Inactive())]
)
def test_what_became_of_a_person_is_what_is_answered(registry: CivilRegistry, state: str, expected: Outcome) -> None:
    dewi = find(DEWI)
    assert dewi
    people.change(dewi.id, state=state)
    assert without_quota(registry.verify(DEWI, GIVEN, **WHY)) == expected
    people.change(dewi.id, state="active", name="DEWI CONTOH PERTIWI")
    renamed = registry.verify(DEWI, GIVEN, **WHY)
    assert isinstance(renamed, Compared)
    assert not renamed.matches["NAMA_LGKP"].ok
    assert renamed.matches["TGL_LHR"].ok


def test_the_quota_is_used_up_by_calls_and_new_at_midnight(
    registry: CivilRegistry, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    behave(TODAY, quota_per_day=3)
    lefts = [registry.verify(DEWI, GIVEN, **WHY).quota_left for _ in range(3)]
    assert lefts == [2, 1, 0]
    assert registry.verify(DEWI, GIVEN, **WHY) == Unavailable("quota", "code 05", quota_left=0)
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0)
    monkeypatch.setattr(clock, "now", lambda: midnight - timedelta(seconds=1))
    assert isinstance(registry.verify(DEWI, GIVEN, **WHY), Unavailable)
    monkeypatch.setattr(clock, "now", lambda: midnight)
    assert registry.verify(DEWI, GIVEN, **WHY).quota_left == 2


def test_closed_hours_cost_no_quota(registry: CivilRegistry, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    behave(TODAY, opens="06:00", closes="09:30", quota_per_day=10)
    monkeypatch.setattr(clock, "now", lambda: now)  # 09.30
    assert registry.verify(DEWI, GIVEN, **WHY) == Unavailable("hours", "code 06")
    monkeypatch.setattr(clock, "now", lambda: now - timedelta(minutes=1))
    assert registry.verify(DEWI, GIVEN, **WHY).quota_left == 9


def test_an_outage_is_an_outage_for_all(registry: CivilRegistry) -> None:
    behave(TODAY, outage=True)
    assert registry.verify(DEWI, GIVEN, **WHY) == Unavailable("outage", "HTTP 503")
    behave(TODAY, outage=False)
    assert isinstance(registry.verify(DEWI, GIVEN, **WHY), Compared)


def test_many_thousand_people_are_entered_at_once_and_entered_again_with_what_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    number = pl.int_range(0, 20_000, eager=True)
    many = pl.DataFrame(
        {
            "nik": number.cast(pl.String).str.zfill(5).str.head(1) + number.cast(pl.String).str.zfill(15),
            "name": "Orang " + number.cast(pl.String),
            "birth_on": pl.Series([date(1990, 5, 5)] * 20_000),
            "sex": ["L"] * 20_000,
            "mother_name": ["Ibu"] * 20_000,
        }
    ).with_columns(nik="99" + pl.col("nik").str.tail(14))
    assert register_people(many) == 20_000
    assert people.count() == 20_000
    first = find(many["nik"][0])
    assert first
    people.change(first.id, state="deceased")
    assert register_people(many.head(2).with_columns(name=pl.lit("Nama Baru"), birth_place=pl.lit("Kota Uji"))) == 2
    assert people.count() == 20_000
    again = find(many["nik"][0])
    assert again
    assert (again.id, again.name, again.birth_place, again.state) == (first.id, "NAMA BARU", "KOTA UJI", "deceased")


@pytest.mark.parametrize("nik", ["3275011234560001", "990101450590000", "99010145059000O1", None])
def test_nobody_who_could_be_real_stands_in_the_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nik: str | None
) -> None:
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    row = {"name": "A", "birth_on": date(1990, 5, 5), "sex": "L", "mother_name": "B"}
    both = pl.DataFrame([{"nik": DEWI, **row}, {"nik": nik, **row}])
    with pytest.raises(ValueError, match="province 99"):
        register_people(both)
    assert people.count() == 0


def test_whoever_comes_first_makes_the_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(lambda n: people.add(_citizen(n)), range(40)))
    assert len({number for number in numbers if number}) == people.count() == 40
    assert sorted(path.name for path in (tmp_path / "simulators").glob("*.sqlite3*"))[0] == "dukcapil.sqlite3"
    assert not list((tmp_path / "simulators").glob(".*"))


def _citizen(number: int) -> people.Citizen:
    return people.Citizen(f"99010145059{number:05d}", f"ORANG {number}", "1990-05-05", "P")


@pytest.fixture
def browser(address: str, settings: Any) -> Client:
    settings.DOOR = "simulators"
    settings.ROOT_URLCONF = "lindung.config.urls_simulators"
    settings.MIDDLEWARE = MIDDLEWARE
    return Client()


NEW = {
    "nik": "9901 0145 0590 0003",
    "name": "Sari Contoh",
    "birth_on": "05-05-1990",
    "sex": "P",
    "mother_name": "",
    "birth_place": "",
    "address": "",
    "marital": "BELUM KAWIN",
    "state": "active",
}


def test_people_are_found_by_name_and_by_the_beginning_of_a_nik(browser: Client) -> None:
    for wanted in ("lestari", DEWI[:10]):
        page = browser.get("/dukcapil/", {"q": wanted}).content.decode()
        assert "DEWI CONTOH LESTARI" in page
        assert ">BUDI<" not in page
    assert "Tidak ada yang cocok" in browser.get("/dukcapil/", {"q": "%"}).content.decode()
    assert "2 orang" in browser.get("/dukcapil/").content.decode()


def test_a_person_entered_on_the_page_is_answered_for(browser: Client, registry: CivilRegistry) -> None:
    response = browser.post("/dukcapil/new/", NEW)
    assert response.status_code == 302
    given = {"NAMA_LGKP": "SARI CONTOH", "TGL_LHR": "1990-05-05", "JENIS_KLMIN": "Perempuan"}
    outcome = registry.verify("9901014505900003", given, **WHY)
    assert isinstance(outcome, Compared)
    assert all(match == Match(True, 100) for match in outcome.matches.values())


def test_marrying_moving_another_name_and_death_are_a_button_each_or_a_field(
    browser: Client, registry: CivilRegistry
) -> None:
    dewi = find(DEWI)
    assert dewi
    at = f"/dukcapil/people/{dewi.id}/"
    browser.post(at, {"do": "marry"})
    married = registry.verify(DEWI, {"STATUS_KAWIN": "KAWIN"}, **WHY)
    assert isinstance(married, Compared)
    assert married.matches == {"STATUS_KAWIN": Match(True, 100)}
    moved = {**NEW, "name": "Dewi Contoh Baru", "address": "Jl Mawar 1", "marital": "KAWIN", "do": "save"}
    assert browser.post(at, moved).status_code == 302
    outcome = registry.verify(DEWI, {"NAMA_LGKP": "DEWI CONTOH BARU", "ALAMAT": "JL. MAWAR NO 1"}, **WHY)
    assert isinstance(outcome, Compared)
    assert outcome.matches["NAMA_LGKP"] == Match(True, 100)
    assert outcome.matches["ALAMAT"].score >= 80
    browser.post(at, {"do": "die"})
    assert isinstance(registry.verify(DEWI, GIVEN, **WHY), Deceased)
    assert "Meninggal" in browser.get(at).content.decode()
    browser.post(at, {"do": "revive"})
    assert isinstance(registry.verify(DEWI, GIVEN, **WHY), Compared)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"nik": ""}, "Isi NIK."),
        ({"nik": "3275011234560001"}, "mulai dengan 99"),
        ({"nik": DEWI}, "NIK ini sudah ada"),
        ({"name": " "}, "Isi nama lengkap."),
        ({"birth_on": "31-02-1990"}, "Tulis tanggal seperti 05-05-1990."),
    ],
)
def test_what_cannot_be_entered_is_said_at_the_field(browser: Client, changed: dict[str, str], why: str) -> None:
    response = browser.post("/dukcapil/new/", {**NEW, **changed})
    assert response.status_code == 422
    assert why in response.content.decode()
    assert people.count() == 2


def test_nobody_is_at_a_number_that_was_never_given(browser: Client) -> None:
    assert browser.get("/dukcapil/people/999/").status_code == 404
    assert browser.get(f"/dukcapil/people/{DEWI}/").status_code == 404


def test_the_habits_are_set_on_their_page_and_said_on_the_first(browser: Client, registry: CivilRegistry) -> None:
    habit = {"quota_left": "5", "quota_per_day": "9", "opens": "00:00", "closes": "24:00", "delay_ms": "0"}
    assert browser.post("/dukcapil/habits/", {**habit, "outage": "on"}).status_code == 302
    assert "sedang padam" in browser.get("/dukcapil/").content.decode()
    assert isinstance(registry.verify(DEWI, GIVEN, **WHY), Unavailable)
    browser.post("/dukcapil/habits/", habit)
    assert "sedang padam" not in browser.get("/dukcapil/").content.decode()
    assert registry.verify(DEWI, GIVEN, **WHY).quota_left == 4
    wrong = browser.post("/dukcapil/habits/", {**habit, "opens": "6", "delay_ms": "lama"})
    assert wrong.status_code == 422
    assert "Tulis jam seperti 06:00." in wrong.content.decode()
    assert habits(TODAY).opens == "00:00"


def test_faults_are_ordered_by_a_post(browser: Client, registry: CivilRegistry) -> None:
    order = json.dumps({"fault": "http_500"})
    assert browser.post("/dukcapil/_control", order, content_type="application/json").status_code == 200
    assert registry.verify(DEWI, GIVEN, **WHY) == Unavailable("outage", "HTTP 500")
    bad = json.dumps({"fault": "fire"})
    assert browser.post("/dukcapil/_control", bad, content_type="application/json").status_code == 400


NAMES = st.text(alphabet="ABIN SITMUHRENÉ'.-", max_size=30)


@given(NAMES, NAMES)
def test_likeness_has_no_direction_and_stays_between_0_and_100(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 100


@given(
    st.lists(st.sampled_from(["SITI", "DEWI", "ANI", "BUDI", "M"]), min_size=1, max_size=4).flatmap(
        lambda words: st.tuples(st.just(words), st.permutations(words))
    )
)
def test_the_order_of_words_is_no_difference(words: tuple[list[str], list[str]]) -> None:
    assert similarity(" ".join(words[0]), " ".join(words[1])) == 100


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("SITI AMINAH", "ST. AMINAH", 100),
        ("Ma'ruf", "MARUF", 100),
        ("Rene\u0301", "RENE", 100),
        ("NUR HALIZA", "NURHALIZA", 100),
        ("MUH ALI", "MUHAMMAD ALI", 100),
        ("BUDI BIN ALI", "BUDI ALI", 93),
        ("DEWI LESTARI", "DEWI LESTARY", 90),
        ("AHMAD", "AHMAD SETIAWAN", 55),
        ("BUDI", "JOKO", 0),
        ("", "", 0),
        ("BUDI", "", 0),
    ],
)
def test_likeness_counts_letters_and_not_luck(one: str, other: str, score: int) -> None:
    assert similarity(one, other) == score
