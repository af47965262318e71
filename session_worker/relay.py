"""What changed in the workspaces that browsers here show: this task's queue in, `change` and `chat.changed` out."""

import asyncio
from collections.abc import Callable
from typing import Final

import msgspec

from chalicelib.adapters.queues import LiveQueue
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.schemas import ChatOut
from chalicelib.features.journal import use_cases as journal
from chalicelib.features.journal.model import Hint
from chalicelib.kernel import ids
from chalicelib.kernel.actors import system
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import ChatId, UserId, WorkspaceId
from chalicelib.logs import log
from chalicelib.table.tenant import for_job
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
        self._watched: set[WorkspaceId] = set()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._check_workspace: CheckWorkspace = lambda _: None

    async def start(self, check_workspace: CheckWorkspace) -> None:
        """Make the queue and begin. `check_workspace` is called when something about a workspace's members changed."""
        self._check_workspace = check_workspace
        self._queue = await self._door.call(LiveQueue.create, self._task_id)
        self._tasks = [
            asyncio.create_task(self._read(self._queue), name="relay queue"),
            asyncio.create_task(self._watch(self._queue), name="relay watches"),
        ]

    async def stop(self) -> None:
        """Remove the watches and the queue, as far as they can be reached; watches that stay run out."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            for workspace_id in tuple(self._watched):
                await self._unwatch(workspace_id)
            if self._queue is not None:
                await self._door.call(self._queue.delete)
        except Fact as refusal:
            log.warning("relay.left_behind", code=refusal.code)

    def look(self) -> None:
        """A socket came or went: bring the watches up to date now."""
        self._wake.set()

    async def _read(self, queue: LiveQueue) -> None:
        while True:
            try:
                for body in await self._threads.call(queue.receive, wait_s=_WAIT_S):
                    await self._pass_on(journal.open_hint(body))
            except Fact as refusal:
                log.warning("relay.unavailable", code=refusal.code)
                await asyncio.sleep(_AFTER_FAILURE_S)
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work: one batch of hints
                log.error("relay.crashed", crash=crash)
                await asyncio.sleep(_AFTER_FAILURE_S)

    async def _pass_on(self, hint: Hint) -> None:
        for change in hint.changes:
            self._hub.publish_workspace(hint.workspace_id, {"type": "change", "change": change})
        kinds = [str(change["kind"]) for change in hint.changes]
        if any(kind.startswith(_STANDING) for kind in kinds):
            self._check_workspace(hint.workspace_id)
        if any(kind.startswith(_CONNECTIONS) for kind in kinds):
            self._connections.wake()
        for chat_id in hint.chat_ids:
            for user_id in self._hub.members(hint.workspace_id):
                await self._show(hint.workspace_id, user_id, chat_id)

    async def _show(self, workspace_id: WorkspaceId, user_id: UserId, chat_id: ChatId) -> None:
        """Give a member the chat's card anew, if their own connection to its account lives here."""
        connection = self._connections.find(workspace_id, user_id, ids.account_of(chat_id))
        if connection is None:
            return
        card = await self._door.call(chats.card_for_connected, chat_id, user_id, tenant=connection.tenant)
        connection.publish({"type": "chat.changed", "chat": msgspec.to_builtins(ChatOut.of(card))})

    async def _watch(self, queue: LiveQueue) -> None:
        renewed_at = float("-inf")
        now = asyncio.get_running_loop().time
        while True:
            self._wake.clear()
            wanted = set(self._hub.workspaces())
            is_due = now() - renewed_at >= RENEW_S
            try:
                for workspace_id in wanted if is_due else wanted - self._watched:
                    await self._begin(workspace_id, queue)
                for workspace_id in self._watched - wanted:
                    await self._unwatch(workspace_id)
                renewed_at = now() if is_due else renewed_at
            except Fact as refusal:
                log.warning("relay.unwatched", code=refusal.code)
                await asyncio.sleep(_AFTER_FAILURE_S)
                continue
            await self._pause(renewed_at + RENEW_S - now())

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _begin(self, workspace_id: WorkspaceId, queue: LiveQueue) -> None:
        tenant = for_job(workspace_id, system("session-worker"))
        await self._door.call(journal.watch, self._task_id, queue.url, tenant=tenant)
        self._watched.add(workspace_id)

    async def _unwatch(self, workspace_id: WorkspaceId) -> None:
        self._watched.discard(workspace_id)
        tenant = for_job(workspace_id, system("session-worker"))
        await self._door.call(journal.unwatch, self._task_id, tenant=tenant)
