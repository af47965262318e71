"""How fast we speak and connect: token buckets, and how long to wait after a failure."""

import asyncio
import random
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

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

    def take(self, cost: int = 1, factor: float = 1.0) -> float:
        """0 when `cost` were taken; else the seconds until they are there, and none is taken.

        What costs more than a burst leaves when the bucket is full, and those after it wait the longer. `factor` is
        what the usual speed is multiplied with since the last time.
        """
        now = self._now()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._per_s * factor)
        self._at = now
        needed = min(float(cost), self._burst)
        if self._tokens >= needed:
            self._tokens -= cost
            return 0.0
        return (needed - self._tokens) / (self._per_s * factor)


class Pace:
    """Sends of one account. Figures are starting values: Telegram publishes none for people's accounts."""

    def __init__(self, now: Monotonic = time.monotonic) -> None:
        self._now = now
        self._overall = TokenBucket(burst=5, per_s=1 / 3, now=now)
        self._chats: OrderedDict[str, TokenBucket] = OrderedDict()

    async def turn(self, chat_id: str, *, is_private: bool, cost: int = 1, factor: Callable[[], float]) -> None:
        """Wait for this chat's turn: seconds at most for what people type. Each picture of an album costs one.

        `factor` is what the usual pace is multiplied with while it lasts (model `standing`).
        """
        for bucket in (self._chat(chat_id, is_private), self._overall):
            wait_s = bucket.take(cost, factor())
            while wait_s > 0:
                await asyncio.sleep(wait_s)
                wait_s = bucket.take(cost, factor())

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

    def take(self) -> float:
        """Take a place in the row; gives the seconds until it is one's turn."""
        now = time.monotonic()
        at = max(now, self._next)
        self._next = at + self._step_s
        return at - now

    async def turn(self) -> None:
        """Wait for one's turn."""
        await asyncio.sleep(self.take())


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
