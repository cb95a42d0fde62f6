"""Who leaves: found in a list, reported one at a time or several at once, with what it means and by when."""

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lindung.access.models import TrailEvent
from lindung.access.trail import SYSTEM
from lindung.contributions.services import WageRows, report_wages
from lindung.registry import staff_queries
from lindung.registry.services import report_exits
from tests import builders
from tests.channels.employer.desk import OCTOBER, clerk, words

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)


def leavers_of(firm: builders.Firm) -> str:
    return f"/employer/{firm.id}/workers/leavers/"


def exits_of(firm: builders.Firm, *places: int) -> str:
    ids = "&".join(f"worker={employment(firm, place)}" for place in places)
    return f"/employer/{firm.id}/workers/exits/?{ids}"


def employment(firm: builders.Firm, place: int) -> int:
    return int(firm.people["employment_id"][place])


def told(firm: builders.Firm, *days: tuple[int, int, int, int], cause: str = "A1", sure: str = "on") -> dict[str, str]:
    """What is typed: (place of the worker, day, month, year) for each, one cause, and the tick."""
    typed = {"cause": cause, "sure": sure}
    for place, *day in days:
        for part, number in enumerate(day):
            typed[f"last-{employment(firm, place)}_{part}"] = str(number)
    return typed


def state(firm: builders.Firm, place: int) -> tuple[date | None, str]:
    found = staff_queries.worker(firm.id, employment(firm, place))
    assert found is not None
    return found.row.until_on, found.row.ended_by


def firm_that_forgot_one(now: datetime) -> builders.Firm:
    """A firm whose last worker stands on neither of the two newest bills."""
    firm = builders.firm(now=now, workers=3)
    builders.bill(firm, date(2026, 8, 1), now)
    rows = firm.rows()
    kept = WageRows(**{name: getattr(rows, name)[:-1] for name in WageRows.__dataclass_fields__})
    for period in (SEPTEMBER, OCTOBER):
        report_wages(actor=SYSTEM, employer_id=firm.id, period=period, upload_id=None, rows=kept, now=now)
    return firm


def test_who_seems_to_have_left_comes_first_with_the_reason_and_one_tap(now: datetime) -> None:
    firm = firm_that_forgot_one(now)
    client = clerk(firm.id, now=now)
    answer = client.get(leavers_of(firm))
    page = words(answer)
    assert "Sudah keluar tapi belum dilaporkan?" in page
    assert "Terakhir ditagih Agustus 2026." in page
    missing = int(firm.people.sort("person_id")["employment_id"][-1])
    assert answer.content.decode().count(f'href="/employer/{firm.id}/workers/exits/?worker={missing}"') == 2
    assert "1 pekerja mungkin sudah keluar" in words(client.get(f"/employer/{firm.id}/workers/"))


