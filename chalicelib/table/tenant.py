"""The handle bound to one tenant: the only way to its rows (product.md section 1.4, docs/decisions).

It is made by proving a membership or a grant, by a job that belongs to the tenant, or by founding the workspace;
nothing else constructs one (tests/architecture holds that). It carries who acts, so that each change names them.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.kernel import clock
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import UserId, WorkspaceId
from chalicelib.kernel.permissions import Action, Grants, refusal_of
from chalicelib.kernel.plans import ENTITLEMENTS, Coverage, Entitlement
from chalicelib.kernel.records import record
from chalicelib.kernel.roles import Role
from chalicelib.table import guard, keys, people_keys
from chalicelib.table.items import Row
from chalicelib.table.journal import Home, JournalledTransaction
from chalicelib.table.keys import InstallationKey, Partition
from chalicelib.table.rows import AnyRow, Rows, get_across, in_second_order, items_across
from chalicelib.table.transaction import Transaction

_FOUNDED_WITHIN: Final = timedelta(minutes=1)
"""More than a founding takes from its beginning to its entry."""


class PartitionRow(Row, discriminator="partition"):
    """A partition that was opened; erasing walks them."""


@record
class Member:
    """What a proven membership says of its holder: what they may, and what pays for it."""

    user_id: UserId
    grants: Grants
    version: int
    coverage: Coverage = Coverage()

    @property
    def role(self) -> Role:
        """Their role."""
        return self.grants.role

    def entitlement(self, now: datetime) -> Entitlement:
        """What is paid for them at a moment."""
        return self.coverage.at(now)


@record
class Grant:
    """What a proven grant says: who of the installation's staff may look at one workspace's health, why, until when."""

    workspace_id: WorkspaceId
    staff_id: UserId
    reason: str
    ends_at: datetime


class Tenant:
    """One workspace, as one actor may reach it. `member` is None for jobs."""

    def __init__(
        self,
        workspace_id: WorkspaceId,
        actor: Actor,
        member: Member | None,
        now: Clock,
        *,
        is_founding: bool = False,
    ) -> None:
        self.workspace_id = workspace_id
        self.actor = actor
        self.member = member
        self.now = now
        self._prefix = keys.tenant_prefix(workspace_id)
        self._is_founding = is_founding

    def require(self, action: Action) -> Member:
        """The acting member, who may do this, and for whom it is paid where it must be.

        Raises:
            PermissionMissing: they may not, or a job acts, which is no member; carries who may.
            SeatNeeded, TrialOver, ProSeatNeeded: nothing pays for it, or not enough.
        """
        if self.member is None or not self.member.grants.allow(action):
            raise refusal_of(action)
        if action in ENTITLEMENTS and not self.member.coverage.allow(action, self.now()):
            raise self.member.coverage.refusal_of(action, self.now())
        return self.member

    def may(self, action: Action) -> bool:
        """Whether the acting member may do this and it is paid for; a job, which is no member, may not."""
        member = self.member
        return member is not None and member.grants.allow(action) and member.coverage.allow(action, self.now())

    def proven_anew(self, member: Member | None) -> None:
        """Take over what a later proof of the same membership says, for a handle that outlives a request."""
        self.member = member

    def rows(self, partition: Partition) -> Rows:
        """The rows of one of the tenant's partitions."""
        return Rows(self._prefix, self._prefix + partition.suffix)

    def get_across(self, kind: type[AnyRow], wanted: Sequence[tuple[Partition, str]]) -> list[AnyRow]:
        """The rows that exist of these, across the tenant's partitions, in no order: a batch read a hundred."""
        pairs = [(self._prefix + partition.suffix, sk) for partition, sk in wanted]
        return get_across(self._prefix, kind, pairs)

    def items_across(self, wanted: Sequence[tuple[Partition, str]]) -> list[dict[str, Any]]:
        """The same as they come (see `codec`), for lists."""
        return items_across(self._prefix, [(self._prefix + partition.suffix, sk) for partition, sk in wanted])

    def in_second_order(self, kind: type[AnyRow], partition: Partition, *, limit: int) -> list[AnyRow]:
        """The first rows of one of the tenant's partitions of the index `gsi1`: one query, a moment behind writes."""
        return in_second_order(self._prefix, kind, self._prefix + partition.suffix, limit=limit)

    def installation_rows(self, key: InstallationKey) -> Rows:
        """Rows outside every tenant that a change of this tenant also writes (claims, pointers, routes)."""
        return Rows(self._prefix, key)

    def transaction(self, *, once: str | None = None) -> JournalledTransaction:
        """A change to this tenant, committed with its entry when the block ends.

        `once` makes it idempotent: a repetition raises AlreadyDone with what the first one left.
        """
        home = Home(owner=self.workspace_id, partition_of=self._journal_of)
        change = JournalledTransaction(self._prefix, self.rows(keys.WORKSPACE), home, self.actor, self.now, once)
        if self._is_founding:
            # Both months, where it may end in the next one; the list is not written before the id is claimed.
            begun = self.now()
            for journal in {keys.journal_partition(begun), keys.journal_partition(begun + _FOUNDED_WITHIN)}:
                change.put(self._listed(journal))
        return change

    def own_transaction(self) -> Transaction:
        """A change to rows that are one person's or the system's own, committed without an entry.

        What the workspace shares is changed by `transaction`; a file on its way up is not shared yet.
        """
        return Transaction(self._prefix, self.rows(keys.WORKSPACE), self.now().timestamp(), None)

    def _journal_of(self, at: datetime) -> str:
        """The journal of a moment, listed before its entry: a change may begin in one month and end in the next."""
        journal = keys.journal_partition(at)
        if not self._is_founding:
            self.register(journal)
        return self._prefix + journal.suffix

    def register(self, opened: Partition) -> None:
        """Put a partition on the tenant's list before its first row; once a process and partition."""
        name = self._prefix + opened.suffix
        if name not in _registered:
            self.rows(keys.WORKSPACE).put(self._listed(opened))
            _registered.add(name)

    def _listed(self, opened: Partition) -> PartitionRow:
        return self.rows(keys.WORKSPACE).new(PartitionRow, keys.partition(opened))


