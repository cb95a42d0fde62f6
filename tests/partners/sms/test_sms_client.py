"""Short messages: three kinds of answer, the wire format, the alphabet."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import RequestFactory

from lindung.partners.outcome import Accepted, Breaker, Refused, Unknown
from lindung.partners.sms import gsm7, urls
from lindung.partners.sms.client import SmsClient, Text
from lindung.partners.sms.simulator import FAULTS, INBOX
from tests.contact.carriers import free_port, gateway

TEXT = Text("a1b2c3", "+628001234567", "Lindung: iuran Oktober 2026 masuk, JHT +Rp90.000.")


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    with gateway() as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[SmsClient]:
    with SmsClient(gateway=address) as client:
        yield client


def test_a_text_arrives_once_however_often_it_is_sent(client: SmsClient) -> None:
    first = client.send(TEXT)
    assert isinstance(first, Accepted)
    assert client.send(TEXT) == first
    (kept,) = INBOX.newest()
    assert (kept["to"], kept["text"], kept["parts"]) == (TEXT.to, TEXT.body, "1")


def test_a_number_that_does_not_exist_is_refused(client: SmsClient) -> None:
    FAULTS.add("refuse", 1)
    assert client.send(TEXT) == Refused("39")
    assert INBOX.newest() == []


@pytest.mark.parametrize(
    ("fault", "reason", "kept"),
    [
        ("http_500", "no JSON, 500", 0),
        ("bad_json", "no JSON, 200", 1),
        ("drop", "no JSON, 200", 0),
    ],
)
def test_an_answer_that_cannot_be_read_is_unknown(client: SmsClient, fault: str, reason: str, kept: int) -> None:
    FAULTS.add(fault, 1)
    assert client.send(TEXT) == Unknown(reason)
    assert len(INBOX.newest()) == kept
    assert isinstance(client.send(TEXT), Accepted)
    assert len(INBOX.newest()) == 1


def test_a_late_answer_is_unknown(address: str) -> None:
    FAULTS.add("slow:400", 1)
    with SmsClient(gateway=address, connect_seconds=0.1, total_seconds=0.2) as client:
        assert client.send(TEXT) == Unknown("ReadTimeout")


def test_a_gateway_that_is_not_there_is_unknown() -> None:
    with SmsClient(gateway=f"http://127.0.0.1:{free_port()}") as client:
        assert client.send(TEXT) == Unknown("ConnectError")


@pytest.mark.parametrize(("body", "code"), [("Iuran ‘masuk’", "41"), ("", "42"), ("x" * 460, "42"), ("[" * 230, "42")])
def test_the_gateway_takes_no_text_that_phones_would_not(client: SmsClient, body: str, code: str) -> None:
    assert client.send(Text("a1", TEXT.to, body)) == Refused(code)


def test_the_order_is_written_as_the_gateway_reads_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    order = {"sender_id": "LINDUNG", "recipient_number": "628001234567", "message_body": "Halo"}
    request = RequestFactory().post("/sms/v2/send-otp", json.dumps(order), content_type="application/json")
    answer = json.loads(urls.send_otp(request).content)
    assert answer["success"] is True
    assert isinstance(answer["msg_id"], str)
    bad = RequestFactory().post("/sms/v2/send-otp", "{}", content_type="application/json")
    assert json.loads(urls.send_otp(bad).content)["errors"][0]["code"] == "10"


def test_the_inbox_shows_the_texts_of_one_number_with_their_links(client: SmsClient) -> None:
    client.send(Text("a1", "+628001111111", "Buat akun: http://127.0.0.1:8400/start/a_b/"))
    client.send(Text("a2", "+628002222222", "Lain"))
    page = urls.inbox(RequestFactory().get("/sms/", {"to": "8001111"})).content.decode()
    assert '<a href="http://127.0.0.1:8400/start/a_b/"' in page
    assert "+628002222222" not in page


@pytest.mark.parametrize(
    ("order", "status"),
    [
        ({"fault": "http_500", "count": 2}, 200),
        ({"fault": "slow:250"}, 200),
        ({"fault": "fire"}, 400),
        ({"fault": "drop", "count": 0}, 400),
        ({"fault": "drop", "count": "many"}, 400),
        (["drop"], 400),
    ],
)
def test_faults_are_ordered_by_a_post(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: object, status: int
) -> None:
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    view = next(pattern.callback for pattern in urls.urlpatterns if str(pattern.pattern) == "_control")
    request = RequestFactory().post("/sms/_control", json.dumps(order), content_type="application/json")
    assert view(request).status_code == status


def test_faults_are_used_up_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    FAULTS.add("http_500", 2)
    FAULTS.add("drop", 1)
    assert [FAULTS.take() for _ in range(4)] == ["http_500", "http_500", "drop", ""]


@pytest.mark.parametrize(
    ("text", "parts"), [("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("€" * 80, 1), ("€" * 81, 2)]
)
def test_a_text_is_paid_by_its_parts(text: str, parts: int) -> None:
    assert gsm7.parts(text) == parts


def test_the_breaker_opens_after_five_silences_in_a_row_and_any_answer_closes_it() -> None:
    breaker = Breaker()
    for _ in range(4):
        breaker.note(Unknown("timeout"))
    breaker.note(Refused("39"))
    for _ in range(4):
        breaker.note(Unknown("timeout"))
    assert not breaker.open
    breaker.note(Unknown("timeout"))
    assert breaker.open
