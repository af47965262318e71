"""One client's TCP connection: packets in, packets out, and the MTProto session they belong to."""

import asyncio
import logging
import struct
from collections.abc import Callable
from typing import cast

from telethon.errors import TypeNotFoundError
from telethon.extensions import BinaryReader
from telethon.tl import types

from dev.telegram.keyring import Key
from dev.telegram.service import Service
from dev.telegram.tl import Tl
from dev.telegram.wire.encryption import Envelope, open_packet, seal_packet
from dev.telegram.wire.framing import Framing
from dev.telegram.wire.handshake import Handshake
from dev.telegram.wire.numbers import ANSWER, PUSH, Numbers, time_fault
from dev.telegram.wire.results import result_of, serialised
from dev.telegram.wire.rsa_key import ServerKey

logger = logging.getLogger(__name__)

_UNENCRYPTED = bytes(8)
_UNKNOWN_KEY = -404
_WRONG_SALT = 48

Dispatch = Callable[["Connection", Key, int, Tl], None]


class Connection(asyncio.Protocol):
    """Implements `service.Line`. `dispatch` gets every message of the session, with its id."""

    def __init__(
        self, service: Service, server_key: ServerKey, dc: int, dispatch: Dispatch, open_lines: set["Connection"]
    ) -> None:
        self._service = service
        self._server_key = server_key
        self._dispatch = dispatch
        self._open_lines = open_lines
        self._framing = Framing()
        self._numbers = Numbers()
        self._handshake: Handshake | None = None
        self._transport: asyncio.Transport | None = None
        self._session_id: int | None = None
        self._is_announced = False
        self.key: Key | None = None
        self.dc = dc
        self.ip = ""
        self.closed = False
        self.wants_updates = True
        self.first_spoke = 0
        self.bytes_in = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        self._transport = cast("asyncio.Transport", transport)
        self.ip = self._transport.get_extra_info("peername")[0]
        self._open_lines.add(self)
        if self._service.frozen:
            self.rest(resting=True)

    def connection_lost(self, _: Exception | None) -> None:
        """The client is gone, or was cut off."""
        self.closed = True
        self._open_lines.discard(self)
        if self.key is not None:
            self._service.lines[self.key.id].remove(self)

    def data_received(self, data: bytes) -> None:
        """Bytes of the client. What cannot be understood ends the line, as it does at Telegram."""
        self.bytes_in += len(data)
        try:
            for packet in self._framing.feed(data):
                self._received(packet)
        except ConnectionError as broken:
            logger.info("line closed", extra={"reason": str(broken)})
            self.close()

    def send(self, body: bytes, *, is_answer: bool = False, is_content: bool = True) -> None:
        """Encrypt and send TL; nothing happens on a closed line."""
        if not self.closed and self._transport is not None:
            self._transport.write(self._sealed(body, is_answer=is_answer, is_content=is_content))

    def answer(self, answer: Tl, *, is_content: bool = True) -> None:
        """Send a service message."""
        self.send(bytes(answer), is_answer=True, is_content=is_content)

    def answer_request(self, message_id: int, body: bytes) -> None:
        """Send a request's result."""
        self.send(result_of(message_id, body), is_answer=True)

    def answer_half(self, message_id: int, body: bytes) -> None:
        """Send half of a request's result, and end the connection there."""
        if self._transport is not None:
            whole = self._sealed(result_of(message_id, body), is_answer=True, is_content=True)
            self._transport.write(whole[: len(whole) // 2])
            self.close()

    def _sealed(self, body: bytes, *, is_answer: bool, is_content: bool) -> bytes:
        """TL as it travels; nothing before the client has said for whom it speaks."""
        if self.key is None or self._session_id is None:
            return b""
        envelope = Envelope(
            salt=self._service.salt,
            session_id=self._session_id,
            message_id=self._numbers.message_id(ANSWER if is_answer else PUSH),
            seq_no=self._numbers.seq_no(is_content=is_content),
            body=body,
        )
        return self._framing.frame(seal_packet(self.key.secret, self.key.id, envelope))

    def cut(self) -> None:
        """Break the connection at once, unsent bytes lost."""
        if self._transport is not None:
            self._transport.abort()

    def close(self) -> None:
        """End the connection once all is sent."""
        if self._transport is not None:
            self._transport.close()

    def rest(self, *, resting: bool) -> None:
        """Leave what the client sends in the kernel, or read on."""
        if self._transport is None or self.closed:
            return
        if resting:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def _received(self, packet: bytes) -> None:
        if packet[:8] == _UNENCRYPTED:
            self._answer_handshake(packet)
            return
        key = self._service.keyring.keys.get(packet[:8])
        if key is None or key.dc != self.dc:
            self._refuse_transport(_UNKNOWN_KEY)
            return
        envelope = open_packet(key.secret, packet)
        self._belongs_to(key)
        key.active_at = self._service.clock()
        if self._in_order(envelope):
            self._dispatch_body(key, envelope)

    def _answer_handshake(self, packet: bytes) -> None:
        self._handshake = self._handshake or Handshake(self._server_key)
        body = bytes(self._handshake.answer(BinaryReader(packet[20:]).tgread_object()))
        if self._handshake.auth_key is not None:
            self._service.keyring.add(self._handshake.auth_key, self.dc, self._service.clock())
            self._handshake = None
        head = struct.pack("<qqi", 0, self._numbers.message_id(ANSWER), len(body))
        self._write(head + body)

    def _refuse_transport(self, code: int) -> None:
        """Transport errors are a negative number in a frame of their own, and the end of the line."""
        self._write(struct.pack("<i", code))
        self.close()

    def _write(self, packet: bytes) -> None:
        if self._transport is not None:
            self._transport.write(self._framing.frame(packet))

    def _belongs_to(self, key: Key) -> None:
        if self.key is key:
            return
        if self.key is not None:
            self._service.lines[self.key.id].remove(self)
        self.key = key
        self._service.lines.setdefault(key.id, []).append(self)

    def _in_order(self, envelope: Envelope) -> bool:
        """Whether the message may be handled; if not, the client was told what to mend.

        A client begins with salt 0, so its first answer is always the right salt, and the first message with it gets
        `new_session_created`: two packets more for each connect.
        """
        if envelope.session_id != self._session_id:
            self._session_id = envelope.session_id
            self._numbers.restart()
            self._is_announced = False
        if self._service.rules.strict_salts and envelope.salt != self._service.salt:
            salt = types.BadServerSalt(envelope.message_id, envelope.seq_no, _WRONG_SALT, self._service.salt)
            self.answer(salt)
            return False
        if not self._is_announced:
            self._is_announced = True
            unique = self._service.rng.getrandbits(64) - (1 << 63)
            self.answer(types.NewSessionCreated(envelope.message_id, unique, self._service.salt))
        if (code := time_fault(envelope.message_id)) is not None:
            self.answer(types.BadMsgNotification(envelope.message_id, envelope.seq_no, code))
            return False
        return True

    def _dispatch_body(self, key: Key, envelope: Envelope) -> None:
        try:
            message = BinaryReader(envelope.body).tgread_object()
        except TypeNotFoundError as unknown:  # a method newer than our TL: refuse it, keep the line
            name = f"INPUT_METHOD_INVALID_{unknown.invalid_constructor_id:08X}"
            self._service.missing[name] += 1
            self.answer_request(envelope.message_id, serialised(types.RpcError(400, name)))
            return
        self._dispatch(self, key, envelope.message_id, message)
