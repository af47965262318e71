"""When reminders are due: moments, walls and repetitions, through every change of clocks. Pure."""

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import count
from typing import Final, assert_never

from chalicelib.features.notifications.model import About, AboutKind
from chalicelib.kernel import clock, time_zones
from chalicelib.kernel.errors import Blame, Conflict, Forbidden, Invalid, NotFound
from chalicelib.kernel.ids import ReminderId, UserId
from chalicelib.kernel.records import record

MAX_TEXT_CHARACTERS: Final = 500
MAX_OPEN: Final = 500
"""Reminders of one member that are not done."""
DONE_KEPT_FOR: Final = timedelta(days=30)
FURTHEST: Final = timedelta(days=5 * 366)
RING: Final = "reminder.ring"
"""The due work of telling of a reminder: {reminder_id}."""
_MORNING: Final = time(9)
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


class Repeat(StrEnum):
    """How often a reminder comes again, on the same time of the wall clock."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Preset(StrEnum):
    """Times that have a name: in an hour; tomorrow, or on the next Monday, at nine in the morning."""

    IN_1_H = "in_1_h"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


class ReminderNotFound(NotFound):
    """The workspace has no such reminder, or it was done more than 30 days ago."""

    code = "reminder-not-found"
    title = "There is no such reminder."


class ReminderTimeInvalid(Invalid):
    """A reminder is due at one time, which is to come, within five years."""

    code = "reminder-time-invalid"
    title = "This is no time for a reminder."


class ReminderTextInvalid(Invalid):
    """A reminder says something in up to 500 characters, or is about a chat or ticket and says nothing."""

    code = "reminder-text-invalid"
    title = "A reminder says in up to 500 characters what it is for."


class ReminderLimitReached(Conflict):
    """The member has as many reminders that are not done as one may have."""

    code = "reminder-limit-reached"
    title = "There are too many reminders that are not done."


class ReminderChanged(Conflict):
    """Somebody changed the reminder, or it rang, at the same moment."""

    code = "reminder-changed"
    title = "This reminder changed at the same moment. Look again and repeat."


class ReminderNotYours(Forbidden):
    """Only whom a reminder is for, and who made it, may change it."""

    code = "reminder-not-yours"
    title = "This reminder is somebody else's."


class NotConnectedToChat(Forbidden):
    """Only people connected to a chat's account may have a reminder depend on whether somebody answers there."""

    code = "reminder-needs-connection"
    title = "Whether somebody answers in this chat is for those to know who are connected to its account."


@record
class When:
    """When a reminder is to be due: a moment, a wall clock's time of whom it is for, or a time with a name."""

    at: datetime | None = None
    wall: datetime | None = None
    preset: Preset | None = None

    def moment(self, now: datetime, zone: tzinfo) -> datetime:
        """The moment that comes to.

        Raises:
            ReminderTimeInvalid: not exactly one of the three, past, or too far ahead.
        """
        if sum(each is not None for each in (self.at, self.wall, self.preset)) != 1:
            raise _no_time("say one of at, wall and preset")
        at = self.at or time_zones.moment_of(self.on_wall(now, zone), zone)
        if not now < at <= now + FURTHEST:
            raise _no_time("to come within five years")
        return at

    def on_wall(self, now: datetime, zone: tzinfo) -> datetime:
        """What the wall clock shows then. It repeats from there, also where a change of clocks skips it once."""
        if self.wall is not None:
            return self.wall
        if self.at is not None:
            return time_zones.wall_of(self.at, zone)
        today = time_zones.wall_of(now, zone).date()
        match self.preset:
            case Preset.TOMORROW:
                return datetime.combine(today + _DAY, _MORNING)
            case Preset.NEXT_WEEK:
                return datetime.combine(today + (7 - today.weekday()) * _DAY, _MORNING)
            case _:
                return time_zones.wall_of(now + timedelta(hours=1), zone)


def require_possible(due_at: datetime, now: datetime) -> None:
    """Raises ReminderTimeInvalid where a reminder can't ever have been due then."""
    if not now - FURTHEST <= due_at <= now + FURTHEST:
        raise ReminderTimeInvalid(blames=(Blame("/due_at", "within five years"),))


def parse_wall(text: str) -> datetime:
    """A wall clock's time like `2026-03-29T02:30`, naive. Raises ReminderTimeInvalid."""
    try:
        wall = time_zones.from_wall(text)
    except ValueError:
        raise ReminderTimeInvalid(blames=(Blame("/when/wall", "expected a time like 2026-03-29T02:30"),)) from None
    if not date.min + _DAY < wall.date() < date.max - _DAY:
        raise ReminderTimeInvalid(blames=(Blame("/when/wall", "a time some clock shows"),))
    return wall


def _no_time(detail: str) -> ReminderTimeInvalid:
    return ReminderTimeInvalid(blames=(Blame("/when", detail),))


