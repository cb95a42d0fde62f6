"""New workers after they were sent: the list as a whole, one row, mending it, and the KPJ in the end."""

import io
import re
from datetime import datetime, timedelta

import openpyxl
import pytest

from lindung.access.models import TrailEvent
from lindung.lib import clock
from lindung.partners.dukcapil.answers import Deceased, Duplicate, Inactive, NotFound, Unavailable
from lindung.registry.enrolment_queries import EnrolmentView, what_was_written
from tests import builders
from tests.channels.employer import staff
from tests.channels.employer.desk import clerk, words
from tests.registry.registries import Answer, compared

pytestmark = pytest.mark.django_db


def list_of(firm: builders.Firm, batch_id: int) -> str:
    return f"/employer/{firm.id}/enrolments/{batch_id}/"


def row_of(firm: builders.Firm, row: EnrolmentView) -> str:
    return f"/employer/{firm.id}/enrolments/rows/{row.id}/"


def one_row(firm: builders.Firm, now: datetime, answer: Answer | None = None, **changed: object) -> EnrolmentView:
    """Somebody sent and, if there is an answer, answered about."""
    told = staff.proposal(**changed)
    batch_id = staff.proposed(firm, [told], now)
    if answer is not None:
        staff.answered(batch_id, now, {str(told["nik"]): answer})
    return staff.rows_of(firm, batch_id)[0]


