"""Routes of bulk edits."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.bulk_edits import schemas, use_cases
from chalicelib.features.bulk_edits.model import BulkEditNotFound, BulkEditNotUndoable, BulkFieldInvalid
from chalicelib.features.chats.model import AssigneeNotConnected, CardInvalid
from chalicelib.features.fields.model import ColumnBusy, ColumnNotFound, ValueInvalid, ValueRequired
from chalicelib.kernel import ids
from chalicelib.kernel.emails import EmailInvalid
from chalicelib.kernel.ids import BulkEditId
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.post(
    "/workspaces/{workspace_id}/bulk-edits",
    allow=Action.EDIT_VALUES,
    status=202,
    once=True,
    raises=(
        *(BulkFieldInvalid, ColumnNotFound, ColumnBusy, AssigneeNotConnected),
        *(ValueInvalid, ValueRequired, EmailInvalid, NameInvalid, CardInvalid),
    ),
)
def start_bulk_edit(call: Call, body: schemas.BulkEditIn) -> schemas.BulkEditOut:
    """Give up to 1,000 chats one value. Most are done when this answers; what is cut short goes on by itself."""
    edit = use_cases.start_bulk_edit(body.to_command(), tenant=call.tenant, once=call.idempotency_key)
    return schemas.BulkEditOut.of(edit)


@api.get("/workspaces/{workspace_id}/bulk-edits/{bulk_edit_id}", allow=Action.SEE_CRM, raises=(BulkEditNotFound,))
def get_bulk_edit(call: Call, bulk_edit_id: str) -> schemas.BulkEditOut:
    """How far a bulk edit has come. It is kept for a week."""
    return schemas.BulkEditOut.of(use_cases.get_bulk_edit(_id(bulk_edit_id), tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/bulk-edits/{bulk_edit_id}/undo",
    allow=Action.EDIT_VALUES,
    status=202,
    raises=(BulkEditNotFound, BulkEditNotUndoable, ChangedMeanwhile),
)
def undo_bulk_edit(call: Call, bulk_edit_id: str) -> schemas.BulkEditOut:
    """Take a bulk edit back, within 24 hours: chats that nobody changed since get the value they had."""
    return schemas.BulkEditOut.of(use_cases.undo_bulk_edit(_id(bulk_edit_id), tenant=call.tenant))


@api.post("/workspaces/{workspace_id}/assignments", allow=Action.EDIT_VALUES, status=202)
def share_out(call: Call, body: schemas.ShareOutIn) -> schemas.SharedOut:
    """Assign chats among members who are connected to their accounts; each one's share is a bulk edit of its own."""
    edits = use_cases.share_out(body.to_command(), tenant=call.tenant)
    return schemas.SharedOut(bulk_edits=[schemas.BulkEditOut.of(edit) for edit in edits])


def _id(text: str) -> BulkEditId:
    if not ids.is_minted_shape(text):
        raise BulkEditNotFound
    return BulkEditId(text)
