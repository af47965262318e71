"""An export of the workspace's data: which files it has, how far it has come, whose it is. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.features.exports.zipping import Archive
from chalicelib.kernel.errors import NotFound, TooMany
from chalicelib.kernel.growth import Growth
from chalicelib.kernel.ids import ChatId, ColumnId, ExportId, UserId
from chalicelib.kernel.records import record

EVERY: Final = timedelta(minutes=1)
KEPT_FOR: Final = timedelta(hours=24)
GIVEN_UP_AFTER: Final = timedelta(minutes=15)
"""Without progress for that long an export has failed; its tries are over by then."""
TURN_FOR: Final = timedelta(seconds=15)
"""A turn begins no page after that: other due work goes on, and a turn ends long before its claim runs out."""
MAX_LISTED: Final = 20
MAX_LINES: Final = 1_000_000
"""Of one file, the header apart; the next one goes on. Excel opens 1,048,576 lines."""
MAX_BYTES: Final = 2 * 1024**3
"""Of one file before it is packed: a zip names sizes in 32 bits."""
ZIP_TYPE: Final = "application/zip"

EXPORT: Final = "data.export"
REMOVAL: Final = "data.remove_export"
"""The due work of writing an export's zip, and of removing it; the facts of either are `export_id` and `user_id`."""


class DataExportTooSoon(TooMany):
    """The workspace's data were exported within the last minute, whoever asked for it."""

    code = "data-export-too-soon"
    title = "A workspace's data are exported once a minute at most."


class DataExportNotFound(NotFound):
    """The member asked for no such export, or its file was removed after a day."""

    code = "data-export-not-found"
    title = "There is no such export. Files are removed after 24 hours."


class DataExportState(StrEnum):
    """How far an export has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ExportedFile(StrEnum):
    """What can be in the zip, in the order it is written: a CSV each."""

    FIELDS = "fields"
    CONTACTS = "contacts"
    CHATS = "chats"
    TICKETS = "tickets"
    COMMENTS = "comments"
    ACTIVITY = "activity"

    def csv_name(self, number: int) -> str:
        """What its `number`th CSV is called, from 1 on."""
        return f"{self.value}.csv" if number == 1 else f"{self.value}-{number}.csv"


def files_of(selected: int | None) -> tuple[ExportedFile, ...]:
    """What is in an export, in the order it is written: of so many selected chats, for None of everything."""
    return tuple(ExportedFile) if selected is None else (ExportedFile.CHATS,)


@record
class RequestExport:
    """Have what a member sees written: of these chats their file alone; for None every file of the workspace."""

    chat_ids: Sequence[ChatId] | None = None


@record
class Place:
    """Where the writing is: in which file, behind which cursor, and how many lines the CSV that is open has.

    `file` is None when all are whole. `number` counts the CSVs of one file.
    """

    file: ExportedFile | None
    cursor: str | None = None
    number: int = 1
    open_lines: int = 0


@record
class Layout:
    """Which columns chats and tickets have in their files: those there were when the writing began."""

    columns: tuple[ColumnId, ...] = ()
    ticket_fields: tuple[ColumnId, ...] = ()


@record
class DataExport:
    """An export of what one member sees of the workspace's data.

    `selected` says of how many chats alone, None where it is of everything. `turn` grows with each turn at it, so that
    of two at once one gives way; `lines` says how many each file has so far.
    """

    id: ExportId
    asked_at: datetime
    asked_by: UserId
    selected: int | None = None
    file_key: str
    moved_at: datetime
    turn: int = 0
    growth: Growth | None = None
    archive: Archive = Archive()
    place: Place
    layout: Layout = Layout()
    lines: Mapping[ExportedFile, int]
    done_at: datetime | None = None

    def state(self, now: datetime) -> DataExportState:
        """How far it has come by now."""
        if self.done_at is not None:
            return DataExportState.DONE
        if now - self.moved_at > GIVEN_UP_AFTER:
            return DataExportState.FAILED
        return DataExportState.WAITING if self.growth is None else DataExportState.RUNNING

    @property
    def files(self) -> tuple[ExportedFile, ...]:
        """What is in it, in the order it is written."""
        return files_of(self.selected)

    def behind(self, file: ExportedFile) -> Place:
        """Where the writing goes on when a file is whole."""
        following = self.files.index(file) + 1
        return Place(file=self.files[following] if following < len(self.files) else None)

    @property
    def percent(self) -> int:
        """How many of its files are whole, of a hundred: nobody has counted the lines ahead."""
        if self.done_at is not None:
            return 100
        return 99 if self.place.file is None else 100 * self.files.index(self.place.file) // len(self.files)

    @property
    def removed_at(self) -> datetime:
        """When its file goes."""
        return (self.done_at or self.asked_at) + KEPT_FOR

    @property
    def file_name(self) -> str:
        """What the zip is called where it is saved."""
        return f"wireroom-export-{self.asked_at:%Y-%m-%d}.zip"


@record
class ShownDataExport:
    """An export as who asked for it sees it; the zip's link is there when it is done, and good for five minutes."""

    export: DataExport
    state: DataExportState
    link: str | None
    link_ends_at: datetime | None
