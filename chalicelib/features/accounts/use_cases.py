"""What people and the session worker do with accounts and connections.

Called from Lambdas and, through the worker's door to threads, from the session worker.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from chalicelib import settings
from chalicelib.features.accounts import repository
from chalicelib.features.accounts.model import (
    MAX_LABEL_CHARACTERS,
    Account,
    AccountCard,
    ConnectAccount,
    Connection,
    ConnectionNotFound,
    ConnectionState,
    ConnectionTaken,
    Custody,
    OwnershipNotConfirmed,
    ShardMember,
    shard_of,
)
from chalicelib.features.accounts.repository import Accounts, Connections
from chalicelib.kernel import ids, names
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId
from chalicelib.kernel.permissions import Action
from chalicelib.table import keys
from chalicelib.table.cipher import Cipher, Purpose
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ATTEMPTS, ChangedMeanwhile

LOGGING_OUT = "logging-out"
BY_MEMBER = "ended-by-member"
BY_DEPARTURE = "member-departed"

Done = TypeVar("Done")
_LOST_STATES = (ConnectionState.NEEDS_LOGIN, ConnectionState.CLOSED)


def connect_account(command: ConnectAccount, *, tenant: Tenant, cipher: Cipher) -> Connection:
    """Take a finished Telegram login into custody as the member's own connection.

    A member has one connection to an account: connecting again keeps its id and replaces the seal. One transaction of
    7 rows (account, connection, seal, update state, access hashes, shard, journal), while they are a member: who was
    removed during the login leaves no connection behind.

    Raises:
        OwnershipNotConfirmed: nothing was written.
        NotFound: they are no member any more; nothing was written.
        ChangedMeanwhile: the account kept changing under us; nothing was written.
    """
    if not command.owned:
        raise OwnershipNotConfirmed
    account_id = ids.account_id(settings.current().id_secret, tenant.workspace_id, command.telegram_user_id)
    return _repeated(lambda: _connect_once(command, account_id, tenant, cipher))


def _repeated(change: Callable[[], Done]) -> Done:
    """Make a change; where somebody else wrote first, on what stands then. Raises ChangedMeanwhile in the end."""
    for _ in range(1, ATTEMPTS):
        try:
            return change()
        except ChangedMeanwhile:
            continue
    return change()


def _connect_once(command: ConnectAccount, account_id: AccountId, tenant: Tenant, cipher: Cipher) -> Connection:
    user_id = _member(tenant)
    accounts, connections = Accounts(tenant), Connections(tenant, account_id)
    known, before = accounts.get(account_id), connections.get(user_id)
    after = _opened(account_id, user_id, tenant, before)
    sealed = cipher.seal(tenant.workspace_id, Purpose.SESSION, after.id, command.session_string.encode())
    account = _account_after(command, account_id, user_id, known)
    with tenant.transaction() as change:
        accounts.check_member(change, user_id)
        if known is None:
            accounts.create(change, account)
        else:
            accounts.replace(change, account, before=known)
        connections.open(change, after, sealed, before=before)
        change.record(
            "connection.opened",
            target=account_id,
            old=None if before is None else {"state": before.state},
            new={"state": after.state, "name": account.name, "user_id": user_id, "owned": True},
            about=user_id,
        )
    return after


def _opened(account_id: AccountId, user_id: UserId, tenant: Tenant, before: Connection | None) -> Connection:
    at = tenant.now()
    return Connection(
        id=ConnectionId(ids.mint(at.timestamp())) if before is None else before.id,
        workspace_id=tenant.workspace_id,
        account_id=account_id,
        user_id=user_id,
        shard=shard_of(user_id, settings.current().shards),
        state=ConnectionState.CONNECTING,
        reason=None,
        since=at,
        epoch=0 if before is None else before.epoch,
        revision=1 if before is None else before.revision + 1,
    )


def _account_after(command: ConnectAccount, account_id: AccountId, user_id: UserId, known: Account | None) -> Account:
    return Account(
        id=account_id,
        telegram_user_id=command.telegram_user_id,
        label=command.name if known is None else known.label,
        name=command.name,
        username=command.username,
        phone=command.phone,
        holders={**({} if known is None else known.holders), user_id: True},
        version=1 if known is None else known.version + 1,
    )


def list_accounts(tenant: Tenant) -> list[AccountCard]:
    """Every account with who is connected to it: two queries and a batch read. Sorted by label."""
    accounts = Accounts(tenant)
    known = sorted(accounts.all(), key=lambda account: (account.label.casefold(), account.id))
    return _cards(known, accounts, tenant)


def get_account(account_id: AccountId, *, tenant: Tenant) -> AccountCard:
    """One account with who is connected to it. Raises AccountNotFound."""
    accounts = Accounts(tenant)
    return _cards([accounts.require(account_id)], accounts, tenant)[0]


def _cards(known: list[Account], accounts: Accounts, tenant: Tenant) -> list[AccountCard]:
    full_names = accounts.member_names()
    holders = [(account.id, user_id) for account in known for user_id in account.holders if user_id in full_names]
    found = repository.connections_of(tenant, holders)
    viewer = None if tenant.member is None else tenant.member.user_id
    return [
        AccountCard(
            account=account,
            connections=tuple((one, full_names[one.user_id]) for one in found if one.account_id == account.id),
            is_mine=viewer is not None and account.is_held_by(viewer),
        )
        for account in known
    ]


def known_accounts(tenant: Tenant) -> list[Account]:
    """Every account of the workspace, by id: one query."""
    return sorted(Accounts(tenant).all(), key=lambda account: account.id)


def known_account(account_id: AccountId, *, tenant: Tenant) -> Account:
    """One account: one read unit. Raises AccountNotFound."""
    return Accounts(tenant).require(account_id)


def connected_accounts(tenant: Tenant) -> list[AccountId]:
    """The accounts the member has a connection to that they have not ended: one query."""
    user_id = _member(tenant)
    return [account.id for account in Accounts(tenant).all() if account.is_held_by(user_id)]


def is_connected(tenant: Tenant, account_id: AccountId) -> bool:
    """Whether the member may see the private side of an account's chats (product.md section 1.3): one read unit."""
    if tenant.member is None:
        return False
    connection = Connections(tenant, account_id).get(tenant.member.user_id)
    return connection is not None and connection.state != ConnectionState.DISCONNECTED


