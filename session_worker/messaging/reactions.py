"""Giving a message an emoji, and taking it back."""

from typing import Any, Final

from telethon.tl import functions, types

from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import ChatId
from session_worker.connections.connection import LiveConnection
from session_worker.messaging.asking import ask_about_message
from session_worker.messaging.history import fetch_message
from session_worker.telegram import reactions
from session_worker.telegram.answers import updates_in
from session_worker.telegram.outcomes import TelegramRefused
from session_worker.telegram.peers import InputPeer
from session_worker.wire import Wire

_NO_CHANGE: Final = "MESSAGE_NOT_MODIFIED"


async def react(
    connection: LiveConnection, chat_id: ChatId, peer: InputPeer, message_id: int, emoji: str | None
) -> Wire:
    """Put the member's own reaction on a message in place of the one before, or take it off: {reactions}. One call.

    Raises:
        NotFound: there is no such message in the chat.
        TelegramRefused: the chat does not allow it.
    """
    given = [] if emoji is None else [types.ReactionEmoji(emoji)]
    try:
        answer = await ask_about_message(
            connection, functions.messages.SendReactionRequest(peer, message_id, reaction=given)
        )
        standing = next(
            (one.reactions for one in updates_in(answer) if isinstance(one, types.UpdateMessageReactions)), None
        )
    except TelegramRefused as refusal:
        if refusal.error_name != _NO_CHANGE:
            raise
        standing = None
    if standing is None:
        standing = await _standing(connection, peer, message_id)
    wire = reactions.to_wire(standing)
    connection.publish_of(chat_id, "message.reacted", message_id=message_id, reactions=wire)
    return {"reactions": wire}


async def _standing(connection: LiveConnection, peer: InputPeer, message_id: int) -> Any:
    found = await fetch_message(connection, peer, message_id)
    if found is None:
        raise NotFound
    return found.message.reactions
