"""The values of the law's parameters in words and numbers of the reader's language."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lindung.channels.shared.components import Column, Step, StepLine, Table
from lindung.channels.shared.formats import count, language, long_date, percent, rupiah
from lindung.law.parameters import Parameter, Value

_MOST_IN_A_LINE: Final = 5
_MOST_LINES: Final = 6
_SHORT_UNIT: Final = 2
WORDS: Final = {
    "micro": gettext_lazy("mikro"),
    "small": gettext_lazy("kecil"),
    "medium": gettext_lazy("menengah"),
    "food_drink_tobacco": gettext_lazy("makanan, minuman, dan tembakau"),
    "textiles_clothing": gettext_lazy("tekstil dan pakaian jadi"),
    "leather": gettext_lazy("kulit dan barang kulit"),
    "footwear": gettext_lazy("alas kaki"),
    "toys": gettext_lazy("mainan anak"),
    "furniture": gettext_lazy("furnitur"),
}
"""Words that stand in values; codes such as JKK, II or 50/25/25 stand for themselves."""


def kind_of(whole: Parameter) -> Literal["amount", "percent", "count"]:
    """How the numbers of a parameter are written."""
    for value in whole.values:
        numbers = value.value.values() if isinstance(value.value, Mapping) else [value.value]
        if any(isinstance(number, Fraction) for number in numbers):
            return "percent"
    return "amount" if "rupiah" in whole.unit.en.rpartition(":")[2] else "count"


def written(number: int | Fraction, whole: Parameter) -> str:
    """One number with its sign of money or percent."""
    if isinstance(number, Fraction):
        return percent(number)
    return rupiah(number) if kind_of(whole) == "amount" else count(number)


def in_words(value: Value, whole: Parameter) -> str:
    """A value in one line; a long table or list only says how many it holds."""
    known = value.value
    if known is None:
        return _("tidak diketahui")
    if isinstance(known, int | Fraction):
        number = written(known, whole)
        if whole.name.startswith("relief/") and known == 1:
            return _("%(part)s, tanpa keringanan") % {"part": number}
        unit = whole.unit.say(language())
        # A short unit belongs to the number (36 bulan); a long one stands above the page.
        return f"{number} {unit}" if kind_of(whole) == "count" and len(unit.split()) <= _SHORT_UNIT else number
    if isinstance(known, tuple):
        several = len(known) > 2 * _MOST_IN_A_LINE
        shown = (written(one, whole) if isinstance(one, int) else str(WORDS.get(one, one)) for one in known)
        return _how_many(len(known)) if several else "; ".join(shown)
    if isinstance(known, Mapping):
        if len(known) > _MOST_IN_A_LINE:
            return _how_many(len(known))
        return "; ".join(f"{key_words(key)}: {written(number, whole)}" for key, number in known.items())
    return long_date(known)


def key_words(key: str | int) -> str:
    """What a row of a table is called."""
    return count(key) if isinstance(key, int) else str(WORDS.get(key, key))


def rows_of(value: Value, whole: Parameter, unit: str) -> Table | None:
    """A value that is a table, row by row; ``unit`` is ``what the key is: what the number is``."""
    if not isinstance(value.value, Mapping):
        return None
    key_unit, _colon, number_unit = unit.rpartition(":")
    keys = Column(key_unit.strip(), "figure") if key_unit else Column(_("Golongan"))
    columns = [keys, Column(number_unit.strip(), "figure")]
    rows = [[key_words(key), written(number, whole)] for key, number in value.value.items()]
    return Table(_("Sejak %(day)s") % {"day": long_date(value.from_on)}, columns, rows)


def lines_of(whole: Parameter) -> list[StepLine]:
    """What a chart can draw: one line, or one for each row of a small table; nothing for lists, words and days."""
    series: dict[str, list[Step]] = {}
    labels = dict.fromkeys(
        str(key) for value in whole.values if isinstance(value.value, Mapping) for key in value.value
    )
    for value in whole.values:
        sure = value.confidence == "high"
        if isinstance(value.value, Mapping):
            rows = {str(key): number for key, number in value.value.items()}
            for label in labels:
                # A row that is not there is no doubt: before the packages of 2023 there was one price.
                series.setdefault(label, []).append(Step(value.from_on, rows.get(label), sure or label not in rows))
        elif value.value is None or isinstance(value.value, int | Fraction):
            for label in labels or ("",):
                series.setdefault(label, []).append(Step(value.from_on, value.value, sure))
    if len(series) > _MOST_LINES:
        return []
    return [StepLine(steps, key_words(label)) for label, steps in series.items()]


def _how_many(rows: int) -> str:
    return ngettext("%(count)s baris", "%(count)s baris", rows) % {"count": count(rows)}
