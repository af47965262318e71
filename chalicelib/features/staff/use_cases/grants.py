"""Looking at one workspace's health: by a grant with a reason, each use of it in the workspace's own journal."""

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.staff.model import GRANT_LIFE, MOST_COUNTED, ConnectionHealth, Health, OpenGrant, StuckWork
from chalicelib.features.staff.repository import Grants, Vitals
from chalicelib.features.staff.use_cases.standing import parse_reason, require_staff
from chalicelib.kernel import ids
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import UserId, WorkspaceId
from chalicelib.table import due, grants
from chalicelib.table.proof import Session
from chalicelib.table.tenant import Grant, Installation, Tenant, granting


def open_grant(command: OpenGrant, *, session: Session, installation: Installation) -> Grant:
    """Let the caller look at a workspace's health for eight hours; its people read who, and why, in their log.

    Opening another one replaces the first. A read, and one transaction of 3 rows, one of them only checked.

    Raises:
        NotFound: the caller is no staff, or there is no such workspace.
        StaffSecondFactorRequired, NameInvalid: nothing was written.
    """
    staff = require_staff(session, installation=installation)
    reason = parse_reason(command.reason)
    if not ids.is_minted_shape(command.workspace_id):
        raise NotFound
    tenant = granting(WorkspaceId(command.workspace_id), staff, now=installation.now)
    Grants(tenant).require_workspace()
    grant = Grant(
        workspace_id=tenant.workspace_id,
        staff_id=UserId(staff.id),
        reason=reason,
        ends_at=tenant.now() + GRANT_LIFE,
    )
    with tenant.transaction() as change:
        Grants(tenant).put(change, grant)
        new = {"reason": reason, "ends_at": grant.ends_at}
        change.record("staff.granted", target=tenant.workspace_id, new=new)
    return grant


def look_at_health(workspace_id: str, *, session: Session, installation: Installation) -> Health:
    """How a workspace is doing, in counts, states and times. That somebody looked is committed before anything is read.

    A transaction of 3 rows; then about eight queries, and one for each thousand chats.

    Raises:
        NotFound: the caller is no staff.
        StaffSecondFactorRequired: nothing was read.
        GrantNotFound: the caller has no grant for it that is still good, or it is gone.
    """
    staff = require_staff(session, installation=installation)
    grant, tenant = grants.prove(workspace_id, staff, now=installation.now)
    with tenant.transaction() as change:
        Grants(tenant).count_look(change, grant)
        change.record("staff.looked", target=tenant.workspace_id, new={"at": "health", "reason": grant.reason})
    return _health(tenant)


def _health(tenant: Tenant) -> Health:
    vitals = Vitals(tenant)
    cards = accounts.list_accounts(tenant)
    return Health(
        workspace_id=tenant.workspace_id,
        created_at=vitals.created_at(),
        members=vitals.members(),
        connections=tuple(
            ConnectionHealth(id=each.id, state=each.state, reason=each.reason, since=each.since)
            for card in cards
            for each, _ in card.connections
        ),
        last_activity_at=vitals.last_activity_at(),
        stuck_work=tuple(StuckWork(work=each.work, since=each.since) for each in due.stuck(tenant)),
        accounts=len(cards),
        columns=sum(not column.is_reserved for column in fields.list_columns(tenant=tenant)),
        chats=chats.count_chats(MOST_COUNTED, tenant=tenant),
    )
