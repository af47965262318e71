"""Everything this Stripe knows, to one file and back, so that a restart continues where the last run stopped."""

from pathlib import Path

import msgspec

from dev.stripe.world import State
from dev.whole_file import write_whole


class SnapshotUnreadable(ValueError):
    """The file is not a snapshot of this Stripe; nothing was restored."""


def write(state: State, path: Path) -> int:
    """Write the file as a whole or not at all, also when the machine stops half-way. Answers its size in bytes."""
    return write_whole(path, msgspec.json.encode(state))


def read(path: Path) -> State:
    """The moment in that file. Raises SnapshotUnreadable, or FileNotFoundError."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=State)
    except msgspec.DecodeError as unreadable:
        raise SnapshotUnreadable(f"{path}: {unreadable}") from unreadable
