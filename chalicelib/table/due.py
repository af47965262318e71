"""Work that must happen at a time: a row first, claimed once by condition, retried, never early.

Rows lie in the sparse `due` index, sharded by hash; only a Poller reads it. A worker task ticks it every 10 s and a
schedule every minute, so work is late by at most a minute. A handler must be idempotent: a claim whose holder died
runs out after CLAIM_S and the work is handed out again. Work that needs rights of its own has a lane of its own, whose
poller runs under another role; so does work that a neighbour may hold up.
"""

import time
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action

from chalicelib import settings
from chalicelib.kernel import clock, ids
from chalicelib.kernel.actors import system
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.kernel.records import record
from chalicelib.logs import log
from chalicelib.table import connection, guard, keys
from chalicelib.table.items import DocumentAttribute, Row
from chalicelib.table.rows import Rows, send
from chalicelib.table.tenant import Installation, Tenant, for_job
from chalicelib.table.transaction import Transaction

CLAIM_S = 120
TICK_S = 25
"""How long a tick takes up work; what is left is for the next. Two of them fit into the function `due` (60 s)."""
MAX_ATTEMPTS = 36
"""A day and more of a neighbour being away before a person has to look; nothing is put aside after minutes."""
UNKNOWN_FOR = timedelta(days=1)
"""How long work waits for a process that knows its kind: a newer release takes it, and a deploy is over by then."""
MAX_STUCK = 100
MAX_PENDING = 1_000
MAX_REVIVED = 80
"""At once: they fit one transaction."""
_BATCH = 25


class Lane(StrEnum):
    """Who does a piece of work. ERASING alone may remove journal entries (decision 0026).

    What sends a letter is in LETTERS, so that nothing else waits behind it while mail hangs. What asks the payment
    provider is in BILLING: its key, and the partition of money, are for a role of its own. What speaks as the reminder
    bot is in BOT, what goes to browsers in PUSH: few processes have the token and the key, and Telegram and the push
    services hold up nothing but their own.
    """

    GENERAL = ""
    LETTERS = "LETTERS#"
    ERASING = "ERASING#"
    BILLING = "BILLING#"
    BOT = "BOT#"
    PUSH = "PUSH#"


class DueRow(Row, discriminator="due"):
    """One thing to do. `due_sk` is when, and moves on when the row is claimed or must be tried again."""

    work = UnicodeAttribute()
    workspace_id = UnicodeAttribute(null=True)
    facts = DocumentAttribute()
    attempts = NumberAttribute(default=0)
    was_due_pk = UnicodeAttribute(null=True)
    was_gsi1sk = UnicodeAttribute(null=True)
    """Of what was put aside, where it lay in both indexes, so that it can be put back there."""


@record
class Due:
    """Work handed out: its kind, the ids it is about, and the handle on its tenant where it belongs to one."""

    work: str
    facts: Mapping[str, Any]
    installation: Installation
    of_tenant: Tenant | None

    def __repr__(self) -> str:
        return f"Due(work={self.work!r})"

    @property
    def tenant(self) -> Tenant:
        """The handle on the workspace the work belongs to; work of the installation has none and never asks."""
        if self.of_tenant is None:
            raise ValueError(f"{self.work} belongs to no workspace")
        return self.of_tenant


@record
class Stuck:
    """Work that never succeeded and waits for a person."""

    work: str
    since: datetime


@record
class Pending:
    """Work still to be done: when it is due or tried next, and how often it was tried in vain."""

    work: str
    at: datetime
    attempts: int


Handler = Callable[[Due], datetime | None]
"""Does a piece of work; where it is not whole yet, gives when it is to be handed out again."""


