"""What the worker tells us of chats, and what members see of them.

zoneinfo is imported where a query names a time zone: other requests start without it (decision 0009).
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Final

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Account
from chalicelib.features.chats import filtering, repository
from chalicelib.features.chats.model import (
    MAX_SEARCHED,
    ChatCard,
    ChatMetadata,
    QueryChats,
    RecordGroup,
    RecordMessage,
    TimeZoneUnknown,
    card,
)
from chalicelib.features.chats.repository import ChatItems, Chats
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import Shown
from chalicelib.kernel import filters, ids
from chalicelib.kernel.errors import Blame, ChatNotFound
from chalicelib.kernel.ids import AccountId, ChatId, UserId
from chalicelib.kernel.matching import Standpoint
from chalicelib.kernel.pages import Page
from chalicelib.table import cursors, feeds, keys
from chalicelib.table.tenant import Tenant


def record_chats(chats: Sequence[ChatMetadata], *, tenant: Tenant) -> int:
    """Write what a sweep of dialogs says, where it differs from what we have and is not older; returns how much did.

    A batch read a hundred chats; a write and a feed mark for each that changed.
    """
    by_account = groupby(sorted(chats, key=lambda chat: chat.id), key=lambda chat: chat.account_id)
    return sum(_record(account_id, list(group), tenant) for account_id, group in by_account)


def _record(account_id: AccountId, chats: list[ChatMetadata], tenant: Tenant) -> int:
    rows = Chats(tenant, account_id)
    standing = rows.standing(chat.id for chat in chats)
    fresh = [_merged(chat, standing.get(chat.id)) for chat in chats]
    changed = [chat for chat in fresh if chat != standing.get(chat.id) and rows.put(chat)]
    for chat in changed:
        feeds.mark_chat(tenant, chat.id)
    return len(changed)


def _merged(chat: ChatMetadata, standing: ChatMetadata | None) -> ChatMetadata:
    """A sweep is a moment old and does not know which member sent the last message; what was recorded live stays.

    Nor does it know invite links, and not always how many members there are.
    """
    if standing is None:
        return chat
    member_count = standing.member_count if chat.member_count is None else chat.member_count
    chat = replace(chat, member_count=member_count, invite_link=standing.invite_link)
    if standing.last_message_id < chat.last_message_id:
        return chat
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


def chat_card(chat_id: ChatId, *, tenant: Tenant) -> ChatCard:
    """A chat as the member may see it. Three reads.

    Raises:
        ChatNotFound: the workspace has no such chat.
    """
    found = _require(chat_id, tenant)
    account = accounts.known_account(found.chat.account_id, tenant=tenant)
    return _card(found, _viewer_of(account, tenant), tenant)


def card_for_connected(chat_id: ChatId, viewer: UserId, *, tenant: Tenant) -> ChatCard:
    """A chat as a member sees it whose connection to its account the caller holds. Two reads.

    Raises:
        ChatNotFound: the workspace has no such chat.
    """
    return _card(_require(chat_id, tenant), viewer, tenant)


def cards_for_connected(
    account_id: AccountId, chat_ids: Sequence[ChatId], viewers: Sequence[UserId], *, tenant: Tenant
) -> list[tuple[UserId, ChatCard]]:
    """An account's chats as those members see them whose connections to it the caller holds; of each chat a card each.

    Chats the workspace does not have are left out. A batch read fifty, and one query.
    """
    found = Chats(tenant, account_id).some(chat_ids)
    shown = fields.shown_columns(tenant=tenant)
    return [
        (viewer, card(each.chat, fields.values_in(each.values, shown), viewer)) for each in found for viewer in viewers
    ]


def _card(found: ChatItems, connected: UserId | None, tenant: Tenant) -> ChatCard:
    shown = fields.shown_columns(tenant=tenant)
    return card(found.chat, fields.values_in(found.values, shown), connected)


def _require(chat_id: ChatId, tenant: Tenant) -> ChatItems:
    found = Chats(tenant, ids.account_of(chat_id)).get(chat_id) if ids.is_chat_shape(chat_id) else None
    if found is None:
        raise ChatNotFound
    return found


def titles_of(chat_ids: Sequence[ChatId], *, tenant: Tenant) -> dict[ChatId, str]:
    """What these chats are called, which every member may see of a card: a batch read a hundred."""
    return repository.titles_of(tenant, chat_ids)


def answered_since(chat_id: ChatId, moment: datetime, *, tenant: Tenant) -> bool:
    """Whether the newest message we know of a chat came in after a moment: one read. Its caller asks who may know."""
    standing = Chats(tenant, ids.account_of(chat_id)).standing([chat_id])
    last = standing.get(chat_id)
    return last is not None and not last.last_is_outgoing and (last.last_message_at or moment) > moment


def count_chats(most: int, *, tenant: Tenant) -> int:
    """How many chats the workspace has, counted up to `most`: a query, and one for each account and megabyte."""
    counted = 0
    for account in accounts.known_accounts(tenant):
        counted += Chats(tenant, account.id).count(most - counted)
        if counted == most:
            break
    return counted


def list_chats(account_id: AccountId | None, *, limit: int, cursor: str | None, tenant: Tenant) -> Page[ChatCard]:
    """A page of chats as the member may see them: of one account, or of all accounts in the order of their ids.

    Two reads, and mostly one query an account. No chat is split between pages.

    Raises:
        AccountNotFound: the workspace knows no such account.
        CursorInvalid: not a cursor of this list.
    """
    scope = f"{keys.tenant_prefix(tenant.workspace_id)}\x00chats\x00{account_id or ''}"
    after = None if cursor is None else ChatId(cursors.open_signed(scope, cursor))
    if account_id is None:
        walked = accounts.known_accounts(tenant)
    else:
        walked = [accounts.known_account(account_id, tenant=tenant)]
    shown = fields.shown_columns(tenant=tenant)
    cards: list[ChatCard] = []
    for account, found, has_more in _walk(walked, after, limit, tenant):
        viewer = _viewer_of(account, tenant)
        cards += [card(items.chat, fields.values_in(items.values, shown), viewer) for items in found]
        if has_more:
            return Page(items=cards, next_cursor=cursors.sign(scope, cards[-1].id))
    return Page(items=cards, next_cursor=None)


def _walk(
    walked: list[Account], after: ChatId | None, limit: int, tenant: Tenant
) -> Iterator[tuple[Account, list[ChatItems], bool]]:
    """Stretches of chats, account after account, `limit` in all; with each whether anything may follow it."""
    left = limit
    ahead = [account for account in walked if after is None or account.id >= ids.account_of(after)]
    for place, account in enumerate(ahead, start=1):
        is_cut = after is not None and account.id == ids.account_of(after)
        found, has_more = Chats(tenant, account.id).after(after if is_cut else None, limit=left)
        left -= len(found)
        yield account, found, has_more or (left == 0 and place < len(ahead))
        if left == 0:
            return


def query_chats(command: QueryChats, *, tenant: Tenant) -> Page[ChatCard]:
    """The next chats a filter takes, as the member may see them, in the order of their ids.

    Looks through MAX_SEARCHED chats at most, so that a page may have fewer than asked for, even none, and a cursor.
    Cost: four reads, and a query each 500 chats it looks through: about 140 read units for 1,000 of a KB each.

    Raises:
        FilterInvalid: not a filter of this workspace's fields.
        TimeZoneUnknown: days would begin nowhere.
        CursorInvalid: not a cursor of this filter.
    """
    columns = fields.list_columns(tenant=tenant)
    wanted = filters.parsed(command.filter, filtering.kinds(columns))
    member = tenant.member
    at = Standpoint(now=tenant.now(), zone=_zone(command.time_zone), me=None if member is None else member.user_id)
    takes = filtering.filter_of(wanted, columns, at)
    scope = _scope_of(wanted, tenant)
    after = None if command.cursor is None else ChatId(cursors.open_signed(scope, command.cursor))
    found: list[ChatCard] = []
    for looked, each in enumerate(_every_card(after, fields.shown_columns(tenant=tenant), tenant), start=1):
        found += [each] if takes(each) else []
        if len(found) == command.limit or looked == MAX_SEARCHED:
            return Page(items=found, next_cursor=cursors.sign(scope, each.id))
    return Page(items=found, next_cursor=None)


def _every_card(after: ChatId | None, shown: Shown, tenant: Tenant) -> Iterator[ChatCard]:
    """Card after card behind a chat, account after account."""
    for account in accounts.known_accounts(tenant):
        viewer, begins, has_more = _viewer_of(account, tenant), None, True
        if after is not None and account.id <= ids.account_of(after):
            begins, has_more = after, account.id == ids.account_of(after)
        while has_more:
            found, has_more = Chats(tenant, account.id).after(begins, limit=_STRETCH)
            for items in found:
                yield card(items.chat, fields.values_in(items.values, shown), viewer)
                begins = items.chat.id


def _scope_of(filtered: filters.Filter, tenant: Tenant) -> str:
    said = json.dumps(filters.as_json(filtered), sort_keys=True)
    return f"{keys.tenant_prefix(tenant.workspace_id)}\x00query\x00{hashlib.sha256(said.encode()).hexdigest()}"


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise TimeZoneUnknown(blames=(Blame("/time_zone", "like Europe/Berlin"),)) from None


_STRETCH: Final = 500


def _viewer_of(account: Account, tenant: Tenant) -> UserId | None:
    """The member, where they are connected to the account."""
    member = tenant.member
    return member.user_id if member is not None and account.is_held_by(member.user_id) else None
