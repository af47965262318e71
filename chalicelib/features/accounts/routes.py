"""Routes of accounts. Connecting is not here: logins go through the gateway of the session worker."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.accounts import schemas, use_cases
from chalicelib.features.accounts.model import AccountCard, AccountNotFound, ConnectionNotFound, Proxy, ProxyInvalid
from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId, UserId
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.table import cipher
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/accounts", allow=Action.SEE_CRM)
def list_accounts(call: Call) -> schemas.AccountsOut:
    """The Telegram accounts the workspace knows and who is connected to each."""
    cards = use_cases.list_accounts(call.tenant)
    return schemas.AccountsOut(accounts=[schemas.AccountOut.of(card, _viewer(call)) for card in cards])


@api.patch(
    "/workspaces/{workspace_id}/accounts/{account_id}",
    allow=Action.USE_ACCOUNTS,
    raises=(AccountNotFound, NameInvalid, ChangedMeanwhile),
)
def label_account(call: Call, body: schemas.LabelIn, account_id: str) -> schemas.AccountOut:
    """Give an account the name the workspace calls it by."""
    return _out(call, use_cases.label_account(_id(account_id), body.label, tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/accounts/{account_id}/connection",
    allow=Action.CONNECT_ACCOUNTS,
    status=202,
    raises=(AccountNotFound, ConnectionNotFound, ChangedMeanwhile),
)
def end_connection(call: Call, account_id: str) -> schemas.AccountOut:
    """End one's own connection: it is closed at once, logged out at Telegram and then destroyed."""
    return _out(call, use_cases.request_disconnect(_id(account_id), tenant=call.tenant))


@api.put(
    "/workspaces/{workspace_id}/accounts/{account_id}/connection/proxy",
    allow=Action.CONNECT_ACCOUNTS,
    raises=(AccountNotFound, ConnectionNotFound, ProxyInvalid, ChangedMeanwhile),
)
def give_proxy(call: Call, body: schemas.ProxyIn, account_id: str) -> schemas.AccountOut:
    """Have one's own connection reach Telegram through a proxy of one's own, and in no other way."""
    proxy = Proxy(host=body.host, port=body.port, username=body.username, password=body.password, secret=body.secret)
    return _out(call, use_cases.give_proxy(_id(account_id), proxy, tenant=call.tenant, cipher=cipher.current()))


@api.delete(
    "/workspaces/{workspace_id}/accounts/{account_id}/connection/proxy",
    allow=Action.CONNECT_ACCOUNTS,
    raises=(AccountNotFound, ConnectionNotFound, ChangedMeanwhile),
)
def remove_proxy(call: Call, account_id: str) -> schemas.AccountOut:
    """Have one's own connection reach Telegram directly again."""
    return _out(call, use_cases.remove_proxy(_id(account_id), tenant=call.tenant))


@api.put(
    "/workspaces/{workspace_id}/accounts/{account_id}/left-out",
    allow=Action.MANAGE_EXCLUDED,
    raises=(AccountNotFound, ConnectionNotFound, ChangedMeanwhile),
)
def leave_out(call: Call, body: schemas.LeftOutIn, account_id: str) -> schemas.AccountOut:
    """Say which kinds of chats stay out of the workspace when they are first seen. Only people connected to it may."""
    return _out(call, use_cases.leave_out(_id(account_id), frozenset(body.left_out), tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/accounts/{account_id}/resume",
    allow=Action.USE_ACCOUNTS,
    raises=(AccountNotFound, ConnectionNotFound, ChangedMeanwhile),
)
def resume_sending(call: Call, account_id: str) -> schemas.AccountOut:
    """Let an account write first again, after Telegram had limited it. Only people connected to it may."""
    return _out(call, use_cases.resume_sending(_id(account_id), tenant=call.tenant))


def _id(text: str) -> AccountId:
    if not ids.is_minted_shape(text):
        raise AccountNotFound
    return AccountId(text)


def _viewer(call: Call) -> UserId | None:
    return None if call.tenant.member is None else call.tenant.member.user_id


def _out(call: Call, card: AccountCard) -> schemas.AccountOut:
    return schemas.AccountOut.of(card, _viewer(call))
