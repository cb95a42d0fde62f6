"""The firms: how large, in which line of business and region, since when, and with which habits."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from lindung.law import Programme
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.nation.draws import Draws, Flags, Integers
from lindung.nation.names import FIRM_WORDS
from lindung.nation.plan import Plan
from lindung.nation.rates import Rates
from lindung.nation.regions import PLACE_NAMES, REGIONS, RICHEST_IN_CODES, first_codes
from lindung.nation.territory import Territory

_JKK, _JKM, _JHT, _JP, _JKP = Programme.JKK, Programme.JKM, Programme.JHT, Programme.JP, Programme.JKP
PROGRAMMES = tuple(
    tuple(sorted(programmes))
    for programmes in (
        {_JKK, _JKM},
        {_JKK, _JKM, _JHT},
        {_JKK, _JKM, _JHT, _JP},
        {_JKK, _JKM, _JHT, _JP, _JKP},
    )
)
"""What a firm may have, from the least of a micro firm to everything; large and medium firms have everything."""

_MUST_BY_SIZE = {"micro": 0, "small": 1, "medium": 3, "large": 3}
SHARES = ("all", "least wage", "part")
"""What a firm tells of wages: as they are, no more than the least wage, a part."""

_LEAST_FIRMS, _SMALL_REGION = 5, 30
_AT_ONCE = 4_096
_REGION_KEYS = 1 << 32
_FORMS = {"micro": "UD", "small": "CV"}


@dataclass(frozen=True, slots=True)
class Employers:
    """Firms as columns, region after region, in the order of their first workers' numbers.

    ``start`` is the number of the first worker, ``workers`` how many there are at first; ``sector``, ``habit``,
    ``programmes``, ``size``, ``tells`` are places in their lists, ``founded`` a month; ``part`` per cent of wages
    told; ``raises`` by firm and year, per mille.
    """

    key: Integers
    start: Integers
    workers: Integers
    region: Integers
    code: Integers
    sector: Integers
    jkk_class: Integers
    size: Integers
    programmes: Integers
    founded: Integers
    habit: Integers
    tells: Integers
    part: Integers
    pays_below: Flags
    pay: Integers
    raises: Integers

    def __len__(self) -> int:
        return len(self.key)

    def home_of(self, number: Integers) -> Integers:
        """The firm where each wage earner works first."""
        return np.searchsorted(self.start, number, side="right").astype(np.int64) - 1

    def npp(self) -> pl.Series:
        places = pl.Series(np.arange(len(self)), dtype=pl.Int64)
        return pl.select(pl.concat_str(pl.lit("98"), places.cast(pl.String).str.zfill(8))).to_series()


def size_names(rates: Rates) -> tuple[str, ...]:
    """The sizes of ``Employers.size``."""
    return tuple(name for name, _ in rates.size_by_workers)


def employers(plan: Plan, territory: Territory) -> Employers:
    """All firms of a nation; as many as its wage earners fill."""
    draws, rates = plan.draws, plan.rates
    if plan.sizes:
        region = np.full(len(plan.sizes), RICHEST_IN_CODES, dtype=np.int64)
        key, workers = np.arange(len(plan.sizes), dtype=np.int64), np.array(plan.sizes, dtype=np.int64)
        start = np.cumsum(workers) - workers
    else:
        region, key, start, workers = _fill_regions(draws, rates, territory)
    sector = draws.pick("sector", key, [sector.weight for sector in rates.sectors])
    # The list of sizes begins with the largest.
    size = np.zeros(len(key), dtype=np.int64)
    for _, least in rates.size_by_workers[:-1]:
        size += workers < least
    must = np.array([_MUST_BY_SIZE[name] for name in size_names(rates)], dtype=np.int64)[size]
    more = draws.chance("extra programmes", key, rates.extra_programmes)
    extra = np.where(more, draws.below("how many extra", key, len(PROGRAMMES) - must), 0)
    founded = np.where(
        draws.chance("founded later", key, rates.founded_later), draws.below("founded", key, plan.months), 0
    )
    small = size >= len(rates.size_by_workers) - 2
    least, most = rates.raises
    years = int(plan.years[-1]) + 1
    telling = [10_000 - rates.tells_least - rates.tells_part, rates.tells_least, rates.tells_part]
    codes = np.array([region.codes for region in REGIONS], dtype=np.int64)
    return Employers(
        key=key,
        start=start,
        workers=workers,
        region=region,
        code=first_codes()[region] + draws.below("regency", key, codes[region]),
        sector=sector,
        jkk_class=np.array([RISK_CLASSES.index(one.jkk_class) for one in rates.sectors], dtype=np.int64)[sector],
        size=size,
        programmes=must + extra,
        founded=founded,
        habit=draws.pick("habit", key, [habit.weight for habit in rates.habits]),
        tells=draws.pick("tells", key, telling),
        part=60 + draws.below("part told", key, 26),
        pays_below=small & draws.chance("pays below", key, rates.below_least),
        pay=draws.below("firm's pay", key, 2 * rates.firm_pay + 1) - rates.firm_pay,
        raises=np.stack(
            [least + draws.below(f"raise {plan.first.year + year}", key, most - least + 1) for year in range(years)],
            axis=1,
        ),
    )


def _fill_regions(draws: Draws, rates: Rates, territory: Territory) -> tuple[Integers, Integers, Integers, Integers]:
    columns: list[tuple[Integers, Integers, Integers, Integers]] = []
    for region, (first, end) in enumerate(territory.segment_first[:, :2].tolist()):
        if first == end:
            continue
        key, workers = _sizes(draws, rates, region, end - first)
        same = np.full(len(key), region, dtype=np.int64)
        columns.append((same, key, first + np.cumsum(workers) - workers, workers))
    if not columns:
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, empty, empty
    region_, key_, start_, workers_ = (np.concatenate(column) for column in zip(*columns, strict=True))
    return region_, key_, start_, workers_


def _sizes(draws: Draws, rates: Rates, region: int, people: int) -> tuple[Integers, Integers]:
    """Firms until everybody has one; none takes more than a fifth of its region, unless that is small."""
    keys: list[Integers] = []
    sizes: list[Integers] = []
    placed = 0
    smallest = np.array([small for _, small, _ in rates.sizes], dtype=np.int64)
    range_ = np.array([large - small + 1 for _, small, large in rates.sizes], dtype=np.int64)
    while placed < people:
        key = region * _REGION_KEYS + len(keys) * _AT_ONCE + np.arange(_AT_ONCE, dtype=np.int64)
        row = draws.pick("firm's row of sizes", key, [weight for weight, _, _ in rates.sizes])
        size = smallest[row] + draws.low("firm's workers", key, range_[row])
        keys.append(key)
        sizes.append(np.minimum(size, max(_SMALL_REGION, people // _LEAST_FIRMS)))
        placed += int(sizes[-1].sum())
    key, workers = np.concatenate(keys), np.concatenate(sizes)
    count = int(np.searchsorted(np.cumsum(workers), people)) + 1
    key, workers = key[:count], workers[:count]
    workers[-1] -= int(workers.sum()) - people
    return key, workers


def table(plan: Plan, firms: Employers) -> pl.DataFrame:
    """The firms with words in place of numbers, as the truth tells of them.

    Columns: ``npp``, ``name``, ``size``, ``jkk_class``, ``programmes`` (separated by spaces), ``since_on``, ``region``,
    ``place``, ``sector``, ``habit``, ``tells``, ``workers``.
    """
    rates, draws = plan.rates, plan.draws
    sizes = size_names(rates)
    words = [(sector.words[place]) for sector in rates.sectors for place in range(len(sector.words))]
    word_first = np.cumsum([0, *(len(sector.words) for sector in rates.sectors)])[:-1]
    many = np.array([len(sector.words) for sector in rates.sectors], dtype=np.int64)[firms.sector]
    word = word_first[firms.sector] + draws.below("firm's first word", firms.key, many)
    second = draws.below("firm's second word", firms.key, len(FIRM_WORDS))

    def chosen(texts: tuple[str, ...] | list[str], places: Integers) -> pl.Series:
        return pl.Series(texts, dtype=pl.String).gather(places)

    return pl.DataFrame(
        {
            "npp": firms.npp(),
            "form": chosen([_FORMS.get(name, "PT") for name in sizes], firms.size),
            "first": chosen(words, word),
            "second": chosen(FIRM_WORDS, second),
            "number": np.arange(1, len(firms) + 1, dtype=np.int64),
            "size": chosen(sizes, firms.size),
            "jkk_class": chosen(RISK_CLASSES, firms.jkk_class),
            "programmes": chosen([" ".join(codes) for codes in PROGRAMMES], firms.programmes),
            "since_on": plan.days[firms.founded].astype("datetime64[D]"),
            "region": chosen([region.name for region in REGIONS], firms.region),
            "place": chosen(PLACE_NAMES, firms.code),
            "sector": chosen([sector.name for sector in rates.sectors], firms.sector),
            "habit": chosen([habit.name for habit in rates.habits], firms.habit),
            "tells": chosen(SHARES, firms.tells),
            "workers": firms.workers,
        }
    ).select(
        "npp",
        pl.concat_str("form", pl.lit("Contoh"), "first", "second", "number", separator=" ").alias("name"),
        pl.exclude("npp", "form", "first", "second", "number"),
    )
