"""Requests about messages that Telegram will send at a time."""

from typing import Annotated

from msgspec import Meta

from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import ChatId
from session_worker.gateway.desks.reach import Answers, Reach
from session_worker.gateway.frames import Id, MessageId, Moment, Request, Text
from session_worker.messaging import scheduled
from session_worker.telegram import formatting
from session_worker.telegram.formatting import Marks
from session_worker.wire import Wire

Several = Annotated[list[MessageId], Meta(min_length=1, max_length=100)]


class ScheduledList(Request, frozen=True, tag="scheduled.list"):
    """What waits to be sent in a chat, the next one first."""

    chat_id: Id


class ScheduledChange(Request, frozen=True, tag="scheduled.change"):
    """Have a waiting message sent at another time; with a text, that one instead."""

    chat_id: Id
    message_id: MessageId
    schedule_at: Moment
    text: Text | None = None
    entities: Marks = ()


class ScheduledSend(Request, frozen=True, tag="scheduled.send"):
    """Send waiting messages now."""

    chat_id: Id
    message_ids: Several


class ScheduledDelete(Request, frozen=True, tag="scheduled.delete"):
    """Never send waiting messages."""

    chat_id: Id
    message_ids: Several


def answers(reach: Reach) -> Answers:
    """What answers them."""
    return {
        ScheduledList: lambda request: _list(reach, request),
        ScheduledChange: lambda request: _change(reach, request),
        ScheduledSend: lambda request: _send(reach, request),
        ScheduledDelete: lambda request: _delete(reach, request),
    }


async def _list(reach: Reach, request: ScheduledList) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await scheduled.listed(connection, peer)


async def _change(reach: Reach, request: ScheduledChange) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    scheduled.require_time(request.schedule_at, utc_now())
    return await scheduled.change(
        connection,
        ChatId(request.chat_id),
        peer,
        request.message_id,
        at=request.schedule_at.replace(microsecond=0),
        text=request.text,
        entities=formatting.to_telegram(request.text or "", request.entities),
    )


async def _send(reach: Reach, request: ScheduledSend) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await scheduled.send_now(connection, ChatId(request.chat_id), peer, request.message_ids)


async def _delete(reach: Reach, request: ScheduledDelete) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await scheduled.forget(connection, ChatId(request.chat_id), peer, request.message_ids)
