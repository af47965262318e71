"""Tickets, their numbers, what is promised of them, and their counts on chats, behind a tenant's handle."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec
from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path

from chalicelib.features.fields.model import Column, ColumnLimitReached, Content
from chalicelib.features.tickets.model.calendar import WorkingHours
from chalicelib.features.tickets.model.facts import SlaChanged, TicketNotFound
from chalicelib.features.tickets.model.fields import MAX_FIELDS_BYTES, TicketFields
from chalicelib.features.tickets.model.sla import NOTHING_PROMISED, Priority, Rest, SlaSettings
from chalicelib.features.tickets.model.tickets import Part, Quote, Stamp, Status, Ticket, plain
from chalicelib.kernel import clock
from chalicelib.kernel.ids import ChatId, ColumnId, FileId, TicketId, UserId
from chalicelib.table import cards_keys, codec, keys, ticket_keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

_STRETCH: Final = 500


class TicketRow(Row, discriminator="ticket"):
    """A ticket. Stamps are {at, by}, `rests` [{why, begins_at, ends_at}], `touched` {part: version}."""

    number = NumberAttribute()
    title = UnicodeAttribute()
    description = UnicodeAttribute()
    status = UnicodeAttribute()
    priority = UnicodeAttribute()
    assignee = UnicodeAttribute(null=True)
    due_on = UnicodeAttribute(null=True)
    chat_ids = DocumentAttribute()
    quotes = DocumentAttribute()
    file_ids = DocumentAttribute(null=True)
    values = DocumentAttribute(null=True)
    created = DocumentAttribute()
    changed_at = MomentAttribute()
    solved = DocumentAttribute(null=True)
    closed = DocumentAttribute(null=True)
    rests = DocumentAttribute()
    warned_at = MomentAttribute(null=True)
    version = NumberAttribute()
    touched = DocumentAttribute()


class NumbersRow(Row, discriminator="ticket_numbers"):
    """The number the last ticket got."""

    last = NumberAttribute()


class SlaRow(Row, discriminator="ticket_sla"):
    """What the workspace promises; a priority that `by_priority` does not name has `hours`."""

    hours = NumberAttribute(null=True)
    by_priority = DocumentAttribute()
    working_hours = DocumentAttribute(null=True)
    pauses_while_pending = BooleanAttribute()
    warn_minutes = NumberAttribute()
    version = NumberAttribute()


class FieldsRow(Row, discriminator="ticket_fields"):
    """The workspace's own fields of tickets, all in one: they are few, and read whenever tickets are."""

    fields = DocumentAttribute()
    version = NumberAttribute()


class CountsRow(Row, discriminator="chat_counts"):
    """How much hangs on a chat."""

    tickets = NumberAttribute(null=True)


