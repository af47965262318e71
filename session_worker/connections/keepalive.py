"""Pings and check-ups of every connection by one task, spread over the period so that they don't all speak at once.

A line that died without a word is found by the ping that gets no answer; a session that was revoked while idle, by the
check-up, where Telethon alone would take a quarter of an hour.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Final

from chalicelib.kernel.ids import ConnectionId
from session_worker.connections.connection import LiveConnection, spread
from session_worker.settings import Intervals

_PLACES: Final = 60

CheckUp = Callable[[], Awaitable[None]]


class Keepalive:
    """Who is looked after. Connections are dealt to places by their id; one place a tick."""

    def __init__(self, intervals: Intervals) -> None:
        self._tick_s = intervals.ping_s / _PLACES
        self._rounds_a_check = max(1, round(intervals.check_s / intervals.ping_s))
        self._places: list[dict[ConnectionId, tuple[LiveConnection, CheckUp]]] = [{} for _ in range(_PLACES)]
        self._checks: set[asyncio.Task[None]] = set()

    def add(self, live: LiveConnection, check_up: CheckUp) -> None:
        """Look after a connection from now on."""
        self._places[spread(live.connection, _PLACES)][live.key.connection_id] = (live, check_up)

    def remove(self, live: LiveConnection) -> None:
        """Leave a connection alone."""
        self._places[spread(live.connection, _PLACES)].pop(live.key.connection_id, None)

    async def run(self) -> None:
        """Go round until cancelled; check-ups under way end with it."""
        try:
            turn = 0
            while True:
                await asyncio.sleep(self._tick_s)
                is_check = turn // _PLACES % self._rounds_a_check == 0
                for live, check_up in tuple(self._places[turn % _PLACES].values()):
                    await self._look_after(live, check_up if is_check else None)
                turn += 1
        finally:
            for check in self._checks:
                check.cancel()
            await asyncio.gather(*self._checks, return_exceptions=True)

    async def _look_after(self, live: LiveConnection, check_up: CheckUp | None) -> None:
        client = live.client
        if not client.is_connected() or not client._sender._transport_connected():
            return
        try:
            client._sender._keepalive_ping(random.getrandbits(63))
        except ConnectionError:
            return
        if client._borrowed_senders:
            await client._clean_exported_senders()
        if check_up is not None:
            check = asyncio.ensure_future(check_up())
            self._checks.add(check)
            check.add_done_callback(self._checks.discard)
