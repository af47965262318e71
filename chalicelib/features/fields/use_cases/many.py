"""One value for many chats, for whoever writes them chunk by chunk in transactions of their own."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from chalicelib.features.fields import repository
from chalicelib.features.fields.model import (
    MAX_VALUES_BYTES,
    ChatCell,
    Column,
    ColumnType,
    Content,
    Value,
    ValueInvalid,
    ValueRequired,
)
from chalicelib.features.fields.repository import Columns, ColumnValues
from chalicelib.features.fields.use_cases.hanging import are_kept, exchange
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.ids import ChatId, ColumnId, UserId
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant

_ROOM_BYTES: Final = 8_000
"""More than any one value takes beside the others: the ids of 200 options, or what is shown of a long text."""


def parsed_value(column_id: ColumnId, raw: object, *, tenant: Tenant) -> Content:
    """A value of a column as it is stored: one read, and one for a person.

    Raises:
        ColumnNotFound: there is none, or it was deleted.
        ColumnBusy: something is done to all its values just now.
        ValueInvalid, ValueRequired: no chat could have that value, or not many together: a file hangs at one chat, so
            that files can only be cleared. Blames `/value`.
    """
    column = Columns(tenant).require(column_id)
    column.require_idle()
    value = column.parse(raw)
    if column.type is ColumnType.FILES and value is not None:
        raise ValueInvalid(blames=(Blame("/value", "files are attached chat by chat"),))
    if value is None and column.required:
        raise ValueRequired(blames=(Blame("/value", "expected a value"),))
    if column.type is ColumnType.PERSON and value is not None and not repository.belongs(tenant, UserId(str(value))):
        raise ValueInvalid(blames=(Blame("/value", "expected the id of a member"),))
    return value


def open_column(column_id: ColumnId, *, tenant: Tenant) -> Column | None:
    """A column as it is now, None once it is deleted: one read. What is read here may be written within a minute.

    Raises:
        ColumnBusy: something is done to all its values just now, which a write would escape.
    """
    column = Columns(tenant).get(column_id)
    if column is not None:
        column.require_idle()
    return column


def fits(column: Column, value: Content, *, tenant: Tenant) -> bool:
    """Whether a value that was one of the column's can be written there again. An archived option can; files can while
    they are kept, which is a batch read."""
    if value is None:
        return not column.required
    if column.type is ColumnType.FILES:
        return are_kept(value, tenant=tenant)
    try:
        return column.parse(value, held=tuple(option.id for option in column.options)) == value
    except ValueInvalid:
        return False


def cells_of(column: Column, chat_ids: Sequence[ChatId], *, tenant: Tenant) -> dict[ChatId, ChatCell]:
    """What those of these chats, all of one account, have in a column that have room for more: a batch read fifty.

    For whoever writes into many at once (`put_cell`). A chat the workspace does not have is left out. Long texts that
    are cut take one more read.
    """
    if not chat_ids:
        return {}
    found = ColumnValues(tenant, ids.account_of(chat_ids[0]), column.id).some(chat_ids)
    return {chat_id: cell for chat_id, cell in found.items() if cell.taken_bytes <= MAX_VALUES_BYTES - _ROOM_BYTES}


def put_cell(
    change: JournalledTransaction,
    column: Column,
    before: ChatCell,
    after: Value,
    *,
    files_kept_for: timedelta,
    tenant: Tenant,
) -> None:
    """Write one value as part of a change, unless somebody wrote since it was read: a row, two where it is long.

    Files that go, two rows each, are kept so long: until then a value that held them can be written again (`fits`), for
    a row each.
    """
    if column.type is ColumnType.FILES:
        held = None if before.value is None else before.value.value
        exchange(change, before.chat_id, column.id, held, after.value, kept_for=files_kept_for, tenant=tenant)
    is_long = column.type is ColumnType.LONG_TEXT
    ColumnValues(tenant, ids.account_of(before.chat_id), column.id).put(change, before, after, is_long=is_long)
