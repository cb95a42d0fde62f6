"""The page of users: who may do what, invited, changed, gone; two persons switched on and off."""

from datetime import datetime

import pytest
from django.test import Client

from lindung.access import queries
from lindung.access.links import invitation_links
from lindung.access.models import Invitation
from lindung.contact.models import Message
from lindung.lib import clock
from tests import builders
from tests.channels.employer.desk import PASSWORD, clerk, words
from tests.channels.employer.test_employer_approval import user


@pytest.fixture
def at() -> datetime:
    return clock.now()


@pytest.fixture
def firm(db: None, at: datetime) -> builders.Firm:
    return builders.firm(now=at)


def test_somebody_is_invited_and_comes_by_his_own_mailbox(firm: builders.Firm, at: datetime) -> None:
    boss = clerk(firm.id, now=at)
    address = f"/employer/{firm.id}/users/"
    assert "Sari" in words(boss.get(address))
    faulty = boss.post(f"{address}invite/", {"name": "", "email": "x", "roles": []})
    assert faulty.status_code == 422
    assert "Pilih paling sedikit satu peran" in words(faulty)
    given = {"name": "Budi", "email": "budi@contoh.example", "roles": ["firm_entry"]}
    page = words(boss.post(f"{address}invite/", given, follow=True))
    assert "Undangan dikirim" in page
    assert "Diundang, belum datang" in page
    (asked,) = Invitation.objects.filter(scope_id=firm.id)
    assert Message.objects.get(batch=f"invitation:{asked.pk}").params == {"employer": f"PT Contoh {int(firm.npp[2:])}"}
    token = invitation_links([asked.pk], at)[asked.pk].token
    start = words(Client().get(f"/start/{token}/"))
    assert "mengundang Anda" in start
    budi = Client()
    assert "Akun Anda siap dipakai" in words(budi.post(f"/start/{token}/", {"password": PASSWORD}))
    budi.post("/employer/sign-in/", {"name": "budi@contoh.example", "password": PASSWORD})
    assert budi.get(f"/employer/{firm.id}/wages/").status_code == 200
    assert budi.get(f"{address}invite/").status_code == 404
    assert "Pengisi" in words(budi.get(address))


def test_who_is_ended_is_out_at_his_next_press(firm: builders.Firm, at: datetime) -> None:
    boss = clerk(firm.id, now=at)
    budi, actor = user(firm, "Budi", "firm_entry", now=at)
    assert budi.get(f"/employer/{firm.id}/").status_code == 200
    page = words(boss.post(f"/employer/{firm.id}/users/{actor.id}/end/", follow=True))
    assert "Pengguna dikeluarkan" in page
    assert budi.get(f"/employer/{firm.id}/").status_code == 302
    assert budi.get(f"/employer/{firm.id}/")["Location"].startswith("/employer/sign-in/")


def test_nobody_raises_himself_and_the_last_administrator_stays(firm: builders.Firm, at: datetime) -> None:
    boss = clerk(firm.id, now=at)
    (me,) = queries.firm_users(firm.id)
    raised = boss.post(f"/employer/{firm.id}/users/{me.account_id}/", {"roles": ["firm_admin", "firm_reader"]})
    assert "Anda tidak bisa menambah peran sendiri" in words(raised)
    gone = boss.post(f"/employer/{firm.id}/users/{me.account_id}/end/", follow=True)
    assert "Harus ada satu administrator" in words(gone)


def test_another_firms_user_is_not_there(firm: builders.Firm, at: datetime) -> None:
    boss, other = clerk(firm.id, now=at), builders.firm(now=at)
    _, stranger = user(other, "Asing", "firm_entry", now=at)
    assert boss.get(f"/employer/{firm.id}/users/{stranger.id}/").status_code == 404
    assert boss.post(f"/employer/{firm.id}/users/{stranger.id}/end/").status_code == 404
    assert boss.get(f"/employer/{other.id}/users/").status_code == 404


def test_two_persons_are_switched_on_by_one_and_off_by_two(firm: builders.Firm, at: datetime) -> None:
    boss = clerk(firm.id, now=at)
    address = f"/employer/{firm.id}/users/"
    assert "Undang dulu orang kedua" in words(boss.get(address))
    budi, _ = user(firm, "Budi", "firm_approval", now=at)
    reader, _ = user(firm, "Putu", "firm_reader", now=at)
    assert reader.post(f"{address}two-persons/", {"act": "on"}).status_code == 404
    assert "Aktif" in words(boss.post(f"{address}two-persons/", {"act": "on"}, follow=True))
    asked = words(boss.post(f"{address}two-persons/", {"act": "off"}, follow=True))
    assert "Sari minta dimatikan" in asked
    assert "Setuju dimatikan" not in asked
    assert "tidak bisa menyetujuinya sendiri" in words(
        boss.post(f"{address}two-persons/", {"act": "agree"}, follow=True)
    )
    assert "Mati: yang mengisi" in words(budi.post(f"{address}two-persons/", {"act": "agree"}, follow=True))
