"""A worker who says that he left a firm: what is asked, why a day is refused, how it stands; for every door."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lindung.channels.shared.components import SummaryRow
from lindung.channels.shared.fields import DayField
from lindung.channels.shared.formats import long_date, month_name
from lindung.channels.shared.forms import HouseForm
from lindung.compliance.queries import ComplaintView
from lindung.compliance.services import ExitNotPossible
from lindung.compliance.works import SAID_BY_WORKERS
from lindung.registry.exit_causes import CAUSES


class WorkEndForm(HouseForm):
    """The last day of work, and why."""

    last_on = DayField(label=gettext_lazy("Hari kerja terakhir"))
    cause = forms.ChoiceField(
        label=gettext_lazy("Mengapa berhenti bekerja?"),
        choices=[(code, CAUSES[code].text) for code in SAID_BY_WORKERS],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Pilih salah satu sebab di daftar.")},
    )

    def until_on(self) -> date:
        """The day after the last one, as it is kept."""
        day: date = self.cleaned_data["last_on"]
        return day + timedelta(days=1)


def last_day(until_on: date) -> date:
    """What people say: the last day of work; we keep the day after it."""
    return until_on - timedelta(days=1)


def refusal_words(refused: ExitNotPossible) -> str:
    """Why work cannot have ended on that day, and what to do."""
    words = {
        "no_work": _("Pekerja ini tidak tercatat bekerja di perusahaan ini."),
        "ended": _("Perusahaan sudah melaporkan pekerja ini keluar. Muat lagi halaman ini."),
        "in_future": _("Hari itu belum tiba. Isi hari terakhir yang sudah lewat, atau hari ini."),
        "before_start": _("Hari itu sebelum hari pertama kerja, %(day)s. Periksa tanggalnya."),
        "paid_later": _("Perusahaan sudah membayar iuran %(month)s, bulan sesudah hari itu. Periksa tanggalnya."),
    }
    day = refused.day
    return words[refused.why] % ({"day": long_date(day), "month": month_name(day)} if day else {})


def cause_words(code: str) -> str:
    """Why somebody left, in words; the code itself where it is none of the list."""
    return str(CAUSES[code].text) if code in CAUSES else code


def how_it_stands(view: ComplaintView) -> list[SummaryRow]:
    """What we know of the work now, whoever reads it."""
    work = view.work
    if work is None:
        return []
    rows = [SummaryRow(_("Hari pertama kerja"), work.from_on, kind="date")]
    if work.until_on is not None:
        stands = {"day": long_date(last_day(work.until_on)), "cause": cause_words(work.ended_by)}
        rows.append(SummaryRow(_("Yang tercatat sekarang"), _("Keluar, hari terakhir %(day)s: %(cause)s") % stands))
    else:
        rows.append(SummaryRow(_("Yang tercatat sekarang"), _("Masih bekerja")))
    for label, month in (
        (_("Bulan terakhir yang dilaporkan"), work.last_billed_on),
        (_("Bulan terakhir yang dibayar"), work.last_paid_on),
    ):
        rows.append(SummaryRow(label, month or _("Tidak ada"), kind="month" if month else "text"))
    return rows
