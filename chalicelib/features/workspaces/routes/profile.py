"""Paths of the workspace itself: name and toggles."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.workspaces import schemas, use_cases
from chalicelib.features.workspaces.model import OwnSecondFactorFirst
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get("/workspaces/{workspace_id}", allow=Action.SEE_CRM)
def get_workspace(call: Call) -> schemas.WorkspaceOut:
    """Read one workspace, and what the caller may do there."""
    return schemas.WorkspaceOut.of(use_cases.get_workspace(tenant=call.tenant))


@api.patch("/workspaces/{workspace_id}", allow=Action.CHANGE_SETTINGS, raises=(NameInvalid, ChangedMeanwhile))
def rename_workspace(call: Call, body: schemas.WorkspaceNameIn) -> schemas.WorkspaceOut:
    """Give a workspace another name."""
    return schemas.WorkspaceOut.of(use_cases.rename_workspace(body.name, tenant=call.tenant))


@api.patch(
    "/workspaces/{workspace_id}/toggles",
    allow=Action.CHANGE_TOGGLES,
    raises=(OwnSecondFactorFirst, ChangedMeanwhile),
)
def change_toggles(call: Call, body: schemas.TogglesIn) -> schemas.WorkspaceOut:
    """Switch what Members may, and whether everybody needs a second factor."""
    return schemas.WorkspaceOut.of(
        use_cases.change_toggles(body.to_toggles(), tenant=call.tenant, session=call.session)
    )
