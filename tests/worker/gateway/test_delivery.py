"""A text is delivered once, whatever happens on the way."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel import ids
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import AccountId, ChatId, ClientId
from dev.telegram import Fault, RepeatedSends
from dev.telegram.world.people import User
from session_worker.messaging import pacing
from session_worker.messaging.outbox import Outbox, Outgoing, SendState, random_id_of
from tests.scene import a_job
from tests.worker.gateway.browser import LiveBrowser, Refused
from tests.worker.gateway.stage import Stage, chat_with, owner_and_workspace, texts_of


class Talk:
    """Anna at her browser, and Boris to whom she writes."""

    browser: LiveBrowser
    boris: User
    chat_id: ChatId
    account_id: AccountId
    box: Outbox


@pytest.fixture
async def talk(stage: Stage) -> Talk:
    """A chat that is open."""
    person, workspace_id = owner_and_workspace()
    made = Talk()
    anna, made.boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    stage.telegram.post(anna, made.boris, "hello")
    made.account_id = await stage.connect(person, workspace_id, anna)
    made.chat_id = chat_with(made.account_id, made.boris)
    made.browser = await stage.enter(person, workspace_id)
    key = stage.live(person, workspace_id, made.account_id).key
    made.box = Outbox(a_job(workspace_id), made.account_id, key.connection_id)
    return made


async def test_a_lost_answer_and_a_repetition_make_one_message(stage: Stage, talk: Talk) -> None:
    stage.telegram.fault(Fault(method="messages.SendMessage", cut=True, after_effect=True, times=1))
    order = {"chat_id": talk.chat_id, "client_id": ids.mint(), "text": "only once"}
    with pytest.raises(Refused) as refusal:
        await talk.browser.ask("message.send", **order)
    assert (refusal.value.code, refusal.value.problem["status"]) == ("telegram-away", 503)
    await talk.browser.hear("connection.changed", lambda event: event["state"] == "connected")
    sent = await talk.browser.ask("message.send", **order)
    assert sent["state"] == "sent"
    assert texts_of(talk.boris) == ["hello", "only once"]


async def a_lost_answer(stage: Stage, talk: Talk) -> dict[str, str]:
    """A send that arrived and whose browser was told that nobody knows; gives what the browser repeats."""
    stage.telegram.fault(Fault(method="messages.SendMessage", cut=True, after_effect=True, times=1))
    order = {"chat_id": talk.chat_id, "client_id": ids.mint(), "text": "only once"}
    with pytest.raises(Refused):
        await talk.browser.ask("message.send", **order)
    await talk.browser.hear("connection.changed", lambda event: event["state"] == "connected")
    return order


async def test_a_repetition_that_must_wait_says_nothing_of_the_first_try(stage: Stage, talk: Talk) -> None:
    """Else it would count as not sent, and be sent again when ten minutes are over or the login is another."""
    order = await a_lost_answer(stage, talk)
    first = talk.box.get(ClientId(order["client_id"]))
    stage.telegram.fault(Fault(method="messages.SendMessage", error="FLOOD_WAIT_700", times=1))
    with pytest.raises(Refused) as refusal:
        await talk.browser.ask("message.send", **order)
    assert refusal.value.code == "telegram-busy"
    assert talk.box.get(ClientId(order["client_id"])) == first
    assert first is not None
    assert (first.state, first.may_repeat(first.login, utc_now() + timedelta(seconds=705))) == ("sending", False)


async def test_a_repetition_that_is_refused_is_looked_for_in_the_chat(stage: Stage, talk: Talk) -> None:
    order = await a_lost_answer(stage, talk)
    stage.telegram.fault(Fault(method="messages.SendMessage", error="CHAT_WRITE_FORBIDDEN", times=1))
    answer = await talk.browser.ask("message.send", **order)
    assert (answer["state"], answer["message"]["text"]) == ("sent", "only once")
    assert (await talk.browser.ask("message.send", **order))["message"]["id"] == answer["message"]["id"]
    assert texts_of(talk.boris) == ["hello", "only once"]


def test_a_task_that_lost_the_send_to_another_overwrites_nothing(talk: Talk) -> None:
    client_id = ClientId(ids.mint())
    left_behind(talk, client_id, timedelta(seconds=20))
    first = talk.box.get(client_id)
    assert first is not None
    again = replace(first, login="1" * 16)
    assert talk.box.begin(again) is False
    talk.box.settle(client_id, SendState.QUEUED, tried_at=first.tried_at + timedelta(seconds=1))
    assert talk.box.get(client_id) == first
    talk.box.settle(client_id, SendState.SENT, [7], tried_at=first.tried_at)
    talk.box.settle(client_id, SendState.FAILED, tried_at=first.tried_at)
    assert talk.box.begin(again, over=first) is False
    assert talk.box.get(client_id) == replace(first, state=SendState.SENT, message_ids=(7,))


async def test_telegram_saying_it_has_it_already_means_sent(stage: Stage, talk: Talk) -> None:
    stage.telegram.rules.repeated_sends = RepeatedSends.REFUSED
    stage.telegram.fault(Fault(method="messages.SendMessage", cut=True, after_effect=True, times=1))
    order = {"chat_id": talk.chat_id, "client_id": ids.mint(), "text": "only once"}
    with pytest.raises(Refused):
        await talk.browser.ask("message.send", **order)
    await talk.browser.hear("connection.changed", lambda event: event["state"] == "connected")
    answer = await talk.browser.ask("message.send", **order)
    if answer["state"] != "sent":
        answer = await talk.browser.hear("send.changed", lambda event: event["client_id"] == order["client_id"])
    assert (answer["state"], answer["message"]["text"]) == ("sent", "only once")
    assert texts_of(talk.boris) == ["hello", "only once"]


async def test_repeating_a_send_that_arrived_gives_the_same_message(stage: Stage, talk: Talk) -> None:
    order = {"chat_id": talk.chat_id, "client_id": ids.mint(), "text": "only once"}
    first = await talk.browser.ask("message.send", **order)
    second = await talk.browser.ask("message.send", **order)
    assert second["state"] == "sent"
    assert {**first["message"], "sender": None} == {**second["message"], "sender": None}
    assert stage.telegram.calls["messages.SendMessage"] == 1


async def test_the_same_text_under_two_client_ids_is_two_messages(talk: Talk) -> None:
    for _ in range(2):
        await talk.browser.ask("message.send", chat_id=talk.chat_id, client_id=ids.mint(), text="ok")
    assert texts_of(talk.boris) == ["hello", "ok", "ok"]


async def test_texts_arrive_in_the_order_they_were_sent(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing.TokenBucket, "take", lambda *_: 0.0)
    texts = [f"text {number}" for number in range(12)]
    asked = [
        talk.browser.begin("message.send", chat_id=talk.chat_id, client_id=ids.mint(), text=text) for text in texts
    ]
    await asyncio.gather(*asked)
    assert texts_of(talk.boris) == ["hello", *texts]


async def test_what_telegram_says_to_wait_is_told_and_then_honoured(stage: Stage, talk: Talk) -> None:
    stage.telegram.fault(Fault(method="messages.SendMessage", error="FLOOD_WAIT_3", times=1))
    order = {"chat_id": talk.chat_id, "client_id": ids.mint(), "text": "patience"}
    with pytest.raises(Refused) as refusal:
        await talk.browser.ask("message.send", **order)
    assert (refusal.value.problem["status"], refusal.value.problem["retry_after_s"]) == (429, 3)
    with pytest.raises(Refused) as again:
        await talk.browser.ask("message.send", **order)
    assert 1 <= again.value.problem["retry_after_s"] <= 3
    assert stage.telegram.calls["messages.SendMessage"] == 1
    await asyncio.sleep(3.1)
    assert (await talk.browser.ask("message.send", **order))["state"] == "sent"
    assert texts_of(talk.boris) == ["hello", "patience"]


async def test_slow_mode_is_told_with_its_seconds(stage: Stage, talk: Talk) -> None:
    stage.telegram.fault(Fault(method="messages.SendMessage", error="SLOWMODE_WAIT_30", times=1))
    with pytest.raises(Refused) as refusal:
        await talk.browser.ask("message.send", chat_id=talk.chat_id, client_id=ids.mint(), text="x")
    assert (refusal.value.code, refusal.value.problem["retry_after_s"]) == ("telegram-busy", 30)


async def test_a_refusal_is_told_and_a_retry_may_succeed(stage: Stage, talk: Talk) -> None:
    stage.telegram.fault(Fault(method="messages.SendMessage", error="CHAT_WRITE_FORBIDDEN", times=1))
    order = {"chat_id": talk.chat_id, "client_id": ids.mint(), "text": "again"}
    with pytest.raises(Refused) as refusal:
        await talk.browser.ask("message.send", **order)
    assert (refusal.value.code, refusal.value.problem["status"]) == ("telegram-refused", 403)
    assert (await talk.browser.ask("message.send", **order))["state"] == "sent"
    assert texts_of(talk.boris) == ["hello", "again"]


async def test_a_slow_send_is_answered_early_and_ends_as_an_event(stage: Stage, talk: Talk) -> None:
    stage.telegram.fault(Fault(method="messages.SendMessage", delay_s=4, times=1))
    client_id = ids.mint()
    answer = await talk.browser.ask("message.send", chat_id=talk.chat_id, client_id=client_id, text="slowly")
    assert answer == {"state": "sending"}
    ended = await talk.browser.hear("send.changed")
    assert (ended["client_id"], ended["state"], ended["message"]["text"]) == (client_id, "sent", "slowly")


async def test_a_client_id_belongs_to_one_chat(stage: Stage, talk: Talk) -> None:
    order = {"chat_id": talk.chat_id, "client_id": ids.mint(), "text": "here"}
    await talk.browser.ask("message.send", **order)
    with pytest.raises(Refused) as refusal:
        await talk.browser.ask("message.send", **{**order, "chat_id": await self_chat(stage, talk)})
    assert refusal.value.code == "client-id-taken"


async def self_chat(stage: Stage, talk: Talk) -> ChatId:
    """Another chat of the account, made by a message that comes in."""
    clara = stage.telegram.world.add_user("Clara")
    anna = next(user for user in stage.telegram.world.users.values() if user.first_name == "Anna")
    stage.telegram.post(clara, anna, "hi")
    return ChatId((await talk.browser.hear("message.new", lambda event: event["message"]["text"] == "hi"))["chat_id"])


def left_behind(talk: Talk, client_id: ClientId, age: timedelta) -> None:
    """The row of a send whose process died that long ago while it was under way."""
    outgoing = Outgoing(
        client_id=client_id,
        chat_id=talk.chat_id,
        state=SendState.SENDING,
        login="0" * 16,
        tried_at=utc_now() - age,
    )
    talk.box.begin(outgoing)


async def test_too_late_to_repeat_the_history_is_asked(stage: Stage, talk: Talk) -> None:
    client_id = ClientId(ids.mint())
    left_behind(talk, client_id, timedelta(seconds=20))
    anna = next(user for user in stage.telegram.world.users.values() if user.first_name == "Anna")
    stage.telegram.post(anna, talk.boris, "it did arrive")
    order = {"chat_id": talk.chat_id, "client_id": client_id, "text": "it did arrive"}
    assert (await talk.browser.ask("message.send", **order))["state"] == "sent"
    assert stage.telegram.calls["messages.SendMessage"] == 0
    assert texts_of(talk.boris) == ["hello", "it did arrive"]


async def test_and_when_it_does_not_know_either_nothing_is_sent_and_that_is_said(stage: Stage, talk: Talk) -> None:
    client_id = ClientId(ids.mint())
    left_behind(talk, client_id, timedelta(minutes=11))
    order = {"chat_id": talk.chat_id, "client_id": client_id, "text": "perhaps"}
    assert await talk.browser.ask("message.send", **order) == {"state": "sending"}
    event = await talk.browser.hear("send.changed")
    assert (event["state"], event["problem"]["code"]) == ("unknown", "send-outcome-unknown")
    assert texts_of(talk.boris) == ["hello"]
    known = talk.box.get(client_id)
    assert known is not None
    assert known.state is SendState.UNKNOWN


@pytest.mark.parametrize(
    ("state", "age", "login", "may"),
    [
        (SendState.SENDING, timedelta(minutes=9), "a", True),
        (SendState.SENDING, timedelta(minutes=11), "a", False),
        (SendState.SENDING, timedelta(minutes=1), "b", False),
        (SendState.QUEUED, timedelta(days=1), "b", True),
        (SendState.FAILED, timedelta(days=1), "b", True),
        (SendState.UNKNOWN, timedelta(days=1), "a", False),
    ],
)
def test_only_what_cant_become_a_second_message_is_repeated(
    state: SendState, age: timedelta, login: str, may: bool
) -> None:
    at = utc_now()
    outgoing = Outgoing(client_id=ClientId("C"), chat_id=ChatId("X"), state=state, login="a", tried_at=at - age)
    assert outgoing.may_repeat(login, at) is may


def test_the_random_id_is_decided_by_connection_and_client_id() -> None:
    one = random_id_of(ids.ConnectionId("A"), ClientId("B"))
    assert one == random_id_of(ids.ConnectionId("A"), ClientId("B"))
    assert one != random_id_of(ids.ConnectionId("A"), ClientId("C"))
    assert one != random_id_of(ids.ConnectionId("B"), ClientId("B"))
    assert one != random_id_of(ids.ConnectionId("A"), ClientId("B"), part=1)
    assert -(2**63) <= one < 2**63
