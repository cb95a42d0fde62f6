"""Every input that a case can have: its name, its kind, what it means, and how it is read from text.

Cases in YAML bring values of the right kind. A command line, a form or a shared address brings text:
``read_text`` turns it into the same values, or refuses it by name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Final

from lindung.law.errors import ImpossibleFact
from lindung.law.wording import Words


class Kind(Enum):
    """How an input is written as text."""

    RUPIAH = auto()
    """Whole rupiah, digits only."""
    MONEY = auto()
    """Rupiah, with sen after a point where there are some."""
    WHOLE = auto()
    """A whole number: months, days, members."""
    RATE = auto()
    """A decimal share: 0.057 for 5.7%."""
    FLAG = auto()
    """true or false."""
    WORD = auto()
    """One of the words that the segment knows."""
    DAY = auto()
    """A date: 1990-12-31."""
    WORDS = auto()
    """Several words with commas."""
    AMOUNTS = auto()
    """Several whole amounts with commas."""
    DEBTS = auto()
    """Months with what is owed: 2025-06=1000000+60000,2025-07=1000000."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input. ``aliases`` are other names under which cases may give the same fact."""

    name: str
    kind: Kind
    title: Words
    aliases: tuple[str, ...] = ()


def _input(name: str, kind: Kind, indonesian: str, english: str, *aliases: str) -> Input:
    return Input(name, kind, Words(indonesian, english), aliases)


