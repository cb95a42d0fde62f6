"""The catalogue: every code that can be raised has its texts, and they are plain."""

import re
from pathlib import Path

import pytest

from lindung.uploads.faults import FAULTS, REFUSALS, Texts, describe
from lindung.uploads.kinds import KINDS

UPLOADS = Path(__file__).resolve().parents[2] / "lindung" / "uploads"
SOURCE = "\n".join(path.read_text() for path in UPLOADS.rglob("*.py") if path.parent.name != "faults")
LAYOUTS = [kind.LAYOUT for kind in KINDS.values()]
ALL = {**{f"refusal {code}": texts for code, texts in REFUSALS.items()}, **FAULTS}


def test_every_refusal_that_is_raised_has_its_texts() -> None:
    raised = set(re.findall(r'Refused\(\s*"(\w+)"', SOURCE))
    raised |= set(re.findall(r'Refused\("password" if .* else "(\w+)"', SOURCE))
    raised |= {f"no_{group}_heading" for layout in LAYOUTS for group in layout.needed}
    assert raised == set(REFUSALS)


def test_every_fault_that_is_found_has_its_texts_and_none_is_idle() -> None:
    for code in FAULTS:
        stem, _, end = code.rpartition("_")
        named = (f'"{code}"', f'"{stem}"') if end == "passed" else (f'"{code}"', f'{{name}}_{end}"')
        assert any(name in SOURCE for name in named), f"{code} is never found"


@pytest.mark.parametrize("texts", ALL.values(), ids=ALL)
def test_every_sentence_is_short_and_ends(texts: Texts) -> None:
    for text in (str(texts.reason), str(texts.cure)):
        assert text.endswith((".", "?"))
        for sentence in re.split(r"(?<=[.?])\s+(?=[A-Z%])", text):
            assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize("texts", FAULTS.values(), ids=FAULTS)
def test_every_fault_stands_in_a_known_field(texts: Texts) -> None:
    assert texts.field == "" or any(texts.field in layout.fields for layout in LAYOUTS)


def test_parameters_are_written_by_what_their_names_say() -> None:
    reason, cure = describe(FAULTS["wage_rose"], {"before_rupiah": 4_500_000, "after_rupiah": 45_000_000})
    assert reason == "Upah naik dari Rp4.500.000 menjadi Rp45.000.000."
    assert cure == "Benar? Bila salah, periksa jumlah nolnya."
    assert describe(FAULTS["left_before"], {"left_on": "2026-09-30"})[0].startswith(
        "Pekerja ini keluar 30 September 2026"
    )
    assert describe(FAULTS["other_month"], {"month": "2026-09-01"})[0].startswith("BLTH di baris ini September 2026")
