"""The one style sheet: measured contrast, measured weight, nothing from elsewhere."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import lindung.channels.shared as shared

SHEET = Path(shared.__file__).parent / "static" / "lindung" / "lindung.css"
TEXT = SHEET.read_text()
GROUNDS = ("paper", "surface")
SOFT_GROUNDS = ("act-soft", "warm-soft", "danger-soft", "good-soft", "quiet-soft")
READ, SEEN = 4.5, 3.0


@dataclass(frozen=True)
class Rule:
    at: tuple[str, ...]
    selector: str
    declared: dict[str, str]


def rules(text: str = TEXT) -> list[Rule]:
    return list(_walk(re.sub(r"/\*.*?\*/", "", text, flags=re.S), ()))


def _walk(text: str, at: tuple[str, ...]) -> Iterator[Rule]:
    place = 0
    while (opening := text.find("{", place)) != -1:
        head = text[place:opening].split(";")[-1].strip()
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        body = text[opening + 1 : end - 1]
        if "{" in body:
            yield from _walk(body, (*at, head))
        else:
            pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
            yield Rule(at, head, {name.strip(): value.strip() for name, value in pairs})
        place = end


def token_blocks() -> dict[str, dict[str, str]]:
    found = {}
    for rule in rules():
        if "--ink" in rule.declared and "@layer tokens" in rule.at:
            found[rule.selector] = {name[2:]: value for name, value in rule.declared.items() if name.startswith("--")}
    return found


def looks() -> dict[str, dict[str, str]]:
    blocks = token_blocks()
    return {"light": blocks[":root"], "dark": {**blocks[":root"], **blocks[':root[data-theme="dark"]']}}


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def used(value: str) -> list[str]:
    return re.findall(r"var\(--([a-z-]+)\)", value)


def pairs_in_use() -> set[tuple[str, str, float]]:
    """Every (front, ground, least contrast) that the rules put together."""
    pairs: set[tuple[str, str, float]] = set()
    for rule in rules():
        if "@media print" in rule.at or "@media (forced-colors: active)" in rule.at:
            continue
        fronts, grounds = used(rule.declared.get("color", "")), used(rule.declared.get("background", ""))
        is_shape = bool(re.search(r"\.(icon|month|grid)\b", rule.selector)) or "progress" in rule.selector
        is_filling = bool(re.search(r"progress|contributed|swatch|::before", rule.selector))
        for front in fronts:
            if front == "line":
                continue  # hairlines behind a chart carry nothing
            least = SEEN if is_shape else READ
            pairs |= {(front, ground, least) for ground in grounds or GROUNDS}
        if grounds and not fronts:
            if is_filling:
                pairs |= {
                    (filling, ground, SEEN)
                    for filling in grounds
                    for ground in GROUNDS
                    if filling not in (*GROUNDS, *SOFT_GROUNDS)
                }
            else:
                pairs |= {(front, ground, READ) for front in ("ink", "act") for ground in grounds}
        pairs |= {
            (front, ground, READ)
            for front in used(rule.declared.get("fill", ""))
            for ground in GROUNDS
            if front == "ink-quiet"
        }
        for edge in used(rule.declared.get("border", "")) + used(rule.declared.get("border-color", "")):
            if edge != "line":
                pairs |= {(edge, ground, SEEN) for ground in GROUNDS}
        pairs |= {(ring, ground, SEEN) for ring in used(rule.declared.get("outline", "")) for ground in GROUNDS}
    return pairs


def test_enough_pairs_are_found_to_mean_something() -> None:
    pairs = pairs_in_use()
    assert len(pairs) > 40
    assert ("on-act", "act", READ) in pairs
    assert ("warm", "warm-soft", READ) in pairs
    assert ("focus", "paper", SEEN) in pairs
    assert ("on-card", "card-deep", READ) in pairs


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_pair_of_colours_in_use_can_be_read(look: str) -> None:
    tokens = looks()[look]
    too_faint = {
        f"{front} on {ground}: {contrast(tokens[front], tokens[ground]):.2f} < {least}"
        for front, ground, least in pairs_in_use()
        if contrast(tokens[front], tokens[ground]) < least
    }
    assert not too_faint


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("token", "light", "dark"),
    [
        ("ink", "#12211f", "#e8f1ef"),
        ("paper", "#fbfaf7", "#0f1716"),
        ("surface", "#ffffff", "#172220"),
        ("line", "#d9dfdc", "#2b3a37"),
        ("act", "#0b5d57", "#5cc7bb"),
        ("warm", "#b4570f", "#f0a868"),
        ("danger", "#a61b2b", "#ff8f9b"),
        ("good", "#1b6b3a", "#7fd39b"),
    ],
)
def test_the_house_colours_are_the_agreed_ones(token: str, light: str, dark: str) -> None:
    assert (looks()["light"][token], looks()["dark"][token]) == (light, dark)


def test_dark_by_device_and_dark_by_choice_are_the_same() -> None:
    blocks = token_blocks()
    assert blocks[':root:not([data-theme="light"])'] == blocks[':root[data-theme="dark"]']


def test_every_token_in_use_is_declared() -> None:
    declared = {name for rule in rules() for name in rule.declared if name.startswith("--")}
    assert {f"--{name}" for name in used(TEXT)} <= declared


def test_the_sheet_weighs_at_most_nine_kilobytes_compressed() -> None:
    assert len(gzip.compress(TEXT.encode(), 9)) <= 9 * 1024


def test_nothing_is_loaded_from_anywhere() -> None:
    assert "url(" not in TEXT
    assert "@import" not in TEXT
    assert "@font-face" not in TEXT


def test_every_rule_lies_in_a_layer() -> None:
    assert all(rule.at and rule.at[0].startswith("@layer") for rule in rules())


def test_sides_are_logical_so_that_other_scripts_can_follow() -> None:
    physical = re.compile(r"^(margin|padding|border)-(left|right|top|bottom)|^(left|right|top|bottom|width|height)$")
    assert not {name for rule in rules() for name in rule.declared if physical.match(name)}


def test_the_focus_ring_is_three_pixels_wide() -> None:
    ring = next(rule for rule in rules() if rule.selector == ":focus-visible")
    assert ring.declared["outline"].startswith("3px solid")


def test_phone_targets_are_48_pixels() -> None:
    measures = next(rule for rule in rules() if rule.selector == "body" and "--target" in rule.declared)
    assert measures.declared["--target"] == "3rem"
    assert measures.declared["--text"] == "1.0625rem"
    members = [rule for rule in rules() if '[data-door="member"]' in rule.selector]
    assert not [rule for rule in members if "--target" in rule.declared]


@pytest.mark.parametrize("query", ["prefers-reduced-motion", "forced-colors", "print", "prefers-color-scheme"])
def test_the_sheet_answers_what_a_reader_asks_of_the_device(query: str) -> None:
    assert any(query in line for rule in rules() for line in rule.at)


def test_nothing_moves_for_long() -> None:
    seconds = [
        float(time) for rule in rules() for time in re.findall(r"([\d.]+)s\b", rule.declared.get("transition", ""))
    ]
    assert seconds
    assert max(seconds) <= 0.15
