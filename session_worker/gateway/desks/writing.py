"""Requests that write: send, edit, delete."""

from typing import Annotated

from msgspec import Meta

from chalicelib.kernel.ids import ChatId, ClientId
from session_worker.gateway.desks.reach import Answers, Reach, Wire
from session_worker.gateway.frames import ClientName, Id, MessageId, Request
from session_worker.messaging import alterations
from session_worker.messaging.orders.text import TextOrder

MAX_TEXT_CHARACTERS = 4_096
"""Telegram's own limit. Source: https://core.telegram.org/api/config, message_length_max."""

Text = Annotated[str, Meta(min_length=1, max_length=MAX_TEXT_CHARACTERS)]


class MessageSend(Request, frozen=True, tag="message.send"):
    """Send one text, once, however often this is repeated with the same `client_id`."""

    chat_id: Id
    client_id: ClientName
    text: Text
    reply_to_id: MessageId | None = None


class MessageEdit(Request, frozen=True, tag="message.edit"):
    """Put another text in place of an own message's."""

    chat_id: Id
    message_id: MessageId
    text: Text


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
    chat_id = ChatId(request.chat_id)
    connection = await reach.connection_of(chat_id)
    order = TextOrder(
        chat_id=chat_id,
        client_id=ClientId(request.client_id),
        text=request.text,
        reply_to_id=request.reply_to_id,
    )
    return await reach.rooms.outbound.send(connection, order)


async def _edit(reach: Reach, request: MessageEdit) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await alterations.edit(connection, ChatId(request.chat_id), peer, request.message_id, request.text)


async def _delete(reach: Reach, request: MessageDelete) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await alterations.delete(connection, ChatId(request.chat_id), peer, request.message_ids)
