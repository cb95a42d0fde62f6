"""The floor: one firm's month written by hand in SQL and NumPy, as fast as we know how, in the same server.

``HandMonth`` takes every step the product takes, on a copy of the same database: read the file, check it, index the
NIK, match by KPJ and NIK, compare with last month, assess by the law, bill lines, two entries, balances, a notice for
every worker, proofs, two commits. It has no permissions, trail, encrypted copy, repeatable jobs or texts for people.
"""

import hashlib
import hmac
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import fastexcel
import numpy as np
import polars as pl
import psycopg
from numpy.typing import NDArray

from bench.ground import Laps, cpu_seconds

Column = NDArray[np.int64]

# The law of 2026-03 to 2027-12 for risk class III, in hundredths of a percent.
_JP_CEILING, _JKP_CEILING, _JKK_RATE, _PENSION_AGE = 11_086_300, 5_000_000, 89, 59
_HEADER, _TRAILER = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8, b"\xff\xff"
_EPOCH = np.datetime64("2000-01-01", "D")
_BILLED = ("jht_employer", "jht_worker", "jp_employer", "jp_worker", "jkk", "jkm")
_SPLIT = ("jkp_from_jkk", "jkp_from_jkm")
_SUB_ROOM = 10**12


@dataclass(frozen=True, slots=True)
class Month:
    """What both sides are told of a month: the firm, the file, the moment."""

    employer_id: int
    employer_name: str
    period: date
    file: Path
    partner_id: int
    now: datetime


def read(file: Path) -> pl.DataFrame:
    """Every cell as text."""
    if file.suffix == ".csv":
        return pl.read_csv(file, infer_schema=False)
    return fastexcel.read_excel(str(file)).load_sheet(0).to_polars().cast(pl.String)


def half_up(base: Column, rate: int) -> Column:
    """``rate`` hundredths of a percent of ``base``, rounded half up."""
    amounts: Column = (base * rate * 2 + 10_000) // 20_000
    return amounts


def wire(columns: Mapping[str, NDArray[Any]], rows: int) -> bytes:
    """Fixed-width columns in the server's binary COPY format."""
    fields: list[tuple[str, str]] = [("n", ">i2")]
    for name, values in columns.items():
        fields += [(f"{name} length", ">i4"), (name, values.dtype.newbyteorder(">").str)]
    block = np.empty(rows, dtype=fields)
    block["n"] = len(columns)
    for name, values in columns.items():
        block[f"{name} length"] = values.dtype.itemsize
        block[name] = values
    return _HEADER + block.tobytes() + _TRAILER


