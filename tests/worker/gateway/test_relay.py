"""What changes in a workspace reaches its browsers."""

import asyncio
from typing import Any

import pytest

from chalicelib.adapters.queues import LiveQueue
from chalicelib.features.journal import use_cases as journal
from chalicelib.features.journal.model import Hint
from chalicelib.features.journal.repository import Watches
from chalicelib.features.journal.use_cases import changes as relaying
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.ids import ChatId, WorkspaceId
from chalicelib.kernel.roles import Role
from chalicelib.table import keys
from chalicelib.table.proof import MemberRow
from chalicelib.table.tenant import Installation
from dev.telegram import Emulator
from session_worker.app import Worker
from session_worker.connections.leases import LeaseTable
from tests.local_aws import LocalAws
from tests.scene import a_job, a_person, a_workspace
from tests.worker.gateway.stage import (
    Stage,
    chat_with,
    eventually,
    owner_and_workspace,
    read_settings,
    worker_environment,
)


def a_change(kind: str = "column.created") -> dict[str, Any]:
    """A journal entry as it travels."""
    actor = {"kind": "user", "id": None, "name": "Olga"}
    return {"id": "E", "at": "2026-11-21T00:00:00Z", "kind": kind, "actor": actor, "target": "T", "old": None, "new": 1}


async def tell(workspace_id: WorkspaceId, *changes: dict[str, Any], chat_ids: tuple[ChatId, ...] = ()) -> None:
    """Tell whoever watches the workspace."""
    hint = Hint(workspace_id=workspace_id, changes=changes, chat_ids=chat_ids)
    relaying._known.clear()
    await asyncio.to_thread(journal.tell_watchers, hint, tenant=a_job(workspace_id))


async def watched(workspace_id: WorkspaceId, *, by: int) -> None:
    """Wait until that many tasks watch."""
    watches = Watches(a_job(workspace_id))
    await eventually(lambda: len(watches.current(utc_now())) == by)


async def test_a_change_reaches_every_browser_of_its_workspace_and_no_other(stage: Stage) -> None:
    olga, max_ = a_person("Olga"), a_person("Max")
    workspace_id = a_workspace((olga, Role.OWNER), (max_, Role.MEMBER))
    eve, elsewhere = owner_and_workspace("Eve")
    browsers = [await stage.enter(person, workspace_id) for person in (olga, max_)]
    foreign = await stage.enter(eve, elsewhere)
    await watched(workspace_id, by=1)
    await tell(workspace_id, a_change())
    for browser in browsers:
        assert (await browser.hear("change"))["change"] == a_change()
    assert foreign.events == []


async def test_a_chat_that_changed_is_shown_anew_to_the_connected_alone(stage: Stage) -> None:
    olga, max_ = a_person("Olga"), a_person("Max")
    workspace_id = a_workspace((olga, Role.MEMBER), (max_, Role.OWNER))
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    stage.telegram.post(boris, anna, "hello")
    account_id = await stage.connect(olga, workspace_id, anna)
    mine, theirs = await stage.enter(olga, workspace_id), await stage.enter(max_, workspace_id)
    await watched(workspace_id, by=1)
    await tell(workspace_id, a_change(), chat_ids=(chat_with(account_id, boris),))
    card = (await mine.hear("chat.changed"))["chat"]
    assert (card["id"], card["title"], card["private"]["unread_count"]) == (chat_with(account_id, boris), "Boris", 1)
    await theirs.hear("change")
    assert theirs.heard("chat.changed") == []


async def test_nobody_is_told_after_the_last_browser_left(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    browser = await stage.enter(person, workspace_id)
    await watched(workspace_id, by=1)
    await browser.close()
    await watched(workspace_id, by=0)


async def test_a_worker_whose_queue_is_out_of_reach_still_hands_its_shards_over(
    local_aws: LocalAws, telegram: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: LiveQueue) -> None:
        raise Unavailable

    worker = Worker(read_settings(worker_environment(telegram)))
    await worker.start()
    monkeypatch.setattr(LiveQueue, "delete", away)
    await worker.stop()
    assert not worker.connections.leases.owned
    assert worker.connections.task_id not in [task.id for task in LeaseTable(Installation()).tasks()]


async def test_a_change_of_members_has_sockets_proven_at_once(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    stage.worker.gateway._check_s = 60
    browser = await stage.enter(person, workspace_id)
    await watched(workspace_id, by=1)
    rows = a_job(workspace_id).rows(keys.WORKSPACE)
    rows.delete(rows.new(MemberRow, keys.member(person.user_id)))
    await tell(workspace_id, a_change("member.removed"))
    assert (await browser.closing())[0] == "not-found"
