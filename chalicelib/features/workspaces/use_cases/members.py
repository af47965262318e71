"""Who is in a workspace, and what becomes of them there.

What somebody may do to somebody else is decided on the rows as they were read, and the change commits only while both
stand so (decision 0022): the one who acts, the one who is acted on, and how many Owners there are.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from chalicelib.features.workspaces import repository
from chalicelib.features.workspaces.model import (
    AlreadyOwner,
    ChangeMember,
    MemberState,
    TeamMember,
    require_reach,
)
from chalicelib.features.workspaces.repository import Leavings, Members, Profiles
from chalicelib.features.workspaces.use_cases.departing import depart
from chalicelib.kernel.actors import system
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.roles import Role
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Installation, Tenant, for_job
from chalicelib.table.transaction import ChangedMeanwhile, Transaction


def list_members(*, tenant: Tenant) -> list[TeamMember]:
    """Everybody in the workspace, in the order of joining: two queries.

    Who has a second factor is for those to know who may do something about it, and of oneself.
    """
    acting = tenant.require(Action.SEE_CRM)
    leaving = {request.user_id for request in Leavings(tenant).all()}
    members = [_with_state(member, is_leaving=member.user_id in leaving) for member in Members(tenant).all()]
    if tenant.may(Action.MANAGE_MEMBERS):
        return members
    return [each if each.user_id == acting.user_id else replace(each, has_second_factor=None) for each in members]


def member_names(*, tenant: Tenant) -> dict[UserId, str]:
    """What everybody in the workspace is called there: one query."""
    return {member.user_id: member.name for member in Members(tenant).all()}


def members_by_words(*, tenant: Tenant) -> dict[str, UserId]:
    """Whom a word means, in small letters: a username, or a name that only one of them has. One query."""
    members = Members(tenant).all()
    names = Counter(member.name.casefold() for member in members)
    named = {member.name.casefold(): member.user_id for member in members if names[member.name.casefold()] == 1}
    return named | {member.username.casefold(): member.user_id for member in members}


def rename_member(user_id: UserId, full_name: str, username: str, *, tenant: Tenant) -> None:
    """Carry over to the workspace what a member is called now; writes nothing where it knows already."""
    before = Members(tenant).get(user_id)
    if before is None or (before.full_name, before.username) == (full_name, username):
        return
    with tenant.transaction() as change:
        Members(tenant).rename(change, before, full_name, username)
        change.record(
            "member.renamed",
            target=user_id,
            old={"full_name": before.full_name, "username": before.username},
            new={"full_name": full_name, "username": username},
            about=user_id,
        )


def rename_everywhere(user_id: UserId, full_name: str, username: str, *, installation: Installation) -> None:
    """The same in each of a person's workspaces, for due work: a query, and a read and up to two rows a workspace."""
    for workspace_id in repository.workspaces_of(installation, user_id):
        tenant = for_job(workspace_id, system("identity"), now=installation.now)
        rename_member(user_id, full_name, username, tenant=tenant)


def note_second_factor(user_id: UserId, *, has_one: bool, installation: Installation) -> None:
    """Carry over to a person's workspaces whether they have a second factor: a query, and a write a workspace.

    It says nothing about the workspaces, so their journals don't either: it stands in the person's own log.
    """
    for workspace_id in repository.workspaces_of(installation, user_id):
        tenant = for_job(workspace_id, system("identity"), now=installation.now)
        Members(tenant).note_second_factor(user_id, has_one=has_one)


def change_member(user_id: str, command: ChangeMember, *, tenant: Tenant) -> TeamMember:
    """Give a member another role, other flags or another alias. What they have already changes nothing.

    One transaction of 2 or 3 rows and the entry, up to 8 write units. Their open sockets close and come back.

    Raises:
        PermissionMissing: the acting member may not.
        MemberNotFound: nobody of this id is here.
        RoleOutOfReach: they have, or are to be given, a role that does not rank below that of who acts.
        NameInvalid: the alias can't be used.
        LastOwner: the workspace would be left without an Owner.
        ChangedMeanwhile: somebody changed either of the two at the same moment. Nothing was written, as in all cases.
    """
    acting = tenant.require(Action.MANAGE_MEMBERS)
    members = Members(tenant)
    before = members.require(user_id)
    require_reach(acting.role, before.role)
    after = command.applied_to(before)
    require_reach(acting.role, after.role)
    if after != before:
        with _unless_gone(before, members), tenant.transaction() as change:
            members.check(change, acting, before)
            members.change(change, before, after)
            _count_owners(change, before, after, Profiles(tenant))
            _record(change, before, after)
    return _with_state(after, is_leaving=Leavings(tenant).get(after.user_id) is not None)


