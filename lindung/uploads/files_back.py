"""The files that go back to an employer: his own rows with reasons, rows to mend, and the forms to fill in."""

from datetime import date
from typing import Final

from lindung.registry import queries as registry
from lindung.registry.enrolment_queries import rows_written
from lindung.uploads.annotated import annotated
from lindung.uploads.kinds import KINDS, kind_of
from lindung.uploads.kinds.rows_back import write_rows_back
from lindung.uploads.models import Upload
from lindung.uploads.queries import findings_in

_TO_MEND: Final = ("to_correct", "to_resolve")


def annotated_file(employer_id: int, upload_id: int) -> bytes | None:
    """The user's own rows as .xlsx, in their own places, with a first column that says what to mend; None: nothing to.

    Of a file that was booked in part it holds the other rows alone, one below the other, each with the number that it
    had. Sent back it is read like any other: our column is passed over.
    """
    found = findings_in(employer_id, upload_id)
    if found is None or found.cells.is_empty():
        return None
    kind, partial = Upload.objects.values_list("kind", "summary__partial").get(pk=upload_id)
    return annotated(found, sheet=KINDS[kind].LAYOUT.sheet, only_wrong=bool(partial))


def rows_to_mend(employer_id: int, batch_id: int) -> bytes | None:
    """The workers of one enrolment who are not taken as they were told, as a form that says why; None: there are none.

    Mended and sent back, each row takes the place of the old one.
    """
    rows = rows_written(employer_id, batch_id, state=_TO_MEND)
    return None if rows.is_empty() else write_rows_back(rows, employer=registry.employer(employer_id))


def template(employer_id: int, *, kind: str, period: date, project_id: int | None = None) -> bytes:
    """The form of one kind of file as .xlsx, for this firm (and project) and the month that starts on ``period``."""
    employer = registry.employer(employer_id, month_on=period)
    return kind_of(kind, project_id).template(employer=employer, period=period)
