"""Standing still and going on: a freeze that somebody forgot ends by itself."""

import asyncio
from collections.abc import Callable


class Pace:
    """Freezes and thaws by the two functions given; on the event loop only."""

    def __init__(self, stop: Callable[[], None], go_on: Callable[[], None]) -> None:
        self._stop = stop
        self._go_on = go_on
        self._ends: asyncio.TimerHandle | None = None

    def freeze(self, *, at_most_s: float) -> None:
        """Stop now. Freezing again makes the wait longer, not deeper: one thaw ends it."""
        self._forget_end()
        self._stop()
        self._ends = asyncio.get_running_loop().call_later(at_most_s, self.thaw)

    def thaw(self) -> None:
        """Go on; harmless when nothing stands still."""
        self._forget_end()
        self._go_on()

    def _forget_end(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None
