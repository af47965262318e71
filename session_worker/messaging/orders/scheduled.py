"""A text to be sent at a time: Telegram keeps it until then, and we keep nothing of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telethon.tl import TLRequest

from session_worker.connections.connection import LiveConnection
from session_worker.messaging import history
from session_worker.messaging.drafts import announce_no_draft
from session_worker.messaging.history import Found
from session_worker.messaging.orders.text import TextOrder
from session_worker.messaging.scheduled import (
    ScheduledFound,
    announce_scheduled,
    fetch_scheduled,
    require_time,
    scheduled_in,
    waiting,
)
from session_worker.telegram.peers import InputPeer


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledTextOrder(TextOrder):
    """One text to be sent at `at`, in whole seconds. The ids of what it makes are the scheduled messages' own."""

    at: datetime

    def __repr__(self) -> str:
        return f"ScheduledTextOrder(client_id={self.client_id})"

    def require_timely(self, now: datetime) -> None:
        """Refuse a time that Telegram would not wait for. Raises ScheduleTimeInvalid."""
        require_time(self.at, now)

    def request(self, peer: InputPeer, random_ids: Sequence[int]) -> TLRequest:
        """messages.sendMessage with a date."""
        request = TextOrder.request(self, peer, random_ids)
        request.schedule_date = self.at
        return request

    def answered(self, answer: Any, peer: InputPeer, random_ids: Sequence[int]) -> list[Found]:
        """What waits; Telegram sends at once what is due within seconds."""
        return list(scheduled_in(answer)) or TextOrder.answered(self, answer, peer, random_ids)

    async def find(
        self, connection: LiveConnection, peer: InputPeer, *, since: datetime, but_not: Collection[int]
    ) -> dict[int, Found]:
        """It waits, or its time has come and it is in the chat."""
        found = [one for one in await waiting(connection, peer) if one.message.date == self.at]
        return self.matched(found) or await TextOrder.find(self, connection, peer, since=since, but_not=but_not)

    async def fetch(self, connection: LiveConnection, peer: InputPeer, message_ids: Sequence[int]) -> list[Found]:
        """What still waits; Telegram may have sent it, at once or at its time, and then it is a message of the chat."""
        if all(number > 0 for number in message_ids):
            return await TextOrder.fetch(self, connection, peer, message_ids)
        waits = await fetch_scheduled(connection, peer, message_ids)
        return waits or [*self.matched(await _come(connection, peer)).values()]

    def announce(self, connection: LiveConnection, found: Found, wire: Mapping[str, Any]) -> None:
        """To the list of what waits, not to the chat, which has no draft any more."""
        if isinstance(found, ScheduledFound):
            announce_scheduled(connection, self.chat_id, wire)
            announce_no_draft(connection, self.chat_id)
        else:
            TextOrder.announce(self, connection, found, wire)


async def _come(connection: LiveConnection, peer: InputPeer) -> list[Found]:
    """Own messages that once waited, oldest first: Telegram marks them. One call."""
    newest = await history.newest(connection, peer)
    return [one for one in reversed(newest) if one.message.out and getattr(one.message, "from_scheduled", False)]
