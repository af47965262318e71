"""Ending a login at Telegram: from memory, since custody may hold another one of the same connection by then."""

import asyncio
from typing import Final

from telethon import TelegramClient
from telethon.tl import functions

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Connection, ConnectionState, ShardMember, Wish
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Fact, Unavailable
from chalicelib.logs import bound, log
from chalicelib.table.tenant import Tenant
from session_worker.connections.connection import key_of, state_event
from session_worker.connections.custody import KeptSession
from session_worker.connections.workshop import Workshop
from session_worker.hub import ConnectionKey
from session_worker.telegram import outcomes
from session_worker.telegram.outcomes import AccountClosed, SessionEnded, TelegramAway

HANG_UP_S: Final = 10


_TOLD: Final = {
    Wish.DISCONNECT: (ConnectionState.DISCONNECTED, accounts.LOGGING_OUT),
    Wish.SUSPEND: (ConnectionState.SUSPENDED, accounts.UNPAID),
}


def tell_wish(member: ShardMember, workshop: Workshop) -> None:
    """Tell the member's browsers at once that the connection ends, which may take long, or is held down."""
    state, reason = _TOLD.get(member.wish, (None, None))
    if state is None:
        return
    key = ConnectionKey(
        workspace_id=member.workspace_id,
        account_id=member.account_id,
        user_id=member.user_id,
        connection_id=member.connection_id,
    )
    workshop.hub.publish(key, state_event(member.account_id, state, reason, clock.utc_now()))


async def see_off(session: KeptSession, member: ShardMember, workshop: Workshop) -> None:
    """Log out a login that no row has any more."""
    with bound(connection=member.connection_id):
        is_over = False
        try:
            is_over = not session.auth_key or await log_out(session, workshop)
        finally:
            if not is_over:
                log.warning("login.left_behind")


async def log_out(session: KeptSession, workshop: Workshop) -> bool:
    """Have Telegram forget a login, again and again while it or the login's proxy is away, or asks us to wait.

    False where our lease ran out before.
    """
    backoff = workshop.new_backoff()
    while (obstacle := await _log_out_once(session, workshop)) is not None:
        await asyncio.sleep(backoff.next(outcomes.asked_to_wait_s(obstacle)))
        if not workshop.permit():
            return False
    return True


async def _log_out_once(session: KeptSession, workshop: Workshop) -> Fact | None:
    """None when Telegram no longer knows the login, else what kept it from being forgotten.

    Telethon takes the receipt of a log-out for its answer, so the proof is that the next request is refused.
    """
    client = workshop.telegram.client(KeptSession(session.to_string(), proxy=session.proxy), workshop.permit)
    try:
        await workshop.pace.turn()
        async with asyncio.timeout(workshop.intervals.connect_timeout_s):
            await client.connect()
            await client(functions.auth.LogOutRequest())
            await client(functions.updates.GetStateRequest())
        return TelegramAway()
    except Exception as error:  # noqa: BLE001 - Telethon raises whatever ended the line; fact_of tells them apart
        end = outcomes.fact_of(error)
        log.info("connection.log_out", code=end.code)
        is_gone = isinstance(end, SessionEnded) or (isinstance(end, AccountClosed) and end.is_session_dead)
        return None if is_gone else end
    finally:
        await hang_up(client)


async def hang_up(client: TelegramClient) -> None:
    """End a client's line. Within HANG_UP_S."""
    try:
        async with asyncio.timeout(HANG_UP_S):
            await client.disconnect()
    except (TimeoutError, OSError):
        log.warning("connection.hung_up_late")
    ended = client._sender._disconnected
    if ended.done() and not ended.cancelled():
        ended.exception()  # told to whoever waited for it; asyncio complains where nobody did


async def say_goodbye(connection: Connection, session: KeptSession | None, workshop: Workshop, tenant: Tenant) -> None:
    """Log out at Telegram, then destroy the seal; again and again while either is away, and as long as we may."""
    if session is not None and not await log_out(session, workshop):
        return
    backoff = workshop.new_backoff()
    while True:
        try:
            ended = await workshop.door.call(accounts.finish_disconnect, connection, tenant=tenant)
            workshop.hub.publish(key_of(ended), state_event(ended.account_id, ended.state, ended.reason, ended.since))
            log.info("connection.closed")
            return
        except Unavailable:
            await asyncio.sleep(backoff.next())
