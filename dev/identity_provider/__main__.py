"""The identity provider's process: `python -m dev.identity_provider port return-to`, its secret in the environment."""

import asyncio
import os
import signal
import sys

from aiohttp import web

from dev.identity_provider.server import Provider
from dev.settings import LOOPBACK

SECRET = "IDENTITY_PROVIDER_SECRET"


async def main(port: int, return_to: str) -> None:
    """Serve until SIGTERM. `return_to` is the address people are sent back to, up to the provider's name."""
    provider = Provider(client_secret=os.environ[SECRET], return_to=return_to)
    runner = web.AppRunner(provider.application(), access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, port).start()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
