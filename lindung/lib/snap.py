"""How a message is signed and written under SNAP, the national open-API standard for payments.

Signatures cover the bytes that were received: a body is never parsed and written again before it is checked, since
that would change the spelling of numbers, escapes and the order of keys.
"""

import base64
import binascii
import hashlib
import hmac
import re
from datetime import datetime
from functools import lru_cache
from typing import Literal
from urllib.parse import parse_qsl, quote, urlencode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from lindung.lib.clock import WIB

Encoding = Literal["base64", "hex"]
SMALLEST_KEY_BITS = 2048

# Everything that is not insignificant whitespace: bare runs, and strings whole. A string that never ends runs to the
# end of the input, and nothing is ever tried twice, so the time is linear in the length whatever is sent.
_KEPT = re.compile(rb'(?:[^ \t\r\n"]++|"[^"\\]*+(?:\\.[^"\\]*+)*+["\\]?+)++', re.DOTALL)
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d:\d\d", re.ASCII)
_AMOUNT = re.compile(r"(\d{1,16})(?:\.00)?", re.ASCII)


def minify(body: bytes) -> bytes:
    """The body without whitespace outside strings. Works on bytes; never fails, valid JSON or not."""
    return b"".join(_KEPT.findall(body))


def signed_path(path: str, query: str = "") -> str:
    """The relative address as it is signed: parameters sorted by name, then value; a space is ``%20``."""
    if not query:
        return path
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    return f"{path}?{urlencode(pairs, quote_via=quote, safe='')}"


def token_text(client_id: str, timestamp: str) -> bytes:
    """What a partner signs with its private key to ask for a token."""
    return f"{client_id}|{timestamp}".encode()


def call_text(method: str, path: str, token: str, body: bytes, timestamp: str) -> bytes:
    """What a partner signs with the shared secret for one call; ``path`` is ``signed_path``'s, ``body`` as received."""
    digest = hashlib.sha256(minify(body)).hexdigest()
    return f"{method}:{path}:{token}:{digest}:{timestamp}".encode()


def call_text_without_token(method: str, path: str, body: bytes, timestamp: str) -> bytes:
    """The same for a partner that signs its calls with its private key and needs no token."""
    return f"{method}:{path}:{hashlib.sha256(minify(body)).hexdigest()}:{timestamp}".encode()


def sign(secret: bytes, text: bytes, encoding: Encoding = "base64") -> str:
    """HMAC-SHA512 of ``text``, as it stands in ``X-SIGNATURE``."""
    return _written(hmac.digest(secret, text, "sha512"), encoding)


def is_signed(secret: bytes, text: bytes, signature: str, encoding: Encoding = "base64") -> bool:
    """Whether ``signature`` is ``sign``'s, compared in constant time."""
    return hmac.compare_digest(sign(secret, text, encoding).encode(), signature.encode(errors="replace"))


def sign_with_key(private_key_pem: str, text: bytes, encoding: Encoding = "base64") -> str:
    """SHA256withRSA (PKCS #1 v1.5) of ``text``, as it stands in ``X-SIGNATURE``."""
    key = load_pem_private_key(private_key_pem.encode(), None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("not an RSA key")
    return _written(key.sign(text, PKCS1v15(), SHA256()), encoding)


def is_signed_with_key(public_key_pem: str, text: bytes, signature: str, encoding: Encoding = "base64") -> bool:
    """Whether the holder of the private key signed ``text``."""
    try:
        raw = base64.b64decode(signature, validate=True) if encoding == "base64" else bytes.fromhex(signature)
        rsa_public_key(public_key_pem).verify(raw, text, PKCS1v15(), SHA256())
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True


@lru_cache(maxsize=64)
def rsa_public_key(pem: str) -> RSAPublicKey:
    """The key in a PEM text. Raises ``ValueError`` if it is no RSA key of at least 2,048 bits."""
    key = load_pem_public_key(pem.encode())
    if not isinstance(key, RSAPublicKey) or key.key_size < SMALLEST_KEY_BITS:
        raise ValueError(f"not an RSA key of at least {SMALLEST_KEY_BITS} bits")
    return key


def parse_timestamp(text: str) -> datetime:
    """``yyyy-MM-ddTHH:mm:ss+hh:mm``, with or without a fraction, as an aware moment. Raises ``ValueError``."""
    if not _TIMESTAMP.fullmatch(text):
        raise ValueError("not a timestamp with seconds and offset")
    return datetime.fromisoformat(text)


def format_timestamp(moment: datetime) -> str:
    """A moment as the standard writes it, in western Indonesia's time: 25 characters."""
    return moment.astimezone(WIB).isoformat(timespec="seconds")


def parse_amount(text: str) -> int:
    """Whole rupiah from ``10000.00`` or ``10000``. Raises ``ValueError``: sen, signs and exponents are none."""
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise ValueError("not an amount in whole rupiah")
    return int(found[1])


def format_amount(rupiah: int) -> str:
    """Whole rupiah as the standard writes it: ``10000.00``."""
    return f"{rupiah}.00"


def _written(raw: bytes, encoding: Encoding) -> str:
    return base64.b64encode(raw).decode() if encoding == "base64" else raw.hex()
