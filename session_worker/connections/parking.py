"""A connection that nobody looks at: its line is held and listened to, and nothing else of it is kept in memory.

It wakes when its member's browser comes, when anything happens in the account, and when a request needs it. What
happened in between is fetched by the client that is made then, so rows and counters are right a moment later.
"""

import asyncio

from chalicelib.kernel.errors import Fact
from session_worker.connections.custody import KeptSession
from session_worker.connections.workshop import Workshop
from session_worker.telegram.outcomes import TelegramAway


class Parking:
    """One rest of one connection, from `rest` until it returns."""

    __slots__ = ("_ended", "_is_open", "_line", "_shop", "was_quiet")

    def __init__(self, session: KeptSession, shop: Workshop) -> None:
        self._shop = shop
        self._line = shop.telegram.parked(session, self._end, shop.permit)
        self._ended: asyncio.Future[Fact | None] = asyncio.get_running_loop().create_future()
        self._is_open = False
        self.was_quiet = False

    def wake(self) -> None:
        """End the rest: the connection is needed."""
        self._end(None)

    async def rest(self) -> Fact | None:
        """Listen until there is something to do: None; or until the line ends by itself: why. It is closed then."""
        try:
            await self._shop.pace.turn()
            if not self._ended.done():
                await self._line.open(self._shop.intervals.connect_timeout_s, self._quiet)
                self._is_open = True
            return await self._ended
        except (OSError, TimeoutError):
            return TelegramAway()
        except TelegramAway as away:  # its proxy
            return away
        finally:
            await self._line.close()

    async def look_after(self, *, is_check: bool) -> None:
        """Ping, and at a check-up ask again what was missed."""
        if self._is_open:
            await self._line.look_after(is_check=is_check)

    def _quiet(self) -> None:
        self.was_quiet = True

    def _end(self, why: Fact | None) -> None:
        if not self._ended.done():
            self._ended.set_result(why)
