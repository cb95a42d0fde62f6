"""An offer of own-account months as pages show it: what each length costs, one month explained, what is doubtful."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lindung.channels.shared.components import Column, ExplainedRow, ExplainedTable, SummaryRow
from lindung.channels.shared.formats import long_date, month_name, rupiah
from lindung.channels.shared.standings import rule_text
from lindung.contributions.offers import Offer
from lindung.law.readings import (
    FULL_JKM_AFTER_THREE_MONTHS,
    OWN_ACCOUNT_COVER_FROM_PAYMENT,
    ROUNDING,
    SKIPPED_MONTHS_UNCOVERED,
)
from lindung.law.wording import Language


def lengths(offer: Offer, choices: Sequence[int]) -> list[tuple[str, str]]:
    """Choices for a form: how many months, which, and what they cost together."""
    return [(str(count), _length(offer, count)) for count in choices]


def _length(offer: Offer, count: int) -> str:
    taken = offer.months[:count]
    said = ngettext("%(count)s bulan", "%(count)s bulan", count) % {"count": count}
    last, sum_up = month_name(taken[-1].month.first_on), rupiah(sum(month.rupiah for month in taken))
    if count == 1:
        return f"{said}: {sum_up}, {last}"
    return _("%(months)s: %(rupiah)s, sampai %(last)s") % {"months": said, "rupiah": sum_up, "last": last}


def reactivation(offer: Offer, today: date, language: Language) -> list[SummaryRow]:
    """What is owed, by which rule, and which protection is there from which day: the same for member and officer."""
    standing = offer.standing
    owed = list(offer.months[: offer.owed])
    rule = rule_text(standing.article, language)
    first = month_name(offer.months[0].month.first_on)
    rows = [SummaryRow(_("Dibayar mulai bulan"), first, source=rule)]
    if offer.skipped:
        words = ngettext("%(count)s bulan, tidak dibayar", "%(count)s bulan, tidak dibayar", offer.skipped)
        rows.append(SummaryRow(_("Bulan yang dilewati"), words % {"count": offer.skipped}))
    if owed:
        rows.append(SummaryRow(_("Tunggakan"), sum(month.rupiah for month in owed), kind="amount"))
        rows.append(SummaryRow(_("Denda"), 0, kind="amount"))
    elif standing.state == "lapsed":
        rows.append(SummaryRow(_("Tunggakan lama"), _("tidak ditagih"), source=rule))
    if not standing.covered:
        day = long_date(offer.cover_from)
        rows.append(
            SummaryRow(_("JKK dan biaya pemakaman kembali"), _("%(day)s, bila dibayar hari ini") % {"day": day})
        )
        rows.append(SummaryRow(_("Santunan JKM penuh"), _("setelah tiga bulan dibayar berturut-turut")))
    return rows


def month_explained(offer: Offer) -> ExplainedTable:
    """The first month line by line, each with the sentence that computes it; and where a later month costs more."""
    first = offer.months[0]
    columns = [Column(_("Program")), Column(_("Besarnya"), "amount")]
    rows = [ExplainedRow([str(line.programme), line.amount_rupiah], [line.sentence]) for line in first.lines]
    caption = _("Iuran %(month)s") % {"month": month_name(first.month.first_on)}
    return ExplainedTable(caption, columns, rows, [_("Jumlah"), first.rupiah])


def changes(offer: Offer) -> list[str]:
    """From which month on the contribution is another, such as after a relief ends."""
    said = []
    for before, after in zip(offer.months, offer.months[1:], strict=False):
        if before.rupiah != after.rupiah:
            month, amount = month_name(after.month.first_on), rupiah(after.rupiah)
            said.append(_("Mulai %(month)s iurannya %(amount)s.") % {"month": month, "amount": amount})
    return said


def doubts(offer: Offer, language: Language) -> list[str]:
    """Everything doubtful in an offer, each once."""
    said: list[Any] = [doubt for month in offer.months for line in month.lines for doubt in line.doubts]
    readings = [ROUNDING, OWN_ACCOUNT_COVER_FROM_PAYMENT, FULL_JKM_AFTER_THREE_MONTHS]
    if offer.skipped:
        readings.append(SKIPPED_MONTHS_UNCOVERED)
    words = [words.say(language) for words in offer.standing.doubts] + [one.doubt.say(language) for one in readings]
    return list(dict.fromkeys([*said, *words]))
