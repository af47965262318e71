"""The demo world: the same each time, and with everything in it that a demo needs."""

import random
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from dev.telegram import Emulator
from dev.telegram.demo import Diary, Residents, furnish
from dev.telegram.world.boxes import PeerKind
from dev.telegram.world.people import Channel, User
from dev.telegram.world.world import World

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def furnished() -> World:
    world = World()
    furnish(world, AT)
    return world


def accounts(world: World) -> list[User]:
    return [user for user in world.users.values() if user.phone and user.id != 777000]


def chats(world: World) -> list[object]:
    return [world.chat(peer) for owner in accounts(world) for peer, dialog in owner.dialogs.items() if dialog.top_id]


def test_it_is_the_same_each_time() -> None:
    assert asdict(furnished()) == asdict(furnished())


def test_three_accounts_have_about_forty_chats_of_every_type() -> None:
    world = furnished()
    assert [(owner.dc, owner.verifier is not None) for owner in accounts(world)] == [
        (2, False),
        (2, True),
        (4, False),
    ]
    listed = chats(world)
    assert 35 <= len(listed) <= 45
    kinds = {(type(chat).__name__, getattr(chat, "bot", None), getattr(chat, "broadcast", None)) for chat in listed}
    assert len(kinds) == 5


def test_it_has_pictures_unread_chats_and_names_in_other_scripts() -> None:
    world = furnished()
    messages = [message for owner in accounts(world) for message in owner.box.messages.values()]
    assert {message.media.kind for message in messages if message.media} == {"photo", "document"}
    assert all(any(dialog.unread for dialog in owner.dialogs.values()) for owner in accounts(world))
    names = "".join(user.name for user in world.users.values())
    assert all(any(low <= letter <= high for letter in names) for low, high in ("АЯ", "اي", "את"))


def test_its_past_lies_in_the_past_and_in_order() -> None:
    world = furnished()
    owners: list[User | Channel] = [*accounts(world), *world.channels.values()]
    for owner in owners:
        dates = [message.sent_at for message in owner.box.messages.values()]
        assert dates == sorted(dates)
        assert all(date < AT for date in dates)


class Day:
    """A demo world whose clock is turned by hand."""

    def __init__(self, *, is_lively: bool) -> None:
        self.now = AT
        self.emulator = Emulator((2, 4), rng=random.Random(1), clock=lambda: self.now)
        furnish(self.emulator.world, AT)
        self.residents = Residents(self.emulator, Diary(), is_lively=is_lively)

    def passes(self, seconds: float) -> None:
        for _ in range(int(seconds)):
            self.now += timedelta(seconds=1)
            self.residents.act()


def test_who_is_written_to_reads_it_and_answers_within_three_seconds() -> None:
    day = Day(is_lively=False)
    world = day.emulator.world
    maya, elena = world.users[1001], world.users[1004]
    sent = day.emulator.post(maya, elena, "hello")
    assert maya.dialogs[elena.peer].top_id == sent.id
    day.passes(4)
    answer = maya.box.messages[maya.dialogs[elena.peer].top_id]
    assert (answer.sender_id, answer.id > sent.id) == (elena.id, True)
    assert maya.dialogs[elena.peer].read_out == sent.id


def test_somebody_in_a_group_answers_and_nobody_in_a_broadcast_channel() -> None:
    day = Day(is_lively=False)
    world = day.emulator.world
    maya = world.users[1001]
    group = next(group for group in world.groups.values() if maya.id in group.members)
    own = next(channel for channel in world.channels.values() if channel.creator_id == maya.id)
    day.emulator.post(maya, group, "anybody?")
    post = day.emulator.post(maya, own, "news")
    day.passes(4)
    assert maya.box.messages[maya.dialogs[group.peer].top_id].sender_id != maya.id
    assert maya.dialogs[own.peer].top_id == post.id


def test_residents_do_not_answer_one_another() -> None:
    day = Day(is_lively=False)
    world = day.emulator.world
    day.emulator.post(world.users[1004], world.users[1005], "psst")
    before = world.next_letter
    day.passes(10)
    assert world.next_letter == before


def test_now_and_then_somebody_has_something_to_say_and_the_same_each_time() -> None:
    first, second = Day(is_lively=True), Day(is_lively=True)
    before = first.emulator.world.next_letter
    first.passes(1800)
    second.passes(1800)
    assert 8 <= first.emulator.world.next_letter - before <= 30
    assert asdict(first.emulator.world) == asdict(second.emulator.world)


def test_a_channel_is_told_by_who_runs_it() -> None:
    day = Day(is_lively=True)
    day.passes(7200)
    for channel in day.emulator.world.channels.values():
        assert isinstance(channel, Channel)
        if channel.broadcast:
            assert {message.sender_id for message in channel.box.messages.values()} == {channel.creator_id}
            assert channel.peer.kind is PeerKind.CHANNEL
