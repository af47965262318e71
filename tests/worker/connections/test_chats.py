"""What becomes of dialogs and updates in the chats' rows, and what never does."""

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from telethon.tl import types

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import ChatCard, Direction
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.ids import AccountId, ChatId
from dev.telegram import Fault
from dev.telegram.world import writing
from dev.telegram.world.boxes import PeerKind
from dev.telegram.world.people import access_hash
from session_worker.hub import Hub
from session_worker.telegram.messages import WITHHELD
from tests.worker.connections.rig import Rig, eventually

NOW = datetime.now(UTC)


def cards(rig: Rig, account_id: AccountId) -> dict[str, ChatCard]:
    page = chats.list_chats(account_id, limit=200, cursor=None, tenant=rig.tenant)
    return {card.title: card for card in page.items}


async def test_forty_dialogs_become_chat_rows(rig: Rig) -> None:
    world = rig.telegram.world
    ada = world.add_user("Ada", phone="1001")
    for number in range(25):
        rig.telegram.post(world.add_user(f"Person {number}", username=f"person{number}"), ada, f"hello {number}")
    bot = world.add_user("Helper", username="helper_bot", bot=True)
    rig.telegram.post(bot, ada, "I can help")
    ben = world.add_user("Ben")
    for number in range(7):
        group = world.add_group(f"Group {number}", ben, [ada], at=NOW)
        rig.telegram.post(ben, group, "hello group")
    for number in range(7):
        channel = world.add_channel(f"Channel {number}", ben, [ada], at=NOW, broadcast=number % 2 == 0)
        rig.telegram.post(ben, channel, "hello channel")
    hub = Hub()
    heard = rig.hear(hub)
    account_id = rig.connect(ada).account_id

    await rig.connected(rig.worker(hub), account_id)
    await eventually(lambda: any(event["done"] for event in heard.of("sync.progress")))

    found = cards(rig, account_id)
    assert len(found) == 40
    assert found["Helper"].kind == "bot"
    assert found["Group 3"].kind == "group"
    assert {found["Channel 0"].kind, found["Channel 1"].kind} == {"channel", "group"}
    private = found["Person 7"].private
    assert private is not None
    assert (private.username, private.unread_count, private.last_direction) == ("person7", 1, Direction.CONTACT)
    assert heard.of("sync.progress")[-1]["chats"] == 40
    assert rig.telegram.calls["updates.GetChannelDifference"] == 0


async def test_every_chat_that_was_read_can_be_asked_about(rig: Rig) -> None:
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    channel = world.add_channel("News", ben, [ada], at=NOW)
    rig.telegram.post(ben, ada, "hello")
    rig.telegram.post(ben, channel, "hello")
    hub = Hub()
    heard = rig.hear(hub)
    account_id = rig.connect(ada).account_id
    first = rig.worker(hub)
    await rig.connected(first, account_id)
    await eventually(lambda: any(event["done"] for event in heard.of("sync.progress")))
    rig.workers.remove(first)
    await first.stop()

    live = await rig.connected(rig.worker(), account_id)

    found = cards(rig, account_id)
    assert getattr(live.peer(found["Ben"].id), "user_id", None) == ben.id
    assert getattr(live.peer(found["News"].id), "channel_id", None) == channel.id
    assert live.peer(ChatId("0" * len(found["News"].id))) is None


async def test_a_message_moves_its_chat_on_and_reading_it_empties_unread(rig: Rig) -> None:
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    heard, account_id = await rig.browsing(ada)

    rig.telegram.post(ben, ada, "one")
    rig.telegram.post(ben, ada, "two")
    await eventually(lambda: "Ben" in cards(rig, account_id) and _unread(rig, account_id) == 2)
    rig.telegram.post(ada, ben, "from the phone")
    await eventually(lambda: _direction(rig, account_id) is Direction.YOU)
    last_id = heard.of("message.new")[-1]["message"]["id"]
    before = cards(rig, account_id)["Ben"].private
    assert before is not None
    assert before.last_message_id == last_id

    rig.telegram.tell(writing.read(world, ada, ben, last_id))
    await eventually(lambda: _unread(rig, account_id) == 0)
    [read] = [event for event in heard.of("chat.read") if event["direction"] == "in"]
    assert (read["chat_id"], read["unread_count"]) == (cards(rig, account_id)["Ben"].id, 0)


