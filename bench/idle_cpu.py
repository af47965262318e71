"""Processor time of 2,000 accounts in which nothing happens and at which nobody looks; stated.

Measured in a task that took them over, over a whole round of pings. Beats, sweeps, queues and due work are in it.
"""

import asyncio

from bench.measure import Figure, report, stated
from bench.worker_pair import Pair, a_pair

ACCOUNTS = 2_000
_AT_ONCE = 250
"""So many are connected, read and parked before the next: all of them at once would wait for each other's readings."""
ROUND_S = 60
_PARKS_SOON = {"WIREROOM_CHECK_S": "5", "WIREROOM_PARK_AFTER_S": "0.5", "WIREROOM_PING_S": "5"}
_AS_IN_PRODUCTION = {"WIREROOM_CHECK_S": "300", "WIREROOM_PARK_AFTER_S": "300", "WIREROOM_PING_S": "60"}
_PATIENCE_S = 120


def measure(*, accounts: int = ACCOUNTS, seconds: float = ROUND_S) -> Figure:
    """Milliseconds a second, of all accounts together."""
    return asyncio.run(_measure(accounts, seconds))


async def _measure(accounts: int, seconds: float) -> Figure:
    async with a_pair(accounts, **_PARKS_SOON) as pair:
        while pair.connected < accounts:
            await pair.connect(min(_AT_ONCE, accounts - pair.connected), only_ours=True)
            await _until_parked(pair)
        await pair.replace_ours(**_AS_IN_PRODUCTION)
        await _until_parked(pair)
        begun = await pair.ours.ask(do="cpu")
        await asyncio.sleep(seconds)
        used_s = await pair.ours.ask(do="cpu") - begun
    return stated("idle_cpu", used_s / seconds * 1e3, unit="ms/s")


async def _until_parked(pair: Pair) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while await pair.ours.ask(do="parked") < pair.connected:  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.2)


if __name__ == "__main__":
    report(measure())
