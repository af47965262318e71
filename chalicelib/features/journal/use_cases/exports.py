"""The log as a file: asked for, written in the background part by part, handed out, removed after a day."""

import math
from dataclasses import replace
from datetime import timedelta
from typing import Final

from chalicelib.adapters import files, growing_files
from chalicelib.adapters.files import LINK_S, PartReplaced
from chalicelib.adapters.growing_files import GrowingFile
from chalicelib.features.journal.model import (
    CSV_COLUMNS,
    EXPORT_EVERY,
    EXPORT_KEPT,
    Export,
    ExportNotFound,
    ExportState,
    ExportTooSoon,
    Filters,
    ShownExport,
    csv_cells,
)
from chalicelib.features.journal.repository import Entries, Exports, has_to_go
from chalicelib.features.journal.use_cases.activity import oldest_activity
from chalicelib.kernel import ids
from chalicelib.kernel.csv_cells import CSV_BEGINNING, CSV_TYPE, csv_lines
from chalicelib.kernel.growth import Growth
from chalicelib.kernel.ids import ExportId
from chalicelib.kernel.permissions import Action
from chalicelib.table import due
from chalicelib.table.feeds import SETTLED_S
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

EXPORT: Final = "activity.export"
REMOVAL: Final = "activity.remove_export"
"""The due work of writing an export's file, and of removing it; the one fact of either is `export_id`."""
CHUNKS_A_TURN: Final = 50
"""Stretches of the log. A turn's 10,000 entries take some seconds, in which other due work waits."""


def request_export(filters: Filters, *, tenant: Tenant) -> ShownExport:
    """Have the log written into a file, up to this moment. Two reads; one transaction of 5 rows.

    The writing begins when nothing of before this moment can still be on its way.

    Raises:
        PermissionMissing: the caller may not export the log.
        PeriodInvalid: it ends before it begins.
        ExportTooSoon: another was asked for within the last minute; carries how long to wait.
    """
    asked_by = tenant.require(Action.EXPORT_ACTIVITY).user_id
    filters.require_period()
    exports, at = Exports(tenant), tenant.now()
    last = exports.last_asked_at()
    if last is not None and at - last < EXPORT_EVERY:
        raise ExportTooSoon(retry_after_s=math.ceil((EXPORT_EVERY - (at - last)).total_seconds()))
    first = Entries(tenant).begin(filters)
    export = Export(
        id=ExportId(ids.mint(at.timestamp())),
        asked_at=at,
        asked_by=asked_by,
        filters=filters,
        file_key=files.kept(tenant.workspace_id).new_key(),
        first=first,
        after=first,
        entries=0,
        growth=None,
        moved_at=at,
        done_at=None,
    )
    with tenant.transaction() as change:
        exports.create(change, export)
        due.schedule(change, tenant, EXPORT, at + timedelta(seconds=SETTLED_S), {"export_id": export.id})
        _schedule_removal(change, export.id, tenant)
        change.record("activity.export_requested", target=export.id, new=filters.as_text())
    return _shown(export, tenant)


def get_export(export_id: str, *, tenant: Tenant) -> ShownExport:
    """How far an export has come and, once it is done, a link to its file. One read.

    Whoever may export the log may fetch each export of it: the log is the workspace's, not of who asked first.

    Raises:
        PermissionMissing: the caller may not export the log.
        ExportNotFound: there is none, or its file was removed.
    """
    tenant.require(Action.EXPORT_ACTIVITY)
    export = Exports(tenant).get(ExportId(export_id)) if ids.is_minted_shape(export_id) else None
    if export is None:
        raise ExportNotFound
    return _shown(export, tenant)


def write_export(export_id: ExportId, *, tenant: Tenant) -> bool:
    """Carry an export on through CHUNKS_A_TURN chunks of the log; returns whether that was the end of it.

    How far it came is kept at the end: whoever takes over from somebody who died goes on from there, and stores again,
    in the same place, what the other one had stored behind it. Where both were at it at once it is written anew in the
    end. Of a workspace that is being erased nothing is written any more. Cost: its entries are read once, 200 by two
    queries, with the reads of `names_of`; a KMS call for each person whose key is not in memory; two calls to S3 and
    one more for each 5 MB; two reads and a write.

    Raises:
        ChangedMeanwhile: somebody else carries it on; what they did stands.
    """
    export = Exports(tenant).get(export_id)
    if export is None or export.done_at is not None or has_to_go(tenant):
        return True
    if export.growth is None:
        export = _begin(export, tenant)
    turn = _Turn(export, tenant)
    for _ in range(CHUNKS_A_TURN):
        if turn.is_last_chunk():
            return turn.finish()
    turn.pause()
    return False


