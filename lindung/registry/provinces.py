"""The first two digits of a NIK: the province that gave it out, from ``provinces.csv``.

A NIK keeps the code of its day, so that no code is ever taken off the list; ``since_on`` is empty where the province
is older than its last law that matters here. Districts are not listed: they split every year, and decide nothing.
"""

import csv
from functools import cache
from pathlib import Path

FICTITIOUS = "99"
"""Of invented people. Not in production."""


@cache
def province_codes() -> frozenset[str]:
    """Every code that a NIK may begin with."""
    with (Path(__file__).parent / "provinces.csv").open(encoding="utf-8", newline="") as source:
        return frozenset(row["code"] for row in csv.DictReader(source))


@cache
def province_names() -> dict[str, str]:
    """Code -> name of the provinces that there are, and the one of invented people and firms."""
    with (Path(__file__).parent / "provinces.csv").open(encoding="utf-8", newline="") as source:
        named = {row["code"]: row["name"] for row in csv.DictReader(source) if row["name"]}
    return {**named, FICTITIOUS: "Provinsi Contoh"}
