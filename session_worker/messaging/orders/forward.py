"""Messages of one chat of an account, forwarded to another."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telethon.tl import TLRequest, functions

from chalicelib.kernel.ids import ChatId, ClientId
from session_worker.connections.connection import LiveConnection
from session_worker.messaging import history
from session_worker.messaging.forwarding import require_forwardable
from session_worker.messaging.history import Found
from session_worker.messaging.orders.order import Order
from session_worker.telegram.peers import InputPeer


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardOrder(Order):
    """`source` is the chat the messages are in; each becomes one message of `chat_id`, in order.

    `originals` is filled only when its fate has to be found in the chat, and is gone with the order.
    """

    chat_id: ChatId
    client_id: ClientId
    source: InputPeer
    message_ids: tuple[int, ...]
    originals: dict[int, Any] = field(default_factory=dict, compare=False)

    def __repr__(self) -> str:
        return f"ForwardOrder(client_id={self.client_id})"

    @property
    def parts(self) -> int:
        """One a message."""
        return len(self.message_ids)

    @property
    def method(self) -> str:
        """The one for forwarding."""
        return "messages.ForwardMessages"

    async def prepare(self, connection: LiveConnection) -> None:
        """Refuse what is withheld. Raises MessageWithheld."""
        await require_forwardable(connection, self.source, self.message_ids)

    def request(self, peer: InputPeer, random_ids: Sequence[int]) -> TLRequest:
        """messages.forwardMessages."""
        return functions.messages.ForwardMessagesRequest(
            from_peer=self.source, id=list(self.message_ids), to_peer=peer, random_id=list(random_ids)
        )

    def is_like(self, message: Any, part: int) -> bool:
        """Forwarded, with the original's text and kind of media."""
        original = self.originals.get(self.message_ids[part])
        return (
            original is not None
            and getattr(message, "fwd_from", None) is not None
            and message.message == original.message
            and type(message.media) is type(original.media)
        )

    async def find(
        self, connection: LiveConnection, peer: InputPeer, *, since: datetime, but_not: Collection[int]
    ) -> dict[int, Found]:
        """As any order, once it is known what was forwarded."""
        for found in await history.fetch_messages(connection, self.source, self.message_ids):
            self.originals[found.message.id] = found.message
        return await Order.find(self, connection, peer, since=since, but_not=but_not)
