"""Which shards this task owns, so that no login is ever spoken for twice (architecture.md section 3, Leases).

A session spoken for from two connections is ended by Telegram for good, and Telegram can't check our epochs. So safety
is by time: a task stops by itself `abort_after_s` after the last beat it knows to have arrived was *sent*; a taker
waits `fence_after_s`, longer than that, having seen no beat on its own clock.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.kernel import ids
from chalicelib.kernel.errors import Fact
from chalicelib.logs import log
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from session_worker import metrics
from session_worker.connections.places import Place
from session_worker.door import Door
from session_worker.settings import Intervals

_FORGOTTEN_AFTER_S: Final = 7 * 86_400


class TaskRow(Row, discriminator="task"):
    """A worker task. `beat` grows while it lives; a fenced task never beats again. The rest is its Place."""

    beat = NumberAttribute()
    fenced = BooleanAttribute()
    draining = BooleanAttribute()
    host = UnicodeAttribute(null=True)
    port = NumberAttribute(null=True)
    certificate = UnicodeAttribute(null=True)


class ShardLeaseRow(Row, discriminator="shard_lease"):
    """Who owns a shard; no owner after a release. The epoch grows with each owner."""

    task_id = UnicodeAttribute(null=True)
    epoch = NumberAttribute()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A shard, who owns it and at which epoch; the epoch of a shard nobody ever owned is 0."""

    shard: int
    task_id: str | None
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A worker task as its row has it."""

    id: str
    beat: int
    is_fenced: bool
    is_draining: bool


class LeaseTable:
    """The rows of tasks and shards. Every change names what it expects to find; False when it found something else."""

    def __init__(self, installation: Installation) -> None:
        self._now = installation.now
        self._tasks: Rows = installation.rows(keys.TASKS)
        self._shards: Rows = installation.rows(keys.SHARD_LEASES)

    def join(self, task_id: str, place: Place | None = None) -> None:
        """Enter a new task; `place` is where the others reach it."""
        row = self._tasks.new(TaskRow, keys.task(task_id), beat=1, fenced=False, draining=False)
        if place is not None:
            row.host, row.port, row.certificate = place.host, place.port, place.certificate
        row.expires_at = self._forgotten_at()
        self._tasks.put(row, Row.pk.does_not_exist())

    def beat(self, task_id: str, number: int, *, is_draining: bool) -> bool:
        """Show that a task lives; False when it was fenced."""
        row = self._tasks.new(TaskRow, keys.task(task_id))
        actions = [
            TaskRow.beat.set(number),
            TaskRow.draining.set(is_draining),
            TaskRow.expires_at.set(self._forgotten_at()),
        ]
        return self._tasks.update(row, actions, TaskRow.fenced == False)  # noqa: E712 - pynamodb builds a condition

    def leave(self, task_id: str) -> None:
        """Remove a task that holds nothing any more."""
        self._tasks.delete(self._tasks.new(TaskRow, keys.task(task_id)))

    def fence(self, task: Task) -> bool:
        """Shut a silent task out; False when it beat after all."""
        row = self._tasks.new(TaskRow, keys.task(task.id))
        return self._tasks.update(row, [TaskRow.fenced.set(True)], TaskRow.beat == task.beat)

    def tasks(self) -> list[Task]:
        """Every task: one consistent query."""
        return [
            Task(
                id=row.sk.removeprefix(keys.TASK_ROWS),
                beat=int(row.beat),
                is_fenced=row.fenced,
                is_draining=row.draining,
            )
            for row in self._tasks.query(TaskRow, keys.TASK_ROWS)
        ]

    def leases(self, shards: int) -> list[Lease]:
        """Every shard, owned or not: one consistent query."""
        rows = {row.sk: row for row in self._shards.query(ShardLeaseRow, keys.SHARD_ROWS)}
        return [_lease(shard, rows.get(keys.shard_lease(shard))) for shard in range(shards)]

    def claim(self, lease: Lease, task_id: str) -> Lease | None:
        """Take a shard at the next epoch; None when somebody was faster."""
        row = self._shards.new(ShardLeaseRow, keys.shard_lease(lease.shard))
        if lease.epoch == 0:
            taken = self._shards.new(ShardLeaseRow, row.sk, task_id=task_id, epoch=1)
            held = self._shards.put(taken, Row.pk.does_not_exist())
        else:
            actions = [ShardLeaseRow.task_id.set(task_id), ShardLeaseRow.epoch.set(lease.epoch + 1)]
            held = self._shards.update(row, actions, ShardLeaseRow.epoch == lease.epoch)
        return Lease(shard=lease.shard, task_id=task_id, epoch=lease.epoch + 1) if held else None

    def release(self, lease: Lease) -> bool:
        """Give a shard back, for anybody to claim at once."""
        row = self._shards.new(ShardLeaseRow, keys.shard_lease(lease.shard))
        return self._shards.update(row, [ShardLeaseRow.task_id.remove()], ShardLeaseRow.epoch == lease.epoch)

    def _forgotten_at(self) -> int:
        return int(self._now().timestamp()) + _FORGOTTEN_AFTER_S


class Leases:
    """Beats, fences, claims and releases. `on_claimed` and `on_released` start and stop what lives in a shard.

    `on_released` is awaited before the shard is given back; `on_lost` must end every line at once.
    """

    def __init__(
        self,
        table: LeaseTable,
        door: Door,
        *,
        shards: int,
        intervals: Intervals,
        on_claimed: Callable[[Lease], None],
        on_released: Callable[[int], Awaitable[None]],
        on_lost: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._table = table
        self._door = door
        self._shards = shards
        self._intervals = intervals
        self._on_claimed = on_claimed
        self._on_released = on_released
        self._on_lost = on_lost
        self._monotonic = monotonic
        self._seen: dict[str, tuple[int, float]] = {}
        self._owned: dict[int, Lease] = {}
        self._is_draining = False
        self._has_left = False
        self._stepping = asyncio.Lock()
        self._handing_back: asyncio.Task[None] | None = None
        self._stopping: set[asyncio.Future[None]] = set()
        self._alarm: asyncio.TimerHandle | None = None
        self.place: Place | None = None
        """Where the other tasks reach this one; set before it begins."""
        self._begin_anew()

    def _begin_anew(self) -> None:
        self.task_id = ids.mint()
        self._number = 0
        self._confirmed_at = -math.inf

    @property
    def owned(self) -> dict[int, Lease]:
        """The shards this task owns, by number."""
        return dict(self._owned)

    def is_permitted(self) -> bool:
        """Whether this task may still write to a Telegram socket. Asked at each write."""
        return self._monotonic() < self._confirmed_at + self._intervals.abort_after_s

    async def run(self) -> None:
        """Beat until cancelled. An unreachable table is waited for; being fenced begins a new task."""
        try:
            while True:
                await self._try_step()
                await asyncio.sleep(self._intervals.beat_s)
        finally:
            if self._handing_back is not None:
                self._handing_back.cancel()

    async def _try_step(self) -> None:
        try:
            async with self._stepping:
                await self.step()
        except Fact as refusal:
            log.warning("lease.table_away", code=refusal.code)
        except Exception as crash:  # noqa: BLE001 - the border of a unit of work: a crash here would drop every line
            log.error("lease.crashed", crash=crash)

    async def step(self) -> None:
        """One beat, and what it shows: silent tasks are fenced, free shards claimed, surplus released.

        Raises:
            Unavailable: the table did not answer; the alarm goes on running.
        """
        if self._has_left or not await self._beat():
            return
        task_id = self.task_id
        tasks = await self._door.call(self._table.tasks)
        alive = await self._alive(tasks)
        leases = await self._door.call(self._table.leases, self._shards)
        await self._release_strays(leases)
        if self.task_id == task_id:  # else our lease ran out meanwhile, and another task has not begun to beat
            await self._share_out(leases, alive)

    async def _share_out(self, leases: list[Lease], alive: dict[str | None, bool]) -> None:
        """Let go of what is another's, claim what is free up to our share, give back what is above it."""
        self._let_go_of_taken(leases)
        free = [lease for lease in leases if lease.task_id not in alive]
        if self._is_draining:
            return
        share = math.ceil(self._shards / max(1, sum(1 for takes_more in alive.values() if takes_more)))
        for lease in free[: max(0, share - len(self._owned))]:
            if not self._is_draining:  # told to stop since
                await self._claim(lease)
        is_surplus = not free and len(self._owned) > share
        if is_surplus and (self._handing_back is None or self._handing_back.done()):
            # Beside the beats: lines may take longer to end than a beat may be late.
            surplus = self._hand_back(next(reversed(self._owned)))
            self._handing_back = asyncio.get_running_loop().create_task(surplus, name="surplus shard")

    async def release(self, shard: int) -> None:
        """Stop what lives in a shard and give it back."""
        lease = self._owned.pop(shard)
        await self._on_released(shard)
        await self._door.call(self._table.release, lease)
        log.info("shard.released", shard=shard, epoch=lease.epoch)

    async def drain(self) -> None:
        """Hand everything over: release shard after shard, then leave. Beats go on until the last one is released.

        Raises:
            Unavailable: the table did not answer; what is left is fenced by a taker.
        """
        self._is_draining = True
        await self._release_all()
        if self._handing_back is not None:
            await asyncio.gather(self._handing_back, return_exceptions=True)
        async with self._stepping:  # a step that was under way may have claimed one more shard
            await self._release_all()
            self._has_left = True
            await self._door.call(self._table.leave, self.task_id)
            self._silence_alarm()

    async def _release_strays(self, leases: list[Lease]) -> None:
        """Give back what is ours in the table alone: the answer to a claim or a release was lost."""
        if self._handing_back is not None and not self._handing_back.done():
            return
        for lease in leases:
            is_stray = lease.task_id == self.task_id and lease.shard not in self._owned and not self._is_draining
            if is_stray and await self._door.call(self._table.release, lease):
                log.warning("shard.stray_released", shard=lease.shard, epoch=lease.epoch)

    def _let_go_of_taken(self, leases: list[Lease]) -> None:
        """Stop what lives in a shard that the table says is another's: nobody takes one from a task that beats."""
        for lease in leases:
            mine = self._owned.get(lease.shard)
            if mine is not None and (lease.task_id, lease.epoch) != (self.task_id, mine.epoch):
                log.error("shard.taken", shard=lease.shard, epoch=mine.epoch, taken_at=lease.epoch)
                del self._owned[lease.shard]
                stopping = asyncio.ensure_future(self._on_released(lease.shard))
                self._stopping.add(stopping)
                stopping.add_done_callback(self._stopping.discard)

    async def _release_all(self) -> None:
        while self._owned:
            await self.release(next(iter(self._owned)))

    async def _hand_back(self, shard: int) -> None:
        try:
            await self.release(shard)
        except Fact as refusal:
            log.warning("shard.not_released", shard=shard, code=refusal.code)
        except Exception as crash:  # noqa: BLE001 - the border of a unit of work: nobody waits for this task
            log.error("shard.crashed", crash=crash, shard=shard)

    async def _beat(self) -> bool:
        """False when this task was fenced or the answer came after the alarm: it is another one from now on."""
        task_id, sent_at = self.task_id, self._monotonic()
        self._number += 1
        is_alive = True
        if self._number == 1:
            await self._door.call(self._table.join, task_id, self.place)
        else:
            is_alive = await self._door.call(self._table.beat, task_id, self._number, is_draining=self._is_draining)
        if self.task_id != task_id:  # it speaks for a name that was given up, and says nothing of ours
            return False
        if not is_alive:
            self._lose("fenced")
            return False
        self._confirmed_at = sent_at
        self._set_alarm()
        return True

    async def _alive(self, tasks: list[Task]) -> dict[str | None, bool]:
        """The tasks that may own shards, and whether they take more. Those silent for too long are fenced first."""
        now = self._monotonic()
        self._seen = {task.id: self._first_seen(task, now) for task in tasks}
        alive: dict[str | None, bool] = {}
        for task in tasks:
            is_silent = now - self._seen[task.id][1] >= self._intervals.fence_after_s
            if task.is_fenced or (is_silent and await self._fence(task)):
                continue
            alive[task.id] = not task.is_draining
        return alive

    def _first_seen(self, task: Task, now: float) -> tuple[int, float]:
        seen = self._seen.get(task.id)
        return seen if seen is not None and seen[0] == task.beat else (task.beat, now)

    async def _fence(self, task: Task) -> bool:
        if task.id == self.task_id or not await self._door.call(self._table.fence, task):
            return False
        metrics.TASKS_FENCED.add()
        log.warning("task.fenced", task=task.id)
        return True

    async def _claim(self, lease: Lease) -> None:
        task_id = self.task_id
        if not self.is_permitted():  # nobody knows yet that this task lives
            return
        claimed = await self._door.call(self._table.claim, lease, task_id)
        if claimed is not None and self.task_id == task_id and self.is_permitted():
            self._owned[claimed.shard] = claimed
            log.info("shard.claimed", shard=claimed.shard, epoch=claimed.epoch)
            self._on_claimed(claimed)

    def _set_alarm(self) -> None:
        self._silence_alarm()
        left_s = self._confirmed_at + self._intervals.abort_after_s - self._monotonic()
        self._alarm = asyncio.get_running_loop().call_later(max(0, left_s), self._lose, "silent")

    def _silence_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _lose(self, why: str) -> None:
        """Our lease has run out: not a packet more, and nothing of what we held is ours."""
        self._silence_alarm()
        self._confirmed_at = -math.inf
        metrics.LEASES_LOST.add()
        log.error("lease.lost", task=self.task_id, why=why, shards=len(self._owned))
        self._owned.clear()
        self._on_lost()
        self._begin_anew()


def _lease(shard: int, row: ShardLeaseRow | None) -> Lease:
    if row is None:
        return Lease(shard=shard, task_id=None, epoch=0)
    return Lease(shard=shard, task_id=row.task_id, epoch=int(row.epoch))
