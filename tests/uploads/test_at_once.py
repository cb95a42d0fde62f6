"""Files sent, typed, checked and booked at the same moment, with real commits: once each, and the last one counts."""

import threading
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from lindung.access.trail import Actor
from lindung.contributions.models import Bill
from lindung.uploads import services
from lindung.uploads.kinds import wage_report
from lindung.uploads.models import Progress
from lindung.uploads.replacing import replace_earlier
from tests import builders
from tests.builders import Firm
from tests.uploads.sending import CLERK, OCTOBER, OTHER_CLERK, at_once, confirmed, month_of, receive, view, waiting_jobs


@pytest.fixture
def firm(committed_db: None, now: datetime) -> Firm:
    return builders.firm(now=now, workers=3)


def test_the_same_file_sent_by_two_clerks_at_once_is_kept_once(firm: Firm, now: datetime) -> None:
    content = month_of(firm)
    ends = at_once([lambda: receive(firm, content, now), lambda: receive(firm, content, now, actor=OTHER_CLERK)])
    kept = [end for end in ends if isinstance(end, int)]
    refused = [end for end in ends if isinstance(end, services.AlreadyUploaded)]
    assert (len(kept), len(refused)) == (1, 1), ends
    assert refused[0].upload_id == kept[0]


def test_the_same_month_typed_by_two_clerks_at_once_is_kept_once(firm: Firm, now: datetime) -> None:
    texts = {"kpj": firm.people["kpj"].to_list(), "wage": ["7000000"] * 3}

    def send_typed(actor: Actor) -> int:
        return services.receive_typed(
            actor=actor, employer_id=firm.id, kind="wage_report", period=OCTOBER, texts=texts, now=now
        ).id

    ends = at_once([lambda: send_typed(CLERK), lambda: send_typed(OTHER_CLERK)])
    (kept,) = [end for end in ends if isinstance(end, int)]
    (refused,) = [end for end in ends if isinstance(end, services.AlreadyUploaded)]
    assert refused.upload_id == kept
    assert (view(firm, kept).state, waiting_jobs(kept)) == ("checked", [])


def test_of_reports_checked_at_once_the_last_one_sent_counts(
    firm: Firm, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = [receive(firm, month_of(firm, million * 1_000_000), now) for million in range(5, 11)]
    all_have_stored = threading.Barrier(len(sent), timeout=1)

    def after_the_others(upload_id: int, moment: datetime) -> list[int]:
        with suppress(threading.BrokenBarrierError):
            all_have_stored.wait()
        return replace_earlier(upload_id, moment)

    def check(upload_id: int) -> None:
        services.check_upload(upload_id=upload_id, now=now)

    monkeypatch.setattr(services, "replace_earlier", after_the_others)
    assert at_once([partial(check, upload_id) for upload_id in sent]) == [None] * 6
    assert [view(firm, upload_id).state for upload_id in sent] == ["replaced"] * 5 + ["checked"]


def test_two_files_booked_at_once_give_one_bill(firm: Firm, now: datetime) -> None:
    one, other = confirmed(firm, now), confirmed(firm, now, wage=11_000_000)
    ends = at_once(
        [
            lambda: services.book_upload(upload_id=one, now=now),
            lambda: services.book_upload(upload_id=other, now=now),
            lambda: services.book_upload(upload_id=one, now=now),
        ]
    )
    assert ends == [None, None, None]
    assert Bill.objects.filter(employer_id=firm.id).count() == 1
    assert sorted([view(firm, one).state, view(firm, other).state]) == ["booked", "refused"]


def test_progress_is_seen_while_the_bookings_transaction_is_open(
    firm: Firm, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = confirmed(firm, now)
    seen: list[object] = []
    report = wage_report.report_wages

    def look_around(**given: Any) -> Any:
        seen.extend(at_once([lambda: (Progress.objects.get(pk=upload_id).step, view(firm, upload_id).state)]))
        return report(**given)

    monkeypatch.setattr(wage_report, "report_wages", look_around)
    services.book_upload(upload_id=upload_id, now=now)
    assert seen == [("posting", "confirmed")]
    progress = view(firm, upload_id).progress
    assert progress is not None
    assert (progress.step, str(progress.text)) == ("done", "Selesai")
