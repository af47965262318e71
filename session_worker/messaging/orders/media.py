"""Files with their captions: one message, or an album of up to ten."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from telethon.tl import TLRequest, functions, types

from chalicelib.kernel.ids import ChatId, ClientId
from session_worker.connections.connection import LiveConnection
from session_worker.messaging.attachments import Attachment
from session_worker.messaging.history import Found
from session_worker.messaging.orders.order import Order
from session_worker.telegram.media import media_of
from session_worker.telegram.peers import InputPeer


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaOrder(Order):
    """Files to send. `carry` brings them to Telegram; `on_sent` hears when they need not be kept any longer."""

    chat_id: ChatId
    client_id: ClientId
    attachments: tuple[Attachment, ...]
    reply_to_id: int | None
    carry: Callable[[LiveConnection, "MediaOrder"], Awaitable[list[Any]]]
    on_sent: Callable[["MediaOrder"], None]
    _carried: list[Any] = field(default_factory=list, compare=False)

    def __repr__(self) -> str:
        return f"MediaOrder(client_id={self.client_id}, parts={self.parts})"

    @property
    def parts(self) -> int:
        """A message a file."""
        return len(self.attachments)

    @property
    def method(self) -> str:
        """The one for a file, or the one for an album."""
        return "messages.SendMedia" if self.parts == 1 else "messages.SendMultiMedia"

    async def prepare(self, connection: LiveConnection) -> None:
        """Bring the files to Telegram, which shows them to nobody before the message is sent."""
        self._carried[:] = await self.carry(connection, self)

    def request(self, peer: InputPeer, random_ids: Sequence[int]) -> TLRequest:
        """messages.sendMedia, or messages.sendMultiMedia for an album."""
        reply_to = None if self.reply_to_id is None else types.InputReplyToMessage(self.reply_to_id)
        if self.parts == 1:
            return functions.messages.SendMediaRequest(
                peer=peer,
                media=self._carried[0],
                message=self.attachments[0].caption,
                random_id=random_ids[0],
                reply_to=reply_to,
            )
        album = [
            types.InputSingleMedia(media=media, random_id=random_id, message=attachment.caption)
            for media, random_id, attachment in zip(self._carried, random_ids, self.attachments, strict=True)
        ]
        return functions.messages.SendMultiMediaRequest(peer=peer, multi_media=album, reply_to=reply_to)

    def is_like(self, message: Any, part: int) -> bool:
        """The same kind of file under the same caption; Telegram makes other bytes of a photo."""
        wanted = self.attachments[part]
        media = None if getattr(message, "media", None) is None else media_of(message)
        caption = getattr(message, "message", "")
        return media is not None and media["kind"] == wanted.kind and caption.strip() == wanted.caption.strip()

    def announce(self, connection: LiveConnection, found: Found, wire: Mapping[str, Any]) -> None:
        """Tell the member's browsers and the chat's row, and let the files go."""
        connection.announce_own(self.chat_id, dict(wire), found.message.date)
        self.on_sent(self)
