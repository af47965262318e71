"""A login that is only listened to: one MTProto session of callbacks, 2 KB and no task.

It asks once what was missed, hears whether anything happens, pings, and says so to its owner, who then closes it and
opens a client. It reads nothing of what happened: no text passes through here. Never beside a client of the same login.
Source: https://core.telegram.org/mtproto/description and /api/updates#recovering-gaps.
"""

import hashlib
import os
import random
import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from telethon.crypto import AES
from telethon.errors import rpc_message_to_error
from telethon.extensions import BinaryReader
from telethon.network.mtprotostate import MTProtoState
from telethon.tl import functions, types

from chalicelib.kernel.errors import Fact
from session_worker.telegram import outcomes
from session_worker.telegram.outcomes import SessionEnded, TelegramAway
from session_worker.telegram.transport import LeanConnection

_HEAD: Final = struct.Struct("<qqqii")
_ID: Final = struct.Struct("<q")
_KIND: Final = struct.Struct("<I")
_RESULT: Final = 0xF35C6D01
_CONTAINER: Final = 0x73F1F8DC
_BAD_SALT: Final = types.BadServerSalt.CONSTRUCTOR_ID
_BAD_MESSAGE: Final = types.BadMsgNotification.CONSTRUCTOR_ID
_NEW_SESSION: Final = types.NewSessionCreated.CONSTRUCTOR_ID
_PONG: Final = types.Pong.CONSTRUCTOR_ID
_ERROR: Final = types.RpcError.CONSTRUCTOR_ID
_NOTHING_MISSED: Final = types.updates.DifferenceEmpty.CONSTRUCTOR_ID
_SAYS_NOTHING: Final = frozenset(
    kind.CONSTRUCTOR_ID for kind in (types.MsgsAck, types.MsgDetailedInfo, types.MsgNewDetailedInfo, types.FutureSalts)
)
_CLOCK_IS_WRONG: Final = (16, 17)
_LEAST_SEALED: Final = 48
"""Bytes of the smallest sealed message: its head and the least padding there is."""
_UNKNOWN_KEY: Final = -404

OnEnd = Callable[[Fact | None], None]


class Position:
    """Where a login stands in its updates."""

    __slots__ = ("date", "pts", "qts")

    def __init__(self, *, pts: int, qts: int, date: int) -> None:
        self.pts, self.qts, self.date = pts, qts, date

    def question(self) -> Any:
        """Asks what came after."""
        at = datetime.fromtimestamp(self.date, UTC)
        return functions.updates.GetDifferenceRequest(pts=self.pts, date=at, qts=self.qts)


