"""Receiving, checking, confirming, booking, cancelling: once each, however often they are asked for."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from django.db import connection

from lindung.access.models import TrailEvent
from lindung.access.trail import SYSTEM
from lindung.contributions import queries as contributions
from lindung.contributions.models import Bill, BillLine
from lindung.lib import crypto
from lindung.registry import services as registry
from lindung.registry.models import Employer, Employment
from lindung.uploads import agreeing, queries, services
from lindung.uploads.checks import CHECKS
from lindung.uploads.kinds import wage_report
from lindung.uploads.kinds.kind import AmountsDiffer
from lindung.uploads.limits import MOST_BYTES, Refused
from lindung.uploads.models import Upload
from tests import builders
from tests.builders import Firm
from tests.uploads import files
from tests.uploads.sending import (
    CLERK,
    NOVEMBER,
    OCTOBER,
    OTHER_CLERK,
    book,
    confirmed,
    month_of,
    receive,
    send,
    view,
    waiting_jobs,
)


def acts(upload_id: int) -> list[str]:
    told = TrailEvent.objects.filter(object_kind="upload", object_id=upload_id).order_by("id")
    return list(told.values_list("act", flat=True))


@pytest.fixture
def firm(db: None, now: datetime) -> Firm:
    return builders.firm(now=now, workers=3)


def test_a_received_file_lies_encrypted_with_its_check_queued(firm: Firm, now: datetime) -> None:
    content = month_of(firm)
    upload_id = receive(firm, content, now, name="C:\\Upah\\Oktober 2026.csv")
    row = Upload.objects.get(pk=upload_id)
    stored = bytes(row.content_encrypted)
    assert content not in stored
    assert b"KPJ" not in stored
    assert crypto.decrypt(stored, f"uploads_upload.content_encrypted:{upload_id}") == content
    with pytest.raises(crypto.CannotDecrypt):
        crypto.decrypt(stored, f"uploads_upload.content_encrypted:{upload_id + 1}")
    assert (row.state, row.file_name, row.sent_by) == ("received", "Oktober 2026.csv", CLERK.id)
    assert waiting_jobs(upload_id) == [services.CHECK_TASK]
    assert acts(upload_id) == ["upload_received"]
    assert queries.reference(upload_id) == f"UP-{upload_id:06d}"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("gaji\u202evsc.csv", "gajivsc.csv"),
        ("a" * 300 + ".csv", "a" * 110 + ".csv"),
        ("upah\x00\n.csv", "upah.csv"),
    ],
)
def test_a_file_name_is_for_showing_only(firm: Firm, now: datetime, name: str, kept: str) -> None:
    assert view(firm, receive(firm, month_of(firm), now, name=name)).file_name == kept


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "upah.csv", "empty_file"),
        (b"KPJ,UPAH\n" + b" " * MOST_BYTES, "upah.csv", "too_big"),
        (b"KPJ,UPAH\n1,1\n", "upah.xlsx", "name_and_type"),
        (files.xlsx_file([["KPJ"]]), "upah.csv", "name_and_type"),
        (files.xlsx_file([["KPJ"]]), "upah.xlsm", "name_and_type"),
        (b"%PDF-1.7", "upah.xlsx", "wrong_type"),
    ],
)
def test_what_can_be_told_at_a_glance_is_refused_and_not_kept(
    firm: Firm, now: datetime, content: bytes, name: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        receive(firm, content, now, name=name)
    assert refused.value.code == code
    assert queries.uploads_of(firm.id) == []


def test_the_same_file_again_names_the_first_and_its_sender(firm: Firm, now: datetime) -> None:
    first = receive(firm, month_of(firm), now)
    with pytest.raises(services.AlreadyUploaded) as again:
        receive(firm, month_of(firm), now + timedelta(minutes=5), actor=OTHER_CLERK)
    assert (again.value.upload_id, again.value.sent_at, again.value.sent_by) == (first, now, CLERK.id)


def test_the_same_file_after_its_month_was_booked_names_the_first_too(firm: Firm, now: datetime) -> None:
    first = confirmed(firm, now)
    services.book_upload(upload_id=first, now=now)
    with pytest.raises(services.AlreadyUploaded) as again:
        receive(firm, month_of(firm), now)
    assert again.value.upload_id == first


def test_the_same_file_may_be_sent_for_another_month_and_after_cancelling(firm: Firm, now: datetime) -> None:
    first = receive(firm, month_of(firm), now)
    assert receive(firm, month_of(firm), now, period=date(2026, 9, 1)) != first
    services.cancel_upload(actor=CLERK, upload_id=first, now=now)
    assert receive(firm, month_of(firm), now) != first


def test_a_file_that_cannot_be_read_is_refused_with_a_cure_and_may_be_sent_again(firm: Firm, now: datetime) -> None:
    broken = files.with_parts(files.xlsx_file([["KPJ", "UPAH"]]), {files.SHEET: lambda old: old[:200]})
    upload = send(firm, broken, now, name="upah.xlsx")
    assert (upload.state, upload.refusal) == ("refused", "cannot_be_read")
    assert upload.reason
    assert upload.cure
    assert upload.settled_at == now
    assert acts(upload.id) == ["upload_received", "upload_refused"]
    assert receive(firm, broken, now, name="upah.xlsx") != upload.id


def test_a_check_run_twice_finds_once(firm: Firm, now: datetime) -> None:
    upload = send(firm, month_of(firm), now)
    services.check_upload(upload_id=upload.id, now=now + timedelta(hours=1))
    assert acts(upload.id) == ["upload_received", "upload_checked"]


def test_a_file_cancelled_while_it_is_checked_stays_cancelled(
    firm: Firm, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = receive(firm, month_of(firm), now)
    look_up = wage_report.month_facts

    def cancel_meanwhile(**asked: Any) -> Any:
        services.cancel_upload(actor=CLERK, upload_id=upload_id, now=now)
        return look_up(**asked)

    monkeypatch.setattr(wage_report, "month_facts", cancel_meanwhile)
    services.check_upload(upload_id=upload_id, now=now)
    assert view(firm, upload_id).state == "cancelled"
    assert queries.findings(firm.id, upload_id).total == 0


def test_findings_and_rows_lie_encrypted(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0]["NAMA_LENGKAP"] = "Orang Lain"
    upload = send(firm, files.csv_file(files.grid(rows)), now)
    row = Upload.objects.get(pk=upload.id)
    for sealed in (row.findings_encrypted, row.rows_encrypted):
        assert sealed is not None
        assert b"ARROW" not in bytes(sealed)
        assert b"Orang Lain" not in bytes(sealed)


def test_a_file_with_errors_is_not_confirmed(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0]["UPAH"] = None
    upload = send(firm, files.csv_file(files.grid(rows)), now)
    with pytest.raises(services.CannotConfirm) as refused:
        services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now)
    assert (refused.value.state, refused.value.errors) == ("checked", 1)


def test_a_month_is_booked_without_the_wrong_rows_only_when_that_is_asked_for(firm: Firm, now: datetime) -> None:
    rows = files.wage_rows(firm)
    rows[0]["UPAH"] = None
    upload = send(firm, files.csv_file(files.grid(rows)), now)
    assert (upload.can_confirm, upload.can_confirm_part, upload.summary["left_out"]) == (False, True, 1)
    (absent,) = queries.differences(firm.id, upload.id, kind="left_out").items
    assert absent.person_id == firm.people["person_id"][0]
    done = book(firm, upload, now, partial=True)
    billed = contributions.wages_in(employer_id=firm.id, period=OCTOBER)
    assert (done.state, done.summary["partial"]) == ("booked", True)
    assert set(billed["person_id"]) == set(firm.people["person_id"][1:])


def test_a_month_without_one_good_row_is_not_booked(firm: Firm, now: datetime) -> None:
    rows = [{**row, "UPAH": "0"} for row in files.wage_rows(firm)]
    upload = send(firm, files.csv_file(files.grid(rows)), now)
    assert not upload.can_confirm_part
    with pytest.raises(services.CannotConfirm):
        services.confirm_upload(actor=CLERK, upload_id=upload.id, now=now, partial=True)


def test_the_last_report_of_a_month_that_was_checked_takes_the_others_place(firm: Firm, now: datetime) -> None:
    waiting = receive(firm, month_of(firm, 9_000_000), now)
    first = send(firm, month_of(firm), now)
    assert view(firm, waiting).state == "replaced"
    other_month = send(firm, month_of(firm), now, period=NOVEMBER)
    last = send(firm, month_of(firm, 11_000_000), now)
    assert [view(firm, upload.id).state for upload in (first, other_month, last)] == ["replaced", "checked", "checked"]
    services.check_upload(upload_id=waiting, now=now)
    assert view(firm, waiting).state == "replaced"
    with pytest.raises(services.CannotConfirm):
        services.confirm_upload(actor=CLERK, upload_id=first.id, now=now)
    services.cancel_upload(actor=CLERK, upload_id=first.id, now=now)
    assert view(firm, first.id).summary["replaced_by"] == last.id


def test_a_dropped_report_gives_its_place_back_unless_a_later_one_came(firm: Firm, now: datetime) -> None:
    first, second = send(firm, month_of(firm), now), send(firm, month_of(firm, 9_000_000), now)
    services.cancel_upload(actor=CLERK, upload_id=second.id, now=now)
    back = view(firm, first.id)
    assert (back.state, back.settled_at, "replaced_by" in back.summary) == ("checked", None, False)
    third = send(firm, month_of(firm, 8_000_000), now)
    # The first one's bytes are on their way again: two of them are never alive at once.
    waiting = receive(firm, month_of(firm), now)
    services.cancel_upload(actor=CLERK, upload_id=third.id, now=now)
    assert view(firm, first.id).state == "replaced"
    services.check_upload(upload_id=waiting, now=now)
    assert book(firm, view(firm, waiting), now).state == "booked"


def test_a_report_that_is_refused_or_dropped_takes_nobodys_place(firm: Firm, now: datetime) -> None:
    first = send(firm, month_of(firm), now)
    assert send(firm, b"satu;dua\n1;2\n", now).state == "refused"
    services.cancel_upload(actor=CLERK, upload_id=receive(firm, month_of(firm, 9_000_000), now), now=now)
    assert book(firm, view(firm, first.id), now).state == "booked"


def test_a_file_is_not_confirmed_before_it_is_checked(firm: Firm, now: datetime) -> None:
    upload_id = receive(firm, month_of(firm), now)
    with pytest.raises(services.CannotConfirm):
        services.confirm_upload(actor=CLERK, upload_id=upload_id, now=now)


def test_confirming_twice_books_once(firm: Firm, now: datetime) -> None:
    upload_id = confirmed(firm, now)
    services.confirm_upload(actor=OTHER_CLERK, upload_id=upload_id, now=now)
    assert waiting_jobs(upload_id) == [services.CHECK_TASK, services.BOOK_TASK]
    assert view(firm, upload_id).is_working


def test_a_confirmed_file_becomes_the_months_bill(firm: Firm, now: datetime) -> None:
    upload_id = confirmed(firm, now)
    services.book_upload(upload_id=upload_id, now=now)
    booked = view(firm, upload_id)
    bill = contributions.bill_of(employer_id=firm.id, period=OCTOBER)
    assert bill is not None
    assert (booked.state, booked.bill_id, bill.upload_id) == ("booked", bill.pk, upload_id)
    assert bill.amount_rupiah == booked.summary["amount_rupiah"] == 3 * 954_000
    assert sorted(BillLine.objects.filter(bill_id=bill.pk).values_list("person_id", flat=True)) == sorted(
        firm.people["person_id"]
    )
    issued = TrailEvent.objects.get(act="bill_issued", object_id=bill.pk)
    assert (issued.actor_kind, issued.actor_id) == ("account", CLERK.id)
    assert acts(upload_id) == ["upload_received", "upload_checked", "upload_confirmed", "upload_booked"]


def test_a_booking_run_twice_bills_once(firm: Firm, now: datetime) -> None:
    upload_id = confirmed(firm, now)
    for _ in range(3):
        services.book_upload(upload_id=upload_id, now=now)
    assert Bill.objects.filter(employer_id=firm.id).count() == 1
    assert view(firm, upload_id).state == "booked"


def test_a_booking_that_breaks_leaves_nothing_and_can_be_run_again(
    firm: Firm, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = confirmed(firm, now)

    def breaks(*args: object, **kwargs: object) -> None:
        raise OSError("the lights went out")

    with monkeypatch.context() as dark:
        dark.setattr(agreeing.trail, "record", breaks)
        with pytest.raises(OSError, match="lights"):
            services.book_upload(upload_id=upload_id, now=now)
    assert Bill.objects.filter(employer_id=firm.id).count() == 0
    assert view(firm, upload_id).state == "confirmed"
    services.book_upload(upload_id=upload_id, now=now)
    assert view(firm, upload_id).state == "booked"


def test_of_two_files_for_one_month_the_second_is_refused_with_the_bills_number(firm: Firm, now: datetime) -> None:
    first, second = confirmed(firm, now), confirmed(firm, now, wage=11_000_000)
    services.book_upload(upload_id=first, now=now)
    services.book_upload(upload_id=second, now=now)
    refused = view(firm, second)
    bill = contributions.bill_of(employer_id=firm.id, period=OCTOBER)
    assert bill is not None
    assert (refused.state, refused.refusal) == ("refused", "already_billed")
    assert bill.number in refused.reason
    assert "Oktober 2026" in refused.reason


def _end_employment(firm: Firm, now: datetime) -> None:
    exits = firm.people.slice(0, 1).select("employment_id", until_on=pl.lit(OCTOBER), cause=pl.lit("A1"))
    registry.report_exits(actor=SYSTEM, employer_id=firm.id, exits=exits, now=now)


def _change_class(firm: Firm, now: datetime) -> None:
    Employer.objects.filter(pk=firm.id).update(jkk_class="V")


def _change_jkp(firm: Firm, now: datetime) -> None:
    flag = Employment.objects.filter(employer_id=firm.id).values_list("jkp_member", flat=True)[0]
    Employment.objects.filter(employer_id=firm.id).update(jkp_member=not flag)


@pytest.mark.parametrize("change", [_end_employment, _change_class, _change_jkp])
def test_facts_that_changed_since_the_check_send_the_file_back_to_be_checked_again(
    firm: Firm, now: datetime, change: Callable[[Firm, datetime], None]
) -> None:
    upload_id = confirmed(firm, now)
    change(firm, now)
    services.book_upload(upload_id=upload_id, now=now)
    back = view(firm, upload_id)
    assert (back.state, dict(back.summary)) == ("received", {"checked_again": True})
    assert Bill.objects.filter(employer_id=firm.id).count() == 0
    assert waiting_jobs(upload_id)[-1] == services.CHECK_TASK
    services.check_upload(upload_id=upload_id, now=now)
    assert view(firm, upload_id).state == "checked"


def test_another_sum_than_the_confirmed_one_is_never_booked(firm: Firm, now: datetime) -> None:
    upload_id = confirmed(firm, now)
    row = Upload.objects.get(pk=upload_id)
    Upload.objects.filter(pk=upload_id).update(summary={**row.summary, "amount_rupiah": 1})
    with pytest.raises(AmountsDiffer):
        services.book_upload(upload_id=upload_id, now=now)
    assert Bill.objects.filter(employer_id=firm.id).count() == 0


def test_a_confirmed_file_is_not_cancelled(firm: Firm, now: datetime) -> None:
    upload_id = confirmed(firm, now)
    with pytest.raises(services.CannotCancel):
        services.cancel_upload(actor=CLERK, upload_id=upload_id, now=now)


def test_cancelling_twice_is_cancelling_once(firm: Firm, now: datetime) -> None:
    upload_id = receive(firm, month_of(firm), now)
    for _ in range(2):
        services.cancel_upload(actor=CLERK, upload_id=upload_id, now=now)
    assert acts(upload_id) == ["upload_received", "upload_cancelled"]


@pytest.mark.parametrize("name", CHECKS)
def test_a_booked_and_a_refused_upload_break_no_invariant(firm: Firm, now: datetime, name: str) -> None:
    first, second = confirmed(firm, now), confirmed(firm, now, wage=11_000_000)
    services.book_upload(upload_id=first, now=now)
    services.book_upload(upload_id=second, now=now)
    with connection.cursor() as cursor:
        cursor.execute(CHECKS[name])
        assert cursor.fetchall() == []


def test_the_audit_sees_an_upload_that_claims_a_bill_it_has_not(firm: Firm, now: datetime) -> None:
    upload_id = receive(firm, month_of(firm), now)
    Upload.objects.filter(pk=upload_id).update(state="booked", bill_id=1, settled_at=now)
    with connection.cursor() as cursor:
        cursor.execute(next(iter(CHECKS.values())))
        assert (upload_id,) in cursor.fetchall()
