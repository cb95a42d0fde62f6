"""All that happened to a complaint, as each door tells it."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from lindung.channels.shared.components import Event
from lindung.channels.shared.exit_claims import last_day
from lindung.channels.shared.formats import long_date, rupiah
from lindung.compliance.queries import ComplaintView, StepView
from lindung.compliance.wording import ANSWERS, MOVES


def wage_in_brackets(step: StepView) -> str:
    """What the firm answered, with the wage or the last day of work that it put right."""
    text = str(ANSWERS[step.answer])
    if step.until_on:
        return f"{text} ({day_words(step)})"
    return f"{text} ({rupiah(step.wage_rupiah)})" if step.answer == "corrected" and step.wage_rupiah else text


def day_words(step: StepView) -> str:
    """The last day of work that stood at a step; empty where none did."""
    return _("hari terakhir %(day)s") % {"day": long_date(last_day(step.until_on))} if step.until_on else ""


def events_of(
    view: ComplaintView,
    parties: Callable[[StepView], Mapping[str, str]],
    answered: Callable[[StepView], str] = wage_in_brackets,
) -> list[Event]:
    """Newest first; ``parties`` gives what member, firm, agency and clock are called to who reads it."""

    def sentence(step: StepView) -> str:
        told = answered(step) if step.answer else day_words(step) if step.move == "end" else ""
        said = f"{MOVES[step.move]}: {told}" if told else str(MOVES[step.move])
        return f"{said}. “{step.words}”" if step.words else said

    return [Event(step.happened_at, sentence(step), parties(step)[step.by]) for step in reversed(view.steps)]
