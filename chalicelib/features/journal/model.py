"""What members read of the journal, how it leaves as a file, and the hints that carry it to watching tasks. Pure."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from chalicelib.kernel import ids
from chalicelib.kernel.actors import ActorKind
from chalicelib.kernel.csv_cells import Cell
from chalicelib.kernel.errors import Blame, Invalid, NotFound, TooMany
from chalicelib.kernel.growth import Growth
from chalicelib.kernel.ids import ChatId, ExportId, UserId, WorkspaceId
from chalicelib.kernel.records import record

CHAT_CHANGED: Final = "chat.changed"
"""The kind of a feed mark; its target is the chat, and it is told only to those connected to the chat's account."""
WATCH_LIFE: Final = timedelta(minutes=15)
"""A watch that is not renewed for that long is nobody's."""


@record
class ChangedBy:
    """Who did it; `id` is None for Wireroom itself."""

    kind: str
    id: str | None
    name: str


@record
class Change:
    """One entry of the journal, without address and device, or one mark of an account's feed."""

    id: str
    at: datetime
    kind: str
    actor: ChangedBy
    target: str
    old: Any
    new: Any


@record
class ChangePage:
    """Changes after a cursor, oldest first. `has_more` asks for another read at once."""

    changes: list[Change]
    next_cursor: str
    has_more: bool


@record
class Hint:
    """What a watching task is told: journal entries as they travel to browsers, and chats whose metadata changed.

    `notified` are the members who were told something that is for them alone, by their list of notices.
    """

    workspace_id: WorkspaceId
    changes: tuple[Mapping[str, Any], ...]
    chat_ids: tuple[ChatId, ...]
    notified: tuple[UserId, ...] = ()

    def halves(self) -> tuple["Hint", "Hint"]:
        """The same in two hints, for a queue that takes only so much at once."""
        changes, chats, notified = len(self.changes) // 2, len(self.chat_ids) // 2, len(self.notified) // 2
        return (
            Hint(
                workspace_id=self.workspace_id,
                changes=self.changes[:changes],
                chat_ids=self.chat_ids[:chats],
                notified=self.notified[:notified],
            ),
            Hint(
                workspace_id=self.workspace_id,
                changes=self.changes[changes:],
                chat_ids=self.chat_ids[chats:],
                notified=self.notified[notified:],
            ),
        )


@record
class Watch:
    """A worker task with open browsers of the workspace."""

    task_id: str
    queue_url: str


# The activity log

PAGE_ENTRIES: Final = 50
MOST_READ: Final = 1_000
"""Entries a request looks through for those its filters take; a rare kind is found by asking on from there."""
OURSELVES: Final = "wireroom"
"""What a filter calls whatever Wireroom does by itself; everybody else is called by their id."""


class PeriodInvalid(Invalid):
    """The log was asked for from a day after the one it should end with."""

    code = "period-invalid"
    title = "The period ends before it begins."


@record
class Filters:
    """Which entries: of whom, of which kind (`column.created`, or `column` for all of columns), of what, when.

    Days are whole ones in UTC, the last one included.
    """

    actor: str | None = None
    kind: str | None = None
    target: str | None = None
    first_day: date | None = None
    last_day: date | None = None

    def require_period(self) -> None:
        """Refuse a period that is none.

        Raises:
            PeriodInvalid: it ends before it begins.
        """
        if self.first_day is not None and self.last_day is not None and self.last_day < self.first_day:
            raise PeriodInvalid(blames=(Blame("/to", "before `from`"),))

    def take(self, *, actor_kind: str, actor_id: str, kind: str, target: str) -> bool:
        """Whether an entry of the period is one of these."""
        who = OURSELVES if actor_kind == ActorKind.SYSTEM else actor_id
        return (
            self.actor in {None, who}
            and self.kind in {None, kind, kind.partition(".")[0]}
            and self.target in {None, target}
        )

    def after(self) -> str:
        """The id all of them follow."""
        return ids.first_minted_at(_begin_of(self.first_day or date.min))

    def before(self) -> str:
        """The id none of them reaches."""
        if self.last_day is None or self.last_day >= _LAST_DAY:
            return ids.first_minted_at(_begin_of(_LAST_DAY))
        return ids.first_minted_at(_begin_of(self.last_day + _DAY))

    @property
    def is_narrow(self) -> bool:
        """Whether entries of the period may be left out."""
        return (self.actor, self.kind, self.target) != (None, None, None)

    def as_text(self) -> dict[str, str]:
        """Those that are set, as the journal, the cursor and an export keep them."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in named.items() if value is not None}

    @classmethod
    def of_text(cls, kept: Mapping[str, str]) -> "Filters":
        """What `as_text` kept."""
        days = {name: date.fromisoformat(kept[name]) for name in ("first_day", "last_day") if name in kept}
        return cls(actor=kept.get("actor"), kind=kept.get("kind"), target=kept.get("target"), **days)


_DAY: Final = timedelta(days=1)
_LAST_DAY: Final = date.max
"""Begins after every id there will be, whatever another process's clock says."""


