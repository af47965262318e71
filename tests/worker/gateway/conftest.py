"""The stage of the gateway's tests."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from dev.telegram import Emulator
from session_worker.metrics import Reporter
from tests.local_aws import LocalAws
from tests.worker.gateway.stage import Stage


@pytest.fixture
async def stage(local_aws: LocalAws, telegram: Emulator) -> AsyncIterator[Stage]:
    """A running worker."""
    async with ClientSession() as http:
        made = Stage(telegram, http)
        await made.begin()
        yield made
        await made.end()


@pytest.fixture
def nothing_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker writes its counters away each minute; a test that reads one keeps it from that."""
    monkeypatch.setattr(Reporter, "report", lambda _: None)
