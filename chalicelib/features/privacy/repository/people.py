"""A person who is to go: the workspaces they belong to, and everything that is their own or leads to them."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from pynamodb.expressions.operand import Path

from chalicelib import settings
from chalicelib.features.accounts.model import shard_of
from chalicelib.features.privacy.model import Belonging, Leaver, OwnConnection
from chalicelib.features.privacy.repository.workspaces import Profiles
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId, WorkspaceId
from chalicelib.kernel.roles import Role
from chalicelib.table import codec, guard, keys, people_keys
from chalicelib.table.items import Row
from chalicelib.table.keys import InstallationKey
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation, Tenant

_CHUNK: Final = 1_000
_TOKENS: Final = 100


def workspaces_of(user_id: UserId, installation: Installation) -> list[WorkspaceId]:
    """The workspaces a person's pointers lead to: one query."""
    rows = installation.rows(people_keys.user(user_id)).plain(people_keys.MEMBERSHIPS)
    return [WorkspaceId(row["sk"].removeprefix(people_keys.MEMBERSHIPS)) for row in rows]


def belonging_of(user_id: UserId, tenant: Tenant) -> Belonging | None:
    """Somebody's place in a workspace; None where they have none: a read and a query."""
    try:
        profile = Profiles(tenant).require()
    except NotFound:
        return None
    members = Profiles(tenant).members()
    if user_id not in members:
        return None
    return Belonging(
        workspace_id=tenant.workspace_id,
        name=profile.name,
        role=members[user_id],
        owners=sum(role is Role.OWNER for role in members.values()),
        members=len(members),
        deletes_at=profile.deletes_at,
    )


def connections_of(user_id: UserId, tenant: Tenant, accounts: Iterable[AccountId]) -> list[OwnConnection]:
    """Somebody's connections to these accounts, ended ones too: a read each."""
    found = []
    for account_id in accounts:
        rows = tenant.rows(keys.account_partition(account_id))
        for item in map(codec.decode, rows.get_many([keys.connection(user_id)]).values()):
            kept = OwnConnection(
                workspace_id=tenant.workspace_id,
                account_id=account_id,
                connection_id=ConnectionId(item["connection_id"]),
                shard=item["shard"],
            )
            found.append(kept)
    return found


def open_connections_of(user_id: UserId, installation: Installation) -> list[OwnConnection]:
    """Somebody's connections that were not closed yet, in whatever workspace: their shard lists them. One query."""
    shard = shard_of(user_id, settings.current().shards)
    return [
        OwnConnection(
            workspace_id=WorkspaceId(row["workspace_id"]),
            account_id=AccountId(row["account_id"]),
            connection_id=ConnectionId(row["sk"].removeprefix(keys.CONNECTIONS)),
            shard=shard,
        )
        for row in installation.rows(keys.shard_members(shard)).plain(keys.CONNECTIONS)
        if row["user_id"] == user_id
    ]


def has_login(connection: OwnConnection, tenant: Tenant) -> bool:
    """Whether the login of a connection is still kept: one read."""
    rows = tenant.rows(keys.account_partition(connection.account_id))
    return bool(rows.get_many([keys.sealed_session(connection.connection_id)]))


def drop_connection(connection: OwnConnection, user_id: UserId, tenant: Tenant) -> None:
    """Remove a connection, what is sealed for it and its place in a shard, whatever Telegram knows: six writes."""
    rows = tenant.rows(keys.account_partition(connection.account_id))
    of_one = (keys.sealed_session, keys.update_state, keys.entity_hashes, keys.sealed_proxy)
    for sk in (keys.connection(user_id), *(key(connection.connection_id) for key in of_one)):
        rows.delete(rows.new(Row, sk))
    shard = tenant.installation_rows(keys.shard_members(connection.shard))
    shard.delete(shard.new(Row, keys.shard_member(connection.connection_id)))


class PersonalRemains:
    """What is left of one person. Nothing else in the product removes entries of their own log (decision 0026)."""

    def __init__(
        self,
        leaver: Leaver,
        *,
        claims: Iterable[InstallationKey],
        counters: Iterable[InstallationKey],
        installation: Installation,
    ) -> None:
        """`claims` are where the claims on their address and username lie, `counters` partitions all theirs."""
        self._leaver = leaver
        self._claims = list(claims)
        self._counters = list(counters)
        self._installation = installation
        self._own = installation.rows(people_keys.user(leaver.user_id))

    def remove_pointers(self) -> int:
        """Remove the rows elsewhere that lead here: claims on address and username, logins, tokens that were mailed."""
        removed = 0
        for key in self._pointers():
            rows = self._installation.rows(key)
            removed += rows.delete(rows.new(Row, keys.ONLY), Path("user_id") == self._leaver.user_id)
        return removed

    def remove_rows(self) -> int:
        """Remove a chunk of everything under the person: profile, sessions, own log; 0 says that none was left."""
        with guard.erasing():
            return sum(rows.purge(most=_CHUNK) for rows in self._partitions())

    def count(self) -> int:
        """How many rows are left: every partition is read to its end."""
        return sum(rows.count() for rows in self._partitions()) + sum(1 for _ in self._pointers())

    def _pointers(self) -> Iterator[InstallationKey]:
        linked = self._own.plain(people_keys.LOGINS)
        logins = [
            people_keys.login_claim(row["sk"].removeprefix(people_keys.LOGINS), row["subject_hash"]) for row in linked
        ]
        for key in (*self._claims, *logins):
            if self._is_mine(self._installation.rows(key)):
                yield key
        mailed = people_keys.mailed_tokens_of(self._leaver.user_id)
        for token in self._installation.in_second_order(Row, mailed, limit=_TOKENS):
            yield InstallationKey(token.pk)

    def _is_mine(self, rows: Rows) -> bool:
        """Whether a claim is theirs: what was given up, or removed a moment ago, may have another holder by now."""
        found = rows.get_many([keys.ONLY]).values()
        return any(codec.decode(item)["user_id"] == self._leaver.user_id for item in found)

    def _partitions(self) -> list[Rows]:
        months = _months(self._leaver.created_at, self._installation.now())
        log = [people_keys.personal_journal(self._leaver.user_id, month) for month in months]
        return [*map(self._installation.rows, (*self._counters, *log)), self._own]


def _months(first: datetime, last: datetime) -> Iterator[datetime]:
    """A moment of each month from one to another."""
    at = first.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while at <= last:
        yield at
        at = (at + timedelta(days=32)).replace(day=1)
