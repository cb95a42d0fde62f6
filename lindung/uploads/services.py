"""Every write about uploads: received, checked, confirmed, booked, cancelled. Each may be killed and run again."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from lindung.access.firm_users import needs_second_person
from lindung.access.trail import SYSTEM, Actor
from lindung.lib import crypto
from lindung.lib.clock import wib_date
from lindung.lib.copy import fetch_bytes, store_bytes
from lindung.lib.jobs import enqueue
from lindung.registry import queries as registry
from lindung.registry.queries import EmployerFacts
from lindung.uploads.agreeing import BOOK_TASK as BOOK_TASK
from lindung.uploads.agreeing import CannotConfirm as CannotConfirm
from lindung.uploads.agreeing import locked, may_be_booked, record, to_be_booked
from lindung.uploads.containers import agrees, sniff
from lindung.uploads.findings import seal, seal_rows, unread_findings, unseal_rows
from lindung.uploads.kinds import KINDS, kind_of
from lindung.uploads.kinds.kind import Checked, Kind, Order
from lindung.uploads.limits import MOST_BYTES, Refused
from lindung.uploads.models import Draft, Upload
from lindung.uploads.own_headings import layout_of
from lindung.uploads.progress import Meter
from lindung.uploads.queries import reference
from lindung.uploads.reading import Reading, prepare_next
from lindung.uploads.replacing import LIVE, bring_back, end_approvals, hold_month, replace_earlier
from lindung.uploads.typed import Silent, packed_texts, typed_sheet, unpacked_texts

CHECK_TASK = "lindung.uploads.check_uploads"

_MOST_NAME_CHARACTERS = 120


class AlreadyUploaded(Exception):
    """The same bytes were sent for the same month and were not cancelled or refused."""

    def __init__(self, upload_id: int, sent_at: datetime, sent_by: int) -> None:
        super().__init__(reference(upload_id))
        self.upload_id, self.sent_at, self.sent_by = upload_id, sent_at, sent_by


class SecondPersonNeeded(Exception):
    """In this firm what binds it is proposed by one and approved by another; one person's yes is not enough."""


