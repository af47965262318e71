"""The life of one connection: held while somebody needs it, parked while nobody does, ended when its member wishes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import (
    Connection,
    ConnectionState,
    ConnectionTaken,
    SessionNotKept,
    ShardMember,
    Wish,
)
from chalicelib.kernel.actors import system
from chalicelib.kernel.errors import Fact
from chalicelib.logs import bound, log
from chalicelib.table.cipher import SealBroken
from chalicelib.table.tenant import for_job
from session_worker.connections.announcing import Announcer
from session_worker.connections.checkup import CheckUp
from session_worker.connections.connection import LiveConnection
from session_worker.connections.custody import KeptSession
from session_worker.connections.farewell import say_goodbye, see_off
from session_worker.connections.holding import Holding
from session_worker.connections.opening import find_login, open_login, open_session
from session_worker.connections.parking import Parking
from session_worker.connections.workshop import Workshop
from session_worker.messaging.pacing import Backoff
from session_worker.telegram.outcomes import TelegramAway

STOP_S: Final = 25
WAKES_WITHIN_S: Final = 2
_AT_REST: Final = (ConnectionState.NEEDS_LOGIN, ConnectionState.CLOSED, ConnectionState.SUSPENDED)


class Keeper:
    """Keeps one connection of a shard this task owns. `is_over`: it needs nothing until its member wishes anew."""

    __slots__ = (
        "_announcer",
        "_breaks",
        "_check_up",
        "_epoch",
        "_has_turn",
        "_holding",
        "_is_waiting",
        "_is_wanted",
        "_parking",
        "_pause",
        "_rising",
        "_session",
        "_shop",
        "_task",
        "_tenant",
        "is_over",
        "member",
    )

    def __init__(self, member: ShardMember, epoch: int, workshop: Workshop) -> None:
        self.member = member
        self.is_over = False
        self._epoch = epoch
        self._shop = workshop
        self._tenant = for_job(member.workspace_id, system("worker"))
        self._announcer = Announcer(workshop, self._tenant, epoch)
        self._check_up = CheckUp(workshop.sessions, self._announcer, self._tenant)
        self._task: asyncio.Task[None] | None = None
        self._session: KeptSession | None = None
        self._holding: Holding | None = None
        self._parking: Parking | None = None
        self._rising: asyncio.Event | None = None
        self._pause: asyncio.Future[None] | None = None
        self._breaks: Backoff | None = None
        self._is_waiting = False
        self._is_wanted = False
        self._has_turn = False

    @property
    def live(self) -> LiveConnection | None:
        """The connection while it is held with a client; it may be between two lines."""
        return None if self._holding is None else self._holding.live

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
        """Whether it works at it, listens, or is about to begin."""
        return self._is_waiting or self.is_parked or self._task is not None

    def start(self) -> None:
        """Begin, in its turn where nobody waits for it. Until `stop` it then owns a task, or a parked line instead."""
        if self._is_needed:
            self._begin(self._keep)
        else:
            self._is_waiting = True
            self._shop.beginnings.add(self._its_turn)

    def want(self) -> None:
        """Somebody needs the connection: it waits for no turn and no second try, and rises where it is parked."""
        if self.live is not None or not self.is_running:
            return
        self._is_wanted = True
        self._rising = self._rising or asyncio.Event()
        if self._pause is not None and not self._pause.done():
            self._pause.set_result(None)
        if self._is_waiting:
            self._its_turn()
        elif self._parking is not None:
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

    async def stop(self) -> None:
        """End the line, keep the state. In bounded time."""
        self._is_waiting = False
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=STOP_S)
        await self._leave_parking()

    async def see_off(self, shop: Workshop) -> None:
        """Log out the login that was kept here, once it was replaced by another: no row has it any more."""
        if self._session is not None:
            await see_off(self._session, self.member, shop)

    async def look_after(self, *, is_check: bool) -> None:
        """Ping; at a check-up also ask for anything, and park a connection that nobody needs."""
        parking, holding = self._parking, self._holding
        if parking is not None:
            await parking.look_after(is_check=is_check)
            if is_check and await self._check_up.is_look_due(self.member):
                self.want()
        elif holding is not None:
            await holding.ping()
            if is_check:
                await self._check_up.run(holding.live)
                holding.rest_if_unneeded()

    async def turn(self) -> None:
        """Wait until a line may be opened, unless its turn came before. Where somebody needs it, that is soon."""
        has_turn, self._has_turn = self._has_turn, False
        if has_turn:
            return
        if not self._is_needed:
            await self._wait(self._shop.pace.take())
        if self._is_needed:
            await self._shop.urgent_pace.turn()

    def risen(self) -> None:
        """The client is connected, or there will be none for now."""
        self._is_wanted = False
        rising, self._rising = self._rising, None
        if rising is not None:
            rising.set()

    def _its_turn(self) -> None:
        if self._is_waiting:
            self._is_waiting, self._has_turn = False, not self._is_wanted
            self._begin(self._keep)

    def _begin(self, work: Callable[[], Awaitable[None]]) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run(work), name="connection")

    async def _run(self, work: Callable[[], Awaitable[None]]) -> None:
        with bound(connection=self.member.connection_id):
            try:
                await work()
                self.is_over = not self.is_parked
            except ConnectionTaken:
                log.info("connection.taken")
            except Fact as refusal:
                log.warning("connection.not_kept", code=refusal.code)
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work: the next sweep begins again
                log.error("connection.crashed", crash=crash)
            finally:
                self._task = None
                self.risen()

    async def _keep(self) -> None:
        connection: Connection = await self._shop.door.call(
            accounts.take_connection, self.member, self._epoch, tenant=self._tenant
        )
        if self.member.wish is Wish.DISCONNECT:
            self._session = await find_login(connection, self._shop, self._tenant)
            await say_goodbye(connection, self._session, self._shop, self._tenant)
        elif connection.state not in _AT_REST:
            is_fine = connection.state is ConnectionState.CONNECTED  # with whoever had it last
            await self._stay_connected(connection, is_unneeded=is_fine)

    async def _stay_connected(self, connection: Connection, *, is_unneeded: bool) -> None:
        """Hold the connection while somebody needs it. Once nobody does it is parked, and the task ends."""
        try:
            while not (is_unneeded and await self._park(connection)):
                held = await self._hold(connection)
                if held is None:
                    return
                connection, is_unneeded = held, True
        except (SessionNotKept, SealBroken) as missing:
            await self._announcer.write(connection, ConnectionState.NEEDS_LOGIN, missing.code, forget=True)

    async def _hold(self, connection: Connection) -> Connection | None:
        """Hold it with a client; gives the connection as it then stands when nobody needs it any more.

        Raises:
            SessionNotKept, SealBroken: there is no login to hold it with.
        """
        self._breaks = None
        self._session, peers = await open_session(connection, self._shop, self._tenant)
        standing = self._shop.standings.of(connection.account_id, self._tenant)
        await standing.load()
        holding = self._holding = Holding(
            connection,
            self._session,
            peers,
            standing,
            tenant=self._tenant,
            shop=self._shop,
            announcer=self._announcer,
            holder=self,
        )
        self._shop.keepalive.add(connection, self)
        try:
            return await holding.hold()
        finally:
            self._holding = None  # found by nobody from this moment on
            self._shop.keepalive.remove(connection, self)
            await holding.close()

    async def _park(self, connection: Connection) -> bool:
        """Have its line listened to, without a task, until `_rest_ended`. False where there is something to do.

        Raises:
            SessionNotKept, SealBroken: there is no login to listen with.
        """
        session = self._session = self._session or await open_login(connection, self._shop, self._tenant)
        if not session.can_be_parked:
            return False
        await self.turn()
        if self._is_needed or not self._shop.permit():
            return False
        session.forget_peers()
        parking = self._parking = Parking(connection, session, self._shop)
        is_listening = False
        try:
            is_listening = await parking.begin(self._shop.intervals.connect_timeout_s, self._rest_ended)
        finally:
            if not is_listening:
                await self._leave_parking()
        if is_listening:
            self._shop.keepalive.add(connection, self)
        return is_listening

    async def _leave_parking(self) -> None:
        parking, self._parking = self._parking, None
        if parking is not None:
            self._shop.keepalive.remove(parking.connection, self)
            await parking.close()

    def _rest_ended(self, why: Fact | None) -> None:
        """The parked line has something to tell, or broke: a task again."""
        self._begin(lambda: self._rise(why))

    async def _rise(self, why: Fact | None) -> None:
        """Go on as what ended the rest asks for. A line that was well and broke is opened once more as it was."""
        assert self._parking is not None
        connection = self._parking.connection
        is_unneeded = isinstance(why, TelegramAway) and self._parking.was_quiet
        await self._leave_parking()
        if is_unneeded:
            self._breaks = self._breaks or self._shop.new_backoff()
            await self._wait(self._breaks.next())
        await self._stay_connected(connection, is_unneeded=is_unneeded)

    @property
    def _is_needed(self) -> bool:
        return self._is_wanted or self._shop.hub.is_heard(self.member.workspace_id, self.member.user_id)

    async def _wait(self, seconds: float) -> None:
        """Wait, until somebody needs the connection at most."""
        if self._is_wanted or seconds <= 0:
            return
        self._pause = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait({self._pause}, timeout=seconds)
        finally:
            self._pause = None
