"""``lindung law``: the law from the command line, without a database and without Django.

Exit codes: 0 answered; 1 a case differs from what it expects; 2 an impossible fact or an unreadable file.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lindung.law.lines import Line
    from lindung.law.segments.pu import Worker
    from lindung.law.wording import Language

ANSWERED, DIFFERENT, REFUSED = 0, 1, 2
_SEGMENT: Final = "PU"


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``law`` and its commands; nothing of the law is imported until one of them runs."""
    law = subparsers.add_parser("law", help="what the law says: contributions of one worker, worked cases")
    commands = law.add_subparsers(dest="law_command", required=True, metavar="{contributions,evaluate}")

    one = commands.add_parser("contributions", help="explain the contributions of one worker in one month")
    one.add_argument("--segment", default=_SEGMENT, help="segment of the worker (default: %(default)s)")
    one.add_argument("--wage", required=True, help="monthly wage, whole rupiah, digits only: 12000000")
    one.add_argument("--month", required=True, help="contribution month: 2026-02")
    one.add_argument("--jkk-class", help="risk class of the employer: I, II, III, IV or V")
    one.add_argument("--programmes", help="some of JHT,JP,JKK,JKM,JKP (default: all that apply)")
    one.add_argument("--jkp-member", action="store_true", help="the worker is a member of JKP")
    one.add_argument("--birth-date", help="decides whether JP is still owed: 1990-12-31")
    one.add_argument("--json", action="store_true", help="print JSON")
    one.add_argument("--lang", choices=("id", "en"), default="id", help="language (default: %(default)s)")

    many = commands.add_parser("evaluate", help="compute the worked cases of a YAML file")
    many.add_argument("file", metavar="FILE.yaml", help="a mapping with `cases:`")
    many.add_argument("--json", action="store_true", help="print a JSON list")
    many.add_argument("--lang", choices=("id", "en"), help="language of refusals (default: id; en with --json)")

    commands.add_parser("reference")
    law.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the chosen command and give its exit code."""
    from lindung.law import LawError

    commands = {"contributions": _contributions, "evaluate": _evaluate, "reference": _reference}
    try:
        return commands[args.law_command](args)
    except LawError as error:
        print(error.say(_language(args)), file=sys.stderr)
        return REFUSED


def _contributions(args: argparse.Namespace) -> int:
    from lindung.law.facts import Facts
    from lindung.law.month import Month
    from lindung.law.segments import find
    from lindung.law.segments.pu import read_worker

    find(args.segment)
    if args.segment != _SEGMENT:
        from lindung.law import ImpossibleFact
        from lindung.law.wording import Words

        only = Words(id="PU; yang lain lewat `law evaluate`", en="PU; the others go through `law evaluate`")
        raise ImpossibleFact("segment", args.segment, only)
    inputs = {
        "wage": int(args.wage) if re.fullmatch(r"-?[0-9]{1,20}", args.wage) else args.wage,
        "jkk_class": args.jkk_class,
        "programmes": args.programmes.split(",") if args.programmes is not None else None,
        "jkp_member": args.jkp_member,
        "birth_date": args.birth_date,
    }
    worker = read_worker(Month.parse(args.month), Facts(inputs))
    if args.json:
        print(_json(_as_data(worker, args.lang)))
    else:
        print("\n".join(_as_text(worker, args.lang)))
    return ANSWERED


def _as_data(worker: Worker, language: Language) -> dict[str, Any]:
    from lindung.law.contributions import law_of
    from lindung.law.segments.pu import amounts

    lines = worker.lines(language)
    law, provisional = law_of(worker.month, worker.jkk_class, worker.programmes)
    return {
        "segment": _SEGMENT,
        "month": str(worker.month),
        "wage_rupiah": worker.wage_rupiah,
        "jkk_class": worker.jkk_class,
        "programmes": sorted(worker.programmes),
        "jp_liable": worker.jp_liable,
        "jkp_member": worker.jkp_member,
        "result": amounts(lines),
        "lines": [
            {
                "key": line.key,
                "programme": line.programme,
                "payer": line.payer,
                "billed": line.billed,
                "base_rupiah": line.base_rupiah,
                "rate": str(line.rate),
                "rate_text": line.rate_text,
                "amount_rupiah": line.amount_rupiah,
                "article": line.article,
                "sentence": line.sentence,
                "confidence": line.confidence,
                "doubts": list(line.doubts),
            }
            for line in lines
        ],
        "notes": _notes(worker, lines, language),
        "law": {name: {"value": row[0], "article": row[1], "from": row[2]} for name, row in law.items()},
        "provisional": provisional,
    }


def _as_text(worker: Worker, language: Language) -> Iterator[str]:
    from lindung.law.contributions import law_of
    from lindung.law.segments.pu import amounts
    from lindung.law.wording import article_text, rupiah_text

    say = _TEXTS[language]
    lines = worker.lines(language)
    result = amounts(lines)
    yield say["head"].format(month=worker.month, wage=rupiah_text(worker.wage_rupiah, language))
    for billed in (True, False):
        shown = [line for line in lines if line.billed is billed]
        if shown:
            yield ""
            yield say["billed" if billed else "split"]
        for line in shown:
            amount = rupiah_text(line.amount_rupiah, language)
            who = f"{line.programme:<4} {say[line.payer]}" if billed else line.key
            yield f"  {who:<18} {amount:>16}  {line.sentence}"
    yield ""
    paid = result["total_employer"] + result["total_worker"]
    sums = {"from_employer": result["total_employer"], "from_worker": result["total_worker"], "paid": paid}
    for label, rupiah in sums.items():
        yield f"{say[label]:<32} {rupiah_text(rupiah, language):>16}"
    yield ""
    for note in _notes(worker, lines, language):
        yield f"* {note}"
    yield ""
    law, _ = law_of(worker.month, worker.jkk_class, worker.programmes)
    for name, (value, article, from_on) in law.items():
        yield f"  {name:<22} {value!s:>10}  {say['from']} {from_on}  {article_text(article, language)}"


def _notes(worker: Worker, lines: Sequence[Line], language: Language) -> list[str]:
    """Every doubt once, and rounding always: the law is silent on it."""
    from lindung.law.programmes.jp import age_readings
    from lindung.law.readings import ROUNDING

    aged = age_readings(worker.birth_on, worker.month) if worker.birth_on else ()
    doubts = [doubt for line in lines for doubt in line.doubts]
    readings = [reading.doubt.say(language) for reading in (ROUNDING, *aged)]
    return list(dict.fromkeys(readings + doubts))


def _evaluate(args: argparse.Namespace) -> int:
    from pathlib import Path

    from lindung.law import LawError
    from lindung.law.segments import evaluate
    from lindung.law.wording import Words
    from lindung.law.yaml_text import read_yaml

    content = read_yaml(Path(args.file))
    cases = content.get("cases") if isinstance(content, dict) else None
    if not isinstance(cases, list):
        raise LawError(
            Words(
                id=f"{args.file}: harus berupa pemetaan dengan daftar `cases:`",
                en=f"{args.file}: must be a mapping with a list `cases:`",
            )
        )
    answers: list[dict[str, Any]] = []
    differences = 0
    for place, case in enumerate(cases, 1):
        named = case.get("id") if isinstance(case, dict) else None
        name = str(named) if named is not None else f"#{place}"
        try:
            if not isinstance(case, dict):
                raise LawError(Words(id="kasus harus berupa pemetaan", en="a case must be a mapping"))
            result = evaluate(case)
        except LawError as error:
            answers.append({"id": name, "error": error.say(_language(args))})
            line = f"-  {name}: {answers[-1]['error']}"
        else:
            answers.append({"id": name, "result": result})
            different = _differences(case.get("expected"), result)
            differences += bool(different)
            line = f"{'x' if different else '='}  {name}: {different or _listed(result)}"
        if not args.json:
            print(line)
    if args.json:
        print(_json(answers))
    return DIFFERENT if differences else ANSWERED


def _differences(expected: object, result: Mapping[str, int | Decimal]) -> str:
    """What a case expects and did not get, ``jkk 100 (expected 200)``; empty when all agrees."""
    wanted = expected if isinstance(expected, dict) else {}
    different = {key: value for key, value in wanted.items() if result.get(key) != value}
    return ", ".join(f"{key} {result.get(key)} (expected {value})" for key, value in different.items())


def _listed(result: Mapping[str, int | Decimal]) -> str:
    return ", ".join(f"{key} {value}" for key, value in result.items())


def _reference(args: argparse.Namespace) -> int:
    from lindung.law.reference import parameters_page

    print(parameters_page(), end="")
    return ANSWERED


def _language(args: argparse.Namespace) -> Language:
    given: Language | None = getattr(args, "lang", None)
    return given or ("en" if getattr(args, "json", False) else "id")


def _json(value: object) -> str:
    """JSON with every Decimal written digit by digit; ``json`` itself would go through binary fractions."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_json(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


_TEXTS: Final[dict[str, dict[str, str]]] = {
    "id": {
        "head": "Iuran PU bulan {month} atas upah {wage}",
        "billed": "Tagihan",
        "split": "Pembagian JKP di dalam BPJS Ketenagakerjaan (tidak menambah tagihan)",
        "employer": "pemberi kerja",
        "worker": "pekerja",
        "government": "pemerintah",
        "from_employer": "Tanggungan pemberi kerja",
        "from_worker": "Dipotong dari upah pekerja",
        "paid": "Disetor seluruhnya",
        "from": "sejak",
    },
    "en": {
        "head": "PU contributions of {month} on a wage of {wage}",
        "billed": "Bill",
        "split": "JKP split inside the operator (nothing is added to the bill)",
        "employer": "employer",
        "worker": "worker",
        "government": "government",
        "from_employer": "Borne by the employer",
        "from_worker": "Withheld from the wage",
        "paid": "Paid over in all",
        "from": "from",
    },
}
