"""What the functions of the library refuse: the fact as the caller wrote it, and what would be possible, in full."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lindung.law import (
    Debt,
    ImpossibleFact,
    LawError,
    Month,
    Programme,
    allocate,
    answer,
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
A_CONTRACT = "from Rp0 to Rp100,000,000,000,000"
A_NUMBER = "possible is a whole number without separators"
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


DEBTS = [{"month": "2025-06", "contribution": 1}]


@pytest.mark.parametrize(
    ("topic", "inputs", "said"),
    [
        ("ALLOCATION", {"payment": 1, "debts": []}, "debts: [] is impossible; possible is a list of month"),
        ("ALLOCATION", {"payment": 1, "debts": [{"month": "2026-01"}]}, "debts[0]: {'month': '2026-01'} is impossible"),
        (
            "ALLOCATION",
            {"payment": 1, "debts": [{"month": "2026-01", "contribution": -1}]},
            f"debts[0].contribution: -1 is impossible; possible is a whole number without separators, {A_DEBT}",
        ),
        (
            "ARREARS",
            {"arrears_of": "BPU", "unpaid_months": 1, "programmes": ["JKK"]},
            "input programmes has no meaning beside arrears_of: BPU:",
        ),
        ("ARREARS", {"debts": DEBTS, "unpaid_months": 1}, "input unpaid_months has no meaning beside debts:"),
        ("ARREARS", {"debts": DEBTS, "programmes": ["JKK"]}, "input programmes has no meaning beside debts:"),
        (
            "ARREARS",
            {"debts": DEBTS, "bankrupt_or_closed": True},
            "input bankrupt_or_closed has no meaning beside debts:",
        ),
        ("ARREARS", {"debts": DEBTS, "paid_on": "2025-08-01", "holidays": ["x"]}, "holidays: 'x' is impossible"),
        (
            "ARREARS",
            {"unpaid_months": 1, "paid_on": "2025-08-01"},
            "input paid_on has no meaning beside unpaid_months:",
        ),
        ("ARREARS", {"unpaid_months": 1, "holidays": []}, "input holidays has no meaning beside unpaid_months:"),
        ("BPU", {"months_late": 1, "income": 1}, "input income has no meaning beside contribution_owed, months_late:"),
        ("BPU", {"months_late": 1}, "contribution_owed: missing"),
        ("BPU", {"contribution_owed": 1}, "months_late: missing"),
        (
            "BPU",
            {"contribution_owed": -1, "months_late": 1},
            f"contribution_owed: -1 is impossible; possible is a whole number without separators, {A_DEBT}",
        ),
        (
            "BPU",
            {"contribution_owed": 1, "months_late": 1201},
            "months_late: 1201 is impossible; possible is a whole number without separators, from 0 to 1200",
        ),
        ("BPU", {"income": -1}, f"income: -1 is impossible; possible is a whole number without separators, {A_WAGE}"),
        (
            "BPU",
            {"income": 1, "registered_on": "2026-01-01"},
            "input registered_on has no meaning beside no age and no birth_date:",
        ),
        (
            "BPU",
            {"income": 1, "age": 121},
            "age: 121 is impossible; possible is a whole number without separators, from 0 to 120",
        ),
        ("DUE-DATE", {"due_of": "BPU", "paid_on": "2026-05-01"}, "input paid_on has no meaning beside due_of: BPU:"),
        (
            "DUE-DATE",
            {"due_of": "JAKON", "paid_on": "2026-05-01"},
            "input paid_on has no meaning beside due_of: JAKON:",
        ),
        ("DUE-DATE", {"due_of": "JAKON", "holidays": []}, "input holidays has no meaning beside due_of: JAKON:"),
        ("DUE-DATE", {"work_order_on": "2026-05-01"}, "input work_order_on has no meaning beside due_of: PU:"),
        ("JAKON", {"contract_net_of_vat": -1}, f"contract_net_of_vat: -1 is impossible; {A_NUMBER}, {A_CONTRACT}"),
        (
            "JAKON",
            {"contract_net_of_vat": 1, "contract": "PKWT"},
            "input contract has no meaning beside contract_net_of_vat:",
        ),
        ("JAKON", {"monthly_wage": 1, "stages": "50/25/25"}, "input stages has no meaning beside monthly_wage:"),
        (
            "JAKON",
            {"monthly_wage": 1, "contract": "PKWTT"},
            "contract: 'PKWTT' is impossible; possible is PKWT, borongan",
        ),
        (
            "JAKON",
            {"contract_net_of_vat": 1, "vat_rate": 0},
            "input vat_rate has no meaning beside contract_net_of_vat:",
        ),
        (
            "JAKON",
            {"contract_including_vat": -1, "vat_rate": 0},
            f"contract_including_vat: -1 is impossible; {A_NUMBER}, {A_CONTRACT}",
        ),
        (
            "JAKON",
            {"contract_including_vat": 1, "contract_net_of_vat": 1},
            "input contract_net_of_vat has no meaning beside contract_including_vat:",
        ),
        (
            "JAKON",
            {"contract_net_of_vat": 1, "stages": "1/2"},
            "stages: '1/2' is impossible; possible is 50/25/25, 20/",
        ),
        ("JHT-DEVELOPMENT", {"months": 0}, f"months: 0 is impossible; {A_NUMBER}, from 1 to 12"),
        ("JHT-DEVELOPMENT", {"months": 13}, f"months: 13 is impossible; {A_NUMBER}, from 1 to 12"),
        (
            "JHT-DEVELOPMENT",
            {"opening_balance": -1},
            "opening_balance: -1 is impossible; possible is rupiah, 0 to 1000000000000, a point for sen",
        ),
        ("JHT-SIMULATION", {}, "monthly_contribution: missing; possible is the contribution of a month, or wage"),
        (
            "JHT-SIMULATION",
            {"monthly_contribution": -1},
            f"monthly_contribution: -1 is impossible; {A_NUMBER}, {A_WAGE}",
        ),
        ("JHT-SIMULATION", {"monthly_contribution": 1}, "years: missing; possible is years, months or both"),
        (
            "JHT-SIMULATION",
            {"monthly_contribution": 1, "years": 101},
            f"years: 101 is impossible; {A_NUMBER}, from 0 to 100",
        ),
        (
            "JHT-SIMULATION",
            {"monthly_contribution": 1, "months": 1201},
            f"months: 1201 is impossible; {A_NUMBER}, from 0",
        ),
        (
            "JHT-SIMULATION",
            {"monthly_contribution": 1, "years": 2, "months": 12},
            "months: 12 is impossible; possible is 0",
        ),
        ("JHT-SIMULATION", {"monthly_contribution": 1, "months": 1}, "annual_rate: missing; possible is a yearly rate"),
        (
            "JHT-SIMULATION",
            {"monthly_contribution": 1, "months": 1, "annual_rate": 0, "opening_balance": 10**15 + 1},
            "opening_balance: 1000000000000001 is impossible; possible is rupiah, 0 to 1000000000000000,",
        ),
        (
            "JHT-SIMULATION",
            {"wage": 1_000_000, "monthly_contribution": 57_002},
            "monthly_contribution: 57002 is impossible",
        ),
        (
            "JHT-SIMULATION",
            {"monthly_contribution": 1, "further_contributions": 1},
            "input further_contributions has no meaning beside monthly_contribution:",
        ),
        ("PENALTY", {"months_late": 1, "paid_on": "2026-05-01"}, "input paid_on has no meaning beside months_late:"),
        (
            "PENALTY",
            {"months_late": 1, "contribution_owed": -1},
            f"contribution_owed: -1 is impossible; {A_NUMBER}, {A_DEBT}",
        ),
        (
            "PENALTY",
            {"contribution_owed": 1, "months_late": 1, "holidays": []},
            "input holidays has no meaning beside months_late:",
        ),
        (
            "PENALTY",
            {"contribution_owed": 1, "months_late": 1201},
            f"months_late: 1201 is impossible; {A_NUMBER}, from 0 to",
        ),
        (
            "PENALTY",
            {"contribution_owed": 1, "paid_on": "2226-05-01"},
            "paid_on: '2226-05-01' is impossible; possible is a hundred years later at most",
        ),
        ("PMI", {}, "contract_months: missing; possible is the length of the contract in months, like 24"),
        ("PMI", {"contract_months": 1}, "contract_months: 1 is impossible; possible is at least 6 months;"),
        ("PMI", {"contract_months": 24, "months": 1}, "input months has no meaning beside contract_months:"),
        ("PMI", {"jht": 1}, "jht: 1 is impossible; possible is Rp50,000, Rp100,000,"),
        ("PMI", {"jht": 50_000, "months": 0}, f"months: 0 is impossible; {A_NUMBER}, from 1 to 120"),
        ("PU", {"wage": 1, "paid_on": "2026-05-01"}, "input paid_on has no meaning beside wage:"),
        ("PU", {"months_late": 1, "wage": 1}, "input wage has no meaning beside contribution_owed, months_late:"),
        (
            "PU",
            {"wage": 1, "programmes": ["JP"], "months": 2},
            "months: 2 is impossible; possible is only with programme JHT",
        ),
        (
            "PU",
            {"wage": 1, "enterprise_size": "huge"},
            "enterprise_size: 'huge' is impossible; possible is micro, small,",
        ),
        ("PU", {"wage": 1}, "jkk_class: missing; possible is the employer's risk class I, II, III, IV or V"),
        ("PU", {"wage": 1, "jkk_class": "VI"}, "jkk_class: 'VI' is impossible; possible is I, II, III, IV, V"),
        ("PU", {"wage": 1, "jkp_member": True, "citizen": False}, "jkp_member: True is impossible; possible is false:"),
        (
            "PU",
            {"wage": 1, "citizen": False, "months_worked_in_indonesia": 1201},
            f"months_worked_in_indonesia: 1201 is impossible; {A_NUMBER}, from 0 to 1200",
        ),
        (
            "PU",
            {"wage": 1, "months_worked_in_indonesia": 1},
            "input months_worked_in_indonesia has no meaning beside citizen: true:",
        ),
        (
            "PU",
            {"wage": 1, "programmes": ["JKP"]},
            "jkp_member: missing; possible is true exactly when programmes name JKP",
        ),
        (
            "PU",
            {"wage": 1, "contract": "PKWT", "employer": "construction services"},
            "contract: 'PKWT' is impossible; possible is PKWTT; project workers of construction are",
        ),
        ("PU-PROGRAMMES", {}, "enterprise_size: missing; possible is one of enterprise_size, capital, yearly_sales"),
        ("PU-PROGRAMMES", {"capital": 1, "yearly_sales": 1}, "enterprise_size: 'capital, yearly_sales' is impossible"),
        ("PU-PROGRAMMES", {"capital": -1}, f"capital: -1 is impossible; {A_NUMBER}, {A_DEBT}"),
        (
            "PU-PROGRAMMES",
            {"enterprise_size": "micro", "age": 121},
            f"age: 121 is impossible; {A_NUMBER}, from 0 to 120",
        ),
        (
            "PU-PROGRAMMES",
            {"enterprise_size": "micro", "age": 120},
            "age: 120 is impossible; possible is under 54 years",
        ),
        ("BPU", {"income": 1, "age": 120}, "age: 120 is impossible; possible is under 65 years"),
        ("SANCTION", {}, "contribution_owed: missing; possible is an amount in rupiah, or first_warning_on"),
        ("SANCTION", {"contribution_owed": -1}, f"contribution_owed: -1 is impossible; {A_NUMBER}, {A_DEBT}"),
        (
            "SANCTION",
            {"contribution_owed": 1, "holidays": []},
            "input holidays has no meaning beside contribution_owed:",
        ),
        ("PU-JKP-SPLIT", {}, "jkp_member: missing; possible is true or false"),
        ("PU-JP-CEILING", {"previous_ceiling": 1}, "gdp_growth: missing; possible is a decimal like 0.0511"),
        ("JP-PENSION-AGE", {}, "birth_date: missing; possible is a date like 1990-12-31"),
        ("PU-JP-CEILING", {"previous_ceiling": 1, "gdp_growth": Decimal("-1.5")}, "gdp_growth: -1.5 is impossible;"),
        ("PU-JP-CEILING", {"previous_ceiling": 1, "gdp_growth": Decimal("1.5")}, "gdp_growth: 1.5 is impossible;"),
        ("JAKON", {}, "contract_net_of_vat: missing; possible is the contract value net of VAT"),
    ],
)
def test_facts_that_cannot_be_or_do_not_belong_together_are_named(
    topic: str, inputs: dict[str, Any], said: str
) -> None:
    with pytest.raises(LawError) as refusal:
        answer(topic, "2026-03", inputs)
    assert str(refusal.value).startswith(said)
