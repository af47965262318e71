"""A private file that grows turn by turn, in whichever process: no more of it is in memory than what is no part yet.

How far it has come is its owner's to keep, at the end of a turn. Whoever takes over from somebody who died goes on from
what was kept, and stores again, in the same place, what the other one had stored behind it.
"""

from typing import Final

from chalicelib.adapters.files import PART_BYTES, Folder
from chalicelib.kernel.growth import Growth

_TAILS: Final = ("even", "odd")
"""Two files take turns as the tail, so that neither is written while it is the one that counts."""


def begun(folder: Folder, key: str, content_type: str) -> Growth:
    """Begin a file: one call."""
    return Growth(upload_id=folder.upload(key, content_type=content_type).id)


def aborted(folder: Folder, key: str, growth: Growth) -> None:
    """Drop what was stored of a file that is not finished: one call."""
    folder.go_on(key, growth.upload_id, growth.parts).abort()


def removed(folder: Folder, key: str, growth: Growth | None) -> None:
    """Remove a file, finished or not: four calls."""
    if growth is not None:
        aborted(folder, key, growth)
    for each in (key, *(f"{key}.{tail}" for tail in _TAILS)):
        folder.delete(each)


class GrowingFile:
    """One turn at a file: a call to read what is no part yet, one a part, one to pause or to finish."""

    def __init__(self, folder: Folder, key: str, growth: Growth, content_type: str) -> None:
        self._folder = folder
        self._key = key
        self._growth = growth
        self._content_type = content_type
        self._upload = folder.go_on(key, growth.upload_id, growth.parts)
        self._rest = bytearray(b"" if growth.tail is None else folder.read(growth.tail))

    def add(self, content: bytes) -> None:
        """More of it; what makes a whole part is stored."""
        self._rest += content
        if len(self._rest) >= PART_BYTES:
            self._store()

    def paused(self) -> Growth:
        """Store what is no whole part, and say how far it has come."""
        even, odd = (f"{self._key}.{tail}" for tail in _TAILS)
        tail = odd if self._growth.tail == even else even
        self._folder.put(tail, bytes(self._rest), content_type=self._content_type)
        return Growth(upload_id=self._growth.upload_id, parts=tuple(self._upload.tags), tail=tail)

    def finished(self) -> Growth:
        """Make the file of what was stored.

        Raises:
            PartReplaced: two carried it on at once, and parts of both lie there; no file was made.
        """
        if self._rest:
            self._store()
        self._upload.finish()
        return Growth(upload_id=self._growth.upload_id, parts=tuple(self._upload.tags), tail=self._growth.tail)

    def _store(self) -> None:
        self._upload.part(bytes(self._rest))
        self._rest.clear()
