"""A Telegram of their own for tests of the worker."""

from collections.abc import AsyncIterator

import pytest

from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.tenant import Installation
from dev.telegram import Emulator

SHARDS = 16
"""As many as every worker here has."""


@pytest.fixture
async def telegram(request: pytest.FixtureRequest) -> AsyncIterator[Emulator]:
    """An empty Telegram with data centres 2 and 4 that Telethon trusts. Fails a test that needed a missing method."""
    if "local_aws" in request.fixturenames:
        forget_the_connected()
    async with Emulator(dcs=(2, 4)) as emulator:
        emulator.trust()
        yield emulator
        assert not emulator.missing, f"methods the emulator does not have: {dict(emulator.missing)}"


def forget_the_connected() -> None:
    """Who was connected to the Telegrams of other tests lives in no shard any more.

    Those Telegrams are gone: a worker would begin hundreds of connections that can't be, and this test's after them.
    """
    for shard in range(SHARDS):
        rows = Installation().rows(keys.shard_members(shard))
        for member in rows.query(Row, keys.CONNECTIONS):
            rows.delete(member)
