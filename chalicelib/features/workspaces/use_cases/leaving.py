"""Asking to leave: one request a member, decided by somebody whose role reaches theirs."""

from chalicelib.adapters import outbox
from chalicelib.features.workspaces.model import (
    TELL_LEAVER,
    LastOwner,
    LeaveRequest,
    TeamMember,
    parse_reason,
    require_reach,
)
from chalicelib.features.workspaces.repository import Leavings, Members, Profiles
from chalicelib.features.workspaces.use_cases.departing import depart
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.roles import Role
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


def ask_to_leave(reason: str | None, *, tenant: Tenant) -> LeaveRequest:
    """Ask to leave; asking again gives another reason to the one request there is.

    The reason is for those who decide: it stands in no journal, which every member reads.

    Raises:
        PermissionMissing: a job asks, which is no member.
        ReasonInvalid: nothing was written.
        LastOwner: nobody could be left in charge; nothing was written.
        ChangedMeanwhile: the member or the request changed at the same moment; nothing was written.
    """
    member = tenant.require(Action.ASK_TO_LEAVE)
    wanted = parse_reason(reason)
    if member.role is Role.OWNER and Profiles(tenant).has_one_owner():
        raise LastOwner
    leavings = Leavings(tenant)
    before = leavings.get(member.user_id)
    if before is not None and before.reason == wanted:
        return before
    after = LeaveRequest(user_id=member.user_id, reason=wanted, asked_at=tenant.now())
    with tenant.transaction() as change:
        Members(tenant).check_standing(change, member)
        leavings.ask(change, before, after)
        change.record("leaving.asked", target=member.user_id)
    return after


def withdraw_leaving(*, tenant: Tenant) -> None:
    """Take one's own request back.

    Raises:
        LeaveRequestNotFound: there is none, or it was decided.
    """
    member = tenant.require(Action.ASK_TO_LEAVE)
    leavings = Leavings(tenant)
    request = leavings.require(member.user_id)
    with tenant.transaction() as change:
        leavings.settle(change, request)
        change.record("leaving.withdrawn", target=member.user_id)


def list_leave_requests(*, tenant: Tenant) -> list[LeaveRequest]:
    """Every request that waits for a decision, oldest first: one query. Raises PermissionMissing."""
    tenant.require(Action.DECIDE_LEAVING)
    return Leavings(tenant).all()


def approve_leaving(user_id: str, *, tenant: Tenant) -> None:
    """Let a member go, and have them told by letter. What happens then stands at `departing.depart`.

    Raises:
        PermissionMissing: the acting member may not.
        LeaveRequestNotFound: they have not asked, or it was decided or withdrawn.
        MemberNotFound: they are gone.
        RoleOutOfReach: their role does not rank below that of who decides.
        LastOwner: the workspace would be left without an Owner.
        ChangedMeanwhile: somebody changed either of the two at the same moment. Nothing was written, as in all cases.
    """
    request, leaver = _decided_on(user_id, tenant)
    with tenant.transaction() as change:
        Members(tenant).check(change, tenant.require(Action.DECIDE_LEAVING), leaver)
        depart(change, leaver, tenant, request=request)
        _have_told(change, leaver, tenant, is_approved=True)
        change.record("member.left", target=leaver.user_id, old=leaver.journalled(), about=leaver.user_id)


def deny_leaving(user_id: str, *, tenant: Tenant) -> None:
    """Have a member stay, and have them told by letter. Raises as `approve_leaving`, but LastOwner."""
    request, leaver = _decided_on(user_id, tenant)
    with tenant.transaction() as change:
        Members(tenant).check(change, tenant.require(Action.DECIDE_LEAVING), leaver)
        Leavings(tenant).settle(change, request)
        _have_told(change, leaver, tenant, is_approved=False)
        change.record("leaving.denied", target=leaver.user_id)


def _decided_on(user_id: str, tenant: Tenant) -> tuple[LeaveRequest, TeamMember]:
    """The request and who made it, if the acting member may decide on it."""
    acting = tenant.require(Action.DECIDE_LEAVING)
    request = Leavings(tenant).require(user_id)
    leaver = Members(tenant).require(user_id)
    require_reach(acting.role, leaver.role)
    return request, leaver


def _have_told(change: JournalledTransaction, leaver: TeamMember, tenant: Tenant, *, is_approved: bool) -> None:
    workspace = Profiles(tenant).require(leaver.role)
    facts = {"user_id": leaver.user_id, "workspace_name": workspace.name, "is_approved": is_approved}
    outbox.order(change, tenant, TELL_LEAVER, facts)
