"""A connection held with a client of its own: line after line, until nobody needs it or its login is over.

Telethon neither catches up after its own reconnect nor keeps trying, so we do both.
"""

import asyncio
import time
from typing import Protocol

from telethon.tl import functions

from chalicelib.features.accounts.model import Connection, ConnectionState, ConnectionTaken
from chalicelib.kernel.errors import Fact
from chalicelib.table.tenant import Tenant
from session_worker.connections.announcing import Announcer
from session_worker.connections.connection import LiveConnection
from session_worker.connections.custody import Custodian, KeptSession
from session_worker.connections.dialogs import DialogReading
from session_worker.connections.farewell import hang_up
from session_worker.connections.inbound import Inbound
from session_worker.connections.missed import Missed
from session_worker.connections.workshop import Workshop
from session_worker.messaging.pacing import Backoff
from session_worker.messaging.standing import AccountStanding
from session_worker.telegram import outcomes
from session_worker.telegram.outcomes import AccountClosed, SessionEnded
from session_worker.telegram.peers import PeerBook


class Holder(Protocol):
    """Who holds the connection: says when a line may be opened, and is told when one stands."""

    async def turn(self) -> None:
        """Wait until a line may be opened."""

    def risen(self) -> None:
        """The client is connected."""


class Holding:
    """One stretch of holding one connection: `hold` it, then `close`. `live` is what the rest of the worker uses."""

    def __init__(
        self,
        connection: Connection,
        session: KeptSession,
        peers: PeerBook,
        standing: AccountStanding,
        *,
        tenant: Tenant,
        shop: Workshop,
        announcer: Announcer,
        holder: Holder,
    ) -> None:
        self._shop = shop
        self._announcer = announcer
        self._holder = holder
        self._client = shop.telegram.client(session, shop.permit)
        self.live = LiveConnection(
            connection, self._client, peers, tenant=tenant, hub=shop.hub, permit=shop.permit, standing=standing
        )
        self._custodian = Custodian(
            connection,
            self._client,
            peers,
            tenant=tenant,
            cipher=shop.cipher,
            door=shop.door,
            save_after_s=shop.intervals.save_after_s,
            on_taken=lambda: self._end_line(ConnectionTaken()),
        )
        self._inbound = Inbound(
            self.live, shop.door, fold_after_s=shop.intervals.fold_after_s, on_handled=self._custodian.touch
        )
        self._dialogs = DialogReading(self.live, session, shop.door, shop.intervals)
        self._missed = Missed(self.live, self._inbound, shop.door, self._dialogs.begin_anew)
        self._verdict: Fact | None = None
        self._hanging_up: asyncio.Future[None] | None = None
        self._is_unneeded = False
        self.live.on_verdict = self._end_line
        self.live.on_included = self._missed.include
        self._custodian.before_keeping = self._inbound.flush
        self._client.on_update = self._inbound.handle
        self._client.on_too_long(self._missed.take)
        standing.join(self.live.publish)

    async def hold(self) -> Connection | None:
        """Hold it; gives the connection as it then stands when nobody needs it any more, else None.

        Raises:
            ConnectionTaken: another task looks after it.
            Unavailable: the table did not answer when the end was to be written.
        """
        backoff = self._shop.new_backoff()
        was_key_unknown = False
        while self._shop.permit():
            end = await self._one_line(backoff)
            await self._hang_up()
            await self._inbound.flush()
            await self._custodian.save()
            if self._is_unneeded and not self.live.is_heard:
                return self.live.connection
            self._is_unneeded = False
            is_key_unknown = isinstance(end, SessionEnded) and end.reason == outcomes.KEY_UNKNOWN
            if isinstance(end, SessionEnded | AccountClosed) and (was_key_unknown or not is_key_unknown):
                await self._announcer.give_up(self.live, end)
                return None
            was_key_unknown = is_key_unknown
            await self._announcer.announce(self.live, ConnectionState.RECONNECTING, end.code)
            least_s = self._shop.intervals.key_retry_s if is_key_unknown else outcomes.asked_to_wait_s(end)
            await asyncio.sleep(backoff.next(least_s))
        return None

    async def close(self) -> None:
        """End the line; what was heard is written and the state kept."""
        self.live.standing.leave(self.live.publish)
        await self._hang_up()
        await self._missed.close()
        await self._inbound.close()
        await self._custodian.close()

    async def ping(self) -> None:
        """Ping; a line whose last ping was not answered ends."""
        await self._client.ping()

    def rest_if_unneeded(self) -> None:
        """End the line of a connection that nobody needs: `hold` returns."""
        if self._can_rest():
            self._is_unneeded = True
            self._hanging_up = self._client.disconnect()

    def _can_rest(self) -> bool:
        """Whether nobody looks, nothing is under way, and nothing happened for a while."""
        live, client = self.live, self._client
        is_idle = time.monotonic() - max(live.used_at, client.heard_at) >= self._shop.intervals.park_after_s
        is_done = not self._dialogs.is_under_way and client.session.sweep.is_done and client.is_settled
        return is_idle and is_done and live.is_connected and not live.is_busy and not live.is_heard

    async def _one_line(self, backoff: Backoff) -> Fact:
        """Open a line and stay on it; gives why it ended."""
        self._verdict = None
        await self._holder.turn()
        try:
            async with asyncio.timeout(self._shop.intervals.connect_timeout_s):
                await self._client.connect()
            await self.live.call(functions.updates.GetStateRequest())
            await self._announcer.announce(self.live, ConnectionState.CONNECTED, None)
            self._custodian.touch()  # so that there is a position to catch up from, also where nothing ever came
            backoff.reset()
            self._holder.risen()
            self._dialogs.begin()
            await self._client.disconnected
        except ConnectionTaken:
            raise
        except asyncio.CancelledError:
            if not outcomes.is_end_of_line():
                raise
        except Exception as error:  # noqa: BLE001 - Telethon raises whatever ended the line; fact_of tells them apart
            return self._why(error)
        return self._why(ConnectionError())

    def _why(self, error: Exception) -> Fact:
        """What ended the line: our own finding, else what Telethon's update loop kept to itself, else the error."""
        return self._verdict or outcomes.fact_of(self._client._updates_error or error)

    def _end_line(self, verdict: Fact) -> None:
        self._verdict = verdict
        if self._client.is_connected():
            self._hanging_up = self._client.disconnect()

    async def _hang_up(self) -> None:
        await self._dialogs.stop()
        await hang_up(self._client)
