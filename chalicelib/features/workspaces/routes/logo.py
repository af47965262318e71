"""Paths of a workspace's logo: a form to put a picture up by, then the picture taken as logo."""

from chalicelib.adapters.limits import Limit
from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.workspaces import use_cases
from chalicelib.features.workspaces.model import LogoNotFound, LogoUnfit
from chalicelib.features.workspaces.schemas import LogoIn, LogoUploadIn, UploadFormOut, WorkspaceOut
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

UPLOADING = Limit(name="uploading-logos", most=20)
"""Forms an address may ask for in a minute: each is good for a file."""

api = Api(__name__)


@api.post(
    "/workspaces/{workspace_id}/logo-uploads",
    allow=Action.CHANGE_SETTINGS,
    body=LogoUploadIn,
    answer=UploadFormOut,
    status=201,
    limit=UPLOADING,
    raises=(LogoUnfit,),
)
def begin_logo_upload(call: Call, body: LogoUploadIn) -> UploadFormOut:
    """Get a form to put a picture up by: good for five minutes and for this type and size."""
    return UploadFormOut.of(
        use_cases.begin_logo_upload(
            body.content_type, body.size, tenant=call.tenant, installation=call.services.installation
        )
    )


@api.put(
    "/workspaces/{workspace_id}/logo",
    allow=Action.CHANGE_SETTINGS,
    body=LogoIn,
    answer=WorkspaceOut,
    raises=(LogoNotFound, LogoUnfit, ChangedMeanwhile),
)
def set_logo(call: Call, body: LogoIn) -> WorkspaceOut:
    """Take the picture that was put up as the workspace's logo."""
    return WorkspaceOut.of(use_cases.set_logo(body.key, tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/logo",
    allow=Action.CHANGE_SETTINGS,
    answer=WorkspaceOut,
    raises=(ChangedMeanwhile,),
)
def remove_logo(call: Call) -> WorkspaceOut:
    """Have no logo."""
    return WorkspaceOut.of(use_cases.remove_logo(tenant=call.tenant))
