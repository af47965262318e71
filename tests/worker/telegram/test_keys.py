"""Authorisation keys: made over every transport, by every client, and not known when they are not."""

import asyncio
import os
from typing import Any

import pytest
from telethon import TelegramClient
from telethon.crypto import AuthKey
from telethon.errors import AuthKeyNotFound
from telethon.network import (
    ConnectionTcpAbridged,
    ConnectionTcpFull,
    ConnectionTcpIntermediate,
    ConnectionTcpObfuscated,
)

from dev.telegram import Emulator
from tests.worker.telegram.clients import PATIENCE_S, Open

TRANSPORTS = [ConnectionTcpFull, ConnectionTcpAbridged, ConnectionTcpIntermediate, ConnectionTcpObfuscated]


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_client_makes_a_key_over_each_transport(telegram: Emulator, connected: Open, transport: Any) -> None:
    client = await connected(telegram.session(), connection=transport)
    assert client.is_connected()
    key_id = client.session.auth_key.key_id.to_bytes(8, "little")
    assert telegram.keyring.keys[key_id].secret == client.session.auth_key.key


async def test_a_key_is_used_again_without_a_new_handshake(telegram: Emulator, connected: Open) -> None:
    session = telegram.session()
    await (await connected(session)).disconnect()
    await connected(session)
    assert len(telegram.keyring.keys) == 1


async def test_an_unknown_key_is_refused_by_the_transport(telegram: Emulator) -> None:
    session = telegram.session()
    session.auth_key = AuthKey(os.urandom(256))
    stranger = TelegramClient(session, 1, "x", connection_retries=1, retry_delay=0.1)
    with pytest.raises(AuthKeyNotFound):
        await asyncio.wait_for(stranger.connect(), PATIENCE_S)
    await stranger.disconnect()


async def test_a_client_takes_a_changed_salt(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    telegram.salt += 1
    assert (await client.get_me()).first_name == "Alice"


async def test_a_minted_session_is_logged_in_without_a_handshake(telegram: Emulator, connected: Open) -> None:
    dora = telegram.world.add_user("Dora", dc=4)
    client = await connected(telegram.session(dora))
    assert (await client.get_me()).first_name == "Dora"
    assert client.session.port == telegram.ports[4]
