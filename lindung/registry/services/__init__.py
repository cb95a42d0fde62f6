"""Every write about firms, persons, their cards, where they work, and who is to become a member."""

from lindung.registry.enrolment_rows import PROPOSED
from lindung.registry.services.applications import (
    Applicant,
    ApplicationSettled,
    Confirmed,
    admit_application,
    apply_for_firm,
    confirm_application,
    decline_application,
    examine_application,
    forget_unconfirmed,
)
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
from lindung.registry.services.firms import (
    NewFirm,
    NewSite,
    NumberTaken,
    SiteTaken,
    add_site,
    ask_for_paper,
    end_site,
    register_firm,
    see_paper,
    set_terms,
)
from lindung.registry.services.verification import BatchBusy, queue_due_batches, verify_batch
from lindung.registry.services.workers import WORKERS, WorkerFault, WorkersRefused, register_workers

__all__ = [
    "CORRECTIONS",
    "EXITS",
    "PROPOSED",
    "WORKERS",
    "Applicant",
    "ApplicationSettled",
    "AskedTooSoon",
    "BatchBusy",
    "Confirmed",
    "Corrected",
    "EmployerRefused",
    "EnrolmentSettled",
    "ExitsRefused",
    "NewFirm",
    "NewSite",
    "NppTaken",
    "NumberTaken",
    "Proposed",
    "SiteTaken",
    "WorkerFault",
    "WorkersRefused",
    "add_site",
    "admit_application",
    "apply_for_firm",
    "ask_for_paper",
    "confirm_application",
    "correct_enrolment",
    "correct_workers",
    "decline_application",
    "end_site",
    "examine_application",
    "forget_unconfirmed",
    "propose_workers",
    "queue_due_batches",
    "register_employer",
    "register_firm",
    "register_workers",
    "report_exits",
    "see_paper",
    "set_terms",
    "verify_batch",
    "withdraw_enrolment",
]
