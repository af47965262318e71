"""Where Telegram no longer tells what was missed: chats are read anew, and browsers are told to."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import ChatMetadata
from chalicelib.kernel.ids import AccountId
from chalicelib.table.tenant import Tenant
from session_worker import metrics
from session_worker.hub import Hub
from tests.worker.connections.rig import Rig, eventually

NOW = datetime.now(UTC)


def unread_by_title(rig: Rig, account_id: AccountId) -> dict[str, int]:
    cards = chats.list_chats(account_id, limit=200, cursor=None, tenant=rig.tenant).items
    return {card.title: card.private.unread_count for card in cards if card.private is not None}


async def test_after_an_outage_too_long_to_be_told_every_chat_is_read_anew(rig: Rig) -> None:
    world = rig.telegram.world
    ada = world.add_user("Ada", phone="1001")
    people = [world.add_user(f"Person {number}") for number in range(4)]
    for person in people:
        rig.telegram.post(person, ada, "before")
    account_id = rig.connect(ada).account_id
    first = rig.worker()
    await rig.connected(first, account_id)
    await eventually(lambda: len(unread_by_title(rig, account_id)) == 4)
    rig.workers.remove(first)
    await first.stop()
    rig.telegram.rules.difference_reach = 2
    for person in people:
        rig.telegram.post(person, ada, "while nobody listened")
        rig.telegram.post(person, ada, "and again")
    hub = Hub()
    heard = rig.hear(hub)
    metrics.DIFFERENCES_TOO_LONG.drain()

    await rig.connected(rig.worker(hub), account_id)

    await eventually(lambda: set(unread_by_title(rig, account_id).values()) == {3})
    assert heard.of("chat.missed") == [{"type": "chat.missed", "account_id": account_id, "chat_id": None}]
    assert heard.texts == []
    assert metrics.DIFFERENCES_TOO_LONG.drain() == 1
    rig.telegram.post(people[0], ada, "live again")
    await eventually(lambda: unread_by_title(rig, account_id)["Person 0"] == 4)


async def test_a_channel_missed_for_too_long_is_told_by_name_and_its_row_is_right(rig: Rig) -> None:
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    channel = world.add_channel("News", ben, [ada], at=NOW)
    rig.telegram.post(ben, channel, "before")
    heard, account_id = await rig.browsing(ada)
    rig.telegram.post(ben, channel, "heard")
    await eventually(lambda: heard.texts == ["heard"])
    rig.telegram.rules.channel_difference_reach = 2

    with rig.telegram.withholding(ada):
        for number in range(5):
            rig.telegram.post(ben, channel, f"lost {number}")
    rig.telegram.post(ben, channel, "a push after the gap")

    await eventually(lambda: heard.of("chat.missed"))
    await eventually(lambda: unread_by_title(rig, account_id)["News"] == 8)
    [missed] = heard.of("chat.missed")
    assert missed["chat_id"] == heard.of("message.new")[0]["chat_id"]


async def test_a_message_that_comes_while_its_chat_is_being_read_is_counted_on_top(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    for number in range(3):
        rig.telegram.post(ben, ada, f"before {number}")
    record, is_recorded, goes_on = chats.record_chats, threading.Event(), threading.Event()

    def slowly(found: Sequence[ChatMetadata], *, tenant: Tenant) -> int:
        written = record(found, tenant=tenant)
        is_recorded.set()
        goes_on.wait(5)
        return written

    monkeypatch.setattr(chats, "record_chats", slowly)
    heard, account_id = await rig.browsing(ada)
    await eventually(is_recorded.is_set)
    monkeypatch.setattr(chats, "record_chats", record)

    rig.telegram.post(ben, ada, "just now")
    await eventually(lambda: heard.texts == ["just now"])
    goes_on.set()

    await eventually(lambda: unread_by_title(rig, account_id) == {"Ben": 4})
