"""What people do with workspaces: found, name, invite into, join, and see who is there."""

from dataclasses import replace

from chalicelib import settings
from chalicelib.adapters.mail import Mail
from chalicelib.features.workspaces import letters, repository
from chalicelib.features.workspaces.model import (
    INVITE_LIFE,
    MAX_NAME_CHARACTERS,
    AlreadyMember,
    Invite,
    InviteState,
    Person,
    TeamMember,
    Workspace,
    require_reach,
)
from chalicelib.features.workspaces.repository import Invites, Members, Profiles
from chalicelib.kernel import emails, ids, names, tokens
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import InviteId, UserId, WorkspaceId
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.records import record
from chalicelib.kernel.roles import Role
from chalicelib.table import proof
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation, Tenant, founding, invited
from chalicelib.table.transaction import AlreadyDone, ChangedMeanwhile


@record
class CreateInvite:
    """`email` narrows the link to the person of that address, who is also sent it."""

    role: Role
    email: str | None = None


@record
class OpenedInvite:
    """An invitation and its link. The link is shown here only: we keep the hash of its token."""

    invite: Invite
    link: str


@record
class ShownInvite:
    """What somebody who holds the link may know before they join."""

    workspace_name: str
    invite: Invite


def create_workspace(
    name: str, *, founder: Person, actor: Actor, installation: Installation, once: str | None = None
) -> Workspace:
    """Found a workspace whose Owner is its founder: one transaction of 5 rows, 12 write units.

    With `once`, the caller's idempotency key, a repetition answers with the workspace the first one founded.

    Raises:
        NameInvalid: nothing was written.
    """
    secret = settings.current().id_secret
    workspace_id = WorkspaceId(ids.mint()) if once is None else ids.workspace_id_of(secret, once)
    tenant = founding(workspace_id, actor, now=installation.now)
    try:
        with tenant.transaction(once=once) as change:
            return lay_out(change, tenant, names.parse(name, pointer="/name", most=MAX_NAME_CHARACTERS), founder)
    except AlreadyDone:
        return Profiles(tenant).require(Role.OWNER)


def lay_out(change: JournalledTransaction, tenant: Tenant, name: str, founder: Person) -> Workspace:
    """Add the rows of a new workspace to a change; signing up makes one in the same transaction as the person."""
    workspace = Workspace(id=tenant.workspace_id, name=name, role=Role.OWNER, created_at=tenant.now())
    Profiles(tenant).add(change, workspace)
    Members(tenant).add(change, founder, Role.OWNER)
    change.record("workspace.created", target=tenant.workspace_id, new={"name": name})
    return workspace


def list_workspaces(session: Session, *, caller: Caller, installation: Installation) -> list[Workspace]:
    """The workspaces of a signed-in person, in the order they were made: one query and two reads each."""
    handles = handles_of(session, caller=caller, installation=installation)
    return sorted((get_workspace(tenant=tenant) for tenant in handles), key=lambda workspace: workspace.created_at)


def handles_of(session: Session, *, caller: Caller, installation: Installation) -> list[Tenant]:
    """A handle on each workspace the person belongs to; a pointer that outlived its membership gives none."""
    handles: list[Tenant] = []
    for workspace_id in repository.workspaces_of(installation, session.user_id):
        try:
            handles.append(proof.member_handle(session, workspace_id, caller, now=installation.now))
        except NotFound:
            continue
    return handles


def get_workspace(*, tenant: Tenant) -> Workspace:
    """The workspace as the acting member sees it: one read unit."""
    return Profiles(tenant).require(tenant.require(Action.SEE_CRM).role)


def rename_workspace(name: str, *, tenant: Tenant) -> Workspace:
    """Give the workspace another name. The name it has already changes nothing.

    Raises:
        PermissionMissing: the acting member may not.
        NameInvalid: nothing was written.
        ChangedMeanwhile: somebody renamed it at the same moment.
    """
    member = tenant.require(Action.CHANGE_SETTINGS)
    new = names.parse(name, pointer="/name", most=MAX_NAME_CHARACTERS)
    before = Profiles(tenant).require(member.role)
    if before.name == new:
        return before
    with tenant.transaction() as change:
        Profiles(tenant).rename(change, before.name, new)
        change.record("workspace.renamed", target=tenant.workspace_id, old={"name": before.name}, new={"name": new})
    return replace(before, name=new)


def list_members(*, tenant: Tenant) -> list[TeamMember]:
    """Everybody in the workspace, in the order of joining."""
    tenant.require(Action.SEE_CRM)
    return Members(tenant).all()


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
        )


def create_invite(command: CreateInvite, *, tenant: Tenant, mail: Mail, once: str | None = None) -> OpenedInvite:
    """Open an invitation, and send its link where it is for one e-mail address: 3 rows, 8 write units.

    With `once`, a repetition answers with the same invitation under a new link: nobody holds the first one, as its
    answer was lost and we keep no tokens.

    Raises:
        PermissionMissing: the acting member may not.
        RoleOutOfReach: the role does not rank below theirs; nothing was written.
        EmailInvalid: nothing was written.
    """
    member = tenant.require(Action.INVITE)
    require_reach(member.role, command.role)
    token = tokens.new()
    invite = Invite(
        id=InviteId(ids.mint()),
        role=command.role,
        email=None if command.email is None else emails.parse(command.email, pointer="/email"),
        invited_by=member.user_id,
        inviter_name=tenant.actor.name,
        ends_at=tenant.now() + INVITE_LIFE,
        settled=InviteState.OPEN,
        token_hash=tokens.hashed(token),
    )
    try:
        with tenant.transaction(once=once) as change:
            Invites(tenant).add(change, invite)
            change.leaves(id=invite.id)
            change.record("invite.created", target=invite.id, new=_journalled(invite))
    except AlreadyDone as done:
        return _renew(done.outcome["id"], tenant=tenant, mail=mail)
    return _hand_over(invite, token, tenant=tenant, mail=mail)


