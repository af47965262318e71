"""Telethon's sender without tasks: a packet is taken where it arrives, and what is sent leaves at the turn's end.

Telethon's own keeps two tasks, an event, three deques and a table of nineteen bound methods asleep an account. Every
private name used here is checked against the pinned version by tests/worker/telegram/test_lean.py (decision 0031).
"""

import asyncio
from array import array
from collections.abc import Callable, Coroutine
from typing import Any, Final

from telethon.errors import AuthKeyNotFound, InvalidBufferError, SecurityError, TypeNotFoundError
from telethon.extensions.messagepacker import MessagePacker
from telethon.network.mtprotosender import MTProtoSender
from telethon.network.requeststate import RequestState
from telethon.tl import TLRequest, types

from chalicelib.logs import log
from session_worker.telegram.transport import LeanConnection

_RECENT_IDS: Final = 64
_LAST_ACKS: Final = 3
_ACKS_WAIT: Final = 32
"""So many packets may wait for their receipt; Telethon would keep them all until the next request."""
_UPDATES: Final = 0x8AF52AAC
_KEY_UNKNOWN: Final = 404


class TelethonWaits(RuntimeError):
    """A part of Telethon that never waited does so now: it can't be called from here any more."""


def finished(work: Coroutine[Any, Any, Any]) -> Any:
    """The result of a coroutine that waits for nothing.

    Raises:
        TelethonWaits: it does.
    """
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    work.close()
    raise TelethonWaits(repr(work))


class RecentIds:
    """The last ids of messages, 8 bytes each; Telethon's deque takes 760 when it is empty."""

    __slots__ = ("_ids",)

    def __init__(self) -> None:
        self._ids: array[int] | None = None

    def append(self, message_id: int) -> None:
        """Remember one; the oldest is forgotten."""
        if self._ids is None:
            self._ids = array("q")
        elif len(self._ids) >= _RECENT_IDS:
            del self._ids[0]
        self._ids.append(message_id)

    def clear(self) -> None:
        """Forget all."""
        self._ids = None

    def __contains__(self, message_id: object) -> bool:
        return self._ids is not None and message_id in self._ids

    def __len__(self) -> int:
        return 0 if self._ids is None else len(self._ids)


class LastAcks(list[RequestState]):
    """Receipts that may have to be repeated with another salt. What is forgotten, Telegram sends once more."""

    def append(self, receipt: RequestState) -> None:
        """Remember one; the oldest is forgotten."""
        super().append(receipt)
        if len(self) > _LAST_ACKS:
            del self[0]


class _Waiting(list[RequestState]):
    """What Telethon's packer needs of a deque."""

    def popleft(self) -> RequestState:
        return self.pop(0)

    def appendleft(self, state: RequestState) -> None:
        self.insert(0, state)


class LeanPacker(MessagePacker):  # type: ignore[misc]
    """Requests on their way out; `on_waiting` is called with each. Deliberately without the base's own attributes."""

    def __init__(self, state: Any, loggers: Any, on_waiting: Callable[[], None]) -> None:
        self._state = state
        self._log = loggers["telethon.extensions.messagepacker"]
        self._deque = _Waiting()
        self._on_waiting = on_waiting

    def append(self, state: RequestState) -> None:
        """Have one more sent."""
        self._deque.append(state)
        self._on_waiting()

    def extend(self, states: Any) -> None:
        """Have more sent."""
        self._deque.extend(states)
        self._on_waiting()

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._deque

    def give_up(self, why: Exception) -> None:
        """Tell everybody who waits why nothing more is sent, and send nothing of it later."""
        waiting, self._deque = self._deque, _Waiting()
        for state in waiting:
            if not state.future.done():
                state.future.set_exception(why)
                state.future.exception()  # nobody waits for a ping, and asyncio complains where nobody asked

    def pack(self) -> tuple[list[RequestState] | None, bytes | None]:
        """The next packet's requests and bytes; (None, None) when none of them can be sent.

        A request nobody waits for any more is not sent: its asker was told that nobody knows, and may ask again.
        """
        self._deque[:] = [state for state in self._deque if not state.future.done()]
        if not self._deque:
            return None, None
        packed: tuple[list[RequestState] | None, bytes | None] = finished(self.get())
        return packed


