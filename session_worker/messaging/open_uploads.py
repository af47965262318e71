"""How many files a member has put up, or was given a form for, and has not sent yet."""

import time
from typing import Final

from chalicelib.kernel.errors import TooMany
from session_worker.messaging.pacing import Monotonic
from session_worker.messaging.turns import Member

MAX_OPEN: Final = 100
"""Files of one member that may be put up, or be about to be, and not sent yet."""
COUNTED_S: Final = 3_600
"""What was neither sent nor taken back within an hour is counted no longer."""
_PLACE_S: Final = 10
"""A place frees at any moment: with the next file that is sent or taken back."""


class UploadTooMany(TooMany):
    """The member has put up too many files that wait to be sent."""

    code = "upload-too-many"
    title = "Too many files wait to be sent."


class OpenUploads:
    """The open uploads of this task's members. `len` is how many members have some."""

    def __init__(self, now: Monotonic = time.monotonic) -> None:
        self._now = now
        self._members: dict[Member, dict[str, float]] = {}

    def __len__(self) -> int:
        return len(self._members)

    def add(self, member: Member, upload_id: str) -> None:
        """Count one more.

        Raises:
            UploadTooMany: the member has MAX_OPEN.
        """
        mine = self._current(self._members.get(member, {}))
        if len(mine) >= MAX_OPEN:
            raise UploadTooMany(retry_after_s=_PLACE_S)
        self._members[member] = {**mine, upload_id: self._now() + COUNTED_S}

    def remove(self, member: Member, upload_id: str) -> None:
        """Count one no longer."""
        self._members.get(member, {}).pop(upload_id, None)

    def forget_old(self) -> None:
        """Let go of what counts no longer, and of members who have nothing else."""
        current = {member: self._current(uploads) for member, uploads in self._members.items()}
        self._members = {member: uploads for member, uploads in current.items() if uploads}

    def _current(self, uploads: dict[str, float]) -> dict[str, float]:
        return {upload_id: until for upload_id, until in uploads.items() if until > self._now()}
