"""One live connection as the rest of the worker uses it: ask Telegram, name chats, tell the member's browsers."""

import asyncio
import time
import zlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from telethon.tl import TLRequest

from chalicelib.features.accounts.model import Connection, ConnectionState
from chalicelib.features.chats.model import ChatMetadata
from chalicelib.kernel import clock, ids
from chalicelib.kernel.errors import Fact, NotFound
from chalicelib.kernel.ids import AccountId, ChatId, ClientId
from chalicelib.table.tenant import Tenant
from session_worker.connections.recent import RecentMessages
from session_worker.hub import ConnectionKey, Event, Hub
from session_worker.messaging.standing import AccountStanding
from session_worker.telegram import outcomes
from session_worker.telegram.lean import LeanClient
from session_worker.telegram.methods import method_of
from session_worker.telegram.outcomes import AccountClosed, SessionEnded, TelegramAway
from session_worker.telegram.peers import InputPeer, Peer, PeerBook, mark_of, unmark

CALL_TIMEOUT_S: Final = 20
REMEMBERED_SENDS: Final = 256
REMEMBERED_NEWCOMERS: Final = 32
REMEMBERED_LOOKS: Final = 30

Permit = Callable[[], bool]
"""Whether this task's lease still lets it speak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLook:
    """What is shown of who a chat is with, and when it is too old: some KB, where Telegram's answer may have 500.

    Its repr shows nothing of it.
    """

    shown: Any
    until: float

    def __repr__(self) -> str:
        return f"ChatLook(until={self.until})"


class LiveConnection:
    """A connection this task holds, signed in or on its way there. `state` is what its member is shown."""

    __slots__ = (
        "_errands",
        "_hub",
        "_looks",
        "_newcomers",
        "_permit",
        "_places",
        "_sends",
        "client",
        "connection",
        "key",
        "on_included",
        "on_own_message",
        "on_own_read",
        "on_verdict",
        "peers",
        "standing",
        "tenant",
        "used_at",
    )

    def __init__(
        self,
        connection: Connection,
        client: LeanClient,
        peers: PeerBook,
        *,
        tenant: Tenant,
        hub: Hub,
        permit: Permit,
        standing: AccountStanding,
    ) -> None:
        self.connection = connection
        self.client = client
        self.peers = peers
        self.tenant = tenant
        self.key = key_of(connection)
        self.standing = standing
        self.used_at = time.monotonic()
        self.on_own_message: Callable[[ChatId, int, datetime], None] | None = None
        self.on_own_read: Callable[[ChatId, int, int], None] | None = None
        self.on_verdict: Callable[[Fact], None] | None = None
        self.on_included: Callable[[Sequence[ChatId]], None] | None = None
        self._errands = 0
        self._hub = hub
        self._permit = permit
        self._sends: OrderedDict[int, ClientId] | None = None
        self._places: RecentMessages | None = None
        self._looks: OrderedDict[ChatId, ChatLook] | None = None
        self._newcomers: OrderedDict[ChatId, ChatMetadata] | None = None

    @property
    def state(self) -> ConnectionState:
        """How it is doing."""
        return self.connection.state

    @property
    def is_connected(self) -> bool:
        """Whether requests can be made at once."""
        return self.connection.state is ConnectionState.CONNECTED

    @property
    def is_busy(self) -> bool:
        """Whether an errand of somebody's is under way."""
        return self._errands > 0

    @contextmanager
    def errand(self) -> Iterator[None]:
        """What is done within needs the line: a connection that nobody looks at does not rest meanwhile."""
        self._errands += 1
        try:
            yield
        finally:
            self._errands -= 1
            self.used_at = time.monotonic()

    async def call(self, request: TLRequest, *, timeout_s: float = CALL_TIMEOUT_S, is_routine: bool = False) -> Any:
        """Telegram's answer to one request. `is_routine`: nobody asked for it, and it keeps no connection awake.

        Raises:
            TelegramAway: no answer in time, the line is down, or our lease has run out: whether it was done is unknown.
            TelegramBusy: wait; nothing was done. Until the wait is over the method is refused here, unasked.
            TelegramRefused: nothing was done.
            SessionEnded, AccountClosed: the login is of no more use; the supervisor finds out as well.
        """
        async with self.asking(method_of(request), is_routine=is_routine), asyncio.timeout(timeout_s):
            return await self.client(request)

    @asynccontextmanager
    async def asking(self, method: str, *, is_routine: bool = False) -> AsyncIterator[None]:
        """What is asked of the client within is asked as by `call`: permitted, not too early, and its answer noted.

        For what Telethon asks itself, such as the parts of a file. Raises as `call` does.
        """
        if not self._permit():
            raise TelegramAway
        self.standing.check(method)
        try:
            with nullcontext() if is_routine else self.errand():
                yield
        except asyncio.CancelledError as cancelled:
            if not outcomes.is_end_of_line():
                raise
            raise TelegramAway from cancelled
        except Exception as error:  # Telethon raises whatever ended the line; fact_of tells them apart
            fact = outcomes.fact_of(error)
            if isinstance(fact, SessionEnded | AccountClosed) and self.on_verdict is not None:
                self.on_verdict(fact)
            await self.standing.note(method, fact)
            raise fact from error

    def require_line(self) -> None:
        """Say, before anything is written of a request, that it could not even leave.

        Raises:
            TelegramAway: the line is down, or our lease has run out; nothing was asked.
        """
        if not self._permit() or not self.client.is_connected():
            raise TelegramAway

    def peer(self, chat_id: ChatId) -> InputPeer | None:
        """What requests name a chat by; None for chats this connection does not know."""
        marked = self.peers.marked(chat_id)
        return None if marked is None else self.peers.input_peer(marked)

    def require_peer(self, chat_id: ChatId) -> InputPeer:
        """What requests name a chat by.

        Raises:
            NotFound: the account has no such chat.
            TelegramAway: its chats are still being read, so that nobody knows yet.
        """
        peer = self.peer(chat_id)
        if peer is not None:
            return peer
        if ids.is_chat_shape(chat_id) and not self.client.session.sweep.is_done:
            raise TelegramAway("This account's chats are still being read.", retry_after_s=2)
        raise NotFound

    def chat_of(self, peer: Peer) -> ChatId:
        """Our id of the chat a message or update names."""
        return self.peers.chat_id(mark_of(peer))

    def publish(self, event: Event) -> None:
        """Tell the member's browsers. The event is shared between them and must not be changed afterwards."""
        self._hub.publish(self.key, event)

    def publish_of(self, chat_id: ChatId | None, kind: str, **fields: Any) -> None:
        """Tell the member's browsers something of a chat, or with None of any chat of the account."""
        self.publish({"type": kind, "account_id": self.key.account_id, "chat_id": chat_id, **fields})

    def include(self, chat_ids: Sequence[ChatId]) -> None:
        """Chats were brought into the workspace: their rows are what they were when they were left out."""
        if self.on_included is not None:
            self.on_included(chat_ids)

    @property
    def is_heard(self) -> bool:
        """Whether the member has a browser open here."""
        return self._hub.is_heard(self.key.workspace_id, self.key.user_id)

    def remember_place(self, message_id: int, marked: int) -> None:
        """Remember which chat a message is in, where its number alone does not say: in all but channels."""
        if unmark(marked)[0] == "channel":
            return
        if self._places is None:
            self._places = RecentMessages()
        self._places.add(message_id, marked)

    def place_of(self, message_id: int) -> ChatId | None:
        """The private chat or group of a message that a browser was shown or Telegram told us of a short while ago."""
        marked = None if self._places is None else self._places.chat_of(message_id)
        return None if marked is None else self.peers.chat_id(marked)

    def chat_look(self, chat_id: ChatId) -> ChatLook | None:
        """What was seen of who a chat is with, where that is not too old and did not change since."""
        look = None if self._looks is None else self._looks.get(chat_id)
        return None if look is None or look.until < time.monotonic() else look

    def remember_look(self, chat_id: ChatId, look: ChatLook) -> None:
        """Remember what was seen of who a chat is with."""
        if self._looks is None:
            self._looks = OrderedDict()
        self._looks[chat_id] = look
        if len(self._looks) > REMEMBERED_LOOKS:
            self._looks.popitem(last=False)

    def group_changed(self, chat_id: ChatId) -> None:
        """Somebody changed a group or channel: what was seen of it is old, and the member's browsers look anew."""
        if self._looks is not None:
            self._looks.pop(chat_id, None)
        self.publish_of(chat_id, "group.changed")

    def remember_newcomer(self, chat: ChatMetadata) -> None:
        """Remember a chat that can be written to and has no row yet: its first message makes it."""
        if self._newcomers is None:
            self._newcomers = OrderedDict()
        self._newcomers[chat.id] = chat
        if len(self._newcomers) > REMEMBERED_NEWCOMERS:
            self._newcomers.popitem(last=False)

    def is_newcomer(self, chat_id: ChatId) -> bool:
        """Whether the chat waits for its first message."""
        return self._newcomers is not None and chat_id in self._newcomers

    def take_newcomer(self, chat_id: ChatId) -> ChatMetadata | None:
        """The chat, when it waited for its first message; it waits no longer."""
        return None if self._newcomers is None else self._newcomers.pop(chat_id, None)

    def remember_send(self, message_id: int, client_id: ClientId) -> None:
        """Let later events about a message of ours carry the client id its browser gave it."""
        if self._sends is None:
            self._sends = OrderedDict()
        self._sends[message_id] = client_id
        if len(self._sends) > REMEMBERED_SENDS:
            self._sends.popitem(last=False)

    def client_id_of(self, message_id: int) -> ClientId | None:
        """The client id of a message sent from a browser a short while ago."""
        return None if self._sends is None else self._sends.get(message_id)

    def announce_own(self, chat_id: ChatId, message: Event, sent_at: datetime) -> None:
        """Tell browsers and the chat's row of a message we just sent: Telegram does not push our own sends back to us.

        `message` is the wire's Message with its `client_id`.
        """
        if message["client_id"] is not None:
            self.remember_send(message["id"], message["client_id"])
        marked = self.peers.marked(chat_id)
        if marked is not None:
            self.remember_place(message["id"], marked)
        self.publish_of(chat_id, "message.new", message=message)
        if self.on_own_message is not None:
            self.on_own_message(chat_id, message["id"], sent_at)

    def announce_read(self, chat_id: ChatId, up_to_id: int, unread_count: int) -> None:
        """Tell browsers and the chat's row that the member read a chat through us; Telegram does not tell us back."""
        if self.on_own_read is not None:
            self.on_own_read(chat_id, up_to_id, unread_count)

    def announce_state(self, connection: Connection) -> None:
        """Take over a state that was written and tell the member's browsers."""
        self.connection = connection
        self.publish(state_event(connection.account_id, connection.state, connection.reason, connection.since))


def state_event(account_id: AccountId, state: ConnectionState, reason: str | None, since: datetime) -> Event:
    """What browsers are told of a connection's state: {account_id, state, reason, since}."""
    return {
        "type": "connection.changed",
        "account_id": account_id,
        "state": state,
        "reason": reason,
        "since": clock.to_wire(since),
    }


def key_of(connection: Connection) -> ConnectionKey:
    """Whose connection to what."""
    return ConnectionKey(
        workspace_id=connection.workspace_id,
        account_id=connection.account_id,
        user_id=connection.user_id,
        connection_id=connection.id,
    )


def spread(connection: Connection, over_s: int) -> int:
    """A second of a period that is this connection's own, so that all connections don't do one thing at once."""
    return zlib.crc32(connection.id.encode()) % over_s
