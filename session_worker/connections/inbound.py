"""Updates on their way in: to the member's browsers in memory, and as metadata into the chat's row.

A row is written at once when the direction turns or unread turns from or to zero, else at most every `fold_after_s` a
chat. The update state is kept after the rows it covers. No body goes anywhere but to the browsers.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from telethon.tl import types

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import ChatCard, ChatMetadata, Direction, RecordGroup, RecordMessage
from chalicelib.kernel import clock
from chalicelib.kernel.errors import ChatNotFound, Conflict, Fact, TooMany, Unavailable
from chalicelib.kernel.ids import ChatId, UserId
from chalicelib.logs import log
from session_worker.connections.connection import LiveConnection
from session_worker.connections.dialogs import chat_metadata, group_of, group_seen
from session_worker.connections.entities import entity_of
from session_worker.connections.passing import pass_on
from session_worker.door import Door
from session_worker.telegram.messages import is_message, to_wire
from session_worker.telegram.peers import mark, mark_of

REMEMBERED_CHATS: Final = 300
_PASSES: Final = (Conflict, TooMany, Unavailable)


@dataclass(slots=True)
class Pulse:
    """What is known of a chat since its row was last read or written. `unread` is None until the row was read."""

    unread: int | None = None
    message_id: int = 0
    at: datetime | None = None
    is_outgoing: bool = False
    sent_by: UserId | None = None
    outgoing_at: datetime | None = None
    unanswered_since: datetime | None = None
    arrived: list[int] = field(default_factory=list)
    read_up_to: int = 0
    newcomer: ChatMetadata | None = None
    group: RecordGroup | None = None
    has_message: bool = False
    has_read: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether the row says all there is."""
        return not self.has_message and not self.has_read and self.group is None

    def turn(self, at: datetime, *, is_outgoing: bool) -> None:
        """Note who waits since the row was written: our newest message, and the first of theirs behind it."""
        if is_outgoing:
            self.outgoing_at, self.unanswered_since = at, None
        else:
            self.unanswered_since = self.unanswered_since or at

    def settle(self) -> None:
        """Let go of what no row takes."""
        self.has_message = self.has_read = False
        self.group = None


