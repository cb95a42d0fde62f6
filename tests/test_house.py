"""House rules that are tests: what cannot be tested is advice."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from lindung.access.permissions import ROLES, Permission

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "lindung"
ROOMS = sorted(path for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists())
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def routes(urlconf: str) -> Iterator[tuple[str, URLPattern]]:
    def walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in resolver.url_patterns:
            address = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern, address)
            else:
                yield address, pattern

    yield from walk(get_resolver(f"lindung.config.urls_{urlconf}"), "/")


# What anybody may call, by port. A new open address is put here on purpose, with its reason.
OPEN = {
    "public": {
        "/": "the front page",
        "/start/<str:token>/": "the token is what lets one in",
        "/iuran/": "computes from what is typed, knows nobody",
        "/iuran/<slug:segment>/": "likewise",
        "/simulasi-jht/": "likewise",
        "/aturan/": "the law is everybody's",
        "/aturan/linimasa/": "likewise",
        "/aturan/<slug:programme>/": "likewise",
        "/aturan/<slug:programme>/<slug:name>/": "likewise",
        "/daftar/": "a firm that has no account yet; answers the same whatever is known",
        "/daftar/<str:token>/": "the token is what lets one in",
        "/gallery/": "shows components, no data",
        "/member/sign-in/": "before signing in",
        "/member/sign-out/": "ends what there is, if anything",
        "/employer/sign-in/": "before signing in",
        "/employer/sign-out/": "ends what there is, if anything",
    },
    "staff": {
        "/sign-in/": "before signing in",
        "/sign-out/": "ends what there is, if anything",
    },
    "machines": {
        "/snap/v1.0/access-token/b2b": "the signature is what lets a bank in",
        "/snap/v1.0/transfer-va/inquiry": "likewise",
        "/snap/v1.0/transfer-va/payment": "likewise",
    },
}


@pytest.mark.parametrize("urlconf", OPEN)
def test_every_route_names_a_permission_or_stands_on_the_public_list(urlconf: str) -> None:
    for address, pattern in routes(urlconf):
        mark = getattr(pattern.callback, "lindung_access", None)
        assert mark == "public" or isinstance(mark, Permission), f"{address} says nothing about who may pass"
        assert (mark == "public") == (address in OPEN[urlconf]), address
    assert {address for address, _ in routes(urlconf)} >= set(OPEN[urlconf])


def test_simulators_are_open_and_nothing_else_is_there() -> None:
    for address, pattern in routes("simulators"):
        assert getattr(pattern.callback, "lindung_access", None) == "public", address
        assert "lindung.partners" in pattern.callback.__module__ or address == "/", address


def test_every_permission_is_given_to_some_role() -> None:
    assert set(Permission) == {permission for held in ROLES.values() for permission in held}


@pytest.mark.parametrize("room", ROOMS, ids=name)
def test_every_room_says_what_it_is_for(room: Path) -> None:
    readme = room / "README.md"
    assert readme.exists(), f"{name(room)} has no README.md"
    text = readme.read_text()
    assert len(text.splitlines()) <= 30
    assert "never" in text.lower(), f"{name(readme)} does not say what must never happen"


def _service_files() -> list[Path]:
    return [path for path in SOURCES if path.name == "services.py" or path.parent.name == "services"]


@pytest.mark.parametrize("path", _service_files(), ids=name)
def test_services_take_keywords_only(path: Path) -> None:
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in PURE:
            assert not node.args.args, f"{name(path)}: {node.name} takes positional arguments"


# Small pure functions that stand beside the services they serve.
PURE = {"name_index", "link_grants", "reference_of"}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_nobody_prints_outside_the_command_line(path: Path) -> None:
    if path.name.endswith("cli.py") or path.name in ("supervisor.py", "translations.py"):
        return
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not calls


# Where the clock may be read: doors, tasks, commands, and the partners' simulators, which are others' clocks.
CLOCK_READERS = ("channels/", "config/", "nation/", "lib/clock.py", "partners/")


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_nobody_below_the_doors_reads_the_clock(path: Path) -> None:
    place = str(path.relative_to(PACKAGE))
    if place.startswith(CLOCK_READERS) or path.name == "tasks.py":
        return
    text = path.read_text()
    for reading in (r"clock\.now\(", r"datetime\.now\(", r"date\.today\(", r"\btime\.time\(", r"timezone\.now\("):
        found = re.search(reading, text)
        assert found is None or place in CLOCK_EXCEPTIONS, f"{place} reads the clock: {reading}"


CLOCK_EXCEPTIONS = {
    "access/sessions.py": "a session's end is compared with the server's clock, as the framework does",
}

# A rate or an amount as a float is the first step to a wrong rupiah.
MONEY_ROOMS = ("law", "ledger", "contributions", "compliance", "uploads", "documents")


@pytest.mark.parametrize("room", MONEY_ROOMS)
def test_no_float_is_near_money(room: str) -> None:
    for path in sorted((PACKAGE / room).rglob("*.py")):
        lines = path.read_text().splitlines()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "float", f"{name(path)}:{node.lineno}"
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                line = lines[node.lineno - 1].lower()
                assert "second" in line or "timeout" in line, f"{name(path)}:{node.lineno}: a float beside money"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_files_are_small_enough_to_read_in_one_sitting(path: Path) -> None:
    most = 250 if "channels" in path.parts else 400
    assert len(path.read_text().splitlines()) <= most, f"{name(path)} is over {most} lines"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_silenced_rule_gives_its_reason_on_the_line(path: Path) -> None:
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for silenced in re.finditer(r"#\s*(noqa|type:\s*ignore|pragma)[^#]*(#\s*\S+)?", line):
            assert silenced.group(2), f"{name(path)}:{number} silences a rule without a reason"


def test_every_partner_has_a_simulator_and_a_readme() -> None:
    partners = [path for path in (PACKAGE / "partners").iterdir() if (path / "__init__.py").exists()]
    assert partners
    for partner in partners:
        assert (partner / "simulator.py").exists(), name(partner)
        assert (partner / "README.md").exists(), name(partner)


def test_every_user_table_is_named_in_the_rights() -> None:
    from lindung.config.migrate import rights_of
    from lindung.ledger.models import Balance, Entry, Line

    assert rights_of(Line) == rights_of(Entry) == ["SELECT", "INSERT"]
    assert "DELETE" not in rights_of(Balance)


def test_requirements_carry_hashes_and_no_addresses() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "://" not in text
        assert "--index-url" not in text
        assert "--find-links" not in text
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert "--hash=sha256:" in block, block.splitlines()[0]


@pytest.mark.parametrize(
    "room", ["compliance", "contact", "contributions", "evidence", "ledger", "registry", "uploads"]
)
def test_checks_only_read(room: str) -> None:
    checks = import_module(f"lindung.{room}.checks").CHECKS
    assert checks
    for statement in checks.values():
        assert "SELECT" in statement.upper()
        assert not re.search(r"\b(UPDATE|DELETE|INSERT)\b", statement.upper())
