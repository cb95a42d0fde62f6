"""One worker typed on one page: the same rules as a file's, beside the fields, and nothing typed is lost."""

import re
from datetime import datetime

import pytest

from lindung.registry import enrolment_queries, staff_queries
from tests import builders
from tests.channels.employer import staff
from tests.channels.employer.desk import clerk, words

pytestmark = pytest.mark.django_db


def page_of(firm: builders.Firm) -> str:
    return f"/employer/{firm.id}/workers/new/"


def typed(**changed: str) -> dict[str, str]:
    """What a clerk types of somebody new."""
    row = staff.people.new_worker()
    return {
        "name": str(row["NAMA_LENGKAP"]), "nik": str(row["NOMOR_IDENTITAS"]),
        "birth_on_0": "2", "birth_on_1": "3", "birth_on_2": "1990", "sex": "P", "mother_name": "Ibu Dewi",
        "phone": str(row["HP"]), "email": str(row["EMAIL"]),
        "from_on_0": "2", "from_on_1": "11", "from_on_2": "2026", "wage": "5.500.000", "contract": "PKWTT",
        "contract_until_on_0": "", "contract_until_on_1": "", "contract_until_on_2": "", "employee_no": "B-7",
        **changed,
    }  # fmt: skip


def test_a_worker_is_sent_waits_and_gets_his_kpj_on_the_page_of_his_own(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    client = clerk(firm.id, now=now)
    told = typed()
    answer = client.post(page_of(firm), told)
    assert answer.status_code == 302, words(answer)
    waiting = client.get(answer["Location"])
    assert "Menunggu Dukcapil" in words(waiting)
    assert waiting["Refresh"] == "3"
    row = enrolment_queries.enrolments(firm.id).items[0]
    written = enrolment_queries.what_was_written(firm.id, row.id)
    assert written is not None
    assert (written["wage_rupiah"], written["contract"], written["employee_no"]) == (5_500_000, "PKWTT", "B-7")
    staff.answered(row.batch_id, now)
    done = words(client.get(answer["Location"]))
    assert "KPJ sudah terbit" in done
    assert staff_queries.worker_counts(firm.id)["active"] == 1


def test_every_fault_stands_beside_its_field_and_on_top_and_what_was_typed_is_kept(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    wrong = typed(name="", nik="9901 23", birth_on_1="13", phone="021 555", email="a@@b", wage="4.5", contract="")
    del wrong["sex"]
    answer = clerk(firm.id, now=now).post(page_of(firm), wrong)
    page, source = words(answer), answer.content.decode()
    assert answer.status_code == 422
    for said in (
        "Isi nama lengkap.",
        "NIK harus 16 angka. Anda menulis 6 angka.",
        "Pilih jenis kelamin.",
        "Pilih perjanjian kerja.",
        "Upah ini bisa berarti dua jumlah.",
        "Alamat e-mail ini tidak bisa dipakai.",
    ):
        assert page.count(said) == 2, said
    for kept in ("9901 23", "13", "021 555", "a@@b", "4.5"):
        assert f'value="{kept}"' in source, kept
    assert "<title>Galat:" in source
    assert not enrolment_queries.enrolments(firm.id).total


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"birth_on_2": "2015"}, "belum berumur 15 tahun"),
        ({"nik": "1234567890123456"}, "NIK"),
        ({"from_on_2": "2028"}, "masih lebih dari 31 hari lagi"),
        ({"wage": "-1"}, "Upah kurang dari nol."),
        ({"contract": "PKWT", "contract_until_on_0": "1", "contract_until_on_1": "1", "contract_until_on_2": "2026"},
         "Kontrak berakhir 1 Januari 2026, sebelum hari pertama kerja 2 November 2026."),
        ({"name": "Dewi 😀"}, "emoji"),
    ],
    ids=["child", "example", "far ahead", "negative", "contract", "emoji"],
)  # fmt: skip
def test_the_rules_are_those_of_the_files(now: datetime, changed: dict[str, str], said: str) -> None:
    firm = builders.firm(now=now, workers=0)
    answer = clerk(firm.id, now=now).post(page_of(firm), typed(**changed))
    assert answer.status_code == 422
    assert said in words(answer)


def test_what_is_odd_is_asked_about_once_and_taken_when_it_was_looked_at(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    client = clerk(firm.id, now=now)
    told = typed(wage="45000")
    warned = client.post(page_of(firm), told)
    assert warned.status_code == 422
    assert "kurang dari Rp500.000" in words(warned)
    tick = re.search(r'name="(read-[^"]+)"', warned.content.decode())
    assert tick
    # The tick is for what was shown: another oddity is shown first.
    assert client.post(page_of(firm), {**told, "sex": "L", tick[1]: "on"}).status_code == 422
    assert client.post(page_of(firm), {**told, tick[1]: "on"}).status_code == 302


def test_somebody_without_a_phone_and_mail_and_mother_known_can_be_registered(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    client = clerk(firm.id, now=now)
    told = typed(phone="", email="", mother_name="")
    warned = client.post(page_of(firm), told)
    assert "pekerja tidak menerima pesan" in words(warned)
    tick = re.search(r'name="(read-[^"]+)"', warned.content.decode())
    assert tick
    assert client.post(page_of(firm), {**told, tick[1]: "on"}).status_code == 302


def test_a_member_keeps_his_card(now: datetime) -> None:
    firm, former = builders.firm(now=now, workers=0), builders.firm(now=now, workers=1)
    known = former.told.row(0, named=True)
    client = clerk(firm.id, now=now)
    told = typed(name=known["name"], nik=known["nik"], birth_on_0="5", birth_on_1="5")
    warned = client.post(page_of(firm), told)
    tick = re.search(r'name="(read-[^"]+)"', warned.content.decode())
    answer = client.post(page_of(firm), {**told, tick[1]: "on"} if tick else told)
    page = words(client.get(answer["Location"]))
    assert "Kartu lamanya tetap dipakai" in page
    assert former.people["kpj"][0] in page.replace(" ", "")


def test_who_works_here_already_is_not_registered_twice(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    here = firm.told.row(0, named=True)
    told = typed(name=here["name"], nik=here["nik"], birth_on_0="5", birth_on_1="5")
    answer = clerk(firm.id, now=now).post(page_of(firm), told)
    assert answer.status_code == 422
    assert f"sudah bekerja di perusahaan Anda, dengan KPJ {firm.people['kpj'][0]}" in words(answer)
    # Nothing on a screen speaks of a file's rows.
    assert "Buka namanya di daftar pekerja." in words(answer)
    assert "baris" not in words(answer)


def test_a_double_tap_ends_at_the_same_row(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    client = clerk(firm.id, now=now)
    told = typed()
    first, second = (client.post(page_of(firm), told) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert enrolment_queries.enrolments(firm.id).total == 1


def test_somebody_who_waits_is_sent_again_with_other_data_after_a_look(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    client = clerk(firm.id, now=now)
    told = typed()
    client.post(page_of(firm), told)
    warned = client.post(page_of(firm), {**told, "name": "Dewi Lestari"})
    assert warned.status_code == 422
    assert "Kiriman ini menggantikan yang lama." in words(warned)
    assert "baris" not in words(warned).lower()
    tick = re.search(r'name="(read-[^"]+)"', warned.content.decode())
    assert tick
    assert client.post(page_of(firm), {**told, "name": "Dewi Lestari", tick[1]: "on"}).status_code == 302
    assert [row.name for row in enrolment_queries.enrolments(firm.id, state="waiting").items] == ["Dewi Lestari"]
