"""Telethon's client without what it keeps asleep: no task, queue or lock waits while nothing happens.

Telethon keeps four tasks, three queues, two events and a table of nineteen bound methods an account: 20 of its 44 KB
(bench `worker_memory`), and each packet passes through three of those tasks. Here Telethon's own loop of updates runs
only while it has a difference to fetch. Every private name used here is checked against the pinned version by
tests/worker/telegram/test_lean.py (decision 0031).
"""

import asyncio
import math
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Final

from telethon import TelegramClient
from telethon._updates import GapError, MessageBox
from telethon._updates.messagebox import ENTRY_ACCOUNT, PtsInfo
from telethon.tl import types

from session_worker.telegram.lean_sender import LeanSender
from session_worker.telegram.peers import mark
from session_worker.telegram.short_updates import whole

PINNED: Final = "1.45.0"
"""The version whose private parts these are."""
_CHANNELS: Final = (types.Channel, types.ChannelForbidden)


class UpdatesInbox:
    """Telethon's queue of updates: hands each to `on_updates`, and ends Telethon's loop when nothing waits."""

    __slots__ = ("_on_updates", "_waiting")

    def __init__(self, on_updates: Callable[[Any], None]) -> None:
        self._on_updates = on_updates
        self._waiting: deque[Any] | None = None

    def put_nowait(self, updates: Any) -> None:
        """Updates came."""
        self._on_updates(updates)

    async def put(self, updates: Any) -> None:
        """Updates came."""
        self._on_updates(updates)

    def keep(self, updates: Any) -> None:
        """Have Telethon's loop take them in its turn."""
        if self._waiting is None:
            self._waiting = deque()
        self._waiting.append(updates)

    def qsize(self) -> int:
        """How many wait."""
        return 0 if self._waiting is None else len(self._waiting)

    def get(self) -> Awaitable[Any]:
        """The oldest that waits. With none, a cancelled future: for Telethon's loop that is the end."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if self._waiting:
            future.set_result(self._waiting.popleft())
        else:
            self._waiting = None
            future.cancel()
        return future


class LeanMessageBox(MessageBox):  # type: ignore[misc]
    """Telethon's account of what was received, without composing a line of trace for each step.

    `on_too_long` is called where Telegram does not tell what was missed, with the channel, or None, and the answer.
    """

    on_too_long: Callable[[int | None, Any], None] | None = None
    next_deadline: Any

    def apply_difference(self, diff: Any, chat_hashes: Any) -> Any:
        """Telethon's, whole, and tells where Telegram leaves something out."""
        stood_at = self.map[ENTRY_ACCOUNT].pts
        updates, users, chats = super().apply_difference(diff, chat_hashes)
        if isinstance(diff, types.updates.DifferenceTooLong) and self.on_too_long is not None:
            self.on_too_long(None, diff)
        return [*_taken_for_old(diff, updates, ENTRY_ACCOUNT, stood_at), *updates], users, chats

    def apply_channel_difference(self, request: Any, diff: Any, chat_hashes: Any) -> Any:
        """Telethon's, whole, and tells where Telegram leaves something out."""
        channel_id = request.channel.channel_id
        stood_at = self.map[channel_id].pts
        updates, users, chats = super().apply_channel_difference(request, diff, chat_hashes)
        if isinstance(diff, types.updates.ChannelDifferenceTooLong) and self.on_too_long is not None:
            self.on_too_long(channel_id, diff)
        return [*_taken_for_old(diff, updates, channel_id, stood_at), *updates], users, chats

    def check_deadlines(self) -> float:
        """Telethon's, but for channels: it would ask for each that is silent, every quarter of an hour for ever.

        Who looks at a channel has it asked for (`messaging/following.py`); what was missed of others shows when the
        next push comes, or after the next line has opened.
        """
        for entry, state in self.map.items():
            if isinstance(entry, int):
                state.deadline = math.inf
        if isinstance(self.next_deadline, int) and ENTRY_ACCOUNT in self.map:
            self.next_deadline = ENTRY_ACCOUNT
        due_at: float = super().check_deadlines()
        return due_at

    def _trace(self, *_: Any, **__: Any) -> None:
        """Nobody reads it."""


