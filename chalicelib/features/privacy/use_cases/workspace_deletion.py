"""Deleting a workspace: asked for by an Owner, undone by any of them within seven days, else erased."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from chalicelib.adapters.limits import Limits
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import Proof
from chalicelib.features.privacy.model import (
    UNDO_FOR,
    DeleteWorkspace,
    Deletion,
    DeletionNotFound,
    ErasingBegun,
    Profile,
)
from chalicelib.features.privacy.repository.workspaces import Profiles
from chalicelib.features.privacy.use_cases import telling
from chalicelib.features.privacy.use_cases.workspace_erasing import cancel_erasing, schedule_erasing
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel import clock
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.roles import Role
from chalicelib.table.proof import Session
from chalicelib.table.tenant import Installation, Tenant


def delete_workspace(
    command: DeleteWorkspace,
    shown: Proof,
    *,
    session: Session,
    tenant: Tenant,
    installation: Installation,
    limits: Limits,
) -> Deletion:
    """Put a workspace out of everybody's reach at once and have it erased, in seven days or now.

    The deletion, its due row, the word to the Owners, the entry and a check that who asks is still an Owner are one
    transaction: 4 rows, 12 write units. Asked again it changes nothing, but that `now` ends the seven days.

    Raises:
        PermissionMissing: the acting member is no Owner.
        NameNotTyped: the proof was not looked at.
        ProofWrong, SignInAgain, TooMany: as reauthenticate. Nothing was written, as in all cases.
        ChangedMeanwhile: somebody renamed the workspace, deleted it, took that back, or changed who asks, at the same
            moment.
    """
    tenant.require(Action.DELETE_WORKSPACE)
    before = Profiles(tenant).require()
    before.require_typed(command.name)
    identity.reauthenticate(shown, session=session, installation=installation, limits=limits)
    now = tenant.now()
    if before.deletes_at is not None and (before.has_to_go(now) or not command.now):
        return Deletion(deletes_at=before.deletes_at, can_undo=not before.has_to_go(now))
    deletion = Deletion(deletes_at=now if command.now else now + UNDO_FOR, can_undo=not command.now)
    put_deletion(before, deletion, tenant=tenant, installation=installation, to=_owners(tenant))
    return deletion


def undo_deletion(*, tenant: Tenant, installation: Installation) -> None:
    """Have a workspace stay: from now on it is as it was.

    Raises:
        PermissionMissing: the acting member is no Owner.
        DeletionNotFound: there is none to undo.
        ErasingBegun: it is too late. Nothing was written, as in all cases.
        ChangedMeanwhile: somebody else undid it, asked for it to be done now, or changed who asks, at the same moment.
    """
    tenant.require(Action.DELETE_WORKSPACE)
    before = Profiles(tenant).require()
    if before.deletes_at is None:
        raise DeletionNotFound
    if before.has_to_go(tenant.now()):
        raise ErasingBegun
    take_back(before, tenant=tenant, installation=installation, to=_owners(tenant))


def put_deletion(
    before: Profile, deletion: Deletion, *, tenant: Tenant, installation: Installation, to: Iterable[UserId] = ()
) -> None:
    """Write that a workspace is to be erased, and have `to` told. Raises ChangedMeanwhile: nothing was written."""
    with tenant.transaction() as change:
        workspaces.check_standing(change, tenant)
        Profiles(tenant).put(change, before, deletion.deletes_at)
        schedule_erasing(change, tenant.workspace_id, deletion.deletes_at, installation)
        if to:
            telling.have_told(change, telling.workspace_deletion(before.name, deletion, to), installation)
        change.record(
            "workspace.deletion_requested",
            target=tenant.workspace_id,
            old=_journalled(before.deletes_at),
            new=_journalled(deletion.deletes_at),
        )


def take_back(before: Profile, *, tenant: Tenant, installation: Installation, to: Iterable[UserId] = ()) -> None:
    """Write that a workspace stays, and have `to` told. Raises ErasingBegun, ChangedMeanwhile: nothing was written."""
    with tenant.transaction() as change:
        workspaces.check_standing(change, tenant)
        Profiles(tenant).put(change, before, None)
        cancel_erasing(change, tenant.workspace_id, installation)
        if to:
            telling.have_told(change, telling.workspace_deletion_undone(before.name, to), installation)
        change.record("workspace.deletion_undone", target=tenant.workspace_id, old=_journalled(before.deletes_at))


def _owners(tenant: Tenant) -> list[UserId]:
    return [user_id for user_id, role in Profiles(tenant).members().items() if role is Role.OWNER]


def _journalled(deletes_at: datetime | None) -> dict[str, Any] | None:
    return None if deletes_at is None else {"deletes_at": clock.to_wire(deletes_at)}
