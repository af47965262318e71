"""How a line to an MTProxy looks: obfuscated, so that no byte of it says what it is, or as if it led to some web site.

The cipher is OpenSSL's, 0.3 µs for 500 bytes; Telethon's own is Python.
Source: https://core.telegram.org/mtproto/mtproto-transports, Transport obfuscation and Padded intermediate.
"""

import hashlib
import os
import random
import struct
from typing import Final, Protocol

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from chalicelib.features.accounts.model import ProxySecret
from session_worker.telegram.masquerade import BEGIN, RECORD_BYTES, Records

_INTERMEDIATE: Final = b"\xee" * 4
_PADDED: Final = b"\xdd" * 4
_LIKE_OTHERS: Final = (b"PVrG", b"GET ", b"POST", b"HEAD", b"OPTI", b"\x16\x03\x01\x02", _INTERMEDIATE, _PADDED)
"""What a head may not begin with: it would be taken for another transport."""
_MOST_NOISE: Final = 15
_BLOCK: Final = 16
_ENVELOPE: Final = 24
"""Bytes before the sealed part of a packet: the key's id and the message's."""
_PLAIN_HEAD: Final = struct.Struct("<qqi")
"""Of a packet before there is a key: no key's id, the message's, and how long it is."""


class Disguise(Protocol):
    """What a line's bytes go through both ways, in order."""

    is_padded: bool

    def seal(self, data: bytes) -> bytes:
        """As it goes over the line; what the line has to begin with comes before the first of it."""

    def open(self, data: bytes) -> bytes:
        """What came, as far as it is whole. Raises ValueError: it fits no such line."""


class Obfuscated:
    """A line whose every byte looks like chance. Names the data centre, as the proxy knows no address of ours."""

    __slots__ = ("_head", "_incoming", "_outgoing", "is_padded")

    def __init__(self, secret: ProxySecret, dc_id: int) -> None:
        self.is_padded = secret.is_padded
        head = _chance()
        mirrored = head[55:7:-1]
        self._outgoing = _stream(hashlib.sha256(head[8:40] + secret.key).digest(), head[40:56])
        self._incoming = _stream(hashlib.sha256(mirrored[:32] + secret.key).digest(), mirrored[32:48])
        said = head[:56] + (_PADDED if secret.is_padded else _INTERMEDIATE) + struct.pack("<h", dc_id) + head[62:]
        self._head = said[:56] + self._outgoing.update(said)[56:]

    def seal(self, data: bytes) -> bytes:
        head, self._head = self._head, b""
        return head + self._outgoing.update(data)

    def open(self, data: bytes) -> bytes:
        return self._incoming.update(data)


class Masqueraded:
    """An obfuscated line within what looks like a visit to a web site, after its greeting (masquerade.py)."""

    __slots__ = ("_begin", "_inner", "_records", "is_padded")

    def __init__(self, secret: ProxySecret, dc_id: int) -> None:
        self._inner = Obfuscated(secret, dc_id)
        self._records = Records()
        self._begin = BEGIN
        self.is_padded = secret.is_padded

    def seal(self, data: bytes) -> bytes:
        sealed = self._inner.seal(data)
        parts = (sealed[at : at + RECORD_BYTES] for at in range(0, len(sealed), RECORD_BYTES))
        begin, self._begin = self._begin, b""
        return begin + b"".join(map(Records.of, parts))

    def open(self, data: bytes) -> bytes:
        return self._inner.open(self._records.take(data))


def with_noise(packet: bytes) -> bytes:
    """A packet of which nobody sees how long it is."""
    return packet + os.urandom(random.randint(0, _MOST_NOISE))  # noqa: S311 - how much, not what


def without_noise(packet: bytes) -> bytes:
    """The packet that was sent: sealed ones come in blocks, plain ones say how long they are, errors are four bytes."""
    if len(packet) < _PLAIN_HEAD.size:
        return packet[:4]
    key_id, _, length = _PLAIN_HEAD.unpack_from(packet)
    if key_id == 0:
        return packet[: _PLAIN_HEAD.size + length]
    return packet[: len(packet) - (len(packet) - _ENVELOPE) % _BLOCK]


def _stream(key: bytes, start: bytes) -> "_Stream":
    return Cipher(algorithms.AES(key), modes.CTR(start)).encryptor()


class _Stream(Protocol):
    def update(self, data: bytes) -> bytes: ...


def _chance() -> bytes:
    while True:
        head = os.urandom(64)
        if head[:1] != b"\xef" and not head.startswith(_LIKE_OTHERS) and head[4:8] != bytes(4):
            return head
