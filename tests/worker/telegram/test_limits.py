"""The limits engine: what Telegram lets an account do in how much time, by the emulator's own clock."""

import random
from datetime import timedelta
from typing import Any

import pytest
from telethon import errors
from telethon.tl import functions

from dev.telegram import Emulator, Figure, Figures, Limits
from dev.telegram.world.people import User
from tests.hand_clock import HandClock
from tests.worker.telegram.clients import Open

SEND = "messages.SendMessage"
FIGURES = Figures(
    sends=Figure(burst=4, every_s=10),
    to_person=Figure(burst=2, every_s=10),
    to_group=Figure(burst=3, every_s=60),
    to_strangers=Figure(burst=1, every_s=86_400),
    login_codes=Figure(burst=1, every_s=86_400, least_wait_s=86_300),
)


@pytest.fixture
def clock(telegram: Emulator) -> HandClock:
    """Time that stands still, and limits that are small."""
    telegram.limits.figures, telegram.rules.limits = FIGURES, True
    telegram.clock = clock = HandClock()
    return clock


async def a_client(telegram: Emulator, connected: Open, user: User) -> Any:
    return await connected(telegram.session(user), flood_sleep_threshold=0)


def known_to(telegram: Emulator, alice: User, name: str) -> User:
    person = telegram.world.add_user(name, username=name.lower())
    telegram.post(person, alice, "hi")
    return person


async def wait_of(client: Any, peer: Any, random_id: int) -> int:
    """What one more send is answered with, past what Telethon itself remembers; 0 when it was sent."""
    client._flood_waited_requests.clear()
    entity = await client.get_input_entity(peer)
    try:
        await client(functions.messages.SendMessageRequest(peer=entity, message="x", random_id=random_id))
    except errors.FloodWaitError as wait:
        return int(wait.seconds)
    return 0


async def test_without_being_asked_for_there_are_none(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    telegram.limits.figures = FIGURES
    boris = known_to(telegram, alice, "Boris")
    client = await a_client(telegram, connected, alice)
    assert [await wait_of(client, "boris", number) for number in range(6)] == [0] * 6
    assert len(boris.box.messages) == 7


async def test_a_chat_and_an_account_have_limits_of_their_own(
    telegram: Emulator, clock: HandClock, connected: Open
) -> None:
    alice = telegram.world.add_user("Alice")
    for name in ("Boris", "Clara", "Dora"):
        known_to(telegram, alice, name)
    client = await a_client(telegram, connected, alice)
    assert [await wait_of(client, "boris", number) for number in range(3)] == [0, 0, 10]
    assert [await wait_of(client, "clara", number) for number in range(3, 5)] == [0, 0]
    assert await wait_of(client, "dora", 5) == 10
    clock.advance(timedelta(seconds=10))
    assert await wait_of(client, "dora", 5) == 0


async def test_a_repeat_under_its_random_id_costs_nothing(
    telegram: Emulator, clock: HandClock, connected: Open
) -> None:
    alice = telegram.world.add_user("Alice")
    boris = known_to(telegram, alice, "Boris")
    client = await a_client(telegram, connected, alice)
    assert [await wait_of(client, "boris", 1) for _ in range(5)] == [0] * 5
    assert len(boris.box.messages) == 2


async def test_strangers_are_few_a_day_and_then_peer_flood(
    telegram: Emulator, clock: HandClock, connected: Open
) -> None:
    alice = telegram.world.add_user("Alice")
    for name in ("Boris", "Clara"):
        telegram.world.add_user(name, username=name.lower())
    client = await a_client(telegram, connected, alice)
    await client.send_message("boris", "may I?")
    with pytest.raises(errors.PeerFloodError):
        await client.send_message("clara", "may I?")
    telegram.post(next(user for user in telegram.world.users.values() if user.first_name == "Clara"), alice, "yes")
    assert await client.send_message("clara", "thank you")


async def test_login_codes_are_few_a_day_by_number(telegram: Emulator, clock: HandClock, connected: Open) -> None:
    telegram.world.add_user("Alice", phone="15550001")
    client = await connected(telegram.session(), flood_sleep_threshold=0)
    await client.send_code_request("15550001")
    with pytest.raises(errors.FloodWaitError) as wait:
        await client.send_code_request("15550001")
    assert wait.value.seconds >= 86_300


async def test_the_same_seed_and_clock_give_the_same_world() -> None:
    def made() -> tuple[object, ...]:
        telegram = Emulator(clock=HandClock(), rng=random.Random(7), limits=Limits())
        session = telegram.session(telegram.world.add_user("Alice"))
        return session.auth_key.key, telegram.salt, telegram.rng.getrandbits(64)

    assert made() == made()
