"""Telethon's messages as the wire's: text, entities, media, sender. What Telegram's own account says is withheld.

Nothing here keeps or logs anything: a message passes through on its way to its owner's browser.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from telethon import utils
from telethon.tl import types

from chalicelib.kernel import clock
from chalicelib.kernel.ids import ClientId
from session_worker.telegram import formatting, reactions, service_messages
from session_worker.telegram.media import media_of
from session_worker.telegram.peers import mark_of
from session_worker.wire import Wire

TELEGRAM_ITSELF: Final = 777000
"""Telegram's service account, which sends login codes."""
WITHHELD: Final = "Messages from Telegram's own account are not shown here. Read them in Telegram."

Entities = Mapping[int, Any]
"""Users, groups and channels that came with an answer or update, by marked id."""


def to_wire(message: Any, entities: Entities, *, client_id: ClientId | None = None) -> Wire:
    """A message as browsers get it.

    {id, date, direction: "out"|"in", sender: {id, name}|None, text, entities: [{type, offset, length, url?}],
    reply_to_id, edited_at, media: as `media_of` has it, or None, client_id, reactions: [{emoji, count, mine}],
    forwarded_from: {name}|None, views: for a channel's posts, is_pinned}. Offsets and lengths count UTF-16 units,
    as Telegram's do. A service message ("Ada joined") has its sentence as text.
    """
    if is_withheld(message):
        return _wire(message, entities, client_id, WITHHELD, [], None)
    if isinstance(message, types.MessageService):
        return _wire(message, entities, client_id, service_messages.sentence(message, entities), [], None)
    return _wire(
        message,
        entities,
        client_id,
        message.message,
        formatting.to_wire(message.entities),
        media_of(message),
    )


def scheduled_to_wire(message: Any, entities: Entities) -> Wire:
    """As `to_wire`, and {is_scheduled: True}: `date` is when it will be sent, `id` one of the scheduled ones."""
    return {**to_wire(message, entities), "is_scheduled": True}


def is_withheld(message: Any) -> bool:
    """Whether a message is from Telegram's service account, or forwarded from it: a login code is a credential."""
    if is_telegram_itself(message.peer_id) or is_telegram_itself(message.from_id):
        return True
    forwarded = getattr(message, "fwd_from", None)
    return forwarded is not None and (
        is_telegram_itself(forwarded.from_id) or is_telegram_itself(forwarded.saved_from_peer)
    )


def is_telegram_itself(peer: Any) -> bool:
    """Whether a peer, as messages or as requests name it, is Telegram's service account."""
    return isinstance(peer, types.PeerUser | types.InputPeerUser) and peer.user_id == TELEGRAM_ITSELF


def entities_of(users: Iterable[Any], chats: Iterable[Any]) -> dict[int, Any]:
    """What `to_wire` names senders by, from an answer's users and chats."""
    return {utils.get_peer_id(one): one for one in (*users, *chats)}


def is_message(message: Any) -> bool:
    """Whether there is anything to show: Telegram leaves an empty shell where a message was deleted."""
    return isinstance(message, types.Message | types.MessageService)


def _wire(
    message: Any,
    entities: Entities,
    client_id: ClientId | None,
    text: str,
    marks: list[Wire],
    media: Wire | None,
) -> Wire:
    edited_at: datetime | None = getattr(message, "edit_date", None)
    is_hidden_edit = getattr(message, "edit_hide", False)
    return {
        "id": message.id,
        "date": clock.to_wire(message.date),
        "direction": "out" if message.out else "in",
        "sender": _sender(message, entities),
        "text": text,
        "entities": marks,
        "reply_to_id": _answered(message.reply_to),
        "edited_at": None if edited_at is None or is_hidden_edit else clock.to_wire(edited_at),
        "media": media,
        "client_id": client_id,
        "reactions": reactions.to_wire(getattr(message, "reactions", None)),
        "forwarded_from": _origin(message, entities),
        "views": getattr(message, "views", None),
        "is_pinned": bool(getattr(message, "pinned", False)),
    }


def _answered(reply: Any) -> int | None:
    """The message of the same chat that is answered; one may answer another chat's, or a story."""
    if getattr(reply, "reply_to_peer_id", None) is not None:
        return None
    return getattr(reply, "reply_to_msg_id", None)


def _origin(message: Any, entities: Entities) -> Wire | None:
    """Who wrote it first, when it was forwarded."""
    forwarded = getattr(message, "fwd_from", None)
    if forwarded is None:
        return None
    known = None if forwarded.from_id is None else entities.get(mark_of(forwarded.from_id))
    return {"name": name_of(known) or forwarded.from_name or ""}


def _sender(message: Any, entities: Entities) -> Wire | None:
    """Who wrote it; None for a channel's own posts and where Telegram does not say."""
    if message.post:
        return None
    peer = message.from_id
    if peer is None and not message.out and isinstance(message.peer_id, types.PeerUser):
        peer = message.peer_id
    if peer is None:
        return None
    marked = mark_of(peer)
    return {"id": str(marked), "name": name_of(entities.get(marked))}


def name_of(entity: Any) -> str:
    """What people call a user, group or channel; empty where Telegram told us nothing of it."""
    if isinstance(entity, types.User):
        return " ".join(part for part in (entity.first_name, entity.last_name) if part)
    return getattr(entity, "title", None) or ""
