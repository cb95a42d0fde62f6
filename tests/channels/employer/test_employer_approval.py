"""Two persons in a firm: one enters, another sees the figures and approves or gives back; nothing happens before."""

import re
from datetime import date, datetime

import pytest
from django.test import Client

from lindung.access import firm_users
from lindung.access import services as access
from lindung.access.links import invitation_links
from lindung.access.models import TrailEvent
from lindung.access.trail import SYSTEM, Actor
from lindung.contributions.queries import bill_of
from lindung.lib import clock
from lindung.registry.models import Employment
from lindung.uploads import approvals, queries
from lindung.uploads import services as uploads
from lindung.uploads.models import Approval
from tests import builders
from tests.channels.employer.desk import NOVEMBER, OCTOBER, PASSWORD, checked, wage_file, words


def user(firm: builders.Firm, name: str, *roles: str, now: datetime) -> tuple[Client, Actor]:
    """A browser of somebody who was invited with these roles."""
    email = f"{name.lower()}{firm.id}@contoh.example"
    asked = firm_users.invite_user(actor=SYSTEM, employer_id=firm.id, name=name, email=email, roles=roles, now=now)
    token = invitation_links([asked.pk], now)[asked.pk].token
    access.set_first_password(token=token, password=PASSWORD, now=now)
    client = Client()
    assert client.post("/employer/sign-in/", {"name": email, "password": PASSWORD}).status_code == 302
    return client, Actor("account", asked.account_id)


@pytest.fixture
def at() -> datetime:
    return clock.now()


@pytest.fixture
def firm(db: None, at: datetime) -> builders.Firm:
    """A firm in which two are needed: Eka enters, Agus approves."""
    return builders.firm(now=at)


def two_needed(firm: builders.Firm, at: datetime) -> tuple[Client, Client, Client]:
    entry, _ = user(firm, "Eka", "firm_entry", now=at)
    approver, _ = user(firm, "Agus", "firm_approval", now=at)
    boss, boss_actor = user(firm, "Bintang", "firm_admin", "firm_entry", "firm_approval", now=at)
    firm_users.need_two_persons(actor=boss_actor, employer_id=firm.id, now=at)
    return entry, approver, boss


def month_to_check(firm: builders.Firm, at: datetime) -> int:
    """A file of the next month that can be reported, checked, in an address of its own."""
    upload_id = checked(firm, wage_file(firm), at, period=NOVEMBER)
    found = queries.upload(firm.id, upload_id)
    assert found is not None
    assert found.can_confirm
    return upload_id


def agree(client: Client, firm: builders.Firm, upload_id: int) -> None:
    client.post(f"/employer/{firm.id}/uploads/{upload_id}/confirm/", {"read": "on", "sure": "on", "back_pay": "on"})


def test_a_month_waits_for_the_second_person_who_sees_its_figures(firm: builders.Firm, at: datetime) -> None:
    entry, approver, _boss = two_needed(firm, at)
    upload_id = month_to_check(firm, at)
    address = f"/employer/{firm.id}/uploads/{upload_id}/"
    page = words(entry.get(address))
    assert "Kirim untuk disetujui" in page
    assert "terbitkan tagihan Rp" not in page
    agree(entry, firm, upload_id)
    assert queries.upload(firm.id, upload_id).state == "proposed"  # type: ignore[union-attr] # it is there
    uploads.book_upload(upload_id=upload_id, now=at)
    assert bill_of(employer_id=firm.id, period=NOVEMBER) is None

    waiting = words(entry.get(address))
    assert "Yang boleh menyetujui: Agus, Bintang." in waiting
    assert "Tagihan terbit setelah orang kedua setuju." in waiting
    assert "Tarik kembali" in waiting
    assert entry.post(f"{address}approve/").status_code == 404

    home = words(approver.get(f"/employer/{firm.id}/"))
    assert "Menunggu persetujuan Anda" in home
    seen = words(approver.get(address))
    assert "Setujui dan terbitkan tagihan Rp" in seen
    assert "Tagihan terbit setelah Anda setuju di bawah." in seen
    assert "Rp30.000.000" in seen
    assert approver.post(f"{address}approve/").status_code == 302
    uploads.book_upload(upload_id=upload_id, now=at)
    bill = bill_of(employer_id=firm.id, period=NOVEMBER)
    assert bill is not None
    trail = TrailEvent.objects.filter(object_kind="upload", object_id=upload_id).order_by("id")
    acts = list(trail.values_list("act", flat=True))
    assert acts[-4:] == ["upload_proposed", "upload_approved", "upload_confirmed", "upload_booked"]


def test_what_is_returned_comes_back_with_its_reason_and_may_be_sent_again(firm: builders.Firm, at: datetime) -> None:
    entry, approver, _boss = two_needed(firm, at)
    upload_id = month_to_check(firm, at)
    address = f"/employer/{firm.id}/uploads/{upload_id}/"
    agree(entry, firm, upload_id)
    empty = approver.post(f"{address}return/", {"reason": ""}, follow=True)
    assert "Isi apa yang perlu diperbaiki" in words(empty)
    approver.post(f"{address}return/", {"reason": "Upah Budi belum naik."})
    page = words(entry.get(address))
    assert "Dikembalikan oleh Agus" in page
    assert "Upah Budi belum naik." in page
    assert b"Budi" not in bytes(Approval.objects.get(upload_id=upload_id).reason_encrypted)
    assert not TrailEvent.objects.filter(detail__icontains="Budi").exists()
    agree(entry, firm, upload_id)
    assert "Menunggu persetujuan" in words(entry.get(address))
    # Who proposed takes it back; then nobody can approve it any more.
    entry.post(f"{address}take-back/")
    approver.post(f"{address}approve/")
    assert queries.upload(firm.id, upload_id).state == "checked"  # type: ignore[union-attr] # it is there


