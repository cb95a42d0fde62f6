"""Asking the civil registry over the wire: the account, the format of the question, silence, and who is believed."""

import json
import logging
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from lindung.lib import clock
from lindung.partners.dukcapil.answers import Compared, Deceased, Invalid, Match, NotFound, Unavailable
from lindung.partners.dukcapil.client import MOST_AT_ONCE, CivilRegistry, from_settings
from lindung.partners.dukcapil.people import behave, habits
from lindung.partners.dukcapil.simulator import FAULTS
from tests.contact.carriers import free_port
from tests.partners.dukcapil.conftest import BUDI, DEWI
from tests.partners.dukcapil.office import client_of, listening

GIVEN = {
    "NAMA_LGKP": "DEWI CONTOH LESTARI",
    "TGL_LHR": "1990-05-05",
    "JENIS_KLMIN": "Perempuan",
    "NAMA_LGKP_IBU": "RATNA CONTOH",
    "TMPT_LHR": "",
}
TODAY = clock.wib_date(clock.now())
WHY = {"purpose": "enrolment", "actor": "account:7"}


class Wire:
    """A ministry that keeps what it was asked and says what it was told to say."""

    def __init__(self, answer: bytes = b"{}", status: str = "200 OK", **headers: str) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self._answer, self._status, self._headers = answer, status, headers

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        self.asked.append((environ["PATH_INFO"], json.loads(body)))
        start_response(self._status, [("Content-Length", str(len(self._answer))), *self._headers.items()])
        return [self._answer]


def test_the_question_is_written_as_the_ministry_reads_it(registry: CivilRegistry) -> None:
    wire = Wire()
    with (
        listening(wire) as address,
        client_of(address, customer_id="UJI9", user_id="u", password="p", ip_user="10.1.2.3") as client,
    ):
        client.verify(DEWI, {**GIVEN, "NAMA_LGKP": "RENÉ"}, **WHY, threshold=85)
    ((path, question),) = wire.asked
    assert path == "/dukcapil/get_json/UJI9/CALL_VERIFY_BY_ELEMEN"
    assert question == {
        "USER_ID": "u",
        "PASSWORD": "p",
        "IP_USER": "10.1.2.3",
        "TRESHOLD": "85",
        "NIK": DEWI,
        "NAMA_LGKP": "RENÉ",
        "TGL_LHR": "05-05-1990",
        "JENIS_KLMIN": "Perempuan",
        "NAMA_LGKP_IBU": "RATNA CONTOH",
    }


def test_a_person_is_compared_element_by_element(registry: CivilRegistry) -> None:
    left = habits(TODAY).quota_per_day - 1
    assert registry.verify(DEWI, GIVEN, **WHY) == Compared(
        {
            "NAMA_LGKP": Match(True, 100),
            "TGL_LHR": Match(True, 100),
            "JENIS_KLMIN": Match(True, 100),
            "NAMA_LGKP_IBU": Match(True, 100),
        },
        left,
    )
    outcome = registry.verify(BUDI, GIVEN, **WHY)
    assert isinstance(outcome, Compared)
    assert not any(match.ok for match in outcome.matches.values())
    assert outcome.quota_left == left - 1


def test_a_deployment_with_the_other_date_is_a_setting(address: str) -> None:
    with client_of(address, birth_format="YYYY-MM-DD") as client:
        outcome = client.verify(DEWI, GIVEN, **WHY)
        assert isinstance(outcome, Compared)
        assert outcome.matches["TGL_LHR"].ok
    wire = Wire()
    with listening(wire) as there, client_of(there, birth_format="YYYY-MM-DD") as client:
        client.verify(DEWI, GIVEN, **WHY)
    assert wire.asked[0][1]["TGL_LHR"] == "1990-05-05"


