"""Workspaces on the wire."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.features.workspaces import use_cases
from chalicelib.features.workspaces.model import (
    ChangeMember,
    CreateInvite,
    Invite,
    InviteState,
    LeaveRequest,
    MemberState,
    OpenedInvite,
    ShownInvite,
    TeamMember,
    Workspace,
)
from chalicelib.kernel import clock, emails, tokens
from chalicelib.kernel.permissions import Action, Flag, Toggle
from chalicelib.kernel.plans import Entitlement, HeldSeat, Plan
from chalicelib.kernel.roles import Role

NameText = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
"""A name before it is composed and trimmed; the rule itself is kernel/names."""
EmailText = Annotated[str, msgspec.Meta(min_length=1, max_length=emails.MAX_CHARACTERS)]
TokenText = Annotated[str, msgspec.Meta(min_length=1, max_length=tokens.MAX_CHARACTERS)]


class WorkspaceNameIn(msgspec.Struct, forbid_unknown_fields=True):
    """What a workspace is called: 1 to 100 characters."""

    name: NameText


class EntitlementOut(msgspec.Struct):
    """What is paid for the caller at this moment, by their seat or the trial: `plan` is null where nothing is.

    `accounts` is how many Telegram accounts that covers, on the trial for all members together.
    """

    plan: Plan | None
    accounts: int
    until: str | None

    @classmethod
    def of(cls, entitlement: Entitlement) -> "EntitlementOut":
        """As it travels."""
        until = None if entitlement.until is None else clock.to_wire(entitlement.until)
        return cls(plan=entitlement.plan, accounts=entitlement.accounts, until=until)


class WorkspaceOut(msgspec.Struct):
    """A workspace; `role` is the caller's and `can` everything they may do there that is paid for.

    `toggles` says how each stands. `logo_url` shows the logo for five minutes. `deletes_at` is when it is erased,
    `trial_ends_at` when its trial ends or ended; null before there was one.
    """

    id: str
    name: str
    role: Role
    created_at: str
    can: list[Action]
    toggles: dict[Toggle, bool]
    logo_url: str | None
    deletes_at: str | None
    entitlement: EntitlementOut
    trial_ends_at: str | None

    @classmethod
    def of(cls, workspace: Workspace) -> "WorkspaceOut":
        """As it travels."""
        return cls(
            id=workspace.id,
            name=workspace.name,
            role=workspace.role,
            created_at=clock.to_wire(workspace.created_at),
            can=workspace.can,
            toggles=dict(workspace.toggles),
            logo_url=use_cases.link_of(workspace),
            deletes_at=None if workspace.deletes_at is None else clock.to_wire(workspace.deletes_at),
            entitlement=EntitlementOut.of(workspace.entitlement),
            trial_ends_at=None if workspace.trial_ends_at is None else clock.to_wire(workspace.trial_ends_at),
        )


class TogglesIn(msgspec.Struct, forbid_unknown_fields=True):
    """Toggles to switch; what is left out or null stays. Their meaning stands in docs/permissions.md."""

    members_see_all_analytics: bool | None = None
    members_manage_excluded_chats: bool | None = None
    members_export_data: bool | None = None
    members_share_templates: bool | None = None
    tickets_enabled: bool | None = None
    members_create_tickets: bool | None = None
    members_edit_tickets: bool | None = None
    members_delete_tickets: bool | None = None
    message_attribution: bool | None = None
    require_second_factor: bool | None = None

    def to_toggles(self) -> dict[Toggle, bool]:
        """Those that were named."""
        named = msgspec.structs.asdict(self)
        return {Toggle(name): is_on for name, is_on in named.items() if is_on is not None}


class LogoIn(msgspec.Struct, forbid_unknown_fields=True):
    """The file that was put up."""

    file_id: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class MemberIn(msgspec.Struct, forbid_unknown_fields=True):
    """What changes about a member; what is left out or null stays, and an empty `alias` takes it away."""

    role: Role | None = None
    flags: Annotated[list[Flag], msgspec.Meta(max_length=len(Flag))] | None = None
    alias: Annotated[str, msgspec.Meta(max_length=400)] | None = None

    def to_command(self) -> ChangeMember:
        """The wish."""
        flags = None if self.flags is None else frozenset(self.flags)
        return ChangeMember(role=self.role, flags=flags, alias=self.alias)


class HeldSeatOut(msgspec.Struct):
    """The seat a member holds; `until` in the past, it has lapsed."""

    id: str
    plan: Plan
    until: str

    @classmethod
    def of(cls, seat: HeldSeat) -> "HeldSeatOut":
        """As it travels."""
        return cls(id=seat.id, plan=seat.plan, until=clock.to_wire(seat.until))


class MemberOut(msgspec.Struct):
    """Somebody of the workspace; show `alias` where there is one. `seat` is null where they hold none.

    `has_second_factor` is null where the caller may not know: it is for Admins, Owners and oneself.
    """

    user_id: str
    full_name: str
    alias: str | None
    username: str
    role: Role
    flags: list[Flag]
    joined_at: str
    has_second_factor: bool | None
    state: MemberState
    seat: HeldSeatOut | None

    @classmethod
    def of(cls, member: TeamMember) -> "MemberOut":
        """As it travels."""
        return cls(
            user_id=member.user_id,
            full_name=member.full_name,
            alias=member.alias,
            username=member.username,
            role=member.role,
            flags=sorted(member.flags),
            joined_at=clock.to_wire(member.joined_at),
            has_second_factor=member.has_second_factor,
            state=member.state,
            seat=None if member.seat is None else HeldSeatOut.of(member.seat),
        )


class MembersOut(msgspec.Struct):
    """Everybody, in the order of joining."""

    members: list[MemberOut]


class InviteIn(msgspec.Struct, forbid_unknown_fields=True):
    """An invitation to open. With `email` only the person of that address may use it, and is sent the link.

    `seat_id` is the free seat whoever comes in by it works on. Before and on the trial it may be left out.
    """

    role: Literal["member", "admin"]
    email: EmailText | None = None
    seat_id: Annotated[str, msgspec.Meta(max_length=26)] | None = None

    def to_command(self) -> CreateInvite:
        """The wish."""
        return CreateInvite(role=Role(self.role), email=self.email, seat_id=self.seat_id)


class OpenedInviteOut(msgspec.Struct):
    """A new invitation. `link` is shown this once."""

    id: str
    role: Role
    email: str | None
    seat_id: str | None
    expires_at: str
    link: str

    @classmethod
    def of(cls, opened: OpenedInvite) -> "OpenedInviteOut":
        """As it travels."""
        return cls(
            id=opened.invite.id,
            role=opened.invite.role,
            email=opened.invite.email,
            seat_id=opened.invite.seat_id,
            expires_at=clock.to_wire(opened.invite.ends_at),
            link=opened.link,
        )


class InviteOut(msgspec.Struct):
    """An invitation, whatever became of it; `invited_by` is a user's id, `seat_id` null where it gives none."""

    id: str
    role: Role
    email: str | None
    seat_id: str | None
    expires_at: str
    invited_by: str
    state: InviteState

    @classmethod
    def of(cls, invite: Invite, now: datetime) -> "InviteOut":
        """As it travels."""
        return cls(
            id=invite.id,
            role=invite.role,
            email=invite.email,
            seat_id=invite.seat_id,
            expires_at=clock.to_wire(invite.ends_at),
            invited_by=invite.invited_by,
            state=invite.state_at(now),
        )


