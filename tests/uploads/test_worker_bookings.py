"""A confirmed file about workers becomes the registry's, once, whole or in part."""

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import polars as pl
import pytest
from django.db import connection

from lindung.access.models import TrailEvent
from lindung.access.trail import SYSTEM
from lindung.registry import services as registry
from lindung.registry.enrolment_rows import read_rows
from lindung.registry.models import Employment, Enrolment, EnrolmentBatch
from lindung.uploads import agreeing, files_back, queries, services
from lindung.uploads.checks import CHECKS
from lindung.uploads.kinds import worker_rows
from lindung.uploads.models import Upload
from tests import builders
from tests.builders import Firm
from tests.uploads import files, people
from tests.uploads.people import changed, new_worker, new_workers
from tests.uploads.sending import (
    CLERK,
    NOVEMBER,
    OTHER_CLERK,
    at_once,
    book,
    faults,
    receive,
    send,
    send_rows,
    view,
    worker_csv,
)


@pytest.fixture
def firm(now: datetime, request: pytest.FixtureRequest) -> Firm:
    request.getfixturevalue("committed_db" if "committed_db" in request.fixturenames else "db")
    return builders.firm(now=now, workers=3)


def enrolled(firm: Firm) -> list[Any]:
    return list(Enrolment.objects.filter(employer_id=firm.id).order_by("row_no").values_list("row_no", "state"))


def test_a_confirmed_file_waits_in_the_registry_with_its_batch(firm: Firm, now: datetime) -> None:
    rows = new_workers(2)
    done = book(firm, send_rows(firm, rows, now), now)
    batch = EnrolmentBatch.objects.get(upload_id=done.id)
    assert (done.state, done.summary["batch_id"], done.summary["waiting"]) == ("booked", batch.pk, 2)
    assert (batch.workers, batch.sent_by_kind, batch.sent_by_id) == (2, "account", CLERK.id)
    assert enrolled(firm) == [(2, "waiting"), (3, "waiting")]
    acts = TrailEvent.objects.filter(object_kind="upload", object_id=done.id).order_by("id")
    assert list(acts.values_list("act", flat=True))[-2:] == ["upload_confirmed", "upload_booked"]


def test_everything_told_of_a_worker_arrives(firm: Firm, now: datetime) -> None:
    row = new_worker(
        GELAR="S.Kom.", TELEPON_AREA_RUMAH="021", TELEPON_RUMAH="5550100", HP="0800 1234 5678", GOLONGAN_DARAH="O+",
        NPWP="09.254.294.3-407.000", STATUS_PEGAWAI="kontrak", TGL_AKHIR_KONTRAK="01-11-2027", STATUS_KAWIN="K/1",
        KODE_NEGARA="SG", NAMA_LENGKAP="  siti   CONTOH ", TEMPAT_LAHIR='Kota "A", \\ null',
    )  # fmt: skip
    upload = send_rows(firm, [row], now)
    book(firm, upload, now)
    with connection.cursor() as cursor:
        (told,) = read_rows(cursor, "employer_id = %s", [firm.id]).iter_rows(named=True)
    assert (told["nik"], told["name"], told["sex"]) == (row["NOMOR_IDENTITAS"], "siti CONTOH", "P")
    assert (told["birth_on"], told["from_on"]) == (date(1990, 3, 2), date(2026, 11, 2))
    # The registry keeps the day after the last one.
    assert (told["contract"], told["contract_until_on"]) == ("PKWT", date(2027, 11, 2))
    assert (told["phone"], told["email"]) == ("+6280012345678", row["EMAIL"])
    assert (told["wage_rupiah"], told["location"], told["employee_no"]) == (5_000_000, "PUSAT", row["NO_PEGAWAI"])
    assert (told["mother_name"], told["citizen"], told["kpj"]) == (row["NAMA_IBU_KANDUNG"], False, None)
    assert json.loads(told["details"]) == {
        "marital": "Y", "blood_group": "O", "npwp": "092542943407000", "postal_code": "40111",
        "home_phone": "021 5550100", "title": "S.Kom.", "birth_place": 'Kota "A", \\ null', "address": "Jalan Contoh 1",
    }  # fmt: skip


