"""The life of one connection: connect, catch up, wait for the line to end, find out why, wait, connect again.

Telethon neither catches up after its own reconnect nor keeps trying, so we do both.
"""

import asyncio
import time
from datetime import datetime
from typing import Final

from telethon.tl import functions

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import (
    Connection,
    ConnectionState,
    ConnectionTaken,
    SessionNotKept,
    ShardMember,
    Wish,
)
from chalicelib.features.session_watch.model import is_due
from chalicelib.features.session_watch.use_cases import Watcher
from chalicelib.kernel.actors import system
from chalicelib.kernel.errors import Fact, Unavailable
from chalicelib.logs import bound, log
from chalicelib.table.cipher import SealBroken
from chalicelib.table.tenant import for_job
from session_worker.connections.announcing import Announcer
from session_worker.connections.connection import LiveConnection, state_event
from session_worker.connections.custody import Custodian, KeptSession, Sweep
from session_worker.connections.dialogs import DialogReader
from session_worker.connections.farewell import HANG_UP_S, hang_up, log_out, say_goodbye
from session_worker.connections.inbound import Inbound
from session_worker.connections.missed import Missed
from session_worker.connections.opening import find_login, open_login, open_session
from session_worker.connections.parking import Parking
from session_worker.connections.workshop import Workshop
from session_worker.hub import ConnectionKey
from session_worker.messaging.pacing import Backoff
from session_worker.telegram import outcomes
from session_worker.telegram.lean import LeanClient
from session_worker.telegram.outcomes import AccountClosed, SessionEnded, TelegramAway
from session_worker.telegram.peers import PeerBook

