"""Typing, drafts, scheduled messages and marks: Telegram's own, on both sides and in all browsers."""

from datetime import datetime, timedelta

import pytest
from telethon.tl import types

from chalicelib.kernel import ids
from chalicelib.kernel.clock import to_wire
from dev.telegram.faults import Fault
from dev.telegram.methods import drafts, scheduled, typing
from dev.telegram.rules import RepeatedSends
from dev.telegram.world import writing
from dev.telegram.world.boxes import Unsent
from dev.telegram.world.world import SERVICE_ID
from tests.worker.gateway.browser import Refused
from tests.worker.gateway.stage import Stage, chat_with, eventually, texts_of
from tests.worker.gateway.test_conversation_messages import Talk, a_mark, send, talk, until_done

__all__ = ["talk"]


async def test_typing_is_shown_at_a_pace_and_heard_from_people_and_groups(stage: Stage, talk: Talk) -> None:
    calls = stage.telegram.calls
    for _ in range(3):
        assert await talk.desk.ask("chat.typing", chat_id=talk.chat_id) == {}
    assert calls["messages.SetTyping"] == 1, "the other two came too soon"
    typing.show(stage.telegram, talk.boris, talk.anna)
    event = await talk.phone.hear("typing")
    assert (event["chat_id"], event["is_typing"], event["user"]["id"]) == (talk.chat_id, True, str(talk.boris.id))
    typing.show(stage.telegram, talk.boris, talk.anna, types.SendMessageCancelAction())
    assert not (await talk.phone.hear("typing"))["is_typing"]
    world = stage.telegram.world
    group = world.add_group("Team", talk.boris, [talk.anna], at=stage.telegram.clock())
    channel = world.add_channel("Board", talk.boris, [talk.anna], at=stage.telegram.clock())
    for room in (group, channel):
        typing.show(stage.telegram, talk.boris, room)
        event = await talk.phone.hear("typing")
        assert (event["chat_id"], event["user"]["id"]) == (chat_with(talk.account_id, room), str(talk.boris.id))


async def test_a_draft_is_telegram_s_own_and_the_same_in_every_browser(stage: Stage, talk: Talk) -> None:
    bold = [a_mark("bold", 0, 4)]
    reply_to_id = max(talk.anna.box.messages)
    wish = {"text": "half a sentence", "entities": bold, "reply_to_id": reply_to_id}
    assert await talk.desk.ask("chat.draft", chat_id=talk.chat_id, **wish) == {}
    kept = talk.anna.dialogs[talk.boris.peer].draft
    assert kept is not None
    assert (kept.text, kept.reply_to) == ("half a sentence", reply_to_id)
    event = await talk.phone.hear("draft.changed")
    assert {name: event["draft"][name] for name in wish} == wish
    marks = await talk.phone.ask("chat.marks", chat_id=talk.chat_id)
    assert {name: marks["draft"][name] for name in wish} == wish
    assert list((await talk.phone.ask("chat.previews"))["drafts"]) == [talk.chat_id]
    await send(talk, "whole")
    assert (await talk.phone.hear("draft.changed"))["draft"] is None
    assert talk.anna.dialogs[talk.boris.peer].draft is None


async def test_a_draft_written_in_telegram_appears_and_an_empty_one_forgets_it(stage: Stage, talk: Talk) -> None:
    unsent = Unsent(text="from my phone", entities=[], reply_to=None, saved_at=stage.telegram.clock())
    drafts.keep(stage.telegram, talk.anna, talk.boris.peer, unsent)
    assert (await talk.desk.hear("draft.changed"))["draft"]["text"] == "from my phone"
    await talk.desk.ask("chat.draft", chat_id=talk.chat_id, text="")
    assert talk.anna.dialogs[talk.boris.peer].draft is None
    service = stage.telegram.world.users[SERVICE_ID]
    stage.telegram.post(service, talk.anna, "Login code: 54321")
    await talk.desk.hear("message.new")
    drafts.keep(stage.telegram, talk.anna, service.peer, unsent)
    marks = await talk.desk.ask("chat.marks", chat_id=chat_with(talk.account_id, service))
    assert marks["draft"] is None, "nothing of Telegram's own chat is shown"


def in_an_hour(stage: Stage) -> datetime:
    """A time to schedule for, in whole seconds."""
    return (stage.telegram.clock() + timedelta(hours=1)).replace(microsecond=0)


async def test_a_scheduled_text_waits_at_telegram_and_arrives_at_its_time(stage: Stage, talk: Talk) -> None:
    at = in_an_hour(stage)
    sent = await send(talk, "later", entities=[a_mark("bold", 0, 5)], schedule_at=to_wire(at))
    waiting = sent["message"]
    assert (waiting["is_scheduled"], waiting["date"], waiting["text"]) == (True, to_wire(at), "later")
    assert (await talk.phone.hear("scheduled.changed"))["message"]["id"] == waiting["id"]
    assert (await talk.phone.hear("draft.changed"))["draft"] is None
    assert talk.phone.heard("message.new") == []
    listed = (await talk.desk.ask("scheduled.list", chat_id=talk.chat_id))["messages"]
    assert [(one["id"], one["entities"]) for one in listed] == [(waiting["id"], [a_mark("bold", 0, 5)])]
    assert texts_of(talk.boris)[1:] == ["hello"]
    stage.telegram.clock = lambda: at + timedelta(seconds=1)
    assert (await talk.phone.hear("scheduled.gone"))["message_ids"] == [waiting["id"]]
    event = await talk.phone.hear("message.new")
    assert (event["message"]["text"], event["message"]["direction"]) == ("later", "out")
    assert texts_of(talk.boris)[1:] == ["hello", "later"]


