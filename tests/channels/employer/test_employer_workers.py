"""The list of a firm's workers: who works here, who waits, who must be mended, who left, and finding one of them."""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

import polars as pl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lindung.access.trail import SYSTEM
from lindung.partners.dukcapil.answers import Inactive, NotFound
from lindung.registry.services import report_exits
from tests import builders
from tests.channels.employer import staff
from tests.channels.employer.desk import clerk, words
from tests.registry.registries import compared

pytestmark = pytest.mark.django_db


def list_of(firm: builders.Firm) -> str:
    return f"/employer/{firm.id}/workers/"


def search(client: Client, firm: builders.Firm, text: str, state: str = "active") -> str:
    """Type a search and follow it; gives the address it led to."""
    answer = client.post(f"{list_of(firm)}search/?state={state}", {"searched": text})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_everybody_at_work_is_listed_with_his_card(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3)
    page = words(clerk(firm.id, now=now).get(list_of(firm)))
    for name, kpj in zip(firm.told["name"], firm.people["kpj"], strict=True):
        assert name in page
        assert kpj in page.replace(" ", "")
    assert "Aktif 3" in page
    assert "Sudah keluar 0" in page


def test_each_list_counts_and_shows_its_own(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    rows = [staff.proposal() for _ in range(4)]
    batch_id = staff.proposed(firm, rows, now)
    staff.answered(
        batch_id,
        now,
        {
            str(rows[0]["nik"]): NotFound(None),
            str(rows[1]["nik"]): compared(birth_on=0),
            str(rows[2]["nik"]): Inactive(None),
        },
    )
    waiting = staff.proposal()
    staff.proposed(firm, [waiting], now)
    exits = firm.people.head(1).select("employment_id", until_on=pl.lit(date(2026, 11, 1)), cause=pl.lit("A1"))
    report_exits(actor=SYSTEM, employer_id=firm.id, exits=exits, now=now)
    client = clerk(firm.id, now=now)

    page = words(client.get(list_of(firm)))
    for count in ("Aktif 2", "Menunggu Dukcapil 1", "Perlu diperbaiki 3", "Sudah keluar 1"):
        assert count in page, count
    assert str(rows[3]["name"]) in page
    to_mend = words(client.get(f"{list_of(firm)}?state=mend"))
    for row in rows[:3]:
        assert str(row["name"]) in to_mend
    assert "Perlu diurus pekerja" in to_mend
    assert str(waiting["name"]) in words(client.get(f"{list_of(firm)}?state=waiting"))
    left = words(client.get(f"{list_of(firm)}?state=left"))
    assert "31 Oktober 2026" in left
    assert "Mengundurkan diri" in left


def test_what_must_be_mended_comes_before_everything_else(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    rows = [staff.proposal() for _ in range(6)]
    staff.answered(staff.proposed(firm, rows, now), now, {str(row["nik"]): compared(birth_on=0) for row in rows})
    page = words(clerk(firm.id, now=now).get(list_of(firm)))
    assert "6 pendaftaran perlu Anda perbaiki" in page
    assert page.index("perlu Anda perbaiki") < page.index("Tambah lewat berkas")
    assert "Berbeda dengan data Dukcapil: tanggal lahir." in page
    # The first five; the rest is a tap away.
    assert sum(str(row["name"]) in page for row in rows) == 5
    assert "Lihat semua yang perlu diperbaiki" in page


def test_a_firm_without_workers_is_told_how_they_come(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    page = words(clerk(firm.id, now=now).get(list_of(firm)))
    assert "Belum ada pekerja" in page
    assert "Tambah satu pekerja" in page


@pytest.mark.parametrize("of", ["name", "kpj", "employee_no"])
def test_one_is_found_by_any_of_his_names_and_the_search_stands_in_no_address(now: datetime, of: str) -> None:
    firm = builders.firm(now=now, workers=3)
    everybody = firm.told.with_columns(firm.people["kpj"])
    wanted, others = everybody.row(1, named=True), everybody["name"].to_list()
    client = clerk(firm.id, now=now)
    address = search(client, firm, wanted[of])
    assert wanted[of] not in address
    assert wanted[of].replace(" ", "+") not in address
    page = client.get(address)
    assert "1 ditemukan" in words(page)
    assert wanted["name"] in words(page)
    assert not any(name in words(page) for name in others if name != wanted["name"])
    assert f'value="{wanted[of]}"' in page.content.decode()


def test_a_search_stays_when_another_list_is_chosen(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    client = clerk(firm.id, now=now)
    page = client.get(search(client, firm, "tidak ada orang ini")).content.decode()
    assert "Tidak ditemukan" in page
    kept = re.search(r'href="[^"]*state=left&amp;q=([^"]+)"', page)
    assert kept
    elsewhere = client.get(f"{list_of(firm)}?state=left&q={kept[1]}").content.decode()
    assert 'value="tidak ada orang ini"' in elsewhere


def test_a_search_for_nothing_shows_everybody(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    assert search(clerk(firm.id, now=now), firm, "   ") == f"{list_of(firm)}?state=active"


@pytest.mark.parametrize("broken", ["x", "AAAA", "%00", "Ab-_", "é", "A" * 5000])
def test_a_search_that_we_did_not_seal_is_none(now: datetime, broken: str) -> None:
    firm = builders.firm(now=now, workers=1)
    page = clerk(firm.id, now=now).get(list_of(firm), {"q": broken})
    assert page.status_code == 200
    assert firm.told["name"][0] in words(page)


def test_a_search_of_one_firm_says_nothing_at_another(now: datetime) -> None:
    mine, other = builders.firm(now=now, workers=1), builders.firm(now=now, workers=1)
    client = clerk(mine.id, other.id, now=now)
    query = urlsplit(search(client, mine, "tidak ada orang ini")).query
    assert other.told["name"][0] in words(client.get(f"{list_of(other)}?{query}"))


def test_a_long_list_has_pages(now: datetime) -> None:
    firm = builders.firm(now=now, workers=53)
    client = clerk(firm.id, now=now)
    first, second = (words(client.get(f"{list_of(firm)}?page={page}")) for page in (1, 2))
    listed = [name for name in firm.told["name"] if name in first]
    assert len(listed) == 50
    assert sum(name in second for name in firm.told["name"]) == 3
    for odd in ("x", "-1", "0", "99999999999"):
        assert client.get(f"{list_of(firm)}?page={odd}").status_code == 200


def test_the_page_takes_the_same_few_statements_whatever_the_number_of_workers(now: datetime) -> None:
    counted = []
    for workers in (1, 60):
        firm = builders.firm(now=now, workers=workers)
        client = clerk(firm.id, now=now)
        with CaptureQueriesContext(connection) as statements:
            client.get(list_of(firm))
        counted.append(len(statements))
    assert counted[0] == counted[1] <= 6


def test_another_firms_workers_are_not_there(now: datetime) -> None:
    mine, theirs = builders.firm(now=now, workers=1), builders.firm(now=now, workers=1)
    client = clerk(mine.id, now=now)
    assert client.get(list_of(theirs)).status_code == 404
    assert client.post(f"{list_of(theirs)}search/", {"searched": "x"}).status_code == 404
    assert theirs.told["name"][0] not in words(client.get(list_of(mine)))
