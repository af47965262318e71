"""What is promised of tickets, as it travels."""

from typing import Annotated

import msgspec

from chalicelib.features.tickets.model.calendar import MINUTES_A_DAY, Opening, WorkingHours
from chalicelib.features.tickets.model.sla import (
    MAX_HOURS,
    MAX_OPENINGS,
    MAX_WARN_MINUTES,
    USUAL_WARNING_MINUTES,
    Priority,
    SlaSettings,
)

_Hours = Annotated[int, msgspec.Meta(ge=1, le=MAX_HOURS)]


class OpeningBody(msgspec.Struct, forbid_unknown_fields=True):
    """A stretch of a weekday (0 is Monday) in minutes after midnight: from `opens`, up to `closes`."""

    day: Annotated[int, msgspec.Meta(ge=0, le=6)]
    opens: Annotated[int, msgspec.Meta(ge=0, lt=MINUTES_A_DAY)]
    closes: Annotated[int, msgspec.Meta(gt=0, le=MINUTES_A_DAY)]


class WorkingHoursBody(msgspec.Struct, forbid_unknown_fields=True):
    """When the team works, on the clocks of a time zone such as `Europe/Berlin`."""

    time_zone: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    openings: Annotated[list[OpeningBody], msgspec.Meta(min_length=1, max_length=MAX_OPENINGS)]

    def to_hours(self) -> WorkingHours:
        """As the use case takes them."""
        openings = tuple(Opening(day=each.day, opens=each.opens, closes=each.closes) for each in self.openings)
        return WorkingHours(time_zone=self.time_zone, openings=openings)

    @classmethod
    def of(cls, hours: WorkingHours) -> "WorkingHoursBody":
        """As they travel."""
        openings = [OpeningBody(day=each.day, opens=each.opens, closes=each.closes) for each in hours.openings]
        return cls(time_zone=hours.time_zone, openings=openings)


class SlaSettingsBody(msgspec.Struct, forbid_unknown_fields=True):
    """What a workspace promises. Null hours are off; a priority that `by_priority` does not name has `hours`.

    With `working_hours` only time in them counts. `warn_minutes` before a deadline a ticket is at risk and its
    assignee warned. `version` is the one that was read; 0 before anything was ever said.
    """

    hours: _Hours | None
    by_priority: dict[Priority, _Hours | None]
    working_hours: WorkingHoursBody | None
    pauses_while_pending: bool
    version: Annotated[int, msgspec.Meta(ge=0)]
    warn_minutes: Annotated[int, msgspec.Meta(ge=1, le=MAX_WARN_MINUTES)] = USUAL_WARNING_MINUTES

    def to_settings(self) -> SlaSettings:
        """As the use case takes them."""
        return SlaSettings(
            hours=self.hours,
            by_priority=self.by_priority,
            working_hours=None if self.working_hours is None else self.working_hours.to_hours(),
            pauses_while_pending=self.pauses_while_pending,
            warn_minutes=self.warn_minutes,
            version=self.version,
        )

    @classmethod
    def of(cls, settings: SlaSettings) -> "SlaSettingsBody":
        """As they travel."""
        hours = settings.working_hours
        return cls(
            hours=settings.hours,
            by_priority=dict(settings.by_priority),
            working_hours=None if hours is None else WorkingHoursBody.of(hours),
            pauses_while_pending=settings.pauses_while_pending,
            warn_minutes=settings.warn_minutes,
            version=settings.version,
        )
