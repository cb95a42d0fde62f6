"""A construction contract whose value changed: the project's sum assessed anew, its unpaid stages replaced."""

from datetime import date, datetime
from typing import Literal

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions import postings
from lindung.contributions.contract_changes import ContractChange, contract_change
from lindung.contributions.models import ProjectAddendum
from lindung.contributions.ordering import lock_orders
from lindung.contributions.owing import lock_employers_money
from lindung.contributions.project_queries import ProjectView, project_view
from lindung.contributions.services.refusals import BillNotFound
from lindung.contributions.staging import replace_stages
from lindung.ledger.services import post
from lindung.lib.clock import wib_date
from lindung.lib.ids import next_of


class ContractChangeRefused(Exception):
    """The value cannot be changed like this: ``same`` as before, agreed on a day that is not there yet or ``before``
    the work order, or the effect ``moved`` since it was shown. Nothing was written."""

    def __init__(self, why: Literal["same", "future", "before", "moved"]) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def change_contract(
    *,
    actor: Actor,
    employer_id: int,
    project_id: int,
    agreed_on: date,
    contract_rupiah: int,
    agreed: str,
    now: datetime,
) -> int:
    """Assess a project of this employer anew by another contract value; gives the addendum's number within it.

    ``agreed``: ``ContractChange.agreed`` as it was shown. Stages that are not paid are withdrawn with their numbers,
    and others take their place; what was paid too much becomes the employer's credit. One entry, where money moves.
    Raises ``BillNotFound``, also for a project that pays by listed wages, ``ContractChangeRefused``, the law's errors.
    """
    lock_employers_money(employer_id)
    lock_orders(f"project {project_id}", project_id=project_id)
    view = project_view(employer_id=employer_id, project_id=project_id)
    if view is None or view.project.by_wages:
        raise BillNotFound
    today = wib_date(now)
    if agreed_on > today:
        raise ContractChangeRefused("future")
    if agreed_on < view.project.work_order_on:
        raise ContractChangeRefused("before")
    if contract_rupiah == view.terms.contract_rupiah:
        raise ContractChangeRefused("same")
    change = contract_change(view, contract_rupiah=contract_rupiah, today=today)
    if change.agreed != agreed:
        raise ContractChangeRefused("moved")
    addendum = _write_addendum(view, change, agreed_on, contract_rupiah, now)
    replace_stages(project_id=project_id, replaced=change.replaced, stages=change.stages, now=now)
    if addendum.jkk_moved or addendum.jkm_moved:
        post(
            actor=actor,
            key=f"addendum:{addendum.pk}",
            kind="contract_changed",
            agency_lines=postings.project_corrected(employer_id, addendum),
            holder_lines=None,
            happened_at=now,
            now=now,
        )
    trail.record(
        actor=actor,
        act="contract_changed",
        object_kind="project",
        object_id=project_id,
        now=now,
        detail={
            "addendum": addendum.addendum_no,
            "amount_rupiah": addendum.amount_rupiah,
            "credit_rupiah": addendum.credit_rupiah,
        },
    )
    return addendum.addendum_no


def _write_addendum(
    view: ProjectView, change: ContractChange, agreed_on: date, contract_rupiah: int, now: datetime
) -> ProjectAddendum:
    answer = change.answer
    jkk_moved, jkm_moved = change.outcome.moved
    return ProjectAddendum.objects.create(
        id=next_of("contributions_projectaddendum_id_seq"),
        project_id=view.project.pk,
        addendum_no=len(view.addenda) + 1,
        agreed_on=agreed_on,
        contract_rupiah=contract_rupiah,
        net_rupiah=answer.rupiah("contract_net_of_vat"),
        jkk=answer.rupiah("jkk"),
        jkm=answer.rupiah("jkm"),
        amount_rupiah=answer.rupiah("total"),
        jkk_moved=jkk_moved,
        jkm_moved=jkm_moved,
        credit_rupiah=change.credit_rupiah,
        law={key: list(row) for key, row in answer.law.items()},
        changed_at=now,
    )