_registered: set[str] = set()
"""Partitions this process knows to be on their tenant's list; a few hundred bytes each."""


def for_job(workspace_id: WorkspaceId, actor: Actor, *, now: Clock = clock.utc_now) -> Tenant:
    """The handle of work that belongs to a tenant: a queue message, a due row, a connection the worker holds."""
    return Tenant(workspace_id, actor, None, now)


def founding(workspace_id: WorkspaceId, actor: Actor, *, now: Clock = clock.utc_now) -> Tenant:
    """The handle under which a workspace is made; its only transaction claims the id, or leaves nothing at all."""
    return Tenant(workspace_id, actor, None, now, is_founding=True)


def invited(workspace_id: WorkspaceId, actor: Actor, *, now: Clock = clock.utc_now) -> Tenant:
    """The handle of somebody who showed the token of an invitation into this workspace."""
    return Tenant(workspace_id, actor, None, now)


def granting(workspace_id: WorkspaceId, staff: Actor, *, now: Clock = clock.utc_now) -> Tenant:
    """The handle under which somebody proven to be staff writes a grant into a workspace, and does nothing else."""
    return Tenant(workspace_id, staff, None, now)


def granted(grant: Grant, staff: Actor, *, now: Clock = clock.utc_now) -> Tenant:
    """The handle of staff on the workspace of a proven grant (`grants.prove`). No member's: every action is refused."""
    if staff.id != grant.staff_id:
        raise ValueError("a grant is good for whom it was given to")
    return Tenant(grant.workspace_id, staff, None, now)


class Installation:
    """Rows outside every workspace. It can't name a tenant's item."""

    def __init__(self, now: Clock = clock.utc_now) -> None:
        self.now = now

    def rows(self, key: InstallationKey) -> Rows:
        """The rows of one partition of the installation."""
        return Rows(guard.INSTALLATION, key)

    def in_second_order(
        self, kind: type[AnyRow], partition: InstallationKey, *, limit: int, after: str = ""
    ) -> list[AnyRow]:
        """Rows of a partition of the index `gsi1` whose second sort key follows `after`; a moment behind writes."""
        return in_second_order(guard.INSTALLATION, kind, partition, limit=limit, after=after)

    def transaction(self, home: InstallationKey, *, once: str | None = None) -> Transaction:
        """A change to the installation's rows; `home` is where its idempotency row goes."""
        return Transaction(guard.INSTALLATION, self.rows(home), self.now().timestamp(), once)

    def journalled(self, user_id: UserId, actor: Actor, *, once: str | None = None) -> JournalledTransaction:
        """A change to a person's own rows, committed with its entry in the person's own log."""
        home = Home(owner=user_id, partition_of=lambda at: people_keys.personal_journal(user_id, at))
        rows = self.rows(people_keys.user(user_id))
        return JournalledTransaction(guard.INSTALLATION, rows, home, actor, self.now, once)
