"""Asking for an export, looking how far it has come, and the end of its file."""

import math
from datetime import datetime, timedelta

from chalicelib.adapters import files, growing_files
from chalicelib.adapters.files import LINK_S
from chalicelib.features.exports.model import (
    EVERY,
    EXPORT,
    KEPT_FOR,
    MAX_LISTED,
    REMOVAL,
    ZIP_TYPE,
    DataExport,
    DataExportNotFound,
    DataExportState,
    DataExportTooSoon,
    ExportedFile,
    Place,
    RequestExport,
    ShownDataExport,
    files_of,
)
from chalicelib.features.exports.repository import DataExports
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ExportId, UserId
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.selections import in_order
from chalicelib.table import due
from chalicelib.table.feeds import SETTLED_S
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import Transaction


def request_export(command: RequestExport, *, tenant: Tenant) -> ShownDataExport:
    """Have what the member sees of the workspace's data, or of some of its chats, written into a zip.

    The writing begins when nothing of before this moment can still be on its way into the activity log. Cost: one read;
    one transaction of 5 rows, with chats of 6, the sixth a KB for sixty chats.

    Raises:
        PermissionMissing: the caller may not export the workspace's data.
        DataExportTooSoon: another was asked for within the last minute; carries how long to wait.
    """
    asked_by = tenant.require(Action.EXPORT_DATA).user_id
    exports, at = DataExports(tenant), tenant.now()
    _refuse_too_soon(exports.last_asked_at(), at)
    chat_ids = None if command.chat_ids is None else in_order(command.chat_ids)
    selected = None if chat_ids is None else len(chat_ids)
    export = DataExport(
        id=ExportId(ids.mint(at.timestamp())),
        asked_at=at,
        asked_by=asked_by,
        selected=selected,
        file_key=files.kept(tenant.workspace_id).new_key(),
        moved_at=at,
        place=Place(file=files_of(selected)[0]),
        lines={},
    )
    with tenant.transaction() as change:
        exports.create(change, export, chat_ids)
        due.schedule(change, tenant, EXPORT, at + timedelta(seconds=SETTLED_S), _facts(export))
        schedule_removal(change, export, tenant=tenant)
        told = None if selected is None else {ExportedFile.CHATS.value: selected}
        change.record("data.export_requested", target=export.id, new=told)
    return _shown(export, tenant)


def list_exports(*, tenant: Tenant) -> list[ShownDataExport]:
    """The exports the member asked for whose files are still there, the newest first. One query.

    Raises:
        PermissionMissing: the caller may not export the workspace's data.
    """
    member = tenant.require(Action.EXPORT_DATA)
    return [_shown(each, tenant) for each in DataExports(tenant).newest(member.user_id, limit=MAX_LISTED)]


def get_export(export_id: str, *, tenant: Tenant) -> ShownDataExport:
    """How far an export the member asked for has come and, once it is done, a link to its zip. One read.

    What others asked for is not there: a zip holds what its one member may see (decision 57).

    Raises:
        PermissionMissing: the caller may not export the workspace's data, or not any more.
        DataExportNotFound: they asked for no such export, or its file was removed.
    """
    member = tenant.require(Action.EXPORT_DATA)
    is_one = ids.is_minted_shape(export_id)
    export = DataExports(tenant).get(member.user_id, ExportId(export_id)) if is_one else None
    if export is None:
        raise DataExportNotFound
    return _shown(export, tenant)


def remove_export(user_id: UserId, export_id: ExportId, *, tenant: Tenant) -> None:
    """Remove an export's file, finished or not, and forget it. A read, four calls to S3 and one or two writes."""
    exports = DataExports(tenant)
    export = exports.get(user_id, export_id)
    if export is not None:
        growing_files.removed(files.kept(tenant.workspace_id), export.file_key, export.growth)
        exports.remove(export)


def schedule_removal(change: Transaction, export: DataExport, *, tenant: Tenant) -> None:
    """Have an export's file removed KEPT_FOR from now, as part of a change; once more moves that on."""
    name = f"{REMOVAL}#{tenant.workspace_id}#{export.id}"
    due.schedule(change, tenant, REMOVAL, tenant.now() + KEPT_FOR, _facts(export), name=name)


def _refuse_too_soon(last: datetime | None, now: datetime) -> None:
    if last is not None and now - last < EVERY:
        raise DataExportTooSoon(retry_after_s=math.ceil((EVERY - (now - last)).total_seconds()))


def _facts(export: DataExport) -> dict[str, str]:
    return {"export_id": export.id, "user_id": export.asked_by}


def _shown(export: DataExport, tenant: Tenant) -> ShownDataExport:
    state, now = export.state(tenant.now()), tenant.now()
    if state is not DataExportState.DONE:
        return ShownDataExport(export=export, state=state, link=None, link_ends_at=None)
    folder = files.kept(tenant.workspace_id)
    link = folder.link(export.file_key, file_name=export.file_name, content_type=ZIP_TYPE)
    return ShownDataExport(export=export, state=state, link=link, link_ends_at=now + timedelta(seconds=LINK_S))
