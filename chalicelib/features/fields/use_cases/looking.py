"""All values of a column are looked at, a part of the chats at a time: how they are used, what they would become."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.fields.model import Column, ColumnType, Content, Usage, ValueInvalid
from chalicelib.features.fields.model.converting import Misfit, Preview, becoming, converted, grown, text_of
from chalicelib.features.fields.repository import Columns, ColumnValues, StoredCell
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ColumnId
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.records import record
from chalicelib.table import cursors, keys
from chalicelib.table.tenant import Tenant

LOOKED_AT_ONCE: Final = 5_000
"""Rows of chats one request looks through: 25 queries, about 0.3 s and 1 read unit for each 8 rows."""
MAX_MISFITS: Final = 50
"""Values a preview names."""


@record
class _Part:
    """Values of a part of the chats, long texts whole, and where the next part begins."""

    cells: tuple[tuple[StoredCell, Content], ...]
    next_cursor: str | None


def column_usage(column_id: ColumnId, cursor: str | None, *, tenant: Tenant) -> Usage:
    """How many chats have a value, and each option, among the next LOOKED_AT_ONCE rows of chats.

    Raises:
        ColumnNotFound: there is none, or it was deleted.
        CursorInvalid: not a cursor of this list.
    """
    column = Columns(tenant).require(column_id)
    part = _part(column, "usage", cursor, tenant)
    held = [content for _, content in part.cells if content is not None]
    chosen = Counter(each for content in held for each in (content if isinstance(content, tuple) else (str(content),)))
    known = {option.id for option in column.options}
    options = {option_id: count for option_id, count in chosen.items() if option_id in known}
    return Usage(filled=len(held), options=options, next_cursor=part.next_cursor)


def preview_conversion(column_id: ColumnId, to: ColumnType, cursor: str | None, *, tenant: Tenant) -> Preview:
    """What would become of the values among the next LOOKED_AT_ONCE rows of chats; nothing is written.

    A value fits when it could be turned back into itself. How many different texts become options is counted within
    the part.

    Raises:
        PermissionMissing: the caller may not manage columns.
        ColumnNotFound: there is none, or it was deleted.
        CursorInvalid: not a cursor of this list.
    """
    tenant.require(Action.MANAGE_COLUMNS)
    column = Columns(tenant).require(column_id)
    part = _part(column, f"conversion {to}", cursor, tenant)
    misfits, fitting, target = [], 0, becoming(column, to)
    for cell, content in part.cells:
        if content is None:
            continue
        target, misfit = look_at(cell, content, column, target)
        if misfit is None:
            fitting += 1
        else:
            misfits.append(misfit)
    first = tuple(misfits[:MAX_MISFITS])
    return Preview(fitting=fitting, misfits=len(misfits), first=first, next_cursor=part.next_cursor)


def look_at(cell: StoredCell, content: Content, source: Column, target: Column) -> tuple[Column, Misfit | None]:
    """Whether a value could become the other type, and the target with the options that takes."""
    text = ""
    try:
        text = text_of(content, source)
        with_its_options = grown(target, text)
        converted(content, source, with_its_options)
    except ValueInvalid:
        shown = text or str(content)
        return target, Misfit(chat_id=cell.chat_id, title=cell.title, text=shown[:_SHOWN_CHARACTERS])
    return with_its_options, None


_SHOWN_CHARACTERS: Final = 200


def _part(column: Column, purpose: str, cursor: str | None, tenant: Tenant) -> _Part:
    """The next part of the column's values, account after account; a cursor is the key of the last row looked at."""
    scope = f"{keys.tenant_prefix(tenant.workspace_id)}\x00{column.id}\x00{purpose}"
    after = None if cursor is None else cursors.open_signed(scope, cursor)
    cells: list[tuple[StoredCell, Content]] = []
    rows = 0
    for values, stretch_cells, looked_at, last in _stretches(column, after, tenant):
        whole = values.whole(stretch_cells)
        cells += [(cell, whole[cell.chat_id]) for cell in stretch_cells]
        rows += looked_at
        if rows >= LOOKED_AT_ONCE:
            return _Part(cells=tuple(cells), next_cursor=cursors.sign(scope, last))
    return _Part(cells=tuple(cells), next_cursor=None)


def _stretches(
    column: Column, after: str | None, tenant: Tenant
) -> Iterator[tuple[ColumnValues, tuple[StoredCell, ...], int, str]]:
    reached = None if after is None else ids.account_of(keys.chat_of(after))
    for account in accounts.known_accounts(tenant):
        if reached is None or account.id >= reached:
            values = ColumnValues(tenant, account.id, column.id)
            for stretch in values.stretches(after if account.id == reached else None):
                yield values, stretch.cells, stretch.rows, stretch.last
