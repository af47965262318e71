"""Carries one order through: its row, its turn, Telegram, and what Telegram said."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import Conflict, Fact
from session_worker import metrics
from session_worker.connections.connection import LiveConnection
from session_worker.door import Door
from session_worker.messaging.clearance import Clearance
from session_worker.messaging.history import Found
from session_worker.messaging.orders.order import Order
from session_worker.messaging.outbox import Outbox, Outgoing, SendState, random_ids_of
from session_worker.telegram.outcomes import (
    AccountClosed,
    AlreadySent,
    SessionEnded,
    TelegramAway,
    TelegramBusy,
    TelegramRefused,
)
from session_worker.telegram.peers import InputPeer
from session_worker.wire import Wire

_CLOCK_SLACK: Final = timedelta(seconds=30)


class ClientIdTaken(Conflict):
    """The client id names a send to another chat."""

    code = "client-id-taken"
    title = "This client id was used for another message."


class SendOutcomeUnknown(Conflict):
    """It is too late to repeat and the chat's history does not show it."""

    code = "send-outcome-unknown"
    title = "This may have been sent. Look in Telegram before you send it again."


class SendWithdrawn(Conflict):
    """Its sender took it back before Telegram was told of it."""

    code = "send-withdrawn"
    title = "This was taken back before it was sent."


