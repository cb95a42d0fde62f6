"""All that happened to a complaint, as each door tells it."""

from collections.abc import Callable, Mapping

from lindung.channels.shared.components import Event
from lindung.channels.shared.formats import rupiah
from lindung.compliance.queries import ComplaintView, StepView
from lindung.compliance.wording import ANSWERS, MOVES


def wage_in_brackets(step: StepView) -> str:
    """What the firm answered, with the wage that it put right."""
    text = str(ANSWERS[step.answer])
    return f"{text} ({rupiah(step.wage_rupiah)})" if step.answer == "corrected" and step.wage_rupiah else text


def events_of(
    view: ComplaintView,
    parties: Callable[[StepView], Mapping[str, str]],
    answered: Callable[[StepView], str] = wage_in_brackets,
) -> list[Event]:
    """Newest first; ``parties`` gives what member, firm, agency and clock are called to who reads it."""

    def sentence(step: StepView) -> str:
        said = f"{MOVES[step.move]}: {answered(step)}" if step.answer else str(MOVES[step.move])
        return f"{said}. “{step.words}”" if step.words else said

    return [Event(step.happened_at, sentence(step), parties(step)[step.by]) for step in reversed(view.steps)]
