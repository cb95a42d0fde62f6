"""Officers see what a bank's door refused, and on their first page where a bank contradicts itself."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from lindung.access.refused_calls import count_refused_call
from tests.channels.employer.desk import words

pytestmark = pytest.mark.django_db


def test_refused_calls_stand_by_day_and_cause_beside_the_statements(officer: Client, now: datetime) -> None:
    assert "Panggilan yang ditolak" not in words(officer.get("/statements/"))
    for code in ("40100", "40100", "40101"):
        count_refused_call(named="siapa saja", service="25", code=code, now=now)
    page = words(officer.get("/statements/"))
    assert "21 November 2026 Tidak dikenal Pembayaran Tanda tangan, waktu atau alamat salah 2" in page
    assert "Izin masuk salah atau habis 1" in page
    assert "nomor acuan lama" not in words(officer.get("/"))


def test_a_clash_stands_on_the_first_page_for_a_week(officer: Client, now: datetime) -> None:
    count_refused_call(named="", service="24", code="40900", now=now)
    count_refused_call(named="", service="25", code="40418", now=now - timedelta(days=9))
    assert "nomor acuan lama" not in words(officer.get("/"))
    count_refused_call(named="", service="25", code="40418", now=now)
    assert "1 pembayaran memakai nomor acuan lama dengan isi lain" in words(officer.get("/"))
    assert "1 pembayaran memakai nomor acuan lama dengan isi lain" in words(officer.get("/statements/"))
