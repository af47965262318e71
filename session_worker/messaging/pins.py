"""What stands on top of a chat."""

from typing import Final

from telethon.tl import functions, types

from chalicelib.kernel.ids import ChatId
from session_worker.connections.connection import LiveConnection
from session_worker.messaging.asking import ask_about_message, search_in
from session_worker.messaging.history import found_in, messages_in, shown
from session_worker.telegram.peers import InputPeer
from session_worker.wire import Wire

MAX_SHOWN: Final = 20


async def pinned(connection: LiveConnection, peer: InputPeer) -> Wire:
    """The pinned messages of a chat: {messages: newest first}, at most MAX_SHOWN. One call."""
    request = search_in(peer, types.InputMessagesFilterPinned(), limit=MAX_SHOWN)
    return {"messages": [shown(one, connection) for one in found_in(await connection.call(request))]}


async def pin(
    connection: LiveConnection, chat_id: ChatId, peer: InputPeer, message_id: int, *, is_pinned: bool
) -> Wire:
    """Pin a message for both sides, without a sound, or unpin it: {}. One call.

    Raises:
        NotFound: there is no such message in the chat.
        TelegramRefused: only admins may.
    """
    request = functions.messages.UpdatePinnedMessageRequest(peer, message_id, silent=True, unpin=not is_pinned or None)
    answer = await ask_about_message(connection, request)
    for found in messages_in(answer):  # the chat's own line that something was pinned
        connection.announce_own(chat_id, found.to_wire(connection), found.message.date)
    connection.publish_of(chat_id, "message.pinned", message_ids=[message_id], is_pinned=is_pinned)
    return {}
