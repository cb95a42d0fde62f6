"""A firm registers a construction project, sees its stages, pays one and has its receipt."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from lindung.contributions.project_queries import projects_of
from tests import builders
from tests.channels.test_routes import signed_in
from tests.contributions.money import pay
from tests.contributions.self_payers import project
from tests.contributions.test_projects import bill_stage

pytestmark = pytest.mark.django_db


def _day(name: str, day: str) -> dict[str, str]:
    year, month, number = day.split("-")
    return {f"{name}_0": number, f"{name}_1": month, f"{name}_2": year}


TOLD: dict[str, str] = {
    "name": "Jembatan Contoh",
    "work_order_no": "SPK/7",
    **_day("work_order_on", "2026-11-02"),
    **_day("from_on", "2026-11-16"),
    **_day("last_on", "2027-07-31"),
    "contract": "943,5 juta",
    "basis": "gross",
    "vat_percent": "11",
    "pattern": "50/25/25",
    **_day("due_2", "2027-02-01"),
    **_day("due_3", "2027-05-01"),
}


def _text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def _desk(now: datetime) -> tuple[Client, builders.Firm, str]:
    firm = builders.firm(now=now)
    return signed_in("employer", "hr", firm.id, now), firm, f"/employer/{firm.id}/projects/"


def test_a_project_is_looked_at_registered_and_its_first_stage_paid(now: datetime) -> None:
    client, firm, desk = _desk(now)
    assert "Belum ada proyek" in _text(client.get(desk))
    looked = _text(client.post(f"{desk}new/", {**TOLD, "do": "look"}))
    assert "Rp1.525.000" in looked
    assert "Rp762.500" in looked
    assert "20 November 2026" in looked
    assert projects_of(employer_id=firm.id) == []
    answer = client.post(f"{desk}new/", {**TOLD, "do": "register"})
    (view,) = projects_of(employer_id=firm.id)
    page = f"{desk}{view.project.pk}/"
    assert answer["Location"] == page
    assert "Ada tahap belum dibayar" in _text(client.get(page))
    assert client.post(f"{page}stages/1/bill/")["Location"] == page
    waiting = client.get(page)
    assert waiting["Refresh"] == "15"
    order = bill_stage(firm.id, view.project.pk, 1, now)
    assert order.repeated
    pay(order.customer_no, order.amount_rupiah, now)
    paid = _text(client.get(page))
    assert "Pekerja proyek ini dilindungi" in paid
    assert "Tahap 2, belum dibayar" in paid
    assert client.get(f"{page}stages/1/receipt/").content.startswith(b"%PDF")
    assert client.get(f"{page}stages/2/receipt/").status_code == 404
    assert client.post(f"{page}stages/1/bill/").status_code == 302
    assert client.post(f"{page}stages/9/bill/").status_code == 404
    assert "Rp762.500" in _text(client.get(desk))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"contract": "0"}, "Nilai kontrak harus lebih dari nol"),
        ({"vat_percent": ""}, "Isi tarif PPN kontrak itu"),
        ({"basis": "net"}, "Tarif PPN hanya dipakai"),
        (_day("last_on", "2026-11-01"), "Hari terakhir ini sebelum proyek mulai"),
        ({"due_3_0": "", "due_3_1": "", "due_3_2": ""}, "Isi tanggal tahap ini"),
        (_day("due_4", "2027-06-01"), "Kosongkan tanggalnya"),
        (_day("due_3", "2027-01-01"), "harus berurutan"),
        (_day("work_order_on", "2026-12-01"), "Tanggal ini belum tiba"),
        ({"contract": "100", "basis": "net", "vat_percent": ""}, "terlalu kecil"),
    ],
)
def test_what_cannot_be_a_project_is_told_beside_its_field(wrong: dict[str, str], said: str, now: datetime) -> None:
    client, firm, desk = _desk(now)
    answer = client.post(f"{desk}new/", {**TOLD, **wrong, "do": "register"})
    assert answer.status_code == 422
    assert said in _text(answer)
    assert projects_of(employer_id=firm.id) == []


def test_a_project_of_another_firm_is_not_there(now: datetime) -> None:
    client, _firm, desk = _desk(now)
    other = builders.firm(now=now)
    project_id = project(other.id, now)
    assert client.get(f"{desk}{project_id}/").status_code == 404
    assert client.get(f"/employer/{other.id}/projects/{project_id}/").status_code == 404
    assert client.post(f"{desk}{project_id}/stages/1/bill/").status_code == 404


def test_a_project_that_is_registered_twice_is_refused_by_its_work_order(now: datetime) -> None:
    client, _firm, desk = _desk(now)
    assert client.post(f"{desk}new/", {**TOLD, "do": "register"}).status_code == 302
    again = client.post(f"{desk}new/", {**TOLD, "do": "register"})
    assert again.status_code == 422
    assert "sudah terdaftar" in _text(again)


VALUE: dict[str, str] = {"contract": "1,11 miliar", **_day("agreed_on", "2026-11-20")}


def _agreed(page: Any) -> str:
    (found,) = re.findall(r'name="agreed" value="([0-9-]+)"', page.content.decode())
    return str(found)


def test_a_changed_value_is_looked_at_and_recorded(now: datetime) -> None:
    client, firm, desk = _desk(now)
    project_id = project(firm.id, now, contract=943_500_000)
    order = bill_stage(firm.id, project_id, 1, now)
    pay(order.customer_no, order.amount_rupiah, now)
    page = f"{desk}{project_id}/"
    assert "Nilai kontraknya berubah?" in _text(client.get(page))
    assert "Rp943.500.000" in _text(client.get(f"{page}value/"))
    looked = client.post(f"{page}value/", {**VALUE, "do": "look"})
    assert "Iuran proyek ini sekarang Rp1.750.000" in _text(looked)
    assert "Selisih iuran Rp225.000" in _text(looked)
    assert "Masih harus dibayar Rp987.500" in _text(looked)
    assert "dihitung ulang seluruhnya menurut aturan bulan proyek mulai" in _text(looked)
    assert projects_of(employer_id=firm.id)[0].addenda == ()
    wrong = client.post(f"{page}value/", {**VALUE, "agreed": "1-0", "do": "change"})
    assert (wrong.status_code, "Keadaannya berubah" in _text(wrong)) == (422, True)
    done = client.post(f"{page}value/", {**VALUE, "agreed": _agreed(looked), "do": "change"})
    assert done["Location"] == page
    shown = _text(client.get(page))
    assert "Rp1.110.000.000" in shown
    assert "Tahap 2, belum dibayar Rp493.750" in shown


def test_a_lower_value_says_what_becomes_credit(now: datetime) -> None:
    client, firm, desk = _desk(now)
    project_id = project(firm.id, now, pattern="", contract=850_000_000)
    order = bill_stage(firm.id, project_id, 1, now)
    pay(order.customer_no, order.amount_rupiah, now)
    told = {**VALUE, "contract": "100 juta"}
    looked = client.post(f"{desk}{project_id}/value/", {**told, "do": "look"})
    assert "Catat perubahan, saldo Rp1.285.000" in _text(looked)
    client.post(f"{desk}{project_id}/value/", {**told, "agreed": _agreed(looked), "do": "change"})
    assert "Rp1.285.000 dari yang sudah dibayar menjadi saldo perusahaan" in _text(client.get(f"{desk}{project_id}/"))
    credit_page = _text(client.get(f"/employer/{firm.id}/bills/credit/"))
    assert "Nilai kontrak Gedung Contoh turun Rp1.285.000" in credit_page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"contract": "943,5 juta"}, "sama dengan yang sekarang"),
        ({"contract": "0"}, "Nilai kontrak"),
        (_day("agreed_on", "2026-12-01"), "Tanggal ini belum tiba"),
        (_day("agreed_on", "2026-08-01"), "sebelum surat perintah kerja"),
        ({"contract": ""}, "Isi nilai kontrak yang baru"),
    ],
)
def test_a_value_that_cannot_be_is_sent_back(wrong: dict[str, str], said: str, now: datetime) -> None:
    client, firm, desk = _desk(now)
    project_id = project(firm.id, now, contract=943_500_000)
    answer = client.post(f"{desk}{project_id}/value/", {**VALUE, **wrong, "agreed": "", "do": "change"})
    assert answer.status_code == 422
    assert said in _text(answer)
    assert projects_of(employer_id=firm.id)[0].addenda == ()
