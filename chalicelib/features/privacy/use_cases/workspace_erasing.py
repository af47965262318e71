"""Erasing a workspace: everything in it, every copy's key, and a count that proves it (product.md section 14)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib.adapters import files
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.billing import use_cases as billing
from chalicelib.features.privacy.model import LOG_OUT_FOR, LOOK_AGAIN, Erasing, Kind, Step, Turn, begun
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.features.privacy.repository.workspaces import Profiles, Remains
from chalicelib.features.privacy.use_cases import steps, telling
from chalicelib.features.privacy.use_cases.steps import ERASE_WORKSPACE, Steps, work_name
from chalicelib.features.privacy.use_cases.telling import Facts
from chalicelib.kernel.actors import system
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.table import due
from chalicelib.table.due import Lane
from chalicelib.table.tenant import Installation, Tenant, for_job
from chalicelib.table.transaction import Transaction


def schedule_erasing(change: Transaction, workspace_id: WorkspaceId, at: datetime, installation: Installation) -> None:
    """Have a workspace erased at a time, as part of the change that says so; anew it moves the time."""
    _schedule(change, {"workspace_id": workspace_id}, at, installation)


def cancel_erasing(change: Transaction, workspace_id: WorkspaceId, installation: Installation) -> None:
    """Have it stay. The change fails with ErasingBegun where it is too late."""
    Erasings(installation).require_none(change, workspace_id)
    due.cancel(change, installation, work_name(ERASE_WORKSPACE, workspace_id))


def erase_workspace(
    workspace_id: WorkspaceId, *, name: str | None, people: Sequence[str], installation: Installation
) -> datetime | None:
    """Go on with the erasing of a workspace; gives when to go on again, None when there is nothing left to do.

    Killed at any moment, it goes on from there. `name` and `people` are what the letters at the end need; the first go
    reads them, as nobody could later.

    Raises:
        ChangedMeanwhile: the deletion was undone or moved at this moment, or somebody else works at it, too.
    """
    tenant = for_job(workspace_id, system("erasing"), now=installation.now)
    erasing = Erasings(installation).get(workspace_id)
    if erasing is None:
        _begin(tenant, installation)
        return None
    work = _Work(tenant, telling.workspace_erased(name or "", people), installation)
    return steps.go_on(erasing, work.steps(), installation)


def _begin(tenant: Tenant, installation: Installation) -> None:
    """The end of the way back: from this change on, undoing is refused."""
    try:
        before = Profiles(tenant).require()
    except NotFound:
        return
    if not before.has_to_go(tenant.now()):
        return
    people = sorted(Profiles(tenant).members())
    facts = {"workspace_id": tenant.workspace_id, "name": before.name, "people": people}
    with tenant.transaction() as change:
        Profiles(tenant).check(change, before)
        Erasings(installation).add(change, begun(Kind.WORKSPACE, tenant.workspace_id, tenant.now()))
        _schedule(change, facts, tenant.now(), installation)
        billing.have_closed(change, tenant.workspace_id, installation)
        change.record("workspace.erasing_begun", target=tenant.workspace_id)


def _schedule(change: Transaction, facts: dict[str, Any], at: datetime, installation: Installation) -> None:
    # The installation's and not the tenant's own: it outlives all that is the tenant's.
    name = work_name(ERASE_WORKSPACE, facts["workspace_id"])
    due.schedule(change, installation, ERASE_WORKSPACE, at, facts, name=name, lane=Lane.ERASING)


class _Work:
    """What is done at each step of one workspace's erasing."""

    def __init__(self, tenant: Tenant, letters: Facts, installation: Installation) -> None:
        self._tenant = tenant
        self._letters = letters
        self._installation = installation
        self._remains = Remains(tenant)
        self._folders = (files.kept(tenant.workspace_id), files.transit(tenant.workspace_id))

    def steps(self) -> Steps:
        """By the step."""
        return {
            Step.ENDING: self._end,
            Step.LOGGING_OUT: self._log_out,
            Step.DESTROYING_KEYS: self._destroy_keys,
            Step.SETTLING: lambda erasing, _: steps.settle(erasing, self._tenant.now()),
            Step.REMOVING_POINTERS: self._remove_pointers,
            Step.REMOVING_ROWS: self._remove_rows,
            Step.REMOVING_FILES: self._remove_files,
            Step.COUNTING: self._count,
            Step.CLOSING: self._close,
            Step.TELLING: self._tell,
        }

    def _end(self, _: Erasing, __: Transaction) -> Turn:
        """From here nobody's list shows the workspace, so that nothing a person does about themselves meets it."""
        return Turn(next=Step.LOGGING_OUT, counts={"memberships": self._remains.remove_memberships()})

    def _log_out(self, erasing: Erasing, _: Transaction) -> Turn:
        # Ended anew at each look: a login that was under way when the deletion began may have come in since.
        _end_connections(self._tenant)
        if not self._remains.has_logins():
            return Turn(next=Step.DESTROYING_KEYS)
        now = self._tenant.now()
        if now >= erasing.started_at + LOG_OUT_FOR:
            return Turn(next=Step.DESTROYING_KEYS, counts={"logins_left": self._remains.count_logins()})
        return Turn(next=Step.LOGGING_OUT, again_at=now + LOOK_AGAIN)

    def _destroy_keys(self, erasing: Erasing, change: Transaction) -> Turn:
        """After its due work: none of it is begun any more, and what was begun ends while the erasing settles."""
        if work := self._remains.remove_work():
            return Turn(next=Step.DESTROYING_KEYS, counts={"work": work})
        return steps.destroy_keys(erasing, change)

    def _remove_pointers(self, _: Erasing, __: Transaction) -> Turn:
        if work := self._remains.remove_work():
            return Turn(next=Step.REMOVING_POINTERS, counts={"work": work})
        return Turn(next=Step.REMOVING_ROWS, counts={"pointers": self._remains.remove_pointers()})

    def _remove_rows(self, erasing: Erasing, _: Transaction) -> Turn:
        removed = self._remains.remove_rows(erasing.reached)
        counts = {"rows": removed.rows}
        if removed.is_last:
            return Turn(next=Step.REMOVING_FILES, counts=counts)
        return Turn(next=Step.REMOVING_ROWS, reached=removed.reached, counts=counts)

    def _remove_files(self, _: Erasing, __: Transaction) -> Turn:
        removed = sum(folder.purge() for folder in self._folders)
        return Turn(next=Step.REMOVING_FILES if removed else Step.COUNTING, counts={"files": removed})

    def _count(self, erasing: Erasing, _: Transaction) -> Turn:
        found = self._remains.count(erasing.reached)
        left = found.rows + erasing.found_before()
        if not found.is_last:
            return Turn(next=Step.COUNTING, reached=found.reached, left=left)
        left += sum(folder.count() for folder in self._folders)
        return Turn(next=Step.REMOVING_POINTERS if left else Step.CLOSING, left=left)

    def _close(self, _: Erasing, __: Transaction) -> Turn:
        removed = self._remains.close()
        return Turn(next=Step.CLOSING if removed else Step.TELLING, counts={"rows": removed})

    def _tell(self, erasing: Erasing, change: Transaction) -> Turn:
        left = erasing.counts.get("logins_left", 0)
        telling.have_told(change, {**self._letters, "logins_left": left}, self._installation)
        return Turn(next=Step.DONE)


def _end_connections(tenant: Tenant) -> None:
    """Have the worker log out of every connection of every member, those who left included."""
    known = accounts.known_accounts(tenant)
    for user_id in sorted({user_id for account in known for user_id, is_held in account.holders.items() if is_held}):
        accounts.end_connections_of(user_id, tenant=tenant)
