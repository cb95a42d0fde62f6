"""Signing under SNAP: the standard's worked example, whitespace, keys, timestamps, amounts."""

import json
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from lindung.lib import snap

SECRET = b"rahasia-klien"
TOKEN = "T0k3nContoh"
PATH = "/snap/v1.0/transfer-va/inquiry"
TIMESTAMP = "2026-11-20T10:15:30+07:00"
BODY = (
    b'{"partnerServiceId":"   77123","customerNo":"1000000123455","virtualAccountNo":"   771231000000123455",'
    b'"trxDateInit":"2026-11-20T10:15:29+07:00","channelCode":6011,"additionalInfo":{},'
    b'"inquiryRequestId":"202611201015290771230000000001"}'
)
TEXT = (
    "POST:/snap/v1.0/transfer-va/inquiry:T0k3nContoh:"
    "e39d93ffd6b65483ac0525ff2243c70e745ea27895599f97f59b63d6fc4e2073:2026-11-20T10:15:30+07:00"
)
BASE64 = "ym3EymfH7VhQymZ7w4F2/0OnuHAo148M4Us8jDBsu/iPcHWhdPjiWz+ImuX8y6PRTNi1QSM7m3wtQDaDvAuclA=="
HEX = (
    "ca6dc4ca67c7ed5850ca667bc38176ff43a7b87028d78f0ce14b3c8c306cbbf8"
    "8f7075a174f8e25b3f889ae5fccba3d14cd8b541233b9b7c2d403683bc0b9c94"
)


@pytest.mark.parametrize("body", [BODY, json.dumps(json.loads(BODY), indent=4).replace("\n", "\r\n\t").encode()])
def test_the_worked_example_gives_its_text_and_its_signature(body: bytes) -> None:
    text = snap.call_text("POST", PATH, TOKEN, body, TIMESTAMP)
    assert text.decode() == TEXT
    assert snap.sign(SECRET, text) == BASE64
    assert snap.sign(SECRET, text, "hex") == HEX
    assert snap.is_signed(SECRET, text, BASE64)
    assert snap.is_signed(SECRET, text, HEX, "hex")


@pytest.mark.parametrize("signature", ["", BASE64[:-1], BASE64 + "=", BASE64.swapcase(), HEX, "é", "\udcff"])
def test_any_other_signature_is_refused(signature: str) -> None:
    assert not snap.is_signed(SECRET, TEXT.encode(), signature)


@pytest.mark.parametrize(
    "text",
    [
        snap.call_text("PUT", PATH, TOKEN, BODY, TIMESTAMP),
        snap.call_text("POST", PATH.replace("inquiry", "payment"), TOKEN, BODY, TIMESTAMP),
        snap.call_text("POST", PATH, TOKEN.lower(), BODY, TIMESTAMP),
        snap.call_text("POST", PATH, TOKEN, BODY.replace(b"6011", b"6010"), TIMESTAMP),
        snap.call_text("POST", PATH, TOKEN, BODY, "2026-11-20T10:15:31+07:00"),
    ],
)
def test_a_signature_holds_for_one_method_path_token_body_and_moment(text: bytes) -> None:
    assert not snap.is_signed(SECRET, text, BASE64)


def test_no_body_is_hashed_as_the_empty_string() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert f":{empty}:" in snap.call_text("GET", PATH, TOKEN, b"", TIMESTAMP).decode()


def plain_minify(body: bytes) -> bytes:
    """The same, a byte at a time: slow and plain to see."""
    out, in_string, escaped = bytearray(), False, False
    for byte in body:
        if in_string:
            in_string = escaped or byte != ord('"')
            escaped = byte == ord("\\") and not escaped
        elif byte in b" \t\r\n":
            continue
        else:
            in_string = byte == ord('"')
        out.append(byte)
    return bytes(out)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(value=JSON, indent=st.integers(1, 4), ascii_only=st.booleans())
def test_whitespace_between_tokens_changes_nothing(value: object, indent: int, ascii_only: bool) -> None:
    compact = json.dumps(value, separators=(",", ":"), ensure_ascii=ascii_only).encode()
    pretty = json.dumps(value, indent=indent, separators=(" ,", "\t:\r "), ensure_ascii=ascii_only).encode()
    assert snap.minify(compact) == compact
    assert snap.minify(b"\n" + pretty + b" ") == compact


