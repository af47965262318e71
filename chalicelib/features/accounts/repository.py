"""Rows of accounts and connections, and the sealed rows only the worker opens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.features.accounts.model import (
    Account,
    AccountNotFound,
    Connection,
    ConnectionState,
    ConnectionTaken,
    SessionNotKept,
    ShardMember,
    Wish,
)
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId, WorkspaceId
from chalicelib.table import keys
from chalicelib.table.items import BytesAttribute, DocumentAttribute, MomentAttribute, Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.proof import MemberRow
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile


class AccountRow(Row, discriminator="account"):
    """A Telegram account; `holders` is {user id: still connected}, `left_out` the kinds of chats that stay out."""

    telegram_user_id = NumberAttribute()
    label = UnicodeAttribute()
    name = UnicodeAttribute()
    username = UnicodeAttribute(null=True)
    phone = UnicodeAttribute(null=True)
    holders = DocumentAttribute()
    version = NumberAttribute()
    left_out = DocumentAttribute(default=list)


class ConnectionRow(Row, discriminator="connection"):
    """A member's connection. Its state is the worker's, conditioned on the epoch."""

    connection_id = UnicodeAttribute()
    shard = NumberAttribute()
    state = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    since = MomentAttribute()
    epoch = NumberAttribute()
    revision = NumberAttribute()
    is_proxied = BooleanAttribute(null=True)


class SealedRow(Row, discriminator="sealed"):
    """Session string, update state, access hashes or proxy of a connection: unreadable without the tenant's key.

    `revision` is the login it was sealed for: the keeper of a login that was replaced can't write over its heir.
    """

    sealed = BytesAttribute()
    epoch = NumberAttribute()
    revision = NumberAttribute()


class ShardMemberRow(Row, discriminator="shard_member"):
    """The installation's pointer from a shard to a connection in it."""

    workspace_id = UnicodeAttribute()
    account_id = UnicodeAttribute()
    user_id = UnicodeAttribute()
    wish = UnicodeAttribute()
    revision = NumberAttribute()
    way = UnicodeAttribute(null=True)


class Accounts:
    """The accounts of one tenant."""

    def __init__(self, tenant: Tenant) -> None:
        self._rows = tenant.rows(keys.WORKSPACE)

    def get(self, account_id: AccountId) -> Account | None:
        """One account: one read unit."""
        row = self._rows.get(AccountRow, keys.account(account_id))
        return None if row is None else _account(row)

    def require(self, account_id: AccountId) -> Account:
        """One account. Raises AccountNotFound."""
        account = self.get(account_id)
        if account is None:
            raise AccountNotFound
        return account

    def all(self) -> list[Account]:
        """Every account, in no order that means anything: one query."""
        return [_account(row) for row in self._rows.query(AccountRow, keys.ACCOUNTS)]

    def member_names(self) -> dict[UserId, str]:
        """What the workspace's members are called here: one query."""
        members = self._rows.query(MemberRow, keys.MEMBERS)
        return {UserId(row.sk.removeprefix(keys.MEMBERS)): row.alias or row.full_name for row in members}

    def demand_member(self, change: JournalledTransaction, user_id: UserId, refusal: Fact) -> None:
        """Have a change stand only while somebody is a member."""
        change.check(self._rows.new(MemberRow, keys.member(user_id)), Row.pk.exists(), refusal=refusal)

    def create(self, change: JournalledTransaction, account: Account) -> None:
        """Make an account known; fails as changed meanwhile when another member was faster."""
        row = self._rows.new(AccountRow, keys.account(account.id), **_attributes(account))
        change.create(row)

    def replace(self, change: JournalledTransaction, account: Account, *, before: Account) -> None:
        """Write what changed of an account, unless somebody wrote since `before` was read."""
        row = self._rows.new(AccountRow, keys.account(account.id))
        actions = [_set(getattr(AccountRow, name), value) for name, value in _attributes(account).items()]
        change.update(row, actions, AccountRow.version == before.version)


