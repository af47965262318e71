"""Chats as they travel."""

from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.features.chats.model import (
    MAX_CHATS_AT_ONCE,
    CardField,
    CardFields,
    ChangeCard,
    ChatCard,
    Direction,
    ExcludeChats,
    ExcludedChat,
    MarkAnswered,
    Priority,
    PrivateSide,
    QueryChats,
)
from chalicelib.features.fields.schemas import ValueOut
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.ids import AccountId, ChatId
from chalicelib.kernel.pages import Page

MAX_PAGE = 500
MAX_TEXT = 300
"""Of a field as it arrives; what each may hold is less, and the model's to say."""


class ChatsQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which page of which chats; without `account_id` those of all accounts."""

    account_id: str | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = 100
    cursor: str | None = None


class PrivateOut(msgspec.Struct, forbid_unknown_fields=True):
    """What only members connected to the account see.

    `waiting_since`: they wait for a reply since then; `silent_since`: nothing from us since then, as far as is known.
    `answered`: the last word is theirs, and somebody said that it needs no answer.
    """

    username: str | None
    member_count: int | None
    unread_count: int
    last_message_id: int
    last_message_at: datetime | None
    last_direction: Direction | None
    pinned: bool
    invite_link: str | None
    waiting_since: datetime | None
    silent_since: datetime | None
    answered: bool

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
            waiting_since=side.waiting_since,
            silent_since=side.silent_since,
            answered=side.is_answered,
        )


_Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]


class CardIn(msgspec.Struct, forbid_unknown_fields=True):
    """Fields of a chat to set; null or nothing but spaces clears one, and those left out stay as they are.

    `assignee` is the id of a member who is connected to the chat's account. `version` is the card's that the caller
    saw: a field that changed after it is not written over.
    """

    version: Annotated[int, msgspec.Meta(ge=0)]
    assignee: _Text | UnsetType | None = UNSET
    priority: Priority | UnsetType | None = UNSET
    email: _Text | UnsetType | None = UNSET
    phone: _Text | UnsetType | None = UNSET
    first_name: _Text | UnsetType | None = UNSET
    last_name: _Text | UnsetType | None = UNSET

    def to_command(self, chat_id: ChatId) -> ChangeCard:
        """As the use cases take it."""
        given = {field: getattr(self, field.value) for field in CardField}
        fields = {field: value for field, value in given.items() if value is not UNSET}
        return ChangeCard(chat_id=chat_id, fields=fields, version=self.version)


class CardOut(msgspec.Struct, forbid_unknown_fields=True):
    """A chat's own fields, which the workspace shares.

    `version` grows with each change, 0 before the first; `changed` has the version each field changed at last.
    `first_name` and `last_name` are what the workspace calls the chat, where it does; `title` is made of them then.
    An `assignee` may have ended their connection since: they stay assigned, and the list of accounts shows it.
    """

    assignee: str | None
    priority: Priority | None
    email: str | None
    phone: str | None
    first_name: str | None
    last_name: str | None
    version: int
    changed: dict[CardField, int]

    @classmethod
    def of(cls, fields: CardFields) -> "CardOut":
        """The fields of a chat. Most have none, and a page has hundreds: those share one."""
        if fields.version == 0:
            return _UNWRITTEN
        return cls(
            assignee=fields.assignee,
            priority=fields.priority,
            email=fields.email,
            phone=fields.phone,
            first_name=fields.first_name,
            last_name=fields.last_name,
            version=fields.version,
            changed=dict(fields.changed),
        )


_UNWRITTEN: Final = CardOut(
    assignee=None, priority=None, email=None, phone=None, first_name=None, last_name=None, version=0, changed={}
)


class ChatOut(msgspec.Struct, forbid_unknown_fields=True):
    """A chat as the caller may see it. `values` has an entry for each column anything was ever written into; `comments`
    (answers included) and `tickets` are how many there are.

    `title` is what the workspace calls it, or else what Telegram does: `telegram_title`. One that is `excluded` stays
    out of the workspace: it stands in no list and has no card, and only those connected see it.
    """

    id: str
    account_id: str
    title: str
    telegram_title: str
    kind: ChatKind
    card: CardOut
    values: dict[str, ValueOut]
    comments: int
    tickets: int
    private: PrivateOut | None
    excluded: bool

    @classmethod
    def of(cls, card: ChatCard) -> "ChatOut":
        """One card."""
        return cls(
            id=card.id,
            account_id=card.account_id,
            title=card.title,
            telegram_title=card.telegram_title,
            kind=card.kind,
            card=CardOut.of(card.fields),
            values={column_id: ValueOut.of_stored(value) for column_id, value in card.values.items()},
            comments=card.counts.comments,
            tickets=card.counts.tickets,
            private=None if card.private is None else PrivateOut.of(card.private),
            excluded=card.is_excluded,
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


class AnsweredIn(msgspec.Struct, forbid_unknown_fields=True):
    """Whether the last message, which is theirs, needs no answer. `message_id` is the one the caller saw last."""

    message_id: Annotated[int, msgspec.Meta(ge=1)]
    answered: bool

    def to_command(self, chat_id: ChatId) -> MarkAnswered:
        """As the use case takes it."""
        return MarkAnswered(chat_id=chat_id, message_id=self.message_id, is_answered=self.answered)


class ExcludedQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which page of the chats that stay out."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = 100
    cursor: str | None = None


class ExcludedChatOut(msgspec.Struct, forbid_unknown_fields=True):
    """A chat that stays out of the workspace, as it was when it was left out."""

    id: str
    title: str
    kind: ChatKind
    member_count: int | None
    last_message_at: datetime | None

    @classmethod
    def of(cls, chat: ExcludedChat) -> "ExcludedChatOut":
        """One of them."""
        return cls(
            id=chat.id,
            title=chat.title,
            kind=chat.kind,
            member_count=chat.member_count,
            last_message_at=chat.last_message_at,
        )


class ExcludedChatsOut(msgspec.Struct, forbid_unknown_fields=True):
    """A page of them."""

    chats: list[ExcludedChatOut]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[ExcludedChat]) -> "ExcludedChatsOut":
        """One page."""
        return cls(chats=[ExcludedChatOut.of(chat) for chat in page.items], next_cursor=page.next_cursor)


class ExcludeIn(msgspec.Struct, forbid_unknown_fields=True):
    """Chats of one account that are to stay out of the workspace, or to be brought in."""

    chat_ids: Annotated[list[str], msgspec.Meta(max_length=MAX_CHATS_AT_ONCE)]
    excluded: bool

    def to_command(self, account_id: AccountId) -> ExcludeChats:
        """As the use case takes it."""
        chat_ids = tuple(map(ChatId, self.chat_ids))
        return ExcludeChats(account_id=account_id, chat_ids=chat_ids, is_excluded=self.excluded)


class ExcludedCountOut(msgspec.Struct, forbid_unknown_fields=True):
    """How many of the chats changed; for the others it was so already."""

    changed: int


class ChatsOut(msgspec.Struct, forbid_unknown_fields=True):
    """A page of chats."""

    chats: list[ChatOut]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[ChatCard]) -> "ChatsOut":
        """One page."""
        return cls(chats=[ChatOut.of(card) for card in page.items], next_cursor=page.next_cursor)
