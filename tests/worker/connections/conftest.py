"""A rig a test, on shards nobody else left anything in."""

from collections.abc import AsyncIterator, Iterator

import pytest

from chalicelib import settings
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.tenant import Installation
from dev.telegram import Emulator
from tests.conftest import a_workspace
from tests.local_aws import LocalAws
from tests.worker.connections.rig import SHARDS, Rig


@pytest.fixture
def empty_shards(local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tests share a table, and shards and tasks lie outside every workspace."""
    monkeypatch.setenv("WIREROOM_SHARDS", str(SHARDS))
    settings.current.cache_clear()
    kept = [(keys.TASKS, keys.TASK_ROWS), (keys.SHARD_LEASES, keys.SHARD_ROWS)]
    kept += [(keys.shard_members(shard), keys.CONNECTIONS) for shard in range(SHARDS)]
    for key, prefix in kept:
        rows = Installation().rows(key)
        for item in rows.page(prefix, limit=1000, cursor=None).items:
            rows.delete(rows.new(Row, item["sk"]))
    yield
    settings.current.cache_clear()


@pytest.fixture
async def rig(empty_shards: None, telegram: Emulator) -> AsyncIterator[Rig]:
    """A rig in a workspace of its own."""
    made = Rig(telegram, a_workspace(Installation()))
    yield made
    await made.close()
