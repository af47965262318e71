"""Formatted texts, replies, reactions, forwards and pins, between two people and in their browsers."""

import asyncio
from typing import Any, NamedTuple

import pytest
from telethon.tl import types

from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId, ChatId
from dev.telegram.faults import Fault
from dev.telegram.methods import reactions
from dev.telegram.rules import RepeatedSends
from dev.telegram.views import read_all
from dev.telegram.world.people import User
from dev.telegram.world.world import SERVICE_ID
from tests.worker.gateway.browser import PATIENCE_S, LiveBrowser, Refused
from tests.worker.gateway.stage import Stage, chat_with, owner_and_workspace, texts_of


class Talk(NamedTuple):
    """Anna, whose account is connected, and Boris, who has written to her; two browsers of Anna's."""

    anna: User
    boris: User
    account_id: AccountId
    chat_id: ChatId
    desk: LiveBrowser
    phone: LiveBrowser


@pytest.fixture
async def talk(stage: Stage) -> Talk:
    """A conversation that has begun."""
    person, workspace_id = owner_and_workspace()
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris", last_name="Orlov")
    stage.telegram.post(boris, boris, "shifts the numbers")
    stage.telegram.post(boris, anna, "hello")
    account_id = await stage.connect(person, workspace_id, anna)
    desk, phone = await stage.enter(person, workspace_id), await stage.enter(person, workspace_id)
    return Talk(anna, boris, account_id, chat_with(account_id, boris), desk, phone)


def a_mark(kind: str, offset: int, length: int, url: str | None = None) -> dict[str, Any]:
    """One stretch of formatting."""
    return {"type": kind, "offset": offset, "length": length, **({} if url is None else {"url": url})}


EVERY_MARK = [
    *(a_mark(kind, place, 1) for place, kind in enumerate(("bold", "italic", "underline", "strike", "spoiler"))),
    *(a_mark(kind, 5 + place, 1) for place, kind in enumerate(("code", "pre", "blockquote"))),
    a_mark("text_link", 8, 1, "https://example.com/a"),
]


async def send(talk: Talk, text: str, **more: Any) -> dict[str, Any]:
    """The answer to one send."""
    return await talk.desk.ask("message.send", chat_id=talk.chat_id, client_id=ids.mint(), text=text, **more)


async def test_formatting_arrives_as_it_was_sent_and_as_it_was_changed(talk: Talk) -> None:
    sent = await send(talk, "abcdefghi", entities=EVERY_MARK)
    assert sent["message"]["entities"] == EVERY_MARK
    [copy] = [message for message in talk.boris.box.messages.values() if message.text == "abcdefghi"]
    kinds = [type(one) for one in read_all(copy.entities)]
    assert kinds[0] is types.MessageEntityBold
    assert len(kinds) == len(EVERY_MARK)
    bold = [a_mark("bold", 3, 4)]
    edited = await talk.desk.ask(
        "message.edit", chat_id=talk.chat_id, message_id=sent["message"]["id"], text="👋 bold", entities=bold
    )
    assert edited["message"]["entities"] == bold
    assert (await talk.phone.hear("message.edited"))["message"]["entities"] == bold


async def test_formatting_that_does_not_fit_its_text_is_refused_and_nothing_is_sent(talk: Talk) -> None:
    misfits = [
        ("abc", a_mark("bold", 1, 3)),
        ("👋", a_mark("bold", 1, 1)),
        ("abc", a_mark("text_link", 0, 3, "tg://x")),
    ]
    for text, mark in misfits:
        for kind, body in (
            ("message.send", {"client_id": ids.mint()}),
            ("message.edit", {"message_id": 1}),
            ("chat.draft", {}),
        ):
            with pytest.raises(Refused) as refusal:
                await talk.desk.ask(kind, chat_id=talk.chat_id, text=text, entities=[mark], **body)
            assert refusal.value.problem["status"] == 422, kind
            assert refusal.value.problem["errors"][0]["pointer"] == "/entities/0"
    assert texts_of(talk.boris)[1:] == ["hello"]


