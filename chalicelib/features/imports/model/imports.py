"""An import: where it stands, what was counted, what is wrong with its rows, and whether it can be taken back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.features.fields.model import Content
from chalicelib.features.imports.model.facts import ImportNotReady, ImportNotUndoable, PlanInvalid
from chalicelib.features.imports.model.plans import Guess, Plan
from chalicelib.features.imports.model.reading import Form, Place, Record
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.ids import ChatId, FileId, ImportId, UserId
from chalicelib.kernel.records import record

MAX_ROWS: Final = 100_000
"""Rows of a file, besides the one that names its columns."""
BLOCK_ROWS: Final = 500
"""Rows that are read and matched together: as many are in memory at once."""
CHUNK_ASSIGNED: Final = 10
"""Chats of one transaction that are assigned: each may take two conditions more, and a notice."""
CHUNK_CHARACTERS: Final = 60_000
"""Of old and new values in one entry: with four bytes a letter it still fits a watcher's queue."""
TURN_FOR: Final = timedelta(seconds=10)
"""A turn begins no block or chunk after that: a request has an answer in time, and other due work its turn."""
PREVIEW_ROWS: Final = 5
PREVIEW_CHARACTERS: Final = 100
"""Of a cell of the preview."""
MAX_SHOWN_FAULTS: Final = 500
"""All are counted, so many are listed."""
MAX_MENDED_CHARACTERS: Final = 100_000
"""Of all mended cells together: they are one row."""
MAX_NEW_OPTIONS: Final = 500
"""Of an import, in all columns together: they are one row while they are checked."""
SHOWN_OPTIONS: Final = 20
"""All that a column is to get are counted, so many are named."""
UNDO_FOR: Final = timedelta(hours=24)
WAITS_FOR: Final = timedelta(hours=24)
"""How long a file waits to be imported; then it is removed."""
KEPT_FOR: Final = timedelta(days=7)
LISTED: Final = 20


class ImportState(StrEnum):
    """How far an import has come. A file that breaks off on the way is `unreadable`, and nothing of it is written."""

    READ = "read"
    CHECKING = "checking"
    UNREADABLE = "unreadable"
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


UNDER_WAY: Final = frozenset({ImportState.CHECKING, ImportState.RUNNING, ImportState.UNDOING})
_PLANNABLE: Final = frozenset({ImportState.READ, ImportState.CHECKED, ImportState.UNREADABLE})


class FaultKind(StrEnum):
    """What is wrong with a row, or with one cell of it."""

    NO_CHAT = "no_chat"
    MANY_CHATS = "many_chats"
    AGAIN = "again"
    TOO_MANY_CELLS = "too_many_cells"
    VALUE = "value"


@record
class Fault:
    """One of them. `column` is the cell's place in its row, None where it is the row; `detail` what was expected."""

    line: int
    column: int | None
    kind: FaultKind
    detail: str


@record
class Counts:
    """What a check found. `rows` are all; `ambiguous` fit several chats, `repeated` one an earlier row was for.

    `faults` are cells whose values do not fit, and rows with too many cells; `clearing` are empty cells that clear.
    """

    rows: int = 0
    matched: int = 0
    unmatched: int = 0
    ambiguous: int = 0
    repeated: int = 0
    faults: int = 0
    clearing: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """The two together."""
        return Counts(
            rows=self.rows + other.rows,
            matched=self.matched + other.matched,
            unmatched=self.unmatched + other.unmatched,
            ambiguous=self.ambiguous + other.ambiguous,
            repeated=self.repeated + other.repeated,
            faults=self.faults + other.faults,
            clearing=self.clearing + other.clearing,
        )


@record
class Block:
    """A stretch of rows: where it begins, how many lines' records it has, and the chat each is for, empty for none."""

    number: int
    first: Place
    chat_ids: tuple[ChatId, ...]


NO_CHAT: Final = ChatId("")


@record
class ReadyRow:
    """A row that goes into a chat: the values that fit, by field."""

    chat_id: ChatId
    values: Mapping[str, Content]


@record
class NewOption:
    """The name of an option that the field of a column of the file does not have, as the file writes it first."""

    column: int
    name: str


@record
class Mended:
    """What is to stand in a cell of the file, by the line its record begins at, and its place there."""

    line: int
    column: int
    text: str


