"""What firms told of people when they registered them: misspelt names, wrong digits, second NIK."""

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl

from lindung.nation.careers import MISTYPED, OWN, SECOND_NIK
from lindung.nation.draws import Draws, Integers
from lindung.nation.people import SECOND_NIK_EVERY, nik, slot_of
from lindung.nation.rates import Rates
from lindung.nation.regions import SECOND_NIK_CODE

_RECORD_KEYS = 4
_DISTRICT_END, _SERIAL = 6, 12  # places in a NIK: after the district, where the serial begins


def told(draws: Draws, rates: Rates, people: pl.DataFrame, kind: Integers) -> pl.DataFrame:
    """One row for each record of a person: ``people`` row by row as in ``people.people``, with the kind of record.

    Gives ``number``, ``kind``, ``nik``, ``name``, ``birth_on``, ``sex``, ``mother_name``, ``email``, ``phone``: what
    stands in the register. A second record has the phone only, where there is one.
    """
    number = people["number"].to_numpy()
    key = number * _RECORD_KEYS + kind
    other = pl.Series(kind != OWN)
    name = _misspelt(draws, "name", people["name"], key, np.where(kind == OWN, rates.misspelt, rates.misspelt_again))
    mother = _misspelt(draws, "mother", people["mother_name"], key, np.full(len(key), rates.misspelt_mother))
    return people.select(
        "number",
        kind=pl.Series(kind),
        nik=_niks(draws, people, kind),
        name=name,
        birth_on=_births(draws, rates, people["birth_on"], key, kind),
        sex="sex",
        mother_name=mother,
        email=pl.when(~other | pl.col("phone").is_null()).then("email"),
        phone="phone",
    )


def _niks(draws: Draws, people: pl.DataFrame, kind: Integers) -> pl.Series:
    niks = people["nik"].to_list()
    for row in np.flatnonzero(kind == MISTYPED):
        niks[row] = _wrong_digit(niks[row])
    rows = np.flatnonzero(kind == SECOND_NIK)
    chosen = people[rows.tolist()]
    place = chosen["number"].to_numpy() // SECOND_NIK_EVERY
    same = np.full(len(rows), SECOND_NIK_CODE, dtype=np.int64)
    female = (chosen["sex"] == "P").to_numpy()
    for row, second in zip(rows, nik(same, slot_of(place), chosen["birth_on"].to_numpy(), female), strict=True):
        niks[row] = second
    return pl.Series(niks, dtype=pl.String)


def _wrong_digit(right: str) -> str:
    """A NIK with one wrong digit: the end of the district, or one of the serial's last three.

    Which digit and by how much follows from the date of birth in it, so that no two people are mistyped alike; the
    odd step makes the sum of the digits odd, as that of no real number of this nation is.
    """
    born = int(right[_DISTRICT_END:_SERIAL])
    place = (_DISTRICT_END - 1, _SERIAL + 1, _SERIAL + 2, _SERIAL + 3)[born % 4]
    wrong = (int(right[place]) + (1, 3, 5, 7, 9)[born // 4 % 5]) % 10
    return f"{right[:place]}{wrong}{right[place + 1 :]}"


def _births(draws: Draws, rates: Rates, births: pl.Series, key: Integers, kind: Integers) -> pl.Series:
    """Now and then day and month change places, where that makes a date."""
    wrong = np.flatnonzero((kind != OWN) & draws.chance("wrong birth", key, rates.wrong_birth))
    days = births.to_list()
    for row in wrong:
        day: date = days[row]
        days[row] = date(day.year, day.day, day.month) if day.day <= 12 else day
    return pl.Series(days, dtype=pl.Date)


def _misspelt(draws: Draws, topic: str, names: pl.Series, key: Integers, chance: Integers) -> pl.Series:
    """The names, some of them as a hurried clerk writes them."""
    rows = np.flatnonzero(draws.chance(f"misspelt {topic}", key, chance))
    hurried = names.to_list()
    how = draws.below(f"how misspelt {topic}", key[rows], len(_SLIPS))
    where = draws.below(f"where misspelt {topic}", key[rows], 1 << 20)
    for row, slip, at in zip(rows.tolist(), how.tolist(), where.tolist(), strict=True):
        hurried[row] = _SLIPS[slip](hurried[row], at)
    return pl.Series(hurried, dtype=pl.String)


def _inner(name: str, at: int) -> int:
    """A place inside a name, neither its first letter nor its last."""
    return 1 + at % max(1, len(name) - 2)


def _dropped(name: str, at: int) -> str:
    place = _inner(name, at)
    return (name[:place] + name[place + 1 :]).strip() if len(name) > 3 else name


def _doubled(name: str, at: int) -> str:
    place = _inner(name, at)
    return name[:place] + name[place].strip() + name[place:]


def _swapped(name: str, at: int) -> str:
    place = _inner(name, at)
    if len(name) < 4 or place + 1 >= len(name) or " " in name[place : place + 2]:
        return name
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _old_spelling(name: str, at: int) -> str:
    """As before 1972, or by ear."""
    for new, old in (("u", "oe"), ("j", "dj"), ("y", "i"), ("c", "tj"), ("f", "p"), ("z", "s"), ("sy", "s")):
        if new in name[1:]:
            return name[0] + name[1:].replace(new, old, 1)
    return name


def _initials(name: str, at: int) -> str:
    first, *rest = name.split()
    return " ".join([first, *(word[0] for word in rest)])


def _last_left_out(name: str, at: int) -> str:
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 1 else name


def _turned_round(name: str, at: int) -> str:
    words = name.split()
    return " ".join([*words[1:], words[0]])


def _capitals(name: str, at: int) -> str:
    return name.upper()


def _shortened(name: str, at: int) -> str:
    for long, short in (("Muhammad ", "M "), ("Mohammad ", "Moh "), ("Abdul ", "Abd "), ("Siti ", "St ")):
        name = name.replace(long, short)
    return name


def _with_title(name: str, at: int) -> str:
    return f"{name} {('SE', 'ST', 'SPd', 'SKom', 'H')[at % 5]}"


_SLIPS: tuple[Callable[[str, int], str], ...] = (
    _dropped,
    _dropped,
    _doubled,
    _swapped,
    _old_spelling,
    _initials,
    _last_left_out,
    _turned_round,
    _capitals,
    _shortened,
    _with_title,
)
