"""The simulated registry's own people and habits, in a file of its own that several processes may use at once."""

import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from lindung.partners.simulated import folder

PROVINCE: Final = "99"
STATES: Final = ("active", "deceased", "duplicate", "inactive")
MARITAL: Final = ("BELUM KAWIN", "KAWIN", "CERAI HIDUP", "CERAI MATI")
_COLUMNS: Final = ("nik", "name", "birth_on", "sex", "mother_name", "birth_place", "address", "marital", "state")
_PATIENCE_SECONDS: Final = 10.0
_TABLES: Final = """
PRAGMA journal_mode = WAL;
CREATE TABLE person (
    id INTEGER PRIMARY KEY, nik TEXT NOT NULL UNIQUE, name TEXT NOT NULL, birth_on TEXT NOT NULL, sex TEXT NOT NULL,
    mother_name TEXT NOT NULL, birth_place TEXT NOT NULL, address TEXT NOT NULL, marital TEXT NOT NULL,
    state TEXT NOT NULL);
CREATE TABLE habits (
    quota_per_day INTEGER, quota_left INTEGER, quota_day TEXT, opens TEXT, closes TEXT, delay_ms INTEGER,
    outage INTEGER, other_nik INTEGER);
INSERT INTO habits VALUES (1000000, 1000000, '', '00:00', '24:00', 0, 0, 0);
"""
# One writer at a time in this process: waiting at the file would be waiting in steps of milliseconds.
_writing = threading.Lock()
_mine = threading.local()


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody in the register. ``birth_on`` is ISO 8601, ``sex`` L or P, ``state`` one of ``STATES``."""

    nik: str
    name: str
    birth_on: str
    sex: str
    mother_name: str = ""
    birth_place: str = ""
    address: str = ""
    marital: str = MARITAL[0]
    state: str = STATES[0]
    id: int = 0


@dataclass(frozen=True, slots=True)
class Habits:
    """How the register behaves. Open from ``opens`` until before ``closes``, ``HH:MM`` of western Indonesia."""

    quota_per_day: int
    quota_left: int
    opens: str
    closes: str
    delay_ms: int
    outage: bool
    other_nik: bool


def register_people(people: pl.DataFrame) -> int:
    """Enter people, or what is new about them, by their NIK; gives how many rows were given.

    Columns ``nik``, ``name``, ``birth_on`` (date), ``sex`` (L, P), ``mother_name``, and if there are any
    ``birth_place`` and ``address``; other columns are no matter. One transaction. Raises ``ValueError`` for a NIK that
    is not of the invented province 99: no real person may ever stand here.
    """
    strangers = people.filter(~pl.col("nik").str.contains(f"^{PROVINCE}[0-9]{{14}}$").fill_null(False))
    if strangers.height:
        raise ValueError(f"{strangers.height} people have no NIK of province {PROVINCE}")
    texts = [pl.col(name).fill_null("").str.to_uppercase() for name in _told(people)]
    rows = people.select("nik", pl.col("birth_on").dt.to_string("%Y-%m-%d"), "sex", *texts)
    columns = ", ".join(rows.columns)
    changes = ", ".join(f"{name} = excluded.{name}" for name in rows.columns)
    marks = ", ".join("?" * rows.width)
    left_out = [name for name in ("birth_place", "address") if name not in rows.columns]
    blanks = "".join(f", {name}" for name in left_out), ", ''" * len(left_out)
    with _written() as register:
        register.executemany(
            f"INSERT INTO person ({columns}, marital, state{blanks[0]})"
            f" VALUES ({marks}, '{MARITAL[0]}', '{STATES[0]}'{blanks[1]}) ON CONFLICT (nik) DO UPDATE SET {changes}",
            rows.iter_rows(),
        )
    return rows.height


def _told(people: pl.DataFrame) -> list[str]:
    return [name for name in ("name", "mother_name", "birth_place", "address") if name in people.columns]


def add(citizen: Citizen) -> int | None:
    """Enter one person; gives the number in the register, or None when the NIK is taken."""
    values = _values(citizen)
    marks = ", ".join("?" * len(values))
    with _written() as register, suppress(sqlite3.IntegrityError):
        sql = f"INSERT INTO person ({', '.join(_COLUMNS)}) VALUES ({marks}) RETURNING id"
        return int(register.execute(sql, values).fetchall()[0][0])
    return None


def change(number: int, **changes: str) -> None:
    """Change columns of one person, as the register would write them. Raises ``TypeError`` for one it has not."""
    if unknown := set(changes) - set(_COLUMNS):
        raise TypeError(f"no column {', '.join(sorted(unknown))}")
    assignments = ", ".join(f"{name} = ?" for name in changes)
    with _written() as register:
        register.execute(f"UPDATE person SET {assignments} WHERE id = ?", [*changes.values(), number])


def find(nik: str) -> Citizen | None:
    """Who has this NIK."""
    return _one("nik = ?", nik)


def get(number: int) -> Citizen | None:
    """Who has this number in the register."""
    return _one("id = ?", number)


def search(text: str, *, limit: int = 50) -> list[Citizen]:
    """The newest whose name contains the text or whose NIK begins with it."""
    wanted = text.strip().upper()
    rows = _register().execute(
        f"SELECT {', '.join(_COLUMNS)}, id FROM person WHERE instr(name, ?) OR substr(nik, 1, ?) = ?"
        " ORDER BY id DESC LIMIT ?",
        [wanted, len(wanted), wanted, limit],
    )
    return [Citizen(*row) for row in rows]


def count() -> int:
    """How many people stand in the register."""
    return int(_register().execute("SELECT count(*) FROM person").fetchone()[0])


def habits(today: date) -> Habits:
    """How the register behaves; ``quota_left`` is that of ``today``."""
    (row,) = _register().execute(f"SELECT quota_day, {', '.join(_HABITS)} FROM habits")
    told = dict(zip(_HABITS, row[1:], strict=True))
    left = told["quota_left"] if row[0] == today.isoformat() else told["quota_per_day"]
    switches = {name: bool(told[name]) for name in ("outage", "other_nik")}
    return Habits(**{**told, "quota_left": left, **switches})


def behave(today: date, **changes: int | str | bool) -> None:
    """Change habits; names are those of ``Habits``. Raises ``TypeError`` for one there is not."""
    if unknown := set(changes) - set(_HABITS):
        raise TypeError(f"no habit {', '.join(sorted(unknown))}")
    if "quota_left" in changes:
        changes["quota_day"] = today.isoformat()
    assignments = ", ".join(f"{name} = ?" for name in changes)
    with _written() as register:
        register.execute(f"UPDATE habits SET {assignments}", list(changes.values()))


def use_quota(today: date) -> int | None:
    """Take one call off the day's quota; gives how many are left, or None when there was none."""
    left = "CASE WHEN quota_day = :day THEN quota_left ELSE quota_per_day END"
    with _writing:
        rows = (
            _register()
            .execute(
                f"UPDATE habits SET quota_left = {left} - 1, quota_day = :day WHERE {left} > 0 RETURNING quota_left",
                {"day": today.isoformat()},
            )
            .fetchall()
        )
    return int(rows[0][0]) if rows else None