def test_the_rule_is_told_with_todays_date(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    # Saturday 21 November: the seventh working day after it is Tuesday 1 December.
    assert "Yang keluar hari ini: 1 Desember 2026." in words(clerk(firm.id, now=now).get(leavers_of(firm)))


def test_one_exit_is_reported_with_day_and_cause(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    client = clerk(firm.id, now=now)
    page = words(client.get(exits_of(firm, 0)))
    assert f"{firm.told['name'][0]} keluar" in page
    assert "Klaimnya nanti memakai hari dan sebab ini" in page
    assert "PP 44/2015 Pasal 9" in page
    answer = client.post(exits_of(firm, 0), told(firm, (0, 20, 11, 2026), cause="L2"))
    assert answer.status_code == 302, words(answer)
    assert state(firm, 0) == (date(2026, 11, 21), "L2")
    assert state(firm, 1) == (None, "")
    done = words(client.get(answer["Location"]))
    assert "Keluar sudah dicatat" in done
    assert "20 November 2026" in done
    assert "Kontrak kerja (PKWT) berakhir" in done
    assert "lewat dari 7 hari kerja" not in done


def test_a_late_report_is_taken_and_said_to_be_late(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    client = clerk(firm.id, now=now)
    answer = client.post(exits_of(firm, 0), told(firm, (0, 1, 10, 2026)))
    assert "lewat dari 7 hari kerja" in words(client.get(answer["Location"]))


def test_several_leave_at_once_each_on_his_day(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3)
    client = clerk(firm.id, now=now)
    page = words(client.get(exits_of(firm, 0, 2)))
    assert "Laporkan 2 pekerja keluar" in page
    assert f"Hari kerja terakhir {firm.told['name'][2]}" in page
    answer = client.post(exits_of(firm, 0, 2), told(firm, (0, 19, 11, 2026), (2, 20, 11, 2026)))
    assert (state(firm, 0)[0], state(firm, 2)[0]) == (date(2026, 11, 20), date(2026, 11, 21))
    assert "2 pekerja dicatat keluar" in words(client.get(answer["Location"]))
    assert TrailEvent.objects.filter(act="exits_reported", object_id=firm.id).count() == 1


@pytest.mark.parametrize(
    ("day", "cause", "said"),
    [
        ((0, 31, 12, 2023), "A1", "sebelum hari pertamanya, 1 Januari 2024"),
        ((0, 1, 12, 2026), "A1", "belum tiba. Laporkan sesudah hari itu."),
        ((0, 31, 2, 2026), "A1", "tidak ada di kalender"),
        ((0, 10, 11, 2026), "L5", "Kematian bulan ini dilaporkan ahli waris"),
        ((0, 20, 11, 2026), "", "Pilih mengapa berhenti bekerja."),
        ((0, 20, 11, 2026), "ZZ", "Pilih salah satu sebab di daftar."),
    ],
    ids=["before the start", "to come", "no such day", "death", "no cause", "unknown cause"],
)
def test_what_cannot_be_is_refused_beside_its_field(now: datetime, day: Any, cause: str, said: str) -> None:
    firm = builders.firm(now=now, workers=1)
    answer = clerk(firm.id, now=now).post(exits_of(firm, 0), told(firm, day, cause=cause))
    assert answer.status_code == 422
    assert said in words(answer)
    assert state(firm, 0) == (None, "")


def test_nobody_leaves_before_it_was_ticked_that_there_is_no_way_back(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    typed = told(firm, (0, 20, 11, 2026))
    del typed["sure"]
    answer = clerk(firm.id, now=now).post(exits_of(firm, 0), typed)
    assert answer.status_code == 422
    assert "Centang untuk melanjutkan" in words(answer)
    assert state(firm, 0) == (None, "")


def test_all_of_several_stay_when_one_of_them_cannot_leave(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    answer = clerk(firm.id, now=now).post(exits_of(firm, 0, 1), told(firm, (0, 20, 11, 2026), (1, 1, 1, 2020)))
    assert answer.status_code == 422
    assert (state(firm, 0), state(firm, 1)) == ((None, ""), (None, ""))


def test_a_contract_that_ran_out_proposes_its_last_day(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_employment SET contract = 'PKWT', contract_until_on = '2026-11-01' WHERE id = %s",
            [employment(firm, 0)],
        )
    client = clerk(firm.id, now=now)
    assert "Kontraknya berakhir 31 Oktober 2026. Laporkan paling lambat 10 November 2026." in words(
        client.get(leavers_of(firm))
    )
    source = client.get(exits_of(firm, 0)).content.decode()
    for part, number in enumerate((31, 10, 2026)):
        assert f'name="last-{employment(firm, 0)}_{part}" value="{number}"' in source


def test_nobody_chosen_leads_back_to_the_list(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    client = clerk(firm.id, now=now)
    for odd in ("", "?worker=x", "?worker="):
        answer = client.get(f"/employer/{firm.id}/workers/exits/{odd}")
        assert answer["Location"] == f"{leavers_of(firm)}?nobody=1"
    assert "Belum ada yang dipilih" in words(client.get(f"{leavers_of(firm)}?nobody=1"))


def test_who_left_already_is_shown_as_he_is(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    exits = firm.people.head(1).select("employment_id", until_on=pl.lit(date(2026, 11, 1)), cause=pl.lit("A1"))
    report_exits(actor=SYSTEM, employer_id=firm.id, exits=exits, now=now)
    client = clerk(firm.id, now=now)
    assert client.get(exits_of(firm, 0))["Location"] == f"/employer/{firm.id}/workers/{employment(firm, 0)}/"
    assert "1 pekerja keluar" not in words(client.get(exits_of(firm, 0, 1)))
    assert firm.told["name"][1] in words(client.get(exits_of(firm, 0, 1)))


def test_the_form_costs_the_same_few_statements_for_one_and_for_twenty(now: datetime) -> None:
    firm = builders.firm(now=now, workers=20)
    client = clerk(firm.id, now=now)
    counted = []
    for places in ((0,), tuple(range(20))):
        with CaptureQueriesContext(connection) as statements:
            client.get(exits_of(firm, *places))
        counted.append(len(statements))
    assert counted[0] == counted[1] <= 3


@pytest.mark.parametrize("act", ["get", "post"])
def test_another_firms_worker_cannot_be_made_to_leave(now: datetime, act: str) -> None:
    mine, theirs = builders.firm(now=now, workers=1), builders.firm(now=now, workers=1)
    client = clerk(mine.id, now=now)
    send = getattr(client, act)
    here = f"/employer/{mine.id}/workers/exits/?worker={employment(theirs, 0)}"
    assert send(here, told(theirs, (0, 20, 11, 2026)) if act == "post" else None).status_code == 404
    assert send(exits_of(theirs, 0)).status_code == 404
    assert state(theirs, 0) == (None, "")


def test_a_search_among_those_at_work_leads_back_here(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3)
    client: Client = clerk(firm.id, now=now)
    answer = client.post(f"/employer/{firm.id}/workers/search/?state=leaving", {"searched": firm.told["name"][1]})
    page = words(client.get(answer["Location"]))
    assert answer["Location"].startswith(leavers_of(firm))
    assert firm.told["name"][1] in page
    assert firm.told["name"][0] not in page
