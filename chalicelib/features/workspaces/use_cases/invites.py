"""Invitations: opened, sent once more, taken back, looked at, accepted.

What an invitation gives is what whoever stands behind it could give at the moment it is accepted: if they have left, or
no longer reach its role, it lets nobody in (decision 0022).
"""

from dataclasses import replace

from chalicelib import settings
from chalicelib.adapters.mail import Mail
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.workspaces import letters, repository
from chalicelib.features.workspaces.model import (
    INVITE_LIFE,
    AlreadyMember,
    CreateInvite,
    Invite,
    InviteNotFound,
    InviteState,
    OpenedInvite,
    Person,
    ShownInvite,
    TeamMember,
    Workspace,
    require_reach,
)
from chalicelib.features.workspaces.repository import Invites, Leavings, Members, Profiles
from chalicelib.kernel import emails, ids, tokens
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.ids import InviteId, SeatId, WorkspaceId
from chalicelib.kernel.permissions import Action
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Installation, Tenant, invited
from chalicelib.table.transaction import AlreadyDone, ChangedMeanwhile


def create_invite(command: CreateInvite, *, tenant: Tenant, mail: Mail, once: str | None = None) -> OpenedInvite:
    """Open an invitation, and send its link where it is for one e-mail address: 4 rows and a check, 12 write units.

    The seat it gives waits for whoever comes, for as long as the invitation is good. Without one it lets somebody in
    on the trial, now or once that has begun.

    With `once`, a repetition answers with the same invitation under a new link: nobody holds the first one, as its
    answer was lost and we keep no tokens.

    Raises:
        PermissionMissing: the acting member may not.
        RoleOutOfReach: the role does not rank below theirs; nothing was written.
        EmailInvalid: nothing was written.
        SeatNotFound, NoSeatFree, TrialFull: there is no room for whoever would come; nothing was written.
        ChangedMeanwhile: the acting member's standing or the seat changed at the same moment; nothing was written.
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
        seat_id=None if command.seat_id is None else SeatId(command.seat_id),
    )
    try:
        with tenant.transaction(once=once) as change:
            Members(tenant).check_standing(change, member)
            _make_room(change, invite, tenant)
            Invites(tenant).add(change, invite)
            change.leaves(id=invite.id)
            change.record("invite.created", target=invite.id, new=invite.journalled())
    except AlreadyDone as done:
        return resend_invite(done.outcome["id"], tenant=tenant, mail=mail)
    return _hand_over(invite, token, tenant=tenant, mail=mail)


def list_invites(*, tenant: Tenant) -> list[Invite]:
    """Every invitation of the last three months, oldest first. Raises PermissionMissing."""
    tenant.require(Action.INVITE)
    return Invites(tenant).all()


def resend_invite(invite_id: str, *, tenant: Tenant, mail: Mail) -> OpenedInvite:
    """Give an invitation that nobody used a new link for another seven days; its earlier link leads nowhere.

    Whoever sends it stands behind it from now on. Where it is for one address, the letter goes there again.

    Raises:
        PermissionMissing: the acting member may not.
        RoleOutOfReach: the invitation is for a role that does not rank below theirs.
        InviteNotFound, InviteUsed, InviteRevoked: whichever is so.
        SeatNotFound, NoSeatFree, TrialFull: there is no room any more for whoever would come.
        ChangedMeanwhile: somebody used, sent or revoked it at the same moment; nothing was written.
    """
    member = tenant.require(Action.INVITE)
    before = Invites(tenant).require(invite_id)
    require_reach(member.role, before.role)
    before.require_unsettled()
    token = tokens.new()
    after = replace(
        before,
        token_hash=tokens.hashed(token),
        ends_at=tenant.now() + INVITE_LIFE,
        invited_by=member.user_id,
        inviter_name=tenant.actor.name,
    )
    with tenant.transaction() as change:
        Members(tenant).check_standing(change, member)
        _make_room(change, after, tenant)
        Invites(tenant).renew(change, before, after)
        change.record("invite.resent", target=after.id, old=before.journalled(), new=after.journalled())
    return _hand_over(after, token, tenant=tenant, mail=mail)


def revoke_invite(invite_id: str, *, tenant: Tenant) -> None:
    """Take an invitation back. One that was taken back before stays so.

    Raises:
        PermissionMissing: the acting member may not.
        RoleOutOfReach: the invitation is for a role that does not rank below theirs.
        InviteNotFound: there is none of this id.
        InviteUsed: somebody came in by it; removing them is another matter.
        ChangedMeanwhile: somebody used or sent it at the same moment; nothing was written.
    """
    member = tenant.require(Action.INVITE)
    invite = Invites(tenant).require(invite_id)
    require_reach(member.role, invite.role)
    if invite.settled is InviteState.REVOKED:
        return
    invite.require_unsettled()
    with tenant.transaction() as change:
        Members(tenant).check_standing(change, member)
        take_back(change, invite, tenant)


def look_up_invite(token: str, *, actor: Actor, installation: Installation) -> ShownInvite:
    """What the holder of a link may know: 4 read units.

    Raises:
        InviteNotFound, InviteExpired, InviteRevoked, InviteUsed, InviteNotBacked: whichever is so.
    """
    tenant, invite = _shown(token, actor=actor, installation=installation)
    workspace = _open_workspace(invite, tenant)
    invite.require_open(tenant.now())
    invite.require_backed(Members(tenant).get(invite.invited_by))
    return ShownInvite(workspace_name=workspace.name, invite=invite)


def accept_invite(token: str, *, person: Person, actor: Actor, installation: Installation) -> Workspace:
    """Join the workspace a link leads to: invitation used, membership and pointer made, in one transaction.

    In the same transaction its seat is filled, or the trial covers one more. It checks that whoever stands behind the
    invitation still has the role that was read, that the person has no earlier membership to be wound up, and that the
    workspace is not being deleted: 4 rows, 3 checks.

    Raises:
        AlreadyMember: they belong to it; the invitation stays open for somebody else.
        InviteNotFound, InviteExpired, InviteRevoked, InviteUsed, InviteNotBacked: whichever is so.
        InviteForOtherEmail, EmailUnverified: it names an address that is not, or not yet, proven to be theirs.
        NoSeatFree, TrialFull: its seat lapsed or went to somebody else; or the trial is over, or covers no more.
        StillLeaving: they left a moment ago; nothing was written.
    """
    tenant, invite = _shown(token, actor=actor, installation=installation)
    inviter = _require_may_join(invite, person, tenant=tenant)
    try:
        with tenant.transaction() as change:
            Invites(tenant).settle(change, invite, InviteState.USED, refusal=ChangedMeanwhile(), used_by=person.user_id)
            seat = seats.admit(change, person.user_id, invite.id, invite.seat_id, tenant=tenant)
            joined = Members(tenant).add(change, person, invite.role, seat)
            Members(tenant).check_role(change, inviter)
            Leavings(tenant).check_none(change, person.user_id)
            if seat is not None:
                Profiles(tenant).check_open(change)
            change.record(
                "member.joined",
                target=person.user_id,
                new={"name": joined.name, "role": invite.role, "invite_id": invite.id},
                about=person.user_id,
            )
    except ChangedMeanwhile:
        # Somebody was faster: say what they did, as if we had come after them.
        _require_may_join(Invites(tenant).require(invite.id), person, tenant=tenant)
        raise
    return Profiles(tenant).require(invite.role, seat=seat)


def invitations_for(email: str, *, installation: Installation) -> list[tuple[WorkspaceId, InviteId]]:
    """The invitations for an address, in whatever workspace, up to a hundred: one query, a moment behind writes."""
    return repository.invites_for(installation, email)


def forget_invited(invite_id: InviteId, *, tenant: Tenant) -> None:
    """Take the address out of an invitation for somebody who is gone. Repeating it changes nothing.

    One that is open is taken back first, expired or not: without the address it would be for anybody who has the link.

    Raises:
        ChangedMeanwhile: somebody used, sent or revoked it at the same moment; nothing was written.
    """
    invites = Invites(tenant)
    try:
        invite = invites.require(invite_id)
    except InviteNotFound:
        return
    if invite.settled is InviteState.OPEN:
        with tenant.transaction() as change:
            take_back(change, invite, tenant)
    invites.forget_address(invite)


def take_back(change: JournalledTransaction, invite: Invite, tenant: Tenant) -> None:
    """Add to a change that an open invitation is revoked and that its seat waits for nobody any more."""
    Invites(tenant).settle(change, invite, InviteState.REVOKED, refusal=ChangedMeanwhile())
    seats.release_hold(change, invite.seat_id, invite.id, tenant=tenant)
    change.record("invite.revoked", target=invite.id, old=invite.journalled())


def _make_room(change: JournalledTransaction, invite: Invite, tenant: Tenant) -> None:
    """See to it that whoever comes by an invitation finds their seat, or the trial."""
    if invite.seat_id is None:
        seats.check_room(tenant=tenant)
    else:
        seats.hold_for_invite(change, invite.seat_id, invite.id, invite.ends_at, tenant=tenant)


def _require_may_join(invite: Invite, person: Person, *, tenant: Tenant) -> TeamMember:
    """Whoever stands behind an invitation that lets this person in."""
    _open_workspace(invite, tenant)
    if Members(tenant).get(person.user_id) is not None:
        raise AlreadyMember(standing={"workspace_id": tenant.workspace_id})
    invite.require_open(tenant.now())
    invite.require_meant_for(person)
    return invite.require_backed(Members(tenant).get(invite.invited_by))


def _open_workspace(invite: Invite, tenant: Tenant) -> Workspace:
    """The workspace, unless it is about to be erased: then its links lead nowhere."""
    workspace = Profiles(tenant).require(invite.role)
    if workspace.deletes_at is not None:
        raise InviteNotFound
    return workspace


def _shown(token: str, *, actor: Actor, installation: Installation) -> tuple[Tenant, Invite]:
    """The invitation whose token somebody shows, and the handle that token is good for."""
    workspace_id, invite_id = repository.invite_of_token(installation, tokens.hashed(token))
    tenant = invited(workspace_id, actor, now=installation.now)
    return tenant, Invites(tenant).require(invite_id)


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
