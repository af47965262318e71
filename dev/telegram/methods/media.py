"""Media: what a client attaches becomes a file of the world and a picture or document on a message."""

from telethon.tl import types

from dev.telegram.files import keep
from dev.telegram.methods.call import Call
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.world.boxes import Media

_UPLOADED = (types.InputMediaUploadedDocument, types.InputMediaUploadedPhoto)
_STANDING = (types.InputMediaDocument, types.InputMediaPhoto)


def media_of(call: Call, given: Tl) -> Media:
    """The media a request attaches: fresh from its uploaded parts, or one Telegram has already.

    Raises Refused: FILE_PARTS_INVALID, MEDIA_INVALID; the parts are forgotten all the same.
    """
    if isinstance(given, _UPLOADED):
        return _uploaded(call, given)
    if isinstance(given, _STANDING) and given.id.id in call.world.files:
        return call.world.files[given.id.id].media
    raise Refused("MEDIA_INVALID")


def _uploaded(call: Call, given: Tl) -> Media:
    parts = call.service.uploads.pop(given.file.id, {})
    if len(parts) != given.file.parts:
        raise Refused("FILE_PARTS_INVALID")
    data = b"".join(parts[number] for number in sorted(parts))
    is_photo = isinstance(given, types.InputMediaUploadedPhoto)
    return keep(
        call.world,
        data,
        kind="photo" if is_photo else "document",
        mime="image/jpeg" if is_photo else given.mime_type,
        dc=call.line.dc,
        at=call.now,
        rng=call.service.rng,
        attributes=[] if is_photo else [bytes(attribute) for attribute in given.attributes],
    )