STOP_S: Final = 25
WAKES_WITHIN_S: Final = 2
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
        self._announcer = Announcer(workshop, self._tenant, epoch)
        self._task: asyncio.Task[None] | None = None
        self._session: KeptSession | None = None
        self._verdict: Fact | None = None
        self._dialogs: asyncio.Task[None] | None = None
        self._sessions_seen_at: datetime | None = None
        self._hanging_up: asyncio.Future[None] | None = None
        self._parking: Parking | None = None
        self._rising: asyncio.Event | None = None
        self._is_unneeded = False
        self._was_wanted = False

    @property
    def is_parked(self) -> bool:
        """Whether it is only listened to."""
        return self._parking is not None

    @property
    def state(self) -> ConnectionState | None:
        """How the connection is, as far as that is known here."""
        if self.is_parked:
            return ConnectionState.CONNECTED
        return None if self.live is None else self.live.state

    @property
    def is_running(self) -> bool:
        """Whether it works at it."""
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        """Begin; the keeper owns its task until `stop`."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="connection")

    def want(self) -> None:
        """Somebody needs the connection: wake it if it is parked."""
        if self._parking is not None:
            self._was_wanted = True
            self._rising = self._rising or asyncio.Event()
            self._parking.wake()

    async def awake(self) -> LiveConnection | None:
        """The live connection; one that is parked is woken and waited for, WAKES_WITHIN_S at most."""
        self.want()
        if self._rising is not None:
            try:
                async with asyncio.timeout(WAKES_WITHIN_S):
                    await self._rising.wait()
            except TimeoutError:
                log.warning("connection.wakes_slowly", connection=self.member.connection_id)
        return self.live

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

    async def see_off(self, shop: Workshop) -> None:
        """Log out the login that was kept here, once it was replaced by another: no row has it any more."""
        session = self._session
        with bound(connection=self.member.connection_id):
            is_over = False
            try:
                is_over = session is None or not session.auth_key or await log_out(session, shop)
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
            finally:
                self._risen()

    async def _keep(self) -> None:
        connection: Connection = await self._shop.door.call(
            accounts.take_connection, self.member, self._epoch, tenant=self._tenant
        )
        if self.member.wish is Wish.DISCONNECT:
            self._session = await find_login(connection, self._shop, self._tenant)
            await say_goodbye(connection, self._session, self._shop, self._tenant)
        elif connection.state not in _AT_REST:
            await self._stay_connected(connection)
        self.is_over = True

    async def _stay_connected(self, connection: Connection) -> None:
        """Work while somebody needs the connection, and rest while nobody does."""
        try:
            if await self._may_begin_parked(connection):
                await self._rest(connection)
            while (unneeded := await self._work(connection)) is not None:
                connection = unneeded
                await self._rest(connection)
        except (SessionNotKept, SealBroken) as missing:
            await self._announcer.write(connection, ConnectionState.NEEDS_LOGIN, missing.code, forget=True)

    async def _may_begin_parked(self, connection: Connection) -> bool:
        """Whether a connection that was fine with whoever had it last, and whose member is not here, need not rise."""
        if connection.state is not ConnectionState.CONNECTED or self._is_heard:
            return False
        self._session = await open_login(connection, self._shop, self._tenant)
        return self._session.can_be_parked

    async def _rest(self, connection: Connection) -> None:
        """Listen until there is something to do. A line that was well and broke is opened once more as it was."""
        assert self._session is not None
        self._session.forget_peers()
        backoff = Backoff(self._shop.intervals.first_backoff_s, self._shop.intervals.longest_backoff_s)
        while self._shop.permit():
            parking = self._parking = Parking(self._session, self._shop)
            self._shop.keepalive.add(connection, self)
            try:
                end = await parking.rest()
            finally:
                self._shop.keepalive.remove(connection, self)
                self._parking = None
            if not (isinstance(end, TelegramAway) and parking.was_quiet):
                return
            await asyncio.sleep(backoff.next())

    async def _work(self, connection: Connection) -> Connection | None:
        """Hold the connection with a client of its own; gives it as it then stands when nobody needs it any more.

        Raises:
            SessionNotKept, SealBroken: there is no login to hold it with.
        """
        self._is_unneeded = False
        session, peers = await open_session(connection, self._shop, self._tenant)
        self._session, client = session, self._shop.telegram.client(session, self._shop.permit)
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
        missed = Missed(live, inbound, self._shop.door, lambda: self._read_all_dialogs(live, session))
        client.on_too_long(missed.take)
        self.live = live
        standing.join(live.publish)
        self._shop.keepalive.add(connection, self)
        try:
            await self._line_after_line(live, session, inbound, custodian)
        finally:
            self.live = None
            standing.leave(live.publish)
            self._shop.keepalive.remove(connection, self)
            await self._hang_up(client)
            await missed.close()
            await inbound.close()
            await custodian.close()
        return live.connection if self._is_unneeded else None

    async def _line_after_line(
        self, live: LiveConnection, session: KeptSession, inbound: Inbound, custodian: Custodian
    ) -> None:
        backoff = Backoff(self._shop.intervals.first_backoff_s, self._shop.intervals.longest_backoff_s)
        was_key_unknown = False
        while self._shop.permit():
            end = await self._one_line(live, session, backoff, custodian)
            await self._hang_up(live.client)
            await inbound.flush()
            await custodian.save()
            if self._is_unneeded and not self._is_heard:
                return
            self._is_unneeded = False
            is_key_unknown = isinstance(end, SessionEnded) and end.reason == outcomes.KEY_UNKNOWN
            if isinstance(end, SessionEnded | AccountClosed) and (was_key_unknown or not is_key_unknown):
                await self._announcer.give_up(live, end)
                return
            was_key_unknown = is_key_unknown
            await self._announcer.announce(live, ConnectionState.RECONNECTING, end.code)
            least_s = self._shop.intervals.key_retry_s if is_key_unknown else outcomes.asked_to_wait_s(end)
            await asyncio.sleep(backoff.next(least_s))

    async def _one_line(
        self, live: LiveConnection, session: KeptSession, backoff: Backoff, custodian: Custodian
    ) -> Fact:
        """Open a line and stay on it; gives why it ended."""
        self._verdict = None
        client = live.client
        if not self._was_wanted:
            await self._shop.pace.turn()
        self._was_wanted = False
        try:
            async with asyncio.timeout(self._shop.intervals.connect_timeout_s):
                await client.connect()
            await live.call(functions.updates.GetStateRequest())
            await self._announcer.announce(live, ConnectionState.CONNECTED, None)
            custodian.touch()  # so that there is a position to catch up from, also where nothing ever came
            backoff.reset()
            self._risen()
            if self._dialogs is None:  # else all of them are being read, as too much was missed
                self._read_dialogs(live, session)
            await client.disconnected
        except ConnectionTaken:
            raise
        except Exception as error:  # noqa: BLE001 - Telethon raises whatever ended the line; fact_of tells them apart
            return self._why(client, error)
        return self._why(client, ConnectionError())

    def _why(self, client: LeanClient, error: Exception) -> Fact:
        """What ended the line: our own finding, else what Telethon's update loop kept to itself, else the error."""
        return self._verdict or outcomes.fact_of(client._updates_error or error)

    def _custodian(self, connection: Connection, client: LeanClient, peers: PeerBook) -> Custodian:
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

    def _read_all_dialogs(self, live: LiveConnection, session: KeptSession) -> None:
        session.sweep = Sweep()
        if self._dialogs is not None:
            self._dialogs.cancel()
        self._read_dialogs(live, session)

    def _dialogs_read(self, task: asyncio.Task[None]) -> None:
        if self._dialogs is task:
            self._dialogs = None

    @property
    def _is_heard(self) -> bool:
        return self._shop.hub.is_heard(self.member.workspace_id, self.member.user_id)

    def _risen(self) -> None:
        """The client is connected, or there will be none for now."""
        rising, self._rising = self._rising, None
        if rising is not None:
            rising.set()

    async def look_after(self, *, is_check: bool) -> None:
        """Ping; at a check-up also ask for anything, and park a connection that nobody needs."""
        live = self.live
        if self._parking is not None:
            await self._parking.look_after(is_check=is_check)
        if live is None:
            if is_check and self.is_parked and await self._is_look_due():
                self.want()
            return
        await live.client.ping()
        if is_check:
            await self._check_up(live)
            if self._can_rest(live):
                self._is_unneeded = True
                self._hanging_up = live.client.disconnect()

    def _can_rest(self, live: LiveConnection) -> bool:
        """Whether nobody looks, nothing is under way, and nothing happened for a while."""
        is_idle = time.monotonic() - max(live.used_at, live.client.heard_at) >= self._shop.intervals.park_after_s
        client = live.client
        is_done = self._dialogs is None and client.session.sweep.is_done and client.is_settled
        return is_idle and is_done and live.is_connected and live is self.live and not self._is_heard

    async def _is_look_due(self) -> bool:
        """Whether a parked connection must rise to see who else is signed in."""
        member, sessions = self.member, self._shop.sessions
        watcher = Watcher(account_id=member.account_id, connection_id=member.connection_id, user_id=member.user_id)
        try:
            self._sessions_seen_at = self._sessions_seen_at or await sessions.looked_at(watcher, self._tenant)
        except Unavailable:
            return False
        return is_due(self._sessions_seen_at, self._tenant.now())

    async def _check_up(self, live: LiveConnection) -> None:
        """Ask for anything: a session that is gone ends the line through `on_verdict`. See who else is signed in."""
        if live.is_connected:
            used_at = live.used_at
            try:
                await self._announcer.catch_up(live)
                state = await live.call(functions.updates.GetStateRequest())
                await live.client.catch_up_to(state.pts)
                self._sessions_seen_at = await self._shop.sessions.look(live, self._sessions_seen_at)
            except Fact as refusal:
                log.info("connection.checked", code=refusal.code)
            live.used_at = used_at

    def _end_line(self, verdict: Fact) -> None:
        self._verdict = verdict
        if self.live is not None and self.live.client.is_connected():
            self._hanging_up = self.live.client.disconnect()

    async def _hang_up(self, client: LeanClient) -> None:
        if self._dialogs is not None:
            reading, self._dialogs = self._dialogs, None
            reading.cancel()
            await asyncio.wait({reading}, timeout=HANG_UP_S)
        await hang_up(client)


async def _read(reader: DialogReader) -> None:
    try:
        await reader.run()
    except Fact as refusal:
        log.warning("dialogs.interrupted", code=refusal.code)
