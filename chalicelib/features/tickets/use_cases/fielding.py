"""What people do with the workspace's own fields of tickets, and how the values of a deleted one go."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from chalicelib.features.fields import use_cases as columns
from chalicelib.features.fields.model import CHUNK_FILES, PURGE_AFTER, Column, ColumnType, as_journalled
from chalicelib.features.tickets.model import fields as rules
from chalicelib.features.tickets.model.fields import ChangeField, CreateField, TicketFields
from chalicelib.features.tickets.model.tickets import Ticket
from chalicelib.features.tickets.repository import Fields, Tickets
from chalicelib.features.tickets.use_cases.retrying import tried
from chalicelib.kernel.ids import ColumnId, TicketId
from chalicelib.kernel.permissions import Action
from chalicelib.table import due
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import AlreadyDone

PURGE_FIELD: Final = "ticket_field.purge"
"""The due work of removing a deleted field's values; its facts are `field_id` and the `type` it had."""
CHUNK_VALUES: Final = 40
"""Values one transaction removes; of files it is CHUNK_FILES."""
CHUNKS_A_TURN: Final = 25
"""Chunks before a purge makes room for other due work."""
_TRIES: Final = 5


def list_fields(*, tenant: Tenant) -> TicketFields:
    """The workspace's own fields of tickets in their order: a read unit per 4 KB of them."""
    return Fields(tenant).all()


def create_field(command: CreateField, *, tenant: Tenant, once: str | None = None) -> Column:
    """Make a field at the end. One read; one transaction of 2 rows.

    Raises:
        PermissionMissing: the caller may not manage columns and fields.
        NameInvalid, ColumnInvalid, ColumnLimitReached: nothing was written.
        ChangedMeanwhile: somebody kept changing the fields.
    """
    tenant.require(Action.MANAGE_COLUMNS)

    def create() -> Column:
        before = Fields(tenant).all()
        after, made = rules.created(before, command, tenant.now().timestamp())
        with tenant.transaction(once=once) as change:
            Fields(tenant).change(change, before, after)
            change.record("ticket_field.created", target=made.id, new=as_journalled(made))
            change.leaves(field_id=made.id)
        return made

    try:
        return tried(create, times=_TRIES)
    except AlreadyDone as done:
        return Fields(tenant).all().require(done.outcome["field_id"])


def change_field(command: ChangeField, *, tenant: Tenant) -> Column:
    """Rename a field, rearrange its options, or move it; options left out are archived and stay readable.

    Raises:
        PermissionMissing: the caller may not manage columns and fields.
        ColumnNotFound: there is none, or it was deleted.
        ColumnChanged: somebody changed it after the version the caller saw.
        NameInvalid, ColumnInvalid, ColumnLimitReached: nothing was written.
        ChangedMeanwhile: somebody kept changing the fields.
    """
    tenant.require(Action.MANAGE_COLUMNS)

    def change_it() -> Column:
        before = Fields(tenant).all()
        after = rules.changed(before, command)
        old, new = before.require(command.field_id), after.require(command.field_id)
        if after is not before:
            with tenant.transaction() as change:
                Fields(tenant).change(change, before, after)
                change.record(
                    "ticket_field.changed",
                    target=new.id,
                    old={**as_journalled(old), "position": old.position},
                    new={**as_journalled(new), "position": new.position},
                )
        return new

    return tried(change_it, times=_TRIES)


def delete_field(field_id: str, *, tenant: Tenant) -> None:
    """Take a field away: no value of it is shown from now on, and all are removed in the background.

    Raises:
        PermissionMissing: the caller may not manage columns and fields.
        ColumnNotFound: there is none, or it was deleted before.
        ChangedMeanwhile: somebody kept changing the fields.
    """
    tenant.require(Action.MANAGE_COLUMNS)

    def delete() -> None:
        before = Fields(tenant).all()
        after, gone = rules.removed(before, field_id)
        with tenant.transaction() as change:
            Fields(tenant).change(change, before, after)
            at = tenant.now() + PURGE_AFTER
            name = f"{PURGE_FIELD}#{tenant.workspace_id}#{gone.id}"
            facts = {"field_id": gone.id, "type": gone.type.value}
            due.schedule(change, tenant, PURGE_FIELD, at, facts, name=name)
            change.record("ticket_field.deleted", target=gone.id, old=as_journalled(gone))

    tried(delete, times=_TRIES)


def purge_field(field_id: ColumnId, kind: ColumnType, *, tenant: Tenant, most_chunks: int = CHUNKS_A_TURN) -> bool:
    """Remove the values of a deleted field that was of this type; returns whether none is left. Due work.

    A ticket without the value is done with, so that whoever takes over goes on by looking: each chunk is one
    transaction with its entry, and a last entry (`ticket_field.purged`) says that all are gone. Cost: the tickets are
    read once a turn; a write a value and two more a file, in transactions.

    Raises:
        ChangedMeanwhile: somebody changed one of the tickets at the same moment; a later turn goes on.
    """
    fields = Fields(tenant).all()
    if field_id in fields.ids():
        return True
    of_files = kind is ColumnType.FILES
    left = _holding(field_id, Tickets(tenant).before(None))
    for _ in range(most_chunks):
        chunk = list(islice(left, CHUNK_FILES if of_files else CHUNK_VALUES))
        if not chunk:
            with tenant.transaction() as change:
                Fields(tenant).check(change, fields)
                change.record("ticket_field.purged", target=field_id)
            return True
        _remove(field_id, chunk, of_files, tenant)
    return False


def _remove(field_id: ColumnId, chunk: list[Ticket], of_files: bool, tenant: Tenant) -> None:
    with tenant.transaction() as change:
        for ticket in chunk:
            Tickets(tenant).change(change, ticket, ticket.without(field_id))
            if of_files:
                columns.rehang(change, ticket.id, field_id, ticket.values[field_id], None, tenant)
        old: dict[TicketId, object] = {ticket.id: ticket.values[field_id] for ticket in chunk}
        change.record("ticket_field.values_purged", target=field_id, old=old)


def _holding(field_id: ColumnId, tickets: Iterator[Ticket]) -> Iterator[Ticket]:
    return (ticket for ticket in tickets if field_id in ticket.values)
