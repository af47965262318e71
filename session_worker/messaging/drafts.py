"""What is typed and not sent: kept by Telegram for all sessions of the account, and nowhere by us."""

from collections.abc import Sequence
from typing import Any

from telethon.tl import functions, types

from chalicelib.kernel import clock
from chalicelib.kernel.ids import ChatId
from session_worker.connections.connection import LiveConnection
from session_worker.telegram import formatting
from session_worker.telegram.peers import InputPeer
from session_worker.wire import Wire


async def save(
    connection: LiveConnection,
    chat_id: ChatId,
    peer: InputPeer,
    *,
    text: str,
    entities: Sequence[Any] | None,
    reply_to_id: int | None,
) -> Wire:
    """Put a draft in place of the chat's; an empty one forgets it: {}. One call. The member's browsers are told."""
    reply_to = None if reply_to_id is None else types.InputReplyToMessage(reply_to_id)
    given = list(entities) if entities else None
    await connection.call(functions.messages.SaveDraftRequest(peer, text, reply_to=reply_to, entities=given))
    draft = {
        "text": text,
        "entities": formatting.to_wire(given),
        "reply_to_id": reply_to_id,
        "saved_at": clock.to_wire(clock.utc_now()),
    }
    _announce(connection, chat_id, draft if text or reply_to_id else None)
    return {}


def announce_no_draft(connection: LiveConnection, chat_id: ChatId) -> None:
    """Tell the member's browsers that what was typed in a chat is sent, or waits to be."""
    _announce(connection, chat_id, None)


def _announce(connection: LiveConnection, chat_id: ChatId, draft: Wire | None) -> None:
    connection.publish_of(chat_id, "draft.changed", draft=draft)
