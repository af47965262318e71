"""One chunk of a bulk edit after the other, each a transaction with its entry and how far that leaves the work."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from chalicelib.features.bulk_edits.model import (
    CHUNK_CHARACTERS,
    BulkEdit,
    BulkState,
    Chunk,
    next_chunk,
    own_field_or_column,
)
from chalicelib.features.bulk_edits.repository import BulkEdits
from chalicelib.features.bulk_edits.use_cases.writing import Cell, writer_of
from chalicelib.features.chats.model import CardField
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import About, AboutKind, Notice, NoticeKind
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId, UserId
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


class Run:
    """A turn at one bulk edit: what does not change from step to step is read once."""

    def __init__(self, edit: BulkEdit, edits: BulkEdits, tenant: Tenant) -> None:
        self._edit = edit
        self._edits = edits
        self._tenant = tenant
        member = tenant.member
        self._by: UserId = edit.asked_by if member is None else member.user_id
        self._writer = writer_of(own_field_or_column(edit.field), self._by, tenant)

    @cached_property
    def _chats(self) -> list[ChatId]:
        return self._edits.chats_of(self._edit)

    @cached_property
    def _chunks(self) -> list[Chunk]:
        return list(self._edits.chunks_of(self._edit))

    def step(self, edit: BulkEdit, *, due_name: str) -> BulkEdit:
        """Do the next chunk in which there is something to do, or end. Raises ChangedMeanwhile."""
        done = self._write_next(edit) if edit.state is BulkState.RUNNING else self._restore_next(edit)
        return done or self._end(edit, due_name)

    def _write_next(self, edit: BulkEdit) -> BulkEdit | None:
        looked = 0
        while rest := self._chats[edit.reached + looked :]:
            is_taken = self._writer.is_open() and self._writer.fits(edit.value)
            chunk = next_chunk(rest, self._writer.most_chats)
            is_taken = is_taken and self._writer.takes(ids.account_of(chunk[0]), edit.value)
            room = CHUNK_CHARACTERS - len(str(edit.value))
            cells, seen = _fitting(self._writer.read(chunk), chunk, room) if is_taken else ([], len(chunk))
            looked += seen
            differing = [cell for cell in cells if cell.value != edit.value]
            if differing:
                return self._write(edit, edit.beyond(looked, len(differing)), differing)
        return None

    def _write(self, before: BulkEdit, after: BulkEdit, cells: list[Cell]) -> BulkEdit:
        with self._tenant.transaction() as change:
            versions = {cell.chat_id: self._writer.write(change, cell, before.value) for cell in cells}
            self._edits.move(change, before, after)
            self._writer.demand(change, ids.account_of(cells[0].chat_id), before.value)
            # Most values are their chat's first: the version is said where it is another.
            told = {chat_id: version for chat_id, version in versions.items() if version != 1}
            change.record(
                "bulk_edit.chats_changed",
                target=before.id,
                old={cell.chat_id: cell.value for cell in cells},
                new={"field": before.field, "value": before.value, **told},
            )
        return after

    def _restore_next(self, edit: BulkEdit) -> BulkEdit | None:
        for place, chunk in enumerate(self._chunks[edit.reached :], start=edit.reached + 1):
            chat_ids = sorted(chunk.old)
            cells = self._writer.read(chat_ids) if chat_ids and self._writer.is_open() else {}
            written = [cell for cell in cells.values() if _is_ours(cell, edit, chunk)]
            ours = [cell for cell in written if self._writer.fits(chunk.old[cell.chat_id])]
            if ours:
                after = replace(edit, reached=place, restored=edit.restored + len(ours))
                return self._restore(edit, after, chunk, ours)
        return None

    def _restore(self, before: BulkEdit, after: BulkEdit, chunk: Chunk, cells: list[Cell]) -> BulkEdit:
        with self._tenant.transaction() as change:
            for cell in cells:
                self._writer.write(change, cell, chunk.old[cell.chat_id])
            self._edits.move(change, before, after)
            change.record(
                "bulk_edit.chats_restored",
                target=before.id,
                old={"field": before.field, "value": before.value},
                new={cell.chat_id: chunk.old[cell.chat_id] for cell in cells},
            )
        return after

    def _end(self, edit: BulkEdit, due_name: str) -> BulkEdit:
        is_undone = edit.state is BulkState.UNDOING
        after = replace(edit, state=BulkState.UNDONE) if is_undone else edit.done(self._tenant.now())
        with self._tenant.transaction() as change:
            self._edits.move(change, edit, after)
            due.cancel(change, self._tenant, due_name)
            if not is_undone and after.changed:
                self._tell_assignee(change, after)
            event = "bulk_edit.undone" if is_undone else "bulk_edit.done"
            change.record(event, target=edit.id, new={"chats": after.restored if is_undone else after.changed})
        return after

    def _tell_assignee(self, change: JournalledTransaction, edit: BulkEdit) -> None:
        """Of many chats at once somebody is told once."""
        if edit.field == CardField.ASSIGNEE and edit.value is not None:
            about = About(kind=AboutKind.WORKSPACE, id=self._tenant.workspace_id)
            to = UserId(str(edit.value))
            notice = Notice(kind=NoticeKind.CHAT_ASSIGNED, to=to, about=about, by=self._by)
            notifications.announce(change, notice, tenant=self._tenant)


def _fitting(cells: Mapping[ChatId, Cell], chunk: list[ChatId], room: int) -> tuple[list[Cell], int]:
    """The first cells of a chunk whose old values one entry takes, and how many of its chats that is."""
    fitting: list[Cell] = []
    for seen, chat_id in enumerate(chunk):
        if (cell := cells.get(chat_id)) is None:
            continue
        room -= len(str(cell.value))
        if fitting and room < 0:
            return fitting, seen
        fitting.append(cell)
    return fitting, len(chunk)


def _is_ours(cell: Cell, edit: BulkEdit, chunk: Chunk) -> bool:
    """Whether a chat still has what the edit wrote: nobody wrote after it."""
    return cell.value == edit.value and cell.version == chunk.versions[cell.chat_id]
