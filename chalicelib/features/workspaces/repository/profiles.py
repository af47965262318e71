"""The workspace's own row: name, toggles, logo, how many Owners it has."""

from collections.abc import Mapping

from pynamodb.expressions.condition import Condition

from chalicelib.features.workspaces.model import InviteNotFound, LastOwner, Workspace
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.permissions import Flag, Grants, Toggle
from chalicelib.kernel.plans import Coverage, HeldSeat
from chalicelib.kernel.roles import Role
from chalicelib.table import keys, proof
from chalicelib.table.proof import WorkspaceRow
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction


class Profiles:
    """The profile of one tenant's workspace."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def require(self, role: Role, flags: frozenset[Flag] = frozenset(), seat: HeldSeat | None = None) -> Workspace:
        """The workspace, as somebody of a role, with these flags and on this seat sees it: one read unit."""
        row = self._rows.get(WorkspaceRow, keys.PROFILE)
        if row is None:
            raise NotFound
        return Workspace(
            id=self._tenant.workspace_id,
            name=row.name,
            grants=Grants(role=role, flags=flags, toggles=proof.toggles_of(row)),
            created_at=row.created_at,
            logo=row.logo,
            deletes_at=row.deletes_at,
            entitlement=Coverage(seat=seat, trial_ends_at=row.trial_ends_at).at(self._tenant.now()),
            trial_ends_at=row.trial_ends_at,
        )

    def has_one_owner(self) -> bool:
        """Whether the next Owner to go would be the last: one read unit."""
        row = self._rows.get(WorkspaceRow, keys.PROFILE)
        return row is not None and row.owner_count == 1

    def add(self, change: Transaction, workspace: Workspace) -> None:
        """Claim the workspace's id and name it; whoever founds it is its one Owner."""
        row = self._row()
        row.name, row.created_at, row.owner_count = workspace.name, workspace.created_at, 1
        change.create(row)

    def rename(self, change: Transaction, old: str, new: str) -> None:
        """Give it another name, unless somebody else did since `old` was read."""
        change.update(self._row(), [WorkspaceRow.name.set(new)], WorkspaceRow.name == old, refusal=ChangedMeanwhile())

    def switch(self, change: Transaction, old: Mapping[Toggle, bool], new: Mapping[Toggle, bool]) -> None:
        """Have the toggles stand as `new`, unless somebody switched since `old` was read."""
        unchanged = WorkspaceRow.toggles == _stored(old)
        change.update(self._row(), [WorkspaceRow.toggles.set(_stored(new))], unchanged, refusal=ChangedMeanwhile())

    def set_logo(self, change: Transaction, old: str | None, new: str | None) -> None:
        """Have another file as logo, or none, unless somebody changed it since `old` was read."""
        action = WorkspaceRow.logo.remove() if new is None else WorkspaceRow.logo.set(new)
        change.update(self._row(), [action], _is(old), refusal=ChangedMeanwhile())

    def count_owner(self, change: Transaction) -> None:
        """One Owner more."""
        change.update(self._row(), [WorkspaceRow.owner_count.add(1)], WorkspaceRow.owner_count.exists())

    def discount_owner(self, change: Transaction) -> None:
        """One Owner less, while another remains. Two who go at once meet here, and the second is refused."""
        actions = [WorkspaceRow.owner_count.add(-1)]
        change.update(self._row(), actions, WorkspaceRow.owner_count > 1, refusal=LastOwner())

    def check_open(self, change: Transaction) -> None:
        """Demand that nobody has asked for the workspace's deletion."""
        change.check(self._row(), WorkspaceRow.deletes_at.does_not_exist(), refusal=InviteNotFound())

    def _row(self) -> WorkspaceRow:
        return self._rows.new(WorkspaceRow, keys.PROFILE)


def _stored(toggles: Mapping[Toggle, bool]) -> dict[str, bool]:
    """In one order, since the condition of a switch compares the text."""
    return {toggle.value: toggles[toggle] for toggle in sorted(toggles)}


def _is(logo: str | None) -> Condition:
    same: Condition = WorkspaceRow.logo.does_not_exist() if logo is None else WorkspaceRow.logo == logo
    return same
