"""Imports as they travel."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.features.fields.model import MAX_LONG_TEXT_CHARACTERS
from chalicelib.features.imports.model import (
    MAX_CELLS,
    MAX_SHOWN_FAULTS,
    SHOWN_OPTIONS,
    BegunImport,
    CheckImport,
    Counts,
    EmptyCells,
    Fault,
    FaultKind,
    Guess,
    Import,
    ImportState,
    MatchBy,
    Mended,
    NewOption,
    Plan,
    Target,
)
from chalicelib.kernel.ids import FileId, ImportId

_Place = Annotated[int, msgspec.Meta(ge=0, lt=MAX_CELLS)]


class ImportIn(msgspec.Struct, forbid_unknown_fields=True):
    """A file that was put up for an import, and looked at."""

    file_id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]

    def to_id(self) -> FileId:
        """As the use case takes it."""
        return FileId(self.file_id)


class TargetIn(msgspec.Struct, forbid_unknown_fields=True):
    """A column of the file, the first being 0, and the field its cells go into, named as in bulk edits.

    `make_options`: what its cells name and a select column does not have yet is made, as an option is made inline.
    """

    column: _Place
    field: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    make_options: bool = False

    def to_target(self) -> Target:
        """As the use case takes it."""
        return Target(column=self.column, field=self.field, makes_options=self.make_options)


class MendedIn(msgspec.Struct, forbid_unknown_fields=True):
    """What is to stand in a cell of the file: `line` as in a fault of its check, `column` its place."""

    line: Annotated[int, msgspec.Meta(ge=1)]
    column: _Place
    text: Annotated[str, msgspec.Meta(max_length=MAX_LONG_TEXT_CHARACTERS)]


class PlanIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which column tells the chat of each row, by what, and what goes where.

    A username finds a chat only among those whose private side the caller sees. Empty cells of the columns that go
    somewhere leave what is there or clear it. `mended` cells, of 100,000 characters together, stand in the place of the
    file's.
    """

    match_by: MatchBy
    match_column: _Place
    targets: Annotated[list[TargetIn], msgspec.Meta(max_length=MAX_CELLS)]
    empty_cells: EmptyCells = EmptyCells.LEAVE
    mended: Annotated[list[MendedIn], msgspec.Meta(max_length=MAX_SHOWN_FAULTS)] = []

    def to_command(self, import_id: ImportId) -> CheckImport:
        """As the use case takes it."""
        plan = Plan(
            match_by=self.match_by,
            match_column=self.match_column,
            targets=tuple(each.to_target() for each in self.targets),
            empty_cells=self.empty_cells,
        )
        mended = tuple(Mended(line=each.line, column=each.column, text=each.text) for each in self.mended)
        return CheckImport(import_id=import_id, plan=plan, mended=mended)


class CountsOut(msgspec.Struct, forbid_unknown_fields=True):
    """What a check found: of `rows`, `matched` have a chat; `repeated` are for one an earlier row is for.

    `faults` are cells whose values do not fit, and rows that have more cells than there are columns; `clearing` are
    empty cells that clear what their chats have, if they have anything.
    """

    rows: int
    matched: int
    unmatched: int
    ambiguous: int
    repeated: int
    faults: int
    clearing: int

    @classmethod
    def of(cls, counts: Counts) -> "CountsOut":
        """As they travel."""
        return cls(
            rows=counts.rows,
            matched=counts.matched,
            unmatched=counts.unmatched,
            ambiguous=counts.ambiguous,
            repeated=counts.repeated,
            faults=counts.faults,
            clearing=counts.clearing,
        )


