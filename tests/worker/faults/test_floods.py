"""What Telegram asks to wait for, by its name: FLOOD_WAIT, SLOWMODE_WAIT, PEER_FLOOD; and its errors 500."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession

from chalicelib.features.standing import use_cases as standing
from chalicelib.kernel import clock, ids
from chalicelib.kernel.roles import Role
from dev.telegram import Emulator, Fault
from session_worker.messaging import pacing, scheduled
from tests.local_aws import LocalAws
from tests.scene import a_job, a_person, a_workspace
from tests.worker.faults.talk import Talk, a_talk
from tests.worker.gateway.browser import Refused
from tests.worker.gateway.stage import Stage, chat_with, texts_of

SEND = "messages.SendMessage"
SEND_SCHEDULED = "messages.SendScheduledMessages"


@pytest.fixture
async def talk(stage: Stage) -> Talk:
    return await a_talk(stage)


async def test_flood_wait_holds_its_method_for_the_whole_account_and_no_other_method(stage: Stage, talk: Talk) -> None:
    clara = stage.telegram.world.add_user("Clara")
    stage.telegram.post(clara, talk.anna, "hi")
    await talk.browser.hear("message.new")
    stage.telegram.fault(Fault(method=SEND, error="FLOOD_WAIT_120", times=1))
    assert (await talk.refused("one")).problem["retry_after_s"] == 120
    other_chat = await talk.refused("two", to=clara)
    assert (other_chat.code, other_chat.problem["retry_after_s"]) == ("telegram-busy", 120)
    assert stage.telegram.calls[SEND] == 1
    page = await talk.browser.ask("chat.history", chat_id=talk.chat(), before_id=None, limit=5)
    assert [message["text"] for message in page["messages"]] == ["hello"]
    assert talk.received == ["hello"]


async def test_flood_wait_is_told_as_a_pause_with_its_end_and_halves_the_pace(stage: Stage, talk: Talk) -> None:
    stage.telegram.fault(Fault(method=SEND, error="FLOOD_WAIT_900", times=1))
    asked_at = datetime.now(UTC)
    await talk.refused("one")
    event = await talk.browser.hear("standing.changed")
    assert (event["account_id"], event["state"]) == (talk.account_id, "throttled")
    until = clock.from_wire(event["sending_until"])
    assert timedelta(seconds=899) < until - asked_at < timedelta(seconds=920)
    assert clock.from_wire(event["slow_until"]) - asked_at > timedelta(hours=23)
    assert talk.live.standing.pace_factor == 0.5
    told = await talk.browser.ask("account.standing", account_id=talk.account_id)
    assert {**told, "type": "standing.changed", "seq": event["seq"]} == event


@asynccontextmanager
async def a_worker(telegram: Emulator) -> AsyncIterator[Stage]:
    """One that is ended within the test."""
    async with ClientSession() as http:
        stage = Stage(telegram, http)
        await stage.begin()
        try:
            yield stage
        finally:
            await stage.end()


async def test_flood_wait_across_a_restart_is_obeyed(local_aws: LocalAws, telegram: Emulator) -> None:
    client_id = ids.mint()
    telegram.fault(Fault(method=SEND, error="FLOOD_WAIT_3600", times=1))
    async with a_worker(telegram) as first:
        talk = await a_talk(first)
        await talk.refused("one", client_id=client_id)
    async with a_worker(telegram) as second:
        talk.browser = await second.enter(talk.person, talk.workspace_id)  # else the connection begins parked
        await second.settle(talk.person, talk.workspace_id, talk.account_id)
        refusal = await talk.refused("one", client_id=client_id)
    assert (refusal.code, refusal.problem["status"]) == ("telegram-busy", 429)
    assert 3500 < refusal.problem["retry_after_s"] <= 3600
    assert telegram.calls[SEND] == 1
    assert talk.received == ["hello"]


async def test_two_members_on_one_account_wait_together(stage: Stage) -> None:
    olga, max_ = a_person("Olga"), a_person("Max")
    workspace_id = a_workspace((olga, Role.OWNER), (max_, Role.MEMBER))
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    stage.telegram.post(boris, anna, "hello")
    account_id = await stage.connect(olga, workspace_id, anna)
    await stage.connect(max_, workspace_id, anna)
    browsers = [await stage.enter(person, workspace_id) for person in (olga, max_)]
    stage.telegram.fault(Fault(method=SEND, error="FLOOD_WAIT_60", times=1))
    order = {"chat_id": chat_with(account_id, boris), "text": "one"}
    for browser in browsers:
        with pytest.raises(Refused) as refusal:
            await browser.ask("message.send", client_id=ids.mint(), **order)
        assert refusal.value.code == "telegram-busy"
        assert (await browser.hear("standing.changed"))["state"] == "throttled"
    assert stage.telegram.calls[SEND] == 1


async def test_sends_behind_one_that_must_wait_keep_their_order(
    stage: Stage, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telethon alone sleeps the wait over and lets the others overtake: 1, 2, 3, 4, 0."""
    monkeypatch.setattr(pacing.TokenBucket, "take", lambda *_: 0.0)
    stage.telegram.fault(Fault(method=SEND, error="FLOOD_WAIT_1", times=1))
    orders = [(f"text {number}", ids.mint()) for number in range(5)]
    refused = await asyncio.gather(*(talk.refused(text, client_id=client_id) for text, client_id in orders))
    assert {one.code for one in refused} == {"telegram-busy"}
    await asyncio.gather(*(talk.send_until_sent(text, client_id) for text, client_id in orders))
    assert talk.received == ["hello", *(text for text, _ in orders)]


