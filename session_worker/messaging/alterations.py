"""What people do to messages that are there: edit, delete for everybody, mark as read; and who is told of it.

Telegram does not tell a session of its own changes, so the member's other browsers hear of them from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from telethon.tl import functions, types

from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import ChatId
from session_worker.connections.connection import LiveConnection
from session_worker.messaging.asking import ask_about_message, dialog_of
from session_worker.messaging.history import fetch_message, fetch_messages, messages_in
from session_worker.telegram.outcomes import TelegramRefused
from session_worker.telegram.peers import InputPeer, input_channel
from session_worker.wire import Wire

_NO_CHANGE: Final = "MESSAGE_NOT_MODIFIED"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """What is put in place of a message's text. `entities` are Telegram's own. Its repr shows no text."""

    text: str
    entities: Sequence[Any] | None = None
    has_preview: bool = True

    def __repr__(self) -> str:
        return "NewText()"


async def edit(connection: LiveConnection, chat_id: ChatId, peer: InputPeer, message_id: int, change: NewText) -> Wire:
    """Put another text in place of an own message's: {message}. One call, two where the answer does not tell it.

    Raises:
        NotFound: there is no such message in the chat.
        TelegramRefused: not the member's own, or too old.
    """
    request = functions.messages.EditMessageRequest(
        peer,
        message_id,
        message=change.text,
        entities=None if change.entities is None else list(change.entities),
        no_webpage=not change.has_preview or None,
    )
    try:
        made = messages_in(await ask_about_message(connection, request))
    except TelegramRefused as refusal:
        unchanged = await fetch_message(connection, peer, message_id) if refusal.error_name == _NO_CHANGE else None
        if unchanged is None:
            raise
        return {"message": unchanged.to_wire(connection)}
    found = made[0] if made else await fetch_message(connection, peer, message_id)
    if found is None:
        raise NotFound
    message = found.to_wire(connection)
    connection.publish_of(chat_id, "message.edited", message=message)
    return {"message": message}


async def delete(connection: LiveConnection, chat_id: ChatId, peer: InputPeer, message_ids: Sequence[int]) -> Wire:
    """Delete messages for everybody in the chat. Ids that are not in the chat are skipped, as Telegram skips them.

    Private chats and small groups share one row of ids, so they are looked up first: an id of another chat must not go.
    """
    if isinstance(peer, types.InputPeerChannel):
        channel = input_channel(peer)
        await connection.call(functions.channels.DeleteMessagesRequest(channel, list(message_ids)))
        gone = list(message_ids)
    else:
        gone = [found.message.id for found in await fetch_messages(connection, peer, message_ids)]
        if gone:
            await connection.call(functions.messages.DeleteMessagesRequest(gone, revoke=True))
    if gone:
        connection.publish_of(chat_id, "message.deleted", message_ids=gone)
    return {}


async def mark_read(connection: LiveConnection, chat_id: ChatId, peer: InputPeer, up_to_id: int) -> Wire:
    """Mark what others wrote as read up to a message: {unread_count}. Two calls."""
    if isinstance(peer, types.InputPeerChannel):
        channel = input_channel(peer)
        await connection.call(functions.channels.ReadHistoryRequest(channel, up_to_id))
    else:
        await connection.call(functions.messages.ReadHistoryRequest(peer, up_to_id))
    dialog = await dialog_of(connection, peer)
    unread_count = 0 if dialog is None else dialog.unread_count
    connection.announce_read(chat_id, up_to_id, unread_count)
    return {"unread_count": unread_count}
