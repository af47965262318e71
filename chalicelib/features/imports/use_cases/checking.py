"""Finding out what an import would do, block after block, without writing a chat."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Final

from chalicelib.features.imports.model import (
    BLOCK_ROWS,
    MAX_ROWS,
    MAX_SHOWN_FAULTS,
    NO_CHAT,
    Block,
    Counts,
    Fault,
    FileUnreadable,
    Import,
    ImportState,
    Mended,
    Place,
    Record,
    Records,
    with_mended,
)
from chalicelib.features.imports.repository import Imports
from chalicelib.features.imports.use_cases.judging import Judge, Matched, Matcher
from chalicelib.features.imports.use_cases.making import Finder
from chalicelib.features.imports.use_cases.preparing import records_of
from chalicelib.table import due
from chalicelib.table.tenant import Tenant

_TOO_MANY: Final = f"A file has at most {MAX_ROWS:,} rows."


class Check:
    """A turn at checking one import: what does not change from block to block is read once."""

    def __init__(self, imported: Import, imports: Imports, tenant: Tenant) -> None:
        self._imported = imported
        self._imports = imports
        self._tenant = tenant
        self._records: Records | None = None

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._imported, self._imports.chats_before(self._imported), self._tenant)

    @cached_property
    def _mended(self) -> Mapping[int, Sequence[Mended]]:
        return self._imports.mended(self._imported)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._imports.new_options(self._imported))

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self._imported, self._tenant, self._finder)

    def step(self, imported: Import, due_name: str) -> Import:
        """Check the next block, or end. Raises ChangedMeanwhile: somebody else carried it on."""
        try:
            rows = self._next_rows(imported)
        except FileUnreadable as broken:
            return self._end(imported, due_name, broken)
        if not rows:
            is_whole = self._reached(imported).offset == imported.size
            return self._end(imported, due_name, None if is_whole else FileUnreadable("The file is not there whole."))
        return self._block(imported, rows)

    def _block(self, imported: Import, rows: Sequence[Record]) -> Import:
        """Keep which chats these rows are for, what is wrong with them, and which options they bring."""
        matched = self._matcher.match(rows)
        faults, counts = self._judged(rows, matched)
        block = Block(number=imported.blocks, first=imported.reached, chat_ids=matched.chat_ids)
        after = replace(
            imported.moved(),
            reached=self._reached(imported),
            blocks=imported.blocks + 1,
            counts=imported.counts.plus(matched.counts).plus(counts),
            options_found=len(self._finder.found),
        )
        with self._tenant.own_transaction() as change:
            self._imports.put_block(change, after, block, faults[:MAX_SHOWN_FAULTS])
            if after.options_found > imported.options_found:
                self._imports.put_new_options(change, after, self._finder.found)
            self._imports.move(change, imported, after)
        return after

    def _next_rows(self, imported: Import) -> list[Record]:
        if self._records is None:
            self._records = records_of(imported, imported.reached, self._tenant)
        rows = [with_mended(each, self._mended) for each in islice(self._records, BLOCK_ROWS)]
        if imported.counts.rows + len(rows) > MAX_ROWS:
            raise FileUnreadable(_TOO_MANY, rows[MAX_ROWS - imported.counts.rows].line)
        return rows

    def _reached(self, imported: Import) -> Place:
        return imported.reached if self._records is None else self._records.place

    def _judged(self, rows: Sequence[Record], matched: Matched) -> tuple[list[Fault], Counts]:
        """What is wrong in a block, line after line, of one line the chat first; and how many cells misfit or clear."""
        faults, clearing = list(matched.faults), 0
        for row, chat_id in zip(rows, matched.chat_ids, strict=True):
            ready, unfit = self._judge.row(row, chat_id)
            faults += unfit
            clearing += 0 if chat_id == NO_CHAT else sum(value is None for value in ready.values.values())
        counts = Counts(faults=len(faults) - len(matched.faults), clearing=clearing)
        return sorted(faults, key=lambda fault: fault.line), counts

    def _end(self, imported: Import, due_name: str, broken: FileUnreadable | None) -> Import:
        state = ImportState.CHECKED if broken is None else ImportState.UNREADABLE
        after = replace(
            imported.moved(),
            state=state,
            trouble=None if broken is None else broken.detail,
            trouble_line=None if broken is None else broken.line,
        )
        with self._tenant.own_transaction() as change:
            self._imports.move(change, imported, after)
            due.cancel(change, self._tenant, due_name)
        return after