class ParkedSession:
    """Listens for one login. `on_end` is called once: None when there is something to fetch, else why it is over."""

    __slots__ = (
        "_asked_id",
        "_is_ping_open",
        "_key",
        "_key_id",
        "_last_id",
        "_line",
        "_offset_s",
        "_on_end",
        "_position",
        "_preamble",
        "_salt",
        "_sequence",
        "_session_id",
        "is_quiet",
    )

    def __init__(
        self, line: LeanConnection, auth_key: Any, position: Position, preamble: Callable[[Any], Any], on_end: OnEnd
    ) -> None:
        """`preamble` wraps the first request, to tell Telegram who we are and of which layer."""
        self._line = line
        self._key: bytes = auth_key.key
        self._key_id = struct.pack("<Q", auth_key.key_id & (1 << 64) - 1)
        self._position = position
        self._preamble: Callable[[Any], Any] | None = preamble
        self._on_end: OnEnd | None = on_end
        self._salt = 0
        self._session_id: int = _ID.unpack(os.urandom(8))[0]
        self._sequence = 0
        self._last_id = 0
        self._offset_s = 0
        self._asked_id = 0
        self._is_ping_open = False
        self.is_quiet = False
        """Whether Telegram said that nothing was missed."""

    async def open(self, timeout_s: float) -> None:
        """Open the line and ask what was missed.

        Raises:
            OSError, TimeoutError, TelegramAway: there is no line.
        """
        await self._line.connect(timeout=timeout_s)
        self._line.hand_to(self._arrived, lambda _: self._end(TelegramAway()))
        self._ask()

    async def close(self) -> None:
        """End the line; nobody is called."""
        self._on_end = None
        await self._line.disconnect()

    async def look_after(self, *, is_check: bool) -> None:
        """Ping, or ask again what was missed; a ping that was not answered until now is the end."""
        if self._is_ping_open:
            self._end(TelegramAway())
            return
        self._is_ping_open = True
        self._send(bytes(functions.PingRequest(random.getrandbits(63))))
        if is_check:
            self._ask()

    def _ask(self) -> None:
        question = self._position.question()
        body = bytes(question if self._preamble is None else self._preamble(question))
        self._asked_id = self._send(body)

    def _send(self, body: bytes, *, is_content: bool = True) -> int:
        message_id = self._next_id()
        number = self._sequence * 2 + is_content
        self._sequence += is_content
        plain = _HEAD.pack(self._salt, self._session_id, message_id, number, len(body)) + body
        plain += os.urandom(-(len(plain) + 12) % 16 + 12)
        message_key = hashlib.sha256(self._key[88:120] + plain).digest()[8:24]
        sealed = AES.encrypt_ige(plain, *MTProtoState._calc_key(self._key, message_key, True))
        try:
            self._line.write(self._key_id + message_key + sealed)
        except OSError:
            self._end(TelegramAway())
        return message_id

    def _next_id(self) -> int:
        """Grows, and is the time in 2^-32 seconds, as Telegram wants it."""
        now = int((time.time() + self._offset_s) * (1 << 32)) & ~3
        self._last_id = max(now, self._last_id + 4)
        return self._last_id

    def _arrived(self, packet: bytes) -> None:
        if len(packet) == 4:
            is_key_unknown = int.from_bytes(packet, "little", signed=True) == _UNKNOWN_KEY
            self._end(SessionEnded(outcomes.KEY_UNKNOWN) if is_key_unknown else TelegramAway())
            return
        plain = self._opened(packet)
        if plain is None:
            self._end(TelegramAway())
            return
        _, session_id, message_id, _, length = _HEAD.unpack_from(plain)
        if session_id == self._session_id:
            self._take(message_id, plain[_HEAD.size : _HEAD.size + length])

    def _opened(self, packet: bytes) -> bytes | None:
        """What was sealed with our key; None for anything else, which whoever is on the way may have made."""
        sealed, message_key = packet[24:], packet[8:24]
        if packet[:8] != self._key_id or len(sealed) < _LEAST_SEALED or len(sealed) % 16:
            return None
        plain: bytes = AES.decrypt_ige(sealed, *MTProtoState._calc_key(self._key, message_key, False))
        is_ours = hashlib.sha256(self._key[96:128] + plain).digest()[8:24] == message_key
        return plain if is_ours else None

    def _take(self, message_id: int, body: bytes) -> None:
        """One message. What is no business of the protocol is news, and news is for a client."""
        match _KIND.unpack_from(body)[0]:
            case kind if kind == _CONTAINER:
                self._unpack(body)
            case kind if kind == _RESULT:
                self._answered(_ID.unpack_from(body, 4)[0], body[12:])
                self._send(bytes(types.MsgsAck([message_id])), is_content=False)
            case kind if kind == _BAD_SALT:
                (self._salt,) = _ID.unpack_from(body, 20)
                self._is_ping_open = False  # the ping may be what was refused, and an answer is an answer
                self._ask()
            case kind if kind == _NEW_SESSION:
                (self._salt,) = _ID.unpack_from(body, 20)
                self._send(bytes(types.MsgsAck([message_id])), is_content=False)
            case kind if kind == _PONG:
                self._is_ping_open = False
            case kind if kind == _BAD_MESSAGE:
                self._correct(message_id, struct.unpack_from("<i", body, 16)[0])
            case kind if kind not in _SAYS_NOTHING:
                self._end(None)

    def _unpack(self, body: bytes) -> None:
        (count,) = struct.unpack_from("<i", body, 4)
        place = 8
        for _ in range(count):
            message_id, _, length = struct.unpack_from("<qii", body, place)
            place += 16
            self._take(message_id, body[place : place + length])
            place += length

    def _answered(self, asked_id: int, result: bytes) -> None:
        if asked_id != self._asked_id:
            return
        match _KIND.unpack_from(result)[0]:
            case kind if kind == _NOTHING_MISSED:
                self._position.date = struct.unpack_from("<i", result, 4)[0]
                self._preamble = None
                self.is_quiet = True
            case kind if kind == _ERROR:
                refusal = BinaryReader(result).tgread_object()
                self._end(outcomes.fact_of(rpc_message_to_error(refusal, self._position.question())))
            case _:
                self._end(None)

    def _correct(self, message_id: int, code: int) -> None:
        """Telegram did not take a message: our clock is wrong, or something a fresh session mends."""
        if code not in _CLOCK_IS_WRONG:
            self._end(TelegramAway())
            return
        self._offset_s = (message_id >> 32) - int(time.time())
        self._last_id = 0
        self._ask()

    def _end(self, why: Fact | None) -> None:
        on_end, self._on_end = self._on_end, None
        if on_end is not None:
            on_end(why)
