"""Construction projects of employers: registered once with their stages, and each stage paid by a number."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import numpy as np
from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions.models import Order, Project, ProjectAddendum, ProjectStage, ProjectWageList
from lindung.contributions.ordering import IssuedOrder, LineOf, OrderOf, lock_orders, place_order
from lindung.contributions.project_queries import project_answer
from lindung.contributions.services.refusals import BillNotFound, BillPaid
from lindung.contributions.wage_lists import wage_answer
from lindung.law import Month
from lindung.law.allocation import share_out
from lindung.lib.clock import wib_date
from lindung.lib.ids import next_of


class ProjectRefused(Exception):
    """This project cannot be registered; ``why`` says what is wrong. Nothing was written."""

    def __init__(self, why: Literal["dates", "order_date", "stages", "too_small", "taken"]) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def register_project(
    *,
    actor: Actor,
    employer_id: int,
    name: str,
    work_order_no: str,
    work_order_on: date,
    from_on: date,
    until_on: date,
    contract_rupiah: int,
    vat_rate: Decimal | None,
    pattern: str,
    later_due_on: Sequence[date],
    now: datetime,
) -> int:
    """Register a project with the stages of its contribution; gives its id.

    ``until_on`` is excluded. ``vat_rate`` None: the value is without VAT. ``pattern``: empty for all at once, else one
    that the law names, such as ``50/25/25``. The first stage is due on the first day, the others on ``later_due_on``.
    One project for each work order of an employer: the same again is refused as ``taken``. Raises ``ProjectRefused``
    and the law's ``ImpossibleFact``.
    """
    _refuse(employer_id, work_order_no, work_order_on, from_on, until_on, now)
    answer = project_answer(from_on=from_on, contract_rupiah=contract_rupiah, vat_rate=vat_rate, pattern=pattern)
    amounts = [answer.rupiah(key) for key in answer.result if key.startswith("stage_")] or [answer.rupiah("total")]
    due = [from_on, *later_due_on]
    if len(due) != len(amounts) or due != sorted(due) or due[-1] >= until_on:
        raise ProjectRefused("stages")
    if min(amounts) == 0:
        raise ProjectRefused("too_small")
    project = _write_project(
        employer_id=employer_id,
        name=name,
        work_order_no=work_order_no,
        work_order_on=work_order_on,
        from_on=from_on,
        until_on=until_on,
        contract_rupiah=contract_rupiah,
        vat_rate=vat_rate,
        net_rupiah=answer.rupiah("contract_net_of_vat"),
        jkk=answer.rupiah("jkk"),
        jkm=answer.rupiah("jkm"),
        amount_rupiah=answer.rupiah("total"),
        pattern=pattern,
        law={key: list(row) for key, row in answer.law.items()},
        registered_at=now,
    )
    left = np.array([project.jkk, project.jkm], dtype=np.int64)
    stages = []
    for stage_no, (amount_rupiah, due_on) in enumerate(zip(amounts, due, strict=True), 1):
        # Each stage takes the same part of what is still owed of both programmes, so that the last one is the rest.
        jkk, jkm = share_out(amount_rupiah, left).tolist()
        left -= (jkk, jkm)
        stages.append(
            ProjectStage(
                project_id=project.pk,
                stage_no=stage_no,
                due_on=due_on,
                jkk=jkk,
                jkm=jkm,
                amount_rupiah=amount_rupiah,
            )
        )
    ProjectStage.objects.bulk_create(stages)
    _record_registered(actor, project, now, stages=len(stages))
    return project.pk


@transaction.atomic
def register_listed_project(
    *,
    actor: Actor,
    employer_id: int,
    name: str,
    work_order_no: str,
    work_order_on: date,
    from_on: date,
    until_on: date,
    now: datetime,
) -> int:
    """Register a project that pays by the wages of its workers, listed for each month; gives its id.

    Nothing is owed before a month is listed (``list_wages``). ``until_on`` is excluded. Raises ``ProjectRefused``.
    """
    _refuse(employer_id, work_order_no, work_order_on, from_on, until_on, now)
    law = wage_answer(from_on, 0).law
    project = _write_project(
        employer_id=employer_id,
        name=name,
        work_order_no=work_order_no,
        work_order_on=work_order_on,
        from_on=from_on,
        until_on=until_on,
        by_wages=True,
        contract_rupiah=0,
        net_rupiah=0,
        jkk=0,
        jkm=0,
        amount_rupiah=0,
        law={key: list(row) for key, row in law.items()},
        registered_at=now,
    )
    _record_registered(actor, project, now, by_wages=True)
    return project.pk


def _refuse(
    employer_id: int, work_order_no: str, work_order_on: date, from_on: date, until_on: date, now: datetime
) -> None:
    """Raise ``ProjectRefused`` for what no project can be, or is already; one at a time of an employer from here on."""
    if until_on <= from_on:
        raise ProjectRefused("dates")
    if work_order_on > wib_date(now):
        raise ProjectRefused("order_date")
    lock_orders(f"projects {employer_id}")
    if Project.objects.filter(employer_id=employer_id, work_order_no=work_order_no).exists():
        raise ProjectRefused("taken")


def _write_project(**told: Any) -> Project:
    project_id = next_of("contributions_project_id_seq")
    number = f"JK{wib_date(told['registered_at']):%Y}{project_id:08d}"
    return Project.objects.create(id=project_id, number=number, **told)


def _record_registered(actor: Actor, project: Project, now: datetime, **detail: int) -> None:
    trail.record(
        actor=actor,
        act="project_registered",
        object_kind="project",
        object_id=project.pk,
        now=now,
        detail={"number": project.number, "amount_rupiah": project.amount_rupiah, **detail},
    )


@transaction.atomic
def bill_stage(*, actor: Actor, employer_id: int, project_id: int, stage_no: int, now: datetime) -> IssuedOrder:
    """Open a number for one stage of a project of this employer. Asked again, the open one is given, or a new one when
    its time is over.

    Raises ``BillNotFound``, or ``BillPaid`` where the stage is paid.
    """
    project = Project.objects.filter(pk=project_id, employer_id=employer_id).first()
    if project is None:
        raise BillNotFound
    lock_orders(f"project {project_id}", project_id=project_id)
    stage = ProjectStage.objects.filter(project_id=project_id, stage_no=stage_no, withdrawn_at=None).first()
    if stage is None:
        raise BillNotFound
    if Order.objects.filter(project_id=project_id, stage_no=stage_no, paid_at__isnull=False).exists():
        raise BillPaid
    from_on, until_on = _span(project, stage)
    of = OrderOf(
        kind=Order.Kind.PROJECT,
        employer_id=employer_id,
        project_id=project_id,
        stage_no=stage_no,
        from_on=from_on,
        until_on=until_on,
        months=0 if stage.period is None else 1,
        facts={"project_no": project.number, "due_on": stage.due_on.isoformat()},
        law=_law_of(project, stage),
    )
    order = place_order(of, [LineOf(from_on, 0, jkk=stage.jkk, jkm=stage.jkm)], now=now)
    trail.record(
        actor=actor,
        act="stage_billed",
        object_kind="project",
        object_id=project_id,
        now=now,
        detail={"number": order.number, "stage": stage_no, "amount_rupiah": order.amount_rupiah},
    )
    return order


def _span(project: Project, stage: ProjectStage) -> tuple[date, date]:
    """What a stage pays for: the whole project, or the part of it that lies in its month. The end is excluded."""
    if stage.period is None:
        return project.from_on, project.until_on
    month = Month.of(stage.period)
    return max(project.from_on, month.first_on), min(project.until_on, month.next().first_on)


def _law_of(project: Project, stage: ProjectStage) -> dict[str, list[object]]:
    """By which the stage was assessed: with the project, as its contract's value changed last, or with its month."""
    if stage.period is None:
        changed = ProjectAddendum.objects.filter(project_id=project.pk).order_by("-addendum_no").first()
        law: dict[str, list[object]] = (changed or project).law
        return law
    listed = ProjectWageList.objects.filter(project_id=project.pk, period=stage.period).latest("revision")
    return dict(listed.law)
