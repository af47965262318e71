"""Our lean Telethon does what Telethon does, keeps nothing asleep, and stands on the version it was written for."""

import asyncio
import hashlib
import inspect
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import telethon
from telethon import TelegramClient, functions
from telethon._updates import MessageBox
from telethon._updates.messagebox import PtsInfo
from telethon.errors import AuthKeyNotFound
from telethon.extensions.messagepacker import MessagePacker
from telethon.network.mtprotosender import MTProtoSender
from telethon.network.mtprotostate import MTProtoState
from telethon.tl import types

from dev.telegram import Emulator
from session_worker.connections.custody import KeptSession
from session_worker.telegram import lean, transport
from session_worker.telegram.lean import LeanClient
from session_worker.telegram.lean_sender import RecentIds, TelethonWaits, finished
from session_worker.telegram.short_updates import whole
from session_worker.telegram.transport import Turnstile
from tests.worker.telegram.clients import PATIENCE_S, eventually

READ_AND_REPLACED = {
    "MTProtoSender._send_loop": (MTProtoSender._send_loop, "b70f0748"),
    "MTProtoSender._recv_loop": (MTProtoSender._recv_loop, "0d06b0e9"),
    "MTProtoSender._process_message": (MTProtoSender._process_message, "033e1644"),
    "MTProtoSender._handle_update": (MTProtoSender._handle_update, "df412857"),
    "MTProtoSender._connect": (MTProtoSender._connect, "41b5718a"),
    "MTProtoSender._disconnect": (MTProtoSender._disconnect, "ea4d72ee"),
    "MTProtoSender._start_reconnect": (MTProtoSender._start_reconnect, "4374687c"),
    "MTProtoSender.connect": (MTProtoSender.connect, "6a861c85"),
    "MTProtoSender._keepalive_ping": (MTProtoSender._keepalive_ping, "3cc899db"),
    "MTProtoSender._handle_pong": (MTProtoSender._handle_pong, "7ef435fb"),
    "MessagePacker": (MessagePacker, "e8148661"),
    "MTProtoState": (MTProtoState, "a8b88ad1"),
    "TelegramClient._update_loop": (TelegramClient._update_loop, "e1fb7adb"),
    "TelegramClient._preprocess_updates": (TelegramClient._preprocess_updates, "f8b87a91"),
    "TelegramClient._keepalive_loop": (TelegramClient._keepalive_loop, "b701ba8a"),
    "TelegramClient.connect": (TelegramClient.connect, "464e984c"),
    "TelegramClient._disconnect": (TelegramClient._disconnect, "752abd60"),
    "MessageBox.process_updates": (MessageBox.process_updates, "cf7bbc38"),
    "MessageBox.check_deadlines": (MessageBox.check_deadlines, "556628c7"),
    "MessageBox.reset_deadlines": (MessageBox.reset_deadlines, "abacaa6c"),
    "MessageBox.apply_difference": (MessageBox.apply_difference, "9f98ef8e"),
    "MessageBox.apply_difference_type": (MessageBox.apply_difference_type, "946f631c"),
    "PtsInfo": (PtsInfo, "6fdcce49"),
    "MessageBox.apply_channel_difference": (MessageBox.apply_channel_difference, "31c623d1"),
    "MessageBox.try_set_channel_state": (MessageBox.try_set_channel_state, "0990062d"),
}
"""What the lean classes replace or call from outside, with what its text was when they were written."""


def fingerprint(part: Any) -> str:
    """Eight letters of the hash of a part's source."""
    return hashlib.sha256(inspect.getsource(part).encode()).hexdigest()[:8]


def a_client(telegram: Emulator, session_string: str) -> LeanClient:
    line = transport.connection_class(lambda: True, is_loopback_only=True)
    session = KeptSession(session_string)
    options: dict[str, Any] = {"connection_retries": 1, "auto_reconnect": False, "sequential_updates": True}
    return LeanClient(session, 1, "x", connection=line, **options)


