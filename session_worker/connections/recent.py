"""Which chat a recent message was in: a ring of numbers, 16 bytes a message."""

from array import array
from typing import Final

SIZE: Final = 512


class RecentMessages:
    """The last messages of private chats and groups, since Telegram names no chat when it deletes one."""

    __slots__ = ("_chats", "_ids", "_next")

    def __init__(self) -> None:
        self._ids = array("q")
        self._chats = array("q")
        self._next = 0

    def add(self, message_id: int, marked: int) -> None:
        """Remember a message's chat, by its marked id; the oldest is forgotten."""
        if len(self._ids) < SIZE:
            self._ids.append(message_id)
            self._chats.append(marked)
        else:
            self._ids[self._next], self._chats[self._next] = message_id, marked
            self._next = (self._next + 1) % SIZE

    def chat_of(self, message_id: int) -> int | None:
        """The chat of a message, if it is remembered; a look through the ring, since deletions are rare."""
        try:
            return self._chats[self._ids.index(message_id)]
        except ValueError:
            return None
