"""Changes as they travel."""

from datetime import datetime
from typing import Any

import msgspec

from chalicelib.features.journal.model import Change, ChangePage


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
