"""How a connection begins and ends: a login taken into custody, and the two steps by which it is given up."""

from dataclasses import replace
from functools import partial

from chalicelib import settings
from chalicelib.features.accounts.model import (
    Account,
    AccountCard,
    ConnectAccount,
    Connection,
    ConnectionNotFound,
    ConnectionState,
    OwnershipNotConfirmed,
    shard_of,
)
from chalicelib.features.accounts.repository import Accounts, Connections
from chalicelib.features.accounts.use_cases.reading import get_account
from chalicelib.features.accounts.use_cases.steps import member_of, repeated
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.seats.use_cases import Connecting
from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId
from chalicelib.table.cipher import Cipher, Purpose
from chalicelib.table.tenant import Tenant

LOGGING_OUT = "logging-out"
BY_MEMBER = "ended-by-member"
BY_DEPARTURE = "member-departed"
UNPAID = "unpaid"


def connect_account(command: ConnectAccount, *, tenant: Tenant, cipher: Cipher) -> Connection:
    """Take a finished Telegram login into custody as the member's own connection, which their seat or the trial pays.

    A member has one connection to an account: connecting again keeps its id and proxy and replaces the seal. One
    transaction of 8 rows (account, connection, seal, update state, access hashes, shard, member, journal), up to 13
    where the workspace's trial begins with it, while they are a member: who was removed during the login leaves no
    connection behind. A query and three reads before.

    Raises:
        OwnershipNotConfirmed: nothing was written.
        SeatNeeded, TrialOver, AccountLimitReached, TrialFull: nothing pays for it; nothing was written.
        NotFound: they are no member any more; nothing was written.
        ChangedMeanwhile: the account kept changing under us; nothing was written.
    """
    if not command.owned:
        raise OwnershipNotConfirmed
    account_id = ids.account_id(settings.current().id_secret, tenant.workspace_id, command.telegram_user_id)
    return repeated(lambda: _connect_once(command, account_id, tenant, cipher))


def _connect_once(command: ConnectAccount, account_id: AccountId, tenant: Tenant, cipher: Cipher) -> Connection:
    user_id = member_of(tenant)
    accounts, connections = Accounts(tenant), Connections(tenant, account_id)
    known, before = accounts.get(account_id), connections.get(user_id)
    after = _opened(account_id, user_id, tenant, before)
    sealed = cipher.seal(tenant.workspace_id, Purpose.SESSION, after.id, command.session_string.encode())
    account = _account_after(command, account_id, user_id, known)
    holders = {each.id: each.held_by() for each in accounts.all()}
    connecting = Connecting(
        account_id=account_id, telegram_user_id=command.telegram_user_id, user_id=user_id, holders=holders
    )
    with tenant.transaction() as change:
        trial_ends_at = seats.cover_account(change, connecting, tenant=tenant)
        if known is None:
            accounts.create(change, account)
        else:
            accounts.replace(change, account, before=known)
        connections.open(change, after, sealed, before=before)
        change.record(
            "connection.opened",
            target=account_id,
            old=None if before is None else {"state": before.state},
            new={
                "state": after.state,
                "name": account.name,
                "user_id": user_id,
                "owned": True,
                **({} if trial_ends_at is None else {"trial_ends_at": trial_ends_at}),
            },
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
        is_proxied=before is not None and before.is_proxied,
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
        left_out=command.left_out if known is None else known.left_out,
    )


def request_disconnect(account_id: AccountId, *, tenant: Tenant) -> AccountCard:
    """End the member's own connection: closed to them at once; the worker logs out at Telegram, then destroys the seal.

    Repeating it changes nothing.

    Raises:
        AccountNotFound: the workspace knows no such account.
        ConnectionNotFound: the member never connected it.
        ChangedMeanwhile: somebody wrote first; nothing was written.
    """
    account, before = Accounts(tenant).require(account_id), Connections(tenant, account_id).get(member_of(tenant))
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
            repeated(partial(end_connection, account.id, user_id, reason, tenant=tenant))


def end_connection(account_id: AccountId, user_id: UserId, reason: str, *, tenant: Tenant) -> None:
    """End one connection, whoever acts; nothing where there is none. Raises ChangedMeanwhile."""
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


def finish_disconnect(connection: Connection, *, tenant: Tenant) -> Connection:
    """Destroy the seal and everything kept with it, after the log-out at Telegram; gives the connection as it ended.

    Raises:
        ConnectionTaken: the member connected anew meanwhile; nothing was written.
    """
    reason = connection.reason if connection.reason in {BY_DEPARTURE, UNPAID} else BY_MEMBER
    after = replace(connection, state=ConnectionState.DISCONNECTED, reason=reason, since=tenant.now(), is_proxied=False)
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
