"""A connection that nobody looks at: its line is held and listened to, and nothing else of it is kept in memory.

It wakes when its member's browser comes, when anything happens in the account, and when a request needs it. What
happened in between is fetched by the client that is made then, so rows and counters are right a moment later.
"""

from chalicelib.features.accounts.model import Connection
from chalicelib.kernel.errors import Fact
from session_worker.connections.custody import KeptSession
from session_worker.connections.workshop import Workshop
from session_worker.telegram.outcomes import TelegramAway
from session_worker.telegram.parked import OnEnd


class Parking:
    """One rest of one connection, from `begin` until `on_end` is called, once, or it is closed.

    No task waits for its end: a task with the frames it waits in would double what a parked account takes.
    """

    __slots__ = ("_is_over", "_line", "_on_end", "connection")

    def __init__(self, connection: Connection, session: KeptSession, shop: Workshop) -> None:
        self.connection = connection
        self._line = shop.telegram.parked(session, self._end, shop.permit)
        self._on_end: OnEnd | None = None
        self._is_over = False

    @property
    def was_quiet(self) -> bool:
        """Whether Telegram said that nothing was missed."""
        return self._line.is_quiet

    async def begin(self, timeout_s: float, on_end: OnEnd) -> bool:
        """Open the line. False when that failed or somebody needs the connection by now; nobody is called then."""
        try:
            if not self._is_over:
                await self._line.open(timeout_s)
        except (OSError, TimeoutError, TelegramAway):  # Telegram or the login's proxy
            return False
        self._on_end = on_end
        return not self._is_over

    def wake(self) -> None:
        """End the rest: the connection is needed."""
        self._end(None)

    async def close(self) -> None:
        """End the line; nobody is called."""
        self._is_over = True
        await self._line.close()

    async def look_after(self, *, is_check: bool) -> None:
        """Ping, and at a check-up ask again what was missed."""
        if self._on_end is not None:
            await self._line.look_after(is_check=is_check)

    def _end(self, why: Fact | None) -> None:
        is_first, self._is_over = not self._is_over, True
        if is_first and self._on_end is not None:
            self._on_end(why)
