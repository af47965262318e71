"""Media: what a client attaches becomes a file of the world and a picture or document on a message."""

from telethon.tl import types

from dev.telegram.files import is_photo_shape, is_picture, keep_pieces
from dev.telegram.methods.call import Call
from dev.telegram.methods.upload import taken
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.world.boxes import Media

_UPLOADED = (types.InputMediaUploadedDocument, types.InputMediaUploadedPhoto)
_STANDING = (types.InputMediaDocument, types.InputMediaPhoto)
_LARGEST_PHOTO = 10 * 1024 * 1024


def media_of(call: Call, given: Tl) -> Media:
    """The media a request attaches: fresh from its uploaded parts, or one Telegram has already.

    Raises Refused: FILE_PARTS_INVALID and its like, IMAGE_PROCESS_FAILED, PHOTO_INVALID_DIMENSIONS,
    PHOTO_SAVE_FILE_INVALID, MEDIA_INVALID; the parts are forgotten all the same.
    """
    if isinstance(given, _UPLOADED):
        return _uploaded(call, given)
    return standing_media_of(call, given)


def standing_media_of(call: Call, given: Tl) -> Media:
    """Media Telegram has already, which is all an album may be made of. Raises Refused: MEDIA_INVALID."""
    if isinstance(given, _STANDING) and given.id.id in call.world.files:
        return call.world.files[given.id.id].media
    raise Refused("MEDIA_INVALID")


def _uploaded(call: Call, given: Tl) -> Media:
    pieces = taken(call, given.file)
    is_photo = isinstance(given, types.InputMediaUploadedPhoto)
    if is_photo and not is_picture(pieces[0]):
        raise Refused("IMAGE_PROCESS_FAILED")
    if is_photo and not is_photo_shape(pieces[0]):
        raise Refused("PHOTO_INVALID_DIMENSIONS")
    if is_photo and sum(map(len, pieces)) > _LARGEST_PHOTO:
        raise Refused("PHOTO_SAVE_FILE_INVALID")
    return keep_pieces(
        call.world,
        pieces,
        kind="photo" if is_photo else "document",
        mime="image/jpeg" if is_photo else given.mime_type,
        dc=call.line.dc,
        at=call.now,
        rng=call.service.rng,
        attributes=[] if is_photo else [bytes(attribute) for attribute in given.attributes],
    )