class LeanSender(MTProtoSender):  # type: ignore[misc]
    """One MTProto session without tasks of its own: packets are taken in `arrived` and leave in `_flush`."""

    _methods: dict[int, Callable[..., Coroutine[Any, Any, None]]] | None = None
    """Telethon's table of handlers, once for all senders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if LeanSender._methods is None:
            LeanSender._methods = {number: bound.__func__ for number, bound in self._handlers.items()}
        del self._handlers
        self._send_queue = LeanPacker(self._state, self._loggers, self._flush_soon)
        self._last_acks = LastAcks()
        self._state._recent_remote_ids = RecentIds()
        self._is_flush_due = False
        self._ending: asyncio.Task[None] | None = None

    async def connect(self, connection: LeanConnection) -> bool:
        """Telethon's, with nothing left of the line before: its open ping would cut the new line at the first ping."""
        if not self._user_connected:
            self._ping = None
            self._send_queue.give_up(ConnectionError("The line is down"))
        is_new: bool = await super().connect(connection)
        return is_new

    async def _disconnect(self, error: Exception | None = None) -> None:
        """Telethon's, which fails what was sent, and would send on the next line what still waits on this one."""
        self._send_queue.give_up(ConnectionError("The line is down"))
        await super()._disconnect(error=error)

    def _start_reconnect(self, error: Exception | None) -> None:
        """Telethon's, and nothing of a line that is given up is repeated by the kernel beside the next one."""
        super()._start_reconnect(error)
        if self._reconnecting and self._connection is not None:
            self._connection.abort()

    async def _send_loop(self) -> None:
        """Telethon starts this when the line is open: send what waits. Nothing stays behind."""
        self._flush()

    async def _recv_loop(self) -> None:
        """Telethon starts this when the line is open: from now on packets come to us as they arrive."""
        line: LeanConnection = self._connection
        line.hand_to(self.arrived, self._start_reconnect)

    def arrived(self, packet: bytes) -> None:
        """Take one packet: what Telethon's `_recv_loop` does in a turn."""
        if not self._user_connected or self._reconnecting:
            return
        try:
            message = self._state.decrypt_message_data(packet)
        except (TypeNotFoundError, SecurityError):
            return  # not for us, or newer than our layer: the line goes on
        except InvalidBufferError as refused:
            self._end(AuthKeyNotFound() if refused.code == _KEY_UNKNOWN else refused)
            return
        except Exception as broken:  # noqa: BLE001 - whatever can't be read ends the line, as it does in Telethon
            self._start_reconnect(broken)
            return
        if message is not None:
            self._take(message)

    def _take(self, message: Any) -> None:
        try:
            if message.obj.SUBCLASS_OF_ID == _UPDATES:
                self._pending_ack.add(message.msg_id)
                self._updates_queue.put_nowait(message.obj)
            else:
                finished(self._process_message(message))
        except Exception as crash:  # noqa: BLE001 - one packet must not end the line; Telethon holds it the same way
            log.error("packet.crashed", crash=crash, kind=type(message.obj).__name__)
        if len(self._pending_ack) >= _ACKS_WAIT:
            self._flush_soon()

    async def _process_message(self, message: Any) -> None:
        """Telethon's, with a table of the class in the place of one a sender."""
        self._pending_ack.add(message.msg_id)
        methods = LeanSender._methods or {}
        await methods.get(message.obj.CONSTRUCTOR_ID, MTProtoSender._handle_update)(self, message)

    def _flush_soon(self) -> None:
        """Send at the end of this turn of the loop, so that what is asked for in one turn leaves in one packet."""
        if not self._is_flush_due and self._user_connected:
            self._is_flush_due = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        """Send what waits: what Telethon's `_send_loop` does in a turn."""
        self._is_flush_due = False
        if not self._user_connected or self._reconnecting:
            return
        if self._pending_ack:
            receipt = RequestState(types.MsgsAck(list(self._pending_ack)))
            self._pending_ack.clear()
            self._last_acks.append(receipt)
            self._send_queue._deque.append(receipt)
        while not self._send_queue.is_empty:
            batch, data = self._send_queue.pack()
            if batch and data and not self._send(batch, data):
                return

    def _send(self, batch: list[RequestState], data: bytes) -> bool:
        sealed = self._state.encrypt_message_data(data)
        for state in batch:  # pending from here on, whether or not the line holds
            if isinstance(state.request, TLRequest):
                self._pending_state[state.msg_id] = state
        try:
            self._connection.write(sealed)
        except OSError as broken:
            self._start_reconnect(broken)
            return False
        return True

    def _end(self, why: Exception) -> None:
        self._ending = asyncio.get_running_loop().create_task(self._disconnect(error=why), name="line ends")
