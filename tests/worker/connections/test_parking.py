"""Accounts nobody looks at are only listened to, and are there again before anybody notices."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

from chalicelib.features.accounts.model import ConnectionState
from chalicelib.features.chats import use_cases as chats
from chalicelib.kernel.ids import AccountId, UserId, WorkspaceId
from dev.telegram import Fault
from dev.telegram.world.people import User
from session_worker.connections.supervisor import Connections
from session_worker.hub import Hub
from tests.worker.connections.rig import Rig, eventually

SOON = {"ping_s": 0.3, "check_s": 0.3, "park_after_s": 0.2}
NEVER_S = 3600.0


def is_parked(worker: Connections) -> bool:
    keepers = [keeper for shard in worker._keepers.values() for keeper in shard.values()]
    return bool(keepers) and all(keeper.is_parked for keeper in keepers)


def is_quiet(worker: Connections) -> bool:
    """Whether all are parked, and Telegram said of each that nothing was missed."""
    keepers = [keeper for shard in worker._keepers.values() for keeper in shard.values()]
    return is_parked(worker) and all(keeper._parking is not None and keeper._parking.was_quiet for keeper in keepers)


async def a_parked_account(rig: Rig, hub: Hub | None = None) -> tuple[Connections, AccountId, User, User]:
    """A worker with one account that nobody looks at, and who writes to it."""
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    rig.telegram.post(ben, ada, "before")
    account_id = rig.connect(ada).account_id
    worker = rig.worker(hub, **SOON)
    await rig.connected(worker, account_id)
    await eventually(lambda: is_parked(worker))
    return worker, account_id, ada, ben


def member_of(rig: Rig) -> tuple[WorkspaceId, UserId]:
    assert rig.tenant.member is not None
    return rig.tenant.workspace_id, rig.tenant.member.user_id


def unread(rig: Rig, account_id: AccountId) -> int | None:
    [card] = chats.list_chats(account_id, limit=20, cursor=None, tenant=rig.tenant).items
    return None if card.private is None else card.private.unread_count


async def test_an_account_nobody_looks_at_is_parked_on_one_line_and_stays_connected(rig: Rig) -> None:
    worker, account_id, ada, _ = await a_parked_account(rig)

    await eventually(lambda: len(rig.telegram.lines_of(ada)) == 1)

    assert rig.live(worker, account_id) is None
    assert rig.stored(account_id).state is ConnectionState.CONNECTED
    assert worker.states_of(*member_of(rig)) == [(account_id, "connected")]
    assert [key.ended for key in rig.telegram.keyring.of(ada.id)] == [None]


async def test_its_members_browser_wakes_it_and_hears_what_comes(rig: Rig) -> None:
    hub = Hub()
    worker, account_id, ada, ben = await a_parked_account(rig, hub)

    heard = rig.hear(hub)
    live = await worker.awake(*member_of(rig), account_id)

    assert live is not None
    assert live.client.is_connected()
    rig.telegram.post(ben, ada, "good morning")
    await eventually(lambda: heard.texts == ["good morning"])
    await asyncio.sleep(3 * SOON["check_s"])
    assert not is_parked(worker)
    assert len(rig.telegram.lines_of(ada)) == 1


async def test_a_message_wakes_it_so_that_rows_are_right_and_it_rests_again(rig: Rig) -> None:
    worker, account_id, ada, ben = await a_parked_account(rig)
    assert unread(rig, account_id) == 1

    rig.telegram.post(ben, ada, "one")
    await eventually(lambda: unread(rig, account_id) == 2)

    await eventually(lambda: is_parked(worker))
    rig.telegram.post(ben, ada, "two")
    await eventually(lambda: unread(rig, account_id) == 3)
    assert [key.ended for key in rig.telegram.keyring.of(ada.id)] == [None]


async def test_what_came_between_two_lines_wakes_it(rig: Rig) -> None:
    world = rig.telegram.world
    _, account_id, ada, ben = await a_parked_account(rig)
    channel = world.add_channel("News", ben, [ada], at=datetime.now(UTC))

    with rig.telegram.withholding(ada):
        rig.telegram.post(ben, channel, "lost")
        rig.telegram.post(ben, ada, "lost too")

    await eventually(lambda: _rows(rig, account_id) == {"Ben": 2, "News": 1})
    assert not rig.telegram.missing


async def test_a_line_that_breaks_while_parked_is_opened_again_without_a_client(rig: Rig) -> None:
    worker, _, ada, _ = await a_parked_account(rig)
    await eventually(lambda: is_quiet(worker))
    connects, broken = rig.telegram.calls["help.GetConfig"], set(rig.telegram.lines_of(ada))

    rig.telegram.cut(ada)

    await eventually(lambda: len(set(rig.telegram.lines_of(ada)) - broken) == 1)
    await eventually(lambda: is_quiet(worker))
    assert rig.telegram.calls["help.GetConfig"] == connects


async def test_a_session_that_is_ended_while_parked_needs_a_new_login(rig: Rig) -> None:
    _, account_id, ada, _ = await a_parked_account(rig)
    [key] = rig.telegram.keyring.of(ada.id)

    rig.telegram.revoke(key)

    await eventually(lambda: rig.stored(account_id).state is ConnectionState.NEEDS_LOGIN)


async def test_a_line_that_died_without_a_word_is_found_and_replaced(rig: Rig) -> None:
    worker, account_id, ada, ben = await a_parked_account(rig)
    await eventually(lambda: len(rig.telegram.lines_of(ada)) == 1)
    [dead] = rig.telegram.lines_of(ada)
    rig.telegram.freeze()
    await eventually(lambda: not is_parked(worker))
    rig.telegram.thaw()

    rig.telegram.post(ben, ada, "after the silence")

    await eventually(lambda: unread(rig, account_id) == 2)
    assert dead not in rig.telegram.lines_of(ada)


async def test_who_comes_while_it_waits_for_its_turn_waits_no_longer(rig: Rig) -> None:
    first, account_id, _, _ = await a_parked_account(rig)
    rig.workers.remove(first)
    await first.stop()
    hub = Hub()
    worker = rig.worker(hub, connects_per_s=0.001)
    worker._workshop.pace.take()  # as if others had come before
    await eventually(lambda: bool(worker._by_member))

    rig.hear(hub)

    await eventually(lambda: rig.live(worker, account_id) is not None)


async def test_who_comes_between_two_tries_at_a_parked_line_waits_no_longer(rig: Rig) -> None:
    first, account_id, ada, _ = await a_parked_account(rig)
    rig.workers.remove(first)
    await first.stop()
    hub = Hub()
    worker = rig.worker(hub, first_backoff_s=NEVER_S, longest_backoff_s=NEVER_S, **SOON | {"check_s": NEVER_S})
    await eventually(lambda: is_quiet(worker))
    rig.telegram.cut(ada)
    await eventually(lambda: not is_parked(worker))

    rig.hear(hub)

    await eventually(lambda: rig.live(worker, account_id) is not None)


async def test_it_does_not_rest_while_something_of_its_member_is_under_way(rig: Rig) -> None:
    world = rig.telegram.world
    ada = world.add_user("Ada", phone="1001")
    account_id = rig.connect(ada).account_id
    worker = rig.worker(None, **SOON)
    live = await rig.connected(worker, account_id)

    with live.errand():
        checked = rig.telegram.calls["updates.GetState"]
        await eventually(lambda: rig.telegram.calls["updates.GetState"] > checked + 2)
        assert not is_parked(worker)

    await eventually(lambda: is_parked(worker))


async def test_a_task_that_takes_over_begins_parked_where_nothing_was_missed(rig: Rig) -> None:
    worker, account_id, ada, ben = await a_parked_account(rig)
    rig.workers.remove(worker)
    await worker.stop()
    before = Counter(rig.telegram.calls)

    second = rig.worker(None, **SOON | {"check_s": NEVER_S})

    await eventually(lambda: is_parked(second) and len(rig.telegram.lines_of(ada)) == 1)
    assert rig.telegram.calls["help.GetConfig"] == before["help.GetConfig"]
    rig.telegram.post(ben, ada, "here too")
    await eventually(lambda: unread(rig, account_id) == 2)


async def test_a_salt_that_changes_while_parked_costs_nothing(rig: Rig) -> None:
    worker, account_id, ada, ben = await a_parked_account(rig)
    rig.telegram.rules.strict_salts = True
    rig.telegram.salt += 1
    await asyncio.sleep(4 * SOON["ping_s"])

    assert is_parked(worker)
    rig.telegram.post(ben, ada, "salted")
    await eventually(lambda: unread(rig, account_id) == 2)


async def test_a_telegram_that_refuses_to_tell_what_was_missed_is_asked_by_a_client(rig: Rig) -> None:
    rig.telegram.fault(Fault(method="updates.GetDifference", error="PERSISTENT_TIMESTAMP_OUTDATED", code=500, times=1))
    worker, _, _, _ = await a_parked_account(rig)
    assert is_parked(worker)


def _rows(rig: Rig, account_id: AccountId) -> dict[str, int]:
    cards = chats.list_chats(account_id, limit=20, cursor=None, tenant=rig.tenant).items
    return {card.title: card.private.unread_count for card in cards if card.private is not None}
