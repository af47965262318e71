"""How a member's connection reaches Telegram: through a proxy of their own, or directly."""

import msgspec

from chalicelib.features.accounts.model import (
    AccountCard,
    Connection,
    ConnectionNotFound,
    ConnectionState,
    Proxy,
    check_proxy,
)
from chalicelib.features.accounts.repository import Accounts, Connections
from chalicelib.features.accounts.use_cases.reading import get_account
from chalicelib.features.accounts.use_cases.steps import member_of
from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId
from chalicelib.table.cipher import Cipher, Purpose
from chalicelib.table.tenant import Tenant


def give_proxy(account_id: AccountId, proxy: Proxy, *, tenant: Tenant, cipher: Cipher) -> AccountCard:
    """Have the member's own connection reach Telegram through their proxy; the worker begins it anew that way.

    Kept sealed and shown to nobody again. The activity log has that it changed.

    Raises:
        ProxyInvalid: nothing was written.
        AccountNotFound: the workspace knows no such account.
        ConnectionNotFound: the member has no connection to it that they have not ended.
        ChangedMeanwhile: it was ended or connected anew at this moment; nothing was written.
    """
    check_proxy(proxy)
    connection = _own_connection(account_id, tenant)
    sealed = cipher.seal(tenant.workspace_id, Purpose.PROXY, connection.id, msgspec.json.encode(proxy))
    with tenant.transaction() as change:
        Connections(tenant, account_id).set_way(change, connection, sealed, _another_way(tenant))
        change.record("connection.proxy_changed", target=account_id)
    return get_account(account_id, tenant=tenant)


def remove_proxy(account_id: AccountId, *, tenant: Tenant) -> AccountCard:
    """Have the member's own connection reach Telegram directly. Where that is so, nothing is written.

    Raises:
        AccountNotFound: the workspace knows no such account.
        ConnectionNotFound: the member has no connection to it that they have not ended.
        ChangedMeanwhile: it was ended or connected anew at this moment; nothing was written.
    """
    connection = _own_connection(account_id, tenant)
    if connection.is_proxied:
        with tenant.transaction() as change:
            Connections(tenant, account_id).set_way(change, connection, None, _another_way(tenant))
            change.record("connection.proxy_removed", target=account_id)
    return get_account(account_id, tenant=tenant)


def open_proxy(connection: Connection, sealed: bytes, *, tenant: Tenant, cipher: Cipher) -> Proxy:
    """The proxy that is sealed for a connection. Raises SealBroken."""
    opened = cipher.open(tenant.workspace_id, Purpose.PROXY, connection.id, sealed)
    return msgspec.json.decode(opened, type=Proxy)


def _own_connection(account_id: AccountId, tenant: Tenant) -> Connection:
    Accounts(tenant).require(account_id)
    connection = Connections(tenant, account_id).get(member_of(tenant))
    if connection is None or connection.state == ConnectionState.DISCONNECTED:
        raise ConnectionNotFound
    return connection


def _another_way(tenant: Tenant) -> str:
    return ids.mint(tenant.now().timestamp())
