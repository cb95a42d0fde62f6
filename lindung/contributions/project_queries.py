"""Construction projects as their employer and the agency see them, and what the law asks for one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, LiteralString

from django.db import connection

from lindung.contributions.calendar import due_on
from lindung.contributions.models import Project, ProjectAddendum, ProjectWageList
from lindung.law import Answer, Month, answer
from lindung.law.lapse import Cover, listed_project_standing, project_standing
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
    """Why a project that pays by its value costs what it costs: computed anew, and equal to what was frozen.

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
    period: date | None

    def overdue(self, today: date) -> bool:
        return self.paid_at is None and today > self.due_on


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month of a project that pays by listed wages: its lists, the last of which stands, and what they ask for."""

    period: date
    due_on: date
    lists: tuple[ProjectWageList, ...]
    stages: tuple[StageView, ...]

    @property
    def list(self) -> ProjectWageList | None:
        return self.lists[-1] if self.lists else None

    @property
    def paid_parts(self) -> tuple[int, int]:
        """JKK and JKM that are paid, after what corrections moved."""
        paid = [stage for stage in self.stages if stage.paid_at]
        jkk = sum(stage.jkk for stage in paid) + sum(found.jkk_moved for found in self.lists)
        jkm = sum(stage.jkm for stage in paid) + sum(found.jkm_moved for found in self.lists)
        return jkk, jkm

    @property
    def next_stage(self) -> StageView | None:
        return next((stage for stage in self.stages if stage.paid_at is None), None)

    def overdue(self, today: date) -> bool:
        """Whether it is listed, due, and something of it not paid."""
        return any(stage.overdue(today) for stage in self.stages)

    def unlisted(self, today: date) -> bool:
        return not self.lists and today > self.due_on


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project with its standing stages in order, how its contract's value changed, the first change first, and what
    was listed of its months, in order."""

    project: Project
    employer_name: str
    stages: tuple[StageView, ...]
    addenda: tuple[ProjectAddendum, ...]
    lists: tuple[ProjectWageList, ...]

    @property
    def terms(self) -> Project | ProjectAddendum:
        """What holds now: value, sum and law, as registered or as last changed."""
        return self.addenda[-1] if self.addenda else self.project

    @property
    def paid_rupiah(self) -> int:
        """Less what was given back."""
        given_back = sum(addendum.credit_rupiah for addendum in self.addenda) + sum(
            found.credit_rupiah for found in self.lists
        )
        return sum(stage.amount_rupiah for stage in self.stages if stage.paid_at) - given_back

    @property
    def amount_rupiah(self) -> int:
        """What it costs: as a whole by its value, or so far by the wages that are listed."""
        if not self.project.by_wages:
            return self.terms.amount_rupiah
        return sum({found.period: found.amount_rupiah for found in self.lists}.values())

    @property
    def paid_parts(self) -> tuple[int, int]:
        """JKK and JKM that are paid, after what addenda moved."""
        paid = [stage for stage in self.stages if stage.paid_at]
        jkk = sum(stage.jkk for stage in paid) + sum(addendum.jkk_moved for addendum in self.addenda)
        jkm = sum(stage.jkm for stage in paid) + sum(addendum.jkm_moved for addendum in self.addenda)
        return jkk, jkm

    @property
    def next_stage(self) -> StageView | None:
        """The one that is to be paid first."""
        unpaid = (stage for stage in self.stages if stage.paid_at is None)
        return min(unpaid, key=lambda stage: (stage.due_on, stage.stage_no), default=None)

    def months(self, today: date) -> tuple[MonthView, ...]:
        """The months of the project that have begun, the first one first."""
        project = self.project
        first, last = Month.of(project.from_on), Month.of(min(project.until_on - timedelta(days=1), today))
        return tuple(self.month(first.plus(place).first_on) for place in range(last.index - first.index + 1))

    def month(self, period: date) -> MonthView:
        """One month by its first day, whatever is listed of it."""
        return MonthView(
            period,
            due_on(Month.of(period)),
            tuple(found for found in self.lists if found.period == period),
            tuple(stage for stage in self.stages if stage.period == period),
        )

    def list_before(self, period: date) -> ProjectWageList | None:
        """What a month's list is compared with: the one that stands of it, or else the last one before, with workers
        in it."""
        earlier = [found for found in self.lists if found.period <= period and found.worker_count]
        return earlier[-1] if earlier else None

    def standing(self, today: date) -> Cover:
        """Whether its workers are covered on a day, and why."""
        if self.project.by_wages:
            months = self.months(today)
            return listed_project_standing(
                self.project.from_on,
                self.project.until_on,
                today,
                months_unlisted=sum(month.unlisted(today) for month in months),
                months_unpaid=sum(month.overdue(today) for month in months),
            )
        overdue = sum(stage.overdue(today) for stage in self.stages)
        return project_standing(self.project.from_on, self.project.until_on, today, stages_unpaid=overdue)


_STAGES: LiteralString = (
    "SELECT j.id, f.name, s.stage_no, s.due_on, s.jkk, s.jkm, s.amount_rupiah, o.paid_at, o.id, s.period"
    " FROM contributions_project j JOIN registry_employer f ON f.id = j.employer_id"
    " LEFT JOIN contributions_projectstage s ON s.project_id = j.id AND s.withdrawn_at IS NULL"
    " LEFT JOIN contributions_order o ON o.project_id = j.id AND o.stage_no = s.stage_no AND o.withdrawn_at IS NULL"
)


def projects_of(*, employer_id: int, most: int = 100) -> list[ProjectView]:
    """An employer's projects, newest first. Four statements."""
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
    lists: dict[int, list[ProjectWageList]] = {project.pk: [] for project in projects}
    for found in ProjectWageList.objects.filter(project_id__in=lists).order_by("period", "revision"):
        lists[found.project_id].append(found)
    return [
        ProjectView(
            project,
            names[project.pk],
            tuple(stages[project.pk]),
            tuple(addenda[project.pk]),
            tuple(lists[project.pk]),
        )
        for project in projects
    ]
