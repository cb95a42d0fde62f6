"""The page about complaints draws what the table of moves says, and names every deadline with its days and reason."""

from pathlib import Path
from typing import Any

import yaml

from lindung import compliance
from lindung.compliance.workflow import MOVES, STATES

PAGE = Path(__file__).parents[2] / "docs/explain/complaints.md"


def diagram() -> list[str]:
    """One line a way from a state to another, in the order of the table."""
    lines = ["[*] --> with_firm: open (member)"]
    lines += [
        f"{state} --> {move.to}: {name} ({move.by})"
        for name, move in MOVES.items()
        for state in STATES
        if state in move.states
    ]
    return lines + [f"{state} --> [*]" for state, waiting in STATES.items() if waiting is None]


def test_the_diagram_is_the_table() -> None:
    drawn = PAGE.read_text().split("```mermaid\nstateDiagram-v2\n")[1].split("```")[0]
    assert [line.strip() for line in drawn.strip().splitlines()] == diagram()


def test_every_deadline_is_told_with_its_days_and_is_used() -> None:
    rules: dict[str, Any] = yaml.safe_load((Path(compliance.__path__[0]) / "rules.yaml").read_text())["complaint_days"]
    assert {waiting.deadline for waiting in STATES.values() if waiting} == set(rules)
    for state, waiting in STATES.items():
        if waiting:
            days = rules[waiting.deadline]["days"]
            assert f"| `{state}` | {waiting.owner} | {days} working days |" in PAGE.read_text()
            assert rules[waiting.deadline]["reason"]
