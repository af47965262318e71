"""Lists of chats, groups and channels."""

import pytest
from telethon import errors
from telethon.tl import functions, types

from dev.telegram import Emulator
from dev.telegram.world.people import access_hash
from tests.worker.telegram.clients import Open, counting, hearing, pictures

PAGE = 100


async def test_the_list_is_newest_first_with_pinned_chats_on_top(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    people = [telegram.world.add_user(f"Person {number}") for number in range(3)]
    for person in people:
        telegram.post(person, alice, "hi")
    alice.dialogs[people[0].peer].pinned = True
    client = await connected(telegram.session(alice))
    assert [chat.name for chat in await client.get_dialogs()] == ["Person 0", "Person 2", "Person 1"]


async def test_three_thousand_chats_come_in_thirty_one_pages(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    for number in range(30 * PAGE):
        telegram.post(telegram.world.add_user(f"Person {number}"), alice, "hi")
    client = await connected(telegram.session(alice))
    with counting(telegram, "messages.GetDialogs") as pages:
        listed = await client.get_dialogs(limit=None)
    assert (len({chat.id for chat in listed}), pages()) == (30 * PAGE, 31)


async def test_history_comes_in_pages_newest_first(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    for number in range(250):
        telegram.post(bob, alice, str(number))
    client = await connected(telegram.session(alice))
    with counting(telegram, "messages.GetHistory") as pages:
        history = await client.get_messages("bobby", limit=None)
    assert [one.raw_text for one in history] == [str(number) for number in reversed(range(250))]
    assert pages() == 3


async def test_a_basic_group_reaches_all_members(telegram: Emulator, connected: Open) -> None:
    alice, bob, carol = (telegram.world.add_user(name) for name in ("Alice", "Bob", "Carol"))
    group = telegram.world.add_group("Three", alice, [bob, carol], at=telegram.clock())
    telegram.post(alice, group, "welcome")
    writer, reader = await connected(telegram.session(bob)), await connected(telegram.session(carol))
    heard = hearing(reader)
    await writer.send_message((await writer.get_dialogs())[0].entity, "thank you")
    pushed = await heard.next()
    assert (pushed.raw_text, pushed.is_group, pushed.sender_id) == ("thank you", True, bob.id)


async def test_the_members_of_a_basic_group_are_listed(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    group = telegram.world.add_group("Two", alice, [bob], at=telegram.clock())
    client = await connected(telegram.session(bob))
    full = await client(functions.messages.GetFullChatRequest(group.id))
    assert [one.user_id for one in full.full_chat.participants.participants] == [alice.id, bob.id]


async def test_a_supergroup_counts_members_that_do_not_exist(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    channel = telegram.world.add_channel("Crowd", alice, [bob], at=telegram.clock(), extra_members=4998)
    client = await connected(telegram.session(alice))
    named = types.InputChannel(channel.id, access_hash(channel.peer.kind, channel.id))
    listed = await client(functions.channels.GetChannelsRequest([named]))
    full = await client(functions.channels.GetFullChannelRequest(named))
    assert [listed.chats[0].participants_count, full.full_chat.participants_count] == [5000, 5000]
    assert {one.first_name for one in await client.get_participants(named)} == {"Alice", "Bob"}


async def test_a_post_in_a_supergroup_is_pushed_to_its_members(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    telegram.world.add_channel("Crowd", alice, [bob], at=telegram.clock(), username="crowd")
    writer, reader = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    heard = hearing(reader)
    await writer.send_message("crowd", "to all")
    pushed = await heard.next()
    assert (pushed.raw_text, pushed.is_channel, pushed.sender_id) == ("to all", True, alice.id)


async def test_only_admins_post_in_a_broadcast_channel(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    telegram.world.add_channel("News", alice, [bob], at=telegram.clock(), username="news", broadcast=True)
    admin, reader = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    heard = hearing(reader)
    await admin.send_message("news", "today")
    assert (await heard.next()).message.post
    with pytest.raises(errors.ChatWriteForbiddenError):
        await reader.send_message("news", "me too")


async def test_slow_mode_makes_members_wait(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    channel = telegram.world.add_channel("Calm", alice, [bob], at=telegram.clock(), username="calm")
    channel.slow_mode_s = 30
    client = await connected(telegram.session(bob), flood_sleep_threshold=0)
    await client.send_message("calm", "one")
    with pytest.raises(errors.SlowModeWaitError) as refusal:
        await client.send_message("calm", "two")
    assert 25 < refusal.value.seconds <= 30


async def test_slow_mode_takes_an_album_as_one_message_and_no_several_forwards(
    telegram: Emulator, connected: Open
) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    channel = telegram.world.add_channel("Calm", alice, [bob], at=telegram.clock(), username="calm")
    channel.slow_mode_s = 30
    client = await connected(telegram.session(bob), flood_sleep_threshold=0)
    written = [await client.send_message("me", text) for text in ("one", "two")]
    with pytest.raises(errors.SlowModeMultiMsgsDisabledError):
        await client.forward_messages("calm", written)
    assert channel.box.messages == {}
    sent = await client.send_file("calm", pictures())
    with pytest.raises(errors.SlowModeWaitError):
        await client.send_file("calm", pictures())
    assert list(channel.box.messages) == [one.id for one in sent]


async def test_an_admin_gets_an_invite_link_and_a_member_does_not(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    telegram.world.add_channel("Crowd", alice, [bob], at=telegram.clock(), username="crowd")
    admin, member = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    link = await admin(functions.messages.ExportChatInviteRequest("crowd"))
    assert link.link.startswith("https://t.me/+")
    with pytest.raises(errors.ChatAdminRequiredError):
        await member(functions.messages.ExportChatInviteRequest("crowd"))


async def test_a_private_channel_is_closed_to_others(telegram: Emulator, connected: Open) -> None:
    alice, eve = telegram.world.add_user("Alice"), telegram.world.add_user("Eve")
    channel = telegram.world.add_channel("Board", alice, at=telegram.clock())
    client = await connected(telegram.session(eve))
    named = types.InputChannel(channel.id, access_hash(channel.peer.kind, channel.id))
    with pytest.raises(errors.ChannelPrivateError):
        await client.get_messages(named, limit=1)


async def test_reading_a_channel_clears_its_count(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    channel = telegram.world.add_channel("Crowd", alice, [bob], at=telegram.clock())
    telegram.post(alice, channel, "one")
    telegram.post(alice, channel, "two")
    client = await connected(telegram.session(bob))
    chat = (await client.get_dialogs())[0]
    await client.send_read_acknowledge(chat.entity)
    assert [chat.unread_count, (await client.get_dialogs())[0].unread_count] == [2, 0]
