"""MTProto 2.0 message encryption, the server's direction. Source: https://core.telegram.org/mtproto/description."""

import os
import struct
from dataclasses import dataclass
from hashlib import sha256

from telethon.crypto import AES

_HEAD = struct.Struct("<qqqii")
_FROM_CLIENT = 0
_FROM_SERVER = 8
_BLOCK = 16
_LEAST_PADDING = 12


class PacketForged(ConnectionError):
    """The packet was not made with the key it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What stands inside an encrypted packet. Ids and salt are signed 64-bit numbers."""

    salt: int
    session_id: int
    message_id: int
    seq_no: int
    body: bytes


def open_packet(key: bytes, packet: bytes) -> Envelope:
    """Decrypt what a client sent. `key`: the 256 bytes of the key the packet names. Raises PacketForged."""
    message_key = packet[8:24]
    data = bytes(AES.decrypt_ige(packet[24:], *_key_and_iv(key, message_key, _FROM_CLIENT)))
    if sha256(key[88:120] + data).digest()[8:24] != message_key:
        raise PacketForged("wrong message key")
    salt, session_id, message_id, seq_no, length = _HEAD.unpack_from(data)
    body = data[_HEAD.size : _HEAD.size + length]
    return Envelope(salt=salt, session_id=session_id, message_id=message_id, seq_no=seq_no, body=body)


def seal_packet(key: bytes, key_id: bytes, envelope: Envelope) -> bytes:
    """Encrypt what the server sends. `key_id`: 8 bytes."""
    head = _HEAD.pack(envelope.salt, envelope.session_id, envelope.message_id, envelope.seq_no, len(envelope.body))
    data = head + envelope.body
    data += os.urandom(-(len(data) + _LEAST_PADDING) % _BLOCK + _LEAST_PADDING)
    message_key = sha256(key[96:128] + data).digest()[8:24]
    return key_id + message_key + bytes(AES.encrypt_ige(data, *_key_and_iv(key, message_key, _FROM_SERVER)))


def _key_and_iv(key: bytes, message_key: bytes, x: int) -> tuple[bytes, bytes]:
    a = sha256(message_key + key[x : x + 36]).digest()
    b = sha256(key[x + 40 : x + 76] + message_key).digest()
    return a[:8] + b[8:24] + a[24:32], b[:8] + a[8:24] + b[24:32]
