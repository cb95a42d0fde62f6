"""Why money stands in suspense, and how it leaves it, in words."""

from django.utils.translation import gettext as _

from lindung.channels.shared.components import Status
from lindung.contributions.suspense_queries import Proposal, SuspenseView


def why_words(why: str) -> str:
    """What is the matter with an item."""
    return {
        "not_on_statement": _("Tercatat di kami, tidak ada di rekening koran"),
        "amount_differs": _("Jumlah di bank lain dari yang tercatat"),
        "repeated_line": _("Baris bank dengan acuan yang sudah terpakai"),
        "paid_again": _("Tagihan yang sudah lunas dibayar lagi"),
        "not_called": _("Bank tidak memberi tahu kami"),
        "unknown_number": _("Nomor VA tidak dikenal"),
        "no_number": _("Tanpa nomor VA"),
    }[why]


def way_words(way: str) -> str:
    """How an item was explained, or is to be."""
    return {
        "matched": _("Menjadi jelas sendiri: panggilan atau barisnya datang"),
        "deposit": _("Catat sebagai setoran perusahaan"),
        "pair": _("Pasangkan dengan hal lain yang berlawanan"),
        "difference": _("Catat sebagai selisih bank"),
    }[way]


def state_status(item: SuspenseView) -> Status:
    """Where an item stands."""
    if item.state == "resolved":
        return Status(_("Sudah dijelaskan"), "good")
    if item.waits:
        return Status(_("Menunggu persetujuan"), "needs-you")
    return Status(_("Sedang ditangani"), "info") if item.owner_id else Status(_("Belum ada yang menangani"), "danger")


def decision_words(proposal: Proposal) -> str:
    """What became of a proposal."""
    if proposal.approved:
        return _("Disetujui %(name)s") % {"name": proposal.decider_name}
    if proposal.decided_at is None:
        return _("Menunggu petugas lain")
    return _("Ditolak %(name)s") % {"name": proposal.decider_name} if proposal.decider_name else _("Ditarik kembali")