async def test_a_text_of_telegram_s_whole_length_is_sent_and_a_longer_one_or_half_an_emoji_is_not(talk: Talk) -> None:
    whole = "👋" * 2_047 + "ab"
    sent = await send(talk, whole, entities=[a_mark("bold", 4_094, 2)])
    assert sent["message"]["text"] == whole
    with pytest.raises(Refused) as refusal:
        await send(talk, "x" * 4_097)
    assert refusal.value.code == "invalid"
    answer = await talk.desk.say('{"id":"","type":"message.send","chat_id":"X","text":"\\ud83d"}')
    assert answer["problem"]["status"] in (400, 422)


async def test_an_answer_names_what_it_answers_and_the_original_is_fetched_until_it_is_gone(
    stage: Stage, talk: Talk
) -> None:
    asked_id = max(talk.anna.box.messages)
    sent = await send(talk, "good day", reply_to_id=asked_id)
    assert sent["message"]["reply_to_id"] == asked_id
    [original] = (await talk.desk.ask("message.get", chat_id=talk.chat_id, message_ids=[asked_id]))["messages"]
    assert (original["text"], original["sender"]["name"]) == ("hello", "Boris Orlov")
    await talk.desk.ask("message.delete", chat_id=talk.chat_id, message_ids=[asked_id])
    assert await talk.desk.ask("message.get", chat_id=talk.chat_id, message_ids=[asked_id]) == {"messages": []}


async def test_a_reaction_is_given_seen_by_both_and_taken_off(stage: Stage, talk: Talk) -> None:
    message_id = max(talk.anna.box.messages)
    ask = {"chat_id": talk.chat_id, "message_id": message_id}
    given = [{"emoji": "👍", "count": 1, "mine": True}]
    assert await talk.desk.ask("message.react", **ask, emoji="👍") == {"reactions": given}
    assert (await talk.phone.hear("message.reacted"))["reactions"] == given
    [theirs] = [message for message in talk.boris.box.messages.values() if message.text == "hello"]
    assert theirs.reactions == {talk.anna.id: "👍"}
    again = await talk.desk.ask("message.react", **ask, emoji="👍")
    assert again == {"reactions": given}, "a repetition changes nothing"
    reactions.give(stage.telegram, talk.boris, talk.boris, theirs, "🔥")
    event = await talk.phone.hear("message.reacted", lambda one: len(one["reactions"]) == 2)
    assert (event["chat_id"], event["message_id"]) == (talk.chat_id, message_id)
    page = await talk.desk.ask("chat.history", chat_id=talk.chat_id, before_id=None, limit=1)
    assert {one["emoji"] for one in page["messages"][0]["reactions"]} == {"👍", "🔥"}
    await talk.desk.ask("message.react", **ask, emoji=None)
    assert theirs.reactions == {talk.boris.id: "🔥"}


async def test_a_reaction_the_chat_does_not_allow_is_refused_in_words(talk: Talk) -> None:
    ask = {"chat_id": talk.chat_id, "message_id": max(talk.anna.box.messages)}
    with pytest.raises(Refused) as refusal:
        await talk.desk.ask("message.react", **ask, emoji="🦄")
    assert refusal.value.problem["detail"].startswith("This chat does not allow that reaction.")
    with pytest.raises(Refused) as refusal:
        await talk.desk.ask("message.react", chat_id=talk.chat_id, message_id=9_999, emoji="👍")
    assert refusal.value.code == "not-found"


async def test_messages_are_forwarded_once_however_often_it_is_asked_for(stage: Stage, talk: Talk) -> None:
    world = stage.telegram.world
    clara = world.add_user("Clara")
    stage.telegram.post(clara, talk.anna, "hi Anna")
    await talk.desk.hear("message.new")
    second = await send(talk, "two")
    source = [min(talk.anna.box.messages), second["message"]["id"]]
    wish = {
        "chat_id": chat_with(talk.account_id, clara),
        "from_chat_id": talk.chat_id,
        "client_id": ids.mint(),
        "message_ids": source,
    }
    stage.telegram.fault(Fault(method="messages.ForwardMessages", cut=True, after_effect=True, times=1))
    with pytest.raises(Refused):
        await talk.desk.ask("message.forward", **wish)
    for rule in (RepeatedSends.ANSWERED, RepeatedSends.REFUSED):
        stage.telegram.rules.repeated_sends = rule
        answer = await until_done(talk.desk, "message.forward", wish)
        assert [one["text"] for one in answer["messages"]] == ["hello", "two"]
        assert answer["messages"][0]["forwarded_from"] == {"name": "Boris Orlov"}
    assert texts_of(clara) == ["hi Anna", "hello", "two"]
    event = await talk.phone.hear("message.new", lambda one: one["message"]["text"] == "hello")
    assert event["chat_id"] == wish["chat_id"]


