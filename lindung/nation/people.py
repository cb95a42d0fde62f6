"""Persons as columns. What is said of a person depends on the seed, his number and where he lives, and on no more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import gcd

import numpy as np
import numpy.typing as npt
import polars as pl

from lindung.nation.draws import Draws, Flags, Integers
from lindung.nation.names import FLAVOURS, MAIL_DOMAINS, STREETS, VILLAGES, Flavour
from lindung.nation.rates import USUAL, Rates
from lindung.nation.regions import DEMONSTRATION_CODE, PLACE_NAMES, PROVINCE, REGIONS, first_codes

MOST_PEOPLE = 20_000_000
"""So many NIK are certain to differ, second ones included."""

SECOND_NIK_EVERY = 64
"""One person in so many may have a second NIK: those whose number this divides."""

SLOTS = 320_000
"""Different (district, serial) a regency."""
_SLOT_STEP = 123_457  # without a divisor in common with SLOTS: numbers are scattered, and each slot occurs once
_PHONE_RANGE, _PHONE_STEP = 10**8, 61_803_399
_DEMONSTRATION_FIRST = 90_000_000  # numbers of the demonstration's people, beyond those of any nation
_DEMONSTRATION_AREA = len(REGIONS)
_YOUNGEST, _GRACE_DAYS = 18, 62
_SIBLING = 2  # place in a household from which on people are children of one mother
_HOUSEHOLD_KEYS, _AREA_KEYS = 1 << 50, 1 << 40


@dataclass(frozen=True, slots=True)
class Who:
    """Whom to invent, as columns: a number that nobody else has, the area, its first number and its people.

    ``area`` is a region's place in ``REGIONS``, or one past it for the demonstration.
    """

    number: Integers
    area: Integers
    area_first: Integers
    area_members: Integers

    @property
    def place(self) -> Integers:
        """The how manyth of his area somebody is, from 0."""
        return self.number - self.area_first


def people(draws: Draws, rates: Rates, who: Who, today: date) -> pl.DataFrame:
    """The persons of ``who``, in order, as the civil registry knows them.

    Columns: ``number``, ``nik``, ``name``, ``birth_on``, ``sex``, ``birth_place``, ``mother_name``, ``kk``,
    ``address``, ``email`` and ``phone`` (either may be null, never both). Everybody is over 18 on ``today``.
    """
    homes = _households(rates, who)
    number = who.number
    twin = (homes.position >= _SIBLING) & draws.chance("twins", homes.key, rates.twins)
    birth_on = _births(draws, rates, np.where(twin, homes.key, number), today)
    female = draws.chance("woman", number, rates.women)
    origin = _origins(draws, rates, who)
    code = regency(who)
    given, name = _names(draws, number, origin, female)
    no_mail = draws.chance("no mail", number, rates.no_mail)
    no_phone = draws.chance("no phone", number, rates.no_phone) & ~no_mail
    own_phone = draws.chance("own phone", number, rates.own_phone)
    phone = who.area_first + homes.row - np.where(own_phone, 0, homes.position)
    elsewhere = draws.chance("born elsewhere", number, rates.born_elsewhere)
    born_at = np.where(elsewhere, 1 + draws.below("birth place", number, DEMONSTRATION_CODE - 2), code)
    domain = draws.below("mail domain", number, len(MAIL_DOMAINS))
    return pl.DataFrame(
        {"number": number, "given": given, "name": name, "no_mail": no_mail, "no_phone": no_phone, "phone": phone}
    ).select(
        "number",
        nik=nik(code, slot_of(who.place), birth_on, female),
        name="name",
        birth_on=pl.Series(birth_on),
        sex=pl.Series(np.where(female, "P", "L")),
        birth_place=_gather(PLACE_NAMES, born_at),
        mother_name=_mothers(draws, rates, np.where(homes.position >= _SIBLING, homes.key, number), origin),
        kk=_family_cards(draws, who, homes),
        address=_addresses(draws, who, homes),
        email=pl.when(~pl.col("no_mail")).then(
            pl.concat_str(
                pl.col("given").str.to_lowercase().str.replace_all("[^a-z]", ""),
                pl.lit("."),
                pl.col("number").cast(pl.String),
                pl.lit("@"),
                _gather(MAIL_DOMAINS, domain),
            )
        ),
        phone=pl.when(~pl.col("no_phone")).then(
            pl.concat_str(pl.lit("+62800"), _digits(pl.col("phone") * _PHONE_STEP % _PHONE_RANGE, 8))
        ),
    )


def invent(seed: int, *, first: int, count: int, today: date) -> pl.DataFrame:
    """People for a demonstration or a test, number ``first`` to ``first + count - 1``, below 320,000.

    The columns of ``people``. They never meet those of a nation: their NIK are of a regency of their own.
    """
    draws = Draws(seed)
    number = np.arange(first, first + count, dtype=np.int64)
    if count and not 0 <= first <= first + count <= SLOTS:
        raise ValueError(f"the demonstration has people number 0 to {SLOTS - 1}")
    same = np.ones(count, dtype=np.int64)
    who = Who(number + _DEMONSTRATION_FIRST, same * _DEMONSTRATION_AREA, same * _DEMONSTRATION_FIRST, same * SLOTS)
    return people(draws, USUAL, who, today)


def nik(code: Integers, slot: Integers, birth_on: npt.NDArray[np.datetime64], female: Flags) -> pl.Series:
    """Province 99, regency, district 10 to 89, day of birth (40 more for women), month, year, serial.

    The digits of district and serial have an even sum, so that one wrong digit among them makes a number that nobody
    has; serials begin neither with 0 nor with 8, which the civil registry's simulator keeps for forced answers.
    """
    district, rest = 10 + slot % 80, slot // 80
    thousands = np.array([1, 2, 3, 4, 5, 6, 7, 9])[rest // 500]
    middle = rest % 500 // 5
    odd = (district // 10 + district % 10 + thousands + middle // 10 + middle % 10) % 2
    serial = thousands * 1_000 + middle * 10 + rest % 5 * 2 + odd
    frame = pl.DataFrame(
        {"code": code, "district": district, "birth_on": birth_on, "female": female, "serial": serial}
    ).select(
        pl.concat_str(
            pl.lit(PROVINCE),
            _digits(pl.col("code"), 2),
            _digits(pl.col("district"), 2),
            _digits(pl.col("birth_on").dt.day().cast(pl.Int64) + pl.col("female").cast(pl.Int64) * 40, 2),
            pl.col("birth_on").dt.strftime("%m%y"),
            _digits(pl.col("serial"), 4),
        )
    )
    return frame.to_series()


def slot_of(place: Integers) -> Integers:
    """The (district, serial) of the how manyth somebody is: far from those of his neighbours."""
    slots: Integers = place * _SLOT_STEP % SLOTS
    return slots


def regency(who: Who) -> Integers:
    """The regency codes of where people live; the same slot gets another code each time it comes round."""
    slot, round_no = slot_of(who.place), who.place // SLOTS
    codes = np.array([*(region.codes for region in REGIONS), 1], dtype=np.int64)[who.area]
    first = np.append(first_codes()[:-1], DEMONSTRATION_CODE)[who.area]
    regencies: Integers = first + (slot // 80 + slot + round_no) % codes
    return regencies


@dataclass(frozen=True, slots=True)
class _Homes:
    """For each person a key of his household, his place in it from 0, and his row when all households stand in line."""

    key: Integers
    household: Integers
    position: Integers
    row: Integers


def _households(rates: Rates, who: Who) -> _Homes:
    """Neighbours in number work together; so households are made of people far apart."""
    pattern = rates.households
    places = np.array([place for place, size in enumerate(pattern) for _ in range(size)], dtype=np.int64)
    positions = np.array([position for size in pattern for position in range(size)], dtype=np.int64)
    row = np.empty_like(who.number)
    for members in np.unique(who.area_members):
        here = who.area_members == members
        row[here] = who.place[here] * _step(int(members)) % members
    household = row // len(places) * len(pattern) + places[row % len(places)]
    key = _HOUSEHOLD_KEYS + who.area * _AREA_KEYS + household
    return _Homes(key, household, positions[row % len(places)], row)


@cache
def _step(members: int) -> int:
    """A step of about six tenths of a round that has no divisor in common with it."""
    step = members * 618 // 1_000 + 1
    while gcd(step, members) != 1:
        step += 1
    return step


def _births(draws: Draws, rates: Rates, of: Integers, today: date) -> npt.NDArray[np.datetime64]:
    years = _YOUNGEST + draws.pick("age", of, rates.ages)
    days = years * 1_461 // 4 + _GRACE_DAYS + draws.below("birthday", of, 365)
    births: npt.NDArray[np.datetime64] = np.datetime64(today, "D") - days.astype("timedelta64[D]")
    return births


_FLAVOUR_NAMES = tuple(FLAVOURS)


def _origins(draws: Draws, rates: Rates, who: Who) -> Integers:
    """Each person's flavour of names, as its place in ``FLAVOURS``."""
    area = who.area
    elsewhere = draws.chance("other origin", who.number, rates.other_origin) | (area == _DEMONSTRATION_AREA)
    weights = [region.codes for region in REGIONS]
    area = np.where(elsewhere, draws.pick("origin's region", who.number, weights), area)
    origin = np.zeros(len(area), dtype=np.int64)
    for place, region in enumerate(REGIONS):
        here = area == place
        if here.any():
            flavours = np.array([_FLAVOUR_NAMES.index(name) for name in region.origins], dtype=np.int64)
            picked = draws.pick("origin", who.number[here], list(region.origins.values()))
            origin[here] = flavours[picked]
    return origin


