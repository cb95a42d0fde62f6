"""Why a firm's credit moved, in words: the same at the firm's door and the officers'."""

from django.utils.translation import gettext as _

from lindung.channels.shared.formats import month_name
from lindung.contributions.money_queries import CreditMoved


def move_words(move: CreditMoved) -> str:
    """Where some credit came from or went to."""
    if move.refund_number:
        words = {
            "": _("Diminta kembali, %(number)s"),
            "withdrawn": _("Permintaan ditarik, %(number)s"),
            "refused": _("Permintaan belum bisa dipenuhi, %(number)s"),
            "returned": _("Transfer kembali dari bank, %(number)s"),
        }
        return words[move.refund_state] % {"number": move.refund_number}
    if move.project_name and move.period is not None:
        told = {"month": month_name(move.period), "project": move.project_name}
        return _("Daftar upah %(month)s %(project)s diperbaiki") % told
    if move.project_name:
        return _("Nilai kontrak %(project)s turun") % {"project": move.project_name}
    if move.period is None:
        return _("Lebih bayar, kuitansi %(number)s") % {"number": move.receipt_number}
    bill = _("Pembetulan %(month)s") if move.rupiah > 0 else _("Membayar iuran %(month)s")
    return bill % {"month": month_name(move.period)}
