"""Requests that write: send, edit, delete."""

from typing import Annotated, Any

from msgspec import Meta

from chalicelib.kernel.ids import ChatId, ClientId
from session_worker.gateway.desks.reach import Answers, Reach
from session_worker.gateway.frames import ClientName, Id, MessageId, Moment, Request, Text
from session_worker.messaging import alterations
from session_worker.messaging.orders.scheduled import ScheduledTextOrder
from session_worker.messaging.orders.text import TextOrder
from session_worker.telegram import formatting
from session_worker.telegram.formatting import Marks
from session_worker.wire import Wire


class MessageSend(Request, frozen=True, tag="message.send"):
    """Send one text, once, however often this is repeated with the same `client_id`.

    With `schedule_at` Telegram keeps it until then. `is_silent`: without a sound on the other side.
    """

    chat_id: Id
    client_id: ClientName
    text: Text
    entities: Marks = ()
    reply_to_id: MessageId | None = None
    is_silent: bool = False
    has_preview: bool = True
    schedule_at: Moment | None = None


class MessageEdit(Request, frozen=True, tag="message.edit"):
    """Put another text in place of an own message's."""

    chat_id: Id
    message_id: MessageId
    text: Text
    entities: Marks = ()
    has_preview: bool = True


class MessageDelete(Request, frozen=True, tag="message.delete"):
    """Delete messages for everybody in the chat."""

    chat_id: Id
    message_ids: Annotated[list[MessageId], Meta(min_length=1, max_length=100)]


def answers(reach: Reach) -> Answers:
    """What answers them."""
    return {
        MessageSend: lambda request: _send(reach, request),
        MessageEdit: lambda request: _edit(reach, request),
        MessageDelete: lambda request: _delete(reach, request),
    }


async def _send(reach: Reach, request: MessageSend) -> Wire:
    """While the connection is here nothing is awaited before the order takes its place in the chat's row."""
    connection = await reach.connection_of(ChatId(request.chat_id))
    return await reach.rooms.outbound.send(connection, _order(request))


def _order(request: MessageSend) -> TextOrder:
    """Raises Invalid for formatting that does not fit."""
    parts: dict[str, Any] = {
        "chat_id": ChatId(request.chat_id),
        "client_id": ClientId(request.client_id),
        "text": request.text,
        "reply_to_id": request.reply_to_id,
        "entities": formatting.to_telegram(request.text, request.entities),
        "is_silent": request.is_silent,
        "has_preview": request.has_preview,
    }
    if request.schedule_at is None:
        return TextOrder(**parts)
    return ScheduledTextOrder(at=request.schedule_at.replace(microsecond=0), **parts)


async def _edit(reach: Reach, request: MessageEdit) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    change = alterations.NewText(
        text=request.text,
        entities=formatting.to_telegram(request.text, request.entities),
        has_preview=request.has_preview,
    )
    return await alterations.edit(connection, ChatId(request.chat_id), peer, request.message_id, change)


async def _delete(reach: Reach, request: MessageDelete) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await alterations.delete(connection, ChatId(request.chat_id), peer, request.message_ids)
