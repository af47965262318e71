"""Files people put up: what each may be, how far it has come, and where it belongs. Pure."""

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

from chalicelib.kernel import names
from chalicelib.kernel.errors import Blame, Conflict, Invalid, NotFound
from chalicelib.kernel.ids import FileId, UserId
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.records import record

KB: Final = 1024
MB: Final = 1024 * KB
MAX_STORAGE_BYTES: Final = 5 * 1024 * MB
"""Of all files of a workspace together, those on their way up included."""
MAX_FILE_BYTES: Final = 50 * MB
MAX_LOGO_BYTES: Final = 512 * KB
MAX_IMPORT_BYTES: Final = 20 * MB
MAX_PREVIEW_BYTES: Final = 10 * MB
"""A picture up to here is shown where it hangs; a larger one is opened."""
MAX_NAME_CHARACTERS: Final = 200
MAX_TYPE_CHARACTERS: Final = 100
SNIFFED_BYTES: Final = 64
"""How much of a file is looked at: every signature below lies within."""
UNUSED_FOR: Final = timedelta(hours=24)
"""How long a file that was put up may wait to be attached."""
GONE_AFTER: Final = timedelta(minutes=15)
"""How long a file outlives its place: links to it, and the form it came by, begin nothing after five."""

COLLECT: Final = "file.collect"
"""The due work of removing a file that nothing holds; its one fact is `file_id`."""

_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")
_FOLDERS: Final = re.compile(r"[/\\]")


class PlaceKind(StrEnum):
    """What a file can belong to."""

    COMMENT = "comment"
    TICKET = "ticket"
    TEMPLATE = "template"
    VALUE = "value"
    IMPORT = "import"
    LOGO = "logo"


class FileState(StrEnum):
    """How far a file has come. One that is given up can't be attached any more and is about to be removed."""

    ANNOUNCED = "announced"
    CHECKED = "checked"
    ATTACHED = "attached"
    GIVEN_UP = "given_up"


class FileNotFound(NotFound):
    """There is no such file, nothing was put up yet, it hangs elsewhere, or it is somebody else's to attach."""

    code = "file-not-found"
    title = "There is no such file."


class FileUnfit(Invalid):
    """The file is larger than its place takes, of a type it does not take, or not what it was said to be."""

    code = "file-unfit"
    title = "This file can't be taken."


class StorageFull(Conflict):
    """The workspace's files have no room for this one; `standing` has `most_bytes`, what all may have together."""

    code = "storage-full"
    title = "The workspace has no room for this file. Remove some, and try again."


@record
class Bounds:
    """What a kind of place takes: how large, which types (None: any), and who may put something up for it.

    Who may attach it, and see it then, is the place's own matter.
    """

    action: Action
    max_bytes: int = MAX_FILE_BYTES
    types: frozenset[str] | None = None
    words: str = f"A file has at most {MAX_FILE_BYTES // MB} MB."


PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
LOGO_TYPES: Final[Mapping[str, str]] = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
"""What a logo may be, and how the name of its file ends."""

BOUNDS: Final[Mapping[PlaceKind, Bounds]] = {
    PlaceKind.COMMENT: Bounds(action=Action.EDIT_VALUES),
    PlaceKind.TICKET: Bounds(action=Action.EDIT_VALUES),
    PlaceKind.TEMPLATE: Bounds(action=Action.EDIT_VALUES),
    PlaceKind.VALUE: Bounds(action=Action.EDIT_VALUES),
    PlaceKind.IMPORT: Bounds(
        action=Action.IMPORT_DATA,
        max_bytes=MAX_IMPORT_BYTES,
        words=f"A file to import has at most {MAX_IMPORT_BYTES // MB} MB.",
    ),
    PlaceKind.LOGO: Bounds(
        action=Action.CHANGE_SETTINGS,
        max_bytes=MAX_LOGO_BYTES,
        types=frozenset(LOGO_TYPES),
        words="A logo is a PNG, JPEG or WebP picture of at most 512 KB.",
    ),
}


