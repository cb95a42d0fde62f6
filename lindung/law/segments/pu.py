"""PU, wage earners: the amounts of one worker in one month, or the fine on a late contribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from lindung.law import enterprise, readings, relief_facts, wage_base
from lindung.law.answers import Answer, Plain
from lindung.law.bases import Exact
from lindung.law.contributions import explain
from lindung.law.deferral import deferred_lines
from lindung.law.errors import ImpossibleFact
from lindung.law.facts import Facts
from lindung.law.lines import NO_JP, Exemption, Line
from lindung.law.month import Month
from lindung.law.parameters import Value, load
from lindung.law.programmes import Programme, jp
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.law.readings import Reading
from lindung.law.reliefs import Relief, part_paid
from lindung.law.segments import penalty
from lindung.law.wording import Language, Words, article_text

TITLE: Final = Words(id="Penerima upah: iuran sebulan", en="Wage earners: the contributions of a month")
WAGE_INPUTS: Final = frozenset(
    {
        "jkk_class",
        "programmes",
        "jkp_member",
        "birth_date",
        "months",
        "citizen",
        "months_worked_in_indonesia",
        "jp_registered",
        "jp_deferral_elected",
        "jp_deferral",
        "enterprise_size",
        "contract",
        "employer",
    }
    | wage_base.INPUTS
    | relief_facts.INPUTS
) - {"relief"}
INPUTS: Final = WAGE_INPUTS | penalty.INPUTS
PARAMETERS: Final = (
    *("jht/employer_rate", "jht/worker_rate", "jkk/rate", "jkm/rate"),
    *("jp/employer_rate", "jp/worker_rate", "jp/wage_ceiling", "jp/pension_age", "jp/deferral_months"),
    *("relief/pandemic", "relief/pandemic_paid_until", "relief/labour_intensive", "relief/labour_intensive_members"),
    *("relief/labour_intensive_industries", "relief/labour_intensive_paid_until"),
    *("relief/pension_deferral", "relief/pension_deferral_from", "relief/pension_deferral_until"),
    *("enterprise/mandatory_micro", "enterprise/mandatory_small"),
    *("enterprise/mandatory_medium", "enterprise/mandatory_large", "membership/foreigner_months"),
    *("wage/days_per_month", "wage/piece_rate_months", "wage/weather_piece_rate_months"),
    *penalty.PARAMETERS,
)
READINGS: Final = (
    readings.ROUNDING,
    readings.PART_MONTH,
    readings.PAID_BY_CALENDAR_DAYS,
    readings.RAISE_IN_THE_MONTH,
    readings.DAILY_JP,
    readings.HOURLY,
    readings.FEWER_MONTHS_ON_RECORD,
    readings.NOT_FIXED,
    readings.MINIMUM_WAGE,
    readings.FOREIGNER_WITHOUT_JP,
    readings.FOREIGNER_SIX_MONTHS_TAKEN,
    readings.LAST_JP_MONTH,
    readings.PENSION_AGE_STAYS_REACHED,
)
ALWAYS: Final = frozenset({Programme.JHT, Programme.JP, Programme.JKK, Programme.JKM})
"""What is computed when a case names no programmes and no size of enterprise; JKP joins for its members."""

_MOST_MONTHS: Final = 1200


@dataclass(frozen=True, slots=True)
class Worker:
    """The facts about one wage earner in one month.

    ``wage_rupiah`` is the base of JHT, JKK and JKM; ``jp_wage`` that of JP where it is another. ``exempt``:
    programmes not owed, with the reason. ``relief``: what the employer has. ``jp_deferred``: PP 49/2020.
    ``readings``, ``values`` and ``sentences`` are what the answer says beside its lines.
    """

    month: Month
    wage_rupiah: Exact
    jkk_class: str | None
    programmes: frozenset[Programme]
    jp_liable: bool = True
    jkp_member: bool = False
    birth_on: date | None = None
    jp_wage: Exact | None = None
    relief: Relief | None = None
    jp_deferred: bool = False
    exempt: Mapping[Programme, Exemption] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    values: tuple[Value, ...] = ()
    sentences: tuple[Words, ...] = ()

    def lines(self, language: Language = "en") -> list[Line]:
        """``explain`` for this worker."""
        lines = explain(
            month=self.month,
            wage=self.wage_rupiah,
            jkk_class=self.jkk_class,
            programmes=self.programmes,
            jp_liable=self.jp_liable,
            jkp_member=self.jkp_member,
            language=language,
            jp_wage=self.jp_wage,
            relief=self.relief,
            exempt=self.exempt,
        )
        if not self.jp_deferred:
            return lines
        return deferred_lines(lines, self.month, self.wage_rupiah if self.jp_wage is None else self.jp_wage, language)


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``jht_employer``, ``jht_worker``, ``jp_employer``, ``jp_worker``, ``jkk``, ``jkm``; ``total_jht``, ``total_jp``,
    ``total_employer``, ``total_worker``, ``total``. For JKP members the split: ``jkp_base``, ``jkp_government``,
    ``jkp_from_jkk``, ``jkp_from_jkm``, ``jkp_total``, and each bill with what it keeps. With ``jp_deferral``
    ``jp_due_now_employer``, ``jp_due_now_worker``, ``jp_deferred``; with ``months`` JHT over that many. With
    ``contribution_owed`` the answer is that of PENALTY.
    """
    if facts.given("contribution_owed", "months_late"):
        facts.refuse(WAGE_INPUTS | wage_base.steps_given(facts), beside="contribution_owed, months_late")
        return penalty.answer(month, facts, language)
    facts.refuse(penalty.INPUTS - {"relief"}, beside="wage")
    worker = read_worker(month, facts)
    lines = worker.lines(language)
    result: dict[str, Plain] = dict(amounts(lines))
    if "months" in facts:
        months = facts.whole("months", least=1, most=_MOST_MONTHS)
        jht = result.get("total_jht")
        if not isinstance(jht, int):
            raise ImpossibleFact("months", months, Words(id="hanya bersama program JHT", en="only with programme JHT"))
        result[f"total_jht_{months}_months_without_development"] = jht * months
    return Answer(
        "PU",
        month,
        language,
        result,
        lines=tuple(lines),
        sentences=tuple(words.say(language) for words in worker.sentences),
        readings=worker.readings,
        values=worker.values,
        facts={
            "wage_rupiah": worker.wage_rupiah,
            "jp_wage_rupiah": worker.jp_wage,
            "jkk_class": worker.jkk_class,
            "programmes": sorted(worker.programmes),
            "jp_liable": worker.jp_liable,
            "jkp_member": worker.jkp_member,
            "relief": worker.relief,
        },
    )


