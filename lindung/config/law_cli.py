"""``lindung law``: the law from the command line, without a database and without Django.

Exit codes: 0 answered; 1 a case differs from what it expects; 2 an impossible fact or an unreadable file.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lindung.law.answers import Answer, Plain
    from lindung.law.wording import Language

ANSWERED, DIFFERENT, REFUSED = 0, 1, 2
PENALTY: Final = ("contribution_owed", "months_late", "days_late", "paid_on", "holidays", "relief")
SIMULATE: Final = (
    *("wage", "monthly_contribution", "further_contributions", "years", "months"),
    *("annual_rate", "opening_balance", "convention", "inflation"),
)
_COMMANDS: Final = "{contributions,penalty,simulate,parameters,timeline,evaluate}"


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``law`` and its commands; no parameter and no segment is loaded until one of them runs."""
    from lindung.law.inputs import INPUTS

    law = subparsers.add_parser("law", help="what the law says: contributions, penalties, simulations, worked cases")
    commands = law.add_subparsers(dest="law_command", required=True, metavar=_COMMANDS)

    one = commands.add_parser("contributions", help="explain the contributions of one case, of any segment")
    one.add_argument("--segment", default="PU", help="PU, BPU, JAKON, PMI or another topic (default: %(default)s)")
    one.add_argument("--month", required=True, help="contribution month: 2026-02 (a day for PMI: 2026-08-27)")
    _add_inputs(one, INPUTS)

    fine = commands.add_parser("penalty", help="explain the penalty for paying a month late")
    fine.add_argument("--month", required=True, help="contribution month: 2025-06")
    _add_inputs(fine, PENALTY)

    simulated = commands.add_parser("simulate", help="simulate a JHT balance by a published convention")
    simulated.add_argument("--month", help="the month whose JHT rates a wage pays (default: this month)")
    _add_inputs(simulated, SIMULATE)

    numbers = commands.add_parser("parameters", help="every number of the law, or one with its history and articles")
    numbers.add_argument("name", nargs="?", help="jp/wage_ceiling; without it: all of them")
    numbers.add_argument("--month", help="what is in force in 2026-02 (default: one with its history, all this month)")

    dated = commands.add_parser("timeline", help="what changed when, by which regulation")
    dated.add_argument("--about", default="", help="only parameters whose name begins so: jp/ or relief/")

    many = commands.add_parser("evaluate", help="compute the worked cases of a YAML file")
    many.add_argument("file", metavar="FILE.yaml", help="a mapping with `cases:`")
    for command in (one, fine, simulated, numbers, dated, many):
        command.add_argument("--json", action="store_true", help="print JSON")
    for command in (one, fine, simulated, numbers, dated):
        command.add_argument("--lang", choices=("id", "en"), default="id", help="language (default: %(default)s)")
    many.add_argument("--lang", choices=("id", "en"), help="language of refusals (default: id; en with --json)")

    pages = commands.add_parser("reference")
    pages.add_argument(
        "page", nargs="?", default="parameters", choices=("parameters", "timeline", "topics", "coverage")
    )
    pages.add_argument("--cases", default="tests/law/cases", help="folder of the worked cases, for coverage")
    law.set_defaults(run=run)


def _add_inputs(command: argparse.ArgumentParser, names: Iterable[str]) -> None:
    from lindung.law.inputs import INPUTS, Kind

    for name in names:
        known = INPUTS[name]
        flags = [f"--{each.replace('_', '-')}" for each in (name, *known.aliases)]
        if known.kind is Kind.FLAG:
            command.add_argument(*flags, dest=name, nargs="?", const="true", metavar="true", help=known.title.en)
        else:
            command.add_argument(*flags, dest=name, metavar=known.kind.name, help=known.title.en)
    command.set_defaults(inputs=tuple(names))


