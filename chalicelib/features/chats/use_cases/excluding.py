"""Which chats of an account are the workspace's: those that stay out are seen by nobody but people connected to it."""

from collections.abc import Sequence
from itertools import islice

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectionNotFound
from chalicelib.features.chats.model import CHUNK_CHATS, ExcludeChats, ExcludedChat
from chalicelib.features.chats.repository import Chats
from chalicelib.kernel import ids
from chalicelib.kernel.errors import ChatNotFound
from chalicelib.kernel.ids import AccountId, ChatId
from chalicelib.kernel.pages import Page
from chalicelib.kernel.permissions import Action
from chalicelib.table import cursors, keys
from chalicelib.table.tenant import Tenant


def list_excluded(account_id: AccountId, *, limit: int, cursor: str | None, tenant: Tenant) -> Page[ExcludedChat]:
    """A page of the chats of an account that stay out of the workspace, in the order of their ids.

    Two reads, and a query for every megabyte of the account's chats it looks through: those that are in lie between.

    Raises:
        AccountNotFound: the workspace knows no such account.
        ConnectionNotFound: the member is not connected to it.
        CursorInvalid: not a cursor of this list.
    """
    _require_connected(account_id, tenant)
    scope = f"{keys.tenant_prefix(tenant.workspace_id)}\x00excluded\x00{account_id}"
    after = None if cursor is None else ChatId(cursors.open_signed(scope, cursor))
    found, has_more = Chats(tenant, account_id).after(after, limit=limit, are_excluded=True)
    excluded = [
        ExcludedChat(
            id=chat.id,
            title=chat.title,
            kind=chat.kind,
            member_count=chat.member_count,
            last_message_at=chat.last_message_at,
        )
        for chat in (each.chat for each in found)
    ]
    return Page(items=excluded, next_cursor=cursors.sign(scope, excluded[-1].id) if has_more else None)


def exclude_chats(command: ExcludeChats, *, tenant: Tenant) -> int:
    """Have chats of an account stay out of the workspace, or bring them in; returns how many that changed.

    What people wrote of a chat stays, unseen, and is there again when it is brought in. Two reads and a batch read a
    hundred; a transaction of 40 rows and an entry for every 40 chats, each whole: repeating it goes on where it was cut
    short.

    Raises:
        PermissionMissing: the caller may not manage excluded chats.
        AccountNotFound: the workspace knows no such account.
        ConnectionNotFound: the member is not connected to it.
        ChatNotFound: one of them is no chat of this account; nothing was written.
        ChangedMeanwhile: somebody else did the same at this moment; the chunks before stand.
    """
    tenant.require(Action.MANAGE_EXCLUDED)
    _require_connected(command.account_id, tenant)
    differing = _differing(command, tenant)
    chats = Chats(tenant, command.account_id)
    left = iter(differing)
    while chunk := list(islice(left, CHUNK_CHATS)):
        with tenant.transaction() as change:
            for chat_id in chunk:
                chats.set_excluded(change, chat_id, is_excluded=command.is_excluded)
            change.record(
                "chats.excluded" if command.is_excluded else "chats.included",
                target=command.account_id,
                old=dict.fromkeys(chunk, not command.is_excluded),
                new=dict.fromkeys(chunk, command.is_excluded),
            )
    return len(differing)


def _differing(command: ExcludeChats, tenant: Tenant) -> Sequence[ChatId]:
    """Those of the chats for which it is not so yet, each once."""
    wanted = list(dict.fromkeys(command.chat_ids))
    if not all(ids.is_chat_shape(each) and ids.account_of(each) == command.account_id for each in wanted):
        raise ChatNotFound
    standing = Chats(tenant, command.account_id).standing(wanted)
    if len(standing) < len(wanted):
        raise ChatNotFound
    return [each for each in wanted if standing[each].is_excluded is not command.is_excluded]


def _require_connected(account_id: AccountId, tenant: Tenant) -> None:
    accounts.known_account(account_id, tenant=tenant)
    if not accounts.is_connected(tenant, account_id):
        raise ConnectionNotFound
