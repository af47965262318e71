"""Rows of exports of the workspace's data, each of the one member who asked for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from chalicelib.features.exports.model import (
    EVERY,
    DataExport,
    DataExportTooSoon,
    ExportedFile,
    Layout,
    Place,
)
from chalicelib.features.exports.zipping import Archive
from chalicelib.kernel import selections
from chalicelib.kernel.growth import Growth
from chalicelib.kernel.ids import ChatId, ExportId, UserId
from chalicelib.table import exports_keys, keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction


class DataExportRow(Row, discriminator="data_export"):
    """An export, until its file is removed: which files it has and how far they reach, nothing of what is in them."""

    asked_at = MomentAttribute()
    selected = NumberAttribute(null=True)
    file_key = UnicodeAttribute()
    moved_at = MomentAttribute()
    turn = NumberAttribute()
    growth = DocumentAttribute(null=True)
    archive = DocumentAttribute()
    place = DocumentAttribute()
    layout = DocumentAttribute()
    lines = DocumentAttribute()
    done_at = MomentAttribute(null=True)


class DataExportChatsRow(Row, discriminator="data_export_chats"):
    """Which chats an export is of: {account: the ends of their ids, run together}; no turn changes it."""

    by_account = DocumentAttribute()


class DataExportTurnRow(Row, discriminator="data_export_turn"):
    """When the last export was asked for."""

    at = MomentAttribute()


class DataExports:
    """The exports of one workspace's data."""

    def __init__(self, tenant: Tenant) -> None:
        self._rows = tenant.rows(keys.WORKSPACE)

    def last_asked_at(self) -> datetime | None:
        """When the last one was asked for, by whomever: one read unit."""
        row = self._rows.get(DataExportTurnRow, exports_keys.DATA_EXPORT_TURN)
        return None if row is None else row.at

    def create(self, change: Transaction, export: DataExport, chat_ids: Sequence[ChatId] | None) -> None:
        """Begin one of these chats, for None of everything, unless another was begun within EVERY before it."""
        turn = self._rows.new(DataExportTurnRow, exports_keys.DATA_EXPORT_TURN)
        is_free = DataExportTurnRow.at.does_not_exist() | (DataExportTurnRow.at <= export.asked_at - EVERY)
        actions = [DataExportTurnRow.at.set(export.asked_at), _KIND.set("data_export_turn")]
        refusal = DataExportTooSoon(retry_after_s=int(EVERY.total_seconds()))
        change.update(turn, actions, is_free, refusal=refusal)
        row = self._row(export)
        row.asked_at, row.selected, row.file_key = export.asked_at, export.selected, export.file_key
        for name, value in _progress(export).items():
            setattr(row, name, value)
        change.create(row)
        if chat_ids is not None:
            change.create(self._chats_row(export, by_account=selections.packed(chat_ids)))

    def chats_of(self, export: DataExport) -> list[ChatId]:
        """The chats one is of, in their order: 1 read unit per 4 KB, 250 chats of one account."""
        row = self._rows.get(DataExportChatsRow, exports_keys.data_export_chats(export.asked_by, export.id))
        return [] if row is None else list(selections.unpacked(row.by_account))

    def newest(self, user_id: UserId, *, limit: int) -> list[DataExport]:
        """Those somebody asked for, the newest first: one query."""
        prefix = exports_keys.data_exports_of(user_id)
        return [_export(row) for row in self._rows.query(DataExportRow, prefix, limit=limit, newest_first=True)]

    def get(self, user_id: UserId, export_id: ExportId) -> DataExport | None:
        """One that somebody asked for: one read unit per 4 KB, which a hundred parts take."""
        row = self._rows.get(DataExportRow, exports_keys.data_export(user_id, export_id))
        return None if row is None else _export(row)

    def move(self, before: DataExport, after: DataExport) -> bool:
        """Keep how far one has come; False, and nothing written, when somebody else carried it on meanwhile."""
        return self._rows.update(self._row(after), _actions(after), _is_unmoved(before))

    def finish(self, change: Transaction, before: DataExport, after: DataExport) -> None:
        """The same as part of a change."""
        change.update(self._row(after), _actions(after), _is_unmoved(before), refusal=ChangedMeanwhile())

    def remove(self, export: DataExport) -> None:
        """Forget one: one write, or two where it is of some chats alone."""
        if export.selected is not None:
            self._rows.delete(self._chats_row(export))
        self._rows.delete(self._row(export))

    def _row(self, export: DataExport) -> DataExportRow:
        return self._rows.new(DataExportRow, exports_keys.data_export(export.asked_by, export.id))

    def _chats_row(self, export: DataExport, **attributes: Any) -> DataExportChatsRow:
        return self._rows.new(
            DataExportChatsRow, exports_keys.data_export_chats(export.asked_by, export.id), **attributes
        )


_KIND: Final = Path("row_kind")
"""An update that makes the row does not write its kind by itself."""


def _progress(export: DataExport) -> dict[str, Any]:
    """What of an export changes from turn to turn, as its row has it."""
    return {
        "moved_at": export.moved_at,
        "turn": export.turn,
        "growth": msgspec.to_builtins(export.growth),
        "archive": msgspec.to_builtins(export.archive),
        "place": msgspec.to_builtins(export.place),
        "layout": msgspec.to_builtins(export.layout),
        "lines": {file.value: count for file, count in export.lines.items()},
        "done_at": export.done_at,
    }


def _actions(export: DataExport) -> list[Action]:
    actions: list[Action] = []
    for name, value in _progress(export).items():
        attribute = getattr(DataExportRow, name)
        actions.append(attribute.remove() if value is None else attribute.set(value))
    return actions


def _is_unmoved(export: DataExport) -> Condition:
    """Nobody carried it on, finished or removed it since."""
    unmoved: Condition = (DataExportRow.turn == export.turn) & DataExportRow.done_at.does_not_exist()
    return unmoved


def _export(row: DataExportRow) -> DataExport:
    user_id, export_id = exports_keys.data_export_of(row.sk)
    return DataExport(
        id=export_id,
        asked_by=user_id,
        asked_at=row.asked_at,
        selected=_count(row.selected),
        file_key=row.file_key,
        moved_at=row.moved_at,
        turn=int(row.turn),
        growth=None if row.growth is None else msgspec.convert(row.growth, Growth),
        archive=msgspec.convert(row.archive, Archive),
        place=msgspec.convert(row.place, Place),
        layout=msgspec.convert(row.layout, Layout),
        lines={ExportedFile(name): count for name, count in row.lines.items()},
        done_at=row.done_at,
    )


def _count(number: float | None) -> int | None:
    """A selection of which nothing is left is none of everything: 0 is not None."""
    return None if number is None else int(number)
