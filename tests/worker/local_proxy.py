"""A proxy on this machine: its port, the lines through it, and how it goes away and comes back."""

import asyncio
from abc import ABC, abstractmethod
from contextlib import suppress
from types import TracebackType
from typing import Self


class LocalProxy(ABC):
    """`served` counts lines it led through; `open_ones` are those that stand. What it speaks is `serve`'s."""

    def __init__(self) -> None:
        self.served = 0
        self.open_ones: set[asyncio.StreamWriter] = set()
        self.port = 0
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    @abstractmethod
    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Lead one line to where it asks to be led, until it ends."""

    async def __aenter__(self) -> Self:
        await self.listen()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.go_away()
        await asyncio.gather(*self._serving)

    async def listen(self) -> None:
        """Come (back) to its port."""
        self._server = await asyncio.start_server(self._came, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def go_away(self) -> None:
        """Close its port and every line through it."""
        if self._server is not None:
            self._server.close()
        for writer in tuple(self.open_ones):
            writer.transport.abort()

    def is_from_here(self, port: int) -> bool:
        """Whether a line that came from this port of the machine was opened by the proxy."""
        return any(writer.get_extra_info("sockname")[1] == port for writer in self.open_ones)

    async def _came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        self.open_ones.add(writer)
        with suppress(OSError, asyncio.IncompleteReadError):
            await self.serve(reader, writer)
        self.open_ones.discard(writer)
        writer.close()
