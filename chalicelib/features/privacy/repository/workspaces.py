"""A workspace that is to go: its deletion, who is in it, and everything that is its own or leads to it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from chalicelib.features.privacy.model import Profile, Stretch
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId
from chalicelib.kernel.roles import Role
from chalicelib.table import guard, keys, people_keys
from chalicelib.table.due import DueRow
from chalicelib.table.items import Row
from chalicelib.table.keys import InstallationKey, Partition
from chalicelib.table.proof import MemberRow, WorkspaceRow
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

ROWS_A_TURN: Final = 5_000
PARTITIONS_A_TURN: Final = 200
"""How much is removed, or counted, before how far it came is written down: a few seconds' work."""
_CHUNK: Final = 1_000
_WORK: Final = 100


class Profiles:
    """The deletion of one tenant's workspace."""

    def __init__(self, tenant: Tenant) -> None:
        self._rows = tenant.rows(keys.WORKSPACE)

    def require(self) -> Profile:
        """What deleting has to know: one read unit. Raises NotFound where the workspace is gone."""
        row = self._rows.get(WorkspaceRow, keys.PROFILE)
        if row is None:
            raise NotFound
        return Profile(name=row.name, deletes_at=row.deletes_at)

    def put(self, change: Transaction, before: Profile, deletes_at: datetime | None) -> None:
        """Say when the workspace is to be erased, or that it is not, unless either was changed since it was read."""
        row = self._rows.new(WorkspaceRow, keys.PROFILE)
        after = WorkspaceRow.deletes_at.remove() if deletes_at is None else WorkspaceRow.deletes_at.set(deletes_at)
        change.update(row, [after], _still(before), refusal=ChangedMeanwhile())

    def check(self, change: Transaction, before: Profile) -> None:
        """Have a change fail where the deletion was undone or moved since it was read."""
        change.check(self._rows.new(WorkspaceRow, keys.PROFILE), _still(before), refusal=ChangedMeanwhile())

    def members(self) -> dict[UserId, Role]:
        """Everybody's role: one query."""
        rows = self._rows.query(MemberRow, keys.MEMBERS)
        return {UserId(row.sk.removeprefix(keys.MEMBERS)): Role(row.role) for row in rows}


def _still(before: Profile) -> Any:
    is_same = WorkspaceRow.name == before.name
    if before.deletes_at is None:
        return is_same & WorkspaceRow.deletes_at.does_not_exist()
    return is_same & (WorkspaceRow.deletes_at == before.deletes_at)


class Remains:
    """What is left of one tenant. Nothing else in the product removes entries of its journal (decision 0026)."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def has_logins(self) -> bool:
        """Whether the login of any connection is still kept: two queries an account."""
        return any(rows.stretch(keys.SEALS, keys.SEALS_END, limit=1)[0] for rows in self._of_accounts())

    def count_logins(self) -> int:
        """How many are still kept."""
        return sum(len(rows.plain(keys.SEALS)) for rows in self._of_accounts())

    def remove_memberships(self) -> int:
        """Remove what lists the workspace among its members' own."""
        return self._remove(self._memberships())

    def remove_pointers(self) -> int:
        """Remove every row outside the tenant that leads here: of members, invitations and shards."""
        return self._remove(self._memberships()) + self._remove(self._pointers())

    def remove_work(self) -> int:
        """Remove due work of the tenant, up to two hundred pieces; 0 says that none was left."""
        waiting = self._work()
        for found in waiting:
            rows = self._tenant.installation_rows(InstallationKey(found.pk))
            rows.delete(rows.new(Row, found.sk))
        return len(waiting)

    def remove_rows(self, after: str | None) -> Stretch:
        """Remove what lies in the listed partitions behind `after`, about ROWS_A_TURN, and at last in the own one."""
        removed, reached = 0, after
        listed, has_more = self._listed(after)
        for partition in listed:
            removed += self._emptied(partition, ROWS_A_TURN - removed)
            if removed >= ROWS_A_TURN:
                return Stretch(rows=removed, reached=reached, is_last=False)
            reached = partition.suffix
        if has_more:
            return Stretch(rows=removed, reached=reached, is_last=False)
        own = self._remove_own()
        return Stretch(rows=removed + own, reached=reached, is_last=own == 0)

    def count(self, after: str | None) -> Stretch:
        """How many rows the listed partitions behind `after` have, each read to its end, and at last all others."""
        listed, has_more = self._listed(after)
        found = sum(self._tenant.rows(partition).count() for partition in listed)
        if has_more:
            return Stretch(rows=found, reached=listed[-1].suffix, is_last=False)
        return Stretch(rows=found + self._count_own() + len(self._work()), reached=None, is_last=True)

    def close(self) -> int:
        """Remove the list of partitions, about ROWS_A_TURN; 0 says that nothing of the tenant is left."""
        with guard.erasing():
            return self._rows.purge(most=ROWS_A_TURN)

    def _listed(self, after: str | None) -> tuple[list[Partition], bool]:
        first = keys.PARTITIONS if after is None else f"{keys.PARTITIONS}{after}!"
        items, has_more = self._rows.stretch(first, keys.PARTITIONS_END, limit=PARTITIONS_A_TURN)
        return [Partition(item["sk"]["S"].removeprefix(keys.PARTITIONS)) for item in items], has_more

    def _emptied(self, partition: Partition, most: int) -> int:
        removed = 0
        with guard.erasing():
            while removed < most and (gone := self._tenant.rows(partition).purge(most=_CHUNK)):
                removed += gone
        return removed

    def _remove_own(self) -> int:
        """Rows of the tenant's own partition, all but the list of the others."""
        with guard.erasing():
            before_list = self._rows.purge(last=keys.PARTITIONS, most=_CHUNK)
            return before_list + self._rows.purge(first=keys.PARTITIONS_END, most=_CHUNK)

    def _count_own(self) -> int:
        """Rows of the tenant's own partition that are not the list of the others."""
        listed = sum(1 for _ in self._rows.plain(keys.PARTITIONS))
        return self._rows.count() - listed

    def _of_accounts(self) -> list[Rows]:
        accounts = [row["sk"].removeprefix(keys.ACCOUNTS) for row in self._rows.plain(keys.ACCOUNTS)]
        return [self._tenant.rows(keys.account_partition(AccountId(account))) for account in accounts]

    def _remove(self, found: Iterable[tuple[InstallationKey, str]]) -> int:
        removed = 0
        for key, sk in found:
            rows = self._tenant.installation_rows(key)
            rows.delete(rows.new(Row, sk))
            removed += 1
        return removed

    def _memberships(self) -> Iterator[tuple[InstallationKey, str]]:
        for row in self._rows.plain(keys.MEMBERS):
            user_id = UserId(row["sk"].removeprefix(keys.MEMBERS))
            yield people_keys.user(user_id), people_keys.membership(self._tenant.workspace_id)

    def _pointers(self) -> Iterator[tuple[InstallationKey, str]]:
        for row in self._rows.plain(keys.INVITES):
            yield people_keys.invite_token(row["token_hash"]), keys.ONLY
        for rows in self._of_accounts():
            for row in rows.plain(keys.CONNECTIONS):
                yield keys.shard_members(row["shard"]), keys.shard_member(ConnectionId(row["connection_id"]))

    def _work(self) -> list[DueRow]:
        lists = (keys.PENDING, keys.STUCK)
        return [row for each in lists for row in self._tenant.in_second_order(DueRow, each, limit=_WORK)]
