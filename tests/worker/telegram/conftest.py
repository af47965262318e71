"""Clients that connect, and are disconnected whatever happens."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telethon import TelegramClient

from tests.worker.telegram.clients import PATIENCE_S, Heard, Open, hearing


@pytest.fixture
async def connected() -> AsyncIterator[Open]:
    """Opens clients with real Telethon, unmodified but for its patience."""
    clients: list[TelegramClient] = []

    async def connect(session: Any, *, heard: Heard | None = None, **options: Any) -> TelegramClient:
        patience = {"connection_retries": 2, "request_retries": 2, "retry_delay": 0.1, "receive_updates": True}
        client = TelegramClient(session, 1, "x", **(patience | options))
        clients.append(client)
        if heard is not None:
            hearing(client, heard)
        await asyncio.wait_for(client.connect(), PATIENCE_S)
        return client

    yield connect
    for client in clients:
        await asyncio.wait_for(client.disconnect(), PATIENCE_S)
