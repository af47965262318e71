"""Messages that Telegram will send at a time: list, change, send now, forget. They have ids of their own."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from telethon.tl import functions, types

from chalicelib.kernel.errors import Blame, Invalid, NotFound, TooMany
from chalicelib.kernel.ids import ChatId, ClientId
from session_worker.connections.connection import LiveConnection
from session_worker.messaging.asking import ask_about_message
from session_worker.messaging.clearance import Clearance
from session_worker.messaging.history import Found, found_in, messages_in
from session_worker.telegram import messages
from session_worker.telegram.answers import people_in, updates_in
from session_worker.telegram.peers import InputPeer
from session_worker.wire import Wire

EARLIEST: Final = timedelta(seconds=20)
"""Telegram sends at once what is due sooner than in about ten seconds, and then it could not be taken back."""
LATEST: Final = timedelta(days=365)
"""Source: https://core.telegram.org/api/scheduled-messages."""
LONGEST_TURN_S: Final = 30
"""Longer nobody waits at their browser for sends before theirs; the wait is told instead."""
_SEND_NOW: Final = "messages.SendScheduledMessages"


class ScheduleTimeInvalid(Invalid):
    """The time is past, or more than a year ahead. Nothing was scheduled."""

    code = "schedule-time-invalid"
    title = "Messages can be scheduled from 20 seconds to a year ahead."


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledFound(Found):
    """A message that waits. Its id means something among those only."""

    def __repr__(self) -> str:
        return f"ScheduledFound(id={self.message.id})"

    @property
    def number(self) -> int:
        """Negative: no message of the chat may be taken for it."""
        return -int(self.message.id)

    def to_wire(self, connection: LiveConnection, *, client_id: ClientId | None = None) -> Wire:
        """As it travels: its `date` is when it will be sent."""
        del connection
        return {**messages.scheduled_to_wire(self.message, self.entities), "client_id": client_id}


def require_time(at: datetime, now: datetime) -> None:
    """Refuse a time that Telegram would not wait for.

    Raises:
        ScheduleTimeInvalid.
    """
    if not EARLIEST <= at - now <= LATEST:
        raise ScheduleTimeInvalid(blames=(Blame("/schedule_at", "It is past, or more than a year ahead."),))


async def listed(connection: LiveConnection, peer: InputPeer) -> Wire:
    """What waits in a chat: {messages: the next one first}. One call."""
    return {"messages": [one.to_wire(connection) for one in await waiting(connection, peer)]}


async def waiting(connection: LiveConnection, peer: InputPeer) -> list[Found]:
    """What waits in a chat, the next one first. One call."""
    answer = await connection.call(functions.messages.GetScheduledHistoryRequest(peer, hash=0))
    return [*sorted(_scheduled(found_in(answer)), key=lambda one: (one.message.date, one.message.id))]


async def fetch_scheduled(connection: LiveConnection, peer: InputPeer, numbers: Sequence[int]) -> list[Found]:
    """Those that still wait in the chat, of the numbers the outbox remembers them by. One call."""
    waiting_ids = [-number for number in numbers if number < 0]
    answer = await connection.call(functions.messages.GetScheduledMessagesRequest(peer, waiting_ids))
    return [*_scheduled(found_in(answer))]


async def change(
    connection: LiveConnection,
    chat_id: ChatId,
    peer: InputPeer,
    message_id: int,
    *,
    at: datetime,
    text: str | None,
    entities: Sequence[Any] | None,
) -> Wire:
    """Another time, and where one is given another text: {message}. One call, two where the answer does not tell it.

    Raises:
        NotFound: no such message waits in the chat.
    """
    request = functions.messages.EditMessageRequest(
        peer, message_id, message=text, entities=list(entities) if entities else None, schedule_date=at
    )
    told = list(scheduled_in(await ask_about_message(connection, request)))
    changed = told or await fetch_scheduled(connection, peer, [-message_id])
    if not changed:
        raise NotFound
    wire = changed[0].to_wire(connection)
    announce_scheduled(connection, chat_id, wire)
    return {"message": wire}


async def send_now(connection: LiveConnection, chat_id: ChatId, peer: InputPeer, message_ids: Sequence[int]) -> Wire:
    """Send what waits: {messages}. What was sent waits no longer, so a repetition sends nothing. One call.

    To Telegram it is sending like any other, so it passes what other sends pass.

    Raises:
        NotFound: one of them does not wait in the chat; nothing was sent.
        TelegramBusy, TooMany, AccountLimited: nothing was sent.
        TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    clearance = Clearance(connection=connection, chat_id=chat_id, peer=peer, method=_SEND_NOW, parts=len(message_ids))
    await clearance.require()
    try:
        async with asyncio.timeout(LONGEST_TURN_S):
            await clearance.turn()
    except TimeoutError:
        raise TooMany("So many messages were sent that these must wait.", retry_after_s=LONGEST_TURN_S) from None
    answer = await ask_about_message(
        connection, functions.messages.SendScheduledMessagesRequest(peer, list(message_ids))
    )
    _announce_gone(connection, chat_id, message_ids)
    sent = messages_in(answer)
    wires = [one.to_wire(connection) for one in sent]
    for found, wire in zip(sent, wires, strict=True):
        connection.announce_own(chat_id, wire, found.message.date)
    return {"messages": wires}


async def forget(connection: LiveConnection, chat_id: ChatId, peer: InputPeer, message_ids: Sequence[int]) -> Wire:
    """Never send what waits: {}. One call.

    Raises:
        NotFound: one of them does not wait in the chat.
    """
    await ask_about_message(connection, functions.messages.DeleteScheduledMessagesRequest(peer, list(message_ids)))
    _announce_gone(connection, chat_id, message_ids)
    return {}


def scheduled_in(updates: Any) -> Iterator[Found]:
    """The waiting messages that Telegram's answer to a change carries."""
    entities = people_in(updates)
    for update in updates_in(updates):
        if isinstance(update, types.UpdateNewScheduledMessage) and messages.is_message(update.message):
            yield ScheduledFound(message=update.message, entities=entities)


def announce_scheduled(connection: LiveConnection, chat_id: ChatId, wire: Mapping[str, Any]) -> None:
    """Tell the member's browsers of a message that waits, or waits otherwise."""
    connection.publish_of(chat_id, "scheduled.changed", message=dict(wire))


def _announce_gone(connection: LiveConnection, chat_id: ChatId, message_ids: Sequence[int]) -> None:
    connection.publish_of(chat_id, "scheduled.gone", message_ids=list(message_ids))


def _scheduled(found: Iterator[Found]) -> Iterator[ScheduledFound]:
    return (ScheduledFound(message=one.message, entities=one.entities) for one in found)
