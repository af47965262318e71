"""How accounts stand with Telegram, as this task knows it: read at connect, kept in memory, written when it worsens.

All connections of an account in this task share one standing. Another task's connections learn of it from the row: when
they connect, when they have news themselves, and at most REREAD after it was written.
"""

import asyncio
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from weakref import WeakValueDictionary

from chalicelib.features.standing import model
from chalicelib.features.standing import use_cases as rows
from chalicelib.features.standing.model import UNBLEMISHED, Standing
from chalicelib.kernel import clock
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import Fact, Unavailable
from chalicelib.kernel.ids import AccountId, ChatId, WorkspaceId
from chalicelib.logs import log
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile
from session_worker import metrics
from session_worker.door import Door
from session_worker.messaging.pacing import Pace
from session_worker.telegram.outcomes import TelegramBusy, TelegramRefused

REREAD: Final = timedelta(seconds=60)
RETRY_S: Final = 5
_PEER_FLOOD: Final = "PEER_FLOOD"

Event = dict[str, Any]
Publish = Callable[[Event], None]


class AccountStanding:
    """The standing of one account. On the loop alone."""

    __slots__ = (
        "__weakref__",
        "_door",
        "_known",
        "_late",
        "_listeners",
        "_now",
        "_pace",
        "_read_at",
        "_tenant",
        "_turn",
        "_unwritten",
        "account_id",
    )

    def __init__(
        self,
        account_id: AccountId,
        *,
        tenant: Tenant,
        door: Door,
        late: set["AccountStanding"],
        now: Clock = clock.utc_now,
    ) -> None:
        self.account_id = account_id
        self._late = late
        self._turn = asyncio.Lock()
        self._tenant = tenant
        self._door = door
        self._now = now
        self._known = UNBLEMISHED
        self._unwritten = UNBLEMISHED
        self._read_at: datetime | None = None
        self._listeners: list[Publish] = []
        self._pace: Pace | None = None

    def join(self, publish: Publish) -> None:
        """Tell a connection's browsers of every change from now on."""
        self._listeners.append(publish)

    def leave(self, publish: Publish) -> None:
        """Tell them no longer."""
        self._listeners.remove(publish)

    async def load(self) -> None:
        """Read the row, and note the account's first connection in it. With the table away what we know must do."""
        await self._learn(model.first_connected(self._now()))

    async def freshen(self) -> None:
        """Read the row again where that is a while ago, or somebody may have ended a limit since."""
        is_old = self._read_at is None or self._now() - self._read_at >= REREAD
        if is_old or self._known.limited_at is not None:
            await self._learn(UNBLEMISHED)

    def check(self, method: str, chat_id: ChatId | None = None) -> None:
        """Refuse what Telegram wants left alone for now; an empty method asks about the chat alone.

        Raises:
            TelegramBusy: with the seconds that are left; nothing was asked.
        """
        at = self._now()
        if (left_s := _left_s(self._known.waits.get(method), at)) > 0:
            raise TelegramBusy(left_s)
        if chat_id is not None and (left_s := _left_s(self._known.chats.get(chat_id), at)) > 0:
            raise TelegramBusy(left_s, is_chat_only=True)

    @property
    def is_limited(self) -> bool:
        """Whether the account may write only to who has written to it."""
        return self._known.limited_at is not None

    @property
    def pace(self) -> Pace:
        """The turns of this account's sends in this task, whichever connection they leave by."""
        if self._pace is None:
            self._pace = Pace()
        return self._pace

    @property
    def pace_factor(self) -> float:
        """What the usual pace is multiplied with now."""
        return self._known.pace_factor(self._now())

    async def note(self, method: str, answer: Fact) -> None:
        """Take in what Telegram said to a request; most answers say nothing about standing."""
        if isinstance(answer, TelegramBusy) and not answer.is_chat_only:
            metrics.WAITS_ASKED.add()
            await self._learn(model.asked_to_wait(method, answer.retry_after_s, self._now()))
        elif isinstance(answer, TelegramRefused) and answer.error_name == _PEER_FLOOD:
            metrics.ACCOUNTS_LIMITED.add()
            await self._learn(model.peer_flood(self._now()))

    async def note_slow_mode(self, chat_id: ChatId, wait_s: int) -> None:
        """A chat's slow mode wants a pause; other chats go on."""
        await self._learn(model.slow_mode(chat_id, wait_s, self._now()))

    def to_wire(self) -> Event:
        """{account_id, state, sending_until, slow_until, limited_at, chats: {chat id: until}}; what is over is null."""
        at, known = self._now(), self._known
        slow_until = known.slow_until if known.pace_factor(at) < 1 else None
        return {
            "account_id": self.account_id,
            "state": known.state(at),
            "sending_until": _wire(known.sending_until(at)),
            "slow_until": _wire(slow_until),
            "limited_at": _wire(known.limited_at),
            "chats": {chat_id: clock.to_wire(until) for chat_id, until in known.chats.items() if until > at},
        }

    async def _learn(self, news: Standing) -> None:
        """Hold news at once, then write them with what could not be written before; the row's word is the last."""
        before = self.to_wire()
        self._known = self._known.merged(news)
        self._unwritten = self._unwritten.merged(news)
        async with self._turn:
            await self._write()
        if (after := self.to_wire()) != before:
            self._tell(after)

    async def write_late(self) -> None:
        """Try again to write what could not be written."""
        await self._learn(UNBLEMISHED)

    async def _write(self) -> None:
        """Write what is not written yet and take the row's word, but for what is learnt meanwhile."""
        news, self._unwritten = self._unwritten, UNBLEMISHED
        try:
            written = await self._door.call(rows.worsen, self.account_id, news, tenant=self._tenant)
        except (Unavailable, ChangedMeanwhile) as refusal:
            log.warning("standing.not_written", account_id=self.account_id, code=refusal.code)
            self._unwritten = self._unwritten.merged(news)
            if self._unwritten != UNBLEMISHED:
                self._late.add(self)
        else:
            self._known, self._read_at = written.merged(self._unwritten), self._now()
            self._late.discard(self)

    def _tell(self, wire: Event) -> None:
        event = {"type": "standing.changed", **wire}
        log.info("standing.changed", account_id=self.account_id, state=event["state"])
        for publish in tuple(self._listeners):
            publish(event)


class Standings:
    """The standing of every account that is connected here.

    Forgotten with its last connection, but not before its news are written: the next task would ask Telegram too early.
    """

    def __init__(self, door: Door, now: Clock = clock.utc_now, *, retry_s: float = RETRY_S) -> None:
        self._door = door
        self._now = now
        self._retry_s = retry_s
        self._late: set[AccountStanding] = set()
        self._known: WeakValueDictionary[tuple[WorkspaceId, AccountId], AccountStanding] = WeakValueDictionary()

    def of(self, account_id: AccountId, tenant: Tenant) -> AccountStanding:
        """An account's standing, the same object for everybody who holds it."""
        key = (tenant.workspace_id, account_id)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = AccountStanding(
                account_id, tenant=tenant, door=self._door, late=self._late, now=self._now
            )
        return found

    @property
    def is_behind(self) -> bool:
        """Whether there is news that could not be written yet."""
        return bool(self._late)

    async def run(self) -> None:
        """Write, until cancelled, what could not be written when it came."""
        while True:
            await asyncio.sleep(self._retry_s)
            for standing in tuple(self._late):
                await standing.write_late()


def _left_s(until: datetime | None, at: datetime) -> int:
    return 0 if until is None else max(0, math.ceil((until - at).total_seconds()))


def _wire(at: datetime | None) -> str | None:
    return None if at is None else clock.to_wire(at)