class InvitesOut(msgspec.Struct):
    """Invitations of the last three months, oldest first."""

    invites: list[InviteOut]


class InviteTokenIn(msgspec.Struct, forbid_unknown_fields=True):
    """The part of an invitation's link behind `#`."""

    token: TokenText


class ShownInviteOut(msgspec.Struct):
    """What the holder of a link may know before joining."""

    workspace_name: str
    inviter_name: str
    role: Role
    expires_at: str

    @classmethod
    def of(cls, shown: ShownInvite) -> "ShownInviteOut":
        """As it travels."""
        return cls(
            workspace_name=shown.workspace_name,
            inviter_name=shown.invite.inviter_name,
            role=shown.invite.role,
            expires_at=clock.to_wire(shown.invite.ends_at),
        )


class LeaveRequestIn(msgspec.Struct, forbid_unknown_fields=True):
    """A wish to leave; the reason, of at most 500 characters, is shown to those who decide."""

    reason: Annotated[str, msgspec.Meta(max_length=2_000)] | None = None


class LeaveRequestOut(msgspec.Struct):
    """That a member asks to leave."""

    user_id: str
    reason: str | None
    asked_at: str

    @classmethod
    def of(cls, request: LeaveRequest) -> "LeaveRequestOut":
        """As it travels."""
        return cls(user_id=request.user_id, reason=request.reason, asked_at=clock.to_wire(request.asked_at))


class LeaveRequestsOut(msgspec.Struct):
    """Who asks to leave, oldest request first."""

    requests: list[LeaveRequestOut]
