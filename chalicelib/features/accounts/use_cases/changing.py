"""What people change about an account that is connected, and what is forgotten of who connected it."""

from dataclasses import replace
from functools import partial

from chalicelib.features.accounts.model import MAX_LABEL_CHARACTERS, AccountCard, ConnectionNotFound
from chalicelib.features.accounts.repository import Accounts
from chalicelib.features.accounts.use_cases.reading import get_account, is_connected
from chalicelib.features.accounts.use_cases.steps import repeated
from chalicelib.features.standing import use_cases as standing
from chalicelib.kernel import names
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.ids import AccountId, UserId
from chalicelib.kernel.permissions import Action
from chalicelib.table.tenant import Tenant


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


def leave_out(account_id: AccountId, kinds: frozenset[ChatKind], *, tenant: Tenant) -> AccountCard:
    """Say which kinds of chats of an account stay out of the workspace when they are first seen; known ones stay put.

    Raises:
        PermissionMissing: the caller may not manage excluded chats.
        AccountNotFound: the workspace knows no such account.
        ConnectionNotFound: the member is not connected to it.
        ChangedMeanwhile: somebody wrote first; nothing was written.
    """
    tenant.require(Action.MANAGE_EXCLUDED)
    accounts = Accounts(tenant)
    before = accounts.require(account_id)
    if not is_connected(tenant, account_id):
        raise ConnectionNotFound
    if before.left_out != kinds:
        with tenant.transaction() as change:
            accounts.replace(change, replace(before, left_out=kinds, version=before.version + 1), before=before)
            change.record("account.left_out_changed", target=account_id, old=sorted(before.left_out), new=sorted(kinds))
    return get_account(account_id, tenant=tenant)


def resume_sending(account_id: AccountId, *, tenant: Tenant) -> AccountCard:
    """End by hand what PEER_FLOOD set: for somebody who is connected to the account and saw to its cause.

    Raises:
        AccountNotFound: the workspace knows no such account.
        ConnectionNotFound: the member is not connected to it.
        ChangedMeanwhile: somebody wrote first; nothing was written.
    """
    Accounts(tenant).require(account_id)
    if not is_connected(tenant, account_id):
        raise ConnectionNotFound
    standing.resume(account_id, tenant=tenant)
    return get_account(account_id, tenant=tenant)


def forget_holder(user_id: UserId, *, tenant: Tenant) -> None:
    """Forget that somebody who is gone ever connected accounts here, and who they are at Telegram.

    An account's username and phone number are shown to those connected to it alone: with the last of them they go.
    What the workspace calls the account, and its chats' cards, are the workspace's. Repeating it changes nothing.

    Raises:
        ChangedMeanwhile: an account kept changing under us; those before it are done.
    """
    for account in Accounts(tenant).all():
        if user_id in account.holders:
            repeated(partial(_forget_holder, account.id, user_id, tenant))


def _forget_holder(account_id: AccountId, user_id: UserId, tenant: Tenant) -> None:
    before = Accounts(tenant).require(account_id)
    holders = {holder: is_held for holder, is_held in before.holders.items() if holder != user_id}
    after = replace(before, holders=holders, version=before.version + 1)
    if not any(holders.values()):
        after = replace(after, username=None, phone=None)
    with tenant.transaction() as change:
        Accounts(tenant).replace(change, after, before=before)
        change.record("account.holder_forgotten", target=account_id)
