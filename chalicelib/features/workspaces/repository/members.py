"""Memberships, and a person's pointers to the workspaces they belong to."""

from pynamodb.expressions.condition import Condition

from chalicelib.features.workspaces.model import AlreadyMember, Person, TeamMember
from chalicelib.kernel import ids
from chalicelib.kernel.errors import MemberNotFound
from chalicelib.kernel.ids import UserId, WorkspaceId
from chalicelib.kernel.plans import HeldSeat
from chalicelib.kernel.roles import Role
from chalicelib.table import keys, people_keys, proof
from chalicelib.table.items import Row
from chalicelib.table.proof import MemberRow
from chalicelib.table.tenant import Installation, Member, Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction


class MembershipRow(Row, discriminator="membership"):
    """A person's pointer to a workspace; whether they belong to it is the member row's to say."""


class Members:
    """The members of one tenant's workspace."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def get(self, user_id: UserId) -> TeamMember | None:
        """One member: one read unit."""
        row = self._rows.get(MemberRow, keys.member(user_id))
        return None if row is None else _to_member(row)

    def require(self, user_id: str) -> TeamMember:
        """One member. Raises MemberNotFound."""
        found = self.get(UserId(user_id)) if ids.is_minted_shape(user_id) else None
        if found is None:
            raise MemberNotFound
        return found

    def all(self) -> list[TeamMember]:
        """Everybody, in the order of joining: a read unit for about 20 members."""
        found = [_to_member(row) for row in self._rows.query(MemberRow, keys.MEMBERS)]
        return sorted(found, key=lambda member: member.joined_at)

    def add(self, change: Transaction, person: Person, role: Role, seat: HeldSeat | None = None) -> TeamMember:
        """Let somebody in, onto a seat where there is one: the membership and their pointer to it."""
        row = self._rows.new(
            MemberRow,
            keys.member(person.user_id),
            role=role,
            version=1,
            full_name=person.full_name,
            username=person.username,
            joined_at=self._tenant.now(),
            has_second_factor=person.has_second_factor,
            seat=None if seat is None else seat.to_document(),
        )
        change.create(row, refusal=AlreadyMember(standing={"workspace_id": self._tenant.workspace_id}))
        change.put(self._pointer(person.user_id))
        return _to_member(row)

    def rename(self, change: Transaction, before: TeamMember, full_name: str, username: str) -> None:
        """Carry over what somebody is called, if they are still a member and called what was read."""
        actions = [MemberRow.full_name.set(full_name), MemberRow.username.set(username)]
        unchanged = (MemberRow.full_name == before.full_name) & (MemberRow.username == before.username)
        change.update(self._row(before.user_id), actions, unchanged, refusal=ChangedMeanwhile())

    def note_second_factor(self, user_id: UserId, *, has_one: bool) -> None:
        """Carry over whether somebody has a second factor, if they are still a member: one write unit."""
        self._rows.update(self._row(user_id), [MemberRow.has_second_factor.set(has_one)], Row.pk.exists())

    def check(self, change: Transaction, acting: Member, target: TeamMember) -> None:
        """Demand that who acts still stands as was proven: in the same transaction as what they do to `target`.

        Who acts on themselves needs no row of its own for that: `target` was read after the proof.

        Raises:
            ChangedMeanwhile: they act on themselves, and what was read is not what was proven.
        """
        if acting.user_id != target.user_id:
            self.check_standing(change, acting)
        elif (acting.role, acting.version) != (target.role, target.version):
            raise ChangedMeanwhile

    def check_standing(self, change: Transaction, acting: Member) -> None:
        """Demand that who acts still stands as was proven."""
        row = self._row(acting.user_id)
        change.check(row, _stands_as(acting.role, acting.version), refusal=ChangedMeanwhile())

    def check_role(self, change: Transaction, member: TeamMember) -> None:
        """Demand that a member still has the role that was read."""
        change.check(self._row(member.user_id), MemberRow.role == member.role, refusal=ChangedMeanwhile())

    def change(self, change: Transaction, before: TeamMember, after: TeamMember) -> None:
        """Write role, flags, alias and version, unless somebody wrote since `before` was read."""
        actions = [
            MemberRow.role.set(after.role),
            MemberRow.version.set(after.version),
            MemberRow.flags.set(sorted(after.flags)),
            MemberRow.alias.remove() if after.alias is None else MemberRow.alias.set(after.alias),
        ]
        has_same_alias = MemberRow.alias.does_not_exist() if before.alias is None else MemberRow.alias == before.alias
        unchanged = _stands_as(before.role, before.version) & has_same_alias
        change.update(self._row(before.user_id), actions, unchanged, refusal=ChangedMeanwhile())

    def remove(self, change: Transaction, before: TeamMember) -> None:
        """Take membership and pointer away, unless somebody changed the member since `before` was read."""
        no_seat = MemberRow.seat.does_not_exist()
        same_seat = no_seat if before.seat is None else MemberRow.seat == before.seat.to_document()
        unchanged = _stands_as(before.role, before.version) & same_seat
        change.delete(self._row(before.user_id), unchanged, refusal=ChangedMeanwhile())
        change.delete(self._pointer(before.user_id))

    def _row(self, user_id: UserId) -> MemberRow:
        return self._rows.new(MemberRow, keys.member(user_id))

    def _pointer(self, user_id: UserId) -> MembershipRow:
        rows = self._tenant.installation_rows(people_keys.user(user_id))
        return rows.new(MembershipRow, people_keys.membership(self._tenant.workspace_id))


def workspaces_of(installation: Installation, user_id: UserId) -> list[WorkspaceId]:
    """The workspaces a person's pointers name, oldest id first: one query."""
    rows = installation.rows(people_keys.user(user_id)).query(MembershipRow, people_keys.MEMBERSHIPS)
    return [WorkspaceId(row.sk.removeprefix(people_keys.MEMBERSHIPS)) for row in rows]


def _stands_as(role: Role, version: int) -> Condition:
    same: Condition = (MemberRow.role == role) & (MemberRow.version == version)
    return same


def _to_member(row: MemberRow) -> TeamMember:
    return TeamMember(
        user_id=UserId(row.sk.removeprefix(keys.MEMBERS)),
        full_name=row.full_name,
        username=row.username,
        role=Role(row.role),
        joined_at=row.joined_at,
        alias=row.alias,
        flags=proof.flags_of(row),
        version=int(row.version),
        has_second_factor=bool(row.has_second_factor),
        seat=proof.seat_of(row),
    )
