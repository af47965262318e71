"""Paths of invitations. Accepting one is identity's, since that takes a whole person."""

from chalicelib.adapters.limits import SIGNING_IN, Limit
from chalicelib.edge.api import Allow, Api
from chalicelib.edge.call import Call
from chalicelib.features.workspaces import use_cases
from chalicelib.features.workspaces.model import (
    InviteExpired,
    InviteNotBacked,
    InviteNotFound,
    InviteRevoked,
    InviteUsed,
    RoleOutOfReach,
)
from chalicelib.features.workspaces.schemas import (
    InviteIn,
    InviteOut,
    InvitesOut,
    InviteTokenIn,
    OpenedInviteOut,
    ShownInviteOut,
)
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.emails import EmailInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

INVITING = Limit(name="inviting", most=20)
"""Invitations an address may open or send again in a minute: each may send a letter."""

api = Api(__name__)


@api.post(
    "/workspaces/{workspace_id}/invites",
    allow=Action.INVITE,
    body=InviteIn,
    answer=OpenedInviteOut,
    status=201,
    limit=INVITING,
    once=True,
    raises=(RoleOutOfReach, EmailInvalid, ChangedMeanwhile),
)
def create_invite(call: Call, body: InviteIn) -> OpenedInviteOut:
    """Open an invitation: a link for one person, good for seven days.

    Repeated with the same `Idempotency-Key` it answers with the same invitation under a new link.
    """
    return OpenedInviteOut.of(
        use_cases.create_invite(
            body.to_command(), tenant=call.tenant, mail=call.services.mail, once=call.idempotency_key
        )
    )


@api.get("/workspaces/{workspace_id}/invites", allow=Action.INVITE, answer=InvitesOut)
def list_invites(call: Call) -> InvitesOut:
    """List the invitations of the last three months, whatever became of them."""
    now = call.now()
    return InvitesOut(invites=[InviteOut.of(invite, now) for invite in use_cases.list_invites(tenant=call.tenant)])


@api.post(
    "/workspaces/{workspace_id}/invites/{invite_id}/resend",
    allow=Action.INVITE,
    answer=OpenedInviteOut,
    limit=INVITING,
    raises=(InviteNotFound, InviteRevoked, InviteUsed, RoleOutOfReach, ChangedMeanwhile),
)
def resend_invite(call: Call, invite_id: str) -> OpenedInviteOut:
    """Give an invitation a new link for another seven days; the letter goes out again, the old link is dead."""
    return OpenedInviteOut.of(use_cases.resend_invite(invite_id, tenant=call.tenant, mail=call.services.mail))


@api.delete(
    "/workspaces/{workspace_id}/invites/{invite_id}",
    allow=Action.INVITE,
    answer=None,
    status=204,
    raises=(InviteNotFound, InviteUsed, RoleOutOfReach, ChangedMeanwhile),
)
def revoke_invite(call: Call, invite_id: str) -> None:
    """Take an invitation back; its link refuses from then on."""
    use_cases.revoke_invite(invite_id, tenant=call.tenant)


@api.post(
    "/invites/look-up",
    allow=Allow.ANYONE,
    body=InviteTokenIn,
    answer=ShownInviteOut,
    limit=SIGNING_IN,
    raises=(InviteNotFound, InviteExpired, InviteRevoked, InviteUsed, InviteNotBacked),
)
def look_up_invite(call: Call, body: InviteTokenIn) -> ShownInviteOut:
    """See where an invitation leads, before signing in or up."""
    visitor = Actor(kind=ActorKind.USER, id="", name="", address=call.caller.address, device=call.caller.device)
    return ShownInviteOut.of(
        use_cases.look_up_invite(body.token, actor=visitor, installation=call.services.installation)
    )
