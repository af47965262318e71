"""Routes of chats."""

import base64

from chalicelib import settings
from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.accounts.model import AccountNotFound, ConnectionNotFound
from chalicelib.features.chats import use_cases
from chalicelib.features.chats.model import (
    AssigneeNotConnected,
    CardChanged,
    CardInvalid,
    MessageArrived,
)
from chalicelib.features.chats.schemas import (
    AnsweredIn,
    CardIn,
    ChatOut,
    ChatsOut,
    ChatsQuery,
    ChatsQueryIn,
    ExcludedChatsOut,
    ExcludedCountOut,
    ExcludedQuery,
    ExcludeIn,
    StoreKeyOut,
)
from chalicelib.kernel import ids, tokens
from chalicelib.kernel.emails import EmailInvalid
from chalicelib.kernel.errors import ChatNotFound
from chalicelib.kernel.filters import FilterInvalid
from chalicelib.kernel.ids import AccountId, ChatId
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.time_zones import TimeZoneUnknown
from chalicelib.table.cursors import CursorInvalid
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get(
    "/workspaces/{workspace_id}/chats",
    allow=Action.SEE_CRM,
    query=ChatsQuery,
    answer=ChatsOut,
    raises=(AccountNotFound, CursorInvalid),
)
def list_chats(call: Call, query: ChatsQuery) -> ChatsOut:
    """Chats of one account or of all, as the caller may see them, in pages."""
    account_id = None if query.account_id is None else _account_id(query.account_id)
    page = use_cases.list_chats(account_id, limit=query.limit, cursor=query.cursor, tenant=call.tenant)
    return ChatsOut.of(page)


@api.post(
    "/workspaces/{workspace_id}/chats/query",
    allow=Action.SEE_CRM,
    body=ChatsQueryIn,
    answer=ChatsOut,
    raises=(FilterInvalid, TimeZoneUnknown, CursorInvalid),
)
def query_chats(call: Call, body: ChatsQueryIn) -> ChatsOut:
    """The chats a filter takes, as the caller may see them, in pages in the order of their ids.

    A request looks through 1,000 chats at most: a page may hold fewer than asked for, even none, and have a cursor.
    """
    return ChatsOut.of(use_cases.query_chats(body.to_command(), tenant=call.tenant))


@api.get("/workspaces/{workspace_id}/store-key", allow=Action.SEE_CRM, answer=StoreKeyOut)
def get_store_key(call: Call) -> StoreKeyOut:
    """The key of this session's own copy of the rows, for the browser's memory alone."""
    key = tokens.store_key(settings.current().id_secret, call.session.id, call.tenant.workspace_id)
    return StoreKeyOut(key=base64.b64encode(key).decode())


@api.get("/workspaces/{workspace_id}/chats/{chat_id}", allow=Action.SEE_CRM, answer=ChatOut, raises=(ChatNotFound,))
def get_chat(call: Call, chat_id: str) -> ChatOut:
    """One chat as the caller may see it."""
    return ChatOut.of(use_cases.chat_card(ChatId(chat_id), tenant=call.tenant))


@api.patch(
    "/workspaces/{workspace_id}/chats/{chat_id}/card",
    allow=Action.EDIT_VALUES,
    body=CardIn,
    answer=ChatOut,
    raises=(ChatNotFound, EmailInvalid, NameInvalid, CardInvalid, AssigneeNotConnected, CardChanged, ChangedMeanwhile),
)
def change_card(call: Call, body: CardIn, chat_id: str) -> ChatOut:
    """Set some of a chat's own fields, unless one of them changed since the caller saw it. Repeating it is harmless."""
    return ChatOut.of(use_cases.change_card(body.to_command(ChatId(chat_id)), tenant=call.tenant))


@api.put(
    "/workspaces/{workspace_id}/chats/{chat_id}/answered",
    allow=Action.EDIT_VALUES,
    body=AnsweredIn,
    answer=ChatOut,
    raises=(ChatNotFound, MessageArrived),
)
def mark_answered(call: Call, body: AnsweredIn, chat_id: str) -> ChatOut:
    """Say that a chat's last message needs no answer, or that it does. Only people connected to it may."""
    return ChatOut.of(use_cases.mark_answered(body.to_command(ChatId(chat_id)), tenant=call.tenant))


@api.get(
    "/workspaces/{workspace_id}/accounts/{account_id}/excluded-chats",
    allow=Action.SEE_CRM,
    query=ExcludedQuery,
    answer=ExcludedChatsOut,
    raises=(AccountNotFound, ConnectionNotFound, CursorInvalid),
)
def list_excluded_chats(call: Call, query: ExcludedQuery, account_id: str) -> ExcludedChatsOut:
    """Chats of an account that stay out of the workspace, in pages; only people connected to it see them."""
    page = use_cases.list_excluded(_account_id(account_id), limit=query.limit, cursor=query.cursor, tenant=call.tenant)
    return ExcludedChatsOut.of(page)


@api.post(
    "/workspaces/{workspace_id}/accounts/{account_id}/excluded-chats",
    allow=Action.MANAGE_EXCLUDED,
    body=ExcludeIn,
    answer=ExcludedCountOut,
    raises=(AccountNotFound, ConnectionNotFound, ChatNotFound, ChangedMeanwhile),
)
def exclude_chats(call: Call, body: ExcludeIn, account_id: str) -> ExcludedCountOut:
    """Have chats of an account stay out of the workspace, or bring them in. Repeating it changes nothing more."""
    command = body.to_command(_account_id(account_id))
    return ExcludedCountOut(changed=use_cases.exclude_chats(command, tenant=call.tenant))


def _account_id(text: str) -> AccountId:
    if not ids.is_minted_shape(text):
        raise AccountNotFound
    return AccountId(text)
