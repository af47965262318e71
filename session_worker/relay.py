"""What changed in the workspaces that browsers here show: this task's queue in, events of it out.

`change` goes to everybody of the workspace, `chat.changed` to who is connected, `notified` to one member alone.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Final

from chalicelib.adapters.queues import LiveQueue
from chalicelib.features.journal import use_cases as journal
from chalicelib.features.journal.model import Hint
from chalicelib.kernel.actors import system
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import AccountId, ChatId, WorkspaceId
from chalicelib.logs import log
from chalicelib.table.tenant import for_job
from session_worker.changed_chats import ChangedChats
from session_worker.connections.supervisor import Connections
from session_worker.door import Door
from session_worker.hub import Hub

RENEW_S: Final = 300
"""A watch lives three times as long."""
_WAIT_S: Final = 1
"""A read of the queue waits this long for something to come, and so may the end of the process for the read."""
_AFTER_FAILURE_S: Final = 2
_STANDING: Final = ("member.", "ownership.", "toggles.", "workspace.")
"""Begin the kinds of journal entries after which a visitor's standing may be another."""

_CONNECTIONS: Final = "connection."
"""Begins those after which a connection may have to be opened or ended here."""

_INCLUDED: Final = "chats.included"
"""Says that an account's chats were brought into the workspace; the keys of its `new` are their ids."""

CheckWorkspace = Callable[[WorkspaceId], None]


class Relay:
    """Reads the queue and keeps the watches of the workspaces with a socket here."""

    def __init__(self, task_id: str, door: Door, hub: Hub, connections: Connections, *, threads: Door) -> None:
        """`threads` is a door of its own: reading a queue holds a thread for as long as nothing comes."""
        self._task_id = task_id
        self._door = door
        self._hub = hub
        self._connections = connections
        self._threads = threads
        self._queue: LiveQueue | None = None
        self._changed = ChangedChats(door, hub, connections)
        self._begun: set[WorkspaceId] = set()
        """Whose watch may stand: an answer may have been lost."""
        self._watched: set[WorkspaceId] = set()
        """Those of them whose watch stands for certain."""
        self._renewed_at = float("-inf")
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._check_workspace: CheckWorkspace = lambda _: None

    async def start(self, check_workspace: CheckWorkspace) -> None:
        """Make the queue and begin. `check_workspace` is called when something about a workspace's members changed."""
        self._check_workspace = check_workspace
        self._queue = await self._door.call(LiveQueue.create, self._task_id)
        self._tasks = [
            asyncio.create_task(_again_and_again(partial(self._read, self._queue)), name="relay queue"),
            asyncio.create_task(_again_and_again(partial(self._keep_watches, self._queue)), name="relay watches"),
            asyncio.create_task(_again_and_again(self._changed.show_next), name="relay chats"),
        ]

    async def stop(self) -> None:
        """Remove the watches and the queue, as far as they can be reached; watches that stay run out."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            for workspace_id in tuple(self._begun):
                await self._unwatch(workspace_id)
            if self._queue is not None:
                await self._door.call(self._queue.delete)
        except Fact as refusal:
            log.warning("relay.left_behind", code=refusal.code)
        except Exception as crash:  # noqa: BLE001 - shards are handed over after this, whatever went wrong here
            log.error("relay.left_behind", crash=crash)

    def look(self) -> None:
        """A socket came or went: bring the watches up to date now."""
        self._wake.set()

    async def _read(self, queue: LiveQueue) -> None:
        for body in await self._threads.call(queue.receive, wait_s=_WAIT_S):
            self._pass_on(journal.open_hint(body))

    def _pass_on(self, hint: Hint) -> None:
        """Tell of everything at once; only chats are read first, by a task of their own."""
        for change in hint.changes:
            self._hub.publish_workspace(hint.workspace_id, {"type": "change", "change": change})
        for user_id in hint.notified:
            self._hub.publish_member(hint.workspace_id, user_id, {"type": "notified"})
        kinds = [str(change["kind"]) for change in hint.changes]
        if any(kind.startswith(_STANDING) for kind in kinds):
            self._check_workspace(hint.workspace_id)
        if any(kind.startswith(_CONNECTIONS) for kind in kinds):
            self._connections.wake()
        for change in hint.changes:
            if change["kind"] == _INCLUDED:
                self._include(hint.workspace_id, change)
        self._changed.note(hint.workspace_id, hint.chat_ids)

    def _include(self, workspace_id: WorkspaceId, change: Mapping[str, Any]) -> None:
        """One connection to the account is enough to bring its chats' rows up to date."""
        account_id, chat_ids = AccountId(change["target"]), [ChatId(each) for each in change["new"]]
        found = (self._connections.find(workspace_id, each, account_id) for each in self._hub.members(workspace_id))
        live = next((each for each in found if each is not None), None)
        if live is not None:
            live.include(chat_ids)

    async def _keep_watches(self, queue: LiveQueue) -> None:
        """Watch what sockets here show and nothing else; then wait until that may have changed."""
        self._wake.clear()
        now = asyncio.get_running_loop().time
        wanted, is_due = set(self._hub.workspaces()), now() - self._renewed_at >= RENEW_S
        for workspace_id in wanted if is_due else wanted - self._watched:
            await self._begin(workspace_id, queue)
        for workspace_id in self._begun - wanted:
            await self._unwatch(workspace_id)
        self._renewed_at = now() if is_due else self._renewed_at
        await self._pause(self._renewed_at + RENEW_S - now())

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _begin(self, workspace_id: WorkspaceId, queue: LiveQueue) -> None:
        self._begun.add(workspace_id)
        tenant = for_job(workspace_id, system("session-worker"))
        await self._door.call(journal.watch, self._task_id, queue.url, tenant=tenant)
        self._watched.add(workspace_id)

    async def _unwatch(self, workspace_id: WorkspaceId) -> None:
        self._watched.discard(workspace_id)
        tenant = for_job(workspace_id, system("session-worker"))
        await self._door.call(journal.unwatch, self._task_id, tenant=tenant)
        self._begun.discard(workspace_id)


async def _again_and_again(turn: Callable[[], Awaitable[None]]) -> None:
    """Take one turn after the other until cancelled; after one that failed, wait a moment."""
    while True:
        try:
            await turn()
        except Fact as refusal:
            log.warning("relay.unavailable", code=refusal.code)
            await asyncio.sleep(_AFTER_FAILURE_S)
        except Exception as crash:  # noqa: BLE001 - the border of a unit of work: the next turn tries again
            log.error("relay.crashed", crash=crash)
            await asyncio.sleep(_AFTER_FAILURE_S)
