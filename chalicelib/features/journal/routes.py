"""Routes of the journal."""

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.journal import use_cases
from chalicelib.features.journal.schemas import ChangesOut, ChangesQuery
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
