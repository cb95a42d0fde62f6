"""One worker at his firm: what it may know of him, his months here, and what it may change."""

from datetime import date, datetime, timedelta

import pytest

from lindung.access import services as access
from lindung.access.trail import SYSTEM
from lindung.contact.queries import address_book
from lindung.registry import staff_queries
from lindung.registry.services import register_workers
from tests import builders
from tests.channels.employer import desk
from tests.channels.employer.desk import OCTOBER, PASSWORD, clerk, words

pytestmark = pytest.mark.django_db


def page_of(firm: builders.Firm, place: int = 0) -> str:
    return f"/employer/{firm.id}/workers/{firm.people['employment_id'][place]}/"


def opens_an_account(firm: builders.Firm, now: datetime, place: int = 0) -> None:
    person_id = int(firm.people["person_id"][place])
    link = access.invite(
        actor=SYSTEM,
        display_name="Pekerja",
        names={"email": firm.told["email"][place]},
        role="member",
        scope_id=person_id,
        now=now,
    )
    access.set_first_password(token=link.token, password=PASSWORD, now=now)


def test_the_page_tells_of_card_and_work_and_shows_contact_masked(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    answer = clerk(firm.id, now=now).get(page_of(firm))
    page = words(answer)
    told = firm.told.row(0, named=True)
    assert told["name"] in page
    assert firm.people["kpj"][0] in page.replace(" ", "")
    assert "1 Januari 2024" in page
    assert told["employee_no"] in page
    for secret in (told["phone"], told["email"], told["nik"], told["mother_name"]):
        assert secret not in answer.content.decode()
    assert "•" in page


def test_the_months_billed_here_are_shown_and_nobody_elses(now: datetime) -> None:
    firm, other = builders.firm(now=now, workers=1), builders.firm(now=now, workers=0)
    also = register_workers(actor=SYSTEM, employer_id=other.id, workers=firm.told, now=now)
    there = builders.Firm(other.id, other.npp, also, firm.told)
    desk.pay(builders.bill(firm, OCTOBER, now - timedelta(days=10), 7_000_000), now - timedelta(days=9))
    builders.bill(there, OCTOBER, now, 9_000_000)
    page = words(clerk(firm.id, now=now).get(page_of(firm)))
    assert "Oktober 2026 Rp7.000.000" in page
    assert "Dibayar" in page
    assert "9.000.000" not in page
    assert "Rp9" not in page


def test_a_worker_without_a_bill_is_told_when_the_first_comes(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    assert "Belum ada bulan yang ditagih" in words(clerk(firm.id, now=now).get(page_of(firm)))


def test_the_firms_own_records_and_a_newcomers_contact_are_changed(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    client = clerk(firm.id, now=now)
    answer = client.post(
        f"{page_of(firm)}correct/",
        {"location": "Cabang Uji", "employee_no": "Z-1", "phone": "0800 9999 0000", "email": "", "address": ""},
    )
    assert answer.status_code == 302, words(answer)
    page = words(client.get(answer["Location"]))
    assert "Data sudah diubah" in page
    assert "Cabang Uji" in page
    person_id = int(firm.people["person_id"][0])
    assert address_book([person_id])[person_id].phone == "+6280099990000"


def test_the_contact_of_who_has_an_account_is_left_to_himself(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    opens_an_account(firm, now)
    client = clerk(firm.id, now=now)
    assert "Diatur pekerja sendiri" in words(client.get(page_of(firm)))
    assert "Kontaknya diatur pekerja sendiri" in words(client.get(f"{page_of(firm)}correct/"))
    answer = client.post(f"{page_of(firm)}correct/", {"location": "Cabang Uji", "email": "lain@contoh.example"})
    page = words(client.get(answer["Location"]))
    assert "Kontaknya kami tanyakan ke pekerja" in page
    assert "Yang lain sudah kami ubah." in page
    person_id = int(firm.people["person_id"][0])
    assert address_book([person_id])[person_id].email == firm.told["email"][0]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"phone": "021 555 123"}, "HP"),
        ({"email": "a@@b"}, "Alamat e-mail ini tidak bisa dipakai."),
        ({}, "Belum ada yang berubah."),
    ],
    ids=["landline", "mail", "nothing"],
)
def test_what_cannot_be_is_refused_and_kept(now: datetime, changed: dict[str, str], said: str) -> None:
    firm = builders.firm(now=now, workers=1)
    answer = clerk(firm.id, now=now).post(f"{page_of(firm)}correct/", changed)
    assert answer.status_code == 422
    assert said in words(answer)
    for value in changed.values():
        assert f'value="{value}"' in answer.content.decode()


def test_the_form_shows_no_contact_that_we_hold(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    source = clerk(firm.id, now=now).get(f"{page_of(firm)}correct/").content.decode()
    assert firm.told["phone"][0] not in source
    assert firm.told["email"][0] not in source
    assert "Kosongkan bila tidak berubah" in source


@pytest.mark.parametrize("rest", ["", "correct/"])
def test_another_firms_worker_is_not_there(now: datetime, rest: str) -> None:
    mine, theirs = builders.firm(now=now, workers=1), builders.firm(now=now, workers=1)
    client = clerk(mine.id, now=now)
    employment_id = theirs.people["employment_id"][0]
    for address in (f"{page_of(theirs)}{rest}", f"/employer/{mine.id}/workers/{employment_id}/{rest}"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"location": "x"}).status_code in (404, 405)
    found = staff_queries.worker(theirs.id, employment_id)
    assert found is not None
    assert found.row.location == ""


def test_a_month_in_which_he_stood_on_no_bill_is_marked(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=date(2026, 9, 1))
    builders.bill(firm, OCTOBER, now)
    page = words(clerk(firm.id, now=now).get(page_of(firm)))
    assert "September 2026" in page
    assert "Tidak ada di tagihan" in page