def label_account(account_id: AccountId, label: str, *, tenant: Tenant) -> AccountCard:
    """Give an account the name the workspace calls it by.

    Raises:
        PermissionMissing: a job asks, which is no member.
        NameInvalid: nothing was written.
        AccountNotFound: the workspace knows no such account.
        ChangedMeanwhile: somebody wrote first.
    """
    tenant.require(Action.USE_ACCOUNTS)
    wanted = names.parse(label, pointer="/label", most=MAX_LABEL_CHARACTERS)
    accounts = Accounts(tenant)
    before = accounts.require(account_id)
    with tenant.transaction() as change:
        accounts.replace(change, replace(before, label=wanted, version=before.version + 1), before=before)
        change.record("account.labelled", target=account_id, old=before.label, new=wanted)
    return get_account(account_id, tenant=tenant)


def request_disconnect(account_id: AccountId, *, tenant: Tenant) -> AccountCard:
    """End the member's own connection: closed to them at once; the worker logs out at Telegram, then destroys the seal.

    Repeating it changes nothing.

    Raises:
        AccountNotFound: the workspace knows no such account.
        ConnectionNotFound: the member never connected it.
        ChangedMeanwhile: somebody wrote first; nothing was written.
    """
    account, before = Accounts(tenant).require(account_id), Connections(tenant, account_id).get(_member(tenant))
    if before is None:
        raise ConnectionNotFound
    _wish_end(account, before, LOGGING_OUT, tenant)
    return get_account(account_id, tenant=tenant)