def read_worker(month: Month, facts: Facts) -> Worker:
    """The worker that the inputs describe; raises ImpossibleFact where they contradict each other."""
    base = wage_base.earned(month, facts)
    _check_contract(facts)
    size = facts.text("enterprise_size", enterprise.SIZES)
    member = facts.flag("jkp_member")
    programmes = _programmes(month, facts, size, member)
    birth_on = facts.day("birth_date")
    exempt, said = _foreigner(month, facts, member)
    values = [*base.values, *([enterprise.mandatory(size, month)] if size else [])]
    liable, deferral = _by_age(month, facts, birth_on)
    if birth_on is not None:
        said += jp.age_readings(birth_on, month)
        if not liable:
            exempt.setdefault(Programme.JP, _pension_age_reached(birth_on))
    relief, not_given = relief_facts.wage_earner_relief(month, facts)
    put_off = facts.flag("jp_deferral") is True and Programme.JP in programmes and Programme.JP not in exempt
    deferrable = part_paid("relief/pension_deferral", month) is not None
    beside = _said_beside(month, facts, size, programmes, late=put_off and not deferrable)
    return Worker(
        month=month,
        wage_rupiah=base.wage,
        jkk_class=facts.text("jkk_class", RISK_CLASSES),
        programmes=programmes,
        jp_liable=Programme.JP not in exempt,
        jkp_member=bool(member),
        birth_on=birth_on,
        jp_wage=base.jp_wage,
        relief=relief,
        jp_deferred=put_off and deferrable,
        exempt=exempt,
        readings=(*base.readings, *said),
        values=(*values, *deferral),
        sentences=(*base.sentences, *not_given, *beside),
    )


def amounts(lines: Sequence[Line]) -> dict[str, int]:
    """Key -> whole rupiah of every line, and the totals and the JKP split that follow from them."""
    result = {line.key: line.amount_rupiah for line in lines}
    for programme in ("jht", "jp"):
        if f"{programme}_worker" in result:
            result[f"total_{programme}"] = result[f"{programme}_employer"] + result[f"{programme}_worker"]
    for payer in ("employer", "worker"):
        result[f"total_{payer}"] = sum(line.amount_rupiah for line in lines if line.billed and line.payer == payer)
    result["total"] = result["total_employer"] + result["total_worker"]
    split = [line for line in lines if line.programme is Programme.JKP]
    if split:
        result["jkp_base"] = int(split[0].base_rupiah)
        result["jkp_total"] = sum(line.amount_rupiah for line in split)
        for programme in ("jkk", "jkm"):
            if programme in result:
                result[f"{programme}_bill"] = result[programme]
                result[f"{programme}_kept"] = result[programme] - result[f"jkp_from_{programme}"]
    return result


