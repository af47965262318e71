"""Paths of invitations. Opening, sending and accepting one are identity's, since these take a whole person."""

from __future__ import annotations

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge.api import Allow, Api
from chalicelib.edge.call import Call
from chalicelib.features.workspaces import schemas, use_cases
from chalicelib.features.workspaces.model import (
    InviteExpired,
    InviteNotBacked,
    InviteNotFound,
    InviteRevoked,
    InviteUsed,
    RoleOutOfReach,
)
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/invites", allow=Action.INVITE)
def list_invites(call: Call) -> schemas.InvitesOut:
    """List the invitations of the last three months, whatever became of them."""
    now = call.now()
    return schemas.InvitesOut(
        invites=[schemas.InviteOut.of(invite, now) for invite in use_cases.list_invites(tenant=call.tenant)]
    )


@api.delete(
    "/workspaces/{workspace_id}/invites/{invite_id}",
    allow=Action.INVITE,
    status=204,
    raises=(InviteNotFound, InviteUsed, RoleOutOfReach, ChangedMeanwhile),
)
def revoke_invite(call: Call, invite_id: str) -> None:
    """Take an invitation back; its link refuses from then on."""
    use_cases.revoke_invite(invite_id, tenant=call.tenant)


@api.post(
    "/invites/look-up",
    allow=Allow.ANYONE,
    limit=SIGNING_IN,
    raises=(InviteNotFound, InviteExpired, InviteRevoked, InviteUsed, InviteNotBacked),
)
def look_up_invite(call: Call, body: schemas.InviteTokenIn) -> schemas.ShownInviteOut:
    """See where an invitation leads, before signing in or up."""
    visitor = Actor(kind=ActorKind.USER, id="", name="", address=call.caller.address, device=call.caller.device)
    return schemas.ShownInviteOut.of(
        use_cases.look_up_invite(body.token, actor=visitor, installation=call.services.installation)
    )
