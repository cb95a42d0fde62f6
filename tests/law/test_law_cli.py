"""``lindung law``, as somebody types it."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from lindung.config import law_cli
from lindung.config.cli import main
from lindung.law.segments import find

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
    assert "Disetor seluruhnya                          Rp1.117.389" in out
    assert "jkp" not in out


def test_one_worker_is_explained_in_english_with_the_split_apart(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _answer(capsys, *ONE, "--lang", "en", "--jkp-member", "--birth-date", "1967-03-31")
    assert code == 0
    bill, split = out.split("Not billed on top")
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
        (["--month", "2015-06"], "Juli 2015"),
        (["--month", "March"], "month: 'March' tidak mungkin"),
        (["--jkk-class", "VI"], "jkk_class: 'VI' tidak mungkin; yang mungkin: I, II, III, IV, V"),
        (["--programmes", "JHT,JKN"], "programmes"),
        (["--birth-date", "1990-02-30"], "birth_date: '1990-02-30' tidak mungkin"),
        (["--segment", "JKN"], "segment 'JKN' belum dihitung; yang dihitung: ALLOCATION"),
        (["--segment", "BPU"], "input jkk_class, wage belum dihitung untuk segment BPU; yang dikenal: age"),
        (["--jkp-member", "yes"], "jkp_member: 'yes' tidak mungkin; yang mungkin: true atau false"),
        (["--months", "1.5"], "months: '1.5' tidak mungkin"),
        (["--holidays", "2026-04-15"], "input holidays tidak dapat dipakai bersama wage"),
    ],
)
def test_an_impossible_fact_is_named_with_what_is_possible(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code, out, err = _answer(capsys, *ONE, *words)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err) < 800


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
    assert answers["pu-nb-thr-excluded"]["result"]["jp_worker"] == 110_863
    assert all("result" in answer for answer in answers.values())


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
  - {segment: SANCTION, date: 2026-02, inputs: {lid: red, hat: red}}
  - no case at all
  - {id: day, segment: DUE-DATE, date: 2026-03, inputs: {}, expected: {due_on: 2026-04-15}}
  - {id: text, segment: DUE-DATE, date: 2026-03, inputs: {}, expected: {due_on: "2026-04-15"}}
  - {id: late, segment: DUE-DATE, date: 2026-03, inputs: {}, expected: {due_on: "2026-04-16"}}
"""
    code, out, _ = _answer(capsys, "law", "evaluate", _file(tmp_path, text))
    assert code == 1
    assert out.splitlines() == [
        "=  right: jkm 3000, total_employer 3000, total_worker 0, total 3000",
        "x  wrong: jkm 3000 (expected 1), jkk None (expected 2)",
        "=  open: jkm 3000, total_employer 3000, total_worker 0, total 3000",
        "-  #4: input hat, lid belum dihitung untuk segment SANCTION; yang dikenal: contribution_owed, "
        "first_warning_on, holidays",
        "-  #5: kasus harus berupa pemetaan",
        "=  day: due_on 2026-04-15",
        "=  text: due_on 2026-04-15",
        "x  late: due_on 2026-04-15 (expected 2026-04-16)",
    ]


