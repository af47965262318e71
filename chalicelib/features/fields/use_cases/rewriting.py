"""What is done to all values of a column in the background: they become another type, or one option becomes another.

Each begins with a transaction that says so in the column's row; due work does the rest in chunks that are transactions
of their own, with how far they came and their entry, and ends with one more. Killed anywhere it goes on where it was.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby, islice
from typing import Final

from chalicelib.features.fields.model import (
    CHECKED_A_TURN,
    CHUNK_VALUES,
    CHUNKS_A_TURN,
    WORK_AFTER,
    Column,
    ColumnChanged,
    ColumnInvalid,
    ColumnNotConvertible,
    ColumnReserved,
    ColumnType,
    Content,
    Conversion,
    Merge,
    MergeOptions,
    Option,
    ValueInvalid,
    Work,
    as_journalled,
    with_default,
    with_options,
)
from chalicelib.features.fields.model.converting import Misfit, becoming, content_of, converted, text_of
from chalicelib.features.fields.repository import Columns, ColumnValues, StoredCell
from chalicelib.features.fields.use_cases.columns import rewrite
from chalicelib.features.fields.use_cases.looking import look_at, preview_conversion
from chalicelib.features.fields.use_cases.purging import cells_after
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.ids import ColumnId
from chalicelib.kernel.permissions import Action
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile

REWRITE: Final = "column.rewrite"
"""The due work of converting a column's values or merging two of its options; its one fact is `column_id`."""


def convert_column(column_id: ColumnId, to: ColumnType, version: int | None, *, tenant: Tenant) -> Column:
    """Have a column become another type, unless a value would be lost; its values can't be written until it is done.

    The first LOOKED_AT_ONCE rows of chats are looked at now. From a minute on, when no write that began before can
    still arrive, due work looks at every value and calls it off where one does not fit, or else writes them all.

    Raises:
        PermissionMissing: the caller may not manage columns.
        ColumnNotFound: there is none, or it was deleted.
        ColumnReserved: every workspace has it.
        ColumnInvalid: it is of that type already.
        ColumnBusy: something is done to its values already.
        ColumnNotConvertible: a value does not fit; `standing` has its chat and text. Nothing was written.
        ColumnChanged: somebody wrote after the version the caller saw.
    """
    tenant.require(Action.MANAGE_COLUMNS)

    def changed(column: Column) -> Column:
        _require_version(column, version)
        if column.is_reserved:
            raise ColumnReserved
        if column.type is to:
            raise ColumnInvalid(blames=(Blame("/to", "the column is of this type"),))
        column.require_idle()
        return replace(column, conversion=Conversion(to=to, options=column.options))

    changed(Columns(tenant).require(column_id))
    preview = preview_conversion(column_id, to, None, tenant=tenant)
    if preview.first:
        raise ColumnNotConvertible(standing=_told(preview.first[0]))
    return _begun(column_id, changed, "column.conversion_started", tenant)


def merge_options(command: MergeOptions, *, tenant: Tenant) -> Column:
    """Make two options of a column one. The first can't be chosen from now on; from a minute later on due work gives
    the second to every value that held it, and at last forgets it.

    Raises:
        PermissionMissing: the caller may not manage columns.
        ColumnNotFound, OptionNotFound: one of them is not there.
        ColumnInvalid: the second can't be chosen, or is the first.
        ColumnBusy: something is done to its values already.
    """
    tenant.require(Action.MANAGE_COLUMNS)

    def changed(column: Column) -> Column:
        column.require_idle()
        column.option(command.option_id)
        into = column.option(command.into)
        if into.archived or into.id == command.option_id:
            raise ColumnInvalid(blames=(Blame("/into", "expected another option that can be chosen"),))
        options = tuple(_archived(each) if each.id == command.option_id else each for each in column.options)
        merged = replace(column, default=_merged(column.default, command.option_id, command.into))
        return replace(with_options(merged, options), merge=Merge(option_id=command.option_id, into=command.into))

    return _begun(command.column_id, changed, "column.merge_started", tenant)


def rewrite_column(column_id: ColumnId, *, tenant: Tenant, most_chunks: int = CHUNKS_A_TURN) -> bool:
    """Go on with what is done to a column's values; returns whether there is nothing left to do.

    Cost: a conversion reads the chats' rows twice, a merge once; a write a value, up to three where it is or was a long
    text, and an entry a chunk, in transactions.

    Raises:
        ChangedMeanwhile, ColumnChanged: somebody else works at it, or changed a value or the column at this moment;
            what they did stands, and a later turn goes on from it.
    """
    columns = Columns(tenant)
    column = columns.at_work(column_id)
    work = None if column is None else column.work
    if column is None or work is None:
        return True
    if isinstance(work, Conversion) and not work.is_checked:
        return not _check(columns, column, work, tenant)
    left = cells_after(work.after, column_id, tenant)
    for _ in range(most_chunks):
        cells = list(islice(left, CHUNK_VALUES))
        if not cells:
            _end(columns, column, work, tenant)
            return True
        work = _write_chunk(columns, column.at(work), work, cells, tenant)
    return False


def _begun(column_id: ColumnId, changed: Callable[[Column], Column], event: str, tenant: Tenant) -> Column:
    def schedule(change: JournalledTransaction) -> None:
        name = f"{REWRITE}#{tenant.workspace_id}#{column_id}"
        due.schedule(change, tenant, REWRITE, tenant.now() + WORK_AFTER, {"column_id": column_id}, name=name)

    return rewrite(column_id, changed, event, tenant, along=schedule)


