"""A workspace's people, each with a role, a handle and a desk: for tests of what becomes of them there."""

from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.repository.members import MembershipRow
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.permissions import Flag
from chalicelib.kernel.plans import Plan
from chalicelib.kernel.roles import Role
from chalicelib.table import keys, people_keys
from chalicelib.table.journal import Entry, JournalRow, opened
from chalicelib.table.proof import MemberRow, WorkspaceRow
from chalicelib.table.tenant import Installation, Tenant
from tests.scene import Desk, Person, a_job, a_workspace, some_people


class Team:
    """Named people of one workspace: `Team(olga=Role.OWNER, max=Role.MEMBER)`."""

    def __init__(self, *, seats: Plan | None = Plan.PRO, **roles: Role) -> None:
        people = some_people(*(name.capitalize() for name in roles))
        self.people: dict[str, Person] = dict(zip(roles, people, strict=True))
        members = ((self.people[name], role) for name, role in roles.items())
        self.workspace_id = a_workspace(*members, seats=seats, is_pointed_at=True)
        self._rows = a_job(self.workspace_id).rows(keys.WORKSPACE)

    def id(self, name: str) -> UserId:
        """Somebody's id."""
        return self.people[name].user_id

    def handle(self, name: str) -> Tenant:
        """What somebody's request holds, as they stand now."""
        return self.people[name].handle(self.workspace_id)

    def desk(self, name: str) -> Desk:
        """Somebody's browser."""
        return Desk(person=self.people[name], workspace_id=self.workspace_id)

    def row(self, name: str) -> MemberRow | None:
        """Somebody's membership as the table has it."""
        return self._rows.get(MemberRow, keys.member(self.id(name)))

    def role(self, name: str) -> Role | None:
        """Somebody's role; None where they are gone."""
        row = self.row(name)
        return None if row is None else Role(row.role)

    def grant(self, name: str, *flags: Flag) -> None:
        """Have the table say that somebody has these flags, and no others."""
        assert self._rows.update(
            self._rows.new(MemberRow, keys.member(self.id(name))), [MemberRow.flags.set([flag.value for flag in flags])]
        )

    def profile(self) -> WorkspaceRow:
        """The workspace's own row."""
        row = self._rows.get(WorkspaceRow, keys.PROFILE)
        assert row is not None
        return row

    def points_here(self, name: str) -> bool:
        """Whether somebody's pointers name the workspace."""
        return self.workspace_id in workspaces_of(self.id(name))

    def journal(self) -> list[Entry]:
        """Every entry of the workspace, oldest first."""
        job = a_job(self.workspace_id)
        rows = job.rows(keys.journal_partition(job.now())).query(JournalRow, "0")
        return [opened(row, self.workspace_id) for row in rows]

    def entry(self, event: str) -> Entry:
        """The one entry of this kind."""
        [found] = [entry for entry in self.journal() if entry.event == event]
        return found

    def events(self) -> list[str]:
        """The kinds of all entries, oldest first."""
        return [entry.event for entry in self.journal()]

    def count_is_true(self) -> bool:
        """Whether the workspace counts as many Owners as there are, and at least one."""
        rows = self._rows.query(MemberRow, keys.MEMBERS)
        owners = sum(row.role == Role.OWNER for row in rows)
        return owners >= 1 and self.profile().owner_count == owners


def workspaces_of(user_id: UserId) -> list[str]:
    """The workspaces a person's pointers name."""
    rows = Installation().rows(people_keys.user(user_id)).query(MembershipRow, people_keys.MEMBERSHIPS)
    return [row.sk.removeprefix(people_keys.MEMBERSHIPS) for row in rows]


def departed(team: Team, name: str) -> None:
    """Do the due work of somebody's departure now."""
    workspaces.settle_departure(team.id(name), tenant=a_job(team.workspace_id))
