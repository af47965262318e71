"""Sending what people type: in order, paced, once, and without keeping a body anywhere but in memory.

Telegram knows a send by its `random_id`, which the browser's client id decides. So a repetition after a lost answer, a
cut line or a killed process reaches the first message instead of making a second one, as long as the same auth key
repeats it within ten minutes. Later the message is looked for in the chat's history, else its fate is unknown.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from telethon.tl import functions, types

from chalicelib.kernel.clock import Clock, utc_now
from chalicelib.kernel.errors import Conflict, Fact, TooMany, Unavailable
from chalicelib.kernel.ids import ChatId, ClientId, ConnectionId
from chalicelib.kernel.problems import UnexpectedFault
from chalicelib.logs import log
from session_worker.connections.connection import LiveConnection
from session_worker.door import Door
from session_worker.messaging.history import Found, fetch_message, find_sent, messages_in
from session_worker.messaging.outbox import Outbox, Outgoing, SendState, random_id_of
from session_worker.messaging.pacing import Pace
from session_worker.refusals import problem_of
from session_worker.telegram.outcomes import AccountClosed, AlreadySent, SessionEnded, TelegramBusy, TelegramRefused
from session_worker.telegram.peers import InputPeer

ANSWER_S: Final = 3
"""A browser is answered by then; what takes longer is told by `send.changed`."""
MAX_WAITING: Final = 50
"""Sends of one connection that may wait for their turn in memory."""
_CLOCK_SLACK: Final = timedelta(seconds=30)

Wire = dict[str, Any]


class ClientIdTaken(Conflict):
    """The client id names a send to another chat."""

    code = "client-id-taken"
    title = "This client id was used for another message."


class SendOutcomeUnknown(Conflict):
    """It is too late to repeat and the chat's history does not show it."""

    code = "send-outcome-unknown"
    title = "This may have been sent. Look in Telegram before you send it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One text to send."""

    chat_id: ChatId
    client_id: ClientId
    text: str
    reply_to_id: int | None

    def __repr__(self) -> str:
        return f"Order(client_id={self.client_id})"


@dataclass(slots=True, kw_only=True)
class _Delivery:
    """An order on its way. `is_announced`: its browser was answered before the end, so the end is an event."""

    order: Order
    task: asyncio.Task[Wire]
    state: SendState = SendState.QUEUED
    is_announced: bool = False


@dataclass(slots=True)
class _Lane:
    """The sends of one connection: each waits for the one before it in its chat."""

    pace: Pace = field(default_factory=Pace)
    deliveries: dict[ClientId, _Delivery] = field(default_factory=dict)
    last_of_chat: dict[ChatId, asyncio.Task[Wire]] = field(default_factory=dict)