class _Pools:
    """The same part of the names of all flavours in one row of words."""

    def __init__(self, part: Callable[[Flavour], tuple[str, ...]]) -> None:
        pools = [part(flavour) or ("",) for flavour in FLAVOURS.values()]
        self.words = pl.Series([word for pool in pools for word in pool])
        self.sizes = np.array([len(pool) for pool in pools], dtype=np.int64)
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])

    def take(self, draws: Draws, topic: str, of: Integers, origin: Integers) -> pl.Series:
        return self.words.gather(self.starts[origin] + draws.low(topic, of, self.sizes[origin]))


_MALE, _FEMALE = _Pools(lambda flavour: flavour.male), _Pools(lambda flavour: flavour.female)
_SURNAMES = _Pools(lambda flavour: flavour.surnames)
_SURNAMES_WOMEN = _Pools(lambda flavour: flavour.surnames_women or flavour.surnames)
_BEFORE_MEN, _BEFORE_WOMEN = _Pools(lambda flavour: flavour.before_men), _Pools(lambda flavour: flavour.before_women)


def _shares(share: Callable[[Flavour], int]) -> Integers:
    return np.array([share(flavour) * 100 for flavour in FLAVOURS.values()], dtype=np.int64)


_WITH_SECOND, _WITH_LAST = _shares(lambda flavour: flavour.second), _shares(lambda flavour: flavour.last)
_WITH_BEFORE = _shares(lambda flavour: flavour.before)


