"""The Bot API's stand-in, running beside the tests; the settings name it while it does."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chalicelib import settings
from dev.settings import LOOPBACK
from dev.telegram_bot import BotApi
from tests.served import served

TOKEN = "7:planted-bot-token"
NAME = "wireroom_test_bot"


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