_ALL: Final = (
    # the wage
    _input("wage", Kind.RUPIAH, "upah (sebulan; sehari bila harian)", "wage (a month's; a day's when paid daily)"),
    _input("basic_wage", Kind.RUPIAH, "upah pokok sebulan", "basic wage of a month"),
    _input("fixed_allowances", Kind.RUPIAH, "tunjangan tetap sebulan", "fixed allowances of a month"),
    _input("pay_basis", Kind.WORD, "cara pengupahan", "pay basis"),
    _input("daily_wage", Kind.RUPIAH, "upah sehari", "wage of a day"),
    _input("days_worked", Kind.WHOLE, "hari kerja yang dibayar bulan itu", "days worked and paid in the month"),
    _input("months_on_record", Kind.WHOLE, "bulan upah borongan yang tercatat", "months of piece-rate pay on record"),
    _input(
        "wages_of_months",
        Kind.AMOUNTS,
        "upah borongan tiap bulan, yang terakhir di belakang",
        "piece-rate pay of each month, the last one last",
        "wages_last_3_months",
        "wages_last_12_months",
        "wages_last_three_months",
        "wages_last_twelve_months",
        "last_3_months",
        "last_12_months",
    ),
    _input("wage_paid_in_month", Kind.MONEY, "upah yang dibayar bulan itu", "wage paid in the month"),
    _input("joined", Kind.DAY, "hari pertama bekerja", "first day of work"),
    _input("left", Kind.DAY, "hari terakhir bekerja", "last day of work"),
    _input("unpaid_days", Kind.WHOLE, "hari tanpa upah", "unpaid days"),
    _input("wage_before_raise", Kind.RUPIAH, "upah sebelum kenaikan", "wage before the raise"),
    _input("raised_on", Kind.DAY, "hari pertama dengan upah baru", "first day of the new wage"),
    _input("part_month", Kind.WORD, "dasar bulan yang tidak penuh", "base of a month that is not whole"),
    _input("thr_paid", Kind.RUPIAH, "THR yang dibayar", "religious-holiday pay", "thr"),
    _input("bonus_paid", Kind.RUPIAH, "bonus yang dibayar", "bonus paid", "bonus"),
    _input("overtime_paid", Kind.RUPIAH, "upah lembur yang dibayar", "overtime paid", "overtime"),
    _input(
        "allowances_not_fixed",
        Kind.RUPIAH,
        "tunjangan tidak tetap yang dibayar",
        "allowances that are not fixed",
        "non_fixed_allowances",
        "variable_allowances",
    ),
    _input("minimum_wage", Kind.RUPIAH, "upah minimum setempat", "minimum wage of the place"),
    # the worker and the employer
    _input("jkk_class", Kind.WORD, "kelas risiko JKK pemberi kerja", "JKK risk class of the employer"),
    _input("programmes", Kind.WORDS, "program", "programmes"),
    _input("months", Kind.WHOLE, "banyaknya bulan", "number of months"),
    _input("birth_date", Kind.DAY, "tanggal lahir", "date of birth"),
    _input("registered_on", Kind.DAY, "tanggal pendaftaran", "day of registration"),
    _input("age", Kind.WHOLE, "usia saat mendaftar", "age at registration", "age_at_registration"),
    _input("citizen", Kind.FLAG, "warga negara Indonesia", "Indonesian citizen"),
    _input("months_worked_in_indonesia", Kind.WHOLE, "bulan bekerja di Indonesia", "months of work in Indonesia"),
    _input("jp_registered", Kind.FLAG, "terdaftar JP", "registered in JP"),
    _input("jp_deferral_elected", Kind.FLAG, "menunda pensiun karena tetap bekerja", "pension put off, working on"),
    _input("jkp_member", Kind.FLAG, "peserta JKP", "member of JKP"),
    _input("jkn", Kind.FLAG, "peserta JKN", "member of JKN"),
    _input("contract", Kind.WORD, "jenis perjanjian kerja", "kind of contract"),
    _input("employer", Kind.WORD, "usaha pemberi kerja", "business of the employer"),
    _input("enterprise_size", Kind.WORD, "ukuran usaha", "size of the enterprise", "size"),
    _input("capital", Kind.RUPIAH, "modal tanpa tanah dan bangunan", "capital without land and buildings"),
    _input("yearly_sales", Kind.RUPIAH, "penjualan setahun", "yearly sales"),
    # reliefs
    _input("relief", Kind.WORD, "keringanan menurut peraturan", "relief by regulation"),
    _input("labour_intensive_relief", Kind.FLAG, "keringanan padat karya", "labour-intensive relief"),
    _input("industry", Kind.WORD, "industri", "industry"),
    _input("active_members", Kind.WHOLE, "peserta aktif", "active members"),
    _input("jkk_paid_until", Kind.WORD, "JKK lunas sampai dengan bulan", "last month of JKK that is paid"),
    _input("paid_until", Kind.WORD, "iuran lunas sampai dengan bulan", "last month of contributions that is paid"),
    _input("jp_deferral", Kind.FLAG, "penundaan iuran JP", "deferral of the JP contribution"),
    # own-account workers, construction, migrants
    _input("income", Kind.RUPIAH, "penghasilan sebulan", "income of a month"),
    _input("sector", Kind.WORD, "bidang usaha", "sector"),
    _input(
        "budget_paid",
        Kind.FLAG,
        "dibayar APBN atau APBD",
        "paid from a state or regional budget",
        "paid_from_budget",
        "paid_from_state_budget",
    ),
    _input("contract_net_of_vat", Kind.RUPIAH, "nilai kontrak tanpa PPN", "contract value net of VAT"),
    _input("contract_including_vat", Kind.RUPIAH, "nilai kontrak dengan PPN", "contract value including VAT"),
    _input("vat_rate", Kind.RATE, "tarif PPN", "VAT rate"),
    _input("monthly_wage", Kind.RUPIAH, "upah sebulan", "monthly wage"),
    _input("wage_known", Kind.FLAG, "upah diketahui", "wages are known"),
    _input("employer_jkk_class", Kind.WORD, "kelas risiko kontraktor", "risk class of the builder"),
    _input("stages", Kind.WORD, "pola tahap", "pattern of stages"),
    _input("contract_months", Kind.WHOLE, "lama kontrak, bulan", "length of the contract, months"),
    _input("extra_months", Kind.WHOLE, "bulan perpanjangan", "months of extension"),
    _input("route", Kind.WORD, "cara penempatan", "route of placement"),
    _input("jht", Kind.RUPIAH, "iuran JHT pilihan sebulan", "JHT chosen, a month", "jht_choice", "jht_monthly"),
    # late payment, sanctions
    _input("contribution_owed", Kind.RUPIAH, "iuran yang belum dibayar", "contribution owed", "owed"),
    _input("months_late", Kind.WHOLE, "bulan terlambat", "months late"),
    _input("days_late", Kind.WHOLE, "hari terlambat", "days late"),
    _input("paid_on", Kind.DAY, "tanggal pembayaran", "day of payment"),
    _input("due_of", Kind.WORD, "segmen yang membayar", "segment that pays"),
    _input("work_order_on", Kind.DAY, "tanggal surat perintah kerja", "day of the work order"),
    _input("holidays", Kind.WORDS, "hari libur", "public holidays"),
    _input("payment", Kind.RUPIAH, "jumlah yang dibayar", "amount paid"),
    _input("debts", Kind.DEBTS, "tunggakan tiap bulan", "debts by month"),
    _input("arrears_of", Kind.WORD, "segmen yang menunggak", "segment in arrears"),
    _input("unpaid_months", Kind.WHOLE, "bulan yang belum dibayar", "unpaid months"),
    _input("bankrupt_or_closed", Kind.FLAG, "perusahaan pailit atau tutup", "the firm is bankrupt or closed"),
    _input("first_warning_on", Kind.DAY, "tanggal teguran pertama", "day of the first warning"),
    # JHT development
    _input("monthly_contribution", Kind.RUPIAH, "iuran JHT sebulan", "JHT contribution of a month"),
    _input("years", Kind.WHOLE, "lama, tahun", "length, years"),
    _input("annual_rate", Kind.RATE, "tarif hasil pengembangan setahun", "development rate a year", "rate"),
    _input("opening_balance", Kind.MONEY, "saldo awal", "opening balance"),
    _input("convention", Kind.WORD, "cara simulasi", "convention of the simulation"),
    _input("further_contributions", Kind.RUPIAH, "iuran selanjutnya sebulan", "further contributions a month"),
    _input("inflation", Kind.RATE, "inflasi setahun", "inflation a year"),
    _input("contributions", Kind.AMOUNTS, "iuran tiap bulan sejak Januari", "contributions of each month from January"),
    _input("previous_ceiling", Kind.RUPIAH, "batas upah sebelumnya", "previous wage ceiling"),
    _input("gdp_growth", Kind.RATE, "pertumbuhan PDB", "GDP growth"),
)
INPUTS: Final[Mapping[str, Input]] = {known.name: known for known in _ALL}
_CANONICAL: Final = {alias: known.name for known in _ALL for alias in known.aliases}
_DEBT: Final = re.compile(r"(\d{4}-\d{2})=(\d{1,20})(?:\+(\d{1,20}))?")
_WAGE_STEP: Final = re.compile(r"wage_(until|from)_(\d{1,2})(?:st|nd|rd|th)")
DECIMAL: Final = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_WHOLE: Final = re.compile(r"-?[0-9]{1,20}")