class CannotCancel(Exception):
    """A file is cancelled until it is confirmed; ``state`` says what this one is."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class Received:
    """A file in our hands, its check queued."""

    id: int
    reference: str


def receive_upload(
    *,
    actor: Actor,
    employer_id: int,
    kind: str,
    period: date,
    project_id: int | None = None,
    file_name: str,
    content: bytes,
    now: datetime,
) -> Received:
    """Take a file for one month (``period``: its first day), of a project where it is about one, and queue its check.

    Raises ``AlreadyUploaded`` for the same bytes sent again, also at the same moment; ``Refused`` for what can be told
    at a glance: size, type, month. Nothing is kept then.
    """
    if kind not in KINDS or period.day != 1:
        raise ValueError(f"no such upload: {kind} for {period}")
    if len(content) > MOST_BYTES:
        raise Refused("too_big")
    if not agrees(file_name, sniff(content)):
        raise Refused("name_and_type")
    digest = hashlib.sha256(content).digest()
    about = _About(employer_id, kind, period, project_id)
    _refuse_repeat(about, digest)
    employer = registry.employer(employer_id, month_on=period)
    kind_of(kind, project_id).refuse_month(employer=employer, period=period, today=wib_date(now))
    try:
        with transaction.atomic():
            upload_id = _keep(actor, about, content, now, file_name=_plain_file_name(file_name), typed=False)
            enqueue(CHECK_TASK, upload_id=upload_id)
    except IntegrityError:
        _refuse_repeat(about, digest)
        raise
    return Received(upload_id, reference(upload_id))


def receive_again(*, actor: Actor, upload_id: int, now: datetime) -> Received:
    """Take the file of a refused upload once more, after something was told about it. Raises as ``receive_upload``."""
    refused = Upload.objects.only("employer_id", "kind", "period", "project_id", "file_name").get(
        pk=upload_id, state=Upload.State.REFUSED, typed=False
    )
    return receive_upload(
        actor=actor,
        employer_id=refused.employer_id,
        kind=refused.kind,
        period=refused.period,
        project_id=refused.project_id,
        file_name=refused.file_name,
        content=_content(upload_id),
        now=now,
    )


def receive_typed(
    *,
    actor: Actor,
    employer_id: int,
    kind: str,
    period: date,
    project_id: int | None = None,
    back_pay_of: date | None = None,
    texts: Mapping[str, Sequence[str]],
    now: datetime,
) -> Received:
    """Take what was typed on the screen for one month, ``texts`` by field of the kind's layout, and judge it at once.

    ``back_pay_of``: the month whose report told of the back pay that this lays on its months; of each there is one.

    No stranger's file has to be opened, so there is nothing to wait for. Raises as ``receive_upload``, and ``Refused``
    for what a check refuses. Nothing is kept then.
    """
    content = packed_texts(texts)
    digest = hashlib.sha256(content).digest()
    about = _About(employer_id, kind, period, project_id)
    _refuse_repeat(about, digest, back_pay_of)
    employer = registry.employer(employer_id, month_on=period)
    found, today = kind_of(kind, project_id), wib_date(now)
    found.refuse_month(employer=employer, period=period, today=today)
    facts = found.month_facts(employer=employer, period=period, today=today)
    checked = found.check(found.file_rows(typed_sheet(found.LAYOUT, texts)), facts=facts, meter=Silent())
    try:
        with transaction.atomic():
            upload_id = _keep(actor, about, content, now, file_name="", typed=True, back_pay_of=back_pay_of)
            _store(upload_id, checked, now, found)
    except IntegrityError:
        _refuse_repeat(about, digest, back_pay_of)
        raise
    return Received(upload_id, reference(upload_id))


@dataclass(frozen=True, slots=True)
class _About:
    """Whose file it is, of what kind, for which month, and of which project if it is about one."""

    employer_id: int
    kind: str
    period: date
    project_id: int | None


def _keep(
    actor: Actor,
    about: _About,
    content: bytes,
    now: datetime,
    *,
    file_name: str,
    typed: bool,
    back_pay_of: date | None = None,
) -> int:
    upload_id = _next_id()
    Upload.objects.create(
        id=upload_id,
        **asdict(about),
        back_pay_of=back_pay_of,
        typed=typed,
        file_name=file_name,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).digest(),
        content_encrypted=b"",
        sent_by=actor.id,
        sent_at=now,
    )
    place = _content_place(upload_id)
    store_bytes("uploads_upload", "content_encrypted", upload_id, crypto.encrypt(content, place))
    record(actor, "upload_received", upload_id, now, size_bytes=len(content), period=f"{about.period:%Y-%m}")
    return upload_id


def _refuse_repeat(about: _About, digest: bytes, back_pay_of: date | None = None) -> None:
    live = Upload.objects.filter(employer_id=about.employer_id, state__in=LIVE)
    same = live.filter(**asdict(about), sha256=digest)
    if back_pay_of is not None:
        same |= live.filter(back_pay_of=back_pay_of)
    first = same.values_list("id", "sent_at", "sent_by").first()
    if first is not None:
        raise AlreadyUploaded(*first)


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('uploads_upload', 'id'))")
        return int(cursor.fetchone()[0])


def _content(upload_id: int) -> bytes:
    return crypto.decrypt(fetch_bytes("uploads_upload", "content_encrypted", upload_id), _content_place(upload_id))


def _content_place(upload_id: int) -> str:
    return f"uploads_upload.content_encrypted:{upload_id}"


def _plain_file_name(name: str) -> str:
    """A file's name for showing: no folders, nothing invisible, nothing that turns the reading direction."""
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1])
    name = "".join(c for c in name if unicodedata.category(c)[0] not in "CZ" or c == " ").strip()
    stem, dot, ending = name.rpartition(".")
    return (stem[: _MOST_NAME_CHARACTERS - 10] + dot + ending[:9]) if dot else name[:_MOST_NAME_CHARACTERS]


