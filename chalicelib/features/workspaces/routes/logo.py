"""Paths of a workspace's logo: a picture that was put up as every file is, taken as logo, or none."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.files.model import FileNotFound, FileUnfit
from chalicelib.features.workspaces import schemas, use_cases
from chalicelib.kernel.ids import FileId
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.put(
    "/workspaces/{workspace_id}/logo",
    allow=Action.CHANGE_SETTINGS,
    raises=(FileNotFound, FileUnfit, ChangedMeanwhile),
)
def set_logo(call: Call, body: schemas.LogoIn) -> schemas.WorkspaceOut:
    """Take a picture as the workspace's logo that was put up `for` that."""
    return schemas.WorkspaceOut.of(use_cases.set_logo(FileId(body.file_id), tenant=call.tenant))


@api.delete("/workspaces/{workspace_id}/logo", allow=Action.CHANGE_SETTINGS, raises=(ChangedMeanwhile,))
def remove_logo(call: Call) -> schemas.WorkspaceOut:
    """Have no logo."""
    return schemas.WorkspaceOut.of(use_cases.remove_logo(tenant=call.tenant))
