"""A chat's metadata, and what of it which member may see (product.md section 1.3). Pure."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from chalicelib.features.fields.model import StoredValue
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.ids import AccountId, ChatId, ColumnId, UserId
from chalicelib.kernel.records import record

MAX_SEARCHED: Final = 1_000
"""Chats a query looks through for those its filter takes; rare ones are found by asking on from there."""


class PeerKind(StrEnum):
    """What Telegram calls the other side; with its number it addresses the chat."""

    USER = "user"
    CHAT = "chat"
    CHANNEL = "channel"


class ChatKind(StrEnum):
    """What people call it."""

    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"
    BOT = "bot"


class Direction(StrEnum):
    """Who wrote the last message, as the viewer would say."""

    YOU = "you"
    TEAMMATE = "teammate"
    CONTACT = "contact"


@record
class ChatMetadata:
    """What Telegram says of a chat, as the worker writes it.

    `last_sent_by` is the member whose send through us the last message was; None when it came from Telegram itself, or
    the workspace does not keep who sent what.
    """

    id: ChatId
    account_id: AccountId
    peer_kind: PeerKind
    peer_id: int
    title: str
    kind: ChatKind
    username: str | None
    member_count: int | None
    unread_count: int
    last_message_id: int
    last_message_at: datetime | None
    last_is_outgoing: bool
    last_sent_by: UserId | None
    pinned: bool
    invite_link: str | None = None

    def last_direction(self, viewer: UserId) -> Direction | None:
        """Who wrote last, to a viewer connected to the account: what left it by other ways is their own."""
        if self.last_message_at is None:
            return None
        if not self.last_is_outgoing:
            return Direction.CONTACT
        return Direction.YOU if self.last_sent_by in {None, viewer} else Direction.TEAMMATE


@record
class RecordMessage:
    """A message came or went. `sent_by` is the member who sent it through us."""

    message_id: int
    at: datetime
    is_outgoing: bool
    sent_by: UserId | None
    unread_count: int


@record
class RecordGroup:
    """A group or channel was looked at, or changed. `invite_link` counts only where `is_link_told`: admins see it."""

    title: str
    member_count: int | None
    invite_link: str | None = None
    is_link_told: bool = False
    at: datetime


@record
class QueryChats:
    """Which chats somebody wants: those a filter takes, its JSON as it came. Days begin in `time_zone`."""

    filter: Mapping[str, Any]
    time_zone: str
    limit: int
    cursor: str | None


class TimeZoneUnknown(Invalid):
    """Not the name of a time zone. Source: the IANA time zone database."""

    code = "time-zone-unknown"
    title = "There is no such time zone."


@record
class PrivateSide:
    """What only members connected to the chat's account see."""

    username: str | None
    member_count: int | None
    unread_count: int
    last_message_id: int
    last_message_at: datetime | None
    last_direction: Direction | None
    pinned: bool
    invite_link: str | None


@record
class ChatCard:
    """A chat as one member may see it; `private` is None for those not connected to its account."""

    id: ChatId
    account_id: AccountId
    title: str
    kind: ChatKind
    values: Mapping[ColumnId, StoredValue]
    private: PrivateSide | None


def card(chat: ChatMetadata, values: Mapping[ColumnId, StoredValue], connected: UserId | None) -> ChatCard:
    """The chat's card. `connected` is the viewer when they are connected to its account, else None."""
    return ChatCard(
        id=chat.id,
        account_id=chat.account_id,
        title=chat.title,
        kind=chat.kind,
        values=values,
        private=None if connected is None else _private_side(chat, connected),
    )


def _private_side(chat: ChatMetadata, viewer: UserId) -> PrivateSide:
    return PrivateSide(
        username=chat.username,
        member_count=chat.member_count,
        unread_count=chat.unread_count,
        last_message_id=chat.last_message_id,
        last_message_at=chat.last_message_at,
        last_direction=chat.last_direction(viewer),
        pinned=chat.pinned,
        invite_link=chat.invite_link,
    )
