"""Everything this Stripe knows, to one file and back, so that a restart continues where the last run stopped."""

import os
import tempfile
from pathlib import Path

import msgspec

from dev.stripe.world import State


class SnapshotUnreadable(ValueError):
    """The file is not a snapshot of this Stripe; nothing was restored."""


def write(state: State, path: Path) -> int:
    """Write the file as a whole or not at all, also when the machine stops half-way. Answers its size in bytes."""
    data = msgspec.json.encode(state)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return len(data)


def read(path: Path) -> State:
    """The moment in that file. Raises SnapshotUnreadable, or FileNotFoundError."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=State)
    except msgspec.DecodeError as unreadable:
        raise SnapshotUnreadable(f"{path}: {unreadable}") from unreadable
