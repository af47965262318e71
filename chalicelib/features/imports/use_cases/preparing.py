"""Reading the beginning of a file, looking at imports, and throwing away those nobody goes on with."""

from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import IO, Final

from chalicelib.features.fields import use_cases as fields
from chalicelib.features.files import use_cases as files
from chalicelib.features.files.model import File, Place, PlaceKind
from chalicelib.features.imports.model import (
    LISTED,
    PREVIEW_CHARACTERS,
    PREVIEW_ROWS,
    WAITS_FOR,
    BegunImport,
    Fault,
    FileUnreadable,
    Import,
    ImportNotFound,
    ImportNotReady,
    ImportState,
    NewOption,
    Record,
    Records,
    begun,
    guessed,
)
from chalicelib.features.imports.model import Place as Spot
from chalicelib.features.imports.repository import Imports
from chalicelib.kernel import ids
from chalicelib.kernel.ids import FileId, ImportId, UserId
from chalicelib.kernel.permissions import Action
from chalicelib.table import due
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import Transaction

DISCARD: Final = "import.discard"
"""The due work of throwing away an import that nobody goes on with; its one fact is `import_id`."""
_THROWN_AWAY: Final = frozenset({ImportState.READ, ImportState.CHECKED, ImportState.UNREADABLE, ImportState.CHECKING})


def begin_import(file_id: FileId, *, tenant: Tenant) -> BegunImport:
    """Read the beginning of a file that was put up for an import, and keep it for a day at most.

    Nothing of the workspace changes yet, so no entry says so. Cost: two reads of the table and two of the bucket, one
    query; one transaction of 3 rows.

    Raises:
        PermissionMissing, SeatNeeded, TrialOver: the caller may not import, or nothing pays for it.
        FileNotFound: nobody put it up for an import, or it was not looked at.
        FileUnreadable: it is no CSV; it is not kept.
    """
    member = tenant.require(Action.IMPORT_DATA)
    file = files.ready_file(file_id, PlaceKind.IMPORT, tenant=tenant)
    try:
        imported, preview = _read(file, member.user_id, tenant)
    except FileUnreadable:
        files.discard_file(file.id, tenant=tenant)
        raise
    with tenant.own_transaction() as change:
        Imports(tenant).create(change, imported)
        files.attach(change, [file.id], place_of(imported), tenant=tenant)
        _schedule_discard(change, imported, tenant)
    columns = fields.list_columns(tenant=tenant)
    return BegunImport(imported=imported, preview=preview, guess=guessed(imported.header, columns))


def _read(file: File, asked_by: UserId, tenant: Tenant) -> tuple[Import, tuple[tuple[str, ...], ...]]:
    """The import a file begins, and its first rows."""
    beginning, at = begun(partial(_opened, file, tenant)), tenant.now()
    imported = Import(
        id=ImportId(ids.mint(at.timestamp())),
        file_id=file.id,
        file_name=file.name,
        size=file.size,
        form=beginning.form,
        header=beginning.header,
        first=beginning.first,
        reached=beginning.first,
        asked_by=asked_by,
        asked_at=at,
    )
    first_rows = islice(records_of(imported, imported.first, tenant), PREVIEW_ROWS)
    return imported, tuple(_shown(each) for each in first_rows)


def records_of(imported: Import, spot: Spot, tenant: Tenant) -> Records:
    """The records of an import's file from a place on; no call before the first is asked for."""
    return Records(files.opened(imported.file_id, spot.offset, tenant=tenant), imported.form, spot)


def place_of(imported: Import) -> Place:
    """Where the file of an import hangs: whoever put it up sees it, nobody else."""
    return Place(kind=PlaceKind.IMPORT, id=imported.id, only_for=imported.asked_by)


def list_imports(*, tenant: Tenant) -> list[Import]:
    """The workspace's newest imports that were begun to be written, of whoever, and the caller's own: one query.

    Raises:
        PermissionMissing: the caller may not see imports.
    """
    tenant.require(Action.SEE_IMPORTS)
    return [each for each in Imports(tenant).newest(LISTED) if _is_seen(each, tenant)]