async def test_slowmode_wait_holds_its_chat_alone(stage: Stage, talk: Talk) -> None:
    world, now = stage.telegram.world, datetime.now(UTC)
    slow = world.add_channel("Slow", talk.boris, [talk.anna], at=now)
    slow.slow_mode_s = 30
    stage.telegram.post(talk.boris, slow, "welcome")
    await talk.browser.hear("message.new")
    await talk.send("first", to=slow)
    refusal = await talk.refused("second", to=slow)
    assert (refusal.code, refusal.problem["retry_after_s"] <= 30) == ("telegram-busy", True)
    event = await talk.browser.hear("standing.changed")
    assert (event["state"], list(event["chats"])) == ("slow_mode", [talk.chat(slow)])
    asked = stage.telegram.calls[SEND]
    await talk.refused("third", to=slow)
    assert stage.telegram.calls[SEND] == asked
    assert (await talk.send("to a person"))["state"] == "sent"
    assert [text for text in texts_of(talk.boris) if text != "hello"] == ["to a person"]


async def test_peer_flood_stops_what_we_began_lets_answers_through_and_is_resumed_by_hand(
    stage: Stage, talk: Talk
) -> None:
    stranger = stage.telegram.world.add_user("Stranger")
    stage.telegram.post(talk.anna, stranger, "may I?")
    await talk.browser.hear("message.new")
    stage.telegram.fault(Fault(method=SEND, error="PEER_FLOOD", times=1))
    assert "PEER_FLOOD" in (await talk.refused("again", to=stranger)).problem["detail"]
    assert (await talk.browser.hear("standing.changed"))["state"] == "limited"
    assert (await talk.refused("and again", to=stranger)).code == "account-limited"
    assert stage.telegram.calls[SEND] == 1
    assert (await talk.send("an answer"))["state"] == "sent"
    answer = await asyncio.to_thread(talk.rest, "POST", "/resume")
    assert answer.body["standing"]["state"] == "healthy"
    assert (await talk.send("now I may", to=stranger))["state"] == "sent"
    assert (talk.received, texts_of(stranger)) == (["hello", "an answer"], ["may I?", "now I may"])


async def test_peer_flood_stops_what_was_scheduled_from_being_sent_at_once_to_who_never_wrote(
    stage: Stage, talk: Talk
) -> None:
    stranger = stage.telegram.world.add_user("Stranger")
    stage.telegram.post(talk.anna, stranger, "may I?")
    await talk.browser.hear("message.new")
    waits = [await talk.schedule("now", to=chat) for chat in (stranger, talk.boris)]
    stage.telegram.fault(Fault(method=SEND, error="PEER_FLOOD", times=1))
    await talk.refused("again", to=stranger)
    with pytest.raises(Refused) as refusal:
        await talk.browser.ask("scheduled.send", chat_id=talk.chat(stranger), message_ids=[waits[0]])
    assert (refusal.value.code, stage.telegram.calls[SEND_SCHEDULED]) == ("account-limited", 0)
    await talk.browser.ask("scheduled.send", chat_id=talk.chat(), message_ids=[waits[1]])
    assert (talk.received, texts_of(stranger)) == (["hello", "now"], ["may I?"])


async def test_what_was_scheduled_and_is_sent_at_once_takes_its_turn_among_the_account_s_sends(
    stage: Stage, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduled, "LONGEST_TURN_S", 1)
    waits = await talk.schedule("later")
    pace = talk.live.standing.pace
    await pace.turn(talk.chat(), is_private=True, cost=100, factor=lambda: 1)
    with pytest.raises(Refused) as refusal:
        await talk.browser.ask("scheduled.send", chat_id=talk.chat(), message_ids=[waits])
    assert (refusal.value.code, stage.telegram.calls[SEND_SCHEDULED]) == ("too-many-requests", 0)
    assert talk.received == ["hello"]


async def test_peer_flood_is_remembered_across_a_restart(stage: Stage, talk: Talk) -> None:
    stage.telegram.fault(Fault(method=SEND, error="PEER_FLOOD", times=1))
    await talk.refused("again")
    kept = await asyncio.to_thread(standing.standing_of, talk.account_id, tenant=a_job(talk.workspace_id))
    assert kept.limited_at is not None


@pytest.mark.parametrize("error", ["INTERNAL", "RPC_CALL_FAIL", "TIMEOUT"])
async def test_an_error_500_after_the_effect_is_repeated_under_the_same_random_id(
    stage: Stage, talk: Talk, error: str
) -> None:
    stage.telegram.fault(Fault(method=SEND, error=error, code=500, after_effect=True, times=1))
    client_id = ids.mint()
    assert (await talk.send_until_sent("once", client_id))["message"]["text"] == "once"
    assert stage.telegram.calls[SEND] == 2
    assert talk.received == ["hello", "once"]
