"""Telethon's connection to a data centre, lean and under our lease: one Protocol, no streams, queues or tasks.

Telethon's own keeps a pair of streams, two queues and two tasks a connection: 16 KB of its 44 (bench `worker_memory`).
Nothing is handed to the kernel once the lease has run out, but for the rest of one packet that was begun before, and
`abort_all` ends every line of the process at once: what the kernel still holds of them is not sent either.
"""

import asyncio
import socket
import struct
from collections import deque
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any, ClassVar, Final

from telethon.errors import InvalidBufferError
from telethon.network.connection.connection import Connection
from telethon.network.connection.tcpintermediate import IntermediatePacketCodec

from chalicelib.features.accounts.model import Proxy
from chalicelib.logs import log
from session_worker.telegram import proxied
from session_worker.telegram.disguise import Disguise, with_noise, without_noise
from session_worker.telegram.proxied import DataCentreAt, Way

_LENGTH = struct.Struct("<i")
_INTERMEDIATE = b"\xee\xee\xee\xee"
_LARGEST_PACKET = 16 * 1024 * 1024
_UNSENT_IS_DROPPED: Final = struct.pack("ii", 1, 0)
"""SO_LINGER: closing resets the line, and the kernel repeats nothing of what the other side did not take."""


class NotLoopback(RuntimeError):
    """Without credentials of its own this installation speaks to nothing but the stand-in on this machine."""


class LeaseRunOut(ConnectionError):
    """This task may no longer speak for its connections."""


class _Packets(asyncio.Protocol):
    """Cuts the stream into packets. Source: https://core.telegram.org/mtproto/mtproto-transports, Intermediate."""

    __slots__ = ("_buffer", "_owner")

    def __init__(self, owner: "LeanConnection") -> None:
        self._owner = owner
        self._buffer = b""

    def data_received(self, data: bytes) -> None:
        disguise = self._owner.disguise
        if disguise is not None:
            try:
                data = disguise.open(data)
            except ValueError:
                self._owner.abort()
                return
        buffer = self._buffer + data if self._buffer else data
        start, end = 0, len(buffer)
        while end - start >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(buffer, start)
            if not 0 <= length <= _LARGEST_PACKET:
                self._owner.abort()
                return
            if end - start - _LENGTH.size < length:
                break
            start += _LENGTH.size
            self._owner.take(buffer[start : start + length])
            start += length
        self._buffer = buffer[start:]

    def pause_writing(self) -> None:
        self._owner.is_full = True

    def resume_writing(self) -> None:
        self._owner.go_on()

    def connection_lost(self, _: Exception | None) -> None:
        self._owner.lost()


class Turnstile:
    """Lets so many packets be handled in one turn of the event loop, so that what they cause can leave in between.

    Without it a flood of updates would fill a browser's queue before its socket is written to once.
    """

    PACKETS_A_TURN: Final = 100

    def __init__(self) -> None:
        self._left = self.PACKETS_A_TURN
        self._waiting: deque[tuple[Callable[[bytes], None], bytes]] = deque()
        self._is_due = False

    def take(self, on_packet: Callable[[bytes], None], packet: bytes) -> None:
        """Handle a packet now, or in its order in a later turn."""
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._next)
        if self._left and not self._waiting:
            self._left -= 1
            on_packet(packet)
        else:
            self._waiting.append((on_packet, packet))

    def _next(self) -> None:
        self._left = self.PACKETS_A_TURN
        try:
            while self._left and self._waiting:
                self._left -= 1
                on_packet, packet = self._waiting.popleft()
                on_packet(packet)
        finally:  # one that raises must not hold up all the others
            self._is_due = bool(self._waiting)
            if self._is_due:
                asyncio.get_running_loop().call_soon(self._next)


