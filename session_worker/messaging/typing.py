"""Showing the other side that somebody is writing, at the pace Telegram's own apps do."""

import time
from collections.abc import Callable
from typing import Final

from telethon.tl import functions, types

from session_worker.connections.connection import LiveConnection
from session_worker.telegram.peers import InputPeer
from session_worker.wire import Wire

AGAIN_AFTER_S: Final = 2
"""Browsers ask every four seconds, and anew after a message; what is shown ends by itself after six."""
_REMEMBERED: Final = 50


class TypingSigns:
    """The signs one browser asks for; those that come too soon after another of the same chat are left out."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._shown_at: dict[str, float] = {}

    async def show(self, connection: LiveConnection, chat_id: str, peer: InputPeer) -> Wire:
        """Show it in a chat, unless that was done a moment ago: {}."""
        now = self._now()
        if now - self._shown_at.get(chat_id, float("-inf")) < AGAIN_AFTER_S:
            return {}
        if len(self._shown_at) >= _REMEMBERED:
            self._shown_at.clear()
        self._shown_at[chat_id] = now
        await connection.call(functions.messages.SetTypingRequest(peer, types.SendMessageTypingAction()))
        return {}
