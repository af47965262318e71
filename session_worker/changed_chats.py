"""Chats that changed elsewhere, shown anew to who is connected to them here: once, however often they changed."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import msgspec

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.schemas import ChatOut
from chalicelib.kernel import ids
from chalicelib.kernel.actors import system
from chalicelib.kernel.ids import AccountId, ChatId, WorkspaceId
from chalicelib.table.tenant import for_job
from session_worker.connections.supervisor import Connections
from session_worker.door import Door
from session_worker.hub import Hub

_AT_ONCE: Final = 25
"""Chats of a batch read: each is four rows of its hundred."""


class ChangedChats:
    """Those that wait to be shown, by account. One task shows them while others note more."""

    def __init__(self, door: Door, hub: Hub, connections: Connections) -> None:
        self._door = door
        self._hub = hub
        self._connections = connections
        self._waiting: defaultdict[tuple[WorkspaceId, AccountId], dict[ChatId, None]] = defaultdict(dict)
        self._news = asyncio.Event()

    def note(self, workspace_id: WorkspaceId, chat_ids: Iterable[ChatId]) -> None:
        """Have these shown; one that waits already is shown once."""
        for chat_id in chat_ids:
            self._waiting[workspace_id, ids.account_of(chat_id)][chat_id] = None
        self._news.set()

    async def show_next(self) -> None:
        """Show the chats of the account that has waited longest; waits for one. What fails here is not shown.

        Raises:
            Unavailable: the table did not answer.
        """
        while not self._waiting:
            self._news.clear()
            await self._news.wait()
        workspace_id, account_id = next(iter(self._waiting))
        changed = list(self._waiting.pop((workspace_id, account_id)))
        for start in range(0, len(changed), _AT_ONCE):
            await self._show(workspace_id, account_id, changed[start : start + _AT_ONCE])

    async def _show(self, workspace_id: WorkspaceId, account_id: AccountId, chat_ids: list[ChatId]) -> None:
        """Give each member the cards whose own connection to the account lives here."""
        found = {
            user_id: self._connections.find(workspace_id, user_id, account_id)
            for user_id in self._hub.members(workspace_id)
        }
        viewers = {user_id: connection for user_id, connection in found.items() if connection is not None}
        if not viewers:
            return
        tenant = for_job(workspace_id, system("session-worker"))
        cards = await self._door.call(chats.cards_for_connected, account_id, chat_ids, list(viewers), tenant=tenant)
        for user_id, card in cards:
            viewers[user_id].publish({"type": "chat.changed", "chat": msgspec.to_builtins(ChatOut.of(card))})