def schedule(
    change: Transaction,
    owner: Tenant | Installation,
    work: str,
    at: datetime,
    facts: Mapping[str, Any],
    *,
    name: str | None = None,
    lane: Lane = Lane.GENERAL,
    kept_for: timedelta | None = None,
) -> None:
    """Have `work` done at a time, as part of a change. The same `name` moves what was scheduled under it before.

    `owner` is the tenant the work belongs to, or the installation for work about people and about all workspaces.
    Facts that say more than ids are `kept_for` so long at most, done or put aside: nothing else removes them.
    """
    due_id = name or ids.mint(owner.now().timestamp())
    key = keys.due_row(due_id)
    rows, workspace_id = (
        (owner.installation_rows(key), owner.workspace_id) if isinstance(owner, Tenant) else (owner.rows(key), None)
    )
    row = rows.new(
        DueRow,
        keys.ONLY,
        work=work,
        workspace_id=workspace_id,
        facts=dict(facts),
        due_pk=keys.due_partition(zlib.crc32(due_id.encode()) % keys.DUE_SHARDS, lane),
        due_sk=clock.to_wire(at),
    )
    if kept_for is not None:
        row.expires_at = int((owner.now() + kept_for).timestamp())
    if isinstance(owner, Tenant):
        row.gsi1pk, row.gsi1sk = keys.pending_work(owner.workspace_id), due_id
    change.put(row)


def cancel(change: Transaction, owner: Tenant | Installation, name: str) -> None:
    """Don't have done what was scheduled under a name, as part of a change. What is under way goes on to its end."""
    key = keys.due_row(name)
    rows = owner.installation_rows(key) if isinstance(owner, Tenant) else owner.rows(key)
    change.delete(rows.new(DueRow, keys.ONLY))


def stuck(tenant: Tenant) -> list[Stuck]:
    """The tenant's work that was put aside, oldest first, at most MAX_STUCK: one query of an index."""
    rows = tenant.in_second_order(DueRow, keys.STUCK, limit=MAX_STUCK)
    return [Stuck(work=row.work, since=clock.from_wire(row.gsi1sk)) for row in rows]


def pending(tenant: Tenant) -> list[Pending]:
    """The tenant's work that is still to be done, at most MAX_PENDING, in no order: one query of an index."""
    rows = tenant.in_second_order(DueRow, keys.PENDING, limit=MAX_PENDING)
    return [Pending(work=row.work, at=clock.from_wire(row.due_sk), attempts=int(row.attempts)) for row in rows]


def revive(change: Transaction, tenant: Tenant, work: str) -> int:
    """Have the tenant's work of a kind that was put aside done now, as part of a change; returns how much it is.

    One query of an index, a row a piece, MAX_REVIVED at most. What somebody else revived at this moment refuses it.
    """
    aside = [row for row in tenant.in_second_order(DueRow, keys.STUCK, limit=MAX_STUCK) if row.work == work]
    for row in aside[:MAX_REVIVED]:
        actions: list[Action] = [
            DueRow.due_pk.set(row.was_due_pk),
            DueRow.due_sk.set(clock.to_wire(tenant.now())),
            DueRow.attempts.set(0),
            DueRow.gsi1pk.set(keys.pending_work(tenant.workspace_id)),
            DueRow.gsi1sk.set(row.was_gsi1sk),
        ]
        rows = tenant.installation_rows(keys.InstallationKey(row.pk))
        is_aside = (DueRow.gsi1pk == row.gsi1pk) & DueRow.due_pk.does_not_exist()
        change.update(rows.new(DueRow, keys.ONLY), actions, is_aside)
    return len(aside[:MAX_REVIVED])


