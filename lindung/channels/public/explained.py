"""An answer of the law as a page shows it: a sentence under every line, links to the rules, doubts in words."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lindung.channels.shared.components import Column, ExplainedRow, ExplainedTable, Kind, Link, Status
from lindung.channels.shared.formats import language
from lindung.law import Answer, Month
from lindung.law.answers import Plain
from lindung.law.lines import Line
from lindung.law.parameters import Confidence, load, parameter
from lindung.law.wording import article_text, rupiah_text

PAYERS: Final = {
    "employer": gettext_lazy("pemberi kerja"),
    "worker": gettext_lazy("pekerja"),
    "government": gettext_lazy("pemerintah"),
    "member": gettext_lazy("peserta"),
    "operator": gettext_lazy("BPJS Ketenagakerjaan"),
}
_NAMES: Final = {
    "penalty": gettext_lazy("Denda"),
    "before": gettext_lazy("Sebelum bekerja"),
    "during_and_after": gettext_lazy("Selama dan setelah bekerja"),
    "extra": gettext_lazy("Perpanjangan"),
    "jp_due_now_employer": gettext_lazy("JP yang dibayar dahulu"),
    "jp_due_now_worker": gettext_lazy("JP yang dibayar dahulu"),
    "jp_deferred": gettext_lazy("JP yang ditunda"),
    "jkp_from_jkk": gettext_lazy("JKP dari JKK"),
    "jkp_from_jkm": gettext_lazy("JKP dari JKM"),
}
"""Lines whose key says more than their programme does."""
_LONG_RUPIAH: Final = 10**9
_CONFIDENCE: Final[dict[Confidence, tuple[Any, Kind, Any]]] = {
    "high": (
        gettext_lazy("tinggi"),
        "good",
        gettext_lazy("Terbaca dalam teks aturannya, atau sama di dua sumber yang tidak saling mengutip."),
    ),
    "medium": (
        gettext_lazy("sedang"),
        "info",
        gettext_lazy("Satu sumber yang baik, atau ingatan yang cocok dengan hitungan."),
    ),
    "low": (
        gettext_lazy("rendah"),
        "needs-you",
        gettext_lazy("Ingatan saja, atau kebiasaan yang tidak tertulis."),
    ),
}


def confidence_status(confidence: Confidence) -> Status:
    """How sure a number is, as a word and a shape."""
    word, kind, _meaning = _CONFIDENCE[confidence]
    return Status(str(word), kind)


def confidence_meanings() -> list[tuple[Status, str]]:
    """Every mark with what it means."""
    return [(confidence_status(mark), str(meaning)) for mark, (_word, _kind, meaning) in _CONFIDENCE.items()]


def lines_table(caption: str, lines: Iterable[Line], total: tuple[str, Plain] | None = None) -> ExplainedTable:
    """Base, rate and amount of every line; under it the sentence that computes it and ends with its article."""
    lines = list(lines)
    columns = [
        Column(_("Program")),
        # A contract's value leaves no room for the amount on a phone; the sentence says it too.
        Column(_("Dasar"), "figure", wide=any(line.base_rupiah >= _LONG_RUPIAH for line in lines)),
        Column(_("Tarif"), "figure", wide=True),
        Column(_("Besarnya"), "amount"),
    ]
    rows = [
        ExplainedRow(
            cells=[
                f"{_NAMES.get(line.key, line.programme or '')}, {PAYERS[line.payer]}",
                rupiah_text(line.base_rupiah, language()),
                # A whole base is no rate: a fixed amount, a package, the slices of a contract.
                line.rate_text if line.rate != 1 else None,
                line.amount_rupiah,
            ],
            notes=[line.sentence],
        )
        for line in lines
    ]
    return ExplainedTable(caption, columns, rows, [total[0], None, None, total[1]] if total else None)


def rules_used(
    answers: Sequence[Answer], beside: Sequence[str] = (), month: Month | None = None
) -> list[tuple[Link, str]]:
    """(page of the parameter, article) behind the answers, each once; ``beside``: others of ``month``."""
    articles = {load(name, month).name: load(name, month).article for name in beside} if month else {}
    for one in answers:
        # A row of a table is called after its file: jkk/rate/II.
        articles |= {"/".join(name.split("/")[:2]): article for name, (_value, article, _since) in one.law.items()}
    return [(parameter_link(name), article_text(article, language())) for name, article in articles.items()]


def parameter_link(name: str) -> Link:
    """The page of one parameter."""
    return Link(parameter(name).title.say(language()), reverse("public:parameter", args=name.split("/")))


def source_note(source: str) -> SafeString:
    """Where a value was read, as its file says it in English, with its addresses as links."""
    # urlize() escapes what it leaves as it was, and every address that it makes a link of.
    linked = mark_safe(urlize(source, trim_url_limit=44, nofollow=True, autoescape=True))
    return format_html('<span lang="en">{}</span>', linked)


def certainty(answers: Sequence[Answer]) -> dict[str, Any]:
    """What is doubtful in the answers, each doubt once, under the weakest mark of them all."""
    notes = list(dict.fromkeys(note for one in answers for note in one.notes))
    weakest = max((one.confidence for one in answers), key=list(_CONFIDENCE).index)
    provisional = any(one.provisional for one in answers)
    kind: Kind = "needs-you" if provisional or weakest == "low" else "info"
    return {"doubts": notes, "doubts_kind": kind, "provisional": provisional}
