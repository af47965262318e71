"""A client that shares no code with Telethon: what server and Telethon have wrong the same way would show here."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pyrogram import Client
from pyrogram.crypto import rsa
from pyrogram.handlers import MessageHandler
from pyrogram.session import Auth

from dev.telegram import Emulator
from dev.telegram.wire.rsa_key import ServerKey
from dev.telegram.world.people import User
from tests.worker.telegram.clients import PATIENCE_S


@pytest.fixture
async def kurigram(telegram: Emulator, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """A kurigram client that trusts the emulator and will talk to its data centre 2; not connected yet."""
    key = ServerKey()
    monkeypatch.setitem(rsa.server_public_keys, key.fingerprint, rsa.PublicKey(key.modulus, key.exponent))
    client: Any = Client("second", api_id=1, api_hash="x", in_memory=True)
    await client.storage.open()
    await client.storage.api_id(1)
    await client.storage.dc_id(2)
    await client.storage.server_address(telegram.host)
    await client.storage.port(telegram.ports[2])
    await client.storage.test_mode(False)
    await client.storage.is_bot(False)
    # Loading would open the storage anew, and an empty one sends a client to the real data centres.
    monkeypatch.setattr(client, "load_session", _already_loaded)
    yield client
    if client.is_initialized:
        await asyncio.wait_for(client.stop(), PATIENCE_S)
    else:
        await client.storage.close()


async def _already_loaded() -> None:
    pass


async def handshake(telegram: Emulator, client: Any, user: User) -> None:
    """Make a key with kurigram's own handshake, and log the user in with it."""
    exchange: Any = Auth(client, 2, telegram.host, telegram.ports[2], False)
    secret = await asyncio.wait_for(exchange.create(), PATIENCE_S)
    key = next(key for key in telegram.keyring.keys.values() if key.secret == secret)
    telegram.keyring.log_in(key, user)
    await client.storage.auth_key(secret)
    await client.storage.user_id(user.id)


async def test_it_makes_a_key_logs_in_sends_and_hears(telegram: Emulator, kurigram: Any) -> None:
    alice, bob = telegram.world.add_user("Alice", username="alice"), telegram.world.add_user("Bob")
    heard: asyncio.Queue[str] = asyncio.Queue()

    async def hear(_: Any, message: Any) -> None:
        await heard.put(message.text)

    kurigram.add_handler(MessageHandler(hear))
    await handshake(telegram, kurigram, bob)
    await asyncio.wait_for(kurigram.start(), PATIENCE_S)
    assert (await kurigram.get_me()).first_name == "Bob"
    telegram.post(alice, bob, "hello")
    assert await asyncio.wait_for(heard.get(), PATIENCE_S) == "hello"
    await kurigram.send_message("alice", "hello yourself")
    assert [message.text for message in alice.box.messages.values()] == ["hello", "hello yourself"]
    read = [message.text async for message in kurigram.get_chat_history("alice")]
    assert read == ["hello yourself", "hello"]
    chats = [dialog.chat.first_name async for dialog in kurigram.get_dialogs()]
    assert chats == ["Alice"]
