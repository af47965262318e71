"""Routes of imports: a file that was put up, what is to become of it, its check, its writing, and the way back."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.bulk_edits.model import BulkFieldInvalid
from chalicelib.features.fields.model import ColumnBusy, ColumnNotFound
from chalicelib.features.files.model import FileNotFound
from chalicelib.features.imports import schemas, use_cases
from chalicelib.features.imports.model import (
    FileUnreadable,
    ImportNotFound,
    ImportNotReady,
    ImportNotUndoable,
    PlanInvalid,
)
from chalicelib.kernel.ids import ImportId
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/imports", allow=Action.SEE_IMPORTS)
def list_imports(call: Call) -> schemas.ImportsOut:
    """The newest imports of the workspace, and the caller's own that are not written yet."""
    return schemas.ImportsOut(
        imports=[schemas.ImportOut.of(each) for each in use_cases.list_imports(tenant=call.tenant)]
    )


@api.post(
    "/workspaces/{workspace_id}/imports",
    allow=Action.IMPORT_DATA,
    status=201,
    raises=(FileNotFound, FileUnreadable),
)
def begin_import(call: Call, body: schemas.ImportIn) -> schemas.BegunImportOut:
    """Read the beginning of a CSV in UTF-8 or UTF-16; its first line names its columns. It is kept for a day."""
    return schemas.BegunImportOut.of(use_cases.begin_import(body.to_id(), tenant=call.tenant))


@api.get("/workspaces/{workspace_id}/imports/{import_id}", allow=Action.SEE_IMPORTS, raises=(ImportNotFound,))
def get_import(call: Call, import_id: str) -> schemas.ImportOut:
    """How far an import has come. It is kept for a week."""
    return schemas.ImportOut.of(use_cases.get_import(ImportId(import_id), tenant=call.tenant))


@api.get("/workspaces/{workspace_id}/imports/{import_id}/faults", allow=Action.SEE_IMPORTS, raises=(ImportNotFound,))
def list_faults(call: Call, import_id: str) -> schemas.FaultsOut:
    """What the check of one's own import found wrong, by line and cell."""
    return schemas.FaultsOut.of(use_cases.faults_of(ImportId(import_id), tenant=call.tenant))


@api.get("/workspaces/{workspace_id}/imports/{import_id}/options", allow=Action.SEE_IMPORTS, raises=(ImportNotFound,))
def list_new_options(call: Call, import_id: str) -> schemas.NewOptionsOut:
    """Which options the check of one's own import found missing that are to be made."""
    return schemas.NewOptionsOut.of(use_cases.new_options_of(ImportId(import_id), tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/imports/{import_id}/check",
    allow=Action.IMPORT_DATA,
    status=202,
    raises=(
        *(ImportNotFound, ImportNotReady, PlanInvalid),
        *(BulkFieldInvalid, ColumnNotFound, ColumnBusy, ChangedMeanwhile),
    ),
)
def check_import(call: Call, body: schemas.PlanIn, import_id: str) -> schemas.ImportOut:
    """Find out what an import would do, and write nothing. It can be checked again by another plan."""
    return schemas.ImportOut.of(use_cases.check_import(body.to_command(ImportId(import_id)), tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/imports/{import_id}/run",
    allow=Action.IMPORT_DATA,
    status=202,
    raises=(ImportNotFound, ImportNotReady, ChangedMeanwhile),
)
def run_import(call: Call, import_id: str) -> schemas.ImportOut:
    """Write what the check found to fit, the options it found missing first. Faulty cells are passed over."""
    return schemas.ImportOut.of(use_cases.run_import(ImportId(import_id), tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/imports/{import_id}/undo",
    allow=Action.IMPORT_DATA,
    status=202,
    raises=(ImportNotFound, ImportNotUndoable, ChangedMeanwhile),
)
def undo_import(call: Call, import_id: str) -> schemas.ImportOut:
    """Take an import back, within 24 hours: chats that nobody changed since get the values they had.

    Options it made stay.
    """
    return schemas.ImportOut.of(use_cases.undo_import(ImportId(import_id), tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/imports/{import_id}",
    allow=Action.IMPORT_DATA,
    status=204,
    raises=(ImportNotFound, ImportNotReady, ChangedMeanwhile),
)
def discard_import(call: Call, import_id: str) -> None:
    """Throw away an import of one's own that is not written, and its file."""
    use_cases.discard_import(ImportId(import_id), tenant=call.tenant)
