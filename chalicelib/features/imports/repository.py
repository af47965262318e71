"""Rows of imports: where each stands, its blocks, and what is wrong in them. All end after a week."""

from collections.abc import Sequence
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.features.imports.model import (
    KEPT_FOR,
    MAX_SHOWN_FAULTS,
    Block,
    Counts,
    Fault,
    FaultKind,
    Form,
    Import,
    ImportNotFound,
    ImportState,
    Mended,
    NewOption,
    Place,
    Plan,
)
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId, FileId, ImportId, UserId
from chalicelib.table import import_keys, keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import Transaction


class ImportRow(Row, discriminator="import"):
    """An import. `counts` is {name: number}; `plan` as Plan.to_document; places are [bytes, line]."""

    file_id = UnicodeAttribute()
    file_name = UnicodeAttribute()
    size = NumberAttribute()
    encoding = UnicodeAttribute()
    delimiter = UnicodeAttribute()
    header = DocumentAttribute()
    first = DocumentAttribute()
    asked_by = UnicodeAttribute()
    asked_at = MomentAttribute()
    version = NumberAttribute()
    state = UnicodeAttribute()
    plan = DocumentAttribute(null=True)
    reached = DocumentAttribute()
    blocks = NumberAttribute()
    counts = DocumentAttribute()
    trouble = UnicodeAttribute(null=True)
    trouble_line = NumberAttribute(null=True)
    options_found = NumberAttribute(null=True)
    options_passed = NumberAttribute(null=True)
    options_made = NumberAttribute(null=True)
    block = NumberAttribute()
    cell = NumberAttribute()
    cells = NumberAttribute()
    changed = NumberAttribute()
    restored = NumberAttribute()
    undone_to = UnicodeAttribute(null=True)
    told = DocumentAttribute()
    started_at = MomentAttribute(null=True)
    done_at = MomentAttribute(null=True)


class ImportBlockRow(Row, discriminator="import_block"):
    """A block of a file: where it begins, and the chats of its rows in their order."""

    first = DocumentAttribute()
    chat_ids = DocumentAttribute()


class ImportFaultsRow(Row, discriminator="import_faults"):
    """What is wrong in a block: [[line, column or null, kind, detail]]. There where anything is."""

    faults = DocumentAttribute()


class ImportMendedRow(Row, discriminator="import_mended"):
    """What stands in the place of cells of a file: [[line, column, text]]."""

    cells = DocumentAttribute()


class ImportOptionsRow(Row, discriminator="import_options"):
    """Options that columns lack: [[column of the file, name]]. There where the import's `options_found` is not 0."""

    options = DocumentAttribute()


class Imports:
    """The imports of one tenant."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def get(self, import_id: ImportId) -> Import | None:
        """One of them: one read unit, none for what can't be an id."""
        row = self._rows.get(ImportRow, import_keys.imported(import_id)) if ids.is_minted_shape(import_id) else None
        return None if row is None or row.is_over(self._tenant.now()) else _import(row)

    def require(self, import_id: ImportId) -> Import:
        """The same. Raises ImportNotFound."""
        found = self.get(import_id)
        if found is None:
            raise ImportNotFound
        return found

    def newest(self, limit: int) -> list[Import]:
        """The newest of them: one query."""
        rows = self._rows.query(ImportRow, import_keys.IMPORTS, limit=limit, newest_first=True)
        return [_import(row) for row in rows if not row.is_over(self._tenant.now())]

    def create(self, change: Transaction, imported: Import) -> None:
        """Write a new one."""
        change.create(self._row(imported))

    def move(self, change: Transaction, before: Import, after: Import) -> None:
        """Write where one stands now, unless somebody else moved it since it was read."""
        change.put(self._row(after), ImportRow.version == before.version)

    def forget(self, change: Transaction, imported: Import) -> None:
        """Remove one, unless somebody else moved it since it was read; what belongs to it ends by itself."""
        row = self._rows.new(ImportRow, import_keys.imported(imported.id))
        change.delete(row, ImportRow.version == imported.version)

    def put_block(self, change: Transaction, imported: Import, block: Block, faults: Sequence[Fault]) -> None:
        """Write a block and what is wrong in it, over those of an earlier check: two rows, 1 KB for 24 rows."""
        expires_at = _end_of(imported)
        change.put(
            self._rows.new(
                ImportBlockRow,
                import_keys.block(imported.id, block.number),
                first=_listed(block.first),
                chat_ids=list(block.chat_ids),
                expires_at=expires_at,
            )
        )
        sk = import_keys.faults(imported.id, block.number)
        told = [[fault.line, fault.column, fault.kind.value, fault.detail] for fault in faults]
        if told:
            change.put(self._rows.new(ImportFaultsRow, sk, faults=told, expires_at=expires_at))
        else:
            change.delete(self._rows.new(ImportFaultsRow, sk))

    def put_mended(self, change: Transaction, imported: Import, mended: Sequence[Mended]) -> None:
        """Write what stands in the place of cells of its file, over what stood there for an earlier check: one row."""
        cells = [[cell.line, cell.column, cell.text] for cell in mended]
        sk = import_keys.mended(imported.id)
        change.put(self._rows.new(ImportMendedRow, sk, cells=cells, expires_at=_end_of(imported)))

    def mended(self, imported: Import) -> dict[int, list[Mended]]:
        """The same by line: 1 read unit per 4 KB."""
        row = self._rows.get(ImportMendedRow, import_keys.mended(imported.id))
        found: dict[int, list[Mended]] = {}
        for line, column, text in [] if row is None else row.cells:
            found.setdefault(line, []).append(Mended(line=line, column=column, text=text))
        return found

    def put_new_options(self, change: Transaction, imported: Import, found: Sequence[NewOption]) -> None:
        """Write the options that its check found missing so far, over those of an earlier check: one row."""
        listed = [[option.column, option.name] for option in found]
        sk = import_keys.options(imported.id)
        change.put(self._rows.new(ImportOptionsRow, sk, options=listed, expires_at=_end_of(imported)))

    def new_options(self, imported: Import) -> list[NewOption]:
        """The same: 1 read unit per 4 KB, none where it found none."""
        row = self._rows.get(ImportOptionsRow, import_keys.options(imported.id)) if imported.options_found else None
        listed = [] if row is None else row.options
        return [NewOption(column=column, name=name) for column, name in listed]

    def block(self, imported: Import, number: int) -> Block:
        """One block: 1 read unit for 90 rows. Raises ImportNotFound: the import's week is over."""
        row = self._rows.get(ImportBlockRow, import_keys.block(imported.id, number))
        if row is None:
            raise ImportNotFound
        return Block(number=number, first=_place(row.first), chat_ids=tuple(map(ChatId, row.chat_ids)))

    def chats_before(self, imported: Import) -> set[ChatId]:
        """The chats that rows of the blocks made so far are for: 1 read unit for 90 rows."""
        rows = self._rows.query(ImportBlockRow, import_keys.blocks(imported.id), limit=imported.blocks or 1)
        return {ChatId(chat_id) for row in rows[: imported.blocks] for chat_id in row.chat_ids if chat_id}

    def faults(self, imported: Import) -> list[Fault]:
        """What its check found wrong, the first of it: a query."""
        last = import_keys.faults(imported.id, imported.blocks)
        rows = self._rows.between(
            ImportFaultsRow, import_keys.all_faults(imported.id), last, limit=min(imported.blocks, MAX_SHOWN_FAULTS)
        )
        return [_fault(told) for row in rows for told in row.faults][:MAX_SHOWN_FAULTS]

    def _row(self, imported: Import) -> ImportRow:
        return self._rows.new(
            ImportRow, import_keys.imported(imported.id), **_of(imported), expires_at=_end_of(imported)
        )


