"""A month without a file: the same as last month in two steps, or typed into a table that keeps what was typed."""

import html
import re
from datetime import date, datetime, timedelta

import polars as pl
import pytest
from django.http import HttpResponse
from django.test import Client

from lindung.contributions import queries as contributions
from lindung.registry.services import EXITS, report_exits
from lindung.uploads import queries as uploads
from lindung.uploads import services
from tests import builders
from tests.channels.employer.desk import CLERK, NOVEMBER, OCTOBER, clerk, words

pytestmark = pytest.mark.django_db
MONTH = "?month=2026-11"


def table(firm: builders.Firm) -> str:
    return f"/employer/{firm.id}/wages/table/{MONTH}"


def same(client: Client, firm: builders.Firm) -> HttpResponse:
    return client.post(f"/employer/{firm.id}/wages/same/{MONTH}")


def boxes(page: HttpResponse) -> dict[str, str]:
    """The texts in the boxes of a page's table, by name."""
    found = re.findall(r'<input type="text" name="(wage-\d+)"(?: value="([^"]*)")?', page.content.decode())
    return {name: html.unescape(value) for name, value in found}


def box(firm: builders.Firm, place: int) -> str:
    return f"wage-{firm.people['person_id'][place]}"


def out(firm: builders.Firm, place: int) -> str:
    return f"out-{firm.people['person_id'][place]}"


def agreed(client: Client, firm: builders.Firm, now: datetime, **ticks: str) -> None:
    (sent, *_) = uploads.uploads_of(firm.id)
    answer = client.post(f"/employer/{firm.id}/uploads/{sent.id}/confirm/", ticks)
    assert answer.status_code == 302, words(answer)
    services.book_upload(upload_id=sent.id, now=now)


def billed(firm: builders.Firm) -> dict[int, int]:
    return dict(contributions.wages_in(employer_id=firm.id, period=NOVEMBER).iter_rows())


@pytest.fixture
def firm(now: datetime) -> builders.Firm:
    """Three workers, October billed at ten million each."""
    made = builders.firm(now=now, workers=3)
    builders.bill(made, OCTOBER, now)
    return made


def test_the_same_as_last_month_is_two_steps(firm: builders.Firm, now: datetime) -> None:
    client = clerk(firm.id, now=now)
    offered = words(client.get(f"/employer/{firm.id}/wages/{MONTH}"))
    assert "3 pekerja memakai upah bulan lalu." in offered
    answer = same(client, firm)
    (sent,) = uploads.uploads_of(firm.id)
    assert (answer.status_code, answer["Location"]) == (302, f"/employer/{firm.id}/uploads/{sent.id}/")
    assert (sent.state, sent.typed, sent.summary["unchanged"], sent.summary["warnings"]) == ("checked", True, 3, 0)
    page = words(client.get(answer["Location"]))
    assert "Diisi di layar" in page
    assert "Kirim dan terbitkan tagihan" in page
    assert billed(firm) == {}
    agreed(client, firm, now)
    assert billed(firm) == dict.fromkeys(firm.people["person_id"], 10_000_000)


