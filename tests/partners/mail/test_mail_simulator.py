"""The mail simulator as a process and as pages."""

import os
import smtplib
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.http import Http404
from django.test import RequestFactory

from lindung.partners.mail import urls
from lindung.partners.mail.simulator import INBOX
from tests.contact.carriers import free_port

pytestmark = pytest.mark.urls("lindung.config.urls_simulators")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LINDUNG_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def letter() -> dict[str, str]:
    letter = {
        "id": "abc",
        "to": "wati@contoh.example",
        "at": "2026-11-21T02:30:00+00:00",
        "from": "pesan@lindung.example",
        "subject": "Iuran Oktober 2026 <sudah> masuk",
        "message_id": "<abc@lindung.example>",
        "text": "Buat kata sandi:\nhttp://127.0.0.1:8400/start/a_b-c/\n",
        "html": "<p>Halo</p><script>x</script>",
    }
    INBOX.put(letter)
    INBOX.put({**letter, "id": "def", "to": "budi@contoh.example", "subject": "Lain"})
    return letter


def test_the_inbox_shows_the_newest_first_and_filters_by_recipient(letter: dict[str, str]) -> None:
    page = urls.inbox(RequestFactory().get("/mail/")).content.decode()
    assert page.index("budi@contoh.example") < page.index("wati@contoh.example")
    assert "Iuran Oktober 2026 &lt;sudah&gt; masuk" in page
    page = urls.inbox(RequestFactory().get("/mail/", {"to": "WATI@"})).content.decode()
    assert "wati@contoh.example" in page
    assert "budi@contoh.example" not in page


def test_a_letter_is_shown_with_a_link_that_works_and_its_html_only_as_source(letter: dict[str, str]) -> None:
    page = urls.letter(RequestFactory().get("/mail/abc/"), "abc").content.decode()
    assert '<a href="http://127.0.0.1:8400/start/a_b-c/"' in page
    assert "<script>" not in page


def test_a_letter_that_never_came_is_not_found() -> None:
    with pytest.raises(Http404):
        urls.letter(RequestFactory().get("/mail/xyz/"), "xyz")


def test_an_empty_inbox_says_what_will_appear() -> None:
    assert "Belum ada e-mail" in urls.inbox(RequestFactory().get("/mail/")).content.decode()


def test_a_line_that_a_killed_writer_left_unfinished_hides_no_other(letter: dict[str, str]) -> None:
    with INBOX.path.open("ab") as file:
        file.write(b'{"id": "half')
    assert [kept["id"] for kept in INBOX.newest()] == ["def", "abc"]


def test_the_process_listens_where_the_platform_sends(data: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "lindung.partners.mail.simulator"],
        env={**os.environ, "LINDUNG_MAIL_ADDRESS": f"127.0.0.1:{port}", "LINDUNG_DATA": str(data)},
    )
    try:
        for _ in range(500):
            try:
                connection = smtplib.SMTP("127.0.0.1", port, local_hostname="lindung.example", timeout=5)
                break
            except ConnectionRefusedError:
                time.sleep(0.02)
        with connection:
            connection.sendmail("pesan@lindung.example", "sari@contoh.example", "Subject: Salam\r\n\r\nApa kabar?")
    finally:
        process.terminate()
        process.wait(10)
    (kept,) = INBOX.newest(to="sari")
    assert (kept["subject"], kept["text"].strip()) == ("Salam", "Apa kabar?")
