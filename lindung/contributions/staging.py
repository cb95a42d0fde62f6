"""Stages of a construction project that take the place of others: those go with their numbers, these are asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from lindung.contributions.models import Order, ProjectStage
from lindung.contributions.ordering import withdraw
from lindung.contributions.project_queries import StageView


@dataclass(frozen=True, slots=True)
class NewStage:
    """A stage in place of one that was not paid, or one more; ``period`` where it pays for a month's listed wages."""

    due_on: date
    jkk: int
    jkm: int
    period: date | None = None

    @property
    def amount_rupiah(self) -> int:
        return self.jkk + self.jkm


def replace_stages(
    *, project_id: int, replaced: Iterable[StageView], stages: Iterable[NewStage], now: datetime
) -> None:
    """Withdraw unpaid stages with the orders that wait for them, and number others after all that there were."""
    of_project = ProjectStage.objects.filter(project_id=project_id)
    last = max(of_project.values_list("stage_no", flat=True), default=0)
    gone = [stage.stage_no for stage in replaced]
    of_project.filter(stage_no__in=gone).update(withdrawn_at=now)
    waiting = Order.objects.filter(project_id=project_id, stage_no__in=gone, paid_at=None, withdrawn_at=None)
    withdraw(list(waiting.values_list("id", flat=True)), now=now)
    ProjectStage.objects.bulk_create(
        ProjectStage(
            project_id=project_id,
            stage_no=stage_no,
            due_on=stage.due_on,
            jkk=stage.jkk,
            jkm=stage.jkm,
            amount_rupiah=stage.amount_rupiah,
            period=stage.period,
        )
        for stage_no, stage in enumerate(stages, last + 1)
    )
