"""Managing groups as Telethon asks for it: who may, what is refused, who is told."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telethon import TelegramClient, errors, events
from telethon.tl import functions, types

from dev.telegram import Emulator
from dev.telegram.world.people import Channel, Role, User
from tests.worker.telegram.clients import PATIENCE_S, Open

MUTED = types.ChatBannedRights(until_date=None, send_messages=True)


def people(telegram: Emulator, *names: str) -> list[User]:
    """Users whose usernames are their names in small letters."""
    return [telegram.world.add_user(name, username=f"{name.lower()}_here") for name in names]


def a_supergroup(telegram: Emulator, creator: User, *members: User) -> Channel:
    """One that its members can name."""
    group = telegram.world.add_channel("Harbour", creator, members, at=telegram.clock())
    telegram.post(creator, group, "welcome")
    return group


async def named(client: TelegramClient, group: Channel) -> Any:
    """How that client names the group."""
    await client.get_dialogs()
    return await client.get_input_entity(types.PeerChannel(group.id))


async def test_only_who_has_the_right_changes_a_group(telegram: Emulator, connected: Open) -> None:
    alice, bob, carol = people(telegram, "Alice", "Bobby", "Carol")
    group = a_supergroup(telegram, alice, bob, carol)
    group.denied = ["change_info", "invite_users"]
    client = await connected(telegram.session(bob))
    there, carols = await named(client, group), await client.get_input_entity("carol_here")
    refused = [
        functions.channels.EditTitleRequest(there, "Bob's"),
        functions.channels.EditAdminRequest(there, carols, types.ChatAdminRights(ban_users=True), ""),
        functions.channels.EditBannedRequest(there, carols, types.ChatBannedRights(None, view_messages=True)),
        functions.channels.ToggleSlowModeRequest(there, 10),
        functions.messages.ExportChatInviteRequest(there),
        functions.messages.EditChatDefaultBannedRightsRequest(there, MUTED),
    ]
    for request in refused:
        with pytest.raises(errors.ChatAdminRequiredError):
            await client(request)
    group.members[bob.id], group.rights[bob.id] = Role.ADMIN, ["change_info", "ban_users"]
    await client(refused[0])
    await client(refused[2])
    assert (group.title, group.banned, carol.id in group.members) == ("Bob's", [carol.id], False)
    with pytest.raises(errors.ChatNotModifiedError):
        await client(refused[0])


async def test_an_admin_gives_no_rights_they_have_not_and_bans_no_other_admin(
    telegram: Emulator, connected: Open
) -> None:
    alice, bob, carol = people(telegram, "Alice", "Bobby", "Carol")
    group = a_supergroup(telegram, alice, bob, carol)
    group.members |= {bob.id: Role.ADMIN, carol.id: Role.ADMIN}
    group.rights[bob.id] = ["add_admins", "ban_users"]
    client = await connected(telegram.session(bob))
    there, carols = await named(client, group), await client.get_input_entity("carol_here")
    with pytest.raises(errors.RightForbiddenError):
        await client(functions.channels.EditAdminRequest(there, carols, types.ChatAdminRights(pin_messages=True), ""))
    with pytest.raises(errors.UserAdminInvalidError):
        await client(
            functions.channels.EditBannedRequest(there, carols, types.ChatBannedRights(None, view_messages=True))
        )
    alices = await client.get_input_entity("alice_here")
    with pytest.raises(errors.UserCreatorError):
        await client(functions.channels.EditAdminRequest(there, alices, types.ChatAdminRights(), ""))
    assert group.members[carol.id] is Role.ADMIN


async def test_a_ban_ends_at_its_time_and_one_of_less_than_half_a_minute_never(
    telegram: Emulator, connected: Open
) -> None:
    alice, bob, carol = people(telegram, "Alice", "Bobby", "Carol")
    group = a_supergroup(telegram, alice, bob, carol)
    client = await connected(telegram.session(alice))
    there, now = await named(client, group), telegram.clock()
    for name, lasts in (("bobby_here", timedelta(minutes=1)), ("carol_here", timedelta(seconds=20))):
        out = types.ChatBannedRights(now + lasts, view_messages=True)
        await client(functions.channels.EditBannedRequest(there, await client.get_input_entity(name), out))
    assert group.banned_at(now) == [bob.id, carol.id]
    assert group.banned_at(now + timedelta(minutes=2)) == [carol.id]
    kicked = types.ChannelParticipantsKicked("")
    found = await client(functions.channels.GetParticipantsRequest(there, kicked, 0, 10, hash=0))
    assert {user.id for user in found.users} == {bob.id, carol.id}


async def test_members_are_told_of_a_change_and_muted_ones_write_nothing(telegram: Emulator, connected: Open) -> None:
    alice, bob = people(telegram, "Alice", "Bobby")
    group = a_supergroup(telegram, alice, bob)
    owner, member = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    told: asyncio.Queue[Any] = asyncio.Queue()
    member.add_event_handler(told.put, events.Raw(types.UpdateChannel))
    there, here = await named(owner, group), await named(member, group)
    await owner(functions.messages.EditChatDefaultBannedRightsRequest(there, MUTED))
    assert (await asyncio.wait_for(told.get(), PATIENCE_S)).channel_id == group.id
    with pytest.raises(errors.ChatWriteForbiddenError):
        await member.send_message(here, "may I?")
    await owner.send_message(there, "I may")


async def test_who_is_closed_to_strangers_is_missing_where_they_were_invited(
    telegram: Emulator, connected: Open
) -> None:
    alice, shy, bob = people(telegram, "Alice", "Shyly", "Bobby")
    shy.closed_to_strangers = True
    group = a_supergroup(telegram, alice)
    client = await connected(telegram.session(alice))
    there = await named(client, group)
    invited = [await client.get_input_entity(name) for name in ("shyly_here", "bobby_here")]
    answer = await client(functions.channels.InviteToChannelRequest(there, invited))
    assert ([one.user_id for one in answer.missing_invitees], bob.id in group.members) == ([shy.id], True)
    shy.contacts.add(alice.id)
    await client(functions.channels.InviteToChannelRequest(there, invited))
    assert shy.id in group.members


async def test_groups_both_are_in_are_told_as_common_ones(telegram: Emulator, connected: Open) -> None:
    alice, bob, carol = people(telegram, "Alice", "Bobby", "Carol")
    shared = a_supergroup(telegram, alice, bob)
    small = telegram.world.add_group("Two", bob, [alice], at=telegram.clock())
    a_supergroup(telegram, alice, carol)
    client = await connected(telegram.session(alice))
    bobs = await client.get_input_entity("bobby_here")
    found = await client(functions.messages.GetCommonChatsRequest(bobs, max_id=0, limit=10))
    assert [chat.id for chat in found.chats] == [small.id, shared.id]
