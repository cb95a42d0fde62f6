"""Fixtures for everybody: the database as the application's role, and a moment that all tests agree on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connections
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from lindung.lib.clock import WIB
from tests import environment
from tests.often import PROFILE, often

hypothesis.settings.register_profile(PROFILE, max_examples=often(100), deadline=None)
hypothesis.settings.load_profile(PROFILE)

# A test's password keeps nobody out: hashed as always, without what makes a guess dear. The processes of the platform,
# and what they are asked, stay as dear as they are.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 1024, 1

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=WIB)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first, and at two workers at once.

    Each worker begins with its own share of the list: the first with the looks, then with what is killed and waited
    for; the second with the journeys, which so are one worker's and share one platform.
    """
    kinds: dict[str, list[pytest.Item]] = {"looks": [], "journey": [], "faults": [], "": []}
    for item in items:
        marked = next((kind for kind in ("journey", "faults") if item.get_closest_marker(kind)), "")
        kinds["looks" if item.path.name == "test_looks.py" else marked].append(item)
    first, rest = kinds["looks"] + kinds["faults"], kinds[""]
    share = len(items) // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    beside = max(0, share - len(first))
    items[:] = first + rest[:beside] + kinds["journey"] + rest[beside:]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A clone of the template for this process; no test ever makes or empties tables."""
    environment.clone(environment.DATABASE)
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@contextmanager
def _at(name: str, blocker: DjangoDbBlocker) -> Iterator[None]:
    """This process, and those that it starts, work on another database meanwhile; what they write stays there."""
    default = connections.settings["default"]
    from lindung.channels.bank.together import one_connection  # needs the framework

    before = default["NAME"], os.environ["DATABASE_URL"]
    with blocker.unblock():
        connections.close_all()
        one_connection.close()
        default["NAME"], os.environ["DATABASE_URL"] = name, environment.app_url(name)
        yield
        connections.close_all()
        one_connection.close()
        default["NAME"], os.environ["DATABASE_URL"] = before


@pytest.fixture(scope="session")
def _written_database(django_db_setup: None) -> str:
    """Apart from the one whose writes are undone: a test that finds that empty finds it so after any other test."""
    name = f"{environment.DATABASE}_written"
    environment.clone(name)
    return name


@pytest.fixture
def committed_db(_written_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For tests whose writes must be seen by other connections. They stay: use new employers and people."""
    with _at(_written_database, django_db_blocker):
        yield


@pytest.fixture(scope="module")
def own_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of the module's own, for tests that commit and look at everything there is."""
    name = f"{environment.DATABASE}_own"
    environment.clone(name)
    with _at(name, django_db_blocker):
        yield


@pytest.fixture
def db_connection(db: None) -> Any:
    """A cursor in a transaction that is undone afterwards."""
    from django.db import connection

    with connection.cursor() as cursor:
        yield cursor


@pytest.fixture
def now() -> datetime:
    """Saturday 21 November 2026, 09.30 WIB."""
    return NOW


@pytest.fixture(autouse=True)
def _indonesian_again() -> Iterator[None]:
    """A request leaves its language behind in the thread; the next test starts in Indonesian."""
    yield
    translation.deactivate()
