"""What changes in a workspace reaches its browsers."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.adapters.queues import LiveQueue
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import ExcludeChats
from chalicelib.features.journal import use_cases as journal
from chalicelib.features.journal.model import Hint
from chalicelib.features.journal.repository import Watches
from chalicelib.features.journal.use_cases import changes as relaying
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.ids import AccountId, ChatId, UserId, WorkspaceId
from chalicelib.kernel.roles import Role
from chalicelib.table import keys
from chalicelib.table.proof import MemberRow
from chalicelib.table.tenant import Installation, Tenant
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


async def tell(
    workspace_id: WorkspaceId,
    *changes: dict[str, Any],
    chat_ids: tuple[ChatId, ...] = (),
    notified: tuple[UserId, ...] = (),
) -> None:
    """Tell whoever watches the workspace."""
    hint = Hint(workspace_id=workspace_id, changes=changes, chat_ids=chat_ids, notified=notified)
    relaying._known.clear()
    await asyncio.to_thread(journal.tell_watchers, hint, tenant=a_job(workspace_id))


REFUSED = RuntimeError("nobody foresaw this")


def failing_once(call: Callable[..., Any], trouble: Exception) -> Callable[..., Any]:
    """A call that fails before it does anything, the first time."""
    left = [trouble]

    def answer(*args: Any, **options: Any) -> Any:
        if left:
            raise left.pop()
        return call(*args, **options)

    return answer


def losing_the_answer(call: Callable[..., Any]) -> Callable[..., Any]:
    """A call that does what it shall, and nobody hears of it."""

    def answer(*args: Any, **options: Any) -> Any:
        call(*args, **options)
        raise Unavailable

    return answer


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


async def test_a_notice_rings_in_the_browsers_of_its_member_and_in_no_other(stage: Stage) -> None:
    """In-app list with unread count, live (product.md section 7)."""
    olga, max_ = a_person("Olga"), a_person("Max")
    workspace_id = a_workspace((olga, Role.OWNER), (max_, Role.MEMBER))
    mine = [await stage.enter(max_, workspace_id) for _ in range(2)]
    theirs = await stage.enter(olga, workspace_id)
    await watched(workspace_id, by=1)
    await tell(workspace_id, a_change(), notified=(max_.user_id,))
    for browser in mine:
        assert (await browser.hear("notified")).keys() == {"seq", "type"}
    await theirs.hear("change")
    assert theirs.heard("notified") == []


async def test_a_chat_that_is_brought_in_is_as_it_stands_at_telegram_by_then(stage: Stage) -> None:
    olga = a_person("Olga")
    workspace_id = a_workspace((olga, Role.MEMBER))
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    stage.telegram.post(boris, anna, "hello")
    account_id = await stage.connect(olga, workspace_id, anna)
    mine, chat_id = await stage.enter(olga, workspace_id), chat_with(account_id, boris)
    await watched(workspace_id, by=1)
    wish = ExcludeChats(account_id=account_id, chat_ids=(chat_id,), is_excluded=True)
    handle = await asyncio.to_thread(olga.handle, workspace_id)
    await asyncio.to_thread(chats.exclude_chats, wish, tenant=handle)
    stage.telegram.post(boris, anna, "are you there?")
    await mine.hear("message.new")
    await asyncio.to_thread(chats.exclude_chats, replace(wish, is_excluded=False), tenant=handle)
    await tell(workspace_id, a_change("chats.included") | {"target": account_id, "new": {chat_id: True}})
    await eventually(lambda: unread_of(chat_id, olga.user_id, workspace_id) == 2)


def unread_of(chat_id: ChatId, viewer: UserId, workspace_id: WorkspaceId) -> int:
    """How many unread messages a chat's row has."""
    side = chats.card_for_connected(chat_id, viewer, tenant=a_job(workspace_id)).private
    assert side is not None
    return side.unread_count


