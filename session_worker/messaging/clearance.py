"""Whether an account may send now, and when: Telegram's waits, the limit after PEER_FLOOD, the account's own pace."""

from dataclasses import dataclass

from telethon.tl import types

from chalicelib.features.standing.model import AccountLimited
from chalicelib.kernel.ids import ChatId
from session_worker.connections.connection import LiveConnection
from session_worker.messaging import history
from session_worker.telegram.peers import InputPeer


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """Asked by everything that makes messages. `method`: Telegram's name of the request; it makes `parts` of them."""

    connection: LiveConnection
    chat_id: ChatId
    peer: InputPeer
    method: str
    parts: int = 1

    async def require(self) -> None:
        """Refuse, before anything is brought to Telegram, what may not be sent now. One call while limited, else none.

        Raises:
            TelegramBusy: Telegram wants the method or the chat left alone.
            AccountLimited: the account may not write first, and this would be the first.
        """
        standing = self.connection.standing
        await standing.freshen()
        standing.check(self.method, self.chat_id)
        if standing.is_limited and self._is_private and not await self._has_answered():
            raise AccountLimited

    async def turn(self) -> None:
        """Return when it may leave. Raises TelegramBusy where Telegram wants the method or chat left alone."""
        standing = self.connection.standing
        standing.check(self.method, self.chat_id)
        await standing.pace.turn(
            self.chat_id, is_private=self._is_private, cost=self.parts, factor=lambda: standing.pace_factor
        )
        standing.check(self.method, self.chat_id)

    @property
    def _is_private(self) -> bool:
        return isinstance(self.peer, types.InputPeerUser)

    async def _has_answered(self) -> bool:
        """Whether the other side has written among the chat's newest messages."""
        newest = await history.newest(self.connection, self.peer)
        return any(not found.message.out for found in newest)
