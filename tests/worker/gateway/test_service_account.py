"""Login codes are credentials: what Telegram's own account (777000) writes leaves the worker on no path at all."""

import asyncio
import json
from typing import Any

import pytest
from telethon import TelegramClient

from chalicelib.kernel.ids import ChatId
from dev.telegram.world.world import SERVICE_ID
from tests.worker.faults.talk import Talk, a_talk
from tests.worker.gateway.browser import Refused
from tests.worker.gateway.stage import Stage, chat_with
from tests.worker.gateway.test_boundary import requests_about

CODE = "13579"
_WOULD_REMOVE_IT = ("message.delete", "message.edit", "group.leave")


@pytest.fixture
async def talk(stage: Stage) -> Talk:
    return await a_talk(stage)


async def plant(talk: Talk) -> None:
    """A code comes; its owner's phone forwards it to Boris and to their own notes, and Telegram edits it."""
    telegram = talk.stage.telegram
    telegram.post(telegram.world.users[SERVICE_ID], talk.anna, f"Login code: {CODE}. Do not give it to anyone.")
    phone = TelegramClient(telegram.session(talk.anna), 1, "x")
    await phone.connect()
    try:
        await phone.get_dialogs()
        [message] = [one async for one in phone.iter_messages(SERVICE_ID)]
        for to in (talk.boris.id, "me"):
            await phone.forward_messages(to, message)
    finally:
        await phone.disconnect()


async def everything_said(talk: Talk, chat_id: ChatId, message_ids: list[int]) -> list[Any]:
    """What every request there is about a chat and its messages is answered with."""
    said: list[Any] = []
    for message_id in message_ids:
        for kind, body in requests_about(chat_id):
            if kind in _WOULD_REMOVE_IT:
                continue
            named = {"message_id": message_id, "message_ids": [message_id], "words": CODE}
            try:
                said.append(await talk.browser.ask(kind, **{key: named.get(key, body[key]) for key in body}))
            except Refused as refusal:
                said.append(refusal.problem)
    return said


async def test_a_planted_code_is_in_no_answer_and_no_event(talk: Talk) -> None:
    await plant(talk)
    world = talk.stage.telegram.world
    await talk.browser.hear("message.new")
    holding = [(message.peer, number) for number, message in talk.anna.box.messages.items() if CODE in message.text]
    assert len(holding) == 3, "the code lies with Telegram, with Boris and in the notes"
    said: list[Any] = []
    for chat in (world.users[SERVICE_ID], talk.boris, talk.anna):
        numbers = [number for peer, number in holding if peer == chat.peer]
        said += await everything_said(talk, chat_with(talk.account_id, chat), numbers)
    await asyncio.sleep(0.3)
    told = json.dumps([said, talk.browser.events])
    assert "are not shown here" in told, "it was looked for where it would be"
    assert CODE not in told
    assert [message for message in talk.anna.box.messages.values() if CODE in message.text], "it is there to this end"
