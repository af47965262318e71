"""One owner at a time: beats, fences, take-overs, and stopping by oneself."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from telethon import functions

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectionState, ConnectionTaken
from chalicelib.kernel.errors import Unavailable
from chalicelib.table.tenant import Installation
from session_worker.connections.keeper import Keeper
from session_worker.connections.leases import Lease, Leases, LeaseTable, Task
from session_worker.door import Door
from session_worker.telegram.outcomes import TelegramAway
from tests.worker.connections.rig import QUICK, SHARDS, Rig, eventually

NEVER_S = 3600


async def test_a_silent_task_is_fenced_and_its_connection_taken_over_at_the_next_epoch(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    account_id = rig.connect(ada).account_id
    first = rig.worker()
    await rig.connected(first, account_id)
    before = rig.stored(account_id)

    first._tasks[0].cancel()  # its beats stop; the rest of it goes on until its own alarm
    second = rig.worker()
    await rig.connected(second, account_id)

    after = rig.stored(account_id)
    assert after.epoch > before.epoch
    assert rig.live(first, account_id) is None
    assert rig.telegram.calls["auth.LogOut"] == 0
    assert [key.ended for key in rig.telegram.keyring.of(ada.id)] == [None]
    with pytest.raises(ConnectionTaken):
        accounts.set_state(before, ConnectionState.RECONNECTING, None, tenant=rig.tenant, epoch=before.epoch)
    with pytest.raises(ConnectionTaken):
        accounts.keep_update_state(before, b"old", tenant=rig.tenant, cipher=rig.cipher, epoch=before.epoch)
    with pytest.raises(ConnectionTaken):
        accounts.keep_session(before, "old", tenant=rig.tenant, cipher=rig.cipher, epoch=before.epoch)


async def test_a_task_that_cannot_beat_ends_its_lines_before_anybody_may_take_them(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    account_id = rig.connect(ada).account_id
    worker = rig.worker()
    await rig.connected(worker, account_id)
    name = worker.task_id

    def away(*_: object, **__: object) -> bool:
        raise Unavailable

    monkeypatch.setattr(LeaseTable, "beat", away)
    await eventually(lambda: not rig.telegram.lines_of(ada))

    assert not worker.leases.owned
    assert rig.live(worker, account_id) is None
    assert worker.task_id != name
    await eventually(lambda: next(task for task in _tasks() if task.id == name).is_fenced)


async def test_a_beat_that_is_answered_after_the_alarm_says_nothing_of_the_task_that_follows(
    empty_shards: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, door = LeaseTable(Installation()), Door(threads=2, timeout_s=10)
    goes_on, beat, now = threading.Event(), LeaseTable.beat, [0.0]
    leases = _leases(table, door, lambda: now[0])
    await leases.step()
    now[0] = 0.25  # the next beat is sent shortly before the alarm
    name = leases.task_id
    table.release(leases.owned[0])  # somebody gave it back: it is free for whoever lives

    def late(table: LeaseTable, task_id: str, number: int, *, is_draining: bool) -> bool:
        goes_on.wait(5)
        return beat(table, task_id, number, is_draining=is_draining)

    monkeypatch.setattr(LeaseTable, "beat", late)
    stepping = asyncio.create_task(leases.step())
    await eventually(lambda: leases.task_id != name)
    goes_on.set()
    await stepping

    assert (leases.is_permitted(), leases.owned) == (False, {})
    assert leases.task_id not in [lease.task_id for lease in table.leases(SHARDS)]
    await leases.step()
    assert (leases.is_permitted(), list(leases.owned)) == (True, [0])
    door.close()


async def test_a_shard_given_back_while_an_account_is_connected_anew_is_left_without_a_connection(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    account_id = rig.connect(ada).account_id
    worker = rig.worker(abort_after_s=NEVER_S, sweep_s=NEVER_S)
    live = await rig.connected(worker, account_id)
    for by_itself in worker._tasks:
        by_itself.cancel()
    [shard] = [shard for shard, keepers in worker._keepers.items() if keepers]
    goes_on, stop = asyncio.Event(), Keeper.stop
    stopping: list[Keeper] = []

    async def slowly(keeper: Keeper) -> None:
        stopping.append(keeper)
        await goes_on.wait()
        await stop(keeper)

    monkeypatch.setattr(Keeper, "stop", slowly)
    rig.connect(ada)
    sweeping = asyncio.create_task(worker.sweep())
    await eventually(lambda: stopping)
    releasing = asyncio.create_task(worker.leases.release(shard))
    await eventually(lambda: shard not in worker._epochs)

    with pytest.raises(TelegramAway):
        await live.call(functions.updates.GetStateRequest())
    with pytest.raises((ConnectionError, asyncio.CancelledError)):  # nor does the line itself let anything out
        await live.client(functions.updates.GetStateRequest())
    assert not releasing.done()
    goes_on.set()
    await asyncio.gather(sweeping, releasing)

    assert not worker._keepers[shard]
    assert rig.live(worker, account_id) is None


async def test_a_fenced_task_goes_on_under_another_name(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    account_id = rig.connect(ada).account_id
    worker = rig.worker()
    await rig.connected(worker, account_id)
    name, epoch = worker.task_id, rig.stored(account_id).epoch

    table = LeaseTable(Installation())
    fenced = False
    while not fenced:  # between two beats
        [task] = [task for task in table.tasks() if task.id == name]
        fenced = table.fence(task)

    await eventually(lambda: worker.task_id != name)
    await rig.connected(worker, account_id)
    assert rig.stored(account_id).epoch > epoch


async def test_a_task_told_to_stop_hands_over_at_once(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    account_id = rig.connect(ada).account_id
    first = rig.worker()
    await rig.connected(first, account_id)

    second = rig.worker(fence_after_s=NEVER_S)
    rig.workers.remove(first)
    await first.stop()
    await rig.connected(second, account_id)

    await eventually(lambda: set(second.leases.owned) == set(range(SHARDS)))
    assert first.task_id not in [task.id for task in _tasks()]


async def test_a_shard_claimed_while_the_task_is_told_to_stop_is_handed_over_too(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = rig.worker()
    is_claiming, goes_on = threading.Event(), threading.Event()
    claim = LeaseTable.claim

    def slowly(table: LeaseTable, lease: Lease, task_id: str) -> Lease | None:
        is_claiming.set()
        goes_on.wait(5)
        return claim(table, lease, task_id)

    monkeypatch.setattr(LeaseTable, "claim", slowly)
    await eventually(is_claiming.is_set)
    rig.workers.remove(worker)
    stopping = asyncio.create_task(worker.stop())
    await asyncio.sleep(0.1)
    goes_on.set()
    await stopping

    assert [lease.task_id for lease in LeaseTable(Installation()).leases(SHARDS)] == [None] * SHARDS
    assert worker.task_id not in [task.id for task in _tasks()]


async def test_a_claim_whose_answer_was_lost_is_given_back_and_claimed_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = LeaseTable.claim
    lost: list[Lease] = []

    def lossy(table: LeaseTable, lease: Lease, task_id: str) -> Lease | None:
        claimed = claim(table, lease, task_id)
        if not lost:
            lost.append(lease)
            raise Unavailable
        return claimed

    monkeypatch.setattr(LeaseTable, "claim", lossy)
    worker = rig.worker()

    await eventually(lambda: len(worker.leases.owned) == SHARDS)

    assert worker.leases.owned[lost[0].shard].epoch == lost[0].epoch + 2


async def test_a_surplus_shard_that_ends_slowly_keeps_no_beat_waiting(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = rig.worker()
    await eventually(lambda: len(first.leases.owned) == SHARDS)
    released = first.leases._on_released
    goes_on = asyncio.Event()

    async def slowly(shard: int) -> None:
        await goes_on.wait()
        await released(shard)

    monkeypatch.setattr(first.leases, "_on_released", slowly)
    name, second = first.task_id, rig.worker()
    await asyncio.sleep(rig.intervals.abort_after_s + 0.5)
    assert (first.task_id, first.leases.is_permitted()) == (name, True)
    assert not second.leases.owned
    goes_on.set()

    await eventually(lambda: len(second.leases.owned) == SHARDS // 2)


async def test_two_tasks_share_the_shards(rig: Rig) -> None:
    first, second = rig.worker(), rig.worker()

    await eventually(lambda: len(first.leases.owned) == len(second.leases.owned) == SHARDS // 2)

    assert first.leases.owned.keys().isdisjoint(second.leases.owned)


async def test_a_login_is_never_spoken_for_twice_while_tasks_come_and_go(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    account_id = rig.connect(ada).account_id
    for _ in range(3):
        worker = rig.worker()
        await rig.connected(worker, account_id)
        rig.workers.remove(worker)
        successor = rig.worker()
        stopping = asyncio.create_task(worker.stop())
        await rig.connected(successor, account_id)
        await stopping
        rig.workers.remove(successor)
        await successor.stop()
    assert [key.ended for key in rig.telegram.keyring.of(ada.id)] == [None]


def _leases(table: LeaseTable, door: Door, monotonic: Callable[[], float]) -> Leases:
    """A task that beats when it is told to, and holds nothing but leases."""

    async def released(_: int) -> None:
        """Nothing lives in it."""

    return Leases(
        table,
        door,
        shards=SHARDS,
        intervals=replace(QUICK, abort_after_s=0.3),
        on_claimed=lambda _: None,
        on_released=released,
        on_lost=lambda: None,
        monotonic=monotonic,
    )


def _tasks() -> list[Task]:
    return LeaseTable(Installation()).tasks()
