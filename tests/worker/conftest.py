"""A Telegram of their own for tests of the worker."""

from collections.abc import AsyncIterator

import pytest

from dev.telegram import Emulator


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    """An empty Telegram with data centres 2 and 4 that Telethon trusts. Fails a test that needed a missing method."""
    async with Emulator(dcs=(2, 4)) as emulator:
        emulator.trust()
        yield emulator
        assert not emulator.missing, f"methods the emulator does not have: {dict(emulator.missing)}"