def _check_contract(facts: Facts) -> None:
    """A builder's project workers pay by the project, not as PU (PP 44/2015 Pasal 54)."""
    contract = enterprise.contract_of(facts)
    employer = facts.text("employer", enterprise.EMPLOYERS)
    if employer == enterprise.CONSTRUCTION and contract in enterprise.PROJECT_CONTRACTS:
        possible = Words(
            id="PKWTT; pekerja proyek jasa konstruksi dihitung di segmen JAKON",
            en="PKWTT; project workers of construction are computed in segment JAKON",
        )
        raise ImpossibleFact("contract", contract, possible)


def _programmes(month: Month, facts: Facts, size: str | None, member: bool | None) -> frozenset[Programme]:
    """What is computed: the programmes named, or those that the size must take, or all four."""
    named = facts.programmes()
    if named is not None and (Programme.JKP in named) != (member is True):
        raise ImpossibleFact(
            "jkp_member",
            member,
            Words(
                id="true bila dan hanya bila JKP ada di programmes",
                en="true exactly when programmes name JKP",
            ),
        )
    if named is not None:
        return named
    owed = ALWAYS if size is None else enterprise.mandatory_programmes(size, month)
    return owed | {Programme.JKP} if member else owed


def _said_beside(
    month: Month, facts: Facts, size: str | None, programmes: frozenset[Programme], *, late: bool
) -> list[Words]:
    """What facts that change no amount still have to be answered with."""
    said = []
    if late:
        said.append(
            Words(
                id=f"Penundaan JP menurut PP 49/2020 tidak berlaku pada {month.words.id}",
                en=f"The deferral of JP under PP 49/2020 does not reach {month.words.en}",
            )
        )
    if facts.flag("jp_registered") is False and facts.flag("citizen") is not False:
        said.append(
            Words(
                id="Belum didaftarkan tidak menghapus kewajiban iuran (UU 24/2011 Pasal 15 dan Pasal 19)",
                en="Missing registration does not waive the contribution (UU 24/2011 art 15 and art 19)",
            )
        )
    if size is not None:
        must = enterprise.mandatory_programmes(size, month)
        if missing := ", ".join(programme for programme in Programme if programme in must - programmes):
            article = enterprise.mandatory(size, month).article
            said.append(
                Words(
                    id=f"Usaha sebesar ini juga wajib mengikuti {missing} ({article})",
                    en=f"An enterprise of this size must also take {missing} ({article_text(article, 'en')})",
                )
            )
    return said


def _foreigner(month: Month, facts: Facts, member: bool | None) -> tuple[dict[Programme, Exemption], list[Reading]]:
    """What a foreigner does not owe: everything in the first months of work, JP unless registered."""
    registered = facts.flag("jp_registered")
    if facts.flag("citizen") is not False:
        facts.refuse(frozenset({"months_worked_in_indonesia"}), beside="citizen: true")
        return {}, []
    if member:
        possible = Words(id="false: JKP hanya untuk warga negara (PP 6/2025 Pasal 4)", en="false: JKP is for citizens")
        raise ImpossibleFact("jkp_member", member, possible)
    said = []
    least = load("membership/foreigner_months", month)
    if "months_worked_in_indonesia" not in facts:
        said.append(readings.FOREIGNER_SIX_MONTHS_TAKEN)
    elif facts.whole("months_worked_in_indonesia", most=_MOST_MONTHS) < least.whole:
        short = Exemption(
            Words(
                id=f"Belum wajib: pekerja asing menjadi peserta setelah bekerja {least.whole} bulan di Indonesia",
                en=f"Not owed yet: a foreign worker becomes a member after {least.whole} months of work in Indonesia",
            ),
            least.article,
        )
        return dict.fromkeys(Programme, short), said
    if registered:
        return {}, said
    without = readings.FOREIGNER_WITHOUT_JP
    why = Words(id="Tidak ada iuran JP: pekerja asing", en="No JP contribution: a foreign worker")
    return {Programme.JP: Exemption(why, without.article, without.confidence, (without.doubt,))}, said


def _by_age(month: Month, facts: Facts, birth_on: date | None) -> tuple[bool, tuple[Value, ...]]:
    """Whether JP is owed by age, and the parameter on which it rests where the pension is put off."""
    if birth_on is None or jp.is_liable(birth_on, month):
        return True, ()
    if not facts.flag("jp_deferral_elected"):
        return False, ()
    return month <= jp.last_deferred_month(birth_on), (load("jp/deferral_months", month),)


def _pension_age_reached(birth_on: date) -> Exemption:
    last = jp.last_month(birth_on)
    return Exemption(
        Words(
            id=f"Tidak ada iuran JP: usia pensiun telah tercapai pada {last.words.id}",
            en=f"No JP contribution: the pension age was reached in {last.words.en}",
        ),
        NO_JP.article,
    )
