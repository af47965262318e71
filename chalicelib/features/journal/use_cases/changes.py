"""Reading what happened, and telling the worker tasks whose browsers show the workspace."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import msgspec

from chalicelib.adapters.queues import MAX_BODY_BYTES, LiveQueue, QueueGone
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.journal.model import CHAT_CHANGED, Change, ChangedBy, ChangePage, Hint, Watch
from chalicelib.features.journal.repository import Watches
from chalicelib.features.journal.use_cases.hiding import seen
from chalicelib.kernel.actors import ActorKind
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.logs import log
from chalicelib.table import feeds, journal
from chalicelib.table.feeds import FeedRow
from chalicelib.table.journal import Entry, JournalRow
from chalicelib.table.tenant import Tenant

_KNOWN_FOR_S: Final = 1
"""How long the relay believes what it read of a workspace's watches: a new one waits that long for its first hint."""
_MOST_KNOWN: Final = 1_000


def read_changes(cursor: str | None, *, tenant: Tenant) -> ChangePage:
    """What happened after a cursor: the journal, and the feeds of the accounts the member is connected to.

    Without a cursor nothing, and one that stands at this moment. One query for the accounts, those of `feeds.read` and
    the reads of `seen`.

    Raises:
        CursorInvalid: not a cursor of this workspace's feeds.
    """
    if cursor is None:
        return ChangePage(changes=[], next_cursor=feeds.beginning(tenant), has_more=False)
    found = feeds.read(tenant, cursor, accounts.connected_accounts(tenant))
    entries = seen([journal.opened(row, tenant.workspace_id) for row in found.entries], tenant=tenant)
    changes = [*map(change_of_entry, entries), *map(_change_of_mark, found.marks)]
    changes.sort(key=lambda change: change.id)
    return ChangePage(changes=changes, next_cursor=found.cursor, has_more=found.has_more)


def change_of(row: JournalRow, workspace_id: WorkspaceId) -> Change:
    """A journal entry as browsers follow it: without address and device (product.md section 3)."""
    return change_of_entry(journal.opened(row, workspace_id))


def change_of_entry(entry: Entry) -> Change:
    """The same of an entry that is open already."""
    is_ours = entry.actor.kind is ActorKind.SYSTEM
    actor = ChangedBy(kind=entry.actor.kind, id=None if is_ours else entry.actor.id, name=entry.actor.name)
    return Change(
        id=entry.id, at=entry.at, kind=entry.event, actor=actor, target=entry.target, old=entry.old, new=entry.new
    )


def _change_of_mark(row: FeedRow) -> Change:
    actor = ChangedBy(kind=ActorKind.SYSTEM, id=None, name="Wireroom")
    return Change(id=row.sk, at=row.marked_at(), kind=CHAT_CHANGED, actor=actor, target=row.chat_id, old=None, new=None)


def watch(task_id: str, queue_url: str, *, tenant: Tenant) -> None:
    """Have a task told what happens in the workspace for the next 15 minutes; to be renewed while browsers are open."""
    Watches(tenant).put(Watch(task_id=task_id, queue_url=queue_url), tenant.now())


def unwatch(task_id: str, *, tenant: Tenant) -> None:
    """No browser of the workspace is open at this task any more."""
    Watches(tenant).remove(task_id)


def is_watched(*, tenant: Tenant) -> bool:
    """Whether any task is to be told of the workspace: one query a second and workspace, with `tell_watchers`."""
    return bool(_known_watches(tenant))


def tell_watchers(hint: Hint, *, tenant: Tenant) -> int:
    """Send a hint to every task that watches the workspace; returns to how many. A watch without a queue is removed.

    One query a second and workspace; one message a task, more where a hint is too large for one.
    """
    return sum(_tell(watch, hint, tenant) for watch in _known_watches(tenant))


def open_hint(body: str) -> Hint:
    """A hint as it arrives from a queue."""
    return msgspec.json.decode(body, type=Hint)


def _tell(watch: Watch, hint: Hint, tenant: Tenant) -> bool:
    try:
        _send(LiveQueue(watch.queue_url), hint)
    except QueueGone:
        Watches(tenant).remove(watch.task_id)
        _known.pop(tenant.workspace_id, None)
        log.info("watch.removed", task_id=watch.task_id)
        return False
    return True


def _send(queue: LiveQueue, hint: Hint) -> None:
    body = msgspec.json.encode(hint)
    if len(body) <= MAX_BODY_BYTES:
        queue.send(body.decode())
    elif len(hint.changes) == 1:
        # No message holds this entry; browsers find it at their next read of the feeds.
        log.warning("hint.too_large", size=len(body))
        _send(queue, replace(hint, changes=()))
    else:
        for half in hint.halves():
            _send(queue, half)


def _known_watches(tenant: Tenant, clock: Callable[[], float] = time.monotonic) -> list[Watch]:
    read_at, watches = _known.get(tenant.workspace_id, (float("-inf"), []))
    if clock() - read_at < _KNOWN_FOR_S:
        return watches
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    watches = Watches(tenant).current(tenant.now())
    _known[tenant.workspace_id] = (clock(), watches)
    return watches


_known: dict[WorkspaceId, tuple[float, list[Watch]]] = {}
