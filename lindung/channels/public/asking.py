"""A form whose answer is the law's: everything in the address, an impossible fact told beside its field."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lindung.channels.shared.amounts import PercentField, RupiahField, RupiahListField
from lindung.channels.shared.components import SummaryRow
from lindung.channels.shared.fields import DayField, DayWidget, MonthField, MonthWidget, PartsWidget
from lindung.channels.shared.formats import language, long_date, month_name, percent, rupiah
from lindung.channels.shared.forms import HouseForm
from lindung.law import ImpossibleFact, LawError, NotInForce


class LawForm(HouseForm):
    """One question to the law. ``ask`` is called once every field can be read.

    ``MORE``: fields that most leave empty, folded away until one of them is filled or wrong. ``FACTS``: the
    law's name of a fact -> the field where it was asked, where the two differ. ``DATED``: the field that an
    answer from before the law is the fault of; an address that does not name it means today, and says so from
    then on.
    """

    template_name = "public/law_form.html"
    MORE: ClassVar[tuple[str, ...]] = ()
    FACTS: ClassVar[Mapping[str, str]] = {}
    DATED: ClassVar[str] = "month"

    def __init__(self, asked: QueryDict, *, today: date) -> None:
        super().__init__(self._dated(asked, today) if self._concerns(asked) else None, initial={self.DATED: today})
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _(
                    "%(label)s: pilihan itu tidak ada. Pilih satu dari daftar."
                ) % {"label": str(field.label).replace("%", "%%")}

    def ask(self) -> None:
        """Ask the law and keep the answer; LawError where it has none."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.ask()
            except ImpossibleFact as impossible:
                name = self.FACTS.get(impossible.fact, impossible.fact)
                said = impossible.say(language()).removeprefix(f"{impossible.fact}: ")
                label = str(self.fields[name].label).rstrip("?") if name in self.fields else name
                self.add_error(name if name in self.fields else None, f"{label}: {said}.")
            except NotInForce as early:
                self.add_error(self.DATED, f"{early.say(language())}.")
            except LawError as refusal:
                self.add_error(None, f"{refusal.say(language())}.")
        return cleaned

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    @property
    def more_is_open(self) -> bool:
        return any(name in self.errors or (name != self.DATED and self._given(name)) for name in self.MORE)

    def address(self) -> str:
        """What was asked as a query, without what was left empty: the same address for the same question."""
        return urlencode([(name, value) for name in self.fields for name, value in self._typed(name)])

    def facts(self) -> list[SummaryRow]:
        """What was asked, in words: for whoever reads the answer without the form."""
        told = {name: self.cleaned_data[name] for name in self.fields if name not in self.MORE or self._given(name)}
        return [
            SummaryRow(str(self.fields[name].label), _in_words(self.fields[name], value))
            for name, value in told.items()
            if value is not None and value is not False and value not in ("", [])
        ]

    def _given(self, name: str) -> bool:
        return self.is_bound and any(value != self._empty(name) for _key, value in self._typed(name))

    def _empty(self, name: str) -> str:
        """The choice that a field makes by itself and that says nothing."""
        return str(self.fields[name].initial or "")

    def _typed(self, name: str) -> Iterator[tuple[str, str]]:
        """(parameter, value) of one field as it was sent, empty ones left out."""
        data = self.data
        for key in _keys(self.fields[name], name):
            values = data.getlist(key) if isinstance(data, QueryDict) else []
            several = isinstance(self.fields[name], forms.MultipleChoiceField)
            yield from ((key, value.strip()) for value in (values if several else values[-1:]) if value.strip())

    def _dated(self, asked: QueryDict, today: date) -> QueryDict:
        """What was asked, with the day of today where the address leaves the day out."""
        widget = self.base_fields[self.DATED].widget
        assert isinstance(widget, DayWidget | MonthWidget)
        parts = dict(zip(_keys(self.base_fields[self.DATED], self.DATED), widget.decompress(today), strict=True))
        if parts.keys() & asked.keys():
            return asked
        dated = asked.copy()
        dated.update(parts)
        return dated

    def _concerns(self, asked: QueryDict) -> bool:
        """Whether an address asks something of this form, rather than opening it."""
        return any(key in asked for name, field in self.base_fields.items() for key in _keys(field, name))


def _keys(field: forms.Field, name: str) -> list[str]:
    """The names under which a field's parts are sent."""
    if isinstance(field.widget, PartsWidget):
        return [f"{name}_{place}" for place in range(len(field.widget.widgets))]
    return [name]


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        words = {str(key): str(text) for key, text in field.widget.choices}
        several = isinstance(field, forms.MultipleChoiceField)
        return ", ".join(words[str(one)] for one in (value if several else [value]))
    if isinstance(field, forms.BooleanField):
        return _("ya")
    if isinstance(field, RupiahListField):
        return "; ".join(rupiah(amount) for amount in value)
    return _WRITERS.get(type(field), str)(value)


_WRITERS: Final[dict[type[forms.Field], Callable[[Any], str]]] = {
    RupiahField: rupiah,
    PercentField: percent,
    MonthField: month_name,
    DayField: long_date,
}
