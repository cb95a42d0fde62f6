"""Officers see a bank's contradicting call beside what it told first, and close it with what the bank answered."""

from datetime import date, datetime

import pytest
from django.test import Client

from lindung.access.models import TrailEvent
from lindung.access.trail import SYSTEM
from lindung.contributions import services
from lindung.contributions.contradiction_queries import contradictions
from tests import builders
from tests.channels.employer.desk import words
from tests.contributions.money import pay

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)


def _kept(now: datetime, reference: str = "R-1") -> int:
    services.keep_contradiction(
        call=services.ContradictingCall(
            partner_id=1,
            reference=reference,
            external_id="4471",
            content_sha256=b"\7" * 32,
            customer_no="1234567890123",
            amount_rupiah=9_990_000,
            channel="6011",
            bank_reference="B-9",
            taken_at_told="2026-11-20T10:00:00+07:00",
        ),
        now=now,
    )
    return contradictions(since=now.date())[0].id


def test_what_differs_stands_side_by_side_and_a_note_closes_it(officer: Client, now: datetime) -> None:
    assert "Tidak ada yang bertentangan" in words(officer.get("/contradictions/"))
    bill = builders.bill(builders.firm(now=now, workers=1), SEPTEMBER, now)
    receipt = pay(bill.customer_no, bill.amount_rupiah, now, reference="R-1")
    kept = _kept(now)
    listed = words(officer.get("/contradictions/"))
    assert "R-1" in listed
    assert "Rp9.990.000" in listed
    assert "Belum ditanyakan" in listed
    page = words(officer.get(f"/contradictions/{kept}/"))
    assert "1234 5678 9012 3" in page
    assert receipt.receipt_number in page
    assert "07070707" in page
    empty = officer.post(f"/contradictions/{kept}/", {"note": " "})
    assert (empty.status_code, "Isi jawaban bank" in words(empty)) == (422, True)
    for note in ("Salah ketik, surat 12/OPS.", "Terlambat"):
        answer = officer.post(f"/contradictions/{kept}/", {"note": note})
        assert answer["Location"] == f"/contradictions/{kept}/"
    closed = words(officer.get(f"/contradictions/{kept}/"))
    assert "Salah ketik, surat 12/OPS." in closed
    assert "Terlambat" not in closed
    assert TrailEvent.objects.filter(act="contradiction_closed").count() == 1


def test_the_same_content_again_is_counted_and_a_closed_one_leaves_after_a_month(now: datetime) -> None:
    kept = _kept(now)
    assert _kept(now) == kept
    (found,) = contradictions(since=now.date())
    assert (found.calls, found.first) == (2, None)
    services.close_contradiction(actor=SYSTEM, contradiction_id=kept, note="Sudah dijawab.", now=now)
    assert contradictions(since=date(2027, 1, 1)) == []
    assert len(contradictions(since=now.date())) == 1
    with pytest.raises(services.ContradictionClosed):
        services.close_contradiction(actor=SYSTEM, contradiction_id=kept + 1, note="x", now=now)


def test_one_that_is_not_there_is_not_there(officer: Client) -> None:
    assert officer.get("/contradictions/999999/").status_code == 404
