"""Requests about an account itself: how it stands with Telegram."""

from chalicelib.kernel.ids import AccountId
from session_worker.gateway.desks.reach import Answers, Reach, Wire
from session_worker.gateway.frames import Id, Request


class StandingAsk(Request, frozen=True, tag="account.standing"):
    """What is paused until when: as the event `standing.changed`, and at least as new as the account's row."""

    account_id: Id


def answers(reach: Reach) -> Answers:
    """What answers them."""
    return {StandingAsk: lambda request: _standing(reach, request)}


async def _standing(reach: Reach, request: StandingAsk) -> Wire:
    connection = await reach.connection(AccountId(request.account_id))
    await connection.standing.freshen()
    return connection.standing.to_wire()
