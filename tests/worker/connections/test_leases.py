"""One owner at a time: beats, fences, take-overs, and stopping by oneself."""

import asyncio

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectionState, ConnectionTaken
from chalicelib.kernel.errors import Unavailable
from chalicelib.table.tenant import Installation
from session_worker.leases import LeaseTable, Task
from tests.worker.connections.rig import SHARDS, Rig, eventually

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

    assert set(second.leases.owned) == set(range(SHARDS))
    assert first.task_id not in [task.id for task in _tasks()]


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


def _tasks() -> list[Task]:
    return LeaseTable(Installation()).tasks()
