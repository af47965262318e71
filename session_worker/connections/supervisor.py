"""All connections of the shards this task owns: found by sweeps and wakes, each with its keeper."""

import asyncio
import time
from collections import defaultdict
from dataclasses import replace
from functools import partial

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectionState, ShardMember
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId, WorkspaceId
from chalicelib.logs import log
from chalicelib.table.cipher import Cipher
from chalicelib.table.tenant import Installation
from session_worker import metrics, shutdown
from session_worker.connections.beginning import Beginnings
from session_worker.connections.connection import LiveConnection
from session_worker.connections.farewell import tell_wish
from session_worker.connections.keepalive import Keepalive
from session_worker.connections.keeper import Keeper
from session_worker.connections.leases import Lease, Leases, LeaseTable
from session_worker.connections.workshop import Workshop
from session_worker.door import Door
from session_worker.hub import Hub
from session_worker.messaging.pacing import ConnectPace
from session_worker.messaging.sessions import SessionWatch
from session_worker.messaging.standing import Standings
from session_worker.settings import WorkerSettings
from session_worker.telegram.client import Telegram

_URGENT = 5
"""So many times as fast lines are opened that somebody waits for, and they wait for no others."""


class Connections:
    """The session worker's connections, from `start` to `stop`."""

    def __init__(
        self, settings: WorkerSettings, *, door: Door, hub: Hub, cipher: Cipher, installation: Installation
    ) -> None:
        self._door = door
        self._installation = installation
        self._sweep_s = settings.intervals.sweep_s
        self._lease_door = Door(1, settings.intervals.table_timeout_s)
        """A beat must not wait behind the table calls of a thousand connections that begin at once."""
        self.leases = Leases(
            LeaseTable(installation),
            self._lease_door,
            shards=settings.shards,
            intervals=settings.intervals,
            on_claimed=self._claimed,
            on_released=self._released,
            on_lost=self._lost,
        )
        hub.on_arrival = self._arrived
        self.telegram = Telegram(settings, self.leases.is_permitted)
        self._keepalive = Keepalive(settings.intervals)
        pace = ConnectPace(settings.intervals.connects_per_s)
        self._workshop = Workshop(
            door=door,
            hub=hub,
            cipher=cipher,
            telegram=self.telegram,
            keepalive=self._keepalive,
            pace=pace,
            urgent_pace=ConnectPace(settings.intervals.connects_per_s * _URGENT),
            beginnings=Beginnings(pace),
            standings=Standings(door),
            sessions=SessionWatch(door),
            intervals=settings.intervals,
            permit=self.leases.is_permitted,
        )
        self._epochs: dict[int, int] = {}
        self._comparing: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._keepers: dict[int, dict[ConnectionId, Keeper]] = defaultdict(dict)
        self._by_member: dict[tuple[WorkspaceId, UserId], dict[AccountId, Keeper]] = defaultdict(dict)
        self._woken = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping: set[asyncio.Task[None]] = set()
        self._farewells: set[asyncio.Task[None]] = set()

    @property
    def task_id(self) -> str:
        """This task's name among the worker's tasks. A task that lost its lease goes on under another."""
        return self.leases.task_id

    def start(self) -> None:
        """Begin to beat, claim shards and connect what lives in them."""
        loop = asyncio.get_running_loop()
        self._tasks = [
            loop.create_task(self.leases.run(), name="leases"),
            loop.create_task(self._sweep_again_and_again(), name="sweeps"),
            loop.create_task(self._keepalive.run(), name="keepalive"),
            loop.create_task(self._workshop.beginnings.run(), name="beginnings"),
            loop.create_task(self._workshop.standings.run(), name="standings"),
        ]

    async def stop(self) -> None:
        """Hand every shard over: states kept, lines closed, leases released. Within `shutdown.DRAIN_S`."""
        try:
            async with asyncio.timeout(shutdown.DRAIN_S):
                await self.leases.drain()
        except (TimeoutError, Fact):
            log.warning("shutdown.not_drained", shards=len(self._epochs))
            self._lost()
        for task in (*self._tasks, *self._farewells):
            task.cancel()
        await asyncio.gather(*self._tasks, *self._farewells, *self._stopping, return_exceptions=True)
        self._lease_door.close(is_patient=False)

    def find(self, workspace_id: WorkspaceId, user_id: UserId, account_id: AccountId) -> LiveConnection | None:
        """A member's connection to an account, while it is kept here; it may be between two lines."""
        keeper = self._by_member.get((workspace_id, user_id), {}).get(account_id)
        return None if keeper is None else keeper.live

    async def awake(self, workspace_id: WorkspaceId, user_id: UserId, account_id: AccountId) -> LiveConnection | None:
        """As `find`, but one that is parked is woken first, and waited for as long as `Keeper.awake` says."""
        keeper = self._by_member.get((workspace_id, user_id), {}).get(account_id)
        return None if keeper is None else await keeper.awake()

    async def all_awake(self, workspace_id: WorkspaceId, user_id: UserId) -> list[LiveConnection]:
        """All of a member's connections that are kept here, those that were parked woken first."""
        keepers = tuple(self._by_member.get((workspace_id, user_id), {}).values())
        found = await asyncio.gather(*(keeper.awake() for keeper in keepers))
        return [live for live in found if live is not None]

    def states_of(self, workspace_id: WorkspaceId, user_id: UserId) -> list[tuple[AccountId, ConnectionState]]:
        """Every account of a member that is kept here, and how it is; one that is parked is connected."""
        keepers = self._by_member.get((workspace_id, user_id), {}).items()
        states = ((account_id, keeper.state) for account_id, keeper in keepers)
        return [(account_id, state) for account_id, state in states if state is not None]

    def sample(self) -> None:
        """Set the gauges of this room."""
        kept = [keeper for of_shard in self._keepers.values() for keeper in of_shard.values()]
        metrics.SHARDS.set(len(self._epochs))
        metrics.CONNECTIONS.set(len(kept))
        metrics.CONNECTIONS_LIVE.set(sum(keeper.state is ConnectionState.CONNECTED for keeper in kept))
        metrics.CONNECTIONS_PARKED.set(sum(keeper.is_parked for keeper in kept))
        clients = [keeper.live.client for keeper in kept if keeper.live is not None and keeper.live.is_connected]
        now = time.monotonic()
        metrics.UPDATES_WAITING.set(sum(client.updates_waiting for client in clients))
        metrics.UPDATES_SILENCE.set(max((now - client.heard_at for client in clients), default=0))

    def wake(self) -> None:
        """Look for new wishes now and not at the next sweep: after a login or a disconnect."""
        self._woken.set()

    async def sweep(self) -> None:
        """Compare what members wish with what is kept: one query a shard.

        Raises:
            Unavailable: the table did not answer; what was not looked at stays as it is.
        """
        for shard, epoch in tuple(self._epochs.items()):
            members = await self._door.call(accounts.shard_members, shard, self._installation)
            async with self._comparing[shard]:
                await self._compare(shard, epoch, {member.connection_id: member for member in members})

    async def _compare(self, shard: int, epoch: int, members: dict[ConnectionId, ShardMember]) -> None:
        """Dismiss and engage. Who is dismissed takes a while to end, and the shard may be given back in between."""
        if not self._is_held(shard, epoch):
            return
        workshop = replace(self._workshop, permit=partial(self._may_speak, shard, epoch))
        keepers = self._keepers[shard]
        for connection_id in keepers.keys() - members.keys():
            await self._dismiss(keepers.pop(connection_id))
        for connection_id, member in members.items():
            keeper = keepers.get(connection_id)
            if keeper is not None and keeper.member == member and (keeper.is_running or keeper.is_over):
                continue
            if keeper is not None:
                await self._replace(keeper, member)
            if not self._is_held(shard, epoch):
                return
            self._engage(shard, Keeper(member, epoch, workshop))

    def _is_held(self, shard: int, epoch: int) -> bool:
        return self._epochs.get(shard) == epoch

    def _may_speak(self, shard: int, epoch: int) -> bool:
        """Whether this task's lease holds, and the shard is still its own at this epoch. Asked at each write."""
        return self._is_held(shard, epoch) and self.leases.is_permitted()

    async def _replace(self, keeper: Keeper, member: ShardMember) -> None:
        """Dismiss a keeper whose member wishes something else by now, or which came to its end by itself."""
        if keeper.member.wish is not member.wish:
            tell_wish(member, self._workshop)
        await self._dismiss(keeper)
        if keeper.member.revision != member.revision:
            self._see_off(keeper)

    def _engage(self, shard: int, keeper: Keeper) -> None:
        member = keeper.member
        self._keepers[shard][member.connection_id] = keeper
        self._by_member[member.workspace_id, member.user_id][member.account_id] = keeper
        keeper.start()

    async def _dismiss(self, keeper: Keeper) -> None:
        """Found by nobody from now on, and then ended, which may take a while."""
        self._forget(keeper)
        await keeper.stop()

    def _see_off(self, keeper: Keeper) -> None:
        """Have the login of a keeper that was dismissed ended beside the new one, however long Telegram is away."""
        task = asyncio.get_running_loop().create_task(keeper.see_off(self._workshop), name="farewell")
        self._farewells.add(task)
        task.add_done_callback(self._farewells.discard)

    def _forget(self, keeper: Keeper) -> None:
        member = keeper.member
        of_member = self._by_member.get((member.workspace_id, member.user_id), {})
        if of_member.get(member.account_id) is keeper:
            del of_member[member.account_id]
        if not of_member:
            self._by_member.pop((member.workspace_id, member.user_id), None)

    async def _sweep_again_and_again(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self.sweep()
            except Fact as refusal:
                log.warning("sweep.table_away", code=refusal.code)
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work
                log.error("sweep.crashed", crash=crash)
            try:
                async with asyncio.timeout(self._sweep_s):
                    await self._woken.wait()
            except TimeoutError:
                continue

    def _arrived(self, workspace_id: WorkspaceId, user_id: UserId) -> None:
        """A member opened a browser here: wake what of theirs is parked."""
        for keeper in self._by_member.get((workspace_id, user_id), {}).values():
            keeper.want()

    def _claimed(self, lease: Lease) -> None:
        self._epochs[lease.shard] = lease.epoch
        self.wake()

    async def _released(self, shard: int) -> None:
        self._epochs.pop(shard, None)
        keepers = self._keepers.pop(shard, {})
        await asyncio.gather(*(self._dismiss(keeper) for keeper in keepers.values()))
        async with self._comparing[shard]:  # whoever a comparison was dismissing has ended too
            pass

    def _lost(self) -> None:
        """Our lease has run out: every line ends now; keepers are cleared away after."""
        log.warning("lines.aborted", lines=self.telegram.abort())
        shards = tuple(self._epochs)
        self._epochs.clear()
        for shard in shards:
            for keeper in self._keepers.get(shard, {}).values():
                self._forget(keeper)  # found by nobody from this moment on
            stopping = asyncio.get_running_loop().create_task(self._released(shard), name="clear away")
            self._stopping.add(stopping)
            stopping.add_done_callback(self._stopping.discard)
