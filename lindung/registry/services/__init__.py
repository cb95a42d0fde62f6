"""Every write about firms, persons, their cards, where they work, and who is to become a member."""

from lindung.registry.enrolment_rows import PROPOSED
from lindung.registry.services.cards import NewCard, PersonMissing, look_up_card, open_card
from lindung.registry.services.corrections import CORRECTIONS, Corrected, correct_workers
from lindung.registry.services.employers import EmployerRefused, NppTaken, register_employer
from lindung.registry.services.enrolments import (
    AskedTooSoon,
    EnrolmentSettled,
    Proposed,
    correct_enrolment,
    propose_workers,
    withdraw_enrolment,
)
from lindung.registry.services.exits import EXITS, ExitsRefused, report_exits
from lindung.registry.services.verification import BatchBusy, queue_due_batches, verify_batch
from lindung.registry.services.workers import WORKERS, WorkerFault, WorkersRefused, register_workers

__all__ = [
    "CORRECTIONS",
    "EXITS",
    "PROPOSED",
    "WORKERS",
    "AskedTooSoon",
    "BatchBusy",
    "Corrected",
    "EmployerRefused",
    "EnrolmentSettled",
    "ExitsRefused",
    "NewCard",
    "NppTaken",
    "PersonMissing",
    "Proposed",
    "WorkerFault",
    "WorkersRefused",
    "correct_enrolment",
    "correct_workers",
    "look_up_card",
    "open_card",
    "propose_workers",
    "queue_due_batches",
    "register_employer",
    "register_workers",
    "report_exits",
    "verify_batch",
    "withdraw_enrolment",
]
