"""Workspaces, members and invitations: what they are and when an invitation lets somebody in."""

from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.kernel.errors import Conflict, Forbidden, NotFound
from chalicelib.kernel.ids import InviteId, UserId, WorkspaceId
from chalicelib.kernel.records import record
from chalicelib.kernel.roles import Role

MAX_NAME_CHARACTERS = 100
INVITE_LIFE = timedelta(days=7)


class AlreadyMember(Conflict):
    """The person belongs to the workspace; `standing` names it."""

    code = "already-member"
    title = "You are already a member of this workspace."


class InviteNotFound(NotFound):
    """No invitation has this id or token."""

    code = "invite-not-found"
    title = "There is no such invitation."


class InviteExpired(Conflict):
    """The invitation was open for seven days and nobody came."""

    code = "invite-expired"
    title = "This invitation has expired."


class InviteRevoked(Conflict):
    """Somebody of the workspace took the invitation back."""

    code = "invite-revoked"
    title = "This invitation was withdrawn."


class InviteUsed(Conflict):
    """An invitation lets one person in, and has."""

    code = "invite-used"
    title = "This invitation was already used."


class InviteForOtherEmail(Conflict):
    """The invitation names an e-mail address that is not this person's."""

    code = "invite-for-other-email"
    title = "This invitation is for another e-mail address."


class EmailUnverified(Conflict):
    """The invitation names this person's address, which they have not confirmed yet."""

    code = "email-unverified"
    title = "Confirm your e-mail address first."


class RoleOutOfReach(Forbidden):
    """People grant, and act on, only roles below their own."""

    code = "role-out-of-reach"
    title = "Only roles below your own are yours to give or to act on."


@record
class Workspace:
    """A workspace as one of its members sees it; `role` is theirs."""

    id: WorkspaceId
    name: str
    role: Role
    created_at: datetime


@record
class Person:
    """Somebody who founds a workspace or joins one."""

    user_id: UserId
    full_name: str
    username: str
    email: str
    is_email_verified: bool


@record
class TeamMember:
    """Somebody who belongs to a workspace."""

    user_id: UserId
    full_name: str
    username: str
    role: Role
    joined_at: datetime


class InviteState(StrEnum):
    """Where an invitation stands. Only OPEN lets somebody in."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


@record
class Invite:
    """A link into a workspace for one person. `settled` is OPEN until it was used or revoked."""

    id: InviteId
    role: Role
    email: str | None
    invited_by: UserId
    inviter_name: str
    ends_at: datetime
    settled: InviteState
    token_hash: str

    def state_at(self, now: datetime) -> InviteState:
        """Where it stands at a moment."""
        has_run_out = self.settled is InviteState.OPEN and now >= self.ends_at
        return InviteState.EXPIRED if has_run_out else self.settled

    def require_open(self, now: datetime) -> None:
        """Raises InviteExpired, InviteRevoked or InviteUsed: whichever is so."""
        match self.state_at(now):
            case InviteState.EXPIRED:
                raise InviteExpired
            case InviteState.REVOKED:
                raise InviteRevoked
            case InviteState.USED:
                raise InviteUsed
            case InviteState.OPEN:
                pass

    def require_meant_for(self, person: Person) -> None:
        """Raises InviteForOtherEmail or EmailUnverified; an address counts only once its owner has confirmed it."""
        if self.email is None:
            return
        if self.email != person.email:
            raise InviteForOtherEmail
        if not person.is_email_verified:
            raise EmailUnverified


def require_reach(own: Role, other: Role) -> None:
    """Raises RoleOutOfReach unless `other` ranks below `own`, or both are Owners."""
    if not own.reaches(other):
        raise RoleOutOfReach
