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
from session_worker.telegram import service_messages
from session_worker.telegram.peers import mark_of

TELEGRAM_ITSELF: Final = 777000
"""Telegram's service account, which sends login codes."""
WITHHELD: Final = "Messages from Telegram's own account are not shown here. Read them in Telegram."

Entities = Mapping[int, Any]
"""Users, groups and channels that came with an answer or update, by marked id."""
Wire = dict[str, Any]

_ENTITY_TYPES: Final[Mapping[type, str]] = {
    types.MessageEntityBold: "bold",
    types.MessageEntityItalic: "italic",
    types.MessageEntityUnderline: "underline",
    types.MessageEntityStrike: "strike",
    types.MessageEntitySpoiler: "spoiler",
    types.MessageEntityCode: "code",
    types.MessageEntityPre: "pre",
    types.MessageEntityBlockquote: "blockquote",
    types.MessageEntityUrl: "url",
    types.MessageEntityTextUrl: "text_link",
    types.MessageEntityEmail: "email",
    types.MessageEntityPhone: "phone",
    types.MessageEntityMention: "mention",
    types.MessageEntityMentionName: "mention",
    types.MessageEntityHashtag: "hashtag",
    types.MessageEntityCashtag: "cashtag",
    types.MessageEntityBotCommand: "bot_command",
}
_FOLLOWABLE: Final = ("https://", "http://")
_OTHER_MEDIA: Final[Mapping[type, str]] = {
    types.MessageMediaGeo: "Location",
    types.MessageMediaGeoLive: "Live location",
    types.MessageMediaVenue: "Place",
    types.MessageMediaContact: "Contact",
    types.MessageMediaPoll: "Poll",
    types.MessageMediaDice: "Dice",
    types.MessageMediaGame: "Game",
    types.MessageMediaInvoice: "Invoice",
    types.MessageMediaStory: "Story",
    types.MessageMediaGiveaway: "Giveaway",
}
_EXTENSIONS: Final = {
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
}
_NO_MEDIA: Final = (type(None), types.MessageMediaEmpty, types.MessageMediaWebPage)


def to_wire(message: Any, entities: Entities, *, client_id: ClientId | None = None) -> Wire:
    """A message as browsers get it.

    {id, date, direction: "out"|"in", sender: {id, name}|None, text, entities: [{type, offset, length, url?}],
    reply_to_id, edited_at, media: {kind, name, size, mime}|None, client_id}. Offsets and lengths count UTF-16 units,
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
        [_entity(one) for one in message.entities or () if type(one) in _ENTITY_TYPES],
        media_of(message),
    )


def is_withheld(message: Any) -> bool:
    """Whether a message is from Telegram's service account, or forwarded from it: a login code is a credential."""
    if _is_telegram_itself(message.peer_id) or _is_telegram_itself(message.from_id):
        return True
    forwarded = getattr(message, "fwd_from", None)
    return forwarded is not None and (
        _is_telegram_itself(forwarded.from_id) or _is_telegram_itself(forwarded.saved_from_peer)
    )


def entities_of(users: Iterable[Any], chats: Iterable[Any]) -> dict[int, Any]:
    """What `to_wire` names senders by, from an answer's users and chats."""
    return {utils.get_peer_id(one): one for one in (*users, *chats)}


def is_message(message: Any) -> bool:
    """Whether there is anything to show: Telegram leaves an empty shell where a message was deleted."""
    return isinstance(message, types.Message | types.MessageService)


def media_of(message: Any) -> Wire | None:
    """What is attached, without fetching it: {kind, name, size in bytes, mime}. Link previews don't count."""
    media = message.media
    if isinstance(media, _NO_MEDIA):
        return None
    if isinstance(media, types.MessageMediaPhoto) and isinstance(media.photo, types.Photo):
        return _media("photo", f"photo-{message.id}.jpg", _photo_size(media.photo), "image/jpeg")
    if isinstance(media, types.MessageMediaDocument) and isinstance(media.document, types.Document):
        return _document(message.id, media.document)
    return _media("other", _OTHER_MEDIA.get(type(media), "Attachment"), 0, "")


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
        "reply_to_id": getattr(message.reply_to, "reply_to_msg_id", None),
        "edited_at": None if edited_at is None or is_hidden_edit else clock.to_wire(edited_at),
        "media": media,
        "client_id": client_id,
    }


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


def _entity(entity: Any) -> Wire:
    kind = _ENTITY_TYPES[type(entity)]
    wire: Wire = {"type": kind, "offset": entity.offset, "length": entity.length}
    if kind == "text_link" and entity.url.startswith(_FOLLOWABLE):
        wire["url"] = entity.url
    return wire


def _document(message_id: int, document: Any) -> Wire:
    kind, name = "document", ""
    for attribute in document.attributes:
        match attribute:
            case types.DocumentAttributeFilename():
                name = attribute.file_name
            case types.DocumentAttributeSticker():
                kind = "sticker"
            case types.DocumentAttributeVideo() | types.DocumentAttributeAnimated() if kind != "sticker":
                kind = "video"
            case types.DocumentAttributeAudio(voice=True):
                kind = "voice"
    name = name or f"{kind}-{message_id}{_EXTENSIONS.get(document.mime_type, '')}"
    return _media(kind, name, document.size, document.mime_type)


def _media(kind: str, name: str, size: int, mime: str) -> Wire:
    return {"kind": kind, "name": name, "size": size, "mime": mime}


def _photo_size(photo: Any) -> int:
    sizes = [getattr(size, "size", 0) for size in photo.sizes]
    sizes += [size.sizes[-1] for size in photo.sizes if isinstance(size, types.PhotoSizeProgressive)]
    return max(sizes, default=0)


def _is_telegram_itself(peer: Any) -> bool:
    return isinstance(peer, types.PeerUser) and peer.user_id == TELEGRAM_ITSELF
