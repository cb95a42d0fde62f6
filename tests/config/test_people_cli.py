"""`lindung demo` and `lindung invite` as one types them, each against a database of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from lindung.config.postgres import EmbeddedServer
from tests import environment

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def words(tmp_path: Path) -> dict[str, str]:
    """The environment of a command: a fresh database and a fresh data folder."""
    database = f"people_{environment.WORKER}"
    environment.clone(database)
    url = EmbeddedServer(environment.server_folder() / "data").app_url(database)
    return {**os.environ, "DATABASE_URL": url, "LINDUNG_DATA": str(tmp_path), "LINDUNG_PORT": "9000"}


def command(words: dict[str, str], *given: str) -> "subprocess.CompletedProcess[str]":
    argv = [sys.executable, "-m", "lindung.config.cli", *given]
    return subprocess.run(argv, env=words, capture_output=True, text=True)


def ask(words: dict[str, str], statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(words["DATABASE_URL"]) as database:
        return database.execute(statement).fetchall()


def bills_issued(words: dict[str, str]) -> int:
    """Read from the sequence, by its owner: it moves before the transaction that draws from it is committed."""
    server = EmbeddedServer(environment.server_folder() / "data")
    with psycopg.connect(server.owner_url(words["DATABASE_URL"].split("/")[3].split("?")[0])) as database:
        row = database.execute("SELECT last_value FROM contributions_bill_id_seq").fetchone()
        assert row
        return int(row[0])


def signed_in(words: dict[str, str], tries: list[tuple[str, str]]) -> list[bool]:
    """Which of these names and passwords let somebody in."""
    script = (
        "import json, sys, django; django.setup()\n"
        "from lindung.access.services import SignInRefused, sign_in\n"
        "from lindung.access.sessions import SessionStore\n"
        "from lindung.lib import clock\n"
        "def lets_in(name, password):\n"
        "    try: sign_in(session=SessionStore(), name=name, password=password, address='127.0.0.1', now=clock.now())\n"
        "    except SignInRefused: return False\n"
        "    return True\n"
        "print(json.dumps([lets_in(*words) for words in json.loads(sys.argv[1])]))\n"
    )
    settings = {**words, "DJANGO_SETTINGS_MODULE": "lindung.config.settings"}
    asked = subprocess.run(
        [sys.executable, "-c", script, json.dumps(tries)], env=settings, stdout=subprocess.PIPE, check=True
    )
    answers: list[bool] = json.loads(asked.stdout)
    return answers


@pytest.mark.faults
def test_a_demo_killed_in_the_middle_leaves_nothing_and_is_made_again_once(
    words: dict[str, str], tmp_path: Path
) -> None:
    first = subprocess.Popen([sys.executable, "-m", "lindung.config.cli", "demo"], env=words)
    deadline = time.monotonic() + 30
    while bills_issued(words) < 20:
        assert first.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.wait()
    for table in ("registry_employer", "registry_person", "ledger_line", "access_account", "access_partner"):
        assert ask(words, f"SELECT count(*) FROM {table}") == [(0,)], table
    assert not (tmp_path / "signins.json").exists()

    made = command(words, "demo")
    assert made.returncode == 0, made.stderr
    people = json.loads((tmp_path / "signins.json").read_text())
    assert (tmp_path / "signins.json").stat().st_mode & 0o777 == 0o600
    before = ask(words, "SELECT count(*), max(id) FROM access_trailevent")

    again = command(words, "demo")
    assert again.returncode == 0
    assert "already" in again.stdout
    assert ask(words, "SELECT count(*), max(id) FROM access_trailevent") == before
    assert json.loads((tmp_path / "signins.json").read_text()) == people

    audit = command(words, "self-check")
    assert audit.returncode == 0, audit.stdout
    assert_people_can_sign_in(words, people)


def assert_people_can_sign_in(words: dict[str, str], people: list[dict[str, str]]) -> None:
    assert [person["door"] for person in people] == ["employer"] * 3 + ["staff"] * 2 + ["member"] * 6
    assert {person["address"] for person in people} == {
        "http://127.0.0.1:9000/employer/",
        "http://127.0.0.1:9001/",
        "http://127.0.0.1:9000/member/",
    }
    *known, newcomer = people
    assert all(len(person["password"]) >= 12 for person in known)
    tries = [(person["name"], person["password"]) for person in known]
    assert signed_in(words, [*tries, (known[0]["name"], known[1]["password"])]) == [True] * len(known) + [False]
    assert newcomer["password"] == ""
    assert "first-timer" in newcomer["who"]
    assert ask(words, f"SELECT count(*) FROM registry_kpjindex WHERE kpj = '{newcomer['name']}'") == [(1,)]
    months = [
        ask(
            words,
            "SELECT count(*) FROM contributions_billline l JOIN registry_kpjindex k ON k.person_id = l.person_id"
            f" WHERE k.kpj = '{person['name']}'",
        )[0][0]
        for person in people[5:7]
    ]
    assert months[0] == 24
    assert 1 <= months[1] <= 3


def test_an_officer_is_invited_by_a_link_that_works_once(words: dict[str, str]) -> None:
    made = command(words, "invite", "--role", "officer", "--name", "Petugas Satu", "--email", "satu@lindung.example")
    assert made.returncode == 0, made.stderr
    assert re.fullmatch(r"http://127\.0\.0\.1:9000/start/[\w-]{32}/\n", made.stdout)
    assert ask(words, "SELECT role, scope_id FROM access_grant") == [("officer", 0)]
    assert ask(words, "SELECT expires_at - created_at = interval '24 hours' FROM access_onetimelink") == [(True,)]


def test_the_first_hr_of_a_new_firm_is_invited_together_with_the_firm(words: dict[str, str]) -> None:
    hr = ["invite", "--role", "hr", "--name", "Rina", "--email", "rina@contoh.example"]
    firm = ["--new-employer", "PT Contoh", "--npp", "zz000001", "--size", "medium", "--jkk-class", "II"]
    made = command(words, *hr, *firm)
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("http://127.0.0.1:9000/start/")
    assert ask(
        words,
        "SELECT e.npp, e.size, g.role FROM registry_employer e JOIN access_grant g ON g.scope_id = e.id ORDER BY 3",
    ) == [("ZZ000001", "medium", role) for role in ("firm_admin", "firm_approval", "firm_entry")]
    second = command(words, *hr[:-1], "tono@contoh.example", "--employer", "ZZ000001")
    assert second.returncode == 0, second.stderr
    assert ask(words, "SELECT count(*), count(DISTINCT scope_id) FROM access_grant") == [(6, 1)]

    taken = command(words, *hr, *firm)
    assert taken.returncode == 1
    assert "another firm has the NPP" in taken.stderr
    unknown = command(words, *hr, "--employer", "ZZ9")
    assert unknown.returncode == 1
    assert "no firm has the NPP ZZ9" in unknown.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--role", "hr"], "hr needs a firm"),
        (["--role", "hr", "--employer", "A", "--new-employer", "B"], "hr needs a firm"),
        (["--role", "hr", "--new-employer", "B", "--npp", "ZZ1"], "--size, --jkk-class"),
        (["--role", "hr", "--employer", "A", "--size", "small"], "--size belongs to --new-employer"),
        (["--role", "officer", "--employer", "A"], "belongs to no firm"),
    ],
)
def test_words_that_do_not_go_together_are_refused(
    given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from lindung.config.cli import main

    assert main(["invite", "--name", "N", "--email", "n@contoh.example", *given]) == 2
    assert said in capsys.readouterr().err


def test_fewer_people_than_the_demonstration_has_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    from lindung.config.cli import main

    with pytest.raises(SystemExit):
        main(["demo", "--members", "299"])
    assert "from 300" in capsys.readouterr().err


def test_invented_people_are_refused_in_production(words: dict[str, str]) -> None:
    made = command({**words, "LINDUNG_ENV": "production"}, "demo")
    assert made.returncode == 1
    assert "refused in production" in made.stderr
