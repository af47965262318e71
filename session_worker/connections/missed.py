"""What was missed: where Telegram no longer says (`differenceTooLong`), and while chats stayed out of the workspace.

Those chats are read anew, and browsers told to where they may have shown more than the row.

Telethon jumps to the new position there and tells nobody. Source: https://core.telegram.org/constructor/
updates.differenceTooLong and updates.channelDifferenceTooLong.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from telethon.tl import functions, types

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import ChatMetadata
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import ChatId
from chalicelib.logs import log
from session_worker import metrics
from session_worker.connections.connection import LiveConnection
from session_worker.connections.dialogs import metadata_of
from session_worker.connections.inbound import Inbound
from session_worker.door import Door
from session_worker.telegram.messages import entities_of, is_message
from session_worker.telegram.peers import mark, mark_of


class Missed:
    """One connection's gaps. `read_all` begins a reading of all its chats; browsers hear `chat.missed`.

    `chat.missed`: {account_id, chat_id, or None for any chat of the account}.
    """

    def __init__(self, live: LiveConnection, inbound: Inbound, door: Door, read_all: Callable[[], None]) -> None:
        self._live = live
        self._inbound = inbound
        self._door = door
        self._read_all = read_all
        self._writing: set[asyncio.Task[None]] = set()

    def take(self, channel_id: int | None, difference: Any) -> None:
        """A difference was too long: a channel's, which tells where the channel stands, or the account's."""
        metrics.DIFFERENCES_TOO_LONG.add()
        if channel_id is None:
            self._inbound.forget_counts(None)
            self._tell(None)
            self._read_all()
            return
        chat_id = self._live.peers.chat_id(mark("channel", channel_id))
        self._inbound.forget_counts(chat_id)
        self._tell(chat_id)
        found = self._standing_of(difference)
        if found is not None:
            self._live.peers.add_chat(mark("channel", channel_id))
            self._begin(self._write([found]), "missed chat")

    def include(self, chat_ids: Sequence[ChatId]) -> None:
        """Chats were brought into the workspace: what came while they stayed out is in no row. One call a hundred."""
        peers = [(chat_id, peer) for chat_id in chat_ids if (peer := self._live.peer(chat_id)) is not None]
        for chat_id, _ in peers:
            self._inbound.forget_counts(chat_id)
        if peers:
            named = [types.InputDialogPeer(peer) for _, peer in peers]
            self._begin(self._look_again(named), "included chats")

    async def close(self) -> None:
        """Wait for what is being written."""
        await asyncio.gather(*self._writing, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        writing = asyncio.get_running_loop().create_task(work, name=name)
        self._writing.add(writing)
        writing.add_done_callback(self._writing.discard)

    def _standing_of(self, difference: Any) -> ChatMetadata | None:
        return next(iter(self._listed([difference.dialog], difference)), None)

    def _listed(self, dialogs: Sequence[Any], told: Any) -> list[ChatMetadata]:
        """Dialogs as chats, with the messages, people and groups that were told with them."""
        newest = {(mark_of(one.peer_id), one.id): one for one in told.messages if is_message(one)}
        people = entities_of(told.users, told.chats)
        return [chat for dialog in dialogs if (chat := metadata_of(dialog, newest, people, self._live)) is not None]

    def _tell(self, chat_id: ChatId | None) -> None:
        self._live.publish_of(chat_id, "chat.missed")

    async def _look_again(self, named: Sequence[types.InputDialogPeer]) -> None:
        try:
            answer = await self._live.call(functions.messages.GetPeerDialogsRequest(list(named)), is_routine=True)
        except Fact as refusal:
            log.warning("chats.not_looked_at", code=refusal.code)
        else:
            await self._write(self._listed(answer.dialogs, answer))

    async def _write(self, found: list[ChatMetadata]) -> None:
        try:
            await self._door.call(chats.record_chats, found, tenant=self._live.tenant)
        except Fact as refusal:
            log.warning("chat.not_recorded", code=refusal.code)
