"""Time: aware, UTC, and handed in, so that tests can hold it still."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def as_kept(at: datetime) -> datetime:
    """A moment as it will be read: the table keeps whole milliseconds."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def to_wire(at: datetime) -> str:
    """RFC 3339 with milliseconds and a Z; of fixed width, so that text order is time order."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def from_wire(text: str) -> datetime:
    """The moment that `to_wire` wrote. Raises ValueError on anything else."""
    return datetime.fromisoformat(text)
