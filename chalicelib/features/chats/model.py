"""A chat's metadata, its own fields, and what of it which member may see (product.md section 1.3). Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from chalicelib.features.fields.model import StoredValue
from chalicelib.kernel import emails, names
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.errors import Blame, Conflict, Invalid
from chalicelib.kernel.ids import AccountId, ChatId, ColumnId, UserId
from chalicelib.kernel.records import record

MAX_SEARCHED: Final = 1_000
"""Chats a query looks through for those its filter takes; rare ones are found by asking on from there."""
MAX_NAME_CHARACTERS: Final = 100
MAX_CHATS_AT_ONCE: Final = 1_000
"""That one request leaves out or brings in."""
CHUNK_CHATS: Final = 40
"""Of them in one transaction: their ids, twice, still fit the journal entry."""
_PHONE: Final = re.compile(r"\+?[0-9]{5,15}")
"""Digits as they are dialled. Source: ITU-T E.164, 6.1, at most 15 of them."""
_PHONE_FILLERS: Final = re.compile(r"[\s().\u2010-\u2015/-]")


class PeerKind(StrEnum):
    """What Telegram calls the other side; with its number it addresses the chat."""

    USER = "user"
    CHAT = "chat"
    CHANNEL = "channel"


class Direction(StrEnum):
    """Who wrote the last message, as the viewer would say."""

    YOU = "you"
    TEAMMATE = "teammate"
    CONTACT = "contact"


@record
class ChatMetadata:
    """What Telegram says of a chat, as the worker writes it.

    `last_sent_by` is the member whose send through us the last message was; None when it came from Telegram itself, or
    the workspace does not keep who sent what. `last_outgoing_at` is our own newest message, as far as we have seen one;
    `waiting_since` the first of theirs that nobody answered, by a message or by saying so. `is_excluded`: it stays out
    of the workspace, and is what it was when it was left out (decision 49).
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
    last_outgoing_at: datetime | None = None
    waiting_since: datetime | None = None
    is_excluded: bool = False

    def last_direction(self, viewer: UserId) -> Direction | None:
        """Who wrote last, to a viewer connected to the account: what left it by other ways is their own."""
        if self.last_message_at is None:
            return None
        if not self.last_is_outgoing:
            return Direction.CONTACT
        return Direction.YOU if self.last_sent_by in {None, viewer} else Direction.TEAMMATE

    def silent_since(self) -> datetime | None:
        """Since when nothing came from us: our newest message or, where we have seen none, since they wait or wrote."""
        return self.last_outgoing_at or self.waiting_since or self.last_message_at

    def is_answered(self) -> bool:
        """Whether somebody said that their last word needs no answer."""
        is_theirs = self.last_message_at is not None and not self.last_is_outgoing
        return is_theirs and self.waiting_since is None and self.expects_reply()

    def expects_reply(self) -> bool:
        """Whether somebody is at the other end who can wait: a channel's readers and programs do not."""
        return self.kind in {ChatKind.PRIVATE, ChatKind.GROUP}


@record
class RecordMessage:
    """A message came or went. `sent_by` is the member who sent it through us.

    Where others came before it that were not recorded one by one: `outgoing_at` is our newest among them, and
    `unanswered_since` the first of theirs behind that.
    """

    message_id: int
    at: datetime
    is_outgoing: bool
    sent_by: UserId | None
    unread_count: int
    outgoing_at: datetime | None = None
    unanswered_since: datetime | None = None


@record
class RecordGroup:
    """A group or channel was looked at, or changed. `invite_link` counts only where `is_link_told`: admins see it."""

    title: str
    member_count: int | None
    invite_link: str | None = None
    is_link_told: bool = False
    at: datetime


class Priority(StrEnum):
    """How much a chat matters."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class CardField(StrEnum):
    """What every chat has besides the workspace's columns, named as it is stored, travels and is filtered by."""

    ASSIGNEE = "assignee"
    PRIORITY = "priority"
    EMAIL = "email"
    PHONE = "phone"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"


class CardInvalid(Invalid):
    """A phone number that is none, or a priority there is not."""

    code = "card-invalid"
    title = "This does not fit the field."


class AssigneeNotConnected(Conflict):
    """Chats are assigned to members who are connected to their account, and this one is not, or not any more."""

    code = "assignee-not-connected"
    title = "Only people connected to the chat's account can be assigned to it."


class CardChanged(Conflict):
    """Somebody changed one of these fields first; `standing` is the card as it is now."""

    code = "card-changed"
    title = "Somebody changed this chat meanwhile."