@record
class Import:
    """One file into the chats of a workspace, by whoever put it up.

    While it is checked `reached` is the place of the next block and `blocks` how many were made of the file; while it
    is written the next thing to do is cell `cell` of block `block`, cells counted field after field. While it is taken
    back the entries behind `undone_to` are left. `told` are those who know by now that they were assigned chats. Of the
    options that its check found missing (`options_found`), `options_passed` were come to, and of those `options_made`
    were made: the rest others made, or their column takes none by now.
    """

    id: ImportId
    file_id: FileId
    file_name: str
    size: int
    form: Form
    header: tuple[str, ...]
    first: Place
    asked_by: UserId
    asked_at: datetime
    version: int = 1
    state: ImportState = ImportState.READ
    plan: Plan | None = None
    reached: Place
    blocks: int = 0
    counts: Counts = Counts()
    trouble: str | None = None
    trouble_line: int | None = None
    options_found: int = 0
    options_passed: int = 0
    options_made: int = 0
    block: int = 0
    cell: int = 0
    cells: int = 0
    changed: int = 0
    restored: int = 0
    undone_to: str = ""
    told: tuple[UserId, ...] = ()
    started_at: datetime | None = None
    done_at: datetime | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether there is more to do in the background."""
        return self.state in UNDER_WAY

    @property
    def planned(self) -> Plan:
        """Its plan. Only from its first check on."""
        if self.plan is None:
            raise ImportNotReady(standing={"state": self.state.value})
        return self.plan

    def moved(self) -> "Import":
        """The next version of itself."""
        return replace(self, version=self.version + 1)

    def undo_until(self) -> datetime | None:
        """Until when it can be taken back; None where it can't."""
        return self.done_at + UNDO_FOR if self.state is ImportState.DONE and self.done_at is not None else None

    def progress(self) -> float:
        """How much of what is under way is done, 0 to 1."""
        if self.state is ImportState.CHECKING:
            return self.reached.offset / self.size
        if self.state is ImportState.RUNNING:
            return (self.block + self.cell / max(self.cells, 1)) / max(self.blocks, 1)
        if self.state is ImportState.UNDOING:
            return self.restored / max(self.changed, 1)
        return 1.0

    def checking(self, plan: Plan, mended: Sequence[Mended] = ()) -> "Import":
        """The same as its check begins, for the first time or once more.

        Raises:
            ImportNotReady: it is under way, or past that.
            PlanInvalid: there is nothing of that in its file, or too much is mended.
        """
        if self.state not in _PLANNABLE:
            raise ImportNotReady(standing={"state": self.state.value})
        plan.require_sense(len(self.header))
        if sum(len(cell.text) for cell in mended) > MAX_MENDED_CHARACTERS:
            raise PlanInvalid(blames=(Blame("/mended", f"at most {MAX_MENDED_CHARACTERS} characters together"),))
        return replace(
            self.moved(),
            state=ImportState.CHECKING,
            plan=plan,
            reached=self.first,
            blocks=0,
            counts=Counts(),
            options_found=0,
            trouble=None,
            trouble_line=None,
        )

    def running(self, now: datetime) -> "Import":
        """The same as its writing begins. Raises ImportNotReady: it is not checked, or past that."""
        if self.state is not ImportState.CHECKED:
            raise ImportNotReady(standing={"state": self.state.value})
        return replace(self.moved(), state=ImportState.RUNNING, started_at=now)

    def undoing(self, now: datetime) -> "Import":
        """The same as its undoing begins.

        Raises:
            ImportNotUndoable: it is not done, was undone, or was done more than a day ago.
        """
        until = self.undo_until()
        if until is None or until < now:
            raise ImportNotUndoable(standing={"state": self.state.value})
        return replace(self.moved(), state=ImportState.UNDOING)


@record
class BegunImport:
    """An import whose file was read so far: the first rows of it, and what the names of its columns suggest."""

    imported: Import
    preview: tuple[tuple[str, ...], ...]
    guess: Guess


@record
class CheckImport:
    """Find out what an import would do, with some cells of its file mended."""

    import_id: ImportId
    plan: Plan
    mended: tuple[Mended, ...] = ()


def with_mended(each: Record, mended: Mapping[int, Sequence[Mended]]) -> Record:
    """A record with what is to stand in its cells; `mended` by line."""
    wanted = {cell.column: cell.text for cell in mended.get(each.line, ())}
    if not wanted:
        return each
    width = max(len(each.cells), *(column + 1 for column in wanted))
    filled = (*each.cells, *[""] * (width - len(each.cells)))
    return replace(each, cells=tuple(wanted.get(place, cell) for place, cell in enumerate(filled)))


def next_rows(rows: Sequence[ReadyRow], most: int) -> list[ReadyRow]:
    """The first of these that one transaction takes: all of one account, whose connections it may have to check."""
    account_id = ids.account_of(rows[0].chat_id)
    return [row for row in rows[:most] if ids.account_of(row.chat_id) == account_id]