class HandMonth:
    """One connection to a copy of the product's database."""

    def __init__(self, url: str, index_key: bytes) -> None:
        self._db = psycopg.connect(url)
        self._index_key = index_key

    def run(self, month: Month) -> tuple[dict[str, float], float, int]:
        """Book and pay the month; gives seconds by step, processor seconds, and the bill's amount in rupiah."""
        before = cpu_seconds(self._db.info.backend_pid)
        laps = Laps()
        sheet = read(month.file)
        laps.lap("read")
        sheet = self._check(sheet)
        laps.lap("check")
        indexes = self._nik_indexes(sheet["NIK"])
        laps.lap("NIK index")
        workers = self._workers(month)
        laps.lap("employments, last month")
        place = self._match(sheet, indexes, workers)
        # By person, so that lines and balances are written in the order of their keys.
        order = np.argsort(workers["person_id"][place])
        found, wages = workers[place[order]], sheet["wage"].to_numpy()[order]
        changed = int((wages != found["before"]).sum())
        laps.lap("match, differences")
        amounts = self._law(wages, found, month)
        laps.lap("law")
        bill_id = self._bill(month, found, wages, amounts)
        laps.lap("bill lines")
        amount = self._bill_entry(month, bill_id, amounts, len(wages), int(wages.sum()))
        laps.lap("bill, entry, commit")
        payment_id, entry_id = self._payment(month, bill_id, amount)
        laps.lap("payment")
        self._credit(bill_id, entry_id, month, amounts)
        laps.lap("ledger lines, balances, proof")
        self._notices(month, bill_id, payment_id)
        laps.lap("notices")
        self._db.commit()
        laps.lap("commit")
        if changed == 0:
            raise SystemExit("the file is the same as last month's: nothing was compared")
        return laps.seconds, cpu_seconds(self._db.info.backend_pid) - before, amount

    def _check(self, sheet: pl.DataFrame) -> pl.DataFrame:
        checked = sheet.with_columns(
            wage=pl.col("UPAH").str.strip_suffix(".0").cast(pl.Int64, strict=False),
            kpj=pl.col("KPJ").cast(pl.Int64, strict=False),
            nik_ok=pl.col("NIK").str.contains(r"^\d{16}$"),
            twice=pl.col("KPJ").is_duplicated(),
            born=pl.col("TGL_LAHIR").str.to_date("%d-%m-%Y", strict=False),
        )
        bad = pl.col("wage").is_null() | (pl.col("wage") <= 0) | pl.col("kpj").is_null() | ~pl.col("nik_ok")
        if checked.filter(bad | pl.col("twice") | pl.col("born").is_null()).height:
            raise SystemExit("the bench's own file has faults")
        return checked

    def _nik_indexes(self, niks: pl.Series) -> NDArray[np.uint64]:
        base = hmac.new(self._index_key, b"nik\0", hashlib.sha256)
        digests = []
        for nik in niks.to_list():
            state = base.copy()
            state.update(nik.encode())
            digests.append(state.digest())
        return np.frombuffer(b"".join(digests), dtype="<u8").reshape(-1, 4)

    def _workers(self, month: Month) -> NDArray[Any]:
        """Whoever works there in the month, with last month's wage; the rows are fixed-width on the wire."""
        before = (month.period - timedelta(days=1)).replace(day=1)
        sql = (
            "COPY (SELECT e.person_id, e.id, e.membership_id, m.kpj, p.nik_index, p.birth_on, e.jkp_member,"
            " coalesce(l.wage_rupiah, -1) FROM registry_employment e"
            " JOIN registry_person p ON p.id = e.person_id"
            " JOIN registry_membership m ON m.person_id = e.person_id AND m.id = e.membership_id"
            " LEFT JOIN contributions_billline l ON l.person_id = e.person_id AND l.employer_id = e.employer_id"
            f" AND l.period = '{before}' AND l.revision = 0 WHERE e.employer_id = {month.employer_id}"
            f" AND e.from_on < date '{month.period}' + interval '1 month'"
            f" AND (e.until_on IS NULL OR e.until_on > '{month.period}')) TO STDOUT (FORMAT binary)"
        )
        fields: list[tuple[str, str]] = [("n", ">i2")]
        for name, kind in (
            ("person_id", ">i8"), ("employment_id", ">i8"), ("membership_id", ">i8"), ("kpj", "S11"),
            ("nik_index", "V32"), ("birth_on", ">i4"), ("jkp_member", "?"), ("before", ">i8"),
        ):  # fmt: skip
            fields += [(f"{name} length", ">i4"), (name, kind)]
        received = io.BytesIO()
        with self._db.cursor().copy(sql) as source:
            for part in source:
                received.write(part)
        block = received.getbuffer()[len(_HEADER) : -len(_TRAILER)]
        return np.frombuffer(block, dtype=fields)

    def _match(self, sheet: pl.DataFrame, indexes: NDArray[np.uint64], workers: NDArray[Any]) -> Column:
        """For each row of the file its place among the workers: the same KPJ, and the same NIK too."""
        known = workers["kpj"].astype(np.int64)
        order = np.argsort(known)
        wanted = sheet["kpj"].to_numpy()
        place: Column = order[np.searchsorted(known, wanted, sorter=order).clip(max=len(known) - 1)]
        own = np.frombuffer(workers["nik_index"].tobytes(), dtype="<u8").reshape(-1, 4)[place]
        if not ((known[place] == wanted).all() and (own == indexes).all()):
            raise SystemExit("the bench's own file names strangers")
        return place

    def _law(self, wages: Column, found: NDArray[Any], month: Month) -> dict[str, NDArray[Any]]:
        births = (found["birth_on"].astype(np.int64) + _EPOCH).astype("datetime64[M]").astype(np.int64)
        this_month = np.datetime64(month.period, "M").astype(np.int64)
        liable = births > this_month - 1 - 12 * _PENSION_AGE
        pension = np.minimum(wages, _JP_CEILING) * liable
        job_loss = np.minimum(wages, _JKP_CEILING) * found["jkp_member"]
        zero = np.zeros(len(wages), np.int64)
        columns = (
            half_up(wages, 370), half_up(wages, 200), half_up(pension, 200), half_up(pension, 100),
            half_up(wages, _JKK_RATE), half_up(wages, 30), half_up(job_loss, 14), zero,
        )  # fmt: skip
        return {**dict(zip((*_BILLED, *_SPLIT), columns, strict=True)), "jp_liable": liable}

    def _bill(self, month: Month, found: NDArray[Any], wages: Column, amounts: dict[str, NDArray[Any]]) -> int:
        bill_id = self._next("contributions_bill_id_seq")
        rows = len(wages)
        period = np.datetime64(month.period, "D") - _EPOCH
        columns: dict[str, NDArray[Any]] = {
            "person_id": found["person_id"],
            "employer_id": np.full(rows, month.employer_id, np.int64),
            "period": np.full(rows, period.astype(np.int32)),
            "revision": np.zeros(rows, np.int16),
            "bill_id": np.full(rows, bill_id, np.int64),
            "membership_id": found["membership_id"],
            "employment_id": found["employment_id"],
            "wage_rupiah": wages,
            **amounts,
            "jkp_member": found["jkp_member"],
        }
        names = ", ".join(columns)
        with self._db.cursor().copy(f"COPY contributions_billline ({names}) FROM STDIN (FORMAT binary)") as sink:
            sink.write(wire(columns, rows))
        return bill_id

    def _bill_entry(self, month: Month, bill_id: int, amounts: dict[str, NDArray[Any]], rows: int, wages: int) -> int:
        totals = {key: int(amounts[key].sum()) for key in (*_BILLED, *_SPLIT)}
        amount = sum(totals[key] for key in _BILLED)
        due_on = (month.period + timedelta(days=31)).replace(day=15)
        expires_at = month.now + timedelta(days=30)
        parts = ", ".join(totals)
        self._do(
            "INSERT INTO contributions_bill (id, number, employer_id, period, revision, worker_count, wage_rupiah,"
            f" {parts}, amount_rupiah, law, jkk_class, programmes, due_on, issued_at) VALUES"
            f" (%s, %s, %s, %s, 0, %s, %s, {', '.join(map(str, totals.values()))}, %s, '{{}}', 'III', '[]', %s, %s)",
            [bill_id, f"F{bill_id:014d}", month.employer_id, month.period, rows, wages, amount, due_on, month.now],
        )
        self._do(
            "INSERT INTO contributions_virtualaccount (customer_no, bill_id, contribution_rupiah, penalty_rupiah,"
            " months_late, opened_at, expires_at) VALUES (%s, %s, %s, 0, 0, %s, %s)",
            [f"9{bill_id:012d}", bill_id, amount, month.now, expires_at],
        )
        entry_id = self._next("ledger_entry_id_seq")
        lines = {120 * _SUB_ROOM + month.employer_id: -amount, 210 * _SUB_ROOM: amount}
        self._entry(entry_id, f"bill:{bill_id}", "bill", month.now, *self._agency_lines(entry_id, lines))
        self._db.commit()
        return amount

    def _payment(self, month: Month, bill_id: int, amount: int) -> tuple[int, int]:
        payment_id = self._next("contributions_payment_id_seq")
        self._do("SELECT FROM contributions_bill WHERE id = %s FOR UPDATE", [bill_id])
        self._do(
            "INSERT INTO contributions_payment (id, partner_id, reference, customer_no, employer_id, bill_id,"
            " amount_rupiah, penalty_rupiah, channel, bank_reference, receipt_number, paid_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, 0, '6011', '', %s, %s)",
            [
                payment_id,
                month.partner_id,
                f"F{bill_id}",
                f"9{bill_id:012d}",
                month.employer_id,
                bill_id,
                amount,
                f"F{payment_id}",
                month.now,
            ],
        )
        self._do(
            "UPDATE contributions_bill SET paid_at = %s, payment_id = %s, contribution_paid_rupiah = amount_rupiah"
            " WHERE id = %s",
            [month.now, payment_id, bill_id],
        )
        self._do("UPDATE contributions_virtualaccount SET closed_at = %s WHERE bill_id = %s", [month.now, bill_id])
        return payment_id, self._next("ledger_entry_id_seq")

    def _credit(self, bill_id: int, entry_id: int, month: Month, amounts: dict[str, NDArray[Any]]) -> None:
        totals = {key: int(amounts[key].sum()) for key in (*_BILLED, *_SPLIT)}
        paid = sum(totals[key] for key in _BILLED)
        held = self._do(
            "WITH placed AS (INSERT INTO ledger_line (holder_id, account_no, entry_id, line_no, amount_rupiah)"
            " SELECT person_id, membership_id * 10 + 1, %s, 1, jht_employer + jht_worker FROM contributions_billline"
            " WHERE bill_id = %s ORDER BY 1, 2 RETURNING amount_rupiah)"
            " SELECT count(*), sum(amount_rupiah), sum(amount_rupiah) FROM placed",
            [entry_id, bill_id],
        )
        moved = (
            "SELECT person_id AS holder_id, membership_id * 10 + 1 AS account_no, jht_employer + jht_worker AS amount"
        )
        moved += " FROM contributions_billline WHERE bill_id = %s"
        self._do(
            "UPDATE ledger_balance b SET balance_rupiah = b.balance_rupiah + l.amount, version = b.version + 1,"
            f" entry_id = %s FROM ({moved}) l WHERE l.holder_id = b.holder_id AND l.account_no = b.account_no",
            [entry_id, bill_id],
        )
        self._do(
            f"INSERT INTO ledger_balance SELECT holder_id, account_no, amount, 1, %s FROM ({moved}) l WHERE NOT EXISTS"
            " (SELECT FROM ledger_balance b WHERE b.holder_id = l.holder_id AND b.account_no = l.account_no)",
            [entry_id, bill_id],
        )
        lines = {
            110 * _SUB_ROOM + month.partner_id: -paid,
            120 * _SUB_ROOM + month.employer_id: paid,
            210 * _SUB_ROOM: -paid,
            310 * _SUB_ROOM: totals["jp_employer"] + totals["jp_worker"],
            320 * _SUB_ROOM: totals["jkk"] - totals["jkp_from_jkk"],
            330 * _SUB_ROOM: totals["jkm"] - totals["jkp_from_jkm"],
            340 * _SUB_ROOM: totals["jkp_from_jkk"] + totals["jkp_from_jkm"],
        }
        agency = self._agency_lines(entry_id, lines)
        count, total, credit = (int(one) + int(other) for one, other in zip(held, agency, strict=True))
        self._entry(entry_id, f"payment:{bill_id}", "payment", month.now, count, total, credit)

    def _notices(self, month: Month, bill_id: int, payment_id: int) -> None:
        self._do(
            "INSERT INTO contact_message (person_id, kind, params, batch, created_at)"
            " SELECT l.person_id, 'contribution_received', jsonb_build_object('kpj', m.kpj, 'period', %s::text,"
            " 'employer', %s::text, 'jht_rupiah', l.jht_employer + l.jht_worker), %s, %s"
            " FROM contributions_billline l JOIN registry_membership m ON m.person_id = l.person_id"
            " AND m.id = l.membership_id WHERE l.bill_id = %s",
            [f"{month.period:%Y-%m}", month.employer_name, f"payment:{payment_id}", month.now, bill_id],
        )

    def _agency_lines(self, entry_id: int, lines: Mapping[int, int]) -> tuple[int, int, int]:
        kept = {account: amount for account, amount in lines.items() if amount}
        values = ", ".join(f"(0, {account}, {entry_id}, {no}, {kept[account]})" for no, account in enumerate(kept))
        self._do(f"INSERT INTO ledger_line (holder_id, account_no, entry_id, line_no, amount_rupiah) VALUES {values}")
        return len(kept), sum(kept.values()), sum(amount for amount in kept.values() if amount > 0)

    def _entry(self, entry_id: int, key: str, kind: str, now: datetime, count: int, total: int, credit: int) -> None:
        if total != 0:
            raise SystemExit(f"{key} does not sum to zero")
        self._do(
            "INSERT INTO ledger_entry (id, key, body_sha256, kind, happened_at, line_count, credit_rupiah)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [entry_id, key, hashlib.sha256(key.encode()).digest(), kind, now, count, credit],
        )

    def _next(self, sequence: str) -> int:
        return int(self._do(f"SELECT nextval('{sequence}')")[0])

    def _do(self, statement: str, params: list[Any] | None = None) -> tuple[Any, ...]:
        """Run one statement; gives its only row, or nothing."""
        cursor = self._db.execute(statement, params)
        return (cursor.fetchone() or ()) if cursor.description else ()
