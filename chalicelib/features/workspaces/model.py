"""Workspaces, members, invitations and leaving: what they are, who reaches whom, what may stand in the way."""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.kernel import emails, names
from chalicelib.kernel.errors import Blame, Conflict, Forbidden, Invalid, NotFound
from chalicelib.kernel.ids import InviteId, SeatId, UserId, WorkspaceId
from chalicelib.kernel.permissions import Action, Flag, Grants, Toggle
from chalicelib.kernel.plans import NOTHING_PAID, Entitlement, HeldSeat
from chalicelib.kernel.records import record
from chalicelib.kernel.roles import Role

MAX_NAME_CHARACTERS = 100
MAX_WORKSPACES: Final = 50
"""A person belongs to so many before they can found no more: reading who is signed in looks into each."""
MAX_ALIAS_CHARACTERS = 100
MAX_REASON_CHARACTERS = 500
INVITE_LIFE = timedelta(days=7)
SETTLE_DEPARTURE: Final = "departure.settle"
"""The due work after somebody left or was removed: their connections end, their open invitations are taken back."""
TELL_LEAVER: Final = "leaver.tell"
"""The due work of telling somebody what became of their request: {user_id, workspace_name, is_approved}."""


class AlreadyMember(Conflict):
    """The person belongs to the workspace; `standing` names it."""

    code = "already-member"
    title = "You are already a member of this workspace."


class LastOwner(Conflict):
    """A workspace always has an Owner: the last one can neither leave, nor be removed, nor take another role."""

    code = "last-owner"
    title = "A workspace needs an Owner. Make somebody else Owner first."


class TooManyWorkspaces(Conflict):
    """The person belongs to 50 workspaces or more and can found no more, until they leave or delete one."""

    code = "too-many-workspaces"
    title = "You belong to 50 workspaces, and can make no more."


class AlreadyOwner(Conflict):
    """A workspace is not handed over to one of its Owners; an Owner who wants to step down changes their role."""

    code = "already-owner"
    title = "This member is an Owner already."


class RoleOutOfReach(Forbidden):
    """People grant, and act on, only roles below their own; Owners also act on Owners."""

    code = "role-out-of-reach"
    title = "Only roles below your own are yours to give or to act on."


class OwnSecondFactorFirst(Conflict):
    """An Owner who asks a second factor of everybody signs in with one themselves: else they shut themselves out."""

    code = "own-second-factor-first"
    title = "Sign in with a second factor yourself before you ask it of everybody."


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


class InviteNotBacked(Conflict):
    """Whoever opened the invitation has left, or could no longer open it: what they may not do, their link may not."""

    code = "invite-not-backed"
    title = "Whoever sent this invitation can no longer invite you. Ask for a new one."


class InviteForOtherEmail(Conflict):
    """The invitation names an e-mail address that is not this person's."""

    code = "invite-for-other-email"
    title = "This invitation is for another e-mail address."


class EmailUnverified(Conflict):
    """Inviting, reaching accounts, joining by an invitation for one's address, and more ways to sign in take it."""

    code = "email-unverified"
    title = "Confirm your e-mail address first."


class StillLeaving(Conflict):
    """The person belonged to the workspace until a moment ago, and their connections there are still being ended."""

    code = "still-leaving"
    title = "Your earlier membership of this workspace is just being wound up. Try again in a minute."


class LeaveRequestNotFound(NotFound):
    """This member has not asked to leave, or it was decided or withdrawn."""

    code = "leave-request-not-found"
    title = "There is no request to leave."


class ReasonInvalid(Invalid):
    """The reason is too long or has characters nobody can see."""

    code = "reason-invalid"
    title = "This reason can't be taken."


class WorkspaceState(StrEnum):
    """Whether somebody who belongs to a workspace can open it."""

    OPEN = "open"
    SECOND_FACTOR_REQUIRED = "second-factor-required"
    DELETING = "deleting"


@record
class Workspace:
    """A workspace as one of its members sees it; `grants` and `entitlement` are theirs.

    `logo` is its file's id with an ending that tells its type.

    `trial_ends_at` is when its trial ends or ended; None before there was one.
    """

    id: WorkspaceId
    name: str
    grants: Grants
    created_at: datetime
    logo: str | None = None
    deletes_at: datetime | None = None
    entitlement: Entitlement = NOTHING_PAID
    trial_ends_at: datetime | None = None

    @property
    def role(self) -> Role:
        """The member's role."""
        return self.grants.role

    @property
    def can(self) -> list[Action]:
        """Everything the member may and that is paid for, so that nobody has to work it out again."""
        return [action for action in self.grants.allowed() if self.entitlement.covers(action)]

    @property
    def toggles(self) -> Mapping[Toggle, bool]:
        """How every toggle stands."""
        return {toggle: self.grants.is_on(toggle) for toggle in Toggle}

    def state(self, *, with_second_factor: bool) -> WorkspaceState:
        """Whether the member can open it in a session that did, or did not, show a second factor."""
        if self.deletes_at is not None:
            return WorkspaceState.DELETING
        is_shut = self.grants.is_on(Toggle.REQUIRE_SECOND_FACTOR) and not with_second_factor
        return WorkspaceState.SECOND_FACTOR_REQUIRED if is_shut else WorkspaceState.OPEN


@record
class Person:
    """Somebody who founds a workspace or joins one."""

    user_id: UserId
    full_name: str
    username: str
    email: str
    is_email_verified: bool
    has_second_factor: bool = False


class MemberState(StrEnum):
    """Whether somebody has asked to leave."""

    ACTIVE = "active"
    LEAVING = "leaving"


