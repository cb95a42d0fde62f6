"""Credit that is paid back, as officers read it: where it stands, what to look at twice, who did what."""

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.channels.shared.components import Column, Event, Link, Status, SummaryRow, Table
from lindung.channels.shared.credit_words import move_words
from lindung.channels.shared.formats import groups, long_date, moment
from lindung.contributions.money_queries import CreditMoved
from lindung.contributions.refund_queries import NEW_ACCOUNT_HOURS, Look, RefundAnswer, RefundView
from lindung.lib import clock


def look_words(look: Look) -> str:
    """One thing to look at twice."""
    return {
        "others_account": _("Perusahaan lain juga pernah meminta uang ke rekening ini."),
        "owes": _("Sejak meminta, perusahaan punya tagihan yang belum dibayar."),
        "name": _("Nama pemilik rekening bukan nama perusahaan."),
        "came_back": _("Transfer ke rekening ini pernah kembali dari bank."),
        "new_account": _("Belum pernah ada transfer yang sampai ke rekening ini untuk perusahaan ini."),
        "new_admin": _("Administrator perusahaan berganti atau bertambah dalam 30 hari sebelum permintaan."),
        "one_of_two": _("Perusahaan memakai persetujuan dua orang. Permintaan ini dari satu orang."),
    }[look]


def early_words(from_at: datetime) -> str:
    """Why nobody transfers yet, and from when on."""
    told = {"moment": moment(from_at.astimezone(clock.WIB)), "hours": NEW_ACCOUNT_HOURS}
    why = _("Rekening ini baru. Pengguna perusahaan punya %(hours)s jam untuk membantah permintaannya.") % told
    return why + " " + _("Nomornya bisa dibuka mulai %(moment)s.") % told


def state_status(found: RefundView) -> Status:
    """Where it stands, for who has to act."""
    if found.waits:
        return Status(_("Menunggu petugas kedua"), "needs-you")
    return {
        "asked": Status(_("Belum diperiksa"), "danger"),
        "approved": Status(_("Disetujui, belum ditransfer"), "needs-you"),
        "sent": Status(_("Sudah ditransfer"), "good"),
        "returned": Status(_("Kembali dari bank"), "quiet"),
        "refused": Status(_("Belum bisa dipenuhi"), "quiet"),
        "withdrawn": Status(_("Ditarik perusahaan"), "quiet"),
    }[found.state]


def refunds_table(found: Sequence[RefundView], today: date) -> Table:
    """The officers' list; of what waits longer than we promised the day stands out."""
    columns = [
        Column(_("Nomor")),
        Column(_("Perusahaan")),
        Column(_("Jumlah"), "amount"),
        Column(_("Paling lambat"), "date"),
        Column(_("Petugas")),
        Column(_("Status")),
    ]
    rows = [
        [
            Link(one.number, reverse("staff:refund", args=[one.id])),
            one.employer_name,
            one.amount_rupiah,
            Status(long_date(one.by_on), "danger") if one.open and one.by_on < today else one.by_on,
            one.owner_name or None,
            state_status(one),
        ]
        for one in found
    ]
    return Table(_("Permintaan"), columns, rows)


def facts(found: RefundView, asker_name: str) -> list[SummaryRow]:
    """Whose money, where to, since when; of one that was sent or is over also that."""
    rows = [
        SummaryRow(_("Perusahaan"), Link(found.employer_name, reverse("staff:firm", args=[found.employer_id]))),
        SummaryRow("NPP", groups(found.npp)),
        SummaryRow(_("Bank"), found.bank_name),
        SummaryRow(_("Nomor rekening"), _("Berakhir %(end)s") % {"end": found.account_end}),
        SummaryRow(_("Nama pemilik rekening"), found.account_name),
        SummaryRow(_("Diminta"), clock.wib_date(found.asked_at), kind="date"),
        SummaryRow(_("Diminta oleh"), asker_name or _("Seorang pengguna perusahaan")),
    ]
    if found.open:
        rows.append(SummaryRow(_("Paling lambat"), found.by_on, kind="date"))
    for label, value in (
        (_("Diusulkan"), found.proposer_name),
        (_("Diputuskan"), found.decider_name),
        (_("Ditransfer"), long_date(found.sent_on) if found.sent_on else ""),
        (_("Nomor transfer bank"), found.transfer_no),
        (_("Dicatat"), found.taker_name if found.sent_on else ""),
        (_("Alasan kepada perusahaan"), found.reason),
    ):
        if value:
            rows.append(SummaryRow(label, value))
    return rows


def moves_table(moves: Sequence[CreditMoved]) -> Table:
    """Where the credit came from, and where it went."""
    columns = [Column(_("Tanggal"), "date"), Column(_("Asal atau tujuan")), Column(_("Masuk atau keluar"), "amount")]
    rows = [[clock.wib_date(move.moved_at), move_words(move), move.rupiah] for move in moves]
    return Table(_("Perubahan saldo"), columns, rows)


def answer_words(answer: RefundAnswer) -> str:
    """What an officer proposed."""
    return _("Setujui, uangnya ditransfer") if answer.pay else _("Belum bisa dipenuhi")


def events(answers: Sequence[RefundAnswer]) -> list[Event]:
    """What officers said, newest first."""
    return [
        Event(one.proposed_at, f"{answer_words(one)}: {one.reason}", one.proposer_name, _said(one)) for one in answers
    ]


def _said(answer: RefundAnswer) -> str:
    if answer.agreed:
        return _("Disetujui %(name)s") % {"name": answer.decider_name}
    if answer.decided_at is None:
        return _("Menunggu petugas lain")
    return _("Ditolak %(name)s") % {"name": answer.decider_name} if answer.decider_name else _("Ditarik kembali")
