"""``lindung law``, as somebody types it."""

import json
from pathlib import Path
from typing import Any

import pytest

from lindung.config.cli import main

CASES = Path(__file__).parent / "cases"
ONE = ["law", "contributions", "--wage", "12000000", "--month", "2026-03", "--jkk-class", "II"]


def _answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


def _file(folder: Path, text: str) -> str:
    path = folder / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_one_worker_is_explained_in_indonesian(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _answer(capsys, *ONE, "--segment", "PU")
    assert code == 0
    assert "1% dari yang lebih kecil antara upah Rp12.000.000 dan batas upah JP Rp11.086.300 = Rp110.863" in out
    assert "Pembulatan tidak diatur" in out
    assert "surat B/1226/022026" in out
    assert "Disetor seluruhnya                    Rp1.117.389" in out
    assert "jkp" not in out


def test_one_worker_is_explained_in_english_with_the_split_apart(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _answer(capsys, *ONE, "--lang", "en", "--jkp-member", "--birth-date", "1967-03-31")
    assert code == 0
    bill, split = out.split("JKP split inside the operator")
    assert "jkp_from_jkk" in split
    assert "jkp_from_jkk" not in bill
    assert "last JP contribution" in split


def test_json_has_the_result_the_lines_the_law_and_the_notes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _answer(capsys, *ONE, "--json", "--jkp-member")
    answer = json.loads(out)
    assert code == 0
    assert answer["result"]["total_employer"] == 444_000 + 221_726 + 64_800 + 36_000
    assert answer["result"]["jkk_kept"] == 57_800
    assert {line["key"]: line["amount_rupiah"] for line in answer["lines"]}["jp_worker"] == 110_863
    assert answer["lines"][0]["rate"] == "37/1000"
    assert answer["law"]["jp/wage_ceiling"]["value"] == 11_086_300
    assert answer["provisional"] is False
    assert answer["programmes"] == ["JHT", "JKK", "JKM", "JKP", "JP"]
    assert "Pembulatan" in answer["notes"][0]


def test_some_programmes_are_enough(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["law", "contributions", "--wage", "8000000", "--month", "2024-02", "--programmes", "JHT", "--json"]
    code, out, _ = _answer(capsys, *words)
    assert (code, json.loads(out)["result"]["total_jht"]) == (0, 456_000)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--wage", "12.000.000"], "wage: '12.000.000' tidak mungkin; yang mungkin: bilangan bulat"),
        (["--wage=-5"], "wage: -5 tidak mungkin"),
        (["--wage", "9" * 5000], "wage: '999"),
        (["--month", "2015-06"], "2015-07"),
        (["--month", "March"], "month: 'March' tidak mungkin"),
        (["--jkk-class", "VI"], "jkk_class: 'VI' tidak mungkin; yang mungkin: I, II, III, IV, V"),
        (["--programmes", "JHT,JKN"], "programmes"),
        (["--birth-date", "1990-02-30"], "birth_date: '1990-02-30' tidak mungkin"),
        (["--segment", "BPU"], "segment 'BPU' belum dihitung"),
        (["--segment", "PU-JKP-SPLIT"], "law evaluate"),
    ],
)
def test_an_impossible_fact_is_named_with_what_is_possible(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code, out, err = _answer(capsys, *ONE, *words)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err) < 400


def test_a_refusal_speaks_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["law", "contributions", "--wage", "1", "--month", "2026-02", "--lang", "en"]
    code, _, err = _answer(capsys, *words)
    assert code == 2
    assert err.startswith("jkk_class: missing; possible is the employer's risk class I, II, III, IV or V")


def test_the_cases_of_a_file_are_answered_or_refused_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _answer(capsys, "law", "evaluate", str(CASES / "pu.yaml"), "--json")
    answers = {answer["id"]: answer for answer in json.loads(out)}
    assert code == 0
    assert answers["pu-grid-10m-class3"]["result"]["total_employer"] == 689_000
    assert set(answers["pu-nb-thr-excluded"]) == {"id", "error"}
    assert "input thr_paid is not yet computed" in answers["pu-nb-thr-excluded"]["error"]


def test_an_exact_decimal_is_a_number_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = _answer(capsys, "law", "evaluate", str(CASES / "pu_jp_ceiling.yaml"), "--json")
    assert '"unrounded": 8939722.48' in out
    assert json.loads(out)[0] == {"id": "ceiling-2020", "result": {"ceiling": 8_939_700, "unrounded": 8939722.48}}


def test_a_table_shows_what_agrees_what_differs_and_what_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = """
cases:
  - {id: right, segment: PU, date: 2026-02, inputs: {wage: 1000000, programmes: [JKM]}, expected: {jkm: 3000}}
  - {id: wrong, segment: PU, date: 2026-02, inputs: {wage: 1000000, programmes: [JKM]}, expected: {jkm: 1, jkk: 2}}
  - {id: open, segment: PU, date: 2026-02, inputs: {wage: 1000000, programmes: [JKM]}}
  - {segment: PU, date: 2026-02, inputs: {wage: 1000000, hat: red}}
  - no case at all
"""
    code, out, _ = _answer(capsys, "law", "evaluate", _file(tmp_path, text))
    assert code == 1
    assert out.splitlines() == [
        "=  right: jkm 3000, total_employer 3000, total_worker 0",
        "x  wrong: jkm 3000 (expected 1), jkk None (expected 2)",
        "=  open: jkm 3000, total_employer 3000, total_worker 0",
        "-  #4: input hat belum dihitung untuk segment PU; yang dikenal: birth_date, contribution_owed, jkk_class, "
        "jkp_member, months, months_late, programmes, relief, wage",
        "-  #5: kasus harus berupa pemetaan",
    ]


@pytest.mark.parametrize("text", ["", "cases: 5", "- id: x", "cases: [1\n"])
def test_a_file_without_cases_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> None:
    code, out, err = _answer(capsys, "law", "evaluate", _file(tmp_path, text), "--json")
    assert (code, out) == (2, "")
    assert "cases.yaml" in err


def test_the_reference_page_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _answer(capsys, "law", "reference")
    assert code == 0
    assert "## `jp/wage_ceiling`" in out


def test_the_help_keeps_the_reference_command_to_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["law", "--help"])
    assert left.value.code == 0
    out: Any = capsys.readouterr().out
    assert "reference" not in out
    assert "evaluate" in out
