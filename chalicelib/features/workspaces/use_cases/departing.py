"""How a membership ends: membership and pointer at once, the rest of what the person had here soon after."""

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.templates import use_cases as templates
from chalicelib.features.workspaces import repository
from chalicelib.features.workspaces.model import (
    SETTLE_DEPARTURE,
    ChangeMember,
    InviteState,
    LastOwner,
    LeaveRequest,
    TeamMember,
)
from chalicelib.features.workspaces.repository import Invites, Leavings, Members, Profiles
from chalicelib.features.workspaces.use_cases.invites import take_back
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.roles import Role
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


def depart(
    change: JournalledTransaction, member: TeamMember, tenant: Tenant, *, request: LeaveRequest | None = None
) -> None:
    """Add the end of a membership to a change, whose entry its caller records: 5 rows, one more for an Owner or a seat.

    Membership and pointer go, and any request to leave with them; from this moment every route and socket refuses the
    person. That their connections are to end is written in the same transaction and done by `settle_departure`.
    """
    Members(tenant).remove(change, member)
    seats.empty_seat_of(change, member.user_id, member.seat, tenant=tenant)
    if member.role is Role.OWNER:
        Profiles(tenant).discount_owner(change)
    Leavings(tenant).depart(change, member.user_id, request)
    due.schedule(change, tenant, SETTLE_DEPARTURE, tenant.now(), {"user_id": member.user_id})


def end_membership(user_id: UserId, *, tenant: Tenant) -> None:
    """End a membership whose holder deletes their account; nothing where there is none. No role is asked for.

    The last Owner hands the workspace on first: other Owners may have gone while the deletion could still be undone.

    Raises:
        LastOwner: there is nobody to hand it on to; nothing was written.
        ChangedMeanwhile: somebody changed a member at the same moment; a repetition goes on from what was written.
    """
    member = Members(tenant).get(user_id)
    if member is None:
        return
    if member.role is Role.OWNER and Profiles(tenant).has_one_owner():
        _hand_on(member, tenant)
    with tenant.transaction() as change:
        depart(change, member, tenant)
        change.record("member.left", target=user_id, old=member.journalled(), about=user_id)


def _hand_on(owner: TeamMember, tenant: Tenant) -> None:
    """Make an Owner of whoever ranks next and has been here longest."""
    members = Members(tenant)
    others = [each for each in members.all() if each.user_id != owner.user_id]
    if not others:
        raise LastOwner
    heir = max(others, key=lambda each: each.role.rank)
    with tenant.transaction() as change:
        members.change(change, heir, ChangeMember(role=Role.OWNER).applied_to(heir))
        Profiles(tenant).count_owner(change)
        change.record(
            "ownership.inherited",
            target=heir.user_id,
            old={"owner": owner.user_id, "role": heir.role},
            new={"owner": heir.user_id, "role": Role.OWNER},
        )


def settle_departure(user_id: UserId, *, tenant: Tenant) -> None:
    """End all that is left of a membership: connections are logged out at Telegram and destroyed, invitations revoked.

    What accounts and invitations say of who the person was goes with it, and what they kept for themselves.

    Each step can be repeated, and nothing is forgotten before all are done. The session worker does the logging out.
    Until then the person can't join anew, so that nothing of a new membership is taken for a piece of the old one.
    """
    leavings = Leavings(tenant)
    if not leavings.is_departing(user_id):
        return
    accounts.end_connections_of(user_id, tenant=tenant, reason=accounts.BY_DEPARTURE)
    accounts.forget_holder(user_id, tenant=tenant)
    _revoke_invites_of(user_id, tenant=tenant)
    Invites(tenant).forget_person(user_id)
    templates.forget_member(user_id, tenant=tenant)
    repository.forget_own_things(user_id, tenant)
    leavings.has_ended(user_id)


def _revoke_invites_of(user_id: UserId, *, tenant: Tenant) -> None:
    invites = Invites(tenant)
    for invite in invites.all():
        if invite.invited_by == user_id and invite.state_at(tenant.now()) is InviteState.OPEN:
            with tenant.transaction() as change:
                take_back(change, invite, tenant)
