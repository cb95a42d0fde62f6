"""Fields for sums, percentages and counts as people type them: `Rp4.500.000`, `4,5 juta`, `5,7%`, `24`."""

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from lindung.channels.shared.fields import named, plain

MOST_TYPED: Final = 60
_DIGITS: Final = re.compile(r"[0-9]{1,20}")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+|[0-9]{1,3}(,[0-9]{3}){2,}")
_NO_CENTS: Final = re.compile(r"([.,]00|,-)$")
_SCALED: Final = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,3}))?(rb|ribu|jt|juta|m|miliar|t|triliun)")
_PERCENT: Final = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,8}))?%?")
_SCALES: Final = {"r": 3, "j": 6, "m": 9, "t": 12}


class _TypedField(forms.CharField):
    """One line of text that means a number; what is typed stays as it was when it is wrong."""

    size = 8

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        own = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false", "size": str(self.size)}
        return {**super().widget_attrs(widget), **own}

    def to_python(self, value: Any) -> Any:
        typed = plain(str(value or ""))
        if not typed:
            return None
        if len(typed) > MOST_TYPED:
            raise ValidationError(
                gettext("%(label)s terlalu panjang. Tulis paling banyak %(most)s tanda.")
                % {"label": named(self), "most": MOST_TYPED},
                "too_long",
            )
        return self.read(typed)

    def read(self, typed: str) -> Any:
        raise NotImplementedError


class RupiahField(_TypedField):
    """Whole rupiah as an int; dots, `Rp`, `4,5 juta` and a tail of `,00` are taken. None when empty."""

    size = 18

    def read(self, typed: str) -> int:
        amount = read_rupiah(typed)
        if amount is None:
            raise ValidationError(
                gettext("%(label)s harus jumlah rupiah bulat, misalnya 4500000 atau 4.500.000.")
                % {"label": named(self)},
                "not_rupiah",
            )
        return amount


class RupiahListField(_TypedField):
    """Several sums with semicolons between them, as a list of ints. None when empty."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off", "spellcheck": "false"}

    def to_python(self, value: Any) -> Any:
        parts = [part for part in plain(str(value or "")).split(";") if part.strip()]
        amounts = [read_rupiah(part) if len(part) <= MOST_TYPED else None for part in parts]
        if None in amounts:
            raise ValidationError(
                gettext("%(label)s: bagian ke-%(place)s bukan jumlah rupiah. Tulis misalnya 4500000; 4700000.")
                % {"label": named(self), "place": amounts.index(None) + 1},
                "not_rupiah",
            )
        return [amount for amount in amounts if amount is not None] or None


class PercentField(_TypedField):
    """A percentage from 0 to 100 as an exact share: `5,7` or `5.7%` is ``Decimal("0.057")``. None when empty."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal"}

    def read(self, typed: str) -> Decimal:
        match = _PERCENT.fullmatch(re.sub(r"\s", "", typed))
        share = Decimal(f"{match[1]}.{match[2] or 0}").scaleb(-2) if match else None
        if share is None or share > 1:
            raise ValidationError(
                gettext("%(label)s harus angka dari 0 sampai 100, misalnya 5,7.") % {"label": named(self)},
                "not_a_percentage",
            )
        return share


class WholeField(_TypedField):
    """A whole number, dots between thousands allowed, as an int. None when empty."""

    def read(self, typed: str) -> int:
        if _DIGITS.fullmatch(typed) or _GROUPED.fullmatch(typed):
            return int(re.sub(r"[.,]", "", typed))
        raise ValidationError(
            gettext("%(label)s harus bilangan bulat, misalnya 12.") % {"label": named(self)}, "not_whole"
        )


def read_rupiah(typed: str) -> int | None:
    """Whole rupiah of what people type, or None where it is no such sum or could be read in two ways (`4,500`)."""
    text = re.sub(r"\s", "", plain(typed)).casefold()
    text = re.sub(r"^(rp\.?|idr)", "", text)
    if scaled := _SCALED.fullmatch(text):
        decimals = scaled[2] or ""
        return int(scaled[1] + decimals) * int(f"1{'0' * (_SCALES[scaled[3][0]] - len(decimals))}")
    if not _GROUPED.fullmatch(text):
        text = _NO_CENTS.sub("", text)
    if _DIGITS.fullmatch(text) or _GROUPED.fullmatch(text):
        return int(re.sub(r"[.,]", "", text))
    return None
