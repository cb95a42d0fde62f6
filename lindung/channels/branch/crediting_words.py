"""How a crediting is told to officers: its state, its refusals, its totals as tables and a small picture."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lindung.channels.shared.components import Column, Status, SummaryRow, Table
from lindung.channels.shared.formats import count, language, long_date, rupiah
from lindung.contributions.crediting_queries import BandTotal, CreditingView, Rehearsal
from lindung.contributions.services import (
    CreditingGone,
    DecisionMissing,
    EarlierYearOpen,
    NotRehearsed,
    RateIsTheLaws,
    SameOfficer,
    YearNotOver,
    YearTaken,
)
from lindung.law.errors import LawError
from lindung.law.wording import rate_text
from lindung.lib.clock import wib_date

_BAR_WIDTH, _BAR_LEFT, _BAR_PITCH = 190, 130, 22


def state_of(view: CreditingView) -> Status:
    """Its state in a word."""
    return {
        "planned": Status(_("Direncanakan"), "needs-you"),
        "started": Status(_("Sedang dikreditkan"), "info"),
        "finished": Status(_("Selesai"), "good"),
        "withdrawn": Status(_("Dibatalkan"), "quiet"),
    }[view.state]


def facts_of(view: CreditingView) -> list[SummaryRow]:
    """Rate, what it stands on, and who decided when."""
    nobody = _("sistem")
    rows = [
        SummaryRow(_("Tarif setahun"), view.rate, kind="percent"),
        SummaryRow(_("Dasar hukum") if view.rate_source == "law" else _("Keputusan"), view.citation),
        SummaryRow(_("Direncanakan"), f"{long_date(wib_date(view.planned_at))}, {view.planned_by or nobody}"),
    ]
    if view.started_at:
        rows.append(SummaryRow(_("Dimulai"), f"{long_date(wib_date(view.started_at))}, {view.started_by or nobody}"))
    if view.finished_at:
        rows.append(SummaryRow(_("Selesai"), long_date(wib_date(view.finished_at))))
    if view.corrections:
        corrected = _("%(accounts)s rekening, seluruhnya %(amount)s") % {
            "accounts": count(view.corrected_accounts),
            "amount": rupiah(view.corrected_rupiah),
        }
        rows.append(SummaryRow(_("Dikoreksi sesudahnya"), corrected))
    return rows


def bands_table(totals: Rehearsal) -> Table:
    """Accounts and amounts by the average balance of the year."""
    columns = [Column(_("Saldo rata-rata")), Column(_("Rekening"), "count"), Column(_("Hasil"), "amount")]
    rows = [[band_name(band), band.accounts, band.amount_rupiah] for band in totals.bands]
    return Table(
        _("Menurut saldo rata-rata tahun itu"), columns, rows, [_("Jumlah"), totals.accounts, totals.amount_rupiah]
    )


def ranges_table(totals: Rehearsal) -> Table:
    """Accounts and amounts by range of holders, as they will be booked."""
    columns = [Column(_("Bagian")), Column(_("Rekening"), "count"), Column(_("Hasil"), "amount")]
    rows = [[str(part.range_no), part.accounts, part.amount_rupiah] for part in totals.ranges]
    return Table(_("Menurut bagian yang dibukukan sekaligus"), columns, rows)


def band_name(band: BandTotal) -> str:
    """Such as ``1 – 5 juta``."""
    low = band.from_rupiah // 1_000_000
    if band.until_rupiah is None:
        return _("%(low)s juta ke atas") % {"low": low}
    return _("%(low)s – %(high)s juta") % {"low": low, "high": band.until_rupiah // 1_000_000}


@dataclass(frozen=True, slots=True)
class Bar:
    """One band in the picture, in units of its box."""

    label: str
    value: str
    y: int
    text_y: int
    width: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The bars of all bands, each as wide as its share of the amount."""

    bars: list[Bar]
    left: int
    width: int
    height: int


def picture_of(totals: Rehearsal) -> Picture:
    """How the amount lies over the bands."""
    most = max((band.amount_rupiah for band in totals.bands), default=0) or 1
    bars = [
        Bar(
            band_name(band),
            rupiah(band.amount_rupiah),
            place * _BAR_PITCH + 4,
            place * _BAR_PITCH + 16,
            band.amount_rupiah * _BAR_WIDTH // most,
        )
        for place, band in enumerate(totals.bands)
    ]
    return Picture(bars, _BAR_LEFT, _BAR_LEFT + _BAR_WIDTH, len(bars) * _BAR_PITCH + 4)


def refusal_words(refused: Exception) -> str:
    """Why it cannot be done, and how to go on."""
    if isinstance(refused, LawError):
        return refused.say(language())
    if isinstance(refused, RateIsTheLaws):
        rate = rate_text(refused.rate, language())
        return _("Tarif tahun itu sudah diketahui: %(rate)s. Kosongkan tarif, atau isi yang sama.") % {"rate": rate}
    if isinstance(refused, EarlierYearOpen):
        return _("Tahun %(year)s belum selesai. Selesaikan atau batalkan tahun itu dahulu.") % {"year": refused.year}
    return {
        YearNotOver: _("Tahun itu belum berakhir. Pengkreditan dibuat sesudah 31 Desember."),
        YearTaken: _("Tahun itu sudah mempunyai pengkreditan. Lihat di daftar."),
        DecisionMissing: _("Tarif tahun itu tidak ada dalam aturan. Isi tarif dan keputusannya."),
        SameOfficer: _("Anda yang merencanakannya. Petugas lain yang harus memulai."),
        NotRehearsed: _("Jumlahnya sudah dihitung ulang. Periksa jumlah yang baru, lalu mulai."),
        CreditingGone: _("Keadaannya sudah berubah. Lihat keadaan yang sekarang di halaman ini."),
    }[type(refused)]
