"""The log as a file: asked for, written in the background part by part, handed out, removed after a day."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Final

from chalicelib.adapters import files
from chalicelib.adapters.files import LINK_S, PART_BYTES
from chalicelib.features.journal.model import (
    CSV_BEGINNING,
    CSV_COLUMNS,
    CSV_TYPE,
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
from chalicelib.features.journal.repository import Entries, Exports
from chalicelib.features.journal.use_cases.activity import shown
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ExportId
from chalicelib.kernel.permissions import Action
from chalicelib.table import due, journal, keys
from chalicelib.table.feeds import SETTLED_S
from chalicelib.table.journal import Entry
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

EXPORT: Final = "activity.export"
REMOVAL: Final = "activity.export_removal"
"""The due work of writing an export's file, and of removing it; the one fact of either is `export_id`."""
_CHUNK: Final = 200
"""Entries whose targets are named together."""


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
        file_key=files.kept().new_key(tenant.workspace_id),
        first=first,
        after=first,
        entries=0,
        upload_id=None,
        parts=(),
        moved_at=at,
        done_at=None,
    )
    with tenant.transaction() as change:
        exports.create(change, export)
        _schedule_writing(change, export.id, tenant, in_s=SETTLED_S)
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


def write_export(export_id: ExportId, *, tenant: Tenant, installation: Installation) -> None:
    """Carry an export on by one part of its file, and schedule the next where one is left.

    How far it came is kept with each part that is stored: whoever takes over goes on behind it, and a part that was
    stored and not kept is stored again in its place. Cost: its entries are read once, a query for each 200, with the
    reads of `names_of`; a KMS call for each person whose key is not in memory; two calls to S3 and two writes.

    Raises:
        ChangedMeanwhile: somebody else carries it on; what they did stands.
    """
    export = Exports(tenant).get(export_id)
    if export is None or export.done_at is not None:
        return
    if export.upload_id is None:
        export = _begin(export, tenant)
    upload = files.kept().go_on(export.file_key, export.upload_id or "", export.parts)
    part = _next_part(export, tenant)
    if part.content:
        upload.part(bytes(part.content))
    after = replace(
        export,
        after=part.last or export.after,
        entries=export.entries + part.entries,
        parts=tuple(upload.tags),
        moved_at=tenant.now(),
    )
    if part.is_full:
        _keep(export, after, tenant)
        with installation.transaction(keys.due_row(EXPORT)) as change:
            _schedule_writing(change, export_id, tenant)
        return
    upload.finish()
    _finish(export, replace(after, done_at=tenant.now()), tenant)


def remove_export(export_id: ExportId, *, tenant: Tenant) -> None:
    """Remove an export's file, finished or not, and forget it. Two calls to S3, a read and a write."""
    exports = Exports(tenant)
    export = exports.get(export_id)
    if export is None:
        return
    bucket = files.kept()
    if export.upload_id is not None:
        bucket.go_on(export.file_key, export.upload_id, export.parts).abort()
    bucket.delete(export.file_key)
    exports.remove(export_id)


class _Part:
    """A part of the file as it grows, and the last entry in it."""

    def __init__(self, *, is_first: bool) -> None:
        self.content = bytearray(CSV_BEGINNING.encode() + _lines([CSV_COLUMNS]) if is_first else b"")
        self.entries = 0
        self.last: str | None = None

    @property
    def is_full(self) -> bool:
        """Whether S3 takes it as one that is not the last."""
        return len(self.content) >= PART_BYTES

    def add(self, entries: Sequence[Entry], tenant: Tenant) -> None:
        """Some more entries: the reads of `names_of`."""
        self.content += _lines([csv_cells(each) for each in shown(entries, tenant, with_addresses=True)])
        self.entries += len(entries)
        self.last = entries[-1].id


def _next_part(export: Export, tenant: Tenant) -> _Part:
    part = _Part(is_first=not export.parts)
    rows = Entries(tenant).oldest(export.filters, export.after, export.before())
    while not part.is_full and (chunk := list(islice(rows, _CHUNK))):
        part.add([journal.opened(row, tenant.workspace_id) for row in chunk], tenant)
    return part


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Source: RFC 4180; every cell is quoted, since a quote or line end may stand in any."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode()


def _begin(export: Export, tenant: Tenant) -> Export:
    upload = files.kept().upload(export.file_key, content_type=CSV_TYPE)
    begun = replace(export, upload_id=upload.id, moved_at=tenant.now())
    try:
        _keep(export, begun, tenant)
    except ChangedMeanwhile:
        upload.abort()
        raise
    return begun


def _keep(before: Export, after: Export, tenant: Tenant) -> None:
    if not Exports(tenant).move(before, after):
        raise ChangedMeanwhile


def _finish(before: Export, after: Export, tenant: Tenant) -> None:
    with tenant.transaction() as change:
        Exports(tenant).finish(change, before, after)
        _schedule_removal(change, after.id, tenant)
        change.record("activity.exported", target=after.id, new={"entries": after.entries})


def _schedule_writing(change: Transaction, export_id: ExportId, tenant: Tenant, *, in_s: int = 0) -> None:
    at = tenant.now() + timedelta(seconds=in_s)
    name = f"{EXPORT}#{tenant.workspace_id}#{export_id}"
    due.schedule(change, tenant, EXPORT, at, {"export_id": export_id}, name=name)


def _schedule_removal(change: Transaction, export_id: ExportId, tenant: Tenant) -> None:
    name = f"{REMOVAL}#{tenant.workspace_id}#{export_id}"
    due.schedule(change, tenant, REMOVAL, tenant.now() + EXPORT_KEPT, {"export_id": export_id}, name=name)


def _shown(export: Export, tenant: Tenant) -> ShownExport:
    state, now = export.state(tenant.now()), tenant.now()
    if state is not ExportState.DONE:
        return ShownExport(export=export, state=state, link=None, link_ends_at=None)
    link = files.kept().link(export.file_key, file_name=export.file_name, content_type=CSV_TYPE)
    return ShownExport(export=export, state=state, link=link, link_ends_at=now + timedelta(seconds=LINK_S))
