"""What the worker tells us of chats: monotonic, and a feed mark where something changed."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.chats import repository
from chalicelib.features.chats.model import ChatMetadata, RecordGroup, RecordMessage
from chalicelib.features.chats.repository import Chats
from chalicelib.kernel import ids
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.ids import AccountId, ChatId
from chalicelib.table import feeds
from chalicelib.table.tenant import Tenant


def record_chats(chats: Sequence[ChatMetadata], *, tenant: Tenant) -> int:
    """Write what a sweep of dialogs says, where it differs from what we have and is not older; returns how much did.

    A chat that is new to us and of a kind its account leaves out stays out of the workspace; of one that stays out
    nothing is written any more. A batch read a hundred chats, a read where any is new; a write and a feed mark for each
    that changed.
    """
    by_account = groupby(sorted(chats, key=lambda chat: chat.id), key=lambda chat: chat.account_id)
    return sum(_record(account_id, list(group), tenant) for account_id, group in by_account)


def record_joined(chat: ChatMetadata, *, tenant: Tenant) -> None:
    """Write a chat that somebody joined here: new to us it is in the workspace, whatever kinds its account leaves out.

    One that stays out by then goes on doing so: bringing it in takes another permission. A read, a write, a feed mark.
    """
    _record(chat.account_id, [chat], tenant, are_wanted=True)


def record_founded(chat: ChatMetadata, *, tenant: Tenant) -> None:
    """Write a chat that somebody founded here: it is in the workspace, and nobody can have left it out before.

    Two reads, a write and a feed mark. Where a connection was told of it first, and had it stay out, it is brought in:
    a transaction of two rows with its entry, and the writing once more.

    Raises:
        ChangedMeanwhile: somebody else brought it in or left it out at this moment.
    """
    _record(chat.account_id, [chat], tenant, are_wanted=True)
    if not repository.excluded_of(tenant, [chat.id]):
        return
    with tenant.transaction() as change:
        Chats(tenant, chat.account_id).set_excluded(change, chat.id, is_excluded=False)
        change.record("chats.included", target=chat.account_id, old={chat.id: True}, new={chat.id: False})
    _record(chat.account_id, [chat], tenant, are_wanted=True)


def _record(account_id: AccountId, chats: list[ChatMetadata], tenant: Tenant, *, are_wanted: bool = False) -> int:
    rows = Chats(tenant, account_id)
    standing = rows.standing(chat.id for chat in chats)
    is_any_new = len(standing) < len({chat.id for chat in chats})
    left_out = accounts.left_out_of(account_id, tenant=tenant) if is_any_new and not are_wanted else frozenset()
    fresh = [_merged(chat, standing.get(chat.id), left_out) for chat in chats]
    changed = [chat for chat in fresh if chat != standing.get(chat.id) and rows.put(chat)]
    for chat in changed:
        if not chat.is_excluded:
            feeds.mark_chat(tenant, chat.id)
    return len(changed)


def _merged(chat: ChatMetadata, standing: ChatMetadata | None, left_out: frozenset[ChatKind]) -> ChatMetadata:
    """A sweep is a moment old and does not know which member sent the last message; what was recorded live stays.

    Nor does it know invite links, and not always how many members there are.
    """
    if standing is None:
        return replace(_turned(chat, None), is_excluded=chat.kind in left_out)
    if standing.is_excluded:
        return standing
    member_count = standing.member_count if chat.member_count is None else chat.member_count
    chat = replace(chat, member_count=member_count, invite_link=standing.invite_link)
    if standing.last_message_id < chat.last_message_id:
        return _turned(chat, standing)
    chat = replace(chat, last_outgoing_at=standing.last_outgoing_at, waiting_since=standing.waiting_since)
    if standing.last_message_id == chat.last_message_id:
        return replace(chat, last_sent_by=chat.last_sent_by or standing.last_sent_by)
    return replace(
        chat,
        unread_count=standing.unread_count,
        last_message_id=standing.last_message_id,
        last_message_at=standing.last_message_at,
        last_is_outgoing=standing.last_is_outgoing,
        last_sent_by=standing.last_sent_by,
    )


def _turned(chat: ChatMetadata, standing: ChatMetadata | None) -> ChatMetadata:
    """A sweep sees the newest message alone: theirs begins their waiting, unless they waited before it."""
    if chat.last_message_at is None:
        return chat
    if chat.last_is_outgoing:
        return replace(chat, last_outgoing_at=chat.last_message_at, waiting_since=None)
    waited_since = None if standing is None else standing.waiting_since
    return replace(
        chat,
        last_outgoing_at=None if standing is None else standing.last_outgoing_at,
        waiting_since=waited_since or chat.last_message_at,
    )


def record_message(chat_id: ChatId, message: RecordMessage, *, tenant: Tenant) -> bool:
    """Move a chat on to a later message; False, and nothing written, when it was that far or is not known.

    The same message is news again where `sent_by` tells who sent it and nobody did before; that is kept only where the
    workspace wants it (message attribution). One write, a read where `sent_by` is told, and a feed mark when it held.
    """
    if message.sent_by is not None and not repository.keeps_senders(tenant):
        message = replace(message, sent_by=None)
    return _marked(Chats(tenant, ids.account_of(chat_id)).put_message(chat_id, message), chat_id, tenant)


def record_read(chat_id: ChatId, unread_count: int, *, tenant: Tenant) -> bool:
    """Write how many messages are unread; False, and nothing written, when that stands or the chat is not known.

    One write, and a feed mark when it held.
    """
    return _marked(Chats(tenant, ids.account_of(chat_id)).put_unread(chat_id, unread_count), chat_id, tenant)


def record_group(chat_id: ChatId, group: RecordGroup, *, tenant: Tenant) -> bool:
    """Write what was seen of a group or channel; False, and nothing written, when a later look is, or it is unknown.

    One write, and a feed mark when it held.
    """
    return _marked(Chats(tenant, ids.account_of(chat_id)).put_group(chat_id, group), chat_id, tenant)


def _marked(did_change: bool, chat_id: ChatId, tenant: Tenant) -> bool:
    if did_change:
        feeds.mark_chat(tenant, chat_id)
    return did_change
