"""Requests that several rooms make, and what Telegram's refusal of one means wherever it is made."""

from typing import Any, Final

from telethon.tl import TLRequest, functions, types

from chalicelib.kernel.errors import NotFound
from session_worker.connections.connection import LiveConnection
from session_worker.telegram.outcomes import TelegramRefused
from session_worker.telegram.peers import InputPeer

_NOT_THERE: Final = "MESSAGE_ID_INVALID"


async def ask_about_message(connection: LiveConnection, request: TLRequest) -> Any:
    """Telegram's answer to what names a message of a chat.

    Raises:
        NotFound: there is no such message in the chat; nothing was done.
        TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    try:
        return await connection.call(request)
    except TelegramRefused as refusal:
        if refusal.error_name == _NOT_THERE:
            raise NotFound from None
        raise


async def dialog_of(connection: LiveConnection, peer: InputPeer) -> Any | None:
    """Where a chat stands in the account's list; None where it is in none. One call."""
    answer = await connection.call(functions.messages.GetPeerDialogsRequest([types.InputDialogPeer(peer)]))
    return answer.dialogs[0] if answer.dialogs else None


def search_in(peer: InputPeer, kind: Any, *, words: str = "", before_id: int = 0, limit: int) -> TLRequest:
    """messages.search: a chat's messages of a kind, by Telegram's filter, with these words; newest first."""
    return functions.messages.SearchRequest(
        peer=peer,
        q=words,
        filter=kind,
        min_date=None,
        max_date=None,
        offset_id=before_id,
        add_offset=0,
        limit=limit,
        max_id=0,
        min_id=0,
        hash=0,
    )
