"""Paths of files: a form to put one up by, a look at it, a link to it. Attaching is the owner's own path's."""

from __future__ import annotations

from chalicelib.adapters.limits import Limit
from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.files import schemas, use_cases
from chalicelib.features.files.model import FileNotFound, FileUnfit, StorageFull
from chalicelib.kernel.ids import FileId
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action

UPLOADING = Limit(name="uploading-files", most=60)
"""Forms a person may ask for in a minute: each is good for a file."""

api = Api(__name__)


@api.post(
    "/workspaces/{workspace_id}/files",
    allow=Action.SEE_CRM,
    status=201,
    limit=UPLOADING,
    raises=(NameInvalid, FileUnfit, StorageFull),
)
def begin_upload(call: Call, body: schemas.FileIn) -> schemas.UploadOut:
    """Get a form to put a file up by: good for five minutes and for this type and size.

    What it is `for` decides how large it may be and who may: `import` and `logo` are for Admins and Owners.
    """
    upload = use_cases.begin_upload(body.to_command(), tenant=call.tenant)
    return schemas.UploadOut.of(upload.file.id, upload.form)


@api.post("/workspaces/{workspace_id}/files/{file_id}/check", allow=Action.SEE_CRM, raises=(FileNotFound, FileUnfit))
def check_file(call: Call, file_id: str) -> schemas.FileOut:
    """Have the file looked at that was put up; from here on it can be attached. Unattached, it is removed in a day."""
    return schemas.FileOut.of(use_cases.check_file(FileId(file_id), tenant=call.tenant))


@api.get("/workspaces/{workspace_id}/files/{file_id}", allow=Action.SEE_CRM, raises=(FileNotFound,))
def get_file(call: Call, file_id: str) -> schemas.LinkedFileOut:
    """A file and a link to it that is good for five minutes."""
    return schemas.LinkedFileOut.of(use_cases.get_file(FileId(file_id), tenant=call.tenant))


@api.delete("/workspaces/{workspace_id}/files/{file_id}", allow=Action.SEE_CRM, status=204, raises=(FileNotFound,))
def discard_file(call: Call, file_id: str) -> None:
    """Give up a file of one's own that is attached nowhere."""
    use_cases.discard_file(FileId(file_id), tenant=call.tenant)