def test_the_settings_lead_to_the_simulator(address: str, settings: Any) -> None:
    settings.DUKCAPIL_ADDRESS = address
    with from_settings() as client:
        assert isinstance(client.verify(DEWI, GIVEN, **WHY), Compared)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"password": "salah"}, "03"),
        ({"user_id": "lain"}, "03"),
        ({"ip_user": "10.9.9.9"}, "04"),
        ({"password": ""}, "09"),
        ({"customer_id": "LAIN"}, "16"),
    ],
)
def test_an_account_that_is_not_accepted_is_ours_to_mend(address: str, wrong: dict[str, str], code: str) -> None:
    with client_of(address, **wrong) as client:
        assert client.verify(DEWI, GIVEN, **WHY) == Unavailable("config", f"code {code}")


@pytest.mark.parametrize(
    "nik", ["", "990101450590000", "99010145059000011", "99010145059OOOO1", "９９０１０１４５０５９０００１１"]
)
def test_what_is_no_nik_is_not_sent(nik: str) -> None:
    with client_of(f"http://127.0.0.1:{free_port()}") as client:
        assert client.verify(nik, GIVEN, **WHY) == Invalid()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({}, "nothing to compare"),
        ({"NAMA_LGKP": " "}, "nothing to compare"),
        ({"NAME": "DEWI"}, "not a valid Element"),
        ({"TGL_LHR": "05-05-1990"}, "isoformat"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_before_it_is_sent(wrong: dict[str, str], why: str) -> None:
    with client_of(f"http://127.0.0.1:{free_port()}") as client, pytest.raises(ValueError, match=why):
        client.verify(DEWI, wrong, **WHY)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("http_500", Unavailable("outage", "HTTP 500")),
        ("bad_json", Unavailable("shape", "no JSON")),
        ("html", Unavailable("shape", "no JSON")),
        ("drop", Unavailable("shape", "no JSON")),
    ],
)
def test_a_broken_answer_is_no_answer_and_the_next_one_is(
    registry: CivilRegistry, fault: str, expected: Unavailable
) -> None:
    FAULTS.add(fault, 1)
    assert registry.verify(DEWI, GIVEN, **WHY) == expected
    assert isinstance(registry.verify(DEWI, GIVEN, **WHY), Compared)


def test_a_late_answer_is_an_outage(address: str) -> None:
    FAULTS.add("slow:400", 1)
    with client_of(address, connect_seconds=0.1, total_seconds=0.2) as client:
        assert client.verify(DEWI, GIVEN, **WHY) == Unavailable("outage", "ReadTimeout")


