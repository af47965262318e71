"""Columns, the claims on their keys and their count; and how far what is done to all values of one has come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.features.fields.model import (
    MAX_COLUMNS,
    Column,
    ColumnChanged,
    ColumnKeyTaken,
    ColumnLimitReached,
    ColumnNotFound,
    ColumnType,
    Content,
    Conversion,
    Merge,
    Option,
    Purge,
    Shown,
    StoredValue,
    Value,
    tags_of,
    unwritten_tags,
)
from chalicelib.features.fields.repository.values import written
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ColumnId
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


class ColumnRow(Row, discriminator="column"):
    """A column. `archived_at` is the tombstone of a deleted one.

    `purge`, `conversion` and `merge` say how far work on all its values has come; a column at rest has none of them.
    """

    key = UnicodeAttribute()
    name = UnicodeAttribute()
    type = UnicodeAttribute()
    options = DocumentAttribute()
    position = NumberAttribute()
    version = NumberAttribute()
    description = UnicodeAttribute(null=True)
    required = BooleanAttribute(null=True)
    default = DocumentAttribute(null=True)
    archived_at = MomentAttribute(null=True)
    purge = DocumentAttribute(null=True)
    conversion = DocumentAttribute(null=True)
    merge = DocumentAttribute(null=True)

    def is_archived(self) -> bool:
        """Whether it was deleted."""
        return bool(self.archived_at)


class ColumnKeyRow(Row, discriminator="column_key"):
    """The claim on a key."""

    column_id = UnicodeAttribute()


class ColumnTallyRow(Row, discriminator="column_tally"):
    """How many columns there are, tags apart: a count and a limit that hold when two people make one at once.

    `moves` grows with each change of their order, so that of two at once the second looks again.
    """

    live = NumberAttribute(default=0)
    moves = NumberAttribute(null=True)


class Columns:
    """The columns of a workspace. Tags that nobody wrote yet are among them, with version 0."""

    def __init__(self, tenant: Tenant) -> None:
        self._rows = tenant.rows(keys.WORKSPACE)
        self._workspace_id = tenant.workspace_id

    def all(self) -> list[Column]:
        """Every column in its order: one query."""
        rows = self._rows.query(ColumnRow, keys.COLUMNS)
        found = {column.id: column for column in (_column(row) for row in rows if not row.is_archived())}
        found.setdefault(tags_of(self._workspace_id), unwritten_tags(self._workspace_id))
        return sorted(found.values(), key=lambda column: (column.position, column.id))

    def shown(self) -> Shown:
        """Which columns there are and what stands where nothing was written: one query, without the model layer."""
        items = [item for item in self._rows.plain(keys.COLUMNS) if item.get("archived_at") is None]
        standing = {keys.column_of(item["sk"]): item.get("default") for item in items}
        return Shown(
            columns=frozenset(standing) | {tags_of(self._workspace_id)},
            defaults={
                column_id: _as_value(column_id, msgspec.json.decode(default))
                for column_id, default in standing.items()
                if default is not None
            },
        )

    def require(self, column_id: ColumnId) -> Column:
        """One column: one read.

        Raises:
            ColumnNotFound: none, or a deleted one.
        """
        column = self.get(column_id)
        if column is None:
            raise ColumnNotFound
        return column

    def get(self, column_id: ColumnId) -> Column | None:
        """One column, unless it was deleted: one read."""
        row = self._rows.get(ColumnRow, keys.column(column_id))
        if row is None and column_id == tags_of(self._workspace_id):
            return unwritten_tags(self._workspace_id)
        return None if row is None or row.is_archived() else _column(row)

    def create(self, change: JournalledTransaction, column: Column) -> None:
        """Write a column, claim its key and count it."""
        self._write_first(change, column)
        has_room = ColumnTallyRow.live.does_not_exist() | (ColumnTallyRow.live < MAX_COLUMNS)
        full = ColumnLimitReached(f"A workspace has at most {MAX_COLUMNS} columns.")
        change.update(self._tally(), [ColumnTallyRow.live.add(1)], has_room, refusal=full)

    def change(self, change: JournalledTransaction, column: Column, *, unchanged_since: int) -> None:
        """Write what people say of a column, unless it changed since the version that was read."""
        if unchanged_since == 0:
            self._write_first(change, column)
            return
        self._update(change, column.id, [*_said(column), *_at_work(column)], unchanged_since)

    def archive(self, change: JournalledTransaction, column: Column, at: datetime) -> None:
        """Put up the tombstone and let go of the key; work on its values ends."""
        over = [ColumnRow.conversion.remove(), ColumnRow.merge.remove()]
        actions = [ColumnRow.archived_at.set(at), ColumnRow.version.set(column.version + 1), *over]
        self._update(change, column.id, actions, column.version)
        change.delete(self._rows.new(ColumnKeyRow, keys.column_key(column.key)))
        change.update(self._tally(), [ColumnTallyRow.live.add(-1)])

    def moves(self) -> int:
        """How often the order changed: one read unit."""
        row = self._rows.get(ColumnTallyRow, keys.COLUMN_TALLY)
        return 0 if row is None else int(row.moves or 0)

    def place(self, change: JournalledTransaction, moved: Sequence[Column], *, unmoved_since: int) -> None:
        """Write the positions of columns, unless the order changed since it was read."""
        for column in moved:
            if column.version == 0:
                self._write_first(change, replace(column, version=1))
            else:
                row = self._rows.new(ColumnRow, keys.column(column.id))
                stands = Row.pk.exists() & ColumnRow.archived_at.does_not_exist()
                change.update(row, [ColumnRow.position.set(column.position)], stands, refusal=ColumnChanged())
        unmoved = ColumnTallyRow.moves == unmoved_since
        stands = unmoved if unmoved_since else ColumnTallyRow.moves.does_not_exist()
        actions = [ColumnTallyRow.moves.set(unmoved_since + 1), ColumnTallyRow.live.add(0)]
        change.update(self._tally(), actions, stands, refusal=ColumnChanged())

    def purge_of(self, column_id: ColumnId) -> tuple[ColumnType, Purge] | None:
        """What a deleted column held, and how far its purge has come; None where there is none to do."""
        row = self._rows.get(ColumnRow, keys.column(column_id))
        if row is None or not row.is_archived():
            return None
        return ColumnType(row.type), Purge() if row.purge is None else msgspec.convert(row.purge, Purge)

    def move_purge(self, change: JournalledTransaction, column_id: ColumnId, before: Purge, after: Purge) -> None:
        """Note how far the purge has come, unless somebody else moved it since it was read."""
        actions = [ColumnRow.purge.set(msgspec.to_builtins(after))]
        change.update(self._rows.new(ColumnRow, keys.column(column_id)), actions, _purge_is(before))

    def forget(self, change: JournalledTransaction, column_id: ColumnId, purged: Purge) -> None:
        """Remove the tombstone of a column whose values are gone."""
        change.delete(self._rows.new(ColumnRow, keys.column(column_id)), _purge_is(purged))

    def at_work(self, column_id: ColumnId) -> Column | None:
        """A column that stands, whose values are to be converted or merged; None where there is nothing to do."""
        row = self._rows.get(ColumnRow, keys.column(column_id))
        if row is None or row.is_archived() or (row.conversion is None and row.merge is None):
            return None
        return _column(row)

    def move_work(self, change: JournalledTransaction, before: Column, after: Column) -> None:
        """Note how far conversion and merge have come, unless somebody else moved them since they were read."""
        row = self._rows.new(ColumnRow, keys.column(before.id))
        change.update(row, _at_work(after), _work_is(before))

    def note_work(self, before: Column, after: Column) -> bool:
        """The same without a transaction, where nothing else changes: one write; False when somebody moved them."""
        return self._rows.update(self._rows.new(ColumnRow, keys.column(before.id)), _at_work(after), _work_is(before))

    def _write_first(self, change: JournalledTransaction, column: Column) -> None:
        """A column and the claim on its key; nobody else gets the one that tags have."""
        row = self._rows.new(
            ColumnRow,
            keys.column(column.id),
            key=column.key,
            name=column.name,
            type=column.type.value,
            options=msgspec.to_builtins(column.options),
            position=column.position,
            version=column.version,
            description=column.description or None,
            required=column.required or None,
            default=msgspec.to_builtins(column.default),
            conversion=_document(column.conversion),
            merge=_document(column.merge),
        )
        change.create(row, refusal=ColumnChanged())
        if not column.is_reserved:
            claim = self._rows.new(ColumnKeyRow, keys.column_key(column.key), column_id=column.id)
            change.create(claim, refusal=ColumnKeyTaken())

    def _update(self, change: JournalledTransaction, column_id: ColumnId, actions: list[Any], version: int) -> None:
        stands = (ColumnRow.version == version) & ColumnRow.archived_at.does_not_exist()
        change.update(self._rows.new(ColumnRow, keys.column(column_id)), actions, stands, refusal=ColumnChanged())

    def _tally(self) -> ColumnTallyRow:
        return self._rows.new(ColumnTallyRow, keys.COLUMN_TALLY)


def _said(column: Column) -> list[Action]:
    """What people say of a column, its place apart."""
    return [
        ColumnRow.name.set(column.name),
        ColumnRow.type.set(column.type.value),
        ColumnRow.options.set(msgspec.to_builtins(column.options)),
        ColumnRow.version.set(column.version),
        _kept(ColumnRow.description, column.description or None),
        _kept(ColumnRow.required, column.required or None),
        _kept(ColumnRow.default, msgspec.to_builtins(column.default)),
    ]


def _at_work(column: Column) -> list[Action]:
    return [
        _kept(ColumnRow.conversion, _document(column.conversion)),
        _kept(ColumnRow.merge, _document(column.merge)),
    ]


def _kept(attribute: Any, value: Any) -> Action:
    action: Action = attribute.remove() if value is None else attribute.set(value)
    return action


def _document(work: Conversion | Merge | None) -> Any:
    return None if work is None else msgspec.to_builtins(work)


def _work_is(column: Column) -> Condition:
    """That both stand as they were read, in a column that was not deleted."""
    conversion, merge = _document(column.conversion), _document(column.merge)
    stands: Condition = ColumnRow.archived_at.does_not_exist() & _is(ColumnRow.conversion, conversion)
    both: Condition = stands & _is(ColumnRow.merge, merge)
    return both


def _is(attribute: Any, document: Any) -> Condition:
    condition: Condition = attribute.does_not_exist() if document is None else attribute == document
    return condition


def _purge_is(standing: Purge) -> Condition:
    as_read: Condition = ColumnRow.purge == msgspec.to_builtins(standing)
    not_begun: Condition = ColumnRow.archived_at.exists() & ColumnRow.purge.does_not_exist()
    return as_read if standing.is_begun else not_begun


def _as_value(column_id: ColumnId, default: Content) -> StoredValue:
    """A default as the value of a chat where nothing was ever written: version 0, since the column was made."""
    made_at = datetime.fromtimestamp(ids.minted_at(column_id), UTC)
    return StoredValue(written(Value(value=default, version=0, set_at=made_at, set_by=None)))


_OPTIONS: Final = list[Option]


def _column(row: ColumnRow) -> Column:
    return Column(
        id=keys.column_of(row.sk),
        key=row.key,
        name=row.name,
        type=ColumnType(row.type),
        options=tuple(msgspec.convert(row.options, _OPTIONS)),
        position=int(row.position),
        version=int(row.version),
        description=row.description or "",
        required=bool(row.required),
        default=tuple(row.default) if isinstance(row.default, list) else row.default,
        conversion=None if row.conversion is None else msgspec.convert(row.conversion, Conversion),
        merge=None if row.merge is None else msgspec.convert(row.merge, Merge),
    )
