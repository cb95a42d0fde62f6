"""Construction projects as their employer and the agency see them, and what the law asks for one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, LiteralString

from django.db import connection

from lindung.contributions.models import Project, ProjectAddendum
from lindung.law import Answer, Month, answer
from lindung.law.lapse import Cover, project_standing
from lindung.law.wording import Language


def project_answer(
    *, from_on: date, contract_rupiah: int, vat_rate: Decimal | None, pattern: str, language: Language = "id"
) -> Answer:
    """The contribution of a project by the law of the month in which it begins. Raises the law's errors."""
    value: dict[str, object] = {"contract_net_of_vat": contract_rupiah}
    if vat_rate is not None:
        value = {"contract_including_vat": contract_rupiah, "vat_rate": vat_rate}
    return answer("JAKON", Month.of(from_on), {**value, "stages": pattern or None}, language)


def answer_of(view: "ProjectView", language: Language) -> Answer:
    """Why a registered project costs what it costs: computed anew, and equal to what was frozen.

    Raises ``LookupError`` where the law of today gives another amount: somebody must look.
    """
    project, terms = view.project, view.terms
    found = project_answer(
        from_on=project.from_on,
        contract_rupiah=terms.contract_rupiah,
        vat_rate=project.vat_rate,
        pattern="" if view.addenda else project.pattern,
        language=language,
    )
    if (found.rupiah("jkk"), found.rupiah("jkm")) != (terms.jkk, terms.jkm):
        raise LookupError(f"project {project.number} would cost another amount today")
    return found


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage: how much, by when, and when it was paid. ``place`` is the how-manieth of those that stand it is."""

    place: int
    stage_no: int
    due_on: date
    jkk: int
    jkm: int
    amount_rupiah: int
    paid_at: datetime | None
    order_id: int | None

    def overdue(self, today: date) -> bool:
        return self.paid_at is None and today > self.due_on


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project with its standing stages in order, and how its contract's value changed, the first change first."""

    project: Project
    employer_name: str
    stages: tuple[StageView, ...]
    addenda: tuple[ProjectAddendum, ...]

    @property
    def terms(self) -> Project | ProjectAddendum:
        """What holds now: value, sum and law, as registered or as last changed."""
        return self.addenda[-1] if self.addenda else self.project

    @property
    def paid_rupiah(self) -> int:
        """Less what was given back."""
        return sum(stage.amount_rupiah for stage in self.stages if stage.paid_at) - sum(
            addendum.credit_rupiah for addendum in self.addenda
        )

    @property
    def paid_parts(self) -> tuple[int, int]:
        """JKK and JKM that are paid, after what addenda moved."""
        paid = [stage for stage in self.stages if stage.paid_at]
        jkk = sum(stage.jkk for stage in paid) + sum(addendum.jkk_moved for addendum in self.addenda)
        jkm = sum(stage.jkm for stage in paid) + sum(addendum.jkm_moved for addendum in self.addenda)
        return jkk, jkm

    @property
    def next_stage(self) -> StageView | None:
        return next((stage for stage in self.stages if stage.paid_at is None), None)

    def standing(self, today: date) -> Cover:
        """Whether its workers are covered on a day, and why."""
        overdue = sum(stage.overdue(today) for stage in self.stages)
        return project_standing(self.project.from_on, self.project.until_on, today, stages_unpaid=overdue)


_STAGES: LiteralString = (
    "SELECT j.id, f.name, s.stage_no, s.due_on, s.jkk, s.jkm, s.amount_rupiah, o.paid_at, o.id"
    " FROM contributions_project j JOIN registry_employer f ON f.id = j.employer_id"
    " LEFT JOIN contributions_projectstage s ON s.project_id = j.id AND s.withdrawn_at IS NULL"
    " LEFT JOIN contributions_order o ON o.project_id = j.id AND o.stage_no = s.stage_no AND o.withdrawn_at IS NULL"
)


def projects_of(*, employer_id: int, most: int = 100) -> list[ProjectView]:
    """An employer's projects, newest first. Three statements."""
    return _views(list(Project.objects.filter(employer_id=employer_id).order_by("-id")[:most]))


def project_view(*, employer_id: int, project_id: int) -> ProjectView | None:
    """One project of this employer; another firm's is not there."""
    found = _views(list(Project.objects.filter(pk=project_id, employer_id=employer_id)))
    return found[0] if found else None


def newest_projects(*, most: int = 50) -> list[ProjectView]:
    """All employers' newest projects, for the agency."""
    return _views(list(Project.objects.order_by("-id")[:most]))


def _views(projects: list[Project]) -> list[ProjectView]:
    stages: dict[int, list[StageView]] = {project.pk: [] for project in projects}
    names: dict[int, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"{_STAGES} WHERE j.id = ANY(%s::bigint[]) ORDER BY j.id, s.stage_no", [list(stages)])
        rows: list[Any] = cursor.fetchall()
    for project_id, name, *stage in rows:
        names[project_id] = name
        if stage[0] is not None:
            standing = stages[project_id]
            standing.append(StageView(len(standing) + 1, *stage))
    addenda: dict[int, list[ProjectAddendum]] = {project.pk: [] for project in projects}
    for addendum in ProjectAddendum.objects.filter(project_id__in=addenda).order_by("addendum_no"):
        addenda[addendum.project_id].append(addendum)
    return [
        ProjectView(project, names[project.pk], tuple(stages[project.pk]), tuple(addenda[project.pk]))
        for project in projects
    ]
