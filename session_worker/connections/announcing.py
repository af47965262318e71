"""A connection's states, written to its row and told to its member's browsers."""

from dataclasses import replace

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Connection, ConnectionState
from chalicelib.kernel.errors import Unavailable
from chalicelib.logs import log
from chalicelib.table.tenant import Tenant
from session_worker import metrics
from session_worker.connections.connection import LiveConnection
from session_worker.connections.workshop import Workshop
from session_worker.telegram import outcomes
from session_worker.telegram.outcomes import AccountClosed, SessionEnded


class Announcer:
    """Writes under one epoch: a row that another task has taken is left alone."""

    __slots__ = ("_epoch", "_is_behind", "_shop", "_tenant")

    def __init__(self, shop: Workshop, tenant: Tenant, epoch: int) -> None:
        self._shop = shop
        self._tenant = tenant
        self._epoch = epoch
        self._is_behind = False

    async def write(
        self, connection: Connection, state: ConnectionState, reason: str | None, *, forget: bool = False
    ) -> Connection:
        """Write a state; `forget` destroys the kept session with it.

        Raises:
            ConnectionTaken: another task looks after it.
            Unavailable: the table did not answer.
        """
        return await self._shop.door.call(
            accounts.set_state,
            connection,
            state,
            reason,
            tenant=self._tenant,
            epoch=self._epoch,
            forget_session=forget,
        )

    async def announce(self, live: LiveConnection, state: ConnectionState, reason: str | None) -> None:
        """Write and tell a state that is new, or has another reason.

        With the table away it is told all the same; `catch_up` writes it.
        """
        if (live.state, live.connection.reason) == (state, reason):
            return
        if live.is_connected:
            metrics.CONNECTIONS_LOST.add()
        try:
            connection = await self.write(live.connection, state, reason)
            self._is_behind = False
        except Unavailable:
            self._is_behind = True
            since = live.connection.since if live.state is state else self._tenant.now()
            connection = replace(live.connection, state=state, reason=reason, since=since)
        live.announce_state(connection)
        log.info("connection.state", state=state, reason=reason)

    async def catch_up(self, live: LiveConnection) -> None:
        """Write the state as it is where the table was away when it was told.

        Raises:
            ConnectionTaken: another task looks after it.
            Unavailable: the table is still away; the next call tries again.
        """
        if self._is_behind:
            live.connection = await self.write(live.connection, live.state, live.connection.reason)
            self._is_behind = False

    async def give_up(self, live: LiveConnection, end: SessionEnded | AccountClosed) -> None:
        """Telegram ended the session: forget it and wait for the member."""
        if end.reason == outcomes.DUPLICATED:
            log.error("connection.duplicated", account_id=live.key.account_id)
        metrics.SESSIONS_ENDED.add()
        state = ConnectionState.CLOSED if isinstance(end, AccountClosed) else ConnectionState.NEEDS_LOGIN
        is_dead = end.is_session_dead if isinstance(end, AccountClosed) else True
        live.announce_state(await self.write(live.connection, state, end.reason, forget=is_dead))
