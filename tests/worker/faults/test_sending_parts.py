"""Orders of several messages whose answer is lost, or that Telegram knows already: every part once, in its order."""

from typing import Any

import pytest

from chalicelib.kernel import ids
from dev.telegram import Fault, RepeatedSends
from tests.worker.faults.talk import Talk, a_talk
from tests.worker.gateway.browser import Refused
from tests.worker.gateway.stage import Stage, texts_of

FORWARD = "messages.ForwardMessages"
TEXTS = ["one", "two", "three"]


@pytest.fixture
async def talk(stage: Stage) -> Talk:
    """Boris wrote three messages, and Clara is known."""
    made = await a_talk(stage)
    for text in TEXTS:
        stage.telegram.post(made.boris, made.anna, text)
        await made.browser.hear("message.new")
    return made


@pytest.mark.parametrize("repeated", list(RepeatedSends))
@pytest.mark.parametrize("trouble", [{"cut": True, "after_effect": True}, {"half": True}], ids=["cut", "half"])
async def test_three_forwarded_messages_whose_answer_is_lost_arrive_once_each(
    stage: Stage, talk: Talk, repeated: RepeatedSends, trouble: dict[str, Any]
) -> None:
    stage.telegram.rules.repeated_sends = repeated
    clara = stage.telegram.world.add_user("Clara")
    stage.telegram.post(clara, talk.anna, "hi")
    await talk.browser.hear("message.new")
    numbers = [number for number, message in talk.anna.box.messages.items() if message.text in TEXTS]
    stage.telegram.fault(Fault(method=FORWARD, times=1, **trouble))
    order = {
        "chat_id": talk.chat(clara),
        "from_chat_id": talk.chat(),
        "message_ids": numbers,
        "client_id": ids.mint(),
    }
    with pytest.raises(Refused) as refusal:
        await talk.browser.ask("message.forward", **order)
    assert refusal.value.code == "telegram-away"
    await talk.browser.hear("connection.changed", lambda event: event["state"] == "connected")
    answer = await talk.browser.ask("message.forward", **order)
    if answer["state"] != "sent":
        answer = await talk.browser.hear("send.changed", lambda event: event["client_id"] == order["client_id"])
    assert answer["state"] == "sent", answer
    assert [message["text"] for message in answer["messages"]] == TEXTS
    again = await talk.browser.ask("message.forward", **order)
    assert [message["id"] for message in again["messages"]] == [message["id"] for message in answer["messages"]]
    assert texts_of(clara) == ["hi", *TEXTS]
