"""What a send must know of itself, so that the outbox can carry it: in order, paced, and once."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from telethon.tl import TLRequest, types

from chalicelib.kernel.ids import ChatId, ClientId
from session_worker.connections.connection import LiveConnection
from session_worker.messaging import history
from session_worker.messaging.history import Found
from session_worker.telegram import messages
from session_worker.telegram.answers import people_in
from session_worker.telegram.peers import InputPeer

_WITH_MESSAGE: Final = (types.UpdateNewMessage, types.UpdateNewChannelMessage, types.UpdateNewScheduledMessage)


class Order(ABC):
    """Something to send to one chat with one request that makes `parts` messages.

    An implementer gives, as a frozen dataclass whose repr shows no text:

    - `chat_id`: the chat that is written to.
    - `client_id`: the browser's name for this send. It decides the random ids, so the same order under the same
      client id is one send however often, and wherever, it is repeated.
    - `parts`: how many messages the request makes; 1 unless it says otherwise. Each has a random id of its own, and
      all share one row of the outbox.
    - `method`: Telegram's name of what the request asks, known before the request can be made.
    - `request(peer, random_ids)`: the TL request. It must use `random_ids[n]` for part n.
    - `is_like(message, part)`: whether an own message read back from the chat could be that part. It is asked when the
      fate of the send is unknown and Telegram may not be asked to do it again.

    It may give besides: `require_timely` (when it can be too late for a first try), `prepare` (what Telegram must have
    before, such as an upload), `answered` (when the answer is not an `Updates` with the new messages), `find` and
    `fetch` (when the messages are not in the chat's history) and `announce` (when what was made is no message of the
    chat yet). None of them keeps or logs a body.
    """

    __slots__ = ()
    chat_id: ChatId
    client_id: ClientId

    @property
    @abstractmethod
    def method(self) -> str:
        """Telegram's name of what `request` asks."""

    @property
    def parts(self) -> int:
        """How many messages it makes."""
        return 1

    def require_timely(self, now: datetime) -> None:
        """Refuse, before Telegram could have seen it, what it is too late for. A repetition is not asked this."""
        del now

    async def prepare(self, connection: LiveConnection) -> None:
        """Do, in its turn in the chat, what must be done before Telegram is asked to send.

        Whatever it raises means that nothing was sent; the order is then told as `queued` with that problem, or as
        `failed` when Telegram refused it.
        """
        del connection

    @abstractmethod
    def request(self, peer: InputPeer, random_ids: Sequence[int]) -> TLRequest:
        """What Telegram is asked."""

    @abstractmethod
    def is_like(self, message: Any, part: int) -> bool:
        """Whether an own message, read back from the chat, could be this part."""

    def answered(self, answer: Any, peer: InputPeer, random_ids: Sequence[int]) -> list[Found]:
        """The messages that Telegram's answer says were made, in the order of their parts."""
        del peer
        return new_messages(answer, random_ids)

    async def find(
        self, connection: LiveConnection, peer: InputPeer, *, since: datetime, but_not: Collection[int]
    ) -> dict[int, Found]:
        """Parts that are in the chat after all: own messages since a moment, oldest first. `but_not`: other sends' ids.

        Raises:
            TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
        """
        newest = await history.newest(connection, peer)
        oldest_first = [
            one
            for one in reversed(newest)
            if one.message.out and one.message.date >= since and one.message.id not in but_not
        ]
        return self.matched(oldest_first)

    async def fetch(self, connection: LiveConnection, peer: InputPeer, message_ids: Sequence[int]) -> list[Found]:
        """Messages it is known to have made, as they are now, but for those deleted since. Raises as `find` does."""
        return await history.fetch_messages(connection, peer, message_ids)

    def announce(self, connection: LiveConnection, found: Found, wire: Mapping[str, Any]) -> None:
        """Tell the member's browsers and the chat's row of one message that was made."""
        connection.announce_own(self.chat_id, dict(wire), found.message.date)

    def matched(self, candidates: Iterable[Found]) -> dict[int, Found]:
        """The parts among messages that are given oldest first; each message is one part at most."""
        left = list(candidates)
        parts: dict[int, Found] = {}
        for part in range(self.parts):
            found = next((one for one in left if self.is_like(one.message, part)), None)
            if found is not None:
                parts[part] = found
                left.remove(found)
        return parts


def new_messages(answer: Any, random_ids: Sequence[int]) -> list[Found]:
    """The new messages of an `Updates`, in the order of their random ids; none of any other answer."""
    if not isinstance(answer, types.Updates | types.UpdatesCombined):
        return []
    entities = people_in(answer)
    made = [update.message for update in answer.updates if isinstance(update, _WITH_MESSAGE)]
    part_of = {
        update.id: random_ids.index(update.random_id)
        for update in answer.updates
        if isinstance(update, types.UpdateMessageID) and update.random_id in random_ids
    }
    made.sort(key=lambda message: part_of.get(message.id, len(random_ids)))
    return [Found(message=message, entities=entities) for message in made if messages.is_message(message)]
