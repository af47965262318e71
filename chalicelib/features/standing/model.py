"""Standing: what Telegram's own answers say about an account, and what that slows or stops.

Nothing here is about one connection: Telegram counts what all sessions of an account do together.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.ids import ChatId
from chalicelib.kernel.records import record

SLOW_FOR: Final = timedelta(hours=24)
"""So long the pace is half of what it was after Telegram had asked to wait with a send."""
SLOW_FACTOR: Final = 0.5
SENDING: Final = frozenset(
    f"messages.{name}"
    for name in ("SendMessage", "SendMedia", "SendMultiMedia", "ForwardMessages", "SendScheduledMessages")
)
"""Requests that make messages; a wait with one of them is what people are shown as a pause."""
_DAY: Final = timedelta(days=1)
_RAMP: Final = ((3, 0), (6, 5), (10, 15), (14, 25))
"""(last day, broadcast messages an hour), counted from the account's first connection."""
_FULL_PACE: Final = 30

Name = TypeVar("Name", bound=str)


class AccountLimited(Conflict):
    """Telegram said PEER_FLOOD: the account may not write first to people who never answered it."""

    code = "account-limited"
    title = "Telegram limits this account: it may only write to people who have written to it."


class StandingState(StrEnum):
    """The worst that holds at a moment, as people are told it."""

    HEALTHY = "healthy"
    SLOW_MODE = "slow_mode"
    THROTTLED = "throttled"
    LIMITED = "limited"
    SESSION_ENDED = "session_ended"
    CLOSED = "closed"


@record
class Standing:
    """How an account stands, or news of that, to be merged into what is known.

    `waits`: until when Telegram wants each method left alone. `chats`: until when slow mode holds each chat.
    `slow_until`: the pace is halved until then. `limited_at`: PEER_FLOOD came then and nobody has resumed since.
    `began_at`: the account's first connection, which the ramp of broadcasts counts from; connecting again changes
    nothing.
    """

    waits: Mapping[str, datetime]
    chats: Mapping[ChatId, datetime]
    slow_until: datetime | None
    limited_at: datetime | None
    began_at: datetime | None
    version: int

    def state(self, at: datetime) -> StandingState:
        """The worst that holds."""
        if self.limited_at is not None:
            return StandingState.LIMITED
        if self.sending_until(at) is not None:
            return StandingState.THROTTLED
        if any(until > at for until in self.chats.values()):
            return StandingState.SLOW_MODE
        return StandingState.HEALTHY

    def sending_until(self, at: datetime) -> datetime | None:
        """Until when some kind of message can't be sent; None when all can."""
        return max((until for method, until in self.waits.items() if method in SENDING and until > at), default=None)

    def pace_factor(self, at: datetime) -> float:
        """What the usual pace is multiplied with."""
        return SLOW_FACTOR if self.slow_until is not None and self.slow_until > at else 1.0

    def broadcasts_an_hour(self, at: datetime) -> int:
        """How many messages of broadcasts the account may send: none in its first days, then slowly more."""
        if self.began_at is None:
            return 0
        day = (at - self.began_at) // _DAY + 1
        full = next((most for last_day, most in _RAMP if day <= last_day), _FULL_PACE)
        return int(full * self.pace_factor(at))

    def merged(self, news: "Standing") -> "Standing":
        """Both at once: of each two the more cautious. The order they came in does not matter, nor how often.

        What has run out by its own time is left to `without_past`.
        """
        return Standing(
            waits=_latest(self.waits, news.waits),
            chats=_latest(self.chats, news.chats),
            slow_until=max(filter(None, (self.slow_until, news.slow_until)), default=None),
            limited_at=min(filter(None, (self.limited_at, news.limited_at)), default=None),
            began_at=min(filter(None, (self.began_at, news.began_at)), default=None),
            version=max(self.version, news.version),
        )

    def without_past(self, at: datetime) -> "Standing":
        """The same without waits that are over, so that the row does not grow for ever."""
        return Standing(
            waits={method: until for method, until in self.waits.items() if until > at},
            chats={chat_id: until for chat_id, until in self.chats.items() if until > at},
            slow_until=self.slow_until if self.slow_until is not None and self.slow_until > at else None,
            limited_at=self.limited_at,
            began_at=self.began_at,
            version=self.version,
        )


UNBLEMISHED: Final = Standing(waits={}, chats={}, slow_until=None, limited_at=None, began_at=None, version=0)
"""Nothing is known against it."""


def asked_to_wait(method: str, wait_s: int, at: datetime) -> Standing:
    """FLOOD_WAIT on one method; with a send it slows the pace for a day besides."""
    slow_until = at + SLOW_FOR if method in SENDING else None
    return _news(waits={method: at + timedelta(seconds=wait_s)}, slow_until=slow_until)


def slow_mode(chat_id: ChatId, wait_s: int, at: datetime) -> Standing:
    """SLOWMODE_WAIT, which holds one chat alone."""
    return _news(chats={chat_id: at + timedelta(seconds=wait_s)})


def peer_flood(at: datetime) -> Standing:
    """PEER_FLOOD, which gives no time at which it ends."""
    return _news(limited_at=at)


def first_connected(at: datetime) -> Standing:
    """When the account was first connected, as far as one connection knows."""
    return _news(began_at=at)


def _news(
    *,
    waits: Mapping[str, datetime] | None = None,
    chats: Mapping[ChatId, datetime] | None = None,
    slow_until: datetime | None = None,
    limited_at: datetime | None = None,
    began_at: datetime | None = None,
) -> Standing:
    return Standing(
        waits=waits or {},
        chats=chats or {},
        slow_until=slow_until,
        limited_at=limited_at,
        began_at=began_at,
        version=0,
    )


def _latest(one: Mapping[Name, datetime], other: Mapping[Name, datetime]) -> dict[Name, datetime]:
    return {name: max(filter(None, (one.get(name), other.get(name)))) for name in {*one, *other}}
