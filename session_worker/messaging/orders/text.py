"""A text, with its formatting and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telethon.tl import TLRequest, functions, types

from chalicelib.kernel.ids import ChatId, ClientId
from session_worker.connections.connection import LiveConnection
from session_worker.messaging.drafts import announce_no_draft
from session_worker.messaging.history import Found
from session_worker.messaging.orders.order import Order, new_messages
from session_worker.telegram.peers import InputPeer, plain_peer


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOrder(Order):
    """One text to send. `entities` are Telegram's own (bold, link…); None lets Telegram find links and mentions.

    What was typed in the chat is sent with it, so that the chat's draft is gone.
    """

    chat_id: ChatId
    client_id: ClientId
    text: str
    reply_to_id: int | None = None
    entities: tuple[Any, ...] | None = None
    is_silent: bool = False
    has_preview: bool = True

    def __repr__(self) -> str:
        return f"TextOrder(client_id={self.client_id})"

    @property
    def method(self) -> str:
        """The one for texts."""
        return "messages.SendMessage"

    def request(self, peer: InputPeer, random_ids: Sequence[int]) -> TLRequest:
        """messages.sendMessage."""
        reply_to_id = self.reply_to_id
        return functions.messages.SendMessageRequest(
            peer=peer,
            message=self.text,
            random_id=random_ids[0],
            reply_to=None if reply_to_id is None else types.InputReplyToMessage(reply_to_id),
            entities=None if self.entities is None else list(self.entities),
            silent=self.is_silent or None,
            no_webpage=not self.has_preview or None,
            clear_draft=True,
        )

    def is_like(self, message: Any, part: int) -> bool:
        """Telegram trims what it is given, so white space at the ends says nothing."""
        del part
        return bool(getattr(message, "message", "").strip() == self.text.strip())

    def answered(self, answer: Any, peer: InputPeer, random_ids: Sequence[int]) -> list[Found]:
        """The message; Telegram's short form leaves out what the sender knows."""
        if not isinstance(answer, types.UpdateShortSentMessage):
            return new_messages(answer, random_ids)
        reply_to_id = self.reply_to_id
        message = types.Message(
            id=answer.id,
            peer_id=plain_peer(peer),
            date=answer.date,
            message=self.text,
            out=True,
            entities=answer.entities,
            media=answer.media,
            reply_to=None if reply_to_id is None else types.MessageReplyHeader(reply_to_msg_id=reply_to_id),
        )
        return [Found(message=message, entities={})]

    def announce(self, connection: LiveConnection, found: Found, wire: Mapping[str, Any]) -> None:
        """A message of the chat, and no draft of it any more."""
        connection.announce_own(self.chat_id, dict(wire), found.message.date)
        announce_no_draft(connection, self.chat_id)
