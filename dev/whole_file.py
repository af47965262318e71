"""A file that is written as a whole or not at all, also when the machine stops half-way."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, data: bytes) -> int:
    """Put this in the file's place; answers its size in bytes. Raises OSError: what stood there stands."""
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