class Tickets:
    """The tickets of a workspace."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(ticket_keys.TICKETS)

    def require(self, ticket_id: TicketId) -> Ticket:
        """One ticket: one read. Raises TicketNotFound."""
        found = self.get(ticket_id)
        if found is None:
            raise TicketNotFound
        return found

    def get(self, ticket_id: TicketId) -> Ticket | None:
        """One ticket, if it is there."""
        sk = ticket_keys.ticket(ticket_id)
        item = self._rows.get_many([sk]).get(sk)
        return None if item is None else _ticket(codec.decode(item))

    def before(self, ticket_id: TicketId | None) -> Iterator[Ticket]:
        """Those made before one, or all, newest first: a read unit per 4 KB of them, half a thousand a query."""
        first, last = ticket_keys.TICKET_ROWS, ticket_keys.TICKET_ROWS_END
        if ticket_id is not None:
            last = ticket_keys.ticket(ticket_id)
        more = True
        while more:
            items, more = self._rows.stretch(first, last, limit=_STRETCH, newest_first=True)
            yield from (_ticket(codec.decode(item)) for item in items if item["sk"]["S"] != last)
            last = items[-1]["sk"]["S"] if items else last

    def last_number(self) -> int:
        """The number the last ticket got: one read unit."""
        row = self._rows.get(NumbersRow, ticket_keys.NUMBERS)
        return 0 if row is None else int(row.last)

    def create(self, change: JournalledTransaction, ticket: Ticket) -> None:
        """Write a ticket and take its number: of two who take the same one, the second finds that out."""
        self._tenant.register(ticket_keys.TICKETS)
        row = self._rows.new(TicketRow, ticket_keys.ticket(ticket.id), number=ticket.number)
        for name, value in _attributes(ticket).items():
            setattr(row, name, value)
        change.create(row)
        numbers = self._rows.new(NumbersRow, ticket_keys.NUMBERS, last=ticket.number)
        is_next = NumbersRow.last == ticket.number - 1 if ticket.number > 1 else Row.pk.does_not_exist()
        change.put(numbers, is_next, refusal=ChangedMeanwhile())

    def change(self, change: JournalledTransaction, before: Ticket, after: Ticket) -> None:
        """Write what changed of a ticket, unless somebody wrote since it was read."""
        old = _attributes(before)
        actions = [_set(name, value) for name, value in _attributes(after).items() if value != old[name]]
        change.update(self._row(before), actions, TicketRow.version == before.version, refusal=ChangedMeanwhile())

    def delete(self, change: JournalledTransaction, ticket: Ticket) -> None:
        """Remove a ticket, unless somebody wrote since it was read."""
        change.delete(self._row(ticket), TicketRow.version == ticket.version, refusal=ChangedMeanwhile())

    def _row(self, ticket: Ticket) -> TicketRow:
        return self._rows.new(TicketRow, ticket_keys.ticket(ticket.id))


class Slas:
    """What a workspace promises of its tickets."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(ticket_keys.TICKETS)

    def current(self) -> SlaSettings:
        """The settings, or those of a workspace that never said anything: one read unit."""
        row = self._rows.get(SlaRow, ticket_keys.SLA)
        return NOTHING_PROMISED if row is None else _settings(row)

    def change(self, change: JournalledTransaction, before: SlaSettings, after: SlaSettings) -> None:
        """Write the settings, unless somebody did since they were read."""
        self._tenant.register(ticket_keys.TICKETS)
        row = self._rows.new(
            SlaRow,
            ticket_keys.SLA,
            hours=after.hours,
            by_priority=msgspec.to_builtins(after.by_priority),
            working_hours=msgspec.to_builtins(after.working_hours),
            pauses_while_pending=after.pauses_while_pending,
            warn_minutes=after.warn_minutes,
            version=after.version,
        )
        change.put(row, _is_version(before), refusal=SlaChanged())

    def check(self, change: Transaction, settings: SlaSettings) -> None:
        """Demand that the settings are still those that warnings were reckoned by."""
        change.check(self._rows.new(SlaRow, ticket_keys.SLA), _is_version(settings), refusal=ChangedMeanwhile())


