"""Rate limits that hold across processes: a counter row a window, and delays that grow with failures."""

import ipaddress
import math
from datetime import timedelta
from typing import Final

from pynamodb.attributes import NumberAttribute

from chalicelib.kernel.errors import TooMany
from chalicelib.kernel.records import record
from chalicelib.table import keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.tenant import Installation

_IPV6_PREFIX = 64
_CONTENDERS: Final = 4
"""How often a try that others overtook looks again before it is told to wait."""


@record
class Limit:
    """At most `most` in each window of `per_s` seconds, counted under `name`."""

    name: str
    most: int
    per_s: int = 60


SIGNING_IN = Limit(name="signing-in", most=20)
"""Sign-in, sign-up and Telegram login, an address; changes by who is signed in, a person (product.md section 2)."""


@record
class Delay:
    """`free` tries in a row cost no time; from then on each has to wait twice as long as the one before it."""

    name: str
    free: int = 5
    longest_s: int = 900
    forgotten_s: int = 86_400

    def pause_s(self, failures: int) -> int:
        """Seconds between a failure, the how-manieth in a row it was, and the next try."""
        return 0 if failures < self.free else min(1 << min(failures - self.free, 30), self.longest_s)


class LimitRow(Row, discriminator="limit"):
    """How often something happened in one window."""

    taken = NumberAttribute()


class DelayRow(Row, discriminator="delay"):
    """How many tries at one thing failed in a row, or are under way, and when the next may begin."""

    failures = NumberAttribute()
    next_at = MomentAttribute()


class Limits:
    """Takes from a limit, or from what a delay allows, or refuses."""

    def __init__(self, installation: Installation, *, factor: int = 1) -> None:
        """`factor` widens every limit: where all browsers of a machine share an address, as the local product's do."""
        self._installation = installation
        self._factor = factor

    def take(self, limit: Limit, who: str) -> None:
        """Count one. Cost: one write unit.

        Raises:
            TooMany: the window is full; carries the seconds until the next one. A refusal is not counted.
        """
        now_s = int(self._installation.now().timestamp())
        window = now_s // limit.per_s
        rows = self._installation.rows(keys.limit(limit.name, who))
        row = rows.new(LimitRow, str(window))
        actions = [LimitRow.taken.add(1), LimitRow.expires_at.set((window + 2) * limit.per_s)]
        has_room = LimitRow.taken.does_not_exist() | (LimitRow.taken < limit.most * self._factor)
        if not rows.update(row, actions, has_room):
            raise TooMany(retry_after_s=(window + 1) * limit.per_s - now_s)

    def begin(self, delay: Delay, who: str) -> None:
        """Begin a try, which counts as failed until `succeed` says otherwise: tries at once can't outrun the delay.

        Cost: a read and a write unit.

        Raises:
            TooMany: it is not time yet, or others try at this moment; carries the seconds. A refusal is not counted.
        """
        rows = self._installation.rows(keys.limit(delay.name, who))
        for _ in range(_CONTENDERS):
            now = self._installation.now()
            before = rows.get(DelayRow, keys.DELAY)
            counted = 0 if before is None or before.is_over(now) else int(before.failures)
            if before is not None and counted and before.next_at > now:
                raise TooMany(retry_after_s=math.ceil((before.next_at - now).total_seconds()))
            next_at = now + timedelta(seconds=delay.pause_s(counted + 1))
            row = rows.new(
                DelayRow,
                keys.DELAY,
                failures=counted + 1,
                next_at=next_at,
                expires_at=int(now.timestamp()) + delay.forgotten_s,
            )
            unseen = DelayRow.failures.does_not_exist()
            if rows.put(row, unseen if before is None else DelayRow.failures == before.failures):
                return
        raise TooMany(retry_after_s=1)

    def succeed(self, delay: Delay, who: str) -> None:
        """Forget what failed: one write unit."""
        rows = self._installation.rows(keys.limit(delay.name, who))
        rows.delete(rows.new(DelayRow, keys.DELAY))


def subject_of(address: str) -> str:
    """Whom an address is counted as: itself, or its /64 where it is IPv6, since a customer is given a whole one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, _IPV6_PREFIX), strict=False))
    return str(parsed)