def test_pressed_twice_it_is_one_report(firm: builders.Firm, now: datetime) -> None:
    client = clerk(firm.id, now=now)
    answers = [same(client, firm)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(uploads.uploads_of(firm.id)) == 1


def test_who_left_is_named_and_not_billed_and_who_came_is_asked_for(firm: builders.Firm, now: datetime) -> None:
    leaver = firm.people["employment_id"][0]
    ends = [(leaver, NOVEMBER, "A1")]

    report_exits(actor=CLERK, employer_id=firm.id, exits=pl.DataFrame(ends, schema=EXITS, orient="row"), now=now)
    newcomer = builders.join(firm, now=now, from_on=date(2026, 11, 3))
    client = clerk(firm.id, now=now)
    offered = words(client.get(f"/employer/{firm.id}/wages/{MONTH}"))
    assert "2 pekerja memakai upah bulan lalu. 1 sudah keluar, tidak ikut. 1 baru, upahnya kami tanya dulu." in offered
    asked = same(client, firm)
    assert asked["Location"] == table(firm)
    page = client.get(table(firm))
    assert f"Sudah keluar, tidak ikut: {firm.told['name'][0]}" in words(page)
    assert f"wage-{newcomer}" == next(iter(boxes(page))), "whoever is asked for stands first"
    assert boxes(page) == {f"wage-{newcomer}": "", box(firm, 1): "10000000", box(firm, 2): "10000000"}
    assert "Mulai bekerja 3 November 2026" in words(page)
    sent = client.post(table(firm), boxes(page) | {f"wage-{newcomer}": "6000000", "act": "send"})
    assert sent.status_code == 302
    agreed(client, firm, now)
    assert billed(firm) == {
        newcomer: 6_000_000,
        firm.people["person_id"][1]: 10_000_000,
        firm.people["person_id"][2]: 10_000_000,
    }


def test_the_cost_is_shown_while_one_types_and_nothing_is_sent(firm: builders.Firm, now: datetime) -> None:
    client = clerk(firm.id, now=now)
    page = client.get(table(firm))
    before = re.search(r"Iuran bulan ini (Rp[\d.]+)", words(page))
    assert before
    answer = client.post(table(firm), boxes(page) | {box(firm, 0): "12.000.000", "act": "count"})
    assert (answer.status_code, answer["Location"]) == (302, table(firm))
    page = client.get(table(firm))
    after = re.search(r"Iuran bulan ini (Rp[\d.]+)", words(page))
    assert after
    assert after[1] != before[1]
    assert boxes(page)[box(firm, 0)] == "12.000.000"
    assert "Rp12.000.000 + Rp2.000.000" in words(page)
    assert uploads.uploads_of(firm.id) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Upah kosong. Isi upahnya, atau centang Tidak ikut."),
        ("0", "Upah nol. Bila memang tidak ada upah, centang Tidak ikut."),
        ("4.5", "Upah ini bisa berarti dua jumlah. Tulis angka penuh, contoh 4500000."),
        ("-5000000", "Upah kurang dari nol. Tulis upah tanpa tanda minus."),
        ("banyak", "Upah ini bukan angka. Tulis angka penuh, contoh 4500000."),
        ("1e16", "Upah ini bukan angka. Tulis angka penuh, contoh 4500000."),
        ("9223372036854775808", "Upah lebih dari Rp1.000.000.000.000. Periksa jumlah nolnya."),
    ],
)
@pytest.mark.parametrize("act", ["count", "send"])
def test_a_fault_stands_at_its_row_and_what_was_typed_stays(
    firm: builders.Firm, now: datetime, typed: str, said: str, act: str
) -> None:
    client = clerk(firm.id, now=now)
    filled = boxes(client.get(table(firm))) | {box(firm, 1): typed, box(firm, 2): "11000000"}
    answer = client.post(table(firm), {**filled, "act": act})
    assert answer.status_code == 422
    assert f"{firm.told['name'][1]}: {said}" in words(answer)
    content = answer.content.decode()
    assert "<title>Galat: " in content
    assert f'href="#id_{box(firm, 1)}"' in content
    assert (boxes(answer)[box(firm, 1)], boxes(answer)[box(firm, 2)]) == (typed, "11000000")
    assert uploads.uploads_of(firm.id) == []


def test_what_was_typed_survives_a_closed_browser_and_another_clerk_goes_on(firm: builders.Firm, now: datetime) -> None:
    first = clerk(firm.id, now=now)
    filled = boxes(first.get(table(firm))) | {box(firm, 0): "banyak", box(firm, 1): "12000000"}
    first.post(table(firm), {**filled, out(firm, 2): "on", "act": "count"})
    other = builders.firm(now=now, workers=0)
    second = clerk(firm.id, other.id, now=now)
    assert "Lanjutkan isian" in words(second.get(f"/employer/{firm.id}/wages/{MONTH}"))
    page = second.get(table(firm))
    assert (boxes(page)[box(firm, 0)], boxes(page)[box(firm, 1)]) == ("banyak", "12000000")
    assert f"{firm.told['name'][0]}: Upah ini bukan angka." in words(page)
    assert re.search(rf'name="{out(firm, 2)}"[^>]* checked', page.content.decode())
    second.post(f"/employer/{firm.id}/wages/table/again/{MONTH}")
    assert set(boxes(second.get(table(firm))).values()) == {"10000000"}


def test_who_is_ticked_as_left_out_is_named_and_has_no_month(firm: builders.Firm, now: datetime) -> None:
    client = clerk(firm.id, now=now)
    filled = boxes(client.get(table(firm))) | {box(firm, 2): "", out(firm, 2): "on"}
    answer = client.post(table(firm), {**filled, "act": "send"})
    assert answer.status_code == 302
    page = words(client.get(answer["Location"]))
    assert "1 pekerja Anda tidak dilaporkan" in page
    assert firm.told["name"][2] in page
    agreed(client, firm, now, read="on")
    assert set(billed(firm)) == set(firm.people["person_id"][:2])
    assert "1 pekerja tidak dilaporkan bulan ini" in words(client.get(answer["Location"]))


def test_everybody_left_out_is_no_report(firm: builders.Firm, now: datetime) -> None:
    client = clerk(firm.id, now=now)
    nobody = {out(firm, place): "on" for place in range(3)}
    answer = client.post(table(firm), {**boxes(client.get(table(firm))), **nobody, "act": "send"})
    assert answer.status_code == 422
    assert "Tidak ada pekerja" in words(answer)
    assert uploads.uploads_of(firm.id) == []


