"""What unpaid months do to a membership and to its claims, segment by segment.

Own-account cover lapses; an employer's worker stays a member, and the operator or the employer pays first.
Construction and migrant contributions are paid ahead: no rule on their arrears was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from lindung.law.money import whole_number
from lindung.law.parameters import Value, load
from lindung.law.programmes import Programme
from lindung.law.readings import JHT_OF_UNPAID_MONTHS, JP_MONTHS_COUNT_WHEN_PAID, Reading
from lindung.law.wording import Words

if TYPE_CHECKING:
    from lindung.law.month import Month

MOST_UNPAID_MONTHS: Final = 1200
FirstPayer = Literal["operator", "employer", "paid months only"]


@dataclass(frozen=True, slots=True)
class Standing:
    """An own-account worker with unpaid months: whether cover runs, and the months to pay to clear them.

    ``months_to_pay`` is 0 after the lapse: the cover starts anew and the old arrears are not collected.
    """

    active: bool
    months_in_arrears: int
    months_to_pay: int
    words: Words
    limit: Value


@dataclass(frozen=True, slots=True)
class ClaimInArrears:
    """Who pays a claim of a worker whose employer has unpaid months, and what the rule rests on.

    ``claim_back_months``: how long the employer may claim back what it paid, once arrears are cleared.
    """

    paid_first_by: FirstPayer
    claim_back_months: int | None
    words: Words
    values: tuple[Value, ...] = ()
    readings: tuple[Reading, ...] = ()


def own_account_standing(unpaid_months: int, month: Month) -> Standing:
    """The standing of an own-account worker after ``unpaid_months`` in a row, counted at ``month``.

    Raises ImpossibleFact for a number below 0, NotInForce before July 2015.
    """
    whole_number("unpaid_months", unpaid_months, most=MOST_UNPAID_MONTHS)
    limit = load("bpu/lapse_months", month)
    counted = min(unpaid_months, limit.whole)
    if unpaid_months >= limit.whole:
        words = Words(
            id=f"Tidak aktif setelah {limit.whole} bulan tidak membayar; dapat mulai lagi, tunggakan lama hapus",
            en=f"Lapsed after {limit.whole} unpaid months; it can be restarted and the old arrears are not collected",
        )
        return Standing(False, counted, 0, words, limit)
    words = Words(
        id=f"Masih aktif; {unpaid_months} bulan belum dibayar, tanpa denda",
        en=f"Still active; {unpaid_months} months are unpaid, without a fine",
    )
    return Standing(True, counted, counted, words, limit)


def claim_in_arrears(
    programme: Programme, unpaid_months: int, month: Month, *, bankrupt_or_closed: bool = False
) -> ClaimInArrears:
    """Who pays a claim in ``month`` when the employer owes ``unpaid_months``. PP 6/2025 Pasal 39 and 39A.

    Raises NotInForce for JKP before its rule was read (February 2025).
    """
    whole_number("unpaid_months", unpaid_months, most=MOST_UNPAID_MONTHS)
    if programme is Programme.JHT:
        return ClaimInArrears("paid months only", None, JHT_OF_UNPAID_MONTHS.doubt, readings=(JHT_OF_UNPAID_MONTHS,))
    if programme is Programme.JP:
        reading = JP_MONTHS_COUNT_WHEN_PAID
        return ClaimInArrears("paid months only", None, reading.doubt, readings=(reading,))
    if programme is Programme.JKP:
        limit = load("arrears/jkp_bankrupt_months" if bankrupt_or_closed else "arrears/jkp_claim_months", month)
        back = load("arrears/claim_back_months", month)
        return _by_limit(unpaid_months, limit, back)
    return _by_limit(unpaid_months, load("arrears/jkk_jkm_claim_months", month), None)


def _by_limit(unpaid_months: int, limit: Value, back: Value | None) -> ClaimInArrears:
    if unpaid_months <= limit.whole:
        words = Words(
            id=f"Tunggakan sampai {limit.whole} bulan: BPJS Ketenagakerjaan membayar, pemberi kerja tetap melunasi",
            en=f"Arrears up to {limit.whole} months: the operator pays, the employer must still clear them",
        )
        return ClaimInArrears("operator", None, words, (limit,))
    words = Words(
        id=f"Tunggakan lebih dari {limit.whole} bulan: pemberi kerja membayar dahulu dan dapat meminta penggantian "
        "setelah melunasi tunggakan dan denda",
        en=f"Arrears of more than {limit.whole} months: the employer pays first and may claim back after clearing "
        "arrears and fines",
    )
    values = (limit, back) if back else (limit,)
    return ClaimInArrears("employer", back.whole if back else None, words, values)
