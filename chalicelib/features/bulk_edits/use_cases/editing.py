"""What people do with bulk edits, and what goes on by itself where it was cut short."""

from typing import Final

from chalicelib.features.bulk_edits.model import (
    TURN_FOR,
    BulkEdit,
    StartBulkEdit,
    own_field_or_column,
)
from chalicelib.features.bulk_edits.repository import BulkEdits
from chalicelib.features.bulk_edits.use_cases.running import Run
from chalicelib.features.chats.model import AssigneeNotConnected, CardField, parsed_field
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import ColumnBusy, Content
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Blame, Invalid
from chalicelib.kernel.ids import BulkEditId
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.selections import in_order
from chalicelib.table import due
from chalicelib.table.following_up import TAKEN_UP_AFTER, follow_up
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import AlreadyDone, ChangedMeanwhile

RUN: Final = "bulk_edit.run"
"""The due work of going on with a bulk edit or its undoing; its one fact is `bulk_edit_id`."""
_TRIES: Final = 5


def start_bulk_edit(command: StartBulkEdit, *, tenant: Tenant, once: str | None = None) -> BulkEdit:
    """Give many chats one value: begun in one transaction, then chunk by chunk; gives how far it has come.

    What is cut short goes on a minute later by itself. Chats the workspace does not have, that have the value already,
    or whose account the assignee is not connected to, are passed over. Cost: 4 rows to begin, one of them a KB for 60
    chats; a write a chat, and for every 80 of an account an entry and how far it came (bench `bulk_edit_1000`).

    Raises:
        PermissionMissing, SeatNeeded, TrialOver: the caller may not edit, or nothing pays for it.
        BulkFieldInvalid, ColumnNotFound: there is no such field.
        ColumnBusy: something is done to all values of the column just now.
        ValueInvalid, ValueRequired, EmailInvalid, NameInvalid, CardInvalid, AssigneeNotConnected: no chat could have
            that value.
    """
    member = tenant.require(Action.EDIT_VALUES)
    value = _parsed(command, tenant)
    chat_ids = in_order(command.chat_ids)
    at = tenant.now()
    edit = BulkEdit(
        id=BulkEditId(ids.mint(at.timestamp())),
        field=command.field,
        value=value,
        asked_by=member.user_id,
        asked_at=at,
        chats=len(chat_ids),
    )
    edits = BulkEdits(tenant)
    try:
        with tenant.transaction(once=once) as change:
            edits.create(change, edit, chat_ids)
            _schedule(change, edit.id, tenant)
            told = {"field": edit.field, "value": value, "chats": edit.chats}
            change.record("bulk_edit.started", target=edit.id, new=told)
            change.leaves(bulk_edit_id=edit.id)
    except AlreadyDone as done:
        return edits.require(BulkEditId(done.outcome["bulk_edit_id"]))
    return _followed(edit, tenant)


def get_bulk_edit(bulk_edit_id: BulkEditId, *, tenant: Tenant) -> BulkEdit:
    """How far a bulk edit has come: one read unit. Raises BulkEditNotFound."""
    return BulkEdits(tenant).require(bulk_edit_id)


def undo_bulk_edit(bulk_edit_id: BulkEditId, *, tenant: Tenant) -> BulkEdit:
    """Take a bulk edit back, within a day: every chat that nobody changed since gets the value it had.

    The values are those the journal has of each chunk. Cost: as the edit itself, and the entries of its time once.

    Raises:
        PermissionMissing, SeatNeeded, TrialOver: the caller may not edit, or nothing pays for it.
        BulkEditNotFound: there is none, or it was more than a week ago.
        BulkEditNotUndoable: it is not done, was undone, or was done more than a day ago.
        ChangedMeanwhile: somebody else took it back at this moment.
    """
    tenant.require(Action.EDIT_VALUES)
    edits = BulkEdits(tenant)
    before = edits.require(bulk_edit_id)
    after = before.taken_back(tenant.now())
    with tenant.transaction() as change:
        edits.move(change, before, after)
        _schedule(change, before.id, tenant)
        change.record("bulk_edit.undo_started", target=before.id)
    return _followed(after, tenant)


def go_on(bulk_edit_id: BulkEditId, *, tenant: Tenant) -> bool:
    """Go on with a bulk edit or its undoing, from wherever it was left; returns whether there is nothing left to do.

    There may be when TURN_FOR is over, or where all values of the column are being rewritten.

    Raises:
        BulkEditNotFound: there is none any more.
        ChangedMeanwhile: its chats, or how far it came, kept changing under us; the chunks before stand.
    """
    edits = BulkEdits(tenant)
    edit = edits.require(bulk_edit_id)
    run = Run(edit, edits, tenant)
    tries, ends_at = 0, tenant.now() + TURN_FOR
    while edit.is_under_way and tenant.now() < ends_at:
        try:
            edit, tries = run.step(edit, due_name=_due_name(bulk_edit_id, tenant)), 0
        except ChangedMeanwhile:
            tries += 1
            if tries == _TRIES:
                raise
            edit = edits.require(bulk_edit_id)
        except ColumnBusy:
            break
    return not edit.is_under_way


def _followed(edit: BulkEdit, tenant: Tenant) -> BulkEdit:
    """The first turn at once; where it is cut short, due work takes it up. How it stands then: one read."""
    with follow_up():
        go_on(edit.id, tenant=tenant)
    return BulkEdits(tenant).require(edit.id)


def _schedule(change: JournalledTransaction, bulk_edit_id: BulkEditId, tenant: Tenant) -> None:
    name = _due_name(bulk_edit_id, tenant)
    due.schedule(change, tenant, RUN, tenant.now() + TAKEN_UP_AFTER, {"bulk_edit_id": bulk_edit_id}, name=name)


def _due_name(bulk_edit_id: BulkEditId, tenant: Tenant) -> str:
    return f"{RUN}#{tenant.workspace_id}#{bulk_edit_id}"


def _parsed(command: StartBulkEdit, tenant: Tenant) -> Content:
    """The value as it is stored."""
    target = own_field_or_column(command.field)
    if not isinstance(target, CardField):
        return fields.parsed_value(target, command.value, tenant=tenant)
    if command.value is not None and not isinstance(command.value, str):
        raise Invalid(blames=(Blame("/value", "expected text"),))
    value = parsed_field(target, command.value, pointer="/value")
    if target is CardField.ASSIGNEE and value is not None and not ids.is_minted_shape(value):
        raise AssigneeNotConnected
    return value
