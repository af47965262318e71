"""Bulk edits as they travel."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.features.bulk_edits.model import (
    MAX_SHARERS,
    BulkEdit,
    BulkState,
    ShareOut,
    Sharing,
    StartBulkEdit,
)
from chalicelib.kernel.ids import ChatId, UserId
from chalicelib.kernel.selections import MAX_SELECTED


class BulkEditIn(msgspec.Struct, forbid_unknown_fields=True):
    """One value for many chats; null clears, which is all that is done to files: each hangs at one chat.

    `field` is `assignee`, `priority`, `email`, `phone`, `first_name`, `last_name`, or `column:` and the id of a column.
    """

    chat_ids: Annotated[list[str], msgspec.Meta(max_length=MAX_SELECTED)]
    field: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    value: str | int | float | bool | list[str] | None

    def to_command(self) -> StartBulkEdit:
        """As the use case takes it."""
        value = tuple(self.value) if isinstance(self.value, list) else self.value
        return StartBulkEdit(chat_ids=tuple(map(ChatId, self.chat_ids)), field=self.field, value=value)


class ShareOutIn(msgspec.Struct, forbid_unknown_fields=True):
    """Chats to assign among members: in turn, or each to who has the fewest by then."""

    chat_ids: Annotated[list[str], msgspec.Meta(max_length=MAX_SELECTED)]
    among: Annotated[list[str], msgspec.Meta(min_length=1, max_length=MAX_SHARERS)]
    how: Sharing

    def to_command(self) -> ShareOut:
        """As the use case takes it."""
        chat_ids, among = tuple(map(ChatId, self.chat_ids)), tuple(map(UserId, self.among))
        return ShareOut(chat_ids=chat_ids, among=among, how=self.how)


class BulkEditOut(msgspec.Struct, forbid_unknown_fields=True):
    """A bulk edit: of `chats`, `changed` got the value; the others had it already, are gone, or can't have it.

    `reached` says how many were looked at while it is `running`. `undo_until`: it can be taken back until then, null
    where it can't; `restored` are those that were.
    """

    id: str
    field: str
    value: str | int | float | bool | list[str] | None
    asked_by: str
    state: BulkState
    chats: int
    reached: int
    changed: int
    restored: int
    undo_until: datetime | None

    @classmethod
    def of(cls, edit: BulkEdit) -> "BulkEditOut":
        """One of them."""
        return cls(
            id=edit.id,
            field=edit.field,
            value=list(edit.value) if isinstance(edit.value, tuple) else edit.value,
            asked_by=edit.asked_by,
            state=edit.state,
            chats=edit.chats,
            reached=edit.reached if edit.state is BulkState.RUNNING else edit.chats,
            changed=edit.changed,
            restored=edit.restored,
            undo_until=edit.undo_until(),
        )


class SharedOut(msgspec.Struct, forbid_unknown_fields=True):
    """A bulk edit for each member who got any of the chats."""

    bulk_edits: list[BulkEditOut]
