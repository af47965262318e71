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
_REST_S = _CHECK_S + 2
_PATIENCE_S = 120
_PARKS_SOON = {"WIREROOM_PING_S": "2", "WIREROOM_CHECK_S": "2", "WIREROOM_PARK_AFTER_S": "0.5"}
_AT_EASE = {"WIREROOM_PING_S": f"{_CHECK_S}", "WIREROOM_CHECK_S": f"{_CHECK_S}", "WIREROOM_CONNECTS_PER_S": "50"}
"""Of the task that is measured. Still 15 and 2.5 times the usual hurry, but no thousand reads of the table at once."""


def measure(*, accounts: int = COUNTED) -> Figure:
    """KB an account."""
    return asyncio.run(_measure(accounts))


async def _measure(counted: int) -> Figure:
    async with a_pair(counted + _UNCOUNTED, **_PARKS_SOON) as pair:
        sizes = [await _sizes(pair, more) for more in (_UNCOUNTED, counted)]
        (ours_before, bare_before), (ours, bare) = sizes
    return compared(
        "parked_memory",
        [(ours - ours_before) / 1024 / counted],
        [(bare - bare_before) / 1024 / counted],
        unit="KB",
        most=0.25,
    )


async def _sizes(pair: Pair, more: int) -> tuple[float, float]:
    """Bytes of both, once that many more are connected and ours are parked and were each checked up once."""
    await pair.connect(more)
    await _until_parked(pair)
    await pair.replace_ours(**_AT_EASE)
    await _until_parked(pair)
    await asyncio.sleep(_REST_S)
    return await pair.ours.ask(do="rss"), await pair.bare.ask(do="rss")


async def _until_parked(pair: Pair) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while await pair.ours.ask(do="parked") < pair.connected:  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.2)


if __name__ == "__main__":
    report(measure())
