"""Telegram's short forms of a new message, which leave out what a client may know already, made whole."""

from typing import Any

from telethon.tl import types


def whole(update: Any, own_id: int | None) -> Any:
    """An update as its long form; any other comes back as it is. `own_id`: who we are, the sender of what is `out`.

    Source: https://core.telegram.org/constructor/updateShortMessage and updateShortChatMessage.
    """
    match update:
        case types.UpdateShortMessage():
            return _new_message(update, types.PeerUser(update.user_id), update.user_id, own_id)
        case types.UpdateShortChatMessage():
            return _new_message(update, types.PeerChat(update.chat_id), update.from_id, own_id)
        case _:
            return update


def _new_message(update: Any, chat: Any, other_id: int, own_id: int | None) -> Any:
    sender_id = own_id if update.out else other_id
    message = types.Message(
        id=update.id,
        peer_id=chat,
        from_id=None if sender_id is None else types.PeerUser(sender_id),
        date=update.date,
        message=update.message,
        out=update.out,
        mentioned=update.mentioned,
        media_unread=update.media_unread,
        silent=update.silent,
        fwd_from=update.fwd_from,
        via_bot_id=update.via_bot_id,
        reply_to=update.reply_to,
        entities=update.entities,
        ttl_period=update.ttl_period,
    )
    made = types.UpdateNewMessage(message, update.pts, update.pts_count)
    made._entities = update._entities
    return made
