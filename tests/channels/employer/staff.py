"""What the tests about a firm's workers share: files about them, lists that were sent, the civil registry's answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import polars as pl

from lindung.registry import enrolment_queries
from lindung.registry.enrolment_queries import EnrolmentView
from lindung.registry.services import PROPOSED, propose_workers, verify_batch
from lindung.uploads import services as uploads
from tests.builders import Firm
from tests.channels.employer.desk import CLERK, NOVEMBER
from tests.registry.registries import Answer, Registry
from tests.uploads import files, people
from tests.uploads.files import Cell


def file_of(kind: str, rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """A file of one kind, as .xlsx."""
    return files.xlsx_file(files.grid(rows, people.HEADINGS[kind]), sheet=kind)


def sent(firm: Firm, kind: str, rows: Sequence[Mapping[str, Cell]], now: datetime) -> int:
    """A file about workers in our hands, checked."""
    upload_id = uploads.receive_upload(
        actor=CLERK,
        employer_id=firm.id,
        kind=kind,
        period=NOVEMBER,
        file_name="pekerja.xlsx",
        content=file_of(kind, rows),
        now=now,
    ).id
    uploads.check_upload(upload_id=upload_id, now=now)
    return upload_id


def proposal(**changed: object) -> dict[str, object]:
    """Somebody new whom nobody has anything against, as a row that is proposed."""
    row = people.new_worker()
    told = {
        "nik": row["NOMOR_IDENTITAS"],
        "name": row["NAMA_LENGKAP"],
        "birth_on": date(1990, 3, 2),
        "sex": "P",
        "mother_name": row["NAMA_IBU_KANDUNG"],
        "email": row["EMAIL"],
        "phone": f"+62{str(row['HP'])[1:]}",
        "employee_no": row["NO_PEGAWAI"],
        "from_on": date(2026, 11, 2),
        "contract": "PKWTT",
        "contract_until_on": None,
        "location": "PUSAT",
        "wage_rupiah": 5_000_000,
        "details": '{"address": "Jalan Contoh 1", "birth_place": "Bandung"}',
        "kpj": None,
        "citizen": True,
    }
    return told | changed


def proposed(firm: Firm, rows: Sequence[Mapping[str, object]], now: datetime) -> int:
    """A list that waits for the civil registry; gives its id."""
    frame = pl.DataFrame([{"row_no": place, **row} for place, row in enumerate(rows, 2)], schema=PROPOSED)
    return propose_workers(actor=CLERK, employer_id=firm.id, rows=frame, upload_id=None, now=now).batch_id


def answered(batch_id: int, now: datetime, answers: Mapping[str, Answer] | None = None) -> None:
    """The civil registry answers: everybody matches but those of whom ``answers`` says something else."""
    verify_batch(batch_id=batch_id, registry=Registry(answers), now=now)


def rows_of(firm: Firm, batch_id: int) -> list[EnrolmentView]:
    """The rows of a list as they stood in it."""
    return list(enrolment_queries.enrolments(firm.id, batch_id=batch_id).items)