@given(body=st.lists(st.sampled_from([b'"', b"\\", b" ", b"\n", b"a", b"{", b"\xff", b"\0"])).map(b"".join))
def test_minify_is_the_plain_state_machine_on_any_bytes(body: bytes) -> None:
    assert snap.minify(body) == plain_minify(body)


@pytest.mark.parametrize("piece", [b'"', b'\\"', b'"\\', b'" ', b"a ", b'"\\"', b"\\"])
def test_minify_takes_linear_time_on_hostile_bodies(piece: bytes) -> None:
    """A pattern that starts anew at every quote needs minutes here."""
    body = b'"' + piece * 500_000
    began = time.perf_counter()
    assert len(snap.minify(body)) <= len(body)
    assert time.perf_counter() - began < 2


def test_query_parameters_are_signed_in_order_with_percent_twenty() -> None:
    assert snap.signed_path("/a") == "/a"
    assert snap.signed_path("/a", "b=2+x&a=z&b=1&c=") == "/a?a=z&b=1&b=2%20x&c="


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> tuple[str, str]:
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return private, public


@pytest.mark.parametrize("encoding", ["base64", "hex"])
def test_a_token_request_is_signed_with_the_partners_own_key(encoding: snap.Encoding) -> None:
    private, public = pem(rsa.generate_private_key(65537, 2048))
    text = snap.token_text("klien", TIMESTAMP)
    assert text == b"klien|2026-11-20T10:15:30+07:00"
    signature = snap.sign_with_key(private, text, encoding)
    assert snap.is_signed_with_key(public, text, signature, encoding)
    assert not snap.is_signed_with_key(public, text + b"x", signature, encoding)
    for other in ("", "?", "AAAA", "zz", "é", signature[:-4]):
        assert not snap.is_signed_with_key(public, text, other, encoding)


def test_keys_that_are_short_or_no_rsa_are_refused() -> None:
    for key in (rsa.generate_private_key(65537, 1024), ec.generate_private_key(ec.SECP256R1())):
        with pytest.raises(ValueError, match="2048"):
            snap.rsa_public_key(pem(key)[1])
    with pytest.raises(ValueError, match="RSA"):
        snap.sign_with_key(pem(ec.generate_private_key(ec.SECP256R1()))[0], b"")


def test_timestamps_are_read_with_their_offset_and_written_in_wib() -> None:
    moment = datetime(2026, 11, 20, 3, 15, 30, tzinfo=UTC)
    assert snap.parse_timestamp(TIMESTAMP) == moment
    assert snap.parse_timestamp("2026-11-20T10:15:30.250+07:00") - moment == timedelta(milliseconds=250)
    assert snap.parse_timestamp("2026-11-20T12:15:30+09:00") == moment
    assert snap.format_timestamp(moment.astimezone(timezone(timedelta(hours=9)))) == TIMESTAMP


@pytest.mark.parametrize(
    "text",
    ["", "2026-11-20", "2026-11-20T10:15:30", "2026-11-20 10:15:30+07:00", "2026-02-30T10:15:30+07:00",
     "2026-11-20T10:15:30+07:00 ", "20261120T101530+0700", "2026-11-20T10:15:30Z", "２026-11-20T10:15:30+07:00"],
)  # fmt: skip
def test_other_spellings_of_a_moment_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 # the library's own words differ from case to case
        snap.parse_timestamp(text)


@given(rupiah=st.integers(0, 10**16 - 1))
def test_amounts_go_out_with_two_decimals_and_come_back_whole(rupiah: int) -> None:
    assert snap.format_amount(rupiah).endswith(".00")
    assert snap.parse_amount(snap.format_amount(rupiah)) == snap.parse_amount(str(rupiah)) == rupiah


@pytest.mark.parametrize(
    "text",
    ["", "10000.001", "1E4", "-10000.00", "+1", "10000.5", "10000.50", "10,000.00", " 1", "1\n", ".00", "1.", "１",
     "12345678901234567"],
)  # fmt: skip
def test_other_spellings_of_an_amount_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        snap.parse_amount(text)
