"""A line to an MTProxy that looks like TLS to some web site: the greeting that proves the secret, and its records.

No byte of it is encrypted by TLS: what it carries is sealed already. The client's random and the server's are codes
over the whole greeting under the secret, which only who knows it can tell from chance.
Sources: RFC 8446 for the shape; for the codes the published MTProxy (net-tcp-rpc-ext-server.c) and TDLib (TlsInit.cpp).
"""

import hmac
import os
import struct
import time
from collections.abc import Awaitable, Callable
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from chalicelib.features.accounts.model import ProxySecret

HELLO_BYTES: Final = 517
"""Of a greeting: servers look for this length."""
RECORD_BYTES: Final = 16_384
"""That a record carries at most. Source: RFC 8446, 5.1."""
BEGIN: Final = b"\x14\x03\x03\x00\x01\x01"
"""Change cipher spec: what a client says before its first data, for the sake of old machines on the way."""
_HEAD: Final = struct.Struct("!B2sH")
_HANDSHAKE, _CHANGE, _DATA = 0x16, 0x14, 0x17
_VERSION: Final = b"\x03\x03"
_RANDOM: Final = slice(11, 43)
"""Where the random stands in either greeting."""
_CIPHERS: Final = bytes.fromhex("130113021303c02bc02fc02cc030cca9cca8c013c014009c009d002f0035")
_GROUPS: Final = bytes.fromhex("001d00170018")
_SIGNATURES: Final = bytes.fromhex("04030804040105030805050108060601")

Read = Callable[[int], Awaitable[bytes]]
"""Reads exactly so many bytes."""


class Records:
    """Takes records apart, as they come."""

    __slots__ = ("_rest",)

    def __init__(self) -> None:
        self._rest = b""

    @staticmethod
    def of(data: bytes) -> bytes:
        """One record around data."""
        return _HEAD.pack(_DATA, _VERSION, len(data)) + data

    def take(self, data: bytes) -> bytes:
        """What the whole ones among what came carry. Raises ValueError: something else came."""
        rest, carried = self._rest + data, []
        while len(rest) >= _HEAD.size:
            kind, version, length = _HEAD.unpack_from(rest)
            if kind not in (_DATA, _CHANGE) or version != _VERSION or length > RECORD_BYTES + 256:
                raise ValueError("no record of data")
            if len(rest) < _HEAD.size + length:
                break
            if kind == _DATA:
                carried.append(rest[_HEAD.size : _HEAD.size + length])
            rest = rest[_HEAD.size + length :]
        self._rest = rest
        return b"".join(carried)


def greeting(secret: ProxySecret, at_s: float | None = None) -> bytes:
    """What a browser would say first, with a code in the place of its random, and in its end the time."""
    hello = _hello(secret.domain)
    code = hmac.digest(secret.key, hello, "sha256")
    at = int(time.time() if at_s is None else at_s)
    end = struct.pack("<I", struct.unpack("<I", code[28:])[0] ^ at)
    return hello[:11] + code[:28] + end + hello[43:]


async def hear_answer(secret: ProxySecret, hello: bytes, read: Read) -> None:
    """Read a server's greeting. Raises ValueError: it comes from nobody who knows the secret."""
    answer = b"".join([await _record(read, kind) for kind in (_HANDSHAKE, _CHANGE, _DATA)])
    blank = answer[: _RANDOM.start] + bytes(32) + answer[_RANDOM.stop :]
    code = hmac.digest(secret.key, hello[_RANDOM] + blank, "sha256")
    if not hmac.compare_digest(code, answer[_RANDOM]):
        raise ValueError("a greeting of somebody else")


async def _record(read: Read, wanted: int) -> bytes:
    head = await read(_HEAD.size)
    kind, _, length = _HEAD.unpack(head)
    if kind != wanted:
        raise ValueError("another record than a greeting has")
    return head + await read(length)


def _hello(domain: str) -> bytes:
    """A client hello of TLS 1.3 to a site, its random zero, made long enough by its padding."""
    key = X25519PrivateKey.generate().public_key().public_bytes_raw()
    site = domain.encode()
    extensions = [
        _extension(0x0000, _sized(2, b"\x00" + _sized(2, site))),
        _extension(0x0017, b""),
        _extension(0xFF01, b"\x00"),
        _extension(0x000A, _sized(2, _GROUPS)),
        _extension(0x000B, b"\x01\x00"),
        _extension(0x0023, b""),
        _extension(0x0010, _sized(2, _sized(1, b"h2") + _sized(1, b"http/1.1"))),
        _extension(0x000D, _sized(2, _SIGNATURES)),
        _extension(0x0033, _sized(2, b"\x00\x1d" + _sized(2, key))),
        _extension(0x002D, b"\x01\x01"),
        _extension(0x002B, _sized(1, b"\x03\x04\x03\x03")),
    ]
    before = _VERSION + bytes(32) + _sized(1, os.urandom(32)) + _sized(2, _CIPHERS) + _sized(1, b"\x00")
    told = b"".join(extensions)
    spare = HELLO_BYTES - _HEAD.size - 4 - len(before) - 2 - len(told) - 4
    body = before + _sized(2, told + _extension(0x0015, bytes(spare)))
    return b"\x16\x03\x01" + _sized(2, b"\x01" + _sized(3, body))


def _extension(number: int, content: bytes) -> bytes:
    return number.to_bytes(2, "big") + _sized(2, content)


def _sized(width: int, content: bytes) -> bytes:
    return len(content).to_bytes(width, "big") + content
