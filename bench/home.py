"""A member's home page: statements and processor time per request, for one month, two years and twenty years of months.

Run: ``python -m bench.home [--requests N]``. The page is asked for in this process, with the door's own middleware and
a signed-in session. Processor time is that of this process, mean and least (the request that other work on the machine
disturbed least), and that of its database connection. Twenty years are 240 months billed: ten years with two employers
at once. Exit code 1 when statements grow with the months.
"""

import argparse
import os
import statistics
import sys
import time
from datetime import timedelta
from typing import Any

from bench.ground import NOW, cpu_seconds_of, ground, moment_of, month_after, say

MONTHS = (1, 24, 240)
_LAST = month_after(NOW.date(), -1)
_PASSWORD = "jembatan-kincir-angin-biru"
_WARM_UPS = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200)
    args = parser.parse_args()
    os.environ |= {"LINDUNG_DOOR": "public", "LINDUNG_NOW": NOW.isoformat()}
    with ground("home") as base:
        from lindung.nation.bank import register_simulated_bank

        people = _members(register_simulated_bank(folder=base.folder, now=NOW))
        base.tidy()
        statements = []
        for months, (kpj, name) in people.items():
            client = _signed_in(kpj)
            statements.append(_measure(client, name, months, args.requests))
        from django.db import connections

        connections.close_all()
    return 0 if len(set(statements)) == 1 else 1


def _members(bank: int) -> dict[int, tuple[str, str]]:
    """Months -> card number and name of a member who has that many billed and paid."""
    import polars as pl

    from lindung.access.services import invite, set_first_password
    from lindung.access.trail import SYSTEM
    from lindung.nation.history import pay, report_month
    from lindung.nation.people import invent
    from lindung.nation.staffing import hire
    from lindung.registry.services import register_employer

    told = invent(5, first=0, count=len(MONTHS), today=_LAST).with_columns(
        employee_no=pl.lit("1"), months=pl.Series(MONTHS)
    )
    # The oldest member has two employers for half as many months.
    starts = {1: _LAST, 24: month_after(_LAST, -23), 240: month_after(_LAST, -119)}
    people = told.with_columns(from_on=pl.col("months").replace_strict(starts, return_dtype=pl.Date))
    firms: list[tuple[int, pl.DataFrame]] = []
    for number, staff in enumerate((people, people.filter(pl.col("months") == 240))):
        employer_id = register_employer(
            actor=SYSTEM, npp=f"9600000{number}", name=f"PT Contoh Rumah {number}", size="small", jkk_class="II",
            now=moment_of(starts[240]), since_on=starts[240],
        )  # fmt: skip
        firms.append((employer_id, hire(employer_id=employer_id, people=staff, now=moment_of(starts[240]))))
    for place in range(120):
        period = month_after(starts[240], place)
        for employer_id, hired in firms:
            wages = hired.select("employment_id", wage_rupiah=pl.lit(6_000_000, dtype=pl.Int64))
            at = min(moment_of(period), NOW - timedelta(hours=2))
            bill = report_month(employer_id=employer_id, period=period, wages=wages, now=at)
            pay(bill_id=bill.bill_id, partner_id=bank, paid_at=at)
    members = {}
    for row in pl.concat([people, firms[0][1]], how="horizontal").iter_rows(named=True):
        link = invite(
            actor=SYSTEM, display_name="Anggota", names={"kpj": row["kpj"]}, role="member", scope_id=row["person_id"],
            now=NOW,
        )  # fmt: skip
        set_first_password(token=link.token, password=_PASSWORD, now=NOW)
        members[row["months"]] = (row["kpj"], row["name"])
    return members


def _signed_in(kpj: str) -> Any:
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    answer = client.post("/member/sign-in/", {"name": kpj, "password": _PASSWORD})
    if answer.status_code != 302:
        raise SystemExit(f"could not sign in: {answer.status_code}")
    return client


def _measure(client: Any, name: str, months: int, requests: int) -> int:
    from django.db import connection

    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        page = client.get("/member/")
    if page.status_code != 200 or name not in page.content.decode():
        raise SystemExit(f"not the member's home: {page.status_code}")
    for _ in range(_WARM_UPS):
        client.get("/member/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    theirs, took = cpu_seconds_of(backend), []
    for _ in range(requests):
        ours = time.process_time()
        client.get("/member/")
        took.append((time.process_time() - ours) * 1000)
    theirs = cpu_seconds_of(backend) - theirs
    say(
        f"{months:>4} months: {len(statements)} statements, {len(page.content):,} bytes,"
        f" {statistics.mean(took):.2f} ms in the web process (least {min(took):.2f}),"
        f" {theirs / requests * 1000:.2f} ms in the database"
    )
    return len(statements)


if __name__ == "__main__":
    sys.exit(main())
