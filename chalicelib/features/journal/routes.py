"""Routes of the journal."""

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.journal import use_cases
from chalicelib.features.journal.model import ExportNotFound, ExportTooSoon, PeriodInvalid
from chalicelib.features.journal.schemas import (
    ActivityOut,
    ActivityQuery,
    ChangesOut,
    ChangesQuery,
    ExportIn,
    ExportOut,
)
from chalicelib.kernel.permissions import Action
from chalicelib.table.cursors import CursorInvalid

api = Api(__name__)


@api.get(
    "/workspaces/{workspace_id}/changes",
    allow=Action.SEE_CRM,
    query=ChangesQuery,
    answer=ChangesOut,
    raises=(CursorInvalid,),
)
def list_changes(call: Call, query: ChangesQuery) -> ChangesOut:
    """What happened after a cursor, up to five seconds ago. An id can come twice; the reader drops what it knows."""
    return ChangesOut.of(use_cases.read_changes(query.cursor, tenant=call.tenant))


@api.get(
    "/workspaces/{workspace_id}/activity",
    allow=Action.READ_ACTIVITY,
    query=ActivityQuery,
    answer=ActivityOut,
    raises=(CursorInvalid, PeriodInvalid),
)
def list_activity(call: Call, query: ActivityQuery) -> ActivityOut:
    """A page of the activity log, newest first. Members see it without addresses and devices."""
    return ActivityOut.of(use_cases.read_activity(query.to_filters(), query.cursor, tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/activity/exports",
    allow=Action.EXPORT_ACTIVITY,
    body=ExportIn,
    answer=ExportOut,
    status=202,
    raises=(ExportTooSoon, PeriodInvalid),
)
def request_activity_export(call: Call, body: ExportIn) -> ExportOut:
    """Have the activity log written into a CSV file, in the background; once a minute a workspace."""
    return ExportOut.of(use_cases.request_export(body.to_filters(), tenant=call.tenant))


@api.get(
    "/workspaces/{workspace_id}/activity/exports/{export_id}",
    allow=Action.EXPORT_ACTIVITY,
    answer=ExportOut,
    raises=(ExportNotFound,),
)
def get_activity_export(call: Call, export_id: str) -> ExportOut:
    """How far an export has come and, once it is done, a link to its file, good for five minutes."""
    return ExportOut.of(use_cases.get_export(export_id, tenant=call.tenant))