def test_nobody_approves_his_own_work_whatever_his_roles(firm: builders.Firm, at: datetime) -> None:
    _entry, approver, boss = two_needed(firm, at)
    upload_id = month_to_check(firm, at)
    agree(boss, firm, upload_id)
    address = f"/employer/{firm.id}/uploads/{upload_id}/"
    assert "Setujui dan terbitkan" not in words(boss.get(address))
    boss.post(f"{address}approve/")
    assert queries.upload(firm.id, upload_id).state == "proposed"  # type: ignore[union-attr] # it is there
    approver.post(f"{address}approve/")
    assert queries.upload(firm.id, upload_id).state == "confirmed"  # type: ignore[union-attr] # it is there


def test_a_newer_report_ends_the_wait_of_the_older_one(firm: builders.Firm, at: datetime) -> None:
    entry, approver, _boss = two_needed(firm, at)
    first = month_to_check(firm, at)
    agree(entry, firm, first)
    second = checked(firm, wage_file(firm, wage="11000000"), at, period=NOVEMBER)
    assert approvals.waiting_uploads([firm.id]) == []
    approver.post(f"/employer/{firm.id}/uploads/{first}/approve/")
    assert queries.upload(firm.id, first).state == "replaced"  # type: ignore[union-attr] # it is there
    agree(entry, firm, second)
    assert approvals.waiting_uploads([firm.id]) == [second]


def test_who_leaves_and_who_comes_wait_too(firm: builders.Firm, at: datetime) -> None:
    entry, approver, _boss = two_needed(firm, at)
    leaver = int(firm.people["employment_id"][0])
    exit_form = entry.get(f"/employer/{firm.id}/workers/exits/?worker={leaver}").content.decode()
    days = {"0": "10", "1": "11", "2": "2026"}
    names = re.findall(r'name="([^"]+)"', exit_form)
    fields = {name: "A1" if name == "cause" else days.get(name[-1], "on") for name in names}
    answer = entry.post(f"/employer/{firm.id}/workers/exits/?worker={leaver}", fields)
    assert answer.status_code == 302, words(answer)
    assert "/uploads/" in answer["Location"]
    assert "Menunggu persetujuan" in words(entry.get(answer["Location"]))
    employment = Employment.objects.get(id=leaver, person_id=int(firm.people["person_id"][0]))
    assert employment.until_on is None
    (upload_id,) = approvals.waiting_uploads([firm.id])
    approver.post(f"{answer['Location']}approve/")
    uploads.book_upload(upload_id=upload_id, now=at)
    employment.refresh_from_db()
    assert employment.until_on == date(2026, 11, 11)


def test_one_person_alone_is_enough_where_nobody_switched_it_on(firm: builders.Firm, at: datetime) -> None:
    entry, _ = user(firm, "Eka", "firm_entry", now=at)
    upload_id = month_to_check(firm, at)
    agree(entry, firm, upload_id)
    assert queries.upload(firm.id, upload_id).state == "confirmed"  # type: ignore[union-attr] # it is there


def test_a_reader_sees_and_is_offered_nothing_to_do(firm: builders.Firm, at: datetime) -> None:
    reader, _ = user(firm, "Putu", "firm_reader", now=at)
    upload_id = month_to_check(firm, at)
    home = reader.get(f"/employer/{firm.id}/").content.decode()
    assert "/wages/" not in home
    for path in ("", "workers/", "bills/", "company/", "users/", f"uploads/{upload_id}/"):
        answer = reader.get(f"/employer/{firm.id}/{path}")
        assert answer.status_code == 200, path
        for link in set(_links(answer.content.decode(), firm.id)):
            assert reader.get(link).status_code in (200, 302), (path, link)
    for path in ("wages/", "workers/new/", "users/invite/"):
        assert reader.get(f"/employer/{firm.id}/{path}").status_code == 404
    agree(reader, firm, upload_id)
    assert queries.upload(firm.id, upload_id).state == "checked"  # type: ignore[union-attr] # it is there


def _links(page: str, employer_id: int) -> list[str]:
    return re.findall(rf'href="(/employer/{employer_id}/[^"#]*)"', page)


def test_a_wage_put_right_on_the_screen_waits_too(firm: builders.Firm, at: datetime) -> None:
    entry, approver, _ = two_needed(firm, at)
    builders.bill(firm, OCTOBER, at)
    address = f"/employer/{firm.id}/workers/{firm.people['employment_id'][0]}/wage/2026/10/"
    seen = entry.post(address, {"wage": "11000000"}).content.decode()
    agreed = re.search(r'name="agreed" value="([^"]+)"', seen)
    assert agreed is not None
    answer = entry.post(address, {"wage": "11000000", "agreed": agreed[1]})
    (waiting,) = approvals.waiting_uploads([firm.id])
    page = f"/employer/{firm.id}/uploads/{waiting}/"
    assert answer["Location"] == page
    first = bill_of(employer_id=firm.id, period=OCTOBER)
    assert "Rp10.000.000 Rp11.000.000" in words(approver.get(page))
    approver.post(f"{page}approve/")
    uploads.book_upload(upload_id=waiting, now=at)
    put_right = bill_of(employer_id=firm.id, period=OCTOBER)
    assert first is not None
    assert put_right is not None
    assert put_right.wage_rupiah - first.wage_rupiah == 1_000_000
