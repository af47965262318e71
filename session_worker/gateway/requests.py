"""What each request does: finds the member's own connection to the chat's account and calls the room that does it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.adapters.limits import Limits
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.kernel import ids
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import AccountId, ChatId, ClientId
from chalicelib.table.cipher import Cipher
from session_worker.connections.connection import LiveConnection
from session_worker.connections.supervisor import Connections
from session_worker.door import Door
from session_worker.gateway import frames
from session_worker.gateway.admission import Visitor
from session_worker.gateway.frames import AnyRequest
from session_worker.hub import Hub
from session_worker.login.desk import LoginDesk
from session_worker.messaging import alterations, history
from session_worker.messaging.media import MediaDesk
from session_worker.messaging.outbound import Order, Outbound
from session_worker.telegram.client import Telegram
from session_worker.telegram.outcomes import TelegramAway
from session_worker.telegram.peers import InputPeer

Wire = dict[str, Any]
Push = Callable[[Mapping[str, Any]], None]
Renew = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """What the requests of every socket share."""

    door: Door
    hub: Hub
    connections: Connections
    telegram: Telegram
    cipher: Cipher
    limits: Limits
    outbound: Outbound
    media: MediaDesk


class Desk:
    """Answers the requests of one visitor. A chat that is not theirs to read is answered as one that does not exist."""

    def __init__(self, rooms: Rooms, visitor: Visitor, *, push: Push, renew: Renew) -> None:
        self._rooms = rooms
        self._visitor = visitor
        self._renew_pass = renew
        self._login = LoginDesk(
            visitor.tenant,
            visitor.caller.address,
            push,
            door=rooms.door,
            telegram=rooms.telegram,
            connections=rooms.connections,
            cipher=rooms.cipher,
            limits=rooms.limits,
        )
        self._answers: Mapping[type, Callable[[Any], Awaitable[Wire]]] = {
            frames.Renew: self._renew,
            frames.LoginByQr: lambda request: self._login.by_qr(owned=request.owned),
            frames.LoginByPhone: lambda request: self._login.by_phone(request.phone, owned=request.owned),
            frames.LoginCode: lambda request: self._login.enter_code(request.code),
            frames.LoginPassword: lambda request: self._login.enter_password(request.password),
            frames.LoginCancel: lambda _: self._login.cancel(),
            frames.ChatPreviews: self._previews,
            frames.ChatHistory: self._history,
            frames.MessageSend: self._send,
            frames.MessageEdit: self._edit,
            frames.MessageDelete: self._delete,
            frames.ChatRead: self._read,
            frames.MediaOpen: self._open,
        }

    def welcome(self) -> Wire:
        """The answer to hello: which of the visitor's connections live here, and how they are."""
        mine = self._rooms.connections.of_member(self._visitor.workspace_id, self._visitor.user_id)
        known = [{"account_id": one.key.account_id, "state": one.state} for one in mine]
        return {"type": "welcome", "seq": 0, "connections": known}

    async def answer(self, request: AnyRequest) -> Wire:
        """The result of a request. Raises the facts of the room that does it."""
        return await self._answers[type(request)](request)

    async def close(self) -> None:
        """The socket is gone: end what belongs to it alone."""
        await self._login.close()

    async def _renew(self, request: frames.Renew) -> Wire:
        await self._renew_pass(request.gateway_pass)
        return {}

    async def _previews(self, request: frames.ChatPreviews) -> Wire:
        visitor = self._visitor
        if request.account_id is not None:
            mine = [await self._connection(AccountId(request.account_id))]
        else:
            everyone = self._rooms.connections.of_member(visitor.workspace_id, visitor.user_id)
            mine = [connection for connection in everyone if connection.is_connected]
        found: Wire = {}
        for connection in mine:
            found |= await history.previews(connection)
        return {"previews": found}

    async def _history(self, request: frames.ChatHistory) -> Wire:
        connection, peer = await self._reach(request.chat_id)
        return await history.history(connection, peer, before_id=request.before_id, limit=request.limit)

    async def _send(self, request: frames.MessageSend) -> Wire:
        chat_id = ChatId(request.chat_id)
        connection = self._find(ids.account_of(chat_id)) or await self._connection(ids.account_of(chat_id))
        order = Order(
            chat_id=chat_id,
            client_id=ClientId(request.client_id),
            text=request.text,
            reply_to_id=request.reply_to_id,
        )
        return await self._rooms.outbound.send(connection, order)

    async def _edit(self, request: frames.MessageEdit) -> Wire:
        connection, peer = await self._reach(request.chat_id)
        chat_id = ChatId(request.chat_id)
        return await alterations.edit(connection, chat_id, peer, request.message_id, request.text)

    async def _delete(self, request: frames.MessageDelete) -> Wire:
        connection, peer = await self._reach(request.chat_id)
        return await alterations.delete(connection, ChatId(request.chat_id), peer, request.message_ids)

    async def _read(self, request: frames.ChatRead) -> Wire:
        connection, peer = await self._reach(request.chat_id)
        return await alterations.mark_read(connection, ChatId(request.chat_id), peer, request.up_to_id)

    async def _open(self, request: frames.MediaOpen) -> Wire:
        connection, peer = await self._reach(request.chat_id)
        return await self._rooms.media.open(connection, peer, request.message_id)

    async def _reach(self, chat_id: str) -> tuple[LiveConnection, InputPeer]:
        """The visitor's own connection to a chat's account and how it names the chat.

        Raises:
            NotFound: no connection of theirs, or no such chat: both look the same.
            TelegramAway: theirs, and not ready.
        """
        connection = await self._connection(ids.account_of(ChatId(chat_id)))
        return connection, connection.require_peer(ChatId(chat_id))

    async def _connection(self, account_id: AccountId) -> LiveConnection:
        connection = self._find(account_id)
        if connection is None:
            if not ids.is_minted_shape(account_id) or not await self._is_mine(account_id):
                raise NotFound
            raise TelegramAway("Your connection to this account is not ready.")
        return connection

    def _find(self, account_id: AccountId) -> LiveConnection | None:
        return self._rooms.connections.find(self._visitor.workspace_id, self._visitor.user_id, account_id)

    async def _is_mine(self, account_id: AccountId) -> bool:
        return await self._rooms.door.call(accounts.is_connected, self._visitor.tenant, account_id)
