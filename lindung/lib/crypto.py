"""Field encryption and blind indexes.

A field is AES-256-GCM with the row's own place as associated data, so that a ciphertext moved to another row
or another column does not open. Equality search goes through a keyed HMAC-SHA-256, because a plain hash of a
16-digit number can be reversed by trying them all.
"""

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FORMAT = 1
_NONCE_BYTES = 12
_BLOCK_BYTES = 64  # of SHA-256; our keys are 32 bytes, so they are padded, never hashed


class CannotDecrypt(Exception):
    """The bytes were not written with these keys for this place, or were changed since."""


@dataclass(frozen=True)
class Keyring:
    """Keys by id; ``current`` writes, all of them read. ``index_key`` is for blind indexes only."""

    current: str
    keys: dict[str, bytes]
    index_key: bytes

    @staticmethod
    def parse(text: str) -> "Keyring":
        """Read ``{"encryption": {"current", "keys": {id: base64}}, "index": base64}``; keys are 32 bytes."""
        raw = json.loads(text)
        keys = {name: base64.b64decode(key) for name, key in raw["encryption"]["keys"].items()}
        index_key = base64.b64decode(raw["index"])
        if any(len(key) != 32 for key in [*keys.values(), index_key]):
            raise ValueError("every key must be 32 bytes, written in base64")
        return Keyring(raw["encryption"]["current"], keys, index_key)


@cache
def keyring() -> Keyring:
    """The keys of this process, from ``LINDUNG_KEYS_FILE``."""
    return Keyring.parse(Path(os.environ["LINDUNG_KEYS_FILE"]).read_text())


@cache
def _cipher(key_id: str) -> AESGCM:
    return AESGCM(keyring().keys[key_id])


def encrypt(value: bytes | str, place: str) -> bytes:
    """Encrypt for one place, ``table.column:row id``: format byte, key id, nonce, ciphertext with tag."""
    ring = keyring()
    data = value.encode() if isinstance(value, str) else value
    nonce = os.urandom(_NONCE_BYTES)
    key_id = ring.current.encode()
    sealed = _cipher(ring.current).encrypt(nonce, data, place.encode())
    return bytes([_FORMAT, len(key_id)]) + key_id + nonce + sealed


def decrypt(sealed: bytes | memoryview, place: str) -> bytes:
    """Open what ``encrypt`` wrote for the same place. Raises ``CannotDecrypt``."""
    raw = bytes(sealed)
    if len(raw) < 2 or raw[0] != _FORMAT:
        raise CannotDecrypt(place)
    end = 2 + raw[1]
    key_id = raw[2:end].decode("ascii", "replace")
    if key_id not in keyring().keys:
        raise CannotDecrypt(place)
    nonce, body = raw[end : end + _NONCE_BYTES], raw[end + _NONCE_BYTES :]
    try:
        return _cipher(key_id).decrypt(nonce, body, place.encode())
    except InvalidTag as error:
        raise CannotDecrypt(place) from error


def encrypt_column(values: Sequence[str], place: str, row_ids: Iterable[int]) -> list[bytes]:
    """``encrypt`` for a whole column; ``place`` is ``table.column``. One ciphertext per row, in order."""
    ring = keyring()
    seal = _cipher(ring.current).encrypt
    key_id = ring.current.encode()
    head = bytes([_FORMAT, len(key_id)]) + key_id
    nonces = os.urandom(_NONCE_BYTES * len(values))
    return [
        head
        + (nonce := nonces[i * _NONCE_BYTES : (i + 1) * _NONCE_BYTES])
        + seal(nonce, value.encode(), f"{place}:{row_id}".encode())
        for i, (value, row_id) in enumerate(zip(values, row_ids, strict=True))
    ]


def blind_index(kind: str, value: str) -> bytes:
    """32 bytes that are equal for equal values of one kind and say nothing else without the key."""
    return hmac.digest(keyring().index_key, f"{kind}\0{value}".encode(), "sha256")


def blind_index_column(kind: str, values: Iterable[str]) -> list[bytes]:
    """``blind_index`` for a whole column, in order.

    HMAC by its definition (RFC 2104), over two hash states that already hold the key and the kind: copying a
    plain state costs a third of copying the library's HMAC object. A test holds both against each other.
    """
    key = keyring().index_key.ljust(_BLOCK_BYTES, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key) + f"{kind}\0".encode())
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in key))
    out = []
    for value in values:
        inside, outside = inner.copy(), outer.copy()
        inside.update(value.encode())
        outside.update(inside.digest())
        out.append(outside.digest())
    return out
