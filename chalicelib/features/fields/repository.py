"""Columns, the claims on their keys, and the values of a chat, behind a tenant's handle."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path

from chalicelib.features.fields.model import (
    MAX_COLUMNS,
    Column,
    ColumnChanged,
    ColumnKeyTaken,
    ColumnLimitReached,
    ColumnNotFound,
    ColumnType,
    Option,
    Purge,
    Scalar,
    StoredValue,
    Value,
)
from chalicelib.kernel.ids import AccountId, ChatId, ColumnId
from chalicelib.kernel.records import record
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


class ColumnRow(Row, discriminator="column"):
    """A column. `archived_at` is the tombstone of a deleted one."""

    key = UnicodeAttribute()
    name = UnicodeAttribute()
    type = UnicodeAttribute()
    options = DocumentAttribute()
    position = NumberAttribute()
    version = NumberAttribute()
    archived_at = MomentAttribute(null=True)
    purge = DocumentAttribute(null=True)
    """How far the removal of its values has come (`Purge`); a column that stands has none."""

    def is_archived(self) -> bool:
        """Whether it was deleted."""
        return bool(self.archived_at)


class ColumnKeyRow(Row, discriminator="column_key"):
    """The claim on a key."""

    column_id = UnicodeAttribute()


class ColumnTallyRow(Row, discriminator="column_tally"):
    """How many columns there are: a count and a limit that hold when two people make one at once."""

    live = NumberAttribute()


class ValuesRow(Row, discriminator="values"):
    """The values of one chat: an attribute a column, named by the column's id, holding the value's JSON.

    A value is only ever read and written whole, so that a write is conditioned on the very text that was read.
    """


class Columns:
    """The columns of a workspace."""

    def __init__(self, tenant: Tenant) -> None:
        self._rows = tenant.rows(keys.WORKSPACE)

    def all(self) -> list[Column]:
        """Every column in its order: one query."""
        rows = self._rows.query(ColumnRow, keys.COLUMNS)
        return sorted((_column(row) for row in rows if not row.is_archived()), key=lambda column: column.position)

    def ids(self) -> frozenset[ColumnId]:
        """Which columns there are: one query, without the model layer."""
        items = self._rows.plain(keys.COLUMNS)
        return frozenset(keys.column_of(item["sk"]) for item in items if item.get("archived_at") is None)

    def require(self, column_id: ColumnId) -> Column:
        """One column: one read.

        Raises:
            ColumnNotFound: none, or a deleted one.
        """
        row = self._rows.get(ColumnRow, keys.column(column_id))
        if row is None or row.is_archived():
            raise ColumnNotFound
        return _column(row)

    def create(self, change: JournalledTransaction, column: Column) -> None:
        """Write a column, claim its key and count it."""
        row = self._rows.new(
            ColumnRow,
            keys.column(column.id),
            key=column.key,
            name=column.name,
            type=column.type.value,
            options=msgspec.to_builtins(column.options),
            position=column.position,
            version=column.version,
        )
        claim = self._rows.new(ColumnKeyRow, keys.column_key(column.key), column_id=column.id)
        has_room = ColumnTallyRow.live.does_not_exist() | (ColumnTallyRow.live < MAX_COLUMNS)
        full = ColumnLimitReached(f"A workspace has at most {MAX_COLUMNS} columns.")
        change.create(row)
        change.create(claim, refusal=ColumnKeyTaken())
        change.update(self._tally(), [ColumnTallyRow.live.add(1)], has_room, refusal=full)

    def change(self, change: JournalledTransaction, column: Column, *, unchanged_since: int) -> None:
        """Write a column's name and options, unless it changed since the version that was read."""
        actions = [
            ColumnRow.name.set(column.name),
            ColumnRow.options.set(msgspec.to_builtins(column.options)),
            ColumnRow.version.set(column.version),
        ]
        self._update(change, column.id, actions, unchanged_since)

    def archive(self, change: JournalledTransaction, column: Column, at: datetime) -> None:
        """Put up the tombstone and let go of the key."""
        actions = [ColumnRow.archived_at.set(at), ColumnRow.version.set(column.version + 1)]
        self._update(change, column.id, actions, column.version)
        change.delete(self._rows.new(ColumnKeyRow, keys.column_key(column.key)))
        change.update(self._tally(), [ColumnTallyRow.live.add(-1)])

    def purge_of(self, column_id: ColumnId) -> Purge | None:
        """How far a deleted column's purge has come; None where there is none to do."""
        row = self._rows.get(ColumnRow, keys.column(column_id))
        if row is None or not row.is_archived():
            return None
        return Purge() if row.purge is None else msgspec.convert(row.purge, Purge)

    def move_purge(self, change: JournalledTransaction, column_id: ColumnId, before: Purge, after: Purge) -> None:
        """Note how far the purge has come, unless somebody else moved it since it was read."""
        actions = [ColumnRow.purge.set(msgspec.to_builtins(after))]
        change.update(self._rows.new(ColumnRow, keys.column(column_id)), actions, _purge_is(before))

    def forget(self, change: JournalledTransaction, column_id: ColumnId, purged: Purge) -> None:
        """Remove the tombstone of a column whose values are gone."""
        change.delete(self._rows.new(ColumnRow, keys.column(column_id)), _purge_is(purged))

    def _update(self, change: JournalledTransaction, column_id: ColumnId, actions: list[Any], version: int) -> None:
        stands = (ColumnRow.version == version) & ColumnRow.archived_at.does_not_exist()
        change.update(self._rows.new(ColumnRow, keys.column(column_id)), actions, stands, refusal=ColumnChanged())

    def _tally(self) -> ColumnTallyRow:
        return self._rows.new(ColumnTallyRow, keys.COLUMN_TALLY)