def end_connections_of(user_id: UserId, *, tenant: Tenant, reason: str = LOGGING_OUT) -> None:
    """End every connection somebody has here, whoever acts: each is closed at once, then logged out and destroyed.

    Repeating it goes on where it was cut short. One query, two reads and a transaction each.

    Raises:
        ChangedMeanwhile: an account kept changing under us; the connections before it are being ended.
    """
    for account in Accounts(tenant).all():
        if account.is_held_by(user_id):
            _repeated(partial(_end_one, account.id, user_id, reason, tenant))


def _end_one(account_id: AccountId, user_id: UserId, reason: str, tenant: Tenant) -> None:
    account, before = Accounts(tenant).require(account_id), Connections(tenant, account_id).get(user_id)
    if before is not None:
        _wish_end(account, before, reason, tenant)


def _wish_end(account: Account, before: Connection, reason: str, tenant: Tenant) -> None:
    """Close a connection to its member and tell the worker to log out; nothing where that was done."""
    if before.state == ConnectionState.DISCONNECTED:
        return
    holders = {**account.holders, before.user_id: False}
    after = replace(before, state=ConnectionState.DISCONNECTED, reason=reason, since=tenant.now())
    with tenant.transaction() as change:
        Accounts(tenant).replace(change, replace(account, holders=holders, version=account.version + 1), before=account)
        Connections(tenant, account.id).wish_end(change, before, after)
        change.record("connection.end_requested", target=account.id, old=before.state, new=after.state)


def forget_holder(user_id: UserId, *, tenant: Tenant) -> None:
    """Forget that somebody who is gone ever connected accounts here, and who they are at Telegram.

    An account's username and phone number are shown to those connected to it alone: with the last of them they go.
    What the workspace calls the account, and its chats' cards, are the workspace's. Repeating it changes nothing.

    Raises:
        ChangedMeanwhile: an account kept changing under us; those before it are done.
    """
    for account in Accounts(tenant).all():
        if user_id in account.holders:
            _repeated(partial(_forget_holder, account.id, user_id, tenant))


def _forget_holder(account_id: AccountId, user_id: UserId, tenant: Tenant) -> None:
    before = Accounts(tenant).require(account_id)
    holders = {holder: is_held for holder, is_held in before.holders.items() if holder != user_id}
    after = replace(before, holders=holders, version=before.version + 1)
    if not any(holders.values()):
        after = replace(after, username=None, phone=None)
    with tenant.transaction() as change:
        Accounts(tenant).replace(change, after, before=before)
        change.record("account.holder_forgotten", target=account_id)


def finish_disconnect(connection: Connection, *, tenant: Tenant) -> Connection:
    """Destroy the seal and everything kept with it, after the log-out at Telegram; gives the connection as it ended.

    Raises:
        ConnectionTaken: the member connected anew meanwhile; nothing was written.
    """
    reason = BY_DEPARTURE if connection.reason == BY_DEPARTURE else BY_MEMBER
    after = replace(connection, state=ConnectionState.DISCONNECTED, reason=reason, since=tenant.now())
    with tenant.transaction() as change:
        Connections(tenant, connection.account_id).end(change, connection, after)
        change.record("connection.closed", target=connection.account_id, new={"user_id": connection.user_id})
    return after


def destroy_connection(account_id: AccountId, user_id: UserId, *, tenant: Tenant) -> None:
    """Destroy a connection that Telegram was away for too long to log out; nothing where there is none.

    Raises:
        ConnectionTaken: its member connected anew at this moment; nothing was written.
    """
    connection = Connections(tenant, account_id).get(user_id)
    if connection is not None:
        finish_disconnect(connection, tenant=tenant)


def shard_members(shard: int, installation: Installation) -> list[ShardMember]:
    """Every connection that lives in a shard and what its member wants: one query."""
    return repository.members_of_shard(installation, shard)


