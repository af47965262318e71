"""What people do with columns: make, change, move and delete them, and add options while editing a cell."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from chalicelib.features.fields.model import (
    OF_OPTIONS,
    STEP,
    AddOption,
    ChangeColumn,
    Column,
    ColumnChanged,
    ColumnReserved,
    CreateColumn,
    MoveColumn,
    Shown,
    arranged,
    as_journalled,
    described,
    free_key,
    named,
    placed,
    with_default,
    with_option,
    with_options,
)
from chalicelib.features.fields.repository import Columns
from chalicelib.features.fields.use_cases.purging import schedule_purge
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ColumnId
from chalicelib.kernel.permissions import Action
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import AlreadyDone

_TRIES: Final = 3
_MOVED_AT_ONCE: Final = 80
"""Positions one transaction writes."""

Along = Callable[[JournalledTransaction], None]


def list_columns(*, tenant: Tenant) -> list[Column]:
    """The workspace's columns in their order, its tags among them: one query."""
    return Columns(tenant).all()


def shown_columns(*, tenant: Tenant) -> Shown:
    """The columns whose values are shown, and their defaults: one query."""
    return Columns(tenant).shown()


def create_column(command: CreateColumn, *, tenant: Tenant, once: str | None = None) -> Column:
    """Make a column at the end, its key claimed. One query; one transaction of 4 rows.

    Raises:
        PermissionMissing: the caller may not manage columns.
        NameInvalid, ColumnInvalid: a name, options or default no column can have.
        ColumnLimitReached, ColumnKeyTaken: nothing was written.
    """
    tenant.require(Action.MANAGE_COLUMNS)
    columns = Columns(tenant)
    column = _made(command, columns.all(), tenant)
    try:
        with tenant.transaction(once=once) as change:
            columns.create(change, column)
            change.record("column.created", target=column.id, new=as_journalled(column))
            change.leaves(column_id=column.id)
    except AlreadyDone as done:
        return columns.require(ColumnId(done.outcome["column_id"]))
    return column


def _made(command: CreateColumn, standing: list[Column], tenant: Tenant) -> Column:
    column = Column(
        id=ColumnId(ids.mint(tenant.now().timestamp())),
        key=free_key(command.name, (each.key for each in standing)),
        name=named(command.name),
        type=command.type,
        options=arranged(command.type, command.options),
        position=max(each.position for each in standing) + STEP,
        version=1,
        description=described(command.description),
        required=command.required,
    )
    return with_default(column, command.default)


def change_column(command: ChangeColumn, *, tenant: Tenant) -> Column:
    """Rename or describe a column, rearrange its options, or say whether it is required and what stands by default.

    Options left out are archived: values that hold them stay readable. A required value can't be cleared any more;
    chats where nothing was written stay as they are, and are shown as missing it.

    Raises:
        PermissionMissing: the caller may not manage columns.
        ColumnNotFound: there is none, or it was deleted.
        NameInvalid, ColumnInvalid, ColumnLimitReached: nothing was written.
        ColumnBusy: it becomes another type just now.
        ColumnChanged: somebody wrote after the version the caller saw; `standing` has the version that stands.
    """
    tenant.require(Action.MANAGE_COLUMNS)

    def changed(column: Column) -> Column:
        if command.version is not None and command.version != column.version:
            raise ColumnChanged(standing={"version": column.version})
        return _as_wished(column, command)

    return rewrite(command.column_id, changed, "column.changed", tenant)


def _as_wished(column: Column, command: ChangeColumn) -> Column:
    changed = replace(
        column,
        name=column.name if command.name is None else named(command.name),
        description=column.description if command.description is None else described(command.description),
        required=column.required if command.required is None else command.required,
    )
    if command.options is not None:
        options = arranged(column.type, command.options, column.options)
        changed = with_options(changed, options) if column.type in OF_OPTIONS else changed
    return changed if command.default is None else with_default(changed, command.default.value)


def add_option(command: AddOption, *, tenant: Tenant) -> Column:
    """Add one option to a select column, as any member may while editing a cell; one of that name is enough.

    Raises:
        ColumnNotFound: there is none, or it was deleted.
        NameInvalid, ColumnInvalid, ColumnLimitReached: nothing was written.
        ColumnBusy: it becomes another type just now.
    """
    return rewrite(command.column_id, lambda column: with_option(column, command.option), "column.option_added", tenant)


