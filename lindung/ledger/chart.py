"""Account numbers, from ``chart.yaml``."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

AGENCY = 0
_SUB_ROOM = 10**12


@cache
def _chart() -> dict[str, Any]:
    chart: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("chart.yaml").read_text())
    return chart


def account(name: str, sub: int = 0) -> int:
    """The number of one of the agency's accounts, such as ``account("receivable", employer_id)``."""
    if (_chart()[name]["sub"] == "none") != (sub == 0) or not 0 <= sub < _SUB_ROOM:
        raise ValueError(f"account {name} does not go with sub {sub}")
    return int(_chart()[name]["code"]) * _SUB_ROOM + sub


def member_kind(name: str) -> int:
    """The last digit of a member's account of this kind."""
    return int(_chart()["member"][name]["kind"])


def member_account(membership_id: int, name: str) -> int:
    """The number of a member's account: the card, then the kind."""
    return membership_id * 10 + member_kind(name)


def member_account_sql(membership_column: str, name: str) -> str:
    """The same number as SQL over a column that holds the card."""
    return f"({membership_column} * 10 + {member_kind(name)})"
