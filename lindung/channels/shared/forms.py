"""The form every screen starts from: browser checks off, errors said twice, typed values kept."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import pretty_name
from django.utils.translation import gettext


class HouseRenderer(DjangoTemplates):
    """Renders forms and fields with the house's components."""

    form_template_name = "shared/form.html"
    field_template_name = "shared/field.html"


class HouseForm(forms.Form):
    """A form that renders as an error summary followed by its fields.

    On a page with several forms, all but one set `summary_takes_focus = False`.
    """

    # One for all forms: each renderer parses the templates for itself.
    default_renderer = HouseRenderer()
    use_required_attribute = False
    summary_takes_focus = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.PasswordInput):
                field.widget.attrs.setdefault("autocomplete", "current-password")

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            # Only Django's own "this field is required" is replaced; a form's own words stay.
            if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = missing_answer(field, str(field.label or pretty_name(name)))
        super().full_clean()


def missing_answer(field: forms.Field, label: str) -> str:
    """Return what to do about an empty required field, in words that name it."""
    named = {"label": _inside_a_sentence(label)}
    if isinstance(field, forms.BooleanField):
        return gettext("Centang untuk melanjutkan: %(label)s.") % named
    if isinstance(field, forms.FileField):
        return gettext("Pilih berkas %(label)s.") % named
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return gettext("Pilih %(label)s.") % named
    return gettext("Isi %(label)s.") % named


def _inside_a_sentence(label: str) -> str:
    label = label.strip().rstrip("?:.")
    is_abbreviation = len(label) > 1 and label[1].isupper()
    return label if is_abbreviation else label[:1].lower() + label[1:]
