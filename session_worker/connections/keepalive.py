"""Pings and check-ups of every connection by one task, spread over the period so that they don't all speak at once.

A line that died without a word is found by the ping that gets no answer; a session that was revoked while idle, by the
check-up, where Telethon alone would take a quarter of an hour.
"""

import asyncio
from typing import Final, Protocol

from chalicelib.features.accounts.model import Connection
from chalicelib.kernel.ids import ConnectionId
from session_worker.connections.connection import spread
from session_worker.settings import Intervals

_PLACES: Final = 60


class Ward(Protocol):
    """What is looked after: a client's connection or one that is parked."""

    async def look_after(self, *, is_check: bool) -> None:
        """Ping; with `is_check` have Telegram answer for the session as well. Waits for neither."""


class Keepalive:
    """Who is looked after. Connections are dealt to places by their id; one place a tick."""

    def __init__(self, intervals: Intervals) -> None:
        self._tick_s = intervals.ping_s / _PLACES
        self._rounds_a_check = max(1, round(intervals.check_s / intervals.ping_s))
        self._places: list[dict[ConnectionId, Ward]] = [{} for _ in range(_PLACES)]
        self._looks: set[asyncio.Task[None]] = set()

    def add(self, connection: Connection, ward: Ward) -> None:
        """Look after a connection from now on."""
        self._places[spread(connection, _PLACES)][connection.id] = ward

    def remove(self, connection: Connection, ward: Ward) -> None:
        """Leave a connection alone, unless somebody else has it by now: who ends late takes nothing from the next."""
        place = self._places[spread(connection, _PLACES)]
        if place.get(connection.id) is ward:
            del place[connection.id]

    async def run(self) -> None:
        """Go round until cancelled; looks under way end with it."""
        try:
            turn = 0
            while True:
                await asyncio.sleep(self._tick_s)
                is_check = turn // _PLACES % self._rounds_a_check == 0
                for ward in tuple(self._places[turn % _PLACES].values()):
                    self._look(ward, is_check)
                turn += 1
        finally:
            for look in self._looks:
                look.cancel()
            await asyncio.gather(*self._looks, return_exceptions=True)

    def _look(self, ward: Ward, is_check: bool) -> None:
        look = asyncio.ensure_future(ward.look_after(is_check=is_check))
        self._looks.add(look)
        look.add_done_callback(self._looks.discard)