@pytest.mark.parametrize("text", ["", "cases: 5", "- id: x", "cases: [1\n"])
def test_a_file_without_cases_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> None:
    code, out, err = _answer(capsys, "law", "evaluate", _file(tmp_path, text), "--json")
    assert (code, out) == (2, "")
    assert "cases.yaml" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "## `jp/wage_ceiling`"),
        (["parameters"], "## `jp/wage_ceiling`"),
        (["timeline"], "## 2026"),
        (["topics"], "## `PU-JKP-SPLIT`"),
        (["coverage", "--cases", str(CASES)], "| `PU-JP-CEILING` |"),
    ],
)
def test_the_reference_pages_are_printed(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    code, out, _ = _answer(capsys, "law", "reference", *words)
    assert code == 0
    assert said in out


def test_an_own_account_worker_is_explained_for_several_months(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--segment", "BPU", "--income", "3000000", "--month", "2026-11", "--months", "3", "--sector", "other"]
    code, out, _ = _answer(capsys, "law", "contributions", *words, "--lang", "en")
    assert code == 0
    assert "0.5% (relief: 50% of 1%) of contribution base Rp2,950,000 (income Rp3,000,000, band from" in out
    assert re.search(r"total_3_months +Rp249,600\n", out)
    assert "November 2026 - December 2026: 2 x Rp77,150" in out
    assert "* The middle rows of the table were not compared with the annex." in out
    assert "bpu/income_bands/2700000      2950000  from 2015-07-01" in out


def test_a_project_and_a_contract_are_explained_too(capsys: pytest.CaptureFixture[str]) -> None:
    project = ["--segment", "JAKON", "--month", "2025-06", "--contract-including-vat", "1110000000", "--vat-rate"]
    code, out, _ = _answer(capsys, "law", "contributions", *project, "0.11", "--stages", "50/25/25", "--json")
    assert (code, json.loads(out)["result"]["stage_1"]) == (0, 875_000)
    migrant = ["--segment", "PMI", "--month", "2023-02-21", "--contract-months", "6", "--route", "placement agency"]
    code, out, _ = _answer(capsys, "law", "contributions", *migrant)
    assert code == 0
    assert "satu harga Rp332.500 (Permenaker 18/2018)" in out


def test_lists_and_flags_are_read_from_words(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--segment", "ALLOCATION", "--month", "2025-09", "--payment", "1000"]
    code, out, _ = _answer(capsys, "law", "contributions", *words, "--debts", "2025-06=900+50,2025-07=200", "--json")
    assert (code, json.loads(out)["result"]["2025-07_contribution"]) == (0, 100)
    piece = ["--month", "2026-02", "--pay-basis", "piece_rate", "--wages-of-months", "1000000,2000000,2000000"]
    code, out, _ = _answer(capsys, "law", "contributions", *piece, "--programmes", "JHT", "--json")
    answer = json.loads(out)
    assert (code, answer["result"]["jht_worker"]) == (0, 33_333)
    assert answer["lines"][0]["base_rupiah"] == "5000000/3"
    code, out, _ = _answer(capsys, "law", "contributions", *ONE[2:], "--citizen", "false", "--json")
    assert (code, json.loads(out)["result"]["jp_worker"]) == (0, 0)


def test_what_is_no_amount_is_written_as_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--segment", "ARREARS", "--month", "2025-06", "--arrears-of", "BPU", "--unpaid-months"]
    _, out, _ = _answer(capsys, "law", "contributions", *words, "3")
    assert re.search(r"active +tidak\n", out)
    assert re.search(r"months_in_arrears +3\n", out)
    assert re.search(r"fine +Rp0\n", out)
    _, out, _ = _answer(capsys, "law", "contributions", *words, "2", "--lang", "en")
    assert re.search(r"active +yes\n", out)


def test_a_penalty_is_explained_by_the_day_of_payment(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["law", "penalty", "--month", "2025-06", "--contribution-owed", "1000000", "--paid-on", "2025-08-18"]
    code, out, _ = _answer(capsys, *words, "--holidays", "2025-07-15,2025-07-16", "--lang", "en")
    assert code == 0
    assert "due_on                                       2025-07-17" in out
    assert "months_late                                           2" in out
    assert "2% x 2 months late x contribution Rp1,000,000 = Rp40,000" in out
    code, _, err = _answer(capsys, *words, "--months-late", "1")
    assert code == 2
    assert "months_late" in err


def test_a_balance_is_simulated_with_its_convention_named(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["law", "simulate", "--wage", "5000000", "--years", "5", "--annual-rate", "0.05"]
    code, out, _ = _answer(capsys, *words, "--inflation", "0.03", "--lang", "en")
    assert code == 0
    assert "balance                                    Rp19,409,470" in out
    assert "the member app's convention" in out
    assert _answer(capsys, *words[:-2], "--rate", "0.05", "--inflation", "0.03", "--lang", "en")[1] == out
    code, out, _ = _answer(capsys, *words, "--convention", "ministry", "--month", "2022-02", "--json")
    assert (code, json.loads(out)["month"]) == (0, "2022-02")


def test_a_parameter_shows_its_history_or_what_is_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _answer(capsys, "law", "parameters", "jp/wage_ceiling", "--json")
    rows = json.loads(out)
    assert (code, len(rows), rows[0]["from"], rows[-1]["value"]) == (0, 12, "2015-07-01", "11086300")
    code, out, _ = _answer(capsys, "law", "parameters", "jp/wage_ceiling", "--month", "2026-02", "--lang", "en")
    assert out == (
        "jp/wage_ceiling  2025-03-01  10547400  (rupiah per month; PP 45/2015 art 29(3); letter B/726/022025; high)\n"
    )
    code, _, err = _answer(capsys, "law", "parameters", "jp/wage_ceiling", "--month", "2015-06")
    assert (code, "belum berlaku" in err) == (2, True)
    code, _, err = _answer(capsys, "law", "parameters", "jp/ceiling")
    assert (code, "jp/wage_ceiling" in err) == (2, True)


def test_all_parameters_show_what_is_in_force_with_its_doubts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out, _ = _answer(capsys, "law", "parameters", "--month", "2020-09")
    assert "arrears/penalty_rate  2020-08-01  0.5%" in out
    assert "jkp/" not in out
    assert "  * Satu sumber" not in out
    assert "  * Kantor cabang menyebut 5,63%" in out
    monkeypatch.setenv("LINDUNG_NOW", "2020-09-15")
    assert _answer(capsys, "law", "parameters")[1] == out


def test_the_timeline_tells_what_changed_when(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _answer(capsys, "law", "timeline", "--about", "relief/labour_intensive", "--lang", "en")
    assert code == 0
    assert "2025-02-01  PP 7/2025" in out
    assert "2026-02-01  PP 36/2025\n    relief/labour_intensive: JKK relief of labour-intensive industries ends" in out
    code, out, _ = _answer(capsys, "law", "timeline", "--json")
    entries = json.loads(out)
    assert entries == sorted(entries, key=lambda entry: entry["on"])
    changes = [change for entry in entries for change in entry["changes"] if change["parameter"] == "jp/wage_ceiling"]
    assert changes[-1]["before"] == "10547400"
    assert changes[-1]["change"] == "changes"


def test_a_reader_that_stops_early_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*words: object, **more: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("builtins.print", closed)
    monkeypatch.setattr("sys.stdout", sys.stdout)
    assert main(["law", "timeline"]) == 0


def test_the_options_are_the_inputs_of_the_segments() -> None:
    assert set(law_cli.PENALTY) == find("PENALTY").INPUTS
    assert set(law_cli.SIMULATE) == find("JHT-SIMULATION").INPUTS


def test_the_help_keeps_the_reference_command_to_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["law", "--help"])
    assert left.value.code == 0
    out: Any = capsys.readouterr().out
    assert "reference" not in out
    assert "evaluate" in out
