"""Routes of the journal."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.journal import schemas, use_cases
from chalicelib.features.journal.model import ExportNotFound, ExportTooSoon, PeriodInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.cursors import CursorInvalid

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/changes", allow=Action.SEE_CRM, raises=(CursorInvalid,))
def list_changes(call: Call, query: schemas.ChangesQuery) -> schemas.ChangesOut:
    """What happened after a cursor, up to five seconds ago. An id can come twice; the reader drops what it knows."""
    return schemas.ChangesOut.of(use_cases.read_changes(query.cursor, tenant=call.tenant))


@api.get("/workspaces/{workspace_id}/activity", allow=Action.READ_ACTIVITY, raises=(CursorInvalid, PeriodInvalid))
def list_activity(call: Call, query: schemas.ActivityQuery) -> schemas.ActivityOut:
    """A page of the activity log, newest first. Members see it without addresses and devices."""
    return schemas.ActivityOut.of(use_cases.read_activity(query.to_filters(), query.cursor, tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/activity/exports",
    allow=Action.EXPORT_ACTIVITY,
    status=202,
    raises=(ExportTooSoon, PeriodInvalid),
)
def request_activity_export(call: Call, body: schemas.ExportIn) -> schemas.ExportOut:
    """Have the activity log written into a CSV file, in the background; once a minute a workspace."""
    return schemas.ExportOut.of(use_cases.request_export(body.to_filters(), tenant=call.tenant))


@api.get(
    "/workspaces/{workspace_id}/activity/exports/{export_id}",
    allow=Action.EXPORT_ACTIVITY,
    raises=(ExportNotFound,),
)
def get_activity_export(call: Call, export_id: str) -> schemas.ExportOut:
    """How far an export has come and, once it is done, a link to its file, good for five minutes."""
    return schemas.ExportOut.of(use_cases.get_export(export_id, tenant=call.tenant))
