"""The write-once copy of every journal: entries as they lie in the table, sealed, in a bucket nobody can change.

A key that is destroyed makes what it sealed unreadable here, too. What stays readable is when something was done, its
kind, and the ids of who did it to what.
"""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from chalicelib.adapters import files
from chalicelib.table import keys
from chalicelib.table.journal import JournalRow

Image = Mapping[str, Mapping[str, Any]]
"""A row as the stream has it: DynamoDB's JSON."""
_TYPE: Final = "application/gzip"


def keep_entries(images: Sequence[Image]) -> bool:
    """Copy entries of one owner and month as one object, a line each; False where that object was there.

    The object is named by its first and last entry and created, never replaced. A month of an owner is one partition,
    whose changes the stream hands over in one order, always the same: two of its entries have the same ones between
    them however often and however grouped they come, so that an object of that name holds these. Other groupings
    repeat entries in other objects; readers drop ids they know. Cost: one call.
    """
    pk = images[0]["pk"]["S"]
    first, last = images[0]["sk"]["S"], images[-1]["sk"]["S"]
    lines = "".join(json.dumps(image, separators=(",", ":")) + "\n" for image in images)
    content = gzip.compress(lines.encode(), mtime=0)
    copy = files.journal_copy(keys.journal_owner(pk))
    name = f"{_month(keys.journal_month(pk))}{first}-{last}.jsonl.gz"
    return copy.create(copy.key_of(name), content, content_type=_TYPE)


def kept_entries(owner: str, month: str) -> list[JournalRow]:
    """The copied entries of a workspace or person in a month (`2026-11`), oldest first, each once; a call an object."""
    copy = files.journal_copy(owner)
    images = (image for key in copy.keys(_month(month)) for image in _images_in(copy.read(key)))
    found = {image["sk"]["S"]: image for image in images}
    return [JournalRow.from_raw_data(found[entry_id]) for entry_id in sorted(found)]


def _images_in(content: bytes) -> Iterator[dict[str, Any]]:
    return map(json.loads, gzip.decompress(content).splitlines())


def _month(month: str) -> str:
    return f"{month.replace('-', '/')}/"
