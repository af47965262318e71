"""Rows of workspaces: profile, members, invitations, and a person's pointers to the workspaces they belong to."""

from datetime import timedelta

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.features.workspaces.model import (
    AlreadyMember,
    Invite,
    InviteNotFound,
    InviteState,
    Person,
    TeamMember,
    Workspace,
)
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Fact, NotFound
from chalicelib.kernel.ids import InviteId, UserId, WorkspaceId
from chalicelib.kernel.roles import Role
from chalicelib.table import keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.proof import MemberRow, WorkspaceRow
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

_INVITE_KEPT = timedelta(days=90)
"""How long a settled or expired invitation still says why it refuses."""


class MembershipRow(Row, discriminator="membership"):
    """A person's pointer to a workspace; whether they belong to it is the member row's to say."""


class InviteRow(Row, discriminator="invite"):
    """An invitation, whatever became of it."""

    role = UnicodeAttribute()
    email = UnicodeAttribute(null=True)
    invited_by = UnicodeAttribute()
    inviter_name = UnicodeAttribute()
    ends_at = MomentAttribute()
    settled = UnicodeAttribute()
    used_by = UnicodeAttribute(null=True)
    token_hash = UnicodeAttribute()


class InviteTokenRow(Row, discriminator="invite_token"):
    """Where the token of an invitation leads."""

    workspace_id = UnicodeAttribute()
    invite_id = UnicodeAttribute()


class Profiles:
    """The profile of one tenant's workspace."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def require(self, role: Role) -> Workspace:
        """The workspace, as somebody of a role sees it."""
        row = self._rows.get(WorkspaceRow, keys.PROFILE)
        if row is None:
            raise NotFound
        return Workspace(id=self._tenant.workspace_id, name=row.name, role=role, created_at=row.created_at)

    def add(self, change: Transaction, workspace: Workspace) -> None:
        """Claim the workspace's id and name it."""
        change.create(self._rows.new(WorkspaceRow, keys.PROFILE, name=workspace.name, created_at=workspace.created_at))

    def rename(self, change: Transaction, old: str, new: str) -> None:
        """Give it another name, unless somebody else did since `old` was read."""
        row = self._rows.new(WorkspaceRow, keys.PROFILE)
        change.update(row, [WorkspaceRow.name.set(new)], WorkspaceRow.name == old, refusal=ChangedMeanwhile())


