"""What people do with columns and values."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any, Final

import msgspec

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.fields import repository
from chalicelib.features.fields.model import (
    CHUNK_VALUES,
    CHUNKS_A_TURN,
    MAX_VALUES_BYTES,
    PURGE_AFTER,
    AddOption,
    ChangeColumn,
    Column,
    ColumnChanged,
    CreateColumn,
    OptionDraft,
    Purge,
    SetValue,
    StoredValue,
    Value,
    ValueChanged,
    ValuesTooLarge,
    arranged,
    as_journalled,
    free_key,
    named,
)
from chalicelib.features.fields.repository import ChatValues, Columns, ColumnValues, StoredCell
from chalicelib.kernel import ids
from chalicelib.kernel.errors import ChatNotFound
from chalicelib.kernel.ids import ChatId, ColumnId
from chalicelib.kernel.permissions import Action
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import AlreadyDone, ChangedMeanwhile

PURGE: Final = "column.purge"
"""The due work of removing a deleted column's values; its one fact is `column_id`."""
_TRIES: Final = 3


def list_columns(*, tenant: Tenant) -> list[Column]:
    """The workspace's columns in their order: one query."""
    return Columns(tenant).all()


def shown_columns(*, tenant: Tenant) -> frozenset[ColumnId]:
    """The columns whose values are shown: one query."""
    return Columns(tenant).ids()


def values_in(item: Mapping[str, Any], shown: Collection[ColumnId]) -> dict[ColumnId, StoredValue]:
    """The values that a values row, as it came, has in these columns; no read."""
    return repository.values_in(item, shown)


def create_column(command: CreateColumn, *, tenant: Tenant, once: str | None = None) -> Column:
    """Make a column at the end, its key claimed. One query; one transaction of 4 rows.

    Raises:
        PermissionMissing: the caller may not manage columns.
        NameInvalid, ColumnInvalid: a name or options no column can have.
        ColumnLimitReached, ColumnKeyTaken: nothing was written.
    """
    tenant.require(Action.MANAGE_COLUMNS)
    columns = Columns(tenant)
    standing = columns.all()
    name = named(command.name)
    column = Column(
        id=ColumnId(ids.mint(tenant.now().timestamp())),
        key=free_key(name, (each.key for each in standing)),
        name=name,
        type=command.type,
        options=arranged(command.type, command.options),
        position=max((each.position for each in standing), default=0) + 1,
        version=1,
    )
    try:
        with tenant.transaction(once=once) as change:
            columns.create(change, column)
            change.record("column.created", target=column.id, new=as_journalled(column))
            change.leaves(column_id=column.id)
    except AlreadyDone as done:
        return columns.require(ColumnId(done.outcome["column_id"]))
    return column


def change_column(command: ChangeColumn, *, tenant: Tenant) -> Column:
    """Rename a column or rearrange its options. Options left out are archived: values that hold them stay readable.

    Raises:
        PermissionMissing: the caller may not manage columns.
        ColumnNotFound: there is none, or it was deleted.
        NameInvalid, ColumnInvalid, ColumnLimitReached: nothing was written.
        ColumnChanged: somebody wrote after the version the caller saw; `standing` has the version that stands.
    """
    tenant.require(Action.MANAGE_COLUMNS)

    def changed(column: Column) -> Column:
        if command.version is not None and command.version != column.version:
            raise ColumnChanged(standing={"version": column.version})
        return replace(
            column,
            name=column.name if command.name is None else named(command.name),
            options=column.options
            if command.options is None
            else arranged(column.type, command.options, column.options),
        )

    return _rewrite(command.column_id, changed, "column.changed", tenant)


