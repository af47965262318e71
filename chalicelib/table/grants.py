"""Proving a grant: what lets staff of the installation look at one workspace's health, and at nothing else of it.

A grant is a row of the workspace, made for a reason and good for hours; each use of it stands in the workspace's own
journal (docs/decisions/0023-staff-see-health-by-grant.md).
"""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.kernel import ids
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import UserId, WorkspaceId
from chalicelib.table import keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Grant, Tenant, granted


class GrantNotFound(NotFound):
    """There is no such workspace, or no grant for it that is still good: both look the same."""

    code = "grant-not-found"
    title = "You have no grant for this workspace, or it has ended."


class GrantRow(Row, discriminator="grant"):
    """What one person of the staff may look at until `ends_at`; `looks` counts how often they did."""

    reason = UnicodeAttribute()
    ends_at = MomentAttribute()
    looks = NumberAttribute(default=0)


def prove(workspace_id: str, staff: Actor, *, now: Clock) -> tuple[Grant, Tenant]:
    """The grant somebody of the staff holds for a workspace, and the handle it is good for: one read unit.

    Raises:
        GrantNotFound: there is no such workspace, or no grant of theirs that is still good.
    """
    if not ids.is_minted_shape(workspace_id):
        raise GrantNotFound
    key = keys.tenant_prefix(WorkspaceId(workspace_id))
    row = Rows(key, key).get(GrantRow, keys.grant(UserId(staff.id)))
    if row is None or row.ends_at <= now():
        raise GrantNotFound
    grant = Grant(
        workspace_id=WorkspaceId(workspace_id), staff_id=UserId(staff.id), reason=row.reason, ends_at=row.ends_at
    )
    return grant, granted(grant, staff, now=now)