def test_a_member_works_here_at_once_on_his_own_card(firm: Firm, now: datetime) -> None:
    other = builders.firm(now=now, workers=1)
    told = other.told.row(0, named=True)
    sex = "P" if int(told["nik"][6:8]) > 40 else "L"
    row = new_worker(
        NOMOR_IDENTITAS=told["nik"], NAMA_LENGKAP=told["name"], TANGGAL_LAHIR="05-05-1990", JENIS_KELAMIN=sex
    )
    done = book(firm, send_rows(firm, [row], now), now)
    assert (done.summary["employed"], done.summary["waiting"]) == (1, 0)
    work = Employment.objects.get(employer_id=firm.id, person_id=other.people["person_id"][0])
    assert work.membership_id == other.people["membership_id"][0]


def partly_wrong(now: datetime, firm: Firm) -> Any:
    rows = changed(new_workers(4), 1, NOMOR_IDENTITAS="123")
    return send_rows(firm, changed(rows, 3, TANGGAL_LAHIR="31-02-1990"), now)


def test_a_file_with_errors_is_booked_in_part_only_when_that_is_asked_for(firm: Firm, now: datetime) -> None:
    upload = partly_wrong(now, firm)
    assert (upload.can_confirm, upload.can_confirm_part, upload.summary["workers"]) == (False, True, 2)
    with pytest.raises(services.CannotConfirm):
        services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now)
    done = book(firm, upload, now, partial=True)
    assert (done.state, done.summary["partial"], done.summary["waiting"]) == ("booked", True, 2)
    assert enrolled(firm) == [(2, "waiting"), (4, "waiting")]


def test_what_is_left_of_a_file_booked_in_part_comes_back_alone_and_can_be_mended(firm: Firm, now: datetime) -> None:
    done = book(firm, partly_wrong(now, firm), now, partial=True)
    content = files_back.annotated_file(firm.id, done.id)
    assert content is not None
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    told = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert [str(row[0]).split(" NOMOR")[0].split(" TANGGAL")[0] for row in told] == ["Baris asal 3.", "Baris asal 5."]
    page["P2"], page["M3"] = people.nik(12_345_678), "02-03-1990"
    mended = io.BytesIO()
    page.parent.save(mended)  # type: ignore[union-attr] # a page of a workbook read from a file has one
    again = send(firm, mended.getvalue(), now, name="perbaiki.xlsx", period=NOVEMBER, kind="new_workers")
    assert (faults(firm, again), again.summary["workers"]) == ([], 2)
    book(firm, again, now)
    assert [state for _, state in enrolled(firm)] == ["waiting"] * 4


def test_a_file_without_one_good_row_is_not_booked_in_part(firm: Firm, now: datetime) -> None:
    upload = send_rows(firm, [new_worker(NOMOR_IDENTITAS="123")], now)
    assert not upload.can_confirm_part
    with pytest.raises(services.CannotConfirm):
        services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now, partial=True)


def test_booked_twice_is_booked_once(firm: Firm, now: datetime) -> None:
    done = book(firm, send_rows(firm, new_workers(2), now), now)
    for _ in range(2):
        services.book_upload(upload_id=done.id, now=now)
    assert EnrolmentBatch.objects.filter(employer_id=firm.id).count() == 1
    assert len(enrolled(firm)) == 2


def test_the_same_file_again_names_the_first(firm: Firm, now: datetime) -> None:
    content = worker_csv(new_workers(2))
    first = receive(firm, content, now, name="a.csv", period=NOVEMBER, kind="new_workers")
    with pytest.raises(services.AlreadyUploaded) as again:
        receive(firm, content, now, name="b.csv", period=NOVEMBER, kind="new_workers", actor=OTHER_CLERK)
    assert again.value.upload_id == first


def test_a_booking_that_breaks_leaves_nothing_and_can_be_run_again(
    firm: Firm, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = send_rows(firm, new_workers(2), now)
    services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now)

    def breaks(*args: object, **kwargs: object) -> None:
        raise OSError("the lights went out")

    with monkeypatch.context() as dark:
        dark.setattr(agreeing.trail, "record", breaks)
        with pytest.raises(OSError, match="lights"):
            services.book_upload(upload_id=upload.id, now=now)
    assert enrolled(firm) == []
    services.book_upload(upload_id=upload.id, now=now)
    assert len(enrolled(firm)) == 2


