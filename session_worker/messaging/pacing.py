"""How fast we speak and connect: token buckets, what Telegram told us to wait, and how long to wait after a failure."""

import asyncio
import math
import random
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from chalicelib.kernel.errors import TooMany

Monotonic = Callable[[], float]

REMEMBERED_CHATS: Final = 500


class TokenBucket:
    """At most `burst` at once and `per_s` a second in the long run."""

    def __init__(self, *, burst: float, per_s: float, now: Monotonic = time.monotonic) -> None:
        self._burst = burst
        self._per_s = per_s
        self._now = now
        self._tokens = burst
        self._at = now()

    def take(self, cost: int = 1) -> float:
        """0 when `cost` were taken; else the seconds until they are there, and none is taken.

        What costs more than a burst leaves when the bucket is full, and those after it wait the longer.
        """
        now = self._now()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._per_s)
        self._at = now
        needed = min(float(cost), self._burst)
        if self._tokens >= needed:
            self._tokens -= cost
            return 0.0
        return (needed - self._tokens) / self._per_s


class Pace:
    """Sends of one connection. Figures are starting values: Telegram publishes none for people's accounts."""

    def __init__(self, now: Monotonic = time.monotonic) -> None:
        self._now = now
        self._overall = TokenBucket(burst=5, per_s=1 / 3, now=now)
        self._chats: OrderedDict[str, TokenBucket] = OrderedDict()
        self._blocked_until = 0.0
        self._chats_blocked_until: dict[str, float] = {}

    async def turn(self, chat_id: str, *, is_private: bool, cost: int = 1) -> None:
        """Wait for this chat's turn: seconds at most for what people type. Each picture of an album costs one.

        Raises:
            TooMany: Telegram told us to wait longer; carries what is left of that, and nothing was waited here.
        """
        self.check(chat_id)
        for bucket in (self._chat(chat_id, is_private), self._overall):
            while (wait_s := bucket.take(cost)) > 0:
                await asyncio.sleep(wait_s)
                self.check(chat_id)

    def check(self, chat_id: str) -> None:
        """Refuse while Telegram's own wait for this connection or chat lasts.

        Raises:
            TooMany: with the seconds left.
        """
        left_s = max(self._blocked_until, self._chats_blocked_until.get(chat_id, 0.0)) - self._now()
        if left_s > 0:
            raise TooMany("Telegram asks us to wait.", retry_after_s=math.ceil(left_s))

    def block(self, wait_s: float, chat_id: str | None = None) -> None:
        """Remember that Telegram said to wait: with this chat, or with all sending of this connection."""
        until = self._now() + wait_s
        if chat_id is None:
            self._blocked_until = max(self._blocked_until, until)
            return
        now = self._now()
        self._chats_blocked_until = {chat: at for chat, at in self._chats_blocked_until.items() if at > now}
        self._chats_blocked_until[chat_id] = until

    def _chat(self, chat_id: str, is_private: bool) -> TokenBucket:
        bucket = self._chats.get(chat_id)
        if bucket is None:
            per_s = 1.0 if is_private else 1 / 4
            bucket = self._chats[chat_id] = TokenBucket(burst=3, per_s=per_s, now=self._now)
        self._chats.move_to_end(chat_id)
        if len(self._chats) > REMEMBERED_CHATS:
            self._chats.popitem(last=False)
        return bucket


class ConnectPace:
    """Lets connections open one after another, so that a restart does not open all of them within a second."""

    def __init__(self, per_s: float) -> None:
        self._step_s = 1 / per_s
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for one's turn."""
        now = time.monotonic()
        at = max(now, self._next)
        self._next = at + self._step_s
        await asyncio.sleep(at - now)


class Backoff:
    """How long to wait before the next try: exponential with full jitter, from `first_s` to `longest_s`."""

    def __init__(self, first_s: float, longest_s: float) -> None:
        self._first_s = first_s
        self._longest_s = longest_s
        self._tries = 0

    def next(self, at_least_s: float = 0) -> float:
        """Seconds to wait now."""
        ceiling = min(self._longest_s, self._first_s * 2 ** min(self._tries, 16))
        self._tries += 1
        return max(at_least_s, random.uniform(0, ceiling))  # noqa: S311 - jitter

    def reset(self) -> None:
        """It worked."""
        self._tries = 0
