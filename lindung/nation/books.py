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

_BILLED = [TOTALS.index(key) for key in law.BILLED_KEYS]


@dataclass(frozen=True)
class Books:
    """Some bills as columns; penalties in whole rupiah.

    ``place``: firm x months + month. Moments are seconds since 1970, ``NEVER`` where it did not happen. ``*_no``:
    customer numbers, empty where there is none.
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
        """What the last number of a bill asks beyond the contribution."""
        return np.where(self.renewed_at != NEVER, self.renewed_penalty, self.penalty)


class AllBills:
    """What is known of all bills of a nation, whence some of them can be had with everything about them.

    ``totals``: firms x months by ``TOTALS``; ``employer_id`` by firm.
    """

    def __init__(self, nation: Nation, numbers: Numbers, totals: Integers, employer_id: Integers) -> None:
        self.nation, self.numbers, self.totals, self.employer_id = nation, numbers, totals, employer_id
        there = np.flatnonzero(totals[:, TOTALS.index("workers")] > 0)
        self.places: Integers = there[np.argsort(numbers.bill[there])]
        """Those that have a worker, by id."""
        self.penalty = self._penalties(nation.reports.late_at_report)
        self.renewed_penalty = self._penalties(nation.reports.late_at_reissue)

    def some(self, place: Integers) -> Books:
        """The bills at these places, in this order."""
        reports, months = self.nation.reports, self.nation.plan.months
        own = Numbers(*(getattr(self.numbers, column)[place] for column in Numbers.__slots__))
        firm = place // months
        return Books(
            place=place,
            firm=firm,
            employer_id=self.employer_id[firm],
            sums={name: self.totals[place, column] for column, name in enumerate(TOTALS)},
            amount=self._amounts(place),
            issued_at=reports.reported_at.ravel()[place],
            renewed_at=reports.reissued_at.ravel()[place],
            paid_at=reports.paid_at.ravel()[place],
            penalty=self.penalty[place],
            renewed_penalty=self.renewed_penalty[place],
            first_no=customer_numbers(EMPLOYER_BILL, own.customer),
            renewed_no=customer_numbers(EMPLOYER_BILL, own.renewed_customer),
            numbers=own,
            bill_numbers=_bill_numbers(self.nation, place % months, own.bill),
        )

    def _amounts(self, place: Integers) -> Integers:
        return np.asarray(self.totals[place][:, _BILLED].sum(axis=1), dtype=np.int64)

    def _penalties(self, late: Integers) -> Integers:
        """By place, what the law asks for so many months late."""
        plan, penalties = self.nation.plan, np.zeros(late.size, dtype=np.int64)
        places = self.places[late.ravel()[self.places] > 0]
        for place, amount in zip(places.tolist(), self._amounts(places).tolist(), strict=True):
            firm, month = divmod(place, plan.months)
            penalties[place] = arrears.penalty(amount, int(late[firm, month]), plan.month(month)).amount_rupiah
        return penalties


def customer_numbers(kind: str, drawn: Integers) -> pl.Series:
    """The numbers that money is paid to, of one kind; empty for ``NEVER``."""
    texts = [f"{kind}{number:011d}" if number != NEVER else "" for number in drawn.tolist()]
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
    paid = made.paid_at != NEVER
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
            "contribution_paid_rupiah": np.where(paid, made.amount, 0),
            "penalty_rupiah": made.penalty_paid,
            "penalty_paid_rupiah": np.where(paid, made.penalty_paid, 0),
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
            "employer_id": made.employer_id,
            "bill_id": made.numbers.bill,
            "amount_rupiah": made.amount + made.penalty_paid,
            "penalty_rupiah": made.penalty_paid,
            "month": wib_month(made.paid_at),
            "paid_at": moments(made.paid_at),
        }
    ).select(
        "id",
        "customer_no",
        "employer_id",
        "bill_id",
        "amount_rupiah",
        "penalty_rupiah",
        "paid_at",
        partner_id=pl.lit(partner_id),
        meant_for="customer_no",
        reference=pl.concat_str(pl.lit("history-"), "customer_no"),
        channel=pl.lit(INTERNET_BANKING),
        bank_reference=pl.concat_str(pl.lit("H"), pl.col("id").cast(pl.String).str.zfill(11)),
        receipt_number=receipt_numbers(pl.col("month"), pl.col("id")),
    ).filter(pl.col("paid_at").is_not_null())  # fmt: skip


def receipt_numbers(month: pl.Expr, payment_id: pl.Expr) -> pl.Expr:
    """``KW-202610-000000012``."""
    return pl.concat_str(pl.lit("KW-"), month, pl.lit("-"), payment_id.cast(pl.String).str.zfill(9))
