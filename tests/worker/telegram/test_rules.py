"""What a test may want otherwise of the stand-in, each rule either way, through a client that knows nothing of it."""

import pytest
from telethon import errors
from telethon.tl import functions, types

from dev.telegram import Emulator, Fault
from tests.worker.telegram.clients import Open, hearing


@pytest.mark.parametrize(
    ("is_short", "answer"), [(True, types.UpdateShortSentMessage), (False, types.Updates)], ids=["short", "whole"]
)
async def test_a_plain_send_is_answered_short_or_whole(
    telegram: Emulator, connected: Open, is_short: bool, answer: type[object]
) -> None:
    telegram.rules.short_answers = is_short
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    sent = await client(functions.messages.SendMessageRequest(peer="me", message="to myself", random_id=1))
    assert isinstance(sent, answer)
    assert [message.text for message in alice.box.messages.values()] == ["to myself"]


@pytest.mark.parametrize("is_zipped", [True, False])
async def test_a_long_answer_is_read_zipped_or_plain(telegram: Emulator, connected: Open, is_zipped: bool) -> None:
    telegram.rules.gzip = is_zipped
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    texts = [f"{number} " + "the same again " * 20 for number in range(50)]
    for text in texts:
        telegram.post(bob, alice, text)
    client = await connected(telegram.session(alice))
    await client.get_entity("bobby")
    page = await client.get_messages("bobby", limit=50)
    assert [message.message for message in reversed(page)] == texts


@pytest.mark.parametrize("is_strict", [True, False])
async def test_an_old_salt_is_corrected_only_where_that_is_strict(
    telegram: Emulator, connected: Open, is_strict: bool
) -> None:
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    telegram.rules.strict_salts = is_strict
    telegram.change_salt()
    old = client._sender._state.salt
    assert (await client.get_me()).first_name == "Alice"
    assert (client._sender._state.salt != old) is is_strict


@pytest.mark.parametrize("is_short", [True, False])
async def test_pushes_of_channels_name_people_in_the_short_form_or_whole(
    telegram: Emulator, connected: Open, is_short: bool
) -> None:
    telegram.rules.min_users = is_short
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    channel = telegram.world.add_channel("Crowd", bob, [alice], at=telegram.clock())
    client = await connected(telegram.session(alice))
    heard = hearing(client)
    telegram.post(bob, channel, "to all")
    named = (await heard.next()).sender
    assert (named.first_name, named.min) == ("Bob", is_short)
    [found] = await client(functions.users.GetUsersRequest([types.InputUser(named.id, named.access_hash)]))
    assert isinstance(found, types.UserEmpty) is is_short


async def test_an_error_comes_with_the_code_it_is_given(telegram: Emulator, connected: Open) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    telegram.fault(Fault(method="messages.SendMessage", error="NOT_A_KNOWN_ERROR", code=403, times=1))
    with pytest.raises(errors.ForbiddenError):
        await client.send_message("me", "x")
