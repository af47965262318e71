"""An MTProxy on this machine, as a customer may have one. Written from the protocol, not from what speaks to it."""

import asyncio
import hashlib
import hmac
import os
import struct
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from chalicelib.features.accounts.model import Proxy
from tests.worker.local_proxy import LocalProxy

KEY: Final = bytes.fromhex("70726f78792d6b65792d706c616e7465")
PLAIN: Final = KEY.hex()
PADDED: Final = "dd" + KEY.hex()
SITE: Final = "ee" + KEY.hex() + b"www.example.com".hex()
_TAGS: Final = {b"\xee" * 4, b"\xdd" * 4}
_CHANGE: Final = b"\x14\x03\x03\x00\x01\x01"
_AGE_S: Final = 600


class MtProxy(LocalProxy):
    """Leads to the data centre a line asks for. `strangers` counts the lines it did not lead on.

    Whoever does not prove the secret gets an answer of somebody else and then nothing, as from a real one.
    """

    def __init__(self, centres: Mapping[int, int]) -> None:
        super().__init__()
        self._centres = centres
        self.strangers = 0
        self.tags: list[bytes] = []
        self.first_bytes: list[bytes] = []

    def address(self, secret: str) -> Proxy:
        """How it is given to a connection."""
        return Proxy(host="127.0.0.1", port=self.port, secret=secret)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Have the line prove its secret, and lead it on."""
        first = await reader.readexactly(3)
        self.first_bytes.append(first)
        if first == b"\x16\x03\x01":
            hello = first + await reader.readexactly(514)
            if not self._is_proven(hello):
                self.strangers += 1
                writer.write(_answer(os.urandom(16), hello))
                await reader.read()
                return
            writer.write(_answer(KEY, hello))
            assert await reader.readexactly(6) == _CHANGE
            line: _Line = _SiteLine(reader, writer)
            first = b""
        else:
            line = _Line(reader, writer)
        head = first + await line.read(64 - len(first))
        await self._lead_on(head, line)

    def _is_proven(self, hello: bytes) -> bool:
        said = hello[11:43]
        code = hmac.digest(KEY, hello[:11] + bytes(32) + hello[43:], "sha256")
        at = struct.unpack("<I", bytes(one ^ two for one, two in zip(said[28:], code[28:], strict=True)))[0]
        return said[:28] == code[:28] and abs(at - time.time()) < _AGE_S

    async def _lead_on(self, head: bytes, line: "_Line") -> None:
        mirrored = head[55:7:-1]
        incoming = _stream(head[8:40], head[40:56])
        outgoing = _stream(mirrored[:32], mirrored[32:48])
        opened = incoming.update(head)
        tag, centre = opened[56:60], struct.unpack("<h", opened[60:62])[0]
        if tag not in _TAGS or centre not in self._centres:
            self.strangers += 1
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._centres[centre])
        self.served += 1
        self.tags.append(tag)
        self.open_ones.add(back)
        back.write(tag)
        await asyncio.gather(_copy_in(line, incoming, back), _copy_out(there, outgoing, line))
        self.open_ones.discard(back)


class _Line:
    """What a client and the proxy say to one another, bare."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._held = b""

    async def some(self) -> bytes:
        """What comes next; nothing at the end."""
        return await self._reader.read(65_536)

    async def read(self, count: int) -> bytes:
        """So many bytes; what came with them is kept."""
        while len(self._held) < count:
            chunk = await self.some()
            if not chunk:
                raise asyncio.IncompleteReadError(self._held, count)
            self._held += chunk
        taken, self._held = self._held[:count], self._held[count:]
        return taken

    async def rest(self) -> bytes:
        """What was kept, else what comes next."""
        held, self._held = self._held, b""
        return held or await self.some()

    def write(self, data: bytes) -> None:
        self._writer.write(data)

    def close(self) -> None:
        self._writer.close()


class _SiteLine(_Line):
    """The same in records of what looks like TLS."""

    async def some(self) -> bytes:
        try:
            kind, version, length = struct.unpack("!B2sH", await self._reader.readexactly(5))
        except asyncio.IncompleteReadError:
            return b""
        assert (kind, version) == (0x17, b"\x03\x03")
        assert length <= 16_384
        return await self._reader.readexactly(length)

    def write(self, data: bytes) -> None:
        for at in range(0, len(data), 1_000):  # more records than the client's reads
            part = data[at : at + 1_000]
            self._writer.write(b"\x17\x03\x03" + len(part).to_bytes(2, "big") + part)


def _answer(key: bytes, hello: bytes) -> bytes:
    body = b"\x02\x00\x00\x76\x03\x03" + bytes(32) + b"\x20" + hello[44:76] + b"\x13\x01\x00" + os.urandom(46)
    blank = b"\x16\x03\x03" + len(body).to_bytes(2, "big") + body + _CHANGE
    blank += b"\x17\x03\x03" + (1_500).to_bytes(2, "big") + os.urandom(1_500)
    code = hmac.digest(key, hello[11:43] + blank, "sha256")
    return blank[:11] + code + blank[43:]


def _stream(key: bytes, start: bytes) -> Any:
    return Cipher(algorithms.AES(hashlib.sha256(key + KEY).digest()), modes.CTR(start)).encryptor()


async def _copy_in(line: _Line, cipher: Any, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while chunk := await line.rest():
            sink.write(cipher.update(chunk))
    sink.close()


async def _copy_out(source: asyncio.StreamReader, cipher: Any, line: _Line) -> None:
    with suppress(OSError):
        while chunk := await source.read(65_536):
            line.write(cipher.update(chunk))
    line.close()
