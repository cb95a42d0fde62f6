"""Settings from the environment, failing loudly on a bad value."""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

DOORS = ("public", "staff", "machines", "simulators", "worker", "command")


class BadEnvironment(Exception):
    """An environment variable is missing or says something impossible; the text names it and the cure."""


def text(name: str, default: str | None = None) -> str:
    """The value of a variable; without a default it must be there."""
    value = os.environ.get(name, default)
    if value is None:
        raise BadEnvironment(f"{name} is not set. Set it, or start through `lindung run`, which does.")
    return value


def whole_number(name: str, default: int) -> int:
    """A variable that must be a whole number."""
    value = os.environ.get(name, "")
    if not value:
        return default
    if not value.isdigit():
        raise BadEnvironment(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def one_of(name: str, choices: Sequence[str]) -> str:
    """A variable that has one of a few values; the first where it is not set."""
    value = os.environ.get(name) or choices[0]
    if value not in choices:
        raise BadEnvironment(f"{name} must be {' or '.join(choices)}, not {value!r}.")
    return value


def file(name: str, *, required: bool) -> Path | None:
    """A variable that names a file, which must be there."""
    value = os.environ.get(name, "")
    if not value:
        if required:
            raise BadEnvironment(f"{name} is not set. Name the file.")
        return None
    if not Path(value).is_file():
        raise BadEnvironment(f"{name} names {value}, which is no file.")
    return Path(value)


def secret(name: str, default: str | None) -> str:
    """What stands in the file that a variable names; a default of None means that it must be set."""
    path = file(name, required=default is None)
    value = (default or "") if path is None else path.read_text().strip()
    if not value:
        raise BadEnvironment(f"{name} names an empty file.")
    return value


def production() -> bool:
    """Whether this is the real thing: simulators, invented people and a shifted clock are then refused."""
    value = os.environ.get("LINDUNG_ENV", "development")
    if value not in ("development", "production"):
        raise BadEnvironment(f"LINDUNG_ENV must be development or production, not {value!r}.")
    return value == "production"


def door() -> str:
    """Which door this process serves: decides addresses, cookies and workers."""
    value = os.environ.get("LINDUNG_DOOR", "command")
    if value not in DOORS:
        raise BadEnvironment(f"LINDUNG_DOOR must be one of {', '.join(DOORS)}, not {value!r}.")
    return value


def database(url: str) -> dict[str, object]:
    """Django's connection settings from ``postgresql://user:password@host:port/name?host=/socket/folder``."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise BadEnvironment("a database URL must start with postgresql://")
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [unquote(parts.hostname or "")])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": f"lindung {door()}",
            "connect_timeout": 10,
            # Django binds values by itself and keeps no statement, but for those of lib/statements and lib/copy.
            "prepare_threshold": 5,
        },
    }