def list_invites(*, tenant: Tenant) -> list[Invite]:
    """Every invitation of the last three months, oldest first. Raises PermissionMissing."""
    tenant.require(Action.INVITE)
    return Invites(tenant).all()


def revoke_invite(invite_id: str, *, tenant: Tenant) -> None:
    """Take an invitation back. One that was taken back before stays so.

    Raises:
        PermissionMissing: the acting member may not.
        RoleOutOfReach: the invitation is for a role that does not rank below theirs.
        InviteNotFound: there is none of this id.
        InviteUsed: somebody came in by it; removing them is another matter.
    """
    member = tenant.require(Action.INVITE)
    invite = Invites(tenant).require(invite_id)
    require_reach(member.role, invite.role)
    if invite.settled is InviteState.REVOKED:
        return
    if invite.settled is InviteState.USED:
        invite.require_open(tenant.now())
    with tenant.transaction() as change:
        Invites(tenant).settle(change, invite, InviteState.REVOKED, refusal=ChangedMeanwhile())
        change.record("invite.revoked", target=invite.id, old=_journalled(invite))


def look_up_invite(token: str, *, actor: Actor, installation: Installation) -> ShownInvite:
    """What the holder of a link may know: 3 read units.

    Raises:
        InviteNotFound, InviteExpired, InviteRevoked, InviteUsed: whichever is so.
    """
    tenant, invite = _shown(token, actor=actor, installation=installation)
    invite.require_open(tenant.now())
    return ShownInvite(workspace_name=Profiles(tenant).require(invite.role).name, invite=invite)


def accept_invite(token: str, *, person: Person, actor: Actor, installation: Installation) -> Workspace:
    """Join the workspace a link leads to: invitation used, membership and pointer made, in one transaction.

    Raises:
        AlreadyMember: they belong to it; the invitation stays open for somebody else.
        InviteNotFound, InviteExpired, InviteRevoked, InviteUsed: whichever is so.
        InviteForOtherEmail, EmailUnverified: it names an address that is not, or not yet, proven to be theirs.
    """
    tenant, invite = _shown(token, actor=actor, installation=installation)
    _require_may_join(invite, person, tenant=tenant)
    try:
        with tenant.transaction() as change:
            Invites(tenant).settle(change, invite, InviteState.USED, refusal=ChangedMeanwhile(), used_by=person.user_id)
            Members(tenant).add(change, person, invite.role)
            change.record(
                "member.joined",
                target=person.user_id,
                new={"full_name": person.full_name, "role": invite.role, "invite_id": invite.id},
            )
    except ChangedMeanwhile:
        # Somebody was faster: say what they did, as if we had come after them.
        _require_may_join(Invites(tenant).require(invite.id), person, tenant=tenant)
        raise
    return Profiles(tenant).require(invite.role)


def _require_may_join(invite: Invite, person: Person, *, tenant: Tenant) -> None:
    if Members(tenant).get(person.user_id) is not None:
        raise AlreadyMember(standing={"workspace_id": tenant.workspace_id})
    invite.require_open(tenant.now())
    invite.require_meant_for(person)


def _shown(token: str, *, actor: Actor, installation: Installation) -> tuple[Tenant, Invite]:
    """The invitation whose token somebody shows, and the handle that token is good for."""
    workspace_id, invite_id = repository.invite_of_token(installation, tokens.hashed(token))
    tenant = invited(workspace_id, actor, now=installation.now)
    return tenant, Invites(tenant).require(invite_id)


def _renew(invite_id: str, *, tenant: Tenant, mail: Mail) -> OpenedInvite:
    """Give an open invitation a new link for another seven days."""
    before = Invites(tenant).require(invite_id)
    before.require_open(tenant.now())
    token = tokens.new()
    after = replace(before, token_hash=tokens.hashed(token), ends_at=tenant.now() + INVITE_LIFE)
    with tenant.transaction() as change:
        Invites(tenant).renew(change, before, after)
        change.record("invite.renewed", target=after.id, old=_journalled(before), new=_journalled(after))
    return _hand_over(after, token, tenant=tenant, mail=mail)


def _hand_over(invite: Invite, token: str, *, tenant: Tenant, mail: Mail) -> OpenedInvite:
    link = f"{settings.current().public_origin}/invite#{token}"
    if invite.email is not None:
        workspace_name = Profiles(tenant).require(invite.role).name
        mail.send(
            letters.invitation(
                to=invite.email, inviter_name=invite.inviter_name, workspace_name=workspace_name, link=link
            )
        )
    return OpenedInvite(invite=invite, link=link)


def _journalled(invite: Invite) -> dict[str, object]:
    return {"role": invite.role, "email": invite.email, "ends_at": invite.ends_at}
