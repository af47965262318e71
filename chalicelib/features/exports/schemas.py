"""Exports of the workspace's data as they travel."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.features.exports.model import DataExportState, ExportedFile, RequestExport, ShownDataExport
from chalicelib.kernel.ids import ChatId
from chalicelib.kernel.selections import MAX_SELECTED


class DataExportIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which chats to export, in a zip with the file of chats alone; everything where nothing is said."""

    chat_ids: Annotated[list[str], msgspec.Meta(min_length=1, max_length=MAX_SELECTED)] | None = None

    def to_command(self) -> RequestExport:
        """As the use case takes it."""
        return RequestExport(chat_ids=None if self.chat_ids is None else tuple(map(ChatId, self.chat_ids)))


class DataExportOut(msgspec.Struct, forbid_unknown_fields=True):
    """An export of what its one member sees of the workspace's data.

    `selected` says of how many chats alone it was asked for, null where it is of everything; chats that are not in the
    workspace are in no file. `file` is the one that is written now, `lines` how many lines each has so far, `percent`
    how many files are whole of a hundred. When it is done it has a `link`, good until `link_expires_at`; asking again
    gives a fresh one. The zip goes at `removed_at`.
    """

    id: str
    state: DataExportState
    asked_at: datetime
    selected: int | None
    file: ExportedFile | None
    lines: dict[ExportedFile, int]
    percent: int
    size: int
    link: str | None
    link_expires_at: datetime | None
    removed_at: datetime

    @classmethod
    def of(cls, shown: ShownDataExport) -> "DataExportOut":
        """One export."""
        export = shown.export
        return cls(
            id=export.id,
            state=shown.state,
            asked_at=export.asked_at,
            selected=export.selected,
            file=None if export.done_at is not None else export.place.file,
            lines=dict(export.lines),
            percent=export.percent,
            size=export.archive.size,
            link=shown.link,
            link_expires_at=shown.link_ends_at,
            removed_at=export.removed_at,
        )


class DataExportsOut(msgspec.Struct, forbid_unknown_fields=True):
    """The caller's exports, the newest first."""

    exports: list[DataExportOut]

    @classmethod
    def of(cls, shown: list[ShownDataExport]) -> "DataExportsOut":
        """All of them."""
        return cls(exports=[DataExportOut.of(each) for each in shown])
