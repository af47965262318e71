"""Writing what a check found to fit: chunk after chunk, each a transaction with its entry, as bulk edits are written.

One field of many chats at a time (decision 56): what reads, writes and takes back a value is what bulk edits have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property

from chalicelib.features.bulk_edits.model import own_field_or_column
from chalicelib.features.bulk_edits.use_cases import Cell, Writer, writer_of
from chalicelib.features.chats.model import CardField
from chalicelib.features.fields.model import Content
from chalicelib.features.imports.model import (
    CHUNK_ASSIGNED,
    CHUNK_CHARACTERS,
    Import,
    ImportState,
    NewOption,
    ReadyRow,
    next_rows,
    with_mended,
)
from chalicelib.features.imports.repository import Imports
from chalicelib.features.imports.use_cases.judging import Judge
from chalicelib.features.imports.use_cases.making import make_option
from chalicelib.features.imports.use_cases.preparing import forget_file, records_of
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import About, AboutKind, Notice, NoticeKind
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId, UserId
from chalicelib.kernel.records import record
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant

CHUNK = "import.chats_changed"
"""The journal entry of a chunk: `old` is the value before by chat; `new` the field, and value and version by chat."""
SAID_CHARACTERS = 450
"""Of a new value in an entry, the beginning of a longer one: however it is escaped, the journal keeps it whole."""


@record
class _Ready:
    """The rows of a block that go into chats, account after account."""

    number: int
    rows: Sequence[ReadyRow]


class Run:
    """A turn at writing one import: what does not change from chunk to chunk is read once."""

    def __init__(self, imported: Import, imports: Imports, tenant: Tenant) -> None:
        self._imports = imports
        self._tenant = tenant
        self._by = imported.asked_by
        self._fields = [target.field for target in imported.planned.targets]
        self._imported = imported
        self._mended = imports.mended(imported)
        self._ready: _Ready | None = None
        self._writer = cache(self._made_writer)

    @cached_property
    def _new_options(self) -> Sequence[NewOption]:
        return self._imports.new_options(self._imported)

    @cached_property
    def _judge(self) -> Judge:
        """Made when all options are: it knows the columns as they are then."""
        return Judge(self._imported, self._tenant)

    def step(self, imported: Import, due_name: str) -> Import:
        """Make the next option that is missing, write the next chunk, go on to the next block, or end.

        Raises:
            ChangedMeanwhile: somebody else carried it on, or changed one of its chats or columns at this moment.
            ColumnBusy: something is done to all values of its column just now.
        """
        if imported.options_passed < imported.options_found:
            return make_option(imported, self._new_options[imported.options_passed], self._imports, self._tenant)
        if imported.block == imported.blocks:
            return self._end(imported, due_name)
        rows = self._rows(imported)
        cells = len(rows) * len(self._fields)
        if imported.cell == cells:
            return self._moved(imported, replace(imported.moved(), block=imported.block + 1, cell=0, cells=0))
        place, begins = divmod(imported.cell, len(rows))
        return self._chunk(replace(imported, cells=cells), self._fields[place], rows[begins:])

    def _rows(self, imported: Import) -> Sequence[ReadyRow]:
        if self._ready is None or self._ready.number != imported.block:
            self._ready = _Ready(number=imported.block, rows=self._read(imported))
        return self._ready.rows

    def _read(self, imported: Import) -> list[ReadyRow]:
        block = self._imports.block(imported, imported.block)
        records = records_of(imported, block.first, self._tenant)
        pairs = zip(block.chat_ids, records, strict=False)
        ready = [self._judge.row(with_mended(each, self._mended), chat_id)[0] for chat_id, each in pairs if chat_id]
        return sorted(ready, key=lambda row: row.chat_id)

    def _chunk(self, imported: Import, field: str, rows: Sequence[ReadyRow]) -> Import:
        """Look at the next rows of one account in one field, and write what differs."""
        writer = self._writer(field)
        is_open = writer.is_open()
        chunk = next_rows(rows, CHUNK_ASSIGNED if field == CardField.ASSIGNEE else writer.most_chats)
        values = {row.chat_id: row.values[field] for row in chunk if field in row.values} if is_open else {}
        wanted = {chat_id: value for chat_id, value in values.items() if _is_taken(writer, chat_id, value)}
        cells, seen = _fitting(writer.read(list(wanted)) if wanted else {}, chunk, wanted)
        after = replace(imported.moved(), cell=imported.cell + seen, changed=imported.changed + len(cells))
        return self._write(imported, after, field, {cell: wanted[cell.chat_id] for cell in cells})

    def _write(self, before: Import, after: Import, field: str, cells: Mapping[Cell, Content]) -> Import:
        if not cells:
            return self._moved(before, after)
        writer = self._writer(field)
        with self._tenant.transaction() as change:
            written = {cell.chat_id: (value, writer.write(change, cell, value)) for cell, value in cells.items()}
            account_id = ids.account_of(next(iter(written)))
            for value in dict.fromkeys(cells.values()):
                writer.demand(change, account_id, value)
            if field == CardField.ASSIGNEE:
                assignees = [UserId(str(value)) for value in cells.values() if value is not None]
                after = self._told(change, after, assignees)
            self._imports.move(change, before, after)
            change.record(
                "import.chats_changed",
                target=before.id,
                old={cell.chat_id: cell.value for cell in cells},
                new={"field": field, **{chat_id: said(*each) for chat_id, each in written.items()}},
            )
        return after

    def _told(self, change: JournalledTransaction, imported: Import, assignees: Sequence[UserId]) -> Import:
        """Of many chats at once somebody is told once."""
        news = [each for each in dict.fromkeys(assignees) if each not in imported.told]
        about = About(kind=AboutKind.WORKSPACE, id=self._tenant.workspace_id)
        for user_id in news:
            notice = Notice(kind=NoticeKind.CHAT_ASSIGNED, to=user_id, about=about, by=self._by)
            notifications.announce(change, notice, tenant=self._tenant)
        return replace(imported, told=(*imported.told, *news))

    def _moved(self, before: Import, after: Import) -> Import:
        """Note that there was nothing to write."""
        with self._tenant.own_transaction() as change:
            self._imports.move(change, before, after)
        return after

    def _end(self, imported: Import, due_name: str) -> Import:
        """It is done: its file is not needed any more, and whoever began it is told."""
        after = replace(imported.moved(), state=ImportState.DONE, done_at=self._tenant.now())
        about = About(kind=AboutKind.WORKSPACE, id=self._tenant.workspace_id)
        with self._tenant.transaction() as change:
            self._imports.move(change, imported, after)
            forget_file(change, imported, self._tenant)
            due.cancel(change, self._tenant, due_name)
            notice = Notice(kind=NoticeKind.IMPORT_FINISHED, to=imported.asked_by, about=about)
            notifications.announce(change, notice, tenant=self._tenant)
            change.record("import.done", target=imported.id, new={"values": after.changed})
        return after

    def _made_writer(self, field: str) -> Writer:
        return writer_of(own_field_or_column(field), self._by, self._tenant)


def said(value: Content, version: int) -> dict[str, Content]:
    """A new value as an entry has it: short, so that the version beside it is never cut off."""
    if isinstance(value, str) and len(value) > SAID_CHARACTERS:
        return {"value": value[:SAID_CHARACTERS], "version": version, "is_cut": True}
    return {"value": value, "version": version}


def _is_taken(writer: Writer, chat_id: ChatId, value: Content) -> bool:
    return writer.fits(value) and writer.takes(ids.account_of(chat_id), value)


def _fitting(
    cells: Mapping[ChatId, Cell], chunk: Sequence[ReadyRow], wanted: Mapping[ChatId, Content]
) -> tuple[list[Cell], int]:
    """The first cells of a chunk that differ and whose values one entry takes, and how many rows were looked at."""
    differing, room = list[Cell](), CHUNK_CHARACTERS
    for seen, row in enumerate(chunk):
        cell = cells.get(row.chat_id)
        if cell is None or cell.value == wanted[row.chat_id]:
            continue
        room -= len(str(cell.value)) + len(str(wanted[row.chat_id]))
        if differing and room < 0:
            return differing, seen
        differing.append(cell)
    return differing, len(chunk)
