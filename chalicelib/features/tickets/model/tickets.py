"""A ticket: what it holds, what fits into it, and what a change makes of it. Pure."""

import json
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from chalicelib.features.tickets.model.facts import TicketChanged, TicketInvalid
from chalicelib.features.tickets.model.sla import Priority, Rest, Rested, rested
from chalicelib.kernel import ids, names
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.ids import ChatId, ColumnId, FileId, TicketId, UserId
from chalicelib.kernel.records import record

MAX_TITLE_CHARACTERS: Final = 200
MAX_DESCRIPTION_CHARACTERS: Final = 10_000
MAX_CHATS: Final = 20
"""Linked to one ticket: each has its count in the same transaction."""
MAX_QUOTES: Final = 20
MAX_FILES: Final = 10
"""Of one ticket: with its chats they are in one transaction, two rows each where they go."""
MAX_MOVED: Final = 80
"""Rows of chats and files that one change of a ticket touches; with its own they are one transaction."""
MAX_VALUES_BYTES: Final = 250_000
"""Of all values of one ticket's own fields: its row holds its description, too, and DynamoDB's rows end at 400 KB."""
_KEPT_CONTROLS: Final = frozenset("\n\t")
_REFUSED_CATEGORIES: Final = frozenset({"Cc", "Cs"})
_LAST_MESSAGE_ID: Final = 2**31 - 1
"""Telegram's ids of messages are 32-bit numbers. Source: https://core.telegram.org/type/Message."""


