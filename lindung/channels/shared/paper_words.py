"""A firm's papers in the reader's words: what is asked for, what was sent, and what became of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lindung.channels.shared.components import Column, Event, Link, Status, Table
from lindung.channels.shared.firm_words import paper_words
from lindung.channels.shared.formats import count
from lindung.channels.shared.forms import HouseForm
from lindung.evidence.limits import Refused
from lindung.evidence.queries import PaperFacts
from lindung.registry.firm_queries import PaperView
from lindung.registry.paper_queries import AskedPaper, FileView

FORMATS = {"pdf": "PDF", "jpeg": "JPG", "png": "PNG"}
_KILOBYTE = 1024


def paper_field(**options: Any) -> forms.FileField:
    """One file. What it really is says the room that keeps it."""
    return forms.FileField(
        help_text=gettext_lazy(
            "PDF, JPG, atau PNG, paling besar 6 MB. Foto dengan HP boleh, asal semua tulisan terbaca."
        ),
        error_messages={"empty": gettext_lazy("Berkas ini kosong. Pilih berkas lain.")},
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"}),
        **options,
    )


class PaperFileForm(HouseForm):
    """The file for one of the papers that a firm is asked for."""

    paper = paper_field()

    def __init__(self, *args: object, kind: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].label = paper_words()[kind]


def refusal_words(refused: Refused) -> str:
    """Why a file cannot be taken, and what to do."""
    return {
        "empty": _("Berkas ini kosong. Pilih berkas lain."),
        "too_big": _("Berkas lebih dari 6 MB. Kirim foto atau pindaian yang lebih kecil."),
        "other_format": _("Ini bukan PDF, JPG, atau PNG. Simpan sebagai PDF, atau foto dokumennya."),
        "cut_off": _("Berkas terputus di tengah. Buka dulu berkasnya, lalu kirim lagi."),
        "broken": _("Berkas rusak dan tidak bisa dibuka. Simpan ulang, lalu kirim lagi."),
        "too_many_pixels": _("Gambarnya terlalu besar. Foto ulang dengan ukuran biasa."),
        "password": _("PDF ini memakai kata sandi. Simpan tanpa kata sandi, lalu kirim lagi."),
        "unsafe": _("PDF ini berisi skrip atau lampiran. Cetak ke PDF baru, lalu kirim yang baru."),
    }[refused.code]


def returned_before() -> str:
    """Why the file that an officer returned is not taken again."""
    return _("Berkas ini sudah dikembalikan petugas. Perbaiki dulu, lalu kirim yang baru.")


def paper_status(paper: PaperView) -> Status:
    """How a paper stands, by its newest file and whether an officer has seen it."""
    return _status(seen=paper.seen_at is not None, file_state=paper.file_state)


def asked_status(paper: AskedPaper) -> Status:
    """The same of one paper."""
    return _status(seen=paper.seen_at is not None, file_state=paper.newest.state if paper.newest else "")


def _status(*, seen: bool, file_state: str) -> Status:
    if seen:
        return Status(_("Sudah dilihat petugas"), "good")
    if file_state == "sent":
        return Status(_("Menunggu petugas"), "info")
    if file_state == "returned":
        return Status(_("Dikembalikan"), "danger")
    return Status(_("Belum ada"), "needs-you")


def papers_table(papers: Sequence[PaperView], addresses: Mapping[int, str]) -> Table:
    """What was asked for, until when, and how it stands; each paper leads to its own page."""
    names = paper_words()
    rows = [
        [
            Link(names[paper.kind], addresses[paper.id]) if paper.id in addresses else names[paper.kind],
            paper.wanted_by_on,
            paper_status(paper),
        ]
        for paper in papers
    ]
    columns = [Column(_("Dokumen")), Column(_("Paling lambat"), "date"), Column(_("Keadaan"))]
    return Table(_("Yang diminta"), columns, rows)


def described(file: FileView | PaperFacts) -> str:
    """A file by what it is: nobody's name for it is kept."""
    return f"{FORMATS[file.format]}, {count(-(-file.size_bytes // _KILOBYTE))} KB"


def events_of(paper: AskedPaper, senders: Mapping[int, str], links: Mapping[int, Link] | None = None) -> list[Event]:
    """All that happened to a paper, newest first; ``links`` lead to a file."""
    events = [Event(paper.asked_at, _("Diminta"))]
    for file in reversed(paper.files):
        link = (links or {}).get(file.id)
        sent = _("Dikirim: %(file)s") % {"file": described(file)}
        events.append(Event(file.sent_at, sent, senders.get(file.sent_by, ""), links=[link] if link else []))
        if file.answered_at is not None:
            said = _("Dokumen diterima") if file.state == "accepted" else f"{_('Dikembalikan')}. “{file.reason}”"
            events.append(Event(file.answered_at, said, _("Petugas")))
    shown_at_counter = paper.seen_at is not None and not any(file.state == "accepted" for file in paper.files)
    if paper.seen_at is not None and shown_at_counter:
        events.append(Event(paper.seen_at, _("Ditunjukkan di kantor cabang"), _("Petugas")))
    return sorted(events, key=lambda event: event.at)[::-1]
