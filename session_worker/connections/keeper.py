"""The life of one connection: connect, catch up, wait for the line to end, find out why, wait, connect again.

Telethon neither catches up after its own reconnect nor keeps trying, so we do both.
"""

import asyncio
from dataclasses import replace
from typing import Final

from telethon import TelegramClient
from telethon.tl import functions

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import (
    Connection,
    ConnectionState,
    ConnectionTaken,
    Custody,
    SessionNotKept,
    ShardMember,
    Wish,
)
from chalicelib.kernel.actors import system
from chalicelib.kernel.errors import Fact, TooMany, Unavailable
from chalicelib.logs import bound, log
from chalicelib.settings import current as settings
from chalicelib.table.cipher import SealBroken
from chalicelib.table.tenant import for_job
from session_worker import metrics
from session_worker.connections.connection import LiveConnection, key_of, state_event
from session_worker.connections.custody import Custodian, KeptSession
from session_worker.connections.dialogs import DialogReader
from session_worker.connections.farewell import HANG_UP_S, hang_up, log_out
from session_worker.connections.inbound import Inbound
from session_worker.connections.workshop import Workshop
from session_worker.hub import ConnectionKey
from session_worker.messaging.pacing import Backoff
from session_worker.telegram import outcomes
from session_worker.telegram.lean import LeanClient
from session_worker.telegram.outcomes import AccountClosed, SessionEnded, TelegramAway
from session_worker.telegram.peers import PeerBook

STOP_S: Final = 25
_AT_REST: Final = (ConnectionState.NEEDS_LOGIN, ConnectionState.CLOSED, ConnectionState.SUSPENDED)