class Outbound:
    """Owns every send under way in this process."""

    def __init__(self, door: Door, clock: Clock = utc_now) -> None:
        self._door = door
        self._clock = clock
        self._lanes: dict[ConnectionId, _Lane] = {}

    async def send(self, connection: LiveConnection, order: Order) -> Wire:
        """Send once. Gives `{state: "sent", message}`, or `{state: "queued" | "sending"}` with an event to follow.

        Raises:
            NotFound: the connection knows no such chat.
            TelegramBusy, TooMany: nothing was sent; repeat after `retry_after_s`.
            TelegramAway: it may have been sent; repeat with the same client id.
            TelegramRefused, SessionEnded, AccountClosed: nothing was sent.
            ClientIdTaken: nothing was sent.
        """
        lane = self._lanes.setdefault(connection.key.connection_id, _Lane())
        delivery = lane.deliveries.get(order.client_id) or self._accept(lane, connection, order)
        if delivery.order.chat_id != order.chat_id:
            raise ClientIdTaken
        await asyncio.wait({delivery.task}, timeout=ANSWER_S)
        if delivery.task.cancelled():
            raise Unavailable("This worker is restarting.", retry_after_s=1)
        if delivery.task.done():
            return delivery.task.result()
        delivery.is_announced = True
        return {"state": delivery.state}

    async def close(self, timeout_s: float) -> None:
        """Let sends that Telegram was told of finish; those still waiting are the browsers' to repeat."""
        running = {one.task for lane in self._lanes.values() for one in lane.deliveries.values()}
        for lane in self._lanes.values():
            for delivery in lane.deliveries.values():
                if delivery.state is SendState.QUEUED:
                    delivery.task.cancel()
        if running:
            _, late = await asyncio.wait(running, timeout=timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _accept(self, lane: _Lane, connection: LiveConnection, order: Order) -> _Delivery:
        """Take a place in the chat's row at once, so that texts leave in the order their frames came."""
        peer = connection.require_peer(order.chat_id)
        if len(lane.deliveries) >= MAX_WAITING:
            raise TooMany("Too many messages wait to be sent.", retry_after_s=5)
        before = lane.last_of_chat.get(order.chat_id)
        courier = _Courier(self._door, self._clock, lane, connection, order, peer)
        task = asyncio.create_task(courier.carry(before), name="send")
        delivery = lane.deliveries[order.client_id] = _Delivery(order=order, task=task)
        courier.delivery = delivery
        lane.last_of_chat[order.chat_id] = task
        task.add_done_callback(lambda _: self._ended(lane, connection, delivery))
        return delivery

    def _ended(self, lane: _Lane, connection: LiveConnection, delivery: _Delivery) -> None:
        order, task = delivery.order, delivery.task
        lane.deliveries.pop(order.client_id, None)
        if lane.last_of_chat.get(order.chat_id) is task:
            del lane.last_of_chat[order.chat_id]
        if task.cancelled():
            return
        crash = task.exception()
        if crash is not None and not isinstance(crash, Fact):
            log.error("send.crashed", crash=crash)
        if delivery.is_announced:
            connection.publish(_change(delivery, crash))


class _Courier:
    """Carries one order through: its row, its turn, Telegram, and what Telegram said."""

    delivery: _Delivery

    def __init__(
        self, door: Door, clock: Clock, lane: _Lane, connection: LiveConnection, order: Order, peer: InputPeer
    ) -> None:
        self._door = door
        self._clock = clock
        self._lane = lane
        self._connection = connection
        self._order = order
        self._peer = peer
        self._login = _login_of(connection)
        key = connection.key
        self._outbox = Outbox(connection.tenant, key.account_id, key.connection_id)

    async def carry(self, before: asyncio.Task[Wire] | None) -> Wire:
        """The answer to the browser. Two writes and one read of the table for a message that is sent."""
        if before is not None:
            await asyncio.wait({before})
        known = await self._door.call(self._outbox.get, self._order.client_id)
        if known is None:
            return await self._hand_over(None)
        if known.chat_id != self._order.chat_id:
            raise ClientIdTaken
        if known.state is not SendState.SENT and known.may_repeat(self._login, self._clock()):
            return await self._hand_over(known)
        return await self._look_up(known)

    async def _hand_over(self, known: Outgoing | None) -> Wire:
        await self._lane.pace.turn(self._order.chat_id, is_private=isinstance(self._peer, types.InputPeerUser))
        tried_at = await self._begin(known)
        self.delivery.state = SendState.SENDING
        try:
            updates = await self._connection.call(self._request())
        except AlreadySent:
            return await self._settled_from_history(tried_at)
        except TelegramBusy as busy:
            self._lane.pace.block(busy.retry_after_s, self._order.chat_id if busy.is_chat_only else None)
            await self._settle(SendState.QUEUED)
            raise
        except (TelegramRefused, SessionEnded, AccountClosed):
            await self._settle(SendState.FAILED)
            raise
        return await self._sent(self._message_in(updates))

    async def _begin(self, known: Outgoing | None) -> datetime:
        """Write, before Telegram hears of it, that it may have; gives when it may first have."""
        is_first = known is None or known.state in (SendState.QUEUED, SendState.FAILED)
        tried_at = self._clock() if known is None or is_first else known.tried_at
        outgoing = Outgoing(
            client_id=self._order.client_id,
            chat_id=self._order.chat_id,
            state=SendState.SENDING,
            login=self._login,
            tried_at=tried_at,
            message_id=None,
        )
        await self._door.call(self._outbox.begin, outgoing)
        return tried_at

    def _request(self) -> Any:
        reply_to_id = self._order.reply_to_id
        return functions.messages.SendMessageRequest(
            peer=self._peer,
            message=self._order.text,
            random_id=random_id_of(self._connection.key.connection_id, self._order.client_id),
            reply_to=None if reply_to_id is None else types.InputReplyToMessage(reply_to_id),
        )

    def _message_in(self, updates: Any) -> Found:
        """The message in Telegram's answer; the short form leaves out what the sender knows."""
        if isinstance(updates, types.UpdateShortSentMessage):
            message = types.Message(
                id=updates.id,
                peer_id=_plain_peer(self._peer),
                date=updates.date,
                message=self._order.text,
                out=True,
                entities=updates.entities,
                media=updates.media,
                reply_to=self._reply_header(),
            )
            return Found(message=message, entities={})
        [found] = messages_in(updates)
        return found

    def _reply_header(self) -> types.MessageReplyHeader | None:
        reply_to_id = self._order.reply_to_id
        return None if reply_to_id is None else types.MessageReplyHeader(reply_to_msg_id=reply_to_id)

    async def _look_up(self, known: Outgoing) -> Wire:
        """What became of a send that can't be repeated, or need not be."""
        if known.message_id is not None:
            found = await fetch_message(self._connection, self._peer, known.message_id)
            if found is not None:
                return await self._sent(found, is_news=False)
        return await self._settled_from_history(known.tried_at)

    async def _settled_from_history(self, tried_at: datetime) -> Wire:
        claimed = await self._door.call(self._outbox.claimed_messages, self._order.chat_id)
        since = tried_at - _CLOCK_SLACK
        found = await find_sent(self._connection, self._peer, self._order.text, since=since, but_not=claimed)
        if found is not None:
            return await self._sent(found)
        await self._settle(SendState.UNKNOWN)
        self.delivery.state = SendState.UNKNOWN
        self.delivery.is_announced = True
        return {"state": SendState.SENDING}

    async def _sent(self, found: Found, *, is_news: bool = True) -> Wire:
        message = found.to_wire(self._connection, client_id=self._order.client_id)
        if is_news:
            await self._settle(SendState.SENT, found.message.id)
            self._connection.announce_own(self._order.chat_id, message, found.message.date)
        self.delivery.state = SendState.SENT
        return {"state": SendState.SENT, "message": message}

    async def _settle(self, state: SendState, message_id: int | None = None) -> None:
        await self._door.call(self._outbox.settle, self._order.client_id, state, message_id)


def _change(delivery: _Delivery, crash: BaseException | None) -> Wire:
    """The event that tells how an order ended whose browser was answered before."""
    order = delivery.order
    event: Wire = {"type": "send.changed", "chat_id": order.chat_id, "client_id": order.client_id}
    match crash:
        case None if delivery.state is SendState.UNKNOWN:
            return {**event, "state": SendState.UNKNOWN, "problem": problem_of(SendOutcomeUnknown())}
        case None:
            return {**event, **delivery.task.result()}
        case TelegramRefused() | SessionEnded() | AccountClosed() | ClientIdTaken():
            return {**event, "state": SendState.FAILED, "problem": problem_of(crash)}
        case Fact():
            return {**event, "state": SendState.QUEUED, "problem": problem_of(crash)}
        case _:
            return {**event, "state": SendState.QUEUED, "problem": problem_of(UnexpectedFault())}


def _login_of(connection: LiveConnection) -> str:
    """Tells auth keys apart without saying anything of them that Telegram's own lines don't."""
    key = connection.client.session.auth_key
    return "" if key is None else f"{key.key_id & (1 << 64) - 1:016x}"


def _plain_peer(peer: InputPeer) -> types.PeerUser | types.PeerChat | types.PeerChannel:
    match peer:
        case types.InputPeerUser(user_id=user_id):
            return types.PeerUser(user_id)
        case types.InputPeerChat(chat_id=chat_id):
            return types.PeerChat(chat_id)
        case _:
            return types.PeerChannel(peer.channel_id)