class LeanConnection(Connection):  # type: ignore[misc]
    """What Telethon's senders need of a connection: connect, send, recv, disconnect and `_connected`.

    `recv` is for those who wait for each packet (logins, other data centres); `hand_to` for those who are called.
    """

    packet_codec = IntermediatePacketCodec
    permit: ClassVar[Any]
    """A function without arguments; Telethon makes the objects itself, so that it can only be handed to the class."""
    is_loopback_only: ClassVar[bool]
    proxy_timeout_s: ClassVar[float]
    """Less than whoever connects waits, so that it can be told whose silence it was."""
    open_ones: ClassVar["set[LeanConnection]"]
    turnstile: ClassVar[Turnstile]
    disguise: Disguise | None = None
    """What a line to an MTProxy goes through. The class's: of other lines none takes room for it."""

    def __init__(
        self,
        ip: str,
        port: int,
        dc_id: int,
        *,
        may_write: Callable[[], bool] | None = None,
        proxy: Proxy | None = None,
        **_: Any,
    ) -> None:
        """Deliberately without the base's own: that is what makes the queues. `proxy`: there is no way but through it.

        Telethon hands a client's proxy to every line it makes for it, those to other data centres too.
        `may_write`: asked in the place of the class's `permit`, by lines that may end before the process's lease.
        """
        self._ip, self._port, self._dc_id = ip, port, dc_id
        self._proxy = proxy
        self._may_write: Callable[[], bool] = may_write or self.permit
        self.is_full = False
        self._unsent: deque[bytes] | None = None
        self._connected = False
        self._transport: asyncio.Transport | None = None
        self._packets: deque[bytes] | None = None
        self._packet: bytes | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._on_packet: Callable[[bytes], None] | None = None
        self._on_lost: Callable[[Exception], None] | None = None

    async def connect(self, timeout: float | None = None) -> None:
        """Open the line.

        Raises:
            NotLoopback, ProxyNotAllowed: before anything was sent anywhere.
            OSError, TimeoutError, ProxyUnreachable, ProxyRefusedLogin: it can't be opened.
        """
        if self.is_loopback_only and not ip_address(self._ip).is_loopback:
            raise NotLoopback(self._ip)
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(timeout):
            if self._proxy is None:
                self._transport, _ = await loop.create_connection(lambda: _Packets(self), self._ip, self._port)
            else:
                way = await self._through(self._proxy)
                self.disguise = way.disguise
                self._transport, _ = await loop.create_connection(lambda: _Packets(self), sock=way.socket)
        self._transport.set_write_buffer_limits(high=0)  # so that packets wait here, where the lease is asked
        self._connected = True
        self.open_ones.add(self)
        self._write(_INTERMEDIATE if self.disguise is None else b"")  # a disguise says it in a head of its own

    async def disconnect(self) -> None:
        """Close the line; who waits in `recv` hears of it. What it could not take until now is not sent any more."""
        if self._transport is not None and self._transport.get_write_buffer_size():
            self._on_packet = self._on_lost = None
            self.abort()
            return
        transport, self._transport = self._transport, None
        self._connected = False
        self._on_packet = self._on_lost = None
        self.open_ones.discard(self)
        self._wake()
        if transport is not None:
            transport.close()

    async def send(self, data: bytes) -> None:
        """Write one packet. Raises as `write`."""
        self.write(data)

    def write(self, data: bytes) -> None:
        """Write one packet.

        Raises:
            ConnectionError: the line is down, or our lease has run out and it was ended.
        """
        if self.disguise is not None and self.disguise.is_padded:
            data = with_noise(data)
        self._write(_LENGTH.pack(len(data)) + data)

    def hand_to(self, on_packet: Callable[[bytes], None], on_lost: Callable[[Exception], None]) -> None:
        """Call these with each packet from now on, and once when the line is lost, in the place of `recv`."""
        waiting = [] if self._packet is None else [self._packet, *(self._packets or ())]
        self._packet = self._packets = None
        self._on_packet, self._on_lost = on_packet, on_lost
        for packet in waiting:
            self._handle(packet)
        if not self._connected:
            self.lost()

    async def recv(self) -> bytes:
        """The next packet.

        Raises:
            ConnectionError: the line is down.
            InvalidBufferError: Telegram answered with an error of the transport.
        """
        while self._packet is None:
            if not self._connected:
                raise ConnectionError("The line is down")
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        packet = self._packet
        self._packet = self._packets.popleft() if self._packets else None
        if len(packet) == _LENGTH.size:
            raise InvalidBufferError(packet)
        return packet

    def take(self, packet: bytes) -> None:
        """A packet arrived. One rests in a slot; a queue exists only while more than one waits."""
        if self.disguise is not None and self.disguise.is_padded:
            packet = without_noise(packet)
        if self._on_packet is not None:
            self.turnstile.take(self._handle, packet)
            return
        if self._packet is None:
            self._packet = packet
        elif self._packets is None:
            self._packets = deque((packet,))
        else:
            self._packets.append(packet)
        self._wake()

    def _handle(self, packet: bytes) -> None:
        """Have one packet taken. What cannot be taken ends this line, and this line alone."""
        if self._on_packet is None:
            return
        try:
            self._on_packet(packet)
        except Exception as crash:  # noqa: BLE001 - the border of a unit of work: anybody on the way can make a packet
            log.error("packet.crashed", crash=crash, size=len(packet))
            self.abort()

    def lost(self) -> None:
        """The other side closed, or the line broke."""
        self._connected = False
        self._transport = self._unsent = None
        self.open_ones.discard(self)
        self._wake()
        on_lost, self._on_packet, self._on_lost = self._on_lost, None, None
        if on_lost is not None:
            on_lost(ConnectionError("The line is down"))

    def abort(self) -> None:
        """End the line at once, without sending what is buffered here or in the kernel."""
        transport = self._transport
        self.lost()
        if transport is not None:
            held: socket.socket | None = transport.get_extra_info("socket")
            if held is not None:
                held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _UNSENT_IS_DROPPED)
            transport.abort()

    async def _through(self, proxy: Proxy) -> Way:
        there = DataCentreAt(self._dc_id, self._ip, self._port)
        return await proxied.through(
            proxy, there, timeout_s=self.proxy_timeout_s, is_loopback_only=self.is_loopback_only
        )

    def go_on(self) -> None:
        """The kernel has taken all of what it was given: give it what waits, as far as our lease lets us."""
        self.is_full = False
        while self._unsent and not self.is_full and self._transport is not None:
            if not self._may_write():
                self.abort()
                return
            self._transport.write(self._unsent.popleft())

    def _write(self, data: bytes) -> None:
        if not self._connected or self._transport is None:
            raise ConnectionError("The line is down")
        if not self._may_write():
            self.abort()
            raise LeaseRunOut("The lease has run out")
        if self.disguise is not None:
            data = self.disguise.seal(data)  # in the order it leaves in, whether at once or later
        if not self.is_full:
            self._transport.write(data)
        elif self._unsent is None:
            self._unsent = deque((data,))
        else:
            self._unsent.append(data)

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def connection_class(
    permit: Callable[[], bool], *, is_loopback_only: bool, proxy_timeout_s: float = 10
) -> type[LeanConnection]:
    """A connection class of one process: Telethon takes a class and makes the objects itself."""
    return type(
        "LeasedConnection",
        (LeanConnection,),
        {
            "permit": staticmethod(permit),
            "is_loopback_only": is_loopback_only,
            "proxy_timeout_s": proxy_timeout_s,
            "open_ones": set(),
            "turnstile": Turnstile(),
        },
    )


def abort_all(kind: type[LeanConnection]) -> int:
    """End every line of a process at once; returns how many there were."""
    lines = list(kind.open_ones)
    for line in lines:
        line.abort()
    return len(lines)
