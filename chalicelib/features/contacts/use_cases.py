"""Who is at the other end of the workspace's chats, and which accounts know them."""

from collections.abc import Iterable, Mapping
from itertools import islice

from chalicelib import settings
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Account
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import ChatMetadata, PeerKind
from chalicelib.features.contacts.model import Party, party
from chalicelib.kernel import ids
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.ids import AccountId, ChatId, PartyId
from chalicelib.kernel.pages import Page
from chalicelib.table import cursors, keys
from chalicelib.table.tenant import Tenant


def list_parties(kinds: frozenset[ChatKind], *, limit: int, cursor: str | None, tenant: Tenant) -> Page[Party]:
    """A page of contacts or groups as the member may see them, each once, in the order of the first chat with it.

    A chat's id follows from its account and its party: who else knows somebody is found by asking for those ids, so
    nothing is kept of who knows whom. Chats that stay out of the workspace, and an account's notes to itself, are
    nobody's acquaintance. Cost: two queries for the accounts; those of the chats a page goes through; a batch read for
    a hundred pairs of a party and another account.

    Raises:
        CursorInvalid: not a cursor of this list.
    """
    scope = f"{keys.tenant_prefix(tenant.workspace_id)}\x00parties\x00{','.join(sorted(kinds))}"
    after = None if cursor is None else ChatId(cursors.open_signed(scope, cursor))
    known = accounts.known_accounts(tenant)
    selves = {account.id: account.telegram_user_id for account in known}
    others = (each for each in chats.every_chat(after, kinds, tenant=tenant) if not _is_self(each, selves))
    found = list(islice(others, limit + 1))
    shown = found[:limit]
    elsewhere = _elsewhere(shown, known, tenant)
    parties = [
        [chat, *elsewhere.get(chat.id, [])]
        for chat in shown
        if not any(other.account_id < chat.account_id for other in elsewhere.get(chat.id, []))
    ]
    names = chats.titles_of([together[0].id for together in parties], tenant=tenant)
    mine = _accounts_of_viewer(known, tenant)
    return Page(
        items=[party(_party_id(together[0], tenant), together, names, mine) for together in parties],
        next_cursor=cursors.sign(scope, shown[-1].id) if len(found) > limit else None,
    )


def _is_self(chat: ChatMetadata, selves: Mapping[AccountId, int]) -> bool:
    return chat.peer_kind is PeerKind.USER and chat.peer_id == selves[chat.account_id]


def _elsewhere(shown: Iterable[ChatMetadata], known: list[Account], tenant: Tenant) -> dict[ChatId, list[ChatMetadata]]:
    """By chat, the chats that other accounts have with the same party, in the order of the accounts."""
    wanted = {
        chat.id: [_chat_at(account.id, chat) for account in known if account.id != chat.account_id] for chat in shown
    }
    found = chats.metadata_of([each for others in wanted.values() for each in others], tenant=tenant)
    return {chat_id: [found[each] for each in others if each in found] for chat_id, others in wanted.items()}


def _chat_at(account_id: AccountId, chat: ChatMetadata) -> ChatId:
    """The chat another account would have with the same party."""
    return ids.chat_id(settings.current().id_secret, account_id, chat.peer_kind, chat.peer_id)


def _party_id(chat: ChatMetadata, tenant: Tenant) -> PartyId:
    return ids.party_id(settings.current().id_secret, tenant.workspace_id, chat.peer_kind, chat.peer_id)


def _accounts_of_viewer(known: list[Account], tenant: Tenant) -> frozenset[AccountId]:
    member = tenant.member
    return frozenset(account.id for account in known if member is not None and account.is_held_by(member.user_id))
