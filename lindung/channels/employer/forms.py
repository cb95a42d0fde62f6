"""What the employers' door asks: which month, which file, and whether a warning was read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lindung.channels.shared.formats import count, month_name, rupiah
from lindung.channels.shared.forms import HouseForm
from lindung.uploads.faults import REFUSALS, describe
from lindung.uploads.limits import Refused

FILE_TYPES = ".xlsx,.csv,.ods"


class ActForm(HouseForm):
    """A button that changes something: the guard against forged requests, and no question."""


class MonthForm(HouseForm):
    """Another month; sent as an address, it changes nothing."""

    summary_takes_focus = False
    month = forms.ChoiceField(label=_("Bulan lain"))

    def __init__(self, *args: Any, months: Sequence[date], label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(f"{period:%Y-%m}", month_name(period)) for period in months]
        self.fields["month"] = forms.ChoiceField(label=label or _("Bulan lain"), choices=choices)


class WageFileForm(HouseForm):
    """One file. How large it may be, and what is in it, is judged by the room that takes it."""

    wages = forms.FileField(
        help_text=_("Excel (.xlsx), CSV, atau ODS. Paling besar 25 MB, paling banyak 100.000 pekerja."),
        max_length=255,
        error_messages={"empty": _("Berkas upah kosong. Isi berkasnya, simpan, lalu kirim lagi.")},
        widget=forms.FileInput(attrs={"accept": FILE_TYPES}),
    )

    def __init__(self, *args: Any, period: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wages"].label = gettext("Upah %(month)s") % {"month": month_name(period)}


class WorkerFileForm(HouseForm):
    """One file about workers. What kind it is says the page it stands on."""

    workers = forms.FileField(
        help_text=_("Excel (.xlsx), CSV, atau ODS. Paling besar 25 MB."),
        max_length=255,
        error_messages={"empty": _("Berkas ini kosong. Isi berkasnya, simpan, lalu kirim lagi.")},
        widget=forms.FileInput(attrs={"accept": FILE_TYPES}),
    )

    def __init__(self, *args: Any, title: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workers"].label = title


def refusal_words(refused: Refused) -> str:
    """Why a whole file cannot be taken, and what to do, beside the box it was put into."""
    return " ".join(describe(REFUSALS[refused.code], refused.params))


class ConfirmForm(HouseForm):
    """The yes to a checked file; a box to tick for each thing in it that ought to be read first.

    ``sharp``: wages that rose or fell so much that they are asked about. ``without``: rows that would be left out;
    ``back_pay``: rupiah that are not billed.
    """

    def __init__(
        self, *args: Any, to_be_read: int, sharp: int = 0, back_pay: int = 0, without: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if sharp:
            label = ngettext(
                "Benar, %(number)s upah ini memang berubah sebesar itu",
                "Benar, %(number)s upah ini memang berubah sebesar itu",
                sharp,
            )
            self.fields["sure"] = forms.BooleanField(label=label % {"number": count(sharp)})
        if back_pay:
            label = gettext("Benar, rapel %(amount)s tidak ikut tagihan ini") % {"amount": rupiah(back_pay)}
            self.fields["back_pay"] = forms.BooleanField(label=label)
        if without:
            label = ngettext(
                "Benar, %(number)s baris yang salah tidak ikut tagihan ini",
                "Benar, %(number)s baris yang salah tidak ikut tagihan ini",
                without,
            )
            self.fields["without"] = forms.BooleanField(label=label % {"number": count(without)})
        if to_be_read:
            label = ngettext(
                "Saya sudah memeriksa %(number)s peringatan di atas",
                "Saya sudah memeriksa %(number)s peringatan di atas",
                to_be_read,
            )
            self.fields["read"] = forms.BooleanField(label=label % {"number": count(to_be_read)})