@pytest.fixture
async def ada(telegram: Emulator) -> AsyncIterator[tuple[LeanClient, list[Any], Any]]:
    """A lean client of Ada's, what it heard, and Ben who writes to her."""
    world = telegram.world
    person, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    client = a_client(telegram, telegram.session(person).save())
    heard: list[Any] = []
    client.on_update = heard.append
    await client.connect()
    yield client, heard, (person, ben)
    await client.disconnect()


def texts(heard: list[Any]) -> list[str]:
    return [update.message.message for update in heard if isinstance(update, types.UpdateNewMessage)]


def test_telethon_is_the_version_whose_parts_were_replaced() -> None:
    assert telethon.__version__ == lean.PINNED


@pytest.mark.parametrize("name", READ_AND_REPLACED)
def test_what_we_replace_of_telethon_still_reads_as_it_did(name: str) -> None:
    part, expected = READ_AND_REPLACED[name]
    assert fingerprint(part) == expected, f"{name} changed: read it again beside session_worker/telegram/lean.py"


async def test_a_client_at_rest_keeps_no_task(telegram: Emulator) -> None:
    ada = telegram.world.add_user("Ada", phone="1001")
    client = a_client(telegram, telegram.session(ada).save())
    client.on_update = lambda _: None
    before = asyncio.all_tasks()

    await client.connect()

    await eventually(lambda: asyncio.all_tasks() == before)
    await client.disconnect()


async def test_messages_come_in_order_and_are_acknowledged(telegram: Emulator, ada: Any) -> None:
    _, heard, (person, ben) = ada
    sent = [f"message {number}" for number in range(150)]

    for text in sent:
        telegram.post(ben, person, text)

    await eventually(lambda: len(texts(heard)) == len(sent))
    assert texts(heard) == sent


async def test_a_lost_push_is_fetched_and_comes_before_what_followed_it(telegram: Emulator, ada: Any) -> None:
    _, heard, (person, ben) = ada
    telegram.post(ben, person, "first")
    await eventually(lambda: texts(heard) == ["first"])
    with telegram.withholding(person):
        telegram.post(ben, person, "lost")
    telegram.post(ben, person, "third")

    await eventually(lambda: len(texts(heard)) == 3)

    assert texts(heard) == ["first", "lost", "third"]
    telegram.post(ben, person, "fourth")
    await eventually(lambda: texts(heard)[-1] == "fourth")


async def test_a_late_packet_of_another_session_is_dropped_and_what_it_said_is_fetched(
    telegram: Emulator, ada: Any
) -> None:
    """As they come after a reconnect: "wrong session ID"."""
    _, heard, (person, ben) = ada
    line: Any
    [line] = telegram.lines_of(person)
    own, line._session_id = line._session_id, 1
    telegram.post(ben, person, "for a session that is over")
    line._session_id = own
    telegram.post(ben, person, "for this one")

    await eventually(lambda: len(texts(heard)) == 2)

    assert texts(heard) == ["for a session that is over", "for this one"]
    assert telegram.lines_of(person) == [line]


async def test_requests_of_one_turn_are_answered_each(ada: Any) -> None:
    client, _, _ = ada
    asked = [client(functions.updates.GetStateRequest()) for _ in range(5)]
    states = await asyncio.wait_for(asyncio.gather(*asked), PATIENCE_S)
    assert {state.pts for state in states} == {states[0].pts}


async def test_a_cut_line_is_told_once_and_nothing_stays_behind(telegram: Emulator, ada: Any) -> None:
    client, _, (person, _) = ada
    telegram.cut(person)
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(client.disconnected, PATIENCE_S)
    assert not client.is_connected()


async def test_a_line_after_a_silent_one_stays_up_for_its_own_pings(telegram: Emulator, ada: Any) -> None:
    client, _, (person, _) = ada
    telegram.freeze()
    await client.ping()
    await client.ping()  # the first was not answered: the line is given up
    await eventually(lambda: not client.is_connected())
    telegram.thaw()
    await client.connect()
    [line] = telegram.lines_of(person)

    for _ in range(3):
        await client.ping()
        await eventually(lambda: client._sender._ping is None)

    assert telegram.lines_of(person) == [line]
    assert client.is_connected()