async def test_a_row_the_table_did_not_take_is_written_again_before_the_state_that_covers_it_is_kept(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    rig.telegram.post(ada, ben, "before")
    _, account_id = await rig.browsing(ada)
    await eventually(lambda: "Ben" in cards(rig, account_id))
    record, keep = chats.record_message, accounts.keep_update_state
    done: list[str] = []

    def reluctant(*args: Any, **options: Any) -> None:
        done.append("refused" if len(done) < 2 else "recorded")
        if done[-1] == "refused":
            raise Unavailable
        record(*args, **options)

    def keeping(*args: Any, **options: Any) -> None:
        done.append("kept")
        keep(*args, **options)

    monkeypatch.setattr(chats, "record_message", reluctant)
    monkeypatch.setattr(accounts, "keep_update_state", keeping)
    rig.telegram.post(ben, ada, "one")

    await eventually(lambda: "kept" in done)
    assert done == ["refused", "refused", "recorded", "kept"]
    assert (_unread(rig, account_id), _direction(rig, account_id)) == (1, Direction.CONTACT)


async def test_what_was_read_while_the_row_was_looked_at_stays_read(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    rig.telegram.post(ben, ada, "before")
    heard, account_id = await rig.browsing(ada)
    await eventually(lambda: "Ben" in cards(rig, account_id))
    look, is_looking, goes_on = chats.card_for_connected, threading.Event(), threading.Event()

    def slowly(*args: Any, **options: Any) -> ChatCard:
        card = look(*args, **options)
        is_looking.set()
        goes_on.wait(5)
        return card

    monkeypatch.setattr(chats, "card_for_connected", slowly)
    rig.telegram.post(ben, ada, "one")
    await eventually(is_looking.is_set)
    rig.telegram.tell(writing.read(world, ada, ben, heard.of("message.new")[-1]["message"]["id"]))
    await eventually(lambda: heard.of("chat.read"))
    goes_on.set()
    last_id = heard.of("message.new")[-1]["message"]["id"]

    await eventually(lambda: _last_id(rig, account_id) == last_id)
    assert _unread(rig, account_id) == 0


async def test_what_telegram_itself_says_is_withheld(rig: Rig) -> None:
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    heard, account_id = await rig.browsing(ada)

    rig.telegram.post(world.service, ada, "Login code: 12345")
    rig.telegram.post(ben, ada, "hello")

    await eventually(lambda: len(heard.texts) == 2)
    assert heard.texts == [WITHHELD, "hello"]
    assert "12345" not in str(heard.events)
    await eventually(lambda: "Telegram" in cards(rig, account_id))


async def test_edits_and_deletions_name_their_chat(rig: Rig) -> None:
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    heard, _ = await rig.browsing(ada)
    message = rig.telegram.post(ben, ada, "frist")
    await eventually(lambda: heard.texts == ["frist"])
    chat_id = heard.of("message.new")[0]["chat_id"]

    rig.telegram.tell(writing.edit(world, ben, message, writing.Draft(text="first"), NOW))
    await eventually(lambda: heard.of("message.edited"))
    rig.telegram.tell(writing.delete(world, ben, [message.id], for_all=True))
    await eventually(lambda: heard.of("message.deleted"))

    [edited], [deleted] = heard.of("message.edited"), heard.of("message.deleted")
    assert (edited["chat_id"], edited["message"]["text"]) == (chat_id, "first")
    assert (deleted["chat_id"], deleted["message_ids"]) == (chat_id, [edited["message"]["id"]])


async def test_a_deletion_of_a_message_nobody_saw_lately_names_no_chat(rig: Rig) -> None:
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    message = rig.telegram.post(ben, ada, "before we came")
    heard, _ = await rig.browsing(ada)

    rig.telegram.tell(writing.delete(world, ben, [message.id], for_all=True))

    await eventually(lambda: heard.of("message.deleted"))
    assert heard.of("message.deleted")[0]["chat_id"] is None


async def test_what_the_other_side_read_leaves_the_unread_count_unsaid(rig: Rig) -> None:
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    rig.telegram.post(ada, ben, "have you seen this?")
    heard, _ = await rig.browsing(ada)

    rig.telegram.tell(writing.read(world, ben, ada, max(ben.box.messages)))

    await eventually(lambda: heard.of("chat.read"))
    [read] = heard.of("chat.read")
    assert (read["direction"], read["unread_count"]) == ("out", None)


def _unread(rig: Rig, account_id: AccountId) -> int | None:
    private = cards(rig, account_id)["Ben"].private
    return None if private is None else private.unread_count


def _last_id(rig: Rig, account_id: AccountId) -> int | None:
    private = cards(rig, account_id)["Ben"].private
    return None if private is None else private.last_message_id


def _direction(rig: Rig, account_id: AccountId) -> Direction | None:
    private = cards(rig, account_id)["Ben"].private
    return None if private is None else private.last_direction


async def test_how_many_are_in_a_group_follows_who_comes_though_nobody_looks_at_it(rig: Rig) -> None:
    """Member counts in the rows (product.md section 5); no call is made for them."""
    world = rig.telegram.world
    ada, ben, cleo = world.add_user("Ada", phone="1001"), world.add_user("Ben"), world.add_user("Cleo")
    harbour, trio = world.add_channel("Harbour", ben, [ada], at=NOW), world.add_group("Trio", ben, [ada], at=NOW)
    for place in (harbour, trio):
        rig.telegram.post(ben, place, "welcome")
    hub = Hub()
    heard = rig.hear(hub)
    account_id = rig.connect(ada).account_id
    await rig.connected(rig.worker(hub), account_id)
    await eventually(lambda: any(event["done"] for event in heard.of("sync.progress")))
    calls = rig.telegram.calls["channels.GetFullChannel"]
    world.join(harbour, cleo)
    trio.members.append(cleo.id)
    members = types.ChatParticipants(trio.id, [types.ChatParticipant(cleo.id, ben.id, NOW)], version=2)
    rig.telegram.push(ada, [types.UpdateChannel(harbour.id)], peers=[harbour.peer])
    rig.telegram.push(ada, [types.UpdateChatParticipants(members)], peers=[trio.peer])
    await eventually(lambda: counts(rig, account_id) == {"Harbour": 3, "Trio": 3})
    assert len(heard.of("group.changed")) == 2
    assert rig.telegram.calls["channels.GetFullChannel"] == calls


def counts(rig: Rig, account_id: AccountId) -> dict[str, int | None]:
    """How many are in each chat by its row."""
    return {
        title: None if card.private is None else card.private.member_count
        for title, card in cards(rig, account_id).items()
    }


async def test_a_reading_of_chats_that_is_refused_is_begun_again(rig: Rig) -> None:
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    rig.telegram.post(ben, ada, "hello")
    rig.telegram.fault(Fault(method="messages.GetDialogs", error="FLOOD_WAIT_1", times=1))
    hub = Hub()
    heard = rig.hear(hub)
    account_id = rig.connect(ada).account_id

    await rig.connected(rig.worker(hub), account_id)

    await eventually(lambda: any(event["done"] for event in heard.of("sync.progress")))
    assert "Ben" in cards(rig, account_id)


async def test_who_is_known_from_a_channel_alone_is_named_and_asked_for_by_no_hash_that_is_none(rig: Rig) -> None:
    """Telegram sends them in its short form ("min")."""
    rig.telegram.rules.min_users = True
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    channel = world.add_channel("Crowd", ben, [ada], at=NOW)
    heard, account_id = await rig.browsing(ada)
    live = rig.live(rig.workers[0], account_id)
    assert live is not None

    rig.telegram.post(ben, channel, "to all")
    await heard.reach(1)
    assert heard.of("message.new")[0]["message"]["sender"]["name"] == "Ben"
    assert live.peers.access_hash(ben.id) is None

    rig.telegram.post(ben, ada, "to you")
    rig.telegram.post(ben, channel, "to all again")
    await heard.reach(3)
    assert live.peers.access_hash(ben.id) == access_hash(PeerKind.USER, ben.id)
