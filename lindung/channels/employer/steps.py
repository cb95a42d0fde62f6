"""The four steps of a month, and the one thing in it that needs somebody now."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lindung.channels.employer.standing import MonthWork, bill_status
from lindung.channels.shared.components import Kind, Status, Task
from lindung.channels.shared.formats import count, long_date, month_name, rupiah
from lindung.contributions.queries import BillView
from lindung.lib.clock import wib_date
from lindung.uploads.queries import UploadView


@dataclass(frozen=True, slots=True)
class Need:
    """What to do first: a title, one sentence, and the button that leads there."""

    kind: Kind
    title: str
    text: str
    act: str
    url: str


def wages_url(employer_id: int, month: MonthWork) -> str:
    query = urlencode({"month": f"{month.period:%Y-%m}"})
    return f"{reverse('employer:wages', args=[employer_id])}?{query}"


def _bill_url(employer_id: int, month: MonthWork) -> str:
    return reverse("employer:bill", args=[employer_id, month.bill.id]) if month.bill else ""


def _upload_url(employer_id: int, month: MonthWork) -> str:
    return reverse("employer:upload", args=[employer_id, month.upload.id]) if month.upload else ""


def upload_status(upload: UploadView) -> Status:
    """How one file stands, in a word or two."""
    errors = upload.summary.get("errors", 0)
    if upload.state == "checked" and errors:
        words = ngettext("%(number)s perlu diperbaiki", "%(number)s perlu diperbaiki", errors)
        return Status(words % {"number": count(errors)}, "needs-you")
    states: dict[str, Status] = {
        "received": Status(_("Sedang diperiksa"), "info"),
        "checked": Status(_("Siap disetujui"), "needs-you"),
        "confirmed": Status(_("Sedang dibukukan"), "info"),
        "booked": Status(_("Selesai"), "good"),
        "refused": Status(_("Perlu berkas lain"), "needs-you"),
        "cancelled": Status(_("Dibatalkan"), "quiet"),
        "replaced": Status(_("Diganti yang baru"), "quiet"),
    }
    return states[upload.state]


def month_status(month: MonthWork, now: datetime) -> Status:
    """How a whole month stands, in a word or two."""
    if month.bill:
        return bill_status(month.bill, now)
    if month.upload:
        return upload_status(month.upload)
    if wib_date(now) > month.due_on:
        return Status(_("Lewat batas"), "danger")
    return Status(_("Belum dilaporkan"), "quiet")


def tasks(employer_id: int, month: MonthWork, now: datetime) -> list[Task]:
    """Report, check, pay, proof: each with where it leads and how it stands."""
    return [
        _report(employer_id, month, now),
        _check(employer_id, month),
        _pay(employer_id, month, now),
        _proof(employer_id, month),
    ]


def _report(employer_id: int, month: MonthWork, now: datetime) -> Task:
    title = _("Laporkan upah")
    if month.bill:
        return Task(title, "", _("Selesai"), "good")
    if month.upload is None or month.upload.state == "refused":
        url = wages_url(employer_id, month)
        if wib_date(now) > month.due_on:
            return Task(title, url, _("Lewat batas"), "danger")
        return Task(title, url, _("Mulai di sini"), "needs-you")
    return Task(title, _upload_url(employer_id, month), _("Terkirim"), "good", hint=month.upload.title)


def _check(employer_id: int, month: MonthWork) -> Task:
    title = _("Periksa dan setujui")
    if month.bill:
        return Task(title, "", _("Selesai"), "good")
    if month.upload is None:
        return Task(title, "", _("Setelah dilaporkan"), "quiet")
    status = upload_status(month.upload)
    return Task(title, _upload_url(employer_id, month), status.word, status.kind)


def _pay(employer_id: int, month: MonthWork, now: datetime) -> Task:
    title = _("Bayar")
    if month.bill is None:
        return Task(title, "", _("Setelah disetujui"), "quiet")
    status = bill_status(month.bill, now)
    return Task(title, _bill_url(employer_id, month), status.word, status.kind, hint=rupiah(month.bill.due_rupiah))


def _proof(employer_id: int, month: MonthWork) -> Task:
    title = _("Simpan bukti bayar")
    if month.bill and month.bill.paid_at:
        hint = month.bill.receipt_number
        return Task(title, _bill_url(employer_id, month), _("Kuitansi tersedia"), "good", hint=hint)
    return Task(title, "", _("Setelah dibayar"), "quiet")


def need(employer_id: int, month: MonthWork, now: datetime) -> Need:
    """The next act of an open month, in words."""
    named = {"month": month_name(month.period), "day": long_date(month.due_on)}
    if month.bill:
        return _need_to_pay(month.bill, _bill_url(employer_id, month), named, now)
    upload = month.upload
    if upload is None or upload.state == "refused":
        return _need_to_report(employer_id, month, named, now)
    status = upload_status(upload)
    url = _upload_url(employer_id, month)
    if status.kind == "info":
        title = _("Upah %(month)s: sedang kami kerjakan") % named
        return Need("info", title, _("Anda boleh menutup halaman ini."), _("Lihat kemajuannya"), url)
    if not upload.can_confirm:
        title = _("Upah %(month)s: ada yang perlu diperbaiki") % named
        return Need("needs-you", title, _("Belum ada yang dicatat."), _("Lihat dan perbaiki"), url)
    title = _("Upah %(month)s: siap disetujui") % named
    text = _("Periksa jumlahnya, lalu terbitkan tagihan. Batas bayar %(day)s.") % named
    return Need("needs-you", title, text, _("Periksa dan setujui"), url)


def _need_to_report(employer_id: int, month: MonthWork, named: dict[str, str], now: datetime) -> Need:
    late = wib_date(now) > month.due_on
    title = _("Laporkan upah %(month)s") % named
    if late:
        text = _("Batas bayarnya %(day)s sudah lewat. Denda bertambah setiap bulan.") % named
    else:
        text = _("Iuran bulan ini paling lambat dibayar %(day)s.") % named
    return Need("danger" if late else "needs-you", title, text, _("Lapor upah"), wages_url(employer_id, month))


def _need_to_pay(bill: BillView, url: str, named: dict[str, str], now: datetime) -> Need:
    asked = {**named, "amount": rupiah(bill.due_rupiah)}
    if bill.expires_at <= now:
        title = _("Tagihan %(month)s lewat batas") % asked
        text = _("Nomor bayarnya tidak berlaku lagi. Minta nomor bayar baru.")
        return Need("danger", title, text, _("Buka tagihan"), url)
    title = _("Bayar %(amount)s untuk %(month)s") % asked
    if wib_date(now) > bill.due_on:
        return Need("danger", title, _("Batas bayarnya %(day)s sudah lewat.") % asked, _("Buka tagihan"), url)
    return Need("needs-you", title, _("Paling lambat %(day)s.") % asked, _("Buka tagihan"), url)
