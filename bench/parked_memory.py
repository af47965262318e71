"""Resident memory of an account that nobody looks at: ours at 1,000 parked accounts, against bare Telethon's.

Measured in a task that took them over, as after each deploy: a client that was open before leaves holes in the
process's memory that no account pays for but the one that fills them again.
"""

import asyncio

from bench.measure import Figure, compared, report
from bench.worker_pair import Pair, a_pair

COUNTED = 1_000
_UNCOUNTED = 40
_CHECK_S = 20
_PATIENCE_S = 120
_PARKS_SOON = {"WIREROOM_PING_S": "2", "WIREROOM_CHECK_S": "2", "WIREROOM_PARK_AFTER_S": "0.5"}


def measure(*, accounts: int = COUNTED, uncounted: int = _UNCOUNTED, check_s: float = _CHECK_S) -> Figure:
    """KB an account, each checked up every `check_s`."""
    return asyncio.run(_measure(accounts, uncounted, check_s))


async def _measure(counted: int, uncounted: int, check_s: float) -> Figure:
    async with a_pair(counted + uncounted, **_PARKS_SOON) as pair:
        sizes = [await _sizes(pair, more, check_s) for more in (uncounted, counted)]
        (ours_before, bare_before), (ours, bare) = sizes
    return compared(
        "parked_memory",
        [(ours - ours_before) / 1024 / counted],
        [(bare - bare_before) / 1024 / counted],
        unit="KB",
        most=0.25,
    )


async def _sizes(pair: Pair, more: int, check_s: float) -> tuple[float, float]:
    """Bytes of both, once that many more are connected and ours are parked and were each checked up once.

    The task that is measured is in less of a hurry than the one before it, and reads the table for no thousand at once.
    """
    await pair.connect(more)
    await _until_parked(pair)
    at_ease = {"WIREROOM_PING_S": f"{check_s}", "WIREROOM_CHECK_S": f"{check_s}", "WIREROOM_CONNECTS_PER_S": "50"}
    await pair.replace_ours(**at_ease)
    await _until_parked(pair)
    await asyncio.sleep(check_s + 2)
    return await pair.ours.ask(do="rss"), await pair.bare.ask(do="rss")


async def _until_parked(pair: Pair) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while await pair.ours.ask(do="parked") < pair.connected:  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.2)


if __name__ == "__main__":
    report(measure())
