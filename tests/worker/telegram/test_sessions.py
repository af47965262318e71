"""Sessions: listed, ended from elsewhere, logged out, and destroyed by being used twice at once."""

import asyncio
from typing import Any

import pytest
from telethon import TelegramClient, errors
from telethon.sessions import StringSession
from telethon.tl import functions

from dev.telegram import DuplicateKeys, Emulator
from tests.worker.telegram.clients import PATIENCE_S, Open, eventually


def same_key(session: Any) -> Any:
    return StringSession(session.save())


async def test_a_session_ended_from_elsewhere_disconnects_its_client(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    owner, lost = await connected(telegram.session(alice)), await connected(telegram.session(alice))
    listed = await owner(functions.account.GetAuthorizationsRequest())
    other = next(one for one in listed.authorizations if not one.current)
    await owner(functions.account.ResetAuthorizationRequest(other.hash))
    await eventually(lambda: not lost.is_connected())
    assert isinstance(lost._updates_error, errors.SessionRevokedError)
    assert owner.is_connected()


async def test_a_revoked_session_stays_out_when_it_connects_again(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    session = telegram.session(alice)
    for key in telegram.keyring.of(alice.id):
        telegram.revoke(key)
    client = await connected(session)
    assert not await client.is_user_authorized()


async def test_a_logged_out_key_may_log_in_again(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    session = telegram.session(alice)
    text = session.save()
    client = await connected(session)
    await client.log_out()
    assert telegram.keyring.of(alice.id) == []
    again = await connected(StringSession(text))
    assert not await again.is_user_authorized()
    assert await again.qr_login()


async def test_a_key_on_a_second_line_is_fine_while_the_first_is_idle(telegram: Emulator, connected: Open) -> None:
    first = await connected(telegram.session(telegram.world.add_user("Alice")))
    second = await connected(same_key(first.session))
    assert (await second.get_me()).first_name == "Alice"


async def test_two_lines_that_both_speak_destroy_the_login(telegram: Emulator, connected: Open) -> None:
    first = await connected(telegram.session(telegram.world.add_user("Alice")))
    second = await connected(same_key(first.session))
    for client in (first, second):
        with pytest.raises(errors.AuthKeyDuplicatedError):
            await client.get_dialogs()


async def test_a_second_address_destroys_the_login_at_once(telegram: Emulator, connected: Open) -> None:
    first = await connected(telegram.session(telegram.world.add_user("Alice")))
    second = TelegramClient(same_key(first.session), 1, "x", local_addr="127.0.0.9", connection_retries=1)
    with pytest.raises(errors.AuthKeyDuplicatedError):
        await asyncio.wait_for(second.connect(), PATIENCE_S)
    with pytest.raises(errors.AuthKeyDuplicatedError):
        await first.get_dialogs()
    await second.disconnect()


@pytest.mark.parametrize(("rule", "survives"), [(DuplicateKeys.ALWAYS, False), (DuplicateKeys.NEVER, True)])
async def test_the_rule_about_two_lines_can_be_changed(
    telegram: Emulator, connected: Open, rule: DuplicateKeys, survives: bool
) -> None:
    telegram.rules.duplicate_keys = rule
    alice = telegram.world.add_user("Alice")
    first = await connected(telegram.session(alice))
    second = TelegramClient(same_key(first.session), 1, "x", connection_retries=1)
    try:
        await asyncio.wait_for(second.connect(), PATIENCE_S)
        await second.get_dialogs()
    except errors.AuthKeyDuplicatedError:
        assert not survives
    await second.disconnect()
    assert bool(telegram.keyring.of(alice.id)) is survives


async def test_a_line_that_ended_is_no_second_line(telegram: Emulator, connected: Open) -> None:
    session = telegram.session(telegram.world.add_user("Alice"))
    for _ in range(3):
        client = await connected(same_key(session))
        await client.get_dialogs()
        await client.disconnect()