def _begin_of(day: date) -> float:
    """Seconds since the epoch; before it there was nothing."""
    return max(0.0, datetime.combine(day, time(), UTC).timestamp())


@record
class ActivityEntry:
    """An entry of the log. `address` and `device` are None for who may not see them."""

    change: Change
    target_name: str | None
    address: str | None
    device: str | None


@record
class ActivityPage:
    """A page, newest first; `searched_to` is the moment down to which everything the filters take is on it.

    `next_cursor` is None where the log begins. A page with fewer entries than fit, even none, may have one.
    """

    entries: list[ActivityEntry]
    next_cursor: str | None
    searched_to: datetime | None


# Its export

EXPORT_EVERY: Final = timedelta(minutes=1)
EXPORT_KEPT: Final = timedelta(hours=24)
GIVEN_UP_AFTER: Final = timedelta(minutes=15)
"""Without progress for that long an export has failed; its tries are over by then."""


class ExportTooSoon(TooMany):
    """The workspace's log was exported within the last minute."""

    code = "export-too-soon"
    title = "The activity log is exported once a minute at most."


class ExportNotFound(NotFound):
    """No export has this id, or its file was removed after a day."""

    code = "export-not-found"
    title = "There is no such export. Files are removed after 24 hours."


class ExportState(StrEnum):
    """How far an export has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@record
class Export:
    """An export of the log up to the moment it was asked for.

    `first` is the id all its entries follow, `after` how far it has come, `entries` how many it has found, `growth`
    what is stored of its file.
    """

    id: ExportId
    asked_at: datetime
    asked_by: UserId
    filters: Filters
    file_key: str
    first: str
    after: str
    entries: int
    growth: Growth | None
    moved_at: datetime
    done_at: datetime | None

    def state(self, now: datetime) -> ExportState:
        """How far it has come by now."""
        if self.done_at is not None:
            return ExportState.DONE
        if now - self.moved_at > GIVEN_UP_AFTER:
            return ExportState.FAILED
        return ExportState.WAITING if self.growth is None else ExportState.RUNNING

    def before(self) -> str:
        """The id none of its entries reaches."""
        return min(self.filters.before(), ids.first_minted_at(self.asked_at.timestamp()))

    @property
    def percent(self) -> int:
        """How much of its period it has come through: by time, since nobody has counted the entries ahead."""
        if self.done_at is not None:
            return 100
        first, after, before = (ids.minted_at(edge) for edge in (self.first, self.after, self.before()))
        return int(99 * (after - first) / (before - first)) if first < after < before else 0

    @property
    def removed_at(self) -> datetime:
        """When its file goes."""
        return (self.done_at or self.asked_at) + EXPORT_KEPT

    @property
    def file_name(self) -> str:
        """What the file is called where it is saved."""
        return f"activity-{self.asked_at:%Y-%m-%d}.csv"


@record
class ShownExport:
    """An export as an Admin sees it; the file's link is there when it is done, and good for five minutes."""

    export: Export
    state: ExportState
    link: str | None
    link_ends_at: datetime | None


CSV_COLUMNS: Final = (
    *("id", "at", "kind", "actor_kind", "actor_id", "actor", "target", "target_name"),
    *("old", "new", "address", "device"),
)


def csv_cells(entry: ActivityEntry) -> list[Cell]:
    """An entry as CSV_COLUMNS has it; old and new as JSON."""
    change = entry.change
    return [
        *(change.id, change.at, change.kind, change.actor.kind, change.actor.id, change.actor.name),
        *(change.target, entry.target_name, _as_json(change.old), _as_json(change.new), entry.address, entry.device),
    ]


def _as_json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
