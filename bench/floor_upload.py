"""The simpler floor: an upload at the very least, on narrow tables of its own in the same server.

Read, check, the law, staging, matched by one number among all members, contribution rows, one ledger line each,
balances, proof, one commit. No NIK, no last month, no bill, no notices.
"""

from pathlib import Path

import numpy as np
import polars as pl
import psycopg

from bench.floor_month import half_up, read, wire
from bench.ground import Ground, Laps

_JP_CEILING, _JKK_RATE = 11_086_300, 89
_AMOUNTS = ("jht_employer", "jht_worker", "jp_employer", "jp_worker", "jkk", "jkm", "jkp")
_COLUMNS = ", ".join(f"{name} bigint" for name in _AMOUNTS)
DATABASE = "simple"


def prepare(ground: Ground) -> str:
    """Make the database with every member's number and a balance each; gives its address."""
    with psycopg.connect(ground.server.owner_url("postgres"), autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {DATABASE}")
    url = ground.server.owner_url(DATABASE)
    with psycopg.connect(ground.server.app_url()) as source, psycopg.connect(url) as simple:
        simple.execute("CREATE TABLE member (id bigint PRIMARY KEY, kpj bigint NOT NULL)")
        with (
            source.cursor().copy("COPY registry_kpjindex (person_id, kpj) TO STDOUT") as rows,
            simple.cursor().copy("COPY member FROM STDIN") as sink,
        ):
            for block in rows:
                sink.write(block)
        for statement in (
            "CREATE UNIQUE INDEX ON member (kpj)",
            "CREATE TABLE balance (account_id bigint PRIMARY KEY, balance bigint NOT NULL) WITH (fillfactor = 50)",
            "INSERT INTO balance SELECT id, 0 FROM member UNION ALL SELECT 0, 0",
            "CREATE TABLE line (account_id bigint, entry_id bigint, amount bigint, PRIMARY KEY (account_id, entry_id))",
            f"CREATE TABLE contribution (account_id bigint, period int, upload_id bigint, wage bigint, {_COLUMNS},"
            " PRIMARY KEY (account_id, period, upload_id))",
        ):
            simple.execute(statement)
    ground.tidy(DATABASE)
    return url


class SimpleUpload:
    """One connection to the simple database."""

    def __init__(self, url: str) -> None:
        self._db = psycopg.connect(url)

    def run(self, file: Path, upload_id: int) -> dict[str, float]:
        """Take one file in; gives the seconds by step."""
        laps = Laps()
        sheet = read(file)
        laps.lap("read")
        sheet = sheet.with_columns(
            wage=pl.col("UPAH").str.strip_suffix(".0").cast(pl.Int64, strict=False),
            kpj=pl.col("KPJ").cast(pl.Int64, strict=False),
            nik_ok=pl.col("NIK").str.contains(r"^\d{16}$"),
            twice=pl.col("KPJ").is_duplicated(),
        )
        bad = pl.col("wage").is_null() | (pl.col("wage") <= 0) | pl.col("kpj").is_null() | ~pl.col("nik_ok")
        if sheet.filter(bad | pl.col("twice")).height:
            raise SystemExit("the bench's own file has faults")
        laps.lap("check")
        wage = sheet["wage"].to_numpy()
        pension = np.minimum(wage, _JP_CEILING)
        amounts = (
            half_up(wage, 370), half_up(wage, 200), half_up(pension, 200), half_up(pension, 100),
            half_up(wage, _JKK_RATE), half_up(wage, 30), half_up(wage, 36),
        )  # fmt: skip
        laps.lap("law")
        columns = {"kpj": sheet["kpj"].to_numpy(), "wage": wage, **dict(zip(_AMOUNTS, amounts, strict=True))}
        self._do(f"CREATE TEMP TABLE staged (kpj bigint, wage bigint, {_COLUMNS}) ON COMMIT DROP")
        with self._db.cursor().copy("COPY staged FROM STDIN (FORMAT binary)") as sink:
            sink.write(wire(columns, len(wage)))
        laps.lap("staging")
        self._do(
            "CREATE TEMP TABLE found ON COMMIT DROP AS"
            " SELECT m.id, s.* FROM staged s JOIN member m USING (kpj) ORDER BY m.id"
        )
        laps.lap("match")
        self._do(f"INSERT INTO contribution SELECT id, 202611, {upload_id}, wage, {', '.join(_AMOUNTS)} FROM found")
        laps.lap("contribution rows")
        self._do(f"INSERT INTO line SELECT id, {upload_id}, jht_employer + jht_worker FROM found")
        self._do(f"INSERT INTO line SELECT 0, {upload_id}, -sum(jht_employer + jht_worker) FROM found")
        laps.lap("ledger lines")
        self._do(
            "UPDATE balance SET balance = balance + jht_employer + jht_worker FROM found WHERE found.id = account_id"
        )
        self._do(
            "UPDATE balance SET balance = balance - (SELECT sum(jht_employer + jht_worker) FROM found)"
            " WHERE account_id = 0"
        )
        laps.lap("balances")
        proof = self._db.execute("SELECT sum(amount) FROM line WHERE entry_id = %s", [upload_id]).fetchone()
        if proof != (0,):
            raise SystemExit("the simple floor does not sum to zero")
        self._db.commit()
        laps.lap("proof, commit")
        return laps.seconds

    def _do(self, statement: str) -> None:
        self._db.execute(statement)
