"""How a membership ends: membership and pointer at once, the rest of what the person had here soon after."""

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.workspaces.model import MEMBER_DEPARTED, InviteState, LeaveRequest, TeamMember
from chalicelib.features.workspaces.repository import Invites, Leavings, Members, Profiles
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.roles import Role
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile


def depart(
    change: JournalledTransaction, member: TeamMember, tenant: Tenant, *, request: LeaveRequest | None = None
) -> None:
    """Add the end of a membership to a change, whose entry its caller records: 5 rows, 6 for an Owner.

    Membership and pointer go, and any request to leave with them; from this moment every route and socket refuses the
    person. That their connections are to end is written in the same transaction and done by `settle_departure`.
    """
    Members(tenant).remove(change, member)
    if member.role is Role.OWNER:
        Profiles(tenant).discount_owner(change)
    Leavings(tenant).depart(change, member.user_id, request)
    due.schedule(change, tenant, MEMBER_DEPARTED, tenant.now(), {"user_id": member.user_id})


def end_membership(user_id: UserId, *, tenant: Tenant) -> None:
    """End a membership whose holder deletes their account; nothing where there is none. No role is asked for.

    Raises:
        LastOwner: the workspace would be left without an Owner; nothing was written.
        ChangedMeanwhile: somebody changed the member at the same moment; nothing was written.
    """
    member = Members(tenant).get(user_id)
    if member is None:
        return
    with tenant.transaction() as change:
        depart(change, member, tenant)
        change.record("member.left", target=user_id, old=member.journalled())


def settle_departure(user_id: UserId, *, tenant: Tenant) -> None:
    """End all that is left of a membership: connections are logged out at Telegram and destroyed, invitations revoked.

    Each step can be repeated, and nothing is forgotten before all are done. The session worker does the logging out.
    Until then the person can't join anew, so that nothing of a new membership is taken for a piece of the old one.
    """
    leavings = Leavings(tenant)
    if not leavings.is_departing(user_id):
        return
    accounts.end_connections_of(user_id, tenant=tenant, reason=accounts.BY_DEPARTURE)
    _revoke_invites_of(user_id, tenant=tenant)
    leavings.has_ended(user_id)


def _revoke_invites_of(user_id: UserId, *, tenant: Tenant) -> None:
    invites = Invites(tenant)
    for invite in invites.all():
        if invite.invited_by == user_id and invite.state_at(tenant.now()) is InviteState.OPEN:
            with tenant.transaction() as change:
                invites.settle(change, invite, InviteState.REVOKED, refusal=ChangedMeanwhile())
                change.record("invite.revoked", target=invite.id, old=invite.journalled())