class Connections:
    """The connections to one account, and what is sealed for them."""

    def __init__(self, tenant: Tenant, account_id: AccountId) -> None:
        self._tenant = tenant
        self._account_id = account_id
        self._partition = keys.account_partition(account_id)
        self._rows = tenant.rows(self._partition)

    def get(self, user_id: UserId) -> Connection | None:
        """A member's connection: one read unit."""
        row = self._rows.get(ConnectionRow, keys.connection(user_id))
        return None if row is None else to_connection(row, self._tenant.workspace_id, self._account_id)

    def demand_open(self, change: JournalledTransaction, user_id: UserId, refusal: Fact) -> None:
        """Have a change stand only while a member has a connection that they have not ended."""
        is_open = Row.pk.exists() & (ConnectionRow.state != ConnectionState.DISCONNECTED)
        change.check(self._rows.new(ConnectionRow, keys.connection(user_id)), is_open, refusal=refusal)

    def open(
        self, change: JournalledTransaction, connection: Connection, sealed_session: bytes, *, before: Connection | None
    ) -> None:
        """Write a connection that was just made, its seal, empty custody and its place in a shard. Its proxy stays."""
        self._tenant.register(self._partition)
        if connection.is_proxied:
            proxy = self._rows.new(SealedRow, keys.sealed_proxy(connection.id))
            change.check(proxy, Row.pk.exists(), refusal=ChangedMeanwhile())
        row = self._rows.new(ConnectionRow, keys.connection(connection.user_id), **_of(connection))
        unchanged = Row.pk.does_not_exist() if before is None else ConnectionRow.revision == before.revision
        change.put(row, unchanged)
        for sk, sealed in zip(sealed_rows(connection.id), (sealed_session, b"", b""), strict=True):
            change.put(self._sealed(connection, sk, sealed))
        rows = self._tenant.installation_rows(keys.shard_members(connection.shard))
        change.put(
            rows.new(
                ShardMemberRow,
                keys.shard_member(connection.id),
                workspace_id=connection.workspace_id,
                account_id=connection.account_id,
                user_id=connection.user_id,
                wish=Wish.CONNECT,
                revision=connection.revision,
            )
        )

    def wish_end(self, change: JournalledTransaction, before: Connection, after: Connection) -> None:
        """Close the connection to its member at once and tell the worker to log out."""
        self._change(change, before, after, ConnectionRow.revision == before.revision)
        rows = self._tenant.installation_rows(keys.shard_members(before.shard))
        member = rows.new(ShardMemberRow, keys.shard_member(before.id))
        change.update(member, [ShardMemberRow.wish.set(Wish.DISCONNECT)], Row.pk.exists())

    def set_paid(self, change: JournalledTransaction, before: Connection, after: Connection, wish: Wish) -> None:
        """Suspend a connection, or have it come back, unless it was ended or connected anew since `before` was read."""
        is_same = (ConnectionRow.revision == before.revision) & (ConnectionRow.state != ConnectionState.DISCONNECTED)
        row = self._rows.new(ConnectionRow, keys.connection(before.user_id))
        actions = [
            ConnectionRow.state.set(after.state),
            _set(ConnectionRow.reason, after.reason),
            ConnectionRow.since.set(after.since),
        ]
        change.update(row, actions, is_same, refusal=ConnectionTaken())
        rows = self._tenant.installation_rows(keys.shard_members(before.shard))
        member = rows.new(ShardMemberRow, keys.shard_member(before.id))
        change.update(member, [ShardMemberRow.wish.set(wish)], Row.pk.exists(), refusal=ConnectionTaken())

    def set_way(self, change: JournalledTransaction, before: Connection, sealed_proxy: bytes | None, way: str) -> None:
        """Have a connection that its member has not ended reach Telegram through a proxy, or directly."""
        is_open = (ConnectionRow.revision == before.revision) & (ConnectionRow.state != ConnectionState.DISCONNECTED)
        row = self._rows.new(ConnectionRow, keys.connection(before.user_id))
        change.update(row, [_set(ConnectionRow.is_proxied, sealed_proxy is not None or None)], is_open)
        sk = keys.sealed_proxy(before.id)
        if sealed_proxy is None:
            change.delete(self._rows.new(SealedRow, sk))
        else:
            change.put(self._sealed(before, sk, sealed_proxy))
        rows = self._tenant.installation_rows(keys.shard_members(before.shard))
        member = rows.new(ShardMemberRow, keys.shard_member(before.id))
        change.update(member, [ShardMemberRow.way.set(way)], Row.pk.exists())

    def end(self, change: JournalledTransaction, before: Connection, after: Connection) -> None:
        """Record the end of a connection and remove everything sealed for it and its place in the shard."""
        row = self._rows.new(ConnectionRow, keys.connection(before.user_id))
        actions = [*_state_actions(after), ConnectionRow.is_proxied.remove()]
        change.update(row, actions, ConnectionRow.revision == before.revision, refusal=ConnectionTaken())
        for sk in (*sealed_rows(before.id), keys.sealed_proxy(before.id)):
            change.delete(self._rows.new(SealedRow, sk))
        rows = self._tenant.installation_rows(keys.shard_members(before.shard))
        change.delete(rows.new(ShardMemberRow, keys.shard_member(before.id)))

    def lose(self, change: JournalledTransaction, before: Connection, after: Connection, *, forget: bool) -> None:
        """Record that Telegram ended the session; `forget` destroys the seal, which opens nothing any more."""
        self._change(change, before, after, _still_mine(before, after.epoch))
        if forget:
            change.delete(self._rows.new(SealedRow, keys.sealed_session(before.id)))

    def _change(
        self, change: JournalledTransaction, before: Connection, after: Connection, condition: Condition
    ) -> None:
        row = self._rows.new(ConnectionRow, keys.connection(before.user_id))
        change.update(row, _state_actions(after), condition, refusal=ConnectionTaken())

    def set_state(self, before: Connection, after: Connection) -> bool:
        """Write the worker's view of a connection; False when it is no longer the worker's to write."""
        row = self._rows.new(ConnectionRow, keys.connection(before.user_id))
        return self._rows.update(row, _state_actions(after), _still_mine(before, after.epoch))

    def stamp(self, connection: Connection, epoch: int) -> bool:
        """Put a new holder's epoch on every row it will write, so that the old one can't any more."""
        row = self._rows.new(ConnectionRow, keys.connection(connection.user_id))
        is_same = (ConnectionRow.revision == connection.revision) & (ConnectionRow.epoch <= epoch)
        if not self._rows.update(row, [ConnectionRow.epoch.set(epoch)], is_same):
            return False
        for sk in sealed_rows(connection.id):
            sealed = self._rows.new(SealedRow, sk)
            self._rows.update(sealed, [SealedRow.epoch.set(epoch)], Row.pk.exists() & (SealedRow.epoch <= epoch))
        return True

    def sealed(self, connection_id: ConnectionId) -> dict[str, bytes]:
        """What is sealed for a connection, its proxy too, by sort key: one batch read.

        Raises:
            SessionNotKept: its session was ended and forgotten.
        """
        sort_keys = (*sealed_rows(connection_id), keys.sealed_proxy(connection_id))
        wanted = [(self._partition, sk) for sk in sort_keys]
        found = {row.sk: row.sealed for row in self._tenant.get_across(SealedRow, wanted)}
        if keys.sealed_session(connection_id) not in found:
            raise SessionNotKept
        return found

    def reseal(self, sk: str, sealed: bytes, *, epoch: int, revision: int) -> bool:
        """Replace what is sealed under `sk`; False when it is gone, another login's, or a later epoch holds it."""
        row = self._rows.new(SealedRow, sk)
        actions = [SealedRow.sealed.set(sealed), SealedRow.epoch.set(epoch)]
        return self._rows.update(row, actions, (SealedRow.revision == revision) & (SealedRow.epoch <= epoch))

    def _sealed(self, connection: Connection, sk: str, sealed: bytes) -> SealedRow:
        return self._rows.new(SealedRow, sk, sealed=sealed, epoch=connection.epoch, revision=connection.revision)


