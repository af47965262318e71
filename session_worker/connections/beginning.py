"""Connections begin one after another: a task that takes over a thousand of them holds no thousand tasks at once."""

import asyncio
from collections.abc import Callable

from session_worker.messaging.pacing import ConnectPace


class Beginnings:
    """Who is to begin, in order, at the pace lines may be opened.

    What all of them together would hold while they wait (a task, what it waits for, an answer of the table) leaves
    holes in the process's memory that are never given back: 3 KB a parked account (bench `parked_memory`).
    """

    def __init__(self, pace: ConnectPace) -> None:
        self._pace = pace
        self._waiting: asyncio.Queue[Callable[[], None]] = asyncio.Queue()

    def add(self, begin: Callable[[], None]) -> None:
        """Have this called in its turn."""
        self._waiting.put_nowait(begin)

    async def run(self) -> None:
        """Let one after another begin, until cancelled."""
        while True:
            begin = await self._waiting.get()
            await self._pace.turn()
            begin()