def check_upload(*, upload_id: int, now: datetime) -> None:
    """Read a received file in a child process and check it: the dry run. Twice is as once.

    Holds no transaction while it works. Afterwards the upload is ``checked`` with its findings, or ``refused``.
    """
    upload = Upload.objects.defer("content_encrypted", "findings_encrypted", "rows_encrypted").get(pk=upload_id)
    if upload.state != Upload.State.RECEIVED:
        return
    employer = registry.employer(upload.employer_id, month_on=upload.period)
    kind, today = kind_of(upload.kind, upload.project_id), wib_date(now)
    meter = Meter(upload_id, now)
    meter.move("reading")
    try:
        kind.refuse_month(employer=employer, period=upload.period, today=today)
        rows, facts = _rows_and_facts(upload, kind, employer, today)
        checked = kind.check(rows, facts=facts, meter=meter)
    except Refused as refused:
        refuse_upload(upload_id=upload_id, refused=refused, now=now)
        meter.move("done")
        prepare_next()
        return
    total = checked.summary["rows"]
    meter.move("saving", total, total)
    _store(upload_id, checked, now, kind)
    meter.move("done", total, total)
    prepare_next()


def _rows_and_facts(upload: Upload, kind: Kind, employer: EmployerFacts, today: date) -> tuple[Any, Any]:
    content = _content(upload.pk)
    if upload.typed:
        facts = kind.month_facts(employer=employer, period=upload.period, today=today)
        return kind.file_rows(typed_sheet(kind.LAYOUT, unpacked_texts(content))), facts
    layout = layout_of(employer_id=employer.id, kind=upload.kind)
    with (
        Reading(content, layout=layout, container=sniff(content)) as reading,
        ThreadPoolExecutor(1) as aside,
    ):
        # The database answers while the child reads and its rows are cleaned.
        cleaning = aside.submit(lambda: kind.file_rows(reading.sheet()))
        facts = kind.month_facts(employer=employer, period=upload.period, today=today)
        return cleaning.result(), facts


@transaction.atomic
def _store(upload_id: int, checked: Checked, now: datetime, kind: Kind) -> None:
    hold_month(upload_id)
    stored = Upload.objects.filter(pk=upload_id, state=Upload.State.RECEIVED).update(
        state=Upload.State.CHECKED, summary=checked.summary
    )
    if stored:
        store_bytes("uploads_upload", "findings_encrypted", upload_id, seal(upload_id, checked.findings))
        if not checked.summary["errors"] or (kind.IN_PARTS and checked.summary["workers"]):
            store_bytes("uploads_upload", "rows_encrypted", upload_id, seal_rows(upload_id, checked.rows))
        counts = {key: checked.summary[key] for key in ("rows", "errors", "warnings")}
        record(SYSTEM, "upload_checked", upload_id, now, **counts)
        if kind.ONE_A_MONTH:
            earlier = replace_earlier(upload_id, now)
            end_approvals(earlier, now)
            for old in earlier:
                record(SYSTEM, "upload_replaced", old, now, replaced_by=upload_id)


@transaction.atomic
def refuse_upload(*, upload_id: int, refused: Refused, now: datetime) -> None:
    """Settle a file that cannot be taken, with the reason. Does nothing to one that is settled already."""
    done = Upload.objects.filter(pk=upload_id, state__in=(Upload.State.RECEIVED, Upload.State.CONFIRMED)).update(
        state=Upload.State.REFUSED,
        refusal=refused.code,
        summary={"refusal_params": refused.params},
        settled_at=now,
    )
    if done:
        if refused.headings:
            sealed = seal(upload_id, unread_findings(refused.headings))
            store_bytes("uploads_upload", "findings_encrypted", upload_id, sealed)
        record(SYSTEM, "upload_refused", upload_id, now, reason=refused.code)