_HABITS: Final = tuple(field.name for field in fields(Habits))


def _values(citizen: Citizen) -> list[str]:
    told: Mapping[str, str] = asdict(citizen)
    return [told[name] for name in _COLUMNS]


def _one(condition: str, value: str | int) -> Citizen | None:
    rows = _register().execute(f"SELECT {', '.join(_COLUMNS)}, id FROM person WHERE {condition}", [value]).fetchall()
    return Citizen(*rows[0]) if rows else None


@contextmanager
def _written() -> Iterator[sqlite3.Connection]:
    with _writing:
        register = _register()
        register.execute("BEGIN IMMEDIATE")
        with register:  # commits, or undoes when something is raised
            yield register


def _register() -> sqlite3.Connection:
    """This thread's connection to the register of the data folder, which is made when missing."""
    path = folder() / "dukcapil.sqlite3"
    if not path.exists():
        _make(path)
    place = (str(path), path.stat().st_ino)
    if getattr(_mine, "place", None) != place:
        _mine.register = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)
        _mine.register.execute("PRAGMA synchronous = OFF")  # a simulator need not survive a power cut
        _mine.place = place
    register: sqlite3.Connection = _mine.register
    return register


def _make(path: Path) -> None:
    """An empty register, whole from the first moment that anybody sees it."""
    new = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    with closing(sqlite3.connect(new)) as register:
        register.executescript(_TABLES)
    try:
        # A link fails where a rename would replace: whoever comes first made the register.
        with suppress(FileExistsError):
            os.link(new, path)
    finally:
        new.unlink()