async def test_nobody_is_told_after_the_last_browser_left(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    browser = await stage.enter(person, workspace_id)
    await watched(workspace_id, by=1)
    await browser.close()
    await watched(workspace_id, by=0)


@pytest.mark.parametrize("trouble", [Unavailable(), REFUSED])
async def test_a_worker_whose_queue_is_out_of_reach_still_hands_its_shards_over(
    local_aws: LocalAws, telegram: Emulator, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def away(_: LiveQueue) -> None:
        raise trouble

    worker = Worker(read_settings(worker_environment(telegram)))
    await worker.start()
    monkeypatch.setattr(LiveQueue, "delete", away)
    await worker.stop()
    assert not worker.connections.leases.owned
    assert worker.connections.task_id not in [task.id for task in LeaseTable(Installation()).tasks()]


@pytest.mark.parametrize("trouble", [Unavailable(), REFUSED])
async def test_a_watch_that_could_not_be_written_is_written_later(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    monkeypatch.setattr(journal, "watch", failing_once(journal.watch, trouble))
    person, workspace_id = owner_and_workspace()
    await stage.enter(person, workspace_id)
    await watched(workspace_id, by=1)


async def test_a_watch_that_could_not_be_removed_is_removed_later(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "unwatch", failing_once(journal.unwatch, Unavailable()))
    person, workspace_id = owner_and_workspace()
    browser = await stage.enter(person, workspace_id)
    await watched(workspace_id, by=1)
    await browser.close()
    await watched(workspace_id, by=0)


async def test_who_comes_back_while_a_watch_could_not_be_removed_is_told_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The removal may have been done although its answer was lost."""
    person, workspace_id = owner_and_workspace()
    browser = await stage.enter(person, workspace_id)
    await watched(workspace_id, by=1)
    monkeypatch.setattr(journal, "unwatch", losing_the_answer(journal.unwatch))
    await browser.close()
    await watched(workspace_id, by=0)
    await stage.enter(person, workspace_id)
    await watched(workspace_id, by=1)


async def test_a_chat_that_can_t_be_read_keeps_nobody_from_what_else_happened(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, workspace_id = owner_and_workspace()
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    stage.telegram.post(boris, anna, "hello")
    account_id = await stage.connect(person, workspace_id, anna)
    browser = await stage.enter(person, workspace_id)
    await watched(workspace_id, by=1)
    monkeypatch.setattr(chats, "cards_for_connected", failing_once(chats.cards_for_connected, Unavailable()))
    hint = Hint(workspace_id=workspace_id, changes=(a_change(),), chat_ids=(chat_with(account_id, boris),))
    for _ in range(2):
        stage.worker._relay._pass_on(hint)
    for _ in range(2):
        await browser.hear("change")
    stage.worker._relay._pass_on(hint)
    assert (await browser.hear("chat.changed"))["chat"]["title"] == "Boris"


async def test_a_chat_that_changed_again_and_again_is_read_and_shown_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, workspace_id = owner_and_workspace()
    anna, boris, carl = (stage.telegram.world.add_user(name) for name in ("Anna", "Boris", "Carl"))
    for other in (boris, carl):
        stage.telegram.post(other, anna, "hello")
    account_id = await stage.connect(person, workspace_id, anna)
    browser = await stage.enter(person, workspace_id)
    read: list[Sequence[ChatId]] = []
    cards_for_connected = chats.cards_for_connected

    def counted(account: AccountId, chat_ids: Sequence[ChatId], viewers: Sequence[UserId], *, tenant: Tenant) -> Any:
        read.append(chat_ids)
        return cards_for_connected(account, chat_ids, viewers, tenant=tenant)

    monkeypatch.setattr(chats, "cards_for_connected", counted)
    changed = [chat_with(account_id, other) for other in (boris, carl)]
    for _ in range(5):
        stage.worker._relay._pass_on(Hint(workspace_id=workspace_id, changes=(), chat_ids=tuple(changed)))
    for title in ("Boris", "Carl"):
        await browser.hear("chat.changed", lambda event, title=title: event["chat"]["title"] == title)  # type: ignore[misc]
    assert read == [changed]
    assert browser.heard("chat.changed") == []


async def test_a_change_of_members_has_sockets_proven_at_once(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    stage.worker.gateway._check_s = 60
    browser = await stage.enter(person, workspace_id)
    await watched(workspace_id, by=1)
    rows = a_job(workspace_id).rows(keys.WORKSPACE)
    rows.delete(rows.new(MemberRow, keys.member(person.user_id)))
    await tell(workspace_id, a_change("member.removed"))
    assert (await browser.closing())[0] == "not-found"
