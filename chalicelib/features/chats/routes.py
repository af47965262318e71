"""Routes of chats."""

from __future__ import annotations

import base64

from chalicelib import settings
from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.accounts.model import AccountNotFound, ConnectionNotFound
from chalicelib.features.chats import schemas, use_cases
from chalicelib.features.chats.model import (
    AssigneeNotConnected,
    CardChanged,
    CardInvalid,
    MessageArrived,
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


@api.get("/workspaces/{workspace_id}/chats", allow=Action.SEE_CRM, raises=(AccountNotFound, CursorInvalid))
def list_chats(call: Call, query: schemas.ChatsQuery) -> schemas.ChatsOut:
    """Chats of one account or of all, as the caller may see them, in pages."""
    account_id = None if query.account_id is None else _account_id(query.account_id)
    page = use_cases.list_chats(account_id, limit=query.limit, cursor=query.cursor, tenant=call.tenant)
    return schemas.ChatsOut.of(page)


@api.post(
    "/workspaces/{workspace_id}/chats/query",
    allow=Action.SEE_CRM,
    raises=(FilterInvalid, TimeZoneUnknown, CursorInvalid),
)
def query_chats(call: Call, body: schemas.ChatsQueryIn) -> schemas.ChatsOut:
    """The chats a filter takes, as the caller may see them, in pages in the order of their ids.

    A request looks through 1,000 chats at most: a page may hold fewer than asked for, even none, and have a cursor.
    """
    return schemas.ChatsOut.of(use_cases.query_chats(body.to_command(), tenant=call.tenant))


@api.get("/workspaces/{workspace_id}/store-key", allow=Action.SEE_CRM)
def get_store_key(call: Call) -> schemas.StoreKeyOut:
    """The key of this session's own copy of the rows, for the browser's memory alone."""
    key = tokens.store_key(settings.current().id_secret, call.session.id, call.tenant.workspace_id)
    return schemas.StoreKeyOut(key=base64.b64encode(key).decode())


@api.get("/workspaces/{workspace_id}/chats/{chat_id}", allow=Action.SEE_CRM, raises=(ChatNotFound,))
def get_chat(call: Call, chat_id: str) -> schemas.ChatOut:
    """One chat as the caller may see it."""
    return schemas.ChatOut.of(use_cases.chat_card(ChatId(chat_id), tenant=call.tenant))


@api.patch(
    "/workspaces/{workspace_id}/chats/{chat_id}/card",
    allow=Action.EDIT_VALUES,
    raises=(ChatNotFound, EmailInvalid, NameInvalid, CardInvalid, AssigneeNotConnected, CardChanged, ChangedMeanwhile),
)
def change_card(call: Call, body: schemas.CardIn, chat_id: str) -> schemas.ChatOut:
    """Set some of a chat's own fields, unless one of them changed since the caller saw it. Repeating it is harmless."""
    return schemas.ChatOut.of(use_cases.change_card(body.to_command(ChatId(chat_id)), tenant=call.tenant))


@api.put(
    "/workspaces/{workspace_id}/chats/{chat_id}/answered",
    allow=Action.EDIT_VALUES,
    raises=(ChatNotFound, MessageArrived),
)
def mark_answered(call: Call, body: schemas.AnsweredIn, chat_id: str) -> schemas.ChatOut:
    """Say that a chat's last message needs no answer, or that it does. Only people connected to it may."""
    return schemas.ChatOut.of(use_cases.mark_answered(body.to_command(ChatId(chat_id)), tenant=call.tenant))


@api.get(
    "/workspaces/{workspace_id}/accounts/{account_id}/excluded-chats",
    allow=Action.SEE_CRM,
    raises=(AccountNotFound, ConnectionNotFound, CursorInvalid),
)
def list_excluded_chats(call: Call, query: schemas.ExcludedQuery, account_id: str) -> schemas.ExcludedChatsOut:
    """Chats of an account that stay out of the workspace, in pages; only people connected to it see them."""
    page = use_cases.list_excluded(_account_id(account_id), limit=query.limit, cursor=query.cursor, tenant=call.tenant)
    return schemas.ExcludedChatsOut.of(page)


@api.post(
    "/workspaces/{workspace_id}/accounts/{account_id}/excluded-chats",
    allow=Action.MANAGE_EXCLUDED,
    raises=(AccountNotFound, ConnectionNotFound, ChatNotFound, ChangedMeanwhile),
)
def exclude_chats(call: Call, body: schemas.ExcludeIn, account_id: str) -> schemas.ExcludedCountOut:
    """Have chats of an account stay out of the workspace, or bring them in. Repeating it changes nothing more."""
    command = body.to_command(_account_id(account_id))
    return schemas.ExcludedCountOut(changed=use_cases.exclude_chats(command, tenant=call.tenant))


def _account_id(text: str) -> AccountId:
    if not ids.is_minted_shape(text):
        raise AccountNotFound
    return AccountId(text)
