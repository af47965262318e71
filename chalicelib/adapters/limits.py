"""Rate limits that hold across processes: a counter row a window, removed by TTL."""

import ipaddress

from pynamodb.attributes import NumberAttribute

from chalicelib.kernel.errors import TooMany
from chalicelib.kernel.records import record
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.tenant import Installation

_IPV6_PREFIX = 64


@record
class Limit:
    """At most `most` in each window of `per_s` seconds, counted under `name`."""

    name: str
    most: int
    per_s: int = 60


SIGNING_IN = Limit(name="signing-in", most=20)
"""Sign-in, sign-up, verification and Telegram login, an address (product.md section 2)."""


class LimitRow(Row, discriminator="limit"):
    """How often something happened in one window."""

    taken = NumberAttribute()


class Limits:
    """Takes from a limit or refuses."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

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
        has_room = LimitRow.taken.does_not_exist() | (LimitRow.taken < limit.most)
        if not rows.update(row, actions, has_room):
            raise TooMany(retry_after_s=(window + 1) * limit.per_s - now_s)


def subject_of(address: str) -> str:
    """Whom an address is counted as: itself, or its /64 where it is IPv6, since a customer is given a whole one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, _IPV6_PREFIX), strict=False))
    return str(parsed)
