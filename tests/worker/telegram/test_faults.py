"""Faults on order: errors, waits, silence and broken lines, before and after the effect."""

import asyncio
from typing import Any

import pytest
from telethon import errors

from dev.telegram import Emulator, Fault
from dev.telegram.faults import FaultUnclear
from tests.worker.telegram.clients import Open

SEND = "messages.SendMessage"


async def test_a_short_flood_wait_is_slept_over(telegram: Emulator, connected: Open) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    telegram.fault(Fault(method=SEND, error="FLOOD_WAIT_1", times=1))
    assert await client.send_message("me", "patience")
    assert telegram.calls[SEND] == 2


async def test_a_long_flood_wait_stops_the_method_for_all_chats(telegram: Emulator, connected: Open) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    telegram.fault(Fault(method=SEND, error="FLOOD_WAIT_300", times=1))
    for _ in range(2):  # the second is refused by the client itself
        with pytest.raises(errors.FloodWaitError):
            await client.send_message("me", "x")
    assert telegram.calls[SEND] == 1


async def test_a_peer_flood_is_told(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    telegram.fault(Fault(method="messages.Send*", error="PEER_FLOOD", times=1))
    with pytest.raises(errors.PeerFloodError):
        await client.send_message("me", "x")
    assert alice.box.messages == {}


async def test_an_answer_lost_after_the_effect_makes_one_message(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    client = await connected(telegram.session(alice))
    await client.get_entity("bobby")
    telegram.fault(Fault(method=SEND, cut=True, after_effect=True, times=1))
    assert await client.send_message("bobby", "once only")
    assert telegram.calls[SEND] == 2
    assert [one.text for one in bob.box.messages.values()] == ["once only"]


async def test_a_line_cut_before_the_effect_makes_one_message_too(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    telegram.fault(Fault(method=SEND, cut=True, times=1))
    assert await client.send_message("me", "once only")
    assert len(alice.box.messages) == 1


@pytest.mark.parametrize(("after_effect", "written"), [(True, 1), (False, 0)])
async def test_a_dropped_request_is_never_answered(
    telegram: Emulator, connected: Open, after_effect: bool, written: int
) -> None:
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    telegram.fault(Fault(method=SEND, drop=True, after_effect=after_effect, times=1))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.send_message("me", "into the void"), 0.3)
    assert len(alice.box.messages) == written


async def test_a_delayed_request_is_carried_out_later(telegram: Emulator, connected: Open) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    telegram.fault(Fault(method=SEND, delay_s=0.2, times=1))
    began = asyncio.get_running_loop().time()
    assert await client.send_message("me", "slow")
    assert asyncio.get_running_loop().time() - began > 0.2


async def test_a_fault_strikes_only_whom_it_names(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    telegram.fault(Fault(method=SEND, user_id=bob.id, error="PEER_FLOOD"))
    telegram.fault(Fault(method=SEND, when=lambda request: "bad" in request.message, error="CHAT_WRITE_FORBIDDEN"))
    client = await connected(telegram.session(alice))
    assert await client.send_message("me", "good")
    with pytest.raises(errors.ChatWriteForbiddenError):
        await client.send_message("me", "bad")
    telegram.faults.clear()
    assert await client.send_message("me", "bad")


async def test_a_fault_that_ends_the_login_ends_it(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    telegram.fault(Fault(method=SEND, error="USER_DEACTIVATED_BAN", times=1))
    for _ in range(2):
        with pytest.raises(errors.UserDeactivatedBanError):
            await client.send_message("me", "x")
    assert telegram.keyring.of(alice.id) == []


@pytest.mark.parametrize("what", [{}, {"drop": True, "cut": True}, {"error": "X", "delay_s": 1.0}])
def test_a_fault_does_exactly_one_thing(what: dict[str, Any]) -> None:
    with pytest.raises(FaultUnclear):
        Fault(**what)


async def test_calls_are_traced_on_request(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    telegram.trace = []
    await client.send_message("me", "seen")
    assert [(user_id, name, request.message) for user_id, name, request in telegram.trace] == [(alice.id, SEND, "seen")]


async def test_a_method_the_emulator_lacks_is_noted(telegram: Emulator, connected: Open) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    with pytest.raises(errors.MethodInvalidError):
        await client.get_profile_photos("me")
    assert telegram.missing.pop("photos.GetUserPhotos") == 1


async def test_half_an_answer_breaks_the_line_and_the_repeat_makes_no_second_message(
    telegram: Emulator, connected: Open
) -> None:
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    telegram.fault(Fault(method=SEND, half=True, times=1))
    assert await client.send_message("me", "once")
    assert telegram.calls[SEND] == 2
    assert [message.text for message in alice.box.messages.values()] == ["once"]


async def test_another_salt_is_taken_over_in_the_middle_of_a_line(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    telegram.change_salt()
    assert await client.send_message("me", "still there")
    assert [message.text for message in alice.box.messages.values()] == ["still there"]
