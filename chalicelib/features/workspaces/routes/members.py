"""Paths of the members of a workspace. Handing it over is identity's, since that asks for the password once more."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.workspaces import schemas, use_cases
from chalicelib.features.workspaces.model import LastOwner, RoleOutOfReach
from chalicelib.kernel.errors import MemberNotFound
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/members", allow=Action.SEE_CRM)
def list_members(call: Call) -> schemas.MembersOut:
    """List everybody in a workspace."""
    return schemas.MembersOut(
        members=[schemas.MemberOut.of(member) for member in use_cases.list_members(tenant=call.tenant)]
    )


@api.patch(
    "/workspaces/{workspace_id}/members/{user_id}",
    allow=Action.MANAGE_MEMBERS,
    raises=(MemberNotFound, RoleOutOfReach, NameInvalid, LastOwner, ChangedMeanwhile),
)
def change_member(call: Call, body: schemas.MemberIn, user_id: str) -> schemas.MemberOut:
    """Give a member another role, other flags or another alias."""
    return schemas.MemberOut.of(use_cases.change_member(user_id, body.to_command(), tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/members/{user_id}",
    allow=Action.MANAGE_MEMBERS,
    status=204,
    raises=(MemberNotFound, RoleOutOfReach, LastOwner, ChangedMeanwhile),
)
def remove_member(call: Call, user_id: str) -> None:
    """Remove a member: shut out at once, their Telegram connections here are logged out and destroyed soon after."""
    use_cases.remove_member(user_id, tenant=call.tenant)
