"""Where a chat stands in the account's list: how far each side has read, the mark of unread, what is typed."""

from telethon.tl import functions, types

from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import ChatId
from session_worker.connections.connection import LiveConnection
from session_worker.messaging.asking import dialog_of
from session_worker.telegram.drafts import draft_of
from session_worker.telegram.peers import InputPeer
from session_worker.wire import Wire


async def marks(connection: LiveConnection, peer: InputPeer) -> Wire:
    """{unread_count, read_in_up_to, read_out_up_to, is_marked_unread, draft or None}. One call.

    Raises:
        NotFound: the chat is in no list any more.
        TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    dialog = await dialog_of(connection, peer)
    if dialog is None:
        raise NotFound
    return {
        "unread_count": dialog.unread_count,
        "read_in_up_to": dialog.read_inbox_max_id,
        "read_out_up_to": dialog.read_outbox_max_id,
        "is_marked_unread": bool(dialog.unread_mark),
        "draft": draft_of(dialog),
    }


async def mark_unread(connection: LiveConnection, chat_id: ChatId, peer: InputPeer, *, is_unread: bool) -> Wire:
    """Put the mark of an unread chat on one, or take it off: {}. One call. The other side sees nothing."""
    request = functions.messages.MarkDialogUnreadRequest(types.InputDialogPeer(peer), unread=is_unread or None)
    await connection.call(request)
    connection.publish_of(chat_id, "chat.marked", is_unread=is_unread)
    return {}