def get_import(import_id: ImportId, *, tenant: Tenant) -> Import:
    """One import: one read unit.

    Until it is written it is the business of whoever put its file up: what matches in it tells of chats they alone may
    see (product.md section 1.3).

    Raises:
        PermissionMissing: the caller may not see imports.
        ImportNotFound: there is none, or it is somebody else's to prepare.
    """
    tenant.require(Action.SEE_IMPORTS)
    imported = Imports(tenant).require(import_id)
    if not _is_seen(imported, tenant):
        raise ImportNotFound
    return imported


def own_import(import_id: ImportId, *, tenant: Tenant) -> Import:
    """One import of the caller's own. Raises as `get_import`."""
    imported = get_import(import_id, tenant=tenant)
    if imported.asked_by != tenant.actor.id:
        raise ImportNotFound
    return imported


def faults_of(import_id: ImportId, *, tenant: Tenant) -> Sequence[Fault]:
    """What the check of an import of one's own found wrong, in the order of its lines: a read and a query.

    Raises as `get_import`.
    """
    return Imports(tenant).faults(own_import(import_id, tenant=tenant))


def new_options_of(import_id: ImportId, *, tenant: Tenant) -> Sequence[NewOption]:
    """The options the check of an import of one's own found missing, as the file has them: two reads.

    Raises as `get_import`.
    """
    return Imports(tenant).new_options(own_import(import_id, tenant=tenant))


def discard_import(import_id: ImportId, *, tenant: Tenant) -> None:
    """Throw away an import of one's own that is not written, and its file. A read; one transaction of 4 rows.

    Raises:
        PermissionMissing, SeatNeeded, TrialOver: the caller may not import, or nothing pays for it.
        ImportNotFound: there is none, or it is somebody else's.
        ImportNotReady: it is being written, or was.
        ChangedMeanwhile: it is being checked at this moment.
    """
    tenant.require(Action.IMPORT_DATA)
    imported = own_import(import_id, tenant=tenant)
    if imported.state not in _THROWN_AWAY:
        raise ImportNotReady(standing={"state": imported.state.value})
    _discard(imported, tenant)


def expire_import(import_id: ImportId, *, tenant: Tenant) -> None:
    """Throw away an import that nobody began to write within a day. Repeating it is safe.

    Raises:
        ChangedMeanwhile: somebody goes on with it at this moment.
    """
    imported = Imports(tenant).get(import_id)
    if imported is not None and imported.state in _THROWN_AWAY:
        _discard(imported, tenant)


def forget_file(change: Transaction, imported: Import, tenant: Tenant) -> None:
    """Have an import's file be removed, as part of the change after which nobody needs it: three rows."""
    files.detach(change, [imported.file_id], place_of(imported), tenant=tenant)
    due.cancel(change, tenant, _discard_name(imported, tenant))


def _discard(imported: Import, tenant: Tenant) -> None:
    with tenant.own_transaction() as change:
        Imports(tenant).forget(change, imported)
        forget_file(change, imported, tenant)


def _schedule_discard(change: Transaction, imported: Import, tenant: Tenant) -> None:
    at, name = tenant.now() + WAITS_FOR, _discard_name(imported, tenant)
    due.schedule(change, tenant, DISCARD, at, {"import_id": imported.id}, name=name)


def _discard_name(imported: Import, tenant: Tenant) -> str:
    return f"{DISCARD}#{tenant.workspace_id}#{imported.id}"


def _is_seen(imported: Import, tenant: Tenant) -> bool:
    return imported.started_at is not None or imported.asked_by == tenant.actor.id


def _opened(file: File, tenant: Tenant, offset: int) -> IO[bytes]:
    return files.opened(file.id, offset, tenant=tenant)


def _shown(each: Record) -> tuple[str, ...]:
    return tuple(cell[:PREVIEW_CHARACTERS] for cell in each.cells)
