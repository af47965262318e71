"""A port that takes connections and says nothing."""

import asyncio
from collections.abc import AsyncIterator

import pytest


@pytest.fixture
async def telegram_port() -> AsyncIterator[int]:
    """Where somebody listens."""

    async def listen(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
