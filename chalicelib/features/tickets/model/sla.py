"""The clock of a ticket: how long it may take, when it stands still, and how it stands at a moment. Pure.

Nothing of it is stored but when the ticket waited and when it was done. Deadlines are reckoned from that and from the
settings as they are, so that a change of them holds for every open ticket at once, and for what was done, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from chalicelib.features.tickets.model.calendar import MINUTES_A_DAY, Calendar, Opening, WorkingHours
from chalicelib.features.tickets.model.facts import SlaInvalid
from chalicelib.kernel import time_zones
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.records import record

MAX_HOURS: Final = 8_760
"""A year, without working hours."""
MAX_WARN_MINUTES: Final = 10_080
"""A week."""
USUAL_WARNING_MINUTES: Final = 30
MAX_OPENINGS: Final = 28
"""Four a day."""
LONGEST: Final = timedelta(days=3_650)
"""No promise reaches further, however few hours a team works."""
MAX_RESTS: Final = 500
"""Stretches kept of one ticket. What comes after counts as time that ran: never in favour of whoever was late."""
_WEEK: Final = timedelta(days=7)
_WEEKDAYS: Final = 7


class Priority(StrEnum):
    """How much a ticket matters."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class SlaState(StrEnum):
    """How a ticket stands towards its promise."""

    NOT_SET = "not_set"
    HEALTHY = "healthy"
    AT_RISK = "at_risk"
    BREACHED = "breached"
    MET = "met"
    MET_LATE = "met_late"


class Rested(StrEnum):
    """Why the clock stood still: the ticket waited for somebody outside, or was done."""

    PENDING = "pending"
    DONE = "done"


@record
class Rest:
    """A stretch in which the clock may stand still; without an end it lasts."""

    why: Rested
    begins_at: datetime
    ends_at: datetime | None = None


@record
class SlaSettings:
    """What a workspace promises. `hours` and those `by_priority` are working hours where it has some; None is off.

    A priority that `by_priority` does not name has the workspace's hours. `version` 0 was never written.
    """

    hours: int | None = None
    by_priority: Mapping[Priority, int | None]
    working_hours: WorkingHours | None = None
    pauses_while_pending: bool = True
    warn_minutes: int = USUAL_WARNING_MINUTES
    version: int = 0

    def hours_for(self, priority: Priority) -> int | None:
        """How long a ticket of this priority may take."""
        return self.by_priority.get(priority, self.hours)


NOTHING_PROMISED: Final = SlaSettings(by_priority={})
"""What stands in a workspace that never said anything."""


@record
class Reckoning:
    """How a ticket stands: what was promised, until when, and whether its clock runs.

    `due_at` is None where nothing was promised and while the clock stands still for an answer; `left` is then what is
    left of the promise. `done_at` is since when it is done.
    """

    hours: int | None = None
    due_at: datetime | None = None
    warns_at: datetime | None = None
    left: timedelta | None = None
    warning: timedelta = timedelta()
    done_at: datetime | None = None

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still for an answer."""
        return self.left is not None

    def state_at(self, now: datetime) -> SlaState:
        """How it stands at a moment."""
        if self.hours is None:
            return SlaState.NOT_SET
        if self.due_at is None:
            return SlaState.AT_RISK if self.left is not None and self.left <= self.warning else SlaState.HEALTHY
        if self.done_at is not None:
            return SlaState.MET if self.done_at <= self.due_at else SlaState.MET_LATE
        if now > self.due_at:
            return SlaState.BREACHED
        return SlaState.AT_RISK if now >= self.due_at - self.warning else SlaState.HEALTHY


def reckon(
    settings: SlaSettings, calendar: Calendar, priority: Priority, created_at: datetime, rests: Sequence[Rest]
) -> Reckoning:
    """How a ticket stands. `calendar` is that of the settings' working hours, begun no later than the ticket was.

    The clock starts at creation, stands still while the ticket is done and, where the workspace wants it, while it is
    pending; once the promise is broken, no rest mends it.
    """
    hours = settings.hours_for(priority)
    warning = timedelta(minutes=settings.warn_minutes)
    done_at = rests[-1].begins_at if rests and rests[-1].why is Rested.DONE and rests[-1].ends_at is None else None
    if hours is None:
        return Reckoning(done_at=done_at)
    left, runs_since = timedelta(hours=hours), created_at
    for rest in (rest for rest in rests if rest.why is Rested.DONE or settings.pauses_while_pending):
        spent = calendar.worked(runs_since, rest.begins_at)
        if spent >= left:
            break
        left -= spent
        runs_since = rest.begins_at if rest.ends_at is None else rest.ends_at
        if rest.ends_at is None and rest.why is Rested.PENDING:
            return Reckoning(hours=hours, left=left, warning=warning)
    due_at = calendar.after(runs_since, left)
    return Reckoning(hours=hours, due_at=due_at, warns_at=due_at - warning, warning=warning, done_at=done_at)


def rested(rests: Sequence[Rest], why: Rested | None, at: datetime) -> tuple[Rest, ...]:
    """The stretches after the clock came to stand still for a reason at a moment, or, for none, to run."""
    last = rests[-1] if rests and rests[-1].ends_at is None else None
    if (None if last is None else last.why) == why:
        return tuple(rests)
    kept = list(rests)
    if last is not None:
        ended = Rest(why=last.why, begins_at=last.begins_at, ends_at=at)
        kept[-1:] = [ended] if ended.begins_at < at and len(kept) <= MAX_RESTS else []
    # A done ticket always says so, or it would be late for ever.
    if why is not None and (len(kept) < MAX_RESTS or why is Rested.DONE):
        kept.append(Rest(why=why, begins_at=at))
    return tuple(kept)


def parse_settings(settings: SlaSettings) -> SlaSettings:
    """Settings as they are stored: openings in the order of the week.

    Raises:
        TimeZoneUnknown: the zone has no such name.
        SlaInvalid: openings that overlap or are none, or hours that take longer than LONGEST in them.
    """
    hours = settings.working_hours
    if hours is None:
        return settings
    zone = time_zones.parse(hours.time_zone, pointer="/working_hours/time_zone")
    if not 1 <= len(hours.openings) <= MAX_OPENINGS:
        raise SlaInvalid(blames=(Blame("/working_hours/openings", f"has 1 to {MAX_OPENINGS} openings"),))
    ordered = _in_order(hours.openings)
    longest = max([settings.hours or 0, *(each or 0 for each in settings.by_priority.values())])
    if timedelta(hours=longest) * (_WEEK / timedelta(minutes=hours.minutes_a_week())) > LONGEST:
        raise SlaInvalid(blames=(Blame("/hours", "takes more than ten years in these working hours"),))
    return replace(settings, working_hours=WorkingHours(time_zone=zone, openings=ordered))


def _in_order(openings: Sequence[Opening]) -> tuple[Opening, ...]:
    for place, opening in enumerate(openings):
        if not (0 <= opening.day < _WEEKDAYS and 0 <= opening.opens < opening.closes <= MINUTES_A_DAY):
            raise SlaInvalid(blames=(Blame(f"/working_hours/openings/{place}", "ends before it begins"),))
    ordered = sorted(openings, key=lambda opening: (opening.day, opening.opens))
    for before, after in pairwise(ordered):
        if before.day == after.day and after.opens < before.closes:
            place = openings.index(after)
            raise SlaInvalid(blames=(Blame(f"/working_hours/openings/{place}", "overlaps another one"),))
    return tuple(ordered)
