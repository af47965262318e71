"""What members see of chats (product.md section 1.3), one by one and in pages."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Account
from chalicelib.features.chats import repository
from chalicelib.features.chats.model import ChatCard, ChatMetadata, card
from chalicelib.features.chats.repository import ChatItems, Chats
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import Shown
from chalicelib.kernel import ids
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.errors import ChatNotFound
from chalicelib.kernel.ids import AccountId, ChatId, UserId
from chalicelib.kernel.pages import Page
from chalicelib.table import cursors, keys
from chalicelib.table.tenant import Tenant

_STRETCH: Final = 100
"""Chats one query reads where a page of them is looked for."""
_LONG_STRETCH: Final = 500
"""The same where all of them are."""


def chat_card(chat_id: ChatId, *, tenant: Tenant) -> ChatCard:
    """A chat as the member may see it. Three reads.

    Raises:
        ChatNotFound: the workspace has no such chat, or it stays out of it and the member is not connected.
    """
    found = _require(chat_id, tenant)
    account = accounts.known_account(found.chat.account_id, tenant=tenant)
    viewer = viewer_of(account, tenant)
    if found.chat.is_excluded and viewer is None:
        raise ChatNotFound
    return _card(found, viewer, tenant)


def shared_card(chat_id: ChatId, *, tenant: Tenant) -> ChatCard:
    """A chat that is in the workspace, as the member may see it: for what members share about chats. Three reads.

    Raises:
        ChatNotFound: the workspace has no such chat, or it stays out of it, whoever asks.
    """
    shown = chat_card(chat_id, tenant=tenant)
    if shown.is_excluded:
        raise ChatNotFound
    return shown


def card_for_connected(chat_id: ChatId, viewer: UserId, *, tenant: Tenant) -> ChatCard:
    """A chat as a member sees it whose connection to its account the caller holds. Two reads.

    One that stays out of the workspace, too: they see it at Telegram as well.

    Raises:
        ChatNotFound: the workspace has no such chat.
    """
    return _card(_require(chat_id, tenant), viewer, tenant)


def cards_for_connected(
    account_id: AccountId, chat_ids: Sequence[ChatId], viewers: Sequence[UserId], *, tenant: Tenant
) -> list[tuple[UserId, ChatCard]]:
    """An account's chats as those members see them whose connections to it the caller holds; of each chat a card each.

    Chats the workspace does not have, or that stay out of it, are left out. A batch read twenty-five, and one query.
    """
    found = [each for each in Chats(tenant, account_id).some(chat_ids) if not each.chat.is_excluded]
    shown = fields.shown_columns(tenant=tenant)
    return [(viewer, seen(each, shown, viewer)) for each in found for viewer in viewers]


def _card(found: ChatItems, connected: UserId | None, tenant: Tenant) -> ChatCard:
    return seen(found, fields.shown_columns(tenant=tenant), connected)


def seen(found: ChatItems, shown: Shown, connected: UserId | None) -> ChatCard:
    """A chat as somebody sees it: `connected` is who, where they are connected to its account. No read.

    What stays out of the workspace has no card: nothing that people wrote of it is shown until it is brought in.
    """
    if found.chat.is_excluded:
        return card(found.chat, repository.fields_in({}), {}, repository.counts_in({}), connected)
    own, values = repository.fields_in(found.card), fields.values_in(found.values, shown)
    return card(found.chat, own, values, repository.counts_in(found.counts), connected)


def _require(chat_id: ChatId, tenant: Tenant) -> ChatItems:
    found = Chats(tenant, ids.account_of(chat_id)).get(chat_id) if ids.is_chat_shape(chat_id) else None
    if found is None:
        raise ChatNotFound
    return found


def cards_of(chat_ids: Sequence[ChatId], *, tenant: Tenant) -> list[ChatCard]:
    """Those of these chats that the workspace has, as the member may see them, account after account.

    Those that stay out of the workspace are left out, whoever asks. Two reads, and a batch read twenty-five chats.
    """
    shown = fields.shown_columns(tenant=tenant)
    cards: list[ChatCard] = []
    for account in accounts.known_accounts(tenant):
        its_own = [chat_id for chat_id in chat_ids if ids.account_of(chat_id) == account.id]
        found = Chats(tenant, account.id).some(its_own) if its_own else []
        viewer = viewer_of(account, tenant)
        cards += [seen(items, shown, viewer) for items in found if not items.chat.is_excluded]
    return cards


def titles_of(chat_ids: Sequence[ChatId], *, tenant: Tenant) -> dict[ChatId, str]:
    """What these chats are called, which every member may see of a card: a batch read fifty.

    Those that stay out of the workspace are called nothing, for whoever asks.
    """
    return repository.titles_of(tenant, chat_ids)


def answered_since(chat_id: ChatId, moment: datetime, *, tenant: Tenant) -> bool:
    """Whether the newest message we know of a chat came in after a moment: one read. Its caller asks who may know."""
    standing = Chats(tenant, ids.account_of(chat_id)).standing([chat_id])
    last = standing.get(chat_id)
    return last is not None and not last.last_is_outgoing and (last.last_message_at or moment) > moment


def hidden_among(chat_ids: Sequence[ChatId], *, tenant: Tenant) -> frozenset[ChatId]:
    """Those of these chats of which the member sees nothing: they stay out, and the member is not connected to them.

    No read for no chats; else one query, and a batch read for a hundred of accounts the member is not connected to.
    """
    if not chat_ids:
        return frozenset()
    mine = {account.id for account in accounts.known_accounts(tenant) if viewer_of(account, tenant) is not None}
    foreign = sorted({chat_id for chat_id in chat_ids if ids.account_of(chat_id) not in mine})
    return repository.excluded_of(tenant, foreign) if foreign else frozenset()


def every_item(after: ChatId | None, *, stretch: int, tenant: Tenant) -> Iterator[tuple[Account, ChatItems]]:
    """Chat after chat of the workspace behind one, account after account: a query for each `stretch` of them."""
    for account in accounts.known_accounts(tenant):
        begins, has_more = None, True
        if after is not None and account.id <= ids.account_of(after):
            begins, has_more = after, account.id == ids.account_of(after)
        while has_more:
            found, has_more = Chats(tenant, account.id).after(begins, limit=stretch)
            yield from ((account, items) for items in found)
            begins = found[-1].chat.id if found else begins


def every_chat(after: ChatId | None, kinds: frozenset[ChatKind], *, tenant: Tenant) -> Iterator[ChatMetadata]:
    """The workspace's chats of these kinds behind one, account after account: a query for each hundred on the way."""
    yield from (each.chat for _, each in every_item(after, stretch=_STRETCH, tenant=tenant) if each.chat.kind in kinds)


def usernames_seen_by(user_id: UserId, *, tenant: Tenant) -> Iterator[tuple[str, ChatId]]:
    """Usernames, in small letters, of the workspace's chats whose private side a member sees, and the chats.

    The same username may come more than once. A query for each 500 chats of the accounts they are connected to.
    """
    for account in accounts.known_accounts(tenant):
        after, has_more = None, account.is_held_by(user_id)
        while has_more:
            found, has_more = Chats(tenant, account.id).after(after, limit=_LONG_STRETCH)
            yield from ((each.chat.username.casefold(), each.chat.id) for each in found if each.chat.username)
            after = found[-1].chat.id if found else after


def metadata_of(chat_ids: Sequence[ChatId], *, tenant: Tenant) -> dict[ChatId, ChatMetadata]:
    """What Telegram says of those of these chats that the workspace has: a batch read a hundred."""
    return repository.metadata_of(tenant, chat_ids)


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
        viewer = viewer_of(account, tenant)
        cards += [seen(items, shown, viewer) for items in found]
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


def viewer_of(account: Account, tenant: Tenant) -> UserId | None:
    """The member, where they are connected to the account."""
    member = tenant.member
    return member.user_id if member is not None and account.is_held_by(member.user_id) else None
