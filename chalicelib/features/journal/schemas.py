"""Changes, the activity log and its exports as they travel."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec

from chalicelib.features.journal.model import (
    ActivityEntry,
    ActivityPage,
    Change,
    ChangePage,
    ExportState,
    Filters,
    ShownExport,
)

_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Kind = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}(\.[a-z_]{1,40})?$")]


class ChangesQuery(msgspec.Struct, forbid_unknown_fields=True):
    """After which cursor; without one, only a cursor that stands at this moment."""

    cursor: str | None = None


class ChangedByOut(msgspec.Struct, forbid_unknown_fields=True):
    """Who did it; `id` is null for Wireroom itself."""

    kind: str
    id: str | None
    name: str


class ChangeOut(msgspec.Struct, forbid_unknown_fields=True):
    """One change. `kind` says what it is (`column.created`, `value.set`, `chat.changed`), `target` of what.

    `old` and `new` are JSON as the kind has it; of a value {column_id, value, version}.
    """

    id: str
    at: datetime
    kind: str
    actor: ChangedByOut
    target: str
    old: Any
    new: Any

    @classmethod
    def of(cls, change: Change) -> "ChangeOut":
        """One change."""
        actor = ChangedByOut(kind=change.actor.kind, id=change.actor.id, name=change.actor.name)
        return cls(
            id=change.id,
            at=change.at,
            kind=change.kind,
            actor=actor,
            target=change.target,
            old=change.old,
            new=change.new,
        )


class ChangesOut(msgspec.Struct, forbid_unknown_fields=True):
    """Changes after a cursor, oldest first. `has_more` asks for another read at once with `next_cursor`."""

    changes: list[ChangeOut]
    next_cursor: str
    has_more: bool

    @classmethod
    def of(cls, page: ChangePage) -> "ChangesOut":
        """One page."""
        changes = [ChangeOut.of(change) for change in page.changes]
        return cls(changes=changes, next_cursor=page.next_cursor, has_more=page.has_more)


class ExportIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which entries the file is to have; all of them where nothing is said.

    `actor` is an id, or `wireroom` for what Wireroom does by itself; `kind` a whole one (`column.created`) or all of
    a noun (`column`); `from` and `to` are days in UTC, both included.
    """

    actor: _Id | None = None
    kind: _Kind | None = None
    target: _Id | None = None
    first_day: date | None = msgspec.field(name="from", default=None)
    last_day: date | None = msgspec.field(name="to", default=None)

    def to_filters(self) -> Filters:
        """As the use cases take them."""
        return Filters(
            actor=self.actor, kind=self.kind, target=self.target, first_day=self.first_day, last_day=self.last_day
        )


class ActivityQuery(ExportIn, forbid_unknown_fields=True):
    """Which entries, as for an export, and from which cursor on: one is good for the filters it came with."""

    cursor: str | None = None


class ActivityEntryOut(msgspec.Struct, forbid_unknown_fields=True):
    """One entry. `kind` says what was done, `target` to what, `target_name` what that is called, where it has a name.

    `old` and `new` are JSON as the kind has it; a long text in it is {excerpt, sha256, characters}. `address` and
    `device` are null for Members, and for what Wireroom did itself. Once the person who acted is erased they are null
    for everybody, and the actor's `name` is empty.
    """

    id: str
    at: datetime
    kind: str
    actor: ChangedByOut
    target: str
    target_name: str | None
    old: Any
    new: Any
    address: str | None
    device: str | None

    @classmethod
    def of(cls, entry: ActivityEntry) -> "ActivityEntryOut":
        """One entry."""
        change = ChangeOut.of(entry.change)
        return cls(
            id=change.id,
            at=change.at,
            kind=change.kind,
            actor=change.actor,
            target=change.target,
            target_name=entry.target_name,
            old=change.old,
            new=change.new,
            address=entry.address,
            device=entry.device,
        )


class ActivityOut(msgspec.Struct, forbid_unknown_fields=True):
    """A page of the log, newest first.

    A request looks through a thousand entries at most, so a page may hold fewer than fit, even none, and go on all the
    same: `next_cursor` is null only where the log ends, and `searched_to` is how far back this page looked.
    """

    entries: list[ActivityEntryOut]
    next_cursor: str | None
    searched_to: datetime | None

    @classmethod
    def of(cls, page: ActivityPage) -> "ActivityOut":
        """One page."""
        entries = [ActivityEntryOut.of(entry) for entry in page.entries]
        return cls(entries=entries, next_cursor=page.next_cursor, searched_to=page.searched_to)


class ExportOut(msgspec.Struct, forbid_unknown_fields=True):
    """An export of the log up to `asked_at`: `done` entries are in the file so far, `percent` of its period.

    When it is done it has a `link`, good until `link_expires_at`; asking again gives a fresh one. The file goes at
    `removed_at`.
    """

    id: str
    state: ExportState
    asked_at: datetime
    done: int
    percent: int
    link: str | None
    link_expires_at: datetime | None
    removed_at: datetime

    @classmethod
    def of(cls, shown: ShownExport) -> "ExportOut":
        """One export."""
        export = shown.export
        return cls(
            id=export.id,
            state=shown.state,
            asked_at=export.asked_at,
            done=export.entries,
            percent=export.percent,
            link=shown.link,
            link_expires_at=shown.link_ends_at,
            removed_at=export.removed_at,
        )
