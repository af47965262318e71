"""Requests that read chats: the newest message of each, pages, and that they were read."""

from typing import Annotated

from msgspec import Meta

from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import AccountId, ChatId
from session_worker.gateway.desks.reach import Answers, Reach
from session_worker.gateway.frames import Id, MessageId, Request
from session_worker.messaging import alterations, history
from session_worker.messaging.following import Look
from session_worker.wire import Wire

MAX_PAGE = 100


class ChatPreviews(Request, frozen=True, tag="chat.previews"):
    """Of each chat the newest message, what is typed, the mark of unread; of all accounts when none is named."""

    account_id: Id | None = None


class ChatHistory(Request, frozen=True, tag="chat.history"):
    """Messages older than `before_id`, newer than `after_id`, or around `around_id`; else the newest."""

    chat_id: Id
    before_id: MessageId | None
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)]
    after_id: MessageId | None = None
    around_id: MessageId | None = None


class ChatWatch(Request, frozen=True, tag="chat.watch"):
    """The one chat this browser shows from now on, or none: what Telegram does not push of it is asked for."""

    chat_id: Id | None


class ChatRead(Request, frozen=True, tag="chat.read"):
    """Mark everything up to a message as read."""

    chat_id: Id
    up_to_id: MessageId


def answers(reach: Reach, look: Look) -> Answers:
    """What answers them. `look` is what the browser shows."""
    return {
        ChatPreviews: lambda request: _previews(reach, request),
        ChatHistory: lambda request: _history(reach, request),
        ChatWatch: lambda request: _watch(reach, request, look),
        ChatRead: lambda request: _read(reach, request),
    }


async def _previews(reach: Reach, request: ChatPreviews) -> Wire:
    if request.account_id is not None:
        mine = [await reach.connection(AccountId(request.account_id))]
    else:
        mine = [connection for connection in await reach.mine() if connection.is_connected]
    found: Wire = {"previews": {}, "drafts": {}, "marked_unread": {}}
    for connection in mine:
        for kind, by_chat in (await history.previews(connection)).items():
            found[kind] |= by_chat
    return found


async def _history(reach: Reach, request: ChatHistory) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    if request.around_id is not None:
        return await history.around(connection, peer, request.around_id, limit=request.limit)
    if request.after_id is not None:
        return await history.after(connection, peer, request.after_id, limit=request.limit)
    return await history.history(connection, peer, before_id=request.before_id, limit=request.limit)


async def _watch(reach: Reach, request: ChatWatch, look: Look) -> Wire:
    """Nothing is awaited before it is taken down, so that the last of several stands."""
    if request.chat_id is None:
        look.turn_away()
        return {}
    chat_id = ChatId(request.chat_id)
    look.turn_to(chat_id)
    try:
        await reach.chat(chat_id)
    except NotFound:
        look.turn_away(chat_id)
        raise
    return {}


async def _read(reach: Reach, request: ChatRead) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    return await alterations.mark_read(connection, ChatId(request.chat_id), peer, request.up_to_id)
