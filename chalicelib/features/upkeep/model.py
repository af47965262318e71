"""Due work of a workspace as its Admins see it: by kind, how much of it there is and how it stands. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.records import record

LATE_AFTER: Final = timedelta(minutes=2)
"""Due work is late by at most a minute; from here on something is wrong."""


class NothingStuck(Conflict):
    """No work of this kind was put aside: it went on by itself, or somebody had it tried again first."""

    code = "nothing-stuck"
    title = "Nothing of this kind is stuck."


@record
class Pending:
    """A piece of work still to be done: when it is due or tried next, and how often it was tried in vain."""

    work: str
    at: datetime
    attempts: int


@record
class Stuck:
    """A piece that never succeeded and waits for a person."""

    work: str
    since: datetime


@record
class KindOfWork:
    """All work of one kind.

    `waiting` is not due yet; `late` was due a while ago and nobody took it up; `failing` was tried in vain and is tried
    again by itself; `stuck` is tried no more. `next_at` is when the first of the rest is done, `stuck_since` when the
    first was put aside.
    """

    work: str
    waiting: int
    late: int
    failing: int
    stuck: int
    next_at: datetime | None
    stuck_since: datetime | None


def kinds_of_work(pending: Iterable[Pending], stuck: Iterable[Stuck], now: datetime) -> list[KindOfWork]:
    """What there is to do, by kind: what is stuck first, then what is late or failing, then by when it is done."""
    still, aside = list(pending), list(stuck)
    names = {each.work for each in still} | {each.work for each in aside}
    kinds = [_kind(name, still, aside, now) for name in names]
    return sorted(kinds, key=lambda kind: (-kind.stuck, -(kind.late + kind.failing), kind.next_at or now, kind.work))


def _kind(work: str, pending: list[Pending], stuck: list[Stuck], now: datetime) -> KindOfWork:
    mine = [each for each in pending if each.work == work]
    since = [each.since for each in stuck if each.work == work]
    failing = sum(each.attempts > 0 for each in mine)
    late = sum(each.attempts == 0 and each.at < now - LATE_AFTER for each in mine)
    return KindOfWork(
        work=work,
        waiting=len(mine) - failing - late,
        late=late,
        failing=failing,
        stuck=len(since),
        next_at=min((each.at for each in mine), default=None),
        stuck_since=min(since, default=None),
    )