class Fields:
    """The workspace's own fields of tickets."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(ticket_keys.TICKETS)

    def all(self) -> TicketFields:
        """Every field in its order: a read unit per 4 KB of them."""
        row = self._rows.get(FieldsRow, ticket_keys.FIELDS)
        if row is None:
            return TicketFields()
        return TicketFields(fields=tuple(msgspec.convert(row.fields, list[Column])), version=int(row.version))

    def change(self, change: JournalledTransaction, before: TicketFields, after: TicketFields) -> None:
        """Write the fields, unless somebody did since they were read.

        Raises:
            ColumnLimitReached: they and their options are more than one row holds.
        """
        self._tenant.register(ticket_keys.TICKETS)
        fields = msgspec.to_builtins(after.fields)
        if len(msgspec.json.encode(fields)) > MAX_FIELDS_BYTES:
            raise ColumnLimitReached("The fields of tickets have too many options together.")
        row = self._rows.new(FieldsRow, ticket_keys.FIELDS, fields=fields, version=after.version)
        change.put(row, _is_fields_version(before), refusal=ChangedMeanwhile())

    def check(self, change: Transaction, fields: TicketFields) -> None:
        """Demand that the fields are still those that were read."""
        row = self._rows.new(FieldsRow, ticket_keys.FIELDS)
        change.check(row, _is_fields_version(fields), refusal=ChangedMeanwhile())


def count_on_chats(change: Transaction, chat_ids: Iterable[ChatId], by: int, *, tenant: Tenant) -> None:
    """Count a ticket on chats, or no longer: a row each."""
    for chat_id in chat_ids:
        rows = tenant.rows(keys.chat_partition(chat_id))
        row = rows.new(CountsRow, cards_keys.chat_counts(chat_id))
        change.update(row, [CountsRow.tickets.add(by), _KIND.set("chat_counts")])


_KIND: Final = Path("row_kind")
"""An update that makes the row does not write its kind by itself."""


def _is_version(settings: SlaSettings) -> Condition:
    same: Condition = SlaRow.version == settings.version if settings.version else Row.pk.does_not_exist()
    return same


def _is_fields_version(fields: TicketFields) -> Condition:
    same: Condition = FieldsRow.version == fields.version if fields.version else Row.pk.does_not_exist()
    return same


def _settings(row: SlaRow) -> SlaSettings:
    return SlaSettings(
        hours=int(row.hours) if row.hours else None,
        by_priority={Priority(name): hours for name, hours in row.by_priority.items()},
        working_hours=msgspec.convert(row.working_hours, WorkingHours | None),
        pauses_while_pending=row.pauses_while_pending,
        warn_minutes=int(row.warn_minutes),
        version=int(row.version),
    )


def _attributes(ticket: Ticket) -> dict[str, Any]:
    """A ticket's row but for its number, which never changes."""
    return {
        **{part.value: plain(part, ticket.part(part)) for part in Part},
        "values": dict(ticket.values) or None,
        "created": _stamp_document(ticket.created),
        "changed_at": ticket.changed_at,
        "solved": None if ticket.solved is None else _stamp_document(ticket.solved),
        "closed": None if ticket.closed is None else _stamp_document(ticket.closed),
        "rests": [_rest_document(rest) for rest in ticket.rests],
        "warned_at": ticket.warned_at,
        "version": ticket.version,
        "touched": dict(ticket.touched),
    }


def _set(name: str, value: Any) -> Any:
    attribute = getattr(TicketRow, name)
    return attribute.remove() if value is None else attribute.set(value)


def _stamp_document(stamp: Stamp) -> dict[str, Any]:
    return {"at": clock.to_wire(stamp.at), "by": stamp.by}


def _rest_document(rest: Rest) -> dict[str, Any]:
    ends_at = None if rest.ends_at is None else clock.to_wire(rest.ends_at)
    return {"why": rest.why.value, "begins_at": clock.to_wire(rest.begins_at), "ends_at": ends_at}


_STAMP: Final = msgspec.json.Decoder(Stamp)
_RESTS: Final = msgspec.json.Decoder(tuple[Rest, ...])
_QUOTES: Final = msgspec.json.Decoder(tuple[Quote, ...])
_VALUES: Final = msgspec.json.Decoder(dict[ColumnId, Content])
_FILE_IDS: Final = msgspec.json.Decoder(tuple[str, ...])
_CHAT_IDS: Final = msgspec.json.Decoder(tuple[str, ...])
_TOUCHED: Final = msgspec.json.Decoder(dict[str, int])


def _ticket(item: Mapping[str, Any]) -> Ticket:
    """A plain item as the entity."""
    assignee, warned_at = item.get("assignee"), item.get("warned_at")
    return Ticket(
        id=ticket_keys.ticket_of(item["sk"]),
        number=item["number"],
        title=item["title"],
        description=item["description"],
        status=Status(item["status"]),
        priority=Priority(item["priority"]),
        assignee=None if assignee is None else UserId(assignee),
        due_on=item.get("due_on"),
        chat_ids=tuple(map(ChatId, _CHAT_IDS.decode(item["chat_ids"]))),
        quotes=_QUOTES.decode(item["quotes"]),
        file_ids=tuple(map(FileId, _FILE_IDS.decode(item.get("file_ids", "[]")))),
        values=_VALUES.decode(item.get("values", "{}")),
        created=_STAMP.decode(item["created"]),
        changed_at=clock.from_wire(item["changed_at"]),
        solved=_stamp(item.get("solved")),
        closed=_stamp(item.get("closed")),
        rests=_RESTS.decode(item["rests"]),
        warned_at=None if warned_at is None else clock.from_wire(warned_at),
        version=item["version"],
        touched=_TOUCHED.decode(item["touched"]),
    )


def _stamp(text: str | None) -> Stamp | None:
    return None if text is None else _STAMP.decode(text)
