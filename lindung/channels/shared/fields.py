"""Fields that take what people type: dates in three boxes, months in two, long numbers with any gaps."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lindung.channels.shared import formats

MONTH_NAMES = (
    _("Januari"),
    _("Februari"),
    _("Maret"),
    _("April"),
    _("Mei"),
    _("Juni"),
    _("Juli"),
    _("Agustus"),
    _("September"),
    _("Oktober"),
    _("November"),
    _("Desember"),
)
_SHORT_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_ENGLISH_SHORT_MONTHS = {"may": 5, "aug": 8, "ags": 8, "agt": 8, "oct": 10, "dec": 12, "nop": 11, "peb": 2}


class PartsWidget(forms.MultiWidget):
    """Several small inputs of one answer, each with its own visible label."""

    template_name = "shared/widgets/parts.html"
    use_fieldset = True

    def __init__(
        self, widgets: Sequence[forms.Widget], labels: Sequence[Any], attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(widgets, attrs)
        self.labels = labels

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.labels, strict=True):
            part["label"] = label
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return [str(part or "").strip() for part in super().value_from_datadict(data, files, name)]


def _digits(size: int, **attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "size": size, "autocomplete": "off", **attrs})


class DayWidget(PartsWidget):
    def __init__(self, autocomplete: str = "") -> None:
        parts = [
            _digits(
                4 if part == "year" else 2,
                **({"autocomplete": f"{autocomplete}-{part}"} if autocomplete else {}),
            )
            for part in ("day", "month", "year")
        ]
        super().__init__(parts, (_("Tanggal"), _("Bulan"), _("Tahun")))

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), f"{value.year:04d}"] if value else ["", "", ""]


class MonthWidget(PartsWidget):
    def __init__(self) -> None:
        months = [("", "")] + [(str(number), name) for number, name in enumerate(MONTH_NAMES, start=1)]
        super().__init__([forms.Select(choices=months), _digits(4)], (_("Bulan"), _("Tahun")))

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.month), f"{value.year:04d}"] if value else ["", ""]


class _PartsField(forms.Field):
    """Turns typed parts into a date; what is typed stays as it was when it is wrong."""

    def to_python(self, value: Sequence[str] | None) -> date | None:
        parts = [plain(part) for part in value or ()]
        if not any(parts):
            return None
        return self.read(parts)

    def read(self, parts: list[str]) -> date:
        raise NotImplementedError

    def day(self, day: int, month: int, year: int) -> date:
        try:
            return date(year, month, day)
        except ValueError:
            message = gettext("%(label)s tidak ada di kalender. Periksa lagi.") % {"label": named(self)}
            raise ValidationError(message, "no_such_day") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        if isinstance(initial, date):
            initial = self.widget.decompress(initial)
        return list(initial or []) != list(data or [])


class DayField(_PartsField):
    """Three boxes: day, month (number or name), year; gives a `date` or None."""

    def __init__(self, *, autocomplete: str = "", **options: Any) -> None:
        super().__init__(widget=DayWidget(autocomplete), **options)

    def read(self, parts: list[str]) -> date:
        day, month, year = parts
        if not (day and month and year):
            missing = [
                name
                for name, part in zip((gettext("tanggal"), gettext("bulan"), gettext("tahun")), parts, strict=True)
                if not part
            ]
            raise ValidationError(
                gettext("%(label)s belum lengkap. Isi juga %(parts)s.")
                % {"label": named(self), "parts": ", ".join(missing)},
                "missing_part",
            )
        return self.day(_number(day), month_number(month), _year(year))


class MonthField(_PartsField):
    """A month and a year; gives the first day of that month as a `date`, or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=MonthWidget(), **options)

    def read(self, parts: list[str]) -> date:
        month, year = parts
        if not month:
            raise ValidationError(
                gettext("%(label)s belum lengkap. Pilih bulannya.") % {"label": named(self)}, "missing_part"
            )
        if not year:
            raise ValidationError(
                gettext("%(label)s belum lengkap. Isi tahunnya.") % {"label": named(self)}, "missing_part"
            )
        return self.day(1, month_number(month), _year(year))


class GroupedDigitsField(forms.CharField):
    """A number of known length, like NIK (16): spaces, dots and dashes are taken out; gives the digits."""

    def __init__(self, *, length: int, **options: Any) -> None:
        self.length = length
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        shown = self.length + self.length // 4 + 2
        return {
            **super().widget_attrs(widget),
            "inputmode": "numeric",
            "size": str(shown),
            "autocomplete": "off",
            "spellcheck": "false",
        }

    def to_python(self, value: Any) -> str:
        typed = re.sub(r"[\s.\-–_/]", "", plain(str(value or "")))
        if typed and not re.fullmatch(r"[0-9]+", typed):
            raise ValidationError(gettext("%(label)s hanya angka, tanpa huruf.") % {"label": named(self)}, "not_digits")
        if typed and len(typed) != self.length:
            raise ValidationError(
                gettext("%(label)s harus %(length)s angka. Anda menulis %(typed)s angka.")
                % {"label": named(self), "length": self.length, "typed": formats.count(len(typed))},
                "wrong_length",
            )
        return typed


def named(field: forms.Field) -> str:
    """Return the label that begins an error, so that the summary on top can be read alone."""
    return str(field.label or gettext("Isian ini"))


def plain(typed: str) -> str:
    """Return typed text with full-width and other digit forms made plain, and spaces at the ends gone."""
    return unicodedata.normalize("NFKC", typed).strip()


def month_number(typed: str) -> int:
    """Return 1..12 for a number or a month's name in Indonesian or English; ValidationError otherwise."""
    if re.fullmatch(r"[0-9]{1,2}", typed):
        return int(typed)
    short = typed.casefold()[:3]
    if short in _SHORT_MONTHS:
        return _SHORT_MONTHS.index(short) + 1
    if short in _ENGLISH_SHORT_MONTHS:
        return _ENGLISH_SHORT_MONTHS[short]
    raise ValidationError(gettext("Bulan itu tidak kami kenal. Tulis angka 1 sampai 12."), "unknown_month")


def _number(typed: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", typed):
        raise ValidationError(gettext("Tulis tanggal dengan angka 1 sampai 31."), "not_a_day")
    return int(typed)


def _year(typed: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", typed):
        raise ValidationError(gettext("Tulis tahun dengan 4 angka, misalnya 1990."), "not_a_year")
    return int(typed)
