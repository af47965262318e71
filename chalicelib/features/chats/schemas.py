"""Chats as they travel."""

from datetime import datetime
from typing import Annotated, Any

import msgspec

from chalicelib.features.chats.model import ChatCard, ChatKind, Direction, PrivateSide, QueryChats
from chalicelib.features.fields.schemas import ValueOut
from chalicelib.kernel.pages import Page

MAX_PAGE = 500


class ChatsQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which page of which chats; without `account_id` those of all accounts."""

    account_id: str | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = 100
    cursor: str | None = None


class PrivateOut(msgspec.Struct, forbid_unknown_fields=True):
    """What only members connected to the account see."""

    username: str | None
    member_count: int | None
    unread_count: int
    last_message_id: int
    last_message_at: datetime | None
    last_direction: Direction | None
    pinned: bool
    invite_link: str | None

    @classmethod
    def of(cls, side: PrivateSide) -> "PrivateOut":
        """The private side of a card."""
        return cls(
            username=side.username,
            member_count=side.member_count,
            unread_count=side.unread_count,
            last_message_id=side.last_message_id,
            last_message_at=side.last_message_at,
            last_direction=side.last_direction,
            pinned=side.pinned,
            invite_link=side.invite_link,
        )


class ChatOut(msgspec.Struct, forbid_unknown_fields=True):
    """A chat as the caller may see it. `values` has an entry for each column anything was ever written into."""

    id: str
    account_id: str
    title: str
    kind: ChatKind
    values: dict[str, ValueOut]
    private: PrivateOut | None

    @classmethod
    def of(cls, card: ChatCard) -> "ChatOut":
        """One card."""
        return cls(
            id=card.id,
            account_id=card.account_id,
            title=card.title,
            kind=card.kind,
            values={column_id: ValueOut.of_stored(value) for column_id, value in card.values.items()},
            private=None if card.private is None else PrivateOut.of(card.private),
        )


class FilterIn(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A filter: `all` or `any` with a list of filters, or `field`, `is` and mostly `value` (docs/filters.md)."""

    all: "list[FilterIn] | msgspec.UnsetType" = msgspec.UNSET
    any: "list[FilterIn] | msgspec.UnsetType" = msgspec.UNSET
    field: str | msgspec.UnsetType = msgspec.UNSET
    operator: str | msgspec.UnsetType = msgspec.field(name="is", default=msgspec.UNSET)
    value: str | int | float | bool | list[str | int | float] | msgspec.UnsetType | None = msgspec.UNSET

    def to_plain(self) -> dict[str, Any]:
        """As JSON values."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


class ChatsQueryIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which chats; without a filter all. Days begin in `time_zone`, a name like Europe/Berlin."""

    filter: FilterIn | None = None
    time_zone: Annotated[str, msgspec.Meta(min_length=1, max_length=64)] = "UTC"
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = 100
    cursor: str | None = None

    def to_command(self) -> QueryChats:
        """As the use case takes it."""
        wanted = {"all": []} if self.filter is None else self.filter.to_plain()
        return QueryChats(filter=wanted, time_zone=self.time_zone, limit=self.limit, cursor=self.cursor)


class StoreKeyOut(msgspec.Struct, forbid_unknown_fields=True):
    """What a browser seals its copy of the rows under: 32 bytes in base64, good as long as the session."""

    key: str


class ChatsOut(msgspec.Struct, forbid_unknown_fields=True):
    """A page of chats."""

    chats: list[ChatOut]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[ChatCard]) -> "ChatsOut":
        """One page."""
        return cls(chats=[ChatOut.of(card) for card in page.items], next_cursor=page.next_cursor)
