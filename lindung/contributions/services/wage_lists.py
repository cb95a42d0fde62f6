"""The wages of a project's workers, listed for a month: assessed, and asked for by a stage of its own."""

from datetime import date, datetime
from typing import Literal

import polars as pl
from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions import postings
from lindung.contributions.models import ProjectWageLine, ProjectWageList
from lindung.contributions.ordering import lock_orders
from lindung.contributions.owing import lock_employers_money
from lindung.contributions.project_queries import ProjectView, project_view
from lindung.contributions.services.refusals import BillNotFound
from lindung.contributions.staging import replace_stages
from lindung.contributions.wage_lists import NIK_PLACE, WageListEffect, listed_rows, wage_answer, wage_list_effect
from lindung.ledger.services import post
from lindung.lib import crypto
from lindung.lib.clock import wib_date
from lindung.lib.copy import copy_rows
from lindung.lib.ids import draw, next_of


class WageListRefused(Exception):
    """This list cannot be taken: of a ``month`` that is none of the project's or not there yet, the ``same`` as what
    stands, or its effect ``moved`` since it was shown. Nothing was written."""

    def __init__(self, why: Literal["month", "same", "moved"]) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def list_wages(
    *,
    actor: Actor,
    employer_id: int,
    project_id: int,
    period: date,
    rows: pl.DataFrame,
    agreed: str,
    upload_id: int | None = None,
    now: datetime,
) -> int:
    """List what a project's workers earned in a month (its first day), or correct what was listed; gives the list's id.

    ``rows``: ``WAGE_ROWS``, all of the month; none says that nobody worked. ``agreed``: ``WageListEffect.agreed`` as it
    was shown. What is left to pay is a stage that takes the place of the month's unpaid ones; what was paid too much is
    the employer's credit, one entry ``wage_list:<id>``. Raises ``BillNotFound`` for another firm's project or one that
    pays by its value, ``WageListRefused`` and the law's errors.
    """
    lock_employers_money(employer_id)
    lock_orders(f"project {project_id}", project_id=project_id)
    view = project_view(employer_id=employer_id, project_id=project_id)
    if view is None or not view.project.by_wages:
        raise BillNotFound
    today = wib_date(now)
    if period not in [month.period for month in view.months(today)]:
        raise WageListRefused("month")
    month = view.month(period)
    if month.list is not None and listed_rows(month.list.pk).equals(rows):
        raise WageListRefused("same")
    effect = wage_list_effect(month, rows["wage_rupiah"].to_numpy(), today=today)
    if effect.agreed != agreed:
        raise WageListRefused("moved")
    listed = _write_list(view, period, rows, effect, upload_id, now)
    replace_stages(project_id=project_id, replaced=effect.replaced, stages=effect.stages, now=now)
    if listed.jkk_moved or listed.jkm_moved:
        post(
            actor=actor,
            key=f"wage_list:{listed.pk}",
            kind="wage_list_corrected",
            agency_lines=postings.project_corrected(employer_id, listed),
            holder_lines=None,
            happened_at=now,
            now=now,
        )
    trail.record(
        actor=actor,
        act="project_wages_listed",
        object_kind="project",
        object_id=project_id,
        now=now,
        detail={
            "month": f"{period:%Y-%m}",
            "revision": listed.revision,
            "workers": listed.worker_count,
            "amount_rupiah": listed.amount_rupiah,
            "credit_rupiah": listed.credit_rupiah,
        },
    )
    return listed.pk


def _write_list(
    view: ProjectView, period: date, rows: pl.DataFrame, effect: WageListEffect, upload_id: int | None, now: datetime
) -> ProjectWageList:
    jkk_moved, jkm_moved = effect.outcome.moved
    law = wage_answer(period, int(rows["wage_rupiah"].to_numpy().max(initial=0))).law
    listed = ProjectWageList.objects.create(
        id=next_of("contributions_projectwagelist_id_seq"),
        project_id=view.project.pk,
        period=period,
        revision=len(view.month(period).lists) + 1,
        upload_id=upload_id,
        worker_count=rows.height,
        wage_rupiah=int(rows["wage_rupiah"].sum()),
        jkk=int(effect.jkk.sum()),
        jkm=int(effect.jkm.sum()),
        amount_rupiah=effect.amount_rupiah,
        jkk_moved=jkk_moved,
        jkm_moved=jkm_moved,
        credit_rupiah=effect.credit_rupiah,
        law={key: list(row) for key, row in law.items()},
        listed_at=now,
    )
    if rows.height:
        _copy_lines(listed.pk, rows, effect)
    return listed


def _copy_lines(list_id: int, rows: pl.DataFrame, effect: WageListEffect) -> None:
    with connection.cursor() as cursor:
        ids = draw(cursor, "contributions_projectwageline_id_seq", rows.height)
        lines = rows.with_columns(
            pl.Series("id", ids), pl.lit(list_id).alias("list_id"),
            pl.Series("jkk", effect.jkk), pl.Series("jkm", effect.jkm),
        )  # fmt: skip
        known = lines.filter(pl.col("nik").is_not_null())
        sealed = pl.DataFrame(
            {
                "id": known["id"],
                "nik_encrypted": crypto.encrypt_column(known["nik"].to_list(), NIK_PLACE, known["id"].to_list()),
                "nik_index": crypto.blind_index_column("nik", known["nik"].to_list()),
            },
            schema={"id": pl.Int64, "nik_encrypted": pl.Binary, "nik_index": pl.Binary},
        )
        lines = lines.drop("nik").join(sealed, on="id", how="left", maintain_order="left")
        copy_rows(cursor, ProjectWageLine._meta.db_table, lines)
