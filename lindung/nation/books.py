"""Bills, the numbers they are paid to and payments of a nation, from the sums of its worker-months."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from lindung.contributions.calendar import due_on
from lindung.contributions.services import EMPLOYER_BILL
from lindung.law import arrears
from lindung.law import contributions as law
from lindung.lib.copy import copy_rows
from lindung.lib.damm import check_digit
from lindung.nation.draws import Integers
from lindung.nation.history import INTERNET_BANKING
from lindung.nation.months import AMOUNTS, TOTALS, law_places
from lindung.nation.nation import Nation
from lindung.nation.numbers import Numbers
from lindung.nation.registering import moments, wib_month
from lindung.nation.reporting import NEVER


@dataclass(frozen=True)
class Books:
    """The bills that have a worker, by id, as columns; penalties in whole rupiah.

    ``place``: firm x months + month. Moments are seconds since 1970, ``NEVER`` where it did not happen. ``entry_*``
    as in ``Numbers``. ``*_no``: customer numbers, empty where there is none.
    """

    place: Integers
    firm: Integers
    employer_id: Integers
    sums: dict[str, Integers]
    amount: Integers
    issued_at: Integers
    renewed_at: Integers
    paid_at: Integers
    penalty: Integers
    renewed_penalty: Integers
    first_no: pl.Series
    renewed_no: pl.Series
    numbers: Numbers

    bill_numbers: pl.Series

    def __len__(self) -> int:
        return len(self.place)

    @property
    def penalty_paid(self) -> Integers:
        """What the number by which a bill is paid asks beyond the contribution."""
        return np.where(self.renewed_at != NEVER, self.renewed_penalty, self.penalty)


def books(nation: Nation, numbers: Numbers, totals: Integers, employer_id: Integers) -> Books:
    """Everything about the bills of ``totals`` (firms x months by ``TOTALS``); ``employer_id`` by firm."""
    plan, reports = nation.plan, nation.reports
    place = np.flatnonzero(totals[:, TOTALS.index("workers")] > 0)
    place = place[np.argsort(numbers.bill[place])]
    own = Numbers(*(getattr(numbers, column)[place] for column in Numbers.__slots__))
    sums = {name: totals[place, column] for column, name in enumerate(TOTALS)}
    amount = np.sum([sums[key] for key in law.BILLED_KEYS], axis=0)
    firm, month = place // plan.months, place % plan.months
    late, renewed_late = reports.late_at_report.ravel()[place], reports.late_at_reissue.ravel()[place]
    return Books(
        place=place,
        firm=firm,
        employer_id=employer_id[firm],
        sums=sums,
        amount=amount,
        issued_at=reports.reported_at.ravel()[place],
        renewed_at=reports.reissued_at.ravel()[place],
        paid_at=reports.paid_at.ravel()[place],
        penalty=_penalties(nation, month, amount, late),
        renewed_penalty=_penalties(nation, month, amount, renewed_late),
        first_no=_customer_numbers(own.customer),
        renewed_no=_customer_numbers(own.renewed_customer),
        numbers=own,
        bill_numbers=_bill_numbers(nation, month, own.bill),
    )


def _penalties(nation: Nation, month: Integers, amount: Integers, late: Integers) -> Integers:
    penalties = np.zeros(len(amount), dtype=np.int64)
    for row in np.flatnonzero(late > 0):
        owed = arrears.penalty(int(amount[row]), int(late[row]), nation.plan.month(int(month[row])))
        penalties[row] = owed.amount_rupiah
    return penalties


def _customer_numbers(drawn: Integers) -> pl.Series:
    texts = [f"{EMPLOYER_BILL}{number:011d}" if number != NEVER else "" for number in drawn.tolist()]
    return pl.Series([digits + check_digit(digits) if digits else "" for digits in texts], dtype=pl.String)


def copy_bills(cursor: Any, nation: Nation, made: Books, *, partner_id: int) -> dict[str, int]:
    """Write bills, their numbers and their payments; gives the rows by table."""
    laws, texts = _law_texts(nation)
    bills = _bills(nation, made, laws.ravel()[made.place], texts)
    return {
        "contributions_bill": copy_rows(cursor, "contributions_bill", bills),
        "contributions_virtualaccount": copy_rows(
            cursor, "contributions_virtualaccount", _virtual_accounts(nation, made)
        ),
        "contributions_payment": copy_rows(cursor, "contributions_payment", _payments(made, partner_id)),
    }


def some(made: Books, rows: slice) -> Books:
    """Some of the bills."""

    def cut(column: Any) -> Any:
        if isinstance(column, dict):
            return {key: values[rows] for key, values in column.items()}
        if isinstance(column, Numbers):
            return Numbers(*(getattr(column, name)[rows] for name in Numbers.__slots__))
        return column[rows]

    return Books(**{name: cut(column) for name, column in vars(made).items()})


def _law_texts(nation: Nation) -> tuple[Integers, list[str]]:
    """By bill the place of its law in the list of texts, each as a bill keeps it."""
    places, laws = law_places(nation.plan, nation.firms)
    texts = []
    for month, jkk_class, programmes in laws:
        rows, _ = law.law_of(month, jkk_class, programmes)
        texts.append(json.dumps({name: list(row) for name, row in rows.items()}))
    return places, texts


def _bills(nation: Nation, made: Books, laws: Integers, law_texts: list[str]) -> pl.DataFrame:
    plan = nation.plan
    month = made.place % plan.months
    periods = pl.Series([plan.month(place).first_on for place in range(plan.months)])
    dues = pl.Series([due_on(plan.month(place)) for place in range(plan.months)])
    firms = nation.firm_table
    programmes = programme_lists(firms["programmes"])
    return pl.DataFrame(
        {
            "id": made.numbers.bill,
            "number": made.bill_numbers,
            "employer_id": made.employer_id,
            "period": periods.gather(month),
            "revision": np.zeros(len(made), dtype=np.int16),
            "worker_count": made.sums["workers"],
            "wage_rupiah": made.sums["wage_rupiah"],
            **{key: made.sums[key] for key in AMOUNTS},
            "amount_rupiah": made.amount,
            "law": pl.Series(law_texts).gather(laws),
            "jkk_class": firms["jkk_class"].gather(made.firm),
            "programmes": programmes.gather(made.firm),
            "due_on": dues.gather(month),
            "issued_at": moments(made.issued_at),
            "paid_at": moments(made.paid_at),
            "payment_id": pl.Series(made.numbers.payment),
        }
    ).with_columns(payment_id=pl.when(pl.col("payment_id") != NEVER).then("payment_id"))


def programme_lists(programmes: pl.Series) -> pl.Series:
    """Codes separated by spaces as lists in JSON."""
    codes = programmes.str.replace_all(" ", '", "', literal=True)
    return pl.select(pl.concat_str(pl.lit('["'), codes, pl.lit('"]'))).to_series()


def _bill_numbers(nation: Nation, month: Integers, bill_id: Integers) -> pl.Series:
    """``202610000000012`` for each bill."""
    periods = pl.Series([f"{nation.plan.month(place).first_on:%Y%m}" for place in range(nation.plan.months)])
    number = pl.Series(bill_id).cast(pl.String).str.zfill(9)
    return pl.select(pl.concat_str(periods.gather(month), number)).to_series()


def _virtual_accounts(nation: Nation, made: Books) -> pl.DataFrame:
    """The number each bill was issued with, and where that expired unpaid the one it was paid by."""
    reports = nation.reports
    renewed = made.renewed_at != NEVER
    # A first number is closed when the second is opened, or when it is paid; the second when it is paid.
    closed_at = np.where(renewed, made.renewed_at, made.paid_at)
    first = {
        "customer_no": made.first_no,
        "bill_id": made.numbers.bill,
        "contribution_rupiah": made.amount,
        "penalty_rupiah": made.penalty,
        "months_late": reports.late_at_report.ravel()[made.place],
        "opened_at": moments(made.issued_at),
        "expires_at": moments(reports.expires_at.ravel()[made.place]),
        "closed_at": moments(closed_at),
    }
    second = {
        **first,
        "customer_no": made.renewed_no,
        "penalty_rupiah": made.renewed_penalty,
        "months_late": reports.late_at_reissue.ravel()[made.place],
        "opened_at": moments(made.renewed_at),
        "expires_at": moments(reports.reissue_expires_at.ravel()[made.place]),
        "closed_at": moments(made.paid_at),
    }
    return pl.concat([pl.DataFrame(first), pl.DataFrame(second).filter(pl.Series(renewed))])


def _payments(made: Books, partner_id: int) -> pl.DataFrame:
    renewed = pl.Series(made.renewed_at != NEVER)
    customer_no = made.renewed_no.zip_with(renewed, made.first_no)
    payment_id = pl.Series(made.numbers.payment)
    return pl.DataFrame(
        {
            "id": payment_id,
            "customer_no": customer_no,
            "bill_id": made.numbers.bill,
            "amount_rupiah": made.amount + made.penalty_paid,
            "penalty_rupiah": made.penalty_paid,
            "month": wib_month(made.paid_at),
            "paid_at": moments(made.paid_at),
        }
    ).select(
        "id",
        "customer_no",
        "bill_id",
        "amount_rupiah",
        "penalty_rupiah",
        "paid_at",
        partner_id=pl.lit(partner_id),
        reference=pl.concat_str(pl.lit("history-"), "customer_no"),
        channel=pl.lit(INTERNET_BANKING),
        bank_reference=pl.concat_str(pl.lit("H"), pl.col("id").cast(pl.String).str.zfill(11)),
        receipt_number=receipt_numbers(pl.col("month"), pl.col("id")),
    ).filter(pl.col("paid_at").is_not_null())  # fmt: skip


def receipt_numbers(month: pl.Expr, payment_id: pl.Expr) -> pl.Expr:
    """``KW-202610-000000012``."""
    return pl.concat_str(pl.lit("KW-"), month, pl.lit("-"), payment_id.cast(pl.String).str.zfill(9))
