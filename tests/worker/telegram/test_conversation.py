"""What goes on around messages: reactions, typing, drafts, scheduled messages, pins and forwards, as clients see it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from telethon import TelegramClient, errors, events
from telethon.tl import functions, types

from dev.telegram import Emulator
from tests.worker.telegram.clients import Open, eventually, pictures

Updates = list[Any]


def watching(client: TelegramClient, *kinds: type) -> Updates:
    """The raw updates of these kinds that a client is told."""
    seen: Updates = []

    async def see(update: Any) -> None:
        seen.append(update)

    client.add_event_handler(see, events.Raw(list(kinds)))
    return seen


async def seen_first(seen: Updates, when: Callable[[Any], bool] = lambda _: True) -> Any:
    """The first of them; waits for it."""
    await eventually(lambda: any(when(one) for one in seen))
    return next(one for one in seen if when(one))


async def test_a_reaction_is_seen_on_both_sides_and_taken_off_again(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    telegram.post(bob, bob, "shifts the numbers")
    message = telegram.post(bob, alice, "look")
    reader, writer = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    seen = watching(writer, types.UpdateMessageReactions)
    await reader.get_dialogs()
    own_id = next(iter(alice.box.messages))
    await reader(functions.messages.SendReactionRequest(bob.id, own_id, reaction=[types.ReactionEmoji("👍")]))
    update = await seen_first(seen)
    [count] = update.reactions.results
    assert (update.msg_id, count.reaction.emoticon, count.count, count.chosen_order) == (message.id, "👍", 1, None)
    [shown] = await reader.get_messages(bob.id, limit=1)
    assert shown.reactions.results[0].chosen_order == 0
    await reader(functions.messages.SendReactionRequest(bob.id, own_id, reaction=[]))
    await seen_first(seen, lambda one: not one.reactions.results)


async def test_a_reaction_the_chat_does_not_allow_is_refused(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    channel = telegram.world.add_channel("Team", alice, at=telegram.clock(), username="team")
    channel.allowed_reactions = ["👍"]
    message = telegram.post(alice, channel, "news")
    client = await connected(telegram.session(alice))
    peer = await client.get_input_entity("team")
    with pytest.raises(errors.ReactionInvalidError):
        await client(functions.messages.SendReactionRequest(peer, message.id, reaction=[types.ReactionEmoji("🔥")]))
    assert message.reactions == {}


async def test_typing_is_seen_by_the_others_and_by_nobody_else(telegram: Emulator, connected: Open) -> None:
    world = telegram.world
    alice, bob, clara = world.add_user("Alice"), world.add_user("Bob", username="bobby"), world.add_user("Clara")
    writer, reader, third = [await connected(telegram.session(one)) for one in (alice, bob, clara)]
    seen, elsewhere = watching(reader, types.UpdateUserTyping), watching(third, types.UpdateUserTyping)
    peer = await writer.get_input_entity("bobby")
    await writer(functions.messages.SetTypingRequest(peer, types.SendMessageTypingAction()))
    assert (await seen_first(seen)).user_id == alice.id
    assert elsewhere == []


async def test_a_draft_is_the_same_in_every_session_and_gone_once_it_is_sent(
    telegram: Emulator, connected: Open
) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    telegram.post(bob, alice, "hello")
    desk, phone = await connected(telegram.session(alice)), await connected(telegram.session(alice))
    seen = watching(phone, types.UpdateDraftMessage)
    peer = await desk.get_input_entity("bobby")
    bold = types.MessageEntityBold(0, 4)
    await desk(functions.messages.SaveDraftRequest(peer, "half a sentence", entities=[bold]))
    draft = (await seen_first(seen)).draft
    assert (draft.message, draft.entities) == ("half a sentence", [bold])
    listed = (await phone(functions.messages.GetAllDraftsRequest())).updates
    assert [one.draft.message for one in listed] == ["half a sentence"]
    await desk(functions.messages.SendMessageRequest(peer, "whole", clear_draft=True))
    await seen_first(seen, lambda one: isinstance(one.draft, types.DraftMessageEmpty))
    assert alice.dialogs[bob.peer].draft is None


async def test_a_draft_is_gone_with_files_too_and_stays_when_they_are_refused(
    telegram: Emulator, connected: Open
) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    telegram.post(bob, alice, "hello")
    client = await connected(telegram.session(alice))
    peer = await client.get_input_entity("bobby")
    await client(functions.messages.SaveDraftRequest(peer, "look at this"))
    bob.deleted = True
    with pytest.raises(errors.InputUserDeactivatedError):
        await client(functions.messages.SendMessageRequest(peer, "whole", clear_draft=True))
    with pytest.raises(errors.InputUserDeactivatedError):
        await client.send_file(peer, pictures()[0], clear_draft=True)
    kept = alice.dialogs[bob.peer].draft
    assert kept is not None
    assert kept.text == "look at this"
    bob.deleted = False
    await client.send_file(peer, pictures(), clear_draft=True)
    assert alice.dialogs[bob.peer].draft is None


async def test_a_scheduled_message_waits_for_its_time_and_is_told_to_be_gone(
    telegram: Emulator, connected: Open
) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    desk, phone = await connected(telegram.session(alice)), await connected(telegram.session(alice))
    new = watching(phone, types.UpdateNewScheduledMessage)
    gone = watching(phone, types.UpdateDeleteScheduledMessages)
    peer = await desk.get_input_entity("bobby")
    at = telegram.clock() + timedelta(hours=1)
    await desk.send_message(peer, "later", schedule=at)
    scheduled_id = (await seen_first(new)).message.id
    listed = (await desk(functions.messages.GetScheduledHistoryRequest(peer, 0))).messages
    assert [(one.id, one.message) for one in listed] == [(scheduled_id, "later")]
    assert bob.box.messages == {}
    telegram.clock = lambda: at + timedelta(seconds=1)
    assert (await seen_first(gone)).messages == [scheduled_id]
    assert [one.text for one in bob.box.messages.values()] == ["later"]
    assert alice.scheduled == {}


async def test_a_scheduled_message_is_changed_sent_early_or_forgotten(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    client = await connected(telegram.session(alice))
    peer = await client.get_input_entity("bobby")
    at = telegram.clock() + timedelta(hours=1)
    for text in ("first", "second"):
        await client.send_message(peer, text, schedule=at)
    first, second = alice.scheduled
    later = at + timedelta(hours=1)
    await client(functions.messages.EditMessageRequest(peer, first, message="first, better", schedule_date=later))
    await client(functions.messages.SendScheduledMessagesRequest(peer, [first]))
    await client(functions.messages.DeleteScheduledMessagesRequest(peer, [second]))
    assert [one.text for one in bob.box.messages.values()] == ["first, better"]
    assert alice.scheduled == {}
    with pytest.raises(errors.ScheduleDateTooLateError):
        await client.send_message(peer, "much later", schedule=at + timedelta(days=400))
    with pytest.raises(errors.MessageIdInvalidError):
        await client(functions.messages.SendScheduledMessagesRequest(peer, [first]))


async def test_a_forward_names_who_wrote_it_and_a_protected_chat_gives_nothing_away(
    telegram: Emulator, connected: Open
) -> None:
    world = telegram.world
    alice, bob = world.add_user("Alice"), world.add_user("Bob", username="bobby")
    channel = world.add_channel("News", bob, [alice], at=telegram.clock(), broadcast=True, username="news")
    post = telegram.post(bob, channel, "headline")
    telegram.post(bob, alice, "from Bob")
    client = await connected(telegram.session(alice))
    await client.get_dialogs()
    [private] = alice.box.messages
    await client.forward_messages("me", private, bob.id)
    await client.forward_messages("me", post.id, "news")
    private_copy, post_copy = list(alice.box.messages.values())[-2:]
    assert (private_copy.forwarded_from, private_copy.forwarded_channel) == (bob.id, None)
    assert (post_copy.forwarded_from, post_copy.forwarded_channel) == (None, channel.id)
    channel.protected = True
    with pytest.raises(errors.ChatForwardsRestrictedError):
        await client.forward_messages("me", post.id, "news")


async def test_a_pinned_message_is_pinned_on_both_sides_and_leaves_no_gap(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    telegram.post(bob, alice, "the address")
    reader, writer = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    seen = watching(writer, types.UpdatePinnedMessages)
    await reader.get_dialogs()
    await reader(functions.messages.UpdatePinnedMessageRequest(bob.id, next(iter(alice.box.messages))))
    assert (await seen_first(seen)).pinned
    assert all(message.pinned for message in bob.box.messages.values())


async def test_a_chat_marked_unread_is_marked_in_every_session(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    telegram.post(bob, alice, "hello")
    desk, phone = await connected(telegram.session(alice)), await connected(telegram.session(alice))
    seen = watching(phone, types.UpdateDialogUnreadMark)
    peer = await desk.get_input_entity("bobby")
    await desk(functions.messages.MarkDialogUnreadRequest(types.InputDialogPeer(peer), unread=True))
    assert (await seen_first(seen)).unread
    assert alice.dialogs[bob.peer].marked
