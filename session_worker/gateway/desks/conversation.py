"""Requests around messages: single ones, reactions, forwards, pins; typing, drafts and marks of a chat."""

from typing import Annotated

from msgspec import Meta

from chalicelib.kernel.errors import Blame, Invalid
from chalicelib.kernel.ids import ChatId, ClientId
from session_worker.gateway.desks.reach import Answers, Reach
from session_worker.gateway.frames import MAX_TEXT_CHARACTERS, ClientName, Id, MessageId, Request
from session_worker.messaging import dialog_marks, drafts, history, pins, reactions
from session_worker.messaging.forwarding import MAX_FORWARDED
from session_worker.messaging.orders.forward import ForwardOrder
from session_worker.messaging.typing import TypingSigns
from session_worker.telegram import formatting
from session_worker.telegram.formatting import Marks
from session_worker.wire import Wire

MAX_FETCHED = 100


class MessageGet(Request, frozen=True, tag="message.get"):
    """Messages by their ids; what is not in the chat, or not any more, is left out."""

    chat_id: Id
    message_ids: Annotated[list[MessageId], Meta(min_length=1, max_length=MAX_FETCHED)]


class MessageReact(Request, frozen=True, tag="message.react"):
    """Give a message an emoji in place of the one given before; null takes it off."""

    chat_id: Id
    message_id: MessageId
    emoji: Annotated[str, Meta(min_length=1, max_length=16)] | None


class MessageForward(Request, frozen=True, tag="message.forward"):
    """Forward messages of one chat to another of the same account, once under one `client_id`."""

    chat_id: Id
    from_chat_id: Id
    client_id: ClientName
    message_ids: Annotated[list[MessageId], Meta(min_length=1, max_length=MAX_FORWARDED)]


class MessagePin(Request, frozen=True, tag="message.pin"):
    """Pin a message for both sides, or unpin it."""

    chat_id: Id
    message_id: MessageId
    is_pinned: bool


class ChatPinned(Request, frozen=True, tag="chat.pinned"):
    """The pinned messages, newest first."""

    chat_id: Id


class ChatMarks(Request, frozen=True, tag="chat.marks"):
    """How far each side has read, whether the chat is marked as unread, and what is typed in it."""

    chat_id: Id


class ChatMarkUnread(Request, frozen=True, tag="chat.mark_unread"):
    """Put the mark of an unread chat on it, or take it off."""

    chat_id: Id
    is_unread: bool


class ChatTyping(Request, frozen=True, tag="chat.typing"):
    """Show the other side that somebody is writing. Repeat while they are; what comes too often is left out."""

    chat_id: Id


class ChatDraft(Request, frozen=True, tag="chat.draft"):
    """Keep what is typed as Telegram's own draft, in place of the one before; nothing typed forgets it."""

    chat_id: Id
    text: Annotated[str, Meta(max_length=MAX_TEXT_CHARACTERS)]
    entities: Marks = ()
    reply_to_id: MessageId | None = None


def answers(reach: Reach) -> Answers:
    """What answers them."""
    signs = TypingSigns()
    return {
        MessageGet: lambda request: _get(reach, request),
        MessageReact: lambda request: _react(reach, request),
        MessageForward: lambda request: _forward(reach, request),
        MessagePin: lambda request: _pin(reach, request),
        ChatPinned: lambda request: _pinned(reach, request),
        ChatMarks: lambda request: _marks(reach, request),
        ChatMarkUnread: lambda request: _mark_unread(reach, request),
        ChatTyping: lambda request: _typing(reach, request, signs),
        ChatDraft: lambda request: _draft(reach, request),
    }


async def _get(reach: Reach, request: MessageGet) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    found = await history.fetch_messages(connection, peer, request.message_ids)
    return {"messages": [history.shown(one, connection) for one in found]}


async def _react(reach: Reach, request: MessageReact) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await reactions.react(connection, ChatId(request.chat_id), peer, request.message_id, request.emoji)


async def _forward(reach: Reach, request: MessageForward) -> Wire:
    """While the connection is here nothing is awaited before the order takes its place in the chat's row."""
    connection, _ = await reach.chat(request.chat_id)
    source = connection.require_peer(ChatId(request.from_chat_id))
    if len(set(request.message_ids)) < len(request.message_ids):
        raise Invalid(blames=(Blame("/message_ids", "A message is named twice."),))
    order = ForwardOrder(
        chat_id=ChatId(request.chat_id),
        client_id=ClientId(request.client_id),
        source=source,
        message_ids=tuple(request.message_ids),
    )
    return await reach.rooms.outbound.send(connection, order)


async def _pin(reach: Reach, request: MessagePin) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    chat_id = ChatId(request.chat_id)
    return await pins.pin(connection, chat_id, peer, request.message_id, is_pinned=request.is_pinned)


async def _pinned(reach: Reach, request: ChatPinned) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await pins.pinned(connection, peer)


async def _marks(reach: Reach, request: ChatMarks) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await dialog_marks.marks(connection, peer)


async def _mark_unread(reach: Reach, request: ChatMarkUnread) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await dialog_marks.mark_unread(connection, ChatId(request.chat_id), peer, is_unread=request.is_unread)


async def _typing(reach: Reach, request: ChatTyping, signs: TypingSigns) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await signs.show(connection, request.chat_id, peer)


async def _draft(reach: Reach, request: ChatDraft) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await drafts.save(
        connection,
        ChatId(request.chat_id),
        peer,
        text=request.text,
        entities=formatting.to_telegram(request.text, request.entities),
        reply_to_id=request.reply_to_id,
    )