@record
class Rhythm:
    """A repetition: how often, from which time of which wall clock on."""

    repeat: Repeat
    anchor: datetime
    zone: str

    def next_after(self, moment: datetime) -> datetime:
        """The first occurrence behind a moment."""
        zone = time_zones.zone_of(self.zone)
        first = max(self.anchor.date(), time_zones.wall_of(moment, zone).date() - _DAY)
        walls = (datetime.combine(day, self.anchor.time()) for day in self._days_from(first))
        return next(at for at in (time_zones.moment_of(wall, zone) for wall in walls) if at > moment)

    def _days_from(self, first: date) -> Iterator[date]:
        """The days it falls on, from one on."""
        match self.repeat:
            case Repeat.DAILY:
                yield from (first + each * _DAY for each in count())
            case Repeat.WEEKDAYS:
                yield from (day for each in count() if (day := first + each * _DAY).weekday() < _SATURDAY)
            case Repeat.WEEKLY:
                start = first + (self.anchor.weekday() - first.weekday()) % 7 * _DAY
                yield from (start + 7 * each * _DAY for each in count())
            case Repeat.MONTHLY:
                yield from (day for each in count() if (day := self._in_month(first, each)) >= first)
            case _:
                assert_never(self.repeat)

    def _in_month(self, first: date, later: int) -> date:
        """Its day so many months later; the last one where a month has no such day."""
        year, month = divmod(first.year * 12 + first.month - 1 + later, 12)
        return date(year, month + 1, min(self.anchor.day, calendar.monthrange(year, month + 1)[1]))


@record
class Reminder:
    """That somebody is to be told of something at `due_at`, or should have dealt with it since.

    `rings_at` is when they are told next: None where they were and it does not repeat. An answer counts that came
    behind `since`; `is_answered` says of one that is done that one did. Its id begins with the id of whom it is for.
    """

    id: ReminderId
    about: About
    text: str
    made_by: UserId
    since: datetime
    due_at: datetime
    rings_at: datetime | None
    rhythm: Rhythm | None = None
    only_if_no_reply: bool = False
    done_at: datetime | None = None
    is_answered: bool = False
    version: int = 1

    @property
    def for_whom(self) -> UserId:
        """Whom it is for."""
        return user_of(self.id)

    @property
    def told_by(self) -> UserId | None:
        """Who has them told; None where they wanted it themselves."""
        return None if self.made_by == self.for_whom else self.made_by

    def rung(self, now: datetime) -> "Reminder":
        """After it was told of. One that repeats rings again, done or not; what was missed meanwhile rings once."""
        return self._next(rings_at=None if self.rhythm is None else self.rhythm.next_after(now))

    def moved(self, due_at: datetime, now: datetime) -> "Reminder":
        """Due at another time, open again where it was done; a repetition goes on by its own."""
        return self._next(due_at=due_at, rings_at=due_at, since=now, done_at=None, is_answered=False)

    def done(self, now: datetime, *, is_answered: bool = False) -> "Reminder":
        """Dealt with: one that repeats waits for its next time, unless an answer came, which ends it."""
        if self.rhythm is None or is_answered:
            return self._next(done_at=now, rings_at=None, is_answered=is_answered)
        following = self.rhythm.next_after(max(now, self.due_at))
        return self._next(due_at=following, rings_at=following, since=now)

    def restored(self, due_at: datetime, now: datetime) -> "Reminder":
        """Put back to where it stood before it was done or moved; what was told of already is not told again."""
        rings_at = None if self.rhythm is None else self.rhythm.next_after(now)
        return self._next(due_at=due_at, rings_at=due_at if due_at > now else rings_at, done_at=None, is_answered=False)

    def _next(self, **changes: object) -> "Reminder":
        return replace(self, version=self.version + 1, **changes)  # type: ignore[arg-type]


@record
class ShownReminder:
    """A reminder as it is shown, with what the chat and the people are called now; None where they are gone."""

    reminder: Reminder
    place: str | None
    for_name: str | None
    by_name: str | None


@record
class SetReminder:
    """Have somebody reminded of something."""

    about: About
    text: str
    for_whom: UserId
    when: When
    repeat: Repeat | None = None
    only_if_no_reply: bool = False


@record
class ChangeReminder:
    """Another text, time or repetition; None leaves text and time, `repeat` is what it is to be from now on."""

    repeat: Repeat | None
    text: str | None = None
    when: When | None = None


def journalled(reminder: Reminder) -> dict[str, object]:
    """A reminder as the journal keeps it."""
    return {
        "user_id": reminder.for_whom,
        "about": reminder.about.id,
        "text": reminder.text,
        "due_at": clock.to_wire(reminder.due_at),
        "repeat": None if reminder.rhythm is None else reminder.rhythm.repeat.value,
        "version": reminder.version,
    }


def user_of(reminder_id: ReminderId) -> UserId:
    """Whom a reminder is for."""
    return UserId(reminder_id[: len(reminder_id) // 2])


def parse_text(text: str, about: About) -> str:
    """What it says, trimmed. Raises ReminderTextInvalid: too long, or nothing though it is about nothing else."""
    trimmed = text.strip()
    if len(trimmed) > MAX_TEXT_CHARACTERS:
        raise ReminderTextInvalid(blames=(Blame("/text", f"at most {MAX_TEXT_CHARACTERS} characters"),))
    if not trimmed and about.kind is AboutKind.WORKSPACE:
        raise ReminderTextInvalid(blames=(Blame("/text", "is about nothing else, so it has to say something"),))
    return trimmed