def add_option_along(command: AddOption, along: Along, *, tenant: Tenant) -> bool:
    """The same as a step of something larger, which `along` does in the same transaction; whether it was written.

    Neither is where the column has an option of that name already. Raises as `add_option`, and ColumnChanged: others
    kept changing the column.
    """
    is_new = False

    def changed(column: Column) -> Column:
        nonlocal is_new
        after = with_option(column, command.option)
        is_new = after != column
        return after

    rewrite(command.column_id, changed, "column.option_added", tenant, along=along)
    return is_new


def move_column(command: MoveColumn, *, tenant: Tenant, tries: int = _TRIES) -> list[Column]:
    """Put a column behind another one, in the order as it stands then; gives the whole order.

    Two who move at once both get their wish, one after the other. Two queries and three reads; one transaction, mostly
    of 3 rows.

    Raises:
        PermissionMissing: the caller may not manage columns.
        ColumnNotFound: one of the two is not there.
        ColumnChanged: others kept moving columns.
    """
    tenant.require(Action.MANAGE_COLUMNS)
    columns = Columns(tenant)
    moves, order = columns.moves(), columns.all()
    for column_id in {command.column_id, command.after or command.column_id}:
        columns.require(column_id)
    if command.column_id == command.after:
        return order
    standing = {column.id: column for column in order}
    before = _before(order, command.column_id)
    if before == command.after:
        return order
    positions = placed(order, command.column_id, command.after)
    moved = [replace(standing[each], position=position) for each, position in positions.items()]
    try:
        _write_order(columns, moved, moves, command, before, tenant)
    except ColumnChanged:
        if tries == 1:
            raise
        return move_column(command, tenant=tenant, tries=tries - 1)
    return columns.all()


def _before(order: list[Column], column_id: ColumnId) -> ColumnId | None:
    place = [column.id for column in order].index(column_id)
    return order[place - 1].id if place else None


def _write_order(
    columns: Columns,
    moved: list[Column],
    moves: int,
    command: MoveColumn,
    before: ColumnId | None,
    tenant: Tenant,
) -> None:
    """From the end backwards: where all get new positions, behind all old ones, each step leaves the order whole."""
    backwards = sorted(moved, key=lambda column: -column.position)
    for step, start in enumerate(range(0, len(backwards), _MOVED_AT_ONCE)):
        with tenant.transaction() as change:
            columns.place(change, backwards[start : start + _MOVED_AT_ONCE], unmoved_since=moves + step)
            change.record("column.moved", target=command.column_id, old={"after": before}, new={"after": command.after})


def delete_column(column_id: ColumnId, *, tenant: Tenant) -> None:
    """Take a column away with all its values: a tombstone at once, after which no value of it is shown.

    The values themselves are removed in the background, from a minute later on (`purge_column`); what else is done to
    them there ends.

    Raises:
        PermissionMissing: the caller may not manage columns.
        ColumnNotFound: there is none, or it was deleted before.
        ColumnReserved: every workspace has it.
        ColumnChanged: somebody kept changing it; it stands.
    """
    tenant.require(Action.MANAGE_COLUMNS)
    columns = Columns(tenant)
    column = columns.require(column_id)
    if column.is_reserved:
        raise ColumnReserved
    with tenant.transaction() as change:
        columns.archive(change, column, tenant.now())
        schedule_purge(change, column_id, tenant)
        change.record("column.deleted", target=column_id, old=as_journalled(column))


def rewrite(
    column_id: ColumnId,
    changed: Callable[[Column], Column],
    event: str,
    tenant: Tenant,
    *,
    along: Along | None = None,
    tries: int = _TRIES,
) -> Column:
    """Read, change and write on the version read; again when somebody was faster. A change of nothing isn't written.

    `along` says what else the transaction does. A column that becomes another type is refused as busy.
    """
    columns = Columns(tenant)
    before = columns.require(column_id)
    if before.conversion is not None:
        before.require_idle()
    after = changed(before)
    if after == before:
        return before
    after = replace(after, version=before.version + 1)
    try:
        with tenant.transaction() as change:
            columns.change(change, after, unchanged_since=before.version)
            if along is not None:
                along(change)
            change.record(event, target=column_id, old=as_journalled(before), new=as_journalled(after))
    except ColumnChanged:
        if tries == 1:
            raise
        return rewrite(column_id, changed, event, tenant, along=along, tries=tries - 1)
    return after
