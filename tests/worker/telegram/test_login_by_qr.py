"""Logging in by a code that another session scans."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telethon import TelegramClient, errors
from telethon.tl import functions

from dev.telegram import Emulator
from tests.worker.telegram.clients import PATIENCE_S, Open, eventually


async def scanned(telegram: Emulator, showing: TelegramClient, phone: TelegramClient) -> Any:
    """Show a code on one client, scan it with another, and answer what the first makes of it."""
    code = await showing.qr_login()
    waiting = asyncio.create_task(code.wait(PATIENCE_S))
    await asyncio.sleep(0)  # so that it listens before the code is scanned
    await phone(functions.auth.AcceptLoginTokenRequest(code.token))
    return await waiting


async def test_a_scanned_code_logs_in(telegram: Emulator, connected: Open) -> None:
    phone = await connected(telegram.session(telegram.world.add_user("Alice")))
    user = await scanned(telegram, await connected(telegram.session()), phone)
    assert user.first_name == "Alice"


async def test_the_login_moves_to_the_data_centre_of_who_scans(telegram: Emulator, connected: Open) -> None:
    phone = await connected(telegram.session(telegram.world.add_user("Dora", dc=4)))
    showing = await connected(telegram.session(dc=2))
    assert (await scanned(telegram, showing, phone)).first_name == "Dora"
    assert showing.session.dc_id == 4


@pytest.mark.parametrize("dc", [2, 4])
async def test_a_cloud_password_is_still_asked_for(telegram: Emulator, connected: Open, dc: int) -> None:
    phone = await connected(telegram.session(telegram.world.add_user("Bob", password="pw123", dc=dc)))
    showing = await connected(telegram.session(dc=2))
    with pytest.raises(errors.SessionPasswordNeededError):
        await scanned(telegram, showing, phone)
    assert (await showing.sign_in(password="pw123")).first_name == "Bob"


async def test_a_code_is_accepted_only_once(telegram: Emulator, connected: Open) -> None:
    phone = await connected(telegram.session(telegram.world.add_user("Alice")))
    code = await (await connected(telegram.session())).qr_login()
    await phone(functions.auth.AcceptLoginTokenRequest(code.token))
    with pytest.raises(errors.AuthTokenAlreadyAcceptedError):
        await phone(functions.auth.AcceptLoginTokenRequest(code.token))


async def test_an_expired_code_is_refused_and_renewed(connected: Open) -> None:
    now = [datetime.now(UTC)]
    async with Emulator(clock=lambda: now[0]) as telegram:
        telegram.trust()
        phone = await connected(telegram.session(telegram.world.add_user("Alice")))
        code = await (await connected(telegram.session())).qr_login()
        old = code.token
        now[0] += timedelta(seconds=telegram.rules.qr_lives_s + 2)
        with pytest.raises(errors.AuthTokenExpiredError):
            await phone(functions.auth.AcceptLoginTokenRequest(old))
        await code.recreate()
        assert code.token != old
        assert await phone(functions.auth.AcceptLoginTokenRequest(code.token))


async def test_a_made_up_code_is_refused(telegram: Emulator, connected: Open) -> None:
    phone = await connected(telegram.session(telegram.world.add_user("Alice")))
    with pytest.raises(errors.AuthTokenInvalidxError):
        await phone(functions.auth.AcceptLoginTokenRequest(os.urandom(32)))


async def test_a_new_login_stands_in_the_list_of_sessions(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    phone = await connected(telegram.session(alice))
    await scanned(telegram, await connected(telegram.session(), device_model="Wireroom"), phone)
    await eventually(lambda: len(telegram.keyring.of(alice.id)) == 2)
    listed = await phone(functions.account.GetAuthorizationsRequest())
    assert {one.device_model for one in listed.authorizations if not one.current} == {"Wireroom"}
