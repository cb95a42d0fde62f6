"""Every write about complaints, hints, reminders and follow-ups."""

from lindung.compliance.services.clocks import run_clocks
from lindung.compliance.services.complaints import (
    ANSWERS,
    EXIT_ANSWERS,
    Opened,
    accept_answer,
    answer_complaint,
    close_complaint,
    object_to_answer,
    open_complaint,
    open_complaints_of_wages,
    order_correction,
    take_complaint,
    withdraw_complaint,
)
from lindung.compliance.services.exits import claim_exit, end_employment
from lindung.compliance.services.follow_ups import finish_follow_up, take_follow_up, write_follow_up
from lindung.compliance.services.hints import hint_at_wages
from lindung.compliance.services.reading import read_complaint, read_evidence
from lindung.compliance.services.refusals import (
    CannotComplain,
    ComplaintNotFound,
    DayPassed,
    ExitNotPossible,
    FollowUpNotFound,
    NothingCorrected,
    NothingSaid,
    NotYourTurn,
)
from lindung.compliance.services.reminders import remind_firms

__all__ = [
    "ANSWERS",
    "EXIT_ANSWERS",
    "CannotComplain",
    "ComplaintNotFound",
    "DayPassed",
    "ExitNotPossible",
    "FollowUpNotFound",
    "NotYourTurn",
    "NothingCorrected",
    "NothingSaid",
    "Opened",
    "accept_answer",
    "answer_complaint",
    "claim_exit",
    "close_complaint",
    "end_employment",
    "finish_follow_up",
    "hint_at_wages",
    "object_to_answer",
    "open_complaint",
    "open_complaints_of_wages",
    "order_correction",
    "read_complaint",
    "read_evidence",
    "remind_firms",
    "run_clocks",
    "take_complaint",
    "take_follow_up",
    "withdraw_complaint",
    "write_follow_up",
]
