"""Chats in which somebody waits, and whose they are: for whoever tells members of them or shares them out."""

from collections.abc import Iterator

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.chats.model import WaitingChat
from chalicelib.features.chats.repository import Waiting
from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId, ChatId, UserId
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


def waiting_chats(account_id: AccountId, *, tenant: Tenant) -> Iterator[WaitingChat]:
    """Every chat of an account in which somebody can wait: all of the account's chats are read."""
    return Waiting(tenant, account_id).all()


def assignments(*, tenant: Tenant) -> Iterator[tuple[ChatId, UserId]]:
    """Every assigned chat of the workspace and whose it is: all rows of the accounts' chats are read."""
    for account in accounts.known_accounts(tenant):
        yield from Waiting(tenant, account.id).assignments()


def note_told(change: JournalledTransaction, chat: WaitingChat, *, waiting: bool, tenant: Tenant) -> None:
    """Note that somebody was told how long it waits, or has been silent, as part of a change: one row."""
    Waiting(tenant, ids.account_of(chat.id)).note_told(change, chat, waiting=waiting)
