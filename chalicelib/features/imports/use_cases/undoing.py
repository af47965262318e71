"""Taking an import back, entry after entry of its writing: chats that nobody changed since get what they had.

Options it made stay: by now they may stand in other chats.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.features.bulk_edits.model import content_in, old_in, own_field_or_column
from chalicelib.features.bulk_edits.use_cases import Cell, Writer, writer_of
from chalicelib.features.fields.model import Content
from chalicelib.features.imports.model import Import, ImportState
from chalicelib.features.imports.repository import Imports
from chalicelib.features.imports.use_cases.writing import CHUNK
from chalicelib.kernel.ids import UserId
from chalicelib.table import due
from chalicelib.table.entries import entries_of
from chalicelib.table.journal import Entry
from chalicelib.table.tenant import Tenant


class Undo:
    """A turn at taking one import back."""

    def __init__(self, imported: Import, imports: Imports, tenant: Tenant) -> None:
        self._imports = imports
        self._tenant = tenant
        member = tenant.member
        self._by: UserId = imported.asked_by if member is None else member.user_id
        self._entries = self._entries_left(imported)

    def _entries_left(self, imported: Import) -> Iterator[Entry]:
        first = imported.started_at or imported.asked_at
        last = imported.done_at or first
        return entries_of(imported.id, CHUNK, first=first, last=last, after=imported.undone_to, tenant=self._tenant)

    def step(self, imported: Import, due_name: str) -> Import:
        """Take the next chunk back, or end.

        Raises:
            ChangedMeanwhile: somebody else carried it on, or changed one of its chats at this moment.
            ColumnBusy: something is done to all values of its column just now.
        """
        entry = next(self._entries, None)
        if entry is None:
            return self._end(imported, due_name)
        new: Mapping[str, Any] = entry.new or {}
        writer = writer_of(own_field_or_column(str(new.get("field"))), self._by, self._tenant)
        old = old_in(entry.old)
        cells = writer.read(sorted(old)) if old and writer.is_open() else {}
        written = [cell for cell in cells.values() if _is_ours(cell, new[cell.chat_id])]
        ours = {cell: old[cell.chat_id] for cell in written if writer.fits(old[cell.chat_id])}
        after = replace(imported.moved(), undone_to=entry.id, restored=imported.restored + len(ours))
        return self._restore(imported, after, writer, ours)

    def _restore(self, before: Import, after: Import, writer: Writer, cells: Mapping[Cell, Content]) -> Import:
        if not cells:
            with self._tenant.own_transaction() as nothing:
                self._imports.move(nothing, before, after)
            return after
        with self._tenant.transaction() as change:
            for cell, value in cells.items():
                writer.write(change, cell, value)
            self._imports.move(change, before, after)
            change.record(
                "import.chats_restored",
                target=before.id,
                old={cell.chat_id: cell.value for cell in cells},
                new={cell.chat_id: value for cell, value in cells.items()},
            )
        return after

    def _end(self, imported: Import, due_name: str) -> Import:
        after = replace(imported.moved(), state=ImportState.UNDONE)
        with self._tenant.transaction() as change:
            self._imports.move(change, imported, after)
            due.cancel(change, self._tenant, due_name)
            change.record("import.undone", target=imported.id, new={"values": after.restored})
        return after


def _is_ours(cell: Cell, said: Mapping[str, Any]) -> bool:
    """Whether a chat still has what the import wrote: nobody wrote after it, nor was it made something else."""
    return cell.version == said["version"] and ("is_cut" in said or cell.value == content_in(said["value"]))
