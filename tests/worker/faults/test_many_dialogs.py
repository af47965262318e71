"""An account with very many chats: all of them are read, each once, though a task is killed in the middle."""

import asyncio

from chalicelib.features.chats import use_cases as chats
from chalicelib.kernel.ids import AccountId
from chalicelib.table.tenant import Tenant
from session_worker.connections.dialogs import PAGE
from tests.worker.connections.rig import Rig, eventually

DIALOGS = 250


def titles(account_id: AccountId, tenant: Tenant) -> list[str]:
    """The titles of all of an account's chats."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = chats.list_chats(account_id, limit=200, cursor=cursor, tenant=tenant)
        found += [card.title for card in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return found


async def dialogs_are_read_once_over_a_take_over(rig: Rig, count: int, *, within_s: float) -> str:
    """The scenario at any size; gives what was counted."""
    world = rig.telegram.world
    ada = world.add_user("Ada", phone="1001")
    for number in range(count):
        rig.telegram.post(world.add_user(f"Person {number}"), ada, "hello")
    account_id = rig.connect(ada).account_id
    first = rig.worker()
    pages = -(-count // PAGE)
    await eventually(lambda: rig.telegram.calls["messages.GetDialogs"] > min(2, pages // 2), within_s)
    first.leases._lose("killed by a test")  # its lines end at once, and nothing more is kept

    rig.worker()
    await eventually(lambda: _is_read(rig, account_id), within_s)

    found = await asyncio.to_thread(titles, account_id, rig.tenant)
    assert sorted(found) == sorted(f"Person {number}" for number in range(count))
    asked = rig.telegram.calls["messages.GetDialogs"]
    return f"{count} dialogs, {len(found)} rows, {asked} pages asked for"


def _is_read(rig: Rig, account_id: AccountId) -> bool:
    lives = [rig.live(worker, account_id) for worker in rig.workers]
    return any(live is not None and live.client.session.sweep.is_done for live in lives)


async def test_many_dialogs_are_each_read_once_although_a_task_is_lost_in_between(rig: Rig) -> None:
    told = await dialogs_are_read_once_over_a_take_over(rig, DIALOGS, within_s=60)
    assert told.startswith(f"{DIALOGS} dialogs, {DIALOGS} rows")