def _require_version(column: Column, version: int | None) -> None:
    if version is not None and version != column.version:
        raise ColumnChanged(standing={"version": column.version})


def _archived(option: Option) -> Option:
    return replace(option, archived=True)


def _merged(content: Content, option_id: str, into: str) -> Content:
    """The value after one option became another."""
    if isinstance(content, tuple):
        return tuple(dict.fromkeys(into if each == option_id else each for each in content))
    return into if content == option_id else content


def _check(columns: Columns, column: Column, conversion: Conversion, tenant: Tenant) -> bool:
    """Look at the next values, and remember how far that came; returns whether there is more to do."""
    target = becoming(column, conversion.to, conversion.options)
    cells = list(islice(cells_after(conversion.after, column.id, tenant), CHECKED_A_TURN))
    for cell, content in _whole(cells, column, tenant):
        target, misfit = look_at(cell, content, column, target)
        if misfit is not None:
            _call_off(columns, column, conversion.to, misfit, tenant)
            return False
    checked = replace(conversion, options=target.options)
    if len(cells) < CHECKED_A_TURN:
        checked = replace(checked, is_checked=True, after=None)
    else:
        checked = checked.beyond([cell.chat_id for cell in cells], 0)
    _note(columns, column, checked)
    return True


def _note(columns: Columns, column: Column, work: Work) -> None:
    """How far the work came where it changed nothing, which needs no entry."""
    if not columns.note_work(column, column.at(work)):
        raise ChangedMeanwhile


def _whole(cells: list[StoredCell], column: Column, tenant: Tenant) -> Iterator[tuple[StoredCell, Content]]:
    """Those cells that hold something, with all of it."""
    for account_id, part in groupby(cells, key=lambda cell: ids.account_of(cell.chat_id)):
        of_account = list(part)
        whole = ColumnValues(tenant, account_id, column.id).whole(of_account)
        yield from ((cell, whole[cell.chat_id]) for cell in of_account if whole[cell.chat_id] is not None)


def _call_off(columns: Columns, column: Column, to: ColumnType, misfit: Misfit, tenant: Tenant) -> None:
    """A value does not fit: the column stays what it is, and its values can be written again."""
    called_off = replace(column, conversion=None, version=column.version + 1)
    with tenant.transaction() as change:
        columns.change(change, called_off, unchanged_since=column.version)
        change.record("column.conversion_refused", target=column.id, new={"type": to.value, **_told(misfit)})


def _told(misfit: Misfit) -> dict[str, str]:
    return {"chat_id": misfit.chat_id, "value": misfit.text}


def _write_chunk(columns: Columns, column: Column, work: Work, cells: list[StoredCell], tenant: Tenant) -> Work:
    """One chunk: the values it changes, how far that leaves the work, and what they were."""
    try:
        changes = list(_rewritten(column, work, cells, tenant))
    except ValueInvalid as seen_before:
        # Every value was looked at and none was written since, but by somebody who does the same work.
        raise ChangedMeanwhile from seen_before
    reached = work.beyond([cell.chat_id for cell in cells], len(changes))
    if not changes:
        _note(columns, column, reached)
        return reached
    is_long = isinstance(work, Conversion) and work.to is ColumnType.LONG_TEXT
    with tenant.transaction() as change:
        for cell, content in changes:
            before = cell.read()
            after = replace(before, value=content, version=before.version + 1, is_cut=False)
            of_account = ColumnValues(tenant, ids.account_of(cell.chat_id), column.id)
            of_account.replace(change, cell, after, is_long=is_long)
        columns.move_work(change, column, column.at(reached))
        old = {cell.chat_id: cell.value() for cell, _ in changes}
        event = "column.values_merged" if isinstance(work, Merge) else "column.values_converted"
        change.record(event, target=column.id, old=old, new={"values": reached.values})
    return reached


def _rewritten(
    column: Column, work: Work, cells: list[StoredCell], tenant: Tenant
) -> Iterator[tuple[StoredCell, Content]]:
    """What each of these values becomes, where it becomes something else."""
    if isinstance(work, Conversion):
        target = becoming(column, work.to, work.options)
        for cell, content in _whole(cells, column, tenant):
            yield cell, converted(content, column, target)
        return
    for cell in cells:
        before = cell.value()
        after = _merged(before, work.option_id, work.into)
        if after != before:
            yield cell, after


def _end(columns: Columns, column: Column, work: Work, tenant: Tenant) -> None:
    """The column is what it was to become."""
    ended = _without_merged(column, work) if isinstance(work, Merge) else _converted(column, work)
    with tenant.transaction() as change:
        columns.change(change, replace(ended, version=column.version + 1), unchanged_since=column.version)
        new = as_journalled(ended) | {"values": work.values}
        event = "column.options_merged" if isinstance(work, Merge) else "column.converted"
        change.record(event, target=column.id, old=as_journalled(column), new=new)


def _converted(column: Column, conversion: Conversion) -> Column:
    target = becoming(replace(column, conversion=None, default=None), conversion.to, conversion.options)
    try:
        default = None if column.default is None else content_of(text_of(column.default, column), target)
        return with_default(target, default)
    except (ValueInvalid, ColumnInvalid):
        return target


def _without_merged(column: Column, merge: Merge) -> Column:
    return replace(column, merge=None, options=tuple(each for each in column.options if each.id != merge.option_id))
