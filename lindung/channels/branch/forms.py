"""What the officers' door asks: a bank's file, a slip, and how money is explained."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from lindung.channels.shared.amounts import RupiahField
from lindung.channels.shared.fields import DayField
from lindung.channels.shared.forms import HouseForm
from lindung.contributions.reconciliation_queries import Bank

_MOST_REASON = 500


class ActForm(HouseForm):
    """A button that changes something: the guard against forged requests, and no question."""


class StatementForm(HouseForm):
    """A bank and its file. What is in the file is judged by the room that takes it."""

    bank = forms.ChoiceField(label=_("Bank"))
    statement = forms.FileField(
        label=_("Berkas rekening koran"),
        help_text=_("CSV dari bank, satu hari atau lebih. Paling besar 25 MB, paling banyak 100.000 baris."),
        max_length=255,
        error_messages={"empty": _("Berkas ini kosong. Minta lagi ke bank, lalu kirim.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )

    def __init__(self, *args: Any, banks: Sequence[Bank], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"] = forms.ChoiceField(label=_("Bank"), choices=[(str(bank.id), bank.name) for bank in banks])


CHANNELS: Final = [
    ("6010", _("Slip kasir bank")),
    ("TUNAI", _("Tunai di kantor cabang, sudah disetor ke bank")),
    ("TUNDA", _("Penyelesaian bank yang terlambat")),
]
"""How money that no number was paid with came to the bank: its code, and the words."""


class SlipForm(HouseForm):
    """A slip as it lies on the desk."""

    payer = forms.CharField(
        label=_("NPP atau nomor VA"), help_text=_("NPP perusahaan, atau nomor VA di slip."), max_length=40
    )
    amount = RupiahField(label=_("Jumlah"))
    paid_on = DayField(label=_("Tanggal di slip"))
    bank = forms.ChoiceField(label=_("Bank"))
    slip_no = forms.RegexField(
        regex=r"^[!-~]{1,64}$",
        label=_("Nomor slip atau jurnal bank"),
        help_text=_("Persis seperti di slip, tanpa spasi. Nomor ini mencegah slip tercatat dua kali."),
        error_messages={"invalid": _("Isi nomor tanpa spasi, paling banyak 64 huruf atau angka.")},
    )
    channel = forms.ChoiceField(label=_("Cara setor"), choices=CHANNELS)

    def __init__(self, *args: Any, banks: Sequence[Bank], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bank_names = {str(bank.id): bank.name for bank in banks}
        self.fields["bank"] = forms.ChoiceField(label=_("Bank"), choices=list(self._bank_names.items()))
        self.order_fields(["payer", "amount", "paid_on", "bank", "slip_no", "channel"])

    @property
    def bank_name(self) -> str:
        return self._bank_names[self.cleaned_data["bank"]]

    @property
    def channel_name(self) -> str:
        return str(dict(CHANNELS)[self.cleaned_data["channel"]])


class NoteForm(HouseForm):
    """What came of asking a bank."""

    note = forms.CharField(
        label=_("Jawaban bank"),
        help_text=_("Sebut surat atau bukti dari bank. Jangan menulis nama atau NIK pekerja."),
        max_length=_MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefundAnswerForm(HouseForm):
    """Whether credit should be paid back, and why."""

    pay = forms.ChoiceField(
        label=_("Usul Anda"),
        choices=[("yes", _("Setujui, uangnya ditransfer")), ("no", _("Belum bisa dipenuhi"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Kalau belum bisa dipenuhi, perusahaan membaca alasan ini persis seperti Anda tulis."),
        max_length=_MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefundReasonForm(HouseForm):
    """Why a refund is stopped, or came back: the firm reads it."""

    summary_takes_focus = False
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Perusahaan membaca alasan ini persis seperti Anda tulis."),
        max_length=_MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TransferForm(HouseForm):
    """A transfer as the bank shows it."""

    transfer_no = forms.RegexField(
        regex=r"^[!-~]{1,64}$",
        label=_("Nomor transfer bank"),
        help_text=_("Persis seperti di bukti transfer, tanpa spasi. Nomor ini mencegah uang dikirim dua kali."),
        error_messages={"invalid": _("Isi nomor tanpa spasi, paling banyak 64 huruf atau angka.")},
    )
    sent_on = DayField(label=_("Tanggal transfer"))


class ExplanationForm(HouseForm):
    """How an item is to be explained."""

    way = forms.ChoiceField(label=_("Penjelasan"), widget=forms.RadioSelect)
    payer = forms.CharField(
        label=_("NPP atau nomor VA"),
        help_text=_("Hanya untuk uang yang dicatat bagi perusahaan."),
        max_length=40,
        required=False,
    )
    reason = forms.CharField(
        label=_("Alasan dan bukti"),
        help_text=_("Sebut surat atau bukti dari bank. Jangan menulis nama atau NIK pekerja."),
        max_length=_MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, ways: Sequence[tuple[str, str]], asks_payer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"] = forms.ChoiceField(label=_("Penjelasan"), choices=ways, widget=forms.RadioSelect)
        if not asks_payer:
            del self.fields["payer"]
        self.order_fields(["way", "payer", "reason"])