def take_connection(member: ShardMember, epoch: int, *, tenant: Tenant) -> Connection:
    """Make a connection this task's own by stamping its epoch on all that only its holder writes: at most 4 writes.

    Raises:
        ConnectionTaken: a later epoch holds it, it was connected anew, or it is gone.
    """
    connections = Connections(tenant, member.account_id)
    connection = connections.get(member.user_id)
    if connection is None or (connection.id, connection.revision) != (member.connection_id, member.revision):
        raise ConnectionTaken
    if not connections.stamp(connection, epoch):
        raise ConnectionTaken
    return replace(connection, epoch=epoch)


def set_state(
    connection: Connection,
    state: ConnectionState,
    reason: str | None,
    *,
    tenant: Tenant,
    epoch: int,
    forget_session: bool = False,
) -> Connection:
    """Write how a connection is doing. Needs-login and closed stand in the journal; others are not shared history.

    `forget_session` destroys the seal of a login that Telegram has ended.

    Raises:
        ConnectionTaken: another task holds it, or its member ended or replaced it; nothing was written.
    """
    after = replace(connection, state=state, reason=reason, since=tenant.now(), epoch=epoch)
    connections = Connections(tenant, connection.account_id)
    if state in _LOST_STATES:
        with tenant.transaction() as change:
            connections.lose(change, connection, after, forget=forget_session)
            lost = {"state": state, "reason": reason, "user_id": connection.user_id}
            change.record("connection.lost", target=connection.account_id, old=connection.state, new=lost)
    elif not connections.set_state(connection, after):
        raise ConnectionTaken
    return after


def load_session(connection: Connection, *, tenant: Tenant, cipher: Cipher) -> str:
    """The session string of a connection. Raises as `load_custody`."""
    return load_custody(connection, tenant=tenant, cipher=cipher).session_string


def load_custody(connection: Connection, *, tenant: Tenant, cipher: Cipher) -> Custody:
    """All a connection is opened with: a batch read and a read.

    Raises:
        SessionNotKept: its session was ended and forgotten.
        ConnectionTaken: it was connected anew; what is kept is another login than the one that was asked for.
        SealBroken: its key is destroyed.
    """
    connections = Connections(tenant, connection.account_id)
    sealed = connections.sealed(connection.id)
    standing = connections.get(connection.user_id)
    if standing is None or standing.revision != connection.revision:
        raise ConnectionTaken

    def opened(sk: str) -> bytes:
        content = sealed.get(sk, b"")
        return cipher.open(tenant.workspace_id, Purpose.SESSION, connection.id, content) if content else b""

    session, state, hashes = repository.sealed_rows(connection.id)
    return Custody(session_string=opened(session).decode(), state=opened(state), hashes=opened(hashes))


def keep_update_state(connection: Connection, content: bytes, *, tenant: Tenant, cipher: Cipher, epoch: int) -> None:
    """Seal and keep how far a connection's updates were handled. Raises ConnectionTaken."""
    _reseal(keys.update_state(connection.id), connection, content, tenant, cipher, epoch)


def keep_hashes(connection: Connection, content: bytes, *, tenant: Tenant, cipher: Cipher, epoch: int) -> None:
    """Seal and keep the access hashes a connection knows: a write unit a KB. Raises ConnectionTaken."""
    _reseal(keys.entity_hashes(connection.id), connection, content, tenant, cipher, epoch)


def keep_session(connection: Connection, session_string: str, *, tenant: Tenant, cipher: Cipher, epoch: int) -> None:
    """Seal a login that moved to another data centre. Raises ConnectionTaken."""
    _reseal(keys.sealed_session(connection.id), connection, session_string.encode(), tenant, cipher, epoch)


def _reseal(sk: str, connection: Connection, content: bytes, tenant: Tenant, cipher: Cipher, epoch: int) -> None:
    sealed = cipher.seal(tenant.workspace_id, Purpose.SESSION, connection.id, content)
    if not Connections(tenant, connection.account_id).reseal(sk, sealed, epoch):
        raise ConnectionTaken


def _member(tenant: Tenant) -> UserId:
    if tenant.member is None:
        raise ConnectionNotFound
    return tenant.member.user_id