def sealed_rows(connection_id: ConnectionId) -> tuple[str, str, str]:
    """Sort keys of session, update state and access hashes: what the worker writes."""
    return keys.sealed_session(connection_id), keys.update_state(connection_id), keys.entity_hashes(connection_id)


def connections_of(tenant: Tenant, holders: Sequence[tuple[AccountId, UserId]]) -> list[Connection]:
    """These members' connections across accounts: one batch read for each hundred."""
    wanted = [(keys.account_partition(account_id), keys.connection(user_id)) for account_id, user_id in holders]
    found = {(row.pk, row.sk): row for row in tenant.get_across(ConnectionRow, wanted)}
    prefix = keys.tenant_prefix(tenant.workspace_id)
    return [
        to_connection(found[prefix + partition.suffix, sk], tenant.workspace_id, account_id)
        for (partition, sk), (account_id, _) in zip(wanted, holders, strict=True)
        if (prefix + partition.suffix, sk) in found
    ]


def members_of_shard(installation: Installation, shard: int) -> list[ShardMember]:
    """Every connection that lives in a shard: one query."""
    rows = installation.rows(keys.shard_members(shard)).query(ShardMemberRow, keys.CONNECTIONS)
    return [
        ShardMember(
            connection_id=ConnectionId(row.sk.removeprefix(keys.CONNECTIONS)),
            workspace_id=WorkspaceId(row.workspace_id),
            account_id=AccountId(row.account_id),
            user_id=UserId(row.user_id),
            wish=Wish(row.wish),
            revision=int(row.revision),
            way=row.way,
        )
        for row in rows
    ]