@pytest.mark.parametrize("rule", list(RepeatedSends))
async def test_a_scheduled_text_whose_answer_is_lost_waits_once(stage: Stage, talk: Talk, rule: RepeatedSends) -> None:
    stage.telegram.rules.repeated_sends = rule
    at, client_id = in_an_hour(stage), ids.mint()
    stage.telegram.fault(Fault(method="messages.SendMessage", cut=True, after_effect=True, times=1))
    wish = {"chat_id": talk.chat_id, "client_id": client_id, "text": "later", "schedule_at": to_wire(at)}
    answer = await until_done(talk.desk, "message.send", wish)
    assert answer["message"]["is_scheduled"]
    assert [one.text for one in talk.anna.scheduled.values()] == ["later"]
    again = await talk.desk.ask("message.send", **wish)
    assert again["message"]["id"] == answer["message"]["id"], "asked again while it waits"
    scheduled.send_now(stage.telegram, talk.anna, list(talk.anna.scheduled.values()))
    assert (await until_done(talk.desk, "message.send", wish))["message"]["text"] == "later", (
        "asked again once it was sent"
    )
    assert texts_of(talk.boris).count("later") == 1


async def test_what_waits_is_changed_sent_early_and_taken_back(stage: Stage, talk: Talk) -> None:
    at = to_wire(in_an_hour(stage))
    first, second = [(await send(talk, text, schedule_at=at))["message"]["id"] for text in ("first", "second")]
    later = to_wire(in_an_hour(stage) + timedelta(hours=1))
    about = {"chat_id": talk.chat_id}
    moved = await talk.desk.ask("scheduled.change", **about, message_id=first, schedule_at=later)
    assert (moved["message"]["date"], moved["message"]["text"]) == (later, "first")
    changed = await talk.desk.ask("scheduled.change", **about, message_id=first, schedule_at=later, text="better")
    assert changed["message"]["text"] == "better"
    sent = await talk.desk.ask("scheduled.send", **about, message_ids=[first])
    assert [one["text"] for one in sent["messages"]] == ["better"]
    assert (await talk.phone.hear("message.new"))["message"]["text"] == "better"
    assert await talk.desk.ask("scheduled.delete", **about, message_ids=[second]) == {}
    for kind in ("scheduled.send", "scheduled.delete"):
        with pytest.raises(Refused) as refusal:
            await talk.desk.ask(kind, **about, message_ids=[first])
        assert refusal.value.code == "not-found"
    assert (talk.anna.scheduled, texts_of(talk.boris)[1:]) == ({}, ["hello", "better"])


async def test_a_time_that_is_past_or_over_a_year_ahead_or_none_at_all_is_refused(stage: Stage, talk: Talk) -> None:
    for off in (timedelta(seconds=-60), timedelta(seconds=5), timedelta(days=366)):
        at = to_wire(stage.telegram.clock() + off)
        for kind, body in (
            ("message.send", {"client_id": ids.mint(), "text": "when?"}),
            ("scheduled.change", {"message_id": 1}),
        ):
            with pytest.raises(Refused) as refusal:
                await talk.desk.ask(kind, chat_id=talk.chat_id, schedule_at=at, **body)
            assert refusal.value.code == "schedule-time-invalid"
    for misfit in ("tomorrow", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00"):
        with pytest.raises(Refused) as refusal:
            await send(talk, "when?", schedule_at=misfit)
        assert refusal.value.problem["errors"][0]["pointer"] == "/schedule_at"
    assert talk.anna.scheduled == {}


async def test_how_far_the_other_side_has_read_is_known_when_a_chat_is_opened(stage: Stage, talk: Talk) -> None:
    sent = (await send(talk, "did you see?"))["message"]["id"]
    marks = await talk.desk.ask("chat.marks", chat_id=talk.chat_id)
    assert (marks["read_out_up_to"] < sent, marks["unread_count"]) == (True, 1)
    stage.telegram.tell(writing.read(stage.telegram.world, talk.boris, talk.anna, 0))
    assert (await talk.phone.hear("chat.read"))["up_to_id"] == sent
    assert (await talk.desk.ask("chat.marks", chat_id=talk.chat_id))["read_out_up_to"] == sent


async def test_a_chat_is_marked_unread_in_telegram_and_every_browser(talk: Talk) -> None:
    assert await talk.desk.ask("chat.mark_unread", chat_id=talk.chat_id, is_unread=True) == {}
    assert talk.anna.dialogs[talk.boris.peer].marked
    assert (await talk.phone.hear("chat.marked"))["is_unread"]
    assert (await talk.phone.ask("chat.previews"))["marked_unread"] == {talk.chat_id: True}
    await talk.desk.ask("chat.mark_unread", chat_id=talk.chat_id, is_unread=False)
    await eventually(lambda: not talk.anna.dialogs[talk.boris.peer].marked)
    assert (await talk.phone.ask("chat.marks", chat_id=talk.chat_id))["is_marked_unread"] is False
