"""What becomes of a file: a form, a look at what came by it, a place to hang, and the end of those nothing holds.

Other slices attach and detach files in their own transactions, so that a file hangs where its owner says or nowhere.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import IO

from chalicelib.adapters import files as buckets
from chalicelib.adapters.files import UploadForm
from chalicelib.features.files.model import (
    BOUNDS,
    COLLECT,
    GONE_AFTER,
    SNIFFED_BYTES,
    UNUSED_FOR,
    BeginUpload,
    File,
    FileNotFound,
    FileState,
    FileUnfit,
    LinkedFile,
    Place,
    PlaceKind,
    announced,
    type_seen,
)
from chalicelib.features.files.repository import Files
from chalicelib.kernel import ids
from chalicelib.kernel.ids import FileId, WorkspaceId
from chalicelib.kernel.records import record
from chalicelib.table import due
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import Transaction


@record
class Upload:
    """A file that may be put up, and the form to do it by."""

    file: File
    form: UploadForm


def begin_upload(command: BeginUpload, *, tenant: Tenant) -> Upload:
    """A form for one file of this size and type. What is attached nowhere within a day is removed.

    One transaction of 3 rows without a journal entry: until it is attached, the file is nobody else's business. Its
    bytes count from here on, so that forms can't be asked for beyond the quota, and its removal is due before there
    can be a file, so that none is left behind.

    Raises:
        PermissionMissing, SeatNeeded: the acting member may put nothing up for this kind of place.
        NameInvalid, FileUnfit: no file its place takes.
        StorageFull: the workspace's files have no room for it.
    """
    member = tenant.require(BOUNDS[command.kind].action)
    file = announced(command, FileId(ids.mint_unguessable()), member.user_id)
    with tenant.own_transaction() as change:
        Files(tenant).create(change, file)
        _schedule_collection(change, file.id, tenant, UNUSED_FOR)
    folder = buckets.kept(tenant.workspace_id)
    form = folder.upload_form(folder.key_of(file.id), content_type=file.type, max_bytes=file.size)
    return Upload(file=file, form=form)


def check_file(file_id: FileId, *, tenant: Tenant) -> File:
    """Look at what was put up: its first bytes and its size. From here on it can be attached. Repeating it is safe.

    A read, a ranged read of the bucket, a write. Its form is good for some minutes more, yet whatever comes by it is
    no larger, and is sent as what was seen here. What is unfit is given up.

    Raises:
        FileNotFound: nobody announced it, nothing was put up, or it is somebody else's.
        FileUnfit: it is not what was announced, or its place does not take it.
    """
    files = Files(tenant)
    file = files.require(file_id)
    if file.put_up_by != tenant.actor.id:
        raise FileNotFound
    if file.state is not FileState.ANNOUNCED:
        return file
    folder = buckets.kept(tenant.workspace_id)
    found = folder.beginning(folder.key_of(file.id), SNIFFED_BYTES)
    if found is None:
        raise FileNotFound("Nothing was put up yet.")
    try:
        media_type = type_seen(file, *found)
    except FileUnfit:
        discard_file(file.id, tenant=tenant)
        raise
    if not files.check(file, media_type):
        raise FileNotFound
    return files.require(file_id)


def discard_file(file_id: FileId, *, tenant: Tenant) -> None:
    """Give up a file of one's own that is attached nowhere. One read; one transaction of 2 rows.

    Raises:
        FileNotFound: there is none, it is attached, or it is somebody else's.
    """
    files = Files(tenant)
    if files.require(file_id).put_up_by != tenant.actor.id:
        raise FileNotFound
    with tenant.own_transaction() as change:
        files.give_up(change, file_id)
        _schedule_collection(change, file_id, tenant, GONE_AFTER)


def attach(change: Transaction, file_ids: Iterable[FileId], place: Place, *, tenant: Tenant) -> None:
    """Have files hang at a place, in the caller's transaction: a row a file, no read.

    Each was put up for such a place, and looked at, by whoever acts, and hangs nowhere yet; else the transaction
    raises FileNotFound and nothing of it is written.
    """
    files = Files(tenant)
    for file_id in dict.fromkeys(file_ids):
        if not ids.is_minted_shape(file_id):
            raise FileNotFound
        files.attach(change, file_id, place, tenant.actor.id)


def detach(
    change: Transaction,
    file_ids: Iterable[FileId],
    place: Place,
    *,
    tenant: Tenant,
    kept_for: timedelta = timedelta(0),
) -> None:
    """Take files from a place, in the caller's transaction, and have them removed: two rows a file, no read.

    Nobody sees them from here on; their bytes count until they are removed, a quarter of an hour after `kept_for`, for
    which they can be attached again. A file that does not hang there makes the transaction raise FileNotFound.
    """
    files = Files(tenant)
    for file_id in dict.fromkeys(file_ids):
        files.detach(change, file_id, place)
        _schedule_collection(change, file_id, tenant, kept_for + GONE_AFTER)


def attach_again(change: Transaction, file_ids: Iterable[FileId], place: Place, *, tenant: Tenant) -> None:
    """Have files hang where they hung before, within the time they were kept for: a row a file, no read.

    Whoever calls this knows that they hung there. One that is gone makes the transaction raise FileNotFound.
    """
    files = Files(tenant)
    for file_id in dict.fromkeys(file_ids):
        files.attach_again(change, file_id, place)


def show_to(change: Transaction, file_ids: Iterable[FileId], place: Place, *, tenant: Tenant) -> None:
    """Have files that hang at a place be seen by whom it says from now on: a row a file, no read."""
    files = Files(tenant)
    for file_id in dict.fromkeys(file_ids):
        files.show_to(change, file_id, place)


def files_of(file_ids: Iterable[FileId], *, tenant: Tenant) -> Mapping[FileId, File]:
    """Those of these files that there are, for whoever shows their place: a batch read a hundred."""
    return Files(tenant).some(file_ids)


def opened(file_id: FileId, offset: int, *, tenant: Tenant) -> IO[bytes]:
    """A file's bytes from there on, for the slice whose place it hangs at; nothing where it is gone."""
    folder = buckets.kept(tenant.workspace_id)
    return folder.stream(folder.key_of(file_id), offset)


