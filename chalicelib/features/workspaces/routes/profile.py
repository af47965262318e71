"""Paths of the workspace itself: name and toggles."""

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.workspaces import use_cases
from chalicelib.features.workspaces.model import OwnSecondFactorFirst
from chalicelib.features.workspaces.schemas import TogglesIn, WorkspaceNameIn, WorkspaceOut
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get("/workspaces/{workspace_id}", allow=Action.SEE_CRM, answer=WorkspaceOut)
def get_workspace(call: Call) -> WorkspaceOut:
    """Read one workspace, and what the caller may do there."""
    return WorkspaceOut.of(use_cases.get_workspace(tenant=call.tenant))


@api.patch(
    "/workspaces/{workspace_id}",
    allow=Action.CHANGE_SETTINGS,
    body=WorkspaceNameIn,
    answer=WorkspaceOut,
    raises=(NameInvalid, ChangedMeanwhile),
)
def rename_workspace(call: Call, body: WorkspaceNameIn) -> WorkspaceOut:
    """Give a workspace another name."""
    return WorkspaceOut.of(use_cases.rename_workspace(body.name, tenant=call.tenant))


@api.patch(
    "/workspaces/{workspace_id}/toggles",
    allow=Action.CHANGE_TOGGLES,
    body=TogglesIn,
    answer=WorkspaceOut,
    raises=(OwnSecondFactorFirst, ChangedMeanwhile),
)
def change_toggles(call: Call, body: TogglesIn) -> WorkspaceOut:
    """Switch what Members may, and whether everybody needs a second factor."""
    return WorkspaceOut.of(use_cases.change_toggles(body.to_toggles(), tenant=call.tenant, session=call.session))
