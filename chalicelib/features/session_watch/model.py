"""The sessions that Telegram lists for an account, as one connection has seen them. Only their hashes are kept."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from chalicelib.kernel.errors import Conflict, NotFound
from chalicelib.kernel.records import record

CHECK_EVERY: Final = timedelta(hours=6)
KEPT_FOR: Final = timedelta(days=30)
"""What was not looked at for so long is forgotten: the next look begins anew and calls nothing unknown."""

TELL_NEW_SESSION: Final = "new_session.tell"
"""The due work of writing to an owner of a new session: {user_id, account_name, device, place, since, link}."""
_OWN: Final = "0"
"""Telegram's hash of whichever session asks: known since the first look, even where there is no other."""


class SessionNotListed(NotFound):
    """Telegram lists no such session any more."""

    code = "telegram-session-not-listed"
    title = "Telegram lists no such session any more."


class SessionTooFresh(Conflict):
    """FRESH_RESET_AUTHORISATION_FORBIDDEN: a session may not end others in its first 24 hours."""

    code = "telegram-session-too-fresh"
    title = "Telegram lets a session end others only a day after it began. End it in Telegram, under Devices."


@record
class SeenSession:
    """One session as Telegram tells of it. Only `hash` is ever kept; the rest is told to its owner and forgotten."""

    hash: str
    device: str
    place: str
    since: datetime

    def __repr__(self) -> str:
        return f"SeenSession(hash={self.hash})"


@record
class Watch:
    """What was seen at the last look. `unknown`: sessions that came since the first look and nobody has judged."""

    known: frozenset[str]
    unknown: frozenset[str]
    looked_at: datetime | None
    version: int

    def after_look(self, seen: Iterable[str]) -> "Watch":
        """What is known and what is not, now that these are listed. All that the first look shows is known."""
        listed = frozenset(seen) | {_OWN}
        if _OWN not in self.known:
            return self._with(listed, frozenset())
        return self._with(self.known & listed, listed - self.known)

    def judged(self, session: str) -> "Watch":
        """One that waits to be judged is kept: it is known from now on. Of any other nothing is said."""
        if session not in self.unknown:
            return self
        return self._with(self.known | {session}, self.unknown - {session})

    def without(self, session: str) -> "Watch":
        """One was ended."""
        return self._with(self.known - {session}, self.unknown - {session})

    def _with(self, known: frozenset[str], unknown: frozenset[str]) -> "Watch":
        return Watch(known=known, unknown=unknown, looked_at=self.looked_at, version=self.version)


def nothing_seen() -> Watch:
    """Nobody has looked yet."""
    return Watch(known=frozenset(), unknown=frozenset(), looked_at=None, version=0)


def is_due(looked_at: datetime | None, at: datetime) -> bool:
    """Whether it is time for another look."""
    return looked_at is None or at - looked_at >= CHECK_EVERY
