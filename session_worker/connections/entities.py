"""Who is behind a peer, asked of Telegram where no message or update told it along."""

from typing import Any

from telethon.tl import functions, types

from session_worker.connections.connection import LiveConnection
from session_worker.telegram.peers import InputPeer, input_channel


async def entity_of(live: LiveConnection, peer: InputPeer) -> Any | None:
    """Telegram's short form of a person, group or channel; None where there is none any more. One call.

    Raises:
        TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    match peer:
        case types.InputPeerUser():
            found = await live.call(functions.users.GetUsersRequest([types.InputUser(peer.user_id, peer.access_hash)]))
        case types.InputPeerChannel():
            found = (await live.call(functions.channels.GetChannelsRequest([input_channel(peer)]))).chats
        case _:
            found = (await live.call(functions.messages.GetChatsRequest([peer.chat_id]))).chats
    return found[0] if found else None
