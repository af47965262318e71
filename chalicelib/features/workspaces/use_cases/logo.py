"""A workspace's logo: put up by a form, looked at before it is taken, shown by a link, removed when replaced."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from chalicelib.adapters import files
from chalicelib.adapters.files import LINK_S, UploadForm
from chalicelib.features.workspaces.model import (
    LOGO_TYPES,
    MAX_LOGO_BYTES,
    SWEEP_LOGO_FILE,
    LogoNotFound,
    LogoUnfit,
    Workspace,
    picture_type,
)
from chalicelib.features.workspaces.repository import Members, Profiles, Uploads
from chalicelib.features.workspaces.use_cases.profile import get_workspace
from chalicelib.kernel.permissions import Action
from chalicelib.table import due, keys
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Installation, Tenant

_UNUSED_FOR: Final = timedelta(hours=1)
"""How long a file that was put up may wait to be taken as logo."""
_SHOWN_FOR: Final = timedelta(seconds=LINK_S)
"""How long pages that are open may still show a logo that was replaced: their link is good for no longer."""
_SNIFFED_BYTES: Final = 12


def begin_logo_upload(content_type: str, size: int, *, tenant: Tenant, installation: Installation) -> UploadForm:
    """A form for one picture of at most `size` bytes; what is not taken as logo within an hour is removed.

    Two writes. The file's removal is due before there can be a file, so none is left behind.

    Raises:
        PermissionMissing: the acting member may not.
        LogoUnfit: no picture a logo can be, or too large.
    """
    tenant.require(Action.CHANGE_SETTINGS)
    if content_type not in LOGO_TYPES or not 1 <= size <= MAX_LOGO_BYTES:
        raise LogoUnfit
    kept = files.kept(tenant.workspace_id)
    key = f"{kept.new_key()}.{LOGO_TYPES[content_type]}"
    with installation.transaction(keys.due_row(key)) as change:
        due.schedule(change, tenant, SWEEP_LOGO_FILE, tenant.now() + _UNUSED_FOR, {"key": key}, name=key)
    Uploads(tenant).begin(key, content_type)
    return kept.upload_form(key, content_type=content_type, max_bytes=size)


def set_logo(key: str, *, tenant: Tenant) -> Workspace:
    """Take a file that was put up as the workspace's logo; the one before it is removed.

    The file's first bytes and its size are looked at, not what it says of itself: one ranged read. Its form is good
    for some minutes more, yet whatever comes by it is still sent as the picture that was announced.

    Raises:
        PermissionMissing: the acting member may not.
        LogoNotFound: no form of this workspace was for this key, or it was used, or nothing was put up.
        LogoUnfit: it is not the picture it was announced as, or too large. Nothing was written.
        ChangedMeanwhile: somebody changed the logo at the same moment.
    """
    member = tenant.require(Action.CHANGE_SETTINGS)
    announced = Uploads(tenant).type_of(key)
    _require_fit(key, announced, tenant)
    before = get_workspace(tenant=tenant)
    with tenant.transaction() as change:
        Members(tenant).check_standing(change, member)
        Uploads(tenant).use(change, key)
        _put_in_place(change, before, key, tenant)
    return replace(before, logo=key)


def remove_logo(*, tenant: Tenant) -> Workspace:
    """Have no logo. Having none already changes nothing. Raises PermissionMissing or ChangedMeanwhile."""
    member = tenant.require(Action.CHANGE_SETTINGS)
    before = get_workspace(tenant=tenant)
    if before.logo is not None:
        with tenant.transaction() as change:
            Members(tenant).check_standing(change, member)
            _put_in_place(change, before, None, tenant)
    return replace(before, logo=None)


def sweep_logo_file(key: str, *, tenant: Tenant) -> None:
    """Remove a file, unless it is the logo. From here on it can't become the logo any more. Repeating it is safe."""
    uploads = Uploads(tenant)
    uploads.give_up(key)
    if Profiles(tenant).logo() != key:
        files.kept(tenant.workspace_id).delete(key)
        uploads.forget(key)


def link_of(workspace: Workspace) -> str | None:
    """Where the logo is shown for five minutes; None without one. No call is made."""
    if workspace.logo is None:
        return None
    ending = workspace.logo.rpartition(".")[2]
    [content_type] = [known for known, end in LOGO_TYPES.items() if end == ending]
    return files.kept(workspace.id).link(workspace.logo, file_name=f"logo.{ending}", content_type=content_type)


def _require_fit(key: str, announced: str, tenant: Tenant) -> None:
    found = files.kept(tenant.workspace_id).beginning(key, _SNIFFED_BYTES)
    if found is None:
        raise LogoNotFound
    beginning, size = found
    if size > MAX_LOGO_BYTES or picture_type(beginning) != announced:
        raise LogoUnfit


def _put_in_place(change: JournalledTransaction, before: Workspace, key: str | None, tenant: Tenant) -> None:
    Profiles(tenant).set_logo(change, before.logo, key)
    if before.logo is not None:
        at = tenant.now() + _SHOWN_FOR
        due.schedule(change, tenant, SWEEP_LOGO_FILE, at, {"key": before.logo}, name=before.logo)
    event = "workspace.logo_changed" if key is not None else "workspace.logo_removed"
    change.record(event, target=tenant.workspace_id, old={"logo": before.logo}, new={"logo": key})