def test_an_answer_that_drips_is_given_up_in_time() -> None:
    def drip(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterator[bytes]:
        start_response("200 OK", [])
        for _ in range(100):
            yield b" "
            time.sleep(0.02)

    with listening(drip) as address, client_of(address, connect_seconds=0.1, total_seconds=0.3) as client:
        began = time.monotonic()
        assert client.verify(DEWI, GIVEN, **WHY) == Unavailable("outage", "too slow")
        assert time.monotonic() - began < 1


def test_an_endless_answer_is_not_read_to_the_end() -> None:
    with listening(Wire(b" " * 200_000)) as address, client_of(address) as client:
        assert client.verify(DEWI, GIVEN, **WHY) == Unavailable("shape", "answer too long")


def test_nobody_there_is_an_outage() -> None:
    with client_of(f"http://127.0.0.1:{free_port()}") as client:
        assert client.verify(DEWI, GIVEN, **WHY) == Unavailable("outage", "ConnectError")


def test_a_redirect_is_not_followed_with_the_password() -> None:
    target = Wire()
    with listening(target) as elsewhere:
        portal = Wire(b"", "302 Found", Location=f"{elsewhere}/sign-in")
        with listening(portal) as address, client_of(address) as client:
            assert client.verify(DEWI, GIVEN, **WHY) == Unavailable("config", "HTTP 302")
    assert target.asked == []


def test_an_answer_about_another_person_is_refused(registry: CivilRegistry) -> None:
    behave(TODAY, other_nik=True)
    assert registry.verify(DEWI, GIVEN, **WHY) == Unavailable(
        "shape", "about another NIK", quota_left=habits(TODAY).quota_left
    )


def test_eight_are_asked_at_once_and_each_gets_his_own_answer(registry: CivilRegistry) -> None:
    behave(TODAY, delay_ms=50)
    names = {DEWI: "DEWI CONTOH LESTARI", BUDI: "BUDI", "9901010101010001": "X", "9901010101018011": "X"}
    niks = list(names) * 16
    began = time.monotonic()
    with ThreadPoolExecutor(MOST_AT_ONCE) as threads:
        given = [{"NAMA_LGKP": names[nik]} for nik in niks]
        outcomes = list(threads.map(lambda nik, name: registry.verify(nik, name, **WHY), niks, given))
    took = time.monotonic() - began
    for nik, outcome in zip(niks, outcomes, strict=True):
        if nik in (DEWI, BUDI):
            assert isinstance(outcome, Compared)
            assert outcome.matches == {"NAMA_LGKP": Match(True, 100)}
        else:
            assert isinstance(outcome, Deceased if nik.endswith("8011") else NotFound)
    assert took < 64 * 0.05 / 2, "one after another would take 3.2 s"
    assert habits(TODAY).quota_per_day - habits(TODAY).quota_left == 64


def test_connections_are_kept_and_never_more_than_eight() -> None:
    class Counting(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        connections = 0
        lock = threading.Lock()

        def setup(self) -> None:
            super().setup()
            with self.lock:
                type(self).connections += 1

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(0.005)
            body = b'{"content":[{"RESPONSE_CODE":"13"}]}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Counting) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            with (
                client_of(f"http://127.0.0.1:{server.server_port}") as client,
                ThreadPoolExecutor(2 * MOST_AT_ONCE) as threads,
            ):
                outcomes = list(threads.map(lambda _: client.verify(DEWI, GIVEN, **WHY), range(200)))
        finally:
            server.shutdown()
            thread.join()
    assert set(outcomes) == {NotFound()}
    assert 1 <= Counting.connections <= MOST_AT_ONCE


def test_a_trouble_is_said_once_and_never_with_anybodys_data(
    registry: CivilRegistry, caplog: pytest.LogCaptureFixture
) -> None:
    FAULTS.add("http_500", 3)
    FAULTS.add("bad_json", 2)
    with caplog.at_level(logging.INFO):
        for _ in range(6):
            registry.verify(DEWI, GIVEN, **WHY)
    said = [(record.levelname, record.getMessage()) for record in caplog.records if record.name == "lindung.dukcapil"]
    assert said == [
        ("WARNING", "civil registry unavailable: kind=outage reason=HTTP 500 purpose=enrolment actor=account:7"),
        ("ERROR", "civil registry unavailable: kind=shape reason=no JSON purpose=enrolment actor=account:7"),
    ]


def authority(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate that vouches for itself and for 127.0.0.1, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name}.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths


def test_only_the_authority_of_the_agreement_is_believed(tmp_path: Path) -> None:
    ministry, ministry_key = authority(tmp_path, "kementerian")
    stranger, _ = authority(tmp_path, "lain")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ministry, ministry_key)

    class Answering(BaseHTTPRequestHandler):
        asked = 0

        def do_POST(self) -> None:
            type(self).asked += 1
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"content":[{"RESPONSE_CODE":"13"}]}')

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that hangs up in the handshake is what is tested."""

    with Quiet(("127.0.0.1", 0), Answering) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            address = f"https://127.0.0.1:{server.server_port}"
            with client_of(address, ca_file=ministry) as client:
                assert client.verify(DEWI, GIVEN, **WHY) == NotFound()
            for other in (stranger, None):
                with client_of(address, ca_file=other) as client:
                    outcome = client.verify(DEWI, GIVEN, **WHY)
                    assert outcome == Unavailable("config", "certificate not accepted")
            assert Answering.asked == 1
        finally:
            server.shutdown()
            thread.join()
