"""Messages, the boxes they lie in, and the log of each box that clients catch up from."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class PeerKind(StrEnum):
    """What one writes to."""

    USER = "user"
    GROUP = "group"
    CHANNEL = "channel"


class Peer(NamedTuple):
    """A chat as the owner of a box sees it."""

    kind: PeerKind
    id: int


@dataclass(slots=True, kw_only=True)
class Media:
    """A picture or document on a message.

    `attributes`: TL of each, as bytes; the world does not look inside. `stripped`: a preview of a few bytes, or none.
    """

    kind: str
    file_id: int
    mime: str
    size: int
    dc: int
    made_at: datetime
    width: int = 0
    height: int = 0
    attributes: list[bytes] = field(default_factory=list)
    stripped: bytes = b""


@dataclass(slots=True, kw_only=True)
class Message:
    """One copy of a message. In private chats and basic groups everybody has a copy of their own, with its own id;
    `letter` is the same on all copies. `entities`: TL of each, as bytes. `post`: stands in a broadcast channel, where
    nobody sees who wrote. `reactions`: user id to emoji. `forwarded_channel`: the channel a forwarded post stood in.
    """

    id: int
    letter: int
    peer: Peer
    sender_id: int
    sent_at: datetime
    text: str
    out: bool = False
    post: bool = False
    media: Media | None = None
    entities: list[bytes] = field(default_factory=list)
    reply_to: int | None = None
    edited_at: datetime | None = None
    grouped_id: int | None = None
    forwarded_from: int | None = None
    forwarded_channel: int | None = None
    silent: bool = False
    from_scheduled: bool = False
    pinned: bool = False
    reactions: dict[int, str] = field(default_factory=dict)


class EventKind(StrEnum):
    """What can happen in a box."""

    NEW = "new"
    EDITED = "edited"
    DELETED = "deleted"
    READ_IN = "read_in"
    READ_OUT = "read_out"
    PINNED = "pinned"
    UNPINNED = "unpinned"


@dataclass(slots=True, kw_only=True)
class Event:
    """One step of a box: after it the box stands at `pts`, which grew by `count`."""

    kind: EventKind
    pts: int
    count: int
    message_ids: list[int] = field(default_factory=list)
    peer: Peer | None = None
    up_to_id: int = 0
    unread: int = 0


class Sent(NamedTuple):
    """Where the first message of a `random_id` went; one that `is_scheduled` has an id among those."""

    peer: Peer
    message_id: int
    pts: int
    is_scheduled: bool = False


@dataclass(slots=True, kw_only=True)
class Box:
    """Messages under one numbering: of a user (private chats and basic groups together) or of one channel.

    pts starts at 1, never 0: clients take 0 for "no state yet" and refuse to ask for a difference from there.
    """

    pts: int = 1
    next_id: int = 1
    messages: dict[int, Message] = field(default_factory=dict)
    log: list[Event] = field(default_factory=list)

    def put(self, message: Message) -> Event:
        """Give the message the next id and keep it."""
        message.id = self.next_id
        self.next_id += 1
        self.messages[message.id] = message
        return self.record(EventKind.NEW, message_ids=[message.id], peer=message.peer)

    def record(
        self,
        kind: EventKind,
        *,
        message_ids: list[int] | None = None,
        peer: Peer | None = None,
        up_to_id: int = 0,
        unread: int = 0,
    ) -> Event:
        """Advance the box by one, or by the number of deleted messages, and log why."""
        count = len(message_ids or ()) if kind is EventKind.DELETED else 1
        self.pts += count
        event = Event(
            kind=kind,
            pts=self.pts,
            count=count,
            message_ids=message_ids or [],
            peer=peer,
            up_to_id=up_to_id,
            unread=unread,
        )
        self.log.append(event)
        return event

    def since(self, pts: int) -> list[Event]:
        """Every event after that pts, oldest first."""
        return self.log[bisect_right(self.log, pts, key=lambda event: event.pts) :]

    def newest(self, peer: Peer) -> Message | None:
        """The last message of one chat: a walk from the end, long only for chats that went quiet."""
        return next((message for message in reversed(self.messages.values()) if message.peer == peer), None)


@dataclass(slots=True, kw_only=True)
class Unsent:
    """What a person has typed in a chat and not sent. `entities`: TL of each, as bytes."""

    text: str
    entities: list[bytes]
    reply_to: int | None
    saved_at: datetime


@dataclass(slots=True, kw_only=True)
class Dialog:
    """One chat in one person's list. `top_id` 0: no message yet, so it is not listed. `marked`: as unread, by hand."""

    top_id: int = 0
    top_at: datetime | None = None
    unread: int = 0
    read_in: int = 0
    read_out: int = 0
    pinned: bool = False
    marked: bool = False
    draft: Unsent | None = None