def _names(draws: Draws, of: Integers, origin: Integers, female: Flags) -> tuple[pl.Series, pl.Series]:
    """The given name, by which a mail address goes, and the whole name."""
    women = pl.Series(female)

    def of_sex(men: _Pools, others: _Pools, topic: str) -> pl.Series:
        return others.take(draws, topic, of, origin).zip_with(women, men.take(draws, topic, of, origin))

    given, second = of_sex(_MALE, _FEMALE, "given name"), of_sex(_MALE, _FEMALE, "second name")
    last = of_sex(_SURNAMES, _SURNAMES_WOMEN, "last name")
    before = of_sex(_BEFORE_MEN, _BEFORE_WOMEN, "before name")
    frame = pl.DataFrame(
        {
            "given": given,
            "second": second,
            "last": last,
            "before": before,
            "with_second": draws.chance("has second name", of, _WITH_SECOND[origin]),
            "with_last": draws.chance("has last name", of, _WITH_LAST[origin]),
            "with_before": draws.chance("has name before", of, _WITH_BEFORE[origin]),
        }
    )
    name = frame.select(
        pl.concat_str(
            pl.when(
                pl.col("with_before") & ~pl.col("before").is_in(["", "Nur"]) & (pl.col("before") != pl.col("given"))
            ).then("before"),
            "given",
            pl.when(pl.col("with_second") & (pl.col("second") != pl.col("given"))).then("second"),
            pl.when(pl.col("with_last") & (pl.col("last") != pl.col("given"))).then("last"),
            separator=" ",
            ignore_nulls=True,
        )
    ).to_series()
    return given, name


def _mothers(draws: Draws, rates: Rates, of: Integers, origin: Integers) -> pl.Series:
    given = _FEMALE.take(draws, "mother's name", of, origin)
    last = _SURNAMES_WOMEN.take(draws, "mother's last name", of, origin)
    single = pl.Series(draws.chance("mother's single name", of, rates.mother_single_name))
    return given.zip_with(single, pl.select(pl.concat_str(given, last, separator=" ")).to_series())


def _family_cards(draws: Draws, who: Who, homes: _Homes) -> pl.Series:
    """Numbers of family cards: like a NIK, with the day of issue where that has the day of birth."""
    home = Who(who.area_first + homes.household, who.area, who.area_first, who.area_members)
    issued_on = np.datetime64("2006-01-01", "D") + draws.below("family card's day", homes.key, 5_400).astype(
        "timedelta64[D]"
    )
    return nik(regency(home), slot_of(homes.household), issued_on, np.zeros(len(homes.key), dtype=np.bool_))


def _addresses(draws: Draws, who: Who, homes: _Homes) -> pl.Series:
    home = Who(who.area_first + homes.household, who.area, who.area_first, who.area_members)
    key = homes.key
    return pl.select(
        pl.concat_str(
            pl.lit("Jalan "),
            _gather(STREETS, draws.below("street", key, len(STREETS))),
            pl.lit(" "),
            pl.Series(1 + draws.low("house", key, 220)).cast(pl.String),
            pl.lit(" RT "),
            _digits(pl.lit(pl.Series(1 + draws.below("rt", key, 12))), 3),
            pl.lit("/RW "),
            _digits(pl.lit(pl.Series(1 + draws.below("rw", key, 15))), 3),
            pl.lit(", "),
            _gather(VILLAGES, draws.below("village", key, len(VILLAGES))),
            pl.lit(", "),
            _gather(PLACE_NAMES, regency(home)),
        )
    ).to_series()


def _gather(words: Sequence[str], places: Integers) -> pl.Series:
    return pl.Series(words).gather(places)


def _digits(value: pl.Expr, width: int) -> pl.Expr:
    return value.cast(pl.String).str.zfill(width)