class Status(StrEnum):
    """How far a ticket is. Every one may follow every other."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    BLOCKED = "blocked"
    SOLVED = "solved"
    CLOSED = "closed"

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self in {Status.SOLVED, Status.CLOSED}

    @property
    def rests(self) -> Rested | None:
        """Why the clock may stand still meanwhile."""
        if self.is_done:
            return Rested.DONE
        return Rested.PENDING if self is Status.PENDING else None


class Part(StrEnum):
    """What of a ticket people change, each by itself."""

    TITLE = "title"
    DESCRIPTION = "description"
    STATUS = "status"
    PRIORITY = "priority"
    ASSIGNEE = "assignee"
    DUE_ON = "due_on"
    CHAT_IDS = "chat_ids"
    QUOTES = "quotes"
    FILE_IDS = "file_ids"


@record
class Stamp:
    """Who did it and when; `by` is None for what no member did."""

    at: datetime
    by: UserId | None


@record
class Quote:
    """A message of a linked chat, by reference: what it says is read live by those who may see it, and kept nowhere."""

    chat_id: ChatId
    message_id: int


@record
class Ticket:
    """One ticket. `values` are those of the workspace's own fields, by their ids.

    `touched` says in which version each part or value was changed last; one it does not name, in the first.
    """

    id: TicketId
    number: int
    title: str
    description: str
    status: Status
    priority: Priority
    assignee: UserId | None
    due_on: str | None
    chat_ids: tuple[ChatId, ...]
    quotes: tuple[Quote, ...]
    file_ids: tuple[FileId, ...]
    values: Mapping[ColumnId, Any]
    created: Stamp
    changed_at: datetime
    solved: Stamp | None
    closed: Stamp | None
    rests: tuple[Rest, ...]
    warned_at: datetime | None
    version: int
    touched: Mapping[str, int]

    def part(self, part: Part) -> Any:
        """What stands in a part."""
        return getattr(self, part.value)

    def warned(self, at: datetime) -> "Ticket":
        """The ticket after its warning went out."""
        return replace(self, warned_at=at, version=self.version + 1)

    def bare(self) -> "Ticket":
        """The ticket with nothing that hangs on it: no chat that counts it, no file, no value."""
        return replace(self, chat_ids=(), file_ids=(), values={})

    def without(self, field_id: ColumnId) -> "Ticket":
        """The ticket without what it has in a field that is gone."""
        values = {key: value for key, value in self.values.items() if key != field_id}
        touched = {name: version for name, version in self.touched.items() if name != _name_of_value(field_id)}
        return replace(self, values=values, touched=touched, version=self.version + 1)


@record
class CreateTicket:
    """Make a ticket."""

    title: str
    description: str = ""
    status: Status = Status.NEW
    priority: Priority = Priority.MEDIUM
    assignee: str | None = None
    due_on: str | None = None
    chat_ids: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    file_ids: tuple[str, ...] = ()
    values: Mapping[ColumnId, Any] | None = None


@record
class ChangeTicket:
    """Change some parts of a ticket, and some values of its own fields, which None clears.

    `version` is the one the caller saw; without one the last writer wins.
    """

    ticket_id: TicketId
    parts: Mapping[Part, Any]
    values: Mapping[ColumnId, Any] | None = None
    version: int | None


def drafted(command: CreateTicket, ticket_id: TicketId, number: int, stamp: Stamp) -> Ticket:
    """The ticket a command makes.

    Raises:
        NameInvalid, TicketInvalid: what it is to hold does not fit.
    """
    made = Ticket(
        id=ticket_id,
        number=number,
        title=_title(command.title),
        description=_description(command.description),
        status=Status.NEW,
        priority=command.priority,
        assignee=None if command.assignee is None else UserId(command.assignee),
        due_on=_day(command.due_on),
        chat_ids=_chats(command.chat_ids),
        quotes=_quotes(command.quotes, command.chat_ids),
        file_ids=_files(command.file_ids),
        values=_filled(command.values or {}),
        created=stamp,
        changed_at=stamp.at,
        solved=None,
        closed=None,
        rests=(),
        warned_at=None,
        version=1,
        touched={},
    )
    return made if command.status is Status.NEW else _moved(made, command.status, stamp)


def changed(ticket: Ticket, command: ChangeTicket, stamp: Stamp) -> Ticket:
    """The ticket after a change; the very same where everything stands as it is wanted.

    Two people may change two parts at once. Of two who change the same part, the later one is refused, unless both
    want the same.

    Raises:
        TicketChanged: somebody changed one of the parts after the version the caller saw.
        NameInvalid, TicketInvalid: what it is to hold does not fit.
    """
    parts = _different_parts(ticket, command)
    values = {key: value for key, value in (command.values or {}).items() if value != ticket.values.get(key)}
    if command.version is not None:
        _refuse_missed(ticket, parts, values, command.version)
    if not parts and not values:
        return ticket
    after = _moved(ticket, parts[Part.STATUS], stamp) if Part.STATUS in parts else ticket
    others = {part.value: value for part, value in parts.items() if part is not Part.STATUS}
    version = ticket.version + 1
    names = [*(part.value for part in parts), *map(_name_of_value, values)]
    return replace(
        after,
        **others,
        values=_filled({**ticket.values, **values}),
        version=version,
        touched={**ticket.touched, **dict.fromkeys(names, version)},
        changed_at=stamp.at,
    )


def _different_parts(ticket: Ticket, command: ChangeTicket) -> dict[Part, Any]:
    """The parts that are to be something else than they are, as they are stored."""
    wanted = {part: _parsed(part, value, ticket, command) for part, value in command.parts.items()}
    if Part.CHAT_IDS in wanted and Part.QUOTES not in wanted:
        # What is quoted goes with its chat.
        wanted[Part.QUOTES] = tuple(quote for quote in ticket.quotes if quote.chat_id in wanted[Part.CHAT_IDS])
    return {part: value for part, value in wanted.items() if value != ticket.part(part)}


def _refuse_missed(ticket: Ticket, parts: Collection[Part], values: Collection[ColumnId], version: int) -> None:
    """Raise when the caller has not seen what stands in something they want to change."""
    missed = [part for part in parts if ticket.touched.get(part.value, 1) > version]
    missed_values = [key for key in values if ticket.touched.get(_name_of_value(key), 1) > version]
    if missed or missed_values:
        standing = {part.value: plain(part, ticket.part(part)) for part in missed}
        if missed_values:
            standing["values"] = {key: ticket.values.get(key) for key in missed_values}
        raise TicketChanged(standing={"version": ticket.version, "parts": standing})


def _filled(values: Mapping[ColumnId, Any]) -> dict[ColumnId, Any]:
    """The values that are something."""
    filled = {field_id: value for field_id, value in values.items() if value is not None}
    if len(json.dumps(filled, ensure_ascii=False).encode()) > MAX_VALUES_BYTES:
        raise _misfit("/values", f"has at most {MAX_VALUES_BYTES} bytes together")
    return filled


def _name_of_value(field_id: ColumnId) -> str:
    return f"values.{field_id}"


def _moved(ticket: Ticket, status: Status, stamp: Stamp) -> Ticket:
    """The ticket in another status: being done is stamped, being taken up again clears that."""
    solved = ticket.solved if status is Status.CLOSED else None
    return replace(
        ticket,
        status=status,
        solved=stamp if status is Status.SOLVED else solved,
        closed=stamp if status is Status.CLOSED else None,
        rests=rested(ticket.rests, status.rests, stamp.at),
    )


def _parsed(part: Part, value: Any, ticket: Ticket, command: ChangeTicket) -> Any:
    match part:
        case Part.TITLE:
            return _title(value)
        case Part.DESCRIPTION:
            return _description(value)
        case Part.DUE_ON:
            return _day(value)
        case Part.CHAT_IDS:
            return _chats(value)
        case Part.FILE_IDS:
            return _files(value)
        case Part.QUOTES:
            return _quotes(value, command.parts.get(Part.CHAT_IDS, ticket.chat_ids))
        case _:
            return value


def _title(text: str) -> str:
    return names.parse(text, pointer="/title", most=MAX_TITLE_CHARACTERS)


def _description(text: str) -> str:
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    if len(kept) > MAX_DESCRIPTION_CHARACTERS:
        raise _misfit("/description", f"has at most {MAX_DESCRIPTION_CHARACTERS} characters")
    if any(letter not in _KEPT_CONTROLS and unicodedata.category(letter) in _REFUSED_CATEGORIES for letter in kept):
        raise _misfit("/description", "has characters that can't be shown")
    return kept


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text).isoformat()
    except ValueError:
        day = None
    if day != text:
        raise _misfit("/due_on", "expected a day that exists, like 2026-02-28")
    return day


def _chats(chat_ids: Sequence[str]) -> tuple[ChatId, ...]:
    if len(chat_ids) > MAX_CHATS:
        raise _misfit("/chat_ids", f"has at most {MAX_CHATS} chats")
    for place, chat_id in enumerate(chat_ids):
        if chat_id in chat_ids[:place]:
            raise _misfit(f"/chat_ids/{place}", "stands twice")
        if not ids.is_chat_shape(chat_id):
            raise _misfit(f"/chat_ids/{place}", "no chat of this workspace")
    return tuple(ChatId(chat_id) for chat_id in chat_ids)


def _files(file_ids: Sequence[str]) -> tuple[FileId, ...]:
    if len(file_ids) > MAX_FILES:
        raise _misfit("/file_ids", f"has at most {MAX_FILES} files")
    for place, file_id in enumerate(file_ids):
        if file_id in file_ids[:place]:
            raise _misfit(f"/file_ids/{place}", "stands twice")
    return tuple(FileId(file_id) for file_id in file_ids)


def _quotes(quotes: Sequence[Quote], chat_ids: Sequence[str]) -> tuple[Quote, ...]:
    if len(quotes) > MAX_QUOTES:
        raise _misfit("/quotes", f"has at most {MAX_QUOTES} messages")
    for place, quote in enumerate(quotes):
        if quote in quotes[:place]:
            raise _misfit(f"/quotes/{place}", "stands twice")
        if quote.chat_id not in chat_ids:
            raise _misfit(f"/quotes/{place}/chat_id", "not one of the linked chats")
        if not 1 <= quote.message_id <= _LAST_MESSAGE_ID:
            raise _misfit(f"/quotes/{place}/message_id", "not the id of a message")
    return tuple(quotes)


def _misfit(pointer: str, detail: str) -> TicketInvalid:
    return TicketInvalid(blames=(Blame(pointer, detail),))


def plain(part: Part, value: Any) -> Any:
    """What stands in a part, as JSON."""
    match part:
        case Part.CHAT_IDS | Part.FILE_IDS:
            return list(value)
        case Part.QUOTES:
            return [{"chat_id": quote.chat_id, "message_id": quote.message_id} for quote in value]
        case _:
            return value


def as_journalled(ticket: Ticket) -> dict[str, Any]:
    """A ticket as the journal keeps it."""
    parts = {part.value: plain(part, ticket.part(part)) for part in Part}
    return {"number": ticket.number, **parts, "values": dict(ticket.values)}


def differences(before: Ticket, after: Ticket) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a change of a ticket was, as the journal keeps it: its number, and what stood before and after."""
    parts = [part for part in Part if before.part(part) != after.part(part)]
    fields = [key for key in {**before.values, **after.values} if before.values.get(key) != after.values.get(key)]
    old, new = (_picked(each, parts, fields) for each in (before, after))
    return old, new


def _picked(ticket: Ticket, parts: Collection[Part], fields: Collection[ColumnId]) -> dict[str, Any]:
    picked = {"number": ticket.number, **{part.value: plain(part, ticket.part(part)) for part in parts}}
    return {**picked, "values": {key: ticket.values.get(key) for key in fields}} if fields else picked
