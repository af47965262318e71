"""What people do with the values of one chat."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from chalicelib.features.fields import repository
from chalicelib.features.fields.model import (
    MAX_VALUES_BYTES,
    Column,
    ColumnBusy,
    ColumnType,
    Content,
    SetValue,
    Shown,
    StoredValue,
    Value,
    ValueChanged,
    ValueInvalid,
    ValueRequired,
    ValuesTooLarge,
)
from chalicelib.features.fields.repository import ChatValues, Columns
from chalicelib.features.fields.use_cases.hanging import files_in, rehang
from chalicelib.features.files.model import File
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Blame, ChatNotFound
from chalicelib.kernel.ids import ChatId, ColumnId, UserId
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile


def values_in(item: Mapping[str, Any], shown: Shown) -> dict[ColumnId, StoredValue]:
    """The values that a values row, as it came, has in these columns, defaults where it has none; no read."""
    return repository.values_in(item, shown)


def whole_texts(cells: Iterable[tuple[ChatId, ColumnId]], *, tenant: Tenant) -> dict[tuple[ChatId, ColumnId], str]:
    """The long texts of which lists have the beginning, for whoever takes them away: a batch read a hundred."""
    return repository.long_texts(tenant, cells)


def get_value(chat_id: ChatId, column_id: ColumnId, *, tenant: Tenant) -> Value:
    """One value of one chat, a long text whole. Two reads (3 or 4 items).

    Raises:
        ColumnNotFound: there is none, or it was deleted.
        ChatNotFound: the workspace has no such chat.
    """
    column = Columns(tenant).require(column_id)
    found = _values_of(chat_id, column, tenant).get(column_id)
    return found or Value(value=column.default, version=0, set_at=tenant.now(), set_by=None)


def files_of_value(column_id: ColumnId, value: Value, *, tenant: Tenant) -> list[File] | None:
    """The files that a value of a column holds, in its order; None where it holds none. A read, two with files.

    Raises:
        ColumnNotFound: there is none, or it was deleted.
    """
    is_files = isinstance(value.value, tuple) and Columns(tenant).require(column_id).type is ColumnType.FILES
    return files_in(value.value, tenant=tenant) if is_files else None


def set_value(command: SetValue, *, tenant: Tenant) -> Value:
    """Write one value of one chat, unless it changed since the caller saw it. Writing what stands does nothing.

    Two reads (3 items; a person one more, a long text one more); one transaction of 2 rows: the values and the journal
    entry. A long text of more than 500 characters takes a third, each file that comes one more, that goes two.

    Raises:
        ColumnNotFound: there is none, or it was deleted.
        ColumnBusy: it becomes another type just now.
        ValueInvalid: the value does not fit the column's type.
        ValueRequired: the column is required, and this would clear what stands there.
        ChatNotFound: the workspace has no such chat.
        FileNotFound: one of the files was not put up for a value by whoever acts, or hangs elsewhere.
        ValueChanged: somebody wrote first; `standing` is what they wrote.
        ValuesTooLarge: no room in this chat's row.
    """
    try:
        return _write(command, tenant)
    except ChangedMeanwhile:
        # A second look finds what the other one wrote: the same value, or the version that stands.
        return _write(command, tenant)


def fitting(column: Column, raw: object, held: Content, *, tenant: Tenant) -> Content:
    """A value as it is stored in the place of the one that is `held`: a read where somebody is chosen anew.

    Raises:
        ColumnBusy: the column becomes another type just now.
        ValueInvalid: the value does not fit its type, or names somebody who is no member; blames `/value`.
    """
    if column.conversion is not None:
        raise ColumnBusy(standing={"column_id": column.id})
    value = column.parse(raw, held=held)
    is_chosen_anew = column.type is ColumnType.PERSON and value is not None and value != held
    if is_chosen_anew and not repository.belongs(tenant, UserId(str(value))):
        raise ValueInvalid(blames=(Blame("/value", "expected the id of a member"),))
    return value


def _write(command: SetValue, tenant: Tenant) -> Value:
    column = Columns(tenant).require(command.column_id)
    values = _values_of(command.chat_id, column, tenant)
    before = values.get(column.id)
    standing = None if before is None else before.value
    wanted = replace(command, value=fitting(column, command.value, standing, tenant=tenant))
    if before is None and wanted.value is None and column.default is None:
        return Value(value=None, version=0, set_at=tenant.now(), set_by=None)
    if before is not None and before.value == wanted.value:
        return before
    if (before is not None and before.is_unseen_by(wanted.version)) or (before is None and wanted.version):
        raise ValueChanged(standing=_standing(column.id, before))
    if wanted.value is None and column.required:
        raise ValueRequired(blames=(Blame("/value", "expected a value"),))
    return _put(values, column, before, wanted.value, tenant)


def _put(values: ChatValues, column: Column, before: Value | None, content: Content, tenant: Tenant) -> Value:
    member = tenant.member
    after = Value(
        value=content,
        version=1 if before is None else before.version + 1,
        set_at=tenant.now(),
        set_by=None if member is None else member.user_id,
    )
    if values.bytes_with(column.id, after) > MAX_VALUES_BYTES:
        raise ValuesTooLarge
    with tenant.transaction() as change:
        values.put(change, column.id, after)
        if column.type is ColumnType.FILES:
            rehang(change, values.chat_id, column.id, None if before is None else before.value, content, tenant)
        change.record(
            "value.set",
            target=values.chat_id,
            old=_journalled(column.id, before),
            new=_journalled(column.id, after),
        )
    return after


def _values_of(chat_id: ChatId, column: Column, tenant: Tenant) -> ChatValues:
    if not ids.is_chat_shape(chat_id):
        raise ChatNotFound
    values = ChatValues(tenant, chat_id, column.id if column.type is ColumnType.LONG_TEXT else None)
    if not values.has_chat:
        raise ChatNotFound
    return values


def _journalled(column_id: ColumnId, value: Value | None) -> dict[str, Any] | None:
    return None if value is None else {"column_id": column_id, "value": value.value, "version": value.version}


def _standing(column_id: ColumnId, value: Value | None) -> dict[str, Any]:
    if value is None:
        return {"column_id": column_id, "value": None, "version": 0, "set_at": None, "set_by": None}
    told: dict[str, Any] = msgspec.to_builtins(value)
    return {"column_id": column_id, **told}
