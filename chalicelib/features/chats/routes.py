"""Routes of chats."""

import base64

from chalicelib import settings
from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.accounts.model import AccountNotFound
from chalicelib.features.chats import use_cases
from chalicelib.features.chats.model import TimeZoneUnknown
from chalicelib.features.chats.schemas import ChatOut, ChatsOut, ChatsQuery, ChatsQueryIn, StoreKeyOut
from chalicelib.kernel import ids, tokens
from chalicelib.kernel.errors import ChatNotFound
from chalicelib.kernel.filters import FilterInvalid
from chalicelib.kernel.ids import AccountId, ChatId
from chalicelib.kernel.permissions import Action
from chalicelib.table.cursors import CursorInvalid

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


def _account_id(text: str) -> AccountId:
    if not ids.is_minted_shape(text):
        raise AccountNotFound
    return AccountId(text)
