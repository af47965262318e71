"""Who is looked after, and who is not any more."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from chalicelib.features.accounts.model import Connection, ConnectionState
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId, WorkspaceId
from session_worker.connections.connection import spread
from session_worker.connections.keepalive import Keepalive
from session_worker.settings import Intervals

HELD = Connection(
    id=ConnectionId("0" * 26),
    workspace_id=WorkspaceId("1" * 26),
    account_id=AccountId("2" * 26),
    user_id=UserId("3" * 26),
    shard=0,
    state=ConnectionState.CONNECTED,
    reason=None,
    since=datetime(2026, 11, 25, tzinfo=UTC),
    epoch=1,
    revision=1,
)


class Counting:
    """Somebody who is looked after, and tells of the first look."""

    def __init__(self) -> None:
        self.looked = asyncio.Event()

    async def look_after(self, *, is_check: bool) -> None:
        """It was looked at, whatever for."""
        del is_check
        self.looked.set()


async def test_who_ends_late_takes_nothing_from_who_follows() -> None:
    keepalive, before, after = Keepalive(Intervals(ping_s=0.06)), Counting(), Counting()
    keepalive.add(HELD, before)
    keepalive.add(HELD, after)
    keepalive.remove(HELD, before)

    going_round = asyncio.create_task(keepalive.run())
    await asyncio.wait_for(after.looked.wait(), 5)
    going_round.cancel()

    assert not before.looked.is_set()


def test_connections_that_opened_together_are_pinged_over_the_whole_period() -> None:
    ids = (ConnectionId(f"{number:026}") for number in range(600))
    places = Counter(spread(replace(HELD, id=connection_id), 60) for connection_id in ids)
    assert set(places) == set(range(60))
    assert max(places.values()) <= 30, "ten on average"
