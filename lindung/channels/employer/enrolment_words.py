"""How a new worker's row, and a whole list of them, stand: a word or two, and the reason."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lindung.channels.shared.components import Status
from lindung.channels.shared.formats import count
from lindung.registry.enrolment_queries import BatchView, EnrolmentView
from lindung.registry.identity_words import Words, words_of


def state_words() -> dict[str, Status]:
    """State -> word, wherever a row or a count of rows is shown."""
    return {
        "enrolled": Status(_("Terdaftar"), "good"),
        "waiting": Status(_("Menunggu Dukcapil"), "info"),
        "to_correct": Status(_("Perlu Anda perbaiki"), "needs-you"),
        "to_resolve": Status(_("Perlu diurus pekerja"), "needs-you"),
        "withdrawn": Status(_("Ditarik"), "quiet"),
    }


def words_for(row: EnrolmentView) -> Words:
    """Why a row stands as it does, what mends it, whom to ask."""
    return words_of(row.outcome, row.differing)


def batch_status(batch: BatchView) -> Status:
    """How a whole list stands: what the firm must do comes before what we wait for."""
    states = state_words()
    if number := batch.counts["to_correct"]:
        words = ngettext("%(number)s perlu diperbaiki", "%(number)s perlu diperbaiki", number)
        return Status(words % {"number": count(number)}, "needs-you")
    if batch.counts["waiting"]:
        return states["waiting"]
    if batch.counts["to_resolve"]:
        return states["to_resolve"]
    return Status(_("Selesai"), "good")
