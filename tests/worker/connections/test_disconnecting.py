"""Ending a connection: closed to its member at once, logged out at Telegram, then destroyed."""

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import (
    Connection,
    ConnectionState,
    ConnectionTaken,
    SessionNotKept,
    Wish,
)
from chalicelib.kernel import clock
from chalicelib.table import keys
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from dev.telegram import Fault
from dev.telegram.world.people import User
from session_worker.hub import Hub
from tests.worker.connections.rig import Rig, eventually


def is_destroyed(rig: Rig, connection: Connection) -> bool:
    try:
        accounts.load_custody(connection, tenant=rig.tenant, cipher=rig.cipher)
    except SessionNotKept:
        return True
    return False


def is_logged_in(rig: Rig, user: User) -> bool:
    return bool(rig.telegram.keyring.of(user.id))


async def test_disconnecting_logs_out_and_destroys_the_seal(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    connection = rig.connect(ada)
    worker = rig.worker(Hub())
    await rig.connected(worker, connection.account_id)

    accounts.request_disconnect(connection.account_id, tenant=rig.tenant)
    assert not accounts.is_connected(rig.tenant, connection.account_id)
    worker.wake()

    await eventually(lambda: is_destroyed(rig, connection))
    assert not is_logged_in(rig, ada)
    assert rig.stored(connection.account_id).state is ConnectionState.DISCONNECTED
    assert rig.stored(connection.account_id).reason == accounts.BY_MEMBER
    assert rig.live(worker, connection.account_id) is None
    [wished, closed] = _journal(rig)[-2:]
    assert (wished, closed) == ("connection.end_requested", "connection.closed")


async def test_the_seal_stays_until_telegram_was_reached(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    connection = rig.connect(ada)
    worker = rig.worker(Hub(), connect_timeout_s=0.3)
    await rig.connected(worker, connection.account_id)
    fault = rig.telegram.fault(Fault(method="auth.LogOut", drop=True))

    accounts.request_disconnect(connection.account_id, tenant=rig.tenant)
    worker.wake()
    await eventually(lambda: rig.telegram.calls["auth.LogOut"] >= 2)
    assert not is_destroyed(rig, connection)
    rig.telegram.faults.standing.remove(fault)

    await eventually(lambda: is_destroyed(rig, connection))
    assert not is_logged_in(rig, ada)


async def test_a_log_out_that_telegram_wants_later_is_asked_for_later(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    connection = rig.connect(ada)
    worker = rig.worker(Hub())
    await rig.connected(worker, connection.account_id)
    rig.telegram.fault(Fault(method="auth.LogOut", error="FLOOD_WAIT_1", times=1))

    accounts.request_disconnect(connection.account_id, tenant=rig.tenant)
    worker.wake()

    await eventually(lambda: is_destroyed(rig, connection))
    assert rig.telegram.calls["auth.LogOut"] == 2, "without the wait it would have been asked many times"
    assert not is_logged_in(rig, ada)


async def test_a_session_that_telegram_ended_is_destroyed_without_a_log_out(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    connection = rig.connect(ada)
    worker = rig.worker(Hub())
    await rig.connected(worker, connection.account_id)
    [key] = rig.telegram.keyring.of(ada.id)
    rig.telegram.revoke(key)
    await eventually(lambda: rig.stored(connection.account_id).state is ConnectionState.NEEDS_LOGIN)

    accounts.request_disconnect(connection.account_id, tenant=rig.tenant)
    worker.wake()

    await eventually(lambda: rig.stored(connection.account_id).reason == accounts.BY_MEMBER)


async def test_a_replaced_login_is_logged_out(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    connection = rig.connect(ada)
    worker = rig.worker(Hub())
    live = await rig.connected(worker, connection.account_id)
    [old] = rig.telegram.keyring.of(ada.id)

    rig.connect(ada)
    worker.wake()

    await eventually(lambda: old not in rig.telegram.keyring.of(ada.id))
    await eventually(lambda: rig.live(worker, connection.account_id) not in (None, live))
    await rig.connected(worker, connection.account_id)


async def test_a_login_that_is_replaced_while_it_is_logged_out_is_logged_out_beside_the_new_one(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    connection = rig.connect(ada)
    worker = rig.worker(Hub(), connect_timeout_s=0.3)
    await rig.connected(worker, connection.account_id)
    [old] = rig.telegram.keyring.of(ada.id)
    fault = rig.telegram.fault(Fault(method="auth.LogOut", drop=True))
    accounts.request_disconnect(connection.account_id, tenant=rig.tenant)
    worker.wake()
    await eventually(lambda: rig.telegram.calls["auth.LogOut"] >= 1)

    renewed = rig.connect(ada)
    await rig.connected(worker, connection.account_id)
    assert old in rig.telegram.keyring.of(ada.id)
    rig.telegram.faults.standing.remove(fault)

    await eventually(lambda: old not in rig.telegram.keyring.of(ada.id))
    assert is_logged_in(rig, ada), "by the new login"
    assert rig.stored(connection.account_id).state is ConnectionState.CONNECTED
    assert not is_destroyed(rig, renewed)


async def test_a_login_that_is_replaced_while_its_line_is_down_is_logged_out(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    connection = rig.connect(ada)
    worker = rig.worker(Hub(), connect_timeout_s=0.3)
    await rig.connected(worker, connection.account_id)
    [old] = rig.telegram.keyring.of(ada.id)
    fault = rig.telegram.fault(Fault(method="*", drop=True))
    rig.telegram.cut(ada)
    await eventually(lambda: rig.stored(connection.account_id).state is ConnectionState.RECONNECTING)

    rig.connect(ada)
    worker.wake()
    rig.telegram.faults.standing.remove(fault)

    await eventually(lambda: old not in rig.telegram.keyring.of(ada.id))
    await rig.connected(worker, connection.account_id)


async def test_a_wish_to_end_that_is_older_than_the_login_ends_nothing(rig: Rig) -> None:
    """As when the worker read it a moment before the member connected anew."""
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    connection = rig.connect(ada)
    accounts.request_disconnect(connection.account_id, tenant=rig.tenant)
    [wished] = accounts.shard_members(connection.shard, Installation())
    assert wished.wish is Wish.DISCONNECT
    rig.connect(ada)

    with pytest.raises(ConnectionTaken):
        accounts.take_connection(wished, 1, tenant=rig.tenant)


async def test_a_login_is_not_taken_for_the_one_before_it(rig: Rig) -> None:
    """Else the new one would be logged out in the old one's place."""
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    connection = rig.connect(ada)
    renewed = rig.connect(ada)

    assert accounts.load_custody(renewed, tenant=rig.tenant, cipher=rig.cipher).session_string
    with pytest.raises(ConnectionTaken):
        accounts.load_custody(connection, tenant=rig.tenant, cipher=rig.cipher)


@pytest.mark.parametrize("part", ["session", "key"])
async def test_the_login_is_nowhere_in_the_table_in_clear(rig: Rig, part: str) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    connection = rig.connect(ada)
    worker = rig.worker(Hub())
    await rig.connected(worker, connection.account_id)
    login = accounts.load_custody(connection, tenant=rig.tenant, cipher=rig.cipher).session_string
    [key] = rig.telegram.keyring.of(ada.id)
    secret = login if part == "session" else key.secret.hex()

    rows = rig.tenant.rows(keys.account_partition(connection.account_id))
    items = [item for prefix in ("CONN#", "SEAL#", "STATE#", "HASHES#") for item in _items(rows, prefix)]
    items += _items(rig.tenant.rows(keys.WORKSPACE), "ACCOUNT#")
    items += _items(rig.tenant.rows(keys.journal_partition(rig.tenant.now())), "0")

    assert len(items) >= 6
    for item in items:
        for value in item.values():
            text = value.hex() if isinstance(value, bytes) else str(value)
            assert secret not in text
            assert login.encode().hex() not in text


def _items(rows: Rows, prefix: str) -> list[dict[str, object]]:
    items: list[dict[str, object]] = rows.page(prefix, limit=1000, cursor=None).items
    return items


def _journal(rig: Rig) -> list[object]:
    rows = rig.tenant.rows(keys.journal_partition(clock.utc_now()))
    return [item["event"] for item in _items(rows, "0")]
