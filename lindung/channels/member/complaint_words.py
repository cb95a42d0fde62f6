"""How a complaint stands, as its member reads it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lindung.channels.shared import complaint_story
from lindung.channels.shared.components import Event, Kind, Status, SummaryRow
from lindung.channels.shared.exit_claims import cause_words, how_it_stands, last_day
from lindung.channels.shared.formats import month_name, rupiah
from lindung.channels.shared.paper_words import described
from lindung.compliance.queries import ComplaintRow, ComplaintView, StepView
from lindung.compliance.wording import ANSWERS, KINDS, STATES

_SHAPES: dict[str, Kind] = {
    "with_firm": "info",
    "answered": "needs-you",
    "with_agency": "info",
    "ordered": "info",
    "settled": "good",
    "withdrawn": "quiet",
    "closed": "quiet",
}


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next, and who does it."""

    what: str
    who: str


def status_of(row: ComplaintRow) -> Status:
    """In a word; an answer is something that he has to read."""
    word = _("Dijawab, baca jawabannya") if row.state == "answered" else str(STATES[row.state])
    return Status(word, _SHAPES[row.state])


def title_of(row: ComplaintRow) -> str:
    """What it is about."""
    if row.about_exit:
        return _("Berhenti bekerja di %(employer)s") % {"employer": row.employer_name}
    return _("Aduan tentang %(month)s") % {"month": month_name(row.period)}


def next_of(row: ComplaintRow) -> Next | None:
    """Who has to act; None once it is over."""
    firm, officer = row.employer_name, _("Petugas kami")
    if row.about_exit and row.state == "ordered":
        return Next(_("Perusahaan melaporkan Anda keluar sesuai keputusan petugas."), firm)
    return {
        "with_firm": Next(_("Perusahaan menjawab aduan Anda. Tanpa jawaban, petugas kami yang meneruskan."), firm),
        "answered": Next(_("Baca jawabannya, lalu katakan apakah sudah beres."), _("Anda")),
        "with_agency": Next(_("Petugas memeriksa dan memutus."), officer),
        "ordered": Next(_("Perusahaan membetulkan bulan ini sesuai keputusan petugas."), firm),
    }.get(row.state)


def said_rows(view: ComplaintView) -> list[SummaryRow]:
    """What was complained of, and how the month stands now."""
    row = view.row
    rows = [SummaryRow(_("Perusahaan"), row.employer_name), SummaryRow(_("Aduan Anda"), str(KINDS[row.kind]))]
    if row.about_exit:
        said_on = last_day(view.said_until_on) if view.said_until_on else None
        return [
            *rows,
            SummaryRow(_("Hari kerja terakhir menurut Anda"), said_on, kind="date"),
            SummaryRow(_("Sebabnya menurut Anda"), cause_words(view.said_cause)),
            SummaryRow(_("Bukti Anda"), described(view.paper) if view.paper else _("Tidak ada")),
            *how_it_stands(view),
        ]
    if view.said_wage_rupiah:
        rows.append(SummaryRow(_("Upah menurut Anda"), view.said_wage_rupiah, kind="amount"))
    if row.kind == "wage_wrong":
        rows.append(SummaryRow(_("Upah yang dilaporkan waktu itu"), view.billed_wage_rupiah, kind="amount"))
    now = view.month.wage_rupiah if view.month else 0
    if now:
        rows.append(SummaryRow(_("Upah yang tercatat sekarang"), now, kind="amount"))
    else:
        rows.append(SummaryRow(_("Upah yang tercatat sekarang"), _("Tidak ada")))
    if row.kind == "month_missing":
        paid = view.month is not None and view.month.paid
        rows.append(SummaryRow(_("Iurannya"), _("Sudah dibayar") if paid else _("Belum dibayar")))
    return rows


def answer_words(step: StepView, kind: str) -> str:
    """What the firm answered, with what it put right: the money of a missing month, the last day of work, the wage."""
    text = str(ANSWERS[step.answer])
    if step.until_on:
        return f"{text}: {complaint_story.day_words(step)}"
    if step.answer == "corrected" and kind == "month_missing":
        return _("%(answer)s: iuran bulan itu sudah dibayar") % {"answer": text}
    return f"{text}: {rupiah(step.wage_rupiah)}" if step.answer == "corrected" and step.wage_rupiah else text


def events_of(view: ComplaintView) -> list[Event]:
    """All that happened, newest first, in everybody's own words."""

    def parties(step: StepView) -> dict[str, str]:
        return {
            "member": _("Anda"),
            "firm": view.row.employer_name,
            "agency": _("Petugas kami"),
            "clock": _("Otomatis"),
        }

    return complaint_story.events_of(view, parties, lambda step: answer_words(step, view.row.kind))
