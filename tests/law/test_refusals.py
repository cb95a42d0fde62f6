"""What the functions of the library refuse: the fact as the caller wrote it, and what would be possible, in full."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from lindung.law import (
    Debt,
    ImpossibleFact,
    Month,
    Programme,
    allocate,
    claim_in_arrears,
    explain,
    own_account_standing,
    penalty,
    pmi,
    share_out,
    simulate,
)
from lindung.law.development import crediting
from lindung.law.sanctions import fine

JUNE = Month(2025, 6)
A_DEBT = "from Rp0 to Rp1,000,000,000,000,000"
A_WAGE = "from Rp0 to Rp1,000,000,000,000"
HALF = [Fraction(1, 2)]


@pytest.mark.parametrize(
    ("ask", "fact", "possible"),
    [
        (lambda: allocate(-1, []), "payment", A_DEBT),
        (lambda: allocate(1, [Debt(JUNE, -1)]), "contribution", A_DEBT),
        (lambda: allocate(1, [Debt(JUNE, 1, -1)]), "penalty", A_DEBT),
        (lambda: share_out(4, np.array([1, 2], np.int64)), "paid", "from Rp0 to Rp3"),
        (lambda: share_out(1, np.array([-1], np.int64)), "owed[0]", A_DEBT),
        (lambda: penalty(-1, 1, JUNE), "contribution_owed", A_DEBT),
        (lambda: penalty(1, -1, JUNE), "months_late", "from 0 to 1200"),
        (lambda: fine(-1, JUNE), "contribution_owed", A_DEBT),
        (lambda: own_account_standing(-1, JUNE), "unpaid_months", "from 0 to 1200"),
        (lambda: claim_in_arrears(Programme.JKP, -1, JUNE), "unpaid_months", "from 0 to 1200"),
        (lambda: crediting(Fraction(1, 2), 0), "months", "from 1 to 12"),
        (lambda: simulate(monthly_contribution=-1, months=1, annual_rates=HALF), "monthly_contribution", A_WAGE),
        (lambda: simulate(monthly_contribution=1, months=0, annual_rates=HALF), "months", "from 1 to 1200"),
        (lambda: pmi.explain(when=JUNE, contract_months=0), "contract_months", "from 1 to 120"),
        (
            lambda: explain(month=JUNE, wage=-1, jkk_class=None, programmes=frozenset({Programme.JHT})),
            "wage",
            A_WAGE,
        ),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_its_name_and_its_bounds(
    ask: Callable[[], object], fact: str, possible: str
) -> None:
    with pytest.raises(ImpossibleFact) as refusal:
        ask()
    assert refusal.value.fact == fact
    assert str(refusal.value).endswith(f"possible is a whole number without separators, {possible}")
