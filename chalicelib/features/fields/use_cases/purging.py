"""The values of a deleted column are removed in the background."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Final

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.fields.model import (
    CHUNK_FILES,
    CHUNK_VALUES,
    CHUNKS_A_TURN,
    PURGE_AFTER,
    ColumnType,
    Purge,
)
from chalicelib.features.fields.repository import Columns, ColumnValues, StoredCell
from chalicelib.features.fields.use_cases.hanging import rehang
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId, ColumnId
from chalicelib.kernel.records import record
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant

PURGE: Final = "column.purge"
"""The due work of removing a deleted column's values; its one fact is `column_id`."""


def purge_column(column_id: ColumnId, *, tenant: Tenant, most_chunks: int = CHUNKS_A_TURN) -> bool:
    """Remove a deleted column's values and at last its tombstone; returns whether there is nothing left to do.

    Each step is one transaction of what it removes, how far that leaves the work, and its entry (`purge_started`,
    `values_purged`, `purged`): whoever takes over goes on where the last step ended. After `most_chunks` it schedules
    itself again. Cost: the chats' rows are read once; a write a value, two where it is a long text and two more a
    file, and an entry a chunk, in transactions.

    Raises:
        ChangedMeanwhile: somebody else purges the same column; what they did stands, and a later turn goes on from it.
    """
    columns = Columns(tenant)
    found = columns.purge_of(column_id)
    if found is None:
        return True
    kind, standing = found
    of_files = kind is ColumnType.FILES
    if not standing.is_begun:
        standing = _begin_purge(columns, column_id, standing, tenant)
    left = cells_after(standing.after, column_id, tenant)
    for chunks in range(1, most_chunks + 1):
        cells = list(islice(left, CHUNK_FILES if of_files else CHUNK_VALUES))
        if not cells:
            _end_purge(columns, column_id, standing, tenant)
            return True
        chunk = _Chunk(cells=cells, of_files=of_files, is_last=chunks == most_chunks)
        standing = _remove(columns, column_id, standing, chunk, tenant)
    return False


def schedule_purge(change: JournalledTransaction, column_id: ColumnId, tenant: Tenant) -> None:
    """Have the values of a column removed from a minute later on."""
    _schedule(change, column_id, tenant, tenant.now() + PURGE_AFTER)


def cells_after(after: ChatId | None, column_id: ColumnId, tenant: Tenant) -> Iterator[StoredCell]:
    """The column's values behind a chat, account after account: a query a few hundred rows."""
    reached = None if after is None else ids.account_of(after)
    for account in accounts.known_accounts(tenant):
        if reached is None or account.id >= reached:
            behind = after if account.id == reached else None
            yield from ColumnValues(tenant, account.id, column_id).after(behind)


def _schedule(change: JournalledTransaction, column_id: ColumnId, tenant: Tenant, at: datetime) -> None:
    name = f"{PURGE}#{tenant.workspace_id}#{column_id}"
    due.schedule(change, tenant, PURGE, at, {"column_id": column_id}, name=name)


def _begin_purge(columns: Columns, column_id: ColumnId, standing: Purge, tenant: Tenant) -> Purge:
    begun = replace(standing, is_begun=True)
    with tenant.transaction() as change:
        columns.move_purge(change, column_id, standing, begun)
        change.record("column.purge_started", target=column_id)
    return begun


@record
class _Chunk:
    """Values that one transaction removes; the last of a turn schedules the next turn."""

    cells: list[StoredCell]
    of_files: bool
    is_last: bool


def _remove(columns: Columns, column_id: ColumnId, standing: Purge, chunk: _Chunk, tenant: Tenant) -> Purge:
    """One chunk; of files that hang there nothing is left either."""
    reached = standing.beyond([cell.chat_id for cell in chunk.cells])
    with tenant.transaction() as change:
        for cell in chunk.cells:
            ColumnValues(tenant, ids.account_of(cell.chat_id), column_id).remove(change, cell)
            if chunk.of_files:
                rehang(change, cell.chat_id, column_id, cell.value(), None, tenant)
        columns.move_purge(change, column_id, standing, reached)
        if chunk.is_last:
            _schedule(change, column_id, tenant, tenant.now())
        old = {cell.chat_id: cell.value() for cell in chunk.cells}
        change.record("column.values_purged", target=column_id, old=old, new={"values": reached.values})
    return reached


def _end_purge(columns: Columns, column_id: ColumnId, standing: Purge, tenant: Tenant) -> None:
    with tenant.transaction() as change:
        columns.forget(change, column_id, standing)
        change.record("column.purged", target=column_id, new={"values": standing.values})
