"""When a chat has waited or been silent for too long. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.features.chats.model import WaitingChat
from chalicelib.kernel.records import record

MAX_WAITING_HOURS: Final = 8_760
MAX_SILENT_DAYS: Final = 365
LEAST_PAUSE: Final = timedelta(minutes=15)
"""Between two looks at all chats: an alert is late by that at most."""
MOST_TOLD: Final = 10
"""Of the people connected to the account of a chat that is assigned to none of them."""
MOST_ROWS: Final = 80
"""Of chats and notices one transaction writes."""
NOTICE_ROWS: Final = 2
"""A notice, and the due work of telling it outside of the app."""
SWEEP: Final = "alerts.sweep"
"""The due work of looking at all chats of a workspace; one a workspace."""


class Lateness(StrEnum):
    """What is too long about a chat."""

    WAITING = "waiting"
    SILENT = "silent"


@record
class AlertRules:
    """After how many hours of waiting and days of silence members are told; None for never.

    `since` is when this was said: what had been too long by then is found by filters, and told to nobody.
    """

    waiting_hours: int | None = None
    silent_days: int | None = None
    since: datetime | None = None
    version: int = 0

    @property
    def is_off(self) -> bool:
        """Whether nobody is ever told."""
        return self.waiting_hours is None and self.silent_days is None

    def soonest(self, now: datetime) -> datetime:
        """When a chat in which nothing has begun to wait by now can be late: none is before that."""
        return now + min(period for period in (self._hours, self._days) if period is not None)

    def late_at(self, chat: WaitingChat) -> Iterator[tuple[Lateness, datetime]]:
        """What of a chat becomes too long at which moment, as far as nobody was told of it."""
        for why, since, told, period in (
            (Lateness.WAITING, chat.waiting_since, chat.waiting_told, self._hours),
            (Lateness.SILENT, chat.silent_since, chat.silent_told, self._days),
        ):
            if period is not None and since is not None and since != told:
                yield why, since + period

    @property
    def _hours(self) -> timedelta | None:
        return None if self.waiting_hours is None else timedelta(hours=self.waiting_hours)

    @property
    def _days(self) -> timedelta | None:
        return None if self.silent_days is None else timedelta(days=self.silent_days)


@record
class Late:
    """A chat to tell of, and what is too long about it."""

    chat: WaitingChat
    why: Lateness


@record
class ChangeRules:
    """Say when members are told. `version` is the one the caller saw."""

    waiting_hours: int | None
    silent_days: int | None
    version: int