class Members:
    """The members of one tenant's workspace."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def get(self, user_id: UserId) -> TeamMember | None:
        """One member: one read unit."""
        row = self._rows.get(MemberRow, keys.member(user_id))
        return None if row is None else _to_member(row)

    def all(self) -> list[TeamMember]:
        """Everybody, in the order of joining: a read unit for about 20 members."""
        found = [_to_member(row) for row in self._rows.query(MemberRow, keys.MEMBERS)]
        return sorted(found, key=lambda member: member.joined_at)

    def add(self, change: Transaction, person: Person, role: Role) -> TeamMember:
        """Let somebody in: the membership and their pointer to it."""
        row = self._rows.new(
            MemberRow,
            keys.member(person.user_id),
            role=role,
            version=1,
            full_name=person.full_name,
            username=person.username,
            joined_at=self._tenant.now(),
        )
        change.create(row, refusal=AlreadyMember(standing={"workspace_id": self._tenant.workspace_id}))
        pointers = self._tenant.installation_rows(keys.user(person.user_id))
        change.put(pointers.new(MembershipRow, keys.membership(self._tenant.workspace_id)))
        return _to_member(row)

    def rename(self, change: Transaction, before: TeamMember, full_name: str, username: str) -> None:
        """Carry over what somebody is called, if they are still a member and called what was read."""
        row = self._rows.new(MemberRow, keys.member(before.user_id))
        actions = [MemberRow.full_name.set(full_name), MemberRow.username.set(username)]
        unchanged = (MemberRow.full_name == before.full_name) & (MemberRow.username == before.username)
        change.update(row, actions, unchanged, refusal=ChangedMeanwhile())


class Invites:
    """The invitations of one tenant's workspace."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def require(self, invite_id: str) -> Invite:
        """One invitation. Raises InviteNotFound."""
        known = ids.is_minted_shape(invite_id)
        row = self._rows.get(InviteRow, keys.invite(InviteId(invite_id))) if known else None
        if row is None:
            raise InviteNotFound
        return _to_invite(row)

    def all(self) -> list[Invite]:
        """Every invitation of the last three months, oldest first."""
        return [_to_invite(row) for row in self._rows.query(InviteRow, keys.INVITES)]

    def add(self, change: Transaction, invite: Invite) -> None:
        """Write an invitation and where its token leads."""
        change.create(
            self._rows.new(
                InviteRow,
                keys.invite(invite.id),
                role=invite.role,
                email=invite.email,
                invited_by=invite.invited_by,
                inviter_name=invite.inviter_name,
                ends_at=invite.ends_at,
                settled=invite.settled,
                token_hash=invite.token_hash,
                expires_at=_kept_until_s(invite),
            )
        )
        self._lead(change, invite)

    def renew(self, change: Transaction, before: Invite, after: Invite) -> None:
        """Give an open invitation another token and another end; the old token leads nowhere."""
        row = self._rows.new(InviteRow, keys.invite(before.id))
        actions = [
            InviteRow.token_hash.set(after.token_hash),
            InviteRow.ends_at.set(after.ends_at),
            InviteRow.expires_at.set(_kept_until_s(after)),
        ]
        change.update(row, actions, self._still(before), refusal=ChangedMeanwhile())
        old = self._tenant.installation_rows(keys.invite_token(before.token_hash))
        change.delete(old.new(InviteTokenRow, keys.ONLY))
        self._lead(change, after)

    def settle(
        self, change: Transaction, invite: Invite, state: InviteState, *, refusal: Fact, used_by: UserId | None = None
    ) -> None:
        """Use or revoke an invitation that is still as it was read."""
        row = self._rows.new(InviteRow, keys.invite(invite.id))
        actions = [InviteRow.settled.set(state)]
        if used_by is not None:
            actions.append(InviteRow.used_by.set(used_by))
        change.update(row, actions, self._still(invite), refusal=refusal)

    def _still(self, invite: Invite) -> Condition:
        still: Condition = (InviteRow.settled == InviteState.OPEN) & (InviteRow.token_hash == invite.token_hash)
        return still

    def _lead(self, change: Transaction, invite: Invite) -> None:
        rows = self._tenant.installation_rows(keys.invite_token(invite.token_hash))
        change.put(
            rows.new(
                InviteTokenRow,
                keys.ONLY,
                workspace_id=self._tenant.workspace_id,
                invite_id=invite.id,
                expires_at=_kept_until_s(invite),
            )
        )


def workspaces_of(installation: Installation, user_id: UserId) -> list[WorkspaceId]:
    """The workspaces a person's pointers name, oldest id first: one query."""
    rows = installation.rows(keys.user(user_id)).query(MembershipRow, keys.MEMBERSHIPS)
    return [WorkspaceId(row.sk.removeprefix(keys.MEMBERSHIPS)) for row in rows]


def invite_of_token(installation: Installation, token_hash: str) -> tuple[WorkspaceId, InviteId]:
    """Where a token leads: one read unit. Raises InviteNotFound."""
    row = installation.rows(keys.invite_token(token_hash)).get(InviteTokenRow, keys.ONLY)
    if row is None:
        raise InviteNotFound
    return WorkspaceId(row.workspace_id), InviteId(row.invite_id)


def _to_member(row: MemberRow) -> TeamMember:
    return TeamMember(
        user_id=UserId(row.sk.removeprefix(keys.MEMBERS)),
        full_name=row.full_name,
        username=row.username,
        role=Role(row.role),
        joined_at=row.joined_at,
    )


def _to_invite(row: InviteRow) -> Invite:
    return Invite(
        id=InviteId(row.sk.removeprefix(keys.INVITES)),
        role=Role(row.role),
        email=row.email,
        invited_by=UserId(row.invited_by),
        inviter_name=row.inviter_name,
        ends_at=row.ends_at,
        settled=InviteState(row.settled),
        token_hash=row.token_hash,
    )


def _kept_until_s(invite: Invite) -> int:
    return int((invite.ends_at + _INVITE_KEPT).timestamp())