def test_a_list_that_waits_shows_true_progress_and_looks_again_by_itself(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    batch_id = staff.proposed(firm, [staff.proposal() for _ in range(3)], now)
    client = clerk(firm.id, now=now)
    answer = client.get(list_of(firm, batch_id))
    page = words(answer)
    assert answer["Refresh"] == "3"
    assert "Pendaftaran 3 pekerja" in page
    assert "0 dari 3 pekerja sudah selesai" in page
    assert "Anda boleh menutup halaman ini" in page
    assert f"DF-{batch_id:06d}" in page
    assert "Refresh" not in client.get(f"{list_of(firm, batch_id)}?still=1")


def test_a_list_that_is_done_stays_still_and_gives_every_kpj(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    told = [staff.proposal() for _ in range(3)]
    batch_id = staff.proposed(firm, told, now)
    staff.answered(batch_id, now)
    client = clerk(firm.id, now=now)
    answer = client.get(list_of(firm, batch_id))
    page = words(answer)
    assert "Refresh" not in answer
    assert "3 pekerja sudah punya KPJ" in page
    assert "Terdaftar 3" in page
    rows = staff.rows_of(firm, batch_id)
    assert all(row.kpj in page.replace(" ", "") for row in rows)
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{list_of(firm, batch_id)}cards/").content)).worksheets[0]
    listed = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert listed[0] == ["BARIS", "NO_PEGAWAI", "NAMA_LENGKAP", "TGL_LAHIR", "KPJ", "TGL_AWAL_BEKERJA"]
    assert [line[4] for line in listed[1:]] == [row.kpj for row in rows]
    assert listed[1][:4] == ["2", told[0]["employee_no"], told[0]["name"], "02-03-1990"]


def test_a_list_without_a_card_yet_has_no_file_of_them(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    batch_id = staff.proposed(firm, [staff.proposal()], now)
    client = clerk(firm.id, now=now)
    assert "Unduh daftar KPJ" not in words(client.get(list_of(firm, batch_id)))
    assert client.get(f"{list_of(firm, batch_id)}cards/").status_code == 404


def test_who_could_not_be_taken_comes_back_as_a_file_that_replaces_the_old_row(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    told = [staff.proposal() for _ in range(3)]
    batch_id = staff.proposed(firm, told, now)
    staff.answered(batch_id, now, {str(told[1]["nik"]): compared(name=40)})
    client = clerk(firm.id, now=now)
    content = client.get(f"{list_of(firm, batch_id)}to-mend/").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.max_row == 2
    assert "Berbeda dengan data Dukcapil: nama." in str(sheet.cell(2, 1).value)
    assert told[1]["name"] in [cell.value for cell in sheet[2]]
    clean = staff.proposed(firm, [staff.proposal()], now)
    assert client.get(f"{list_of(firm, clean)}to-mend/").status_code == 404


def test_a_list_put_off_until_tomorrow_says_why_and_until_when(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    told = staff.proposal()
    batch_id = staff.proposed(firm, [told], now)
    staff.answered(batch_id, now, {str(told["nik"]): Unavailable("quota", "kuota habis")})
    answer = clerk(firm.id, now=now).get(list_of(firm, batch_id))
    page = words(answer)
    assert "Jatah pemeriksaan ke Dukcapil untuk hari ini habis" in page
    assert "Kami coba lagi 22 November 2026, 00.05 WIB" in page
    # Nothing can happen before midnight, so the page need not look.
    assert "Refresh" not in answer


def test_rows_are_narrowed_to_what_needs_somebody(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    told = [staff.proposal() for _ in range(3)]
    batch_id = staff.proposed(firm, told, now)
    staff.answered(batch_id, now, {str(told[1]["nik"]): NotFound(None)})
    client = clerk(firm.id, now=now)
    page = words(client.get(f"{list_of(firm, batch_id)}?state=to_correct"))
    assert str(told[1]["name"]) in page
    assert str(told[0]["name"]) not in page
    for odd in ("?state=nothing", "?state=waiting", "?page=9"):
        assert client.get(list_of(firm, batch_id) + odd).status_code == 200


@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [
        (compared(name=40), "Perlu Anda perbaiki", "Berbeda dengan data Dukcapil: nama."),
        (compared(name=80), "Perlu Anda perbaiki", "Hampir sama dengan data Dukcapil. Yang berbeda: nama."),
        (compared(birth_on=0, sex=0), "Perlu Anda perbaiki", "tanggal lahir, jenis kelamin"),
        (NotFound(None), "Perlu Anda perbaiki", "NIK ini tidak ditemukan di Dukcapil."),
        (Duplicate(None), "Perlu diurus pekerja", "Dukcapil meminta data NIK ini diperiksa dahulu."),
        (Inactive(None), "Perlu diurus pekerja", "Dukcapil meminta data NIK ini diperiksa dahulu."),
        (Deceased(None), "Perlu diurus pekerja", "Dukcapil meminta data NIK ini diperiksa dahulu."),
    ],
    ids=["mismatch", "partial", "two", "not found", "duplicate", "inactive", "deceased"],
)
def test_every_answer_has_its_reason_cure_whom_to_ask_and_reference(
    now: datetime, answer: Answer, state: str, said: str
) -> None:
    firm = builders.firm(now=now, workers=0)
    row = one_row(firm, now, answer)
    page = words(clerk(firm.id, now=now).get(row_of(firm, row)))
    assert state in page
    assert said in page
    assert "Tanya ke:" in page
    assert row.reference in page
    assert "meninggal" not in page.lower()


def test_the_fields_that_differ_are_asked_with_what_the_firm_wrote(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    row = one_row(firm, now, compared(name=40))
    answer = clerk(firm.id, now=now).get(row_of(firm, row)).content.decode()
    assert f'value="{row.name}"' in answer
    assert 'name="nik"' in answer
    assert 'name="birth_on_0"' not in answer
    assert "tidak boleh kami tampilkan" in answer
    everything = clerk(firm.id, now=now).get(f"{row_of(firm, row)}?all=1").content.decode()
    for field in ("birth_on_0", "sex", "mother_name", "phone", "email", "from_on_0", "wage", "contract", "location"):
        assert f'name="{field}"' in everything, field


def test_a_row_mended_on_screen_is_asked_about_again_and_gets_its_kpj(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    row = one_row(firm, now, compared(name=40))
    nik = what_was_written(firm.id, row.id)["nik"]  # type: ignore[index] # it was sent above
    client = clerk(firm.id, now=now)
    answer = client.post(row_of(firm, row), {"name": "Dewi Lestari", "nik": nik})
    assert (answer.status_code, answer["Location"]) == (302, row_of(firm, row))
    waiting = client.get(row_of(firm, row))
    assert "Menunggu Dukcapil" in words(waiting)
    assert waiting["Refresh"] == "3"
    staff.answered(row.batch_id, now)
    done = words(client.get(row_of(firm, row)))
    assert "KPJ sudah terbit" in done
    assert "Dewi Lestari" in done
    assert staff.rows_of(firm, row.batch_id)[0].kpj in done.replace(" ", "")


def test_a_birth_place_is_mended_and_what_else_was_told_stays(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    row = one_row(firm, now, compared(birth_place=10))
    nik = what_was_written(firm.id, row.id)["nik"]  # type: ignore[index] # it was sent above
    client = clerk(firm.id, now=now)
    assert 'value="Bandung"' in client.get(row_of(firm, row)).content.decode()
    client.post(row_of(firm, row), {"birth_place": "Garut", "nik": nik})
    told = what_was_written(firm.id, row.id)
    assert told is not None
    assert "Garut" in str(told["details"])
    assert "Jalan Contoh 1" in str(told["details"])
    staff.answered(row.batch_id, now, {str(nik): compared(birth_place=10)})
    client.post(row_of(firm, row), {"birth_place": "", "nik": nik})
    told = what_was_written(firm.id, row.id)
    assert told is not None
    assert "birth_place" not in str(told["details"])


def test_everything_that_was_written_can_be_changed_at_once(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    row = one_row(firm, now, NotFound(None))
    other = staff.proposal()
    client = clerk(firm.id, now=now)
    changed = {
        "name": "Dewi Lestari", "nik": other["nik"], "birth_on_0": "2", "birth_on_1": "3", "birth_on_2": "1990",
        "sex": "P", "mother_name": "Ibu Dewi", "birth_place": "Garut", "phone": "0800 1111 2222",
        "email": "dewi@contoh.example", "from_on_0": "5", "from_on_1": "11", "from_on_2": "2026", "wage": "7.000.000",
        "contract": "PKWT", "contract_until_on_0": "4", "contract_until_on_1": "11", "contract_until_on_2": "2027",
        "employee_no": "Z9", "location": "Cabang", "kpj": "",
    }  # fmt: skip
    answer = client.post(f"{row_of(firm, row)}?all=1", changed)
    assert answer.status_code == 302, words(answer)
    told = what_was_written(firm.id, row.id)
    assert told is not None
    assert (told["name"], told["phone"], told["wage_rupiah"]) == ("Dewi Lestari", "+6280011112222", 7_000_000)
    assert (told["contract"], str(told["contract_until_on"]), told["employee_no"]) == ("PKWT", "2027-11-05", "Z9")


def test_wrong_fields_come_back_with_what_was_typed_and_a_summary(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    row = one_row(firm, now, compared(name=40))
    answer = clerk(firm.id, now=now).post(row_of(firm, row), {"name": "", "nik": "12 34"})
    page = words(answer)
    assert answer.status_code == 422
    assert 'value="12 34"' in answer.content.decode()
    assert "Isi nama lengkap." in page
    assert "NIK harus 16 angka. Anda menulis 4 angka." in page
    assert "<title>Galat:" in answer.content.decode()


def test_a_nik_that_waits_in_another_row_is_refused_with_the_way_out(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    row, other = one_row(firm, now, NotFound(None)), staff.proposal()
    staff.proposed(firm, [other], now)
    answer = clerk(firm.id, now=now).post(row_of(firm, row), {"nik": other["nik"]})
    assert answer.status_code == 422
    assert "sudah Anda kirim" in words(answer)


def test_a_card_that_fits_nobody_is_mended_without_a_nik(now: datetime) -> None:
    firm, former = builders.firm(now=now, workers=0), builders.firm(now=now, workers=1)
    told = former.told.row(0, named=True)
    row = one_row(
        firm, now, nik=None, sex=None, kpj=former.people["kpj"][0], name="Orang Lain", birth_on=told["birth_on"]
    )
    client = clerk(firm.id, now=now)
    page = client.get(row_of(firm, row))
    assert "Nomor KPJ ini belum bisa dipasangkan" in words(page)
    assert 'name="nik"' not in page.content.decode()
    assert "Tanyakan lagi ke Dukcapil" not in words(page)
    assert "Baru saja ditanyakan" not in words(page)
    assert told["name"] not in words(page)
    born = {"birth_on_0": "5", "birth_on_1": "5", "birth_on_2": "1990"}
    typed = {"name": told["name"], "kpj": former.people["kpj"][0], **born}
    # His name holds a number, which is asked about first.
    warned = client.post(row_of(firm, row), typed)
    assert "Ada angka pada nama." in words(warned)
    tick = re.search(r'name="(read-[^"]+)"', warned.content.decode())
    assert tick
    mended = client.post(row_of(firm, row), {**typed, tick[1]: "on"})
    assert mended.status_code == 302, words(mended)
    done = words(client.get(row_of(firm, row)))
    assert "Kartu lamanya tetap dipakai" in done
    assert former.people["kpj"][0] in done.replace(" ", "")


def test_the_civil_registry_is_asked_again_but_not_within_the_hour(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm = builders.firm(now=now, workers=0)
    row = one_row(firm, now, Inactive(None))
    client = clerk(firm.id, now=now)
    assert "Bisa ditanyakan lagi mulai 21 November 2026, 10.30 WIB" in words(client.get(row_of(firm, row)))
    client.post(f"{row_of(firm, row)}ask/")
    assert staff.rows_of(firm, row.batch_id)[0].state == "to_resolve"
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=2))
    assert "Tanyakan lagi ke Dukcapil" in words(client.get(row_of(firm, row)))
    assert client.post(f"{row_of(firm, row)}ask/")["Location"] == row_of(firm, row)
    assert staff.rows_of(firm, row.batch_id)[0].state == "waiting"


def test_a_row_is_withdrawn_once_and_an_enrolled_worker_stays(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    row, enrolled = one_row(firm, now, NotFound(None)), one_row(firm, now, compared())
    client = clerk(firm.id, now=now)
    for _ in range(2):
        assert client.post(f"{row_of(firm, row)}withdraw/")["Location"] == row_of(firm, row)
    assert "Pendaftaran ini Anda tarik" in words(client.get(row_of(firm, row)))
    assert TrailEvent.objects.filter(act="enrolment_withdrawn", object_id=row.id).count() == 1
    client.post(f"{row_of(firm, enrolled)}withdraw/")
    assert "KPJ sudah terbit" in words(client.get(row_of(firm, enrolled)))


def test_a_row_that_was_sent_again_leads_to_the_newer_one(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    told = staff.proposal()
    first = staff.rows_of(firm, staff.proposed(firm, [told], now))[0]
    second = staff.rows_of(firm, staff.proposed(firm, [told], now))[0]
    page = clerk(firm.id, now=now).get(row_of(firm, first))
    assert "Diganti kiriman yang lebih baru" in words(page)
    assert f'href="{row_of(firm, second)}"' in page.content.decode()


def test_the_proof_of_registration_is_a_pdf_of_who_has_a_card(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    enrolled, waiting = one_row(firm, now, compared()), one_row(firm, now)
    client = clerk(firm.id, now=now)
    answer = client.get(f"{row_of(firm, enrolled)}proof/")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert enrolled.reference in answer["Content-Disposition"]
    assert client.get(f"{row_of(firm, waiting)}proof/").status_code == 404


@pytest.mark.parametrize("rest", ["", "ask/", "withdraw/", "proof/"])
def test_a_row_of_another_firm_is_not_there_in_any_way(now: datetime, rest: str) -> None:
    mine, theirs = builders.firm(now=now, workers=0), builders.firm(now=now, workers=0)
    row = one_row(theirs, now, NotFound(None))
    client = clerk(mine.id, now=now)
    for owner in (mine, theirs):
        assert client.get(row_of(owner, row) + rest).status_code in (404, 405)
        assert client.post(row_of(owner, row) + rest, {"nik": "x"}).status_code in (404, 405)
        assert client.get(list_of(owner, row.batch_id)).status_code == 404
        assert client.get(f"{list_of(owner, row.batch_id)}cards/").status_code == 404
        assert client.get(f"{list_of(owner, row.batch_id)}to-mend/").status_code == 404
    assert staff.rows_of(theirs, row.batch_id)[0].state == "to_correct"
