"""A workspace's logo: a file like others, taken as logo, shown by a link, removed when it is replaced."""

from dataclasses import replace

from chalicelib.features.files import use_cases as files
from chalicelib.features.files.model import LOGO_TYPES, FileNotFound, Place, PlaceKind
from chalicelib.features.workspaces.model import Workspace
from chalicelib.features.workspaces.repository import Members, Profiles
from chalicelib.features.workspaces.use_cases.profile import get_workspace
from chalicelib.kernel.ids import FileId
from chalicelib.kernel.permissions import Action
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


def set_logo(file_id: FileId, *, tenant: Tenant) -> Workspace:
    """Take a file that the caller put up as the workspace's logo; the one before it is removed.

    The file is looked at first, where it was not (`files.check_file`).

    Raises:
        PermissionMissing: the acting member may not.
        FileNotFound: they put up no such file for a logo, or it was used, or nothing came by its form.
        FileUnfit: it is not the picture it was announced as, or too large. Nothing was written.
        ChangedMeanwhile: somebody changed the logo at the same moment.
    """
    member = tenant.require(Action.CHANGE_SETTINGS)
    file = files.check_file(file_id, tenant=tenant)
    if file.kind is not PlaceKind.LOGO:
        raise FileNotFound
    before, logo = get_workspace(tenant=tenant), f"{file.id}.{LOGO_TYPES[file.type]}"
    with tenant.transaction() as change:
        Members(tenant).check_standing(change, member)
        files.attach(change, [file.id], _place(tenant), tenant=tenant)
        _put_in_place(change, before, logo, tenant)
    return replace(before, logo=logo)


def remove_logo(*, tenant: Tenant) -> Workspace:
    """Have no logo. Having none already changes nothing. Raises PermissionMissing or ChangedMeanwhile."""
    member = tenant.require(Action.CHANGE_SETTINGS)
    before = get_workspace(tenant=tenant)
    if before.logo is not None:
        with tenant.transaction() as change:
            Members(tenant).check_standing(change, member)
            _put_in_place(change, before, None, tenant)
    return replace(before, logo=None)


def link_of(workspace: Workspace) -> str | None:
    """Where the logo is shown for five minutes; None without one. No call is made."""
    if workspace.logo is None:
        return None
    file_id, _, ending = workspace.logo.partition(".")
    [media_type] = [known for known, end in LOGO_TYPES.items() if end == ending]
    return files.link(workspace.id, FileId(file_id), f"logo.{ending}", media_type)


def _place(tenant: Tenant) -> Place:
    return Place(kind=PlaceKind.LOGO, id=tenant.workspace_id)


def _put_in_place(change: JournalledTransaction, before: Workspace, logo: str | None, tenant: Tenant) -> None:
    Profiles(tenant).set_logo(change, before.logo, logo)
    if before.logo is not None:
        files.detach(change, [FileId(before.logo.partition(".")[0])], _place(tenant), tenant=tenant)
    event = "workspace.logo_changed" if logo is not None else "workspace.logo_removed"
    change.record(event, target=tenant.workspace_id, old={"logo": before.logo}, new={"logo": logo})
