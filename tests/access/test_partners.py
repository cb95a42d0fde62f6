"""Banks that may call us: registering, tokens, and answers that are kept."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import ProgrammingError, transaction

from lindung.access import partners
from lindung.access.models import Partner, PartnerRequest, PartnerToken, TrailEvent
from lindung.access.partners import AlreadyAnswered, GivenAnswer, PartnerRefused
from lindung.access.trail import SYSTEM
from lindung.lib.crypto import CannotDecrypt, decrypt

_numbers = itertools.count(1)


def pem(bits: int) -> str:
    key = generate_private_key(65537, bits).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


PEM = pem(2048)
SECRET = "rahasia-klien-yang-panjang"
DAY = date(2026, 11, 21)


def register(now: datetime, **changed: Any) -> int:
    number = next(_numbers)
    usual = {
        "code": f"BANK{number}",
        "name": "Bank Contoh",
        "client_id": f"client-{number}",
        "partner_id": f"partner-{number}",
        "service_codes": ["77123"],
        "public_key_pem": PEM,
        "secret": SECRET,
    }
    return partners.register_partner(actor=SYSTEM, now=now, **{**usual, **changed})


def an_answer(now: datetime, **changed: Any) -> GivenAnswer:
    return replace(GivenAnswer("ref-1", b"x" * 32, 200, now, '{"a":"é\\n"}\n'), **changed)


def remember(
    partner_id: int, answer: GivenAnswer, external_id: str = "1", day: date = DAY, service: str = "25"
) -> None:
    partners.remember_answers([partners.AnsweredCall(partner_id, service, external_id, day, answer)])


def before(**changed: Any) -> partners.AnswersBefore:
    call: dict[str, Any] = {"service": "25", "external_id": "1", "day_wib": DAY, "asked_by": "24", "reference": "ref-1"}
    return partners.answers_before(**{**call, **changed})


@pytest.mark.django_db
def test_a_registered_bank_is_known_by_both_its_names(now: datetime) -> None:
    partner_id = register(now, client_id="klien", partner_id="mitra", encoding="hex", repeats_are_replayed=True)
    by_client = partners.caller_by_client_id(client_id="klien")
    by_partner = partners.caller_by_partner_id(partner_id="mitra", token="", now=now)
    assert by_client is not None
    assert by_client == by_partner
    assert (by_client.id, by_client.secret, by_client.service_codes) == (partner_id, SECRET.encode(), ("77123",))
    assert (by_client.encoding, by_client.repeats_are_replayed, by_client.token_is_live) == ("hex", True, False)
    assert SECRET not in repr(by_client)
    assert partners.caller_by_client_id(client_id="mitra") is None
    assert partners.caller_by_partner_id(partner_id="klien", token="", now=now) is None
    event = TrailEvent.objects.get(act="partner_registered")
    assert (event.object_kind, event.object_id, event.happened_at) == ("partner", partner_id, now)


@pytest.mark.django_db
def test_the_secret_lies_encrypted_and_bound_to_its_row(now: datetime) -> None:
    first, second = register(now), register(now)
    row = Partner.objects.get(pk=first)
    sealed = bytes(row.secret_encrypted)
    assert SECRET.encode() not in sealed
    with pytest.raises(CannotDecrypt):
        decrypt(sealed, f"access_partner.secret_encrypted:{second}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"service_codes": []}, "company codes"),
        ({"service_codes": ["   77123"]}, "company codes"),
        ({"service_codes": ["123456789"]}, "company codes"),
        ({"secret": "short"}, "secret"),
        ({"public_key_pem": "no key"}, "PEM"),
        ({"public_key_pem": pem(1024)}, "2048"),
        ({"allowed_addresses": ["203.0.113.300"]}, "203.0.113.300"),
        ({"allowed_addresses": ["203.0.113.1/24"]}, "host bits"),
        ({"code": ""}, "needed"),
        ({"partner_id": ""}, "needed"),
    ],
)
def test_a_bank_that_could_not_call_safely_is_not_registered(now: datetime, changed: dict[str, Any], why: str) -> None:
    with pytest.raises(PartnerRefused, match=why):
        register(now, **changed)
    assert not Partner.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["code", "client_id", "partner_id"])
def test_a_name_that_is_taken_is_refused(now: datetime, name: str) -> None:
    register(now, **{name: "same"})
    with pytest.raises(PartnerRefused, match="taken"):
        register(now, **{name: "same"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("allowed", "address", "may"),
    [
        ([], "anything", True),
        (["203.0.113.0/24"], "203.0.113.77", True),
        (["203.0.113.0/24"], "203.0.114.1", False),
        (["2001:db8::/32"], "2001:db8::1", True),
        (["2001:db8::/32"], "203.0.113.1", False),
        (["203.0.113.1"], "", False),
    ],
)
def test_a_bank_may_be_held_to_its_networks(now: datetime, allowed: list[str], address: str, may: bool) -> None:
    register(now, client_id="klien", allowed_addresses=allowed)
    caller = partners.caller_by_client_id(client_id="klien")
    assert caller
    assert caller.may_call_from(address) is may


@pytest.mark.django_db
def test_a_token_is_live_for_900_seconds_for_its_own_bank(now: datetime) -> None:
    mine, _other = register(now, partner_id="mine"), register(now, partner_id="other")
    token = partners.issue_token(partner_id=mine, now=now)
    assert token.expires_at == now + timedelta(seconds=900)

    def live(partner_id: str, text: str, seconds: int) -> bool:
        caller = partners.caller_by_partner_id(partner_id=partner_id, token=text, now=now + timedelta(seconds=seconds))
        assert caller
        return caller.token_is_live

    assert live("mine", token.text, 0)
    assert live("mine", token.text, 899)
    assert not live("mine", token.text, 900)
    assert not live("other", token.text, 0)
    assert not live("mine", token.text[:-1], 0)
    assert not live("mine", "\udcff", 0)


@pytest.mark.django_db
def test_dead_tokens_of_all_banks_go_when_a_new_one_is_given(now: datetime) -> None:
    mine, other = register(now), register(now)
    partners.issue_token(partner_id=other, now=now - timedelta(seconds=900))
    partners.issue_token(partner_id=mine, now=now - timedelta(seconds=899))
    partners.issue_token(partner_id=mine, now=now)
    assert list(PartnerToken.objects.values_list("partner_id", flat=True)) == [mine, mine]


@pytest.mark.django_db
def test_an_answer_comes_back_byte_for_byte_with_its_moment(now: datetime) -> None:
    partner_id = register(now)
    at = datetime(2026, 11, 21, 3, 4, 5, 678_901, tzinfo=UTC)
    given = an_answer(at)
    remember(partner_id, given)
    assert before(partner_id=partner_id).same == given


@pytest.mark.django_db
def test_an_answer_is_found_by_bank_service_external_id_and_day(now: datetime) -> None:
    partner_id, other = register(now), register(now)
    remember(partner_id, an_answer(now))
    changes = ({"partner_id": other}, {"service": "24"}, {"external_id": "2"}, {"day_wib": date(2026, 11, 22)})
    for changed in changes:
        assert before(**{"partner_id": partner_id, **changed}).same is None


@pytest.mark.django_db
def test_the_first_answer_stands_and_the_second_is_told_so(now: datetime) -> None:
    partner_id = register(now)
    remember(partner_id, an_answer(now))
    with pytest.raises(AlreadyAnswered), transaction.atomic():
        remember(partner_id, an_answer(now, body="another"))
    assert PartnerRequest.objects.get().response.endswith(an_answer(now).body)


@pytest.mark.django_db
def test_an_answer_that_was_given_cannot_be_changed_or_taken_away(now: datetime) -> None:
    remember(register(now), an_answer(now))
    for change in (lambda: PartnerRequest.objects.update(status=500), lambda: PartnerRequest.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


@pytest.mark.django_db
def test_good_answers_of_a_reference_come_oldest_first(now: datetime) -> None:
    partner_id, other = register(now), register(now)
    for number, changed in enumerate([{}, {"status": 404}, {"reference": "ref-2"}, {"body": "later"}]):
        remember(partner_id, an_answer(now, **changed), external_id=str(number), service="24")
    remember(partner_id, an_answer(now), external_id="9", service="25")
    remember(other, an_answer(now), external_id="9", service="24")
    found = before(partner_id=partner_id, external_id="none").asked
    assert [answer.body for answer in found] == [an_answer(now).body, "later"]
    assert len(before(partner_id=partner_id, external_id="none", most=1).asked) == 1
