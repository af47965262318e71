"""A stand-in of somebody else's service, listening beside the tests."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from dev.settings import LOOPBACK

PATIENCE_S = 10


@contextmanager
def served(application: web.Application) -> Iterator[int]:
    """An application on a free port, in a thread of its own."""
    loop, ports = asyncio.new_event_loop(), [0]
    runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)

    async def start() -> None:
        await runner.setup()
        await web.TCPSite(runner, LOOPBACK, 0).start()
        ports[0] = runner.addresses[0][1]

    loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, name="stand-in")
    thread.start()
    try:
        yield ports[0]
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(PATIENCE_S)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE_S)
        loop.close()