async def until_done(browser: LiveBrowser, kind: str, wish: dict[str, Any]) -> dict[str, Any]:
    """The answer to a send that is repeated, as browsers do, while the line is down or its fate is looked up."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                answer = await browser.ask(kind, **wish)
            except Refused as refusal:
                if refusal.problem["status"] != 503:
                    raise
            else:
                if answer["state"] == "sent":
                    return answer
            await asyncio.sleep(0.1)


async def test_a_protected_chat_and_telegram_s_own_account_give_nothing_away(stage: Stage, talk: Talk) -> None:
    world = stage.telegram.world
    channel = world.add_channel("Board", talk.boris, [talk.anna], at=stage.telegram.clock())
    post = stage.telegram.post(talk.boris, channel, "between us")
    channel.protected = True
    stage.telegram.post(world.users[SERVICE_ID], talk.anna, "Login code: 54321")
    for _ in range(2):
        await talk.desk.hear("message.new")
    code_id = max(talk.anna.box.messages)
    for source, message_id, code in (
        (channel, post.id, "telegram-refused"),
        (world.users[SERVICE_ID], code_id, "message-withheld"),
    ):
        with pytest.raises(Refused) as refusal:
            await talk.desk.ask(
                "message.forward",
                chat_id=talk.chat_id,
                from_chat_id=chat_with(talk.account_id, source),
                client_id=ids.mint(),
                message_ids=[message_id],
            )
        assert refusal.value.code == code
    assert texts_of(talk.boris)[1:] == ["hello"]
    for kind in ("message.get", "chat.pinned", "scheduled.list"):
        more = {"message_ids": [code_id]} if kind == "message.get" else {}
        shown = await talk.desk.ask(kind, chat_id=chat_with(talk.account_id, world.users[SERVICE_ID]), **more)
        assert "54321" not in str(shown)


async def test_a_message_of_somebody_else_s_account_is_not_forwarded(stage: Stage, talk: Talk) -> None:
    eve, elsewhere = owner_and_workspace("Eve")
    ewa = stage.telegram.world.add_user("Ewa")
    stage.telegram.post(talk.boris, ewa, "for Ewa only")
    foreign = chat_with(await stage.connect(eve, elsewhere, ewa), talk.boris)
    for missing in (foreign, ids.mint() + "0" * 16):
        with pytest.raises(Refused) as refusal:
            await talk.desk.ask(
                "message.forward",
                chat_id=talk.chat_id,
                from_chat_id=missing,
                client_id=ids.mint(),
                message_ids=[1],
            )
        assert refusal.value.code == "not-found"


async def test_a_pinned_message_stands_on_top_for_both_and_is_taken_down(talk: Talk) -> None:
    message_id = max(talk.anna.box.messages)
    assert await talk.desk.ask("message.pin", chat_id=talk.chat_id, message_id=message_id, is_pinned=True) == {}
    assert (await talk.phone.hear("message.pinned"))["message_ids"] == [message_id]
    [shown] = (await talk.desk.ask("chat.pinned", chat_id=talk.chat_id))["messages"]
    assert (shown["id"], shown["is_pinned"]) == (message_id, True)
    assert [one.pinned for one in talk.boris.box.messages.values() if one.text == "hello"] == [True]
    await talk.desk.ask("message.pin", chat_id=talk.chat_id, message_id=message_id, is_pinned=False)
    assert await talk.desk.ask("chat.pinned", chat_id=talk.chat_id) == {"messages": []}


async def test_a_silent_text_makes_no_sound_and_one_without_preview_says_so(stage: Stage, talk: Talk) -> None:
    stage.telegram.trace = []
    await send(talk, "https://example.com", is_silent=True, has_preview=False)
    [request] = [one for _, method, one in stage.telegram.trace if method == "messages.SendMessage"]
    assert (request.silent, request.no_webpage) == (True, True)
    [copy] = [one for one in talk.boris.box.messages.values() if one.text == "https://example.com"]
    assert copy.silent