@dataclass(slots=True)
class Progress:
    """How far an order has come, for whoever waits for it. `read`: it is known whether this is a first try."""

    state: SendState = SendState.QUEUED
    is_withdrawn: bool = False
    read: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Courier:
    """One order's way. Made for one carrying and forgotten."""

    def __init__(
        self,
        door: Door,
        clock: Clock,
        connection: LiveConnection,
        order: Order,
        peer: InputPeer,
        progress: Progress,
    ) -> None:
        self._door = door
        self._clock = clock
        self._connection = connection
        self._order = order
        self._peer = peer
        self._progress = progress
        self._login = login_of(connection)
        key = connection.key
        self._outbox = Outbox(connection.tenant, key.account_id, key.connection_id)
        self._random_ids = random_ids_of(key.connection_id, order.client_id, order.parts)

    async def carry(self, before: asyncio.Task[Wire] | None) -> Wire:
        """The answer to the browser. Two writes and one read of the table for what is sent.

        Raises as `Outbound.send` does.
        """
        with self._connection.errand():
            return await self._carry(before)

    async def _carry(self, before: asyncio.Task[Wire] | None) -> Wire:
        known = await self._door.call(self._outbox.get, self._order.client_id)
        if known is not None and not known.is_unseen:
            self._progress.state = SendState.SENDING
        self._progress.read.set_result(None)
        if before is not None:
            await asyncio.wait({before})
        if known is None:
            return await self._hand_over(None)
        if known.chat_id != self._order.chat_id:
            raise ClientIdTaken
        if known.state is not SendState.SENT and known.may_repeat(self._login, self._clock()):
            return await self._hand_over(known)
        return await self._look_up(known)

    async def _hand_over(self, known: Outgoing | None) -> Wire:
        order = self._order
        is_first = known is None or known.is_unseen
        if is_first:
            order.require_timely(self._clock())
        clearance = self._clearance()
        await clearance.require()
        await order.prepare(self._connection)
        request = order.request(self._peer, self._random_ids)
        await clearance.turn()
        self._connection.require_line()
        tried_at = await self._begin(known)
        self._progress.state = SendState.SENDING
        try:
            answer = await self._connection.call(request)
        except AlreadySent:
            return await self._settled_from_history(tried_at)
        except (TelegramBusy, TelegramRefused, SessionEnded, AccountClosed) as refusal:
            return await self._refused(refusal, tried_at, is_first=is_first)
        made = order.answered(answer, self._peer, self._random_ids)
        return await (self._sent(made, tried_at) if len(made) == order.parts else self._settled_from_history(tried_at))

    async def _refused(self, refusal: Fact, tried_at: datetime, *, is_first: bool) -> Wire:
        """Raise the refusal. That of a repetition says nothing of the first try, which stays what it may have been."""
        is_busy = isinstance(refusal, TelegramBusy)
        if isinstance(refusal, TelegramBusy) and refusal.is_chat_only:
            await self._connection.standing.note_slow_mode(self._order.chat_id, refusal.retry_after_s)
        if is_first:
            await self._settle(SendState.QUEUED if is_busy else SendState.FAILED, tried_at=tried_at)
        elif isinstance(refusal, TelegramRefused):
            return await self._settled_from_history(tried_at)
        raise refusal

    def _clearance(self) -> Clearance:
        order = self._order
        return Clearance(
            connection=self._connection,
            chat_id=order.chat_id,
            peer=self._peer,
            method=order.method,
            parts=order.parts,
        )

    async def _begin(self, known: Outgoing | None) -> datetime:
        """Write, before Telegram hears of it, that it may have; gives when it may first have.

        Raises:
            TelegramAway: another task carries it at this moment.
        """
        tried_at = self._clock() if known is None or known.is_unseen else known.tried_at
        outgoing = Outgoing(
            client_id=self._order.client_id,
            chat_id=self._order.chat_id,
            state=SendState.SENDING,
            login=self._login,
            tried_at=tried_at,
            message_ids=(None,) * self._order.parts,
        )
        if not await self._door.call(self._outbox.begin, outgoing, over=known):
            raise TelegramAway
        return tried_at

    async def _look_up(self, known: Outgoing) -> Wire:
        """What became of a send that can't be repeated, or need not be."""
        if known.state is not SendState.SENT:
            return await self._settled_from_history(known.tried_at)
        message_ids = [number for number in known.message_ids if number is not None]
        found = await self._order.fetch(self._connection, self._peer, message_ids)
        return self._told([self._wire(one) for one in sorted(found, key=lambda one: one.message.id)])

    async def _settled_from_history(self, tried_at: datetime) -> Wire:
        order = self._order
        claimed = await self._door.call(self._outbox.claimed_messages, order.chat_id, by_others_than=order.client_id)
        since = tried_at - _CLOCK_SLACK
        parts = await order.find(self._connection, self._peer, since=since, but_not=claimed)
        if len(parts) == order.parts:
            return await self._sent([parts[part] for part in sorted(parts)], tried_at)
        await self._settle(SendState.UNKNOWN, _numbers(parts, order.parts), tried_at=tried_at)
        self._progress.state = SendState.UNKNOWN
        return {"state": SendState.UNKNOWN}

    async def _sent(self, made: Sequence[Found], tried_at: datetime) -> Wire:
        wires = [self._wire(found) for found in made]
        await self._settle(SendState.SENT, [found.number for found in made], tried_at=tried_at)
        for found, wire in zip(made, wires, strict=True):
            self._order.announce(self._connection, found, wire)
        return self._told(wires)

    def _told(self, wires: list[Wire]) -> Wire:
        """That it was sent is certain, also where none of its messages is there any more: then `message` is None."""
        self._progress.state = SendState.SENT
        told: Wire = {"state": SendState.SENT, "message": wires[0] if wires else None}
        return told if self._order.parts == 1 else {**told, "messages": wires}

    def _wire(self, found: Found) -> Wire:
        return found.to_wire(self._connection, client_id=self._order.client_id)

    async def _settle(self, state: SendState, message_ids: Sequence[int | None] = (), *, tried_at: datetime) -> None:
        match state:
            case SendState.SENT:
                metrics.SENDS.add(len(message_ids))
            case SendState.FAILED:
                metrics.SENDS_FAILED.add(self._order.parts)
            case SendState.UNKNOWN:
                metrics.SENDS_UNKNOWN.add(self._order.parts)
        client_id = self._order.client_id
        await self._door.call(self._outbox.settle, client_id, state, message_ids, tried_at=tried_at)


def login_of(connection: LiveConnection) -> str:
    """Tells auth keys apart without saying anything of them that Telegram's own lines don't."""
    key = connection.client.session.auth_key
    return "" if key is None else f"{key.key_id & (1 << 64) - 1:016x}"


def _numbers(parts: Mapping[int, Found], count: int) -> list[int | None]:
    return [parts[part].number if part in parts else None for part in range(count)]
