"""What was missed: while away, by lost pushes, and over broken lines."""

import asyncio
from datetime import timedelta
from typing import Any

from telethon.sessions import StringSession
from telethon.tl import functions, types

from dev.telegram import Emulator
from dev.telegram.methods.reactions import give
from dev.telegram.world.boxes import PeerKind
from dev.telegram.world.people import access_hash
from tests.hand_clock import HandClock
from tests.worker.telegram.clients import Heard, Open, counting, eventually, hearing


def with_state(session: Any) -> Any:
    """The session as a worker would restore it: a string holds no update state, so that is carried along."""
    copy = StringSession(session.save())
    copy._update_states.update(session._update_states)
    copy._entities |= session._entities
    return copy


async def test_messages_missed_while_away_are_caught_up(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    channel = telegram.world.add_channel("Crowd", alice, [bob], at=telegram.clock())
    client = await connected(telegram.session(bob))
    heard = hearing(client)
    telegram.post(alice, bob, "before")
    telegram.post(alice, channel, "before, to all")
    await heard.texts(2)
    await client.disconnect()
    for number in range(5):
        telegram.post(alice, bob, f"missed {number}")
    telegram.post(alice, channel, "missed, to all")
    heard = Heard()
    await connected(with_state(client.session), heard=heard, catch_up=True)
    caught = await heard.texts(6)
    assert sorted(caught) == [*(f"missed {number}" for number in range(5)), "missed, to all"]


async def test_a_long_absence_is_caught_up_in_slices(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    client = await connected(telegram.session(bob), sequential_updates=True)
    telegram.post(alice, bob, "before")
    await hearing(client).next()
    await client.disconnect()
    for number in range(250):
        telegram.post(alice, bob, str(number))
    heard = Heard()
    await connected(with_state(client.session), heard=heard, catch_up=True, sequential_updates=True)
    assert await heard.texts(250) == [str(number) for number in range(250)]


async def test_a_lost_push_is_fetched_when_the_next_one_shows_the_gap(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    heard = hearing(await connected(telegram.session(bob)))
    with telegram.withholding(bob):
        telegram.post(alice, bob, "lost")
    telegram.post(alice, bob, "next")
    assert sorted(await heard.texts(2)) == ["lost", "next"]


async def test_an_edit_and_a_deletion_are_caught_up_too(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    writer, reader = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    heard = hearing(reader)
    kept, removed = telegram.post(alice, bob, "kept"), telegram.post(alice, bob, "removed")
    await heard.texts(2)
    with telegram.withholding(bob):
        await writer.get_dialogs()
        await writer.edit_message(bob.id, kept.id, "kept, changed")
        await writer.delete_messages(None, [removed.id])
    telegram.post(alice, bob, "next")
    assert (await heard.next()).raw_text == "next"
    assert [one.raw_text for one in await reader.get_messages(alice.id, limit=9)] == ["next", "kept, changed"]


async def test_a_client_that_fell_too_far_behind_is_told_so(telegram: Emulator, connected: Open) -> None:
    telegram.rules.difference_reach = 5
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    client = await connected(telegram.session(bob))
    telegram.post(alice, bob, "before")
    heard = hearing(client)
    with telegram.withholding(bob):
        for number in range(8):
            telegram.post(alice, bob, f"lost {number}")
    with counting(telegram, "updates.GetDifference") as differences:
        telegram.post(alice, bob, "shows the gap")
        await eventually(lambda: differences() == 1)
    await asyncio.sleep(0.2)  # what is pushed while a difference is on its way, a client ignores
    telegram.post(alice, bob, "after")
    assert await heard.texts(2) == ["before", "after"]


async def test_a_channel_that_is_withheld_is_told_to_who_asks_and_when_to_ask_again(
    telegram: Emulator, connected: Open
) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    channel = telegram.world.add_channel("Crowd", alice, [bob], at=telegram.clock(), broadcast=True)
    telegram.rules.poll_after_s = 7
    client = await connected(telegram.session(bob))
    heard = hearing(client)
    telegram.post(alice, channel, "pushed")
    assert (await heard.next()).raw_text == "pushed"
    pts, channel.withheld = channel.box.pts, True
    posted = telegram.post(alice, channel, "withheld")
    give(telegram, alice, channel, posted, "👍")
    request = functions.updates.GetChannelDifferenceRequest(
        channel=await client.get_input_entity(channel.id), filter=types.ChannelMessagesFilterEmpty(), pts=pts, limit=100
    )
    told = await client(request)
    assert ([message.message for message in told.new_messages], told.final, told.timeout) == (["withheld"], True, 7)
    request.pts = told.pts
    assert (await client(request)).timeout == 7
    telegram.post(alice, bob, "to you")
    assert (await heard.next()).raw_text == "to you", "nothing of the channel was pushed before it"


async def test_a_difference_names_the_channels_that_moved_and_no_others(telegram: Emulator, connected: Open) -> None:
    telegram.clock = clock = HandClock()
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    quiet, busy = (telegram.world.add_channel(title, alice, [bob], at=clock()) for title in ("Quiet", "Busy"))
    for channel in (quiet, busy):
        telegram.post(alice, channel, "long ago")
    client = await connected(telegram.session(bob))
    clock.advance(timedelta(hours=1))
    left = await client(functions.updates.GetStateRequest())
    clock.advance(timedelta(hours=1))
    telegram.post(alice, busy, "meanwhile")
    told = await client(functions.updates.GetDifferenceRequest(pts=left.pts, date=left.date, qts=0))
    assert told.other_updates == [types.UpdateChannelTooLong(busy.id, busy.box.pts)]
    assert [chat.access_hash for chat in told.chats] == [access_hash(PeerKind.CHANNEL, busy.id)]


async def test_pushes_go_on_after_a_broken_line(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    heard = hearing(await connected(telegram.session(bob)))
    telegram.post(alice, bob, "before")
    await heard.next()
    with counting(telegram, "users.GetUsers") as came_back:
        telegram.cut(bob)
        await eventually(lambda: came_back() > 0)  # it asks who it is
    telegram.post(alice, bob, "after")
    assert (await heard.next()).raw_text == "after"


async def test_nothing_moves_while_frozen(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    telegram.freeze()
    sending = client.loop.create_task(client.send_message("me", "waits"))
    late = client.loop.create_task(connected(telegram.session(alice)))
    await eventually(lambda: len(telegram._open_lines) == 2)
    assert alice.box.messages == {}
    telegram.thaw()
    assert (await sending).raw_text == "waits"
    assert (await late).is_connected()