def canonical(inputs: Mapping[str, object]) -> dict[str, object]:
    """The same inputs under the names of this file. Raises ImpossibleFact for one fact under two names."""
    named: dict[str, object] = {}
    for given, value in inputs.items():
        name = _CANONICAL.get(given, given)
        if name in named:
            raise ImpossibleFact(
                str(given), value, Words(id=f"hanya satu di antara {given} dan {name}", en=f"one of {given} and {name}")
            )
        named[name] = value
    return named


def wage_steps(inputs: Mapping[str, object]) -> tuple[dict[int, str], dict[int, str]]:
    """Names like ``wage_until_14th`` and ``wage_from_15th``: day -> name, for the last old and first new day."""
    steps: dict[str, dict[int, str]] = {"until": {}, "from": {}}
    for name in inputs:
        if match := _WAGE_STEP.fullmatch(str(name)):
            steps[match[1]][int(match[2])] = name
    return steps["until"], steps["from"]


def read_text(name: str, text: str) -> object:
    """The value that a YAML file would give for this text; raises ImpossibleFact where it cannot be one.

    Amounts that are not plain digits stay text, which the segment then refuses with the bounds it knows.
    """
    kind = INPUTS[name].kind
    if kind in (Kind.RUPIAH, Kind.WHOLE):
        return int(text) if _WHOLE.fullmatch(text) else text
    if kind in (Kind.RATE, Kind.MONEY):
        return Decimal(text) if DECIMAL.fullmatch(text) else text
    if kind is Kind.FLAG:
        return {"true": True, "false": False}.get(text, text)
    if kind is Kind.DEBTS:
        return [_debt(name, part) for part in text.split(",")]
    if kind in (Kind.WORDS, Kind.AMOUNTS):
        parts = text.split(",")
        return [int(part) if kind is Kind.AMOUNTS and _WHOLE.fullmatch(part) else part for part in parts]
    return text


def _debt(name: str, text: str) -> dict[str, object]:
    match = _DEBT.fullmatch(text)
    if match is None:
        shape = "2025-06=1000000+60000"
        raise ImpossibleFact(
            name, text, Words(id=f"bulan=iuran+denda: {shape}", en=f"month=contribution+fine: {shape}")
        )
    return {"month": match[1], "contribution": int(match[2]), "penalty": int(match[3] or 0)}


def day_of(name: str, given: object) -> date:
    """A date, written or real. Raises ImpossibleFact for any other shape, weeks among them."""
    if type(given) is date:
        return given
    try:
        day = date.fromisoformat(str(given))
    except ValueError:
        day = None
    # fromisoformat reads other shapes too, such as weeks: only the plain one is taken.
    if day is None or str(day) != given:
        raise ImpossibleFact(name, given, Words(id="tanggal seperti 1990-12-31", en="a date like 1990-12-31"))
    return day
