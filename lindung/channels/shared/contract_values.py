"""The value of a construction contract as it is asked for: with VAT in it or without, paid at once or in stages."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lindung.channels.shared.forms import HouseForm
from lindung.law.parameters import history

NET: Final = "net"
GROSS: Final = "gross"


class ContractValueForm(HouseForm):
    """A form with ``basis`` (one of them ``GROSS``) and ``vat_percent``, which goes with that alone."""

    def clean_vat_percent(self) -> Any:
        """The rate is told where the value has VAT in it, and only there."""
        rate = self.cleaned_data["vat_percent"]
        with_vat = self.cleaned_data.get("basis") == GROSS
        if rate is None and with_vat:
            raise ValidationError(_("Isi tarif PPN kontrak itu, dalam persen."))
        if rate is not None and not with_vat:
            raise ValidationError(_("Tarif PPN hanya dipakai bila nilai kontrak sudah dengan PPN. Kosongkan."))
        return rate


def stage_choices() -> list[tuple[str, str]]:
    """At once, or in the stages that the law knows: ``50/25/25`` and the like, as people read them."""
    patterns = history("jakon/stages")[-1].words
    return [("", _("Sekaligus")), *((pattern, _in_percent(pattern)) for pattern in patterns)]


def _in_percent(pattern: str) -> str:
    return _("Bertahap: %(parts)s") % {"parts": ", ".join(f"{part}%" for part in pattern.split("/"))}
