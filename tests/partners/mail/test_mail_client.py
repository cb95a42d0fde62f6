"""Mail to a relay: three kinds of answer, no answer twice, nothing said of the recipient."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path

import pytest

from lindung.partners.mail.client import Letter, MailClient
from lindung.partners.mail.simulator import FAULTS, INBOX
from lindung.partners.outcome import Accepted, Refused, Unknown
from tests.contact.carriers import free_port, relay

SENDER = "Lindung <pesan@lindung.example>"


@pytest.fixture
def letter(now: datetime) -> Letter:
    return Letter(
        reference="a1b2c3",
        to="wati@contoh.example",
        subject="Iuran Oktober 2026 sudah masuk – Rp90.000",
        text="Halo.\n\nhttps://lindung.example/start/" + "x" * 60 + "/\n",
        html="<p>Halo.</p>",
        language="id",
        written_at=now,
    )


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    with relay() as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[MailClient]:
    with MailClient(relay=address, sender=SENDER, total_seconds=5) as client:
        yield client


def test_a_letter_arrives_with_its_text_its_html_and_its_subject(client: MailClient, letter: Letter) -> None:
    assert client.send(letter) == Accepted("a1b2c3")
    (kept,) = INBOX.newest()
    assert kept["to"] == letter.to
    assert kept["subject"] == letter.subject
    assert kept["text"] == letter.text
    assert kept["html"].strip() == letter.html
    assert kept["message_id"] == "<a1b2c3@lindung.example>"


def test_a_letter_says_how_to_stop_it_and_that_a_machine_wrote_it(letter: Letter) -> None:
    wire = MailClient(relay="127.0.0.1:25", sender=SENDER).on_the_wire(letter)
    read = message_from_bytes(wire, policy=modern)
    assert read["List-Unsubscribe"] == "<mailto:pesan@lindung.example?subject=berhenti>"
    assert read["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert max(map(len, wire.split(b"\r\n"))) <= 78
    assert wire.isascii()


def test_a_long_subject_arrives_whole(client: MailClient, letter: Letter) -> None:
    subject = "Iuran – " + "sangat " * 30 + "panjang"
    client.send(replace(letter, subject=subject))
    assert INBOX.newest()[0]["subject"] == subject
    assert max(map(len, client.on_the_wire(replace(letter, subject=subject)).split(b"\r\n"))) <= 78


def test_a_line_break_in_a_header_is_never_sent(letter: Letter) -> None:
    client = MailClient(relay="127.0.0.1:25", sender=SENDER)
    with pytest.raises(ValueError, match="line break in Subject"):
        client.on_the_wire(replace(letter, subject="Iuran\r\nBcc: semua@contoh.example"))


def test_the_same_letter_sent_twice_is_kept_once(client: MailClient, letter: Letter) -> None:
    assert client.send(letter) == client.send(replace(letter, text="lain")) == Accepted("a1b2c3")
    assert len(INBOX.newest()) == 1


@pytest.mark.parametrize(("fault", "answer"), [("refuse", Refused("550")), ("temporary", Unknown("recipient 451"))])
def test_an_answer_about_the_recipient_leaves_the_connection_usable(
    client: MailClient, letter: Letter, fault: str, answer: object
) -> None:
    FAULTS.add(fault, 1)
    assert client.send(letter) == answer
    assert client.send(replace(letter, reference="d4e5f6")) == Accepted("d4e5f6")
    assert [kept["message_id"] for kept in INBOX.newest()] == ["<d4e5f6@lindung.example>"]


def test_a_lost_answer_is_unknown_and_the_repeat_is_recognised(client: MailClient, letter: Letter) -> None:
    FAULTS.add("drop", 1)
    assert isinstance(client.send(letter), Unknown)
    assert len(INBOX.newest()) == 1
    assert client.send(letter) == Accepted("a1b2c3")
    assert len(INBOX.newest()) == 1


def test_a_silent_relay_costs_no_more_than_the_time_given(address: str, letter: Letter) -> None:
    FAULTS.add("timeout", 1)
    with MailClient(relay=address, sender=SENDER, total_seconds=0.2) as client:
        started = time.monotonic()
        assert client.send(letter) == Unknown("SMTPServerDisconnected")
        assert time.monotonic() - started < 2
        assert client.send(replace(letter, reference="d4e5f6")) == Accepted("d4e5f6")


def test_a_relay_that_is_not_there_is_unknown(letter: Letter) -> None:
    with MailClient(relay=f"127.0.0.1:{free_port()}", sender=SENDER) as client:
        assert client.send(letter) == Unknown("ConnectionRefusedError")


def test_a_relay_on_another_machine_must_encrypt(address: str, letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lindung.partners.mail.client._LOOPBACK", ())
    with MailClient(relay=address, sender=SENDER) as client:
        assert client.send(letter) == Unknown("SMTPNotSupportedError")
    assert INBOX.newest() == []