def came_to_work(firm: Firm, row: people.Row, now: datetime) -> None:
    told = pl.DataFrame(
        [
            {
                "nik": row["NOMOR_IDENTITAS"], "name": row["NAMA_LENGKAP"], "birth_on": date(1990, 3, 2), "sex": "P",
                "mother_name": "Ibu", "email": None, "phone": None, "employee_no": "", "from_on": date(2026, 11, 2),
            }
        ],
        schema=registry.WORKERS,
    )  # fmt: skip
    registry.register_workers(actor=SYSTEM, employer_id=firm.id, workers=told, now=now)


def test_who_came_to_work_here_since_the_check_sends_the_file_back(firm: Firm, now: datetime) -> None:
    rows = new_workers(2)
    upload = send_rows(firm, rows, now)
    services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now)
    came_to_work(firm, rows[0], now)
    services.book_upload(upload_id=upload.id, now=now)
    back = view(firm, upload.id)
    assert (back.state, dict(back.summary)) == ("received", {"checked_again": True})
    assert enrolled(firm) == []
    services.check_upload(upload_id=upload.id, now=now)
    assert [fault.code for fault in faults(firm, upload)] == ["works_here"]
    assert view(firm, upload.id).can_confirm_part


def test_two_files_with_one_person_booked_at_once_enrol_him_once(committed_db: None, firm: Firm, now: datetime) -> None:
    shared = new_worker()
    uploads = [send_rows(firm, [shared, new_worker()], now) for _ in range(2)]
    for upload in uploads:
        services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now)
    deeds: list[Callable[[], object]] = [
        lambda: services.book_upload(upload_id=uploads[0].id, now=now),
        lambda: services.book_upload(upload_id=uploads[1].id, now=now),
        lambda: services.book_upload(upload_id=uploads[0].id, now=now),
    ]
    assert at_once(deeds) == [None, None, None]
    assert [view(firm, upload.id).state for upload in uploads] == ["booked", "booked"]
    states = sorted(state for _, state in enrolled(firm))
    assert states == ["waiting", "waiting", "waiting", "withdrawn"]


def test_the_same_file_by_two_clerks_at_once_is_kept_once(committed_db: None, firm: Firm, now: datetime) -> None:
    content = worker_csv(new_workers(2))

    def deed(actor: Any) -> Callable[[], object]:
        return lambda: receive(firm, content, now, name="a.csv", period=NOVEMBER, kind="new_workers", actor=actor)

    ends = at_once([deed(CLERK), deed(OTHER_CLERK)])
    assert sorted(type(end).__name__ for end in ends) == ["AlreadyUploaded", "int"]


def test_progress_names_the_step_of_the_kind(
    committed_db: None, firm: Firm, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = send_rows(firm, new_workers(1), now)
    services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now)
    seen: list[object] = []
    propose = worker_rows.propose_workers

    def look_around(**given: Any) -> Any:
        seen.extend(at_once([lambda: [(s.step, str(s.text), s.state) for s in view(firm, upload.id).stages]]))
        return propose(**given)

    monkeypatch.setattr(worker_rows, "propose_workers", look_around)
    services.book_upload(upload_id=upload.id, now=now)
    assert seen == [[("booking", "Memeriksa lagi", "done"), ("enrolling", "Mendaftarkan pekerja", "running")]]


def test_rows_and_findings_lie_encrypted(firm: Firm, now: datetime) -> None:
    rows = changed(new_workers(2), 0, HP="0812")
    row = Upload.objects.get(pk=send_rows(firm, rows, now).id)
    for sealed in (row.findings_encrypted, row.rows_encrypted):
        assert sealed is not None
        assert str(rows[1]["NAMA_LENGKAP"]).encode() not in bytes(sealed)


