"""Transports: how packets are cut out of a TCP stream. Source: https://core.telegram.org/mtproto/mtproto-transports."""

import secrets
import struct
from typing import Any, Protocol
from zlib import crc32

from telethon.crypto import AESModeCTR

MAX_PACKET = 1 << 24
OBFUSCATED_HEAD = 64
_PLAIN_HEAD, _SEALED_HEAD, _BLOCK = 20, 24, 16
"""Bytes before what a plain and a sealed packet say, and those a sealed one grows by."""


class TransportBroken(ConnectionError):
    """The client's bytes fit no transport; the line cannot be understood any further."""


class Codec(Protocol):
    """One way to mark where a packet begins and ends."""

    def take(self, buffer: bytearray) -> bytes | None:
        """The next whole packet, removed from the buffer; None until it has all arrived."""

    def frame(self, packet: bytes) -> bytes:
        """The packet as it goes over the line."""


class Abridged:
    """One length byte in words of four bytes, or 0x7f and three more."""

    def take(self, buffer: bytearray) -> bytes | None:
        if len(buffer) < 4:
            return None
        head, words = (4, int.from_bytes(buffer[1:4], "little")) if buffer[0] & 0x7F == 0x7F else (1, buffer[0] & 0x7F)
        return _cut(buffer, head, words * 4)

    def frame(self, packet: bytes) -> bytes:
        words = len(packet) // 4
        head = bytes((words,)) if words < 0x7F else b"\x7f" + words.to_bytes(3, "little")
        return head + packet


class Intermediate:
    """Four length bytes. The top bit only asks for a quick acknowledgement."""

    def take(self, buffer: bytearray) -> bytes | None:
        if len(buffer) < 4:
            return None
        return _cut(buffer, 4, int.from_bytes(buffer[:4], "little") & 0x7FFFFFFF)

    def frame(self, packet: bytes) -> bytes:
        return struct.pack("<i", len(packet)) + packet


class PaddedIntermediate(Intermediate):
    """Intermediate with up to 15 bytes of noise after each packet, both ways."""

    def take(self, buffer: bytearray) -> bytes | None:
        packet = super().take(buffer)
        if packet is None or len(packet) < _PLAIN_HEAD:
            return packet
        if packet[:8] == bytes(8):  # there is no key yet, and it says how long it is
            return packet[: _PLAIN_HEAD + int.from_bytes(packet[16:20], "little")]
        return packet[: len(packet) - (len(packet) - _SEALED_HEAD) % _BLOCK]

    def frame(self, packet: bytes) -> bytes:
        return super().frame(packet + secrets.token_bytes(secrets.randbelow(_BLOCK)))


class Full:
    """Length, running number and a checksum around each packet."""

    def __init__(self) -> None:
        self._sent = 0

    def take(self, buffer: bytearray) -> bytes | None:
        if len(buffer) < 4:
            return None
        length = int.from_bytes(buffer[:4], "little")
        if length < 12:
            raise TransportBroken(f"a full-transport packet of {length} bytes")
        frame = _cut(buffer, 0, length)
        if frame is None:
            return None
        if crc32(frame[:-4]) != int.from_bytes(frame[-4:], "little"):
            raise TransportBroken("wrong checksum")
        return frame[8:-4]

    def frame(self, packet: bytes) -> bytes:
        body = struct.pack("<ii", len(packet) + 12, self._sent) + packet
        self._sent += 1
        return body + struct.pack("<I", crc32(body))


def _cut(buffer: bytearray, head: int, length: int) -> bytes | None:
    if length > MAX_PACKET:
        raise TransportBroken(f"a packet of {length} bytes")
    if len(buffer) < head + length:
        return None
    packet = bytes(buffer[head : head + length])
    del buffer[: head + length]
    return packet


_BY_TAG: dict[bytes, type[Codec]] = {
    b"\xef" * 4: Abridged,
    b"\xee" * 4: Intermediate,
    b"\xdd" * 4: PaddedIntermediate,
}


class Framing:
    """Learns a client's transport from its first bytes, then takes its stream apart and frames the answers."""

    def __init__(self) -> None:
        self._codec: Codec | None = None
        self._buffer = bytearray()
        self._incoming: Any = None
        self._outgoing: Any = None

    def feed(self, data: bytes) -> list[bytes]:
        """Every packet completed by these bytes, oldest first. Raises TransportBroken; the line is then lost."""
        self._buffer += self._incoming.encrypt(data) if self._incoming else data
        self._codec = self._codec or self._recognised()
        packets = []
        while self._codec and (packet := self._codec.take(self._buffer)) is not None:
            packets.append(packet)
        return packets

    def frame(self, packet: bytes) -> bytes:
        """The packet as this client's transport wants it. Only after `feed` has given a packet."""
        if self._codec is None:
            raise TransportBroken("nothing may be sent before the client has spoken")
        framed = self._codec.frame(packet)
        return self._outgoing.encrypt(framed) if self._outgoing else framed

    def _recognised(self) -> Codec | None:
        head = self._buffer
        if head[:1] == b"\xef":
            del head[:1]
            return Abridged()
        if len(head) < 8:
            return None
        if codec := _BY_TAG.get(bytes(head[:4])):
            del head[:4]
            return codec()
        if head[4:8] == bytes(4):  # the running number of the first full-transport packet
            return Full()
        return self._obfuscated() if len(head) >= OBFUSCATED_HEAD else None

    def _obfuscated(self) -> Codec:
        head, rest = bytes(self._buffer[:OBFUSCATED_HEAD]), bytes(self._buffer[OBFUSCATED_HEAD:])
        mirrored = head[55:7:-1]
        self._incoming = AESModeCTR(head[8:40], head[40:56])
        self._outgoing = AESModeCTR(mirrored[:32], mirrored[32:48])
        tag = self._incoming.encrypt(head)[56:60]
        if tag not in _BY_TAG:
            raise TransportBroken("unknown transport")
        self._buffer = bytearray(self._incoming.encrypt(rest)) if rest else bytearray()
        return _BY_TAG[tag]()
