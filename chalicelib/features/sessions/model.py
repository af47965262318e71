"""Sessions as their person sees them, how many there may be, and how long a browser is known."""

from datetime import datetime, timedelta
from typing import Final

from chalicelib import settings
from chalicelib.kernel import ids
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import SessionId
from chalicelib.kernel.records import record

MAX_SESSIONS: Final = 50
"""Sessions of one person at a time; another one ends that which was used longest ago."""
DEVICE_KNOWN: Final = timedelta(days=400)
"""How long a browser is known after its last sign-in; no browser keeps a cookie longer. Source: RFC 6265bis, 5.6.2."""


class SessionNotFound(NotFound):
    """The person has no such session, or it has ended."""

    code = "session-not-found"
    title = "There is no such session."


@record
class PushAddress:
    """Where the push service of a browser takes what is for it, and what it is sealed for there (RFC 8291, 3.1).

    `key` and `secret` are base64url. Whoever knows `endpoint` can have the browser be told something.
    """

    endpoint: str
    key: str
    secret: str
    since: datetime

    def __repr__(self) -> str:
        return f"PushAddress(since={self.since!r})"


@record
class KeptSession:
    """A session that is alive, as its person sees it in the list.

    `handle` stands for it in addresses and answers: the id itself is what its row and every pass are found by, so it
    leaves us only within a signed pass. `browser` is what its browser is known by, hashed; `push` is None where
    it takes no push messages.
    """

    id: SessionId
    handle: str
    address: str
    device: str
    created_at: datetime
    seen_at: datetime
    second_factor_at: datetime | None
    browser: str | None
    push: PushAddress | None = None


def handle_of(session_id: SessionId) -> str:
    """What a session is called in addresses, answers and logs."""
    return ids.session_handle(settings.current().id_secret, session_id)
