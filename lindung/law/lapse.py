"""What unpaid months do to a membership and to its claims, segment by segment.

Own-account cover lapses; an employer's worker stays a member, and the operator or the employer pays first.
Construction and migrant contributions are paid ahead: no rule on their arrears was found, and their dates decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from lindung.law.money import whole_number
from lindung.law.month import Month
from lindung.law.parameters import Value, load
from lindung.law.programmes import Programme
from lindung.law.readings import (
    EMPLOYED_STAYS_ACTIVE,
    JHT_OF_UNPAID_MONTHS,
    JP_MONTHS_COUNT_WHEN_PAID,
    PACKAGE_COVERS_ITS_CONTRACT,
    PROJECT_COVERED_BY_ITS_DATES,
    Reading,
)
from lindung.law.wording import Words, day_words

if TYPE_CHECKING:
    from datetime import date

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


@dataclass(frozen=True, slots=True)
class Cover:
    """Whether cover runs on a day by the dates of what was paid, why, and the reading that says so."""

    active: bool
    words: Words
    reading: Reading


def unpaid_months(last_paid: Month, today: date) -> int:
    """Months in a row that are over and unpaid on ``today``: those after ``last_paid``, not the one that runs."""
    return max(Month.of(today).index - last_paid.index - 1, 0)


def cover_from(paid_on: date, first: Month) -> date:
    """The day on which own-account cover runs (again) when ``first`` is the first month paid for on ``paid_on``."""
    return max(paid_on, first.first_on)


def employed_standing(unpaid: int) -> Cover:
    """An employed worker whose employer owes ``unpaid`` months: a member all the same."""
    whole_number("unpaid_months", unpaid, most=MOST_UNPAID_MONTHS)
    if unpaid == 0:
        words = Words(id="Aktif: iuran dari pemberi kerja ada", en="Active: the employer's contributions are there")
    else:
        words = Words(
            id=f"Tetap aktif; {unpaid} bulan ditunggak pemberi kerja, bukan Anda",
            en=f"Active all the same; months owed by the employer, not by you: {unpaid}",
        )
    return Cover(True, words, EMPLOYED_STAYS_ACTIVE)


def package_standing(from_on: date, until_on: date, today: date, *, paid_before_work: bool) -> Cover:
    """A migrant worker's package for the contract from ``from_on`` up to but not including ``until_on``.

    ``paid_before_work``: the part before work was paid, so that cover runs before the contract begins.
    """
    if today >= until_on:
        day = day_words(until_on)
        words = Words(id=f"Masa paket habis pada {day.id}", en=f"The package ended on {day.en}")
    elif today >= from_on:
        day = day_words(until_on)
        words = Words(id=f"Dilindungi selama kontrak, sampai {day.id}", en=f"Covered over the contract, until {day.en}")
    elif paid_before_work:
        day = day_words(from_on)
        words = Words(
            id=f"Dilindungi sebelum bekerja; kontrak mulai {day.id}",
            en=f"Covered before work; the contract begins on {day.en}",
        )
    else:
        day = day_words(from_on)
        words = Words(id=f"Paket mulai {day.id}", en=f"The package begins on {day.en}")
    active = today < until_on and (today >= from_on or paid_before_work)
    return Cover(active, words, PACKAGE_COVERS_ITS_CONTRACT)


def project_standing(from_on: date, until_on: date, today: date, *, stages_unpaid: int) -> Cover:
    """A construction project from ``from_on`` up to but not including ``until_on``; ``stages_unpaid`` of those due."""
    whole_number("stages_unpaid", stages_unpaid, most=MOST_UNPAID_MONTHS)
    lack = None
    if stages_unpaid:
        lack = Words(
            id=f"{stages_unpaid} tahap yang jatuh tempo belum dibayar", en=f"Stages due and unpaid: {stages_unpaid}"
        )
    return _project_cover(from_on, until_on, today, lack)


def listed_project_standing(
    from_on: date, until_on: date, today: date, *, months_unlisted: int, months_unpaid: int
) -> Cover:
    """A project that pays by listed wages: of the months that are due, those without a list, and those not paid."""
    whole_number("months_unlisted", months_unlisted, most=MOST_UNPAID_MONTHS)
    whole_number("months_unpaid", months_unpaid, most=MOST_UNPAID_MONTHS)
    lack = None
    if months_unlisted:
        lack = Words(
            id=f"{months_unlisted} bulan yang jatuh tempo belum ada daftar upahnya",
            en=f"Months due without a list of wages: {months_unlisted}",
        )
    elif months_unpaid:
        lack = Words(
            id=f"{months_unpaid} bulan yang jatuh tempo belum dibayar", en=f"Months due and unpaid: {months_unpaid}"
        )
    return _project_cover(from_on, until_on, today, lack)


def _project_cover(from_on: date, until_on: date, today: date, lack: Words | None) -> Cover:
    """Over its dates, unless something is ``lack``ing."""
    if today >= until_on:
        day = day_words(until_on)
        words = Words(id=f"Masa proyek berakhir pada {day.id}", en=f"The project ended on {day.en}")
    elif today < from_on:
        day = day_words(from_on)
        words = Words(id=f"Proyek mulai {day.id}", en=f"The project begins on {day.en}")
    else:
        words = lack or Words(id="Pekerja proyek ini dilindungi", en="The workers of this project are covered")
    return Cover(from_on <= today < until_on and lack is None, words, PROJECT_COVERED_BY_ITS_DATES)


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
