"""Wall clocks: names of time zones, and the moment at which a wall clock somewhere shows a time.

zoneinfo, which reads sysconfig, is imported by the functions that look a zone up: 3 ms of every cold start.
"""

import re
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Final

from chalicelib.kernel.errors import Blame, Invalid

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MAX_CHARACTERS: Final = 64
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}")


class TimeZoneUnknown(Invalid):
    """No time zone has this name in the IANA database, such as `Europe/Berlin`."""

    code = "time-zone-unknown"
    title = "There is no such time zone."


def parse(text: str, *, pointer: str = "/time_zone") -> str:
    """The name of a time zone, as it is kept. Raises TimeZoneUnknown, blaming `pointer`."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        if len(text) <= MAX_CHARACTERS and _NAME.fullmatch(text):
            return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, OSError):  # a folder of the database, such as `Europe`, is no file
        pass
    raise TimeZoneUnknown(blames=(Blame(pointer, "not a name of the IANA database"),))


def zone_of(name: str | None) -> "ZoneInfo":
    """The zone of a kept name; UTC where nobody said, or the database has dropped it since."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name or "UTC")
    except ZoneInfoNotFoundError:
        return ZoneInfo("UTC")


def moment_of(wall: datetime, zone: tzinfo) -> datetime:
    """When the wall clock of a zone shows `wall`, which is naive: in UTC.

    A time that a change of clocks skips is read by the offset from before it, so that 02:30 becomes 03:30; of one that
    comes twice the first is meant. Source: RFC 5545, 3.3.5.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def wall_of(moment: datetime, zone: tzinfo) -> datetime:
    """What the wall clock of a zone shows at a moment, naive."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def to_wall(wall: datetime) -> str:
    """What a wall clock shows, as text: `2026-03-29T02:30`."""
    return wall.isoformat(timespec="minutes")


def from_wall(text: str) -> datetime:
    """What `to_wall` wrote, naive. Raises ValueError on anything else."""
    wall = datetime.fromisoformat(text)
    if wall.tzinfo is not None:
        raise ValueError("a wall clock shows no offset")
    return wall.replace(second=0, microsecond=0)
