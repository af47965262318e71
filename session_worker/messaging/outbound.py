"""Sending what people ask for: in order, paced, once, and without keeping a body anywhere but in memory.

Telegram knows a send by its `random_id`, which the browser's client id decides. So a repetition after a lost answer, a
cut line or a killed process reaches the first message instead of making a second one, as long as the same auth key
repeats it within ten minutes. Later the message is looked for in the chat's history, else its fate is unknown.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final

from chalicelib.features.standing.model import AccountLimited
from chalicelib.kernel.clock import Clock, utc_now
from chalicelib.kernel.errors import Fact, TooMany, Unavailable
from chalicelib.kernel.ids import ChatId, ClientId, ConnectionId
from chalicelib.kernel.problems import UnexpectedFault
from chalicelib.logs import log
from session_worker.connections.connection import LiveConnection
from session_worker.door import Door
from session_worker.messaging.courier import ClientIdTaken, Courier, Progress, SendOutcomeUnknown, SendWithdrawn
from session_worker.messaging.forwarding import MessageWithheld
from session_worker.messaging.orders.order import Order
from session_worker.messaging.outbox import SendState
from session_worker.messaging.scheduled import ScheduleTimeInvalid
from session_worker.refusals import problem_of
from session_worker.telegram.outcomes import AccountClosed, SessionEnded, TelegramRefused
from session_worker.wire import Wire

ANSWER_S: Final = 3
"""A browser is answered by then; what takes longer is told by `send.changed`."""
MAX_WAITING: Final = 50
"""Sends of one connection that may wait for their turn in memory."""


@dataclass(slots=True, kw_only=True)
class _Delivery:
    """An order on its way. `is_announced`: its browser was answered before the end, so the end is an event."""

    order: Order
    progress: Progress
    task: asyncio.Task[Wire]
    is_announced: bool = False


@dataclass(slots=True)
class _Lane:
    """The sends of one connection: each waits for the one before it in its chat."""

    deliveries: dict[ClientId, _Delivery] = field(default_factory=dict)
    last_of_chat: dict[ChatId, asyncio.Task[Wire]] = field(default_factory=dict)


class Outbound:
    """Owns every send under way in this process. `len` is how many connections have one."""

    def __init__(self, door: Door, clock: Clock = utc_now) -> None:
        self._door = door
        self._clock = clock
        self._lanes: dict[ConnectionId, _Lane] = {}

    def __len__(self) -> int:
        return len(self._lanes)

    async def send(self, connection: LiveConnection, order: Order) -> Wire:
        """Send once.

        Gives `{state: "sent", message}`, or `{state: "queued" | "sending"}` with an event `send.changed` to follow. An
        order of several parts gives `messages` besides: all of them, in order; `message` is the first, and None where
        a repetition finds that what was sent is deleted since.

        Raises:
            NotFound: the connection knows no such chat.
            TelegramBusy, TooMany: nothing was sent; repeat after `retry_after_s`.
            TelegramAway: it may have been sent; repeat with the same client id.
            TelegramRefused, SessionEnded, AccountClosed: nothing was sent.
            AccountLimited, ClientIdTaken, SendWithdrawn, MessageWithheld, ScheduleTimeInvalid: nothing was sent.
        """
        lane = self._lanes.get(connection.key.connection_id) or _Lane()
        delivery = lane.deliveries.get(order.client_id) or self._accept(lane, connection, order)
        if delivery.order.chat_id != order.chat_id:
            raise ClientIdTaken
        await asyncio.wait({delivery.task}, timeout=ANSWER_S)
        if delivery.task.cancelled():
            raise SendWithdrawn if delivery.progress.is_withdrawn else _restarting()
        if delivery.progress.state is SendState.UNKNOWN:
            return {"state": SendState.SENDING}
        if delivery.task.done():
            return delivery.task.result()
        delivery.is_announced = True
        return {"state": delivery.progress.state}

    async def withdraw(self, connection: LiveConnection, client_id: ClientId) -> bool:
        """Take back a send that Telegram was not told of yet, an upload under way included; whether that was so.

        It is not so for the repetition of one that may have arrived, so its row is waited for.
        """
        lane = self._lanes.get(connection.key.connection_id)
        delivery = None if lane is None else lane.deliveries.get(client_id)
        if delivery is None:
            return False
        either: set[asyncio.Future[Any]] = {delivery.task, delivery.progress.read}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if delivery.progress.state is not SendState.QUEUED:
            return False
        delivery.progress.is_withdrawn = True
        return delivery.task.cancel()

    async def close(self, timeout_s: float) -> None:
        """Let sends that Telegram was told of finish; those still waiting are the browsers' to repeat."""
        running = {one.task for lane in self._lanes.values() for one in lane.deliveries.values()}
        for lane in self._lanes.values():
            for delivery in lane.deliveries.values():
                if delivery.progress.state is SendState.QUEUED:
                    delivery.task.cancel()
        if running:
            _, late = await asyncio.wait(running, timeout=timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _accept(self, lane: _Lane, connection: LiveConnection, order: Order) -> _Delivery:
        """Take a place in the chat's row at once, so that messages leave in the order their frames came."""
        peer = connection.require_peer(order.chat_id)
        if len(lane.deliveries) >= MAX_WAITING:
            raise TooMany("Too many messages wait to be sent.", retry_after_s=5)
        before = lane.last_of_chat.get(order.chat_id)
        progress = Progress()
        courier = Courier(self._door, self._clock, connection, order, peer, progress)
        task = asyncio.create_task(courier.carry(before), name="send")
        delivery = lane.deliveries[order.client_id] = _Delivery(order=order, progress=progress, task=task)
        lane.last_of_chat[order.chat_id] = task
        self._lanes[connection.key.connection_id] = lane
        task.add_done_callback(lambda _: self._ended(lane, connection, delivery))
        return delivery

    def _ended(self, lane: _Lane, connection: LiveConnection, delivery: _Delivery) -> None:
        order, task = delivery.order, delivery.task
        lane.deliveries.pop(order.client_id, None)
        if lane.last_of_chat.get(order.chat_id) is task:
            del lane.last_of_chat[order.chat_id]
        if not lane.deliveries:
            self._lanes.pop(connection.key.connection_id, None)
        if task.cancelled() and not delivery.progress.is_withdrawn:
            return
        crash = SendWithdrawn() if task.cancelled() else task.exception()
        if crash is not None and not isinstance(crash, Fact):
            log.error("send.crashed", crash=crash)
        if delivery.is_announced or delivery.progress.state is SendState.UNKNOWN:
            connection.publish(_change(delivery, crash))


def _restarting() -> Unavailable:
    return Unavailable("This worker is restarting.", retry_after_s=1)


def _change(delivery: _Delivery, crash: BaseException | None) -> Wire:
    """The event that tells how an order ended whose browser was answered before."""
    order = delivery.order
    event: Wire = {"type": "send.changed", "chat_id": order.chat_id, "client_id": order.client_id}
    match crash:
        case None if delivery.progress.state is SendState.UNKNOWN:
            return {**event, "state": SendState.UNKNOWN, "problem": problem_of(SendOutcomeUnknown())}
        case None:
            return {**event, **delivery.task.result()}
        case (
            TelegramRefused()
            | SessionEnded()
            | AccountClosed()
            | AccountLimited()
            | ClientIdTaken()
            | SendWithdrawn()
            | MessageWithheld()
            | ScheduleTimeInvalid()
        ):
            return {**event, "state": SendState.FAILED, "problem": problem_of(crash)}
        case Fact():
            return {**event, "state": SendState.QUEUED, "problem": problem_of(crash)}
        case _:
            return {**event, "state": SendState.QUEUED, "problem": problem_of(UnexpectedFault())}
