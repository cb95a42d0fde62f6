"""Back pay (RAPEL) of a month's report, laid on the months it was earned in: a correction of each, without a file."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from lindung.access.trail import Actor
from lindung.contributions import queries as contributions
from lindung.law import Month
from lindung.lib.clock import wib_date
from lindung.lib.copy import fetch_bytes
from lindung.registry import queries as registry
from lindung.uploads.findings import unseal_rows
from lindung.uploads.kinds import wage_correction
from lindung.uploads.models import Upload
from lindung.uploads.replacing import LIVE
from lindung.uploads.services import Received, receive_typed

_MOST_NAMED = 5


class NoMonthsToLayOn(Exception):
    """Some of these workers have no billed wage in the chosen months; ``names`` of a few, ``count`` of all."""

    def __init__(self, names: tuple[str, ...], count: int) -> None:
        super().__init__(f"{count} workers")
        self.names, self.count = names, count


@dataclass(frozen=True, slots=True, eq=False)
class BackPay:
    """The back pay in one report of ``period``: ``person_id``, ``kpj``, ``name``, ``back_pay_rupiah``, by name."""

    upload_id: int
    period: date
    people: pl.DataFrame

    @property
    def rupiah(self) -> int:
        return int(self.people["back_pay_rupiah"].sum())


def back_pay_of(*, employer_id: int, upload_id: int) -> BackPay | None:
    """What a checked or booked report of this employer tells of back pay; None where it tells of none."""
    upload = (
        Upload.objects.only("employer_id", "period", "summary")
        .filter(pk=upload_id, employer_id=employer_id, kind="wage_report", rows_encrypted__isnull=False)
        .first()
    )
    if upload is None or not upload.summary.get("back_pay_rupiah"):
        return None
    rows = unseal_rows(upload_id, fetch_bytes("uploads_upload", "rows_encrypted", upload_id))
    paid = rows.filter(pl.col("back_pay_rupiah") > 0).select("person_id", "back_pay_rupiah")
    workers = registry.employments_in(employer_id=employer_id, month_on=upload.period)
    named = workers.sort("from_on").unique("person_id", keep="last").select("person_id", "kpj", "name")
    people = paid.join(named, on="person_id", how="inner").sort("name", "person_id")
    return BackPay(upload_id, upload.period, people.select("person_id", "kpj", "name", "back_pay_rupiah"))


def laid_back_pay(*, employer_id: int, period: date) -> int | None:
    """The correction that lays the back pay told of with a month's report, unless it was cancelled."""
    found = Upload.objects.filter(employer_id=employer_id, back_pay_of=period, state__in=LIVE)
    return found.values_list("id", flat=True).first()


def open_report(*, employer_id: int, period: date) -> int | None:
    """The report of a month that waits for a yes, if any."""
    waiting = Upload.objects.filter(
        employer_id=employer_id,
        kind="wage_report",
        period=period,
        state__in=(Upload.State.CHECKED, Upload.State.PROPOSED),
    )
    return waiting.values_list("id", flat=True).last()


def lay_on_months(
    *, actor: Actor, employer_id: int, back_pay: BackPay, first_on: date, last_on: date, now: datetime
) -> Received:
    """Make a correction of these months (both included) out of back pay, to be looked at and agreed to like a file.

    Every worker's months in which a wage was billed get the same part of it, the last one what is left over. Once laid
    it is not laid again, on these months or others: ``AlreadyUploaded`` names the correction, until that is cancelled.
    Raises ``NoMonthsToLayOn`` too, and what ``receive_typed`` raises.
    """
    shares = _shares(employer_id, back_pay.people, first_on, last_on)
    return receive_typed(
        actor=actor,
        employer_id=employer_id,
        kind=wage_correction.LAYOUT.kind,
        period=Month.of(wib_date(now)).first_on,
        back_pay_of=back_pay.period,
        texts={
            "kpj": shares["kpj"].to_list(),
            "name": shares["name"].to_list(),
            "period": shares["period"].dt.to_string("%m/%Y").to_list(),
            "back_pay": shares["share"].cast(pl.String).to_list(),
        },
        now=now,
    )


def _shares(employer_id: int, people: pl.DataFrame, first_on: date, last_on: date) -> pl.DataFrame:
    first, last = Month.of(first_on), Month.of(last_on)
    months = [first.plus(step).first_on for step in range(last.index - first.index + 1)]
    billed = [
        contributions.wages_in(employer_id=employer_id, period=period).select("person_id", period=pl.lit(period))
        for period in months
    ]
    worked = people.join(pl.concat(billed), on="person_id", how="inner") if billed else people.clear()
    homeless = people.join(worked, on="person_id", how="anti")
    if homeless.height:
        raise NoMonthsToLayOn(tuple(homeless["name"].head(_MOST_NAMED)), homeless.height)
    count, total = pl.len().over("person_id"), pl.col("back_pay_rupiah")
    is_last = pl.col("period") == pl.col("period").max().over("person_id")
    share = total // count + pl.when(is_last).then(total % count).otherwise(0)
    return worked.with_columns(share=share).filter(pl.col("share") > 0).sort("name", "person_id", "period")
