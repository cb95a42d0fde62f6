"""Service 73: who gets a token, and who does not."""

import hashlib
from typing import Any

import pytest

from lindung.access.models import Partner, PartnerToken, TrailEvent
from lindung.lib import snap
from lindung.partners.bank.simulator import TOKEN_PATH, BankSession, new_credentials
from tests.channels.bank.bank_door import Hand, open_bank

LONG_AGO = "2026-11-21T09:24:59+07:00"
AHEAD = "2026-11-21T09:35:01+07:00"


def signed_at(bank: BankSession, timestamp: str) -> dict[str, str]:
    text = snap.token_text(bank.own.client_id, timestamp)
    return {"X-TIMESTAMP": timestamp, "X-SIGNATURE": snap.sign_with_key(bank.own.private_key_pem, text)}


def test_the_holder_of_the_key_gets_a_token_of_900_seconds(bank: BankSession) -> None:
    exchange = bank.ask_token()
    assert exchange.status == 200
    assert exchange.answer_headers["content-type"] == "application/json"
    assert exchange.answer_headers["x-timestamp"] == "2026-11-21T09:30:00+07:00"
    token = exchange.json.pop("accessToken")
    assert len(token) == 43
    assert exchange.json | {"accessToken": ""} == {
        "responseCode": "2007300",
        "responseMessage": "Successful",
        "accessToken": "",
        "tokenType": "Bearer",
        "expiresIn": "900",
        "additionalInfo": {},
    }


def test_only_the_hash_of_a_token_is_kept_and_the_issue_is_on_the_trail(bank: BankSession) -> None:
    token = bank.ask_token().json["accessToken"]
    kept = PartnerToken.objects.get()
    assert bytes(kept.token_sha256) == hashlib.sha256(token.encode()).digest()
    assert TrailEvent.objects.filter(act="token_issued", actor_kind="partner", actor_id=kept.partner_id).count() == 1


def test_tokens_overlap_and_dead_ones_are_swept_out(bank: BankSession, hand: Hand) -> None:
    first = bank.ask_token().json["accessToken"]
    hand.move(seconds=899)
    second = bank.ask_token().json["accessToken"]
    assert first != second
    assert PartnerToken.objects.count() == 2
    hand.move(seconds=1)
    bank.ask_token()
    assert PartnerToken.objects.count() == 2


@pytest.mark.parametrize(
    ("headers", "code", "message"),
    [
        ({"X-CLIENT-KEY": None}, "4007302", "Invalid Mandatory Field [X-CLIENT-KEY]"),
        ({"X-CLIENT-KEY": ""}, "4007302", "Invalid Mandatory Field [X-CLIENT-KEY]"),
        ({"X-CLIENT-KEY": "nobody"}, "4017300", "Unauthorized. [Unknown client]"),
        ({"X-CLIENT-KEY": "n\x00b"}, "4017300", "Unauthorized. [Unknown client]"),
        ({"X-TIMESTAMP": None}, "4007301", "Invalid Field Format [X-TIMESTAMP]"),
        ({"X-TIMESTAMP": "2026-11-21"}, "4007301", "Invalid Field Format [X-TIMESTAMP]"),
        ({"X-SIGNATURE": None}, "4017300", "Unauthorized. [Signature]"),
        ({"X-SIGNATURE": "AAAA"}, "4017300", "Unauthorized. [Signature]"),
        ({"X-TIMESTAMP": "2026-11-21T09:30:01+07:00"}, "4017300", "Unauthorized. [Signature]"),
    ],
)
def test_a_request_that_does_not_show_the_key_gets_nothing(
    bank: BankSession, headers: dict[str, Any], code: str, message: str
) -> None:
    exchange = bank.ask_token(headers=headers)
    assert exchange.json == {"responseCode": code, "responseMessage": message}
    assert exchange.status == int(code[:3])
    assert not PartnerToken.objects.exists()


@pytest.mark.parametrize("timestamp", [LONG_AGO, AHEAD])
def test_a_request_signed_more_than_five_minutes_away_gets_nothing(bank: BankSession, timestamp: str) -> None:
    assert bank.ask_token(headers=signed_at(bank, timestamp)).json["responseMessage"] == "Unauthorized. [Timestamp]"
    assert not PartnerToken.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [b"", b"{", b"[]", b'"x"', b"\xff\xfe{\x00}\x00", b"[" * 60_000, {}, {"grantType": "password"}, {"grantType": []}],
)
def test_anything_but_client_credentials_is_a_bad_request(bank: BankSession, fields: object) -> None:
    exchange = bank.ask_token(fields=fields)
    assert (exchange.status, exchange.code) == (400, "4007300")
    assert not PartnerToken.objects.exists()


def test_another_banks_key_opens_nothing(bank: BankSession, hand: Hand) -> None:
    other = BankSession(new_credentials(), "http://127.0.0.1", transport=bank._client._transport, now=hand)
    exchange = other.ask_token(headers={"X-CLIENT-KEY": bank.own.client_id})
    assert exchange.json["responseMessage"] == "Unauthorized. [Signature]"


def test_a_bank_that_was_shut_out_is_unknown(bank: BankSession) -> None:
    Partner.objects.filter(client_id=bank.own.client_id).update(active=False)
    assert bank.ask_token().json["responseMessage"] == "Unauthorized. [Unknown client]"


@pytest.mark.parametrize(
    ("allowed", "status"), [([], 200), (["198.51.100.0/24"], 200), (["198.51.100.8", "203.0.113.0/24"], 400)]
)
def test_a_bank_with_a_list_of_addresses_calls_from_these_only(
    db: None, hand: Hand, allowed: list[str], status: int
) -> None:
    _id, bank = open_bank(hand, address="198.51.100.7", allowed_addresses=allowed)
    exchange = bank.ask_token()
    assert exchange.status == status
    assert exchange.code == ("2007300" if status == 200 else "4007300")


def test_a_bank_that_writes_hex_signs_its_token_request_in_hex(db: None, hand: Hand) -> None:
    _id, bank = open_bank(hand, encoding="hex")
    assert bank.ask_token().status == 200
    assert bank.ask_token(headers=signed_at(bank, "2026-11-21T09:30:00+07:00")).code == "4017300"


def test_only_post_is_answered(bank: BankSession) -> None:
    answer = bank._client.get(TOKEN_PATH)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json() == {"responseCode": "4057300", "responseMessage": "Requested Function Is Not Supported"}
