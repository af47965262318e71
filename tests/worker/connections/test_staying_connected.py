"""Connecting, losing the line, and coming back without loss or repetition."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Connection, ConnectionState
from chalicelib.kernel.errors import Unavailable
from dev.telegram import Fault
from session_worker.hub import Hub
from tests.worker.connections.rig import Rig, eventually


async def test_a_connected_account_hears_new_messages(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    ben = rig.telegram.world.add_user("Ben")
    hub = Hub()
    heard = rig.hear(hub)
    account_id = rig.connect(ada).account_id
    worker = rig.worker(hub)
    live = await rig.connected(worker, account_id)

    rig.telegram.post(ben, ada, "good morning")

    await eventually(lambda: heard.texts == ["good morning"])
    [event] = heard.of("message.new")
    assert event["account_id"] == account_id
    assert event["message"]["sender"] == {"id": str(ben.id), "name": "Ben"}
    assert event["message"]["direction"] == "in"
    assert getattr(live.peer(event["chat_id"]), "user_id", None) == ben.id
    assert rig.stored(account_id).state is ConnectionState.CONNECTED


async def test_a_state_the_table_did_not_take_is_written_at_the_next_check_up(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    account_id = rig.connect(ada).account_id
    live = await rig.connected(rig.worker(ping_s=0.3, check_s=0.3), account_id)
    refused: list[ConnectionState] = []
    written = accounts.set_state

    def reluctant(connection: Connection, state: ConnectionState, *args: Any, **options: Any) -> Connection:
        if state is ConnectionState.CONNECTED and not refused:
            refused.append(state)
            raise Unavailable
        return written(connection, state, *args, **options)

    monkeypatch.setattr(accounts, "set_state", reluctant)
    rig.telegram.cut(ada)
    await eventually(lambda: refused and live.is_connected)

    await eventually(lambda: rig.stored(account_id).state is ConnectionState.CONNECTED)


async def test_nothing_is_lost_or_repeated_over_cuts(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    ben = rig.telegram.world.add_user("Ben")
    channel = rig.telegram.world.add_channel("News", ben, [ada], at=datetime.now(UTC))
    hub = Hub()
    heard = rig.hear(hub)
    worker = rig.worker(hub)
    account_id = rig.connect(ada).account_id
    await rig.connected(worker, account_id)

    sent: list[str] = []
    for cut in range(4):
        for number in range(3):
            sent += [f"private {cut}.{number}", f"channel {cut}.{number}"]
            rig.telegram.post(ben, ada, sent[-2])
            rig.telegram.post(ben, channel, sent[-1])
        await heard.reach(len(sent))
        with rig.telegram.withholding(ada):
            rig.telegram.cut(ada)
            sent += [f"lost {cut}", f"lost channel {cut}"]
            rig.telegram.post(ben, ada, sent[-2])
            rig.telegram.post(ben, channel, sent[-1])
        await heard.reach(len(sent))

    assert sorted(heard.texts) == sorted(sent)
    await eventually(lambda: heard.states[-1] == "connected")
    assert "reconnecting" in heard.states


async def test_a_restarted_worker_catches_up(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    ben = rig.telegram.world.add_user("Ben")
    account_id = rig.connect(ada).account_id
    first = rig.worker()
    await rig.connected(first, account_id)
    await first.stop()
    rig.workers.remove(first)
    rig.telegram.post(ben, ada, "while you were away")

    hub = Hub()
    heard = rig.hear(hub)
    await rig.connected(rig.worker(hub), account_id)

    await eventually(lambda: heard.texts == ["while you were away"])


@pytest.mark.parametrize(
    ("why", "state", "reason"),
    [
        ("SESSION_REVOKED", ConnectionState.NEEDS_LOGIN, "revoked"),
        ("AUTH_KEY_UNREGISTERED", ConnectionState.NEEDS_LOGIN, "signed-out"),
        ("USER_DEACTIVATED_BAN", ConnectionState.CLOSED, "banned"),
    ],
)
async def test_a_session_that_telegram_ended_needs_a_new_login(
    rig: Rig, why: str, state: ConnectionState, reason: str
) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    hub = Hub()
    heard = rig.hear(hub)
    account_id = rig.connect(ada).account_id
    worker = rig.worker(hub)
    await rig.connected(worker, account_id)

    [key] = rig.telegram.keyring.of(ada.id)
    rig.telegram.revoke(key, why)

    await eventually(lambda: rig.stored(account_id).state is state)
    assert rig.stored(account_id).reason == reason
    await eventually(lambda: heard.states[-1] == state)
    assert heard.of("connection.changed")[-1]["reason"] == reason


async def test_connecting_again_after_a_lost_session_brings_it_back(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    first = rig.connect(ada)
    worker = rig.worker()
    await rig.connected(worker, first.account_id)
    [key] = rig.telegram.keyring.of(ada.id)
    rig.telegram.revoke(key)
    await eventually(lambda: rig.stored(first.account_id).state is ConnectionState.NEEDS_LOGIN)

    second = rig.connect(ada)

    await rig.connected(worker, first.account_id)
    assert second.id == first.id
    assert second.revision == first.revision + 1


async def test_an_account_that_cannot_connect_keeps_trying(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    fault = rig.telegram.fault(Fault(method="*", drop=True))
    account_id = rig.connect(ada).account_id
    worker = rig.worker(connect_timeout_s=0.3)
    await eventually(lambda: rig.stored(account_id).state is ConnectionState.RECONNECTING)

    rig.telegram.faults.standing.remove(fault)

    await rig.connected(worker, account_id)


async def test_a_line_that_telethon_ends_by_a_cancellation_is_a_line_that_ended(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    account_id = rig.connect(ada).account_id
    live = await rig.connected(rig.worker(sweep_s=3600), account_id)
    [first] = rig.telegram.lines_of(ada)

    live.client._sender._disconnected.cancel()

    await eventually(lambda: first not in rig.telegram.lines_of(ada) and len(rig.telegram.lines_of(ada)) == 1)
    await eventually(lambda: live.is_connected)
