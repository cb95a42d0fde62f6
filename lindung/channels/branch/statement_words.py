"""What is wrong with a statement file, where, and how to mend it; and the names of the four outcomes."""

from django.utils.translation import gettext as _

from lindung.channels.shared.components import Kind, Status
from lindung.contributions.reconciliation_queries import Outcome
from lindung.contributions.services import StatementFault


def outcome_word(outcome: str) -> str:
    """The name of an outcome; ``waiting`` for a payment that no statement had to show yet."""
    words: dict[str, str] = {
        "matched": _("Cocok"),
        "amount_diff": _("Jumlah berbeda"),
        "bank_only": _("Hanya di bank"),
        "ours_only": _("Hanya di kami"),
        "waiting": _("Menunggu bank"),
    }
    return words[outcome]


def outcome_status(outcome: str) -> Status:
    """The same with a shape."""
    kinds: dict[str, Kind] = {"matched": "good", "waiting": "quiet"}
    return Status(outcome_word(outcome), kinds.get(outcome, "needs-you"))


def outcomes() -> tuple[Outcome, ...]:
    """In the order in which pages show them."""
    return ("matched", "amount_diff", "bank_only", "ours_only")


def fault_words(fault: StatementFault) -> str:
    """One sentence with the line, one with what to do."""
    words = {
        "too_large": _("Berkas lebih dari 25 MB. Minta berkas per hari ke bank."),
        "too_many_lines": _("Berkas lebih dari 100.000 baris. Minta berkas per hari ke bank."),
        "too_many_days": _("Berkas lebih dari 31 hari. Minta berkas per bulan atau per hari."),
        "empty": _("Berkas ini kosong. Minta lagi ke bank, lalu kirim."),
        "not_text": _("Isi berkas bukan teks UTF-8. Kirim CSV asli dari bank, jangan disimpan ulang dari Excel."),
        "quotes": _("Ada tanda kutip. Kirim CSV asli dari bank, jangan disimpan ulang dari Excel."),
        "no_head": _("Baris pertama bukan kepala H dengan 6 isian. Kirim berkas asli dari bank."),
        "other_bank": _("Kode bank atau kode perusahaan lain dari bank yang dipilih. Periksa pilihan bank."),
        "bad_days": _("Tanggal di kepala berkas tidak masuk akal. Minta berkas yang benar ke bank."),
        "made_in_future": _("Waktu pembuatan berkas belum tiba. Minta berkas yang benar ke bank."),
        "cut": _("Berkas terpotong: baris terakhir bukan T dengan jumlah baris dan rupiah. Unduh lagi."),
        "wrong_count": _("Banyak baris lain dari yang tertulis di baris T. Unduh lagi berkas dari bank."),
        "wrong_total": _("Jumlah rupiah lain dari yang tertulis di baris T. Unduh lagi berkas dari bank."),
        "fields": _("Baris tidak berisi 8 isian. Unduh lagi berkas dari bank."),
        "record": _("Baris tidak berawalan D. Unduh lagi berkas dari bank."),
        "moment": _("Waktu tidak seperti 2026-11-20T10:15:30+07:00. Minta perbaikan ke bank."),
        "other_day": _("Waktu di luar hari yang tertulis di kepala berkas. Minta perbaikan ke bank."),
        "after_made": _("Waktu sesudah berkas dibuat. Minta perbaikan ke bank."),
        "number": _("Nomor VA bukan angka, atau lebih dari 28 angka. Minta perbaikan ke bank."),
        "amount": _("Jumlah bukan rupiah utuh seperti 10000.00. Minta perbaikan ke bank."),
        "currency": _("Mata uang bukan IDR. Minta berkas rupiah ke bank."),
        "reference": _("Nomor acuan berisi spasi, huruf asing, atau terlalu panjang. Minta perbaikan ke bank."),
    }
    text = words[fault.code]
    if fault.line:
        text = _("Baris %(line)s: %(text)s") % {"line": fault.line, "text": text}
    return f"{text} [{fault.found}]" if fault.found else text