def test_another_firms_file_is_not_there(firm: Firm, now: datetime) -> None:
    upload = send_rows(firm, new_workers(2), now)
    other = builders.firm(now=now, workers=0)
    assert queries.preview(other.id, upload.id).total == 0
    assert queries.findings(other.id, upload.id).total == 0
    assert files_back.annotated_file(other.id, upload.id) is None


@pytest.mark.parametrize("name", CHECKS)
def test_booked_files_about_workers_break_no_invariant(firm: Firm, now: datetime, name: str) -> None:
    book(firm, send_rows(firm, new_workers(1), now), now)
    book(firm, send_rows(firm, [people.leaver(firm)], now, "exits"), now)
    book(firm, send_rows(firm, [people.correction(firm, 1)], now, "corrections"), now)
    with connection.cursor() as cursor:
        cursor.execute(CHECKS[name])
        assert cursor.fetchall() == []


def test_the_audit_sees_a_booked_file_without_its_batch(firm: Firm, now: datetime) -> None:
    upload = send_rows(firm, new_workers(1), now)
    Upload.objects.filter(pk=upload.id).update(state="booked", settled_at=now)
    broken = [statement for name, statement in CHECKS.items() if "batch" in name]
    with connection.cursor() as cursor:
        cursor.execute(broken[0])
        assert (upload.id,) in cursor.fetchall()


def test_workers_who_could_not_be_taken_come_back_as_their_form_and_are_replaced(firm: Firm, now: datetime) -> None:
    row = new_worker(
        GELAR="S.Kom.", TELEPON_AREA_RUMAH="021", TELEPON_RUMAH="5550100", GOLONGAN_DARAH="O", NPWP="0912345678901234",
        STATUS_PEGAWAI="PKWT", TGL_AKHIR_KONTRAK="01-11-2027", KODE_NEGARA="SG",
    )  # fmt: skip
    done = book(firm, send_rows(firm, [row, new_worker()], now), now)
    batch_id = done.summary["batch_id"]
    assert files_back.rows_to_mend(firm.id, batch_id) is None
    rows = Enrolment.objects.filter(batch_id=batch_id)
    rows.filter(row_no=2).update(state="to_correct", outcome="mismatch", differing="name")
    content = files_back.rows_to_mend(firm.id, batch_id)
    assert content is not None
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    cells = {str(head.value): cell.value for head, cell in zip(page[1], page[2], strict=True)}
    assert "Dukcapil" in str(cells["Perbaiki"])
    written = {heading: str(value) for heading, value in row.items() if value is not None}
    kept = {heading: str(value) for heading, value in cells.items() if value is not None and heading != "Perbaiki"}
    del written["TELEPON_AREA_RUMAH"]
    assert kept == written | {"TELEPON_RUMAH": "021 5550100", "KODE_NEGARA": "WNA"}
    mended = files.with_cells(content, {"C2": "Siti Contoh"})
    again = send(firm, mended, now, name="perbaiki.xlsx", period=NOVEMBER, kind="new_workers")
    assert (faults(firm, again), again.summary["again"]) == ([], 1)
    book(firm, again, now)
    assert rows.get(row_no=2).state == "withdrawn"
    assert Enrolment.objects.get(batch__upload_id=again.id).name == "Siti Contoh"


def test_cards_that_do_not_fit_any_more_come_back_in_the_form_of_cards(firm: Firm, now: datetime) -> None:
    other = builders.firm(now=now, workers=1)
    done = book(firm, send_rows(firm, [people.continuing_worker(other)], now, "continuing_workers"), now)
    Enrolment.objects.filter(batch_id=done.summary["batch_id"]).update(
        state="to_correct", outcome="mismatch", differing="kpj"
    )
    content = files_back.rows_to_mend(firm.id, done.summary["batch_id"])
    assert content is not None
    book_back = openpyxl.load_workbook(io.BytesIO(content))
    page = book_back["data_tk_lanjutan"]
    assert [page["A1"].value, page["B1"].value, page["B2"].value] == [
        "Perbaiki", "NOMOR_IDENTITAS_KPJ", other.people["kpj"][0],
    ]  # fmt: skip
    assert files_back.rows_to_mend(other.id, done.summary["batch_id"]) is None
