"""The Bot API's stand-in, running beside the tests; the settings name it while it does."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from aiohttp import web

from chalicelib import settings
from dev.telegram_bot import LOOPBACK, BotApi

TOKEN = "7:planted-bot-token"
NAME = "wireroom_test_bot"
PATIENCE_S = 10


@contextmanager
def running() -> Iterator[BotApi]:
    """The Bot API on a free port, in a thread of its own."""
    bot = BotApi(TOKEN)
    with served(bot.application()) as port, configured(f"http://{LOOPBACK}:{port}"):
        yield bot


@contextmanager
def configured(api: str) -> Iterator[None]:
    """Have the settings name a bot, and where its API is."""
    named = {"WIREROOM_BOT_TOKEN": TOKEN, "WIREROOM_BOT_NAME": f"@{NAME}", "WIREROOM_BOT_API": api}
    with pytest.MonkeyPatch.context() as patch:
        for variable, value in named.items():
            patch.setenv(variable, value)
        settings.current.cache_clear()
        yield
    settings.current.cache_clear()


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
    thread = threading.Thread(target=loop.run_forever, name="bot api")
    thread.start()
    try:
        yield ports[0]
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(PATIENCE_S)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE_S)
        loop.close()