class Keeper:
    """Keeps one connection of a shard this task owns. `is_over`: it needs nothing until its member wishes anew."""

    def __init__(self, member: ShardMember, epoch: int, workshop: Workshop) -> None:
        self.member = member
        self.live: LiveConnection | None = None
        self.is_over = False
        self._epoch = epoch
        self._shop = workshop
        self._tenant = for_job(member.workspace_id, system("worker"))
        self._task: asyncio.Task[None] | None = None
        self._session: KeptSession | None = None
        self._verdict: Fact | None = None
        self._dialogs: asyncio.Task[None] | None = None
        self._hanging_up: asyncio.Future[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether it works at it."""
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        """Begin; the keeper owns its task until `stop`."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="connection")

    def tell_end(self) -> None:
        """Tell the member's browsers at once that they ended the connection: logging out may take long."""
        member = self.member
        key = ConnectionKey(
            workspace_id=member.workspace_id,
            account_id=member.account_id,
            user_id=member.user_id,
            connection_id=member.connection_id,
        )
        since = self._tenant.now()
        event = state_event(member.account_id, ConnectionState.DISCONNECTED, accounts.LOGGING_OUT, since)
        self._shop.hub.publish(key, event)

    async def stop(self) -> None:
        """End the line, keep the state. In bounded time."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=STOP_S)

    async def see_off(self) -> None:
        """Log out the login that was kept here, once it was replaced by another: no row has it any more."""
        login = "" if self._session is None else self._session.to_string()
        with bound(connection=self.member.connection_id):
            is_over = False
            try:
                is_over = not login or await log_out(login, self._shop)
            finally:
                if not is_over:
                    log.warning("login.left_behind")

    async def _run(self) -> None:
        with bound(connection=self.member.connection_id):
            try:
                await self._keep()
            except ConnectionTaken:
                log.info("connection.taken")
            except Fact as refusal:
                log.warning("connection.not_kept", code=refusal.code)
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work: the next sweep begins again
                log.error("connection.crashed", crash=crash)

    async def _keep(self) -> None:
        connection: Connection = await self._shop.door.call(
            accounts.take_connection, self.member, self._epoch, tenant=self._tenant
        )
        if self.member.wish is Wish.DISCONNECT:
            await self._say_goodbye(connection)
        elif connection.state not in _AT_REST:
            await self._stay_connected(connection)
        self.is_over = True

    async def _stay_connected(self, connection: Connection) -> None:
        try:
            client, session, peers = await self._open(connection)
        except (SessionNotKept, SealBroken) as missing:
            await self._write_state(connection, ConnectionState.NEEDS_LOGIN, missing.code, forget=True)
            return
        standing = self._shop.standings.of(connection.account_id, self._tenant)
        await standing.load()
        live = LiveConnection(
            connection,
            client,
            peers,
            tenant=self._tenant,
            hub=self._shop.hub,
            permit=self._shop.permit,
            standing=standing,
        )
        live.on_verdict = self._end_line
        custodian = self._custodian(connection, client, peers)
        inbound = Inbound(
            live, self._shop.door, fold_after_s=self._shop.intervals.fold_after_s, on_handled=custodian.touch
        )
        custodian.before_keeping = inbound.flush
        client.on_update = inbound.handle
        self.live = live
        standing.join(live.publish)
        self._shop.keepalive.add(live, lambda: self._check_up(live))
        try:
            await self._line_after_line(live, session, inbound, custodian)
        finally:
            self.live = None
            standing.leave(live.publish)
            self._shop.keepalive.remove(live)
            await self._hang_up(client)
            await inbound.close()
            await custodian.close()

    async def _line_after_line(
        self, live: LiveConnection, session: KeptSession, inbound: Inbound, custodian: Custodian
    ) -> None:
        backoff = Backoff(self._shop.intervals.first_backoff_s, self._shop.intervals.longest_backoff_s)
        was_key_unknown = False
        while self._shop.permit():
            end = await self._one_line(live, session, backoff)
            await self._hang_up(live.client)
            await inbound.flush()
            await custodian.save()
            is_key_unknown = isinstance(end, SessionEnded) and end.reason == outcomes.KEY_UNKNOWN
            if isinstance(end, SessionEnded | AccountClosed) and (was_key_unknown or not is_key_unknown):
                await self._give_up(live, end)
                return
            was_key_unknown = is_key_unknown
            await self._announce(live, ConnectionState.RECONNECTING, end.code)
            least_s = self._shop.intervals.key_retry_s if is_key_unknown else _asked_to_wait_s(end)
            await asyncio.sleep(backoff.next(least_s))

    async def _one_line(self, live: LiveConnection, session: KeptSession, backoff: Backoff) -> Fact:
        """Open a line and stay on it; gives why it ended."""
        self._verdict = None
        client = live.client
        await self._shop.pace.turn()
        try:
            async with asyncio.timeout(self._shop.intervals.connect_timeout_s):
                await client.connect()
            await live.call(functions.updates.GetStateRequest())
            await self._announce(live, ConnectionState.CONNECTED, None)
            backoff.reset()
            self._read_dialogs(live, session)
            await client.disconnected
        except ConnectionTaken:
            raise
        except Exception as error:  # noqa: BLE001 - Telethon raises whatever ended the line; fact_of tells them apart
            return self._why(client, error)
        return self._why(client, ConnectionError())

    def _why(self, client: TelegramClient, error: Exception) -> Fact:
        """What ended the line: our own finding, else what Telethon's update loop kept to itself, else the error."""
        return self._verdict or outcomes.fact_of(client._updates_error or error)

    async def _give_up(self, live: LiveConnection, end: SessionEnded | AccountClosed) -> None:
        """Telegram ended the session: forget it and wait for the member."""
        if end.reason == outcomes.DUPLICATED:
            log.error("connection.duplicated", account_id=live.key.account_id)
        metrics.SESSIONS_ENDED.add()
        state = ConnectionState.CLOSED if isinstance(end, AccountClosed) else ConnectionState.NEEDS_LOGIN
        is_dead = end.is_session_dead if isinstance(end, AccountClosed) else True
        live.announce_state(await self._write_state(live.connection, state, end.reason, forget=is_dead))

    async def _announce(self, live: LiveConnection, state: ConnectionState, reason: str | None) -> None:
        """Write and tell a state that is new. With the table away it is told all the same."""
        if live.state is state:
            return
        if live.is_connected:
            metrics.CONNECTIONS_LOST.add()
        try:
            connection = await self._write_state(live.connection, state, reason)
        except Unavailable:
            connection = replace(live.connection, state=state, reason=reason, since=self._tenant.now())
        live.announce_state(connection)
        log.info("connection.state", state=state, reason=reason)

    async def _write_state(
        self, connection: Connection, state: ConnectionState, reason: str | None, *, forget: bool = False
    ) -> Connection:
        return await self._shop.door.call(
            accounts.set_state,
            connection,
            state,
            reason,
            tenant=self._tenant,
            epoch=self._epoch,
            forget_session=forget,
        )

    async def _open(self, connection: Connection) -> tuple[LeanClient, KeptSession, PeerBook]:
        """A client of what is in custody, not yet connected."""
        custody = await self._shop.door.call(
            accounts.load_custody, connection, tenant=self._tenant, cipher=self._shop.cipher
        )
        peers = PeerBook(connection.account_id, settings().id_secret)
        session = self._session = await self._shop.door.call(_session_of, custody, peers)
        return self._shop.telegram.client(session), session, peers

    def _custodian(self, connection: Connection, client: TelegramClient, peers: PeerBook) -> Custodian:
        return Custodian(
            connection,
            client,
            peers,
            tenant=self._tenant,
            cipher=self._shop.cipher,
            door=self._shop.door,
            save_after_s=self._shop.intervals.save_after_s,
            on_taken=lambda: self._end_line(ConnectionTaken()),
        )

    def _read_dialogs(self, live: LiveConnection, session: KeptSession) -> None:
        reader = DialogReader(live, session, self._shop.door, self._shop.intervals.dialog_page_s)
        self._dialogs = asyncio.get_running_loop().create_task(_read(reader), name="dialogs")
        self._dialogs.add_done_callback(self._dialogs_read)

    def _dialogs_read(self, task: asyncio.Task[None]) -> None:
        if self._dialogs is task:
            self._dialogs = None

    async def _check_up(self, live: LiveConnection) -> None:
        """Ask for anything; a session that is gone ends the line through `on_verdict`."""
        if live.is_connected:
            try:
                await live.call(functions.updates.GetStateRequest())
            except Fact as refusal:
                log.info("connection.checked", code=refusal.code)

    def _end_line(self, verdict: Fact) -> None:
        self._verdict = verdict
        if self.live is not None and self.live.client.is_connected():
            self._hanging_up = self.live.client.disconnect()

    async def _hang_up(self, client: TelegramClient) -> None:
        if self._dialogs is not None:
            reading, self._dialogs = self._dialogs, None
            reading.cancel()
            await asyncio.wait({reading}, timeout=HANG_UP_S)
        await hang_up(client)

    async def _say_goodbye(self, connection: Connection) -> None:
        """Log out at Telegram, then destroy the seal; again and again while either is away."""
        try:
            _, session, _ = await self._open(connection)
        except (SessionNotKept, SealBroken):
            log.info("connection.has_no_login")
        else:
            if not await log_out(session.to_string(), self._shop):
                return
        backoff = Backoff(self._shop.intervals.first_backoff_s, self._shop.intervals.longest_backoff_s)
        while True:
            try:
                ended = await self._shop.door.call(accounts.finish_disconnect, connection, tenant=self._tenant)
                self._shop.hub.publish(
                    key_of(ended), state_event(ended.account_id, ended.state, ended.reason, ended.since)
                )
                log.info("connection.closed")
                return
            except Unavailable:
                await asyncio.sleep(backoff.next())


def _session_of(custody: Custody, peers: PeerBook) -> KeptSession:
    """In a thread: a large book of peers takes a while to read."""
    peers.load(custody.hashes)
    session = KeptSession(custody.session_string, peers)
    session.load(custody.state)
    return session


async def _read(reader: DialogReader) -> None:
    try:
        await reader.run()
    except Fact as refusal:
        log.warning("dialogs.interrupted", code=refusal.code)


def _asked_to_wait_s(end: Fact) -> float:
    match end:
        case TelegramAway():
            return 0
        case TooMany():
            return end.retry_after_s
        case _:
            return 0
