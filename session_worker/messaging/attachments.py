"""What may be attached to a message, and how Telegram is told of it. Nothing here moves a byte."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from telethon.tl import types

from chalicelib.kernel.errors import Invalid

PART_BYTES: Final = 512 * 1024
"""Telegram takes no larger part. Source: https://core.telegram.org/api/files, uploading files."""
MAX_BYTES: Final = 4_000 * PART_BYTES
"""Telegram's 2,000 MB: so many parts may a file have."""
MAX_PHOTO_BYTES: Final = 10 * 1024 * 1024
MAX_ALBUM: Final = 10
_MB: Final = 1024 * 1024


class Kind(StrEnum):
    """As what a file is shown in the chat."""

    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    DOCUMENT = "document"


_TYPES: Final = {
    Kind.PHOTO: frozenset({"image/jpeg", "image/png", "image/webp"}),
    Kind.VIDEO: frozenset({"video/mp4", "video/quicktime", "video/webm"}),
    Kind.VOICE: frozenset({"audio/ogg", "audio/mp4", "audio/mpeg"}),
}
"""What Telegram shows as such. A document may be anything."""
_SEEN: Final = frozenset({Kind.PHOTO, Kind.VIDEO})


class UploadTooLarge(Invalid):
    """Telegram does not take a file of that size, as what it should be shown."""

    code = "upload-too-large"
    title = "This file is too large to be sent."


class UploadEmpty(Invalid):
    """There is nothing in the file."""

    code = "upload-empty"
    title = "This file is empty."


class UploadTypeUnfit(Invalid):
    """A file of that type can't be shown as what it should be."""

    code = "upload-type-unfit"
    title = "A file of this type can't be sent like that. Send it as a file."


class UploadUnreadable(Invalid):
    """Telegram can't make a picture of it."""

    code = "upload-unreadable"
    title = "Telegram can't read this picture. Send it as a file."


class AlbumUnfit(Invalid):
    """Telegram makes no album of these: pictures and videos go together, files with files, a voice message alone."""

    code = "album-unfit"
    title = "These can't be sent as one album. Send pictures and videos together, and files apart from them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file to send. Sides in pixels, 0 where unknown. Its repr shows neither name nor caption."""

    upload_id: str
    kind: Kind
    name: str
    caption: str = ""
    width: int = 0
    height: int = 0
    duration_s: int = 0

    def __repr__(self) -> str:
        return f"Attachment(kind={self.kind})"


def require_fit(kind: Kind, mime: str, size: int) -> None:
    """Whether a file may be sent as that.

    Raises:
        UploadEmpty, UploadTooLarge, UploadTypeUnfit.
    """
    if size < 1:
        raise UploadEmpty
    if size > MAX_BYTES:
        raise UploadTooLarge(f"Telegram takes at most {MAX_BYTES // _MB:,} MB.")
    if kind in _TYPES and mime not in _TYPES[kind]:
        raise UploadTypeUnfit
    if kind is Kind.PHOTO and size > MAX_PHOTO_BYTES:
        raise UploadTooLarge(f"A photo may have {MAX_PHOTO_BYTES // _MB} MB at most. Send it as a file.")


def require_album(attachments: Sequence[Attachment]) -> None:
    """Whether these may be one message, or one album. Raises AlbumUnfit."""
    kinds = {attachment.kind for attachment in attachments}
    if len(attachments) > 1 and not (kinds <= _SEEN or kinds == {Kind.DOCUMENT}):
        raise AlbumUnfit


def media_of(attachment: Attachment, file: Any, mime: str) -> Any:
    """An uploaded file as what it should be shown."""
    if attachment.kind is Kind.PHOTO:
        return types.InputMediaUploadedPhoto(file)
    return types.InputMediaUploadedDocument(
        file=file,
        mime_type=mime,
        attributes=_attributes(attachment),
        force_file=attachment.kind is Kind.DOCUMENT,
    )


def _attributes(attachment: Attachment) -> list[Any]:
    match attachment.kind:
        case Kind.VOICE:
            return [types.DocumentAttributeAudio(duration=attachment.duration_s, voice=True)]
        case Kind.VIDEO:
            shape = types.DocumentAttributeVideo(
                duration=attachment.duration_s, w=attachment.width, h=attachment.height, supports_streaming=True
            )
            return [shape, types.DocumentAttributeFilename(attachment.name)]
        case _:
            return [types.DocumentAttributeFilename(attachment.name)]
