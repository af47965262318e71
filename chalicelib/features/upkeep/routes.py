"""Routes of due work."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.upkeep import schemas, use_cases
from chalicelib.features.upkeep.model import NothingStuck
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/due-work", allow=Action.CHANGE_SETTINGS)
def list_due_work(call: Call) -> schemas.DueWorkOut:
    """What is done in the workspace by itself: how much waits, is late, fails, or gave up."""
    return schemas.DueWorkOut.of(use_cases.list_due_work(tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/due-work/retries",
    allow=Action.CHANGE_SETTINGS,
    raises=(NothingStuck, ChangedMeanwhile),
)
def try_due_work_again(call: Call, body: schemas.TryAgainIn) -> schemas.DueWorkOut:
    """Have all work of a kind that gave up tried again now."""
    return schemas.DueWorkOut.of(use_cases.try_again(body.work, tenant=call.tenant))