class Inbound:
    """One connection's updates. `on_handled` is called after each, so that the state that covers it is kept."""

    def __init__(
        self, live: LiveConnection, door: Door, *, fold_after_s: float, on_handled: Callable[[], None]
    ) -> None:
        self._live = live
        self._door = door
        self._fold_after_s = fold_after_s
        self._on_handled = on_handled
        self._pulses: OrderedDict[ChatId, Pulse] = OrderedDict()
        self._urgent: dict[ChatId, Pulse] = {}
        self._unwritten: set[ChatId] = set()
        self._writer: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        live.on_own_message = self._own_message
        live.on_own_read = self._own_read

    def handle(self, update: Any) -> None:
        """Take one raw update; called one at a time, in order, where the packet arrives: nothing here may wait."""
        try:
            self._take(update)
        except Exception as crash:  # noqa: BLE001 - one update must not end the others
            log.error("update.crashed", crash=crash, update=type(update).__name__)
        self._on_handled()

    def forget_counts(self, chat_id: ChatId | None) -> None:
        """Read a chat's row anew before it is counted on, or every chat's: something was missed."""
        for known_id, pulse in self._pulses.items():
            if chat_id is None or known_id == chat_id:
                pulse.unread = None
                pulse.arrived.clear()

    async def flush(self) -> bool:
        """Write what is urgent; False when the table did not take all: the state that covers it must not be kept."""
        if self._writer is not None:
            await self._writer
        return not self._unwritten

    async def close(self) -> None:
        """Write everything that waits, urgent or not. What the table does not take now is left to who is next."""
        self._stop_timer()
        self._fold()
        await self.flush()
        self._stop_timer()

    def _take(self, update: Any) -> None:
        match update:
            case types.UpdateNewMessage() | types.UpdateNewChannelMessage():
                if is_message(update.message):
                    self._message(update.message, update._entities)
            case types.UpdateEditMessage() | types.UpdateEditChannelMessage():
                self._edited(update.message, update._entities)
            case types.UpdateDeleteMessages() if update.messages:
                self._deleted(update.messages)
            case types.UpdateDeleteChannelMessages():
                chat_id = self._live.peers.chat_id(mark("channel", update.channel_id))
                self._live.publish_of(chat_id, "message.deleted", message_ids=update.messages)
            case types.UpdateReadHistoryInbox():
                self._read_elsewhere(mark_of(update.peer), update)
            case types.UpdateReadChannelInbox():
                self._read_elsewhere(mark("channel", update.channel_id), update)
            case types.UpdateReadHistoryOutbox():
                self._read(mark_of(update.peer), "out", update.max_id, None)
            case types.UpdateReadChannelOutbox():
                self._read(mark("channel", update.channel_id), "out", update.max_id, None)
            case _:
                self._other(update)

    def _message(self, message: Any, people: Mapping[int, Any]) -> None:
        marked = mark_of(message.peer_id)
        chat_id = self._live.peers.chat_id(marked)
        self._live.remember_place(message.id, marked)
        if self._live.is_heard:
            wire = to_wire(message, people, client_id=self._live.client_id_of(message.id))
            self._live.publish_of(chat_id, "message.new", message=wire)
        pulse = self._pulse(chat_id)
        if not self._live.peers.knows_chat(chat_id):
            unread = 0 if message.out else 1
            pulse.newcomer = chat_metadata(
                marked, people.get(marked), message, self._live, unread_count=unread, pinned=False
            )
            self._live.peers.add_chat(marked)
        self._arrive(chat_id, pulse, message.id, message.date, is_outgoing=bool(message.out), sent_by=None)

    def _other(self, update: Any) -> None:
        if isinstance(update, types.UpdateChannel | types.UpdateChat | types.UpdateChatParticipants):
            self._group(update)
        else:
            pass_on(self._live, update)

    def _group(self, update: Any) -> None:
        """Somebody came, went or changed something; how many there are now comes along more often than not."""
        marked = group_of(update)
        chat_id, entity = self._live.peers.chat_id(marked), update._entities.get(marked)
        if not self._live.peers.knows_chat(chat_id):
            return
        self._live.group_changed(chat_id)
        seen = None if entity is None else group_seen(entity, at=clock.utc_now())
        if seen is not None:
            pulse = self._pulse(chat_id)
            pulse.group = seen
            self._note(chat_id, pulse, is_urgent=False)

    def _own_message(self, chat_id: ChatId, message_id: int, sent_at: datetime) -> None:
        """A message the member sent through us."""
        pulse = self._pulse(chat_id)
        self._arrive(chat_id, pulse, message_id, sent_at, is_outgoing=True, sent_by=self._live.key.user_id)

    def _read_elsewhere(self, marked: int, update: Any) -> None:
        """A chat the member read with another client of theirs."""
        pulse = self._pulse(self._live.peers.chat_id(marked))
        pulse.read_up_to = max(pulse.read_up_to, update.max_id)
        self._read(marked, "in", update.max_id, update.still_unread_count)

    def _own_read(self, chat_id: ChatId, up_to_id: int, unread: int) -> None:
        """A chat the member read through us."""
        marked = self._live.peers.marked(chat_id)
        if marked is not None:
            self._read(marked, "in", up_to_id, unread)

    def _arrive(
        self, chat_id: ChatId, pulse: Pulse, message_id: int, at: datetime, *, is_outgoing: bool, sent_by: UserId | None
    ) -> None:
        """Fold a message into what is known of its chat. One that is not the newest changes nothing."""
        pulse.newcomer = self._live.take_newcomer(chat_id) or pulse.newcomer
        if message_id <= pulse.message_id:
            return
        is_turn = pulse.message_id == 0 or pulse.is_outgoing != is_outgoing
        pulse.message_id, pulse.at, pulse.is_outgoing, pulse.sent_by = message_id, at, is_outgoing, sent_by
        pulse.has_message = True
        pulse.turn(at, is_outgoing=is_outgoing)
        if not is_outgoing and message_id > pulse.read_up_to:  # a difference tells marks before the messages
            if pulse.unread is None:
                pulse.arrived.append(message_id)
            else:
                is_turn = is_turn or pulse.unread == 0
                pulse.unread += 1
        self._note(chat_id, pulse, is_urgent=is_turn)

    def _edited(self, message: Any, people: Mapping[int, Any]) -> None:
        if is_message(message) and self._live.is_heard:
            chat_id = self._live.chat_of(message.peer_id)
            wire = to_wire(message, people, client_id=self._live.client_id_of(message.id))
            self._live.publish_of(chat_id, "message.edited", message=wire)

    def _deleted(self, message_ids: list[int]) -> None:
        """One `message.deleted` a chat: {account_id, chat_id or None, message_ids}.

        Telegram names no chat here: ids of private chats and groups are one row of numbers for the account. The chats
        of messages that went through here lately are known; the others come with None, and their ids mean the
        account's messages in any chat but a channel.
        """
        by_chat: dict[ChatId | None, list[int]] = {}
        for message_id in message_ids:
            by_chat.setdefault(self._live.place_of(message_id), []).append(message_id)
        for chat_id, deleted in by_chat.items():
            self._live.publish_of(chat_id, "message.deleted", message_ids=deleted)

    def _read(self, marked: int, direction: str, up_to_id: int, unread: int | None) -> None:
        """`chat.read`: {account_id, chat_id, direction: "in"|"out", up_to_id, unread_count or None}.

        "in": the member read the chat, and so much is left. "out": the other side read what the member wrote, which
        changes nothing of `unread_count`: it is None while we have had no reason to look at the chat's row.
        """
        chat_id = self._live.peers.chat_id(marked)
        pulse = self._pulse(chat_id)
        self._live.publish_of(
            chat_id,
            "chat.read",
            direction=direction,
            up_to_id=up_to_id,
            unread_count=pulse.unread if unread is None else unread,
        )
        if unread is not None and unread != pulse.unread:
            is_urgent = unread == 0 or not pulse.unread
            pulse.unread, pulse.has_read = unread, True
            pulse.arrived.clear()
            self._note(chat_id, pulse, is_urgent=is_urgent)

    def _pulse(self, chat_id: ChatId) -> Pulse:
        pulse = self._pulses.get(chat_id)
        if pulse is None:
            pulse = self._pulses[chat_id] = Pulse()
            if len(self._pulses) > REMEMBERED_CHATS:
                self._forget_one()
        else:
            self._pulses.move_to_end(chat_id)
        return pulse

    def _forget_one(self) -> None:
        oldest = next((chat_id for chat_id, pulse in self._pulses.items() if pulse.is_clean), None)
        if oldest is not None:
            del self._pulses[oldest]

    def _note(self, chat_id: ChatId, pulse: Pulse, *, is_urgent: bool) -> None:
        if is_urgent:
            self._urgent[chat_id] = pulse
            self._write_soon()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._fold_after_s, self._fold)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _fold(self) -> None:
        self._timer = None
        self._urgent.update((chat_id, pulse) for chat_id, pulse in self._pulses.items() if not pulse.is_clean)
        self._write_soon()

    def _write_soon(self) -> None:
        if self._urgent and (self._writer is None or self._writer.done()):
            self._writer = asyncio.get_running_loop().create_task(self._write(), name="chat rows")

    async def _write(self) -> None:
        while self._urgent:
            chat_id, pulse = self._urgent.popitem()
            try:
                await self._write_one(chat_id, pulse)
                self._written(chat_id)
            except _PASSES as refusal:
                log.warning("chat.not_recorded", code=refusal.code)
                self._unwritten.add(chat_id)
                self._note(chat_id, pulse, is_urgent=False)
            except Fact as refusal:
                log.warning("chat.not_recorded", code=refusal.code)
                pulse.settle()
                self._written(chat_id)
        self._writer = None

    def _written(self, chat_id: ChatId) -> None:
        """A row says all there is; where the table had not taken it before, the state that covers it can be kept."""
        if chat_id in self._unwritten:
            self._unwritten.discard(chat_id)
            self._on_handled()

    async def _write_one(self, chat_id: ChatId, pulse: Pulse) -> None:
        """One read when the chat was not looked at lately, and one write. What was written is clean, and no more."""
        tenant = self._live.tenant
        if pulse.unread is None:
            await self._catch_up(chat_id, pulse)
        if pulse.newcomer is not None:
            newcomer = replace(pulse.newcomer, unread_count=pulse.unread or 0)
            await self._door.call(chats.record_chats, [newcomer], tenant=tenant)
            pulse.newcomer = None
        if (group := pulse.group) is not None:
            await self._door.call(chats.record_group, chat_id, group, tenant=tenant)
            pulse.group = None if pulse.group is group else pulse.group
        unread = pulse.unread or 0
        if pulse.has_message and pulse.at is not None:
            message = RecordMessage(
                message_id=pulse.message_id,
                at=pulse.at,
                is_outgoing=pulse.is_outgoing,
                sent_by=pulse.sent_by,
                unread_count=unread,
                outgoing_at=None if pulse.is_outgoing else pulse.outgoing_at,
                unanswered_since=pulse.unanswered_since,
            )
            await self._door.call(chats.record_message, chat_id, message, tenant=tenant)
            pulse.has_message = pulse.message_id != message.message_id
            if not pulse.has_message:
                pulse.outgoing_at = pulse.unanswered_since = None
        elif pulse.has_read:
            await self._door.call(chats.record_read, chat_id, unread, tenant=tenant)
        pulse.has_read = pulse.has_read and pulse.unread is not None and pulse.unread != unread

    async def _catch_up(self, chat_id: ChatId, pulse: Pulse) -> None:
        """Take over what the row says; messages it knew of already are not counted again.

        What Telegram told of the count while the row was being read is newer. A message of a chat without a row makes
        one, also where nobody remembers who is behind it: then Telegram is asked.
        """
        viewer = self._live.key.user_id
        try:
            card: ChatCard = await self._door.call(chats.card_for_connected, chat_id, viewer, tenant=self._live.tenant)
        except ChatNotFound:
            if pulse.newcomer is None and pulse.has_message:
                pulse.newcomer = await self._introduced(chat_id)
            if pulse.unread is None and pulse.newcomer is not None:
                pulse.unread = len(pulse.arrived)
            return
        pulse.newcomer = None  # it has a row: the list of chats was being read as its message came
        row = card.private
        known_id = 0 if row is None else row.last_message_id
        unread = 0 if row is None else row.unread_count
        if pulse.unread is None:
            pulse.unread = unread + sum(1 for message_id in pulse.arrived if message_id > known_id)
            pulse.arrived.clear()
        if pulse.message_id < known_id and row is not None:
            pulse.message_id, pulse.has_message = known_id, False
            pulse.is_outgoing = row.last_direction is not Direction.CONTACT

    async def _introduced(self, chat_id: ChatId) -> ChatMetadata | None:
        """A chat as Telegram has it now; None where it has none. One call."""
        marked, peer = self._live.peers.marked(chat_id), self._live.peer(chat_id)
        if marked is None or peer is None:
            return None
        entity = await entity_of(self._live, peer, is_routine=True)
        return chat_metadata(marked, entity, None, self._live, unread_count=0, pinned=False)
