"""Logging in with a phone number, a code and a cloud password."""

from datetime import UTC, datetime, timedelta

import pytest
from telethon import errors
from telethon.tl.types.auth import SentCodeTypeApp

from dev.telegram import Emulator, Rules
from tests.worker.telegram.clients import Open, hearing, logged_in

ALICE = "15550001"


async def test_the_right_code_logs_in(telegram: Emulator, connected: Open) -> None:
    telegram.world.add_user("Alice", phone=ALICE)
    client = await connected(telegram.session())
    assert (await logged_in(telegram, client, "+1 555-0001")).first_name == "Alice"
    assert (await client.get_me()).phone == ALICE


async def test_the_code_arrives_in_the_other_sessions(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice", phone=ALICE)
    phone = hearing(await connected(telegram.session(alice)))
    sent = await (await connected(telegram.session())).send_code_request(ALICE)
    assert isinstance(sent.type, SentCodeTypeApp)
    message = await phone.next()
    assert message.chat_id == 777000
    assert telegram.code_of(ALICE) in message.raw_text


async def test_a_wrong_code_may_be_tried_again(telegram: Emulator, connected: Open) -> None:
    telegram.world.add_user("Alice", phone=ALICE)
    client = await connected(telegram.session())
    await client.send_code_request(ALICE)
    right = telegram.code_of(ALICE)
    with pytest.raises(errors.PhoneCodeInvalidError):
        await client.sign_in(ALICE, "00000" if right != "00000" else "11111")
    assert await client.sign_in(ALICE, right)


async def test_an_expired_code_is_refused(connected: Open) -> None:
    now = [datetime.now(UTC)]
    async with Emulator(clock=lambda: now[0]) as telegram:
        telegram.trust()
        telegram.world.add_user("Alice", phone=ALICE)
        client = await connected(telegram.session())
        await client.send_code_request(ALICE)
        now[0] += timedelta(seconds=telegram.rules.code_lives_s + 1)
        with pytest.raises(errors.PhoneCodeExpiredError):
            await client.sign_in(ALICE, telegram.code_of(ALICE))
        await client.disconnect()


async def test_only_the_latest_code_is_good(telegram: Emulator, connected: Open) -> None:
    telegram.world.add_user("Alice", phone=ALICE)
    first, second = await connected(telegram.session()), await connected(telegram.session())
    await first.send_code_request(ALICE)
    await second.send_code_request(ALICE)
    with pytest.raises(errors.PhoneCodeExpiredError):
        await first.sign_in(ALICE, telegram.code_of(ALICE))


async def test_the_code_can_be_fixed(connected: Open) -> None:
    async with Emulator(rules=Rules(fixed_code="22222")) as telegram:
        telegram.trust()
        telegram.world.add_user("Alice", phone=ALICE)
        client = await connected(telegram.session())
        await client.send_code_request(ALICE)
        assert await client.sign_in(ALICE, "22222")
        await client.disconnect()


async def test_a_cloud_password_is_asked_for_and_checked(telegram: Emulator, connected: Open) -> None:
    telegram.world.add_user("Bob", phone="15550002", password="pw123", hint="p…")
    client = await connected(telegram.session())
    with pytest.raises(errors.SessionPasswordNeededError):
        await logged_in(telegram, client, "15550002")
    assert not await client.is_user_authorized()
    with pytest.raises(errors.PasswordHashInvalidError):
        await client.sign_in(password="wrong")
    assert (await client.sign_in(password="pw123")).first_name == "Bob"


async def test_a_cloud_password_set_by_a_client_is_asked_for_next_time(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice", phone=ALICE)
    owner = await connected(telegram.session(alice))
    assert await owner.edit_2fa(new_password="new secret", hint="n")
    client = await connected(telegram.session())
    with pytest.raises(errors.SessionPasswordNeededError):
        await logged_in(telegram, client, ALICE)
    assert await client.sign_in(password="new secret")


async def test_a_login_moves_to_the_data_centre_of_the_account(telegram: Emulator, connected: Open) -> None:
    telegram.world.add_user("Dora", phone="15550004", dc=4)
    client = await connected(telegram.session(dc=2))
    assert (await logged_in(telegram, client, "15550004")).first_name == "Dora"
    assert client.session.dc_id == 4


async def test_a_number_without_an_account_cannot_sign_up(telegram: Emulator, connected: Open) -> None:
    client = await connected(telegram.session())
    with pytest.raises(errors.PhoneNumberUnoccupiedError):
        await logged_in(telegram, client, "19990001")


@pytest.mark.parametrize("number", ["123", "1234567890123456"])
async def test_a_number_that_is_none_is_refused(telegram: Emulator, connected: Open, number: str) -> None:
    client = await connected(telegram.session())
    with pytest.raises(errors.PhoneNumberInvalidError):
        await client.send_code_request(number)
