"""Tickets as they travel."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.features.files.schemas import FileOut
from chalicelib.features.tickets.model.facts import TicketsQueryInvalid
from chalicelib.features.tickets.model.fields import MAX_FIELDS
from chalicelib.features.tickets.model.listing import MAX_PAGE, Order, Reckoned, TicketFilters
from chalicelib.features.tickets.model.sla import Priority, Reckoning, SlaState
from chalicelib.features.tickets.model.tickets import (
    MAX_CHATS,
    MAX_DESCRIPTION_CHARACTERS,
    MAX_FILES,
    MAX_QUOTES,
    ChangeTicket,
    CreateTicket,
    Part,
    Quote,
    Stamp,
    Status,
)
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.ids import ChatId, ColumnId, TicketId, UserId
from chalicelib.kernel.pages import Page

_Title = Annotated[str, msgspec.Meta(min_length=1, max_length=800)]
"""A title before it is composed and trimmed; the rule itself is kernel/names."""
_Description = Annotated[str, msgspec.Meta(max_length=4 * MAX_DESCRIPTION_CHARACTERS)]
_Version = Annotated[int, msgspec.Meta(ge=1)]
_Value = str | int | float | bool | list[str] | None
_Values = Annotated[dict[str, _Value], msgspec.Meta(max_length=MAX_FIELDS)]
"""Values of the workspace's own fields by their ids, each as a column of its type takes it; null clears one."""
_FileIds = Annotated[list[str], msgspec.Meta(max_length=MAX_FILES)]
_ChatIds = Annotated[list[str], msgspec.Meta(max_length=MAX_CHATS)]


class QuoteIn(msgspec.Struct, forbid_unknown_fields=True):
    """A message of one of the linked chats, by reference."""

    chat_id: str
    message_id: int


_Quotes = Annotated[list[QuoteIn], msgspec.Meta(max_length=MAX_QUOTES)]


class TicketIn(msgspec.Struct, forbid_unknown_fields=True):
    """A ticket to make. `due_on` is a day like 2026-02-28, `assignee` a member with a Pro seat."""

    title: _Title
    description: _Description = ""
    status: Status = Status.NEW
    priority: Priority = Priority.MEDIUM
    assignee: str | None = None
    due_on: str | None = None
    chat_ids: _ChatIds = []
    quotes: _Quotes = []
    file_ids: _FileIds = []
    values: _Values = {}

    def to_command(self) -> CreateTicket:
        """As the use case takes it."""
        return CreateTicket(
            title=self.title,
            description=self.description,
            status=self.status,
            priority=self.priority,
            assignee=self.assignee,
            due_on=self.due_on,
            chat_ids=tuple(self.chat_ids),
            quotes=_quotes(self.quotes),
            file_ids=tuple(self.file_ids),
            values={ColumnId(key): value for key, value in self.values.items()},
        )


class TicketChangeIn(msgspec.Struct, forbid_unknown_fields=True):
    """What to change of a ticket; what is left out stays. Lists are whole: chats left out are unlinked. Values are not.

    `version` is the one the caller saw; without it the last writer wins. Two people may change two parts at once.
    """

    version: _Version | None = None
    title: _Title | UnsetType = UNSET
    description: _Description | UnsetType = UNSET
    status: Status | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    assignee: str | UnsetType | None = UNSET
    due_on: str | UnsetType | None = UNSET
    chat_ids: _ChatIds | UnsetType = UNSET
    quotes: _Quotes | UnsetType = UNSET
    file_ids: _FileIds | UnsetType = UNSET
    values: _Values = {}

    def to_command(self, ticket_id: TicketId) -> ChangeTicket:
        """As the use case takes it."""
        said = {part: getattr(self, part.value) for part in Part}
        parts: dict[Part, Any] = {part: value for part, value in said.items() if value is not UNSET}
        if Part.QUOTES in parts:
            parts[Part.QUOTES] = _quotes(parts[Part.QUOTES])
        for part in {Part.CHAT_IDS, Part.FILE_IDS} & parts.keys():
            parts[part] = tuple(parts[part])
        values = {ColumnId(key): value for key, value in self.values.items()}
        return ChangeTicket(ticket_id=ticket_id, parts=parts, values=values, version=self.version)


def _quotes(quotes: list[QuoteIn]) -> tuple[Quote, ...]:
    return tuple(Quote(chat_id=ChatId(quote.chat_id), message_id=quote.message_id) for quote in quotes)


class TicketsQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which tickets: several of a kind are separated by commas. `assignee` takes ids, `me` and `nobody`.

    `text` takes what holds each of its words in title or description, or has the number. Newest first a page may be
    short and still not the last; in another order it holds at most 100.
    """

    status: str | None = None
    priority: str | None = None
    assignee: str | None = None
    sla: str | None = None
    chat_id: str | None = None
    text: Annotated[str, msgspec.Meta(max_length=200)] = ""
    order: Literal["newest", "oldest", "changed", "urgency", "priority", "status", "due_on", "title"] = "newest"
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = 100
    cursor: str | None = None

    def to_filters(self, asking: UserId) -> TicketFilters:
        """As the use case takes them. Raises TicketsQueryInvalid."""
        return TicketFilters(
            statuses=_several("status", self.status, Status),
            priorities=_several("priority", self.priority, Priority),
            assignees=None if self.assignee is None else _people(self.assignee, asking),
            sla=_several("sla", self.sla, SlaState),
            chat_id=None if self.chat_id is None else ChatId(self.chat_id),
            text=self.text,
        )

    def to_order(self) -> Order:
        """As the use case takes it."""
        return Order(self.order)


def _several(name: str, text: str | None, kind: Any) -> set[Any] | None:
    if text is None:
        return None
    try:
        return {kind(each) for each in text.split(",")}
    except ValueError:
        known = ", ".join(kind)
        raise TicketsQueryInvalid(blames=(Blame(f"/{name}", f"expected some of {known}"),)) from None


def _people(text: str, asking: UserId) -> set[UserId | None]:
    special: dict[str, UserId | None] = {"me": asking, "nobody": None}
    return {special.get(each, UserId(each)) for each in text.split(",")}


class StampOut(msgspec.Struct, forbid_unknown_fields=True):
    """Who and when; `by` is null for what no member did."""

    at: datetime
    by: str | None


class QuoteOut(msgspec.Struct, forbid_unknown_fields=True):
    """A message by reference: what it says is read at Telegram, by those connected to the chat's account."""

    chat_id: str
    message_id: int


class SlaOut(msgspec.Struct, forbid_unknown_fields=True):
    """How a ticket stood towards its promise when this was answered.

    It is at risk from `warns_at` on and late from `due_at` on; both are null without a promise and while the clock
    stands still, `left_s` then is what is left.
    """

    state: SlaState
    hours: int | None
    due_at: datetime | None
    warns_at: datetime | None
    left_s: int | None
    done_at: datetime | None

    @classmethod
    def of(cls, sla: Reckoning, now: datetime) -> "SlaOut":
        """As it travels."""
        return cls(
            state=sla.state_at(now),
            hours=sla.hours,
            due_at=sla.due_at,
            warns_at=sla.warns_at,
            left_s=None if sla.left is None else int(sla.left.total_seconds()),
            done_at=sla.done_at,
        )


class TicketOut(msgspec.Struct, forbid_unknown_fields=True):
    """A ticket. `solved` and `closed` say who did that and when, while it is so; `chat_ids` name CRM cards.

    `values` are those of the workspace's own fields, as far as there are any.
    """

    id: str
    number: int
    title: str
    description: str
    status: Status
    priority: Priority
    assignee: str | None
    due_on: str | None
    chat_ids: list[str]
    quotes: list[QuoteOut]
    files: list[FileOut]
    values: dict[str, _Value]
    created: StampOut
    changed_at: datetime
    solved: StampOut | None
    closed: StampOut | None
    sla: SlaOut
    version: int

    @classmethod
    def of(cls, reckoned: Reckoned, now: datetime) -> "TicketOut":
        """As it travels."""
        ticket = reckoned.ticket
        return cls(
            id=ticket.id,
            number=ticket.number,
            title=ticket.title,
            description=ticket.description,
            status=ticket.status,
            priority=ticket.priority,
            assignee=ticket.assignee,
            due_on=ticket.due_on,
            chat_ids=list(ticket.chat_ids),
            quotes=[QuoteOut(chat_id=quote.chat_id, message_id=quote.message_id) for quote in ticket.quotes],
            files=[FileOut.of(file) for file in reckoned.files],
            values={str(field_id): value for field_id, value in ticket.values.items()},
            created=_stamp(ticket.created),
            changed_at=ticket.changed_at,
            solved=None if ticket.solved is None else _stamp(ticket.solved),
            closed=None if ticket.closed is None else _stamp(ticket.closed),
            sla=SlaOut.of(reckoned.sla, now),
            version=ticket.version,
        )


def _stamp(stamp: Stamp) -> StampOut:
    return StampOut(at=stamp.at, by=stamp.by)


class TicketsOut(msgspec.Struct, forbid_unknown_fields=True):
    """A page of tickets; `next_cursor` is null on the last one."""

    tickets: list[TicketOut]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[Reckoned], now: datetime) -> "TicketsOut":
        """As it travels."""
        return cls(tickets=[TicketOut.of(each, now) for each in page.items], next_cursor=page.next_cursor)
