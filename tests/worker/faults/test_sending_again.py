"""What is asked of a first try alone, and what a repetition may not undo or be taken for."""

import asyncio
from datetime import timedelta

import pytest

from chalicelib.kernel import ids
from chalicelib.kernel.clock import to_wire, utc_now
from chalicelib.kernel.ids import ChatId, ClientId
from dev.telegram import Fault
from session_worker.door import Door
from session_worker.messaging.orders.text import TextOrder
from session_worker.messaging.outbound import Outbound
from session_worker.messaging.outbox import Outbox, Outgoing, SendState
from tests.scene import a_job
from tests.worker.faults.talk import Talk, a_talk
from tests.worker.gateway.browser import Refused
from tests.worker.gateway.sending_files import A_PICTURE, a_file
from tests.worker.gateway.stage import Stage, eventually, texts_of

SEND = "messages.SendMessage"


@pytest.fixture
async def talk(stage: Stage) -> Talk:
    return await a_talk(stage)


def box_of(talk: Talk) -> Outbox:
    """What Anna's connection has sent."""
    return Outbox(a_job(talk.workspace_id), talk.account_id, talk.live.key.connection_id)


def left_behind(talk: Talk, state: SendState, *message_ids: int | None) -> ClientId:
    """The row of a send that a process of another login left behind a while ago."""
    outgoing = Outgoing(
        client_id=ClientId(ids.mint()),
        chat_id=talk.chat(),
        state=state,
        login="0" * 16,
        tried_at=utc_now() - timedelta(seconds=20),
        message_ids=message_ids or (None,),
    )
    assert box_of(talk).begin(outgoing)
    return outgoing.client_id


async def test_what_could_not_leave_is_not_said_to_have_perhaps_arrived(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_id = ClientId(ids.mint())
    with monkeypatch.context() as away:
        away.setattr(talk.live, "_permit", lambda: False)
        assert (await talk.refused("soon", client_id=client_id)).code == "telegram-away"
        assert box_of(talk).get(client_id) is None
    assert (await talk.send("soon", client_id=client_id))["state"] == "sent"
    assert talk.received == ["hello", "soon"]


async def test_a_repetition_that_waits_for_its_turn_can_not_be_taken_back(stage: Stage, talk: Talk) -> None:
    stage.telegram.post(talk.anna, talk.boris, "it did arrive")
    client_id = left_behind(talk, SendState.SENDING)
    stage.telegram.fault(Fault(method=SEND, delay_s=1, times=1))
    order = {"chat_id": talk.chat(), "client_id": client_id}
    before = talk.browser.begin("message.send", chat_id=talk.chat(), client_id=ids.mint(), text="slow")
    repeated = talk.browser.begin("message.send", **order, text="it did arrive")
    taken = await talk.browser.ask("media.cancel", **order, upload_ids=["0" * 32])
    assert taken == {"is_withdrawn": False}
    assert [(await answer)["result"]["state"] for answer in (before, repeated)] == ["sent", "sent"]
    assert talk.received == ["hello", "it did arrive", "slow"]


async def test_a_time_that_has_passed_is_refused_to_a_first_try_alone(stage: Stage, talk: Talk) -> None:
    stage.telegram.post(talk.anna, talk.boris, "its time came")
    past = to_wire(utc_now() - timedelta(seconds=5))
    order = {"chat_id": talk.chat(), "text": "its time came", "schedule_at": past}
    client_id = left_behind(talk, SendState.SENDING)
    assert (await talk.browser.ask("message.send", **order, client_id=client_id))["state"] == "sent"
    with pytest.raises(Refused) as refusal:
        await talk.browser.ask("message.send", **order, client_id=ids.mint())
    assert refusal.value.code == "schedule-time-invalid"


async def test_what_was_sent_and_deleted_since_stays_sent_and_is_not_taken_for_another_of_the_same_text(
    stage: Stage, talk: Talk
) -> None:
    client_id = ClientId(ids.mint())
    sent = await talk.send("same", client_id=client_id)
    await talk.browser.ask("message.delete", chat_id=talk.chat(), message_ids=[sent["message"]["id"]])
    stage.telegram.post(talk.anna, talk.boris, "same")
    assert await talk.send("same", client_id=client_id) == {"state": "sent", "message": None}
    known = box_of(talk).get(client_id)
    assert known is not None
    assert (known.state, known.message_ids) == (SendState.SENT, (sent["message"]["id"],))


async def test_what_was_scheduled_and_taken_back_stays_sent_and_is_not_taken_for_another_of_the_same_text(
    stage: Stage, talk: Talk
) -> None:
    order = {"client_id": ids.mint(), "text": "same", "schedule_at": to_wire(utc_now() + timedelta(hours=1))}
    waits = await talk.browser.ask("message.send", chat_id=talk.chat(), **order)
    await talk.browser.ask("scheduled.delete", chat_id=talk.chat(), message_ids=[waits["message"]["id"]])
    stage.telegram.post(talk.anna, talk.boris, "same")
    again = await talk.browser.ask("message.send", chat_id=talk.chat(), **order)
    assert again == {"state": "sent", "message": None}
    known = box_of(talk).get(ClientId(order["client_id"]))
    assert known is not None
    assert (known.state, known.message_ids) == (SendState.SENT, (-waits["message"]["id"],))


async def test_a_send_s_own_messages_are_no_other_s(talk: Talk) -> None:
    album, other = left_behind(talk, SendState.UNKNOWN, 7, 8, None), left_behind(talk, SendState.SENT, 9)
    assert box_of(talk).claimed_messages(talk.chat(), by_others_than=album) == {9}
    assert box_of(talk).claimed_messages(talk.chat(), by_others_than=other) == {7, 8}


async def test_nothing_of_a_send_stays_in_memory_once_it_has_ended(talk: Talk) -> None:
    door = Door(1, 5)
    outbound = Outbound(door)
    for chat_id in (talk.chat(), ChatId("0" * 40)):
        order = TextOrder(chat_id=chat_id, client_id=ClientId(ids.mint()), text="hi")
        await asyncio.gather(outbound.send(talk.live, order), return_exceptions=True)
    await eventually(lambda: len(outbound) == 0)
    door.close()
    assert talk.received == ["hello", "hi"]


async def test_a_text_does_not_overtake_the_forward_before_it(stage: Stage, talk: Talk) -> None:
    [number] = [number for number, message in talk.anna.box.messages.items() if message.text == "hello"]
    stage.telegram.fault(Fault(method="messages.GetMessages", delay_s=1, times=1))
    about = {"chat_id": talk.chat(), "from_chat_id": talk.chat(), "message_ids": [number]}
    forwarded = talk.browser.begin("message.forward", **about, client_id=ids.mint())
    typed = talk.browser.begin("message.send", chat_id=talk.chat(), client_id=ids.mint(), text="what you said")
    assert [(await answer)["result"]["state"] for answer in (forwarded, typed)] == ["sent", "sent"]
    assert texts_of(talk.boris) == ["hello", "hello", "what you said"]


async def test_a_file_is_not_brought_to_telegram_while_it_could_not_be_sent(stage: Stage, talk: Talk) -> None:
    stage.telegram.fault(Fault(method="messages.SendMedia", error="FLOOD_WAIT_700", times=1))
    picture = await a_file(talk.browser, A_PICTURE, kind="photo", mime="image/png")
    for _ in range(2):
        with pytest.raises(Refused) as refusal:
            await talk.browser.ask("media.send", chat_id=talk.chat(), client_id=ids.mint(), files=[picture])
        assert refusal.value.code == "telegram-busy"
    assert stage.telegram.calls["upload.SaveFilePart"] == 1
