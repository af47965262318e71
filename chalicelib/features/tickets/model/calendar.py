"""Working time: the hours of a week in which the clock of a promise runs, in a time zone with its changes. Pure."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final

from chalicelib.kernel import time_zones
from chalicelib.kernel.records import record

MINUTES_A_DAY: Final = 1_440
_DAY: Final = timedelta(days=1)
_REACH: Final = timedelta(days=28)
"""How much further is looked when a question goes beyond what was looked at."""
_INSTANT: Final = timedelta(seconds=1)
"""As finely as a change of the clocks is found; there has been none within a second."""


@record
class Opening:
    """A stretch of a weekday (0 is Monday), in minutes after midnight: from `opens`, up to `closes`."""

    day: int
    opens: int
    closes: int

    @property
    def minutes(self) -> int:
        """How long it is on a day without a change of the clocks."""
        return self.closes - self.opens


@record
class WorkingHours:
    """When a team works: the openings of a week, none of which overlap, on the clocks of a time zone (IANA)."""

    time_zone: str
    openings: tuple[Opening, ...]

    def minutes_a_week(self) -> int:
        """How long the team works in a week without a change of the clocks."""
        return sum(opening.minutes for opening in self.openings)


class Calendar:
    """Counts working time from `begin` on. Without hours all time is working time.

    A moment is working time when the clock on the wall shows one: of an hour that a change of the clocks skips nothing
    is worked, one that comes twice is worked twice. What was looked at once is kept, so that a list of tickets costs a
    bisection each.
    """

    def __init__(self, hours: WorkingHours | None, begin: datetime) -> None:
        self._hours = hours
        self._reached = begin
        self._zone = None if hours is None else time_zones.zone_of(hours.time_zone)
        self._opens: list[datetime] = []
        self._closes: list[datetime] = []
        self._before: list[timedelta] = []
        """Working time before each stretch."""

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments, the second not before the first."""
        if self._zone is None:
            return end - start
        self._look_until(end)
        return self._total(end) - self._total(start)

    def after(self, start: datetime, work: timedelta) -> datetime:
        """The first moment by which so much working time, more than none, has passed since `start`."""
        if self._zone is None:
            return start + work
        self._look_until(start)
        wanted = self._total(start) + work
        while self._sum() < wanted:
            self._look_until(self._reached + _REACH)
        # The last stretch that begins with less: at its end the next one begins with as much.
        place = bisect_right(self._before, wanted - timedelta.resolution) - 1
        return self._opens[place] + (wanted - self._before[place])

    def _sum(self) -> timedelta:
        return self._before[-1] + (self._closes[-1] - self._opens[-1]) if self._opens else timedelta()

    def _total(self, at: datetime) -> timedelta:
        """Working time from the beginning to a moment that was looked at."""
        place = bisect_right(self._opens, at) - 1
        if place < 0:
            return timedelta()
        return self._before[place] + (min(at, self._closes[place]) - self._opens[place])

    def _look_until(self, until: datetime) -> None:
        while self._reached < until:
            end = self._reached + _DAY
            for opens, closes in self._openings(self._reached, end):
                self._before.append(self._sum())
                self._opens.append(opens)
                self._closes.append(closes)
            self._reached = end

    def _openings(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working stretches of a day in UTC, in order; one that goes on over its end comes in two parts."""
        change = self._change_between(start, end)
        pieces = [(start, end)] if change is None else [(start, change), (change, end)]
        for first, last in pieces:
            yield from self._openings_at(self._offset(first), first, last)

    def _openings_at(self, offset: timedelta, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working stretches of a piece in which the clocks are not changed."""
        hours = self._hours
        for date in sorted({(start + offset).date(), (end + offset).date()}):
            midnight = datetime.combine(date, time(), UTC) - offset
            for opening in () if hours is None else hours.openings:
                if opening.day == date.weekday():
                    opens = max(start, midnight + timedelta(minutes=opening.opens))
                    closes = min(end, midnight + timedelta(minutes=opening.closes))
                    if opens < closes:
                        yield opens, closes

    def _change_between(self, start: datetime, end: datetime) -> datetime | None:
        """When the clocks are changed within a day, if they are; twice within one they never were."""
        before = self._offset(start)
        if before == self._offset(end):
            return None
        while end - start > _INSTANT:
            middle = start + (end - start) / 2
            start, end = (middle, end) if self._offset(middle) == before else (start, middle)
        return end.replace(microsecond=0)

    def _offset(self, at: datetime) -> timedelta:
        return at.astimezone(self._zone).utcoffset() or timedelta()
