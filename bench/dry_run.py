"""A wage file of 10,000 rows full of faults: how long its sender waits for all of them; reading it beside openpyxl.

Run: ``python -m bench.dry_run [--rows N] [--rounds N]``. The whole platform runs. A clerk of a firm with so many
workers sends a workbook in which three rows of four have a fault, of six kinds; the clock runs from the sending,
through the background worker's check, to every fault. Reading alone: a child that waits for its file, as the worker
keeps one, from bytes to columns of rows, beside openpyxl's read-only workbook walked row by row in this process, by the
wall, turn by turn. Exit code 1 when a target or a fault is missed.
"""

import argparse
import io
import statistics
import sys
import time
from datetime import date, datetime

import openpyxl
import polars as pl
import xlsxwriter

from bench.ground import month_after, say
from bench.running import running_platform
from bench.staffed import staffed_firm

MOST_SECONDS, LEAST_OF_OPENPYXL = 5, 10
_PAUSE_SECONDS = 0.02
_PATIENCE_SECONDS = 60.0
_STARTED_SECONDS = 1.0
_NPP = "95000001"
_OF, _FAULTY = 8, 6  # of eight rows in turn six have a fault


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with running_platform("dry-run"):
        from lindung.lib import clock

        now = clock.now()
        period = month_after(clock.wib_date(now).replace(day=1), -1)
        employer_id, workers = _firm(args.rows, period, now)
        faulty = sum(row % _OF < _FAULTY for row in range(args.rows))
        waits, kept = [], True
        for turn in range(args.rounds):
            wait, told = _send(employer_id, period, _workbook(workers, turn))
            kept &= told == faulty
            waits.append(wait)
        say(f"{args.rows:,} rows, {faulty:,} with a fault, told of {told:,}")
        say(f"  {statistics.median(waits):.2f} s, slowest {max(waits):.2f} s (target {MOST_SECONDS})")
        ratios = [_read(_workbook(workers, turn), last=turn == args.rounds - 1) for turn in range(args.rounds)]
        ratio = statistics.median(ratios)
        say(f"reading / openpyxl in speed: {ratio:.1f} (target {LEAST_OF_OPENPYXL})")
    return 0 if kept and max(waits) <= MOST_SECONDS and ratio >= LEAST_OF_OPENPYXL else 1


def _firm(rows: int, period: date, now: datetime) -> tuple[int, pl.DataFrame]:
    """A firm with so many workers; of each what a month's file has: NIK, own number, KPJ, name, birth date."""
    employer_id, people, hired = staffed_firm(
        npp=_NPP, name="PT Contoh Galat", size="large", seed=4, first=0, workers=rows, since_on=period, now=now
    )
    birth = people["birth_on"].dt.strftime("%d-%m-%Y")
    return employer_id, people.select("nik", no="employee_no", kpj=hired["kpj"], name="name", birth=birth)


def _workbook(workers: pl.DataFrame, turn: int) -> bytes:
    """A KPJ that nobody has, wages in words, missing, negative or of two readings, a name of somebody else."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet("data_upah")
    sheet.write_row(0, 0, ["NIK", "NO_PEGAWAI", "KPJ", "NAMA_LENGKAP", "TGL_LAHIR", "UPAH", "NPP"])
    wrong = {1: "lima juta", 2: None, 3: -4_000_000, 4: "1.234.56"}
    for row, (nik, employee_no, kpj, name, birth) in enumerate(workers.iter_rows()):
        kind = row % _OF
        card = f"9{kpj[1:-1]}{(int(kpj[-1]) + 1) % 10}" if kind == 0 else kpj
        told = "Orang Lain Contoh" if kind == 5 else name
        wage = wrong.get(kind, 5_000_000 + turn)
        sheet.write_row(row + 1, 0, [nik, employee_no, card, told, birth, wage, _NPP])
    book.close()
    return content.getvalue()


def _send(employer_id: int, period: date, content: bytes) -> tuple[float, int]:
    """Seconds until the faults are there to be read, and how many rows have one."""
    from lindung.access.trail import Actor
    from lindung.lib import clock
    from lindung.uploads import queries, services

    began = time.perf_counter()
    upload_id = services.receive_upload(
        actor=Actor("account", 1),
        employer_id=employer_id,
        kind="wage_report",
        period=period,
        file_name="upah.xlsx",
        content=content,
        now=clock.now(),
    ).id
    while time.perf_counter() - began < _PATIENCE_SECONDS:
        found = queries.upload(employer_id, upload_id)
        if found is not None and not found.is_working:
            if found.state != "checked":
                raise SystemExit(f"the file is {found.state}: {found.refusal}")
            findings = queries.findings_in(employer_id, upload_id)
            assert findings is not None
            told = findings.faults.filter(pl.col("row_no") > 1)["row_no"].n_unique()
            return time.perf_counter() - began, told
        time.sleep(_PAUSE_SECONDS)
    raise SystemExit(f"the file was not checked in {_PATIENCE_SECONDS:.0f} s")


def _read(content: bytes, *, last: bool) -> float:
    """How many times quicker than openpyxl the child is."""
    from lindung.uploads.containers import sniff
    from lindung.uploads.kinds import wage_report
    from lindung.uploads.reading import Reading, prepare_next

    prepare_next()
    time.sleep(_STARTED_SECONDS)
    began = time.perf_counter()
    with Reading(content, layout=wage_report.LAYOUT, container=sniff(content)) as reading:
        rows = reading.sheet().cells.height
        ours = time.perf_counter() - began
    began = time.perf_counter()
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    theirs_rows = sum(any(row) for row in book.worksheets[0].iter_rows(values_only=True)) - 1
    theirs = time.perf_counter() - began
    if last:
        say(f"  reading {rows:,} rows {ours:.3f} s, openpyxl {theirs_rows:,} rows {theirs:.3f} s")
    return theirs / ours


if __name__ == "__main__":
    sys.exit(main())
