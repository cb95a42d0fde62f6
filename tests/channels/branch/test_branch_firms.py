"""Officers and firms: the new ones, a class fixed from a month on, papers, an application that needs a look."""

from datetime import date, datetime

import pytest
from django.test import Client

from lindung.access.links import new_link
from lindung.access.models import TrailEvent
from lindung.access.trail import SYSTEM
from lindung.contact.models import Message
from lindung.registry import firm_queries, services
from lindung.registry.models import Employer, FirmApplication
from lindung.registry.queries import employer
from lindung.registry.services import Applicant
from tests.channels.employer.desk import PASSWORD, words
from tests.registry.test_firms import TENUN

pytestmark = pytest.mark.django_db


def examined(now: datetime) -> int:
    """An application with the number of a registered firm, confirmed."""
    services.apply_for_firm(
        firm=TENUN,
        applicant=Applicant("Tono Peniru", "tono@peniru.example", "+628001112223"),
        address="10.0.0.1",
        now=now,
    )
    application_id = FirmApplication.objects.latest("id").pk
    token = new_link(now=now, application_id=application_id).token
    assert services.confirm_application(token=token, password=PASSWORD, now=now).outcome == "to_examine"
    return application_id


def test_a_new_firm_is_seen_and_its_class_fixed_from_a_month_on(officer: Client, now: datetime) -> None:
    firm = services.register_firm(actor=SYSTEM, firm=TENUN, now=now)
    page = words(officer.get("/firms/"))
    assert "PT Contoh Tenun" in page
    assert "II?" in page
    given = {
        "terms-from_month_0": "12",
        "terms-from_month_1": "2026",
        "terms-jkk_class": "III",
        "terms-size": "small",
        "terms-reason": "Ada bagian celup.",
    }
    assert officer.post(f"/firms/{firm}/terms/", {**given, "terms-reason": ""}).status_code == 422
    early = officer.post(f"/firms/{firm}/terms/", {**given, "terms-from_month_1": "2020"})
    assert "sebelum perusahaan terdaftar" in words(early)
    assert officer.post(f"/firms/{firm}/terms/", given).status_code == 302
    assert employer(firm, month_on=date(2026, 11, 1)).jkk_class == "II"
    assert employer(firm, month_on=date(2026, 12, 1)).jkk_class == "III"
    assert "Ada bagian celup." in words(officer.get(f"/firms/{firm}/"))
    assert "II?" not in words(officer.get("/firms/"))


def test_a_paper_is_asked_for_and_seen(officer: Client, now: datetime) -> None:
    firm = services.register_firm(actor=SYSTEM, firm=TENUN, now=now)
    day = {"paper-wanted_by_on_0": "15", "paper-wanted_by_on_1": "1", "paper-wanted_by_on_2": "2027"}
    assert officer.post(f"/firms/{firm}/papers/", {"paper-kind": "licence", **day}).status_code == 302
    missing = firm_queries.missing_papers(firm)
    assert missing[-1].kind == "licence"
    officer.post(f"/firms/{firm}/papers/seen/", {"seen-paper": str(missing[-1].id)})
    assert len(firm_queries.missing_papers(firm)) == 3


def test_a_number_finds_a_firm_and_a_wrong_one_says_so(officer: Client, now: datetime) -> None:
    firm = services.register_firm(actor=SYSTEM, firm=TENUN, now=now)
    assert officer.post("/firms/", {"npp": Employer.objects.get(pk=firm).npp})["Location"] == f"/firms/{firm}/"
    assert "Tidak ada perusahaan dengan NPP ini" in words(officer.post("/firms/", {"npp": "ZZZ"}))
    assert officer.get("/firms/999999/").status_code == 404


def test_an_application_with_a_known_number_is_looked_at_and_admitted(officer: Client, now: datetime) -> None:
    services.register_firm(actor=SYSTEM, firm=TENUN, now=now)
    waiting = examined(now)
    assert "Pendaftaran yang perlu diperiksa" in words(officer.get("/firms/"))
    page = words(officer.get(f"/firms/applications/{waiting}/"))
    assert "+628001112223" in page
    assert TrailEvent.objects.filter(act="application_read", object_id=waiting).count() == 1
    answer = officer.post(f"/firms/applications/{waiting}/admit/")
    second = Employer.objects.latest("id")
    assert answer["Location"] == f"/firms/{second.pk}/"
    assert Message.objects.filter(kind="firm_invitation").count() == 1
    assert bytes(FirmApplication.objects.get(pk=waiting).told_encrypted) == b""
    assert officer.post(f"/firms/applications/{waiting}/admit/")["Location"] == "/firms/"
    assert Employer.objects.latest("id").pk == second.pk


def test_an_application_may_be_declined_and_is_forgotten(officer: Client, now: datetime) -> None:
    services.register_firm(actor=SYSTEM, firm=TENUN, now=now)
    waiting = examined(now)
    officer.post(f"/firms/applications/{waiting}/decline/")
    declined = FirmApplication.objects.get(pk=waiting)
    assert (declined.state, bytes(declined.told_encrypted)) == ("declined", b"")
    assert officer.get(f"/firms/applications/{waiting}/").status_code == 404