def run(args: argparse.Namespace) -> int:
    """Run the chosen command and give its exit code."""
    from lindung.law import LawError

    commands = {
        "contributions": _contributions,
        "penalty": _penalty,
        "simulate": _simulate,
        "parameters": _parameters,
        "timeline": _timeline,
        "evaluate": _evaluate,
        "reference": _reference,
    }
    try:
        return commands[args.law_command](args)
    except LawError as error:
        print(error.say(_language(args)), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # The reader (``| head``) has seen enough; the interpreter must not complain at its end either.
        sys.stdout = io.StringIO()
        return ANSWERED


def _contributions(args: argparse.Namespace) -> int:
    return _show(args, args.segment, args.month)


def _penalty(args: argparse.Namespace) -> int:
    return _show(args, "PENALTY", args.month)


def _simulate(args: argparse.Namespace) -> int:
    return _show(args, "JHT-SIMULATION", args.month or _this_month())


def _this_month() -> str:
    from lindung.lib.clock import now, wib_date

    return str(wib_date(now()))[:7]


def _show(args: argparse.Namespace, segment: str, when: str) -> int:
    from lindung.law import answer
    from lindung.law.inputs import read_text

    given = {name: getattr(args, name) for name in args.inputs}
    inputs = {name: read_text(name, text) for name, text in given.items() if text is not None}
    said = answer(segment, when, inputs, args.lang)
    print(_json(said.as_data()) if args.json else "\n".join(_as_text(said)))
    return ANSWERED


def _as_text(said: Answer) -> Iterator[str]:
    from lindung.law.segments import find
    from lindung.law.wording import article_text, rupiah_text

    say = _TEXTS[said.language]
    yield f"{said.segment}, {said.month.words.say(said.language)}: {find(said.segment).TITLE.say(said.language)}"
    for billed in (True, False):
        shown = [line for line in said.lines if line.billed is billed]
        if shown:
            yield ""
            yield say["billed" if billed else "not_billed"]
        for line in shown:
            who = f"{line.key:<22} {say[line.payer]}"
            yield f"  {who:<38} {rupiah_text(line.amount_rupiah, said.language):>16}  {line.sentence}"
    keys = {line.key for line in said.lines}
    sums = {key: value for key, value in said.result.items() if key not in keys}
    if sums:
        yield ""
        yield say["result"]
    for key, value in sums.items():
        yield f"  {say.get(key, key):<38} {_shown(key, value, said.language):>16}"
    if said.sentences:
        yield ""
        yield from said.sentences
    yield ""
    for note in said.notes:
        yield f"* {note}"
    yield ""
    for name, (value, article, from_on) in said.law.items():
        yield f"  {name:<24} {value!s:>12}  {say['from']} {from_on}  {article_text(article, said.language)}"


def _shown(key: str, value: Plain, language: Language) -> str:
    """A value of a result as a reader wants it: rupiah as money, counts and words as they are."""
    from lindung.law.answers import is_count
    from lindung.law.wording import rupiah_text

    if isinstance(value, bool):
        return _TEXTS[language]["yes" if value else "no"]
    if value is None:
        return _TEXTS[language]["not_set"]
    return rupiah_text(value, language) if isinstance(value, int) and not is_count(key) else str(value)


def _parameters(args: argparse.Namespace) -> int:
    from lindung.law import LawError, Month, parameters
    from lindung.law.wording import article_text

    # Of one parameter its whole history; of all of them what is in force.
    month = None if args.name and not args.month else Month.parse(args.month or _this_month())
    rows: list[dict[str, object]] = []
    for name in [args.name] if args.name else parameters.all_names():
        whole = parameters.parameter(name)
        values: tuple[parameters.Value, ...] = whole.values
        if month is not None:
            try:
                values = (parameters.load(name, month),)
            except LawError:
                # Of one parameter the refusal is the answer; in the list it is only not there.
                if args.name:
                    raise
                continue
        for value in values:
            rows.append(
                {
                    "name": name,
                    "title": whole.title.say(args.lang),
                    "unit": whole.unit.say(args.lang),
                    "from": value.from_on,
                    "value": value.text,
                    "article": article_text(value.article, args.lang),
                    "confidence": value.confidence,
                    "doubts": [doubt.say(args.lang) for doubt in value.doubts],
                    "source": value.source,
                    "checked_on": value.checked_on,
                    "provisional": value.provisional,
                }
            )
    if args.json:
        print(_json(rows))
        return ANSWERED
    for row in rows:
        print(f"{row['name']}  {row['from']}  {row['value']}  ({row['unit']}; {row['article']}; {row['confidence']})")
        for doubt in row["doubts"] if isinstance(row["doubts"], list) else ():
            print(f"  * {doubt}")
    return ANSWERED


def _timeline(args: argparse.Namespace) -> int:
    from lindung.law import timeline
    from lindung.law.wording import article_text

    entries = timeline(about=args.about)
    if args.json:
        rows = [
            {
                "on": entry.on,
                "regulation": article_text(entry.regulation, args.lang),
                "changes": [
                    {
                        "parameter": event.parameter,
                        "change": event.change,
                        "value": event.value,
                        "before": event.before,
                        "article": article_text(event.article, args.lang),
                        "confidence": event.confidence,
                        "sentence": event.sentence(args.lang),
                        "doubts": [doubt.say(args.lang) for doubt in event.doubts],
                    }
                    for event in entry.events
                ],
            }
            for entry in entries
        ]
        print(_json(rows))
        return ANSWERED
    for entry in entries:
        print(f"{entry.on}  {article_text(entry.regulation, args.lang)}")
        for event in entry.events:
            print(f"    {event.parameter}: {event.sentence(args.lang)}")
    return ANSWERED


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
    by_name = {str(case.get("id")): case for case in cases if isinstance(case, dict)}
    answers: list[dict[str, Any]] = []
    differences = 0
    for place, case in enumerate(cases, 1):
        named = case.get("id") if isinstance(case, dict) else None
        name = str(named) if named is not None else f"#{place}"
        try:
            if not isinstance(case, dict):
                raise LawError(Words(id="kasus harus berupa pemetaan", en="a case must be a mapping"))
            result = evaluate(case, by_name)
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


def _differences(expected: object, result: Mapping[str, Plain]) -> str:
    """What a case expects and did not get, ``jkk 100 (expected 200)``; empty when all agrees."""
    wanted = expected if isinstance(expected, dict) else {}
    different = {key: value for key, value in wanted.items() if not _same(result.get(key), value)}
    return ", ".join(f"{key} {result.get(key)} (expected {value})" for key, value in different.items())


def _same(given: Plain, wanted: object) -> bool:
    """Whether a result is what was expected; a day may be written as a date or as text."""
    return given == wanted or (isinstance(given, date) and str(given) == wanted)


def _listed(result: Mapping[str, Plain]) -> str:
    return ", ".join(f"{key} {value}" for key, value in result.items())


def _reference(args: argparse.Namespace) -> int:
    from pathlib import Path

    from lindung.law.reference import coverage_page, parameters_page, timeline_page, topics_page

    pages: dict[str, Callable[[], str]] = {
        "parameters": parameters_page,
        "timeline": timeline_page,
        "topics": topics_page,
        "coverage": lambda: coverage_page(Path(args.cases)),
    }
    print(pages[args.page](), end="")
    return ANSWERED


def _language(args: argparse.Namespace) -> Language:
    given: Language | None = getattr(args, "lang", None)
    return given or ("en" if getattr(args, "json", False) else "id")


def _json(value: object) -> str:
    """JSON with every exact number written digit by digit; ``json`` itself would go through binary fractions."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_json(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_json, value)) + "]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Fraction):
        return json.dumps(str(value))
    return json.dumps(str(value) if isinstance(value, date) else value, ensure_ascii=False)


_TEXTS: Final[dict[Language, dict[str, str]]] = {
    "id": {
        "billed": "Tagihan",
        "not_billed": "Tidak menambah tagihan",
        "result": "Jumlah",
        "employer": "pemberi kerja",
        "worker": "pekerja",
        "member": "peserta",
        "government": "pemerintah",
        "operator": "BPJS Ketenagakerjaan",
        "total_employer": "Tanggungan pemberi kerja",
        "total_worker": "Dipotong dari upah pekerja",
        "total": "Disetor seluruhnya",
        "from": "sejak",
        "yes": "ya",
        "no": "tidak",
        "not_set": "tidak diatur",
    },
    "en": {
        "billed": "Bill",
        "not_billed": "Not billed on top",
        "result": "Amounts",
        "employer": "employer",
        "worker": "worker",
        "member": "member",
        "government": "government",
        "operator": "operator",
        "total_employer": "Borne by the employer",
        "total_worker": "Withheld from the wage",
        "total": "Paid over in all",
        "from": "from",
        "yes": "yes",
        "no": "no",
        "not_set": "not set",
    },
}
