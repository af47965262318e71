"""A zip file written from its beginning to its end, by one process after another: what was written is never read.

The standard library writes a zip in one go. What is here pauses in the middle of a file and goes on elsewhere, since a
deflated stream may be cut at a full flush, and whoever goes on needs no more than `Archive`. Headers and the list at
the end are the standard library's. Source: PKWARE APPNOTE 6.3.10, 4.3; RFC 1951, 3.2.4 (stored blocks of no length).
"""

import io
import struct
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from chalicelib.kernel.records import record

_RAW: Final = -zlib.MAX_WBITS
"""Deflate without a header of its own, as zips have it."""
_SIZES_FOLLOW: Final = 0x08
"""The flag of a file whose checksum and sizes stand behind it (APPNOTE 4.4.4, bit 3)."""
_DESCRIPTOR: Final = struct.Struct("<4sLLL")
_DESCRIPTOR_MARK: Final = b"PK\x07\x08"
_READABLE: Final = 0o644 << 16
"""What becomes of the file's rights where it is unpacked on Unix."""


@record
class Packed:
    """One file in the zip: where it begins, and the checksum and sizes of what it holds so far, in bytes."""

    name: str
    offset: int
    crc: int = 0
    size: int = 0
    packed_size: int = 0


@record
class Archive:
    """How far a zip has come: its files, whether the last one is still open, and how many bytes there are."""

    files: tuple[Packed, ...] = ()
    is_open: bool = False
    size: int = 0


class ZipWriter:
    """Goes on with a zip. What it wrote is taken by `taken`, and held until then."""

    def __init__(self, archive: Archive, made_at: datetime) -> None:
        self._files = list(archive.files)
        self._is_open = archive.is_open
        self._size = archive.size
        self._made_at = made_at
        self._written = bytearray()
        self._deflater = _deflater()

    @property
    def archive(self) -> Archive:
        """How far it has come. Whoever goes on from here begins where `paused` or `end` was called last."""
        return Archive(files=tuple(self._files), is_open=self._is_open, size=self._size)

    @property
    def is_open(self) -> bool:
        """Whether a file was begun and not ended."""
        return self._is_open

    @property
    def open_size(self) -> int:
        """How many bytes the open file holds, before they are packed."""
        return self._files[-1].size

    def taken(self) -> bytes:
        """What was written since it was taken last."""
        content = bytes(self._written)
        self._written.clear()
        return content

    def begin(self, name: str) -> None:
        """Begin a file; its name stands in no other's place."""
        packed = Packed(name=name, offset=self._size)
        self._files.append(packed)
        self._is_open = True
        self._deflater = _deflater()
        self._write(self._info(packed).FileHeader(zip64=False))

    def add(self, content: bytes) -> None:
        """More of the open file."""
        packed = self._files[-1]
        self._files[-1] = replace(packed, crc=zlib.crc32(content, packed.crc), size=packed.size + len(content))
        self._pack(self._deflater.compress(content))

    def pause(self) -> None:
        """Have everything added so far be among what is taken next, so that another writer can go on."""
        if self._is_open:
            self._pack(self._deflater.flush(zlib.Z_FULL_FLUSH))

    def end(self) -> None:
        """End the open file."""
        self._pack(self._deflater.flush(zlib.Z_FINISH))
        packed = self._files[-1]
        self._write(_DESCRIPTOR.pack(_DESCRIPTOR_MARK, packed.crc, packed.packed_size, packed.size))
        self._is_open = False

    def close(self) -> None:
        """Write the list of all files, which ends the zip. It is not gone on with."""
        self._write(_directory([self._info(packed) for packed in self._files], self._size))

    def _pack(self, content: bytes) -> None:
        packed = self._files[-1]
        self._files[-1] = replace(packed, packed_size=packed.packed_size + len(content))
        self._write(content)

    def _write(self, content: bytes) -> None:
        self._written += content
        self._size += len(content)

    def _info(self, packed: Packed) -> ZipInfo:
        info = ZipInfo(packed.name, self._made_at.timetuple()[:6])
        info.compress_type, info.flag_bits, info.external_attr = ZIP_DEFLATED, _SIZES_FOLLOW, _READABLE
        info.header_offset, info.CRC = packed.offset, packed.crc
        info.file_size, info.compress_size = packed.size, packed.packed_size
        return info


def _deflater() -> "zlib._Compress":
    return zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, _RAW)


def _directory(infos: Sequence[ZipInfo], offset: int) -> bytes:
    """The list of files as the standard library writes it behind so many bytes of them."""
    place = _Behind(offset)
    with ZipFile(place, "w") as archive:
        archive.infolist().extend(infos)
    return place.getvalue()


class _Behind(io.BytesIO):
    """What lies behind bytes that are elsewhere: it can't be gone back in."""

    def __init__(self, offset: int) -> None:
        super().__init__()
        self._offset = offset

    def tell(self) -> int:
        """Where it is, those bytes included."""
        return self._offset + super().tell()

    def seekable(self) -> bool:
        """Not, as they are not here."""
        return False

    def seek(self, _offset: int, _whence: int = io.SEEK_SET, /) -> int:
        """Raises UnsupportedOperation."""
        raise io.UnsupportedOperation