def ready_file(file_id: FileId, kind: PlaceKind, *, tenant: Tenant) -> File:
    """A file that whoever acts put up for such a place and nobody attached yet, to be looked into first. One read.

    Raises:
        FileNotFound: there is none.
    """
    file = Files(tenant).require(file_id)
    if file.state is not FileState.CHECKED or file.kind is not kind or file.put_up_by != tenant.actor.id:
        raise FileNotFound
    return file


def get_file(file_id: FileId, *, tenant: Tenant) -> LinkedFile:
    """A file the member sees, and a link to it that is good for five minutes. One read.

    Raises:
        FileNotFound: there is none, or it is not theirs to see.
    """
    file = Files(tenant).require(file_id)
    if not file.is_seen_by(None if tenant.member is None else tenant.member.user_id):
        raise FileNotFound
    return LinkedFile(file=file, url=link(tenant.workspace_id, file.id, file.name, file.type))


def link(workspace_id: WorkspaceId, file_id: FileId, file_name: str, media_type: str) -> str:
    """A link of five minutes to a file whose name and type the caller knows, and may show. No call is made."""
    folder = buckets.kept(workspace_id)
    return folder.link(folder.key_of(file_id), file_name=file_name, content_type=media_type)


def collect_file(file_id: FileId, *, tenant: Tenant) -> None:
    """Remove a file, unless it is attached. From here on it can't be attached any more. Repeating it is safe.

    A write, a read, a call to the bucket; one transaction of 2 rows.

    Raises:
        ChangedMeanwhile: somebody else removed it at the same moment.
    """
    files = Files(tenant)
    if not files.stop(file_id):
        return
    file = files.get(file_id)
    if file is None:
        return
    folder = buckets.kept(tenant.workspace_id)
    folder.delete(folder.key_of(file_id))
    with tenant.own_transaction() as change:
        files.forget(change, file)


def _schedule_collection(change: Transaction, file_id: FileId, tenant: Tenant, after: timedelta) -> None:
    """Under one name a file: what gives a file up puts another time in place of the one before."""
    at = tenant.now() + after
    name = f"{COLLECT}#{tenant.workspace_id}#{file_id}"
    due.schedule(change, tenant, COLLECT, at, {"file_id": file_id}, name=name)