@record
class TeamMember:
    """Somebody who belongs to a workspace.

    `version` grows with each change of role or flags; `has_second_factor` is None for those who need not know.
    """

    user_id: UserId
    full_name: str
    username: str
    role: Role
    joined_at: datetime
    alias: str | None = None
    flags: frozenset[Flag] = frozenset()
    version: int = 1
    has_second_factor: bool | None = False
    state: MemberState = MemberState.ACTIVE
    seat: HeldSeat | None = None

    @property
    def name(self) -> str:
        """What teammates see: the alias where there is one."""
        return self.alias or self.full_name

    def journalled(self) -> dict[str, object]:
        """What the journal keeps of them."""
        return {"name": self.name, "role": self.role, "flags": sorted(self.flags), "alias": self.alias}

    def may(self, action: Action) -> bool:
        """Whether role and flags alone let them do something, however the toggles stand."""
        return Grants(role=self.role, flags=self.flags, toggles={}).allow(action)


@record
class ChangeMember:
    """What changes about a member; None leaves it. An empty alias takes it away."""

    role: Role | None = None
    flags: frozenset[Flag] | None = None
    alias: str | None = None

    def applied_to(self, before: TeamMember) -> TeamMember:
        """The member after the change. Raises NameInvalid."""
        after = replace(
            before,
            role=before.role if self.role is None else self.role,
            flags=before.flags if self.flags is None else self.flags,
            alias=before.alias if self.alias is None else _alias(self.alias),
        )
        is_other_standing = (after.role, after.flags) != (before.role, before.flags)
        return replace(after, version=before.version + 1) if is_other_standing else after


class InviteState(StrEnum):
    """Where an invitation stands. Only OPEN lets somebody in."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


@record
class Invite:
    """A link into a workspace for one person. `settled` is OPEN until it was used or revoked.

    `seat_id` is the seat it gives; None lets somebody in on the trial.
    """

    id: InviteId
    role: Role
    email: str | None
    invited_by: UserId
    inviter_name: str
    ends_at: datetime
    settled: InviteState
    token_hash: str
    seat_id: SeatId | None = None

    def state_at(self, now: datetime) -> InviteState:
        """Where it stands at a moment."""
        has_run_out = self.settled is InviteState.OPEN and now >= self.ends_at
        return InviteState.EXPIRED if has_run_out else self.settled

    def require_open(self, now: datetime) -> None:
        """Raises InviteExpired, InviteRevoked or InviteUsed: whichever is so."""
        self.require_unsettled()
        if self.state_at(now) is InviteState.EXPIRED:
            raise InviteExpired

    def require_unsettled(self) -> None:
        """Raises InviteRevoked or InviteUsed; one that has only run out can be sent again."""
        match self.settled:
            case InviteState.REVOKED:
                raise InviteRevoked
            case InviteState.USED:
                raise InviteUsed

    def require_backed(self, inviter: TeamMember | None) -> TeamMember:
        """Whoever stands behind it. Raises InviteNotBacked where they have left or could not open it now."""
        if inviter is None or not inviter.may(Action.INVITE) or not inviter.role.reaches(self.role):
            raise InviteNotBacked
        return inviter

    def journalled(self) -> dict[str, object]:
        """What the journal keeps of it: a hint at the address, as the entry outlives whoever it belongs to."""
        email = None if self.email is None else emails.hinted(self.email)
        seat = {} if self.seat_id is None else {"seat_id": self.seat_id}
        return {"role": self.role, "email": email, "ends_at": self.ends_at, **seat}

    def require_meant_for(self, person: Person) -> None:
        """Raises InviteForOtherEmail or EmailUnverified; an address counts only once its owner has confirmed it."""
        if self.email is None:
            return
        if self.email != person.email:
            raise InviteForOtherEmail
        if not person.is_email_verified:
            raise EmailUnverified


@record
class LeaveRequest:
    """That a member wants to leave, and why if they said so."""

    user_id: UserId
    reason: str | None
    asked_at: datetime


def require_reach(own: Role, other: Role) -> None:
    """Raises RoleOutOfReach unless `other` ranks below `own`, or both are Owners."""
    if not own.reaches(other):
        raise RoleOutOfReach


def parse_reason(text: str | None) -> str | None:
    """Why somebody leaves, as it is kept: trimmed, lines and all; None where nothing is said.

    Raises:
        ReasonInvalid: longer than 500 characters, or with characters that can't be shown.
    """
    reason = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(reason) > MAX_REASON_CHARACTERS:
        raise ReasonInvalid(blames=(Blame("/reason", f"has at most {MAX_REASON_CHARACTERS} characters"),))
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Co"} and letter not in "\n\t" for letter in reason):
        raise ReasonInvalid(blames=(Blame("/reason", "has characters that can't be shown"),))
    return reason or None


def _alias(text: str) -> str | None:
    return names.parse(text, pointer="/alias", most=MAX_ALIAS_CHARACTERS) if text.strip() else None


@record
class CreateInvite:
    """`email` narrows the link to the person of that address, who is also sent it; `seat_id` is the seat it gives."""

    role: Role
    email: str | None = None
    seat_id: str | None = None


@record
class OpenedInvite:
    """An invitation and its link. The link is shown here only: we keep the hash of its token."""

    invite: Invite
    link: str

    def __repr__(self) -> str:
        return "OpenedInvite()"


@record
class ShownInvite:
    """What somebody who holds the link may know before they join."""

    workspace_name: str
    invite: Invite
