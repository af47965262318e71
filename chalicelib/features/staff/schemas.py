"""What staff ask for and see, on the wire."""

from typing import Annotated

import msgspec

from chalicelib.features.accounts.model import ConnectionState
from chalicelib.features.staff.model import MAX_REASON_CHARACTERS, Health, OpenGrant, StartedReset, StartReset
from chalicelib.kernel import clock, emails
from chalicelib.kernel.roles import Role
from chalicelib.table.tenant import Grant

IdText = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
ReasonText = Annotated[str, msgspec.Meta(min_length=1, max_length=4 * MAX_REASON_CHARACTERS)]
"""A reason before it is composed and trimmed; the rule itself is kernel/names."""
EmailText = Annotated[str, msgspec.Meta(min_length=1, max_length=emails.MAX_CHARACTERS)]
LinkTokenText = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class GrantIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which workspace's health to look at, and why: 1 to 500 characters its people will read."""

    workspace_id: IdText
    reason: ReasonText

    def to_command(self) -> OpenGrant:
        """The wish."""
        return OpenGrant(workspace_id=self.workspace_id, reason=self.reason)


class GrantOut(msgspec.Struct):
    """An open grant."""

    workspace_id: str
    reason: str
    ends_at: str

    @classmethod
    def of(cls, grant: Grant) -> "GrantOut":
        """As it travels."""
        return cls(workspace_id=grant.workspace_id, reason=grant.reason, ends_at=clock.to_wire(grant.ends_at))


class ConnectionHealthOut(msgspec.Struct):
    """How one connection is doing."""

    id: str
    state: ConnectionState
    reason: str | None
    since: str


class StuckWorkOut(msgspec.Struct):
    """Work that never succeeded and waits for a person since then."""

    work: str
    since: str


class WorkspaceHealthOut(msgspec.Struct):
    """All that staff see of a workspace. `members` counts by role; `chats` stops at 10,000.

    `last_activity_at` is null where the three newest months of the activity log have nothing that people did.
    """

    workspace_id: str
    created_at: str
    members: dict[Role, int]
    connections: list[ConnectionHealthOut]
    last_activity_at: str | None
    stuck_work: list[StuckWorkOut]
    accounts: int
    columns: int
    chats: int

    @classmethod
    def of(cls, health: Health) -> "WorkspaceHealthOut":
        """As it travels."""
        return cls(
            workspace_id=health.workspace_id,
            created_at=clock.to_wire(health.created_at),
            members=dict(health.members),
            connections=[
                ConnectionHealthOut(id=each.id, state=each.state, reason=each.reason, since=clock.to_wire(each.since))
                for each in health.connections
            ],
            last_activity_at=None if health.last_activity_at is None else clock.to_wire(health.last_activity_at),
            stuck_work=[StuckWorkOut(work=each.work, since=clock.to_wire(each.since)) for each in health.stuck_work],
            accounts=health.accounts,
            columns=health.columns,
            chats=health.chats,
        )


class SecondFactorResetIn(msgspec.Struct, forbid_unknown_fields=True):
    """Whose second factor is lost, and how staff know: 1 to 500 characters they will read in their own log."""

    email: EmailText
    reason: ReasonText

    def to_command(self) -> StartReset:
        """The wish."""
        return StartReset(email=self.email, reason=self.reason)


class SecondFactorResetOut(msgspec.Struct):
    """A reset under way; the second factor is removed at `ends_at` unless it is called off."""

    user_id: str
    email: str
    reason: str
    started_at: str
    ends_at: str

    @classmethod
    def of(cls, started: StartedReset) -> "SecondFactorResetOut":
        """As it travels."""
        return cls(
            user_id=started.reset.user_id,
            email=started.person.email,
            reason=started.reset.reason,
            started_at=clock.to_wire(started.reset.started_at),
            ends_at=clock.to_wire(started.reset.ends_at),
        )


class LinkTokenIn(msgspec.Struct, forbid_unknown_fields=True):
    """The part of a letter's link behind `#`."""

    token: LinkTokenText
