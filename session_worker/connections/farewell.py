"""Ending a login at Telegram: from memory, since custody may hold another one of the same connection by then."""

import asyncio
from typing import Final

from telethon import TelegramClient
from telethon.tl import functions

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Connection
from chalicelib.kernel.errors import Unavailable
from chalicelib.logs import log
from chalicelib.table.tenant import Tenant
from session_worker.connections.connection import key_of, state_event
from session_worker.connections.custody import KeptSession
from session_worker.connections.workshop import Workshop
from session_worker.messaging.pacing import Backoff
from session_worker.telegram import outcomes
from session_worker.telegram.outcomes import AccountClosed, SessionEnded

HANG_UP_S: Final = 10


async def log_out(session: KeptSession, workshop: Workshop) -> bool:
    """Have Telegram forget a login, again and again while it or the login's proxy is away.

    False where our lease ran out before.
    """
    backoff = Backoff(workshop.intervals.first_backoff_s, workshop.intervals.longest_backoff_s)
    while not await _log_out_once(session, workshop):
        await asyncio.sleep(backoff.next())
        if not workshop.permit():
            return False
    return True


async def _log_out_once(session: KeptSession, workshop: Workshop) -> bool:
    """Whether Telegram no longer knows the login.

    Telethon takes the receipt of a log-out for its answer, so the proof is that the next request is refused.
    """
    client = workshop.telegram.client(KeptSession(session.to_string(), proxy=session.proxy), workshop.permit)
    try:
        await workshop.pace.turn()
        async with asyncio.timeout(workshop.intervals.connect_timeout_s):
            await client.connect()
            await client(functions.auth.LogOutRequest())
            await client(functions.updates.GetStateRequest())
        return False
    except Exception as error:  # noqa: BLE001 - Telethon raises whatever ended the line; fact_of tells them apart
        end = outcomes.fact_of(error)
        log.info("connection.log_out", code=end.code)
        return isinstance(end, SessionEnded) or (isinstance(end, AccountClosed) and end.is_session_dead)
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
    backoff = Backoff(workshop.intervals.first_backoff_s, workshop.intervals.longest_backoff_s)
    while True:
        try:
            ended = await workshop.door.call(accounts.finish_disconnect, connection, tenant=tenant)
            workshop.hub.publish(key_of(ended), state_event(ended.account_id, ended.state, ended.reason, ended.since))
            log.info("connection.closed")
            return
        except Unavailable:
            await asyncio.sleep(backoff.next())