@record
class CardFields:
    """A chat's own fields as people wrote them. `first_name` and `last_name` stand in for what Telegram calls it.

    `version` grows with each change, 0 before the first; `changed` is the version each field changed at last, so that
    two people who edit two fields at once are not in each other's way.
    """

    assignee: UserId | None = None
    priority: Priority | None = None
    email: str | None = None
    phone: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    version: int = 0
    changed: Mapping[CardField, int]

    def get(self, field: CardField) -> str | None:
        """One field's value."""
        value: str | None = getattr(self, field.value)
        return value

    def picked(self, fields: Mapping[CardField, str | None]) -> dict[str, str | None]:
        """What these fields hold, by name."""
        return {field.value: self.get(field) for field in fields}

    def differing(self, wanted: Mapping[CardField, str | None]) -> dict[CardField, str | None]:
        """Those wishes that are not so already."""
        return {field: value for field, value in wanted.items() if self.get(field) != value}

    def is_unseen(self, fields: Mapping[CardField, str | None], version: int) -> bool:
        """Whether one of these fields changed after the version that somebody saw."""
        return any(self.changed.get(field, 0) > version for field in fields)

    def with_changes(self, changes: Mapping[CardField, str | None]) -> "CardFields":
        """The next version, with these values."""
        version = self.version + 1
        changed = {**self.changed, **dict.fromkeys(changes, version)}
        values: dict[str, Any] = {field.value: value for field, value in changes.items()}
        return replace(self, **values, version=version, changed=changed)

    def name(self) -> str | None:
        """What people here call the chat, where they do."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or None


@record
class ExcludedChat:
    """A chat that stays out of the workspace, to somebody connected who may bring it in."""

    id: ChatId
    title: str
    kind: ChatKind
    member_count: int | None
    last_message_at: datetime | None


@record
class ExcludeChats:
    """Have chats of one account stay out of the workspace, or bring them in."""

    account_id: AccountId
    chat_ids: tuple[ChatId, ...]
    is_excluded: bool


class MessageArrived(Conflict):
    """Something newer came than what somebody looked at when they said that it needs no answer, or it was ours."""

    code = "message-arrived"
    title = "There is a newer message. Look again."


@record
class WaitingChat:
    """Who waits in a chat since when, whose it is, and since when those waited of whom somebody was told."""

    id: ChatId
    assignee: UserId | None
    waiting_since: datetime | None
    silent_since: datetime | None
    waiting_told: datetime | None
    silent_told: datetime | None


@record
class MarkAnswered:
    """Say that the last message of a chat, which is theirs, needs no answer, or that it does."""

    chat_id: ChatId
    message_id: int
    is_answered: bool


@record
class ChangeCard:
    """Give fields of a chat; None clears one. `version` is the card's the caller saw, 0 where nobody wrote any."""

    chat_id: ChatId
    fields: Mapping[CardField, str | None]
    version: int


def parsed_field(field: CardField, raw: str | None, *, pointer: str) -> str | None:
    """The value as it is stored; None clears, and so does text without a letter.

    Raises:
        EmailInvalid, NameInvalid, CardInvalid: blames `pointer`.
    """
    text = None if raw is None else raw.strip()
    if not text:
        return None
    match field:
        case CardField.EMAIL:
            return emails.parse(text, pointer=pointer)
        case CardField.PHONE:
            return _phone(text, pointer)
        case CardField.PRIORITY:
            return _priority(text, pointer)
        case CardField.FIRST_NAME | CardField.LAST_NAME:
            return names.parse(text, pointer=pointer, most=MAX_NAME_CHARACTERS)
        case CardField.ASSIGNEE:
            return text


def _phone(text: str, pointer: str) -> str:
    digits = _PHONE_FILLERS.sub("", text)
    if _PHONE.fullmatch(digits) is None:
        raise CardInvalid(blames=(Blame(pointer, "expected 5 to 15 digits, with or without a + before them"),))
    return digits


def _priority(text: str, pointer: str) -> Priority:
    try:
        return Priority(text)
    except ValueError:
        raise CardInvalid(blames=(Blame(pointer, f"expected one of {', '.join(Priority)}"),)) from None


@record
class QueryChats:
    """Which chats somebody wants: those a filter takes, its JSON as it came. Days begin in `time_zone`."""

    filter: Mapping[str, Any]
    time_zone: str
    limit: int
    cursor: str | None


@record
class PrivateSide:
    """What only members connected to the chat's account see.

    `waiting_since`: they wait for our reply since then; None where they do not, or where it `is_answered` as it is.
    `silent_since`: nothing from us since then, as far as we know.
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
    is_answered: bool


@record
class Counts:
    """How much hangs on a chat: comments that stand, answers included, and tickets that are linked to it."""

    comments: int = 0
    tickets: int = 0


@record
class ChatCard:
    """A chat as one member may see it; `private` is None for those not connected to its account.

    `title` is what people here call it, or else what Telegram does.
    """

    id: ChatId
    account_id: AccountId
    title: str
    telegram_title: str
    kind: ChatKind
    fields: CardFields
    values: Mapping[ColumnId, StoredValue]
    counts: Counts
    private: PrivateSide | None
    is_excluded: bool


def card(
    chat: ChatMetadata,
    fields: CardFields,
    values: Mapping[ColumnId, StoredValue],
    counts: Counts,
    connected: UserId | None,
) -> ChatCard:
    """The chat's card. `connected` is the viewer when they are connected to its account, else None."""
    return ChatCard(
        id=chat.id,
        account_id=chat.account_id,
        title=fields.name() or chat.title,
        telegram_title=chat.title,
        kind=chat.kind,
        fields=fields,
        values=values,
        counts=counts,
        is_excluded=chat.is_excluded,
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
        waiting_since=chat.waiting_since if chat.expects_reply() else None,
        silent_since=chat.silent_since() if chat.expects_reply() else None,
        is_answered=chat.is_answered(),
    )
