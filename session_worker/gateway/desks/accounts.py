"""Requests about an account itself: how it stands with Telegram, and who is signed in to it there."""

from typing import Annotated

from msgspec import Meta

from chalicelib.kernel.ids import AccountId
from session_worker.gateway.desks.reach import Answers, Reach
from session_worker.gateway.frames import Id, Request
from session_worker.messaging.sessions import SessionWatch
from session_worker.wire import Wire

SessionId = Annotated[str, Meta(pattern=r"^-?[0-9]{1,19}$")]
"""Telegram's own number of a session, as text: it has 64 bits."""


class StandingAsk(Request, frozen=True, tag="account.standing"):
    """What is paused until when: as the event `standing.changed`, and at least as new as the account's row."""

    account_id: Id


class SessionsList(Request, frozen=True, tag="sessions.list"):
    """Who is signed in to the account at Telegram: device, place and time, read now and kept nowhere."""

    account_id: Id


class SessionKeep(Request, frozen=True, tag="sessions.keep"):
    """Say that a new session is one's own."""

    account_id: Id
    session: SessionId


class SessionEnd(Request, frozen=True, tag="sessions.end"):
    """Have Telegram end a session."""

    account_id: Id
    session: SessionId


def answers(reach: Reach) -> Answers:
    """What answers them."""
    watch = SessionWatch(reach.rooms.door)
    return {
        StandingAsk: lambda request: _standing(reach, request),
        SessionsList: lambda request: _list(reach, watch, request),
        SessionKeep: lambda request: _keep(reach, watch, request),
        SessionEnd: lambda request: _end(reach, watch, request),
    }


async def _standing(reach: Reach, request: StandingAsk) -> Wire:
    connection = await reach.connection(AccountId(request.account_id))
    await connection.standing.freshen()
    return connection.standing.to_wire()


async def _list(reach: Reach, watch: SessionWatch, request: SessionsList) -> Wire:
    return await watch.list(await reach.connection(AccountId(request.account_id)))


async def _keep(reach: Reach, watch: SessionWatch, request: SessionKeep) -> Wire:
    connection = await reach.connection(AccountId(request.account_id))
    return await watch.keep(connection, request.session, tenant=reach.visitor.tenant)


async def _end(reach: Reach, watch: SessionWatch, request: SessionEnd) -> Wire:
    connection = await reach.connection(AccountId(request.account_id))
    return await watch.end(connection, request.session, tenant=reach.visitor.tenant)
