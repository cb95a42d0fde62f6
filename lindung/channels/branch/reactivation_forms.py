"""What an officer asks who has somebody before him: which card, for which case, and the slip of the cash."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lindung.channels.shared.fields import DayField, plain
from lindung.channels.shared.forms import HouseForm
from lindung.contributions.reconciliation_queries import Bank


class FindForm(HouseForm):
    """A card's number and the case that it is looked up for."""

    kpj = forms.CharField(label=_("Nomor KPJ"), max_length=24)
    case_no = forms.RegexField(
        regex=r"^[!-~]{1,40}$",
        label=_("Nomor antrean atau surat"),
        help_text=_("Dicatat bersama nama Anda setiap kali data peserta dibuka."),
        error_messages={"invalid": _("Isi nomor tanpa spasi, paling banyak 40 huruf atau angka.")},
    )

    def clean_kpj(self) -> str:
        return "".join(one for one in plain(self.cleaned_data["kpj"]) if one.isdigit())


class CashForm(HouseForm):
    """Cash for the order that is open, brought to a bank under a slip's number."""

    bank = forms.ChoiceField(label=_("Bank"))
    slip_no = forms.RegexField(
        regex=r"^[!-~]{1,64}$",
        label=_("Nomor slip atau jurnal bank"),
        error_messages={"invalid": _("Isi nomor tanpa spasi, paling banyak 64 huruf atau angka.")},
    )
    paid_on = DayField(label=_("Tanggal di slip"))

    def __init__(self, *args: Any, banks: Sequence[Bank], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="cash_%s", **kwargs)
        choices = [(str(bank.id), bank.name) for bank in banks]
        self.fields["bank"] = forms.ChoiceField(label=_("Bank"), choices=choices)
        self.order_fields(["bank", "slip_no", "paid_on"])
