"""Who may hold a socket: a pass lets a person in, and the table is asked again and again whether that still holds."""

from dataclasses import dataclass

from chalicelib.adapters import passes
from chalicelib.adapters.passes import PassRefused
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import Unauthenticated
from chalicelib.kernel.ids import SessionId, UserId, WorkspaceId
from chalicelib.table import proof
from chalicelib.table.proof import Caller
from chalicelib.table.tenant import Tenant
from session_worker.door import Door


class MembershipChanged(Unauthenticated):
    """The person's role or flags are not what they were when the socket was let in."""

    code = "membership-changed"
    title = "Your membership of this workspace has changed. Connect again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A person in one workspace, proven; `tenant` is the handle their requests use."""

    session_id: SessionId
    user_id: UserId
    workspace_id: WorkspaceId
    version: int
    caller: Caller
    tenant: Tenant


class Admission:
    """Redeems passes and proves standing, through the door: both ask the table."""

    def __init__(self, door: Door, public_key: bytes, clock: Clock) -> None:
        self._door = door
        self._public_key = public_key
        self._clock = clock

    async def read(self, presented: str) -> UserId:
        """Whose pass this is, without using it up.

        Raises:
            PassRefused: it is forged, too old, or for something else.
        """
        claims = await self._door.call(passes.read, presented, self._public_key, now=self._clock)
        return claims.user_id

    async def admit(self, presented: str, caller: Caller) -> Visitor:
        """Let a person in: a write for the pass, a batch read for session and membership.

        Raises:
            PassRefused: the pass is not good, or no longer.
            Unauthenticated, NotFound: the session or the membership ended after the pass was made.
        """
        return await self._door.call(self._admit, presented, caller)

    async def renew(self, visitor: Visitor, presented: str) -> None:
        """Take another pass of the same person, session and workspace.

        Raises:
            PassRefused: not good, or somebody else's.
        """
        renewed = await self.admit(presented, visitor.caller)
        if _identity(renewed) != _identity(visitor):
            raise PassRefused("The pass is another person's or another workspace's.")

    async def prove(self, visitor: Visitor) -> None:
        """Ask whether session, membership and its version are still what they were, and what pays now: a batch read.

        Raises:
            Unauthenticated, NotFound: they are not.
            Unavailable: the table did not say.
        """
        await self._door.call(self._prove, visitor)

    def _admit(self, presented: str, caller: Caller) -> Visitor:
        claims = passes.redeem(presented, self._public_key, now=self._clock)
        _, tenant = proof.prove_standing(
            claims.session_id, claims.user_id, claims.workspace_id, caller, now=self._clock
        )
        visitor = Visitor(
            session_id=claims.session_id,
            user_id=claims.user_id,
            workspace_id=claims.workspace_id,
            version=claims.version,
            caller=caller,
            tenant=tenant,
        )
        _demand_version(tenant, visitor)
        return visitor

    def _prove(self, visitor: Visitor) -> None:
        _, tenant = proof.prove_standing(
            visitor.session_id, visitor.user_id, visitor.workspace_id, visitor.caller, now=self._clock
        )
        _demand_version(tenant, visitor)
        visitor.tenant.proven_anew(tenant.member)


def _demand_version(tenant: Tenant, visitor: Visitor) -> None:
    if tenant.member is None or tenant.member.version != visitor.version:
        raise MembershipChanged


def _identity(visitor: Visitor) -> tuple[SessionId, UserId, WorkspaceId, int]:
    return visitor.session_id, visitor.user_id, visitor.workspace_id, visitor.version
