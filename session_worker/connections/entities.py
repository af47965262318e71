"""Who is behind a peer, asked of Telegram where no message or update told it along."""

from typing import Any

from telethon.tl import TLRequest, functions, types

from session_worker.connections.connection import LiveConnection
from session_worker.telegram.peers import InputPeer, input_channel


async def entity_of(live: LiveConnection, peer: InputPeer, *, is_routine: bool = False) -> Any | None:
    """Telegram's short form of a person, group or channel; None where there is none any more. One call.

    Raises:
        TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    answer = await live.call(_request(peer), is_routine=is_routine)
    found = answer if isinstance(peer, types.InputPeerUser) else answer.chats
    return found[0] if found else None


def _request(peer: InputPeer) -> TLRequest:
    match peer:
        case types.InputPeerUser():
            return functions.users.GetUsersRequest([types.InputUser(peer.user_id, peer.access_hash)])
        case types.InputPeerChannel():
            return functions.channels.GetChannelsRequest([input_channel(peer)])
        case _:
            return functions.messages.GetChatsRequest([peer.chat_id])