def add_option(command: AddOption, *, tenant: Tenant) -> Column:
    """Add one option to a select column, as any member may while editing a cell; one of that name is enough.

    Raises:
        ColumnNotFound: there is none, or it was deleted.
        NameInvalid, ColumnInvalid, ColumnLimitReached: nothing was written.
    """

    def changed(column: Column) -> Column:
        name = command.option.name.strip().casefold()
        if any(option.name.casefold() == name for option in column.offered()):
            return column
        standing = tuple(OptionDraft(id=each.id, name=each.name) for each in column.offered())
        return replace(column, options=arranged(column.type, (*standing, command.option), column.options))

    return _rewrite(command.column_id, changed, "column.option_added", tenant)


def delete_column(column_id: ColumnId, *, tenant: Tenant) -> None:
    """Take a column away with all its values: a tombstone at once, after which no value of it is shown.

    The values themselves are removed in the background, from a minute later on (`purge_column`).

    Raises:
        PermissionMissing: the caller may not manage columns.
        ColumnNotFound: there is none, or it was deleted before.
        ColumnChanged: somebody kept changing it; it stands.
    """
    tenant.require(Action.MANAGE_COLUMNS)
    columns = Columns(tenant)
    column = columns.require(column_id)
    with tenant.transaction() as change:
        columns.archive(change, column, tenant.now())
        _schedule_purge(change, column_id, tenant, tenant.now() + PURGE_AFTER)
        change.record("column.deleted", target=column_id, old=as_journalled(column))


def purge_column(column_id: ColumnId, *, tenant: Tenant, most_chunks: int = CHUNKS_A_TURN) -> bool:
    """Remove a deleted column's values and at last its tombstone; returns whether there is nothing left to do.

    Each step is one transaction of what it removes, how far that leaves the work, and its entry (`purge_started`,
    `values_purged`, `purged`): whoever takes over goes on where the last step ended. After `most_chunks` it schedules
    itself again. Cost: the chats' rows are read once; a write a value and an entry a chunk, in transactions.

    Raises:
        ChangedMeanwhile: somebody else purges the same column; what they did stands, and a later turn goes on from it.
    """
    columns = Columns(tenant)
    standing = columns.purge_of(column_id)
    if standing is None:
        return True
    if not standing.is_begun:
        standing = _begin_purge(columns, column_id, standing, tenant)
    left = _cells_after(standing, column_id, tenant)
    for chunks in range(1, most_chunks + 1):
        cells = list(islice(left, CHUNK_VALUES))
        if not cells:
            _end_purge(columns, column_id, standing, tenant)
            return True
        standing = _remove(columns, column_id, standing, cells, tenant, is_last=chunks == most_chunks)
    return False


def _schedule_purge(change: JournalledTransaction, column_id: ColumnId, tenant: Tenant, at: datetime) -> None:
    name = f"{PURGE}#{tenant.workspace_id}#{column_id}"
    due.schedule(change, tenant, PURGE, at, {"column_id": column_id}, name=name)


def _cells_after(standing: Purge, column_id: ColumnId, tenant: Tenant) -> Iterator[StoredCell]:
    """The column's values behind the chat the purge has come to, account after account."""
    reached = None if standing.after is None else ids.account_of(standing.after)
    for account in accounts.known_accounts(tenant):
        if reached is None or account.id >= reached:
            after = standing.after if account.id == reached else None
            yield from ColumnValues(tenant, account.id, column_id).after(after)


def _begin_purge(columns: Columns, column_id: ColumnId, standing: Purge, tenant: Tenant) -> Purge:
    begun = replace(standing, is_begun=True)
    with tenant.transaction() as change:
        columns.move_purge(change, column_id, standing, begun)
        change.record("column.purge_started", target=column_id)
    return begun


def _remove(
    columns: Columns, column_id: ColumnId, standing: Purge, cells: list[StoredCell], tenant: Tenant, *, is_last: bool
) -> Purge:
    """One chunk; the last of a turn schedules the next turn."""
    reached = standing.beyond([cell.chat_id for cell in cells])
    with tenant.transaction() as change:
        for cell in cells:
            ColumnValues(tenant, ids.account_of(cell.chat_id), column_id).remove(change, cell)
        columns.move_purge(change, column_id, standing, reached)
        if is_last:
            _schedule_purge(change, column_id, tenant, tenant.now())
        old = {cell.chat_id: cell.value() for cell in cells}
        change.record("column.values_purged", target=column_id, old=old, new={"values": reached.values})
    return reached