def remove_export(export_id: ExportId, *, tenant: Tenant) -> None:
    """Remove an export's file, finished or not, and forget it. A read, four calls to S3 and a write."""
    exports = Exports(tenant)
    export = exports.get(export_id)
    if export is None:
        return
    growing_files.removed(files.kept(tenant.workspace_id), export.file_key, export.growth)
    exports.remove(export_id)


class _Turn:
    """One turn at an export."""

    def __init__(self, export: Export, tenant: Tenant) -> None:
        self._before = export
        self._tenant = tenant
        growth = _growth(export)
        self._file = GrowingFile(files.kept(tenant.workspace_id), export.file_key, growth, CSV_TYPE)
        if growth.tail is None:
            self._file.add(CSV_BEGINNING.encode() + csv_lines([CSV_COLUMNS]))
        self._after = export.after
        self._entries = export.entries

    def is_last_chunk(self) -> bool:
        """Add the next chunk of the log; whether nothing comes behind it."""
        export = self._before
        told, reached = oldest_activity(
            export.filters, self._after, export.before(), with_addresses=True, tenant=self._tenant
        )
        self._file.add(csv_lines(csv_cells(each) for each in told))
        self._entries += len(told)
        self._after = reached or self._after
        return reached is None

    def pause(self) -> None:
        """Keep how far it has come.

        Raises:
            ChangedMeanwhile: somebody else carries it on.
        """
        _keep(self._before, self._moved(self._file.paused()), self._tenant)

    def finish(self) -> bool:
        """Make the file of what was stored, and say so. Raises as `pause`.

        False where it is written anew: two carried it on at once, and parts of both lie there now.
        """
        try:
            growth = self._file.finished()
        except PartReplaced:
            _begin(self._before, self._tenant)
            folder = files.kept(self._tenant.workspace_id)
            growing_files.aborted(folder, self._before.file_key, _growth(self._before))
            return False
        with self._tenant.transaction() as change:
            after = replace(self._moved(growth), done_at=self._tenant.now())
            Exports(self._tenant).finish(change, self._before, after)
            _schedule_removal(change, after.id, self._tenant)
            change.record("activity.exported", target=after.id, new={"entries": after.entries})
        return True

    def _moved(self, growth: Growth) -> Export:
        return replace(
            self._before,
            after=self._after,
            entries=self._entries,
            growth=growth,
            moved_at=self._tenant.now(),
        )


def _begin(export: Export, tenant: Tenant) -> Export:
    """Begin to write an export, or begin anew."""
    folder = files.kept(tenant.workspace_id)
    growth = growing_files.begun(folder, export.file_key, CSV_TYPE)
    begun = replace(export, growth=growth, after=export.first, entries=0, moved_at=tenant.now())
    try:
        _keep(export, begun, tenant)
    except ChangedMeanwhile:
        growing_files.aborted(folder, export.file_key, growth)
        raise
    return begun


def _growth(export: Export) -> Growth:
    if export.growth is None:
        raise ValueError("nothing of it was begun")
    return export.growth


def _keep(before: Export, after: Export, tenant: Tenant) -> None:
    if not Exports(tenant).move(before, after):
        raise ChangedMeanwhile


def _schedule_removal(change: Transaction, export_id: ExportId, tenant: Tenant) -> None:
    name = f"{REMOVAL}#{tenant.workspace_id}#{export_id}"
    due.schedule(change, tenant, REMOVAL, tenant.now() + EXPORT_KEPT, {"export_id": export_id}, name=name)


def _shown(export: Export, tenant: Tenant) -> ShownExport:
    state, now = export.state(tenant.now()), tenant.now()
    if state is not ExportState.DONE:
        return ShownExport(export=export, state=state, link=None, link_ends_at=None)
    link = files.kept(tenant.workspace_id).link(export.file_key, file_name=export.file_name, content_type=CSV_TYPE)
    return ShownExport(export=export, state=state, link=link, link_ends_at=now + timedelta(seconds=LINK_S))
