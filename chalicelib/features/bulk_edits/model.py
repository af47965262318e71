"""A bulk edit: what goes into which chats, how far it has come, and whether it can be taken back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from chalicelib.features.chats.model import CardField
from chalicelib.features.fields.model import Content
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Blame, Conflict, Invalid, NotFound
from chalicelib.kernel.ids import AccountId, BulkEditId, ChatId, ColumnId, UserId
from chalicelib.kernel.records import record

MAX_SHARERS: Final = 50
CHUNK_CHATS: Final = 80
"""Chats of one transaction: with how far it came, two conditions and the entry it takes less than a hundred."""
CHUNK_LONG: Final = 40
"""Of them where the value is a long text, which takes a second row."""
CHUNK_CHARACTERS: Final = 60_000
"""Of old values in one entry: with four bytes a letter it still fits a watcher's queue."""
TURN_FOR: Final = timedelta(seconds=20)
"""A turn begins no chunk after that: a request has an answer in time, and due work goes on."""
UNDO_FOR: Final = timedelta(hours=24)
FILES_KEPT_FOR: Final = UNDO_FOR + timedelta(hours=1)
"""How long files that an edit took off can hang again: taking it back begins within a day, and takes a while."""
KEPT_FOR: Final = timedelta(days=7)
OF_COLUMN: Final = "column:"
"""Begins the name of a field that is a column; its id follows. Other names are those of a chat's own fields."""


class BulkEditNotFound(NotFound):
    """The workspace has no such bulk edit, or it was more than a week ago."""

    code = "bulk-edit-not-found"
    title = "There is no such bulk edit."


class BulkFieldInvalid(Invalid):
    """Neither a field every chat has nor a column of the workspace."""

    code = "bulk-field-invalid"
    title = "There is no such field."


class BulkEditNotUndoable(Conflict):
    """It is not done yet, was taken back already, or was done more than a day ago; `standing` has its state."""

    code = "bulk-edit-not-undoable"
    title = "This can't be taken back, or not now."


class BulkState(StrEnum):
    """How far a bulk edit has come."""

    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


@record
class BulkEdit:
    """One value into many chats. `reached`: chats looked at so far, or while it is taken back chunks of them.

    `changed` are those it changed, `restored` those that were taken back; the others had the value already, are gone,
    or were changed by somebody since.
    """

    id: BulkEditId
    field: str
    value: Content
    asked_by: UserId
    asked_at: datetime
    chats: int
    state: BulkState = BulkState.RUNNING
    reached: int = 0
    changed: int = 0
    restored: int = 0
    done_at: datetime | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether there is more to do."""
        return self.state in {BulkState.RUNNING, BulkState.UNDOING}

    def undo_until(self) -> datetime | None:
        """Until when it can be taken back; None where it can't."""
        return self.done_at + UNDO_FOR if self.state is BulkState.DONE and self.done_at is not None else None

    def beyond(self, chats: int, changed: int) -> "BulkEdit":
        """The same after so many more chats were looked at, and so many of them changed."""
        return replace(self, reached=self.reached + chats, changed=self.changed + changed)

    def done(self, at: datetime) -> "BulkEdit":
        """The same when no chat is left."""
        return replace(self, state=BulkState.DONE, done_at=at)

    def taken_back(self, now: datetime) -> "BulkEdit":
        """The same as its undoing begins.

        Raises:
            BulkEditNotUndoable: it is not done, was undone, or was done more than a day ago.
        """
        until = self.undo_until()
        if until is None or until < now:
            raise BulkEditNotUndoable(standing={"state": self.state.value})
        return replace(self, state=BulkState.UNDOING, reached=0)


@record
class Chunk:
    """What one transaction of a bulk edit changed: the value before by chat, and the versions it left.

    A value the journal has only the beginning of, since it is longer than 1,000 characters, can't be taken back to.
    """

    old: Mapping[ChatId, Content]
    versions: Mapping[ChatId, int]


@record
class StartBulkEdit:
    """Give many chats one value."""

    chat_ids: Sequence[ChatId]
    field: str
    value: Content


class Sharing(StrEnum):
    """How chats are shared out among members."""

    ROUND_ROBIN = "round_robin"
    LEAST_LOADED = "least_loaded"


@record
class ShareOut:
    """Assign chats to members in turn, or to who has the fewest chats."""

    chat_ids: Sequence[ChatId]
    among: Sequence[UserId]
    how: Sharing


def shares(
    chat_ids: Sequence[ChatId], able: Mapping[AccountId, Sequence[UserId]], loads: Mapping[UserId, int]
) -> dict[UserId, list[ChatId]]:
    """Whose each chat becomes: of those who can have it, in their order, the one with the fewest by then.

    Who begins with nothing, as all others, is given chats in turn. A chat that nobody can have is nobody's.
    """
    load = dict(loads)
    given: dict[UserId, list[ChatId]] = {user_id: [] for user_id in loads}
    for chat_id in chat_ids:
        candidates = able.get(ids.account_of(chat_id), ())
        if candidates:
            chosen = min(candidates, key=load.__getitem__)
            load[chosen] += 1
            given[chosen].append(chat_id)
    return {user_id: chats for user_id, chats in given.items() if chats}


def own_field_or_column(field: str) -> CardField | ColumnId:
    """What a field's name stands for.

    Raises:
        BulkFieldInvalid: nothing; whether a column of that id is there is asked elsewhere.
    """
    if field in set(CardField):
        return CardField(field)
    column_id = field.removeprefix(OF_COLUMN)
    if column_id == field or not ids.is_minted_shape(column_id):
        raise BulkFieldInvalid(blames=(Blame("/field", "the name of a field, or column: and the id of a column"),))
    return ColumnId(column_id)


def content_in(plain: Any) -> Content:
    """A value that was plain JSON, where lists are all there is."""
    return tuple(plain) if isinstance(plain, list) else plain


def old_in(old: Mapping[str, Any] | None) -> dict[ChatId, Content]:
    """The values by chat that an entry of a chunk has, without those it has only the beginning of."""
    return {ChatId(chat_id): content_in(value) for chat_id, value in (old or {}).items() if not _is_cut(value)}


def next_chunk(chat_ids: Sequence[ChatId], most: int) -> list[ChatId]:
    """The first of these that one transaction takes: all of one account, whose connections it may have to check."""
    account_id = ids.account_of(chat_ids[0])
    return [chat_id for chat_id in chat_ids[:most] if ids.account_of(chat_id) == account_id]


def _is_cut(value: object) -> bool:
    """Whether the journal has but the beginning of a value."""
    return isinstance(value, dict) and "sha256" in value