@transaction.atomic
def confirm_upload(*, actor: Actor, upload_id: int, now: datetime, partial: bool = False) -> None:
    """Say yes to a checked file, warnings included, and queue its booking.

    A file with errors is confirmed only if its kind may be booked in parts and ``partial`` asks for it: then the rows
    without errors are booked, and the others stay in the file that goes back. Again does nothing. Raises
    ``CannotConfirm``, and ``SecondPersonNeeded`` in a firm where one person's yes is not enough (``approvals``).
    """
    upload = locked(upload_id)
    if upload.state in (Upload.State.CONFIRMED, Upload.State.BOOKED):
        return
    in_part = may_be_booked(upload, partial=partial)
    if needs_second_person(upload.employer_id):
        raise SecondPersonNeeded
    to_be_booked(upload, actor=actor, in_part=in_part, now=now)


@transaction.atomic
def cancel_upload(*, actor: Actor, upload_id: int, now: datetime) -> None:
    """Drop a file that is not confirmed; the one whose place it took is back. Again does nothing.

    Raises ``CannotCancel``.
    """
    hold_month(upload_id)
    upload = locked(upload_id)
    if upload.state in (Upload.State.CANCELLED, Upload.State.REFUSED, Upload.State.REPLACED):
        return
    if upload.state not in (Upload.State.RECEIVED, Upload.State.CHECKED, Upload.State.PROPOSED):
        raise CannotCancel(upload.state)
    end_approvals([upload_id], now)
    Upload.objects.filter(pk=upload_id).update(state=Upload.State.CANCELLED, settled_at=now)
    for old in bring_back(upload_id):
        record(SYSTEM, "upload_back", old, now, instead_of=upload_id)
    record(actor, "upload_cancelled", upload_id, now)


def book_upload(*, upload_id: int, now: datetime) -> None:
    """Hand a confirmed file to the service of its kind: one transaction, one effect, however often it is run.

    If the facts changed since the check, nothing is booked and the file is checked again; if it cannot be booked any
    more, such as a month that was billed meanwhile, the file is refused.
    """
    meter = Meter(upload_id, now)
    meter.move("booking")
    try:
        _book(upload_id, now, meter)
    except Refused as refused:
        refuse_upload(upload_id=upload_id, refused=refused, now=now)
    meter.move("done")


@transaction.atomic
def _book(upload_id: int, now: datetime, meter: Meter) -> None:
    upload = locked(upload_id)
    if upload.state != Upload.State.CONFIRMED:
        return
    kind = kind_of(upload.kind, upload.project_id)
    rows = unseal_rows(upload_id, fetch_bytes("uploads_upload", "rows_encrypted", upload_id))
    actor = Actor(*upload.summary["confirmed_by"])
    order = Order(actor, upload.employer_id, upload.period, upload_id, upload.summary, now)
    if kind.facts_changed(order, rows):
        _send_back(upload, now)
        return
    booked = kind.book(order, rows, meter)
    Upload.objects.filter(pk=upload_id).update(
        state=Upload.State.BOOKED, bill_id=booked.bill_id, summary={**upload.summary, **booked.told}, settled_at=now
    )
    Draft.objects.filter(
        employer_id=upload.employer_id, kind=upload.kind, period=upload.period, project_id=upload.project_id
    ).delete()
    told = booked.told if booked.bill_id is None else {**booked.told, "bill_id": booked.bill_id}
    record(SYSTEM, "upload_booked", upload_id, now, **told)


def _send_back(upload: Upload, now: datetime) -> None:
    Upload.objects.filter(pk=upload.pk).update(
        state=Upload.State.RECEIVED, summary={"checked_again": True}, findings_encrypted=None, rows_encrypted=None
    )
    enqueue(CHECK_TASK, upload_id=upload.pk)
    record(SYSTEM, "upload_sent_back", upload.pk, now)
