"""Workspaces on the wire."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.features.workspaces.model import Invite, InviteState, TeamMember, Workspace
from chalicelib.features.workspaces.use_cases import CreateInvite, OpenedInvite, ShownInvite
from chalicelib.kernel import clock, emails, tokens
from chalicelib.kernel.roles import Role

NameText = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
"""A name before it is composed and trimmed; the rule itself is kernel/names."""
EmailText = Annotated[str, msgspec.Meta(min_length=1, max_length=emails.MAX_CHARACTERS)]
TokenText = Annotated[str, msgspec.Meta(min_length=1, max_length=tokens.MAX_CHARACTERS)]


class WorkspaceNameIn(msgspec.Struct, forbid_unknown_fields=True):
    """What a workspace is called: 1 to 100 characters."""

    name: NameText


class WorkspaceOut(msgspec.Struct):
    """A workspace; `role` is the caller's."""

    id: str
    name: str
    role: Role
    created_at: str

    @classmethod
    def of(cls, workspace: Workspace) -> "WorkspaceOut":
        """As it travels."""
        return cls(
            id=workspace.id,
            name=workspace.name,
            role=workspace.role,
            created_at=clock.to_wire(workspace.created_at),
        )


class MemberOut(msgspec.Struct):
    """Somebody of the workspace."""

    user_id: str
    full_name: str
    username: str
    role: Role
    joined_at: str

    @classmethod
    def of(cls, member: TeamMember) -> "MemberOut":
        """As it travels."""
        return cls(
            user_id=member.user_id,
            full_name=member.full_name,
            username=member.username,
            role=member.role,
            joined_at=clock.to_wire(member.joined_at),
        )


class MembersOut(msgspec.Struct):
    """Everybody, in the order of joining."""

    members: list[MemberOut]


class InviteIn(msgspec.Struct, forbid_unknown_fields=True):
    """An invitation to open. With `email` only the person of that address may use it, and is sent the link."""

    role: Literal["member", "admin"]
    email: EmailText | None = None

    def to_command(self) -> CreateInvite:
        """The wish."""
        return CreateInvite(role=Role(self.role), email=self.email)


class OpenedInviteOut(msgspec.Struct):
    """A new invitation. `link` is shown this once."""

    id: str
    role: Role
    email: str | None
    expires_at: str
    link: str

    @classmethod
    def of(cls, opened: OpenedInvite) -> "OpenedInviteOut":
        """As it travels."""
        return cls(
            id=opened.invite.id,
            role=opened.invite.role,
            email=opened.invite.email,
            expires_at=clock.to_wire(opened.invite.ends_at),
            link=opened.link,
        )


class InviteOut(msgspec.Struct):
    """An invitation, whatever became of it; `invited_by` is a user's id."""

    id: str
    role: Role
    email: str | None
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
