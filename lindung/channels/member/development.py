"""A member's development as he sees it: what each year gave and why, and what this year has grown to so far."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from lindung.channels.shared.components import Column, ExplainedRow, ExplainedTable
from lindung.channels.shared.formats import language, month_name
from lindung.contributions.development_queries import YearOfAccount
from lindung.contributions.explained_development import Growth, explained_growth, explained_year


def years_table(years: Sequence[YearOfAccount]) -> ExplainedTable:
    """Each credited year with its rate and amount, and under it how it was worked out and by which decision."""
    reader = language()
    columns = [Column(_("Tahun"), "figure"), Column(_("Tarif"), "percent"), Column(_("Hasil pengembangan"), "amount")]
    rows = []
    for year in years:
        line = explained_year(year, language=reader)
        notes = [line.sentence] if year.rate_source == "law" else [line.sentence, _decided(year.citation)]
        rows.append(ExplainedRow([str(year.year), year.rate, year.credited_rupiah], notes))
    return ExplainedTable(_("Hasil pengembangan tiap tahun"), columns, rows)


def growth_so_far(growing: list[YearOfAccount], today: date) -> dict[str, object]:
    """For the home page: the provisional sum and its reasons; empty where no officer has set a rate."""
    grown = explained_growth(growing, today=today, language=language())
    if not grown:
        return {}
    return {
        "growth_rupiah": sum(part.line.amount_rupiah for part in grown),
        "growth_reasons": [[part.line.sentence, _until(part), _decided(part.citation)] for part in grown],
    }


def _until(part: Growth) -> str:
    return _("Dihitung sampai akhir %(month)s.") % {"month": month_name(date(part.year, part.months, 1))}


def _decided(citation: str) -> str:
    return _("Tarif menurut: %(citation)s") % {"citation": citation}
