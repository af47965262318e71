"""A session worker in this process, quick in everything, and what a member's browser would hear of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectAccount, Connection, ConnectionState
from chalicelib.features.accounts.repository import Connections as ConnectionRows
from chalicelib.kernel.ids import AccountId
from chalicelib.table.cipher import Cipher
from chalicelib.table.tenant import Installation, Tenant
from dev.telegram import Emulator
from dev.telegram.wire.rsa_key import PUBLIC_PEM
from dev.telegram.world.people import User
from session_worker.connections.connection import LiveConnection
from session_worker.connections.supervisor import Connections
from session_worker.door import Door
from session_worker.hub import Event, Hub
from session_worker.settings import DataCentre, Intervals, WorkerSettings

SHARDS = 2
PATIENCE_S = 10
QUICK = Intervals(
    beat_s=0.2,
    abort_after_s=1.0,
    fence_after_s=1.5,
    sweep_s=0.3,
    save_after_s=0.05,
    fold_after_s=0.3,
    ping_s=6,
    check_s=6,
    connect_timeout_s=2,
    first_backoff_s=0.05,
    longest_backoff_s=0.2,
    key_retry_s=0.2,
    connects_per_s=1000,
    dialog_page_s=0.01,
)


@dataclass(slots=True)
class Heard:
    """What a member's browser was told."""

    events: list[Event] = field(default_factory=list)

    def of(self, kind: str) -> list[Event]:
        """The events of one type, in order."""
        return [event for event in self.events if event["type"] == kind]

    @property
    def texts(self) -> list[str]:
        """The texts of new messages, in order."""
        return [event["message"]["text"] for event in self.of("message.new")]

    async def reach(self, count: int) -> None:
        """Wait until that many messages were heard."""
        await eventually(lambda: len(self.texts) >= count)

    @property
    def states(self) -> list[str]:
        """The states the connection went through."""
        return [event["state"] for event in self.of("connection.changed")]


@dataclass(slots=True)
class Rig:
    """Telegram, a worker, and a member of a workspace with their accounts."""

    telegram: Emulator
    tenant: Tenant
    intervals: Intervals = QUICK
    cipher: Cipher = field(default_factory=Cipher)
    doors: list[Door] = field(default_factory=list)
    workers: list[Connections] = field(default_factory=list)

    def worker(self, hub: Hub | None = None, **intervals: float) -> Connections:
        """Another worker task, started; it is stopped with the rig."""
        door = Door(threads=8, timeout_s=10)
        settings = WorkerSettings(
            gateway_host="127.0.0.1",
            gateway_port=0,
            shards=SHARDS,
            threads=8,
            api=None,
            data_centres=tuple(
                DataCentre(id=dc, host=self.telegram.host, port=port) for dc, port in self.telegram.ports.items()
            ),
            public_key=PUBLIC_PEM,
            intervals=replace(self.intervals, **intervals),
        )
        made = Connections(settings, door=door, hub=hub or Hub(), cipher=self.cipher, installation=Installation())
        made.start()
        self.doors.append(door)
        self.workers.append(made)
        return made

    def hear(self, hub: Hub, tenant: Tenant | None = None) -> Heard:
        """Open a browser of the member's."""
        heard, listener = Heard(), tenant or self.tenant
        assert listener.member is not None
        hub.subscribe(listener.workspace_id, listener.member.user_id, heard.events.append)
        return heard

    def connect(self, user: User, tenant: Tenant | None = None) -> Connection:
        """Take a fresh login of the user into the member's custody."""
        session = self.telegram.session(user)
        command = ConnectAccount(
            telegram_user_id=user.id,
            name=user.name,
            username=user.username,
            phone=user.phone,
            session_string=session.save(),
            owned=True,
        )
        return accounts.connect_account(command, tenant=tenant or self.tenant, cipher=self.cipher)

    def stored(self, account_id: AccountId, tenant: Tenant | None = None) -> Connection:
        """The connection as the table has it now."""
        holder = tenant or self.tenant
        assert holder.member is not None
        found = ConnectionRows(holder, account_id).get(holder.member.user_id)
        assert found is not None
        return found

    def live(self, worker: Connections, account_id: AccountId) -> LiveConnection | None:
        """The connection as the worker holds it."""
        assert self.tenant.member is not None
        return worker.find(self.tenant.workspace_id, self.tenant.member.user_id, account_id)

    async def connected(self, worker: Connections, account_id: AccountId) -> LiveConnection:
        """The live connection, once it is connected."""
        worker.wake()

        def is_there() -> bool:
            found = self.live(worker, account_id)
            return found is not None and found.state is ConnectionState.CONNECTED

        await eventually(is_there)
        found = self.live(worker, account_id)
        assert found is not None
        return found

    async def browsing(self, user: User) -> tuple[Heard, AccountId]:
        """Connect the user's account and open a browser of the member's before anything is heard."""
        hub = Hub()
        heard = self.hear(hub)
        account_id = self.connect(user).account_id
        await self.connected(self.worker(hub), account_id)
        return heard, account_id

    async def close(self) -> None:
        """Stop every worker that still runs."""
        for worker in self.workers:
            await worker.stop()
        for door in self.doors:
            door.close()


async def eventually(condition: Callable[[], Any], patience_s: float = PATIENCE_S) -> None:
    """Wait until it is true."""
    async with asyncio.timeout(patience_s):
        while not condition():  # noqa: ASYNC110 - rows and counters raise no events
            await asyncio.sleep(0.02)
