"""A request for credit back as its firm reads it: where it stands, what comes next, what became of it."""

from django.utils.translation import gettext as _

from lindung.channels.shared.components import Status, SummaryRow, Task
from lindung.channels.shared.formats import long_date
from lindung.contributions.refund_queries import RefundView
from lindung.lib.clock import wib_date


def account_words(found: RefundView) -> str:
    """``BCA, nomor berakhir 7890, PT Contoh``: never the whole number."""
    told = {"bank": found.bank_name, "end": found.account_end, "name": found.account_name}
    return _("%(bank)s, nomor berakhir %(end)s, atas nama %(name)s") % told


def steps(found: RefundView) -> list[Task]:
    """Asked, looked at, sent: what is done, what goes on, what waits."""
    asked_on = long_date(wib_date(found.asked_at))
    approved = found.state == "approved"
    return [
        Task(_("Permintaan kami terima"), "", asked_on, "good"),
        Task(
            _("Dua petugas memeriksa"),
            "",
            long_date(wib_date(found.decided_at)) if found.decided_at else _("Sedang diperiksa"),
            "good" if approved else "info",
        ),
        Task(
            _("Uang ditransfer"),
            "",
            _("Segera ditransfer") if approved else _("Belum"),
            "info" if approved else "quiet",
        ),
    ]


def facts(found: RefundView) -> list[SummaryRow]:
    """One that is over: when, where to, under which number."""
    rows = [
        SummaryRow(_("Jumlah"), found.amount_rupiah, kind="amount"),
        SummaryRow(_("Nomor permintaan"), found.number),
        SummaryRow(_("Rekening tujuan"), account_words(found)),
    ]
    if found.sent_on:
        rows += [
            SummaryRow(_("Ditransfer"), found.sent_on, kind="date"),
            SummaryRow(_("Nomor transfer bank"), found.transfer_no),
        ]
    if found.reason:
        rows.append(SummaryRow(_("Alasannya"), found.reason))
    return rows


def state_status(found: RefundView) -> Status:
    """How a request stands, in a word."""
    return {
        "asked": Status(_("Sedang diperiksa"), "info"),
        "approved": Status(_("Disetujui, segera ditransfer"), "info"),
        "sent": Status(_("Sudah ditransfer"), "good"),
        "returned": Status(_("Kembali dari bank"), "needs-you"),
        "refused": Status(_("Belum bisa dipenuhi"), "needs-you"),
        "withdrawn": Status(_("Ditarik kembali"), "quiet"),
    }[found.state]