@record
class Place:
    """What a file belongs to. `only_for` is the one person who sees it there; None where every member does."""

    kind: PlaceKind
    id: str
    only_for: UserId | None = None


@record
class File:
    """One file. Until it is attached it is the business of whoever put it up; `place` is where it hangs since."""

    id: FileId
    kind: PlaceKind
    name: str
    size: int
    type: str
    state: FileState
    put_up_by: UserId
    place: Place | None = None

    @property
    def has_preview(self) -> bool:
        """Whether it is a picture that can be shown where it hangs."""
        return self.type in PICTURES and self.size <= MAX_PREVIEW_BYTES

    def is_seen_by(self, viewer: UserId | None) -> bool:
        """Whether a member sees it: where it hangs if they see the place, before that if they put it up."""
        if self.place is not None:
            return self.place.only_for in {None, viewer}
        return self.state is FileState.CHECKED and self.put_up_by == viewer


@record
class BeginUpload:
    """Ask for a form. `size` in bytes is what the file has, not the most it may have; `type` what it says it is."""

    kind: PlaceKind
    name: str
    size: int
    type: str


def announced(command: BeginUpload, file_id: FileId, put_up_by: UserId) -> File:
    """The file that somebody means to put up.

    Raises:
        NameInvalid: blames `/name`.
        FileUnfit: too large, or of a type the place does not take.
    """
    bounds = BOUNDS[command.kind]
    told = command.type.casefold()
    if len(told) > MAX_TYPE_CHARACTERS or not _TYPE.fullmatch(told):
        raise FileUnfit(blames=(Blame("/type", "is no media type"),))
    if not 1 <= command.size <= bounds.max_bytes:
        raise FileUnfit(bounds.words, blames=(Blame("/size", f"has 1 to {bounds.max_bytes} bytes"),))
    _require_type(told, bounds)
    return File(
        id=file_id,
        kind=command.kind,
        name=names.parse(_FOLDERS.split(command.name)[-1], pointer="/name", most=MAX_NAME_CHARACTERS),
        size=command.size,
        type=told,
        state=FileState.ANNOUNCED,
        put_up_by=put_up_by,
    )


def type_seen(file: File, beginning: bytes, size: int) -> str:
    """What a file is that was put up, by its first bytes and not by what it calls itself.

    Raises:
        FileUnfit: it is not what was announced, nor as large, or its place does not take it.
    """
    found, bounds = sniffed(beginning), BOUNDS[file.kind]
    if size != file.size or (file.type in _KNOWN and found != file.type):
        raise FileUnfit("It is not what it was said to be." if bounds.types is None else bounds.words)
    _require_type(found or file.type, bounds)
    return found or file.type


def _require_type(told: str, bounds: Bounds) -> None:
    if bounds.types is not None and told not in bounds.types:
        raise FileUnfit(bounds.words, blames=(Blame("/type", "is not taken here"),))


_SIGNATURES: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBPVP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"OggS\x00", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (4, b"ftypmp4", "video/mp4"),
    (4, b"ftypisom", "video/mp4"),
    (4, b"ftypiso2", "video/mp4"),
    (4, b"ftypavc1", "video/mp4"),
    (4, b"ftypM4V", "video/mp4"),
)
"""Where which bytes stand in what browsers show by themselves. Source: https://mimesniff.spec.whatwg.org, 6."""
_KNOWN: Final = frozenset(media_type for _, _, media_type in _SIGNATURES)


def sniffed(beginning: bytes) -> str | None:
    """The media type a file's first bytes show; None for what has no signature a browser goes by."""
    return next(
        (found for offset, signature, found in _SIGNATURES if beginning[offset:].startswith(signature)),
        None,
    )


@record
class LinkedFile:
    """A file, and where it is to be had for five minutes."""

    file: File
    url: str
