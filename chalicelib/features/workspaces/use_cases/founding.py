"""Founding workspaces, and the handles on those somebody belongs to."""

from chalicelib import settings
from chalicelib.features.workspaces import repository
from chalicelib.features.workspaces.model import (
    MAX_NAME_CHARACTERS,
    MAX_WORKSPACES,
    Person,
    TooManyWorkspaces,
    Workspace,
)
from chalicelib.features.workspaces.repository import Members, Profiles
from chalicelib.features.workspaces.use_cases.profile import get_workspace
from chalicelib.kernel import ids, names
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.kernel.permissions import Grants
from chalicelib.kernel.roles import Role
from chalicelib.table import proof
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation, Tenant, founding
from chalicelib.table.transaction import AlreadyDone


def create_workspace(
    name: str, *, founder: Person, actor: Actor, installation: Installation, once: str | None = None
) -> Workspace:
    """Found a workspace whose Owner is its founder: a query, and one transaction of 5 rows, 12 write units.

    With `once`, the caller's idempotency key, a repetition answers with the workspace the first one founded.

    Raises:
        NameInvalid: nothing was written.
        TooManyWorkspaces: the founder belongs to 50 by now; nothing was written.
    """
    secret = settings.current().id_secret
    workspace_id = WorkspaceId(ids.mint()) if once is None else ids.workspace_id_of(secret, once)
    belonging = repository.workspaces_of(installation, founder.user_id)
    if len(belonging) >= MAX_WORKSPACES and workspace_id not in belonging:
        raise TooManyWorkspaces
    tenant = founding(workspace_id, actor, now=installation.now)
    try:
        with tenant.transaction(once=once) as change:
            return lay_out(change, tenant, names.parse(name, pointer="/name", most=MAX_NAME_CHARACTERS), founder)
    except AlreadyDone:
        return Profiles(tenant).require(Role.OWNER)


def lay_out(change: JournalledTransaction, tenant: Tenant, name: str, founder: Person) -> Workspace:
    """Add the rows of a new workspace to a change; signing up makes one in the same transaction as the person."""
    grants = Grants(role=Role.OWNER, toggles={})
    workspace = Workspace(id=tenant.workspace_id, name=name, grants=grants, created_at=tenant.now())
    Profiles(tenant).add(change, workspace)
    Members(tenant).add(change, founder, Role.OWNER)
    change.record("workspace.created", target=tenant.workspace_id, new={"name": name})
    return workspace


def list_workspaces(session: Session, *, caller: Caller, installation: Installation) -> list[Workspace]:
    """The workspaces of a signed-in person, in the order they were made: one query and two reads each."""
    handles = handles_of(session, caller=caller, installation=installation)
    return sorted((get_workspace(tenant=tenant) for tenant in handles), key=lambda workspace: workspace.created_at)


def handles_of(session: Session, *, caller: Caller, installation: Installation) -> list[Tenant]:
    """A handle on each workspace the person belongs to; a pointer that outlived its membership gives none."""
    handles: list[Tenant] = []
    for workspace_id in repository.workspaces_of(installation, session.user_id):
        try:
            handles.append(proof.member_handle(session, workspace_id, caller, now=installation.now))
        except NotFound:
            continue
    return handles
