"""The regions of province 99, which does not exist: who lives there, what the least wage is, how places are called.

The first four digits of a NIK are the province and a regency; codes 01 to 96 are those of the regions here, in order.
97 is for second NIK, 98 for the people of the demonstration.
"""

from dataclasses import dataclass

import numpy as np

from lindung.nation.draws import Integers

PROVINCE = "99"
SECOND_NIK_CODE = 97
DEMONSTRATION_CODE = 98


@dataclass(frozen=True, slots=True)
class Region:
    """``codes``: how many regencies, and so its share of 96. ``least_wage_rupiah``: of the year 2025.

    ``origins``: flavours of names with their weights.
    """

    name: str
    codes: int
    least_wage_rupiah: int
    origins: dict[str, int]


# Assumptions, all of them: made so that wages and names look like those of a large country with one rich city.
REGIONS = (
    Region(
        "Kota Raya",
        14,
        5_390_000,
        {"betawi": 27, "jawa": 32, "sunda": 15, "tionghoa": 9, "batak": 6, "minang": 5, "melayu": 4, "flores": 2},
    ),
    Region("Pesisir Pabrik", 20, 4_860_000, {"sunda": 58, "jawa": 28, "betawi": 7, "batak": 3, "tionghoa": 4}),
    Region("Tengah", 18, 2_260_000, {"jawa": 92, "sunda": 3, "tionghoa": 4, "batak": 1}),
    Region("Timur Laut", 16, 3_070_000, {"jawa": 76, "madura": 18, "tionghoa": 5, "bali": 1}),
    Region("Pulau Utara", 9, 2_990_000, {"batak": 46, "melayu": 24, "jawa": 20, "tionghoa": 7, "minang": 3}),
    Region("Pulau Barat", 5, 2_994_000, {"minang": 66, "melayu": 22, "jawa": 9, "batak": 3}),
    Region("Kepulauan Selatan", 5, 2_720_000, {"bali": 47, "sasak": 26, "flores": 19, "jawa": 8}),
    Region("Semenanjung", 4, 3_660_000, {"bugis": 68, "minahasa": 22, "jawa": 7, "tionghoa": 3}),
    Region("Rimba", 3, 3_500_000, {"banjar": 46, "dayak": 28, "jawa": 18, "bugis": 8}),
    Region("Ujung Timur", 2, 4_180_000, {"maluku": 38, "papua": 42, "bugis": 10, "jawa": 10}),
)
RICHEST_IN_CODES = max(range(len(REGIONS)), key=lambda place: REGIONS[place].codes)

# The least wage grows a little every year. Assumption: per mille, by the year that begins; 50 for years not named.
_GROWTH = {
    2016: 115, 2017: 82, 2018: 87, 2019: 80, 2020: 85, 2021: 10, 2022: 11, 2023: 75, 2024: 38, 2025: 65, 2026: 58
}  # fmt: skip
_BASE_YEAR, _USUAL_GROWTH = 2025, 50


def least_wages(first_year: int, years: int) -> Integers:
    """By region and year, in whole thousands of rupiah."""
    table = np.empty((len(REGIONS), years), dtype=np.int64)
    for place, region in enumerate(REGIONS):
        for column in range(years):
            wage = region.least_wage_rupiah
            for year in range(_BASE_YEAR + 1, first_year + column + 1):
                wage = wage * (1_000 + _GROWTH.get(year, _USUAL_GROWTH)) // 1_000
            for year in range(_BASE_YEAR, first_year + column, -1):
                wage = wage * 1_000 // (1_000 + _GROWTH.get(year, _USUAL_GROWTH))
            table[place, column] = wage // 1_000 * 1_000
    return table


def first_codes() -> Integers:
    """The first regency code of each region, and one past the last."""
    return 1 + np.cumsum([0, *(region.codes for region in REGIONS)], dtype=np.int64)


_LANDS = ("Muara", "Tirta", "Giri", "Wana", "Bumi", "Rawa", "Tanjung", "Karang", "Lembah", "Pulau", "Teluk", "Sawah")
_UNREAL = ("Uji", "Contoh", "Rekaan", "Khayal", "Andai", "Misal", "Coba", "Umpama")


def place_name(code: int) -> str:
    """What the regency with this code is called, such as ``Kabupaten Tirta Khayal``: plainly invented."""
    if code > len(_LANDS) * len(_UNREAL):
        return "Kota Contoh"
    kind = "Kota" if code % 5 == 0 else "Kabupaten"
    return f"{kind} {_LANDS[(code - 1) % len(_LANDS)]} {_UNREAL[(code - 1) // len(_LANDS)]}"


PLACE_NAMES = ("", *(place_name(code) for code in range(1, 100)))