def _purge_is(standing: Purge) -> Condition:
    as_read: Condition = ColumnRow.purge == msgspec.to_builtins(standing)
    not_begun: Condition = ColumnRow.archived_at.exists() & ColumnRow.purge.does_not_exist()
    return as_read if standing.is_begun else not_begun


@record
class StoredCell:
    """One chat's value in a column that is being purged."""

    chat_id: ChatId
    stored: StoredValue

    def value(self) -> Scalar:
        """What it held."""
        return _VALUE.decode(self.stored).value


class ColumnValues:
    """The values that the chats of one account have in one column."""

    def __init__(self, tenant: Tenant, account_id: AccountId, column_id: ColumnId) -> None:
        self._rows = tenant.rows(keys.account_partition(account_id))
        self._column_id = column_id

    def after(self, chat_id: ChatId | None) -> Iterator[StoredCell]:
        """Those of the chats behind one, in their order: a query each _STRETCH rows."""
        first, more = keys.CHATS if chat_id is None else keys.after_chat(chat_id), True
        while more:
            items, more = self._rows.stretch(first, keys.CHATS_END, limit=_STRETCH)
            for item in items:
                if self._column_id in item:
                    yield StoredCell(chat_id=keys.chat_of(item["sk"]["S"]), stored=item[self._column_id]["S"])
            first = items[-1]["sk"]["S"] + "\x00" if items else first

    def remove(self, change: JournalledTransaction, cell: StoredCell) -> None:
        """Take one value away, on condition that it is still the one that was read."""
        path = Path(self._column_id)
        row = self._rows.new(ValuesRow, keys.chat_values(cell.chat_id))
        change.update(row, [path.remove()], path == cell.stored)


class ChatValues:
    """The values of one chat, as they were read, and the way to write one."""

    def __init__(self, tenant: Tenant, chat_id: ChatId) -> None:
        self._rows = tenant.rows(keys.chat_partition(chat_id))
        self._sk = keys.chat_values(chat_id)
        found = self._rows.get_many([keys.chat_metadata(chat_id), self._sk])
        self._cells = found.get(self._sk, {})
        self.has_chat = keys.chat_metadata(chat_id) in found
        """Whether the chat itself was there. One call reads both: 2 read units and more for long values."""

    def get(self, column_id: ColumnId) -> Value | None:
        """The value in one column, if anything was ever written there."""
        cell = self._cells.get(column_id)
        return None if cell is None else _VALUE.decode(cell["S"])

    def bytes_with(self, column_id: ColumnId, value: Value) -> int:
        """About how large the row would be with this value."""
        cells = {**self._cells, column_id: {"S": _written(value)}}
        return sum(len(name) + len(cell["S"].encode()) for name, cell in cells.items())

    def put(self, change: JournalledTransaction, column_id: ColumnId, value: Value) -> None:
        """Write one value, on condition that what was read still stands."""
        cell = Path(column_id)
        standing = self._cells.get(column_id)
        stands = cell.does_not_exist() if standing is None else cell == standing["S"]
        actions = [cell.set(_written(value)), _KIND.set("values")]
        change.update(self._rows.new(ValuesRow, self._sk), actions, stands)


def values_in(item: Mapping[str, Any], shown: Collection[ColumnId]) -> dict[ColumnId, StoredValue]:
    """The values that a values row, as it came, has in the columns that are shown."""
    return {ColumnId(name): cell["S"] for name, cell in item.items() if name in shown}


_STRETCH: Final = 200
_VALUE: Final = msgspec.json.Decoder(Value)
_KIND: Final = Path("row_kind")
"""An update that makes the row does not write its kind by itself."""


def _written(value: Value) -> str:
    return msgspec.json.encode(value).decode()


def _column(row: ColumnRow) -> Column:
    return Column(
        id=keys.column_of(row.sk),
        key=row.key,
        name=row.name,
        type=ColumnType(row.type),
        options=tuple(msgspec.convert(row.options, list[Option])),
        position=int(row.position),
        version=int(row.version),
    )
