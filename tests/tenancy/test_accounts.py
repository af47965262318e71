"""Accounts and custody of one workspace are nothing to another, whatever ids it knows."""

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import (
    AccountNotFound,
    ConnectAccount,
    Connection,
    ConnectionTaken,
    Proxy,
    SessionNotKept,
    ShardMember,
    Wish,
)
from chalicelib.features.accounts.repository import Connections, SealedRow
from chalicelib.table import keys
from chalicelib.table.cipher import Cipher, Purpose, SealBroken
from chalicelib.table.tenant import Tenant


def connect(tenant: Tenant) -> Connection:
    command = ConnectAccount(
        telegram_user_id=4711, name="Ada", username=None, phone=None, session_string="1Login", owned=True
    )
    return accounts.connect_account(command, tenant=tenant, cipher=Cipher())


def test_the_same_telegram_user_is_another_account_in_another_workspace(tenant: Tenant, other_tenant: Tenant) -> None:
    mine, theirs = connect(tenant), connect(other_tenant)
    assert mine.account_id != theirs.account_id
    assert [card.account.id for card in accounts.list_accounts(tenant)] == [mine.account_id]


def test_a_foreign_account_is_missing(tenant: Tenant, other_tenant: Tenant) -> None:
    account_id = connect(other_tenant).account_id
    assert not accounts.is_connected(tenant, account_id)
    with pytest.raises(AccountNotFound):
        accounts.label_account(account_id, "mine now", tenant=tenant)
    with pytest.raises(AccountNotFound):
        accounts.request_disconnect(account_id, tenant=tenant)
    assert accounts.is_connected(other_tenant, account_id)


def test_a_foreign_connection_cannot_be_taken_read_or_written(tenant: Tenant, other_tenant: Tenant) -> None:
    theirs, cipher = connect(other_tenant), Cipher()
    member = ShardMember(
        connection_id=theirs.id,
        workspace_id=tenant.workspace_id,
        account_id=theirs.account_id,
        user_id=theirs.user_id,
        wish=Wish.CONNECT,
        revision=1,
    )
    with pytest.raises(ConnectionTaken):
        accounts.take_connection(member, 9, tenant=tenant)
    with pytest.raises(SessionNotKept):
        accounts.load_custody(theirs, tenant=tenant, cipher=cipher)
    with pytest.raises(ConnectionTaken):
        accounts.keep_session(theirs, "1Mine", tenant=tenant, cipher=cipher, epoch=9)
    with pytest.raises(ConnectionTaken):
        accounts.finish_disconnect(theirs, tenant=tenant)
    assert accounts.load_custody(theirs, tenant=other_tenant, cipher=cipher).session_string == "1Login"


@pytest.mark.parametrize("moved", ["tenant", "connection"])
def test_a_seal_that_was_moved_does_not_open(tenant: Tenant, other_tenant: Tenant, moved: str) -> None:
    """Somebody who can write rows, but not use the key, gains nothing by copying a seal elsewhere."""
    mine, theirs, cipher = connect(tenant), connect(other_tenant), Cipher()
    there = other_tenant.rows(keys.account_partition(theirs.account_id))
    stolen = there.get(SealedRow, keys.sealed_session(theirs.id))
    assert stolen is not None
    to = mine if moved == "tenant" else theirs
    holder = tenant if moved == "tenant" else other_tenant
    if moved == "connection":
        stolen.sealed = cipher.seal(holder.workspace_id, Purpose.SESSION, "another connection", b"1Login")
    assert Connections(holder, to.account_id).reseal(
        keys.sealed_session(to.id), stolen.sealed, epoch=1, revision=to.revision
    )
    with pytest.raises(SealBroken):
        accounts.load_custody(to, tenant=holder, cipher=cipher)


def test_a_proxy_that_was_moved_from_another_workspace_does_not_open(tenant: Tenant, other_tenant: Tenant) -> None:
    cipher, proxy = Cipher(), Proxy(host="proxy.example", port=1080, username=None, password=None)
    mine, theirs = connect(tenant), connect(other_tenant)
    accounts.give_proxy(mine.account_id, proxy, tenant=tenant, cipher=cipher)
    accounts.give_proxy(theirs.account_id, proxy, tenant=other_tenant, cipher=cipher)
    there = other_tenant.rows(keys.account_partition(theirs.account_id))
    stolen = there.get(SealedRow, keys.sealed_proxy(theirs.id))
    assert stolen is not None

    assert Connections(tenant, mine.account_id).reseal(
        keys.sealed_proxy(mine.id), stolen.sealed, epoch=1, revision=mine.revision
    )

    with pytest.raises(SealBroken):
        accounts.load_custody(mine, tenant=tenant, cipher=cipher)
    with pytest.raises(AccountNotFound):
        accounts.remove_proxy(theirs.account_id, tenant=tenant)
