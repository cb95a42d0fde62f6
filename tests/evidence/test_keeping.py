"""A paper is kept sealed and opened with a mark."""

from datetime import datetime

import pytest
from django.db import connection

from lindung.access.models import TrailEvent
from lindung.access.trail import Actor
from lindung.evidence import queries, services
from lindung.evidence.checks import CHECKS
from lindung.evidence.limits import Refused
from lindung.evidence.models import Paper
from lindung.lib.copy import fetch_bytes
from lindung.lib.crypto import CannotDecrypt
from tests.evidence import files

CLERK, OFFICER = Actor("account", 3), Actor("account", 7)
pytestmark = pytest.mark.django_db


def found() -> list[tuple[int]]:
    (statement,) = CHECKS.values()
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def test_a_paper_lies_sealed_and_opens_for_its_own_place_alone(now: datetime) -> None:
    sent = files.pdf(b"(PT Contoh, akta nomor 1)")
    first, second = (services.keep_paper(actor=CLERK, content=sent, now=now) for _ in range(2))
    lying = fetch_bytes("evidence_paper", "content_encrypted", first)
    assert b"akta" not in lying
    assert services.read_paper(actor=OFFICER, paper_id=first, now=now).content == sent
    Paper.objects.filter(pk=second).update(content_encrypted=lying)
    with pytest.raises(CannotDecrypt):
        services.read_paper(actor=OFFICER, paper_id=second, now=now)


def test_who_kept_and_who_read_it_stands_in_the_trail(now: datetime) -> None:
    paper = services.keep_paper(actor=CLERK, content=files.png(), now=now)
    services.read_paper(actor=OFFICER, paper_id=paper, now=now)
    acts = TrailEvent.objects.filter(object_kind="paper", object_id=paper).order_by("id")
    assert list(acts.values_list("act", "actor_id")) == [("paper_kept", 3), ("paper_read", 7)]


def test_the_same_bytes_are_known_again_though_less_is_kept(now: datetime) -> None:
    sent = files.jpeg(held=files.exif(6))
    paper = services.keep_paper(actor=CLERK, content=sent, now=now)
    assert queries.is_same(paper, sent)
    assert not queries.is_same(paper, files.jpeg())
    facts = queries.facts_of([paper])[paper]
    assert (facts.format, facts.size_bytes < len(sent)) == ("jpeg", True)


def test_what_is_refused_leaves_nothing(now: datetime) -> None:
    with pytest.raises(Refused):
        services.keep_paper(actor=CLERK, content=b"bukan dokumen", now=now)
    assert not Paper.objects.exists()
    assert not TrailEvent.objects.filter(act="paper_kept").exists()


def test_a_paper_without_its_bytes_is_found(now: datetime) -> None:
    paper = services.keep_paper(actor=CLERK, content=files.pdf(), now=now)
    assert found() == []
    Paper.objects.filter(pk=paper).update(content_encrypted=b"")
    assert found() == [(paper,)]