def remove_member(user_id: str, *, tenant: Tenant) -> None:
    """End a membership, one's own included where the role reaches that far: only an Owner goes without asking.

    What happens then stands at `departing.depart`.

    Raises:
        PermissionMissing: the acting member may not.
        MemberNotFound: nobody of this id is here.
        RoleOutOfReach: their role does not rank below that of who acts.
        LastOwner: the workspace would be left without an Owner.
        ChangedMeanwhile: somebody changed either of the two at the same moment. Nothing was written, as in all cases.
    """
    acting = tenant.require(Action.MANAGE_MEMBERS)
    members = Members(tenant)
    before = members.require(user_id)
    require_reach(acting.role, before.role)
    event = "member.left" if before.user_id == acting.user_id else "member.removed"
    with _unless_gone(before, members), tenant.transaction() as change:
        members.check(change, acting, before)
        depart(change, before, tenant)
        change.record(event, target=before.user_id, old=before.journalled(), about=before.user_id)


def transfer_ownership(user_id: str, *, tenant: Tenant) -> None:
    """Make another member Owner in one's own place, and oneself an Admin: 2 rows and the entry, 6 write units.

    Whoever calls this has had the person prove who they are once more.

    Raises:
        PermissionMissing: the acting member is no Owner.
        MemberNotFound: nobody of this id is here.
        AlreadyOwner: they own the workspace.
        ChangedMeanwhile: somebody changed either of the two at the same moment. Nothing was written, as in all cases.
    """
    acting = tenant.require(Action.TRANSFER_OWNERSHIP)
    members = Members(tenant)
    giver, receiver = members.require(acting.user_id), members.require(user_id)
    if receiver.role is Role.OWNER:
        raise AlreadyOwner
    with _unless_gone(receiver, members), tenant.transaction() as change:
        members.check(change, acting, giver)
        members.change(change, giver, ChangeMember(role=Role.ADMIN).applied_to(giver))
        members.change(change, receiver, ChangeMember(role=Role.OWNER).applied_to(receiver))
        change.record(
            "ownership.transferred",
            target=receiver.user_id,
            old={"owner": giver.user_id, "role": receiver.role},
            new={"owner": receiver.user_id, "role": Role.OWNER},
        )


def owners(*, tenant: Tenant) -> list[UserId]:
    """Every Owner, for letters that jobs send: one query."""
    return [member.user_id for member in Members(tenant).all() if member.role is Role.OWNER]


def check_standing(change: Transaction, tenant: Tenant) -> None:
    """Have a change fail with ChangedMeanwhile where the acting member no longer stands as was proven.

    For other slices whose changes rest on a role. It asks nothing where a job acts. One check, 2 write units.
    """
    if tenant.member is not None:
        Members(tenant).check_standing(change, tenant.member)


def _with_state(member: TeamMember, *, is_leaving: bool) -> TeamMember:
    return replace(member, state=MemberState.LEAVING if is_leaving else MemberState.ACTIVE)


@contextmanager
def _unless_gone(target: TeamMember, members: Members) -> Iterator[None]:
    """Say that somebody is gone where that is what changed meanwhile."""
    try:
        yield
    except ChangedMeanwhile:
        members.require(target.user_id)
        raise


def _count_owners(change: JournalledTransaction, before: TeamMember, after: TeamMember, profiles: Profiles) -> None:
    if before.role is not Role.OWNER and after.role is Role.OWNER:
        profiles.count_owner(change)
    elif before.role is Role.OWNER and after.role is not Role.OWNER:
        profiles.discount_owner(change)


def _record(change: JournalledTransaction, before: TeamMember, after: TeamMember) -> None:
    """One entry: named after what changed, or `member.changed` where it was more than one thing."""
    old, new = before.journalled(), after.journalled()
    changed = [part for part in _EVENTS if old[part] != new[part]]
    event = _EVENTS[changed[0]] if len(changed) == 1 else "member.changed"
    change.record(
        event,
        target=before.user_id,
        old={part: old[part] for part in changed},
        new={part: new[part] for part in changed},
        about=before.user_id,
    )


_EVENTS = {"role": "member.role_changed", "flags": "member.flags_changed", "alias": "member.aliased"}