async def test_what_waited_on_a_line_that_ended_is_told_so_and_never_sent_on_the_next(
    telegram: Emulator, ada: Any
) -> None:
    client, _, _ = ada
    asked = client._sender.send(functions.messages.GetPinnedDialogsRequest(0))
    client._sender._start_reconnect(None)  # before the turn of the loop in which it would have left

    with pytest.raises(ConnectionError):
        await asyncio.wait_for(asked, PATIENCE_S)
    await eventually(lambda: not client.is_connected())
    await client.connect()
    await client(functions.updates.GetStateRequest())

    assert telegram.calls["messages.GetPinnedDialogs"] == 0


async def test_what_nobody_waits_for_any_more_is_not_sent(telegram: Emulator, ada: Any) -> None:
    client, _, _ = ada
    client._sender.send(functions.messages.GetPinnedDialogsRequest(0)).cancel()
    await client(functions.updates.GetStateRequest())
    assert telegram.calls["messages.GetPinnedDialogs"] == 0


async def test_a_key_that_telegram_does_not_know_is_told_as_that(telegram: Emulator, ada: Any) -> None:
    client, _, (person, _) = ada
    [key] = telegram.keyring.of(person.id)
    del telegram.keyring.keys[key.id]
    with pytest.raises((AuthKeyNotFound, asyncio.CancelledError)):
        await asyncio.wait_for(client(functions.updates.GetStateRequest()), PATIENCE_S)
    with pytest.raises(AuthKeyNotFound):
        await client.disconnected


async def test_a_part_of_telethon_that_begins_to_wait_is_noticed() -> None:
    async def waits() -> None:
        await asyncio.sleep(1)

    with pytest.raises(TelethonWaits):
        finished(waits())


def test_recent_ids_are_bounded_and_the_oldest_goes_first() -> None:
    recent = RecentIds()
    for number in range(100):
        recent.append(number)
    assert (len(recent), 35 in recent, 36 in recent, 99 in recent) == (64, False, True, True)
    recent.clear()
    assert 99 not in recent


async def test_a_flood_of_packets_leaves_room_between_its_turns() -> None:
    turnstile = Turnstile()
    taken: list[bytes] = []
    between: list[int] = []
    for number in range(250):
        turnstile.take(taken.append, bytes([number]))
    between.append(len(taken))
    for _ in range(2):
        await asyncio.sleep(0)
        between.append(len(taken))
    assert between == [100, 200, 250]
    assert taken == [bytes([number]) for number in range(250)]


async def test_a_packet_that_cannot_be_taken_holds_up_no_other() -> None:
    turnstile = Turnstile()
    taken: list[bytes] = []
    told: list[dict[str, Any]] = []

    def take(packet: bytes) -> None:
        if packet == b"\x96":
            raise ValueError
        taken.append(packet)

    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    for number in range(250):
        turnstile.take(take, bytes([number]))
    await eventually(lambda: len(taken) == 249)
    turnstile.take(take, b"after")

    assert taken[-1] == b"after"
    assert [type(context["exception"]) for context in told] == [ValueError]


@pytest.mark.parametrize("out", [True, False])
def test_a_short_update_becomes_a_whole_one_that_names_its_sender(out: bool) -> None:
    at = datetime(2026, 11, 25, tzinfo=UTC)
    short = types.UpdateShortMessage(5, 77, "hi", 10, 1, at, out=out)
    short._entities = {}

    made = whole(short, 42)

    assert isinstance(made, types.UpdateNewMessage)
    assert (made.message.id, made.message.message, made.pts) == (5, "hi", 10)
    assert made.message.peer_id == types.PeerUser(77)
    assert made.message.from_id == types.PeerUser(42 if out else 77)