class Poller:
    """Hands out what is due in a lane. Many may run at once: a claim is conditioned on the time that was read."""

    def __init__(
        self, handlers: Mapping[str, Handler], installation: Installation, *, lane: Lane = Lane.GENERAL
    ) -> None:
        self._handlers = handlers
        self._installation = installation
        self._lane = lane

    def tick(self) -> int:
        """Do what is due now, as much as TICK_S lets; returns how much was done.

        Every shard is gone through to its end: what thousands planned for one minute is not done a batch a tick, and
        what nobody here knows how to do holds up nothing behind it. Cost: a query a batch, two writes a piece; what is
        left where it lies is read again at each tick.
        """
        ends_s = time.monotonic() + TICK_S
        done = 0
        for row in self._due():
            if time.monotonic() >= ends_s:
                break
            if row.work not in self._handlers:
                self._leave(row)
            elif self._claim(row):
                done += self._do(row)
        return done

    def _due(self) -> Iterator[DueRow]:
        """What is due as the tick begins, each row once: a batch of one shard, then one of the next."""
        now = clock.to_wire(self._installation.now())
        shards = deque(self._batches(shard, now) for shard in range(keys.DUE_SHARDS))
        while shards:
            shard = shards.popleft()
            batch = next(shard, None)
            if batch is not None:
                yield from batch
                shards.append(shard)

    def _batches(self, shard: int, now: str) -> Iterator[list[DueRow]]:
        """What is due in a shard, oldest first. Each batch is read when its turn comes: others take work meanwhile."""
        query: dict[str, Any] = {
            "TableName": settings.current().table,
            "IndexName": keys.DUE_INDEX,
            "KeyConditionExpression": "due_pk = :shard AND due_sk <= :now",
            "ExpressionAttributeValues": {
                ":shard": {"S": keys.due_partition(shard, self._lane)},
                ":now": {"S": now},
            },
            "Limit": _BATCH,
        }
        while True:
            with guard.bound_to(guard.INSTALLATION):
                answer = send(connection.client().query, **query)
            yield [DueRow.from_raw_data(item) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _leave(self, row: DueRow) -> None:
        """Leave work of an unknown kind to a newer release; where none came for UNKNOWN_FOR, to a person."""
        if row.due_sk < clock.to_wire(self._installation.now() - UNKNOWN_FOR):
            log.error("due.unknown", work=row.work)
            self._rows(row).update(row, self._put_aside(row), DueRow.due_sk == row.due_sk)

    def _claim(self, row: DueRow) -> bool:
        claimed_until = clock.to_wire(self._installation.now() + timedelta(seconds=CLAIM_S))
        actions = [DueRow.due_sk.set(claimed_until), DueRow.attempts.set(row.attempts + 1)]
        held = self._rows(row).update(row, actions, DueRow.due_sk == row.due_sk)
        row.due_sk, row.attempts = claimed_until, row.attempts + 1
        return held

    def _do(self, row: DueRow) -> int:
        try:
            again_at = self._handlers[row.work](self._handed_out(row))
        except Fact as refusal:
            self._again(row, refusal.code)
            return 0
        except Exception as crash:  # noqa: BLE001 - each piece of work is a unit of its own
            log.error("due.crashed", crash=crash, work=row.work)
            self._again(row, "crashed")
            return 0
        if again_at is None:
            self._rows(row).delete(row, DueRow.due_sk == row.due_sk)
        else:
            actions = [DueRow.due_sk.set(clock.to_wire(again_at)), DueRow.attempts.set(0)]
            self._rows(row).update(row, actions, DueRow.due_sk == row.due_sk)
        return 1

    def _handed_out(self, row: DueRow) -> Due:
        tenant = None
        if row.workspace_id:
            tenant = for_job(WorkspaceId(row.workspace_id), system("due"), now=self._installation.now)
        return Due(work=row.work, facts=row.facts, installation=self._installation, of_tenant=tenant)

    def _again(self, row: DueRow, code: str) -> None:
        """Leave it for a later tick; after MAX_ATTEMPTS it stays out of the index, for a person to look at."""
        is_stuck = row.attempts >= MAX_ATTEMPTS
        (log.error if is_stuck else log.warning)("due.refused", work=row.work, code=code, stuck=is_stuck)
        later = clock.to_wire(self._installation.now() + timedelta(seconds=min(2**row.attempts, 3600)))
        actions = self._put_aside(row) if is_stuck else [DueRow.due_sk.set(later)]
        self._rows(row).update(row, actions, DueRow.due_sk == row.due_sk)

    def _put_aside(self, row: DueRow) -> list[Action]:
        """Out of the index of what is due, into the order `stuck` reads."""
        kept = keys.stuck_work(WorkspaceId(row.workspace_id) if row.workspace_id else None)
        since = clock.to_wire(self._installation.now())
        aside: list[Action] = [
            DueRow.due_pk.remove(),
            DueRow.due_sk.remove(),
            DueRow.gsi1pk.set(kept),
            DueRow.gsi1sk.set(since),
        ]
        if row.workspace_id:
            aside += [DueRow.was_due_pk.set(row.due_pk), DueRow.was_gsi1sk.set(row.gsi1sk)]
        return aside

    def _rows(self, row: DueRow) -> Rows:
        return self._installation.rows(keys.InstallationKey(row.pk))
