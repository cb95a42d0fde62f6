"""Every write about firms, persons, their cards, where they work, and who is to become a member."""

from lindung.registry.services.corrections import CORRECTIONS
from lindung.registry.services.employers import EmployerRefused, NppTaken, register_employer
from lindung.registry.services.enrolments import PROPOSED, Proposed
from lindung.registry.services.exits import EXITS, ExitsRefused, report_exits
from lindung.registry.services.workers import WORKERS, WorkerFault, WorkersRefused, register_workers

__all__ = [
    "CORRECTIONS",
    "EXITS",
    "PROPOSED",
    "WORKERS",
    "EmployerRefused",
    "ExitsRefused",
    "NppTaken",
    "Proposed",
    "WorkerFault",
    "WorkersRefused",
    "register_employer",
    "register_workers",
    "report_exits",
]
