"""What is attached to a message, as browsers are told of it. Nothing is fetched."""

from collections.abc import Mapping
from typing import Any, Final

from telethon.tl import types

from session_worker.telegram import previews
from session_worker.wire import Wire

_OTHER: Final[Mapping[type, str]] = {
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
_WITH_SIDES: Final = (types.DocumentAttributeVideo, types.DocumentAttributeImageSize)
_WITH_DURATION: Final = (types.DocumentAttributeVideo, types.DocumentAttributeAudio)
_NONE: Final = (type(None), types.MessageMediaEmpty, types.MessageMediaWebPage)


def media_of(message: Any) -> Wire | None:
    """What is attached; None for nothing, as which link previews count.

    {kind, name, size in bytes, mime, width and height in pixels or None, duration_s or None, thumb: a data: URL or
    None, album_id: the same on all parts of an album, or None}.
    """
    media = message.media
    if isinstance(media, _NONE):
        return None
    album = getattr(message, "grouped_id", None)
    return {**_described(message.id, media), "album_id": None if album is None else str(album)}


def _described(message_id: int, media: Any) -> Wire:
    if isinstance(media, types.MessageMediaPhoto) and isinstance(media.photo, types.Photo):
        return _photo(message_id, media.photo)
    if isinstance(media, types.MessageMediaDocument) and isinstance(media.document, types.Document):
        return _document(message_id, media.document)
    return _media("other", _OTHER.get(type(media), "Attachment"), 0, "")


def _photo(message_id: int, photo: Any) -> Wire:
    sides = [(size.w, size.h) for size in photo.sizes if hasattr(size, "w")]
    return {
        **_media("photo", f"photo-{message_id}.jpg", _photo_bytes(photo), "image/jpeg"),
        **_shape(max(sides, default=(0, 0))),
        "thumb": previews.stripped(photo.sizes),
    }


def _document(message_id: int, document: Any) -> Wire:
    kind, name, sides, duration_s = "document", "", (0, 0), None
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
        sides = (attribute.w, attribute.h) if isinstance(attribute, _WITH_SIDES) else sides
        duration_s = round(attribute.duration) if isinstance(attribute, _WITH_DURATION) else duration_s
    name = name or f"{kind}-{message_id}{_EXTENSIONS.get(document.mime_type, '')}"
    about = _media(kind, name, document.size, document.mime_type)
    return {**about, **_shape(sides), "duration_s": duration_s, "thumb": previews.stripped(document.thumbs)}


def _media(kind: str, name: str, size: int, mime: str) -> Wire:
    about: Wire = {"kind": kind, "name": name, "size": size, "mime": mime}
    return {**about, "width": None, "height": None, "duration_s": None, "thumb": None}


def _shape(sides: tuple[int, int]) -> Wire:
    return {"width": sides[0] or None, "height": sides[1] or None}


def _photo_bytes(photo: Any) -> int:
    sizes = [getattr(size, "size", 0) for size in photo.sizes]
    sizes += [size.sizes[-1] for size in photo.sizes if isinstance(size, types.PhotoSizeProgressive)]
    return max(sizes, default=0)