def to_connection(row: ConnectionRow, workspace_id: WorkspaceId, account_id: AccountId) -> Connection:
    """The connection a row stands for."""
    return Connection(
        id=ConnectionId(row.connection_id),
        workspace_id=workspace_id,
        account_id=account_id,
        user_id=UserId(row.sk.removeprefix(keys.CONNECTIONS)),
        shard=int(row.shard),
        state=ConnectionState(row.state),
        reason=row.reason,
        since=row.since,
        epoch=int(row.epoch),
        revision=int(row.revision),
        is_proxied=bool(row.is_proxied),
    )


def _account(row: AccountRow) -> Account:
    return Account(
        id=AccountId(row.sk.removeprefix(keys.ACCOUNTS)),
        telegram_user_id=int(row.telegram_user_id),
        label=row.label,
        name=row.name,
        username=row.username,
        phone=row.phone,
        holders=row.holders,
        version=int(row.version),
        left_out=frozenset(map(ChatKind, row.left_out)),
    )


def _attributes(account: Account) -> dict[str, Any]:
    return {
        "telegram_user_id": account.telegram_user_id,
        "label": account.label,
        "name": account.name,
        "username": account.username,
        "phone": account.phone,
        "holders": dict(account.holders),
        "version": account.version,
        "left_out": sorted(account.left_out),
    }


def _of(connection: Connection) -> dict[str, str | int | bool | datetime | None]:
    return {
        "connection_id": connection.id,
        "shard": connection.shard,
        "state": connection.state,
        "reason": connection.reason,
        "since": connection.since,
        "epoch": connection.epoch,
        "revision": connection.revision,
        "is_proxied": connection.is_proxied or None,
    }


def _state_actions(after: Connection) -> list[Action]:
    return [
        ConnectionRow.state.set(after.state),
        _set(ConnectionRow.reason, after.reason),
        ConnectionRow.since.set(after.since),
        ConnectionRow.epoch.set(after.epoch),
    ]


def _still_mine(before: Connection, epoch: int) -> Condition:
    """Not taken over, not connected anew, its member has not ended it, and it is not held down for want of payment."""
    is_same: Condition = (ConnectionRow.revision == before.revision) & (ConnectionRow.epoch <= epoch)
    is_open: Condition = ConnectionRow.state != ConnectionState.DISCONNECTED
    is_paid: Condition = ConnectionRow.state != ConnectionState.SUSPENDED
    all_of_it: Condition = is_same & is_open & is_paid
    return all_of_it


def _set(attribute: Any, value: Any) -> Action:
    action: Action = attribute.remove() if value is None else attribute.set(value)
    return action
