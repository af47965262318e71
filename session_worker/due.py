"""Due work, looked for every few seconds; the Lambda that does the same once a minute is the backstop."""

import asyncio
from collections.abc import Callable
from typing import Final

from chalicelib.kernel.errors import Fact
from chalicelib.logs import log
from chalicelib.table.due import Poller
from session_worker.door import Door

TICK_S: Final = 60
"""A tick that takes longer is no longer waited for; what it claimed it still does."""


class DueTicks:
    """Ticks a lane's poller again and again, one tick at a time. Its owner starts and stops it."""

    def __init__(self, every_s: float, poller: Callable[[], Poller]) -> None:
        self._every_s = every_s
        self._poller = poller
        # A door of its own: much due work must not keep the connections from the table.
        self._threads = Door(1, TICK_S, timed=False)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run(), name="due work")

    async def stop(self) -> None:
        """End; a piece of work under way is finished, or handed out again when its claim has run out."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._threads.close(is_patient=False)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._every_s)
            try:
                await self._threads.call(self._tick)
            except Fact as refusal:
                log.warning("due.table_away", code=refusal.code)
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work: the next tick tries again
                log.error("due.tick_crashed", crash=crash)

    def _tick(self) -> int:
        return self._poller().tick()
