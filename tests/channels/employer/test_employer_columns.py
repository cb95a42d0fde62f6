"""Columns by other names: asked about once, remembered for this firm and kind, forgotten when that is wanted."""

from datetime import datetime

import pytest
from django.test import Client

from lindung.uploads import own_headings, services
from lindung.uploads import queries as uploads
from lindung.uploads.models import OwnHeadings
from tests import builders
from tests.channels.employer import desk
from tests.channels.employer.desk import CLERK, NOVEMBER, clerk, words

pytestmark = pytest.mark.django_db
KIND = "wage_report"


def strange(firm: builders.Firm, headings: str = "Kartu;Orang;Terima Bersih", wage: str = "7000000") -> bytes:
    rows = zip(firm.people["kpj"], firm.told["name"], strict=True)
    return "\n".join(["Gaji bulan ini", headings, *(f"{kpj};{name};{wage}" for kpj, name in rows), ""]).encode()


def columns(firm: builders.Firm, upload_id: int) -> str:
    return f"/employer/{firm.id}/uploads/{upload_id}/columns/"


def told(client: Client, firm: builders.Firm, upload_id: int) -> int:
    """Which column is which; gives the upload that was made of the same file."""
    answer = client.post(columns(firm, upload_id), {"wage": "Terima Bersih", "kpj": "Kartu"})
    assert answer.status_code == 302, words(answer)
    again = int(answer["Location"].split("/")[-2])
    services.check_upload(upload_id=again, now=datetime.fromisoformat("2026-11-21T09:31:00+07:00"))
    return again


@pytest.fixture
def firm(now: datetime) -> builders.Firm:
    return builders.firm(now=now, workers=2, from_on=NOVEMBER)


def test_a_file_with_unknown_columns_is_read_after_one_question(firm: builders.Firm, now: datetime) -> None:
    client = clerk(firm.id, now=now)
    refused = desk.checked(firm, strange(firm), now)
    page = words(client.get(f"/employer/{firm.id}/uploads/{refused}/"))
    assert "Judul kolom tidak ditemukan di 10 baris pertama." in page
    assert "Tunjukkan kolomnya" in page
    asked = client.get(columns(firm, refused))
    assert [name in asked.content.decode() for name in ("Kartu", "Orang", "Terima Bersih")] == [True] * 3
    again = told(client, firm, refused)
    found = uploads.upload(firm.id, again)
    assert found is not None
    assert (found.state, found.summary["errors"], found.summary["wage_rupiah"]) == ("checked", 0, 14_000_000)
    assert "Orang" in words(client.get(f"/employer/{firm.id}/uploads/{again}/"))


def test_what_was_told_is_remembered_for_the_next_file_and_for_nobody_else(firm: builders.Firm, now: datetime) -> None:
    told(clerk(firm.id, now=now), firm, desk.checked(firm, strange(firm), now))
    # In another order, and written another way.
    next_file = strange(firm, "TERIMA_BERSIH;orang;kartu").decode().splitlines()
    cells = [line.split(";") for line in next_file[2:]]
    content = "\n".join([*next_file[:2], *(";".join((wage, name, kpj)) for kpj, name, wage in cells)]).encode()
    found = uploads.upload(firm.id, desk.checked(firm, content, now))
    assert found is not None
    assert (found.state, found.summary["workers"]) == ("checked", 2)
    other = builders.firm(now=now, workers=2, from_on=NOVEMBER)
    theirs = uploads.upload(other.id, desk.checked(other, strange(other), now))
    assert theirs is not None
    assert (theirs.state, theirs.refusal) == ("refused", "no_headings")


def test_it_is_shown_and_can_be_forgotten(firm: builders.Firm, now: datetime) -> None:
    client = clerk(firm.id, now=now)
    told(client, firm, desk.checked(firm, strange(firm), now))
    page = words(client.get(f"/employer/{firm.id}/wages/"))
    assert "UPAH kami baca dari kolom Terima Bersih" in page
    assert "KPJ kami baca dari kolom Kartu" in page
    client.post(f"/employer/{firm.id}/columns/{KIND}/forget/")
    assert "kami baca dari kolom" not in words(client.get(f"/employer/{firm.id}/wages/"))
    found = uploads.upload(firm.id, desk.checked(firm, strange(firm, wage="8000000"), now))
    assert found is not None
    assert found.state == "refused"


def test_only_what_we_did_not_know_is_remembered(firm: builders.Firm, now: datetime) -> None:
    refused = desk.checked(firm, strange(firm, "KPJ;NAMA;Terima Bersih"), now)
    client = clerk(firm.id, now=now)
    asked = client.get(columns(firm, refused)).content.decode()
    assert '<option value="KPJ" selected>KPJ</option>' in asked
    client.post(columns(firm, refused), {"kpj": "KPJ", "wage": "Terima Bersih"})
    assert own_headings.own_headings(employer_id=firm.id, kind=KIND) == {"wage": "Terima Bersih"}


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"kpj": "Kartu"}, "Pilih uPAH."),
        ({"wage": "Terima Bersih"}, "Pilih kolom untuk salah satu dari: KPJ, NIK, NO_PEGAWAI, KODE_TK."),
        ({"wage": "Kartu", "kpj": "Kartu"}, "Kolom Kartu dipilih dua kali. Pilih kolom lain."),
        ({"wage": "Lain", "kpj": "Kartu"}, "Pilih salah satu kolom di berkas Anda."),
    ],
)
def test_an_answer_that_does_not_do_is_told_and_nothing_is_remembered(
    firm: builders.Firm, now: datetime, chosen: dict[str, str], said: str
) -> None:
    refused = desk.checked(firm, strange(firm), now)
    answer = clerk(firm.id, now=now).post(columns(firm, refused), chosen)
    assert answer.status_code == 422
    assert said.lower() in words(answer).lower()
    assert not OwnHeadings.objects.filter(employer_id=firm.id).exists()
    assert len(uploads.uploads_of(firm.id)) == 1


def test_headings_that_cannot_be_told_apart_are_not_remembered(firm: builders.Firm, now: datetime) -> None:
    refused = desk.checked(firm, strange(firm, "***;Orang;Terima Bersih"), now)
    answer = clerk(firm.id, now=now).post(columns(firm, refused), {"kpj": "***", "wage": "Terima Bersih"})
    assert answer.status_code == 422
    assert "Ada judul kolom yang sama." in words(answer)
    assert not OwnHeadings.objects.filter(employer_id=firm.id).exists()


def test_a_file_without_headings_is_not_asked_about(firm: builders.Firm, now: datetime) -> None:
    client = clerk(firm.id, now=now)
    rows = strange(firm).decode().splitlines()[2:]
    refused = desk.checked(firm, "\n".join(rows).encode(), now)
    assert "Tunjukkan kolomnya" not in words(client.get(f"/employer/{firm.id}/uploads/{refused}/"))
    assert client.get(columns(firm, refused)).status_code == 404


def test_what_people_wrote_over_their_columns_lies_encrypted(firm: builders.Firm, now: datetime) -> None:
    told(clerk(firm.id, now=now), firm, desk.checked(firm, strange(firm), now))
    kept = OwnHeadings.objects.get(employer_id=firm.id)
    assert b"Terima" not in bytes(kept.headings_encrypted)
    own_headings.forget_headings(actor=CLERK, employer_id=firm.id, kind=KIND, now=now)
    own_headings.forget_headings(actor=CLERK, employer_id=firm.id, kind=KIND, now=now)
    assert not OwnHeadings.objects.filter(employer_id=firm.id).exists()
