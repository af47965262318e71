"""Paths of leaving: one's own request, and what Admins and Owners decide on others'."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.workspaces import schemas, use_cases
from chalicelib.features.workspaces.model import (
    LastOwner,
    LeaveRequestNotFound,
    ReasonInvalid,
    RoleOutOfReach,
)
from chalicelib.kernel.errors import MemberNotFound
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.put(
    "/workspaces/{workspace_id}/leave-request",
    allow=Action.ASK_TO_LEAVE,
    raises=(ReasonInvalid, LastOwner, ChangedMeanwhile),
)
def ask_to_leave(call: Call, body: schemas.LeaveRequestIn) -> schemas.LeaveRequestOut:
    """Ask to leave. There is one request a member: asking again replaces its reason."""
    return schemas.LeaveRequestOut.of(use_cases.ask_to_leave(body.reason, tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/leave-request",
    allow=Action.ASK_TO_LEAVE,
    status=204,
    raises=(LeaveRequestNotFound, ChangedMeanwhile),
)
def withdraw_leaving(call: Call) -> None:
    """Take one's own request to leave back."""
    use_cases.withdraw_leaving(tenant=call.tenant)


@api.get("/workspaces/{workspace_id}/leave-requests", allow=Action.DECIDE_LEAVING)
def list_leave_requests(call: Call) -> schemas.LeaveRequestsOut:
    """List who asks to leave, oldest request first."""
    requests = use_cases.list_leave_requests(tenant=call.tenant)
    return schemas.LeaveRequestsOut(requests=[schemas.LeaveRequestOut.of(request) for request in requests])


@api.post(
    "/workspaces/{workspace_id}/leave-requests/{user_id}/approve",
    allow=Action.DECIDE_LEAVING,
    status=204,
    raises=(LeaveRequestNotFound, MemberNotFound, RoleOutOfReach, LastOwner, ChangedMeanwhile),
)
def approve_leaving(call: Call, user_id: str) -> None:
    """Let a member go. They are told by letter, and their connections here are logged out and destroyed."""
    use_cases.approve_leaving(user_id, tenant=call.tenant)


@api.post(
    "/workspaces/{workspace_id}/leave-requests/{user_id}/deny",
    allow=Action.DECIDE_LEAVING,
    status=204,
    raises=(LeaveRequestNotFound, MemberNotFound, RoleOutOfReach, ChangedMeanwhile),
)
def deny_leaving(call: Call, user_id: str) -> None:
    """Deny a member's request to leave. They are told by letter."""
    use_cases.deny_leaving(user_id, tenant=call.tenant)