def test_half_the_wage_is_asked_about_by_itself_with_its_rows(firm: builders.Firm, now: datetime) -> None:
    client = clerk(firm.id, now=now)
    filled = boxes(client.get(table(firm))) | {box(firm, 0): "5000000", box(firm, 1): "50000000"}
    page = client.post(table(firm), {**filled, "act": "send"})["Location"]
    shown = words(client.get(page))
    assert "2 upah naik lima kali lipat atau turun separuh. Benar?" in shown
    asked = shown.split("Perubahan upah yang besar")[1]
    assert asked.index(firm.told["name"][1]) < asked.index(firm.told["name"][0]), "the biggest difference first"
    refused = client.post(f"{page}confirm/", {})
    assert refused.status_code == 422
    assert "Centang untuk melanjutkan: benar, 2 upah ini memang berubah sebesar itu." in words(refused)
    agreed(client, firm, now, sure="on")
    assert billed(firm)[firm.people["person_id"][0]] == 5_000_000


def test_sent_again_before_it_is_agreed_to_the_last_one_counts(firm: builders.Firm, now: datetime) -> None:
    client = clerk(firm.id, now=now)
    first = same(client, firm)["Location"]
    filled = boxes(client.get(table(firm))) | {box(firm, 0): "12000000"}
    second = client.post(table(firm), {**filled, "act": "send"})["Location"]
    page = words(client.get(first))
    assert "Kiriman terakhir yang berlaku." in page
    assert "Setujui" not in page
    listed = words(client.get(f"/employer/{firm.id}/wages/{MONTH}"))
    assert "Diganti yang baru" in listed
    assert "Siap disetujui" in listed
    assert client.post(f"{first}confirm/").status_code == 302
    assert [upload.state for upload in uploads.uploads_of(firm.id)] == ["checked", "replaced"]
    # Typed back to what it was, it is a report of its own again.
    third = client.post(table(firm), {**boxes(client.get(table(firm))), box(firm, 0): "10000000", "act": "send"})
    assert third["Location"] not in (first, second)
    agreed(client, firm, now)
    assert billed(firm)[firm.people["person_id"][0]] == 10_000_000


def test_more_than_fifty_workers_are_on_pages_and_faults_elsewhere_are_told(now: datetime) -> None:
    firm = builders.firm(now=now, workers=52)
    builders.bill(firm, OCTOBER, now)
    client = clerk(firm.id, now=now)
    first, second = client.get(table(firm)), client.get(f"{table(firm)}&page=2")
    assert (len(boxes(first)), len(boxes(second))) == (50, 2)
    wrong = next(iter(boxes(second)))
    turned = client.post(f"{table(firm)}&page=2", {**boxes(second), wrong: "minus", "act": "page-1"})
    assert turned["Location"] == f"{table(firm)}&page=1"
    refused = client.post(table(firm), {**boxes(first), "act": "send"})
    assert refused.status_code == 422
    assert "1 upah di halaman lain belum benar: halaman 2." in words(refused)
    client.post(f"{table(firm)}&page=2", {**boxes(second), wrong: "10000000", "act": "count"})
    assert client.post(table(firm), {**boxes(first), "act": "send"}).status_code == 302
    assert uploads.uploads_of(firm.id)[0].summary["workers"] == 52


def test_nothing_typed_is_lost_when_somebody_joins_while_the_page_is_open(now: datetime) -> None:
    firm = builders.firm(now=now, workers=50)
    builders.bill(firm, OCTOBER, now)
    client = clerk(firm.id, now=now)
    shown = boxes(client.get(table(firm)))
    last = list(shown)[-1]
    builders.join(firm, now=now, from_on=NOVEMBER)
    # The newcomer stands first now, and the last one of the page that was open is on the second.
    client.post(table(firm), {**shown, last: "12345678", "act": "count"})
    assert boxes(client.get(f"{table(firm)}&page=2")) == {last: "12345678"}


def test_nobody_elses_worker_can_be_typed_in(firm: builders.Firm, now: datetime) -> None:
    other = builders.firm(now=now, workers=1)
    client = clerk(firm.id, now=now)
    client.post(table(firm), {**boxes(client.get(table(firm))), box(other, 0): "9000000", "act": "send"})
    agreed(client, firm, now)
    assert other.people["person_id"][0] not in billed(firm)
    assert client.get(f"/employer/{other.id}/wages/table/").status_code == 404


def test_a_month_billed_meanwhile_leads_to_the_months_that_are_left(firm: builders.Firm, now: datetime) -> None:
    client = clerk(firm.id, now=now)
    builders.bill(firm, NOVEMBER, now + timedelta(minutes=1))
    for answer in (client.get(table(firm)), client.post(table(firm), {"act": "send"}), same(client, firm)):
        assert (answer.status_code, answer["Location"]) == (302, f"/employer/{firm.id}/wages/")


def test_a_firm_without_a_bill_types_its_first_month(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2, from_on=NOVEMBER)
    client = clerk(firm.id, now=now)
    page = client.get(table(firm))
    assert "Isi upah sebulan setiap pekerja." in words(page)
    assert "<title>Galat" not in page.content.decode()
    client.post(table(firm), dict.fromkeys(boxes(page), "7000000") | {"act": "send"})
    agreed(client, firm, now)
    assert set(billed(firm).values()) == {7_000_000}


def test_a_firm_without_workers_is_told_what_comes_first(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0, from_on=NOVEMBER)
    assert "Daftarkan pekerjanya dulu." in words(clerk(firm.id, now=now).get(table(firm)))
