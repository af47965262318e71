"""Takeouts, through Telethon's own: begun where the owner allows it, asked within, finished, and then over."""

from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from telethon import errors
from telethon.tl import functions

from dev.telegram import Emulator, Figure, Figures
from dev.telegram.control import Control
from dev.telegram.pace import Pace
from dev.telegram.world.people import User
from tests.hand_clock import HandClock
from tests.worker.telegram.clients import Open

DAY_S = 86_400


@pytest.fixture
def alice(telegram: Emulator) -> User:
    """Somebody with three messages of Bob's."""
    person, bob = telegram.world.add_user("Alice", phone="15550001"), telegram.world.add_user("Bob", username="bobby")
    for number in range(3):
        telegram.post(bob, person, f"message {number}")
    return person


def begin(client: Any, takeout_id: int, request: Any) -> Any:
    return client(functions.InvokeWithTakeoutRequest(takeout_id, request))


async def test_everything_is_read_through_a_takeout_and_it_is_finished(
    telegram: Emulator, connected: Open, alice: User
) -> None:
    client = await connected(telegram.session(alice))
    async with client.takeout(users=True, chats=True) as takeout:
        dialogs = [dialog.name async for dialog in takeout.iter_dialogs()]
        texts = [message.message async for message in takeout.iter_messages("bobby", wait_time=0)]
        [key] = telegram.keyring.of(alice.id)
        assert key.takeout_id == client.session.takeout_id
    assert (dialogs, texts) == (["Bob"], ["message 2", "message 1", "message 0"])
    assert (takeout.success, key.takeout_id, client.session.takeout_id) == (True, None, None)
    assert telegram.calls["account.FinishTakeoutSession"] == 1


async def test_a_takeout_waits_until_its_time_or_until_the_owner_allows_it(
    telegram: Emulator, connected: Open, alice: User
) -> None:
    telegram.rules.takeout_delay_s, telegram.clock = DAY_S, (clock := HandClock())
    client = await connected(telegram.session(alice), flood_sleep_threshold=0)
    with pytest.raises(errors.TakeoutInitDelayError) as refusal:
        await client(functions.account.InitTakeoutSessionRequest())
    assert refusal.value.seconds == DAY_S
    clock.advance(timedelta(seconds=DAY_S - 10))
    with pytest.raises(errors.TakeoutInitDelayError) as refusal:
        await client(functions.account.InitTakeoutSessionRequest())
    assert refusal.value.seconds == 10, "asking again does not begin the wait anew"
    clock.advance(timedelta(seconds=10))
    assert (await client(functions.account.InitTakeoutSessionRequest())).id
    second = await connected(telegram.session(alice), flood_sleep_threshold=0)
    with pytest.raises(errors.TakeoutInitDelayError):
        await second(functions.account.InitTakeoutSessionRequest())
    application = Control(telegram, Pace(telegram.freeze, telegram.thaw), lambda _: 0).application()
    async with TestClient(TestServer(application)) as phone:
        answer = await phone.post(f"/accounts/{alice.id}/allow-takeout", json={})
        assert await answer.json() == {"allowed": 2}
    assert (await second(functions.account.InitTakeoutSessionRequest())).id


async def test_what_is_asked_in_no_takeout_of_that_login_is_refused(
    telegram: Emulator, connected: Open, alice: User
) -> None:
    client, other = await connected(telegram.session(alice)), await connected(telegram.session(alice))
    begun = await client(functions.account.InitTakeoutSessionRequest())
    state = functions.updates.GetStateRequest()
    assert (await begin(client, begun.id, state)).pts == alice.box.pts
    for asker, takeout_id in ((client, begun.id + 1), (other, begun.id)):
        with pytest.raises(errors.TakeoutInvalidError):
            await begin(asker, takeout_id, state)
    finish = functions.account.FinishTakeoutSessionRequest(success=True)
    with pytest.raises(errors.TakeoutRequiredError):
        await client(finish)
    assert await begin(client, begun.id, finish)
    with pytest.raises(errors.TakeoutInvalidError):
        await begin(client, begun.id, state)


async def test_reading_in_a_takeout_is_not_limited(telegram: Emulator, connected: Open, alice: User) -> None:
    telegram.limits.figures = Figures(dialogs=Figure(burst=1, every_s=60))
    telegram.rules.limits, telegram.clock = True, HandClock()
    client = await connected(telegram.session(alice), flood_sleep_threshold=0)
    await client.get_dialogs()
    with pytest.raises(errors.FloodWaitError):
        await client.get_dialogs()
    client._flood_waited_requests.clear()
    async with client.takeout() as takeout:
        for _ in range(3):
            assert len(await takeout.get_dialogs()) == 1
