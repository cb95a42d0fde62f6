"""Everything that can be wrong with a file, by code: what is wrong, and how to mend it."""

from collections.abc import Mapping
from typing import Final

from lindung.uploads.faults.changes import CHANGE_FAULTS
from lindung.uploads.faults.files import FILE_FAULTS
from lindung.uploads.faults.new_workers import NEW_WORKER_FAULTS
from lindung.uploads.faults.niks import NIK_FAULTS
from lindung.uploads.faults.own_workers import OWN_WORKER_FAULTS
from lindung.uploads.faults.people import PEOPLE_FAULTS
from lindung.uploads.faults.projects import PROJECT_FAULTS
from lindung.uploads.faults.refusals import REFUSALS
from lindung.uploads.faults.texts import Severity, Texts, describe
from lindung.uploads.faults.wages import WAGE_FAULTS

FAULTS: Final[Mapping[str, Texts]] = {
    **WAGE_FAULTS,
    **OWN_WORKER_FAULTS,
    **NIK_FAULTS,
    **PEOPLE_FAULTS,
    **NEW_WORKER_FAULTS,
    **CHANGE_FAULTS,
    **PROJECT_FAULTS,
    **FILE_FAULTS,
}
"""Of a row or of the file, by code."""

__all__ = ["FAULTS", "REFUSALS", "Severity", "Texts", "describe"]
