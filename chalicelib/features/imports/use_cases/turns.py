"""The three things that are done to an import in the background, each begun by somebody and gone on with by itself."""

from collections.abc import Callable
from typing import Final, Protocol

from chalicelib.features.fields.model import ColumnBusy
from chalicelib.features.imports.model import TURN_FOR, CheckImport, Import, ImportState
from chalicelib.features.imports.repository import Imports
from chalicelib.features.imports.use_cases.checking import Check
from chalicelib.features.imports.use_cases.judging import Judge
from chalicelib.features.imports.use_cases.preparing import get_import, own_import
from chalicelib.features.imports.use_cases.undoing import Undo
from chalicelib.features.imports.use_cases.writing import Run
from chalicelib.kernel.ids import ImportId
from chalicelib.kernel.permissions import Action
from chalicelib.table import due
from chalicelib.table.following_up import follow_up
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

GO_ON: Final = "import.go_on"
"""The due work of going on with an import that is under way; its one fact is `import_id`."""
_TAKEN_UP_AFTER: Final = 2 * TURN_FOR
_TRIES: Final = 5


class Turn(Protocol):
    """Carries an import on."""

    def step(self, imported: Import, due_name: str) -> Import:
        """Do the next piece of it, or end. Raises ChangedMeanwhile, ColumnBusy."""


_TURNS: Final[dict[ImportState, Callable[[Import, Imports, Tenant], Turn]]] = {
    ImportState.CHECKING: Check,
    ImportState.RUNNING: Run,
    ImportState.UNDOING: Undo,
}


def check_import(command: CheckImport, *, tenant: Tenant) -> Import:
    """Find out what an import of one's own would do, and write nothing of it; gives how far that has come.

    Most are checked when this answers; what is not goes on by itself. It can be checked once more by another plan, or
    with other cells mended: those of the command stand in the place of the file's, and of those of an earlier check.
    Cost: a read of the file; for 500 rows a batch read a hundred where ids name the chats, and 20 write units; where
    usernames do, all rows of the chats of accounts the importer is connected to, once a turn.

    Raises:
        PermissionMissing, SeatNeeded, TrialOver: the caller may not import, or not add options and the plan has some
            made, or nothing pays for it.
        ImportNotFound: there is none, or it is somebody else's.
        ImportNotReady: it is under way, or was written.
        PlanInvalid: the plan is none of this file's.
        BulkFieldInvalid, ColumnNotFound, ColumnBusy: a field it names is not there, or takes no values just now.
        ChangedMeanwhile: somebody else began that at this moment.
    """
    tenant.require(Action.IMPORT_DATA)
    if command.plan.makes_options:
        tenant.require(Action.ADD_OPTIONS)
    before = own_import(command.import_id, tenant=tenant)
    after = before.checking(command.plan, command.mended)
    Judge(after, tenant).require_fields()
    with tenant.own_transaction() as change:
        Imports(tenant).move(change, before, after)
        Imports(tenant).put_mended(change, after, command.mended)
        _schedule(change, after, tenant)
    return _followed(after, tenant)


def run_import(import_id: ImportId, *, tenant: Tenant) -> Import:
    """Write what the check of an import of one's own found to fit; gives how far that has come.

    Options it found missing are made first. Rows without a chat and cells that do not fit are passed over, and so is a
    chat that has the value already, or can't have it by now. What is not done when this answers goes on by itself; its
    end is told to whoever began it. Cost: for each option what adding one costs, and how far it came; 2 write units a
    value, and for every 80 chats of an account and field an entry and how far it came.

    Raises:
        PermissionMissing, SeatNeeded, TrialOver: the caller may not import, or not add the options that are to be
            made, or nothing pays for it.
        ImportNotFound: there is none, or it is somebody else's.
        ImportNotReady: it was not checked, is under way, or was written.
        ChangedMeanwhile: somebody else began that at this moment.
    """
    tenant.require(Action.IMPORT_DATA)
    before = own_import(import_id, tenant=tenant)
    if before.options_found:
        tenant.require(Action.ADD_OPTIONS)
    after = before.running(tenant.now())
    with tenant.transaction() as change:
        Imports(tenant).move(change, before, after)
        _schedule(change, after, tenant)
        change.record("import.started", target=after.id, new=_as_journalled(after))
    return _followed(after, tenant)


def undo_import(import_id: ImportId, *, tenant: Tenant) -> Import:
    """Take an import back, of whoever, within a day: every chat that nobody changed since gets the value it had.

    Options it made stay; they may stand in other chats by now.

    The values are those the journal has of each chunk. Cost: as the writing itself, and the entries of its time once.

    Raises:
        PermissionMissing, SeatNeeded, TrialOver: the caller may not import, or nothing pays for it.
        ImportNotFound: there is none, or it was more than a week ago.
        ImportNotUndoable: it is not done, was undone, or was done more than a day ago.
        ChangedMeanwhile: somebody else took it back at this moment.
    """
    tenant.require(Action.IMPORT_DATA)
    before = get_import(import_id, tenant=tenant)
    after = before.undoing(tenant.now())
    with tenant.transaction() as change:
        Imports(tenant).move(change, before, after)
        _schedule(change, after, tenant)
        change.record("import.undo_started", target=after.id)
    return _followed(after, tenant)


def go_on(import_id: ImportId, *, tenant: Tenant) -> bool:
    """Go on with what is under way of an import, from wherever it was left; returns whether nothing is left to do.

    Something may be when TURN_FOR is over, or where all values of a column are being rewritten.

    Raises:
        ChangedMeanwhile: its chats, or how far it came, kept changing under us; what was done before stands.
    """
    imports = Imports(tenant)
    imported, turn, tries, ends_at = imports.get(import_id), None, 0, None
    while imported is not None and imported.is_under_way:
        turn = turn or _TURNS[imported.state](imported, imports, tenant)
        try:
            imported, tries = turn.step(imported, _due_name(imported, tenant)), 0
        except ChangedMeanwhile:
            tries += 1
            if tries == _TRIES:
                raise
            imported, turn = imports.get(import_id), None
        except ColumnBusy:
            return False
        ends_at = ends_at or tenant.now() + TURN_FOR
        if tenant.now() >= ends_at:
            break
    return imported is None or not imported.is_under_way


def _as_journalled(imported: Import) -> dict[str, object]:
    told = {"fields": [target.field for target in imported.planned.targets], "chats": imported.counts.matched}
    return told | ({"options": imported.options_found} if imported.options_found else {})


def _followed(imported: Import, tenant: Tenant) -> Import:
    """The first turn at once; where it is cut short, due work takes it up. How it stands then: one read."""
    with follow_up():
        go_on(imported.id, tenant=tenant)
    return Imports(tenant).require(imported.id)


def _schedule(change: Transaction, imported: Import, tenant: Tenant) -> None:
    at, name = tenant.now() + _TAKEN_UP_AFTER, _due_name(imported, tenant)
    due.schedule(change, tenant, GO_ON, at, {"import_id": imported.id}, name=name)


def _due_name(imported: Import, tenant: Tenant) -> str:
    return f"{GO_ON}#{tenant.workspace_id}#{imported.id}"
