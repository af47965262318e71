"""Sessions as their person sees them, and how many there may be."""

from datetime import datetime
from typing import Final

from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import SessionId
from chalicelib.kernel.records import record

MAX_SESSIONS: Final = 50
"""Sessions of one person at a time; another one ends that which was used longest ago."""


class SessionNotFound(NotFound):
    """The person has no such session, or it has ended."""

    code = "session-not-found"
    title = "There is no such session."


@record
class KeptSession:
    """A session that is alive, as its person sees it in the list.

    `handle` stands for it in addresses and answers: the id itself is what its row and every pass are found by, so it
    leaves us only within a signed pass.
    """

    id: SessionId
    handle: str
    address: str
    device: str
    created_at: datetime
    seen_at: datetime
    second_factor_at: datetime | None
