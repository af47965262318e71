"""Rows of bulk edits, the chats they are for, and what the journal has of their chunks."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.features.bulk_edits.model import (
    KEPT_FOR,
    BulkEdit,
    BulkEditNotFound,
    BulkState,
    Chunk,
    content_in,
    old_in,
)
from chalicelib.kernel import selections
from chalicelib.kernel.ids import BulkEditId, ChatId, UserId
from chalicelib.table import cards_keys, keys
from chalicelib.table.entries import entries_of
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.journal import Entry, JournalledTransaction
from chalicelib.table.tenant import Tenant

CHUNK: Final = "bulk_edit.chats_changed"
"""The journal entry of a chunk: `old` is the value before by chat; `new` has the value, and versions by chat."""


class BulkEditRow(Row, discriminator="bulk_edit"):
    """A bulk edit and how far it has come; a week."""

    field = UnicodeAttribute()
    value = DocumentAttribute(null=True)
    asked_by = UnicodeAttribute()
    asked_at = MomentAttribute()
    chats = NumberAttribute()
    state = UnicodeAttribute()
    reached = NumberAttribute()
    changed = NumberAttribute()
    restored = NumberAttribute()
    done_at = MomentAttribute(null=True)


class BulkChatsRow(Row, discriminator="bulk_chats"):
    """Which chats a bulk edit is for: {account: the ends of their ids, run together}; no chunk changes it."""

    by_account = DocumentAttribute()


class BulkEdits:
    """The bulk edits of one tenant."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def require(self, bulk_edit_id: BulkEditId) -> BulkEdit:
        """One of them: one read unit.

        Raises:
            BulkEditNotFound: none, or one of more than a week ago.
        """
        row = self._rows.get(BulkEditRow, cards_keys.bulk_edit(bulk_edit_id))
        if row is None or row.is_over(self._tenant.now()):
            raise BulkEditNotFound
        return _bulk_edit(row)

    def chats_of(self, edit: BulkEdit) -> list[ChatId]:
        """The chats it is for, in their order: 1 read unit per 4 KB, 250 chats of one account."""
        row = self._rows.get(BulkChatsRow, cards_keys.bulk_chats(edit.id))
        return [] if row is None else list(selections.unpacked(row.by_account))

    def create(self, change: JournalledTransaction, edit: BulkEdit, chat_ids: Sequence[ChatId]) -> None:
        """Write one and its chats: two rows, the second a KB for sixty chats."""
        expires_at = int((edit.asked_at + KEPT_FOR).timestamp())
        row = self._rows.new(BulkEditRow, cards_keys.bulk_edit(edit.id), **_of(edit), expires_at=expires_at)
        change.create(row)
        chats = self._rows.new(
            BulkChatsRow, cards_keys.bulk_chats(edit.id), by_account=selections.packed(chat_ids), expires_at=expires_at
        )
        change.create(chats)

    def move(self, change: JournalledTransaction, before: BulkEdit, after: BulkEdit) -> None:
        """Note how far one has come, unless somebody else moved it since it was read."""
        row = self._rows.new(BulkEditRow, cards_keys.bulk_edit(before.id))
        actions = [
            BulkEditRow.state.set(after.state),
            BulkEditRow.reached.set(after.reached),
            BulkEditRow.changed.set(after.changed),
            BulkEditRow.restored.set(after.restored),
        ]
        if after.done_at is not None:
            actions.append(BulkEditRow.done_at.set(after.done_at))
        stands: Condition = (BulkEditRow.state == before.state.value) & (BulkEditRow.reached == before.reached)
        change.update(row, actions, stands)

    def chunks_of(self, edit: BulkEdit) -> Iterator[Chunk]:
        """What its chunks changed, in their order, as the journal has it: it is read from when the edit was asked for.

        Cost: 1 read unit per 4 KB of all entries of that time.
        """
        last = edit.done_at or edit.asked_at
        for entry in entries_of(edit.id, CHUNK, first=edit.asked_at, last=last, tenant=self._tenant):
            yield _chunk(entry)


def _chunk(entry: Entry) -> Chunk:
    old = old_in(entry.old)
    new: dict[str, Any] = entry.new or {}
    return Chunk(old=old, versions={chat_id: new.get(chat_id, 1) for chat_id in old})


def _of(edit: BulkEdit) -> dict[str, Any]:
    return {
        "field": edit.field,
        "value": list(edit.value) if isinstance(edit.value, tuple) else edit.value,
        "asked_by": edit.asked_by,
        "asked_at": edit.asked_at,
        "chats": edit.chats,
        "state": edit.state.value,
        "reached": edit.reached,
        "changed": edit.changed,
        "restored": edit.restored,
        "done_at": edit.done_at,
    }


def _bulk_edit(row: BulkEditRow) -> BulkEdit:
    return BulkEdit(
        id=cards_keys.bulk_edit_of(row.sk),
        field=row.field,
        value=content_in(row.value),
        asked_by=UserId(row.asked_by),
        asked_at=row.asked_at,
        chats=int(row.chats),
        state=BulkState(row.state),
        reached=int(row.reached),
        changed=int(row.changed),
        restored=int(row.restored),
        done_at=row.done_at,
    )
