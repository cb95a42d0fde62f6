"""Letters to who is no person here: a firm's users, and who wants a firm registered."""

import re
from datetime import datetime

from lindung.access.links import application_of, asked_by
from lindung.access.trail import SYSTEM
from lindung.contact import services
from lindung.contact.addressees import of_account, of_application
from lindung.contact.models import Message
from tests.contact.carriers import World

FIRM = 90_001


def link_in(text: str, place: str) -> str:
    found = re.search(rf"https://lindung\.example/{place}/([\w-]+)/", text)
    assert found, text
    return found[1]


def test_an_invitation_goes_by_mail_and_its_link_takes_it_up(committed_db: None, world: World, now: datetime) -> None:
    invitation_id = services.invite_user(
        actor=SYSTEM,
        employer_id=FIRM,
        employer_name="PT Contoh Surat",
        name="Budi",
        email="budi.surat@contoh.example",
        roles=["firm_reader"],
        now=now,
    )
    services.deliver_batch(batch=f"invitation:{invitation_id}", now=now)
    (mail,) = world.mail_to("budi.surat@contoh.example")
    asked = asked_by(link_in(mail["text"], "start"), now)
    assert asked is not None
    assert asked.employer_id == FIRM
    assert "PT Contoh Surat mengundang Anda" in mail["text"]


def test_an_application_is_confirmed_from_its_mailbox(committed_db: None, world: World, now: datetime) -> None:
    application_id = 4_000_001
    addressee = of_application(application_id)
    services.save_addresses(
        actor=SYSTEM,
        person_ids=[addressee],
        kind="email",
        values=["pendaftar@contoh.example"],
        cause=f"application:{application_id}",
        now=now,
    )
    services.tell(
        batch=f"application:{application_id}",
        kind="firm_application",
        rows_sql="SELECT %s::bigint, '{}'::jsonb",
        params=[addressee],
        now=now,
    )
    services.deliver_batch(batch=f"application:{application_id}", now=now)
    (mail,) = world.mail_to("pendaftar@contoh.example")
    assert application_of(link_in(mail["text"], "daftar"), now) == application_id
    assert Message.objects.get(person_id=addressee).state == "sent"


def test_persons_accounts_and_applications_never_share_a_number() -> None:
    numbers = [*range(1, 50), *map(of_account, range(1, 50)), *map(of_application, range(1, 50))]
    assert len(set(numbers)) == len(numbers)
