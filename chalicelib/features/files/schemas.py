"""Files as they travel."""

from typing import Annotated

import msgspec

from chalicelib.adapters.files import UploadForm
from chalicelib.features.files.model import (
    MAX_FILE_BYTES,
    MAX_NAME_CHARACTERS,
    MAX_TYPE_CHARACTERS,
    BeginUpload,
    File,
    LinkedFile,
    PlaceKind,
)
from chalicelib.kernel.ids import FileId


class FileIn(msgspec.Struct, forbid_unknown_fields=True):
    """A file that is to be put up: its name, its size in bytes, its media type, and what it is for."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=4 * MAX_NAME_CHARACTERS)]
    size: Annotated[int, msgspec.Meta(ge=1, le=MAX_FILE_BYTES)]
    type: Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_TYPE_CHARACTERS)]
    for_: PlaceKind = msgspec.field(name="for")

    def to_command(self) -> BeginUpload:
        """As the use case takes it."""
        return BeginUpload(kind=self.for_, name=self.name, size=self.size, type=self.type)


class UploadOut(msgspec.Struct, forbid_unknown_fields=True):
    """Where the file is posted as `multipart/form-data`: all `fields` first, then it, as `file`. Good for 5 minutes."""

    id: str
    url: str
    fields: dict[str, str]

    @classmethod
    def of(cls, file_id: FileId, form: UploadForm) -> "UploadOut":
        """As it travels."""
        return cls(id=file_id, url=form.url, fields=dict(form.fields))


class FileOut(msgspec.Struct, forbid_unknown_fields=True):
    """A file. `type` is what its first bytes show, `has_preview` says that it is a picture to be shown in place."""

    id: str
    name: str
    size: int
    type: str
    has_preview: bool

    @classmethod
    def of(cls, file: File) -> "FileOut":
        """One file."""
        return cls(id=file.id, name=file.name, size=file.size, type=file.type, has_preview=file.has_preview)


class LinkedFileOut(msgspec.Struct, forbid_unknown_fields=True):
    """A file and a link to it, good for five minutes; what a browser would run is sent as a download."""

    file: FileOut
    url: str

    @classmethod
    def of(cls, linked: LinkedFile) -> "LinkedFileOut":
        """One file."""
        return cls(file=FileOut.of(linked.file), url=linked.url)