def _end_purge(columns: Columns, column_id: ColumnId, standing: Purge, tenant: Tenant) -> None:
    with tenant.transaction() as change:
        columns.forget(change, column_id, standing)
        change.record("column.purged", target=column_id, new={"values": standing.values})


def set_value(command: SetValue, *, tenant: Tenant) -> Value:
    """Write one value of one chat, unless it changed since the caller saw it. Writing what stands does nothing.

    Two reads (3 items); one transaction of 2 rows: the values and the journal entry.

    Raises:
        ColumnNotFound: there is none, or it was deleted.
        ValueInvalid: the value does not fit the column's type.
        ChatNotFound: the workspace has no such chat.
        ValueChanged: somebody wrote first; `standing` is what they wrote.
        ValuesTooLarge: no room in this chat's row.
    """
    column = Columns(tenant).require(command.column_id)
    wanted = replace(command, value=column.parse(command.value))
    try:
        return _write(wanted, tenant)
    except ChangedMeanwhile:
        # A second look finds what the other one wrote: the same value, or the version that stands.
        return _write(wanted, tenant)


def _write(command: SetValue, tenant: Tenant) -> Value:
    values = _values_of(command.chat_id, tenant)
    before = values.get(command.column_id)
    if before is None and command.value is None:
        return Value(value=None, version=0, set_at=tenant.now(), set_by=None)
    if before is not None and before.value == command.value:
        return before
    if (before is not None and before.is_unseen_by(command.version)) or (before is None and command.version):
        raise ValueChanged(standing=_standing(command.column_id, before))
    member = tenant.member
    after = Value(
        value=command.value,
        version=1 if before is None else before.version + 1,
        set_at=tenant.now(),
        set_by=None if member is None else member.user_id,
    )
    if values.bytes_with(command.column_id, after) > MAX_VALUES_BYTES:
        raise ValuesTooLarge
    with tenant.transaction() as change:
        values.put(change, command.column_id, after)
        change.record(
            "value.set",
            target=command.chat_id,
            old=_journalled(command.column_id, before),
            new=_journalled(command.column_id, after),
        )
    return after


def _values_of(chat_id: ChatId, tenant: Tenant) -> ChatValues:
    if not ids.is_chat_shape(chat_id):
        raise ChatNotFound
    values = ChatValues(tenant, chat_id)
    if not values.has_chat:
        raise ChatNotFound
    return values


def _rewrite(
    column_id: ColumnId, changed: Callable[[Column], Column], event: str, tenant: Tenant, tries: int = _TRIES
) -> Column:
    """Read, change and write on the version read; again when somebody was faster. A change of nothing isn't written."""
    columns = Columns(tenant)
    before = columns.require(column_id)
    after = changed(before)
    if after == before:
        return before
    after = replace(after, version=before.version + 1)
    try:
        with tenant.transaction() as change:
            columns.change(change, after, unchanged_since=before.version)
            change.record(event, target=column_id, old=as_journalled(before), new=as_journalled(after))
    except ColumnChanged:
        if tries == 1:
            raise
        return _rewrite(column_id, changed, event, tenant, tries - 1)
    return after


def _journalled(column_id: ColumnId, value: Value | None) -> dict[str, Any] | None:
    return None if value is None else {"column_id": column_id, "value": value.value, "version": value.version}


def _standing(column_id: ColumnId, value: Value | None) -> dict[str, Any]:
    if value is None:
        return {"column_id": column_id, "value": None, "version": 0, "set_at": None, "set_by": None}
    return {"column_id": column_id, **msgspec.to_builtins(value)}
