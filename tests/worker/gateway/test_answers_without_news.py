"""Telegram may answer a change by saying only that something changed: what was done is done, and told."""

from datetime import timedelta
from typing import Any

import pytest
from telethon.tl import types

from chalicelib.kernel.clock import to_wire, utc_now
from session_worker.connections.connection import LiveConnection
from tests.worker.faults.talk import Talk, a_talk
from tests.worker.gateway.stage import Stage


def too_long(_: Any) -> Any:
    return types.UpdatesTooLong()


def short(answer: Any) -> Any:
    return types.UpdateShort(answer.updates[0], answer.date)


@pytest.fixture
async def talk(stage: Stage) -> Talk:
    return await a_talk(stage)


@pytest.fixture(params=[too_long, short])
def tight_lipped(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, talk: Talk) -> None:
    """From now on no answer to a change says more than that."""
    del talk
    call = LiveConnection.call

    async def said(live: LiveConnection, asked: Any, **options: Any) -> Any:
        answer = await call(live, asked, **options)
        return request.param(answer) if isinstance(answer, types.Updates) else answer

    monkeypatch.setattr(LiveConnection, "call", said)


@pytest.mark.usefixtures("tight_lipped")
async def test_a_text_is_sent_changed_reacted_to_and_pinned(talk: Talk) -> None:
    sent = await talk.send("one")
    about = {"chat_id": talk.chat(), "message_id": sent["message"]["id"]}
    assert (await talk.browser.ask("message.edit", **about, text="two"))["message"]["text"] == "two"
    assert (await talk.browser.hear("message.edited"))["message"]["text"] == "two"
    [given] = (await talk.browser.ask("message.react", **about, emoji="👍"))["reactions"]
    assert (given["emoji"], given["mine"]) == ("👍", True)
    assert await talk.browser.ask("message.pin", **about, is_pinned=True) == {}
    assert talk.received[:2] == ["hello", "two"]


@pytest.mark.usefixtures("tight_lipped")
async def test_a_text_is_scheduled_changed_and_sent_before_its_time(talk: Talk) -> None:
    waits = {"chat_id": talk.chat(), "message_id": await talk.schedule("later")}
    at = to_wire(utc_now() + timedelta(hours=2))
    changed = await talk.browser.ask("scheduled.change", **waits, schedule_at=at, text="sooner")
    assert changed["message"]["text"] == "sooner"
    await talk.browser.ask("scheduled.send", chat_id=talk.chat(), message_ids=[waits["message_id"]])
    assert talk.received == ["hello", "sooner"]


@pytest.mark.usefixtures("tight_lipped")
async def test_a_group_is_joined_and_listed(stage: Stage, talk: Talk) -> None:
    group = stage.telegram.world.add_channel("Harbour", talk.boris, at=stage.telegram.clock(), username="harbour_news")
    found = await talk.browser.ask("people.find", account_id=talk.account_id, name="harbour_news")
    for _ in range(2):
        await talk.browser.ask("group.join", chat_id=found["chat_id"])
    assert talk.anna.id in group.members
    again = await talk.browser.ask("people.find", account_id=talk.account_id, name="harbour_news")
    assert again["is_listed"]
