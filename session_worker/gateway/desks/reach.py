"""How the answers to requests reach a visitor's own connections and chats, and what they share."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.adapters.limits import Limits
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.kernel import ids
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import AccountId, ChatId
from chalicelib.kernel.permissions import Action
from chalicelib.table.cipher import Cipher
from session_worker.connections.connection import LiveConnection
from session_worker.connections.supervisor import Connections
from session_worker.door import Door
from session_worker.gateway.admission import Visitor
from session_worker.hub import Hub
from session_worker.messaging.following import Following
from session_worker.messaging.founding import Founder
from session_worker.messaging.groups import GroupPace
from session_worker.messaging.media import MediaDesk
from session_worker.messaging.outbound import Outbound
from session_worker.messaging.people import People
from session_worker.messaging.pictures import Pictures
from session_worker.messaging.turns import Member
from session_worker.messaging.uploads import Uploads
from session_worker.telegram.client import Telegram
from session_worker.telegram.outcomes import TelegramAway
from session_worker.telegram.peers import InputPeer
from session_worker.wire import Wire

Push = Callable[[Mapping[str, Any]], None]
Answers = Mapping[type, Callable[[Any], Awaitable[Wire]]]
"""What answers each struct of a request. Raises the facts of the room that does it."""


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
    uploads: Uploads
    pictures: Pictures
    people: People
    following: Following
    group_pace: GroupPace
    founder: Founder


class Reach:
    """What one visitor may reach. A chat that is not theirs to read is answered as one that does not exist."""

    def __init__(self, rooms: Rooms, visitor: Visitor, push: Push) -> None:
        self.rooms = rooms
        self.visitor = visitor
        self.push = push

    @property
    def member(self) -> Member:
        """Whose files these are."""
        return self.visitor.workspace_id, self.visitor.user_id

    async def mine(self) -> list[LiveConnection]:
        """The visitor's connections that live here, woken where they were parked. Raises as `Tenant.require` does."""
        self.visitor.tenant.require(Action.USE_ACCOUNTS)
        return await self.rooms.connections.all_awake(self.visitor.workspace_id, self.visitor.user_id)

    async def chat(self, chat_id: str) -> tuple[LiveConnection, InputPeer]:
        """The visitor's own connection to a chat's account and how it names the chat.

        Raises:
            SeatNeeded, TrialOver: nothing pays for the visitor's accounts any more.
            NotFound: no connection of theirs, or no such chat: both look the same.
            TelegramAway: theirs, and not ready.
        """
        connection = await self.connection_of(ChatId(chat_id))
        return connection, connection.require_peer(ChatId(chat_id))

    async def connection_of(self, chat_id: ChatId) -> LiveConnection:
        """The visitor's own connection to a chat's account, whether or not it knows the chat. Raises as `chat` does."""
        return await self.connection(ids.account_of(chat_id))

    async def connection(self, account_id: AccountId) -> LiveConnection:
        """The visitor's own connection to an account. Raises as `chat` does."""
        visitor = self.visitor
        visitor.tenant.require(Action.USE_ACCOUNTS)
        found = await self.rooms.connections.awake(visitor.workspace_id, visitor.user_id, account_id)
        if found is None:
            if not ids.is_minted_shape(account_id) or not await self._is_mine(account_id):
                raise NotFound
            raise TelegramAway("Your connection to this account is not ready.")
        return found

    async def _is_mine(self, account_id: AccountId) -> bool:
        return await self.rooms.door.call(accounts.is_connected, self.visitor.tenant, account_id)
