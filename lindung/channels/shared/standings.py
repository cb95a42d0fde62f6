"""How a card stands, in the words of every door: the member and the officer read the same."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lindung.channels.shared.components import Kind, Status, SummaryRow
from lindung.contributions.standing import Standing, State
from lindung.law.wording import Language, article_text

_WORDS: Final[dict[State, tuple[object, Kind]]] = {
    "active": (gettext_lazy("Aktif"), "good"),
    "in_arrears": (gettext_lazy("Aktif, ada tunggakan"), "needs-you"),
    "lapsed": (gettext_lazy("Tidak aktif"), "danger"),
    "ended": (gettext_lazy("Sudah berakhir"), "quiet"),
    "not_begun": (gettext_lazy("Belum mulai"), "quiet"),
}
_SEGMENTS: Final = {
    "PU": gettext_lazy("Penerima upah"),
    "BPU": gettext_lazy("Bukan penerima upah"),
    "PMI": gettext_lazy("Pekerja migran"),
    "JAKON": gettext_lazy("Jasa konstruksi"),
}


def state_status(standing: Standing) -> Status:
    """The state as a word with a shape."""
    word, kind = _WORDS[standing.state]
    return Status(str(word), kind)


def segment_name(segment: str) -> str:
    """``Bukan penerima upah (BPU)``."""
    return f"{_SEGMENTS[segment]} ({segment})"


def standing_rows(standing: Standing, language: Language) -> list[SummaryRow]:
    """The facts of one standing, with its article or that none was found."""
    rows = [SummaryRow(_("KPJ"), standing.kpj, kind="number")]
    if standing.employer_name:
        rows.append(SummaryRow(_("Perusahaan"), standing.employer_name))
    if standing.last_paid is not None:
        label = _("Bulan terakhir yang dibayar") if standing.segment != "PMI" else _("Bulan pertama paket")
        rows.append(SummaryRow(label, standing.last_paid.first_on, kind="month"))
    if standing.unpaid_months:
        rows.append(SummaryRow(_("Bulan berturut-turut belum dibayar"), standing.unpaid_months, kind="count"))
    if standing.doubts:
        rows.append(SummaryRow(_("Dasar aturan"), rule_text(standing.article, language)))
    return rows


def rule_text(article: str, language: Language) -> str:
    """An article, or that none was found."""
    return _("pasalnya tidak ditemukan") if article == "-" else article_text(article, language)


def doubts_of(standing: Standing, language: Language) -> list[str]:
    """What is not sure about it, each once."""
    said = [
        *standing.doubts,
        *(doubt for _one, claim in standing.claims for value in claim.values for doubt in value.doubts),
    ]
    return list(dict.fromkeys(words.say(language) for words in said))