def _taken_for_old(diff: Any, taken: list[Any], entry: Any, stood_at: int) -> list[Any]:
    """What else than new messages a difference tells (edits, deletions, marks) and Telethon drops as handled already.

    It moves its position on to the end of the difference before it compares them with it.
    """
    known = {id(update) for update in taken}
    others = [update for update in getattr(diff, "other_updates", ()) if id(update) not in known]
    return [update for update in others if _is_news(update, entry, stood_at)]


def _is_news(update: Any, entry: Any, stood_at: int) -> bool:
    place = PtsInfo.from_update(update)
    is_of_box = place is not None and not isinstance(update, types.UpdateChannelTooLong)
    return is_of_box and place.entry == entry and place.pts > stood_at


class LeanClient(TelegramClient):  # type: ignore[misc]
    """A client that costs a third less and does the same. `on_update` is called with each raw update, in order;
    `heard_at` is when the last came, on the monotonic clock.

    Telethon's loop of updates runs while a difference is fetched; else updates are taken where they arrive.
    """

    _shared_loggers: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if LeanClient._shared_loggers is None:
            LeanClient._shared_loggers = self._log
        self._log: Any = LeanClient._shared_loggers
        self.on_update: Callable[[Any], None] | None = None
        self.heard_at = time.monotonic()
        self._is_settling = False
        self._alarm: asyncio.TimerHandle | None = None
        self._message_box: Any = LeanMessageBox(self._log["messagebox"])
        self._updates_queue: Any = UpdatesInbox(self._updates_came)
        self._sender: Any = LeanSender(
            self.session.auth_key,
            loggers=self._log,
            retries=self._connection_retries,
            delay=self._retry_delay,
            auto_reconnect=self._auto_reconnect,
            connect_timeout=self._timeout,
            auth_key_callback=self._auth_key_callback,
            updates_queue=self._updates_queue,
            auto_reconnect_callback=self._handle_auto_reconnect,
        )

    def on_too_long(self, told: Callable[[int | None, Any], None]) -> None:
        """Have it told where what was missed is not told: with the channel, or None for the account, and the answer."""
        self._message_box.on_too_long = told

    @property
    def updates_waiting(self) -> int:
        """How many packets of updates wait for a difference to arrive."""
        waiting: int = self._updates_queue.qsize()
        return waiting

    @property
    def is_settled(self) -> bool:
        """Whether we know where we stand, all that came was handled, and nothing is being fetched."""
        return not self._is_settling and self.updates_waiting == 0 and not self._message_box.is_empty()

    async def catch_up_to(self, pts: int) -> None:
        """Fetch what is missing where Telegram stands further than we do: its pushes were lost, or not for us to take.

        Telethon would find out with the next push, or after a quarter of an hour.
        """
        state, _ = self._message_box.session_state()
        if self.is_settled and state["pts"] < pts:
            await self.catch_up()

    def channel_pts(self, channel_id: int) -> int | None:
        """Where a channel stands as far as we were told; None where nothing is known of it."""
        state = self._message_box.map.get(channel_id)
        return None if state is None else state.pts

    def channel_read(self, channel_id: int, pts: int) -> None:
        """A channel's newest messages were read as it stood there; where it was known to stand before is kept."""
        self._message_box.try_set_channel_state(channel_id, pts)

    def take_channel_difference(self, request: Any, answer: Any) -> bool:
        """Take what a channel was asked for as if it had been pushed; False where pushes were faster: ask anew."""
        channel_id, box = request.channel.channel_id, self._message_box
        if self._is_settling or self.channel_pts(channel_id) != request.pts:
            return False
        box.getting_diff_for.add(channel_id)
        try:
            ready, users, chats = box.apply_channel_difference(request, answer, self._mb_entity_cache)
        finally:
            box.getting_diff_for.discard(channel_id)
        for update in self._prepared(ready, users, chats):
            self._handle(update)
        if box.getting_diff_for:
            self._settle()
        return True

    async def ping(self) -> None:
        """Have Telegram answer, or find that it did not answer the last time; and let idle lines for files go."""
        if not self.is_connected() or not self._sender._transport_connected():
            return
        try:
            self._sender._keepalive_ping(random.getrandbits(63))
        except ConnectionError:
            return
        if self._borrowed_senders:
            await self._clean_exported_senders()

    async def connect(self) -> None:
        """Connect, and catch up from the session's state where it has one."""
        self._catch_up = self._is_settling = True  # what comes before Telethon's loop runs waits for it
        try:
            await super().connect()
        except BaseException:
            self._is_settling = False
            raise

    async def _keepalive_loop(self) -> None:
        """Telethon would keep a task a client asleep for this; `Keepalive` pings for all."""

    async def _update_loop(self) -> None:
        """Telethon's own loop, until nothing waits; `_settle` runs it again."""
        self._is_settling = True
        try:
            await super()._update_loop()
        finally:
            self._is_settling = self._catch_up = False
            if self._updates_queue.qsize():  # came as the loop was ending
                self._settle()
            else:
                self._set_alarm()

    async def _preprocess_updates(self, updates: list[Any], users: list[Any], chats: list[Any]) -> list[Any]:
        return self._prepared(updates, users, chats)

    def _prepared(self, updates: list[Any], users: list[Any], chats: list[Any]) -> list[Any]:
        """Updates with everybody they name beside them, by marked id; who is named is remembered.

        Telethon's own cache is told of channels alone: it needs them for differences, and peers are in our book.
        """
        self._mb_entity_cache.extend((), chats)
        self.session.learn(users, chats)
        people = {user.id: user for user in users}
        people.update((mark("channel" if isinstance(chat, _CHANNELS) else "chat", chat.id), chat) for chat in chats)
        for update in updates:
            update._entities = people
        return updates

    async def _dispatch_update(self, update: Any) -> None:
        if self.on_update is None:
            await super()._dispatch_update(update)
        else:
            self._handle(update)

    def _handle(self, update: Any) -> None:
        if self.on_update is not None:
            self.on_update(whole(update, self._mb_entity_cache.self_id))

    async def _disconnect(self) -> None:
        self._silence_alarm()
        await super()._disconnect()

    def _updates_came(self, updates: Any) -> None:
        """Take updates at once where nothing is fetched, else in their turn."""
        self.heard_at = time.monotonic()
        is_full = len(self._mb_entity_cache) >= self._entity_cache_limit
        if self._is_settling or self.on_update is None or is_full:
            self._updates_queue.keep(updates)
            self._settle()
            return
        ready: list[Any] = []
        try:
            users, chats = self._message_box.process_updates(updates, self._mb_entity_cache, ready)
        except GapError:
            self._settle()
            return
        for update in self._prepared(ready, users, chats):
            self._handle(update)
        if self._message_box.getting_diff_for:
            self._settle()
        elif self._alarm is None or self._message_box.possible_gaps:
            self._set_alarm()

    def _settle(self) -> None:
        """Have Telethon's loop fetch what is missing."""
        if not self._is_settling and self.is_connected():
            self._is_settling = True
            self._updates_handle = self.loop.create_task(self._update_loop())

    def _set_alarm(self) -> None:
        """Come back at the next deadline: half a second for a gap, a quarter of an hour for silence.

        An alarm that rings before its time costs a look; one is moved only to ring earlier.
        """
        if not self.is_connected():
            return
        due_at = self._message_box.check_deadlines()
        if self._alarm is not None and self._alarm.when() <= due_at:
            return
        self._silence_alarm()
        self._alarm = self.loop.call_at(due_at, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self._message_box.check_deadlines()
        if self._message_box.getting_diff_for:
            self._settle()
        else:
            self._set_alarm()

    def _silence_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
