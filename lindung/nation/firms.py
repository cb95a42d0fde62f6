"""The firms of the demonstration and their habits, and the sizes of firms that measurements stand on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DEMO_MEMBERS = 300


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm to invent. Months are counted back from the last one, which is 0.

    ``late``: months back -> days after the due date on which it paid. ``leavers``: in a thousand a month.
    """

    npp: str
    name: str
    size: str
    jkk_class: str
    workers: int
    mail: str
    leavers: int = 0
    report_day: int = 5
    late: Mapping[int, int] = field(default_factory=dict)
    missing: frozenset[int] = frozenset()
    unpaid: frozenset[int] = frozenset()


SMALL = Firm(
    npp="99000012",
    name="PT Contoh Roti Rumahan",
    size="small",
    jkk_class="II",
    workers=12,
    mail="roti-rumahan.example",
    report_day=9,
    late={7: 3},
    missing=frozenset({4}),
    unpaid=frozenset({0}),
)
MEDIUM = Firm(
    npp="99000070",
    name="PT Contoh Logistik Nusantara",
    size="medium",
    jkk_class="III",
    workers=70,
    mail="logistik-nusantara.example",
    leavers=15,
    report_day=7,
    late={9: 12, 15: 41},
)
LARGE = Firm(
    npp="99000220",
    name="PT Contoh Tekstil Sejahtera",
    size="large",
    jkk_class="I",
    workers=220,
    mail="tekstil-sejahtera.example",
    leavers=10,
    late={12: 2},
)


def big_sizes(members: int) -> tuple[int, ...]:
    """So many people in firms of 100,000; the first has exactly 10,000 where there are enough, the last the rest."""
    sizes = [10_000] if members > 10_000 else []
    left = members - sum(sizes)
    sizes += [100_000] * (left // 100_000)
    return tuple([*sizes, left % 100_000] if left % 100_000 else sizes)
