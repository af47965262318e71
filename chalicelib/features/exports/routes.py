"""Routes of exports of the workspace's data."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.exports import schemas, use_cases
from chalicelib.features.exports.model import DataExportNotFound, DataExportTooSoon
from chalicelib.kernel.permissions import Action

api = Api(__name__)


@api.post("/workspaces/{workspace_id}/exports", allow=Action.EXPORT_DATA, status=202, raises=(DataExportTooSoon,))
def request_data_export(call: Call, body: schemas.DataExportIn) -> schemas.DataExportOut:
    """Have what the caller sees of the workspace's data written into a zip of CSV files; once a minute a workspace.

    Contacts, chats, fields, tickets and comments, and the activity log for who may export that; or up to 1,000 chats
    alone. Of the side of a chat that only connected members see there is what the caller sees; no message is in any
    file.
    """
    return schemas.DataExportOut.of(use_cases.request_export(body.to_command(), tenant=call.tenant))


@api.get("/workspaces/{workspace_id}/exports", allow=Action.EXPORT_DATA)
def list_data_exports(call: Call) -> schemas.DataExportsOut:
    """The exports the caller asked for within the last day, the newest first."""
    return schemas.DataExportsOut.of(use_cases.list_exports(tenant=call.tenant))


@api.get("/workspaces/{workspace_id}/exports/{data_export_id}", allow=Action.EXPORT_DATA, raises=(DataExportNotFound,))
def get_data_export(call: Call, data_export_id: str) -> schemas.DataExportOut:
    """How far an export of the caller's has come and, once it is done, a link to its zip, good for five minutes."""
    return schemas.DataExportOut.of(use_cases.get_export(data_export_id, tenant=call.tenant))