class ImportOut(msgspec.Struct, forbid_unknown_fields=True):
    """An import. `progress`, 0 to 1, is of what is under way; `trouble` says why a file is `unreadable`, at which line.

    `options_found` counts options its check found missing, `options_made` those of them it made, `changed` values that
    were written, `restored` those that were taken back. `undo_until`: it can be taken back until then, null where it
    can't; options it made stay.
    """

    id: str
    file_name: str
    state: ImportState
    asked_by: str
    asked_at: datetime
    encoding: str
    delimiter: str
    header: list[str]
    progress: float
    counts: CountsOut
    trouble: str | None
    trouble_line: int | None
    options_found: int
    options_made: int
    changed: int
    restored: int
    undo_until: datetime | None

    @classmethod
    def of(cls, imported: Import) -> "ImportOut":
        """One of them."""
        return cls(
            id=imported.id,
            file_name=imported.file_name,
            state=imported.state,
            asked_by=imported.asked_by,
            asked_at=imported.asked_at,
            encoding=imported.form.encoding_name,
            delimiter=imported.form.delimiter,
            header=list(imported.header),
            progress=imported.progress(),
            counts=CountsOut.of(imported.counts),
            trouble=imported.trouble,
            trouble_line=imported.trouble_line,
            options_found=imported.options_found,
            options_made=imported.options_made,
            changed=imported.changed,
            restored=imported.restored,
            undo_until=imported.undo_until(),
        )


class GuessedTargetOut(msgspec.Struct, forbid_unknown_fields=True):
    """A column of the file, the first being 0, and the field that is called like it."""

    column: int
    field: str


class GuessOut(msgspec.Struct, forbid_unknown_fields=True):
    """What the names of the columns suggest; `match_column` is null where none is called like what tells a chat."""

    match_by: MatchBy
    match_column: int | None
    targets: list[GuessedTargetOut]

    @classmethod
    def of(cls, guess: Guess) -> "GuessOut":
        """As it travels."""
        targets = [GuessedTargetOut(column=each.column, field=each.field) for each in guess.targets]
        return cls(match_by=guess.match_by, match_column=guess.match_column, targets=targets)


class BegunImportOut(msgspec.Struct, forbid_unknown_fields=True):
    """An import whose file was read so far: its first rows, long cells cut, and a plan to begin with."""

    imported: ImportOut = msgspec.field(name="import")
    preview: list[list[str]]
    guess: GuessOut

    @classmethod
    def of(cls, begun: BegunImport) -> "BegunImportOut":
        """One of them."""
        return cls(
            imported=ImportOut.of(begun.imported),
            preview=[list(row) for row in begun.preview],
            guess=GuessOut.of(begun.guess),
        )


class ImportsOut(msgspec.Struct, forbid_unknown_fields=True):
    """The newest imports, newest first."""

    imports: list[ImportOut]


class FaultOut(msgspec.Struct, forbid_unknown_fields=True):
    """What is wrong with a row, or with one cell of it: `column` is its place, null where it is the row.

    `detail` is what was expected of a value, empty otherwise; the value itself is in the file.
    """

    line: int
    column: int | None
    kind: FaultKind
    detail: str


class FaultsOut(msgspec.Struct, forbid_unknown_fields=True):
    """What a check found wrong, at most 500, in the order of the file's lines. All are counted."""

    faults: list[FaultOut]

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> "FaultsOut":
        """As they travel."""
        return cls(faults=[FaultOut(line=f.line, column=f.column, kind=f.kind, detail=f.detail) for f in faults])


class NewOptionsOfOut(msgspec.Struct, forbid_unknown_fields=True):
    """How many options a column of the file is to bring into its field, and the names of the first 20."""

    column: int
    count: int
    names: list[str]


class NewOptionsOut(msgspec.Struct, forbid_unknown_fields=True):
    """The options a check found missing, by column of the file; those columns alone that bring any."""

    columns: list[NewOptionsOfOut]

    @classmethod
    def of(cls, found: Sequence[NewOption]) -> "NewOptionsOut":
        """As they travel."""
        names: dict[int, list[str]] = {}
        for option in found:
            names.setdefault(option.column, []).append(option.name)
        return cls(
            columns=[
                NewOptionsOfOut(column=column, count=len(named), names=named[:SHOWN_OPTIONS])
                for column, named in sorted(names.items())
            ]
        )
