"""What waits to leave on one socket: answers and events, bounded, events numbered as they leave."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from session_worker import metrics

MAX_WAITING: Final = 512
MAX_WAITING_BYTES: Final = 4 * 1024 * 1024

_STATE_OF: Final[Mapping[str, Callable[[Mapping[str, Any]], object]]] = {
    "chat.changed": lambda event: event["chat"]["id"],
    "chat.read": lambda event: (event["chat_id"], event["direction"]),
    "connection.changed": lambda event: event["account_id"],
    "sessions.changed": lambda event: event["account_id"],
    "standing.changed": lambda event: event["account_id"],
    "media.progress": lambda event: (event["chat_id"], event["client_id"], event["message_id"]),
    "sync.progress": lambda event: event["account_id"],
}
"""Events that tell a whole state: a newer one about the same thing makes an unsent older one pointless."""


class FellBehind(Exception):
    """The browser takes frames more slowly than they come; it must reconnect and read afresh."""


class SharedEncoding:
    """Encodes an event once for all the sockets it is given to: the hub hands each the same object, one by one."""

    def __init__(self) -> None:
        self._event: Mapping[str, Any] | None = None
        self._encoded = b""

    def of(self, event: Mapping[str, Any]) -> bytes:
        """The event's JSON. An event that was handed over is never changed."""
        if event is not self._event:
            self._event, self._encoded = event, msgspec.json.encode(event)
        return self._encoded


class SendQueue:
    """Frames of one socket in the order they leave. Not safe for threads; used on the loop alone."""

    def __init__(self) -> None:
        self._waiting: dict[object, tuple[bytes, bool]] = {}
        self._bytes = 0
        self._seq = 0
        self._unique = 0
        self._filled = asyncio.Event()

    def put_answer(self, answer: Mapping[str, Any]) -> None:
        """Queue an answer.

        Raises:
            FellBehind: there is no room.
        """
        self._put(None, msgspec.json.encode(answer), is_event=False)

    def put_event(self, event: Mapping[str, Any], encoded: bytes | None = None) -> None:
        """Queue an event without its `seq`; `encoded` is its JSON where several sockets share one encoding.

        Raises:
            FellBehind: there is no room.
        """
        self._put(_state_key(event), encoded or msgspec.json.encode(event), is_event=True)

    def clear(self) -> None:
        """Drop what has not left."""
        self._waiting.clear()
        self._bytes = 0

    async def take(self) -> bytes:
        """The next frame as it goes over the wire; waits for one. Its owner bounds the wait by cancelling it."""
        while not self._waiting:
            self._filled.clear()
            await self._filled.wait()
        return self.take_now()

    def take_now(self) -> bytes:
        """The next frame; there must be one."""
        body, is_event = self._waiting.pop(next(iter(self._waiting)))
        self._bytes -= len(body)
        return self.numbered(body) if is_event else body

    def numbered(self, event: bytes) -> bytes:
        """An event with the next number, for one that leaves now; nothing may be waiting before it."""
        self._seq += 1
        return b'{"seq":%d,%b' % (self._seq, event[1:])

    def __len__(self) -> int:
        return len(self._waiting)

    def _put(self, key: object, body: bytes, *, is_event: bool) -> None:
        if key is None:
            self._unique += 1
            key = self._unique
        replaced, _ = self._waiting.pop(key, (b"", False))
        self._bytes += len(body) - len(replaced)
        if replaced:
            metrics.FRAMES_REPLACED.add()
        if len(self._waiting) >= MAX_WAITING or self._bytes > MAX_WAITING_BYTES:
            self.clear()
            raise FellBehind
        self._waiting[key] = (body, is_event)
        self._filled.set()


def _state_key(event: Mapping[str, Any]) -> object:
    subject = _STATE_OF.get(event["type"])
    return None if subject is None else (event["type"], subject(event))
