"""The five steps of a month, and the one thing in it that needs somebody now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lindung.channels.employer.standing import MonthWork, bill_status, days_left, moment_wib
from lindung.channels.shared.components import Kind, Status, Task
from lindung.channels.shared.formats import count, long_date, month_name, rupiah
from lindung.contributions.queries import BillView
from lindung.lib.clock import wib_date
from lindung.registry.queries import EmployerFacts
from lindung.uploads.drafts import DraftView
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


def table_address(employer_id: int, month: MonthWork) -> str:
    """Where what is typed of a month stands."""
    query = urlencode({"month": f"{month.period:%Y-%m}"})
    return f"{reverse('employer:wage-table', args=[employer_id])}?{query}"


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
        "proposed": Status(_("Menunggu persetujuan"), "info"),
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


@dataclass(frozen=True, slots=True)
class Around:
    """What is known beside a month: names by account id, what is typed and not sent, and what waits about workers."""

    names: Mapping[int, str]
    draft: DraftView | None
    people: Sequence[Task]


def tasks(firm: EmployerFacts, month: MonthWork, around: Around, now: datetime) -> list[Task]:
    """Who works here, report, check, pay, proof: each with where it leads, how it stands, and who did it when."""
    return [
        _people(firm, month, around),
        _report(firm.id, month, around, now),
        _check(firm.id, month, around),
        _pay(firm.id, month, now),
        _proof(firm.id, month),
    ]


def who_and_when(names: Mapping[int, str], account_id: int, at: datetime) -> str:
    """``Sari, 21 November 2026, 09.30 WIB``; without a name where a machine did it."""
    name = names.get(account_id, "")
    return f"{name}, {moment_wib(at)}" if name else moment_wib(at)


def _people(firm: EmployerFacts, month: MonthWork, around: Around) -> Task:
    title = _("Periksa siapa yang bekerja")
    if month.bill:
        return Task(title, "", _("Selesai"), "good")
    urgent = [task for task in around.people if task.kind in ("needs-you", "danger")]
    if not urgent:
        return Task(title, reverse("employer:workers", args=[firm.id]), _("Tidak ada yang tertunda"), "good")
    words = ngettext("%(number)s hal menunggu", "%(number)s hal menunggu", len(urgent)) % {"number": count(len(urgent))}
    return Task(title, urgent[0].url, words, urgent[0].kind, hint=urgent[0].title)


def _report(employer_id: int, month: MonthWork, around: Around, now: datetime) -> Task:
    title = _("Laporkan upah")
    if month.bill:
        booked = month.booked
        hint = f"{booked.title}, {who_and_when(around.names, booked.sent_by, booked.sent_at)}" if booked else ""
        return Task(title, "", _("Selesai"), "good", hint=hint)
    if month.upload is None or month.upload.state == "refused":
        late: Kind = "danger" if wib_date(now) > month.due_on else "needs-you"
        if around.draft:
            saved = who_and_when(around.names, around.draft.saved_by, around.draft.saved_at)
            url, hint = table_address(employer_id, month), _("Isian tersimpan, %(saved)s") % {"saved": saved}
            return Task(title, url, _("Belum dikirim"), late, hint=hint)
        return Task(
            title, wages_url(employer_id, month), _("Lewat batas") if late == "danger" else _("Mulai di sini"), late
        )
    upload = month.upload
    hint = f"{upload.title}, {who_and_when(around.names, upload.sent_by, upload.sent_at)}"
    return Task(title, _upload_url(employer_id, month), _("Terkirim"), "good", hint=hint)


def _check(employer_id: int, month: MonthWork, around: Around) -> Task:
    title = _("Periksa dan setujui")
    if month.bill:
        kind, account_id = (month.booked.summary.get("confirmed_by") if month.booked else None) or ("", 0)
        by = account_id if kind == "account" else 0
        return Task(title, "", _("Selesai"), "good", hint=who_and_when(around.names, by, month.bill.issued_at))
    if month.upload is None:
        return Task(title, "", _("Setelah dilaporkan"), "quiet")
    status = upload_status(month.upload)
    return Task(title, _upload_url(employer_id, month), status.word, status.kind)


def _pay(employer_id: int, month: MonthWork, now: datetime) -> Task:
    title = _("Bayar")
    if month.bill is None:
        return Task(title, "", _("Setelah disetujui"), "quiet")
    bill = month.bill
    status = bill_status(bill, now)
    told = {"amount": rupiah(bill.due_rupiah)}
    if bill.paid_at is not None:
        hint = _("%(amount)s, masuk %(day)s") % {**told, "day": long_date(wib_date(bill.paid_at))}
    else:
        left = days_left(bill.due_on, wib_date(now))
        hint = _("%(amount)s, paling lambat %(day)s (%(left)s)") % {**told, "day": long_date(bill.due_on), "left": left}
    return Task(title, _bill_url(employer_id, month), status.word, status.kind, hint=hint)


def _proof(employer_id: int, month: MonthWork) -> Task:
    title = _("Simpan bukti bayar")
    if month.bill and month.bill.paid_at:
        hint = month.bill.receipt_number
        return Task(title, _bill_url(employer_id, month), _("Kuitansi tersedia"), "good", hint=hint)
    return Task(title, "", _("Setelah dibayar"), "quiet")


def need(employer_id: int, month: MonthWork, now: datetime, draft: DraftView | None = None) -> Need:
    """The next act of an open month, in words; ``draft``: what is typed of it and not sent."""
    left = days_left(month.due_on, wib_date(now))
    named = {"month": month_name(month.period), "day": f"{long_date(month.due_on)} ({left})"}
    if month.bill:
        return _need_to_pay(month.bill, _bill_url(employer_id, month), named, now)
    upload = month.upload
    if upload is None or upload.state == "refused":
        if draft:
            title = _("Upah %(month)s: isian Anda belum dikirim") % named
            text = _("Yang sudah diketik masih ada. Batas bayar %(day)s.") % named
            return Need("needs-you", title, text, _("Lanjutkan isian"), table_address(employer_id, month))
        return _need_to_report(employer_id, month, named, now)
    status = upload_status(upload)
    url = _upload_url(employer_id, month)
    if upload.state == "proposed":
        title = _("Upah %(month)s: menunggu persetujuan") % named
        text = _("Tagihan terbit setelah orang kedua menyetujuinya. Batas bayar %(day)s.") % named
        return Need("info", title, text, _("Lihat yang diajukan"), url)
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
        text = _("Batas bayarnya %(day)s. Denda bertambah setiap bulan.") % named
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
        return Need("danger", title, _("Batas bayarnya %(day)s.") % asked, _("Buka tagihan"), url)
    return Need("needs-you", title, _("Paling lambat %(day)s.") % asked, _("Buka tagihan"), url)
