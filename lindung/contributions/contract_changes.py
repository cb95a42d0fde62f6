"""What a changed contract value does to a project. Reckons, writes nothing: the page shows it, the service books it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from lindung.contributions.ordering import ORDER_DAYS
from lindung.contributions.project_queries import ProjectView, StageView, project_answer
from lindung.contributions.staging import NewStage
from lindung.law import Answer
from lindung.law.allocation import Reassessed, reassess, share_out
from lindung.law.money import round_half_up
from lindung.law.wording import Language

DAYS_TO_PAY: Final = ORDER_DAYS
"""Until when a stage is due that an addendum adds to a project whose stages are all paid. No rule says it."""


@dataclass(frozen=True, slots=True)
class ContractChange:
    """The whole new sum by the law, what of the money paid moves, the stages that take the place of ``replaced``."""

    answer: Answer
    outcome: Reassessed
    replaced: tuple[StageView, ...]
    stages: tuple[NewStage, ...]
    difference_rupiah: int

    @property
    def to_pay_rupiah(self) -> int:
        return sum(stage.amount_rupiah for stage in self.stages)

    @property
    def credit_rupiah(self) -> int:
        return self.outcome.over_rupiah

    @property
    def agreed(self) -> str:
        """What a yes is given to, so that it never holds for other amounts."""
        return f"{self.to_pay_rupiah}-{self.credit_rupiah}"


def contract_change(
    view: ProjectView, *, contract_rupiah: int, today: date, language: Language = "id"
) -> ContractChange:
    """The effect of another contract value, with or without VAT as before, by the law of the month in which the project
    begins. What is left falls on the stages that are not paid, as they are to one another. Raises the law's errors.
    """
    project = view.project
    answer = project_answer(
        from_on=project.from_on,
        contract_rupiah=contract_rupiah,
        vat_rate=project.vat_rate,
        pattern="",
        language=language,
    )
    outcome = reassess((answer.rupiah("jkk"), answer.rupiah("jkm")), view.paid_parts)
    unpaid = tuple(stage for stage in view.stages if stage.paid_at is None)
    shares = [(stage.due_on, stage.amount_rupiah) for stage in unpaid] or [(today + timedelta(days=DAYS_TO_PAY), 1)]
    difference = answer.rupiah("total") - view.terms.amount_rupiah
    return ContractChange(answer, outcome, unpaid, _spread(outcome.left, shares), difference)


def _spread(left: Sequence[int], shares: Sequence[tuple[date, int]]) -> tuple[NewStage, ...]:
    rest = np.array(left, dtype=np.int64)
    total, weights = int(rest.sum()), sum(weight for _, weight in shares)
    stages, running, given = [], 0, 0
    for due_on, weight in shares:
        running += weight
        upto = round_half_up(total * running, weights)
        jkk, jkm = share_out(upto - given, rest).tolist()
        rest -= (jkk, jkm)
        given = upto
        if jkk + jkm:
            stages.append(NewStage(due_on, jkk, jkm))
    return tuple(stages)
