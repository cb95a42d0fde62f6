"""What is known of a firm, in the reader's words: for the firm's own door, the agency's and the open page alike."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lindung.channels.shared.components import Column, SummaryRow, Table
from lindung.channels.shared.formats import language, month_name, percent, short_rupiah
from lindung.law import Month, Programme, enterprise
from lindung.law.parameters import load
from lindung.registry.firm_queries import ProfileView, SiteView, TermsView
from lindung.registry.lines_of_business import lines_of_business
from lindung.registry.provinces import province_names


def size_words() -> dict[str, str]:
    """Size -> its name, smallest first."""
    return {
        "micro": pgettext("ukuran usaha", "Mikro"),
        "small": pgettext("ukuran usaha", "Kecil"),
        "medium": pgettext("ukuran usaha", "Menengah"),
        "large": pgettext("ukuran usaha", "Besar"),
    }


def size_source(month: Month) -> str:
    """Where the limits of the sizes come from, and what is doubtful about them."""
    limits = load("enterprise/capital_up_to", month)
    return " ".join([f"{limits.article}.", *(doubt.say(language()) for doubt in limits.doubts)])


def sizes_as_choices(month: Month) -> list[tuple[str, str]]:
    """Every size with the law's limits of capital and yearly sales, as one picks it."""
    capital, sales = (load(f"enterprise/{kind}_up_to", month).limits for kind in ("capital", "sales"))
    choices = []
    for size, name in size_words().items():
        if size in capital:
            told = {"name": name, "capital": short_rupiah(capital[size]), "sales": short_rupiah(sales[size])}
            choices.append(
                (size, _("%(name)s: modal sampai %(capital)s, atau penjualan setahun sampai %(sales)s") % told)
            )
        else:
            choices.append((size, _("%(name)s: di atas itu") % {"name": name}))
    return choices


def legal_form_words() -> dict[str, str]:
    """Legal form -> its name, the most frequent first."""
    return {
        "PT": _("Perseroan terbatas (PT)"),
        "CV": _("Persekutuan komanditer (CV)"),
        "perorangan": _("Usaha perorangan"),
        "koperasi": _("Koperasi"),
        "yayasan": _("Yayasan"),
        "Firma": _("Firma"),
        "lainnya": pgettext("bentuk usaha", "Lainnya"),
    }


def line_words() -> dict[str, str]:
    """Line of business -> its name."""
    return {code: line.words[language()] for code, line in lines_of_business().items()}


def paper_words() -> dict[str, str]:
    """Kind of paper -> its name."""
    return {
        "nib": _("NIB (nomor induk berusaha)"),
        "npwp": _("Kartu NPWP"),
        "deed": _("Akta pendirian dan perubahannya"),
        "identity": _("KTP pemilik"),
        "licence": _("Izin usaha lain"),
        "workers": _("Daftar pekerja dan upahnya"),
    }


def site_words() -> dict[str, str]:
    """Kind of site -> its name."""
    return {"site": _("Lokasi kerja"), "division": _("Divisi")}


def identity_rows(profile: ProfileView) -> list[SummaryRow]:
    """Who a firm is, as facts."""
    later = _("Menyusul")
    place = f"{profile.regency}, {province_names().get(profile.province_code, profile.province_code)}"
    return [
        SummaryRow(_("Bentuk usaha"), legal_form_words()[profile.legal_form]),
        SummaryRow(_("Bidang usaha"), line_words()[profile.line_of_business]),
        SummaryRow(_("NPWP"), profile.npwp_masked or later),
        SummaryRow(_("NIB"), profile.nib_masked or later),
        SummaryRow(_("Alamat"), profile.street),
        SummaryRow(_("Kabupaten atau kota"), place),
    ]


def terms_rows(terms: TermsView, profile: ProfileView | None) -> list[SummaryRow]:
    """Size, class and its rate with where they come from."""
    month = Month.of(max(terms.from_on, Month(2015, 7).first_on))
    rate = load("jkk/rate", month)
    guessed = profile is not None and not terms.by_officer
    source = _("Perkiraan dari bidang usaha; belum ditetapkan petugas.") if guessed else _("Ditetapkan petugas.")
    if profile is None and not terms.by_officer:
        source = ""
    named = {"class": terms.jkk_class, "rate": percent(rate.rates[terms.jkk_class])}
    return [
        SummaryRow(_("Ukuran usaha"), size_words()[terms.size]),
        SummaryRow(_("Kelas risiko JKK"), _("%(class)s, iuran %(rate)s dari upah") % named, source=source),
        SummaryRow(_("Dasar tarif"), rate.article),
    ]


def holding_on(history: list[TermsView], day: date) -> TermsView:
    """What holds on a day; the first of all for a firm that begins later."""
    begun = [row for row in history if row.from_on <= day]
    return begun[-1] if begun else history[0]


def coming_rows(history: list[TermsView], month_on: date) -> list[SummaryRow]:
    """What is set for months to come, as facts: from when, and what."""
    return [
        SummaryRow(
            _("Mulai %(month)s") % {"month": month_name(row.from_on)},
            _("Kelas %(class)s, ukuran %(size)s") % {"class": row.jkk_class, "size": size_words()[row.size].lower()},
            source=row.reason,
        )
        for row in history
        if row.from_on > month_on
    ]


def programmes_table(terms: TermsView) -> Table:
    """The firm's programmes, each with why it is there."""
    must = enterprise.mandatory(terms.size, Month.of(max(terms.from_on, Month(2015, 7).first_on)))
    size = size_words()[terms.size].lower()
    rows = []
    for code in Programme:
        if code not in terms.programmes:
            continue
        if code in must.words:
            why, article = _("Wajib untuk usaha %(size)s") % {"size": size}, must.article
        elif code == Programme.JKP:
            why, article = _("Dengan sendirinya, dari iuran JKK dan pemerintah"), "PP 6/2025 Pasal 4"
        else:
            why, article = _("Diikuti atas kemauan perusahaan"), must.article
        rows.append([code.value, why, article])
    return Table(_("Yang diikuti dan sebabnya"), [Column(_("Program")), Column(_("Alasan")), Column(_("Pasal"))], rows)


def history_table(terms: list[TermsView]) -> Table:
    """What held from which month; the newest first."""
    columns = [Column(_("Mulai bulan")), Column(_("Ukuran")), Column(_("Kelas JKK")), Column(_("Alasan"))]
    rows = [
        [month_name(row.from_on), size_words()[row.size], row.jkk_class, row.reason or _("Saat didaftarkan")]
        for row in reversed(terms)
    ]
    return Table(_("Yang berlaku dari bulan ke bulan"), columns, rows)


def sites_table(sites: list[SiteView]) -> Table:
    """Places and parts of a firm."""
    kinds: Mapping[str, str] = site_words()
    rows = [[site.name, kinds[site.kind], site.place] for site in sites]
    return Table(_("Tempat orang bekerja"), [Column(_("Nama")), Column(_("Jenis")), Column(_("Tempat"))], rows)
