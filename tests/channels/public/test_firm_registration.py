"""A stranger registers a firm: one page, one letter, one yes; and learns nothing of others."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lindung.access.links import new_link
from lindung.access.models import Account, Grant, OneTimeLink, SignInName, TrailEvent
from lindung.contact.addressees import of_account, of_application
from lindung.contact.models import Address, Message
from lindung.contact.queries import address_book
from lindung.lib import clock
from lindung.registry import firm_queries, npp, services
from lindung.registry.models import Employer, FirmApplication
from tests.channels.employer.desk import words

PASSWORD = "sembilan kucing biru"
NPWP = "09.876.543.2-101.000"


def told(**changed: str) -> dict[str, str]:
    return {
        "name": "PT Contoh Tenun Jaya",
        "legal_form": "PT",
        "line": "garments",
        "size": "small",
        "npwp": "",
        "nib": "",
        "street": "Jalan Contoh 1",
        "regency": "Kota Contoh",
        "province": "99",
        "sites": "Gudang Barat, Kota Contoh\nGudang Timur, Kota Lain",
        "person": "Rina Pendiri",
        "email": "rina@tenun.example",
        "phone": "0800 1234 567",
        **changed,
    }


def sent(client: Client, **changed: str) -> Any:
    return client.post("/daftar/", told(**changed))


def token(now: datetime) -> str:
    """What would stand in the letter."""
    application = FirmApplication.objects.latest("id")
    return new_link(now=now, application_id=application.pk).token


@pytest.fixture
def at() -> datetime:
    return clock.now()


@pytest.mark.django_db
def test_the_page_asks_everything_at_once_and_says_every_fault() -> None:
    client = Client()
    assert client.get("/daftar/").status_code == 200
    answer = sent(client, name="", npwp="12", nib="abc", email="rina", phone="12", sites="tanpa koma", line="bank")
    assert answer.status_code == 422
    page = words(answer)
    for wrong in (
        "Isi nama perusahaan",
        "NPWP terdiri dari 15 atau 16 angka",
        "NIB terdiri dari 13 angka",
        "E-mail ini belum benar",
        "Nomor HP ini belum benar",
        "Tulis nama, koma, kota",
    ):
        assert wrong in page
    assert not FirmApplication.objects.exists()


@pytest.mark.django_db
def test_nothing_is_registered_before_the_mailbox_is_confirmed(at: datetime) -> None:
    before = Employer.objects.count(), Account.objects.count()
    answer = sent(Client())
    assert "Belum ada yang terdaftar" in words(answer)
    assert (Employer.objects.count(), Account.objects.count()) == before
    application = FirmApplication.objects.get()
    assert b"tenun" not in bytes(application.told_encrypted)
    message = Message.objects.get(person_id=of_application(application.pk))
    assert (message.kind, message.params) == ("firm_application", {})
    assert address_book([message.person_id])[message.person_id].email == "rina@tenun.example"


@pytest.mark.django_db
def test_a_confirmed_firm_has_a_number_its_class_its_programmes_and_a_first_user(at: datetime) -> None:
    sent(Client(), npwp=NPWP)
    link = token(at)
    client = Client()
    page = words(client.get(f"/daftar/{link}/"))
    assert "PT Contoh Tenun Jaya" in page
    assert "diperkirakan II" in page
    weak = client.post(f"/daftar/{link}/", {"password": "pendek"})
    assert weak.status_code == 422
    assert "Kata sandi terlalu pendek. Pakai paling sedikit 12 huruf." in weak.content.decode()
    assert not Employer.objects.filter(name="PT Contoh Tenun Jaya").exists()
    done = words(client.post(f"/daftar/{link}/", {"password": PASSWORD}))
    firm = Employer.objects.get(name="PT Contoh Tenun Jaya")
    assert npp.is_ours(firm.npp)
    assert firm.npp in done.replace(" ", "")
    assert (firm.jkk_class, sorted(firm.programmes)) == ("II", ["JHT", "JKK", "JKM"])
    assert [site.name for site in firm_queries.sites(firm.pk)] == ["Gudang Barat", "Gudang Timur"]
    assert {paper.kind for paper in firm_queries.missing_papers(firm.pk)} == {"nib", "npwp", "deed"}
    grants = Grant.objects.filter(scope_id=firm.pk)
    assert {grant.role for grant in grants} == {"firm_entry", "firm_approval", "firm_admin"}
    account_id = grants[0].account_id
    reached = address_book([of_account(account_id)])[of_account(account_id)]
    assert (reached.email, reached.phone) == ("rina@tenun.example", "+628001234567")
    signed = client.post("/employer/sign-in/", {"name": "rina@tenun.example", "password": PASSWORD})
    assert signed.status_code == 302
    company = words(client.get(f"/employer/{firm.pk}/company/"))
    assert "••••" in company
    assert "Perkiraan dari bidang usaha" in company
    # The link is spent, what was told there is gone, and so are the addresses of the application.
    assert client.get(f"/daftar/{link}/").status_code == 410
    application = FirmApplication.objects.get()
    assert bytes(application.told_encrypted) == b""
    assert not Address.objects.filter(person_id=of_application(application.pk)).exists()


@pytest.mark.django_db
def test_a_known_number_is_told_to_nobody_but_an_officer(at: datetime) -> None:
    sent(Client(), npwp=NPWP)
    services.confirm_application(token=token(at), password=PASSWORD, now=at)
    first = words(sent(Client(), name="PT Contoh Peniru", email="lain@peniru.example"))
    again = words(sent(Client(), name="PT Contoh Peniru", email="lain@peniru.example", npwp=NPWP))
    assert first == again
    link = token(at)
    page = words(Client().post(f"/daftar/{link}/", {"password": PASSWORD}))
    assert "Petugas memeriksanya dulu" in page
    assert "Tenun" not in page
    assert "NPWP" not in page
    assert not Employer.objects.filter(name="PT Contoh Peniru").exists()
    assert not SignInName.objects.filter(account__display_name="Rina Pendiri", kind="email").count() > 1
    (waiting,) = firm_queries.applications_to_examine()
    assert [name for _, _, name in waiting.known_as] == ["PT Contoh Tenun Jaya"]


@pytest.mark.django_db
def test_who_has_an_account_keeps_his_password(at: datetime) -> None:
    sent(Client())
    services.confirm_application(token=token(at), password=PASSWORD, now=at)
    sent(Client(), name="PT Contoh Kedua")
    link = token(at)
    page = Client().get(f"/daftar/{link}/").content.decode()
    assert 'name="password"' not in page
    assert Client().post(f"/daftar/{link}/").status_code == 200
    second = Employer.objects.get(name="PT Contoh Kedua")
    account = Grant.objects.filter(scope_id=second.pk).values_list("account_id", flat=True).distinct().get()
    assert Grant.objects.filter(account_id=account).values("scope_id").distinct().count() == 2


@pytest.mark.django_db
def test_too_many_from_one_place_wait_and_too_many_to_one_mailbox_are_not_sent(at: datetime) -> None:
    client = Client()
    for _ in range(3):
        assert sent(client).status_code == 200
    assert Message.objects.filter(kind="firm_application").count() == 3
    # The fourth gets the same answer and no letter.
    assert words(sent(client)) == words(sent(client))
    assert Message.objects.filter(kind="firm_application").count() == 3
    for number in range(15):
        sent(client, email=f"rina{number}@tenun.example")
    assert sent(client, email="terlalu@tenun.example").status_code == 429


@pytest.mark.django_db
def test_what_nobody_confirms_is_gone_after_a_week(at: datetime) -> None:
    sent(Client())
    application = FirmApplication.objects.get()
    assert services.forget_unconfirmed(now=at + timedelta(days=6)) == 0
    assert services.forget_unconfirmed(now=at + timedelta(days=7, minutes=1)) == 1
    assert not FirmApplication.objects.exists()
    assert not Address.objects.filter(person_id=of_application(application.pk)).exists()
    assert not any(re.search("tenun|rina", str(event.detail)) for event in TrailEvent.objects.all())
    assert OneTimeLink.objects.filter(application_id=application.pk).count() == 0