def _end_of(imported: Import) -> int:
    """A week behind its last great step: it can be taken back for a day of that."""
    last = imported.done_at or imported.started_at or imported.asked_at
    return int((last + KEPT_FOR).timestamp())


def _listed(place: Place) -> list[int]:
    return [place.offset, place.line]


def _place(listed: Sequence[int]) -> Place:
    offset, line = listed
    return Place(offset=offset, line=line)


def _fault(told: Sequence[Any]) -> Fault:
    line, column, kind, detail = told
    return Fault(line=line, column=column, kind=FaultKind(kind), detail=detail)


def _of(imported: Import) -> dict[str, Any]:
    counts = imported.counts
    return {
        "file_id": imported.file_id,
        "file_name": imported.file_name,
        "size": imported.size,
        "encoding": imported.form.encoding,
        "delimiter": imported.form.delimiter,
        "header": list(imported.header),
        "first": _listed(imported.first),
        "asked_by": imported.asked_by,
        "asked_at": imported.asked_at,
        "version": imported.version,
        "state": imported.state.value,
        "plan": None if imported.plan is None else imported.plan.to_document(),
        "reached": _listed(imported.reached),
        "blocks": imported.blocks,
        "counts": {
            "rows": counts.rows,
            "matched": counts.matched,
            "unmatched": counts.unmatched,
            "ambiguous": counts.ambiguous,
            "repeated": counts.repeated,
            "faults": counts.faults,
            "clearing": counts.clearing,
        },
        "trouble": imported.trouble,
        "trouble_line": imported.trouble_line,
        "options_found": imported.options_found,
        "options_passed": imported.options_passed,
        "options_made": imported.options_made,
        "block": imported.block,
        "cell": imported.cell,
        "cells": imported.cells,
        "changed": imported.changed,
        "restored": imported.restored,
        "undone_to": imported.undone_to or None,
        "told": list(imported.told),
        "started_at": imported.started_at,
        "done_at": imported.done_at,
    }


def _import(row: ImportRow) -> Import:
    return Import(
        id=import_keys.import_of(row.sk),
        file_id=FileId(row.file_id),
        file_name=row.file_name,
        size=int(row.size),
        form=Form(encoding=row.encoding, delimiter=row.delimiter),
        header=tuple(row.header),
        first=_place(row.first),
        asked_by=UserId(row.asked_by),
        asked_at=row.asked_at,
        version=int(row.version),
        state=ImportState(row.state),
        plan=None if row.plan is None else Plan.of(row.plan),
        reached=_place(row.reached),
        blocks=int(row.blocks),
        counts=Counts(**row.counts),
        trouble=row.trouble,
        trouble_line=int(row.trouble_line) if row.trouble_line else None,
        options_found=int(row.options_found or 0),
        options_passed=int(row.options_passed or 0),
        options_made=int(row.options_made or 0),
        block=int(row.block),
        cell=int(row.cell),
        cells=int(row.cells),
        changed=int(row.changed),
        restored=int(row.restored),
        undone_to=row.undone_to or "",
        told=tuple(map(UserId, row.told)),
        started_at=row.started_at,
        done_at=row.done_at,
    )
