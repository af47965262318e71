"""Writing, reading, changing and removing messages between people."""

import asyncio

import pytest
from telethon import errors, events
from telethon.tl import functions, types

from dev.telegram import Emulator, RepeatedSends
from tests.worker.telegram.clients import Open, counting, eventually, hearing


async def test_a_message_reaches_the_other_with_its_formatting(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    writer, reader = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    heard = hearing(reader)
    sent = await writer.send_message("bobby", "hello **bob** 👋")
    pushed = await heard.next()
    assert (pushed.sender_id, pushed.raw_text, pushed.text) == (alice.id, "hello bob 👋", "hello **bob** 👋")
    assert [one.id for one in await writer.get_messages("bobby", limit=5)] == [sent.id]
    assert [one.text for one in await reader.get_messages(alice.id, limit=5)] == ["hello **bob** 👋"]


async def test_other_sessions_of_the_sender_see_what_was_sent(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    telegram.world.add_user("Bob", username="bobby")
    writer, elsewhere = await connected(telegram.session(alice)), await connected(telegram.session(alice))
    heard = hearing(elsewhere)
    await writer.send_message("bobby", "from my phone")
    assert (await heard.next()).out


async def test_sending_leaves_no_gap_behind(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    telegram.world.add_user("Bob", username="bobby")
    writer = await connected(telegram.session(alice))
    await writer.send_message("bobby", "number 0")
    with counting(telegram, "updates.GetDifference") as differences:
        for number in (1, 2):
            await writer.send_message("bobby", f"number {number}")
        await asyncio.sleep(0.6)  # a client waits 0.5 s before it takes a gap for one
    assert differences() == 0


async def test_a_name_nobody_has_is_not_found(telegram: Emulator, connected: Open) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    with pytest.raises(ValueError, match="nobody_here"):
        await client.get_entity("nobody_here")


async def test_a_message_to_oneself_is_one_message(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    await client.send_message("me", "note")
    assert [one.text for one in alice.box.messages.values()] == ["note"]


async def test_a_reply_points_to_the_reader_s_own_copy(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    telegram.post(alice, alice, "shifts the numbers")
    question = telegram.post(bob, alice, "question")
    writer, reader = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    heard = hearing(reader)
    await writer.get_dialogs()
    await writer.send_message(bob.id, "answer", reply_to=question.id + 1)
    pushed = await heard.next()
    assert (await pushed.get_reply_message()).raw_text == "question"


async def test_reading_shows_ticks_to_the_writer_and_clears_the_count(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    sent = telegram.post(alice, bob, "are you there?")
    writer, reader = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    seen: list[int] = []

    async def ticked(event: events.MessageRead.Event) -> None:
        seen.append(event.max_id)

    writer.add_event_handler(ticked, events.MessageRead())
    before = await reader.get_dialogs()
    await reader.send_read_acknowledge(before[0].entity)
    await eventually(lambda: seen == [sent.id])
    assert [before[0].unread_count, (await reader.get_dialogs())[0].unread_count] == [1, 0]


async def test_an_edit_changes_everybody_s_copy(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    writer, reader = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    edited: list[str] = []

    async def changed(event: events.MessageEdited.Event) -> None:
        edited.append(event.raw_text)

    reader.add_event_handler(changed, events.MessageEdited())
    sent = await writer.send_message("bobby", "helo")
    await writer.edit_message("bobby", sent.id, "hello")
    await eventually(lambda: edited == ["hello"])
    assert [one.raw_text for one in await reader.get_messages(alice.id, limit=1)] == ["hello"]


async def test_nobody_edits_another_s_message(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    telegram.post(alice, bob, "mine")
    client = await connected(telegram.session(bob))
    chat = (await client.get_dialogs())[0]
    with pytest.raises(errors.MessageAuthorRequiredError):
        await client.edit_message(chat.entity, chat.message.id, "yours")
    assert [one.text for one in telegram.world.users[alice.id].box.messages.values()] == ["mine"]


@pytest.mark.parametrize(("for_all", "left"), [(True, 0), (False, 1)])
async def test_deleting_is_for_both_only_when_asked(
    telegram: Emulator, connected: Open, for_all: bool, left: int
) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    sent = telegram.post(alice, bob, "wrong chat")
    writer, reader = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    gone: list[int] = []

    async def removed(event: events.MessageDeleted.Event) -> None:
        gone.extend(event.deleted_ids)

    reader.add_event_handler(removed, events.MessageDeleted())
    await writer.delete_messages(None, [sent.id], revoke=for_all)
    await reader.get_me()
    assert (len(bob.box.messages), len(gone)) == (left, 1 - left)
    assert alice.box.messages == {}


async def test_deleting_the_newest_message_shows_the_one_before(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    telegram.post(alice, bob, "first")
    last = telegram.post(alice, bob, "second")
    client = await connected(telegram.session(alice))
    await client.delete_messages(None, [last.id])
    assert [chat.message.raw_text for chat in await client.get_dialogs()] == ["first"]


async def test_search_finds_by_words(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    for text in ("the Invoice", "something else", "invoice two"):
        telegram.post(bob, alice, text)
    client = await connected(telegram.session(alice))
    found = await client.get_messages("bobby", search="invoice", limit=10)
    assert [one.raw_text for one in found] == ["invoice two", "the Invoice"]


async def test_a_forwarded_message_names_its_author(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    carol = telegram.world.add_user("Carol", username="carol")
    telegram.post(carol, alice, "spread this")
    writer, reader = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    heard = hearing(reader)
    message = (await writer.get_messages("carol", limit=1))[0]
    await writer.forward_messages("bobby", message)
    pushed = await heard.next()
    assert (pushed.raw_text, pushed.message.fwd_from.from_id.user_id) == ("spread this", carol.id)


@pytest.mark.parametrize(
    ("text", "refusal"), [("", errors.MessageEmptyError), ("x" * 4097, errors.MessageTooLongError)]
)
async def test_text_that_cannot_be_sent_is_refused(
    telegram: Emulator, connected: Open, text: str, refusal: type[Exception]
) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    with pytest.raises(refusal):
        await client(functions.messages.SendMessageRequest(types.InputPeerSelf(), text, random_id=1))


async def test_a_repeated_send_is_answered_with_the_first_message(telegram: Emulator, connected: Open) -> None:
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice))
    request = functions.messages.SendMessageRequest(types.InputPeerSelf(), "once", random_id=42)
    first, second = await client(request), await client(request)
    assert (first.id, first.pts) == (second.id, second.pts)
    assert len(alice.box.messages) == 1


async def test_a_repeated_send_is_refused_when_the_rules_say_so(telegram: Emulator, connected: Open) -> None:
    telegram.rules.repeated_sends = RepeatedSends.REFUSED
    alice = telegram.world.add_user("Alice")
    client = await connected(telegram.session(alice), request_retries=1, raise_last_call_error=True)
    request = functions.messages.SendMessageRequest(types.InputPeerSelf(), "once", random_id=42)
    await client(request)
    with pytest.raises(errors.RandomIdDuplicateError):
        await client(request)
    assert len(alice.box.messages) == 1
